#pragma once

#include "domain/cancel.h"
#include "domain/credentials.h"
#include "domain/order.h"
#include "domain/orderrecord.h"
#include "domain/position.h"
#include "domain/result.h"
#include "exchange/apirequest.h"
#include "exchange/orderlisting.h"
#include "exchange/rawreply.h"

#include <QList>
#include <QString>

#include <optional>

namespace countermand {

/// The published limit of an endpoint; for batches of cancels the program's own, which is lower.
RateLimit limitOf(RateBucket bucket);

/// Rows asked for per page where a list has pages.
inline constexpr int listPageSize = recordsPageSize;

/// Cancels one open order. Source: CoinW, cancel-an-order.
ApiRequest cancelRequest(const OrderId &id);
/// Cancels 1 to 20 open orders of one kind. Source: CoinW, cancel-batch-orders.
ApiRequest cancelBatchRequest(const QList<OrderId> &ids, ListKind kind);
/// Lists open orders of a kind. `instrument` and `page` (from 1) only matter for ListKind::Trigger.
/// Nothing without an instrument where one is needed. A name is percent-encoded, whatever it holds.
/// Source: CoinW, get-order-information, get-current-orders, get-trailing-stop-loss-take-profit-information.
std::optional<ApiRequest> listRequest(ListKind kind, const QString &instrument, int page);
/// Counts open orders. Source: CoinW, get-pending-order-count.
ApiRequest countRequest();
/// Trades and cancellations of 3 days, newest first, pages from 1; nothing as for listRequest. Source: CoinW,
/// transaction-details.
std::optional<ApiRequest> dealsRequest(const QString &instrument, int page = 1);
/// Executed orders of 7 days, newest first, pages from 1: of all instruments without one, which CoinW calls optional
/// here. Source: CoinW, get-historical-orders-7days.
ApiRequest historyRequest(const QString &instrument, int page = 1);
/// The open positions of all instruments in one answer. Source: docs/exchange.md, Positions.
ApiRequest positionsRequest();

/// `credentials`: what no text from outside may repeat.
Result<CancelAck> readCancel(const RawReply &reply, const Credentials &credentials);
Result<int> readCount(const RawReply &reply, const Credentials &credentials);
Result<RecordPage<DealRecord>> readDeals(const RawReply &reply, const Credentials &credentials);
Result<RecordPage<HistoryRecord>> readHistory(const RawReply &reply, const Credentials &credentials);
/// A bare array, perhaps empty, or null for none. An answer without `data`, or with anything else, is unreadable.
Result<PositionList> readPositions(const RawReply &reply, const Credentials &credentials);

} // namespace countermand
