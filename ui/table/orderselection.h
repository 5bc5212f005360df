#pragma once

#include "workflow/cancelscope.h"
#include "workflow/openorders.h"

#include <QList>
#include <QObject>
#include <QString>

class QItemSelectionModel;

namespace countermand {

class OrdersTable;

/// Which orders of the table the user means, and why they can't be canceled now. Knows orders by id, never by row.
class OrderSelection : public QObject
{
    Q_OBJECT

public:
    /// `rows` is the selection of `table`. All must outlive this.
    OrderSelection(const OpenOrders &orders, const OrdersTable &table, QItemSelectionModel &rows,
                   QObject *parent = nullptr);

    /// The selected order, of several the current one; an empty id if none is. A current row need not be selected.
    OrderId selectedOrder() const;
    /// All selected orders (but gone ones), and all orders in the table, from top to bottom.
    QList<OrderId> selectedOrders() const;
    QList<OrderId> shownOrders() const;
    /// The order of the current row; an empty id if there is none.
    OrderId currentOrder() const;
    /// The orders of a scope that can be canceled now, but for general reasons; the instrument is the current
    /// order's.
    QList<Order> ordersIn(CancelScope scope) const;

    /// Why no order can be canceled at the moment ("Offline", "Locked"); empty if they can.
    QString generalBlock() const;
    /// Why none of the selected orders can be canceled ("Select an order first", "Already being canceled", …); empty
    /// if at least one can.
    QString blockedReason() const;
    /// The same of the selectedOrder() alone.
    QString blockedReasonOfOne() const;
    /// The order is there and can be canceled now.
    bool isFree(const OrderId &id) const;
    /// The order's row says that its button cancels at once.
    bool saysAtOnce(const OrderId &id) const;

signals:
    /// Other rows are selected.
    void changed();
    /// blockedReasonOfOne() or what there is to do with the selected orders may have changed.
    void renewed();
    void blockedReasonChanged(const QString &reason);

private:
    void renew();

    const OpenOrders &m_orders;
    const OrdersTable &m_table;
    QItemSelectionModel &m_rows;
    QString m_blockedReason;
};

} // namespace countermand
