#include "domain/qtversions.h"
#include "workflow/settlement.h"

#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const ListSource plan{ListKind::Plan, {}};
const ListSource execute{ListKind::Execute, {}};
const ListSource triggerEth{ListKind::Trigger, u"ETH"_s};
const TimePoint end = TimePoint(5000s);
const QDateTime sentAt(QDate(2026, 3, 4), QTime(12, 0, 0), inUtc);
const QDateTime endUtc = sentAt.addMSecs(300);
const auto orderId = u"33308749002645666"_s;

CancelRecord recordIn(CancelStage stage, std::optional<int> filled = 0, OrderType type = OrderType::Limit)
{
    CancelRecord record;
    record.cancelId = u"c"_s;
    record.order.id = OrderId(orderId);
    record.order.instrument = u"ETH"_s;
    record.order.type = type;
    record.order.quantity = Decimal(5);
    if (filled)
        record.order.filledQuantity = Decimal(*filled);
    record.order.placedAt = sentAt.addSecs(-600);
    record.listedAt = sentAt.addSecs(-2);
    record.listedFilled = record.order.filledQuantity;
    record.stage = stage;
    return record;
}

Settlement settlementOf(const CancelRecord &record, const QList<ListSource> &lists = {plan})
{
    return Settlement(record, lists, {sentAt, end, {end, endUtc, 1000ms}}, {});
}

/// A read that takes 50 ms.
ListLook look(const ListSource &source, TimePoint begunAt, ListExtent extent = ListExtent::Whole)
{
    return {source, begunAt, begunAt + 50ms, extent};
}

DealRecord deal(DealRecord::Kind kind, const QDateTime &at = endUtc)
{
    DealRecord row;
    row.id = u"2080"_s + QString::number(int(kind));
    row.orderId = orderId;
    row.kind = kind;
    row.createdAt = at;
    row.updatedAt = at;
    return row;
}

HistoryRecord past(HistoryRecord::Kind kind, std::optional<int> filled, std::optional<int> canceled = {},
                   const QDateTime &at = endUtc)
{
    HistoryRecord row;
    row.id = orderId;
    row.kind = kind;
    row.total = Decimal(5);
    if (filled)
        row.filled = Decimal(*filled);
    if (canceled)
        row.canceled = Decimal(*canceled);
    row.averagePrice = Decimal(64210);
    row.updatedAt = at;
    return row;
}

using Deals = QList<DealRecord>;
using Past = QList<HistoryRecord>;
using Deal = DealRecord::Kind;
using Ended = HistoryRecord::Kind;

const RecordReach enough{true, {}, 1};

/// What a source of records answers: rows, or nothing for a refusal.
struct Records {
    std::optional<Deals> deals = Deals{};
    std::optional<Past> history = Past{};
    RecordReach reach = enough;
};

/// Answers everything the settlement wants at `now`, the lists without the order, until it waits or is done.
void answerAll(Settlement &settlement, TimePoint now, const Records &records, ListExtent extent = ListExtent::Whole,
               bool countExceeds = false)
{
    const ReadFailure refused{u"9001 refused"_s, true};
    for (auto wanted = settlement.take(now); !wanted.isEmpty(); wanted = settlement.take(now)) {
        for (const ListSource &source : std::as_const(wanted.lists)) {
            settlement.listRead(look(source, now, extent), nullptr, now + 50ms);
            now += 50ms;
        }
        if (wanted.deals && records.deals)
            settlement.dealsRead(*records.deals, records.reach);
        else if (wanted.deals)
            settlement.dealsFailed(refused);
        if (wanted.history && records.history)
            settlement.historyRead(*records.history, records.reach, now);
        else if (wanted.history)
            settlement.historyFailed(refused, now);
        if (wanted.count)
            settlement.countRead(now, countExceeds, now);
    }
}

/// Goes on in the same way until nothing is left to be done by itself, or `until`.
void answerTo(Settlement &settlement, TimePoint until, const Records &records, ListExtent extent = ListExtent::Whole,
              bool countExceeds = false)
{
    while (!settlement.isDone() && settlement.nextMoment() <= until)
        answerAll(settlement, settlement.nextMoment(), records, extent, countExceeds);
}

} // namespace

class SettlementTest : public QObject
{
    Q_OBJECT

private slots:
    // The eleven faults, in their order
    // ------------------------------------------------------------------------------

