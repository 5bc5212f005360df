#include "exchange/coinwclient.h"

#include "exchange/callqueue.h"
#include "exchange/envelope.h"
#include "exchange/orderreader.h"
#include "exchange/publicdata.h"
#include "exchange/wire.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace countermand {

class CoinwClient::Private
{
public:
    Private(CoinwClient &client, NetworkMaker makeNetwork, const Endpoint &where, const Timing &timing,
            const QSslConfiguration &tls, std::shared_ptr<SharedLimiter> limiter)
        : q(client), endpoint(where), queue(std::move(makeNetwork), where, timing, tls, std::move(limiter))
    {}

    /// A handler of the caller's, tied to its context.
    template <typename T>
    struct Asker {
        QPointer<QObject> context;
        Handler<T> handler;
    };
    struct ListRead {
        ListKind kind = ListKind::Plan;
        QString instrument;
        OrderPages pages;
        std::optional<std::chrono::steady_clock::time_point> sentAt;
        int generation = 0;
        /// The encoded form of the name was refused.
        bool signsPlain = false;
        std::shared_ptr<const ListImage> base;
        Asker<OrderListing> asker;
    };

    /// Handlers run from the event loop with nothing of ours on the stack: they may call or destroy the client.
    template <typename T>
    void post(const Asker<T> &asker, const Result<T> &result, CallTimes times)
    {
        if (!result && result.error().kind == ApiError::Kind::NotSent)
            times.sentAt.reset();
        QMetaObject::invokeMethod(
            &q,
            [asker, result, times] {
                if (asker.context)
                    asker.handler(result, times);
            },
            Qt::QueuedConnection);
    }

    template <typename T>
    void postUnsent(const Asker<T> &asker, const QString &reason)
    {
        ApiError error = unsent(ApiError::Cause::Stopped);
        error.message = reason;
        post<T>(asker, error, {std::nullopt, std::chrono::steady_clock::now()});
    }

    template <typename T, typename Reader>
    CallId call(const ApiRequest &request, Reader reader, const Asker<T> &asker,
                CallQueue::Place place = CallQueue::Place::Back)
    {
        const auto ended = [this, request, reader, asker, generation = queue.generation()](const CallEnd &end) {
            const Result<T> result = read<T>(end, reader);
            if (wantsPlainSignature(request, kindOf(result)) && generation == queue.generation()) {
                call<T>(signedPlain(request), reader, asker, CallQueue::Place::Front);
                return kindOf(result);
            }
            post(asker, result, end.times);
            return kindOf(result);
        };
        return queue.enqueue(request, ended, place);
    }

    /// Whether CoinW signs a name that needs encoding in its encoded form is not known: where that one is refused,
    /// the other one is tried, for this call alone.
    static bool wantsPlainSignature(const ApiRequest &request, std::optional<ApiError::Kind> kind)
    {
        return kind == ApiError::Kind::Unauthorized && !request.signsPlain && request.query.contains('%');
    }
    static ApiRequest signedPlain(ApiRequest request)
    {
        request.signsPlain = true;
        return request;
    }

    CallId cancel(const ApiRequest &request, const QPointer<QObject> &context, const CancelHandler &handler,
                  Crowd crowd)
    {
        const auto ended = [this, context, handler](const CallEnd &end) {
            const Result<CancelAck> result = read<CancelAck>(end, readCancel);
            const auto answered = [handler, id = end.id](const Result<CancelAck> &ack, const CallTimes &times) {
                handler(id, ack, times);
            };
            post(Asker<CancelAck>{context, answered}, result, end.times);
            return kindOf(result);
        };
        return queue.enqueue(request, ended,
                             crowd == Crowd::Alone ? CallQueue::Place::Front : CallQueue::Place::Back);
    }

    template <typename T, typename Reader>
    static Result<T> read(const CallEnd &end, Reader reader)
    {
        return end.reply ? reader(*end.reply, end.signer) : Result<T>(unsent(end.cause));
    }

    template <typename T>
    static std::optional<ApiError::Kind> kindOf(const Result<T> &result)
    {
        return result ? std::nullopt : std::optional(result.error().kind);
    }

