#include "tests/support/waiting.h"
#include "tests/workflow/openaccount.h"
#include "workflow/cancelbatch.h"

#include <QJsonDocument>
#include <QMap>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const auto singleEndpoint = u"DELETE /v1/perpum/order"_s;
const auto batchEndpoint = u"DELETE /v1/perpum/batchOrders"_s;

/// The generated list has orders that are partly filled from the start.
bool isCanceled(const CancelRecord &record)
{
    return record.stage == CancelStage::Canceled || record.stage == CancelStage::CanceledAfterPartFill;
}

QJsonObject code(int number, const QString &text)
{
    return {{u"do"_s, u"code"_s}, {u"code"_s, number}, {u"msg"_s, text}};
}

} // namespace

/// Several orders of one question, over real sockets: how each ends, what is sent, what is counted.
class TestCancelBatch : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void tallies();
    void singlesUpToEight();
    void eachOfEightHasItsOwnEnd();
    void nineLeaveTogether();
    void aHundredLeaveAsFive();
    void theReadsAreOnePlan();
    void conditionalOrdersWithoutRecords();
    void anEmptiedListIsReadTwiceWhenOthersEmptiedIt();
    void kindsAreNotMixed();
    void aBatchSaysNothingOfItsOrders();
    void aRefusedBatchIsAskedForOneByOne();
    void aRefusedBatchWhoseOrdersAreGone();
    void aBatchThatIsCutIsLookedUp();
    void throttledBatchesAreNotSentAgain();
    void aRefusedKeyStopsTheRest();
    void stopping();
    void newOrdersAreCounted();
    void theCountIsCompared();
    void recordsAreOnDiskFirst();
    void withoutARecordNothingIsSent();
    void vanishedAndBusyOrdersAreLeftOut();
    void ordersWaitOutAShortBreak();
    void anEarlierRunIsFollowed();

private:
    void generate(const QJsonObject &counts)
    {
        m_exchange->command({{u"cmd"_s, u"generate"_s}, {u"counts"_s, counts}, {u"instruments"_s, 4}});
    }
    /// Opens the account and waits for so many orders.
    void open(int orders)
    {
        m_open = std::make_unique<OpenAccount>(m_account, *m_exchange, *m_journal);
        QTRY_VERIFY(m_open->feed.status().loaded);
        QTRY_COMPARE(m_open->orders.count(), orders);
    }
    QSet<OrderId> listed() const
    {
        QSet<OrderId> ids;
        for (const auto &[id, row] : m_open->orders.rows())
            ids.insert(id);
        return ids;
    }
    QList<CancelRequest> requests(int count = -1) const
    {
        QList<CancelRequest> asked;
        for (const auto &[id, row] : m_open->orders.rows()) {
            if (asked.size() != count)
                asked.append({m_account, row.order});
        }
        return asked;
    }
    /// The same with hardly a read of the feed's own, and the program's schedule.
    void openSilently(int orders, int instruments)
    {
        addEarlierTrades(*m_exchange);
        m_open = std::make_unique<OpenAccount>(m_account, m_exchange->baseUrl(), *m_journal, SettlementSchedule{},
                                               FeedPace{1h, 1h, 1h, 1h, 1h});
        QTRY_COMPARE(m_open->feed.status().triggerInstruments, instruments);
        QTRY_VERIFY(m_open->feed.status().loaded && m_open->feed.status().openCount);
        QCOMPARE(m_open->orders.count(), orders);
        m_exchange->resetLog();
    }
    /// How many of each call have arrived, by the end of its target.
    QMap<QString, int> calls()
    {
        QMap<QString, int> counts;
        const auto requests = m_exchange->log();
        for (const QJsonValue &request : requests) {
            const QString target = request.toObject().value(u"target"_s).toString();
            ++counts[target.section(u'/', -1).section(u"&page"_s, 0, 0).section(u"?page"_s, 0, 0)];
        }
        return counts;
    }
    CancelWorkflow::Submitted start(const QList<CancelRequest> &asked)
    {
        m_batch = std::make_unique<CancelBatch>(m_open->cancels, m_open->feed, listed());
        return m_batch->start(asked, RecordPolicy::Required);
    }
    bool finish()
    {
        return waitFor([this] { return m_batch->state() == CancelBatch::State::Finished; });
    }
    int count(const QString &endpoint) { return int(m_exchange->log(endpoint).size()); }
    QStringList idsOf(const QString &endpoint)
    {
        QStringList ids;
        const auto requests = m_exchange->log(endpoint);
        for (const QJsonValue &request : requests) {
            for (const QJsonValue &id : request.toObject().value(u"ids"_s).toArray())
                ids.append(id.toString());
        }
        ids.sort();
        return ids;
    }
    int openAtTheExchange()
    {
        const auto orders = m_exchange->command(u"list"_s).value(u"orders"_s).toObject();
        int open = 0;
        for (const QJsonValue &rows : orders)
            open += int(rows.toArray().size());
        return open;
    }
    BatchTally tally() const { return m_batch->tally(); }

    const Account m_account{u"p1"_s, u"Main"_s, Environment::TestServer, u"127.0.0.1"_s, 0};
    std::unique_ptr<FakeExchange> m_exchange;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<OpenAccount> m_open;
    std::unique_ptr<CancelBatch> m_batch;
};

