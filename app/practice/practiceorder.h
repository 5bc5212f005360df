#pragma once

#include "domain/order.h"

#include <QDateTime>
#include <QString>

namespace countermand {

/// An order as the practice exchange keeps it. Prices are the text that goes on the wire; empty means none.
struct PracticeOrder {
    OrderId id;
    /// The exchange's key of the instrument ("BTC"); the quote is always USDT.
    QString instrument;
    PositionSide side = PositionSide::Long;
    PositionEffect effect = PositionEffect::Open;
    /// The read that lists it now; a conditional order changes from Trigger to Plan when it triggers.
    ListKind kind = ListKind::Plan;
    ListKind placedAs = ListKind::Plan;

    QString price;
    QString triggerPrice;
    QString takeProfitPrice;
    QString stopLossPrice;
    /// What a fill happens at, for an order without a limit price.
    QString marketPrice;

    /// Contracts.
    qint64 total = 0;
    qint64 filled = 0;

    int leverage = 20;
    QString clientOrderId;
    /// `web` or `api`.
    QString source;
    /// UTC, by the practice exchange's clock.
    QDateTime createdAt;
    QDateTime updatedAt;

    qint64 remaining() const { return total - filled; }
    const QString &fillPrice() const { return price.isEmpty() ? marketPrice : price; }
};

/// A position of the practice account: at most one for an instrument and a side, cross margined.
struct PracticePosition {
    QString instrument;
    PositionSide side = PositionSide::Long;
    /// Contracts, above zero.
    qint64 size = 0;
    /// The text that goes on the wire.
    QString entryPrice;
    /// UTC, by the practice exchange's clock.
    QDateTime openedAt;

    bool isOf(const PracticeOrder &order) const { return instrument == order.instrument && side == order.side; }
};

/// How a practice order ended, or (among the trades) one step of that: a trade, or its cancellation.
struct PracticeRecord {
    PracticeOrder order;
    /// Canceled with contracts left; otherwise it filled to the end, or traded.
    bool canceled = false;
    /// UTC, by the practice exchange's clock.
    QDateTime endedAt;
    /// Rises by one for each record.
    qint64 number = 0;
};

} // namespace countermand
