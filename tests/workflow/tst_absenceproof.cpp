#include "workflow/absenceproof.h"

#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const ListSource plan{ListKind::Plan, {}};
const ListSource execute{ListKind::Execute, {}};
const ListSource triggerEth{ListKind::Trigger, u"ETH"_s};
const TimePoint start = TimePoint(1000s);

/// A look that takes 100 ms.
ListLook look(const ListSource &source, std::chrono::milliseconds begun, ListExtent extent = ListExtent::Whole)
{
    return {source, start + begun, start + begun + 100ms, extent};
}

} // namespace

class AbsenceProofTest : public QObject
{
    Q_OBJECT

private slots:
    void everyListMustMissTheOrder()
    {
        AbsenceProof proof({execute, plan}, start);
        QVERIFY(!proof.holds());
        proof.add(look(plan, 0ms), false);
        QVERIFY(!proof.holds());
        proof.add(look(execute, 0ms), false);
        QVERIFY(proof.holds());
        QCOMPARE(proof.endedAt(), start + 100ms);
        proof.add(look(execute, 200ms), true);
        QVERIFY(!proof.holds());
    }

    void aLookBegunBeforeProvesNothing()
    {
        AbsenceProof proof({plan}, start);
        proof.add(look(plan, -1ms), false);
        QVERIFY(!proof.holds());
    }

    /// Of the eleven faults: a conditional order was taken for gone by a look at the plan orders before it triggered
    /// and one at the conditional orders after.
    void noMoveSlipsThroughBetweenTwoLooks()
    {
        AbsenceProof proof({triggerEth, plan}, start);
        proof.add(look(plan, 0ms), false);
        proof.add(look(triggerEth, 200ms), false);
        QVERIFY(!proof.holds());
        // Under way while the conditional orders were still being read.
        proof.add(look(plan, 250ms), false);
        QVERIFY(!proof.holds());
        proof.add(look(plan, 300ms), false);
        QVERIFY(proof.holds());
        // Nothing comes back by a later look at either.
        proof.add(look(triggerEth, 500ms), false);
        QVERIFY(proof.holds());
        proof.add(look(triggerEth, 700ms), true);
        QVERIFY(!proof.holds());
        proof.add(look(triggerEth, 900ms), false);
        QVERIFY(!proof.holds());
    }

    void aListThatIsNotWholeProvesNoAbsence()
    {
        AbsenceProof proof({plan}, start);
        proof.add(look(plan, 0ms, ListExtent::Partial), false);
        QVERIFY(!proof.holds());
        proof.add(look(plan, 200ms, ListExtent::Uncounted), false);
        QVERIFY(proof.holds());
        QVERIFY(!proof.isCounted());
        proof.add(look(plan, 400ms), false);
        QVERIFY(proof.isCounted());
        // It proves what it lists.
        proof.add(look(plan, 600ms, ListExtent::Partial), true);
        QVERIFY(!proof.holds());
    }

    void aListThatHasTheOrderIsOneOfThem()
    {
        AbsenceProof proof({plan}, start);
        proof.add(look(execute, 0ms), true);
        proof.add(look(plan, 200ms), false);
        QVERIFY(!proof.holds());
        QCOMPARE(proof.wanted(start + 300ms, {}), (QList<ListSource>{plan, execute}));
        proof.add(look(execute, 400ms), false);
        QVERIFY(proof.holds());
        // One that never had it is not.
        proof.add(look({ListKind::Trailing, {}}, 600ms), false);
        QCOMPARE(proof.sources().size(), 2);
    }

    void listsAreWantedInTheOrderInWhichTheyProve()
    {
        AbsenceProof proof({triggerEth, plan, execute}, start);
        QCOMPARE(proof.wanted(start, {}), QList<ListSource>{triggerEth});
        proof.add(look(triggerEth, 0ms), false);
        QCOMPARE(proof.wanted(start, {}), (QList<ListSource>{plan, execute}));
        // Begun too early to count.
        proof.add(look(plan, 50ms), false);
        QCOMPARE(proof.wanted(start, {}), (QList<ListSource>{plan, execute}));
        proof.add(look(plan, 100ms), false);
        proof.add(look(execute, 200ms), false);
        QCOMPARE(proof.wanted(start, {}), QList<ListSource>{});
        QVERIFY(proof.holds());
        // A round begun later looks at all of them again.
        QCOMPARE(proof.wanted(start + 1s, {}), QList<ListSource>{triggerEth});
        // One that can't be read holds up no other.
        QCOMPARE(proof.wanted(start + 1s, {triggerEth}), (QList<ListSource>{plan, execute}));
    }
};

QTEST_GUILESS_MAIN(AbsenceProofTest)
#include "tst_absenceproof.moc"
