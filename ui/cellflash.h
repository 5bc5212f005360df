#pragma once

#include "workflow/ordersmodel.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace countermand {

/// Remembers for 600 ms which Price, Remaining and Filled cells have just changed, and in which direction
/// (ux-design §3.4). Watches the model; knows cells by order id, never by row.
class CellFlash : public QObject
{
    Q_OBJECT

public:
    enum class Direction { Up, Down, Other };

    /// `model` must outlive this.
    explicit CellFlash(const OrdersModel &model, QObject *parent = nullptr);

    /// Whether cells of this column ever flash.
    static constexpr bool flashes(OrdersModel::Column column)
    {
        return column == OrdersModel::Price || column == OrdersModel::Remaining || column == OrdersModel::Filled;
    }

    /// Nothing if the cell has not changed within the last 600 ms.
    std::optional<Direction> of(const OrderId &id, OrdersModel::Column column) const;
    /// Off with reduced motion; clears what flashes.
    void setEnabled(bool enabled);

signals:
    /// A cell of this order has begun or ceased to flash.
    void changed(const countermand::OrderId &id);

private:
    struct Values {
        std::optional<Decimal> price, remaining, filled;
    };
    struct Flash {
        OrderId id;
        OrdersModel::Column column;
        Direction direction;
        std::chrono::steady_clock::time_point until;
    };

    void remember(int first, int last);
    void forget(int first, int last);
    void compare(int first, int last);
    void start(const OrderId &id, OrdersModel::Column column, const std::optional<Decimal> &before,
               const std::optional<Decimal> &after);
    void expire();

    const OrdersModel &m_model;
    QHash<OrderId, Values> m_values;
    /// Oldest first.
    QList<Flash> m_flashes;
    QTimer m_timer;
    bool m_enabled = true;
};

} // namespace countermand
