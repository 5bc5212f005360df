#include "exchange/coinwclient.h"
#include "scriptednetwork.h"
#include "tests/support/waiting.h"

#include <QObject>
#include <QSignalSpy>
#include <QTest>

#include <memory>

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

} // namespace

/// What leaves when: cancels before reads, one read at a time, the limiter, taking back.
class TestClientQueue : public QObject
{
    Q_OBJECT

    std::unique_ptr<ScriptedNetwork> m_network;
    std::unique_ptr<CoinwClient> m_client;
    QList<ApiError> m_errors;
    int m_acks = 0;
    int m_lists = 0;

    void makeClient(const CallTiming &timing = {})
    {
        m_client = std::make_unique<CoinwClient>(*m_network, Endpoint::coinw(), timing);
        m_client->setCredentials(keys());
    }

    CoinwClient::CallId cancel(const QString &id)
    {
        return m_client->cancelOrder(OrderId(id), this,
                                     [this](auto, const Result<CancelAck> &result, const CallTimes &) {
                                         if (result)
                                             ++m_acks;
                                         else
                                             m_errors.append(result.error());
                                     });
    }

    CoinwClient::CallId cancelBatch(int number)
    {
        return m_client->cancelOrders({OrderId(u"b%1"_s.arg(number))}, ListKind::Plan, this,
                                      [this](auto, const Result<CancelAck> &, const CallTimes &) { ++m_acks; });
    }

    void list()
    {
        m_client->listOrders(ListKind::Plan, {}, this, [this](const Result<OrderListing> &result, const CallTimes &) {
            if (result)
                ++m_lists;
            else
                m_errors.append(result.error());
        });
    }

    void everythingHangs()
    {
        m_network->respond = [](const ScriptedRequest &request) {
            ScriptedAnswer answer;
            if (!request.isDelete())
                answer.body = R"({"code":0,"msg":"","data":[]})"_ba;
            answer.hangs = true;
            return answer;
        };
    }

    void cancelsAreThrottled()
    {
        m_network->respond = [](const ScriptedRequest &) {
            return ScriptedAnswer{R"({"code":29001,"msg":"API access frequently"})"_ba};
        };
    }

private slots:
    void init()
    {
        m_errors.clear();
        m_acks = 0;
        m_lists = 0;
        m_network = std::make_unique<ScriptedNetwork>();
        makeClient();
    }

    void cleanup()
    {
        m_client.reset();
        m_network.reset();
    }

    void oneReadAtATime()
    {
        everythingHangs();
        for (int i = 0; i < 3; ++i)
            list();
        QTRY_COMPARE(m_network->requests.size(), 1);
        QTest::qWait(20);
        QCOMPARE(m_network->requests.size(), 1);
        QCOMPARE(m_client->budget().queued, 2);
        m_network->release(0);
        QTRY_COMPARE(m_network->requests.size(), 2);
        QTRY_COMPARE(m_lists, 1);
        m_network->release(1);
        QTRY_COMPARE(m_network->requests.size(), 3);
    }

    void aCancelPassesWaitingReads()
    {
        everythingHangs();
        for (int i = 0; i < 3; ++i)
            list();
        QTRY_COMPARE(m_network->requests.size(), 1);
        cancel(u"1"_s);
        QTRY_COMPARE(m_network->count(true), 1);
        QCOMPARE(m_network->requests.size(), 2);
    }

    void cancelsOfTheSameMomentGoFirst()
    {
        everythingHangs();
        list();
        cancel(u"1"_s);
        cancel(u"2"_s);
        QTRY_COMPARE(m_network->requests.size(), 3);
        QVERIFY(m_network->requests[0].body.contains("\"1\""));
        QVERIFY(m_network->requests[1].body.contains("\"2\""));
        QVERIFY(!m_network->requests[2].isDelete());
    }

    void aCancelTakesTheLaneWithoutTheRead()
    {
        everythingHangs();
        for (int i = 0; i < 4; ++i) {
            list();
            QTRY_COMPARE(m_network->requests.size(), 2 * i + 1);
            cancel(u"1"_s);
            QTRY_COMPARE(m_network->requests.size(), 2 * i + 2);
            const QString read = m_network->requests[2 * i].request.peerVerifyName();
            const QString sent = m_network->requests[2 * i + 1].request.peerVerifyName();
            QVERIFY(read != sent);
            // The reads take turns.
            QCOMPARE(read.isEmpty(), i % 2 == 0);
            m_network->release(2 * i);
            m_network->release(2 * i + 1);
            QTRY_COMPARE(m_acks, i + 1);
            QTRY_COMPARE(m_lists, i + 1);
        }
    }

