#include "exchange/callqueue.h"
#include "exchange/wire.h"
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

Credentials keys(const QString &key = u"KEY"_s)
{
    return {key, u"SECRET"_s};
}

ApiRequest read(const QString &instrument)
{
    return *listRequest(ListKind::Trigger, instrument, 1);
}

ApiRequest tickers()
{
    return {Verb::Get, "/v1/perpum/tickers"_ba, {}, {}, RateBucket::Tickers};
}

} // namespace

/// What the queue tells of its calls, and what it takes from their answers. What leaves when, and how calls are held
/// and dropped, is seen through the client: tst_clientqueue.
class TestCallQueue : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void tellsHowACallEnded();
    void aReadInFrontGoesBeforeThoseThatWait();
    void withdrawnCallsEndUnsent();
    void otherKeysEndWhatWaits();
    void theSignerIsWhoWasThere();
    void theAnswersKindPausesTheQueue();
    void latencyIsTheMedianOfSignedCalls();
    void clockOffsetComesFromTheAnswer();
    void anAnswerOlderThanItsQuestionIsNobodys();
    void withoutADateOneThatCameTooSoonIsNobodys();
    void aListenerMayEndTheQueue();

private:
    CallQueue::Id enqueue(const ApiRequest &request, CallQueue::Place place = CallQueue::Place::Back)
    {
        return m_queue->enqueue(
            request,
            [this](const CallEnd &end) {
                m_ends.append(end);
                return m_kind;
            },
            place);
    }
    void hang()
    {
        m_network->respond = [](const ScriptedRequest &) { return ScriptedAnswer{.hangs = true}; };
    }
    QByteArray instrumentOf(int request) const { return m_network->requests.at(request).target(); }

    std::unique_ptr<ScriptedNetwork> m_network;
    std::unique_ptr<CallQueue> m_queue;
    QList<CallEnd> m_ends;
    /// What the reader of the answers makes of them.
    std::optional<Kind> m_kind;
};

void TestCallQueue::init()
{
    m_ends.clear();
    m_kind.reset();
    m_network = std::make_unique<ScriptedNetwork>();
    const auto lend = [this] { return std::shared_ptr<QNetworkAccessManager>(m_network.get(), [](auto *) {}); };
    m_queue =
        std::make_unique<CallQueue>(lend, Endpoint::coinw(), CallTiming{}, QSslConfiguration::defaultConfiguration());
    m_queue->setCredentials(keys());
}

void TestCallQueue::cleanup()
{
    m_queue.reset();
    m_network.reset();
}

void TestCallQueue::tellsHowACallEnded()
{
    const QSignalSpy sent(m_queue.get(), &CallQueue::sent);
    const auto before = std::chrono::steady_clock::now();
    const auto cancel = enqueue(cancelRequest(OrderId(u"1"_s)));
    const auto list = enqueue(read(u"BTC"_s));
    QVERIFY(m_ends.isEmpty());
    QTRY_COMPARE(m_ends.size(), 2);
    // Only cancels are told when they leave: from then on their order may be canceled.
    QCOMPARE(sent.size(), 1);
    QCOMPARE(sent.first().first().value<quint64>(), cancel);
    QCOMPARE(m_ends.at(0).id, cancel);
    QCOMPARE(m_ends.at(1).id, list);
    for (const CallEnd &end : std::as_const(m_ends)) {
        QVERIFY(end.reply);
        QCOMPARE(end.reply->httpStatus, 200);
        QVERIFY(end.times.sentAt && *end.times.sentAt >= before);
        QVERIFY(end.times.endedAt >= *end.times.sentAt);
        QVERIFY(end.signer == keys());
    }
}

void TestCallQueue::aReadInFrontGoesBeforeThoseThatWait()
{
    hang();
    enqueue(read(u"A"_s));
    QTRY_COMPARE(m_network->requests.size(), 1);
    enqueue(read(u"B"_s));
    enqueue(read(u"C"_s), CallQueue::Place::Front);
    for (int request = 0; request < 2; ++request) {
        m_network->release(request);
        QTRY_COMPARE(m_network->requests.size(), request + 2);
    }
    QVERIFY(instrumentOf(0).contains("instrument=A"));
    QVERIFY(instrumentOf(1).contains("instrument=C"));
    QVERIFY(instrumentOf(2).contains("instrument=B"));
}

