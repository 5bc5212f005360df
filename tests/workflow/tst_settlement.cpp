#include "domain/qtversions.h"
#include "workflow/settlement.h"

#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const ListSource plan{ListKind::Plan, {}};
const TimePoint end = TimePoint(5000s);
const QDateTime sentAt(QDate(2026, 3, 4), QTime(12, 0, 0), inUtc);

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

constexpr auto id = "33308749002645666"_L1;

QList<DealRecord> deal(DealRecord::Kind kind, const QDateTime &at = {})
{
    DealRecord record;
    record.orderId = id;
    record.kind = kind;
    record.updatedAt = at;
    return {record};
}
QList<DealRecord> trade()
{
    return deal(DealRecord::Kind::Execution);
}
QList<DealRecord> cancellation(const QDateTime &at = {})
{
    return deal(DealRecord::Kind::Cancellation, at);
}

QList<HistoryRecord> past(HistoryRecord::Kind kind, int filled, const QDateTime &at = {})
{
    HistoryRecord record;
    record.id = id;
    record.kind = kind;
    record.total = Decimal(5);
    record.filled = Decimal(filled);
    record.canceled = Decimal(5 - filled);
    record.averagePrice = Decimal(64210);
    record.updatedAt = at;
    return {record};
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
        QTest::addColumn<QList<DealRecord>>("deals");
        QTest::addColumn<QList<HistoryRecord>>("history");
        QTest::addColumn<CancelStage>("stage");
        using K = HistoryRecord::Kind;
        QList<DealRecord> other = trade();
        other.first().orderId = u"1"_s;
        const QList<DealRecord> none;
        const QList<HistoryRecord> nothing;
        QTest::newRow("nothing on record") << 0 << none << nothing << CancelStage::Canceled;
        QTest::newRow("cancel on record") << 0 << cancellation() << nothing << CancelStage::Canceled;
        QTest::newRow("part filled before") << 2 << none << nothing << CancelStage::CanceledAfterPartFill;
        QTest::newRow("part filled meanwhile")
            << 0 << trade() + cancellation() << past(K::Canceled, 3) << CancelStage::CanceledAfterPartFill;
        QTest::newRow("part trade") << 0 << trade() << past(K::Partial, 1) << CancelStage::CanceledAfterPartFill;
        QTest::newRow("filled") << 0 << trade() << past(K::Finished, 5) << CancelStage::FilledThoughAccepted;
        QTest::newRow("filled, said in contracts")
            << 2 << trade() << past(K::Other, 5) << CancelStage::FilledThoughAccepted;
        QTest::newRow("another order's fill") << 0 << other << nothing << CancelStage::Canceled;
    }

    void acceptedOutcomes()
    {
        QFETCH(int, filledBefore);
        QFETCH(QList<DealRecord>, deals);
        QFETCH(QList<HistoryRecord>, history);
        QFETCH(CancelStage, stage);
        auto settlement = settlementOf(recordIn(CancelStage::Accepted, filledBefore));
        settlement.step(end);
        settlement.listRead(plan, end, false, end + 50ms);
        settlement.dealsRead(deals, end + 90ms);
        QCOMPARE(settlement.step(end + 90ms),
                 history.isEmpty() ? Settlement::Step::Done : Settlement::Step::ReadHistory);
        settlement.historyRead(history, end + 120ms);
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
        QTest::addColumn<QList<DealRecord>>("deals");
        QTest::addColumn<QList<HistoryRecord>>("history");
        QTest::addColumn<CancelStage>("after");
        const auto earlier = sentAt.addSecs(-20);
        const auto later = sentAt.addMSecs(40);
        const QList<HistoryRecord> filled = past(HistoryRecord::Kind::Finished, 5);
        const QList<HistoryRecord> partFilled = past(HistoryRecord::Kind::Canceled, 2, later);
        const QList<DealRecord> none;
        const QList<HistoryRecord> nothing;
        QTest::newRow("unknown, canceled")
            << CancelStage::UnknownChecking << cancellation(later) << nothing << CancelStage::UnknownCanceled;
        QTest::newRow("unknown, filled")
            << CancelStage::UnknownChecking << none << filled << CancelStage::UnknownFilled;
        QTest::newRow("gone, filled") << CancelStage::GoneLookingUp << trade() << filled << CancelStage::GoneFilled;
        QTest::newRow("gone, canceled before")
            << CancelStage::GoneLookingUp << cancellation(earlier) << nothing << CancelStage::GoneCanceledEarlier;
        QTest::newRow("gone, canceled by us")
            << CancelStage::GoneLookingUp << cancellation(later) << nothing << CancelStage::Canceled;
        QTest::newRow("gone, canceled by us in part") << CancelStage::GoneLookingUp << trade() + cancellation(later)
                                                      << partFilled << CancelStage::CanceledAfterPartFill;
        QTest::newRow("gone, canceled at a time unknown")
            << CancelStage::GoneLookingUp << cancellation() << nothing << CancelStage::GoneCanceledEarlier;
    }

    void doubtOutcomes()
    {
        QFETCH(CancelStage, before);
        QFETCH(QList<DealRecord>, deals);
        QFETCH(QList<HistoryRecord>, history);
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
        settlement.dealsRead(cancellation(sentAt.addSecs(1)), end + 2h);
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
