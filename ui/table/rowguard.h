#pragma once

#include <chrono>
#include <optional>

namespace countermand {

/// Says whether the rows of the table may move now (docs/design.md, Rows and the pointer): not while the pointer is
/// over them and has not rested, while a mouse button is down, or just after a navigation key. Time is an argument.
class RowGuard
{
public:
    using Time = std::chrono::steady_clock::time_point;

    /// The pointer is over the table's body and has just come or moved.
    void pointerMoved(Time now);
    void pointerLeft();
    void buttonPressed() { m_buttonDown = true; }
    void buttonReleased() { m_buttonDown = false; }
    void navigated(Time now) { m_navigated = now; }
    /// Whether a pointer that rests lets the rows move. Off while a click cancels at once.
    void setEndsByRest(bool ends) { m_endsByRest = ends; }

    /// No row may move, come above others, or go.
    bool holds(Time now) const;
    /// How long it takes until holds() can change by itself; nothing if only an event changes it.
    std::optional<std::chrono::milliseconds> endsIn(Time now) const;

private:
    /// The pointer's last move over the table; nothing while it is elsewhere.
    std::optional<Time> m_pointer;
    std::optional<Time> m_navigated;
    bool m_buttonDown = false;
    bool m_endsByRest = true;
};

} // namespace countermand
