#pragma once

#include "domain/decimal.h"
#include "domain/instrument.h"
#include "domain/order.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace countermand {

/// One open position, as the exchange described it. A missing or refused field is absent.
/// Source: docs/exchange.md, Positions (`GET positions/all`).
struct Position {
    /// Opaque text. Take profit, stop loss and trailing orders name it (CoinW: `openId` there).
    QString id;
    /// The exchange's key of the instrument, as sent ("BTC").
    QString instrument;
    /// Pair parts in upper case; empty unless the exchange named them.
    QString base;
    QString quote;
    PositionSide side = PositionSide::Long;
    /// Absent if not said.
    std::optional<MarginMode> marginMode;
    /// Contracts that are open now (CoinW: `currentPiece`); above zero.
    Decimal size;
    /// Prices in quote currency.
    std::optional<Decimal> entryPrice;
    std::optional<Decimal> liquidationPrice;
    /// Those that the position names itself.
    std::optional<Decimal> stopLossPrice;
    std::optional<Decimal> takeProfitPrice;
    /// It names a stop loss that can't be read: stopLossPrice is absent, and yet there is one.
    bool hasUnreadStop = false;
    /// Quote currency; below zero is a loss.
    std::optional<Decimal> unrealizedProfit;
    std::optional<Decimal> leverage;

    friend bool operator==(const Position &, const Position &) = default;
};

/// One answer about the positions of all instruments.
struct PositionList {
    QList<Position> positions;
    /// Every row was read and has an id, an instrument, a side and a size: what is not here does not exist.
    bool whole = false;
};

/// "BASE-QUOTE" when both are known, else the exchange's own name.
QString instrumentText(const Position &position);

/// The position with what its instrument tells: pair parts that the row did not name, and prices with zeros up to the
/// precision. The position itself if the instrument isn't known.
Position described(Position position, const InstrumentTable &instruments);

} // namespace countermand