    void fault1_anOrderThatTriggersBetweenTwoLooksIsNotGone()
    {
        auto settlement = settlementOf(recordIn(CancelStage::Accepted, 0, OrderType::Trigger), {triggerEth, plan});
        // The plan orders are not even asked for before the conditional ones have been read.
        QCOMPARE(settlement.take(end).lists, QList<ListSource>{triggerEth});
        // Passing looks: the plan list while the order is still conditional, the other after it has triggered.
        settlement.listRead(look(plan, end + 10ms), nullptr, end + 60ms);
        settlement.listRead(look(triggerEth, end + 200ms), nullptr, end + 250ms);
        QCOMPARE(settlement.take(end + 250ms).lists, QList<ListSource>{plan});
        Order listed = recordIn(CancelStage::Accepted).order;
        settlement.listRead(look(plan, end + 260ms), &listed, end + 310ms);
        QCOMPARE(settlement.record().stage, CancelStage::Accepted);
        answerTo(settlement, end + 900ms, {});
        QCOMPARE(settlement.record().stage, CancelStage::Accepted);
    }

    void fault2_recordsThatDoNotReachBackAreNotCalledEmpty()
    {
        const RecordReach short_{false, sentAt.addSecs(120), 20};
        auto doubt = settlementOf(recordIn(CancelStage::UnknownChecking));
        answerTo(doubt, end + 10min, {Deals{}, Past{}, short_});
        QCOMPARE(doubt.record().stage, CancelStage::UnknownUnresolved);
        QCOMPARE(doubt.record().recordsBackTo, sentAt.addSecs(120));
        // After code 0 the order is gone; that nothing had filled, only records that reach back can say.
        auto accepted = settlementOf(recordIn(CancelStage::Accepted));
        answerTo(accepted, end + 10min, {Deals{deal(Deal::Cancellation)}, Past{}, short_});
        QCOMPARE(accepted.record().stage, CancelStage::CanceledFillUnknown);
        // What the reading is asked to reach: the moment when the order was last seen open, less the clock's error.
        auto asks = settlementOf(recordIn(CancelStage::Accepted));
        (void)asks.take(end);
        asks.listRead(look(plan, end), nullptr, end + 50ms);
        const auto wanted = asks.take(end + 50ms);
        QVERIFY(wanted.deals);
        QCOMPARE(wanted.deals->openSecond, sentAt.addSecs(-3));
        QCOMPARE(wanted.deals->placedSecond, sentAt.addSecs(-600));
    }

    void fault3_quantitiesComeOnlyFromRowsThatCarryThem_data()
    {
        QTest::addColumn<int>("listed");
        QTest::addColumn<Deals>("deals");
        QTest::addColumn<Past>("history");
        QTest::addColumn<bool>("historyRefused");
        QTest::addColumn<CancelStage>("stage");
        QTest::addColumn<QString>("filled");
        QTest::addColumn<QString>("atLeast");
        using S = CancelStage;
        const QString none;
        const Deals tradeAndCancel{deal(Deal::Execution), deal(Deal::Cancellation)};
        QTest::newRow("history says 2 of 5") << 0 << tradeAndCancel << Past{past(Ended::Canceled, 2, 3)} << false
                                             << S::CanceledAfterPartFill << u"2"_s << none;
        QTest::newRow("history says finish, 2 of 5") << 0 << tradeAndCancel << Past{past(Ended::Finished, 2, 3)}
                                                     << false << S::CanceledAfterPartFill << u"2"_s << none;
        QTest::newRow("history says part, 2 and 3") << 0 << tradeAndCancel << Past{past(Ended::Partial, 2, 3)}
                                                    << false << S::CanceledAfterPartFill << u"2"_s << none;
        QTest::newRow("finish without a quantity") << 0 << tradeAndCancel << Past{past(Ended::Finished, {})} << false
                                                   << S::CanceledFillUnknown << none << none;
        QTest::newRow("trades only, history refused")
            << 0 << tradeAndCancel << Past{} << true << S::CanceledFillUnknown << none << none;
        QTest::newRow("part fill listed, history refused")
            << 2 << tradeAndCancel << Past{} << true << S::CanceledFillUnknown << none << u"2"_s;
        QTest::newRow("one trade, no cancellation yet")
            << 0 << Deals{deal(Deal::Execution)} << Past{} << false << S::CanceledFillUnknown << none << none;
        QTest::newRow("a row of an unknown word") << 0 << Deals{deal(Deal::Other), deal(Deal::Cancellation)} << Past{}
                                                  << false << S::CanceledFillUnknown << none << none;
        QTest::newRow("cancellation, nothing listed as filled")
            << 0 << Deals{deal(Deal::Cancellation)} << Past{} << false << S::Canceled << u"0"_s << none;
        QTest::newRow("the same, history refused")
            << 0 << Deals{deal(Deal::Cancellation)} << Past{} << true << S::Canceled << u"0"_s << none;
        QTest::newRow("filled whole") << 0 << Deals{deal(Deal::Execution)} << Past{past(Ended::Finished, 5, 0)}
                                      << false << S::FilledThoughAccepted << u"5"_s << none;
        QTest::newRow("less than was listed") << 3 << tradeAndCancel << Past{past(Ended::Canceled, 2, 3)} << false
                                              << S::CanceledFillUnknown << none << u"3"_s;
    }

