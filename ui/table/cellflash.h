#pragma once

#include "ui/table/ordercolumns.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace countermand {

/// Remembers for 600 ms which cells have just changed, and in which direction
/// (docs/design.md, Table). Knows cells by order id, never by row.
class CellFlash : public QObject
{
    Q_OBJECT

public:
    enum class Direction { Up, Down, Other };

    explicit CellFlash(QObject *parent = nullptr);

    /// Nothing if the cell has not changed within the last 600 ms.
    std::optional<Direction> of(const OrderId &id, OrderColumns::Column column) const;
    /// An order's values have changed: those of their cells that read differently flash.
    void compare(const Order &before, const Order &after);
    /// The order has left the table.
    void forget(const OrderId &id);
    /// Off with reduced motion; clears what flashes.
    void setEnabled(bool enabled);

signals:
    /// A cell of this order has begun or ceased to flash.
    void changed(const countermand::OrderId &id, countermand::OrderColumns::Column column);

private:
    struct Flash {
        OrderColumns::Column column;
        Direction direction;
        std::chrono::steady_clock::time_point until;
    };

    void start(const OrderId &id, OrderColumns::Column column, const std::optional<Decimal> &before,
               const std::optional<Decimal> &after);
    void expire();

    /// At most one per order and column.
    QMultiHash<OrderId, Flash> m_flashes;
    QTimer m_timer;
    bool m_enabled = true;
};

} // namespace countermand
