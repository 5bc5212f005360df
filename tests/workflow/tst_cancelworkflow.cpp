#include "tests/support/waiting.h"
#include "tests/workflow/openaccount.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const auto cancelEndpoint = u"DELETE /v1/perpum/order"_s;
const OrderId firstOrder(u"33308749002645666"_s);

} // namespace

/// One cancel from submit() to the journal, over real sockets.
class CancelWorkflowTest : public QObject
{
    Q_OBJECT

private:
    const Account m_account{u"p1"_s, u"Main"_s, Environment::TestServer, u"127.0.0.1"_s, 0};
    std::unique_ptr<FakeExchange> m_exchange;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<OpenAccount> m_open;
    OpenOrders *m_orders = nullptr;
    CancelWorkflow *m_cancels = nullptr;
    QList<CancelRecord> m_changes;

    void open()
    {
        m_open = std::make_unique<OpenAccount>(m_account, *m_exchange, *m_journal);
        m_orders = &m_open->orders;
        m_cancels = &m_open->cancels;
        connect(m_cancels, &CancelWorkflow::changed, this,
                [this](const CancelRecord &record) { m_changes.append(record); });
    }

    void close() { m_open.reset(); }

    /// Lists some orders and submits a cancel of the first.
    bool submitFirst()
    {
        return waitFor([this] { return m_orders->find(firstOrder) != nullptr; }) &&
               m_cancels->submit(*m_cancels->prepare(firstOrder), RecordPolicy::Required).state ==
                   CancelWorkflow::Submitted::Queued;
    }

    CancelStage stage() const { return m_changes.isEmpty() ? CancelStage::Waiting : m_changes.constLast().stage; }

    QList<CancelStage> stages() const
    {
        QList<CancelStage> seen;
        for (const CancelRecord &change : m_changes)
            seen.append(change.stage);
        return seen;
    }

    int deletes() { return int(m_exchange->log(cancelEndpoint).size()); }

private slots:
    void initTestCase()
    {
        m_exchange = std::make_unique<FakeExchange>();
        QVERIFY2(m_exchange->isReady(), qPrintable(m_exchange->error()));
    }

    void init()
    {
        m_exchange->fresh();
        m_exchange->generate(6);
        m_changes.clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_journal = std::make_unique<Journal>(Journal::open(m_folder->path(), QDateTime::currentDateTimeUtc()));
        open();
    }

    void cleanup()
    {
        close();
        m_journal.reset();
        m_folder.reset();
    }

    void acceptedThenProvenByTheList()
    {
        QVERIFY(submitFirst());
        QCOMPARE(m_orders->stageOf(firstOrder), CancelStage::Waiting);
        QVERIFY(!m_cancels->prepare(firstOrder));
        QTRY_COMPARE(stage(), CancelStage::Canceled);
        QCOMPARE(stages(),
                 (QList{CancelStage::Waiting, CancelStage::Sending, CancelStage::Accepted, CancelStage::Canceled}));
        QVERIFY(!m_orders->find(firstOrder));
        QCOMPARE(deletes(), 1);
        const auto sent = m_exchange->log(cancelEndpoint).first().toObject();
        QCOMPARE(sent.value(u"body"_s).toString(), uR"({"id":"33308749002645666"})"_s);
        QCOMPARE(sent.value(u"signature"_s).toString(), u"ok"_s);

        const auto kept = m_journal->load();
        QCOMPARE(kept.size(), 1);
        QCOMPARE(kept.constFirst().stage, CancelStage::Canceled);
        QVERIFY(kept.constFirst().recordedAt.isValid());
        QVERIFY(kept.constFirst().sentAt.isValid());
        QVERIFY(kept.constFirst().answeredAt.isValid());
        QVERIFY(kept.constFirst().settledAt.isValid());
    }

