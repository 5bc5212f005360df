#pragma once

#include "domain/decimal.h"
#include "domain/order.h"

#include <QDateTime>
#include <QString>

#include <optional>

namespace countermand {

/// Rows of a page of the exchange's records; fewer on the last one.
inline constexpr int recordsPageSize = 50;

/// One row of the exchange's records of past orders (`orders/deals` or `orders/history`).
///
/// Source: CoinW, transaction-details and get-historical-orders-7days. A canceled order shows only in deals,
/// a filled one in history (and, as trades, in deals).
struct OrderRecord {
    enum class Status { Filled, Canceled, Partial, Other };

    /// Row ids as sent. The two calls use the names differently, so both are compared.
    QString id;
    QString orderId;
    Status status = Status::Other;
    /// Contracts; absent where the row is silent.
    std::optional<Decimal> total;
    std::optional<Decimal> filled;
    /// Average fill price in quote currency.
    std::optional<Decimal> averagePrice;
    /// Last change, UTC; invalid if not said.
    QDateTime updatedAt;

    bool isOf(const OrderId &order) const { return id == order.text() || orderId == order.text(); }
};

} // namespace countermand
