#include "ui/table/steadyrows.h"

#include <utility>

namespace countermand {

void SteadyRows::pointerAt(const QPoint &onScreen, Time now)
{
    // Qt also tells of a pointer that lies still when something changes under it.
    if (std::exchange(m_pointer, onScreen) != onScreen)
        m_guard.pointerMoved(now);
}

void SteadyRows::pointerLeft()
{
    m_guard.pointerLeft();
    m_pointer.reset();
}

void SteadyRows::pointerActed(Time now)
{
    if (m_pointer)
        m_guard.pointerMoved(now);
}

void SteadyRows::willMove(const std::function<VisibleRows()> &rows, bool isAsked)
{
    if (!m_pending)
        m_pending = Move{rows(), false};
    m_pending->isAsked = m_pending->isAsked || isAsked;
}

std::optional<SteadyRows::Move> SteadyRows::takeMove()
{
    return std::exchange(m_pending, std::nullopt);
}

void SteadyRows::lieAt(const RowsOnScreen &rows, Time now)
{
    if (!m_pending && m_history.lieAt(rows, now))
        m_movedWhilePressed = true;
}

bool SteadyRows::isAimedAt(const OrderId &here, const QPoint &onScreen, Time now) const
{
    return m_history.layThere(here, onScreen, now);
}

void SteadyRows::press(const OrderId &id)
{
    m_pressed = id;
    m_movedWhilePressed = false;
}

SteadyRows::Click SteadyRows::release(const OrderId &id)
{
    const OrderId pressed = std::exchange(m_pressed, {});
    if (pressed.isEmpty())
        return Click::None;
    if (id == pressed)
        return Click::Meant;
    return m_movedWhilePressed ? Click::Lost : Click::None;
}

} // namespace countermand
