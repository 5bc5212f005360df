#include "ui/table/rowguard.h"

#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;

class TestRowGuard : public QObject
{
    Q_OBJECT

private slots:
    void freeAtFirst()
    {
        QVERIFY(!RowGuard().holds(m_start));
        QVERIFY(!RowGuard().endsIn(m_start));
    }
    void pointerHoldsUntilItLeaves()
    {
        RowGuard guard;
        guard.pointerMoved(m_start);
        QVERIFY(guard.holds(m_start));
        guard.pointerLeft();
        QVERIFY(!guard.holds(m_start));
    }
    void pointerHoldsUntilItRests()
    {
        RowGuard guard;
        guard.pointerMoved(m_start);
        QVERIFY(guard.holds(m_start + 4999ms));
        QCOMPARE(guard.endsIn(m_start + 4999ms), std::optional(1ms));
        QVERIFY(!guard.holds(m_start + 5s));
        QVERIFY(!guard.endsIn(m_start + 5s));
        guard.pointerMoved(m_start + 7s);
        QVERIFY(guard.holds(m_start + 11s));
    }
    void restNeverEndsItWhileClicksCancelAtOnce()
    {
        RowGuard guard;
        guard.setEndsByRest(false);
        guard.pointerMoved(m_start);
        QVERIFY(guard.holds(m_start + 1h));
        QVERIFY(!guard.endsIn(m_start));
        guard.setEndsByRest(true);
        QVERIFY(!guard.holds(m_start + 1h));
        guard.setEndsByRest(false);
        guard.pointerLeft();
        QVERIFY(!guard.holds(m_start));
    }
    void buttonHolds()
    {
        RowGuard guard;
        guard.pointerMoved(m_start);
        guard.buttonPressed();
        QVERIFY(guard.holds(m_start + 1min));
        QVERIFY(!guard.endsIn(m_start));
        guard.buttonReleased();
        QVERIFY(guard.holds(m_start));
        QVERIFY(!guard.holds(m_start + 1min));
        guard.buttonPressed();
        guard.pointerLeft();
        QVERIFY(!guard.holds(m_start));
    }
    void navigationHoldsForAMoment()
    {
        RowGuard guard;
        guard.navigated(m_start);
        QVERIFY(guard.holds(m_start + 599ms));
        QCOMPARE(guard.endsIn(m_start + 200ms), std::optional(400ms));
        QVERIFY(!guard.holds(m_start + 600ms));
        guard.pointerMoved(m_start);
        QCOMPARE(guard.endsIn(m_start + 200ms), std::optional(4800ms));
        guard.navigated(m_start + 4900ms);
        QCOMPARE(guard.endsIn(m_start + 4900ms), std::optional(600ms));
    }

private:
    const RowGuard::Time m_start{1h};
};

QTEST_GUILESS_MAIN(TestRowGuard)
#include "tst_rowguard.moc"
