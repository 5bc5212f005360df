#include "ui/table/ordersview.h"

#include "ui/look/theme.h"
#include "ui/table/cellflash.h"
#include "ui/table/ordercolumns.h"
#include "ui/table/orderdelegate.h"
#include "ui/table/ordersheader.h"
#include "ui/table/ordersproxy.h"
#include "ui/table/tablekeys.h"
#include "ui/words/orderwords.h"

#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace countermand {

namespace {

/// A click this soon after the rows moved was aimed at what stood there before.
constexpr auto settleTime = 600ms;

} // namespace

OrdersView::OrdersView(OpenOrders &orders, QWidget *parent)
    : QTableView(parent),
      m_orders(orders),
      m_proxy(new OrdersProxy(orders, this)),
      m_delegate(new OrderDelegate(*m_proxy, this)),
      m_clock([] { return std::chrono::steady_clock::now(); })
{
    setObjectName(u"ordersTable"_s);
    setAccessibleName(tr("Open orders"));
    setFrameShape(QFrame::NoFrame);
    setItemDelegate(m_delegate);
    setHorizontalHeader(new OrdersHeader(this));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setCornerButtonEnabled(false);
    setShowGrid(false);
    setWordWrap(false);
    setAlternatingRowColors(true);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setMouseTracking(true);
    setRowHeight(RowHeight::Normal);
    makeActions();

    m_guardTimer.setSingleShot(true);
    m_guardTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_guardTimer, &QTimer::timeout, this, &OrdersView::renewHold);

    setModel(m_proxy);
    watchRows();
    makeColumnMenu();
    resetColumns();
    keepACurrentRow();
    noteBlockedReason();
}

void OrdersView::makeActions()
{
    const auto make = [this](const QString &text, const QString &name) {
        auto *action = new QAction(text, this);
        action->setObjectName(name);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        return action;
    };
    m_cancelAction = make(tr("Cancel order…"), u"actCancelOrder"_s);
    m_detailsAction = make(tr("Order details"), u"actDetails"_s);
    m_copyIdAction = make(tr("Copy order id"), u"actCopyId"_s);
    m_copyIdAction->setShortcuts(tableKeys(TableKey::CopyId));
    m_copyRowAction = make(tr("Copy row"), u"actCopyRow"_s);
    m_copyRowAction->setShortcuts(tableKeys(TableKey::CopyRow));
    addActions({m_copyIdAction, m_copyRowAction});

    connect(m_cancelAction, &QAction::triggered, this, [this] {
        if (isFree(selectedOrder()))
            emit cancelQuestionRequested(selectedOrder());
    });
    connect(m_detailsAction, &QAction::triggered, this, [this] { requestDetails(selectedOrder()); });
    const auto copy = [this](const std::function<QString(const Order &)> &line) {
        QStringList lines;
        const auto selected = selectedOrders();
        for (const OrderId &id : selected) {
            if (const Order *order = m_orders.find(id))
                lines.append(line(*order));
        }
        if (!lines.isEmpty())
            QGuiApplication::clipboard()->setText(lines.join(u'\n'));
    };
    connect(m_copyIdAction, &QAction::triggered, this,
            [copy] { copy([](const Order &order) { return order.id.text(); }); });
    connect(m_copyRowAction, &QAction::triggered, this,
            [this, copy] { copy([this](const Order &order) { return copyRowText(order, m_proxy->now()); }); });

    m_menu = new QMenu(this);
    m_menu->setObjectName(u"orderMenu"_s);
    m_menu->setToolTipsVisible(true);
    m_menu->addAction(m_cancelAction);
    makeScopeActions();
    m_menu->addSeparator();
    m_filterAction = make(tr("Filter by this instrument"), u"actFilterInstrument"_s);
    connect(m_filterAction, &QAction::triggered, this, [this] {
        if (const Order *order = m_orders.find(currentOrder()))
            emit filterWanted(OrderFilter::instrumentTerm(*order));
    });
    m_menu->addActions({m_detailsAction, m_copyIdAction, m_copyRowAction, m_filterAction});
}

void OrdersView::watchRows()
{
    connect(m_proxy, &QAbstractItemModel::rowsAboutToBeInserted, this, &OrdersView::rememberRows);
    connect(m_proxy, &QAbstractItemModel::rowsAboutToBeRemoved, this, &OrdersView::rememberRows);
    connect(m_proxy, &QAbstractItemModel::layoutAboutToBeChanged, this, &OrdersView::rememberRows);
    connect(m_proxy, &QAbstractItemModel::rowsInserted, this, &OrdersView::keepACurrentRow);
    connect(m_proxy, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last) {
                if (first.column() <= OrderColumns::Action && last.column() >= OrderColumns::Action)
                    noteBlockedReason();
            });
    connect(&m_proxy->flash(), &CellFlash::changed, this,
            [this](const OrderId &id, OrderColumns::Column column) { update(m_proxy->indexOf(id, column)); });

    // Instead of setSortingEnabled(): a sort the user asked for must be told apart from one that new values caused.
    horizontalHeader()->setSortIndicatorShown(true);
    connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &OrdersView::sortByUser);
}

QString OrdersView::generalBlock() const
{
    return m_proxy->cancelBlocked();
}