void TestCallQueue::withdrawnCallsEndUnsent()
{
    const auto list = enqueue(read(u"A"_s));
    const auto cancel = enqueue(cancelRequest(OrderId(u"1"_s)));
    QCOMPARE(m_queue->budget().queued, 2);
    QVERIFY(m_queue->withdraw(list));
    QVERIFY(m_queue->withdraw(cancel));
    QVERIFY(!m_queue->withdraw(cancel));
    QCOMPARE(m_queue->budget().queued, 0);
    QCOMPARE(m_ends.size(), 2);
    for (const CallEnd &end : std::as_const(m_ends)) {
        QVERIFY(!end.reply);
        QVERIFY(!end.times.sentAt);
        QCOMPARE(end.cause, Cause::Stopped);
    }
}

void TestCallQueue::otherKeysEndWhatWaits()
{
    hang();
    enqueue(read(u"A"_s));
    QTRY_COMPARE(m_network->requests.size(), 1);
    enqueue(read(u"B"_s));
    enqueue(cancelRequest(OrderId(u"1"_s)));
    const int generation = m_queue->generation();
    m_queue->setCredentials(keys());
    QCOMPARE(m_queue->generation(), generation);
    QVERIFY(m_ends.isEmpty());
    m_queue->setCredentials(keys(u"OTHER"_s));
    QCOMPARE(m_queue->generation(), generation + 1);
    QCOMPARE(m_ends.size(), 2);
    m_queue->setCredentials(std::nullopt);
    QCOMPARE(m_queue->generation(), generation + 2);
    // Without keys a new call ends, later and unsent.
    enqueue(read(u"C"_s));
    QCOMPARE(m_ends.size(), 2);
    QTRY_COMPARE(m_ends.size(), 3);
    QCOMPARE(m_ends.last().cause, Cause::Stopped);
    QCOMPARE(m_network->requests.size(), 1);
}

void TestCallQueue::theSignerIsWhoWasThere()
{
    hang();
    enqueue(read(u"A"_s));
    QTRY_COMPARE(m_network->requests.size(), 1);
    m_queue->setCredentials(keys(u"OTHER"_s));
    m_network->release(0);
    QTRY_COMPARE(m_ends.size(), 1);
    // Its answer may repeat the old key, and must be read without it.
    QVERIFY(m_ends.first().signer == keys());
}

void TestCallQueue::theAnswersKindPausesTheQueue()
{
    m_kind = Kind::Throttled;
    enqueue(read(u"A"_s));
    QTRY_COMPARE(m_ends.size(), 1);
    QVERIFY(m_queue->budget().pausedFor > 0ms);
    QSignalSpy waiting(m_queue.get(), &CallQueue::waiting);
    const auto cancel = enqueue(cancelRequest(OrderId(u"1"_s)));
    QTRY_COMPARE(waiting.size(), 1);
    QCOMPARE(waiting.first().first().value<quint64>(), cancel);
    QCOMPARE(m_network->requests.size(), 1);
    m_kind.reset();
    QTRY_COMPARE(m_ends.size(), 2);
    QCOMPARE(m_queue->budget().pausedFor, 0ms);
}

void TestCallQueue::latencyIsTheMedianOfSignedCalls()
{
    QVERIFY(!m_queue->latency());
    enqueue(tickers());
    QTRY_COMPARE(m_ends.size(), 1);
    // Half a megabyte without a signature says nothing about the way of a cancel.
    QVERIFY(!m_queue->latency());
    QVERIFY(m_network->requests.first().header("api_key").isEmpty());
    enqueue(read(u"A"_s));
    QTRY_COMPARE(m_ends.size(), 2);
    QCOMPARE(m_queue->latency(), m_ends.last().reply->latency);
    // One that is never answered counts nothing.
    m_network->respond = [](const ScriptedRequest &) {
        return ScriptedAnswer{.status = 0, .error = QNetworkReply::ConnectionRefusedError};
    };
    enqueue(read(u"B"_s));
    QTRY_COMPARE(m_ends.size(), 3);
    QCOMPARE(m_queue->latency(), m_ends.at(1).reply->latency);
}

void TestCallQueue::clockOffsetComesFromTheAnswer()
{
    QVERIFY(!m_queue->clockOffset());
    enqueue(read(u"A"_s));
    QTRY_COMPARE(m_ends.size(), 1);
    QVERIFY(!m_queue->clockOffset());
    m_network->respond = [](const ScriptedRequest &) {
        return ScriptedAnswer{.date = QDateTime::currentDateTimeUtc().addSecs(3600)};
    };
    enqueue(read(u"A"_s));
    QTRY_COMPARE(m_ends.size(), 2);
    QVERIFY(m_queue->clockOffset());
    QCOMPARE(std::chrono::round<std::chrono::minutes>(*m_queue->clockOffset()), 60min);
    QVERIFY(m_ends.last().reply->clockDifference);
}

