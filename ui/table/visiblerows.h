#pragma once

#include "domain/order.h"

#include <QList>

#include <functional>
#include <optional>

namespace countermand {

/// Which order stood where in the table's viewport at one moment. A value.
class VisibleRows
{
public:
    /// Adds the next row downwards. Pixels of the viewport; the first may be partly above it.
    void append(const OrderId &id, int top, int height);
    bool isEmpty() const { return m_places.isEmpty(); }

    /// The order at a viewport height; an empty id where there was none.
    OrderId orderAt(int y) const;

    /// The scroll offset (pixels from the top of the content) at which the rows stand where they stood: the topmost
    /// row that is still listed decides, or the next one if that row has been sorted to another place among the
    /// others. Nothing if no row is left. `positionOf` gives a row's distance from the top of the content, or nothing
    /// if the order is gone.
    std::optional<int> offsetToKeep(const std::function<std::optional<int>(const OrderId &)> &positionOf) const;

    friend bool operator==(const VisibleRows &, const VisibleRows &) = default;

private:
    struct Place {
        OrderId id;
        int top;
        int height;

        friend bool operator==(const Place &, const Place &) = default;
    };
    QList<Place> m_places;
};

} // namespace countermand
