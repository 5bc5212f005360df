#pragma once

#include "domain/decimal.h"
#include "domain/order.h"

#include <QHash>
#include <QString>

#include <optional>

namespace countermand {

/// A perpetual contract as the exchange describes it. Source: CoinW, get-instrument-information.
struct Instrument {
    /// The exchange's key, as orders carry it ("BTC", "1000PEPE", "BTC_USDC").
    QString name;
    /// Pair parts in upper case; empty if not said.
    QString base;
    QString quote;
    /// Decimals of its prices, 0 to 18.
    std::optional<int> pricePrecision;
    /// Base coin in one contract ("0.001"); above zero.
    std::optional<Decimal> lotSize;
    /// The exchange's own word: online, offline, pretest, settlement, preOffline. Empty if not said.
    QString statusWord;

    friend bool operator==(const Instrument &, const Instrument &) = default;
};

/// Instruments by instrumentKey().
using InstrumentTable = QHash<QString, Instrument>;

/// The name as it is looked up: the exchange takes "btc" and "BTC" alike.
QString instrumentKey(const QString &name);

/// The order with what its instrument tells: pair parts that the row did not name, the lot size, and prices with
/// zeros up to the precision (no digit is ever cut). The order itself if the instrument isn't known.
Order described(Order order, const InstrumentTable &instruments);

} // namespace countermand