void TestCallQueue::anAnswerOlderThanItsQuestionIsNobodys()
{
    // Time passes as the test says: the exchange's clock is this one, and an answer's date what it says.
    std::chrono::seconds passed{0};
    CallTiming timing;
    timing.bootNow = [&passed] { return BootClock::now() + passed; };
    m_queue = std::make_unique<CallQueue>(
        [this] { return std::shared_ptr<QNetworkAccessManager>(m_network.get(), [](auto *) {}); }, Endpoint::coinw(),
        timing, QSslConfiguration::defaultConfiguration());
    m_queue->setCredentials(keys());
    const QDateTime start = QDateTime::currentDateTimeUtc();
    std::chrono::seconds shown{0};
    m_network->respond = [&](const ScriptedRequest &) {
        return ScriptedAnswer{.date = start.addMSecs(std::chrono::milliseconds(shown).count())};
    };
    const auto ask = [&](std::chrono::seconds at, std::chrono::seconds date) {
        passed = at;
        shown = date;
        const auto before = m_ends.size();
        enqueue(cancelRequest(OrderId(u"1"_s)));
        return waitFor([&] { return m_ends.size() > before; }) && m_ends.last().reply->isNobodys;
    };
    // The first one tells what time it is at the exchange, whatever this computer's clock says.
    QVERIFY(!ask(0s, 0s));
    QVERIFY(!ask(10s, 10s));
    QVERIFY(ask(20s, 12s));
    QVERIFY(!readCancel(*m_ends.last().reply, keys()));
    QCOMPARE(int(readCancel(*m_ends.last().reply, keys()).error().kind), int(Kind::Unknown));
    QVERIFY(!ask(30s, 30s));
    const auto last = [this] { return readCancel(*m_ends.last().reply, keys()); };
    QVERIFY(last());
    // Older than what came last is believed no more. If the clock was put back, the next one says so as well.
    QVERIFY(!ask(40s, -50s));
    QVERIFY(m_ends.last().reply->isOlderThanLast);
    QVERIFY(!last());
    QCOMPARE(int(last().error().kind), int(Kind::Unknown));
    QVERIFY(!ask(50s, -40s));
    QVERIFY(last());
    QVERIFY(!ask(60s, -30s));
    QVERIFY(last());
    m_queue.reset();
}

void TestCallQueue::withoutADateOneThatCameTooSoonIsNobodys()
{
    m_network->respond = [](const ScriptedRequest &request) {
        return ScriptedAnswer{.hangs = !request.target().contains("SOON")};
    };
    const auto ask = [this](const QString &instrument, std::chrono::milliseconds length) {
        const auto before = m_ends.size();
        const int at = int(m_network->requests.size());
        enqueue(read(instrument));
        if (!waitFor([&] { return m_network->requests.size() > at; }))
            return -1;
        if (length > 0ms)
            QTimer::singleShot(length, m_network.get(), [this, at] { m_network->release(at); });
        return waitFor([&] { return m_ends.size() > before; }) ? int(m_ends.last().reply->isNobodys) : -1;
    };
    // Nothing is known of the line at first.
    QCOMPARE(ask(u"SOON"_s, 0ms), 0);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(ask(u"LATE"_s, 400ms), 0);
    QCOMPARE(ask(u"SOON"_s, 0ms), 1);
    // A line that is faster now is believed with the next.
    QCOMPARE(ask(u"SOON"_s, 0ms), 0);
    // With a Date, that one decides.
    for (int i = 0; i < 5; ++i)
        QCOMPARE(ask(u"LATE"_s, 400ms), 0);
    m_network->respond = [](const ScriptedRequest &) {
        return ScriptedAnswer{.date = QDateTime::currentDateTimeUtc()};
    };
    QCOMPARE(ask(u"SOON"_s, 0ms), 0);
}

void TestCallQueue::aListenerMayEndTheQueue()
{
    hang();
    connect(m_queue.get(), &CallQueue::sent, this, [this] { m_queue.reset(); });
    enqueue(cancelRequest(OrderId(u"1"_s)));
    enqueue(cancelRequest(OrderId(u"2"_s)));
    QTRY_VERIFY(!m_queue);
    QCOMPARE(m_network->requests.size(), 1);
}

QTEST_GUILESS_MAIN(TestCallQueue)
#include "tst_callqueue.moc"
