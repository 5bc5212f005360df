#include "domain/qtversions.h"
#include "local/journalcontents.h"
#include "samplerecords.h"

#include <QtTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestJournalContents : public QObject
{
    Q_OBJECT

private slots:
    void lastLineWinsInOrderOfFirstAppearance();
    void everyTruncationKeepsTheWholeLines();
    void lastLineWithoutNewlineIsWhole();
    void damagedAndLaterLinesAreCounted();
    void unsettledAreThoseWithoutAnEnd();
    void rotationLeavesASmallJournalAlone();
    void rotationDropsOldAndSurplus_data();
    void rotationDropsOldAndSurplus();
    void rotationKeepsWhatItDoesNotUnderstand();
    void aClockThatIsAheadDropsNothing();
    void rotationDropsReplacedLines();
    void removesOneAccount();
};

namespace {

const QDateTime now(QDate(2026, 3, 1), QTime(12, 0), inUtc);

QByteArray line(const QString &id, CancelStage stage, int daysAgo = 0)
{
    return journalLine(recordNamed(id, stage, now.addDays(-daysAgo))) + '\n';
}

QStringList idsOf(const QList<CancelRecord> &records)
{
    QStringList ids;
    for (const CancelRecord &record : records)
        ids.append(record.cancelId);
    return ids;
}

} // namespace

void TestJournalContents::lastLineWinsInOrderOfFirstAppearance()
{
    const auto contents = readJournal(line(u"b"_s, CancelStage::Waiting) + line(u"a"_s, CancelStage::Waiting) +
                                      line(u"b"_s, CancelStage::Sending) + line(u"c"_s, CancelStage::NotSent) +
                                      line(u"b"_s, CancelStage::Canceled));
    QCOMPARE(idsOf(contents.records), (QStringList{u"b"_s, u"a"_s, u"c"_s}));
    QVERIFY(contents.records[0].stage == CancelStage::Canceled);
    QVERIFY(contents.records[1].stage == CancelStage::Waiting);
    QCOMPARE(contents.lines.size(), 5);
    QVERIFY(!contents.tornAt);
    QVERIFY(readJournal({}).records.isEmpty());
    QVERIFY(readJournal("\n\n").lines.isEmpty());
}

void TestJournalContents::everyTruncationKeepsTheWholeLines()
{
    CancelRecord full = fullestRecord();
    full.cancelId = u"full"_s;
    const QList<QByteArray> lines{line(u"a"_s, CancelStage::Waiting),  journalLine(full) + '\n',
                                  line(u"a"_s, CancelStage::Canceled), "damaged\n",
                                  "{\"v\":2,\"cancel\":\"x\"}\n",      line(u"c"_s, CancelStage::Sending)};
    const QByteArray bytes = lines.join();
    for (qsizetype size = 0; size <= bytes.size(); ++size) {
        const auto contents = readJournal(bytes.left(size));
        qsizetype whole = 0;
        qsizetype at = 0;
        // A line is whole with its last brace, newline or not; a damaged one only with its newline.
        while (whole < lines.size() && at + lines[whole].size() - (lines[whole] == "damaged\n" ? 0 : 1) <= size)
            at += lines[whole++].size();
        QCOMPARE(contents.lines.size(), whole);
        const bool torn = at < size;
        QCOMPARE(contents.tornAt.has_value(), torn);
        if (torn)
            QCOMPARE(*contents.tornAt, at);
        QCOMPARE(contents.records.size(), whole >= 6 ? 3 : whole >= 2 ? 2 : whole);
        QCOMPARE(contents.unreadableLines, whole >= 4 ? 1 : 0);
        QCOMPARE(contents.newerLines, whole >= 5 ? 1 : 0);
    }
}

void TestJournalContents::lastLineWithoutNewlineIsWhole()
{
    QByteArray bytes = line(u"a"_s, CancelStage::Waiting) + line(u"b"_s, CancelStage::Waiting);
    bytes.chop(1);
    const auto contents = readJournal(bytes);
    QCOMPARE(idsOf(contents.records), (QStringList{u"a"_s, u"b"_s}));
    QVERIFY(!contents.tornAt);
}

void TestJournalContents::damagedAndLaterLinesAreCounted()
{
    const auto contents = readJournal("garbage\n" + line(u"a"_s, CancelStage::Waiting) + QByteArray(64, '\0') +
                                      "\n{\"v\":3}\n" + line(u"b"_s, CancelStage::Waiting));
    QCOMPARE(contents.unreadableLines, 2);
    QCOMPARE(contents.newerLines, 1);
    QCOMPARE(idsOf(contents.records), (QStringList{u"a"_s, u"b"_s}));
}

void TestJournalContents::unsettledAreThoseWithoutAnEnd()
{
    QList<CancelRecord> records;
    const auto stages = allStages();
    for (const CancelStage stage : stages)
        records.append(recordNamed(stageWord(stage), stage, now));
    const auto open = unsettled(records);
    QVERIFY(!open.isEmpty() && open.size() < records.size());
    for (const CancelRecord &record : open)
        QVERIFY(!isFinal(record.stage));
    QVERIFY(idsOf(open).contains(stageWord(CancelStage::UnknownUnresolved)));
    QVERIFY(!idsOf(open).contains(stageWord(CancelStage::Canceled)));
}

void TestJournalContents::rotationLeavesASmallJournalAlone()
{
    QVERIFY(!rotatedJournal(readJournal({}), now, {}));
    const auto contents =
        readJournal(line(u"a"_s, CancelStage::Waiting, 400) + "damaged\n" + line(u"b"_s, CancelStage::Canceled, 89));
    QVERIFY(!rotatedJournal(contents, now, {}));
}

