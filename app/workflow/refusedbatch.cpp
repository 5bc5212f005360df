#include "workflow/refusedbatch.h"

#include <algorithm>
#include <utility>

namespace countermand {

void RefusedBatch::add(const QString &cancelId, const OrderId &order, const QList<ListSource> &lists)
{
    m_waiting.append({cancelId, order, lists});
}

bool RefusedBatch::contains(const QString &cancelId) const
{
    return std::any_of(m_waiting.cbegin(), m_waiting.cend(),
                       [&cancelId](const Waiting &waiting) { return waiting.cancelId == cancelId; });
}

QList<RefusedBatch::Decision> RefusedBatch::listRead(const ListSource &source, TimePoint begunAt,
                                                     const std::function<bool(const OrderId &)> &isListed)
{
    if (begunAt < m_refusedAt)
        return {};
    QList<Decision> decided;
    QList<Waiting> left;
    for (Waiting &waiting : m_waiting) {
        if (isListed(waiting.order)) {
            decided.append({waiting.cancelId, Verdict::StillOpen});
            continue;
        }
        waiting.lists.removeAll(source);
        if (waiting.lists.isEmpty())
            decided.append({waiting.cancelId, Verdict::Gone});
        else
            left.append(waiting);
    }
    m_waiting = left;
    return decided;
}

RefusedBatch::Decision RefusedBatch::stop(const QString &cancelId)
{
    m_waiting.removeIf([&cancelId](const Waiting &waiting) { return waiting.cancelId == cancelId; });
    return {cancelId, Verdict::Unknown};
}

QList<RefusedBatch::Decision> RefusedBatch::giveUp(TimePoint now)
{
    if (now - m_refusedAt < patience)
        return {};
    QList<Decision> decided;
    const auto left = std::exchange(m_waiting, {});
    for (const Waiting &waiting : left)
        decided.append({waiting.cancelId, Verdict::Unknown});
    return decided;
}

QList<ListSource> RefusedBatch::listsToAsk(TimePoint now)
{
    if (m_askedAt > now - pause)
        return {};
    m_askedAt = now;
    QList<ListSource> lists;
    for (const Waiting &waiting : std::as_const(m_waiting)) {
        for (const ListSource &source : waiting.lists) {
            if (!lists.contains(source))
                lists.append(source);
        }
    }
    return lists;
}

} // namespace countermand
