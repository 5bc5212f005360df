#include "exchange/coinwclient.h"
#include "exchange/signature.h"
#include "scriptednetwork.h"
#include "tests/support/waiting.h"

#include <QDateTime>
#include <QObject>
#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <type_traits>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace countermand;

namespace {

using Kind = ApiError::Kind;
using Cause = ApiError::Cause;

Credentials keys()
{
    return {u"KEY-1234"_s, u"SECRET-5678"_s};
}

/// Collects what a handler is given.
template <typename T>
struct Told {
    QList<Result<T>> results;
    QList<CallTimes> times;
    /// Of cancels only.
    QList<CoinwClient::CallId> ids;

    auto handler()
    {
        const auto note = [this](const Result<T> &result, const CallTimes &when) {
            results.append(result);
            times.append(when);
        };
        if constexpr (std::is_same_v<T, CancelAck>) {
            return [this, note](CoinwClient::CallId id, const Result<T> &result, const CallTimes &when) {
                ids.append(id);
                note(result, when);
            };
        } else {
            return note;
        }
    }
    const ApiError &error() const { return results.last().error(); }
};

QByteArray pageBody(int first, int count, int total)
{
    QByteArray rows;
    for (int i = first; i < first + count; ++i)
        rows += (rows.isEmpty() ? "{\"id\":" : ",{\"id\":") + QByteArray::number(i) + "}";
    return "{\"code\":0,\"msg\":\"\",\"data\":{\"rows\":[" + rows + "],\"total\":" + QByteArray::number(total) + "}}";
}

} // namespace

class TestCoinwClient : public QObject
{
    Q_OBJECT

    std::unique_ptr<ScriptedNetwork> m_network;
    std::unique_ptr<CoinwClient> m_client;
    std::unique_ptr<QObject> m_context;

    void makeClient(const CallTiming &timing = {})
    {
        m_client = std::make_unique<CoinwClient>(*m_network, Endpoint::coinw(), timing);
        m_client->setCredentials(keys());
    }

private slots:
    void init()
    {
        m_network = std::make_unique<ScriptedNetwork>();
        m_context = std::make_unique<QObject>();
        makeClient();
    }

    void cleanup()
    {
        m_client.reset();
        m_context.reset();
        m_network.reset();
    }

    void sendsACancelAsItIsSigned()
    {
        Told<CancelAck> told;
        const qint64 before = QDateTime::currentMSecsSinceEpoch();
        m_client->cancelOrder(OrderId(u"33308749002645666"_s), m_context.get(), told.handler());
        QTRY_COMPARE(told.results.size(), 1);
        QVERIFY(told.results.first());

        QCOMPARE(m_network->requests.size(), 1);
        const ScriptedRequest &sent = m_network->requests.first();
        QVERIFY(sent.isDelete());
        QCOMPARE(sent.operation, QNetworkAccessManager::CustomOperation);
        QCOMPARE(sent.request.url(), QUrl(u"https://api.coinw.com/v1/perpum/order"_s));
        QCOMPARE(sent.body, R"({"id":"33308749002645666"})"_ba);
        QCOMPARE(sent.request.header(QNetworkRequest::ContentLengthHeader).toInt(), 26);
        QCOMPARE(sent.header("Content-Type"), "application/json"_ba);
        QCOMPARE(sent.header("api_key"), "KEY-1234"_ba);
        const QByteArray timestamp = sent.header("timestamp");
        QVERIFY(timestamp.toLongLong() >= before);
        QVERIFY(timestamp.toLongLong() <= QDateTime::currentMSecsSinceEpoch());
        QCOMPARE(sent.header("sign"), hmacBase64(timestamp + "DELETE/v1/perpum/order" + sent.body, keys()));

        const auto attribute = [&sent](QNetworkRequest::Attribute name) { return sent.request.attribute(name); };
        QCOMPARE(attribute(QNetworkRequest::DoNotBufferUploadDataAttribute).toBool(), true);
        QCOMPARE(attribute(QNetworkRequest::Http2AllowedAttribute), QVariant(false));
        QCOMPARE(attribute(QNetworkRequest::RedirectPolicyAttribute).toInt(),
                 int(QNetworkRequest::ManualRedirectPolicy));
        QCOMPARE(attribute(QNetworkRequest::CacheLoadControlAttribute).toInt(), int(QNetworkRequest::AlwaysNetwork));
        QCOMPARE(attribute(QNetworkRequest::CacheSaveControlAttribute), QVariant(false));
        QCOMPARE(attribute(QNetworkRequest::CookieLoadControlAttribute).toInt(), int(QNetworkRequest::Manual));
        QCOMPARE(attribute(QNetworkRequest::CookieSaveControlAttribute).toInt(), int(QNetworkRequest::Manual));
        QCOMPARE(attribute(QNetworkRequest::AuthenticationReuseAttribute).toInt(), int(QNetworkRequest::Manual));
        QCOMPARE(sent.request.sslConfiguration().allowedNextProtocols(), QList<QByteArray>{"http/1.1"_ba});
        QVERIFY(told.times.first().sentAt);
        QVERIFY(*told.times.first().sentAt <= told.times.first().endedAt);
    }