    void outcomes_data()
    {
        QTest::addColumn<QJsonObject>("behaviour");
        QTest::addColumn<CancelStage>("first");
        QTest::addColumn<CancelStage>("last");
        QTest::addColumn<bool>("listed");
        const auto code = [](int number, const QString &effect = {}) {
            QJsonObject made{{u"do"_s, u"code"_s}, {u"code"_s, number}, {u"msg"_s, u"as sent"_s}};
            if (!effect.isEmpty())
                made.insert(u"effect"_s, effect);
            return made;
        };
        using S = CancelStage;
        QTest::newRow("accepted, still listed") << code(0) << S::Accepted << S::AcceptedStillListed << true;
        QTest::newRow("accepted, had filled")
            << code(0, u"fill"_s) << S::Accepted << S::FilledThoughAccepted << false;
        QTest::newRow("part filled meanwhile")
            << code(0, u"part:1"_s) << S::Accepted << S::CanceledAfterPartFill << false;
        QTest::newRow("gone, filled") << QJsonObject{{u"do"_s, u"normal"_s}, {u"effect"_s, u"fill"_s}}
                                      << S::GoneLookingUp << S::GoneFilled << false;
        QTest::newRow("gone without a record")
            << code(9012, u"vanish"_s) << S::GoneLookingUp << S::GoneNoRecord << false;
        QTest::newRow("rejected") << code(9111) << S::Rejected << S::Rejected << true;
        QTest::newRow("rate limit") << code(29001) << S::Rejected << S::Rejected << true;
        QTest::newRow("read, hung up, canceled") << QJsonObject{{u"do"_s, u"close"_s}, {u"effect"_s, u"normal"_s}}
                                                 << S::UnknownChecking << S::UnknownCanceled << false;
        QTest::newRow("read, hung up, still open")
            << QJsonObject{{u"do"_s, u"close"_s}} << S::UnknownChecking << S::UnknownStillOpen << true;
        QTest::newRow("no answer, filled") << QJsonObject{{u"do"_s, u"hang"_s}, {u"effect"_s, u"fill"_s}}
                                           << S::UnknownChecking << S::UnknownFilled << false;
        QTest::newRow("no answer, no trace") << QJsonObject{{u"do"_s, u"hang"_s}, {u"effect"_s, u"vanish"_s}}
                                             << S::UnknownChecking << S::UnknownUnresolved << false;
        QTest::newRow("server error") << QJsonObject{{u"do"_s, u"html"_s}} << S::UnknownChecking
                                      << S::UnknownStillOpen << true;
        QTest::newRow("redirect") << QJsonObject{{u"do"_s, u"redirect"_s}, {u"location"_s, u"/v1/perpum/order"_s}}
                                  << S::UnknownChecking << S::UnknownStillOpen << true;
    }

    void outcomes()
    {
        QFETCH(QJsonObject, behaviour);
        QFETCH(CancelStage, first);
        QFETCH(CancelStage, last);
        QFETCH(bool, listed);
        m_exchange->script(cancelEndpoint, behaviour);
        QVERIFY(submitFirst());
        QTRY_COMPARE(stage(), last);
        const auto seen = stages();
        QCOMPARE(seen.value(seen.indexOf(CancelStage::Sending) + 1), first);
        QVERIFY(!seen.contains(CancelStage::Canceled));
        QCOMPARE(m_orders->find(firstOrder) != nullptr, listed);
        QCOMPARE(deletes(), 1);
        QCOMPARE(m_journal->load().constLast().stage, last);
        // Told as canceled, it is kept for a while; after any other end it is let go of.
        const QList<CancelStage> kept{CancelStage::Canceled, CancelStage::CanceledAfterPartFill,
                                      CancelStage::UnknownCanceled};
        const auto record = m_cancels->record(m_changes.constLast().cancelId);
        QCOMPARE(record.has_value(), !isFinal(last) || kept.contains(last));
        QVERIFY(!record || record->stage == last);
    }

