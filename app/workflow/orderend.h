#pragma once

#include "domain/order.h"
#include "domain/orderrecord.h"

#include <QDateTime>
#include <QList>

#include <optional>

namespace countermand {

/// What the exchange's records say about how an order ended.
struct OrderEnd {
    /// Any record of the order was found.
    bool found = false;
    bool canceled = false;
    /// Filled to its last contract.
    bool filledWhole = false;
    /// Contracts filled; absent if neither the order nor a record tells.
    std::optional<Decimal> filledQuantity;
    std::optional<Decimal> averagePrice;
    /// UTC; invalid if not said.
    QDateTime canceledAt;

    bool isKnown() const { return canceled || filledWhole; }
};

/// Rows of both records.
struct OrderRecords {
    QList<DealRecord> deals;
    QList<HistoryRecord> history;
};

/// Reads the end of `order` out of records of its instrument; rows of other orders are passed over.
OrderEnd endOf(const Order &order, const OrderRecords &records);

} // namespace countermand
