#pragma once

#include "domain/order.h"
#include "domain/orderrecord.h"

#include <QDateTime>
#include <QList>

#include <optional>

namespace countermand {

/// What the exchange's records say about how an order ended. What no record carries is absent, never zero and never
/// all.
struct OrderEnd {
    /// Any record of the order was found.
    bool found = false;
    /// The rest of it was canceled.
    bool canceled = false;
    /// Filled to its last contract.
    bool filledWhole = false;
    /// Something of it has filled, or a row was found that may say so.
    bool executed = false;
    /// Contracts filled in the end, from a record that carries the number and can't change any more.
    std::optional<Decimal> filledQuantity;
    /// At least so many contracts have filled; above zero. Absent if nothing says so.
    std::optional<Decimal> filledAtLeast;
    std::optional<Decimal> averagePrice;
    /// UTC, whole seconds; invalid if not said.
    QDateTime canceledAt;

    bool isKnown() const { return canceled || filledWhole; }
};

/// Rows of both records.
struct OrderRecords {
    QList<DealRecord> deals;
    QList<HistoryRecord> history;
};

/// Reads the end of `order`, as it was listed last, out of records; rows of other orders are passed over.
///
/// Only a row of the history carries quantities. A trade in the deals proves that something filled, not how much, and
/// is outweighed by a cancellation. A canceled trailing order has no row with its id: its cancellation is the one of
/// its position and type, not before `sinceSecond` (UTC; invalid: never matched in this way).
OrderEnd endOf(const Order &order, const OrderRecords &records, const QDateTime &sinceSecond = {});

/// The last look says that nothing of the order had filled.
bool showsNothingFilled(const Order &order);

} // namespace countermand