void OrdersView::setCancelBlocked(const QString &reason)
{
    m_proxy->setCancelBlocked(reason);
    noteBlockedReason();
}

void OrdersView::setNow(const QDateTime &nowUtc)
{
    m_proxy->setNow(nowUtc);
}

void OrdersView::setRowHeight(RowHeight height)
{
    const int pixels = std::max(int(height), fontMetrics().height() + 6);
    verticalHeader()->setMinimumSectionSize(pixels);
    verticalHeader()->setDefaultSectionSize(pixels);
}

void OrdersView::setFilter(const OrderFilter &filter)
{
    // What the user asks for is no move under the pointer that must be warned of.
    m_sortingByUser = true;
    m_proxy->setFilter(filter);
    m_sortingByUser = false;
    keepACurrentRow();
}

void OrdersView::setGroupBy(GroupBy by)
{
    m_sortingByUser = true;
    m_proxy->setGroupBy(by);
    m_sortingByUser = false;
    keepACurrentRow();
}

void OrdersView::applyWaiting()
{
    m_proxy->applyWaiting();
}

void OrdersView::setGuarded(bool guarded)
{
    m_guarded = guarded;
    renewHold();
}

void OrdersView::setInstantCancel(bool on)
{
    m_guard.setEndsByRest(!on);
    renewHold();
}

void OrdersView::setStale(bool stale)
{
    if (m_delegate->setStale(stale))
        viewport()->update();
}

void OrdersView::setReducedMotion(bool reduced)
{
    m_proxy->flash().setEnabled(!reduced);
}

void OrdersView::sortByUser(int column, Qt::SortOrder order)
{
    m_sortingByUser = true;
    m_proxy->sort(column, order);
    m_sortingByUser = false;
    emit columnsChanged();
}

VisibleRows OrdersView::visibleRows() const
{
    VisibleRows rows;
    const int height = viewport()->height();
    for (int row = rowAt(0); row >= 0 && row < m_proxy->rowCount(); ++row) {
        const int top = rowViewportPosition(row);
        if (top >= height)
            break;
        rows.append(m_proxy->idAt(row), top, rowHeight(row));
    }
    return rows;
}

void OrdersView::rememberRows()
{
    m_sortedByUser = m_sortedByUser || m_sortingByUser;
    if (!m_before)
        m_before = visibleRows();
}

void OrdersView::doItemsLayout()
{
    QTableView::doItemsLayout();
    keepRowsInPlace();
}

void OrdersView::keepRowsInPlace()
{
    if (!m_before)
        return;
    const VisibleRows before = *std::exchange(m_before, std::nullopt);
    if (std::exchange(m_sortedByUser, false)) {
        if (currentIndex().isValid() && !selectedOrder().isEmpty())
            scrollTo(currentIndex());
    } else {
        const auto offset = before.offsetToKeep([this](const OrderId &id) -> std::optional<int> {
            const QModelIndex index = m_proxy->indexOf(id);
            return index.isValid() ? std::optional(verticalHeader()->sectionPosition(index.row())) : std::nullopt;
        });
        if (offset)
            verticalScrollBar()->setValue(*offset);
    }

    if (before.isEmpty() || before == visibleRows())
        return;
    const auto now = m_clock();
    m_moves.removeIf([now](const Move &move) { return now - move.at >= settleTime; });
    m_moves.append({now, before});
    m_movedWhilePressed = true;
}

bool OrdersView::hasJustMoved(int y) const
{
    const OrderId here = visibleRows().orderAt(y);
    for (const Move &move : m_moves) {
        if (m_clock() - move.at < settleTime && move.before.orderAt(y) != here)
            return true;
    }
    return false;
}

void OrdersView::setCurrentQuietly(const QModelIndex &index)
{
    const bool scrolls = hasAutoScroll();
    setAutoScroll(false);
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    setAutoScroll(scrolls);
}

void OrdersView::keepACurrentRow()
{
    // Assistive tools are known to stumble over a table without a current row.
    if (!currentIndex().isValid() && m_proxy->rowCount() > 0)
        setCurrentQuietly(m_proxy->index(0, 0));
}

void OrdersView::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    // The base class would select the row that it makes current.
    const QModelIndex current = currentIndex();
    if (current.isValid() && current.row() >= start && current.row() <= end) {
        setCurrentQuietly(m_proxy->indexOf(m_proxy->nextStaying(current.row()), current.column()));
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

void OrdersView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTableView::selectionChanged(selected, deselected);
    noteBlockedReason();
    emit selectedOrderChanged();
}

void OrdersView::paintEvent(QPaintEvent *event)
{
    const QModelIndex hovered = m_pointer ? indexAt(*m_pointer) : QModelIndex();
    auto button = OrderDelegate::Button::Resting;
    if (m_pointer && isOverAction(*m_pointer)) {
        if (m_pressed.isEmpty())
            button = OrderDelegate::Button::Hovered;
        else if (buttonAt(*m_pointer) == m_pressed)
            button = OrderDelegate::Button::Pressed;
    }
    m_delegate->setPointer(hovered.isValid() ? hovered.row() : -1, button);
    QTableView::paintEvent(event);
    if (hasFocus())
        paintFocusRing();
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
    fitColumns();
}

void OrdersView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange ||
        event->type() == QEvent::PaletteChange)
        fitColumns();
}

} // namespace countermand
