#include "ui/table/ordersproxy.h"
#include "ui/table/ordersview.h"
#include "ui/table/rowstate.h"
#include "ui/words/orderwords.h"

#include <QAction>
#include <QMenu>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

// Which orders of the table are meant: selection, scopes, and why they can't be canceled.
namespace countermand {

void OrdersView::makeScopeActions()
{
    const auto add = [this](const QString &name, CancelScope scope) {
        QAction *action = m_menu->addAction(QString());
        action->setObjectName(name);
        connect(action, &QAction::triggered, this, [this, scope] {
            if (m_proxy->cancelBlocked().isEmpty() && !ordersIn(scope).isEmpty())
                emit cancelManyRequested(scope);
        });
        return action;
    };
    m_cancelSelectedAction = add(u"actCancelSelected"_s, CancelScope::Selected);
    m_menu->addSeparator();
    m_cancelInstrumentAction = add(u"actCancelInstrument"_s, CancelScope::Instrument);
    m_cancelSideAction = add(u"actCancelInstrumentSide"_s, CancelScope::InstrumentSide);
    connect(m_menu, &QMenu::aboutToShow, this, &OrdersView::renewScopeActions);
}

void OrdersView::renewScopeActions()
{
    const Order *order = m_orders.find(currentOrder());
    const QString instrument = order ? instrumentText(*order) : QString();
    const auto renew = [this](QAction *action, CancelScope scope, const QString &text) {
        const int count = int(ordersIn(scope).size());
        action->setText(count > 1 ? tr("%1 (%2)…").arg(text).arg(count) : tr("%1…").arg(text));
        action->setEnabled(m_proxy->cancelBlocked().isEmpty() && count > 0);
        action->setToolTip(!m_proxy->cancelBlocked().isEmpty() ? m_proxy->cancelBlocked()
                           : count == 0                        ? tr("No order that can be canceled")
                                                               : QString());
    };
    const int selected = int(selectedOrders().size());
    m_cancelSelectedAction->setVisible(selected > 1);
    m_cancelSelectedAction->setText(tr("Cancel %n selected…", nullptr, selected));
    m_cancelSelectedAction->setEnabled(cancelBlockedReason().isEmpty());
    m_cancelSelectedAction->setToolTip(cancelBlockedReason());
    renew(m_cancelInstrumentAction, CancelScope::Instrument, tr("Cancel all %1").arg(instrument));
    renew(m_cancelSideAction, CancelScope::InstrumentSide,
          tr("Cancel all %1 %2").arg(instrument, order ? sideWords(*order) : QString()));
}

OrderId OrdersView::selectedOrder() const
{
    const QModelIndex current = currentIndex();
    if (current.isValid() && selectionModel()->isRowSelected(current.row()) && !m_proxy->shown(current).gone)
        return m_proxy->idAt(current.row());
    const QList<OrderId> selected = selectedOrders();
    return selected.isEmpty() ? OrderId() : selected.constFirst();
}

QList<OrderId> OrdersView::selectedOrders() const
{
    QList<int> rows;
    const QModelIndexList selected = selectionModel()->selectedRows();
    for (const QModelIndex &index : selected) {
        if (!m_proxy->shown(index).gone)
            rows.append(index.row());
    }
    std::sort(rows.begin(), rows.end());
    QList<OrderId> ids;
    for (const int row : std::as_const(rows))
        ids.append(m_proxy->idAt(row));
    return ids;
}

QList<OrderId> OrdersView::shownOrders() const
{
    QList<OrderId> ids;
    for (int row = 0; row < m_proxy->rowCount(); ++row) {
        if (!m_proxy->isGroup(row))
            ids.append(m_proxy->idAt(row));
    }
    return ids;
}

QList<Order> OrdersView::ordersIn(CancelScope scope) const
{
    const bool selection = scope == CancelScope::Selected;
    return ordersInScope(scope, m_orders, selection ? QList<OrderId>() : shownOrders(),
                         selection ? selectedOrders() : QList<OrderId>(), currentOrder());
}

OrderId OrdersView::currentOrder() const
{
    return currentIndex().isValid() ? m_proxy->idAt(currentIndex().row()) : OrderId();
}

void OrdersView::selectOrder(const OrderId &id)
{
    const QModelIndex index = m_proxy->indexOf(id, std::max(0, currentIndex().column()));
    if (index.isValid())
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void OrdersView::selectOrders(const QList<OrderId> &ids)
{
    QItemSelection rows;
    QModelIndex first;
    for (const OrderId &id : ids) {
        const QModelIndex index = m_proxy->indexOf(id);
        if (!index.isValid())
            continue;
        rows.select(index, index);
        if (!first.isValid() || index.row() < first.row())
            first = index;
    }
    if (!first.isValid())
        return;
    selectionModel()->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
    selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(first);
}

void OrdersView::restoreFocusTo(const OrderId &id)
{
    const QModelIndex index = m_proxy->indexOf(id, std::max(0, currentIndex().column()));
    if (index.isValid())
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    setFocus(Qt::OtherFocusReason);
}

QString OrdersView::cancelBlockedReason() const
{
    if (!m_proxy->cancelBlocked().isEmpty())
        return m_proxy->cancelBlocked();
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

void OrdersView::noteBlockedReason()
{
    const bool selected = !selectedOrder().isEmpty();
    for (QAction *action : {m_detailsAction, m_copyIdAction, m_copyRowAction, m_filterAction})
        action->setEnabled(selected);

    const OrderRow *row = m_orders.row(selectedOrder());
    const QString own = row ? cancelBlockReason(*row, m_proxy->cancelBlocked()) : cancelBlockedReason();
    m_cancelAction->setEnabled(own.isEmpty());
    m_cancelAction->setToolTip(own.isEmpty() ? tr("Cancel this order (asks first)") : own);

    const QString reason = cancelBlockedReason();
    if (reason == m_blockedReason)
        return;
    m_blockedReason = reason;
    emit cancelBlockedReasonChanged(reason);
}

} // namespace countermand
