#pragma once

#include "ui/table/rowguard.h"
#include "ui/table/rowhistory.h"
#include "ui/table/visiblerows.h"

#include <QPoint>

#include <chrono>
#include <functional>
#include <optional>

namespace countermand {

/// Keeps the rows of the table from moving under the pointer, and knows what a press meant where they moved all the
/// same (docs/design.md, Rows and the pointer). Knows orders and pixels, no widget. Pure: time is an argument.
class SteadyRows
{
public:
    using Time = RowGuard::Time;

    /// Off until the first whole list has been read: rows may then move under the pointer. On at first.
    void setGuarded(bool guarded) { m_guarded = guarded; }
    /// Whether a pointer that rests lets the rows move. Off while a click cancels at once.
    void setEndsByRest(bool ends) { m_guard.setEndsByRest(ends); }
    /// The pointer is over the table, at this place of the screen. A place told again is no move.
    void pointerAt(const QPoint &onScreen, Time now);
    void pointerLeft();
    void buttonPressed() { m_guard.buttonPressed(); }
    void buttonReleased() { m_guard.buttonReleased(); }
    /// The pointer has just done something where it is, if it is over the table.
    void pointerActed(Time now);
    void navigated(Time now) { m_guard.navigated(now); }
    /// No row may move, come above others, or go.
    bool holds(Time now) const { return m_guarded && m_guard.holds(now); }
    /// How long it takes until holds() can change by itself; nothing if only an event changes it.
    std::optional<std::chrono::milliseconds> endsIn(Time now) const { return m_guard.endsIn(now); }

    /// What stood where before the rows moved, and whether the user asked for that.
    struct Move {
        VisibleRows before;
        bool isAsked = false;
    };
    /// The rows are about to change. Only the first of several changes between two layouts asks for `rows`.
    void willMove(const std::function<VisibleRows()> &rows, bool isAsked);
    /// The change that is laid out now; nothing if there was none.
    std::optional<Move> takeMove();
    /// The rows have been found to lie so; told whenever they may have moved, and before each press. Ignored while a
    /// change has not been laid out: so nobody saw them.
    void lieAt(const RowsOnScreen &rows, Time now);
    /// A press at this place of the screen, where `here` lies now, is meant for that: nothing else lay there while
    /// the user aimed.
    bool isAimedAt(const OrderId &here, const QPoint &onScreen, Time now) const;

    /// An order's button is held down; an empty id if none is.
    void press(const OrderId &id);
    const OrderId &pressed() const { return m_pressed; }
    enum class Click { None, Meant, Lost };
    /// Let go over `id`'s button, or elsewhere. Lost: the rows moved in between, so that nobody knows what was meant.
    Click release(const OrderId &id);

private:
    RowGuard m_guard;
    RowHistory m_history;
    bool m_guarded = true;
    /// Nothing while the pointer is elsewhere.
    std::optional<QPoint> m_pointer;
    /// The change that has not been laid out yet.
    std::optional<Move> m_pending;
    OrderId m_pressed;
    bool m_movedWhilePressed = false;
};

} // namespace countermand
