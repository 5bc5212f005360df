#pragma once

#include "domain/cancel.h"
#include "domain/credentials.h"
#include "domain/order.h"
#include "domain/orderrecord.h"
#include "domain/result.h"
#include "exchange/apirequest.h"
#include "exchange/orderlisting.h"
#include "exchange/rawreply.h"

#include <QList>
#include <QString>

#include <optional>

namespace countermand {

/// The published limit of an endpoint.
RateLimit limitOf(RateBucket bucket);

/// Rows asked for per page where a list has pages.
inline constexpr int listPageSize = 50;

/// Cancels one open order. Source: CoinW, cancel-an-order.
ApiRequest cancelRequest(const OrderId &id);
/// Lists open orders of a kind. `instrument` and `page` (from 1) only matter for ListKind::Trigger.
/// Nothing if the instrument's name can't stand in a query unencoded.
/// Source: CoinW, get-order-information, get-current-orders, get-trailing-stop-loss-take-profit-information.
std::optional<ApiRequest> listRequest(ListKind kind, const QString &instrument, int page);
/// Counts open orders. Source: CoinW, get-pending-order-count.
ApiRequest countRequest();
/// Trades and cancellations of 3 days, newest page; nothing as for listRequest. Source: CoinW, transaction-details.
std::optional<ApiRequest> dealsRequest(const QString &instrument);
/// Executed orders of 7 days, newest page; nothing as for listRequest. Source: CoinW, get-historical-orders-7days.
std::optional<ApiRequest> historyRequest(const QString &instrument);

/// `credentials`: what no text from outside may repeat.
Result<CancelAck> readCancel(const RawReply &reply, const Credentials &credentials);
Result<OrderPage> readOrders(ListKind kind, const RawReply &reply, const Credentials &credentials);
Result<int> readCount(const RawReply &reply, const Credentials &credentials);
Result<QList<OrderRecord>> readRecords(const RawReply &reply, const Credentials &credentials);

} // namespace countermand
