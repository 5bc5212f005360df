#include "ui/table/visiblerows.h"

#include <algorithm>

namespace countermand {

void VisibleRows::append(const OrderId &id, int top, int height)
{
    m_places.append({id, top, height});
}

OrderId VisibleRows::orderAt(int y) const
{
    for (const Place &place : m_places) {
        if (y >= place.top && y < place.top + place.height)
            return place.id;
    }
    return {};
}

std::optional<int>
VisibleRows::offsetToKeep(const std::function<std::optional<int>(const OrderId &)> &positionOf) const
{
    struct Row {
        int top;
        int position;
        /// Rows in the longest run downwards from here that has kept its order.
        int run = 1;
    };
    QList<Row> rows;
    for (const Place &place : m_places) {
        if (const auto position = positionOf(place.id))
            rows.append({place.top, *position});
    }

    const Row *anchor = nullptr;
    for (qsizetype i = rows.size() - 1; i >= 0; --i) {
        for (qsizetype below = i + 1; below < rows.size(); ++below) {
            if (rows.at(below).position > rows.at(i).position)
                rows[i].run = std::max(rows.at(i).run, rows.at(below).run + 1);
        }
        if (!anchor || rows.at(i).run >= anchor->run)
            anchor = &rows.at(i);
    }
    return anchor ? std::optional(anchor->position - anchor->top) : std::nullopt;
}

} // namespace countermand
