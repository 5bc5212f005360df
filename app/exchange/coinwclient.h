#pragma once

#include "domain/cancel.h"
#include "domain/credentials.h"
#include "domain/instrument.h"
#include "domain/order.h"
#include "domain/orderrecord.h"
#include "domain/position.h"
#include "domain/result.h"
#include "domain/ticker.h"
#include "exchange/apirequest.h"
#include "exchange/conditions.h"
#include "exchange/endpoint.h"
#include "exchange/orderlisting.h"
#include "exchange/transport.h"

#include <QJsonValue>
#include <QList>
#include <QObject>
#include <QSslConfiguration>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

class QNetworkAccessManager;

namespace countermand {

class SharedLimiter;

/// CoinW's futures calls: queues, waits for the rate limit, signs, sends, reads. The only user of
/// QNetworkAccessManager.
///
/// Each handler runs exactly once, later, on the calling thread, unless `context` is destroyed first. Cancels go
/// before reads. At most one read is in flight, so that one of the two warm connections is always free for a cancel.
class CoinwClient : public QObject
{
    Q_OBJECT

public:
    using Timing = CallTiming;
    using CallId = quint64;
    template <typename T>
    using Handler = std::function<void(const Result<T> &, const CallTimes &)>;
    /// The id is the one that the call's cancelOrder() or cancelOrders() returned.
    using CancelHandler = std::function<void(CallId, const Result<CancelAck> &, const CallTimes &)>;

    /// `makeNetwork` makes the client's own managers, a new one whenever a connection went silent. `tls` is used for
    /// every connection. `limiter` is the exchange's, for all clients that ask it; null: one of its own.
    CoinwClient(NetworkMaker makeNetwork, const Endpoint &endpoint, const Timing &timing,
                const QSslConfiguration &tls = QSslConfiguration::defaultConfiguration(), QObject *parent = nullptr,
                std::shared_ptr<SharedLimiter> limiter = {});
    /// Over one manager, whatever becomes of its connections; it must outlive the client.
    CoinwClient(QNetworkAccessManager &network, const Endpoint &endpoint, const Timing &timing,
                const QSslConfiguration &tls = QSslConfiguration::defaultConfiguration(), QObject *parent = nullptr);
    ~CoinwClient() override;

    const Endpoint &endpoint() const;

    /// Keys for signing. Without keys every call ends as NotSent / Stopped. Other keys than before end the calls that
    /// still wait in the same way: nothing asked for one account is ever signed for another.
    void setCredentials(const Credentials &credentials);

    /// Opens both connections if they aren't open, without a request.
    void warmUp();
    /// Gives up what may be dead and connects anew: reads that hang, or everything but cancels under way.
    void connectAnew(Transport::Doubt doubt);

    /// A cancel that is one of many leaves room for those that are asked for alone, and waits behind them.
    enum class Crowd { Alone, OneOfMany };

    /// Asks the exchange to cancel one open order. Never sent twice.
    /// Errors: any kind; after Unknown or Malformed the order may or may not be canceled.
    /// Source: CoinW, cancel-an-order. Limit: 10/s.
    CallId cancelOrder(const OrderId &id, QObject *context, const CancelHandler &handler, Crowd crowd = Crowd::Alone);

    /// Asks the exchange to cancel 1 to 20 open orders of one kind in one call. Never sent twice.
    ///
    /// The answer is one for all: it says nothing about any single order, neither when it is good nor when it is
    /// refused. Always one of many. Errors as above. Source: CoinW, cancel-batch-orders. Limit: 10/s.
    CallId cancelOrders(const QList<OrderId> &ids, ListKind kind, QObject *context, const CancelHandler &handler);
    static constexpr int mostOrdersPerBatch = 20;

    /// Takes back a call that has not left; its handler runs with NotSent / Stopped. False if it has left or ended.
    bool withdraw(CallId id);

    /// All open orders of a kind. `instrument` only for ListKind::Trigger (CoinW's key, mandatory there).
    /// Pages are read to the end; what came says itself whether it is the whole list. With the image of an earlier
    /// read as `base` (not for ListKind::Trigger, whose pages are small) only what differs from it.
    void listOrders(ListKind kind, const QString &instrument, QObject *context, Handler<OrderListing> handler,
                    const std::shared_ptr<const ListImage> &base = {});

    /// The exchange's own count of open orders; which kinds it counts is not documented.
    void countOpenOrders(QObject *context, Handler<int> handler);

    /// Records of an instrument's trades and cancellations (3 days), pages from 1. recordsPageSize rows are asked
    /// for, and as many taken as come. Source: CoinW, transaction-details.
    void readDeals(const QString &instrument, int page, QObject *context, Handler<RecordPage<DealRecord>> handler);

    /// Records of executed orders (7 days), in the same way: of all instruments if `instrument` is empty.
    /// Source: CoinW, get-historical-orders-7days.
    void readHistory(const QString &instrument, int page, QObject *context,
                     Handler<RecordPage<HistoryRecord>> handler);

    /// The open positions of all instruments. Source: docs/exchange.md, Positions. Limit: 30/s.
    void readPositions(QObject *context, Handler<PositionList> handler);

    /// Every instrument, about 0.5 MB. Unsigned. Source: CoinW, get-instrument-information. Limit: 5/s.
    void readInstruments(QObject *context, Handler<QList<Instrument>> handler);

    /// The last price of every instrument, about 0.1 MB. Unsigned. Source: CoinW, tickers. Limit: 5/s.
    void readTickers(QObject *context, Handler<QList<Ticker>> handler);
    /// The same of one instrument, by its key ("BTC"). Unsigned. Source: CoinW, ticker. Limit: 5/s.
    void readTicker(const QString &instrument, QObject *context, Handler<QList<Ticker>> handler);

    /// The bare `data` of any signed read, for a check of what CoinW's answers are like.
    void readData(const ApiRequest &request, QObject *context, Handler<QJsonValue> handler);

    Budget budget() const;
    /// The exchange's clock minus this computer's; absent before the first answer.
    std::optional<std::chrono::milliseconds> clockOffset() const;
    /// Median of the last five signed calls; absent before the first.
    std::optional<std::chrono::milliseconds> latency() const;

signals:
    /// The request of a cancel was handed to the network: its order may be canceled from now on.
    void cancelSent(countermand::CoinwClient::CallId id);
    /// A cancel has to wait for the rate limit, about this long; told again when the estimate grows.
    void cancelWaiting(countermand::CoinwClient::CallId id, std::chrono::milliseconds about);
    /// budget(), clockOffset() or latency() may have changed.
    void conditionsChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace countermand