    static ApiError unsent(ApiError::Cause cause)
    {
        ApiError error;
        error.kind = ApiError::Kind::NotSent;
        error.cause = cause;
        return error;
    }

    void readPage(const ListRead &listRead, CallQueue::Place place)
    {
        auto request = listRequest(listRead.kind, listRead.instrument, listRead.pages.page());
        if (!request) {
            postUnsent(listRead.asker, unusableName());
            return;
        }
        request->signsPlain = listRead.signsPlain;
        queue.enqueue(
            *request, [this, listRead, request](const CallEnd &end) { return onPage(listRead, *request, end); },
            place);
    }

    /// Rows of another instrument than was asked for are the answer to another question.
    static bool isOf(const QString &instrument, const OrderListing &listing)
    {
        return instrument.isEmpty() ||
               std::all_of(listing.orders.cbegin(), listing.orders.cend(), [&instrument](const Order &order) {
                   return order.instrument.isEmpty() || instrumentKey(order.instrument) == instrumentKey(instrument);
               });
    }

    std::optional<ApiError::Kind> onUnreadable(const ListRead &listRead, const CallEnd &end)
    {
        const ApiError error = unreadable(*end.reply);
        post<OrderListing>(listRead.asker, error, end.times);
        return error.kind;
    }

    std::optional<ApiError::Kind> onPage(ListRead listRead, const ApiRequest &request, const CallEnd &end)
    {
        const auto reader = [&listRead](const RawReply &reply, const Credentials &credentials) {
            return readOrders(listRead.kind, reply, credentials, listRead.base);
        };
        const Result<OrderPage> page = read<OrderPage>(end, reader);
        if (page && !isOf(listRead.instrument, page->listing))
            return onUnreadable(listRead, end);
        if (!listRead.sentAt)
            listRead.sentAt = end.times.sentAt;
        const CallTimes times{listRead.sentAt, end.times.endedAt};
        if (wantsPlainSignature(request, kindOf(page)) && listRead.generation == queue.generation()) {
            listRead.signsPlain = true;
            readPage(listRead, CallQueue::Place::Front);
            return page.error().kind;
        }
        if (!page) {
            post<OrderListing>(listRead.asker, page.error(), times);
            return page.error().kind;
        }
        OrderPages::Next next = OrderPages::Next::Done;
        if (listRead.kind == ListKind::Trigger)
            next = listRead.pages.add(*page);
        switch (next) {
        case OrderPages::Next::Done:
            post<OrderListing>(listRead.asker,
                               listRead.kind == ListKind::Trigger ? listRead.pages.listing() : page->listing, times);
            break;
        case OrderPages::Next::More:
            if (listRead.generation == queue.generation())
                readPage(listRead, CallQueue::Place::Front);
            else
                post<OrderListing>(listRead.asker, unsent(ApiError::Cause::Stopped), times);
            break;
        }
        return {};
    }

    static QString unusableName() { return QStringLiteral("the instrument's name can't be asked for"); }

    CoinwClient &q;
    Endpoint endpoint;
    CallQueue queue;
};

CoinwClient::CoinwClient(QNetworkAccessManager &network, const Endpoint &endpoint, const Timing &timing,
                         const QSslConfiguration &tls, QObject *parent)
    : CoinwClient([&network] { return std::shared_ptr<QNetworkAccessManager>(&network, [](auto *) {}); }, endpoint,
                  timing, tls, parent)
{}

CoinwClient::CoinwClient(NetworkMaker makeNetwork, const Endpoint &endpoint, const Timing &timing,
                         const QSslConfiguration &tls, QObject *parent, std::shared_ptr<SharedLimiter> limiter)
    : QObject(parent),
      d(std::make_unique<Private>(*this, std::move(makeNetwork), endpoint, timing, tls, std::move(limiter)))
{
    connect(&d->queue, &CallQueue::sent, this, &CoinwClient::cancelSent);
    connect(&d->queue, &CallQueue::waiting, this, &CoinwClient::cancelWaiting);
    connect(&d->queue, &CallQueue::changed, this, &CoinwClient::conditionsChanged);
}

CoinwClient::~CoinwClient() = default;

const Endpoint &CoinwClient::endpoint() const
{
    return d->endpoint;
}

