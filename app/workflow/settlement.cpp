#include "workflow/settlement.h"

#include "workflow/orderbook.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace countermand {

namespace {

/// Lists, deals, history and count, at each of the looks after absence.
constexpr int readsForAnEnd = 12;

struct SettlementText {
    Q_DECLARE_TR_FUNCTIONS(countermand::Settlement)
};

QString nameOf(const ListSource &source)
{
    switch (source.kind) {
    case ListKind::Plan:
        return u"plan"_s;
    case ListKind::Execute:
        return u"execute"_s;
    case ListKind::StopProfitLoss:
        return u"stopProfitLoss"_s;
    case ListKind::Trailing:
        return u"trailing"_s;
    case ListKind::Trigger:
        break;
    }
    return u"planTrigger %1"_s.arg(source.instrument);
}

QString nameOf(ListExtent extent)
{
    switch (extent) {
    case ListExtent::Whole:
        return u"whole"_s;
    case ListExtent::Partial:
        return u"in part"_s;
    case ListExtent::Uncounted:
        break;
    }
    return u"uncounted"_s;
}

} // namespace

QDateTime ExchangeTime::wholeSecond(const QDateTime &moment)
{
    return moment.isValid() ? moment.addMSecs(-(moment.toMSecsSinceEpoch() % 1000)) : moment;
}

QDateTime ExchangeTime::of(TimePoint moment) const
{
    return utc.addMSecs(std::chrono::duration_cast<std::chrono::milliseconds>(moment - at).count());
}

QDateTime ExchangeTime::earliestSecond(const QDateTime &moment) const
{
    return moment.isValid() ? wholeSecond(moment.addMSecs(-error.count())) : moment;
}

QList<ListSource> listsToSearch(const CancelRecord &record)
{
    QList<ListSource> lists = listsOf(record.order);
    QList<ListSource> others = record.listedBy;
    if (others.isEmpty()) {
        others = {{ListKind::Plan, {}},
                  {ListKind::Execute, {}},
                  {ListKind::StopProfitLoss, {}},
                  {ListKind::Trailing, {}},
                  {ListKind::Trigger, record.order.instrument}};
    }
    for (const ListSource &source : std::as_const(others)) {
        if (!lists.contains(source))
            lists.append(source);
    }
    return lists;
}

void noteListings(CancelRecord &record, const OrderBook &book, const ExchangeTime &clock)
{
    const auto sources = book.sourcesOf(record.order.id);
    for (const ListSource &source : sources) {
        if (book.listedIn(source, record.order.id) && !record.listedBy.contains(source))
            record.listedBy.append(source);
    }
    const auto at = book.lastListedAt(record.order.id);
    const Order *listed = book.find(record.order.id);
    if (!at || !listed || (record.listedAt.isValid() && clock.of(*at) < record.listedAt))
        return;
    record.listedAt = clock.of(*at);
    record.listedFilled = listed->filledQuantity;
}

Settlement::Settlement(const CancelRecord &record, const QList<ListSource> &lists, const RequestTimes &times,
                       const SettlementSchedule &schedule)
    : m_record(record),
      m_times(times),
      m_schedule(schedule),
      m_lastListed(record.order),
      m_proof(lists, times.endedAt),
      m_roundBegunAt(times.endedAt),
      m_calmAt(times.endedAt)
{
    if (record.listedAt.isValid())
        m_lastListed.filledQuantity = record.listedFilled;
    m_record.evidence.clear();
    m_record.reason.clear();
    m_record.recordsBackTo = {};
    switch (record.stage) {
    case CancelStage::Accepted:
    case CancelStage::AcceptedStillListed:
    case CancelStage::AcceptedUnconfirmed:
        m_doubt = Doubt::Accepted;
        break;
    case CancelStage::GoneLookingUp:
    case CancelStage::GoneNoRecord:
        m_doubt = Doubt::AlreadyClosed;
        m_record.stage = CancelStage::GoneLookingUp;
        break;
    case CancelStage::Waiting:
    case CancelStage::Sending:
    case CancelStage::UnknownChecking:
    case CancelStage::UnknownUnresolved:
        m_record.stage = CancelStage::UnknownChecking;
        break;
    case CancelStage::Canceled:
    case CancelStage::CanceledAfterPartFill:
    case CancelStage::CanceledFillUnknown:
    case CancelStage::FilledThoughAccepted:
    case CancelStage::GoneFilled:
    case CancelStage::GoneCanceledEarlier:
    case CancelStage::Rejected:
    case CancelStage::NotSent:
    case CancelStage::UnknownCanceled:
    case CancelStage::UnknownFilled:
    case CancelStage::UnknownStillOpen:
    case CancelStage::CorrectedFilled:
    case CancelStage::CorrectedPartFill:
    case CancelStage::CorrectedFillUnknown:
    case CancelStage::CorrectedStillOpen:
        m_step = Step::Done;
        break;
    }
    const auto &rounds = m_doubt == Doubt::Accepted ? m_schedule.acceptedRounds : m_schedule.doubtRounds;
    m_nextRoundAt = m_times.endedAt + rounds.value(0);
}

