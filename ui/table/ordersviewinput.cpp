#include "ui/table/orderdelegate.h"
#include "ui/table/ordersproxy.h"
#include "ui/table/ordersview.h"
#include "ui/table/rowstate.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QEnterEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScopeGuard>

#include <utility>

// What the user does with the orders table: pointer and keys.

namespace countermand {

bool OrdersView::isOverAction(const QPoint &position) const
{
    const QModelIndex index = indexAt(position);
    return index.isValid() && index.column() == OrderColumns::Action && !m_proxy->isGroup(index.row()) &&
           OrderDelegate::buttonHitRect(visualRect(index)).contains(position);
}

OrderId OrdersView::buttonAt(const QPoint &position) const
{
    if (!isOverAction(position))
        return {};
    const ShownOrder &shown = m_proxy->shown(indexAt(position));
    return m_proxy->blockReason(shown).isEmpty() ? shown.row.order.id : OrderId();
}

bool OrdersView::isFree(const OrderId &id) const
{
    const OrderRow *row = m_orders.row(id);
    return row && cancelBlockReason(*row, m_proxy->cancelBlocked()).isEmpty();
}

void OrdersView::requestCancel(const OrderId &id)
{
    if (isFree(id))
        emit cancelRequested(id);
}

void OrdersView::requestDetails(const OrderId &id)
{
    if (m_orders.row(id))
        emit detailsRequested(id);
}

void OrdersView::pointerOver(const QPoint &globalPosition)
{
    // Qt also tells of a pointer that lies still when something changes under it.
    if (std::exchange(m_pointerOnScreen, globalPosition) != globalPosition)
        m_guard.pointerMoved(m_clock());
    renewHold();
}

void OrdersView::renewHold()
{
    const auto now = m_clock();
    m_proxy->setHeld(m_guarded && m_guard.holds(now));
    if (const auto left = m_guard.endsIn(now))
        m_guardTimer.start(*left);
    else
        m_guardTimer.stop();
}

void OrdersView::mousePressEvent(QMouseEvent *event)
{
    m_guard.buttonPressed();
    pointerOver(event->globalPosition().toPoint());
    const QPoint position = event->position().toPoint();
    m_pointer = position;
    m_pressed = {};
    if (const int row = rowAt(position.y()); event->button() == Qt::LeftButton && m_proxy->isGroup(row)) {
        toggleGroup(row);
        return;
    }
    if (event->button() == Qt::LeftButton && columnAt(position.x()) == OrderColumns::Action) {
        // Asked first: it lays out what is pending, which may be the very move that matters.
        const OrderId id = buttonAt(position);
        if (hasJustMoved(position.y())) {
            emit clickIgnoredAfterMove();
            return;
        }
        if (!id.isEmpty()) {
            m_pressed = id;
            m_movedWhilePressed = false;
            selectionModel()->setCurrentIndex(indexAt(position),
                                              QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
            viewport()->update();
            return;
        }
    }
    QTableView::mousePressEvent(event);
}

void OrdersView::mouseMoveEvent(QMouseEvent *event)
{
    // The end of a press that opened a menu is not told.
    if (event->buttons() == Qt::NoButton)
        m_guard.buttonReleased();
    pointerOver(event->globalPosition().toPoint());
    const QPoint position = event->position().toPoint();
    const QModelIndex before = m_pointer ? indexAt(*m_pointer) : QModelIndex();
    const bool overAction = m_pointer && isOverAction(*m_pointer);
    m_pointer = position;
    if (indexAt(position) != before || isOverAction(position) != overAction)
        viewport()->update();
    // A held button must not select the rows that the pointer passes.
    if (m_pressed.isEmpty())
        QTableView::mouseMoveEvent(event);
}

void OrdersView::mouseReleaseEvent(QMouseEvent *event)
{
    // Rows that were held may move only after the click has found what it meant.
    const auto letGo = qScopeGuard([this, all = event->buttons() == Qt::NoButton] {
        if (all)
            m_guard.buttonReleased();
        if (m_pointerOnScreen)
            m_guard.pointerMoved(m_clock());
        renewHold();
    });
    if (event->button() != Qt::LeftButton || m_pressed.isEmpty()) {
        QTableView::mouseReleaseEvent(event);
        return;
    }
    const OrderId released = buttonAt(event->position().toPoint());
    const OrderId pressed = std::exchange(m_pressed, {});
    viewport()->update();
    if (released == pressed)
        requestCancel(pressed);
    else if (m_movedWhilePressed)
        emit clickIgnoredAfterMove();
}

void OrdersView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    // The second half of a double click on Action does nothing: the first has asked already.
    if (event->button() == Qt::LeftButton && index.isValid() && index.column() != OrderColumns::Action)
        requestDetails(m_proxy->idAt(index.row()));
}

void OrdersView::keyPressEvent(QKeyEvent *event)
{
    const bool sorts = event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier);
    const int key = event->key();
    if (QList<int>{Qt::Key_Up, Qt::Key_Down, Qt::Key_PageUp, Qt::Key_PageDown, Qt::Key_Home, Qt::Key_End}.contains(
            key)) {
        m_guard.navigated(m_clock());
        renewHold();
    }
    const bool toggles = key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Space || key == Qt::Key_Return;
    if (toggles && m_proxy->isGroup(currentIndex().row()) && event->modifiers() == Qt::NoModifier) {
        if (!event->isAutoRepeat())
            toggleGroup(currentIndex().row());
    } else if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        if (event->modifiers() & Qt::ControlModifier) {
            event->ignore();
            return;
        }
        if (!event->isAutoRepeat())
            requestDetails(currentOrder());
    } else if (key == Qt::Key_Space && currentIndex().column() == OrderColumns::Action) {
        if (!event->isAutoRepeat())
            requestCancel(currentOrder());
    } else if (sorts && (key == Qt::Key_Up || key == Qt::Key_Down)) {
        horizontalHeader()->setSortIndicator(std::max(0, currentIndex().column()),
                                             key == Qt::Key_Up ? Qt::AscendingOrder : Qt::DescendingOrder);
    } else if (sorts && key == Qt::Key_A) {
        clearSelection();
    } else if (key == Qt::Key_Escape && !selectedOrder().isEmpty()) {
        clearSelection();
    } else if (!event->matches(QKeySequence::Copy) && key != Qt::Key_Delete) {
        QTableView::keyPressEvent(event);
        return;
    } else {
        // Left to the window. The base class would copy one cell, or search for the key's character.
        event->ignore();
        return;
    }
    event->accept();
}

