#pragma once

#include "workflow/cancelscope.h"
#include "workflow/openorders.h"

#include <QMenu>

#include <functional>

namespace countermand {

class OrderSelection;
class OrdersTable;

/// The context menu of the table (objectName orderMenu): what can be done with the selected orders. It asks, it never
/// cancels.
class OrderMenu : public QMenu
{
    Q_OBJECT

public:
    /// All must outlive the menu. Ages are counted to `table`'s now().
    OrderMenu(const OpenOrders &orders, const OrdersTable &table, const OrderSelection &selection, QWidget *parent);

    /// "Order details" of the selected order, "Copy order id" and "Copy row" of all selected ones, a line each. Off
    /// while there is none.
    QAction *detailsAction() const { return m_details; }
    QAction *copyIdAction() const { return m_copyId; }
    QAction *copyRowAction() const { return m_copyRow; }

signals:
    /// The user asks to cancel this order. It was not blocked; the question comes in any case.
    void cancelQuestionRequested(const countermand::OrderId &id);
    /// The user asks to cancel several orders. There are some in the scope.
    void cancelManyRequested(countermand::CancelScope scope);
    /// Show what is known of this order.
    void detailsRequested(const countermand::OrderId &id);
    /// The mark that a cancel of it failed has been seen.
    void markDismissed(const countermand::OrderId &id);
    /// The user asks to see only what this filter text finds.
    void filterWanted(const QString &text);

private:
    void renew();
    void renewScopes();
    void copy(const std::function<QString(const Order &)> &line) const;

    const OpenOrders &m_orders;
    const OrdersTable &m_table;
    const OrderSelection &m_selection;
    QAction *m_cancel;
    QAction *m_cancelSelected;
    QAction *m_cancelInstrument;
    QAction *m_cancelSide;
    QAction *m_cancelShown;
    QAction *m_details;
    QAction *m_copyId;
    QAction *m_copyRow;
    QAction *m_filter;
    QAction *m_dismiss;
};

} // namespace countermand