void TestCancelBatch::initTestCase()
{
    m_exchange = std::make_unique<FakeExchange>();
    QVERIFY2(m_exchange->isReady(), qPrintable(m_exchange->error()));
}

void TestCancelBatch::init()
{
    m_exchange->fresh();
    m_folder = std::make_unique<QTemporaryDir>();
    m_journal = std::make_unique<Journal>(Journal::open(m_folder->path(), QDateTime::currentDateTimeUtc()));
}

void TestCancelBatch::cleanup()
{
    // What every test must leave behind: no order asked for without a line, nothing twice in the same way.
    if (m_batch) {
        QSet<QString> written;
        const auto records = m_journal->load();
        for (const CancelRecord &record : records)
            written.insert(record.order.id.text());
        const QStringList sent = idsOf(singleEndpoint) + idsOf(batchEndpoint);
        for (const QString &id : sent)
            QVERIFY2(written.contains(id), qPrintable(id));
    }
    m_batch.reset();
    m_open.reset();
    m_journal.reset();
    m_folder.reset();
}

void TestCancelBatch::tallies()
{
    // Every stage belongs to exactly one count.
    for (int stage = 0; stage <= int(CancelStage::UnknownUnresolved); ++stage) {
        BatchTally tally;
        addTo(tally, CancelStage(stage));
        QCOMPARE(tally.asked, 1);
        QCOMPARE(tally.canceled + tally.gone + tally.failed + tally.notSent + tally.unknown + tally.waiting, 1);
        // "Canceled" only of what the exchange's records or lists have shown.
        const QList proven{CancelStage::Canceled, CancelStage::CanceledAfterPartFill, CancelStage::UnknownCanceled};
        QCOMPARE(tally.canceled, int(proven.contains(CancelStage(stage))));
    }
}

void TestCancelBatch::singlesUpToEight()
{
    generate({{u"plan"_s, 8}});
    open(8);
    QCOMPARE(start(requests()), CancelWorkflow::Submitted::Queued);
    QCOMPARE(tally().waiting, 8);
    QVERIFY(finish());
    QCOMPARE(count(singleEndpoint), 8);
    QCOMPARE(count(batchEndpoint), 0);
    QCOMPARE(tally().canceled, 8);
    QCOMPARE(openAtTheExchange(), 0);
    QVERIFY(m_batch->end().listRead);
    QCOMPARE(m_batch->end().openCount, 0);
    // Each with a journal line and an end of its own; all of one question.
    const auto records = m_journal->load();
    QCOMPARE(records.size(), 8);
    for (const CancelRecord &record : records) {
        QVERIFY(isCanceled(record));
        QCOMPARE(record.batchId, m_batch->id());
    }
    QVERIFY(m_exchange->command(u"windows"_s).value(u"over"_s).toArray().isEmpty());
}