    /// Of the eleven faults: a key that was refused on another list left a cancel without an end.
    void aKeyRefusedMeanwhileLeavesNoCancelWithoutAnEnd()
    {
        QVERIFY(waitFor([this] { return m_orders->find(firstOrder) != nullptr; }));
        for (const auto &list : {u"GET /v1/perpum/order"_s, u"GET /v1/perpum/moveTPSL"_s})
            m_exchange->script(list, {{u"times"_s, 0}, {u"do"_s, u"code"_s}, {u"code"_s, 6000}, {u"msg"_s, u"no"_s}});
        QVERIFY(submitFirst());
        QTRY_COMPARE(stage(), CancelStage::AcceptedUnconfirmed);
        QTRY_VERIFY(m_open->feed.status().keyRefused);
        // It holds up nothing, and says why.
        QCOMPARE(m_cancels->openCount(), 0);
        QVERIFY(!m_changes.constLast().reason.isEmpty());
        m_exchange->command(u"unscript"_s);
        // It goes on by itself as soon as the key is good again.
        m_open->feed.refresh();
        QTRY_COMPARE_WITH_TIMEOUT(stage(), CancelStage::Canceled, 30000);
        QVERIFY(!m_journal->load().constLast().evidence.isEmpty());
        QCOMPARE(m_journal->load().constLast().listedBy, (QList<ListSource>{{ListKind::Plan, {}}}));
    }

    void refusedSignInAndPermission()
    {
        m_exchange->script(cancelEndpoint, {{u"do"_s, u"code"_s},
                                            {u"code"_s, 6003},
                                            {u"form"_s, u"message"_s},
                                            {u"msg"_s, u"require more permission"_s}});
        QVERIFY(submitFirst());
        QTRY_COMPARE(stage(), CancelStage::Rejected);
        QCOMPARE(m_changes.constLast().outcome->refusal, Refusal::Permission);
        QCOMPARE(m_changes.constLast().outcome->message, u"require more permission"_s);
    }

    void anOrderThatThisCallDoesNotCancelIsKnownByIt()
    {
        m_exchange->command({{u"cmd"_s, u"generate"_s}, {u"kind"_s, u"moveTPSL"_s}, {u"count"_s, 2}});
        m_open->feed.refresh();
        const auto trailing = [this] {
            const auto &rows = m_orders->rows();
            const auto at = std::find_if(rows.cbegin(), rows.cend(), [](const auto &entry) {
                return entry.second.order.type == OrderType::TrailingStop;
            });
            return at == rows.cend() ? OrderId() : at->first;
        };
        QVERIFY(waitFor([&] { return trailing() != OrderId(); }));
        const OrderId id = trailing();
        const auto cancel = [&] {
            return m_cancels->submit(*m_cancels->prepare(id), RecordPolicy::Required).state ==
                   CancelWorkflow::Submitted::Queued;
        };
        QVERIFY(!m_orders->row(id)->isRefusedHere);
        m_exchange->script(cancelEndpoint, {{u"do"_s, u"code"_s}, {u"code"_s, 9016}, {u"msg"_s, u"as sent"_s}});
        QVERIFY(cancel());
        QTRY_COMPARE(stage(), CancelStage::Rejected);
        QCOMPARE(m_changes.constLast().outcome->refusal, Refusal::NotPossibleHere);
        QVERIFY(m_orders->row(id)->isRefusedHere);
        // Until CoinW takes one: the call does cancel it.
        m_exchange->script(cancelEndpoint, {{u"do"_s, u"code"_s}, {u"code"_s, 0}});
        QVERIFY(cancel());
        QTRY_COMPARE(stage(), CancelStage::AcceptedStillListed);
        QVERIFY(!m_orders->row(id)->isRefusedHere);
    }

    void notSentWhenNothingListens()
    {
        QVERIFY(waitFor([this] { return m_orders->find(firstOrder) != nullptr; }));
        m_exchange->command({{u"cmd"_s, u"offline"_s}, {u"on"_s, true}});
        m_exchange->resetLog();
        QCOMPARE(m_cancels->submit(*m_cancels->prepare(firstOrder), RecordPolicy::Required).state,
                 CancelWorkflow::Submitted::Queued);
        QTRY_VERIFY(isFinal(stage()) || stage() == CancelStage::UnknownChecking);
        QCOMPARE(deletes(), 0);
        QCOMPARE(stage(), CancelStage::NotSent);
        // A read that failed just before it could leave holds it until it has waited too long.
        const ApiError::Cause cause = *m_changes.constLast().outcome->cause;
        QVERIFY(cause == ApiError::Cause::NoConnection || cause == ApiError::Cause::Expired);
        m_exchange->command({{u"cmd"_s, u"offline"_s}, {u"on"_s, false}});
    }

