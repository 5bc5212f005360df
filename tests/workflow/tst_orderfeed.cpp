#include "domain/credentials.h"
#include "exchange/coinwclient.h"
#include "tests/support/fakeexchange.h"
#include "tests/support/waiting.h"
#include "workflow/openorders.h"
#include "workflow/orderfeed.h"

#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const auto listEndpoint = u"GET /v1/perpum/order"_s;

FeedPace quickPace()
{
    return {.plan = 200ms,
            .protective = 300ms,
            .execute = 300ms,
            .trigger = 300ms,
            .count = 300ms,
            .refused = 400ms,
            .key = 700ms,
            .scan = 100ms};
}

/// Leaves room in the budget, so that a scan comes to its turn as it does in earnest.
FeedPace scanPace()
{
    return {.plan = 2s, .protective = 5s, .execute = 5s, .trigger = 1s, .count = 1s, .refused = 5s, .scan = 100ms};
}

QJsonObject matchKind(const QString &kind)
{
    return {{u"positionType"_s, kind}};
}

} // namespace

/// The feed against real sockets.
class OrderFeedTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<FakeExchange> m_exchange;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<CoinwClient> m_client;
    std::unique_ptr<OpenOrders> m_orders;
    std::unique_ptr<OrderFeed> m_feed;

    void refuse(const QString &kind, int code)
    {
        m_exchange->script(listEndpoint, {{u"match"_s, matchKind(kind)},
                                          {u"times"_s, 0},
                                          {u"do"_s, u"code"_s},
                                          {u"code"_s, code},
                                          {u"msg"_s, u"no"_s}});
    }

