#include "ui/table/steadyrows.h"

#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const OrderId a(u"a"_s);
const OrderId b(u"b"_s);

/// Rows of 20 pixels from the top of the viewport.
VisibleRows rowsOf(const QList<OrderId> &ids)
{
    VisibleRows rows;
    for (int row = 0; row < ids.size(); ++row)
        rows.append(ids.at(row), 20 * row, 20);
    return rows;
}

/// The same at the corner of the screen.
RowsOnScreen screenOf(const QList<OrderId> &ids)
{
    return {QRect(0, 0, 200, 100), rowsOf(ids)};
}

} // namespace

class TestSteadyRows : public QObject
{
    Q_OBJECT

private slots:
    void holdsWhileThePointerMoves();
    void aPlaceToldAgainIsNoMove();
    void unguardedRowsMove();
    void aClickOutsideHoldsNothing();
    void remembersTheFirstPlacesBetweenLayouts();
    void aPressSoonAfterAMoveWasAimedElsewhere();
    void whatIsNotLaidOutWasSeenByNobody();
    void aPressIsMeantForItsOrder();
    void aPressIsLostWhenRowsMove();

private:
    const SteadyRows::Time now{1h};
};

void TestSteadyRows::holdsWhileThePointerMoves()
{
    SteadyRows steady;
    QVERIFY(!steady.holds(now));
    QVERIFY(!steady.endsIn(now));
    steady.pointerAt({5, 5}, now);
    QVERIFY(steady.holds(now + 4999ms));
    QCOMPARE(steady.endsIn(now + 1s), std::optional(4000ms));
    QVERIFY(!steady.holds(now + 5s));
    steady.setEndsByRest(false);
    QVERIFY(steady.holds(now + 1h));
    steady.pointerLeft();
    QVERIFY(!steady.holds(now));
}

void TestSteadyRows::aPlaceToldAgainIsNoMove()
{
    SteadyRows steady;
    steady.pointerAt({5, 5}, now);
    steady.pointerAt({5, 5}, now + 4s);
    QVERIFY(!steady.holds(now + 5s));
    steady.pointerAt({5, 6}, now + 4s);
    QVERIFY(steady.holds(now + 5s));
    // Where it left it may come back.
    steady.pointerLeft();
    steady.pointerAt({5, 6}, now + 20s);
    QVERIFY(steady.holds(now + 21s));
}

void TestSteadyRows::unguardedRowsMove()
{
    SteadyRows steady;
    steady.setGuarded(false);
    steady.pointerAt({5, 5}, now);
    steady.buttonPressed();
    QVERIFY(!steady.holds(now));
    steady.setGuarded(true);
    QVERIFY(steady.holds(now));
}

void TestSteadyRows::aClickOutsideHoldsNothing()
{
    SteadyRows steady;
    steady.pointerActed(now);
    QVERIFY(!steady.holds(now));
    steady.pointerAt({5, 5}, now);
    steady.pointerActed(now + 3s);
    QVERIFY(steady.holds(now + 7s));
}

void TestSteadyRows::remembersTheFirstPlacesBetweenLayouts()
{
    SteadyRows steady;
    QVERIFY(!steady.takeMove());
    int asked = 0;
    const auto places = [&asked](const QList<OrderId> &ids) {
        return [&asked, ids] {
            ++asked;
            return rowsOf(ids);
        };
    };
    steady.willMove(places({a, b}), false);
    steady.willMove(places({b}), true);
    steady.willMove(places({}), false);
    QCOMPARE(asked, 1);
    const auto move = steady.takeMove();
    QVERIFY(move);
    QVERIFY(move->before == rowsOf({a, b}));
    QVERIFY(move->isAsked);
    QVERIFY(!steady.takeMove());
    // What the user asked for before says nothing of the next.
    steady.willMove(places({b}), false);
    QVERIFY(!steady.takeMove()->isAsked);
}

void TestSteadyRows::aPressSoonAfterAMoveWasAimedElsewhere()
{
    SteadyRows steady;
    steady.lieAt(screenOf({a, b}), now);
    QVERIFY(steady.isAimedAt(a, {5, 5}, now + 600ms));
    steady.lieAt(screenOf({b}), now + 10s);
    QVERIFY(!steady.isAimedAt(b, {5, 5}, now + 10s + 599ms));
    QVERIFY(steady.isAimedAt(b, {5, 5}, now + 10s + 600ms));
}

void TestSteadyRows::whatIsNotLaidOutWasSeenByNobody()
{
    SteadyRows steady;
    steady.lieAt(screenOf({a, b}), now);
    steady.willMove([] { return rowsOf({a, b}); }, false);
    steady.lieAt(screenOf({b, a}), now + 10s);
    QVERIFY(steady.takeMove());
    // The rows have been kept where they were.
    steady.lieAt(screenOf({a, b}), now + 10s + 1ms);
    QVERIFY(steady.isAimedAt(a, {5, 5}, now + 10s + 2ms));
}

void TestSteadyRows::aPressIsMeantForItsOrder()
{
    SteadyRows steady;
    QCOMPARE(steady.release(a), SteadyRows::Click::None);
    steady.press(a);
    QCOMPARE(steady.pressed(), a);
    QCOMPARE(steady.release(a), SteadyRows::Click::Meant);
    QVERIFY(steady.pressed().isEmpty());
    // Pulled away on purpose.
    steady.press(a);
    QCOMPARE(steady.release(b), SteadyRows::Click::None);
    steady.press(a);
    QCOMPARE(steady.release({}), SteadyRows::Click::None);
}

void TestSteadyRows::aPressIsLostWhenRowsMove()
{
    SteadyRows steady;
    steady.lieAt(screenOf({a, b}), now);
    steady.press(a);
    steady.lieAt(screenOf({b}), now + 1s);
    QCOMPARE(steady.release(b), SteadyRows::Click::Lost);
    // Still over its own order's button.
    steady.press(a);
    steady.lieAt(screenOf({a}), now + 2s);
    QCOMPARE(steady.release(a), SteadyRows::Click::Meant);
    // Rows that moved before the press say nothing of it.
    steady.press(a);
    QCOMPARE(steady.release(b), SteadyRows::Click::None);
}

QTEST_APPLESS_MAIN(TestSteadyRows)
#include "tst_steadyrows.moc"