void TestCancelBatch::eachOfEightHasItsOwnEnd()
{
    generate({{u"plan"_s, 8}});
    open(8);
    const auto asked = requests();
    const QStringList refused{asked.at(2).order.id.text(), asked.at(4).order.id.text(), asked.at(7).order.id.text()};
    for (const QString &id : refused) {
        m_exchange->command({{u"cmd"_s, u"script"_s},
                             {u"match"_s, QJsonObject{{u"endpoint"_s, singleEndpoint}, {u"id"_s, id}}},
                             {u"do"_s, u"code"_s},
                             {u"code"_s, 9111},
                             {u"msg"_s, u"not tradable"_s}});
    }
    const QString filled = asked.at(5).order.id.text();
    m_exchange->command({{u"cmd"_s, u"script"_s},
                         {u"match"_s, QJsonObject{{u"endpoint"_s, singleEndpoint}, {u"id"_s, filled}}},
                         {u"do"_s, u"normal"_s},
                         {u"effect"_s, u"fill"_s}});
    QCOMPARE(start(asked), CancelWorkflow::Submitted::Queued);
    QVERIFY(finish());
    QCOMPARE(tally(), (BatchTally{.asked = 8, .canceled = 4, .gone = 1, .failed = 3}));
    QVERIFY(m_batch->isEachRefused());
    QStringList offered;
    const auto again = m_batch->failedOrders();
    for (const OrderId &id : again)
        offered.append(id.text());
    QCOMPARE(offered, refused);
    for (const CancelRecord &record : m_batch->records()) {
        if (refused.contains(record.order.id.text())) {
            QCOMPARE(record.outcome->code, 9111);
            QCOMPARE(record.outcome->message, u"not tradable"_s);
        } else if (record.order.id.text() == filled) {
            QCOMPARE(record.stage, CancelStage::GoneFilled);
        }
    }

    // Asked once more, only those three leave.
    m_exchange->resetLog();
    QList<CancelRequest> rest;
    for (const OrderId &id : again)
        rest.append(*m_open->cancels.prepare(id));
    QCOMPARE(start(rest), CancelWorkflow::Submitted::Queued);
    QVERIFY(finish());
    QCOMPARE(idsOf(singleEndpoint), refused);
    QCOMPARE(tally().canceled, 3);
}

void TestCancelBatch::nineLeaveTogether()
{
    generate({{u"plan"_s, 9}});
    open(9);
    QCOMPARE(start(requests()), CancelWorkflow::Submitted::Queued);
    QVERIFY(finish());
    QCOMPARE(count(batchEndpoint), 1);
    QCOMPARE(count(singleEndpoint), 0);
    QCOMPARE(tally().canceled, 9);
}

void TestCancelBatch::aHundredLeaveAsFive()
{
    generate({{u"plan"_s, 100}});
    open(100);
    m_exchange->resetLog();
    QCOMPARE(start(requests()), CancelWorkflow::Submitted::Queued);
    QVERIFY(finish());
    QCOMPARE(count(batchEndpoint), 5);
    QCOMPARE(count(singleEndpoint), 0);
    QCOMPARE(idsOf(batchEndpoint).size(), 100);
    QCOMPARE(tally().canceled, 100);
    QCOMPARE(m_journal->load().size(), 100);
    const auto windows = m_exchange->command(u"windows"_s);
    QVERIFY(windows.value(u"over"_s).toArray().isEmpty());
    // Limit orders: no kind named, as in the exchange's own sample.
    const auto body = m_exchange->log(batchEndpoint).first().toObject().value(u"body"_s).toString();
    QVERIFY(!body.contains(u"posType"_s));
}

void TestCancelBatch::theReadsAreOnePlan()
{
    // A record of every canceled order: one look suffices.
    m_exchange->set({{u"deal_kinds"_s, QJsonArray{u"plan"_s, u"planTrigger"_s}}});
    m_exchange->command({{u"cmd"_s, u"generate"_s},
                         {u"counts"_s, QJsonObject{{u"plan"_s, 48}, {u"planTrigger"_s, 12}}},
                         {u"instruments"_s, 6}});
    openSilently(60, 6);
    QCOMPARE(start(requests()), CancelWorkflow::Submitted::Queued);
    QVERIFY(finish());
    QCOMPARE(tally().canceled, 60);
    QCOMPARE(m_batch->end().openCount, 0);
    QVERIFY(m_batch->end().listRead);
    QMap<QString, int> expected{{u"batchOrders"_s, 4},
                                {u"order?positionType=plan"_s, 1},
                                {u"order?positionType=execute"_s, 1},
                                {u"order?positionType=stopProfitLoss"_s, 1},
                                {u"moveTPSL"_s, 1},
                                {u"history"_s, 1},
                                {u"openQuantity"_s, 1}};
    for (const QString &name : {u"BTC"_s, u"ETH"_s, u"SOL"_s, u"XRP"_s, u"DOGE"_s, u"1000PEPE"_s}) {
        expected.insert(u"open?instrument=%1&positionType=planTrigger"_s.arg(name), 1);
        expected.insert(u"deals?instrument=%1"_s.arg(name), 1);
    }
    QCOMPARE(calls(), expected); // 22
}

