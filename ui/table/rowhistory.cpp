#include "ui/table/rowhistory.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace countermand {

namespace {

/// A press this soon after rows moved was aimed at what lay there before.
constexpr auto timeToAim = 600ms;

} // namespace

OrderId RowsOnScreen::orderAt(const QPoint &onScreen) const
{
    const auto hides = [&onScreen](const QRect &window) { return window.contains(onScreen); };
    return area.contains(onScreen) && std::ranges::none_of(covered, hides) ? rows.orderAt(onScreen.y()) : OrderId();
}

bool RowHistory::lieAt(const RowsOnScreen &rows, Time now)
{
    if (m_past.isEmpty() ? rows == RowsOnScreen() : rows == m_past.constLast().rows)
        return false;
    // What was to be seen for no time was aimed at by nobody.
    if (!m_past.isEmpty() && m_past.constLast().begin == now)
        m_past.removeLast();
    m_past.append({now, rows});
    // Of those that ended before the time to aim began none can matter again.
    while (m_past.size() > 1 && now - m_past.at(1).begin >= timeToAim)
        m_past.removeFirst();
    return true;
}

bool RowHistory::layThere(const OrderId &id, const QPoint &onScreen, Time now) const
{
    for (qsizetype index = m_past.size() - 1; index >= 0; --index) {
        const Since &since = m_past.at(index);
        if (since.rows.orderAt(onScreen) != id)
            return false;
        if (now - since.begin >= timeToAim)
            return true;
    }
    return id.isEmpty();
}

} // namespace countermand
