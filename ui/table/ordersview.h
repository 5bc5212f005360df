#pragma once

#include "ui/table/steadyrows.h"
#include "workflow/openorders.h"

#include <QItemSelectionModel>
#include <QList>
#include <QPointer>
#include <QTableView>
#include <QTimer>

#include <functional>
#include <optional>

namespace countermand {

class OrderDelegate;
class OrderFilter;
class OrderMenu;
class OrderSelection;
class OrdersHeader;
class OrdersTable;
enum class GroupBy;

/// The table of open orders (objectName ordersTable): pointer, keys and painting. Knows orders by id, never by row:
/// selection, current row and the rows on screen stay with their orders whatever a new list or a sort does.
///
/// It asks, it never cancels: cancelRequested leads to the confirmation.
class OrdersView : public QTableView
{
    Q_OBJECT

public:
    enum class RowHeight { Compact = 24, Normal = 28, Roomy = 34 };
    using SteadyClock = std::function<SteadyRows::Time()>;

    /// `orders` must outlive the view.
    explicit OrdersView(OpenOrders &orders, QWidget *parent = nullptr);
    /// What says how long ago rows moved; the computer's at first.
    void setClock(SteadyClock clock);

    /// The rows, which are also this view's model().
    OrdersTable &rows() const { return *m_table; }
    OrderSelection &selection() const { return *m_selection; }
    OrderMenu &menu() const { return *m_menu; }
    OrdersHeader &columns() const { return *m_columns; }

    /// Selects those of the orders that the table shows, and scrolls to the first.
    void selectOrders(const QList<OrderId> &ids);
    /// Selects an order and scrolls to it; an empty or unlisted id changes nothing.
    void selectOrder(const OrderId &id);
    /// After a dialog: focus on the table, at the order's row, or at the nearest one if it is gone. Selects
    /// nothing.
    void restoreFocusTo(const OrderId &id);

    void setRowHeight(RowHeight height);
    /// Shows only the orders that match, at once.
    void setFilter(const OrderFilter &filter);
    /// Puts the orders together below headings that can be collapsed (click, arrow keys, Space).
    void setGroupBy(GroupBy by);
    /// Off until the first whole list has been read: rows may then move under the pointer. On at first.
    void setGuarded(bool guarded);
    /// Asks for the question about this order, as assistive tools do by pressing its button; nothing while it can't
    /// be canceled.
    void requestQuestion(const OrderId &id);
    /// While single orders are canceled without asking, resting the pointer never lets rows move.
    void setInstantCancel(bool on);
    /// By how many pixels the table may grow at its lower end now without a row moving under the pointer.
    int spareRoom() const;

    void doItemsLayout() override;
    /// Wide enough for the columns that never leave.
    QSize minimumSizeHint() const override;

signals:
    /// The user asks to cancel this order (Action button, Space on the button). It was not blocked.
    void cancelRequested(const countermand::OrderId &id);
    /// The same, and the question must come in any case.
    void questionRequested(const countermand::OrderId &id);
    /// Enter, double-click or menu: show what is known of this order.
    void detailsRequested(const countermand::OrderId &id);
    /// A press did nothing because another row had just lain under it (toast "Nothing sent").
    void clickIgnoredAfterMove();
    /// spareRoom() may be another.
    void spareRoomChanged();

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
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    bool event(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void changeEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void dataChanged(const QModelIndex &first, const QModelIndex &last, const QList<int> &roles) override;

private:
    void watchRows();
    /// Notes all that can move the table on the screen.
    void watchAncestors();
    /// Pixels below the upper edge of the viewport, and so much more.
    VisibleRows visibleRows(int offset = 0) const;
    /// A place in the viewport as a place on the screen, or in the window where the screen isn't told.
    QPoint onScreen(const QPoint &position) const;
    void noteRows();
    /// Nothing else lay here while the user aimed.
    bool isAimed(const QPoint &position);
    /// The same, and says so if not.
    bool takesPress(const QPoint &position);
    void rememberRows();
    void keepRowsInPlace();
    void keepACurrentRow();
    /// What the user asks for is no move under the pointer that must be warned of.
    void askedByUser(const std::function<void()> &change);
    /// Sets the current row without scrolling to it, and without selecting it unless asked for.
    void setCurrentQuietly(const QModelIndex &index,
                           QItemSelectionModel::SelectionFlags flags = QItemSelectionModel::NoUpdate);
    bool isOverAction(const QPoint &position) const;
    /// The order whose enabled button is at this place; an empty id if none is.
    OrderId buttonAt(const QPoint &position) const;
    void requestCancel(const OrderId &id);
    void requestDetails(const OrderId &id);
    void pointerOver(const QPoint &globalPosition);
    void pointerLeft();
    void toggleGroup(int row);
    /// The button of the heading at this place, by its group's name; empty if none is.
    QString groupButtonAt(const QPoint &position) const;
    /// Selects the orders of a group and asks about them.
    void askAboutGroup(int row);
    /// Holds the rows, or lets them go, as SteadyRows says now.
    void renewHold();
    void paintFocusRing();

    const OpenOrders &m_orders;
    OrdersTable *m_table;
    OrderDelegate *m_delegate;
    OrdersHeader *m_columns;
    OrderSelection *m_selection = nullptr;
    OrderMenu *m_menu = nullptr;

    SteadyClock m_clock = std::chrono::steady_clock::now;
    SteadyRows m_steady;
    QTimer m_guardTimer;
    /// Where the pointer is over the cells; nothing while it is elsewhere.
    std::optional<QPoint> m_pointer;
    QList<QPointer<QWidget>> m_ancestors;
    bool m_askedByUser = false;
    /// The current row was gone to with Ctrl, which selects nothing: it is no row that became current by itself.
    bool m_steppedThere = false;
    /// Single orders are canceled without asking.
    bool m_cancelsAtOnce = false;
    /// The button that is held down was pressed where the user had not aimed.
    bool m_pressIgnored = false;
    /// The group whose button is held down.
    QString m_pressedGroup;
};

} // namespace countermand