    void aSecondSubmitIsRefused()
    {
        m_exchange->script(cancelEndpoint, {{u"do"_s, u"hang"_s}});
        QVERIFY(submitFirst());
        const CancelRequest again{m_account, *m_orders->find(firstOrder)};
        QCOMPARE(m_cancels->submit(again, RecordPolicy::Required).state,
                 CancelWorkflow::Submitted::AlreadyBeingCanceled);
        Account other = m_account;
        other.id = u"p2"_s;
        QCOMPARE(m_cancels->submit({other, again.order}, RecordPolicy::Required).state,
                 CancelWorkflow::Submitted::OtherAccount);
        QTRY_COMPARE(deletes(), 1);
    }

    void withoutARecordNothingIsSent()
    {
        QVERIFY(waitFor([this] { return m_orders->find(firstOrder) != nullptr; }));
        // A folder in the journal's place can't be written to, not even by root.
        QFile::remove(m_journal->path());
        QVERIFY(QDir().mkpath(m_journal->path()));
        const auto request = *m_cancels->prepare(firstOrder);
        QCOMPARE(m_cancels->submit(request, RecordPolicy::Required).state, CancelWorkflow::Submitted::RecordFailed);
        QVERIFY(!m_cancels->journalProblem().isEmpty());
        QVERIFY(m_cancels->prepare(firstOrder));
        QCOMPARE(deletes(), 0);
        QCOMPARE(m_cancels->submit(request, RecordPolicy::CancelWithoutRecord).state,
                 CancelWorkflow::Submitted::Queued);
        QTRY_COMPARE(stage(), CancelStage::Canceled);
    }

    void theLineIsOnDiskBeforeTheRequestLeaves()
    {
        m_exchange->script(cancelEndpoint, {{u"do"_s, u"hang"_s}});
        QVERIFY(submitFirst());
        // Nothing has run since submit(): the request can't have left, the line is there.
        QCOMPARE(m_journal->load().size(), 1);
        QCOMPARE(m_journal->load().constFirst().stage, CancelStage::Waiting);
    }

    void cancelsOfAnEarlierRunAreSettledByReading_data()
    {
        QTest::addColumn<QString>("effect");
        QTest::addColumn<CancelStage>("last");
        QTest::newRow("never arrived") << u"none"_s << CancelStage::UnknownStillOpen;
        QTest::newRow("acted on") << u"normal"_s << CancelStage::UnknownCanceled;
    }

    void cancelsOfAnEarlierRunAreSettledByReading()
    {
        QFETCH(QString, effect);
        QFETCH(CancelStage, last);
        m_exchange->script(cancelEndpoint, {{u"do"_s, u"hang"_s}, {u"effect"_s, effect}});
        QVERIFY(submitFirst());
        QVERIFY(m_exchange->waitForRequests(cancelEndpoint));
        close();
        m_changes.clear();

        open();
        const auto left = unsettled(m_journal->load());
        QCOMPARE(left.size(), 1);
        m_cancels->recover(left);
        QCOMPARE(m_cancels->recoveringCount(), 1);
        QTRY_COMPARE(stage(), last);
        QCOMPARE(m_cancels->recoveringCount(), 0);
        QCOMPARE(deletes(), 1);
        QVERIFY(unsettled(m_journal->load()).isEmpty());
    }

    void canceledAgainOnlyWhenAsked()
    {
        m_exchange->script(cancelEndpoint, {{u"do"_s, u"close"_s}});
        QVERIFY(submitFirst());
        QTRY_COMPARE(stage(), CancelStage::UnknownStillOpen);
        QCOMPARE(deletes(), 1);
        const auto again = m_cancels->prepare(firstOrder);
        QVERIFY(again);
        QCOMPARE(m_cancels->submit(*again, RecordPolicy::Required).state, CancelWorkflow::Submitted::Queued);
        QTRY_COMPARE(stage(), CancelStage::Canceled);
        QCOMPARE(deletes(), 2);
        QCOMPARE(m_journal->load().size(), 2);
    }
};

QTEST_GUILESS_MAIN(CancelWorkflowTest)
#include "tst_cancelworkflow.moc"
