#pragma once

#include "ui/table/orderlist.h"
#include "workflow/openorders.h"

#include <QAbstractTableModel>
#include <QDateTime>
#include <QString>

#include <functional>

namespace countermand {

class CellFlash;

/// The model of the table of orders: which rows, in which order, and what has changed of them. What the cells say is
/// OrderColumns'.
///
/// Sorting is exact (decimals and instants, never their texts); orders that are equal stand in order of their
/// ids. Absent values come last in ascending order. Until sort() is called: Placed, oldest on top.
///
/// One snapshot is taken over at once: nothing where nothing changed, dataChanged where no row moved, else removals,
/// one change of layout and insertions, never a reset.
class OrdersTable : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// `orders` must outlive this.
    explicit OrdersTable(OpenOrders &orders, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    /// Shows only what matches, at once.
    void setFilter(const OrderFilter &filter);
    const OrderFilter &filter() const { return m_list.filter(); }
    /// Heading rows above groups of orders, with count and value. They can't be selected and have no id.
    void setGroupBy(GroupBy by);
    bool isGroup(int row) const { return row >= 0 && row < m_shown.size() && !m_shown.at(row)->group.isEmpty(); }
    /// Hides or shows the orders below this heading.
    void toggleGroup(int row);
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    /// Rows of open orders: without those that have gone and only wait to leave the screen.
    int shownCount() const;

    /// While held no row comes above others, goes or is sorted anew; cells still change. What has gone stays as such,
    /// what belongs below is added. Sorting and filtering by the user come through.
    void setHeld(bool held);
    /// Lets everything that waits happen now, held or not.
    void applyWaiting();
    /// Changes that wait: rows to go, to come, and to be moved.
    int waitingCount() const { return m_waiting; }

    const ShownOrder &shown(const QModelIndex &index) const { return *m_shown.at(index.row()); }
    OrderId idAt(int row) const;
    /// A cell of the order's row; invalid if it is not shown.
    QModelIndex indexOf(const OrderId &id, int column = 0) const;

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// The moment ages are counted to, UTC. Announces a change of the ages whose words differ, nothing else.
    void setNow(QDateTime nowUtc);
    const QDateTime &now() const { return m_now; }

    /// Why no order can be canceled at the moment ("Offline", "Locked"); empty if they can.
    void setCancelBlocked(const QString &reason);
    const QString &cancelBlocked() const { return m_cancelBlocked; }

    CellFlash &flash() const { return *m_flash; }

    /// What a cell says. Kept with the row until its order changes.
    const QString &cellText(const ShownOrder &shown, OrderColumns::Column column) const;

    /// Where last prices come from; nothing while none is known.
    using PriceSource = std::function<std::optional<Decimal>(const Order &)>;
    /// Asks it for every order; again whenever it tells other prices.
    void setPriceSource(PriceSource source);

    /// Which orders a mark of ShownOrder (old, atOnce) is on; none, without one.
    using MarkSource = std::function<bool(const Order &)>;
    /// Asks it for every order; again whenever it may say something else. Announces the `columns` that show it.
    void setMarks(bool ShownOrder::*mark, const MarkSource &isMarked,
                  const QList<OrderColumns::Column> &columns = {});

signals:
    /// The number of open orders or shownCount() has changed.
    void countsChanged();
    void waitingCountChanged(int count);
    /// Cells that say something else now, and no others: dataChanged() tells of many at once as of one range.
    void textsChanged(int firstRow, int lastRow, int firstColumn, int lastColumn);
    void cancelBlockedChanged();

private:
    using Column = OrderColumns::Column;
    /// Columns whose facts have changed, a bit each.
    using Columns = quint32;
    static_assert(OrderColumns::ColumnCount < 32);

    void take(const OrderId &id);
    /// Takes over what has changed, as far as it may.
    void renew();
    void arrange();
    void noteCounts();
    void show(const OrderList::Arrangement &wanted);
    void removeRows(const OrderList::Arrangement &survivors);
    void addRows(const OrderList::Arrangement &wanted);
    void reorder(const OrderList::Arrangement &wanted);
    void number();
    void announceChanges();
    void announce(int firstRow, int lastRow, Columns columns);

    /// In which currencies orders are worth something: one is named in the header, several in each cell.
    void renewUnit();
    QString blockOf(const ShownOrder &shown) const;
    static QString groupText(const ShownOrder &heading);

    OpenOrders &m_orders;
    CellFlash *m_flash;
    OrderList m_list;
    PriceSource m_priceOf;
    OrderList::Arrangement m_shown;
    QHash<const ShownOrder *, Columns> m_changed;
    /// What the headings said when they were last told of.
    QHash<const ShownOrder *, QString> m_headings;
    bool m_held = false;
    int m_waiting = 0;
    std::pair<int, int> m_counts{0, 0};
    QDateTime m_now;
    QString m_cancelBlocked;
    QString m_unit;
    bool m_unitsDiffer = false;
};

} // namespace countermand