void TestCancelBatch::conditionalOrdersWithoutRecords()
{
    m_exchange->command({{u"cmd"_s, u"generate"_s},
                         {u"counts"_s, QJsonObject{{u"plan"_s, 18}, {u"planTrigger"_s, 6}}},
                         {u"instruments"_s, 3}});
    openSilently(24, 3);
    QCOMPARE(start(requests()), CancelWorkflow::Submitted::Queued);
    QVERIFY(finish());
    QCOMPARE(tally().canceled, 24);
    const auto seen = calls();
    // The lists that could have them once more, and at the end the deals once more; the count once.
    QCOMPARE(seen.value(u"batchOrders"_s), 2);
    QCOMPARE(seen.value(u"order?positionType=plan"_s), 2);
    QCOMPARE(seen.value(u"openQuantity"_s), 1);
    QCOMPARE(seen.value(u"order?positionType=stopProfitLoss"_s), 1);
    for (const QString &name : {u"BTC"_s, u"ETH"_s, u"SOL"_s}) {
        QCOMPARE(seen.value(u"open?instrument=%1&positionType=planTrigger"_s.arg(name)), 2);
        QCOMPARE(seen.value(u"deals?instrument=%1"_s.arg(name)), 2);
    }
    // After 1, 2 and 5 s, as far as the first look was over by then.
    const int history = seen.value(u"history"_s);
    QVERIFY2(history >= 3 && history <= 4, qPrintable(QString::number(history)));
}

void TestCancelBatch::anEmptiedListIsReadTwiceWhenOthersEmptiedIt()
{
    generate({{u"plan"_s, 10}});
    openSilently(10, 4);
    const auto asked = requests();
    m_exchange->command({{u"cmd"_s, u"remove"_s}, {u"id"_s, asked.last().order.id.text()}});
    QCOMPARE(start(asked.first(9)), CancelWorkflow::Submitted::Queued);
    QVERIFY(finish());
    QCOMPARE(tally().canceled, 9);
    QCOMPARE(calls().value(u"order?positionType=plan"_s), 2);
}

void TestCancelBatch::kindsAreNotMixed()
{
    generate({{u"plan"_s, 21}, {u"stopProfitLoss"_s, 3}, {u"moveTPSL"_s, 1}});
    open(25);
    QCOMPARE(start(requests()), CancelWorkflow::Submitted::Queued);
    QVERIFY(finish());
    QHash<QString, QList<qsizetype>> sizes;
    const auto sent = m_exchange->log(batchEndpoint);
    for (const QJsonValue &request : sent) {
        const auto body = QJsonDocument::fromJson(request.toObject().value(u"body"_s).toString().toUtf8()).object();
        sizes[body.value(u"posType"_s).toString()].append(body.value(u"sourceIds"_s).toArray().size());
    }
    QCOMPARE(sizes.value(QString()), QList<qsizetype>{20});
    QCOMPARE(sizes.value(u"stopProfitLoss"_s), QList<qsizetype>{3});
    QCOMPARE(sizes.size(), 2);
    // One that would be a batch of its own goes alone.
    QCOMPARE(count(singleEndpoint), 2);
    QCOMPARE(tally().canceled, 25);
}

