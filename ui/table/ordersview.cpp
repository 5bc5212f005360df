#include "ui/table/ordersview.h"

#include "ui/look/accesskeys.h"
#include "ui/look/theme.h"
#include "ui/table/accessibleorders.h"
#include "ui/table/cellflash.h"
#include "ui/table/orderdelegate.h"
#include "ui/table/ordermenu.h"
#include "ui/table/orderselection.h"
#include "ui/table/ordersheader.h"
#include "ui/table/orderstable.h"
#include "ui/table/rowstate.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QEnterEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScopeGuard>
#include <QScrollBar>

#include <algorithm>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

/// While rows are being removed: the order below `row`, else above it, that stays; an empty id if none does.
OrderId nextStaying(const OrdersTable &table, int row)
{
    const auto stays = [&table](int each) { return table.shown(table.index(each, 0)).stays && !table.isGroup(each); };
    for (int below = row + 1; below < table.rowCount(); ++below) {
        if (stays(below))
            return table.idAt(below);
    }
    for (int above = std::min(row, table.rowCount()) - 1; above >= 0; --above) {
        if (stays(above))
            return table.idAt(above);
    }
    return {};
}

/// The orders below a heading, from top to bottom; none while they are hidden.
QList<OrderId> ordersBelow(const OrdersTable &table, int heading)
{
    QList<OrderId> ids;
    for (int row = heading + 1; row < table.rowCount() && !table.isGroup(row); ++row)
        ids.append(table.idAt(row));
    return ids;
}

/// The platform doesn't tell where on the screen a window is.
bool isScreenHidden()
{
    static const bool isHidden = QGuiApplication::platformName().startsWith("wayland"_L1);
    return isHidden;
}

/// What the program's other windows hide of an area of the screen. One that isn't active may lie below, and is no
/// matter: a press that comes through was aimed past it.
QList<QRect> windowsOver(const QRect &area, const QWidget *own)
{
    QList<QRect> covered;
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (const QWidget *window : windows) {
        if (window == own || !window->isVisible() || window->windowType() == Qt::ToolTip)
            continue;
        const bool isOnTop = window->isModal() || window->windowType() == Qt::Popup;
        if (!isOnTop && (isScreenHidden() || !window->isActiveWindow()))
            continue;
        if (const QRect part = isScreenHidden() ? area : window->frameGeometry() & area; !part.isEmpty())
            covered.append(part);
    }
    return covered;
}

/// After it another window may lie over this one, or none any more.
bool changesWindows(const QEvent &event)
{
    switch (event.type()) {
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::WindowActivate:
    case QEvent::WindowDeactivate:
        return true;
    default:
        return false;
    }
}

} // namespace

OrdersView::OrdersView(OpenOrders &orders, QWidget *parent)
    : QTableView(parent),
      m_orders(orders),
      m_table(new OrdersTable(orders, this)),
      m_delegate(new OrderDelegate(*m_table, this)),
      m_columns(new OrdersHeader(this))
{
    installAccessibleOrders();
    setObjectName(u"ordersTable"_s);
    setAccessibleName(tr("Open orders"));
    setItemDelegate(m_delegate);
    dressTable(*this, m_columns);
    setSelectionMode(ExtendedSelection);
    setMouseTracking(true);
    setRowHeight(RowHeight::Normal);

    m_guardTimer.setSingleShot(true);
    m_guardTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_guardTimer, &QTimer::timeout, this, &OrdersView::renewHold);

    setModel(m_table);
    m_columns->setRows(*m_table);
    m_selection = new OrderSelection(m_orders, *m_table, *selectionModel(), this);
    m_menu = new OrderMenu(m_orders, *m_table, *m_selection, this);
    addActions({m_menu->copyIdAction(), m_menu->copyRowAction()});
    connect(m_menu, &OrderMenu::detailsRequested, this, &OrdersView::detailsRequested);
    watchRows();
    watchAncestors();
    // Everybody's events: other windows come and go over the rows, too.
    qApp->installEventFilter(this);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &OrdersView::spareRoomChanged);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &OrdersView::spareRoomChanged);
    m_columns->fit(viewport()->width());
    m_columns->resetColumns();
    keepACurrentRow();
}