WantedReads Settlement::take(TimePoint now)
{
    if (m_step != Step::Wait && m_step != Step::Done && (m_asked || !m_askedLists.isEmpty()) &&
        now - m_askedAt >= m_schedule.readPatience) {
        const ReadFailure lost{SettlementText::tr("no answer in time"), false};
        const auto lists = std::exchange(m_askedLists, {});
        m_failedLists += lists;
        fail(lost);
        m_asked = false;
        endRound(now);
    }
    if (m_step == Step::Wait && now >= m_nextRoundAt)
        beginRound(now);

    WantedReads wanted;
    if (m_step == Step::Lists) {
        const auto due = m_proof.wanted(m_roundBegunAt, m_failedLists);
        for (const ListSource &source : due) {
            if (m_askedLists.contains(source))
                continue;
            m_askedLists.insert(source);
            wanted.lists.append(source);
        }
        m_readsThisRound += int(wanted.lists.size());
        m_reads += int(wanted.lists.size());
    } else if (m_step == Step::Deals || m_step == Step::History || m_step == Step::Count) {
        if (std::exchange(m_asked, true))
            return {};
        if (m_step == Step::Deals)
            wanted.deals = bounds();
        else if (m_step == Step::History)
            wanted.history = bounds();
        else
            wanted.count = true;
    }
    if (!wanted.isEmpty())
        m_askedAt = now;
    return wanted;
}

TimePoint Settlement::nextMoment() const
{
    switch (m_step) {
    case Step::Done:
        break;
    case Step::Wait:
        return m_nextRoundAt;
    case Step::Lists:
    case Step::Deals:
    case Step::History:
    case Step::Count:
        return m_askedAt + m_schedule.readPatience;
    }
    return TimePoint::max();
}

RecordBounds Settlement::bounds() const
{
    return {m_record.order.id, m_times.clock.earliestSecond(m_record.listedAt),
            ExchangeTime::wholeSecond(m_record.order.placedAt)};
}

void Settlement::beginRound(TimePoint now)
{
    m_roundBegunAt = now;
    m_failedLists.clear();
    m_refusedLists.clear();
    m_askedLists.clear();
    m_trouble.clear();
    m_readsThisRound = 0;
    m_deals = {};
    m_history = {};
    m_rows = {};
    if (needsNewLook(now))
        enter(Step::Lists);
    else
        enter(needsDeals() ? Step::Deals : Step::History);
    m_askedAt = now;
    if (m_step == Step::Lists)
        goOn(now);
}

/// Absence stays proven; between the proof and the last word only records can bring news. Before that the lists are
/// looked at once more.
bool Settlement::needsNewLook(TimePoint now) const
{
    if (!isLate())
        return true;
    const TimePoint from = *m_provenAt + m_schedule.lateRounds.value(m_schedule.isOneOfMany ? 1 : 2);
    return now >= from && !(m_schedule.isOneOfMany && m_proof.wanted(from, {}).isEmpty());
}

/// Only the first look and the last one take the deals of one of many.
bool Settlement::needsDeals() const
{
    return !m_schedule.isOneOfMany || !isLate() || *m_provenAt >= m_roundBegunAt || lateIsOver() || !canGoOn();
}

void Settlement::enter(Step step)
{
    m_step = step;
    m_asked = false;
}

void Settlement::noteListed(const Order &order, TimePoint begunAt, const ListSource &source)
{
    if (!m_record.listedBy.contains(source))
        m_record.listedBy.append(source);
    const QDateTime at = m_times.clock.of(begunAt);
    if (m_record.listedAt.isValid() && at < m_record.listedAt)
        return;
    m_lastListed = order;
    m_record.listedAt = at;
    m_record.listedFilled = order.filledQuantity;
}

