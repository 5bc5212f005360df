#include "local/journal.h"
#include "workflow/activity.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

CancelRecord recordOf(const QString &cancelId, const QString &account, CancelStage stage)
{
    CancelRecord record;
    record.cancelId = cancelId;
    record.account = {account, account, Environment::Live, u"api.coinw.com"_s, 0};
    record.order.id = OrderId(u"1"_s);
    record.recordedAt = QDateTime::currentDateTimeUtc();
    record.stage = stage;
    return record;
}

QString idsOf(const QList<CancelRecord> &records)
{
    QStringList ids;
    for (const CancelRecord &record : records)
        ids.append(record.cancelId);
    return ids.join(u' ');
}

} // namespace

class TestActivity : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_journal = std::make_unique<Journal>(Journal::open(m_folder->path(), QDateTime::currentDateTimeUtc()));
        QVERIFY(!m_journal->append({recordOf(u"a"_s, u"one"_s, CancelStage::Canceled),
                                    recordOf(u"b"_s, u"one"_s, CancelStage::UnknownChecking),
                                    recordOf(u"c"_s, u"two"_s, CancelStage::Rejected)}));
        m_activity = std::make_unique<Activity>(*m_journal);
        QVERIFY(m_activity->load().isEmpty());
    }

    void loadsAndFollows()
    {
        QCOMPARE(idsOf(m_activity->records()), u"a b c"_s);
        QSignalSpy noted(m_activity.get(), &Activity::noted);
        m_activity->note(recordOf(u"b"_s, u"one"_s, CancelStage::UnknownCanceled));
        m_activity->note(recordOf(u"d"_s, u"two"_s, CancelStage::Waiting));
        QCOMPARE(idsOf(m_activity->records()), u"a b c d"_s);
        QCOMPARE(m_activity->records().at(1).stage, CancelStage::UnknownCanceled);
        QCOMPARE(noted.size(), 2);
    }

    void unsettledBelongToTheirAccount()
    {
        Account one = recordOf({}, u"one"_s, CancelStage::Waiting).account;
        QCOMPARE(idsOf(m_activity->unsettledOf(one)), u"b"_s);
        one.host = u"127.0.0.1"_s;
        QVERIFY(m_activity->unsettledOf(one).isEmpty());
        QVERIFY(m_activity->unsettledOf(recordOf({}, u"two"_s, CancelStage::Waiting).account).isEmpty());
    }

    void clearingKeepsTheUnsettled()
    {
        QVERIFY(!m_activity->clear());
        QCOMPARE(idsOf(m_activity->records()), u"b"_s);
        QCOMPARE(idsOf(m_journal->load()), u"b"_s);
    }

    void oneAccountIsRemoved()
    {
        QVERIFY(!m_activity->remove(recordOf({}, u"one"_s, CancelStage::Waiting).account));
        QCOMPARE(idsOf(m_activity->records()), u"c"_s);
        QCOMPARE(idsOf(m_journal->load()), u"c"_s);
    }

    void theUnsettledOfForgottenAccountsAreAbandoned()
    {
        const CancelRecord waiting = recordOf(u"d"_s, u"two"_s, CancelStage::UnknownUnresolved);
        QVERIFY(!m_activity->isAbandoned(waiting));
        QSignalSpy reset(m_activity.get(), &Activity::reset);
        m_activity->setKnown({u"one"_s, u"practice"_s});
        m_activity->setKnown({u"one"_s, u"practice"_s});
        QCOMPARE(reset.size(), 1);
        QVERIFY(m_activity->isAbandoned(waiting));
        QVERIFY(!m_activity->isAbandoned(recordOf(u"d"_s, u"one"_s, CancelStage::UnknownUnresolved)));
        QVERIFY(!m_activity->isAbandoned(recordOf(u"d"_s, u"two"_s, CancelStage::Canceled)));
    }

    /// Nobody can settle them any more.
    void clearingTakesTheUnsettledOfForgottenAccounts()
    {
        m_activity->setKnown({u"one"_s, u"practice"_s});
        m_activity->note(recordOf(u"d"_s, u"two"_s, CancelStage::UnknownUnresolved));
        QVERIFY(!m_journal->append(recordOf(u"d"_s, u"two"_s, CancelStage::UnknownUnresolved)));
        QVERIFY(!m_activity->clear());
        QCOMPARE(idsOf(m_activity->records()), u"b"_s);
        QCOMPARE(idsOf(m_journal->load()), u"b"_s);
    }

    void aFailureRemovesNothing()
    {
        const QString path = m_journal->path();
        QVERIFY(QFile::remove(path));
        QVERIFY(QDir().mkpath(path)); // a folder in the file's place
        QVERIFY(m_activity->clear());
        QCOMPARE(idsOf(m_activity->records()), u"a b c"_s);
    }

    void exportsTheJournalsLines()
    {
        const QByteArray lines = Activity::jsonLines(m_activity->records());
        QCOMPARE(lines.count('\n'), 3);
        QCOMPARE(idsOf(readJournal(lines).records), u"a b c"_s);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<Activity> m_activity;
};

QTEST_GUILESS_MAIN(TestActivity)
#include "tst_activity.moc"