void TestJournalContents::rotationDropsOldAndSurplus_data()
{
    QTest::addColumn<int>("records");
    QTest::addColumn<QStringList>("kept");
    QTest::newRow("age alone") << 100 << QStringList{u"old open"_s, u"d89"_s, u"open"_s, u"d1"_s, u"d0"_s};
    QTest::newRow("two newest") << 2 << QStringList{u"old open"_s, u"open"_s, u"d1"_s, u"d0"_s};
    QTest::newRow("one newest") << 1 << QStringList{u"old open"_s, u"open"_s, u"d0"_s};
    QTest::newRow("none") << 0 << QStringList{u"old open"_s, u"open"_s};
}

void TestJournalContents::rotationDropsOldAndSurplus()
{
    QFETCH(const int, records);
    QFETCH(const QStringList, kept);
    const auto contents =
        readJournal(line(u"old open"_s, CancelStage::UnknownUnresolved, 400) +
                    line(u"d91"_s, CancelStage::Sending, 91) + line(u"d89"_s, CancelStage::Rejected, 89) +
                    line(u"d91"_s, CancelStage::Canceled, 91) + line(u"open"_s, CancelStage::Sending, 2) +
                    line(u"d1"_s, CancelStage::Canceled, 1) + line(u"d0"_s, CancelStage::NotSent, 0));
    const auto bytes = rotatedJournal(contents, now, {90, records, 1000});
    QVERIFY(bytes);
    const auto rotated = readJournal(*bytes);
    QCOMPARE(idsOf(rotated.records), kept);
    QCOMPARE(rotated.lines.size(), kept.size());
    QVERIFY(bytes->endsWith('\n'));
    QVERIFY(!rotatedJournal(rotated, now, {90, records, 1000}));
}

void TestJournalContents::rotationKeepsWhatItDoesNotUnderstand()
{
    QByteArray strange = line(u"strange"_s, CancelStage::Canceled);
    strange.replace("{\"account\"", "{\"Added later\":[1,2],\"account\"");
    const QByteArray recent = line(u"recent"_s, CancelStage::Canceled, 3);
    const QByteArray bytes = "damaged line\n" + line(u"gone"_s, CancelStage::Canceled, 100) + recent +
                             "{\"v\":2,  \"cancel\":\"n\"}\n" + strange + "{\"v\":1,\"torn";
    const auto rotated = rotatedJournal(readJournal(bytes), now, {});
    QCOMPARE(rotated, "damaged line\n" + recent + "{\"v\":2,  \"cancel\":\"n\"}\n" + strange);
}

void TestJournalContents::aClockThatIsAheadDropsNothing()
{
    QByteArray bytes;
    for (int day = 0; day < 80; ++day)
        bytes += line(u"d%1"_s.arg(day), CancelStage::Canceled, day);
    QVERIFY(!rotatedJournal(readJournal(bytes), now.addYears(1), {90, 10000, 1000}));
    // Nor does the next start with the same clock, after a cancel.
    bytes += line(u"ahead"_s, CancelStage::Canceled, -365);
    QVERIFY(!rotatedJournal(readJournal(bytes), now.addYears(1).addDays(1), {90, 10000, 1000}));
    // Put right again it is as it was; time that really passes drops what is old.
    QVERIFY(!rotatedJournal(readJournal(bytes), now, {90, 10000, 1000}));
    const auto later = rotatedJournal(readJournal(bytes), now.addDays(40), {90, 10000, 1000});
    QVERIFY(later);
    QCOMPARE(readJournal(*later).records.size(), 52);
}

void TestJournalContents::rotationDropsReplacedLines()
{
    QByteArray bytes;
    for (int i = 0; i < 12; ++i)
        bytes += line(u"a"_s, i < 11 ? CancelStage::UnknownChecking : CancelStage::UnknownCanceled) +
                 line(u"b"_s, CancelStage::Sending);
    QVERIFY(!rotatedJournal(readJournal(bytes), now, {90, 100, 22}));
    const auto rotated = rotatedJournal(readJournal(bytes), now, {90, 100, 21});
    QCOMPARE(rotated, line(u"a"_s, CancelStage::UnknownCanceled) + line(u"b"_s, CancelStage::Sending));
}

void TestJournalContents::removesOneAccount()
{
    const auto isOf = [](const QString &account) {
        return [account](const CancelRecord &record) { return record.account.id == account; };
    };
    const auto of = [](const QString &account, const QString &id, CancelStage stage) {
        CancelRecord record = recordNamed(id, stage, now);
        record.account.id = account;
        return journalLine(record) + '\n';
    };
    const QByteArray bytes = of(u"x"_s, u"1"_s, CancelStage::Sending) + of(u"y"_s, u"2"_s, CancelStage::Canceled) +
                             of(u"x"_s, u"1"_s, CancelStage::Canceled) + "damaged\n" +
                             of(u"x"_s, u"3"_s, CancelStage::UnknownChecking);
    QCOMPARE(journalWithout(readJournal(bytes), isOf(u"x"_s)),
             of(u"y"_s, u"2"_s, CancelStage::Canceled) + "damaged\n");
    QVERIFY(!journalWithout(readJournal(bytes), isOf(u"z"_s)));
}

QTEST_GUILESS_MAIN(TestJournalContents)
#include "tst_journalcontents.moc"