    void fault3_quantitiesComeOnlyFromRowsThatCarryThem()
    {
        QFETCH(int, listed);
        QFETCH(Deals, deals);
        QFETCH(Past, history);
        QFETCH(bool, historyRefused);
        QFETCH(CancelStage, stage);
        QFETCH(QString, filled);
        QFETCH(QString, atLeast);
        auto settlement = settlementOf(recordIn(CancelStage::Accepted, listed));
        answerTo(settlement, end + 10min, {deals, historyRefused ? std::nullopt : std::optional(history), enough});
        const CancelRecord &record = settlement.record();
        QCOMPARE(record.stage, stage);
        QCOMPARE(record.filledQuantity ? record.filledQuantity->toText() : QString(), filled);
        QCOMPARE(record.filledAtLeast ? record.filledAtLeast->toText() : QString(), atLeast);
        QVERIFY(!record.evidence.isEmpty());
    }

    void fault4_aPartFillListedAfterTheQuestionIsNotLost()
    {
        auto settlement = settlementOf(recordIn(CancelStage::Accepted));
        Order listed = recordIn(CancelStage::Accepted).order;
        listed.filledQuantity = Decimal(2);
        settlement.listRead(look(plan, end + 10ms), &listed, end + 60ms);
        // The records of the fill never come, the cancellation does.
        answerTo(settlement, end + 10min, {Deals{deal(Deal::Cancellation)}, Past{}, enough});
        QCOMPARE(settlement.record().stage, CancelStage::CanceledFillUnknown);
        QCOMPARE(settlement.record().filledAtLeast->toText(), u"2"_s);
    }

    void fault5_absenceFromAListThatIsNotWholeProvesNothing()
    {
        auto settlement = settlementOf(recordIn(CancelStage::Accepted));
        answerTo(settlement, end + 10min, {}, ListExtent::Partial);
        QCOMPARE(settlement.record().stage, CancelStage::AcceptedUnconfirmed);
        QVERIFY(!settlement.record().reason.isEmpty());
        // A record is a proof of its own.
        auto recorded = settlementOf(recordIn(CancelStage::Accepted));
        answerTo(recorded, end + 10min, {Deals{deal(Deal::Cancellation)}, Past{}, enough}, ListExtent::Partial);
        QCOMPARE(recorded.record().stage, CancelStage::Canceled);
    }

    void fault5_whileTheCountExceedsTheListAbsenceProvesNothing()
    {
        auto short_ = settlementOf(recordIn(CancelStage::Accepted));
        answerTo(short_, end + 10min, {}, ListExtent::Uncounted, true);
        QCOMPARE(short_.record().stage, CancelStage::AcceptedUnconfirmed);
        auto whole = settlementOf(recordIn(CancelStage::Accepted));
        answerTo(whole, end + 10min, {}, ListExtent::Uncounted, false);
        QCOMPARE(whole.record().stage, CancelStage::Canceled);
        QCOMPARE(whole.record().settledBy, SettledBy::OpenList);
        // "Neither open" is a claim, too.
        auto doubt = settlementOf(recordIn(CancelStage::UnknownChecking));
        answerTo(doubt, end + 10min, {}, ListExtent::Uncounted, true);
        QCOMPARE(doubt.record().stage, CancelStage::UnknownUnresolved);
        QVERIFY(!doubt.record().reason.isEmpty());
    }