void OrdersView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid() || m_proxy->isGroup(index.row()))
        return;
    // On one of several selected rows the menu is for all of them.
    if (selectionModel()->isRowSelected(index.row()))
        setCurrentQuietly(index);
    else
        selectOrder(m_proxy->idAt(index.row()));
    const QRect row = visualRect(index);
    m_menu->popup(byKey ? viewport()->mapToGlobal(row.bottomLeft()) : event->globalPos());
    event->accept();
}

bool OrdersView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Enter) {
        pointerOver(static_cast<QEnterEvent *>(event)->globalPosition().toPoint());
    } else if (event->type() == QEvent::Leave) {
        m_pointer.reset();
        viewport()->update();
        // An opened menu takes the pointer, yet it still is where it was.
        const bool covered = QApplication::activePopupWidget() &&
                             viewport()->rect().contains(viewport()->mapFromGlobal(QCursor::pos()));
        if (!covered)
            pointerLeft();
    }
    return QTableView::viewportEvent(event);
}

void OrdersView::toggleGroup(int row)
{
    m_sortingByUser = true;
    m_proxy->toggleGroup(row);
    m_sortingByUser = false;
}

void OrdersView::pointerLeft()
{
    m_guard.pointerLeft();
    m_pointerOnScreen.reset();
    renewHold();
}

void OrdersView::hideEvent(QHideEvent *event)
{
    QTableView::hideEvent(event);
    pointerLeft();
}

void OrdersView::focusInEvent(QFocusEvent *event)
{
    QTableView::focusInEvent(event);
    viewport()->update();
}

void OrdersView::focusOutEvent(QFocusEvent *event)
{
    QTableView::focusOutEvent(event);
    viewport()->update();
}

void OrdersView::scrollContentsBy(int dx, int dy)
{
    QTableView::scrollContentsBy(dx, dy);
    // Another row may be under the pointer now.
    viewport()->update();
}

} // namespace countermand
