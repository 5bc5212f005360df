#include "workflow/absenceproof.h"

#include <algorithm>

namespace countermand {

void AbsenceProof::add(const ListLook &look, bool listed)
{
    if (look.begunAt < m_since)
        return;
    if (!m_sources.contains(look.source)) {
        if (!listed)
            return;
        m_sources.append(look.source);
    }
    const auto known = m_seen.constFind(look.source);
    if (known != m_seen.cend() && look.begunAt < known->newest.begunAt)
        return;
    Seen &seen = m_seen[look.source];
    seen.newest = look;
    seen.listed = listed;
    if (listed) {
        seen.firstAbsent.reset();
        seen.lastAbsent.reset();
    } else if (look.extent != ListExtent::Partial) {
        if (!seen.firstAbsent)
            seen.firstAbsent = look;
        seen.lastAbsent = look;
    }
}

bool AbsenceProof::follows(const ListSource &source, TimePoint begunAt) const
{
    return std::all_of(m_sources.cbegin(), m_sources.cend(), [&](const ListSource &from) {
        if (!canMove(from, source))
            return true;
        const auto seen = m_seen.constFind(from);
        return seen != m_seen.cend() && seen->firstAbsent && seen->firstAbsent->endedAt <= begunAt;
    });
}

bool AbsenceProof::isAbsent(const ListSource &source) const
{
    const auto seen = m_seen.constFind(source);
    return seen != m_seen.cend() && seen->lastAbsent && follows(source, seen->lastAbsent->begunAt);
}

bool AbsenceProof::holds() const
{
    return std::all_of(m_sources.cbegin(), m_sources.cend(),
                       [this](const ListSource &source) { return isAbsent(source); });
}

bool AbsenceProof::isCounted() const
{
    return std::all_of(m_sources.cbegin(), m_sources.cend(), [this](const ListSource &source) {
        const auto seen = m_seen.constFind(source);
        return seen != m_seen.cend() && seen->lastAbsent && seen->lastAbsent->extent == ListExtent::Whole;
    });
}

TimePoint AbsenceProof::endedAt() const
{
    TimePoint ended = m_since;
    for (const Seen &seen : m_seen) {
        if (seen.lastAbsent)
            ended = std::max(ended, seen.lastAbsent->endedAt);
    }
    return ended;
}

QList<ListSource> AbsenceProof::wanted(TimePoint from, const QSet<ListSource> &passed) const
{
    const auto lookedAt = [&](const ListSource &source) {
        const auto seen = m_seen.constFind(source);
        return seen != m_seen.cend() && seen->newest.begunAt >= from;
    };
    QList<ListSource> wanted;
    for (const ListSource &source : m_sources) {
        if (passed.contains(source))
            continue;
        bool due = true;
        TimePoint after = from;
        for (const ListSource &earlier : m_sources) {
            if (!canMove(earlier, source) || passed.contains(earlier))
                continue;
            due = due && lookedAt(earlier);
            if (const auto seen = m_seen.constFind(earlier); seen != m_seen.cend() && seen->firstAbsent)
                after = std::max(after, seen->firstAbsent->endedAt);
        }
        const auto seen = m_seen.constFind(source);
        if (due && (seen == m_seen.cend() || seen->newest.begunAt < after))
            wanted.append(source);
    }
    return wanted;
}

std::optional<std::pair<ListLook, bool>> AbsenceProof::newest(const ListSource &source) const
{
    const auto seen = m_seen.constFind(source);
    if (seen == m_seen.cend())
        return {};
    return std::pair{seen->newest, seen->listed};
}

} // namespace countermand
