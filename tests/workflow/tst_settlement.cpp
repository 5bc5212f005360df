#include "workflow/settlement.h"

#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const ListSource plan{ListKind::Plan, {}};
const TimePoint end = TimePoint(5000s);
const QDateTime sentAt(QDate(2026, 3, 4), QTime(12, 0, 0), Qt::UTC);

CancelRecord recordIn(CancelStage stage, int filled = 0, int total = 5)
{
    CancelRecord record;
    record.cancelId = u"c"_s;
    record.order.id = OrderId(u"33308749002645666"_s);
    record.order.type = OrderType::Limit;
    record.order.quantity = Decimal(total);
    record.order.filledQuantity = Decimal(filled);
    record.stage = stage;
    return record;
}

Settlement settlementOf(const CancelRecord &record, const QList<ListSource> &lists = {plan})
{
    return Settlement(record, lists, sentAt, end, {});
}

OrderRecord found(OrderRecord::Status status, std::optional<int> filled = {}, const QDateTime &at = {})
{
    OrderRecord record;
    record.orderId = u"33308749002645666"_s;
    record.status = status;
    record.total = Decimal(5);
    if (filled)
        record.filled = Decimal(*filled);
    record.updatedAt = at;
    return record;
}

} // namespace

class SettlementTest : public QObject
{
    Q_OBJECT

private slots:
    void acceptedNeedsAbsenceAndOneLookAtDeals()
    {
        auto settlement = settlementOf(recordIn(CancelStage::Accepted));
        QCOMPARE(settlement.step(end), Settlement::Step::ReadLists);
        QCOMPARE(settlement.listsToRead(), QList<ListSource>{plan});
        settlement.listRead(plan, end + 10ms, false, end + 60ms);
        QCOMPARE(settlement.record().stage, CancelStage::Accepted);
        QCOMPARE(settlement.step(end + 60ms), Settlement::Step::ReadDeals);
        settlement.dealsRead({}, end + 120ms);
        QCOMPARE(settlement.record().stage, CancelStage::Canceled);
        QCOMPARE(settlement.record().settledBy, SettledBy::OpenList);
        QCOMPARE(settlement.step(end + 1s), Settlement::Step::Done);
    }

    void aReadBegunBeforeTheAnswerProvesNothing()
    {
        auto settlement = settlementOf(recordIn(CancelStage::Accepted));
        settlement.step(end);
        settlement.listRead(plan, end - 1ms, false, end + 40ms);
        QCOMPARE(settlement.step(end + 40ms), Settlement::Step::ReadLists);
        QCOMPARE(settlement.record().stage, CancelStage::Accepted);
    }

    void acceptedOutcomes_data()
    {
        QTest::addColumn<int>("filledBefore");
        QTest::addColumn<QList<OrderRecord>>("deals");
        QTest::addColumn<CancelStage>("stage");
        using S = OrderRecord::Status;
        OrderRecord other = found(S::Filled, 5);
        other.orderId = u"1"_s;
        QTest::newRow("nothing on record") << 0 << QList<OrderRecord>{} << CancelStage::Canceled;
        QTest::newRow("cancel on record") << 0 << QList{found(S::Canceled)} << CancelStage::Canceled;
        QTest::newRow("part filled before") << 2 << QList<OrderRecord>{} << CancelStage::CanceledAfterPartFill;
        QTest::newRow("part filled meanwhile")
            << 0 << QList{found(S::Canceled, 3)} << CancelStage::CanceledAfterPartFill;
        QTest::newRow("part trade") << 0 << QList{found(S::Partial, 1)} << CancelStage::CanceledAfterPartFill;
        QTest::newRow("filled") << 0 << QList{found(S::Filled)} << CancelStage::FilledThoughAccepted;
        QTest::newRow("filled, said in contracts")
            << 2 << QList{found(S::Other, 5)} << CancelStage::FilledThoughAccepted;
        QTest::newRow("trade and cancel")
            << 0 << QList{found(S::Filled, 1), found(S::Canceled, 1)} << CancelStage::CanceledAfterPartFill;
        QTest::newRow("another order's fill") << 0 << QList{other} << CancelStage::Canceled;
    }

    void acceptedOutcomes()
    {
        QFETCH(int, filledBefore);
        QFETCH(QList<OrderRecord>, deals);
        QFETCH(CancelStage, stage);
        auto settlement = settlementOf(recordIn(CancelStage::Accepted, filledBefore));
        settlement.step(end);
        settlement.listRead(plan, end, false, end + 50ms);
        settlement.dealsRead(deals, end + 90ms);
        QCOMPARE(settlement.record().stage, stage);
    }

