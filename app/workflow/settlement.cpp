#include "workflow/settlement.h"

#include "workflow/orderend.h"

#include <algorithm>

namespace countermand {

Settlement::Settlement(const CancelRecord &record, const QList<ListSource> &lists, const QDateTime &sentAt,
                       TimePoint endedAt, const SettlementSchedule &schedule)
    : m_record(record),
      m_lists(lists),
      m_sentAt(sentAt),
      m_endedAt(endedAt),
      m_schedule(schedule),
      m_roundBegunAt(endedAt),
      m_lastGoodAt(endedAt)
{
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
    case CancelStage::FilledThoughAccepted:
    case CancelStage::GoneFilled:
    case CancelStage::GoneCanceledEarlier:
    case CancelStage::Rejected:
    case CancelStage::NotSent:
    case CancelStage::UnknownCanceled:
    case CancelStage::UnknownFilled:
    case CancelStage::UnknownStillOpen:
        m_step = Step::Done;
        break;
    }
    const auto &rounds = m_doubt == Doubt::Accepted ? m_schedule.acceptedRounds : m_schedule.doubtRounds;
    m_nextRoundAt = m_endedAt + rounds.value(0);
}

Settlement::Step Settlement::step(TimePoint now)
{
    if (m_step == Step::Wait && now >= m_nextRoundAt) {
        m_step = Step::ReadLists;
        m_roundBegunAt = now;
        m_failedThisRound.clear();
        m_recordsFailed = false;
        m_found = {};
    }
    return m_step;
}

QList<ListSource> Settlement::listsToRead() const
{
    QList<ListSource> wanted;
    for (const ListSource &source : m_lists) {
        const auto look = m_looks.constFind(source);
        const bool seen = look != m_looks.cend() && look->begunAt >= m_roundBegunAt;
        if (!seen && !m_failedThisRound.contains(source))
            wanted.append(source);
    }
    return wanted;
}

bool Settlement::absentEverywhere() const
{
    return std::all_of(m_lists.cbegin(), m_lists.cend(), [this](const ListSource &source) {
        const auto look = m_looks.constFind(source);
        return look != m_looks.cend() && !look->listed;
    });
}

void Settlement::listRead(const ListSource &source, TimePoint begunAt, bool listed, TimePoint now)
{
    if (m_step == Step::Done || begunAt < m_endedAt || (!listed && !m_lists.contains(source)))
        return;
    m_looks.insert(source, {begunAt, listed});
    m_lastGoodAt = now;

    if (listed) {
        if (!m_firstListedAt)
            m_firstListedAt = begunAt;
        if (m_doubt == Doubt::Accepted) {
            if (now - m_endedAt >= m_schedule.stillListedAfter)
                m_record.stage = CancelStage::AcceptedStillListed;
        } else if (begunAt - *m_firstListedAt >= m_schedule.listedTwiceApart) {
            settle(CancelStage::UnknownStillOpen, SettledBy::OpenList);
            return;
        }
    } else if (absentEverywhere()) {
        m_firstListedAt.reset();
        // After code 0 any later list that misses the order will do; in doubt the rounds keep their pace.
        if (m_step == Step::ReadLists || (m_step == Step::Wait && m_doubt == Doubt::Accepted)) {
            m_found = {};
            m_step = Step::ReadDeals;
            return;
        }
    }
    if (m_step == Step::ReadLists && listsToRead().isEmpty())
        endRound(now);
}

void Settlement::listFailed(const ListSource &source, const QString &reason, TimePoint now)
{
    if (m_step == Step::Done || !m_lists.contains(source))
        return;
    m_failedThisRound.insert(source);
    noteFailure(reason, now);
    if (m_step == Step::ReadLists && listsToRead().isEmpty())
        endRound(now);
}

void Settlement::dealsRead(const QList<DealRecord> &records, TimePoint now)
{
    if (m_step != Step::ReadDeals)
        return;
    m_lastGoodAt = now;
    m_found.deals = records;
    // How much filled, and at what price, stands in the history only.
    const bool anyFilled = std::any_of(records.cbegin(), records.cend(), [this](const DealRecord &deal) {
        return deal.isOf(m_record.order.id) && deal.kind == DealRecord::Kind::Execution;
    });
    if (anyFilled || !settleFromRecords(SettledBy::Deals))
        m_step = Step::ReadHistory;
}