    void fault6_aListThatShowedTheOrderMustMissIt()
    {
        // By its words a limit order, and yet only the market orders list it.
        CancelRecord record = recordIn(CancelStage::UnknownChecking);
        record.listedBy = {execute};
        QCOMPARE(listsToSearch(record), (QList<ListSource>{plan, execute}));
        // A journal that doesn't tell: every list, and the conditional orders of the instrument.
        record.listedBy.clear();
        QCOMPARE(
            listsToSearch(record),
            (QList<ListSource>{plan, execute, {ListKind::StopProfitLoss, {}}, {ListKind::Trailing, {}}, triggerEth}));
        // What a look shows after that is kept as well.
        auto settlement = settlementOf(record);
        Order listed = record.order;
        settlement.listRead(look(execute, end + 10ms), &listed, end + 60ms);
        QCOMPARE(settlement.record().listedBy, QList<ListSource>{execute});
        QCOMPARE(settlement.record().listedAt, endUtc.addMSecs(10));
    }

    void fault7_aContradictionDuringTheLookUpIsHeard()
    {
        auto settlement = settlementOf(recordIn(CancelStage::Accepted));
        (void)settlement.take(end);
        settlement.listRead(look(plan, end), nullptr, end + 50ms);
        QVERIFY(settlement.take(end + 50ms).deals);
        Order listed = recordIn(CancelStage::Accepted).order;
        settlement.listRead(look(plan, end + 100ms), &listed, end + 150ms);
        // The records that were asked for before come all the same.
        settlement.dealsRead({deal(Deal::Cancellation)}, enough);
        settlement.historyRead({}, enough, end + 200ms);
        QCOMPARE(settlement.record().stage, CancelStage::Accepted);
        QVERIFY(!settlement.isDone());
    }

    /// Of many only the first look and the last one take the deals, and the lists are looked at anew before that.
    void oneOfManyReadsLess()
    {
        SettlementSchedule schedule;
        schedule.isOneOfMany = true;
        Settlement settlement(recordIn(CancelStage::Accepted, {}, OrderType::Trigger), {triggerEth, plan},
                              {sentAt, end, {end, endUtc, 1000ms}}, schedule);
        QStringList reads;
        while (!settlement.isDone()) {
            TimePoint now = settlement.nextMoment();
            const auto after = std::chrono::duration_cast<std::chrono::milliseconds>(now - end).count();
            QStringList round{QString::number(after)};
            for (auto wanted = settlement.take(now); !wanted.isEmpty(); wanted = settlement.take(now)) {
                for (const ListSource &source : std::as_const(wanted.lists)) {
                    round.append(source.kind == ListKind::Plan ? u"plan"_s : u"trigger"_s);
                    settlement.listRead(look(source, now, ListExtent::Uncounted), nullptr, now + 50ms);
                    now += 50ms;
                }
                QVERIFY(!wanted.count);
                if (wanted.deals) {
                    round.append(u"deals"_s);
                    settlement.dealsRead({}, enough);
                    // The count that the look at all lists brings anyway.
                    if (after == 0)
                        settlement.countRead(now, false, now);
                }
                if (wanted.history) {
                    round.append(u"history"_s);
                    settlement.historyRead({}, enough, now);
                }
            }
            reads.append(round.join(u' '));
        }
        QCOMPARE(reads, (QStringList{u"0 trigger plan deals history"_s, u"1100 history"_s,
                                     u"2100 trigger plan history"_s, u"5100 deals history"_s}));
        QCOMPARE(settlement.record().stage, CancelStage::Canceled);
        QCOMPARE(settlement.record().settledBy, SettledBy::OpenList);
    }

    /// A count asked for before the order was missing everywhere says nothing, nor one before it was listed again.
    void onlyACountAfterAbsenceCounts()
    {
        for (const bool early : {true, false}) {
            Settlement settlement = settlementOf(recordIn(CancelStage::Accepted));
            if (early)
                settlement.countRead(end + 1ms, false, end + 20ms);
            QVERIFY(!settlement.take(end).lists.isEmpty());
            settlement.listRead(look(plan, end + 5ms, ListExtent::Uncounted), nullptr, end + 55ms);
            if (early)
                settlement.countRead(end + 50ms, false, end + 70ms);
            else
                settlement.countRead(end + 60ms, false, end + 80ms);
            bool asked = false;
            for (TimePoint now = end + 90ms; !settlement.isDone() && now <= end + 60s;
                 now = settlement.nextMoment()) {
                for (auto wanted = settlement.take(now); !wanted.isEmpty(); wanted = settlement.take(now)) {
                    for (const ListSource &source : std::as_const(wanted.lists))
                        settlement.listRead(look(source, now, ListExtent::Uncounted), nullptr, now + 50ms);
                    if (wanted.deals)
                        settlement.dealsRead({}, enough);
                    if (wanted.history)
                        settlement.historyRead({}, enough, now);
                    if (wanted.count)
                        settlement.countRead(now + 100ms, false, now + 150ms);
                    asked = asked || wanted.count;
                }
            }
            QVERIFY(settlement.isDone());
            QCOMPARE(asked, early);
        }
    }