void Settlement::listRead(const ListLook &look, const Order *listedAs, TimePoint now)
{
    if (m_step == Step::Done)
        return;
    if (look.begunAt >= m_roundBegunAt)
        m_askedLists.remove(look.source);
    if (listedAs)
        noteListed(*listedAs, look.begunAt, look.source);
    if (look.begunAt < m_times.endedAt)
        return;
    m_proof.add(look, listedAs != nullptr);

    if (listedAs) {
        m_provenAt.reset();
        m_countExceeds.reset();
        if (!m_firstListedAt)
            m_firstListedAt = look.begunAt;
        if (m_doubt == Doubt::Accepted) {
            if (now - m_times.endedAt >= m_schedule.stillListedAfter)
                m_record.stage = CancelStage::AcceptedStillListed;
        } else if (look.begunAt - *m_firstListedAt >= m_schedule.listedTwiceApart) {
            noteEvidence({});
            settle(CancelStage::UnknownStillOpen, SettledBy::OpenList);
            return;
        }
        // Whatever was being looked up: the order is open.
        if (m_step != Step::Wait)
            endRound(now);
        return;
    }
    const bool proven = m_proof.holds();
    if (proven)
        m_firstListedAt.reset();
    if (proven && !m_provenAt) {
        m_provenAt = now;
        // After code 0 any later lists that miss the order will do; in doubt the rounds keep their pace.
        if (m_step == Step::Wait && m_doubt == Doubt::Accepted) {
            // One that was still listed for long has used up its reads; it gets a few for its end, once.
            if (!canGoOn() && !std::exchange(m_gotMore, true))
                m_reads = std::max(0, m_schedule.mostReads - readsForAnEnd);
            if (canGoOn()) {
                beginRound(now);
            } else {
                m_trouble = SettlementText::tr("it is listed no more, and the records were not read again");
                speakLastWord();
            }
            return;
        }
    }
    if (m_step == Step::Lists)
        goOn(now);
}

void Settlement::listFailed(const ListSource &source, const ReadFailure &failure, TimePoint now)
{
    if (m_step != Step::Lists || !m_askedLists.remove(source))
        return;
    m_failedLists.insert(source);
    if (failure.isRefused)
        m_refusedLists.insert(source);
    fail(failure);
    goOn(now);
}

void Settlement::goOn(TimePoint now)
{
    // A last look at the lists after late records is made anew.
    const bool enough = m_doubt == Doubt::Accepted && m_provenAt && *m_provenAt >= m_roundBegunAt;
    if (!enough && !(m_proof.wanted(m_roundBegunAt, m_failedLists).isEmpty() && m_askedLists.isEmpty()))
        return;
    listsEnded(now);
}

void Settlement::listsEnded(TimePoint now)
{
    m_askedLists.clear();
    if (m_provenAt) {
        enter(needsDeals() ? Step::Deals : Step::History);
        return;
    }
    bool blind = false;
    bool passing = false;
    for (const ListSource &source : m_proof.sources()) {
        const auto newest = m_proof.newest(source);
        if (m_failedLists.contains(source)) {
            (m_refusedLists.contains(source) ? blind : passing) = true;
        } else if (newest && newest->first.extent == ListExtent::Partial) {
            blind = true;
            m_trouble = SettlementText::tr("CoinW's list is not whole");
        }
    }
    // A list that can't say leaves the records; one that fails for the moment is asked again.
    if (blind && !passing)
        enter(Step::Deals);
    else
        endRound(now);
}

void Settlement::dealsRead(const QList<DealRecord> &rows, const RecordReach &reach)
{
    if (m_step != Step::Deals)
        return;
    m_reads += std::max(1, reach.pages);
    m_rows.deals = rows;
    m_deals = {Reading::Read, reach, {}};
    enter(Step::History);
}

void Settlement::dealsFailed(const ReadFailure &failure)
{
    if (m_step != Step::Deals)
        return;
    ++m_reads;
    m_deals = {failure.isRefused ? Reading::Refused : Reading::Failed, {}, failure.reason};
    fail(failure);
    enter(Step::History);
}

void Settlement::historyRead(const QList<HistoryRecord> &rows, const RecordReach &reach, TimePoint now)
{
    if (m_step != Step::History)
        return;
    m_reads += std::max(1, reach.pages);
    m_rows.history = rows;
    m_history = {Reading::Read, reach, {}};
    recordsEnded(now);
}

void Settlement::historyFailed(const ReadFailure &failure, TimePoint now)
{
    if (m_step != Step::History)
        return;
    ++m_reads;
    m_history = {failure.isRefused ? Reading::Refused : Reading::Failed, {}, failure.reason};
    fail(failure);
    recordsEnded(now);
}

