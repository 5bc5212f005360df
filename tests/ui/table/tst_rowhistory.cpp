#include "ui/table/rowhistory.h"

#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const OrderId a(u"a"_s);
const OrderId b(u"b"_s);
const OrderId none;

/// Rows of 20 pixels, the first at this place of the screen, in a table of 200 × 100.
RowsOnScreen rowsAt(const QPoint &corner, const QList<OrderId> &ids)
{
    RowsOnScreen shown{QRect(corner, QSize(200, 100)), {}};
    for (int row = 0; row < ids.size(); ++row)
        shown.rows.append(ids.at(row), corner.y() + 20 * row, 20);
    return shown;
}

} // namespace

class TestRowHistory : public QObject
{
    Q_OBJECT

private slots:
    void anOrderThatLayThereLongEnough();
    void anotherOrderHasLainThere();
    void everyPlaceOfThatTimeCounts();
    void theTableHasMovedOnTheScreen();
    void aChangeOfTheSizeAlone();
    void whatWasSeenForNoTime();
    void theSameRowsAgainAreNoNews();
    void aWindowLayOverThem();

private:
    const QPoint at{110, 125};
    const RowHistory::Time now{1h};
};

void TestRowHistory::anOrderThatLayThereLongEnough()
{
    RowHistory history;
    // Nothing has lain anywhere yet.
    QVERIFY(!history.layThere(a, at, now));
    QVERIFY(history.layThere(none, at, now));
    history.lieAt(rowsAt({100, 100}, {b, a}), now);
    QVERIFY(!history.layThere(a, at, now + 599ms));
    QVERIFY(history.layThere(a, at, now + 600ms));
    QVERIFY(!history.layThere(b, at, now + 600ms));
    QVERIFY(history.layThere(b, {110, 105}, now + 600ms));
    // Outside of the rows, and of the table.
    QVERIFY(history.layThere(none, {110, 145}, now));
    QVERIFY(!history.layThere(a, {90, 125}, now + 1h));
    QVERIFY(history.layThere(none, {90, 125}, now + 1h));
}

void TestRowHistory::anotherOrderHasLainThere()
{
    RowHistory history;
    history.lieAt(rowsAt({100, 100}, {b, a}), now);
    history.lieAt(rowsAt({100, 100}, {a, b}), now + 10s);
    QVERIFY(!history.layThere(b, at, now + 10s));
    QVERIFY(!history.layThere(b, at, now + 10s + 599ms));
    QVERIFY(history.layThere(b, at, now + 10s + 600ms));
    // Gone, and nothing in its place: that was aimed at an order, too.
    history.lieAt(rowsAt({100, 100}, {a}), now + 20s);
    QVERIFY(!history.layThere(none, at, now + 20s));
    QVERIFY(history.layThere(a, {110, 105}, now + 20s));
    QVERIFY(history.layThere(none, at, now + 20s + 600ms));
}

void TestRowHistory::everyPlaceOfThatTimeCounts()
{
    RowHistory history;
    history.lieAt(rowsAt({100, 100}, {b, a}), now);
    // There and back again.
    history.lieAt(rowsAt({100, 100}, {a, b}), now + 10s);
    history.lieAt(rowsAt({100, 100}, {b, a}), now + 10s + 50ms);
    QVERIFY(!history.layThere(a, at, now + 10s + 100ms));
    QVERIFY(!history.layThere(a, at, now + 10s + 649ms));
    QVERIFY(history.layThere(a, at, now + 10s + 650ms));
}

void TestRowHistory::theTableHasMovedOnTheScreen()
{
    RowHistory history;
    history.lieAt(rowsAt({100, 100}, {b, a}), now);
    // A row down: the order is another; a bit: it is the same.
    history.lieAt(rowsAt({100, 120}, {b, a}), now + 10s);
    QVERIFY(!history.layThere(b, at, now + 10s + 1ms));
    history.lieAt(rowsAt({100, 123}, {b, a}), now + 20s);
    QVERIFY(history.layThere(b, at, now + 20s + 1ms));
    // Out of sight, and back.
    history.lieAt({}, now + 30s);
    history.lieAt(rowsAt({100, 123}, {b, a}), now + 30s + 1ms);
    QVERIFY(!history.layThere(b, at, now + 30s + 2ms));
    QVERIFY(history.layThere(b, at, now + 31s));
}

void TestRowHistory::aChangeOfTheSizeAlone()
{
    RowHistory history;
    history.lieAt(rowsAt({100, 100}, {b, a}), now);
    RowsOnScreen wider = rowsAt({100, 100}, {b, a, none});
    wider.area.setSize({400, 300});
    history.lieAt(wider, now + 10s);
    QVERIFY(history.layThere(a, at, now + 10s));
    // Where there was no table before, there was no row.
    QVERIFY(!history.layThere(a, {350, 125}, now + 10s));
}

void TestRowHistory::whatWasSeenForNoTime()
{
    RowHistory history;
    history.lieAt(rowsAt({100, 100}, {b, a}), now);
    history.lieAt(rowsAt({100, 100}, {a, b}), now + 10s);
    QVERIFY(history.lieAt(rowsAt({100, 100}, {b, a}), now + 10s));
    QVERIFY(history.layThere(a, at, now + 10s));
}

void TestRowHistory::theSameRowsAgainAreNoNews()
{
    RowHistory history;
    QVERIFY(!history.lieAt({}, now));
    QVERIFY(history.lieAt(rowsAt({100, 100}, {b, a}), now));
    QVERIFY(!history.lieAt(rowsAt({100, 100}, {b, a}), now + 599ms));
    QVERIFY(history.layThere(a, at, now + 600ms));
}

void TestRowHistory::aWindowLayOverThem()
{
    RowHistory history;
    RowsOnScreen rows = rowsAt({100, 100}, {b, a});
    history.lieAt(rows, now);
    rows.covered = {QRect(80, 80, 50, 60)};
    QVERIFY(history.lieAt(rows, now + 1h));
    QVERIFY(history.layThere(none, at, now + 2h));
    rows.covered.clear();
    QVERIFY(history.lieAt(rows, now + 2h));
    QVERIFY(!history.layThere(a, at, now + 2h + 599ms));
    QVERIFY(history.layThere(a, at, now + 2h + 600ms));
    // Beside the window it was in sight all the time.
    QVERIFY(history.layThere(a, {150, 125}, now + 2h));
}

QTEST_APPLESS_MAIN(TestRowHistory)
#include "tst_rowhistory.moc"