void CoinwClient::setCredentials(const Credentials &credentials)
{
    d->queue.setCredentials(credentials);
}

void CoinwClient::warmUp()
{
    d->queue.warmUp();
}

void CoinwClient::connectAnew(Transport::Doubt doubt)
{
    d->queue.connectAnew(doubt);
}

CoinwClient::CallId CoinwClient::cancelOrder(const OrderId &id, QObject *context, const CancelHandler &handler,
                                             Crowd crowd)
{
    return d->cancel(cancelRequest(id), context, handler, crowd);
}

CoinwClient::CallId CoinwClient::cancelOrders(const QList<OrderId> &ids, ListKind kind, QObject *context,
                                              const CancelHandler &handler)
{
    return d->cancel(cancelBatchRequest(ids, kind), context, handler, Crowd::OneOfMany);
}

bool CoinwClient::withdraw(CallId id)
{
    return d->queue.withdraw(id);
}

void CoinwClient::listOrders(ListKind kind, const QString &instrument, QObject *context,
                             Handler<OrderListing> handler, const std::shared_ptr<const ListImage> &base)
{
    Private::ListRead read;
    read.kind = kind;
    read.instrument = instrument;
    read.generation = d->queue.generation();
    read.base = kind == ListKind::Trigger ? nullptr : base;
    read.asker = {context, std::move(handler)};
    d->readPage(read, CallQueue::Place::Back);
}

void CoinwClient::countOpenOrders(QObject *context, Handler<int> handler)
{
    d->call(countRequest(), readCount, Private::Asker<int>{context, std::move(handler)});
}

void CoinwClient::readDeals(const QString &instrument, int page, QObject *context,
                            Handler<RecordPage<DealRecord>> handler)
{
    const Private::Asker<RecordPage<DealRecord>> asker{context, std::move(handler)};
    if (const auto request = dealsRequest(instrument, page))
        d->call(*request, countermand::readDeals, asker);
    else
        d->postUnsent(asker, Private::unusableName());
}

void CoinwClient::readHistory(const QString &instrument, int page, QObject *context,
                              Handler<RecordPage<HistoryRecord>> handler)
{
    const Private::Asker<RecordPage<HistoryRecord>> asker{context, std::move(handler)};
    d->call(historyRequest(instrument, page), countermand::readHistory, asker);
}

void CoinwClient::readPositions(QObject *context, Handler<PositionList> handler)
{
    d->call(positionsRequest(), countermand::readPositions,
            Private::Asker<PositionList>{context, std::move(handler)});
}

void CoinwClient::readInstruments(QObject *context, Handler<QList<Instrument>> handler)
{
    const auto reader = [](const RawReply &reply, const Credentials &) {
        return countermand::readInstruments(reply);
    };
    d->call(instrumentsRequest(), reader, Private::Asker<QList<Instrument>>{context, std::move(handler)});
}

void CoinwClient::readTickers(QObject *context, Handler<QList<Ticker>> handler)
{
    const auto reader = [](const RawReply &reply, const Credentials &) { return countermand::readTickers(reply); };
    d->call(tickersRequest(), reader, Private::Asker<QList<Ticker>>{context, std::move(handler)});
}

void CoinwClient::readTicker(const QString &instrument, QObject *context, Handler<QList<Ticker>> handler)
{
    const auto reader = [](const RawReply &reply, const Credentials &) { return countermand::readTickers(reply); };
    const Private::Asker<QList<Ticker>> asker{context, std::move(handler)};
    if (const auto request = tickerRequest(instrument))
        d->call(*request, reader, asker);
    else
        d->postUnsent(asker, Private::unusableName());
}

void CoinwClient::readData(const ApiRequest &request, QObject *context, Handler<QJsonValue> handler)
{
    d->call(request, readEnvelope, Private::Asker<QJsonValue>{context, std::move(handler)});
}

Budget CoinwClient::budget() const
{
    return d->queue.budget();
}

std::optional<std::chrono::milliseconds> CoinwClient::clockOffset() const
{
    return d->queue.clockOffset();
}

std::optional<std::chrono::milliseconds> CoinwClient::latency() const
{
    return d->queue.latency();
}

} // namespace countermand