private slots:
    void initTestCase()
    {
        m_exchange = std::make_unique<FakeExchange>();
        QVERIFY2(m_exchange->isReady(), qPrintable(m_exchange->error()));
    }

    void init()
    {
        m_exchange->fresh();
        m_network = std::make_unique<QNetworkAccessManager>();
        m_client = std::make_unique<CoinwClient>(*m_network, Endpoint{m_exchange->baseUrl()},
                                                 CoinwClient::Timing{1000ms, 1000ms, 5000ms});
        m_client->setCredentials(Credentials(FakeExchange::exampleKey(), FakeExchange::exampleSecret()));
        m_orders = std::make_unique<OpenOrders>();
        m_feed = std::make_unique<OrderFeed>(*m_client, *m_orders, quickPace());
    }

    void cleanup()
    {
        m_feed.reset();
        m_orders.reset();
        m_client.reset();
        m_network.reset();
    }

    void listsEveryKindAndTheCount()
    {
        m_exchange->command(
            {{u"cmd"_s, u"generate"_s},
             {u"counts"_s,
              QJsonObject{{u"plan"_s, 12}, {u"stopProfitLoss"_s, 2}, {u"moveTPSL"_s, 1}, {u"planTrigger"_s, 3}}}});
        m_feed->start();
        QTRY_COMPARE(m_orders->count(), 18);
        QTRY_COMPARE(m_feed->status().openCount.value_or(-1), 18);
        QVERIFY(m_feed->status().loaded);
        QVERIFY(m_feed->status().refusedKinds.isEmpty());
        QVERIFY(!m_feed->status().countDiffersSince);
    }

    void aRefusedKindIsNamedAndEmptiesNothing()
    {
        m_exchange->generate(5);
        refuse(u"stopProfitLoss"_s, 9016);
        m_feed->start();
        QTRY_VERIFY(m_feed->status().loaded);
        QCOMPARE(m_orders->count(), 5);
        QTRY_VERIFY(m_feed->status().refusedKinds.contains(int(ListKind::StopProfitLoss)));
        QCOMPARE(m_feed->status().refusedKinds.value(int(ListKind::StopProfitLoss)).code.value_or(0), 9016);
        m_exchange->command(u"unscript"_s);
        m_feed->refresh();
        QTRY_VERIFY(!m_feed->status().refusedKinds.contains(int(ListKind::StopProfitLoss)));
    }

    void whatIsNotTheExchangesWordSlowsTheReads()
    {
        m_exchange->generate(5);
        m_feed->start();
        QTRY_VERIFY(m_feed->status().loaded);
        QVERIFY(!m_feed->status().slow);
        m_exchange->command({{u"cmd"_s, u"script"_s},
                             {u"match"_s, QJsonObject{{u"method"_s, u"GET"_s}}},
                             {u"times"_s, 0},
                             {u"do"_s, u"html"_s},
                             {u"status"_s, 403}});
        QTRY_VERIFY(m_feed->status().slow);
        QCOMPARE(m_feed->status().slow->httpStatus, 403);
        QVERIFY(!m_feed->status().slow->isServerError);
        QTRY_COMPARE(m_feed->status().slow->interval.count(), 4);
        // Whoever asks needn't wait.
        m_feed->refresh();
        QTRY_COMPARE(m_feed->status().slow->interval.count(), 8);
        QVERIFY(m_feed->status().reading);
        QVERIFY(!m_feed->status().keyRefused);
        m_exchange->command(u"unscript"_s);
        m_feed->refresh();
        QTRY_VERIFY(!m_feed->status().slow);
        QCOMPARE(m_orders->count(), 5);
    }

    void oneRefusedListStaysToldAndIsReadLess()
    {
        m_exchange->generate(5);
        m_feed->start();
        QTRY_VERIFY(m_feed->status().loaded);
        m_exchange->script(listEndpoint, {{u"match"_s, matchKind(u"stopProfitLoss"_s)},
                                          {u"times"_s, 0},
                                          {u"do"_s, u"html"_s},
                                          {u"status"_s, 403}});
        QTRY_VERIFY(m_feed->status().slow);
        const QDateTime since = m_feed->status().slow->sinceUtc;
        QDateTime latest = since;
        bool always = true;
        int plans = 0;
        connect(m_feed.get(), &OrderFeed::statusChanged, m_feed.get(), [&] {
            const auto &slow = m_feed->status().slow;
            always = always && slow.has_value();
            latest = slow ? slow->sinceUtc : latest;
        });
        connect(m_feed.get(), &OrderFeed::listRead, m_feed.get(),
                [&](const ListLook &look) { plans += look.source.kind == ListKind::Plan ? 1 : 0; });
        QTRY_COMPARE(m_feed->status().slow ? int(m_feed->status().slow->interval.count()) : 0, 8);
        // Three refusals in six seconds, and the other lists were read all the while.
        QVERIFY(always);
        QCOMPARE(latest, since);
        QVERIFY(plans >= 2);
        m_exchange->command(u"unscript"_s);
        m_feed->refresh();
        QTRY_VERIFY(!m_feed->status().slow);
    }

    void aFailedReadKeepsTheRows()
    {
        m_exchange->generate(5);
        m_feed->start();
        QTRY_VERIFY(m_feed->status().loaded);
        QSignalSpy failures(m_feed.get(), &OrderFeed::listFailed);
        m_exchange->script(listEndpoint, {{u"times"_s, 0}, {u"do"_s, u"html"_s}});
        QTRY_VERIFY(failures.size() >= 3);
        QCOMPARE(m_orders->count(), 5);
        QVERIFY(m_feed->status().failure.has_value());
        QVERIFY(!m_feed->status().offline);
    }

    void aListThatOrdersMoveFromComesFirst()
    {
        m_feed = std::make_unique<OrderFeed>(*m_client, *m_orders, FeedPace{1h, 1h, 1h, 1h, 1h});
        m_exchange->command({{u"cmd"_s, u"generate"_s},
                             {u"counts"_s, QJsonObject{{u"plan"_s, 2}, {u"planTrigger"_s, 2}}},
                             {u"instruments"_s, 2}});
        m_feed->start();
        QTRY_COMPARE(m_feed->status().triggerInstruments, 2);
        QTRY_VERIFY(m_feed->status().openCount);
        QStringList read;
        connect(m_feed.get(), &OrderFeed::listRead, this, [&read](const ListLook &look) {
            read.append(look.source.kind == ListKind::Plan ? u"plan"_s : look.source.instrument);
        });
        m_feed->readSoon({{ListKind::Plan, {}}, {ListKind::Trigger, u"ETH"_s}, {ListKind::Trigger, u"BTC"_s}});
        QTRY_COMPARE(read, (QStringList{u"ETH"_s, u"BTC"_s, u"plan"_s}));
    }

    void everyListIsReadOnceWhileTheBeatRests()
    {
        m_exchange->generate(4, 2);
        m_feed->start();
        QTRY_COMPARE(m_feed->status().triggerInstruments, 2);
        QTRY_VERIFY(m_feed->status().openCount);
        m_feed->restUntil(std::chrono::steady_clock::now() + 1h);
        // What is under way ends, and no other is begun.
        m_exchange->resetLog();
        QList<ListSource> read;
        connect(m_feed.get(), &OrderFeed::listRead, this,
                [&read](const ListLook &look) { read.append(look.source); });
        QSignalSpy counts(m_feed.get(), &OrderFeed::countRead);
        m_feed->readAllOnce();
        m_feed->readSoon({{ListKind::Plan, {}}});
        QTRY_VERIFY(counts.size() > 0);
        for (const ListSource &source : m_feed->sources())
            QVERIFY(read.contains(source));
        // One at most was under way before; the plan orders, wanted by somebody, are not read for all once more.
        QVERIFY2(read.size() <= m_feed->sources().size() + 1, qPrintable(QString::number(read.size())));
        const auto before = read.size();
        m_feed->restUntil({});
        QTRY_VERIFY(read.size() > before);
    }

    void anEmptyListAfterAFilledOneIsReadTwice()
    {
        m_exchange->generate(5);
        m_feed->start();
        QTRY_VERIFY(m_feed->status().loaded);
        // Once only: a passing lie of the exchange must not empty the window.
        m_exchange->script(listEndpoint, {{u"match"_s, matchKind(u"plan"_s)},
                                          {u"do"_s, u"body"_s},
                                          {u"text"_s, uR"({"code":0,"data":[],"msg":""})"_s}});
        QSignalSpy reads(m_feed.get(), &OrderFeed::listRead);
        bool stayed = true;
        auto watch = std::make_unique<QObject>();
        connect(m_orders.get(), &OpenOrders::changed, watch.get(),
                [&] { stayed = stayed && m_orders->count() == 5; });
        QTRY_VERIFY(reads.size() >= 6);
        QVERIFY(stayed);
        watch.reset();

        m_exchange->command(u"clear"_s);
        QTRY_COMPARE(m_orders->count(), 0);
    }

    void goesOfflineAndComesBackByItself()
    {
        m_exchange->generate(5);
        m_feed->start();
        QTRY_VERIFY(m_feed->status().loaded);
        m_exchange->command({{u"cmd"_s, u"offline"_s}, {u"on"_s, true}});
        QTRY_VERIFY(m_feed->status().offline);
        QCOMPARE(m_orders->count(), 5);
        m_exchange->command({{u"cmd"_s, u"offline"_s}, {u"on"_s, false}});
        QTRY_VERIFY(!m_feed->status().offline);
        QCOMPARE(m_orders->count(), 5);
    }

    void aDeadLineIsOfflineAfterOneSilenceAndOneAttempt_data()
    {
        QTest::addColumn<QString>("first");
        QTest::newRow("a list") << u"GET /v1/perpum/order"_s;
        QTest::newRow("the count") << u"GET /v1/perpum/orders/openQuantity"_s;
    }

    void aDeadLineIsOfflineAfterOneSilenceAndOneAttempt()
    {
        QFETCH(QString, first);
        // As the program has it: a network for each lane, and the times of the program, a tenth of each.
        m_client = std::make_unique<CoinwClient>(
            [] { return std::make_shared<QNetworkAccessManager>(); }, Endpoint{m_exchange->baseUrl()},
            CoinwClient::Timing{
                .cancelTimeout = 800ms, .readTimeout = 400ms, .queueExpiry = 6000ms, .connectTimeout = 250ms});
        m_client->setCredentials(Credentials(FakeExchange::exampleKey(), FakeExchange::exampleSecret()));
        m_feed = std::make_unique<OrderFeed>(*m_client, *m_orders, scanPace());
        m_exchange->generate(5);
        m_feed->start();
        QTRY_VERIFY(m_feed->status().loaded);
        QSignalSpy failures(m_feed.get(), &OrderFeed::listFailed);
        // The next read of this kind is the first that hears nothing.
        m_exchange->resetLog();
        QVERIFY(m_exchange->waitForRequests(first, 1));
        m_exchange->command({{u"cmd"_s, u"blackhole"_s}, {u"on"_s, true}, {u"full"_s, true}});
        QTRY_VERIFY(m_feed->status().offline);
        // One silence, then one attempt at a connection; a count that hears nothing is no list that failed.
        QVERIFY2(failures.size() <= 2, qPrintable(QString::number(failures.size())));
        QVERIFY(failures.constLast().at(1).value<ReadFailure>().reason.startsWith(u"no connection"_s));
        QCOMPARE(m_orders->count(), 5);

        m_exchange->command({{u"cmd"_s, u"blackhole"_s}, {u"on"_s, false}, {u"drop"_s, true}});
        QTRY_VERIFY(!m_feed->status().offline);
        QTRY_VERIFY(!m_feed->status().failure);
    }

    void aSlowServerIsNotOffline()
    {
        m_exchange->generate(5);
        m_feed->start();
        QTRY_VERIFY(m_feed->status().loaded);
        QSignalSpy failures(m_feed.get(), &OrderFeed::listFailed);
        bool offline = false;
        connect(m_feed.get(), &OrderFeed::statusChanged, this,
                [this, &offline] { offline = offline || m_feed->status().offline; });
        m_exchange->script(listEndpoint, {{u"times"_s, 0}, {u"do"_s, u"hang"_s}});
        QTRY_VERIFY(failures.size() >= 4);
        QVERIFY(!offline);
    }

    void afterASleepTheListIsOldAndReadAtOnce()
    {
        m_exchange->generate(5);
        m_feed = std::make_unique<OrderFeed>(*m_client, *m_orders, FeedPace{.plan = 10min, .count = 10min});
        m_feed->start();
        QTRY_VERIFY(m_feed->status().loaded && m_feed->status().openCount);
        const auto before = *m_feed->status().wholeAt;
        m_exchange->resetLog();
        m_exchange->set({{u"rtt_ms"_s, 200}});
        m_feed->slept(30min);
        QVERIFY(before - *m_feed->status().wholeAt >= 29min);
        QVERIFY(m_exchange->waitForRequests(listEndpoint, 3));
        QTRY_VERIFY(*m_feed->status().wholeAt > before);
    }

    void aRefusedKeyStopsTheReadingAndIsTriedAgain()
    {
        m_exchange->generate(5);
        m_feed->start();
        QTRY_VERIFY(m_feed->status().loaded);
        m_exchange->set({{u"key"_s, u"another"_s}});
        QTRY_VERIFY(m_feed->status().keyRefused.has_value());
        QVERIFY(!m_feed->status().reading);
        QCOMPARE(m_feed->status().keyRefused->code.value_or(0), 6000);
        QVERIFY(m_feed->status().keyRefusedSince.isValid());
        QCOMPARE(m_orders->count(), 5);
        // One trial after the other, each a single read.
        m_exchange->resetLog();
        QVERIFY(m_exchange->waitForRequests(listEndpoint, 2));
        QVERIFY(!m_feed->status().reading);
        const auto since = m_feed->status().keyRefusedSince;
        // Whoever asks needn't wait, and is told nothing else before the answer.
        m_feed->refresh();
        QVERIFY(m_feed->status().keyRefused);
        m_exchange->set({{u"key"_s, FakeExchange::exampleKey()}});
        QCOMPARE(m_feed->status().keyRefusedSince, since);
        QTRY_VERIFY(!m_feed->status().keyRefused);
        QVERIFY(m_feed->status().reading);
        m_exchange->resetLog();
        QVERIFY(m_exchange->waitForRequests(listEndpoint, 5));
    }

    void oneRefusalOfAKeyIsNone()
    {
        m_exchange->generate(5);
        m_feed->start();
        QTRY_VERIFY(m_feed->status().loaded);
        m_exchange->script(listEndpoint, {{u"match"_s, matchKind(u"plan"_s)},
                                          {u"times"_s, 1},
                                          {u"do"_s, u"code"_s},
                                          {u"code"_s, 6000},
                                          {u"msg"_s, u"no"_s}});
        QTRY_VERIFY(m_feed->status().failure);
        QVERIFY(m_feed->status().reading);
        QTRY_VERIFY(!m_feed->status().failure);
        QVERIFY(!m_feed->status().keyRefused);
    }

    void aListRefusedForTheKeyIsARefusedList()
    {
        m_exchange->generate(5);
        refuse(u"stopProfitLoss"_s, 6003);
        m_feed->start();
        QTRY_VERIFY(m_feed->status().refusedKinds.contains(int(ListKind::StopProfitLoss)));
        QVERIFY(m_feed->status().reading);
        QVERIFY(!m_feed->status().keyRefused);
        QTRY_COMPARE(m_orders->count(), 5);
    }

    void aWrongClockIsCorrectedNotTakenForAWrongKey()
    {
        m_exchange->generate(5);
        m_exchange->set({{u"date_offset_ms"_s, 90000}});
        m_feed->start();
        QTRY_VERIFY(m_feed->status().loaded);
        QCOMPARE(m_orders->count(), 5);
        QVERIFY(!m_feed->status().keyRefused);
    }

    void aMissingCountIsNoticed()
    {
        m_exchange->generate(5);
        m_exchange->set({{u"quantity_value"_s, 7}});
        m_feed->start();
        QTRY_VERIFY(m_feed->status().countDiffersSince.has_value());
        m_exchange->set({{u"quantity_value"_s, 5}});
        QTRY_VERIFY(!m_feed->status().countDiffersSince);
    }

    void theCountIsBelievedOnceAllListsAreRead()
    {
        m_exchange->generate(5);
        bool wasCountedEarly = false;
        connect(m_feed.get(), &OrderFeed::statusChanged, this, [this, &wasCountedEarly] {
            const FeedStatus &status = m_feed->status();
            wasCountedEarly = wasCountedEarly || (status.counted && !status.complete);
        });
        m_feed->start();
        QVERIFY(!m_feed->status().anyRead);
        QTRY_VERIFY(m_feed->status().counted);
        QVERIFY(!wasCountedEarly);
        QVERIFY(m_feed->status().loaded);
        QVERIFY(m_feed->status().hasConditionalLists && m_feed->status().conditionalAt);
    }

    void whatLeavesTheListLowersTheCount()
    {
        m_exchange->generate(5);
        m_exchange->set({{u"quantity_value"_s, 7}});
        m_feed->start();
        QTRY_VERIFY(m_feed->status().counted && m_feed->status().countDiffersSince);
        QCOMPARE(m_feed->status().openCount, 7);
        // Until the exchange counts again, which it would do wrongly.
        QSignalSpy counts(m_feed.get(), &OrderFeed::countRead);
        m_orders->setStage(m_orders->rows().cbegin()->first, CancelStage::Canceled);
        QSignalSpy reads(m_feed.get(), &OrderFeed::listRead);
        QTRY_VERIFY(!reads.isEmpty());
        if (counts.isEmpty())
            QCOMPARE(m_feed->status().openCount, 6);
    }

    void rowsAreAsOldAsTheirList()
    {
        m_exchange->command({{u"cmd"_s, u"generate"_s},
                             {u"counts"_s, QJsonObject{{u"plan"_s, 2}, {u"planTrigger"_s, 1}}},
                             {u"instruments"_s, QJsonArray{u"BTC"_s}}});
        m_feed->start();
        QTRY_COMPARE(m_orders->count(), 3);
        const auto now = std::chrono::steady_clock::now();
        for (const auto &[id, row] : m_orders->rows()) {
            const RowAge age = m_feed->rowAge(id, now + 10min);
            QVERIFY(age.age && *age.age >= 10min);
            // The lists of conditional orders take turns.
            QCOMPARE(age.allowance > 0s, row.order.type == OrderType::Trigger);
        }
        QCOMPARE(m_feed->rowAge(OrderId(u"no such order"_s), now), RowAge());
    }

    void theCountTakesItsTurnWhereTheBudgetIsShort()
    {
        m_exchange->generate(5);
        QSignalSpy lists(m_feed.get(), &OrderFeed::listRead);
        QSignalSpy counts(m_feed.get(), &OrderFeed::countRead);
        // Lists that are always due again before the next request may leave.
        m_feed->start();
        QTRY_VERIFY_WITH_TIMEOUT(counts.size() >= 3, 60000);
        QVERIFY2(lists.size() <= 3 * 8, qPrintable(QString::number(lists.size())));
    }

    void anIdenticalPollIsSilent()
    {
        m_exchange->command({{u"cmd"_s, u"generate"_s},
                             {u"counts"_s, QJsonObject{{u"plan"_s, 300}, {u"execute"_s, 2}, {u"planTrigger"_s, 60}}},
                             {u"instruments"_s, QJsonArray{u"BTC"_s}}});
        m_feed->start();
        QTRY_COMPARE(m_orders->count(), 362);
        QSignalSpy changed(m_orders.get(), &OpenOrders::changed);
        QSignalSpy reads(m_feed.get(), &OrderFeed::listRead);
        const auto wholeBefore = m_feed->status().wholeAt;
        QTRY_VERIFY(reads.size() >= 12);
        QCOMPARE(changed.size(), 0);
        QTRY_VERIFY(m_feed->status().wholeAt > wholeBefore);

        // One order changes: one signal.
        const QString first = m_orders->rows().cbegin()->second.order.id.text();
        m_exchange->command(
            {{u"cmd"_s, u"update"_s}, {u"id"_s, first}, {u"changes"_s, QJsonObject{{u"orderPrice"_s, u"1.50"_s}}}});
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(m_orders->rows().cbegin()->second.order.price->toText(), u"1.50"_s);
        QCOMPARE(changed.at(0).at(0).value<QList<OrderId>>(), {OrderId(first)});
    }

    void manyKindsAndPagesAreListedWhole()
    {
        m_exchange->command({{u"cmd"_s, u"generate"_s},
                             {u"instruments"_s, QJsonArray{u"BTC"_s}},
                             {u"counts"_s, QJsonObject{{u"plan"_s, 55},
                                                       {u"execute"_s, 2},
                                                       {u"stopProfitLoss"_s, 6},
                                                       {u"moveTPSL"_s, 4},
                                                       {u"planTrigger"_s, 70}}}});
        // Conditional orders of an instrument that no other order names: only a scan can find them.
        for (const QString &id : {u"901"_s, u"902"_s, u"903"_s})
            m_exchange->command({{u"cmd"_s, u"add"_s},
                                 {u"kind"_s, u"planTrigger"_s},
                                 {u"rows"_s, QJsonArray{QJsonObject{{u"id"_s, id},
                                                                    {u"instrument"_s, u"ETH"_s},
                                                                    {u"posType"_s, u"planTrigger"_s},
                                                                    {u"orderStatus"_s, u"unFinish"_s}}}}});
        m_feed = std::make_unique<OrderFeed>(*m_client, *m_orders, scanPace());
        m_feed->start();
        QTRY_COMPARE(m_orders->count(), 137);
        QTRY_COMPARE(m_feed->status().openCount.value_or(0), 140);
        QTRY_VERIFY(m_feed->status().countDiffersSince);
        QCOMPARE(m_feed->status().triggerInstruments, 1);

        m_feed->scan({u"ADA"_s, u"BTC"_s, u"ETH"_s, u"SOL"_s});
        QCOMPARE(m_feed->status().scan.value_or(ScanProgress()), (ScanProgress{1, 4}));
        QTRY_COMPARE(m_orders->count(), 140);
        QTRY_VERIFY(!m_feed->status().scan);
        QTRY_VERIFY(!m_feed->status().countDiffersSince);
        QCOMPARE(m_feed->status().triggerInstruments, 4);

        // What was found stays in the rota.
        m_exchange->command({{u"cmd"_s, u"remove"_s}, {u"id"_s, u"902"_s}});
        QTRY_COMPARE(m_orders->count(), 139);
    }

    void aScanKeepsItsPaceAndCanBeStopped()
    {
        m_exchange->generate(1, 1);
        m_feed = std::make_unique<OrderFeed>(*m_client, *m_orders, scanPace());
        m_feed->start();
        QTRY_VERIFY(m_feed->status().loaded);
        m_exchange->resetLog();
        QStringList names;
        for (int i = 0; i < 100; ++i)
            names.append(u"C%1"_s.arg(i, 3, 10, QChar(u'0')));
        m_feed->scan(names);
        QTRY_VERIFY(m_feed->status().scan && m_feed->status().scan->done >= 5);
        m_feed->stopScan();
        QVERIFY(!m_feed->status().scan);

        double before = 0;
        int scanReads = 0;
        const auto requests = m_exchange->log(u"GET /v1/perpum/orders/open"_s);
        for (const QJsonValue &request : requests) {
            if (!request[u"target"_s].toString().contains(u"instrument=C"_s))
                continue;
            ++scanReads;
            const double arrived = request[u"arrived"_s].toDouble();
            QVERIFY2(arrived - before >= 100, "a request of the scan came before its time");
            before = request[u"replied"_s].toDouble();
        }
        QVERIFY(scanReads >= 5 && scanReads <= 7);
        // Nothing more is scanned.
        QVERIFY(!m_exchange->waitFor(
            u"requests"_s, {{u"endpoint"_s, u"GET /v1/perpum/orders/open"_s}, {u"instrument"_s, names[8]}}, 1, 400));
    }

    void aScanPassesOverWhatCannotBeRead()
    {
        m_exchange->generate(1, 1);
        m_exchange->script(u"GET /v1/perpum/orders/open"_s, {{u"match"_s, QJsonObject{{u"instrument"_s, u"GONE"_s}}},
                                                             {u"times"_s, 0},
                                                             {u"do"_s, u"code"_s},
                                                             {u"code"_s, 9001}});
        m_exchange->script(
            u"GET /v1/perpum/orders/open"_s,
            {{u"match"_s, QJsonObject{{u"instrument"_s, u"ILL"_s}}}, {u"times"_s, 0}, {u"do"_s, u"html"_s}});
        m_feed = std::make_unique<OrderFeed>(*m_client, *m_orders, scanPace());
        m_feed->start();
        QTRY_VERIFY(m_feed->status().loaded);
        QTRY_COMPARE(m_feed->status().triggerInstruments, 1);
        m_feed->scan({u"GONE"_s, u"ILL"_s, u"1 b&d name"_s, u"SOL"_s});
        QTRY_VERIFY(!m_feed->status().scan);
        QVERIFY(m_feed->status().refusedKinds.isEmpty());
        QVERIFY(!m_feed->status().offline);
        // Contracts that can't be read are no checked ones; a strange name can be read.
        QCOMPARE(m_feed->status().triggerInstruments, 3);
    }

    void rowsWithoutAnIdAreCounted()
    {
        m_exchange->setOrders(u"plan"_s, {QJsonObject{{u"instrument"_s, u"BTC"_s}}, QJsonObject{{u"id"_s, u"7"_s}}});
        m_feed->start();
        QTRY_VERIFY(m_feed->status().loaded);
        QCOMPARE(m_orders->count(), 1);
        QCOMPARE(m_feed->status().skippedRows, 1);
    }

    void aListThatIsNotWholeRemovesNothing()
    {
        m_exchange->setOrders(u"plan"_s, {QJsonObject{{u"id"_s, u"7"_s}}, QJsonObject{{u"id"_s, u"8"_s}}});
        m_feed->start();
        QTRY_VERIFY_WITH_TIMEOUT(m_feed->status().loaded, 30000);
        QCOMPARE(m_orders->count(), 2);
        QList<ListLook> looks;
        connect(m_feed.get(), &OrderFeed::listRead, this, [&looks](const ListLook &look) { looks.append(look); });
        m_exchange->setOrders(u"plan"_s, {QJsonObject{{u"instrument"_s, u"BTC"_s}}, QJsonObject{{u"id"_s, u"9"_s}}});
        m_feed->refresh();
        QTRY_COMPARE_WITH_TIMEOUT(m_orders->count(), 3, 30000);
        QVERIFY(std::any_of(looks.cbegin(), looks.cend(), [](const ListLook &look) {
            return look.source.kind == ListKind::Plan && look.extent == ListExtent::Partial;
        }));
        m_exchange->setOrders(u"plan"_s, {QJsonObject{{u"id"_s, u"9"_s}}});
        m_feed->refresh();
        QTRY_COMPARE_WITH_TIMEOUT(m_orders->count(), 1, 30000);
    }
};

QTEST_GUILESS_MAIN(OrderFeedTest)
#include "tst_orderfeed.moc"