void TestCancelBatch::aBatchSaysNothingOfItsOrders()
{
    generate({{u"plan"_s, 21}});
    open(21);
    const auto asked = requests();
    const QString still = asked.at(3).order.id.text();
    const QString filled = asked.at(4).order.id.text();
    const QString part = asked.at(5).order.id.text();
    m_exchange->command({{u"cmd"_s, u"script"_s},
                         {u"match"_s, QJsonObject{{u"endpoint"_s, batchEndpoint}}},
                         {u"do"_s, u"normal"_s},
                         {u"orders"_s, QJsonObject{{still, u"none"_s}, {filled, u"fill"_s}, {part, u"part:1"_s}}}});
    QCOMPARE(start(asked), CancelWorkflow::Submitted::Queued);
    QVERIFY(finish());
    QCOMPARE(tally(), (BatchTally{.asked = 21, .canceled = 19, .gone = 1, .failed = 1}));
    for (const CancelRecord &record : m_batch->records()) {
        const QString id = record.order.id.text();
        if (id == still)
            QCOMPARE(record.stage, CancelStage::AcceptedStillListed);
        else if (id == filled)
            QCOMPARE(record.stage, CancelStage::FilledThoughAccepted);
        else if (id == part)
            QCOMPARE(record.stage, CancelStage::CanceledAfterPartFill);
        else
            QVERIFY(isCanceled(record));
    }
    QCOMPARE(openAtTheExchange(), 1);
    // No code says that it was refused.
    QCOMPARE(m_batch->failedOrders(), QList{OrderId(still)});
    QVERIFY(!m_batch->isEachRefused());
}

void TestCancelBatch::aRefusedBatchIsAskedForOneByOne()
{
    generate({{u"plan"_s, 22}});
    open(22);
    m_exchange->script(batchEndpoint, code(9012, u"Position not found."_s));
    QCOMPARE(start(requests()), CancelWorkflow::Submitted::Queued);
    QVERIFY(finish());
    // The first batch was refused as a whole; the second, of two, went through.
    QCOMPARE(count(batchEndpoint), 2);
    QCOMPARE(count(singleEndpoint), 20);
    QCOMPARE(tally(), (BatchTally{.asked = 22, .canceled = 22}));
    QCOMPARE(m_journal->load().size(), 22);
}

void TestCancelBatch::aRefusedBatchWhoseOrdersAreGone()
{
    generate({{u"plan"_s, 22}});
    open(22);
    QJsonObject refusal = code(9012, u"Position not found."_s);
    refusal.insert(u"delay_ms"_s, 400);
    const auto asked = requests();
    m_exchange->script(batchEndpoint, refusal);
    QCOMPARE(start(asked), CancelWorkflow::Submitted::Queued);
    QVERIFY(m_exchange->waitForRequests(batchEndpoint));
    m_exchange->command({{u"cmd"_s, u"fill"_s}, {u"id"_s, asked.at(0).order.id.text()}});
    QVERIFY(finish());
    QCOMPARE(count(singleEndpoint), 19);
    QVERIFY(!idsOf(singleEndpoint).contains(asked.at(0).order.id.text()));
    QCOMPARE(tally(), (BatchTally{.asked = 22, .canceled = 21, .gone = 1}));
}

void TestCancelBatch::aBatchThatIsCutIsLookedUp()
{
    generate({{u"plan"_s, 40}});
    open(40);
    m_exchange->script(batchEndpoint, {{u"do"_s, u"close"_s}, {u"effect"_s, u"normal"_s}});
    m_exchange->script(batchEndpoint, {{u"do"_s, u"close"_s}});
    QCOMPARE(start(requests()), CancelWorkflow::Submitted::Queued);
    QVERIFY(finish());
    // Nothing is sent again: the one that was acted on is found in the records, the other still listed.
    QCOMPARE(count(batchEndpoint), 2);
    QCOMPARE(count(singleEndpoint), 0);
    QCOMPARE(tally(), (BatchTally{.asked = 40, .canceled = 20, .failed = 20}));
    QCOMPARE(openAtTheExchange(), 20);
}