    void fault8_recordsMayComeLate()
    {
        auto settlement = settlementOf(recordIn(CancelStage::Accepted));
        answerAll(settlement, end, {});
        QCOMPARE(settlement.record().stage, CancelStage::Accepted);
        // Looked at again 1, 2 and 5 s after the order was seen to be gone.
        const TimePoint gone = end + 50ms;
        QCOMPARE(settlement.nextMoment(), gone + 1s);
        answerAll(settlement, gone + 1s, {});
        QCOMPARE(settlement.nextMoment(), gone + 2s);
        answerAll(settlement, gone + 2s, {Deals{deal(Deal::Execution)}, Past{past(Ended::Finished, 5, 0)}, enough});
        QCOMPARE(settlement.record().stage, CancelStage::FilledThoughAccepted);

        auto nothing = settlementOf(recordIn(CancelStage::Accepted));
        answerAll(nothing, end, {});
        answerAll(nothing, gone + 1s, {});
        answerAll(nothing, gone + 2s, {});
        QCOMPARE(nothing.record().stage, CancelStage::Accepted);
        QCOMPARE(nothing.nextMoment(), gone + 5s);
        answerAll(nothing, gone + 5s, {});
        QCOMPARE(nothing.record().stage, CancelStage::Canceled);
        QCOMPARE(nothing.record().settledBy, SettledBy::OpenList);

        // With a record of the cancellation there is nothing to wait for.
        auto recorded = settlementOf(recordIn(CancelStage::Accepted));
        answerAll(recorded, end, {Deals{deal(Deal::Cancellation)}, Past{}, enough});
        QCOMPARE(recorded.record().stage, CancelStage::Canceled);
    }

    void fault9_aTrailingOrderIsFoundByItsPosition()
    {
        CancelRecord record = recordIn(CancelStage::UnknownChecking, {}, OrderType::TrailingStop);
        record.order.positionId = u"2435521222600000004"_s;
        DealRecord row = deal(Deal::Cancellation);
        row.orderId = u"20865172723900001"_s;
        row.positionId = record.order.positionId;
        row.originalType = u"moveStopProfitLoss"_s;
        const ListSource trailing{ListKind::Trailing, {}};
        auto settlement = settlementOf(record, {trailing});
        answerTo(settlement, end + 10min, {Deals{row}, Past{}, enough});
        QCOMPARE(settlement.record().stage, CancelStage::UnknownCanceled);
        // Of another position, of another kind, or before the request.
        DealRecord elsewhere = row;
        elsewhere.positionId = u"1"_s;
        DealRecord kind = row;
        kind.originalType = u"plan"_s;
        DealRecord earlier = row;
        earlier.updatedAt = sentAt.addSecs(-2);
        auto others = settlementOf(record, {trailing});
        answerTo(others, end + 10min, {Deals{elsewhere, kind, earlier}, Past{}, enough});
        QCOMPARE(others.record().stage, CancelStage::UnknownUnresolved);
    }

    void fault10_aCancelOfTheSameSecondIsOurs_data()
    {
        QTest::addColumn<int>("offsetMs");
        QTest::addColumn<CancelStage>("stage");
        QTest::newRow("the second we sent in") << 0 << CancelStage::Canceled;
        QTest::newRow("the clock's error before") << -1000 << CancelStage::Canceled;
        QTest::newRow("earlier") << -2000 << CancelStage::GoneCanceledEarlier;
        QTest::newRow("later") << 3000 << CancelStage::Canceled;
    }

    void fault10_aCancelOfTheSameSecondIsOurs()
    {
        QFETCH(int, offsetMs);
        QFETCH(CancelStage, stage);
        const CancelRecord record = recordIn(CancelStage::GoneLookingUp);
        // Sent 700 ms into a second; the record names the second only.
        Settlement settlement(record, {plan}, {sentAt.addMSecs(700), end, {end, endUtc.addMSecs(700), 1000ms}}, {});
        answerTo(settlement, end + 10min,
                 {Deals{deal(Deal::Cancellation, sentAt.addMSecs(offsetMs))}, Past{}, enough});
        QCOMPARE(settlement.record().stage, stage);
    }

