#pragma once

#include "workflow/ordersmodel.h"

#include <QDateTime>
#include <QSortFilterProxyModel>
#include <QString>

namespace countermand {

class CellFlash;

/// The open orders as the table shows them: words, tooltips, accessible texts, alignment, and a sorted order.
///
/// Sorting is exact (decimals and instants, never their texts); orders that are equal stand in order of their
/// ids. Absent values come last in ascending order. Until sort() is called: Placed, oldest on top.
class OrdersProxy : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    /// `model` must outlive this.
    explicit OrdersProxy(OrdersModel &model, QObject *parent = nullptr);

    const OrderRow &orderRow(const QModelIndex &index) const;
    OrderId idAt(int row) const;
    /// The first column of the order's row; invalid if not listed.
    QModelIndex indexOf(const OrderId &id, int column = 0) const;

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// The moment ages are counted to, UTC. Announces a change of the ages whose words differ, nothing else.
    void setNow(const QDateTime &nowUtc);
    const QDateTime &now() const { return m_now; }

    /// Why no order can be canceled at the moment ("Offline", "Locked"); empty if they can.
    void setCancelBlocked(const QString &reason);
    const QString &cancelBlocked() const { return m_cancelBlocked; }

    CellFlash &flash() const { return *m_flash; }

    /// "State", "Instrument", …: the column's full name.
    static QString columnName(OrdersModel::Column column);
    /// Columns of numbers, which stand at the right in every layout direction.
    static bool isRightAligned(OrdersModel::Column column);

protected:
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    QString text(const OrderRow &row, OrdersModel::Column column) const;
    QString toolTip(const OrderRow &row, OrdersModel::Column column) const;
    QString accessibleText(const OrderRow &row, OrdersModel::Column column) const;
    QString accessibleDescription(const OrderRow &row, OrdersModel::Column column) const;
    void announceAges(int first, int last);

    OrdersModel &m_model;
    CellFlash *m_flash;
    QDateTime m_now;
    QString m_cancelBlocked;
};

} // namespace countermand
