#include "domain/qtversions.h"
#include "workflow/recordreading.h"

#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

const QDateTime noon(QDate(2026, 3, 4), QTime(12, 0, 0), inUtc);

/// `count` trades of other orders, the newest `from` seconds before noon, one a second.
RecordPage<DealRecord> trades(int from, int count)
{
    RecordPage<DealRecord> page;
    for (int i = 0; i < count; ++i) {
        DealRecord row;
        row.id = u"t%1"_s.arg(from + i);
        row.orderId = u"o%1"_s.arg(from + i);
        row.kind = DealRecord::Kind::Execution;
        row.updatedAt = noon.addSecs(-from - i);
        row.createdAt = row.updatedAt;
        page.rows.append(row);
    }
    page.rowsInAnswer = count;
    return page;
}

RecordBounds boundsOf(int openSecondsAgo, int placedSecondsAgo)
{
    return {OrderId(u"mine"_s), noon.addSecs(-openSecondsAgo), noon.addSecs(-placedSecondsAgo)};
}

} // namespace

class RecordReadingTest : public QObject
{
    Q_OBJECT

private slots:
    /// Of the eleven faults: records were read on the newest page only.
    void aFullFirstPageIsNotEnough()
    {
        RecordReading reading;
        QVERIFY(reading.needsMore({boundsOf(70, 70)}));
        reading.add(trades(0, 50));
        QCOMPARE(reading.page(), 2);
        QVERIFY(reading.needsMore({boundsOf(70, 70)}));
        QVERIFY(!reading.reachFor(boundsOf(70, 70)).isEnough);
        QCOMPARE(reading.reachFor(boundsOf(70, 70)).backTo, noon.addSecs(-49));
        reading.add(trades(50, 50));
        QVERIFY(!reading.needsMore({boundsOf(70, 70)}));
        QVERIFY(reading.reachFor(boundsOf(70, 70)).isEnough);
        // Another asker may need more of the same reading.
        QVERIFY(reading.needsMore({boundsOf(70, 70), boundsOf(200, 200)}));
    }

    void aShortPageSaysNothingAnEmptyOneDoes()
    {
        RecordReading reading;
        reading.add(trades(0, 3));
        QVERIFY(reading.needsMore({boundsOf(60, 60)}));
        reading.add(RecordPage<DealRecord>{});
        QVERIFY(!reading.needsMore({boundsOf(60, 60)}));
        QVERIFY(reading.reachFor(boundsOf(60, 60)).isEnough);
        QCOMPARE(reading.reachFor(boundsOf(60, 60)).pages, 2);
    }

    void rowsThatFallByCreationOnlyAreReadBackToThePlacing()
    {
        // Orders placed one after the other, each filled later than the next older one.
        RecordPage<DealRecord> page = trades(0, 10);
        for (int i = 0; i < page.rows.size(); ++i)
            page.rows[i].updatedAt = noon.addSecs(i);
        RecordReading reading;
        reading.add(page);
        QVERIFY(reading.needsMore({boundsOf(0, 300)}));
        QCOMPARE(reading.reachFor(boundsOf(0, 300)).backTo, noon.addSecs(-9));
        QVERIFY(reading.reachFor(boundsOf(0, 5)).isEnough);
    }

    void rowsThatFallByChangeAreReadBackToTheLastLook()
    {
        RecordPage<DealRecord> page = trades(0, 10);
        for (int i = 0; i < page.rows.size(); ++i)
            page.rows[i].createdAt = noon.addSecs(-1000 + i);
        RecordReading reading;
        reading.add(page);
        QVERIFY(!reading.needsMore({boundsOf(5, 90000)}));
        QVERIFY(reading.needsMore({boundsOf(20, 90000)}));
    }

    void rowsThatFallByBothMustReachBoth()
    {
        RecordReading reading;
        reading.add(trades(0, 10));
        QVERIFY(reading.needsMore({boundsOf(5, 90000)}));
        // Its own row on top tells when it was created: what else is of it is no older.
        RecordPage<DealRecord> own = trades(0, 10);
        own.rows[0].orderId = u"mine"_s;
        RecordReading found;
        found.add(own);
        QVERIFY(!found.needsMore({boundsOf(5, 90000)}));
    }

    void rowsInNoOrderAreReadToTheEnd()
    {
        RecordPage<DealRecord> page = trades(0, 10);
        std::swap(page.rows[0], page.rows[9]);
        RecordReading reading;
        reading.add(page);
        QVERIFY(reading.needsMore({boundsOf(1, 1)}));
        QVERIFY(!reading.reachFor(boundsOf(1, 1)).backTo.isValid());
        reading.add(RecordPage<DealRecord>{});
        QVERIFY(reading.reachFor(boundsOf(1, 1)).isEnough);
    }

    void noMoreThanTwentyPages()
    {
        RecordReading reading;
        for (int page = 0; page < RecordReading::mostPages; ++page) {
            QVERIFY(reading.needsMore({boundsOf(9000, 9000)}));
            reading.add(trades(page * 50, 50));
        }
        QVERIFY(!reading.needsMore({boundsOf(9000, 9000)}));
        QVERIFY(!reading.reachFor(boundsOf(9000, 9000)).isEnough);
        QCOMPARE(reading.reachFor(boundsOf(9000, 9000)).backTo, noon.addSecs(-999));
    }

    void theSamePageAgainLeadsNowhere()
    {
        RecordReading reading;
        reading.add(trades(0, 50));
        reading.add(trades(0, 50));
        QVERIFY(reading.needsMore({boundsOf(90, 90)}));
        reading.add(trades(0, 50));
        QVERIFY(!reading.needsMore({boundsOf(90, 90)}));
        QVERIFY(!reading.reachFor(boundsOf(90, 90)).isEnough);
    }

    void rowsThatCannotBeReadLeaveADoubt()
    {
        RecordPage<DealRecord> page = trades(0, 10);
        ++page.rowsInAnswer;
        page.unreadable = 1;
        RecordReading reading;
        reading.add(page);
        QVERIFY(!reading.needsMore({boundsOf(5, 5)}));
        QVERIFY(!reading.reachFor(boundsOf(5, 5)).isEnough);
    }

    /// Three days of deals, seven of the history: what is older is not "no record".
    void whatTheExchangeNoLongerKeepsIsNotEmpty()
    {
        RecordReading reading(noon.addDays(-3));
        reading.add(RecordPage<DealRecord>{});
        QVERIFY(reading.reachFor(boundsOf(60, 60)).isEnough);
        const RecordReach old = reading.reachFor(boundsOf(4 * 86400, 5 * 86400));
        QVERIFY(!old.isEnough);
        QCOMPARE(old.backTo, noon.addDays(-3));
    }

    void theHistoryMayCountItself()
    {
        RecordPage<HistoryRecord> page;
        HistoryRecord row;
        row.id = u"1"_s;
        row.updatedAt = noon;
        row.createdAt = noon;
        page.rows = {row};
        page.rowsInAnswer = 1;
        page.total = 1;
        RecordReading counted;
        counted.add(page);
        QVERIFY(!counted.needsMore({boundsOf(60, 60)}));
        // A zero beside a row counts nothing.
        page.total = 0;
        RecordReading zero;
        zero.add(page);
        QVERIFY(zero.needsMore({boundsOf(60, 60)}));
    }
};

QTEST_GUILESS_MAIN(RecordReadingTest)
#include "tst_recordreading.moc"