void OrdersView::setClock(SteadyClock clock)
{
    m_clock = std::move(clock);
}

void OrdersView::watchRows()
{
    connect(m_table, &QAbstractItemModel::rowsAboutToBeInserted, this, &OrdersView::rememberRows);
    connect(m_table, &QAbstractItemModel::rowsAboutToBeRemoved, this, &OrdersView::rememberRows);
    connect(m_table, &QAbstractItemModel::layoutAboutToBeChanged, this, &OrdersView::rememberRows);
    connect(m_table, &QAbstractItemModel::rowsInserted, this, &OrdersView::keepACurrentRow);
    connect(&m_table->flash(), &CellFlash::changed, this,
            [this](const OrderId &id, OrderColumns::Column column) { update(m_table->indexOf(id, column)); });

    // Instead of setSortingEnabled(): a sort the user asked for must be told apart from one that new values caused.
    m_columns->setSortIndicatorShown(true);
    connect(m_columns, &QHeaderView::sortIndicatorChanged, this,
            [this](int column, Qt::SortOrder order) { askedByUser([&] { m_table->sort(column, order); }); });
}

void OrdersView::selectOrder(const OrderId &id)
{
    const QModelIndex index = m_table->indexOf(id, std::max(0, currentIndex().column()));
    if (index.isValid())
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void OrdersView::selectOrders(const QList<OrderId> &ids)
{
    QItemSelection rows;
    QModelIndex first;
    for (const OrderId &id : ids) {
        const QModelIndex index = m_table->indexOf(id);
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
    m_steppedThere = false;
    const QModelIndex index = m_table->indexOf(id, std::max(0, currentIndex().column()));
    if (index.isValid())
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    setFocus(Qt::OtherFocusReason);
}

void OrdersView::setRowHeight(RowHeight height)
{
    setRowHeights(*this, int(height));
}

void OrdersView::askedByUser(const std::function<void()> &change)
{
    m_askedByUser = true;
    change();
    m_askedByUser = false;
}

void OrdersView::setFilter(const OrderFilter &filter)
{
    askedByUser([&] { m_table->setFilter(filter); });
    keepACurrentRow();
}

void OrdersView::setGroupBy(GroupBy by)
{
    askedByUser([&] { m_table->setGroupBy(by); });
    keepACurrentRow();
}

void OrdersView::toggleGroup(int row)
{
    askedByUser([&] { m_table->toggleGroup(row); });
}

QString OrdersView::groupButtonAt(const QPoint &position) const
{
    const int row = rowAt(position.y());
    if (!m_table->isGroup(row) || !m_table->cancelBlocked().isEmpty())
        return {};
    const QRect heading(0, rowViewportPosition(row), viewport()->width(), rowHeight(row));
    return OrderDelegate::groupButtonRect(heading, font(), layoutDirection()).contains(position)
               ? m_table->shown(m_table->index(row, 0)).group
               : QString();
}

void OrdersView::askAboutGroup(int row)
{
    if (ordersBelow(*m_table, row).isEmpty())
        toggleGroup(row);
    const QList<OrderId> ids = ordersBelow(*m_table, row);
    selectOrders(ids);
    if (ids.size() == 1)
        requestQuestion(ids.constFirst());
    else if (m_selection->generalBlock().isEmpty() && !m_selection->ordersIn(CancelScope::Selected).isEmpty())
        emit m_menu->cancelManyRequested(CancelScope::Selected);
}

void OrdersView::setGuarded(bool guarded)
{
    m_steady.setGuarded(guarded);
    renewHold();
}

void OrdersView::setInstantCancel(bool on)
{
    m_cancelsAtOnce = on;
    m_steady.setEndsByRest(!on);
    renewHold();
}

int OrdersView::spareRoom() const
{
    // At the beginning of the list nothing moves up there, however much room comes below.
    const QScrollBar *bar = verticalScrollBar();
    const bool isFree = !m_pointer || bar->value() == bar->minimum();
    return isFree ? std::numeric_limits<int>::max() : bar->maximum() - bar->value();
}

VisibleRows OrdersView::visibleRows(int offset) const
{
    VisibleRows rows;
    const int height = viewport()->height();
    for (int row = rowAt(0); row >= 0 && row < m_table->rowCount(); ++row) {
        const int top = rowViewportPosition(row);
        if (top >= height)
            break;
        rows.append(m_table->idAt(row), top + offset, rowHeight(row));
    }
    return rows;
}

QPoint OrdersView::onScreen(const QPoint &position) const
{
    return isScreenHidden() ? viewport()->mapTo(window(), position) : viewport()->mapToGlobal(position);
}

void OrdersView::noteRows()
{
    RowsOnScreen rows;
    if (viewport()->isVisible()) {
        const QPoint corner = onScreen({0, 0});
        const QRect area(corner, viewport()->size());
        rows = {area, visibleRows(corner.y()), windowsOver(area, window())};
    }
    m_steady.lieAt(rows, m_clock());
}

bool OrdersView::isAimed(const QPoint &position)
{
    // Asked first: it lays out what is pending, which may be the very move that matters.
    const QModelIndex index = indexAt(position);
    noteRows();
    const OrderId here = index.isValid() ? m_table->idAt(index.row()) : OrderId();
    return m_steady.isAimedAt(here, onScreen(position), m_clock());
}

bool OrdersView::takesPress(const QPoint &position)
{
    if (isAimed(position))
        return true;
    emit clickIgnoredAfterMove();
    return false;
}

void OrdersView::watchAncestors()
{
    m_ancestors.clear();
    for (QWidget *ancestor = parentWidget(); ancestor; ancestor = ancestor->parentWidget()) {
        m_ancestors.append(ancestor);
        if (ancestor->isWindow())
            break;
    }
}

bool OrdersView::eventFilter(QObject *watched, QEvent *event)
{
    if (m_ancestors.contains(watched)) {
        if (event->type() == QEvent::Move || event->type() == QEvent::Resize)
            noteRows();
        else if (event->type() == QEvent::ParentChange)
            watchAncestors();
    } else if (changesWindows(*event) && watched->isWidgetType() && static_cast<QWidget *>(watched)->isWindow()) {
        noteRows();
    }
    return QTableView::eventFilter(watched, event);
}

bool OrdersView::event(QEvent *event)
{
    const bool handled = QTableView::event(event);
    if (event->type() == QEvent::ParentChange)
        watchAncestors();
    else if (event->type() == QEvent::Move)
        noteRows();
    return handled;
}

void OrdersView::rememberRows()
{
    m_steady.willMove([this] { return visibleRows(); }, m_askedByUser);
}

void OrdersView::doItemsLayout()
{
    QTableView::doItemsLayout();
    keepRowsInPlace();
    noteRows();
}

void OrdersView::keepRowsInPlace()
{
    const auto move = m_steady.takeMove();
    if (!move)
        return;
    if (move->isAsked) {
        if (currentIndex().isValid() && !m_selection->selectedOrder().isEmpty())
            scrollTo(currentIndex());
    } else {
        const auto offset = move->before.offsetToKeep([this](const OrderId &id) -> std::optional<int> {
            const QModelIndex index = m_table->indexOf(id);
            return index.isValid() ? std::optional(verticalHeader()->sectionPosition(index.row())) : std::nullopt;
        });
        if (offset)
            verticalScrollBar()->setValue(*offset);
    }
}

void OrdersView::setCurrentQuietly(const QModelIndex &index, QItemSelectionModel::SelectionFlags flags)
{
    const bool scrolls = hasAutoScroll();
    setAutoScroll(false);
    selectionModel()->setCurrentIndex(index, flags);
    setAutoScroll(scrolls);
}

void OrdersView::keepACurrentRow()
{
    // Assistive tools are known to stumble over a table without a current row.
    if (!currentIndex().isValid() && m_table->rowCount() > 0)
        setCurrentQuietly(m_table->index(0, 0));
}

void OrdersView::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    // The base class would select the row that it makes current.
    const QModelIndex current = currentIndex();
    if (current.isValid() && current.row() >= start && current.row() <= end) {
        setCurrentQuietly(m_table->indexOf(nextStaying(*m_table, current.row()), current.column()));
    }
    QTableView::rowsAboutToBeRemoved(parent, start, end);
}

void OrdersView::dataChanged(const QModelIndex &first, const QModelIndex &last, const QList<int> &roles)
{
    if (first == last || !first.isValid() || !last.isValid()) {
        QTableView::dataChanged(first, last, roles);
        return;
    }
    // The base class would repaint the whole table for more than one cell.
    const int top = std::max(0, rowViewportPosition(first.row()));
    const int bottom = std::min(viewport()->height(), rowViewportPosition(last.row()) + rowHeight(last.row()));
    for (int column = first.column(); column <= last.column() && top < bottom; ++column) {
        if (!isColumnHidden(column))
            viewport()->update(columnViewportPosition(column), top, columnWidth(column), bottom - top);
    }
    if (QAccessible::isActive()) {
        QAccessibleTableModelChangeEvent event(this, QAccessibleTableModelChangeEvent::DataChanged);
        event.setFirstRow(first.row());
        event.setFirstColumn(first.column());
        event.setLastRow(last.row());
        event.setLastColumn(last.column());
        QAccessible::updateAccessibility(&event);
    }
}

void OrdersView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    viewport()->update();
}