    void eightLeaveAtOnceAndTheRestWaits()
    {
        everythingHangs();
        QSignalSpy sent(m_client.get(), &CoinwClient::cancelSent);
        QSignalSpy waiting(m_client.get(), &CoinwClient::cancelWaiting);
        QList<CoinwClient::CallId> ids;
        for (int i = 0; i < 10; ++i)
            ids.append(cancel(QString::number(i)));
        list();
        QTRY_COMPARE(sent.size(), 8);
        QTRY_COMPARE(waiting.size(), 2);
        QCOMPARE(waiting.first()[0].value<CoinwClient::CallId>(), ids[8]);
        const auto about = waiting.first()[1].value<std::chrono::milliseconds>();
        QVERIFY2(about > 400ms && about <= 1s, qPrintable(QString::number(about.count())));
        QCOMPARE(m_client->budget().free, 42);
        QCOMPARE(m_client->budget().queued, 3);
        QTest::qWait(50);
        QCOMPARE(sent.size(), 8);

        // Room comes one second after the answers, to the cancels first.
        for (int i = 0; i < 8; ++i)
            m_network->release(i);
        QTRY_COMPARE(m_acks, 8);
        QCOMPARE(sent.size(), 8);
        QTRY_COMPARE(m_network->requests.size(), 11);
        QVERIFY(m_network->requests[8].isDelete());
        QVERIFY(m_network->requests[9].isDelete());
        QVERIFY(!m_network->requests[10].isDelete());
        QCOMPARE(waiting.size(), 2);
    }

    void aCancelAskedForAlonePassesThoseOfMany()
    {
        everythingHangs();
        for (int i = 0; i < 12; ++i)
            cancelBatch(i);
        QTRY_COMPARE(m_network->requests.size(), 7);
        // The eighth place is kept, and whoever is alone goes first.
        cancel(u"1"_s);
        QTRY_COMPARE(m_network->requests.size(), 8);
        QVERIFY(m_network->requests[7].body.contains("\"1\""));
        cancel(u"2"_s);
        cancel(u"3"_s);
        for (int i = 0; i < 8; ++i)
            m_network->release(i);
        QTRY_COMPARE(m_network->requests.size(), 15);
        QVERIFY(m_network->requests[8].body.contains("\"2\""));
        QVERIFY(m_network->requests[9].body.contains("\"3\""));
        QVERIFY(m_network->requests[10].body.contains("\"b7\""));
    }

    void readsGoOnBesideALongQueue()
    {
        everythingHangs();
        for (int i = 0; i < 24; ++i)
            cancelBatch(i);
        for (int i = 0; i < 3; ++i)
            list();
        // Five cancels and a read, and the next read with its answer; the eighth place is kept for one alone.
        QTRY_COMPARE(m_network->requests.size(), 6);
        QVERIFY(!m_network->requests[5].isDelete());
        m_network->release(5);
        QTRY_COMPARE(m_network->requests.size(), 7);
        QVERIFY(!m_network->requests[6].isDelete());
        m_network->release(6);
        QTRY_COMPARE(m_lists, 2);
        QCOMPARE(m_network->count(true), 5);
        QCOMPARE(m_network->requests.size(), 7);
    }

    void aFreeCancelIsNotToldToWait()
    {
        QSignalSpy waiting(m_client.get(), &CoinwClient::cancelWaiting);
        cancel(u"1"_s);
        QTRY_COMPARE(m_acks, 1);
        QVERIFY(waiting.isEmpty());
    }

    void throttledPausesTheQueue()
    {
        cancelsAreThrottled();
        QSignalSpy waiting(m_client.get(), &CoinwClient::cancelWaiting);
        QSignalSpy changed(m_client.get(), &CoinwClient::conditionsChanged);
        cancel(u"1"_s);
        QTRY_COMPARE(m_errors.size(), 1);
        QCOMPARE(m_errors.first().kind, Kind::Throttled);
        QVERIFY(m_client->budget().pausedFor > 0ms);
        QVERIFY(m_client->budget().pausedFor <= 3s);
        QCOMPARE(m_client->budget().halfSpeedFor, 0ms);
        QTRY_VERIFY(!changed.isEmpty());
        const auto second = cancel(u"2"_s);
        list();
        QTRY_COMPARE(waiting.size(), 1);
        QCOMPARE(waiting.first()[0].value<CoinwClient::CallId>(), second);
        QVERIFY(waiting.first()[1].value<std::chrono::milliseconds>() > 400ms);
        QCOMPARE(m_network->requests.size(), 1);

        // The pause ends by itself, and the cancel that waited leaves first.
        m_network->respond = nullptr;
        QTRY_COMPARE(m_acks, 1);
        QVERIFY(m_network->requests[1].isDelete());
        QCOMPARE(m_client->budget().pausedFor, 0ms);
    }