    void stillListedAfterFiveSecondsIsSaidAndWatched()
    {
        auto settlement = settlementOf(recordIn(CancelStage::Accepted));
        for (const auto offset : {0ms, 1000ms, 2000ms, 5000ms}) {
            QCOMPARE(settlement.nextRoundAt(), end + offset);
            QCOMPARE(settlement.step(end + offset), Settlement::Step::ReadLists);
            settlement.listRead(plan, end + offset, true, end + offset + 50ms);
            QCOMPARE(settlement.record().stage,
                     offset < 5000ms ? CancelStage::Accepted : CancelStage::AcceptedStillListed);
        }
        // A later read on the feed's own beat that misses it settles it.
        settlement.listRead(plan, end + 7s, false, end + 7s);
        QCOMPARE(settlement.step(end + 7s), Settlement::Step::ReadDeals);
        settlement.dealsRead({}, end + 8s);
        QCOMPARE(settlement.record().stage, CancelStage::Canceled);
    }

    void unreadableListsLeaveItUnconfirmedAfterAMinute()
    {
        auto settlement = settlementOf(recordIn(CancelStage::Accepted));
        TimePoint now = end;
        while (now < end + 60s) {
            QCOMPARE(settlement.record().stage, CancelStage::Accepted);
            now = settlement.nextRoundAt();
            QCOMPARE(settlement.step(now), Settlement::Step::ReadLists);
            now += 500ms;
            settlement.listFailed(plan, u"server error 503"_s, now);
        }
        QCOMPARE(settlement.record().stage, CancelStage::AcceptedUnconfirmed);
        QCOMPARE(settlement.record().reason, u"server error 503"_s);
        settlement.step(settlement.nextRoundAt());
        settlement.listRead(plan, now + 1s, false, now + 10s);
        settlement.dealsRead({}, now + 11s);
        QCOMPARE(settlement.record().stage, CancelStage::Canceled);
    }

    void unreadableDealsAreTriedAgain()
    {
        auto settlement = settlementOf(recordIn(CancelStage::Accepted));
        settlement.step(end);
        settlement.listRead(plan, end, false, end + 50ms);
        settlement.recordsFailed(u"no answer in time"_s, end + 4s);
        QCOMPARE(settlement.record().stage, CancelStage::Accepted);
        QCOMPARE(settlement.step(end + 4s), Settlement::Step::Wait);
        QCOMPARE(settlement.step(end + 5s), Settlement::Step::ReadLists);
        settlement.listRead(plan, end + 5s, false, end + 5s);
        QCOMPARE(settlement.step(end + 5s), Settlement::Step::ReadDeals);
    }

    void aConditionalOrderMustBeMissingFromBothItsLists()
    {
        const ListSource trigger{ListKind::Trigger, u"ETH"_s};
        auto settlement = settlementOf(recordIn(CancelStage::Accepted), {trigger, plan});
        settlement.step(end);
        settlement.listRead(trigger, end, false, end + 50ms);
        QCOMPARE(settlement.step(end + 50ms), Settlement::Step::ReadLists);
        QCOMPARE(settlement.listsToRead(), QList<ListSource>{plan});
        settlement.listRead(plan, end + 60ms, false, end + 90ms);
        QCOMPARE(settlement.step(end + 90ms), Settlement::Step::ReadDeals);
    }

    void doubtOutcomes_data()
    {
        QTest::addColumn<CancelStage>("before");
        QTest::addColumn<QList<OrderRecord>>("deals");
        QTest::addColumn<QList<OrderRecord>>("history");
        QTest::addColumn<CancelStage>("after");
        using S = OrderRecord::Status;
        const auto earlier = sentAt.addSecs(-20);
        const auto later = sentAt.addMSecs(40);
        OrderRecord priced = found(S::Filled, 5);
        priced.averagePrice = Decimal(64210);
        const QList<OrderRecord> none;
        QTest::newRow("unknown, canceled") << CancelStage::UnknownChecking << QList{found(S::Canceled, 0, later)}
                                           << none << CancelStage::UnknownCanceled;
        QTest::newRow("unknown, filled")
            << CancelStage::UnknownChecking << none << QList{priced} << CancelStage::UnknownFilled;
        QTest::newRow("gone, filled") << CancelStage::GoneLookingUp << QList{found(S::Filled)} << QList{priced}
                                      << CancelStage::GoneFilled;
        QTest::newRow("gone, canceled before") << CancelStage::GoneLookingUp << QList{found(S::Canceled, 0, earlier)}
                                               << none << CancelStage::GoneCanceledEarlier;
        QTest::newRow("gone, canceled by us")
            << CancelStage::GoneLookingUp << QList{found(S::Canceled, 0, later)} << none << CancelStage::Canceled;
        QTest::newRow("gone, canceled by us in part")
            << CancelStage::GoneLookingUp << QList{found(S::Canceled, 2, later)} << none
            << CancelStage::CanceledAfterPartFill;
        QTest::newRow("gone, canceled at a time unknown")
            << CancelStage::GoneLookingUp << QList{found(S::Canceled)} << none << CancelStage::GoneCanceledEarlier;
    }