    void fault11_aRefusedListEndsInWordsAndInBoundedReads_data()
    {
        QTest::addColumn<CancelStage>("before");
        QTest::addColumn<CancelStage>("after");
        QTest::newRow("accepted") << CancelStage::Accepted << CancelStage::AcceptedUnconfirmed;
        // What the list showed to an earlier run is not seen by this one.
        QTest::newRow("listed when the program ended")
            << CancelStage::AcceptedStillListed << CancelStage::AcceptedUnconfirmed;
        QTest::newRow("gone") << CancelStage::GoneLookingUp << CancelStage::GoneNoRecord;
        QTest::newRow("unknown") << CancelStage::UnknownChecking << CancelStage::UnknownUnresolved;
    }

    void fault11_aRefusedListEndsInWordsAndInBoundedReads()
    {
        QFETCH(CancelStage, before);
        QFETCH(CancelStage, after);
        for (const bool refused : {true, false}) {
            auto settlement = settlementOf(recordIn(before, 0, OrderType::Trigger), {triggerEth, plan});
            int reads = 0;
            bool recordsAsked = false;
            const auto run = [&] {
                for (int step = 0; step < 10000 && settlement.nextMoment() < TimePoint::max(); ++step) {
                    const TimePoint now = settlement.nextMoment();
                    for (auto wanted = settlement.take(now); !wanted.isEmpty(); wanted = settlement.take(now)) {
                        reads += int(wanted.lists.size()) + (wanted.deals ? 1 : 0) + (wanted.history ? 1 : 0);
                        for (const ListSource &source : std::as_const(wanted.lists)) {
                            if (source == triggerEth)
                                settlement.listFailed(source, {u"the list is refused"_s, refused}, now);
                            else
                                settlement.listRead(look(source, now), nullptr, now + 50ms);
                        }
                        recordsAsked = recordsAsked || wanted.deals;
                        if (wanted.deals)
                            settlement.dealsRead({}, enough);
                        if (wanted.history)
                            settlement.historyRead({}, enough, now);
                    }
                }
            };
            run();
            QCOMPARE(settlement.record().stage, after);
            QCOMPARE(settlement.record().reason, u"the list is refused"_s);
            QCOMPARE(recordsAsked, refused);
            QVERIFY(!isUnderWay(settlement.record().stage));
            QVERIFY2(reads <= 44, qPrintable(QString::number(reads)));
            // Checking begins anew.
            const int before_ = reads;
            settlement.checkNow(end + 2h);
            QCOMPARE(settlement.nextMoment(), end + 2h);
            run();
            QVERIFY(reads > before_ && reads <= before_ + 44);
        }
    }

    void fault11_checkingWorksInEveryStep()
    {
        auto settlement = settlementOf(recordIn(CancelStage::UnknownChecking));
        settlement.checkNow(end + 10ms);
        QCOMPARE(settlement.nextMoment(), end + 10ms);
        QCOMPARE(settlement.take(end + 10ms).lists, QList<ListSource>{plan});
        // In the middle of a round: another one follows at once.
        settlement.checkNow(end + 20ms);
        settlement.listRead(look(plan, end + 20ms), nullptr, end + 70ms);
        QVERIFY(settlement.take(end + 70ms).deals);
        settlement.checkNow(end + 80ms);
        settlement.dealsRead({}, enough);
        QVERIFY(settlement.take(end + 80ms).history);
        settlement.historyRead({}, enough, end + 90ms);
        QCOMPARE(settlement.nextMoment(), end + 90ms);
        // A read that never ends is given up.
        (void)settlement.take(end + 90ms);
        QVERIFY(settlement.nextMoment() < TimePoint::max());
        const TimePoint lost = end + 90ms + SettlementSchedule().readPatience;
        QCOMPARE(settlement.nextMoment(), lost);
        QCOMPARE(settlement.take(lost).lists, QList<ListSource>{plan});
    }

    // The way of a cancel
    // ----------------------------------------------------------------------------------------------

    void acceptedNeedsAbsenceAndRecords()
    {
        auto settlement = settlementOf(recordIn(CancelStage::Accepted));
        QCOMPARE(settlement.take(end).lists, QList<ListSource>{plan});
        // Each read is told once.
        QVERIFY(settlement.take(end).isEmpty());
        settlement.listRead(look(plan, end + 10ms), nullptr, end + 60ms);
        QCOMPARE(settlement.record().stage, CancelStage::Accepted);
        QVERIFY(settlement.take(end + 60ms).deals);
        settlement.dealsRead({deal(Deal::Cancellation)}, enough);
        QVERIFY(settlement.take(end + 60ms).history);
        settlement.historyRead({}, enough, end + 120ms);
        QCOMPARE(settlement.record().stage, CancelStage::Canceled);
        QCOMPARE(settlement.record().settledBy, SettledBy::Deals);
        QVERIFY(settlement.isDone());
        QCOMPARE(settlement.record().evidence,
                 (QStringList{u"list plan begun 10 ms after the request ended: whole, not listed"_s,
                              u"deals, 1 pages: cancellation"_s, u"history, 1 pages: no row"_s,
                              u"last listed with 0 filled"_s}));
    }