    void takesBackWhatHasNotLeft()
    {
        everythingHangs();
        const auto first = cancel(u"1"_s);
        QVERIFY(m_client->withdraw(first));
        QVERIFY(m_errors.isEmpty());
        QVERIFY(!m_client->withdraw(first));
        QTRY_COMPARE(m_errors.size(), 1);
        QCOMPARE(m_errors.first().kind, Kind::NotSent);
        QCOMPARE(m_errors.first().cause, Cause::Stopped);
        QVERIFY(m_network->requests.isEmpty());

        const auto second = cancel(u"2"_s);
        QTRY_COMPARE(m_network->requests.size(), 1);
        QVERIFY(!m_client->withdraw(second));
        m_network->release(0);
        QTRY_COMPARE(m_acks, 1);
        QVERIFY(!m_client->withdraw(second));
        QVERIFY(!m_client->withdraw(12345));
    }

    void dropsACancelThatWaitedTooLong()
    {
        makeClient({8s, 4s, 150ms});
        cancelsAreThrottled();
        QSignalSpy sent(m_client.get(), &CoinwClient::cancelSent);
        cancel(u"1"_s);
        QTRY_COMPARE(m_errors.size(), 1);
        cancel(u"2"_s);
        QTRY_COMPARE(m_errors.size(), 2);
        QCOMPARE(m_errors.last().kind, Kind::NotSent);
        QCOMPARE(m_errors.last().cause, Cause::Expired);
        QCOMPARE(m_network->requests.size(), 1);
        QCOMPARE(sent.size(), 1);
    }

    void whatWaitedWhenTheComputerSleptIsDropped()
    {
        // As the system's clock does it: an hour passes that the monotonic clock doesn't count.
        std::chrono::seconds slept{0};
        CallTiming timing;
        timing.bootNow = [&slept] { return BootClock::now() + slept; };
        makeClient(timing);
        cancelsAreThrottled();
        cancel(u"1"_s);
        QTRY_COMPARE(m_errors.size(), 1);
        cancel(u"2"_s);
        QCOMPARE(m_client->budget().queued, 1);
        slept = 20s;
        // Whatever wakes the queue: one that is asked for after the sleep stays.
        cancel(u"3"_s);
        QTRY_COMPARE(m_errors.size(), 2);
        QCOMPARE(m_errors.last().kind, Kind::NotSent);
        QCOMPARE(m_errors.last().cause, Cause::Expired);
        QCOMPARE(m_client->budget().queued, 1);
        m_client.reset();
    }

    void heldWhileNoConnectionCanBeMade()
    {
        // Eight leave at once and find no connection; the ninth, which waited, is held instead of burnt.
        m_network->respond = [](const ScriptedRequest &) {
            return ScriptedAnswer{.status = 0, .error = QNetworkReply::ConnectionRefusedError, .takesBody = false};
        };
        QSignalSpy sent(m_client.get(), &CoinwClient::cancelSent);
        for (int i = 1; i <= 12; ++i)
            cancel(QString::number(i));
        QTRY_COMPARE(m_errors.size(), 8);
        QCOMPARE(m_errors.last().cause, Cause::NoConnection);
        // A fresh wish is tried as soon as the limiter has room: it may be the first to get through. The held ones
        // had the same room, and stayed.
        cancel(u"13"_s);
        QTRY_COMPARE(m_errors.size(), 9);
        QCOMPARE(sent.size(), 9);
        // A read that is answered sets the held ones free.
        m_network->respond = [](const ScriptedRequest &request) {
            return ScriptedAnswer{request.isDelete() ? R"({"code":0,"msg":""})"_ba
                                                     : R"({"code":0,"msg":"","data":[]})"_ba};
        };
        list();
        QTRY_COMPARE(m_acks, 4);
        QCOMPARE(m_lists, 1);
    }

