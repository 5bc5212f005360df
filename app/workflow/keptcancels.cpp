#include "workflow/keptcancels.h"

#include <algorithm>

namespace countermand {

void KeptCancels::keep(const CancelRecord &record, TimePoint toldAt)
{
    m_kept.push_back({record, toldAt});
    if (m_kept.size() > most)
        m_kept.pop_front();
}

void KeptCancels::letGo(TimePoint now)
{
    while (!m_kept.empty() && now - m_kept.front().toldAt >= keptFor)
        m_kept.pop_front();
}

const CancelRecord *KeptCancels::find(const QString &cancelId) const
{
    const auto found = std::find_if(m_kept.cbegin(), m_kept.cend(),
                                    [&cancelId](const Kept &kept) { return kept.record.cancelId == cancelId; });
    return found == m_kept.cend() ? nullptr : &found->record;
}

} // namespace countermand