void OrdersView::paintEvent(QPaintEvent *event)
{
    const QModelIndex hovered = m_pointer ? indexAt(*m_pointer) : QModelIndex();
    auto button = OrderDelegate::Button::Resting;
    if (m_pointer && !groupButtonAt(*m_pointer).isEmpty()) {
        button = m_pressedGroup.isEmpty() ? OrderDelegate::Button::Hovered : OrderDelegate::Button::Pressed;
    } else if (m_pointer && isOverAction(*m_pointer)) {
        if (m_steady.pressed().isEmpty())
            button = OrderDelegate::Button::Hovered;
        else if (buttonAt(*m_pointer) == m_steady.pressed())
            button = OrderDelegate::Button::Pressed;
    }
    m_delegate->setPointer(hovered.isValid() ? hovered.row() : -1, button);
    QTableView::paintEvent(event);
    if (hasFocus())
        paintFocusRing();
    // Whatever has moved the rows without a word has had them painted anew.
    noteRows();
}

QSize OrdersView::minimumSizeHint() const
{
    const QSize least = QTableView::minimumSizeHint();
    return {m_columns->leastWidth() + verticalScrollBar()->sizeHint().width() + 2 * frameWidth(), least.height()};
}

void OrdersView::paintFocusRing()
{
    if (!currentIndex().isValid())
        return;
    const int row = currentIndex().row();
    const int width = std::min(viewport()->width(), horizontalHeader()->length() - horizontalHeader()->offset());
    const int left = isRightToLeft() ? viewport()->width() - width : 0;
    QPainter painter(viewport());
    painter.setPen(QPen(themeOf(palette()).focus, 2));
    painter.drawRect(QRect(left, rowViewportPosition(row), width, rowHeight(row)).adjusted(1, 1, -1, -1));
}

