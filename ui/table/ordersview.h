#pragma once

#include "ui/table/columnlayout.h"
#include "ui/table/rowguard.h"
#include "ui/table/visiblerows.h"
#include "workflow/cancelscope.h"
#include "workflow/openorders.h"

#include <QDateTime>
#include <QPoint>
#include <QTableView>
#include <QTimer>

#include <chrono>
#include <functional>
#include <optional>

class QMenu;

namespace countermand {

class OrderDelegate;
class OrderFilter;
enum class GroupBy;
class OrdersProxy;

/// The table of open orders (objectName ordersTable). Knows orders by id, never by row: selection, current
/// row and the rows on screen stay with their orders whatever a snapshot or a sort does.
///
/// It asks, it never cancels: cancelRequested leads to the confirmation.
class OrdersView : public QTableView
{
    Q_OBJECT

public:
    enum class RowHeight { Compact = 24, Normal = 28, Roomy = 34 };
    using SteadyClock = std::function<std::chrono::steady_clock::time_point()>;

    /// `orders` must outlive the view.
    explicit OrdersView(OpenOrders &orders, QWidget *parent = nullptr);

    /// The selected order, of several the current one; an empty id if none is. A current row need not be selected.
    OrderId selectedOrder() const;
    /// All selected orders (but gone ones), and all orders in the table, from top to bottom.
    QList<OrderId> selectedOrders() const;
    QList<OrderId> shownOrders() const;
    /// The orders of a scope that can be canceled now, but for general reasons; the instrument is the current
    /// order's.
    QList<Order> ordersIn(CancelScope scope) const;
    /// The order of the current row; an empty id only if the table is empty.
    OrderId currentOrder() const;
    /// Selects those of the orders that the table shows, and scrolls to the first.
    void selectOrders(const QList<OrderId> &ids);
    /// Selects an order and scrolls to it; an empty or unlisted id changes nothing.
    void selectOrder(const OrderId &id);
    /// After a dialog: focus on the table, at the order's row, or at the nearest one if it is gone. Selects
    /// nothing.
    void restoreFocusTo(const OrderId &id);

    /// Why no order can be canceled at the moment ("Offline", "Locked"); empty if they can.
    void setCancelBlocked(const QString &reason);
    QString generalBlock() const;
    /// Why none of the selected orders can be canceled ("Select an order first", "Already being canceled", …); empty
    /// if at least one can.
    QString cancelBlockedReason() const;

    /// The moment ages are counted to, UTC.
    void setNow(const QDateTime &nowUtc);
    void setRowHeight(RowHeight height);
    /// Shows only the orders that match, at once.
    void setFilter(const OrderFilter &filter);
    /// Puts the orders together below headings that can be collapsed (click, arrow keys, Space).
    void setGroupBy(GroupBy by);
    /// Lets changes happen that wait because rows may not move under the pointer (F5, the chip).
    void applyWaiting();
    /// Off until the first whole list has been read: rows may then move under the pointer. On at first.
    void setGuarded(bool guarded);
    /// While single orders are canceled without asking, resting the pointer never lets rows move.
    void setInstantCancel(bool on);
    /// The values are too old to trust: they are grayed.
    void setStale(bool stale);
    /// With reduced motion changed cells don't flash.
    void setReducedMotion(bool reduced);
    /// Default order, widths and sort of the columns.
    void resetColumns();
    /// Order, widths, sort and choice of the columns as they are now; for settings.
    ColumnLayout columnLayout() const;
    void setColumnLayout(const ColumnLayout &layout);
    /// The chooser (objectName columnMenu), for a menu of the window. Owned by the view.
    QMenu *columnMenu() const { return m_columnMenu; }
    /// Whether a column is shown that needs last prices.
    bool showsPrices() const;

    /// For menus: "Cancel order…" and "Order details" of the selected order, "Copy order id" (Ctrl+Shift+C) and "Copy
    /// row" (Ctrl+C) of all selected ones, a line each. Off while there is none. Owned by the view.
    QAction *cancelAction() const { return m_cancelAction; }
    QAction *detailsAction() const { return m_detailsAction; }
    QAction *copyIdAction() const { return m_copyIdAction; }
    QAction *copyRowAction() const { return m_copyRowAction; }
    /// "Filter by this instrument".
    QAction *filterAction() const { return m_filterAction; }

