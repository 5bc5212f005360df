#include "workflow/refusedbatch.h"

#include <QSet>
#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

using Verdict = RefusedBatch::Verdict;
using Decisions = QList<RefusedBatch::Decision>;

const TimePoint start{100s};
const ListSource plan{ListKind::Plan, {}};
const ListSource execute{ListKind::Execute, {}};
const ListSource trigger{ListKind::Trigger, u"BTC"_s};

std::function<bool(const OrderId &)> listing(const QSet<QString> &ids)
{
    return [ids](const OrderId &order) { return ids.contains(order.text()); };
}

/// Two plan orders and one conditional order, which two lists can have.
RefusedBatch batchOfThree()
{
    RefusedBatch batch(start);
    batch.add(u"c1"_s, OrderId(u"1"_s), {plan});
    batch.add(u"c2"_s, OrderId(u"2"_s), {plan});
    batch.add(u"c3"_s, OrderId(u"3"_s), {trigger, plan});
    return batch;
}

} // namespace

class TestRefusedBatch : public QObject
{
    Q_OBJECT

private slots:
    void oneListThatHasItIsEnough()
    {
        RefusedBatch batch = batchOfThree();
        QCOMPARE(batch.listRead(plan, start, listing({u"1"_s, u"3"_s})),
                 (Decisions{{u"c1"_s, Verdict::StillOpen}, {u"c2"_s, Verdict::Gone}, {u"c3"_s, Verdict::StillOpen}}));
        QVERIFY(batch.isEmpty());
    }

    void allListsMustMissIt()
    {
        RefusedBatch batch = batchOfThree();
        QCOMPARE(batch.listRead(plan, start + 1s, listing({})),
                 (Decisions{{u"c1"_s, Verdict::Gone}, {u"c2"_s, Verdict::Gone}}));
        QVERIFY(batch.contains(u"c3"_s));
        // The same list once more says nothing new.
        QCOMPARE(batch.listRead(plan, start + 2s, listing({})), Decisions{});
        QCOMPARE(batch.listRead(trigger, start + 3s, listing({})), (Decisions{{u"c3"_s, Verdict::Gone}}));
        QVERIFY(batch.isEmpty());
    }

    void aListReadBeforeTheRefusalSaysNothing()
    {
        RefusedBatch batch = batchOfThree();
        QCOMPARE(batch.listRead(plan, start - 1ms, listing({u"1"_s})), Decisions{});
        QVERIFY(batch.contains(u"c1"_s));
        QVERIFY(batch.contains(u"c2"_s));
        QCOMPARE(batch.listRead(plan, start, listing({u"1"_s})),
                 (Decisions{{u"c1"_s, Verdict::StillOpen}, {u"c2"_s, Verdict::Gone}}));
    }

    void aListThatCannotHaveItDecidesNothingByAbsence()
    {
        RefusedBatch batch(start);
        batch.add(u"c1"_s, OrderId(u"1"_s), {plan});
        QCOMPARE(batch.listRead(execute, start, listing({})), Decisions{});
        QCOMPARE(batch.listRead(execute, start, listing({u"1"_s})), (Decisions{{u"c1"_s, Verdict::StillOpen}}));
    }

    void patienceEnds()
    {
        RefusedBatch batch = batchOfThree();
        QCOMPARE(batch.giveUp(start + RefusedBatch::patience - 1ms), Decisions{});
        QCOMPARE(batch.listRead(plan, start + 1s, listing({u"1"_s})),
                 (Decisions{{u"c1"_s, Verdict::StillOpen}, {u"c2"_s, Verdict::Gone}}));
        QCOMPARE(batch.giveUp(start + RefusedBatch::patience), (Decisions{{u"c3"_s, Verdict::Unknown}}));
        QVERIFY(batch.isEmpty());
        QCOMPARE(batch.giveUp(start + 2 * RefusedBatch::patience), Decisions{});
    }

    void aStoppedOneLeaves()
    {
        RefusedBatch batch = batchOfThree();
        QCOMPARE(batch.stop(u"c2"_s), (RefusedBatch::Decision{u"c2"_s, Verdict::Unknown}));
        QVERIFY(!batch.contains(u"c2"_s));
        QVERIFY(batch.contains(u"c1"_s));
        QCOMPARE(batch.listRead(plan, start, listing({u"2"_s})), (Decisions{{u"c1"_s, Verdict::Gone}}));
    }

    void listsAreAskedForOncePerPause()
    {
        RefusedBatch batch = batchOfThree();
        QCOMPARE(batch.listsToAsk(start), (QList{plan, trigger}));
        QCOMPARE(batch.listsToAsk(start + RefusedBatch::pause - 1ms), QList<ListSource>{});
        // Only what is still missing.
        (void)batch.listRead(plan, start + 500ms, listing({}));
        QCOMPARE(batch.listsToAsk(start + RefusedBatch::pause), QList{trigger});
        QCOMPARE(batch.listsToAsk(start + RefusedBatch::pause), QList<ListSource>{});
    }
};

QTEST_GUILESS_MAIN(TestRefusedBatch)
#include "tst_refusedbatch.moc"
