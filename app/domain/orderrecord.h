#pragma once

#include "domain/decimal.h"
#include "domain/order.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace countermand {

/// Rows asked for per page of the exchange's records. A page with fewer says nothing about how many there are.
inline constexpr int recordsPageSize = 50;

/// One row of `orders/deals`: a single trade, or the cancellation of an order. It carries no quantity of the order.
///
/// Source: CoinW, transaction-details (3 days, read Nov 2026): its fields know no `tradePiece`, `cancelPiece` or
/// `avgPrice`; `quantity` and `quantityUnit` contradict each other in its samples; `orderStatus` of a trade of a
/// partly filled order was never seen, and `totalPiece` beside it may well be the order's size.
struct DealRecord {
    enum class Kind {
        Execution,    ///< something of the order filled; not how much, and not that all of it did
        Cancellation, ///< what was left of the order was canceled
        Other,        ///< a word that is not documented
    };

    /// The trade's own id.
    QString id;
    /// The order's id as the row names it. A canceled trailing order stands under a number that no list shows.
    QString orderId;
    /// CoinW: `openId`; empty if not said.
    QString positionId;
    /// The kind of the order as it was placed, CoinW's word ("plan", "moveStopProfitLoss"); empty if not said.
    QString originalType;
    Kind kind = Kind::Other;
    /// The price of a trade, quote currency. Absent for a cancellation, whose prices are the position's.
    std::optional<Decimal> price;
    /// UTC, whole seconds in every sample; invalid if not said.
    QDateTime createdAt;
    QDateTime updatedAt;

    /// Limit and market orders are found by `orderId`, never by the trade's id.
    bool isOf(const OrderId &order) const { return !orderId.isEmpty() && orderId == order.text(); }
};

/// One row of `orders/history`: an order that was executed, in whole or in part. It is found by `id`; `orderId` is
/// CoinW's internal number there, and is not kept. An order canceled before anything filled has no row.
///
/// Source: CoinW, get-historical-orders-7days (read Nov 2026). Only `tradePiece` and `cancelPiece` are quantities of
/// what happened: `currentPiece` equals `totalPiece` in its sample of a filled order.
struct HistoryRecord {
    enum class Kind { Finished, Canceled, Partial, Other };

    QString id;
    /// CoinW: `openId`; empty if not said.
    QString positionId;
    QString instrument;
    QString originalType;
    Kind kind = Kind::Other;
    /// Contracts; absent where the row is silent. `total` is the order's size.
    std::optional<Decimal> total;
    std::optional<Decimal> filled;
    std::optional<Decimal> canceled;
    /// Average fill price in quote currency.
    std::optional<Decimal> averagePrice;
    /// UTC, whole seconds in every sample; invalid if not said.
    QDateTime createdAt;
    QDateTime updatedAt;

    bool isOf(const OrderId &order) const { return !id.isEmpty() && id == order.text(); }
};

/// One answer with records.
template <class Row>
struct RecordPage {
    /// Rows that could be read, as they were sent.
    QList<Row> rows;
    /// All rows of the answer, those that could not be read too. None: there are no older ones.
    int rowsInAnswer = 0;
    /// Rows without the id by which an order is found.
    int unreadable = 0;
    /// Matches over all pages as the exchange counts them; absent where it is silent. CoinW calls it unreliable.
    std::optional<int> total;
};

} // namespace countermand