    void aReadBegunBeforeTheAnswerProvesNothing()
    {
        auto settlement = settlementOf(recordIn(CancelStage::Accepted));
        (void)settlement.take(end);
        settlement.listRead(look(plan, end - 1ms), nullptr, end + 40ms);
        QVERIFY(settlement.take(end + 40ms).isEmpty());
        QCOMPARE(settlement.record().stage, CancelStage::Accepted);
    }

    void whatCannotFillNeedsNoRecord()
    {
        const ListSource stops{ListKind::StopProfitLoss, {}};
        auto settlement = settlementOf(recordIn(CancelStage::Accepted, {}, OrderType::StopLoss), {stops});
        answerTo(settlement, end + 10min, {});
        QCOMPARE(settlement.record().stage, CancelStage::Canceled);
        auto conditional = settlementOf(recordIn(CancelStage::Accepted, {}, OrderType::Trigger), {triggerEth, plan});
        answerTo(conditional, end + 10min, {});
        QCOMPARE(conditional.record().stage, CancelStage::Canceled);
    }

    void stillListedAfterFiveSecondsIsSaidAndWatched()
    {
        auto settlement = settlementOf(recordIn(CancelStage::Accepted));
        const Order listed = recordIn(CancelStage::Accepted).order;
        for (const auto offset : {0ms, 1000ms, 2000ms, 5000ms}) {
            QCOMPARE(settlement.nextMoment(), end + offset);
            QCOMPARE(settlement.take(end + offset).lists, QList<ListSource>{plan});
            settlement.listRead(look(plan, end + offset), &listed, end + offset + 50ms);
            QCOMPARE(settlement.record().stage,
                     offset < 5000ms ? CancelStage::Accepted : CancelStage::AcceptedStillListed);
        }
        // A later read on the feed's own beat that misses it leads to its end.
        settlement.listRead(look(plan, end + 7s), nullptr, end + 7s);
        answerTo(settlement, end + 7s + 50ms, {Deals{deal(Deal::Cancellation)}, Past{}, enough});
        QCOMPARE(settlement.record().stage, CancelStage::AcceptedStillListed);
        answerAll(settlement, end + 7s, {Deals{deal(Deal::Cancellation)}, Past{}, enough});
        QCOMPARE(settlement.record().stage, CancelStage::Canceled);
    }

    void unreadableListsLeaveItUnconfirmedAfterAMinute()
    {
        auto settlement = settlementOf(recordIn(CancelStage::Accepted));
        TimePoint now = end;
        while (now < end + 60s) {
            QCOMPARE(settlement.record().stage, CancelStage::Accepted);
            now = settlement.nextMoment();
            QCOMPARE(settlement.take(now).lists, QList<ListSource>{plan});
            now += 500ms;
            settlement.listFailed(plan, {u"server error 503"_s, false}, now);
        }
        QCOMPARE(settlement.record().stage, CancelStage::AcceptedUnconfirmed);
        QCOMPARE(settlement.record().reason, u"server error 503"_s);
        answerTo(settlement, now + 10s, {Deals{deal(Deal::Cancellation)}, Past{}, enough});
        QCOMPARE(settlement.record().stage, CancelStage::Canceled);
        QCOMPARE(settlement.record().reason, QString());
    }

    void listedTwiceTwoSecondsApartIsStillOpen()
    {
        auto settlement = settlementOf(recordIn(CancelStage::UnknownChecking));
        const Order listed = recordIn(CancelStage::Accepted).order;
        for (const auto offset : {500ms, 1000ms, 2000ms}) {
            QCOMPARE(settlement.take(end + offset).lists, QList<ListSource>{plan});
            settlement.listRead(look(plan, end + offset), &listed, end + offset + 20ms);
            QCOMPARE(settlement.record().stage, CancelStage::UnknownChecking);
        }
        settlement.listRead(look(plan, end + 2500ms), &listed, end + 2520ms);
        QCOMPARE(settlement.record().stage, CancelStage::UnknownStillOpen);
    }

