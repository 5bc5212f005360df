#include "ui/table/orderselection.h"

#include "ui/table/orderstable.h"
#include "ui/table/rowstate.h"

#include <QItemSelectionModel>

#include <algorithm>

namespace countermand {

OrderSelection::OrderSelection(const OpenOrders &orders, const OrdersTable &table, QItemSelectionModel &rows,
                               QObject *parent)
    : QObject(parent), m_orders(orders), m_table(table), m_rows(rows), m_blockedReason(blockedReason())
{
    connect(&m_rows, &QItemSelectionModel::selectionChanged, this, [this] {
        renew();
        emit changed();
    });
    connect(&m_table, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last) {
                if (first.column() <= OrderColumns::Action && last.column() >= OrderColumns::Action)
                    renew();
            });
    connect(&m_table, &OrdersTable::cancelBlockedChanged, this, &OrderSelection::renew);
}

OrderId OrderSelection::selectedOrder() const
{
    const QModelIndex current = m_rows.currentIndex();
    if (current.isValid() && m_rows.isRowSelected(current.row()) && !m_table.shown(current).gone)
        return m_table.idAt(current.row());
    const QList<OrderId> selected = selectedOrders();
    return selected.isEmpty() ? OrderId() : selected.constFirst();
}

QList<OrderId> OrderSelection::selectedOrders() const
{
    QList<int> rows;
    const QModelIndexList selected = m_rows.selectedRows();
    for (const QModelIndex &index : selected) {
        if (!m_table.shown(index).gone)
            rows.append(index.row());
    }
    std::sort(rows.begin(), rows.end());
    QList<OrderId> ids;
    for (const int row : std::as_const(rows))
        ids.append(m_table.idAt(row));
    return ids;
}

QList<OrderId> OrderSelection::shownOrders() const
{
    QList<OrderId> ids;
    for (int row = 0; row < m_table.rowCount(); ++row) {
        if (!m_table.isGroup(row))
            ids.append(m_table.idAt(row));
    }
    return ids;
}

OrderId OrderSelection::currentOrder() const
{
    return m_table.idAt(m_rows.currentIndex().row());
}

QList<Order> OrderSelection::ordersIn(CancelScope scope) const
{
    const bool selection = scope == CancelScope::Selected;
    return ordersInScope(scope, m_orders, selection ? QList<OrderId>() : shownOrders(),
                         selection ? selectedOrders() : QList<OrderId>(), currentOrder());
}

QString OrderSelection::generalBlock() const
{
    return m_table.cancelBlocked();
}

QString OrderSelection::blockedReason() const
{
    if (!generalBlock().isEmpty())
        return generalBlock();
    QString reason;
    const auto selected = selectedOrders();
    for (const OrderId &id : selected) {
        const OrderRow *row = m_orders.row(id);
        const QString own = row ? cancelBlockReason(*row, {}) : QString();
        if (row && own.isEmpty())
            return {};
        if (reason.isEmpty())
            reason = own;
    }
    return reason.isEmpty() ? tr("Select an order first") : reason;
}

QString OrderSelection::blockedReasonOfOne() const
{
    const OrderRow *row = m_orders.row(selectedOrder());
    return row ? cancelBlockReason(*row, generalBlock()) : blockedReason();
}

bool OrderSelection::isFree(const OrderId &id) const
{
    const OrderRow *row = m_orders.row(id);
    return row && cancelBlockReason(*row, generalBlock()).isEmpty();
}

bool OrderSelection::saysAtOnce(const OrderId &id) const
{
    const QModelIndex index = m_table.indexOf(id);
    return index.isValid() && m_table.shown(index).atOnce;
}

void OrderSelection::renew()
{
    emit renewed();
    const QString reason = blockedReason();
    if (std::exchange(m_blockedReason, reason) != reason)
        emit blockedReasonChanged(reason);
}

} // namespace countermand