void Settlement::historyRead(const QList<HistoryRecord> &records, TimePoint now)
{
    if (m_step != Step::ReadHistory)
        return;
    m_lastGoodAt = now;
    const bool knownFromDeals = std::any_of(m_found.deals.cbegin(), m_found.deals.cend(),
                                            [this](const DealRecord &deal) { return deal.isOf(m_record.order.id); });
    m_found.history = records;
    if (!settleFromRecords(knownFromDeals ? SettledBy::Deals : SettledBy::History))
        endRound(now);
}

void Settlement::recordsFailed(const QString &reason, TimePoint now)
{
    if (m_step != Step::ReadDeals && m_step != Step::ReadHistory)
        return;
    m_recordsFailed = true;
    noteFailure(reason, now);
    endRound(now);
}

void Settlement::checkNow(TimePoint now)
{
    if (m_step == Step::Done)
        return;
    if (m_record.stage == CancelStage::UnknownUnresolved)
        m_record.stage = CancelStage::UnknownChecking;
    if (m_record.stage == CancelStage::GoneNoRecord)
        m_record.stage = CancelStage::GoneLookingUp;
    if (m_step == Step::Wait)
        m_nextRoundAt = now;
}

void Settlement::noteFailure(const QString &reason, TimePoint now)
{
    // Lists that come and a record that doesn't leave the cancel just as unconfirmed.
    const TimePoint since = m_step == Step::ReadDeals ? m_endedAt : m_lastGoodAt;
    if (m_doubt == Doubt::Accepted && now - since >= m_schedule.unconfirmedAfter) {
        m_record.stage = CancelStage::AcceptedUnconfirmed;
        m_record.reason = reason;
    }
}

void Settlement::endRound(TimePoint now)
{
    m_step = Step::Wait;
    const auto &rounds = m_doubt == Doubt::Accepted ? m_schedule.acceptedRounds : m_schedule.doubtRounds;
    const auto next = std::find_if(rounds.cbegin(), rounds.cend(),
                                   [&](std::chrono::milliseconds offset) { return m_endedAt + offset > now; });
    if (next != rounds.cend()) {
        m_nextRoundAt = m_endedAt + *next;
    } else if (m_doubt == Doubt::Accepted) {
        m_nextRoundAt = now + m_schedule.afterRounds;
    } else if (!rounds.isEmpty() && m_roundBegunAt < m_endedAt + rounds.last()) {
        // The round before took so long that it ran past the last one, which is still due.
        m_nextRoundAt = now;
    } else if (m_recordsFailed || !m_failedThisRound.isEmpty()) {
        // "In no record" can't be said of records that could not be read.
        m_nextRoundAt = now + m_schedule.afterRounds;
    } else {
        m_nextRoundAt = TimePoint::max();
        m_record.stage = m_doubt == Doubt::AlreadyClosed ? CancelStage::GoneNoRecord : CancelStage::UnknownUnresolved;
    }
}

void Settlement::settle(CancelStage stage, SettledBy by)
{
    m_record.stage = stage;
    m_record.settledBy = by;
    m_step = Step::Done;
}

bool Settlement::settleFromRecords(SettledBy by)
{
    const OrderEnd end = endOf(m_record.order, m_found);
    const bool anyFilled = end.filledQuantity && !end.filledQuantity->isZero();
    m_record.filledQuantity = end.filledQuantity;
    m_record.averagePrice = end.averagePrice;
    m_record.canceledAt = end.canceledAt;

    switch (m_doubt) {
    case Doubt::Accepted:
        settle(end.filledWhole ? CancelStage::FilledThoughAccepted
               : anyFilled     ? CancelStage::CanceledAfterPartFill
                               : CancelStage::Canceled,
               end.found ? by : SettledBy::OpenList);
        return true;
    case Doubt::AlreadyClosed:
        if (end.filledWhole) {
            settle(CancelStage::GoneFilled, by);
        } else if (end.canceled) {
            const bool ours = end.canceledAt.isValid() && m_sentAt.isValid() && end.canceledAt >= m_sentAt;
            settle(!ours       ? CancelStage::GoneCanceledEarlier
                   : anyFilled ? CancelStage::CanceledAfterPartFill
                               : CancelStage::Canceled,
                   by);
        }
        return end.isKnown();
    case Doubt::Unknown:
        if (end.filledWhole)
            settle(CancelStage::UnknownFilled, by);
        else if (end.canceled)
            settle(CancelStage::UnknownCanceled, by);
        return end.isKnown();
    }
    return false;
}

} // namespace countermand