    void sendsAReadAsItIsSigned()
    {
        m_network->respond = [](const ScriptedRequest &) {
            return ScriptedAnswer{R"({"code":0,"msg":"","data":[]})"_ba};
        };
        Told<OrderListing> told;
        m_client->listOrders(ListKind::Plan, {}, m_context.get(), told.handler());
        Told<int> count;
        m_client->countOpenOrders(m_context.get(), count.handler());
        QTRY_COMPARE(count.results.size(), 1);
        QVERIFY(told.results.first());
        const ScriptedRequest &sent = m_network->requests.first();
        QCOMPARE(sent.operation, QNetworkAccessManager::GetOperation);
        QCOMPARE(sent.target(), "/v1/perpum/order?positionType=plan"_ba);
        QCOMPARE(sent.header("sign"),
                 hmacBase64(sent.header("timestamp") + "GET/v1/perpum/order?positionType=plan", keys()));
        QCOMPARE(sent.request.attribute(QNetworkRequest::Http2AllowedAttribute), QVariant(false));
        // No "?" without a query.
        QCOMPARE(m_network->requests.last().request.url().toEncoded(),
                 "https://api.coinw.com/v1/perpum/orders/openQuantity"_ba);
    }

    void handlersRunLaterAndOnce()
    {
        Told<CancelAck> told;
        QSignalSpy sent(m_client.get(), &CoinwClient::cancelSent);
        bool toldTooEarly = false;
        connect(m_client.get(), &CoinwClient::cancelSent, m_context.get(),
                [&] { toldTooEarly = !told.results.isEmpty(); });
        const auto id = m_client->cancelOrder(OrderId(u"1"_s), m_context.get(), told.handler());
        QVERIFY(told.results.isEmpty());
        QVERIFY(m_network->requests.isEmpty());
        QVERIFY(sent.isEmpty());
        QTRY_COMPARE(told.results.size(), 1);
        QVERIFY(!toldTooEarly);
        QTest::qWait(20);
        QCOMPARE(told.results.size(), 1);
        QCOMPARE(sent.size(), 1);
        QCOMPARE(sent.first().first().value<CoinwClient::CallId>(), id);
        QCOMPARE(told.ids, QList{id});
        QVERIFY(m_client->latency());
    }

    void aDeadContextIsNotTold()
    {
        Told<CancelAck> told;
        Told<CancelAck> other;
        auto context = std::make_unique<QObject>();
        m_client->cancelOrder(OrderId(u"1"_s), context.get(), told.handler());
        m_client->cancelOrder(OrderId(u"2"_s), m_context.get(), other.handler());
        context.reset();
        QTRY_COMPARE(other.results.size(), 1);
        QTest::qWait(10);
        QVERIFY(told.results.isEmpty());
        QCOMPARE(m_network->requests.size(), 2);
    }