    OrdersProxy &proxy() const { return *m_proxy; }
    /// For tests: the clock behind the 600 ms in which a click after a move does nothing.
    void setClock(SteadyClock clock) { m_clock = std::move(clock); }

    void doItemsLayout() override;

signals:
    /// The user asks to cancel this order (Action button, Space on the button). It was not blocked.
    void cancelRequested(const countermand::OrderId &id);
    /// The same by the menu item "Cancel order…", which always asks.
    void cancelQuestionRequested(const countermand::OrderId &id);
    /// The user asks to cancel several orders (context menu). ordersIn(scope) is not empty.
    void cancelManyRequested(countermand::CancelScope scope);
    /// Enter, double-click or menu: show what is known of this order.
    void detailsRequested(const countermand::OrderId &id);
    /// A click on an Action button did nothing because the rows under it had just moved (toast "Nothing sent").
    void clickIgnoredAfterMove();
    void selectedOrderChanged();
    /// columnLayout() or showsPrices() may have changed.
    void columnsChanged();
    /// The user asks to see only what this filter text finds.
    void filterWanted(const QString &text);
    /// cancelBlockedReason() has changed.
    void cancelBlockedReasonChanged(const QString &reason);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void changeEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void dataChanged(const QModelIndex &first, const QModelIndex &last, const QList<int> &roles) override;

private:
    struct Move {
        std::chrono::steady_clock::time_point at;
        VisibleRows before;
    };

    void makeActions();
    void makeScopeActions();
    void makeColumnMenu();
    void renewScopeActions();
    void watchRows();
    VisibleRows visibleRows() const;
    void rememberRows();
    void keepRowsInPlace();
    void keepACurrentRow();
    void sortByUser(int column, Qt::SortOrder order);
    /// Sets the current row without selecting it and without scrolling to it.
    void setCurrentQuietly(const QModelIndex &index);
    bool hasJustMoved(int y) const;
    bool isOverAction(const QPoint &position) const;
    /// The order whose enabled button is at this place; an empty id if none is.
    OrderId buttonAt(const QPoint &position) const;
    /// Can be canceled now.
    bool isFree(const OrderId &id) const;
    void requestCancel(const OrderId &id);
    void requestDetails(const OrderId &id);
    void pointerOver(const QPoint &globalPosition);
    void pointerLeft();
    void toggleGroup(int row);
    /// Holds the rows, or lets them go, as the guard says now.
    void renewHold();
    void noteBlockedReason();
    void fitColumns();
    void paintFocusRing();

    OpenOrders &m_orders;
    OrdersProxy *m_proxy;
    OrderDelegate *m_delegate;
    QMenu *m_menu = nullptr;
    QMenu *m_columnMenu = nullptr;
    QAction *m_cancelAction = nullptr;
    QAction *m_cancelSelectedAction = nullptr;
    QAction *m_cancelInstrumentAction = nullptr;
    QAction *m_cancelSideAction = nullptr;
    QAction *m_detailsAction = nullptr;
    QAction *m_copyIdAction = nullptr;
    QAction *m_copyRowAction = nullptr;
    QAction *m_filterAction = nullptr;

    SteadyClock m_clock;
    RowGuard m_guard;
    bool m_guarded = true;
    QTimer m_guardTimer;
    /// Where the pointer was over the table; nothing while it is elsewhere.
    std::optional<QPoint> m_pointerOnScreen;
    /// Where the rows stood before the changes that have not been laid out yet.
    std::optional<VisibleRows> m_before;
    /// Moves of the last 600 ms, oldest first.
    QList<Move> m_moves;
    /// The order whose button is held down; empty if none is.
    OrderId m_pressed;
    bool m_movedWhilePressed = false;
    std::optional<QPoint> m_pointer;
    QString m_blockedReason;
    bool m_sortingByUser = false;
    /// The user has asked for another sort order that has not been laid out yet.
    bool m_sortedByUser = false;
    bool m_fitting = false;
    /// By column: what the user wants to see.
    QList<bool> m_shownColumns = QList<bool>(OrderColumns::ColumnCount, true);
    /// While a layout is put into effect.
    QList<int> m_chosenWidths;
    /// The user has chosen widths: the columns no longer follow the window's width.
    bool m_widthsChosen = false;
};

} // namespace countermand