    void doubtOutcomes()
    {
        QFETCH(CancelStage, before);
        QFETCH(QList<OrderRecord>, deals);
        QFETCH(QList<OrderRecord>, history);
        QFETCH(CancelStage, after);
        auto settlement = settlementOf(recordIn(before));
        QCOMPARE(settlement.step(end), Settlement::Step::Wait);
        QCOMPARE(settlement.step(end + 500ms), Settlement::Step::ReadLists);
        settlement.listRead(plan, end + 500ms, false, end + 550ms);
        QCOMPARE(settlement.step(end + 550ms), Settlement::Step::ReadDeals);
        settlement.dealsRead(deals, end + 600ms);
        if (settlement.step(end + 600ms) == Settlement::Step::ReadHistory)
            settlement.historyRead(history, end + 650ms);
        QCOMPARE(settlement.record().stage, after);
        if (after == CancelStage::GoneFilled)
            QCOMPARE(settlement.record().averagePrice->toText(), u"64210"_s);
    }

    void listedTwiceTwoSecondsApartIsStillOpen()
    {
        auto settlement = settlementOf(recordIn(CancelStage::UnknownChecking));
        for (const auto offset : {500ms, 1000ms, 2000ms}) {
            QCOMPARE(settlement.step(end + offset), Settlement::Step::ReadLists);
            settlement.listRead(plan, end + offset, true, end + offset + 20ms);
            QCOMPARE(settlement.record().stage, CancelStage::UnknownChecking);
        }
        settlement.listRead(plan, end + 2500ms, true, end + 2520ms);
        QCOMPARE(settlement.record().stage, CancelStage::UnknownStillOpen);
    }

    void neitherListedNorOnRecordStaysUnknown_data()
    {
        QTest::addColumn<CancelStage>("before");
        QTest::addColumn<CancelStage>("after");
        QTest::newRow("unknown") << CancelStage::UnknownChecking << CancelStage::UnknownUnresolved;
        QTest::newRow("gone") << CancelStage::GoneLookingUp << CancelStage::GoneNoRecord;
    }

    void neitherListedNorOnRecordStaysUnknown()
    {
        QFETCH(CancelStage, before);
        QFETCH(CancelStage, after);
        auto settlement = settlementOf(recordIn(before));
        for (const auto offset : {500ms, 1000ms, 2000ms, 4000ms, 8000ms, 16000ms, 30000ms}) {
            QCOMPARE(settlement.nextRoundAt(), end + offset);
            QCOMPARE(settlement.record().stage, before);
            QCOMPARE(settlement.step(end + offset), Settlement::Step::ReadLists);
            settlement.listRead(plan, end + offset, false, end + offset + 20ms);
            settlement.dealsRead({}, end + offset + 40ms);
            settlement.historyRead({}, end + offset + 60ms);
        }
        QCOMPARE(settlement.record().stage, after);
        QCOMPARE(settlement.step(end + 1h), Settlement::Step::Wait);

        settlement.checkNow(end + 2h);
        QCOMPARE(settlement.record().stage, before);
        QCOMPARE(settlement.step(end + 2h), Settlement::Step::ReadLists);
        settlement.listRead(plan, end + 2h, false, end + 2h);
        settlement.dealsRead({found(OrderRecord::Status::Canceled, 0, sentAt.addSecs(1))}, end + 2h);
        QVERIFY(isFinal(settlement.record().stage));
    }

    void recordsThatCannotBeReadAreNotCalledEmpty()
    {
        auto settlement = settlementOf(recordIn(CancelStage::UnknownChecking));
        TimePoint now = end;
        for (int round = 0; round < 12; ++round) {
            now = settlement.nextRoundAt();
            QCOMPARE(settlement.step(now), Settlement::Step::ReadLists);
            settlement.listFailed(plan, u"no connection"_s, now + 10ms);
        }
        QVERIFY(now > end + 30s);
        QCOMPARE(settlement.record().stage, CancelStage::UnknownChecking);
    }

    void checkingNowDoesNotEndTheRoundsEarly()
    {
        auto settlement = settlementOf(recordIn(CancelStage::UnknownChecking));
        TimePoint now = end + 600ms;
        for (int i = 0; i < 10; ++i, now += 100ms) {
            settlement.checkNow(now);
            QCOMPARE(settlement.step(now), Settlement::Step::ReadLists);
            settlement.listRead(plan, now, false, now);
            settlement.dealsRead({}, now);
            settlement.historyRead({}, now);
        }
        QCOMPARE(settlement.record().stage, CancelStage::UnknownChecking);
        QVERIFY(settlement.nextRoundAt() > now);
    }
};

QTEST_GUILESS_MAIN(SettlementTest)
#include "tst_settlement.moc"
