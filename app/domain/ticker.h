#pragma once

#include "domain/decimal.h"

#include <QString>

namespace countermand {

/// The last traded price of a pair. Source: CoinW, tickers.
struct Ticker {
    /// Pair parts in upper case. A ticker's own name ("BTCUSDT") is not the instrument's key.
    QString base;
    QString quote;
    /// Above zero, in quote currency.
    Decimal lastPrice;

    friend bool operator==(const Ticker &, const Ticker &) = default;
};

} // namespace countermand