    void aClientThatDiesTellsNothing()
    {
        m_network->respond = [](const ScriptedRequest &) {
            ScriptedAnswer answer;
            answer.hangs = true;
            return answer;
        };
        Told<CancelAck> cancel;
        Told<OrderListing> list;
        m_client->listOrders(ListKind::Plan, {}, m_context.get(), list.handler());
        m_client->listOrders(ListKind::Plan, {}, m_context.get(), list.handler());
        m_client->warmUp();
        QTRY_COMPARE(m_network->requests.size(), 3);
        m_client->cancelOrder(OrderId(u"1"_s), m_context.get(), cancel.handler());
        QTRY_COMPARE(m_network->count(true), 1);
        // One more whose answer has come, but not its handler's turn.
        m_network->release(int(m_network->requests.size()) - 1);
        m_client.reset();
        QTest::qWait(20);
        QVERIFY(cancel.results.isEmpty());
        QVERIFY(list.results.isEmpty());
        for (const ScriptedRequest &request : std::as_const(m_network->requests)) {
            if (request.header("sign").size() > 0)
                QVERIFY(!request.reply);
        }
    }

    void aHandlerMayDestroyTheClient()
    {
        bool told = false;
        m_client->cancelOrder(OrderId(u"1"_s), m_context.get(), [this, &told](auto, const auto &, const auto &) {
            told = true;
            m_client.reset();
        });
        QTRY_VERIFY(told);
        QVERIFY(!m_client);
    }

    void aHandlerMayAskAgain()
    {
        Told<CancelAck> second;
        m_client->cancelOrder(OrderId(u"1"_s), m_context.get(), [this, &second](auto, const auto &, const auto &) {
            m_client->cancelOrder(OrderId(u"2"_s), m_context.get(), second.handler());
        });
        QTRY_COMPARE(second.results.size(), 1);
        QCOMPARE(m_network->requests.size(), 2);
    }

