#include "ui/table/steadyrows.h"

#include <utility>

using namespace std::chrono_literals;

namespace countermand {

namespace {

/// A click this soon after the rows moved was aimed at what stood there before.
constexpr auto settleTime = 600ms;

} // namespace

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

void SteadyRows::hasMoved(const VisibleRows &before, const VisibleRows &after, Time now)
{
    if (before.isEmpty() || before == after)
        return;
    m_moves.removeIf([now](const PastMove &move) { return now - move.at >= settleTime; });
    m_moves.append({now, before});
    m_movedWhilePressed = true;
}

bool SteadyRows::hasJustMoved(int y, const OrderId &here, Time now) const
{
    for (const PastMove &move : m_moves) {
        if (now - move.at < settleTime && move.before.orderAt(y) != here)
            return true;
    }
    return false;
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
