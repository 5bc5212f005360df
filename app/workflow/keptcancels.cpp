#include "workflow/keptcancels.h"

#include "workflow/orderend.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

void correct(CancelRecord &record, CancelStage stage, SettledBy by, const QDateTime &utc, const QString &evidence)
{
    record.stage = stage;
    record.settledBy = by;
    record.correctedAt = utc;
    record.evidence.append(evidence);
}

/// The claim says exactly how much had filled.
bool namesQuantity(const CancelRecord &record)
{
    return record.filledQuantity && record.stage != CancelStage::GoneCanceledEarlier;
}

/// Whether a row of the history says something else, or more, than the record; the record then says it too.
bool correctFromHistory(CancelRecord &record, const HistoryRecord &row, const QDateTime &utc)
{
    const OrderEnd end = endOf(record.order, {{}, {row}});
    const QString evidence =
        u"history, later: filled %1"_s.arg(end.filledQuantity ? end.filledQuantity->toText() : u"not said"_s);
    if (end.filledWhole) {
        if (record.stage == CancelStage::CorrectedFilled)
            return false;
        record.filledQuantity = end.filledQuantity;
        record.filledAtLeast.reset();
        record.averagePrice = end.averagePrice;
        correct(record, CancelStage::CorrectedFilled, SettledBy::History, utc, evidence);
        return true;
    }
    if (record.stage == CancelStage::GoneCanceledEarlier || record.stage == CancelStage::CorrectedFilled)
        return false;
    if (!end.filledQuantity) {
        const bool more = end.filledAtLeast && namesQuantity(record) && *record.filledQuantity < *end.filledAtLeast;
        if (more) {
            record.filledQuantity.reset();
            record.filledAtLeast = end.filledAtLeast;
            correct(record, CancelStage::CorrectedFillUnknown, SettledBy::History, utc, evidence);
        }
        return more;
    }
    if (record.filledQuantity == end.filledQuantity)
        return false;
    if (namesQuantity(record) || record.correctedAt.isValid()) {
        record.filledQuantity = end.filledQuantity;
        record.averagePrice = end.averagePrice;
        correct(record, CancelStage::CorrectedPartFill, SettledBy::History, utc, evidence);
        return true;
    }
    // Nothing was said of the quantity before: this is the answer to the question, not a contradiction.
    record.filledQuantity = end.filledQuantity;
    record.filledAtLeast.reset();
    record.averagePrice = end.averagePrice;
    record.settledBy = SettledBy::History;
    record.reason.clear();
    record.evidence.append(evidence);
    if (record.stage == CancelStage::CanceledFillUnknown)
        record.stage = end.filledQuantity->isZero() ? CancelStage::Canceled : CancelStage::CanceledAfterPartFill;
    return true;
}

} // namespace

bool KeptCancels::isKept(CancelStage stage)
{
    switch (stage) {
    case CancelStage::Canceled:
    case CancelStage::CanceledAfterPartFill:
    case CancelStage::CanceledFillUnknown:
    case CancelStage::GoneCanceledEarlier:
    case CancelStage::UnknownCanceled:
        return true;
    case CancelStage::Waiting:
    case CancelStage::Sending:
    case CancelStage::Accepted:
    case CancelStage::AcceptedStillListed:
    case CancelStage::AcceptedUnconfirmed:
    case CancelStage::FilledThoughAccepted:
    case CancelStage::GoneLookingUp:
    case CancelStage::GoneFilled:
    case CancelStage::GoneNoRecord:
    case CancelStage::Rejected:
    case CancelStage::NotSent:
    case CancelStage::UnknownChecking:
    case CancelStage::UnknownFilled:
    case CancelStage::UnknownStillOpen:
    case CancelStage::UnknownUnresolved:
    case CancelStage::CorrectedFilled:
    case CancelStage::CorrectedPartFill:
    case CancelStage::CorrectedFillUnknown:
    case CancelStage::CorrectedStillOpen:
        break;
    }
    return false;
}

void KeptCancels::keep(const CancelRecord &record, TimePoint toldAt)
{
    drop(record.cancelId);
    m_cases.append({record, toldAt, {}});
    if (m_cases.size() > most)
        m_cases.removeFirst();
}

void KeptCancels::drop(const QString &cancelId)
{
    m_cases.removeIf([&cancelId](const Case &known) { return known.record.cancelId == cancelId; });
}

const CancelRecord *KeptCancels::find(const QString &cancelId) const
{
    const auto found = std::find_if(m_cases.cbegin(), m_cases.cend(),
                                    [&cancelId](const Case &known) { return known.record.cancelId == cancelId; });
    return found == m_cases.cend() ? nullptr : &found->record;
}

void KeptCancels::letGo(TimePoint now)
{
    m_cases.removeIf([now](const Case &known) { return now - known.since >= keptFor; });
}

QList<CancelRecord> KeptCancels::listRead(const ListLook &look, const ListedAs &listedAs, TimePoint now,
                                          const QDateTime &utc)
{
    letGo(now);
    QList<CancelRecord> corrected;
    for (Case &known : m_cases) {
        if (look.begunAt <= known.since || known.record.stage == CancelStage::CorrectedStillOpen)
            continue;
        const Order *listed = listedAs(known.record.order.id);
        if (!listed) {
            if (look.extent != ListExtent::Partial && known.record.listedBy.contains(look.source))
                known.firstListedAt.reset();
            continue;
        }
        if (!known.firstListedAt)
            known.firstListedAt = look.begunAt;
        if (look.begunAt - *known.firstListedAt < listedTwiceApart)
            continue;
        known.record.filledQuantity = listed->filledQuantity;
        known.record.filledAtLeast.reset();
        correct(known.record, CancelStage::CorrectedStillOpen, SettledBy::OpenList, utc, u"listed twice, later"_s);
        corrected.append(known.record);
    }
    return corrected;
}

QList<CancelRecord> KeptCancels::dealsRead(const QList<DealRecord> &rows, TimePoint now, const QDateTime &utc)
{
    letGo(now);
    QList<CancelRecord> corrected;
    for (Case &known : m_cases) {
        CancelRecord &record = known.record;
        const bool saidNothing = namesQuantity(record) && record.filledQuantity->isZero();
        const bool traded = std::any_of(rows.cbegin(), rows.cend(), [&record](const DealRecord &deal) {
            return deal.kind == DealRecord::Kind::Execution && deal.isOf(record.order.id);
        });
        if (!saidNothing || !traded)
            continue;
        record.filledQuantity.reset();
        correct(record, CancelStage::CorrectedFillUnknown, SettledBy::Deals, utc, u"deals, later: execution"_s);
        corrected.append(record);
    }
    return corrected;
}

QList<CancelRecord> KeptCancels::historyRead(const QList<HistoryRecord> &rows, TimePoint now, const QDateTime &utc)
{
    letGo(now);
    QList<CancelRecord> corrected;
    for (Case &known : m_cases) {
        bool changed = false;
        for (const HistoryRecord &row : rows) {
            if (row.isOf(known.record.order.id))
                changed = correctFromHistory(known.record, row, utc) || changed;
        }
        if (changed)
            corrected.append(known.record);
    }
    return corrected;
}

} // namespace countermand