void OrdersView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    m_columns->fit(viewport()->width());
    noteRows();
}

void OrdersView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange ||
        event->type() == QEvent::PaletteChange)
        m_columns->fit(viewport()->width());
}

bool OrdersView::isOverAction(const QPoint &position) const
{
    const QModelIndex index = indexAt(position);
    return index.isValid() && index.column() == OrderColumns::Action && !m_table->isGroup(index.row()) &&
           OrderDelegate::buttonHitRect(visualRect(index)).contains(position);
}

OrderId OrdersView::buttonAt(const QPoint &position) const
{
    if (!isOverAction(position))
        return {};
    const ShownOrder &shown = m_table->shown(indexAt(position));
    return cancelBlockReason(shown.row, shown.gone, m_table->cancelBlocked()).isEmpty() ? shown.row.order.id
                                                                                        : OrderId();
}

void OrdersView::requestCancel(const OrderId &id)
{
    if (m_selection->isFree(id))
        emit cancelRequested(id);
}

void OrdersView::requestQuestion(const OrderId &id)
{
    if (m_selection->isFree(id))
        emit questionRequested(id);
}

void OrdersView::requestDetails(const OrderId &id)
{
    if (m_orders.row(id))
        emit detailsRequested(id);
}

void OrdersView::pointerOver(const QPoint &globalPosition)
{
    m_steady.pointerAt(globalPosition, m_clock());
    renewHold();
}