OrderEnd Settlement::endSeen() const
{
    return endOf(m_lastListed, m_rows, m_times.clock.earliestSecond(m_times.sentAt));
}

void Settlement::recordsEnded(TimePoint now)
{
    const OrderEnd end = endSeen();
    const bool mayComeLate = !lateIsOver() && now - m_times.endedAt < m_schedule.unconfirmedAfter &&
                             m_history.reading != Reading::Refused && canGoOn();
    const bool open = end.canceled && !end.filledWhole && !filledInTheEnd(end) && mayComeLate;
    if (end.isKnown() && !open && settleFromRecords(end))
        return;
    const bool last = m_doubt != Doubt::Accepted && !m_schedule.doubtRounds.isEmpty() &&
                      m_roundBegunAt >= m_times.endedAt + m_schedule.doubtRounds.last();
    if (isLate())
        decideByAbsence(end, now);
    else if (last && m_provenAt && !m_proof.isCounted() && m_trouble.isEmpty())
        enter(Step::Count); // "not open" is a claim, too
    else
        endRound(now);
}

bool Settlement::lateIsOver() const
{
    const TimePoint from = m_provenAt.value_or(m_times.endedAt);
    return m_schedule.lateRounds.isEmpty() || m_roundBegunAt >= from + m_schedule.lateRounds.last();
}

bool Settlement::canGoOn() const
{
    return m_reads < m_schedule.mostReads;
}

bool Settlement::fillsOnlyAfterTriggering() const
{
    switch (m_lastListed.type) {
    case OrderType::TrailingStop:
    case OrderType::TakeProfit:
    case OrderType::StopLoss:
    case OrderType::TakeProfitStopLoss:
        return true;
    case OrderType::Limit:
    case OrderType::Market:
    case OrderType::Trigger:
    case OrderType::Other:
        break;
    }
    return false;
}

std::optional<Decimal> Settlement::filledInTheEnd(const OrderEnd &end) const
{
    if (end.filledQuantity)
        return end.filledQuantity;
    if (end.executed)
        return {};
    if (fillsOnlyAfterTriggering())
        return Decimal();
    const bool nothingThen = m_lastListed.type == OrderType::Trigger || showsNothingFilled(m_lastListed);
    const bool nothingSince =
        m_deals.reading == Reading::Read && m_deals.reach.isEnough && (end.canceled || lateIsOver());
    return nothingThen && nothingSince ? std::optional(Decimal()) : std::nullopt;
}

bool Settlement::settleFromRecords(const OrderEnd &end)
{
    const auto by = end.filledQuantity ? SettledBy::History : SettledBy::Deals;
    switch (m_doubt) {
    case Doubt::Accepted:
        if (end.filledWhole) {
            noteEvidence(end);
            settle(CancelStage::FilledThoughAccepted, by);
        } else {
            settleCanceled(end, by);
        }
        return true;
    case Doubt::AlreadyClosed: {
        // Whole seconds, and our clock may be off: what could be ours is not called another's.
        const QDateTime sent = m_times.clock.earliestSecond(m_times.sentAt);
        const bool earlier = sent.isValid() && end.canceledAt.isValid() && end.canceledAt < sent;
        if (end.filledWhole || earlier) {
            noteEvidence(end);
            settle(end.filledWhole ? CancelStage::GoneFilled : CancelStage::GoneCanceledEarlier, by);
        } else {
            settleCanceled(end, by);
        }
        return true;
    }
    case Doubt::Unknown:
        noteEvidence(end);
        if (!end.filledWhole)
            m_record.filledQuantity = filledInTheEnd(end);
        settle(end.filledWhole ? CancelStage::UnknownFilled : CancelStage::UnknownCanceled, by);
        return true;
    }
    return false;
}

void Settlement::decideByAbsence(const OrderEnd &end, TimePoint now)
{
    const bool known = filledInTheEnd(end).has_value();
    const bool passing =
        m_deals.reading == Reading::Failed || (!known && m_history.reading == Reading::Failed && !end.canceled);
    const bool patient = now - m_times.endedAt < m_schedule.unconfirmedAfter && canGoOn();
    if ((!lateIsOver() && canGoOn()) || (passing && patient)) {
        endRound(now);
        return;
    }
    if (!m_proof.isCounted() && !end.canceled && m_countExceeds.value_or(true)) {
        enter(Step::Count);
        return;
    }
    settleByAbsence(end);
}