    void whatTheBodySays_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<bool>("takesBody");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("cause");
        using E = QNetworkReply::NetworkError;
        const auto row = [](const char *name, E error, bool takes, Kind kind, Cause cause) {
            QTest::newRow(name) << int(error) << takes << int(kind) << int(cause);
        };
        row("refused", E::ConnectionRefusedError, false, Kind::NotSent, Cause::NoConnection);
        row("not found", E::HostNotFoundError, false, Kind::NotSent, Cause::NoConnection);
        row("not secure", E::SslHandshakeFailedError, false, Kind::NotSent, Cause::NotSecure);
        row("closed early", E::RemoteHostClosedError, false, Kind::NotSent, Cause::NoConnection);
        row("closed after", E::RemoteHostClosedError, true, Kind::Unknown, Cause::ConnectionLost);
        row("would be sent again", E::ContentReSendError, true, Kind::Unknown, Cause::ConnectionLost);
        row("refused after", E::ConnectionRefusedError, true, Kind::Unknown, Cause::ConnectionLost);
        row("not secure after", E::SslHandshakeFailedError, true, Kind::Unknown, Cause::ConnectionLost);
    }

    void whatTheBodySays()
    {
        QFETCH(int, error);
        QFETCH(bool, takesBody);
        m_network->respond = [&](const ScriptedRequest &) {
            return ScriptedAnswer{{}, 0, QNetworkReply::NetworkError(error), u"words"_s, takesBody, false, {}};
        };
        Told<CancelAck> told;
        m_client->cancelOrder(OrderId(u"1"_s), m_context.get(), told.handler());
        QTRY_COMPARE(told.results.size(), 1);
        QTEST(int(told.error().kind), "kind");
        QTEST(int(told.error().cause), "cause");
        QCOMPARE(told.times.first().sentAt.has_value(), told.error().kind != Kind::NotSent);
        if (told.error().kind == Kind::NotSent)
            QCOMPARE(told.error().message, u"words"_s);
    }

    void timeLimits()
    {
        makeClient({60ms, 40ms, 60s});
        bool takesBody = true;
        m_network->respond = [&takesBody](const ScriptedRequest &) {
            return ScriptedAnswer{{}, 200, QNetworkReply::NoError, {}, takesBody, true, {}};
        };
        Told<CancelAck> cancel;
        Told<OrderListing> list;
        m_client->cancelOrder(OrderId(u"1"_s), m_context.get(), cancel.handler());
        m_client->listOrders(ListKind::Plan, {}, m_context.get(), list.handler());
        QTRY_COMPARE(cancel.results.size(), 1);
        QTRY_COMPARE(list.results.size(), 1);
        QCOMPARE(cancel.error().kind, Kind::Unknown);
        QCOMPARE(cancel.error().cause, Cause::Timeout);
        QVERIFY(cancel.error().latency >= 60ms);
        QCOMPARE(list.error().cause, Cause::Timeout);
        QCOMPARE(m_network->calls(), 2);

        takesBody = false;
        const auto unsent = m_client->cancelOrder(OrderId(u"1"_s), m_context.get(), cancel.handler());
        QTRY_COMPARE(cancel.results.size(), 2);
        QCOMPARE(cancel.ids.last(), unsent);
        QCOMPARE(cancel.error().kind, Kind::NotSent);
        QCOMPARE(cancel.error().cause, Cause::NoConnection);
    }

    void refusesAnEndlessAnswer()
    {
        m_network->respond = [](const ScriptedRequest &) {
            return ScriptedAnswer{QByteArray(33 * 1024 * 1024, ' ') + R"({"code":0,"msg":"","data":[]})"};
        };
        Told<OrderListing> told;
        m_client->listOrders(ListKind::Plan, {}, m_context.get(), told.handler());
        QTRY_COMPARE(told.results.size(), 1);
        QCOMPARE(told.error().kind, Kind::Malformed);
    }

    void scrubsWords()
    {
        m_network->respond = [](const ScriptedRequest &) {
            return ScriptedAnswer{R"({"code":6000,"msg":"no key KEY-1234 with SECRET-5678"})"_ba};
        };
        Told<CancelAck> told;
        m_client->cancelOrder(OrderId(u"1"_s), m_context.get(), told.handler());
        QTRY_COMPARE(told.results.size(), 1);
        QCOMPARE(told.error().message, u"no key ••• with •••"_s);
        QCOMPARE(told.error().kind, Kind::Unauthorized);
        QCOMPARE(*told.error().code, 6000);
    }

    void adoptsTheExchangesClockFromARefusal()
    {
        const auto exchangeNow = [] { return QDateTime::currentDateTimeUtc().addSecs(90); };
        m_network->respond = [&](const ScriptedRequest &) {
            return ScriptedAnswer{
                R"({"code":6001,"msg":"x"})"_ba, 200, QNetworkReply::NoError, {}, true, false, exchangeNow()};
        };
        QVERIFY(!m_client->clockOffset());
        Told<CancelAck> told;
        m_client->cancelOrder(OrderId(u"1"_s), m_context.get(), told.handler());
        QTRY_COMPARE(told.results.size(), 1);
        QVERIFY(std::chrono::abs(*told.error().clockDifference - 90s) <= 2s);
        QVERIFY(std::chrono::abs(*m_client->clockOffset() - 90s) <= 2s);
        m_client->cancelOrder(OrderId(u"1"_s), m_context.get(), told.handler());
        QTRY_COMPARE(told.results.size(), 2);
        const qint64 signedAt = m_network->requests.last().header("timestamp").toLongLong();
        QVERIFY(qAbs(signedAt - exchangeNow().toMSecsSinceEpoch()) <= 2000);
        QVERIFY(std::chrono::abs(*told.error().clockDifference) <= 1s);
    }

    /// Encoded once, and signed exactly as it is sent; in its plain form after a refusal, for that call alone.
    void namesOfAnyKindAreAskedFor()
    {
        const auto name = u"比特-\"A+B\" %41&#'/?"_s;
        m_network->respond = [](const ScriptedRequest &) {
            return ScriptedAnswer{R"({"code":0,"msg":"","data":{"rows":[],"total":0}})"_ba};
        };
        Told<RecordPage<DealRecord>> told;
        m_client->readDeals(name, 1, m_context.get(), told.handler());
        QTRY_COMPARE(told.results.size(), 1);
        QVERIFY(told.results.first());
        const auto isSigned = [](const ScriptedRequest &sent, const QByteArray &target) {
            return sent.header("sign") == hmacBase64(sent.header("timestamp") + "GET" + target, keys());
        };
        const QByteArray encoded = m_network->requests.last().target();
        QVERIFY(encoded.contains("%E6%AF%94%E7%89%B9-%22A%2BB%22%20%2541%26%23%27%2F%3F"));
        QVERIFY(isSigned(m_network->requests.last(), encoded));

        // Refused: each call tries the other form once.
        m_network->respond = [&](const ScriptedRequest &sent) {
            return isSigned(sent, QByteArray::fromPercentEncoding(encoded).replace("deals", "deals"))
                       ? ScriptedAnswer{R"({"code":0,"msg":"","data":{"rows":[],"total":0}})"_ba}
                       : ScriptedAnswer{R"({"code":6001,"msg":"signature error"})"_ba};
        };
        const auto before = m_network->calls();
        m_client->readDeals(name, 1, m_context.get(), told.handler());
        QTRY_COMPARE(told.results.size(), 2);
        QVERIFY(told.results.last());
        QCOMPARE(m_network->calls(), before + 2);
        Told<OrderListing> listing;
        m_client->listOrders(ListKind::Trigger, name, m_context.get(), listing.handler());
        QTRY_COMPARE(listing.results.size(), 1);
        QCOMPARE(listing.error().kind, Kind::Unauthorized);
        QCOMPARE(m_network->calls(), before + 4);
        // A name that needs no encoding has one form.
        m_client->readDeals(u"BTC"_s, 1, m_context.get(), told.handler());
        QTRY_COMPARE(told.results.size(), 3);
        QCOMPARE(told.error().kind, Kind::Unauthorized);
        QCOMPARE(m_network->calls(), before + 5);
    }

    void readsPagesToTheEnd()
    {
        m_network->respond = [](const ScriptedRequest &request) {
            const int page = request.target().contains("&page=1&")   ? 1
                             : request.target().contains("&page=2&") ? 2
                             : request.target().contains("&page=3&") ? 3
                                                                     : 4;
            return ScriptedAnswer{page < 3    ? pageBody(page * 50, 50, 0)
                                  : page == 3 ? pageBody(150, 7, 0)
                                              : pageBody(0, 0, 0)};
        };
        Told<OrderListing> told;
        Told<int> count;
        m_client->listOrders(ListKind::Trigger, u"BTC"_s, m_context.get(), told.handler());
        m_client->countOpenOrders(m_context.get(), count.handler());
        QTRY_COMPARE(told.results.size(), 1);
        QCOMPARE(told.results.first()->orders.size(), 107);
        QCOMPARE(told.results.first()->extent, ListExtent::Whole);
        // The pages follow each other; the other read waits.
        QTRY_COMPARE(m_network->requests.size(), 5);
        QVERIFY(m_network->requests.last().target().contains("openQuantity"));
        QVERIFY(*told.times.first().sentAt < told.times.first().endedAt);
    }

    void aListThatShiftsWhileItIsReadIsPartial()
    {
        m_network->respond = [](const ScriptedRequest &request) {
            return ScriptedAnswer{request.target().contains("&page=1&")   ? pageBody(1, 50, 60)
                                  : request.target().contains("&page=2&") ? pageBody(52, 9, 59)
                                                                          : pageBody(0, 0, 59)};
        };
        Told<OrderListing> told;
        m_client->listOrders(ListKind::Trigger, u"BTC"_s, m_context.get(), told.handler());
        QTRY_COMPARE(told.results.size(), 1);
        QCOMPARE(told.results.first()->extent, ListExtent::Partial);
        QCOMPARE(told.results.first()->orders.size(), 59);
        QCOMPARE(told.results.first()->total, 60);
    }

    void aPageOfAListWithoutPagesIsPartial()
    {
        m_network->respond = [](const ScriptedRequest &) { return ScriptedAnswer{pageBody(1, 3, 6)}; };
        Told<OrderListing> told;
        m_client->listOrders(ListKind::Plan, {}, m_context.get(), told.handler());
        QTRY_COMPARE(told.results.size(), 1);
        QCOMPARE(told.results.first()->extent, ListExtent::Partial);
        QCOMPARE(told.results.first()->count, 3);
        QCOMPARE(told.results.first()->total, 6);
        QCOMPARE(m_network->requests.size(), 1);
    }

    void aRefusedSecondPageIsNoList()
    {
        m_network->respond = [](const ScriptedRequest &request) {
            return ScriptedAnswer{request.target().contains("&page=1&") ? pageBody(1, 50, 60)
                                                                        : R"({"code":9016,"msg":"x"})"_ba};
        };
        Told<OrderListing> told;
        m_client->listOrders(ListKind::Trigger, u"BTC"_s, m_context.get(), told.handler());
        QTRY_COMPARE(told.results.size(), 1);
        QCOMPARE(*told.error().code, 9016);
    }

    void namesThatCannotBeAskedFor()
    {
        Told<OrderListing> list;
        Told<RecordPage<DealRecord>> deals;
        Told<RecordPage<HistoryRecord>> history;
        m_client->listOrders(ListKind::Trigger, u"BTC&x"_s, m_context.get(), list.handler());
        m_client->readDeals({}, 1, m_context.get(), deals.handler());
        m_client->readHistory(u"BTC USDT"_s, 1, m_context.get(), history.handler());
        QVERIFY(list.results.isEmpty());
        QTRY_COMPARE(history.results.size(), 1);
        QCOMPARE(list.error().kind, Kind::NotSent);
        QCOMPARE(deals.error().kind, Kind::NotSent);
        QCOMPARE(history.error().kind, Kind::NotSent);
        QVERIFY(m_network->requests.isEmpty());
    }

    void readsCountsAndRecords()
    {
        m_network->respond = [](const ScriptedRequest &request) {
            if (request.target().contains("openQuantity"))
                return ScriptedAnswer{R"({"code":0,"msg":"","data":{"value":14}})"_ba};
            return ScriptedAnswer{R"({"code":0,"msg":"","data":{"rows":[{"id":"5","orderId":"7"}]}})"_ba};
        };
        Told<int> count;
        Told<RecordPage<DealRecord>> deals;
        Told<RecordPage<HistoryRecord>> history;
        m_client->countOpenOrders(m_context.get(), count.handler());
        m_client->readDeals(u"BTC"_s, 1, m_context.get(), deals.handler());
        m_client->readHistory(u"BTC"_s, 1, m_context.get(), history.handler());
        m_client->readHistory({}, 2, m_context.get(), history.handler());
        QTRY_COMPARE(history.results.size(), 2);
        QCOMPARE(*count.results.first(), 14);
        QVERIFY(deals.results.first()->rows.first().isOf(OrderId(u"7"_s)));
        QVERIFY(history.results.first()->rows.first().isOf(OrderId(u"5"_s)));
        QVERIFY(m_network->requests[1].target().startsWith("/v1/perpum/orders/deals?"));
        QVERIFY(m_network->requests[2].target().startsWith("/v1/perpum/orders/history?instrument=BTC&"));
        QVERIFY(m_network->requests[3].target().startsWith("/v1/perpum/orders/history?page=2&"));
    }

    void warmsUpBothLanesWithoutARequest()
    {
        m_network->respond = [](const ScriptedRequest &) { return ScriptedAnswer{{}, 0, {}, {}, true, true, {}}; };
        m_client->warmUp();
        m_client->warmUp();
        QCOMPARE(m_network->requests.size(), 2);
        for (const ScriptedRequest &request : std::as_const(m_network->requests)) {
            QCOMPARE(request.request.url().scheme(), u"preconnect-https"_s);
            QVERIFY(request.header("sign").isEmpty());
        }
        QCOMPARE(m_network->requests[0].request.peerVerifyName(), QString());
        QCOMPARE(m_network->requests[1].request.peerVerifyName(), u"api.coinw.com"_s);
    }
};

QTEST_GUILESS_MAIN(TestCoinwClient)
#include "tst_coinwclient.moc"