    void heldForALimitedTime()
    {
        makeClient({8s, 4s, 60s, 300ms});
        m_network->respond = [](const ScriptedRequest &) {
            return ScriptedAnswer{.status = 0, .error = QNetworkReply::ConnectionRefusedError, .takesBody = false};
        };
        for (int i = 1; i <= 10; ++i)
            cancel(QString::number(i));
        QTRY_COMPARE(m_errors.size(), 10);
        QCOMPARE(m_errors.at(8).cause, Cause::Expired);
        QCOMPARE(m_errors.at(9).cause, Cause::Expired);
        QCOMPARE(m_network->count(true), 8);
    }

    void aLongQueueThatMovesDoesNotExpire()
    {
        // 48 cancels need more than two seconds; each wait is short, though the last one's sum is longer than the
        // limit.
        makeClient({8s, 4s, 1700ms});
        m_network->respond = [](const ScriptedRequest &) { return ScriptedAnswer{R"({"code":0,"msg":""})"_ba}; };
        for (int i = 1; i <= 48; ++i)
            cancel(QString::number(i));
        QTRY_COMPARE(m_acks, 48);
        QVERIFY(m_errors.isEmpty());
    }

    void sevenBatchesLeaveAtOnce()
    {
        m_network->respond = [](const ScriptedRequest &) { return ScriptedAnswer{R"({"code":0,"msg":""})"_ba}; };
        QList<OrderId> ids;
        for (int i = 0; i < 20; ++i)
            ids.append(OrderId(QString::number(i)));
        for (int i = 0; i < 9; ++i)
            m_client->cancelOrders(ids, ListKind::Plan, this,
                                   [this](auto, const Result<CancelAck> &result, const CallTimes &) {
                                       QVERIFY(result);
                                       ++m_acks;
                                   });
        QTRY_COMPARE(m_acks, 7);
        QCOMPARE(m_client->budget().queued, 2);
        QTRY_COMPARE(m_acks, 9);
        QCOMPARE(m_network->requests.first().target(), "/v1/perpum/batchOrders"_ba);
    }

    void nothingLeavesWithoutKeys()
    {
        m_client = std::make_unique<CoinwClient>(*m_network, Endpoint::coinw(), CallTiming());
        cancel(u"1"_s);
        list();
        QVERIFY(m_errors.isEmpty());
        QTRY_COMPARE(m_errors.size(), 2);
        for (const ApiError &error : std::as_const(m_errors)) {
            QCOMPARE(error.kind, Kind::NotSent);
            QCOMPARE(error.cause, Cause::Stopped);
        }
        QVERIFY(m_network->requests.isEmpty());
    }

    void nothingIsSignedForAnotherAccount()
    {
        everythingHangs();
        list();
        QTRY_COMPARE(m_network->requests.size(), 1);
        list();
        cancel(u"1"_s);
        m_client->setCredentials({u"OTHER"_s, u"OTHER-SECRET"_s});
        QTRY_COMPARE(m_errors.size(), 2);
        QCOMPARE(m_errors.last().cause, Cause::Stopped);
        QCOMPARE(m_network->requests.size(), 1);
        cancel(u"2"_s);
        QTRY_COMPARE(m_network->requests.size(), 2);
        QCOMPARE(m_network->requests.last().header("api_key"), "OTHER"_ba);
        // The same keys again change nothing.
        list();
        m_client->setCredentials({u"OTHER"_s, u"OTHER-SECRET"_s});
        m_network->release(0);
        QTRY_COMPARE(m_network->requests.size(), 3);
        QCOMPARE(m_errors.size(), 2);
    }

    void anAccountSwitchEndsAReadOfSeveralPages()
    {
        QByteArray rows;
        for (int i = 0; i < 50; ++i)
            rows += (i ? ",{\"id\":" : "{\"id\":") + QByteArray::number(i) + "}";
        m_network->respond = [rows](const ScriptedRequest &) {
            ScriptedAnswer answer;
            answer.body = "{\"code\":0,\"msg\":\"\",\"data\":{\"rows\":[" + rows + "]}}";
            answer.hangs = true;
            return answer;
        };
        m_client->listOrders(ListKind::Trigger, u"BTC"_s, this,
                             [this](const Result<OrderListing> &result, const CallTimes &) {
                                 QVERIFY(!result);
                                 m_errors.append(result.error());
                             });
        QTRY_COMPARE(m_network->requests.size(), 1);
        m_client->setCredentials({u"OTHER"_s, u"OTHER-SECRET"_s});
        m_network->release(0);
        QTRY_COMPARE(m_errors.size(), 1);
        QCOMPARE(m_errors.first().kind, Kind::NotSent);
        QTest::qWait(20);
        QCOMPARE(m_network->requests.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestClientQueue)
#include "tst_clientqueue.moc"