void Settlement::countRead(TimePoint begunAt, bool exceedsList, TimePoint now)
{
    if (m_step == Step::Done || !m_provenAt || begunAt < m_proof.endedAt())
        return;
    m_countExceeds = exceedsList;
    if (m_step != Step::Count)
        return;
    ++m_reads;
    if (!exceedsList && m_doubt == Doubt::Accepted) {
        settleByAbsence(endSeen());
        return;
    }
    if (exceedsList)
        m_trouble = SettlementText::tr("CoinW counts more open orders than it lists");
    endRound(now);
}

void Settlement::countFailed(const ReadFailure &failure, TimePoint now)
{
    if (m_step != Step::Count)
        return;
    ++m_reads;
    fail(failure);
    endRound(now);
}

void Settlement::settleByAbsence(const OrderEnd &end)
{
    settleCanceled(end, end.canceled ? SettledBy::Deals : SettledBy::OpenList);
}

void Settlement::settleCanceled(const OrderEnd &end, SettledBy by)
{
    noteEvidence(end);
    m_record.filledQuantity = filledInTheEnd(end);
    if (!m_record.filledQuantity) {
        m_record.filledAtLeast = end.filledAtLeast;
        const auto why = [](const Records &records) {
            return records.reading == Reading::Refused || records.reading == Reading::Failed;
        };
        if (why(m_history))
            m_record.reason = m_history.reason;
        else if (why(m_deals))
            m_record.reason = m_deals.reason;
        else if (m_deals.reading == Reading::Read && !m_deals.reach.isEnough)
            m_record.reason = SettlementText::tr("CoinW's records don't reach back far enough");
        else
            m_record.reason = SettlementText::tr("CoinW's records don't say");
        settle(CancelStage::CanceledFillUnknown, by);
        return;
    }
    m_record.reason.clear();
    settle(m_record.filledQuantity->isZero() ? CancelStage::Canceled : CancelStage::CanceledAfterPartFill, by);
}

void Settlement::noteEvidence(const OrderEnd &end)
{
    m_record.averagePrice = end.averagePrice;
    m_record.canceledAt = end.canceledAt;
    m_record.filledQuantity = end.filledQuantity;
    QStringList lines;
    for (const ListSource &source : m_proof.sources()) {
        const auto newest = m_proof.newest(source);
        if (!newest)
            continue;
        const auto after =
            std::chrono::duration_cast<std::chrono::milliseconds>(newest->first.begunAt - m_times.endedAt);
        lines.append(u"list %1 begun %2 ms after the request ended: %3, %4"_s.arg(
            nameOf(source), QString::number(after.count()), nameOf(newest->first.extent),
            newest->second ? u"listed"_s : u"not listed"_s));
    }
    const auto add = [&lines](const QString &name, const Records &records, const QString &found) {
        switch (records.reading) {
        case Reading::Not:
            break;
        case Reading::Read:
            lines.append(u"%1, %2 pages%3: %4"_s.arg(name, QString::number(records.reach.pages),
                                                     records.reach.isEnough ? QString() : u", not far enough"_s,
                                                     found));
            break;
        case Reading::Failed:
        case Reading::Refused:
            lines.append(u"%1: not read (%2)"_s.arg(name, records.reason));
            break;
        }
    };
    const OrderEnd byDeals = endOf(m_record.order, {m_rows.deals, {}}, m_times.clock.earliestSecond(m_times.sentAt));
    add(u"deals"_s, m_deals, !byDeals.found ? u"no row"_s : byDeals.canceled ? u"cancellation"_s : u"execution"_s);
    const bool inHistory = std::any_of(m_rows.history.cbegin(), m_rows.history.cend(),
                                       [this](const HistoryRecord &row) { return row.isOf(m_record.order.id); });
    add(u"history"_s, m_history,
        !inHistory           ? u"no row"_s
        : end.filledQuantity ? u"filled %1"_s.arg(end.filledQuantity->toText())
                             : u"a row without a last quantity"_s);
    if (m_countExceeds)
        lines.append(*m_countExceeds ? u"count: above the list"_s : u"count: not above the list"_s);
    if (m_record.listedFilled)
        lines.append(u"last listed with %1 filled"_s.arg(m_record.listedFilled->toText()));
    m_record.evidence = lines;
}

void Settlement::settle(CancelStage stage, SettledBy by)
{
    m_record.stage = stage;
    m_record.settledBy = by;
    m_step = Step::Done;
}

