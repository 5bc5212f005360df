#pragma once

#include "domain/order.h"
#include "domain/orderrecord.h"
#include "domain/position.h"
#include "exchange/rowtext.h"

#include <QJsonObject>

#include <optional>

namespace countermand {

/// One row of a list of open orders, as the exchange gave it.
struct ListedRow {
    /// Without an id if the row has none, or is no row of a list: records of the past are the answer to another
    /// question.
    Order order;
    /// The row says itself that the order has ended (filled or canceled).
    bool isOpen = true;
};

/// Reads a row of `GET order`, `orders/open` or `moveTPSL`. Number or string, null, "null" and missing are taken
/// alike; a word we don't know is kept. Source: CoinW, get-current-orders, get-order-information,
/// get-(trailing-)stop-loss-take-profit-information.
ListedRow readListedRow(const RowText &row, ListKind kind);

/// Read rows of `orders/deals` and `orders/history`, whose numbers must be text (quoteNumbers); nothing for a row
/// without the id by which an order is found. Source: CoinW, transaction-details, get-historical-orders-7days.
std::optional<DealRecord> readDealRow(const QJsonObject &row);
std::optional<HistoryRecord> readHistoryRow(const QJsonObject &row);

/// One row of `positions/all`.
struct PositionRow {
    /// Absent if the row lacks an id, an instrument, a side or a size, or is of a position that has been closed.
    std::optional<Position> position;
    /// It says itself that nothing of it is open.
    bool isClosed = false;
};
/// Numbers must be text (quoteNumbers). Source: docs/exchange.md, Positions.
PositionRow readPositionRow(const QJsonObject &row);

} // namespace countermand