void TestCancelBatch::throttledBatchesAreNotSentAgain()
{
    generate({{u"plan"_s, 60}});
    open(60);
    m_exchange->script(batchEndpoint, {{u"do"_s, u"normal"_s}});
    m_exchange->script(batchEndpoint, code(29001, u"API access frequently"_s));
    QCOMPARE(start(requests()), CancelWorkflow::Submitted::Queued);
    QVERIFY(finish());
    QCOMPARE(count(batchEndpoint), 3);
    QCOMPARE(count(singleEndpoint), 0);
    const int refused = tally().failed;
    QCOMPARE(refused, 20);
    QCOMPARE(tally().canceled, 40);
    QCOMPARE(m_batch->failedOrders().size(), 20);
    for (const CancelRecord &record : m_batch->records()) {
        if (record.stage == CancelStage::Rejected)
            QCOMPARE(record.outcome->refusal, Refusal::RateLimit);
    }
}

void TestCancelBatch::aRefusedKeyStopsTheRest()
{
    generate({{u"plan"_s, 200}});
    open(200);
    QJsonObject refusal = code(6003, u"require more permission"_s);
    refusal.insert(u"times"_s, 0);
    m_exchange->script(batchEndpoint, refusal);
    QCOMPARE(start(requests()), CancelWorkflow::Submitted::Queued);
    QVERIFY(finish());
    // At most the first seven leave; the first answer keeps back what has not left.
    QVERIFY(count(batchEndpoint) <= 7);
    QCOMPARE(tally().failed, 20 * count(batchEndpoint));
    QCOMPARE(tally().failed + tally().notSent, 200);
    QCOMPARE(openAtTheExchange(), 200);
}

void TestCancelBatch::stopping()
{
    generate({{u"plan"_s, 200}});
    open(200);
    QCOMPARE(start(requests()), CancelWorkflow::Submitted::Queued);
    QTRY_VERIFY(std::any_of(m_batch->records().cbegin(), m_batch->records().cend(),
                            [](const CancelRecord &record) { return record.stage == CancelStage::Sending; }));
    m_batch->stopRemaining();
    QVERIFY(m_batch->isStopped());
    QVERIFY(finish());
    QVERIFY(tally().notSent > 0);
    QCOMPARE(tally().canceled + tally().notSent, 200);
    QCOMPARE(openAtTheExchange(), tally().notSent);
    QCOMPARE(20 * count(batchEndpoint), tally().canceled);
    for (const CancelRecord &record : m_batch->records()) {
        if (record.stage == CancelStage::NotSent)
            QVERIFY(m_open->cancels.prepare(record.order.id)); // still open, and free to be canceled
    }
}

void TestCancelBatch::newOrdersAreCounted()
{
    generate({{u"plan"_s, 6}});
    open(6);
    const auto asked = requests(4);
    m_batch = std::make_unique<CancelBatch>(m_open->cancels, m_open->feed, listed());
    m_exchange->command({{u"cmd"_s, u"generate"_s},
                         {u"counts"_s, QJsonObject{{u"plan"_s, 2}}},
                         {u"first_id"_s, qint64(4440000000000001)},
                         {u"specials"_s, false},
                         {u"instruments"_s, 2},
                         {u"replace"_s, false}});
    QCOMPARE(m_batch->start(asked, RecordPolicy::Required), CancelWorkflow::Submitted::Queued);
    // Those two were placed long ago, and the exchange has only now listed them.
    const QString fresh = u"5550000000000001"_s;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    m_exchange->command({{u"cmd"_s, u"add"_s},
                         {u"kind"_s, u"plan"_s},
                         {u"rows"_s, QJsonArray{QJsonObject{{u"id"_s, fresh},
                                                            {u"instrument"_s, u"BTC"_s},
                                                            {u"orderStatus"_s, u"unFinish"_s},
                                                            {u"posType"_s, u"plan"_s},
                                                            {u"createdDate"_s, now}}}}});
    QVERIFY(finish());
    QCOMPARE(tally().canceled, 4);
    QCOMPARE(m_batch->end().newOrders, QList<OrderId>{OrderId(fresh)});
    QCOMPARE(m_batch->end().listedCount, 5);
}

void TestCancelBatch::theCountIsCompared()
{
    generate({{u"plan"_s, 5}});
    m_exchange->set({{u"quantity_value"_s, 3}});
    open(5);
    QCOMPARE(start(requests()), CancelWorkflow::Submitted::Queued);
    QVERIFY(finish());
    QCOMPARE(tally().canceled, 5);
    QCOMPARE(m_batch->end().openCount, 3);
    QCOMPARE(m_batch->end().listedCount, 0);
}

