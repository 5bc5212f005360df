#include "tests/support/waiting.h"
#include "tests/workflow/openaccount.h"
#include "workflow/cancelbatch.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

/// A disk that is full, for real: a small tmpfs (with-small-disk).
class TestFullDisk : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_disk = qEnvironmentVariable("COUNTERMAND_SMALL_DISK");
        QVERIFY2(!m_disk.isEmpty(), "start this test with with-small-disk");
        m_exchange = std::make_unique<FakeExchange>();
        QVERIFY2(m_exchange->isReady(), qPrintable(m_exchange->error()));
    }

    void aFullDiskStopsBeforeAnythingLeaves()
    {
        m_exchange->generate(30, 2);
        Journal journal = Journal::open(m_disk, QDateTime::currentDateTimeUtc());
        OpenAccount open(m_account, *m_exchange, journal);
        QTRY_VERIFY(open.feed.status().loaded);

        fillUp();
        QList<CancelRequest> requests;
        for (const auto &[id, row] : open.orders.rows())
            requests.append({m_account, row.order});
        {
            CancelBatch batch(open.cancels, open.feed, {});
            QCOMPARE(batch.start(requests, RecordPolicy::Required), CancelWorkflow::Submitted::RecordFailed);
            // The banner and the question say before it what can't be written.
            QCOMPARE(open.cancels.journalProblem(), u"the disk is full"_s);
            QCOMPARE(open.cancels.submit(requests.first(), RecordPolicy::Required).state,
                     CancelWorkflow::Submitted::RecordFailed);
            QCOMPARE(open.cancels.openCount(), 0);
        }
        QCOMPARE(deletes(), 0);
        // No line says that any of them waits.
        QVERIFY(unsettled(Journal::open(m_disk, QDateTime::currentDateTimeUtc()).load()).isEmpty());

        // "Cancel without a record" cancels all the same, and says that it isn't recorded.
        QCOMPARE(open.cancels.submit(requests.first(), RecordPolicy::CancelWithoutRecord).state,
                 CancelWorkflow::Submitted::Queued);
        QTRY_COMPARE(open.cancels.openCount(), 0);
        QCOMPARE(deletes(), 1);
        QVERIFY(!open.cancels.journalProblem().isEmpty());

        // With room again every line is written, by itself, and none is spoiled by the pieces that found no room.
        const auto noted = Journal::open(m_disk, QDateTime::currentDateTimeUtc()).load().size();
        QVERIFY(QFile::remove(m_disk + u"/ballast"_s));
        QTRY_VERIFY(open.cancels.journalProblem().isEmpty());
        const auto late = Journal::open(m_disk, QDateTime::currentDateTimeUtc()).load();
        QCOMPARE(late.size(), noted + 1);
        QVERIFY(isFinal(late.constLast().stage));
        CancelBatch batch(open.cancels, open.feed, {});
        QCOMPARE(batch.start(requests, RecordPolicy::Required), CancelWorkflow::Submitted::Queued);
        QCOMPARE(batch.tally().asked, 29);
        QVERIFY(open.cancels.journalProblem().isEmpty());
        QTRY_COMPARE(batch.state(), CancelBatch::State::Finished);
        QCOMPARE(batch.tally().canceled, 29);
        const auto records = Journal::open(m_disk, QDateTime::currentDateTimeUtc()).load();
        int settled = 0;
        for (const CancelRecord &record : records)
            settled += record.batchId == batch.id() && isFinal(record.stage);
        QCOMPARE(settled, 29);
    }

private:
    void fillUp()
    {
        QFile ballast(m_disk + u"/ballast"_s);
        QVERIFY(ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        while (ballast.write(QByteArray(256, 'x')) == 256) {
        }
    }
    int deletes() { return int(m_exchange->log({{u"method"_s, u"DELETE"_s}}).size()); }

    const Account m_account{u"p1"_s, u"Main"_s, Environment::TestServer, u"127.0.0.1"_s, 0};
    QString m_disk;
    std::unique_ptr<FakeExchange> m_exchange;
};

QTEST_GUILESS_MAIN(TestFullDisk)
#include "tst_fulldisk.moc"
