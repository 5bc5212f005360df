#pragma once

#include "ui/table/visiblerows.h"

#include <QList>
#include <QPoint>
#include <QRect>

#include <chrono>

namespace countermand {

/// Which order lies where on the screen at one moment. A value.
struct RowsOnScreen {
    /// Where rows are seen; empty while the table isn't.
    QRect area{};
    /// Their heights on the screen.
    VisibleRows rows{};
    /// What of the area is hidden by other windows of the program.
    QList<QRect> covered{};

    /// An empty id where no order lies.
    OrderId orderAt(const QPoint &onScreen) const;

    friend bool operator==(const RowsOnScreen &, const RowsOnScreen &) = default;
};

/// Remembers which order lay where on the screen for as long as it takes a person to aim and press: a press is meant
/// for an order that lay under it all that time, and for none if there was another one, or nothing. Whatever moved
/// the rows (a new list, scrolling, another part of the window, the window itself) counts, and a window that lay over
/// them. Pure: time is an argument.
class RowHistory
{
public:
    using Time = std::chrono::steady_clock::time_point;

    /// From now on the rows lie so. Whether that is another place than before.
    bool lieAt(const RowsOnScreen &rows, Time now);
    /// At this place of the screen lies this order, and no other has lain there since the time to aim ago. An empty
    /// id: no order has.
    bool layThere(const OrderId &id, const QPoint &onScreen, Time now) const;

private:
    struct Since {
        Time begin;
        RowsOnScreen rows;
    };

    /// Oldest first; before the first one no order lay anywhere.
    QList<Since> m_past;
};

} // namespace countermand
