#include "workflow/keyrefusal.h"

namespace countermand {

KeyRefusal::Verdict KeyRefusal::refused(const ListSource &source, TimePoint askedAt)
{
    if (m_refusedAlone.contains(source))
        return Verdict::OfList;
    if (!m_first) {
        m_first = First{source, askedAt};
        return Verdict::Doubt;
    }
    return m_first->source != source && askedAt >= nextAt() ? Verdict::OfKey : Verdict::Doubt;
}

void KeyRefusal::given(const ListSource &source)
{
    m_refusedAlone.remove(source);
    if (m_first && m_first->source != source)
        m_refusedAlone.insert(m_first->source);
    m_first.reset();
}

std::optional<ListSource> KeyRefusal::next() const
{
    if (!m_first)
        return {};
    const ListSource plan{ListKind::Plan, {}};
    return m_first->source == plan ? ListSource{ListKind::StopProfitLoss, {}} : plan;
}

} // namespace countermand