void Settlement::fail(const ReadFailure &failure)
{
    m_trouble = failure.reason;
}

void Settlement::endRound(TimePoint now)
{
    m_step = Step::Wait;
    m_asked = false;
    m_askedLists.clear();
    if (m_trouble.isEmpty())
        m_calmAt = now;
    m_reads += m_readsThisRound == 0 && m_deals.reading == Reading::Not ? 1 : 0;
    if (std::exchange(m_again, false)) {
        m_nextRoundAt = now;
        return;
    }
    if (!canGoOn()) {
        speakLastWord();
        m_nextRoundAt = TimePoint::max();
        return;
    }
    const bool accepted = m_doubt == Doubt::Accepted;
    const auto &rounds = isLate()   ? m_schedule.lateRounds
                         : accepted ? m_schedule.acceptedRounds
                                    : m_schedule.doubtRounds;
    const TimePoint from = isLate() ? *m_provenAt : m_times.endedAt;
    const auto next = std::find_if(rounds.cbegin(), rounds.cend(),
                                   [&](std::chrono::milliseconds offset) { return from + offset > now; });
    const bool over = now - m_times.endedAt >= m_schedule.unconfirmedAfter;
    if (next != rounds.cend()) {
        m_nextRoundAt = from + *next;
    } else if (!rounds.isEmpty() && m_roundBegunAt < from + rounds.last()) {
        // The round before took so long that it ran past the last one, which is still due.
        m_nextRoundAt = now;
    } else if (accepted) {
        m_nextRoundAt = now + m_schedule.afterRounds;
        if (now - m_calmAt >= m_schedule.unconfirmedAfter)
            speakLastWord();
    } else if (m_firstListedAt && !m_provenAt) {
        // Seen once: a second look tells whether it is open.
        m_nextRoundAt = std::max(now, *m_firstListedAt + m_schedule.listedTwiceApart);
    } else if (!m_trouble.isEmpty() && m_refusedLists.isEmpty()) {
        // "In no record" can't be said of records that could not be read.
        m_nextRoundAt = now + m_schedule.afterRounds;
        if (over)
            speakLastWord();
    } else {
        m_nextRoundAt = TimePoint::max();
        speakLastWord();
    }
}

void Settlement::speakLastWord()
{
    const OrderEnd end = endSeen();
    // What a list showed before the program ended is no look of this run.
    if (m_record.stage == CancelStage::AcceptedStillListed && !m_provenAt && m_firstListedAt)
        return;
    m_record.reason = m_trouble;
    if (m_record.reason.isEmpty() && !m_provenAt)
        m_record.reason = SettlementText::tr("not every look at the lists missed it");
    switch (m_doubt) {
    case Doubt::Accepted:
        if (m_provenAt && m_proof.isCounted()) {
            settleByAbsence(end);
            return;
        }
        m_record.stage = CancelStage::AcceptedUnconfirmed;
        if (m_record.reason.isEmpty())
            m_record.reason = SettlementText::tr("CoinW's records don't say");
        return;
    case Doubt::AlreadyClosed:
        m_record.stage = CancelStage::GoneNoRecord;
        break;
    case Doubt::Unknown:
        m_record.stage = CancelStage::UnknownUnresolved;
        break;
    }
    noteEvidence(end);
    m_record.filledAtLeast = end.filledAtLeast;
    if (m_record.reason.isEmpty() && end.found)
        m_record.reason = SettlementText::tr("its records show trades of the order, but not how it ended");
    m_record.recordsBackTo = {};
    for (const Records &records : {m_deals, m_history}) {
        if (records.reading != Reading::Read || records.reach.isEnough)
            continue;
        if (!records.reach.backTo.isValid() && m_record.reason.isEmpty())
            m_record.reason = SettlementText::tr("CoinW's records could not be read to their end");
        if (!m_record.recordsBackTo.isValid() || m_record.recordsBackTo < records.reach.backTo)
            m_record.recordsBackTo = records.reach.backTo;
    }
}

void Settlement::checkNow(TimePoint now)
{
    if (m_step == Step::Done)
        return;
    m_reads = 0;
    m_gotMore = false;
    if (m_record.stage == CancelStage::UnknownUnresolved)
        m_record.stage = CancelStage::UnknownChecking;
    if (m_record.stage == CancelStage::GoneNoRecord)
        m_record.stage = CancelStage::GoneLookingUp;
    if (m_step == Step::Wait)
        m_nextRoundAt = now;
    else
        m_again = true;
}

} // namespace countermand