void TestCancelBatch::recordsAreOnDiskFirst()
{
    generate({{u"plan"_s, 30}});
    open(30);
    QCOMPARE(start(requests()), CancelWorkflow::Submitted::Queued);
    // Nothing has run since: no request can have left.
    const auto records = m_journal->load();
    QCOMPARE(records.size(), 30);
    QVERIFY(std::all_of(records.cbegin(), records.cend(),
                        [](const CancelRecord &record) { return record.stage == CancelStage::Waiting; }));
    QVERIFY(finish());
}

void TestCancelBatch::withoutARecordNothingIsSent()
{
    generate({{u"plan"_s, 21}});
    open(21);
    QVERIFY(QDir().mkpath(m_journal->path())); // a folder in the file's place
    QCOMPARE(start(requests()), CancelWorkflow::Submitted::RecordFailed);
    QCOMPARE(m_batch->state(), CancelBatch::State::Idle);
    QCOMPARE(m_batch->start(requests(), RecordPolicy::CancelWithoutRecord), CancelWorkflow::Submitted::Queued);
    QVERIFY(finish());
    QCOMPARE(tally().canceled, 21);
    m_batch.reset();
}

void TestCancelBatch::vanishedAndBusyOrdersAreLeftOut()
{
    generate({{u"plan"_s, 5}});
    open(5);
    const auto asked = requests();
    m_exchange->script(singleEndpoint, {{u"do"_s, u"hang"_s}});
    QCOMPARE(m_open->cancels.submit(asked.at(0), RecordPolicy::Required).state, CancelWorkflow::Submitted::Queued);
    m_exchange->command({{u"cmd"_s, u"remove"_s}, {u"id"_s, asked.at(1).order.id.text()}});
    QTRY_COMPARE(m_open->orders.count(), 4);
    QCOMPARE(start(asked), CancelWorkflow::Submitted::Queued);
    QCOMPARE(tally().asked, 3);
    QVERIFY(finish());
    QCOMPARE(tally().canceled, 3);
}

void TestCancelBatch::ordersWaitOutAShortBreak()
{
    generate({{u"plan"_s, 300}});
    open(300);
    QCOMPARE(start(requests()), CancelWorkflow::Submitted::Queued);
    QVERIFY(m_exchange->waitForRequests(batchEndpoint, 7));
    m_exchange->command({{u"cmd"_s, u"offline"_s}, {u"on"_s, true}});
    QTRY_VERIFY(tally().notSent + tally().unknown > 0);
    m_exchange->command({{u"cmd"_s, u"offline"_s}, {u"on"_s, false}});
    QVERIFY(finish());
    // Whatever met the break has its own end; those that still waited went out once the connection was back.
    QCOMPARE(tally().canceled + tally().notSent + tally().failed, 300);
    QVERIFY(tally().canceled >= 140);
    QCOMPARE(openAtTheExchange(), 300 - tally().canceled);
}

void TestCancelBatch::anEarlierRunIsFollowed()
{
    generate({{u"plan"_s, 5}});
    open(5);
    m_exchange->script(singleEndpoint, {{u"do"_s, u"hang"_s}, {u"times"_s, 0}});
    QCOMPARE(start(requests()), CancelWorkflow::Submitted::Queued);
    QVERIFY(m_exchange->waitForRequests(singleEndpoint, 5));
    m_batch.reset();
    m_open.reset();
    m_exchange->command(u"unscript"_s);

    m_open = std::make_unique<OpenAccount>(m_account, *m_exchange, *m_journal);
    const auto left = unsettled(m_journal->load());
    QCOMPARE(left.size(), 5);
    m_batch = std::make_unique<CancelBatch>(m_open->cancels, m_open->feed, QSet<OrderId>());
    m_batch->follow(left);
    QCOMPARE(m_batch->state(), CancelBatch::State::Running);
    m_open->cancels.recover(left);
    QVERIFY(finish());
    QCOMPARE(tally(), (BatchTally{.asked = 5, .failed = 5})); // still open, and nothing was sent again
    QCOMPARE(count(singleEndpoint), 5);
}

QTEST_GUILESS_MAIN(TestCancelBatch)
#include "tst_cancelbatch.moc"