void OrdersView::pointerLeft()
{
    m_steady.pointerLeft();
    renewHold();
}

void OrdersView::renewHold()
{
    const auto now = m_clock();
    m_table->setHeld(m_steady.holds(now));
    if (const auto left = m_steady.endsIn(now))
        m_guardTimer.start(*left);
    else
        m_guardTimer.stop();
}

void OrdersView::mousePressEvent(QMouseEvent *event)
{
    m_steady.buttonPressed();
    pointerOver(event->globalPosition().toPoint());
    const QPoint position = event->position().toPoint();
    m_pointer = position;
    m_steady.press({});
    m_pressedGroup = event->button() == Qt::LeftButton ? groupButtonAt(position) : QString();
    if (!m_pressedGroup.isEmpty()) {
        viewport()->update();
        return;
    }
    if (const int row = rowAt(position.y()); event->button() == Qt::LeftButton && m_table->isGroup(row)) {
        toggleGroup(row);
        return;
    }
    // What another button opens says it itself. A press that only selects is about to cancel where Del asks nothing.
    if (event->button() != Qt::LeftButton)
        m_pressIgnored = !isAimed(position);
    else if (m_cancelsAtOnce || columnAt(position.x()) == OrderColumns::Action)
        m_pressIgnored = !takesPress(position);
    else
        m_pressIgnored = false;
    if (m_pressIgnored)
        return;
    if (event->button() == Qt::LeftButton && columnAt(position.x()) == OrderColumns::Action) {
        if (const OrderId id = buttonAt(position); !id.isEmpty()) {
            m_steady.press(id);
            // A row that is half in sight stays where it is: the button is let go where it was pressed.
            setCurrentQuietly(indexAt(position), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
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
        m_steady.buttonReleased();
    pointerOver(event->globalPosition().toPoint());
    const QPoint position = event->position().toPoint();
    const QModelIndex before = m_pointer ? indexAt(*m_pointer) : QModelIndex();
    const bool overAction = m_pointer && isOverAction(*m_pointer);
    m_pointer = position;
    if (indexAt(position) != before || isOverAction(position) != overAction)
        viewport()->update();
    // A held button must not select the rows that the pointer passes.
    if (m_steady.pressed().isEmpty() && !m_pressIgnored)
        QTableView::mouseMoveEvent(event);
}

void OrdersView::mouseReleaseEvent(QMouseEvent *event)
{
    // Rows that were held may move only after the click has found what it meant.
    const auto letGo = qScopeGuard([this, all = event->buttons() == Qt::NoButton] {
        if (all)
            m_steady.buttonReleased();
        m_steady.pointerActed(m_clock());
        renewHold();
    });
    if (const QString group = std::exchange(m_pressedGroup, {}); !group.isEmpty()) {
        viewport()->update();
        // Press and release on the same group, wherever it has gone meanwhile.
        if (event->button() == Qt::LeftButton && groupButtonAt(event->position().toPoint()) == group)
            askAboutGroup(rowAt(event->position().toPoint().y()));
        return;
    }
    if (std::exchange(m_pressIgnored, false))
        return;
    if (event->button() != Qt::LeftButton || m_steady.pressed().isEmpty()) {
        QTableView::mouseReleaseEvent(event);
        return;
    }
    const OrderId released = buttonAt(event->position().toPoint());
    const SteadyRows::Click click = m_steady.release(released);
    viewport()->update();
    if (click == SteadyRows::Click::Meant)
        requestCancel(released);
    else if (click == SteadyRows::Click::Lost)
        emit clickIgnoredAfterMove();
}

void OrdersView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    // The second half of a double click on Action does nothing: the first has asked already.
    if (event->button() == Qt::LeftButton && index.isValid() && index.column() != OrderColumns::Action &&
        !m_table->isGroup(index.row()) && takesPress(event->position().toPoint()))
        requestDetails(m_table->idAt(index.row()));
}

void OrdersView::keyPressEvent(QKeyEvent *event)
{
    const bool sorts = event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier);
    const int key = event->key();
    if (QList<int>{Qt::Key_Up, Qt::Key_Down, Qt::Key_PageUp, Qt::Key_PageDown, Qt::Key_Home, Qt::Key_End}.contains(
            key)) {
        m_steady.navigated(m_clock());
        renewHold();
        m_steppedThere = m_steppedThere || (event->modifiers() & Qt::ControlModifier);
    }
    // What has become current by itself, as after a cancel, is what the eye is on: the first step is to it.
    if ((key == Qt::Key_Up || key == Qt::Key_Down) && event->modifiers() == Qt::NoModifier &&
        currentIndex().isValid() && !m_table->isGroup(currentIndex().row()) && !selectionModel()->hasSelection() &&
        !m_steppedThere) {
        selectOrder(m_selection->currentOrder());
        event->accept();
        return;
    }
    const bool toggles = key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Space || key == Qt::Key_Return;
    if (toggles && m_table->isGroup(currentIndex().row()) && event->modifiers() == Qt::NoModifier) {
        if (!event->isAutoRepeat())
            toggleGroup(currentIndex().row());
    } else if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        if (event->modifiers() & Qt::ControlModifier) {
            event->ignore();
            return;
        }
        if (!event->isAutoRepeat())
            requestDetails(m_selection->currentOrder());
    } else if (key == Qt::Key_Space && currentIndex().column() == OrderColumns::Action) {
        if (!event->isAutoRepeat())
            requestCancel(m_selection->currentOrder());
    } else if (sorts && (key == Qt::Key_Up || key == Qt::Key_Down)) {
        m_columns->setSortIndicator(std::max(0, currentIndex().column()),
                                    key == Qt::Key_Up ? Qt::AscendingOrder : Qt::DescendingOrder);
    } else if ((sorts && key == Qt::Key_A) || (key == Qt::Key_Escape && !m_selection->selectedOrder().isEmpty())) {
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
    if (!index.isValid())
        return;
    if (m_table->isGroup(index.row())) {
        auto *menu = new QMenu(this);
        menu->setObjectName(u"groupMenu"_s);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        QAction *action = menu->addAction(tr("Cancel this group…"));
        action->setObjectName(u"actCancelGroup"_s);
        action->setEnabled(m_table->cancelBlocked().isEmpty());
        connect(action, &QAction::triggered, this, [this, group = m_table->shown(index).group] {
            for (int row = 0; row < m_table->rowCount(); ++row) {
                if (m_table->shown(m_table->index(row, 0)).group == group) {
                    askAboutGroup(row);
                    return;
                }
            }
        });
        keepAccessKeys(*menu);
        const QRect heading = visualRect(index);
        menu->popup(byKey ? viewport()->mapToGlobal(heading.bottomLeft()) : event->globalPos());
        event->accept();
        return;
    }
    if (!byKey && !takesPress(event->pos())) {
        event->accept();
        return;
    }
    // On one of several selected rows the menu is for all of them.
    if (selectionModel()->isRowSelected(index.row()))
        setCurrentQuietly(index);
    else
        selectOrder(m_table->idAt(index.row()));
    const QRect row = visualRect(index);
    m_menu->popup(byKey ? viewport()->mapToGlobal(row.bottomLeft()) : event->globalPos());
    event->accept();
}

bool OrdersView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Enter) {
        const auto *enter = static_cast<QEnterEvent *>(event);
        m_pointer = enter->position().toPoint();
        pointerOver(enter->globalPosition().toPoint());
        emit spareRoomChanged();
    } else if (event->type() == QEvent::Leave) {
        m_pointer.reset();
        viewport()->update();
        // An opened menu takes the pointer, yet it still is where it was.
        const bool covered = QApplication::activePopupWidget() &&
                             viewport()->rect().contains(viewport()->mapFromGlobal(QCursor::pos()));
        if (!covered)
            pointerLeft();
        emit spareRoomChanged();
    }
    return QTableView::viewportEvent(event);
}

void OrdersView::showEvent(QShowEvent *event)
{
    QTableView::showEvent(event);
    noteRows();
}

void OrdersView::hideEvent(QHideEvent *event)
{
    QTableView::hideEvent(event);
    pointerLeft();
    noteRows();
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
    noteRows();
}

} // namespace countermand