    void doubtOutcomes_data()
    {
        QTest::addColumn<CancelStage>("before");
        QTest::addColumn<Deals>("deals");
        QTest::addColumn<Past>("history");
        QTest::addColumn<CancelStage>("after");
        QTest::addColumn<QString>("filled");
        using S = CancelStage;
        const QString none;
        const Deals canceled{deal(Deal::Cancellation)};
        const Deals traded{deal(Deal::Execution), deal(Deal::Cancellation)};
        QTest::newRow("unknown, canceled")
            << S::UnknownChecking << canceled << Past{} << S::UnknownCanceled << u"0"_s;
        QTest::newRow("unknown, canceled after a fill")
            << S::UnknownChecking << traded << Past{past(Ended::Canceled, 2, 3)} << S::UnknownCanceled << u"2"_s;
        QTest::newRow("unknown, canceled, fill not known")
            << S::UnknownChecking << traded << Past{} << S::UnknownCanceled << none;
        QTest::newRow("unknown, filled")
            << S::UnknownChecking << Deals{} << Past{past(Ended::Finished, 5, 0)} << S::UnknownFilled << u"5"_s;
        QTest::newRow("gone, filled") << S::GoneLookingUp << Deals{deal(Deal::Execution)}
                                      << Past{past(Ended::Finished, 5, 0)} << S::GoneFilled << u"5"_s;
        QTest::newRow("gone, canceled before")
            << S::GoneLookingUp << Deals{deal(Deal::Cancellation, sentAt.addSecs(-20))} << Past{}
            << S::GoneCanceledEarlier << none;
        QTest::newRow("gone, canceled by us") << S::GoneLookingUp << canceled << Past{} << S::Canceled << u"0"_s;
        QTest::newRow("gone, canceled by us in part")
            << S::GoneLookingUp << traded << Past{past(Ended::Canceled, 2, 3)} << S::CanceledAfterPartFill << u"2"_s;
        QTest::newRow("gone, canceled by us, fill not known")
            << S::GoneLookingUp << traded << Past{} << S::CanceledFillUnknown << none;
        QTest::newRow("gone, canceled at a time unknown")
            << S::GoneLookingUp << Deals{deal(Deal::Cancellation, {})} << Past{} << S::Canceled << u"0"_s;
        QTest::newRow("gone, trades only")
            << S::GoneLookingUp << Deals{deal(Deal::Execution)} << Past{} << S::GoneNoRecord << none;
    }

    void doubtOutcomes()
    {
        QFETCH(CancelStage, before);
        QFETCH(Deals, deals);
        QFETCH(Past, history);
        QFETCH(CancelStage, after);
        QFETCH(QString, filled);
        auto settlement = settlementOf(recordIn(before));
        QVERIFY(settlement.take(end).isEmpty());
        QCOMPARE(settlement.nextMoment(), end + 500ms);
        answerTo(settlement, end + 10min, {deals, history, enough});
        const CancelRecord &record = settlement.record();
        QCOMPARE(record.stage, after);
        QCOMPARE(record.filledQuantity ? record.filledQuantity->toText() : QString(), filled);
        if (after == CancelStage::GoneFilled)
            QCOMPARE(record.averagePrice->toText(), u"64210"_s);
        if (after == CancelStage::GoneNoRecord)
            QVERIFY(!record.reason.isEmpty());
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
            QCOMPARE(settlement.nextMoment(), end + offset);
            QCOMPARE(settlement.record().stage, before);
            answerAll(settlement, end + offset, {});
        }
        QCOMPARE(settlement.record().stage, after);
        QCOMPARE(settlement.record().reason, QString());
        QVERIFY(!settlement.record().recordsBackTo.isValid());
        QCOMPARE(settlement.nextMoment(), TimePoint::max());

        settlement.checkNow(end + 2h);
        QCOMPARE(settlement.record().stage, before);
        answerAll(settlement, end + 2h, {Deals{deal(Deal::Cancellation)}, Past{}, enough});
        QVERIFY(isFinal(settlement.record().stage));
    }

    void checkingNowDoesNotEndTheRoundsEarly()
    {
        auto settlement = settlementOf(recordIn(CancelStage::UnknownChecking));
        TimePoint now = end + 600ms;
        for (int i = 0; i < 10; ++i, now += 100ms) {
            settlement.checkNow(now);
            answerAll(settlement, now, {});
        }
        QCOMPARE(settlement.record().stage, CancelStage::UnknownChecking);
        QVERIFY(settlement.nextMoment() > now);
    }
};

QTEST_GUILESS_MAIN(SettlementTest)
#include "tst_settlement.moc"
