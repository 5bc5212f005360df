#include "ui/table/accessibleorders.h"

#include "ui/table/orderstable.h"
#include "ui/table/ordersview.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QPersistentModelIndex>
#include <QPointer>

#include <utility>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

QAccessibleInterface *interfaceOf(QObject *view)
{
    return view ? QAccessible::queryAccessibleInterface(view) : nullptr;
}

/// What cell and header have in common: no object, no child, and a view that may be about to go.
class Part : public QAccessibleInterface
{
public:
    explicit Part(OrdersView *view) : m_view(view) {}

    /// Null from the moment its destruction has begun.
    OrdersView *view() const { return qobject_cast<OrdersView *>(m_view.data()); }
    QObject *object() const override { return nullptr; }
    QAccessibleInterface *parent() const override { return interfaceOf(view()); }
    QAccessibleInterface *child(int) const override { return nullptr; }
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    void setText(QAccessible::Text, const QString &) override {}

private:
    QPointer<QWidget> m_view;
};

/// The cell above a column, beside a row, or in the corner. The view shows only the first.
class Header : public Part
{
public:
    Header(OrdersView *view, int row, int column) : Part(view), m_row(row), m_column(column) {}

    int row() const { return m_row; }
    int column() const { return m_column; }

    bool isValid() const override
    {
        return view() && m_row < view()->rows().rowCount() && m_column < view()->rows().columnCount();
    }

    QAccessible::Role role() const override
    {
        return m_row >= 0 ? QAccessible::RowHeader : m_column >= 0 ? QAccessible::ColumnHeader : QAccessible::Pane;
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.invisible = !isColumn() || !isValid() || view()->isColumnHidden(m_column);
        return state;
    }

    QRect rect() const override
    {
        if (!isColumn() || !isValid())
            return {};
        const QHeaderView *header = view()->horizontalHeader();
        const QRect section(header->sectionViewportPosition(m_column), 0, header->sectionSize(m_column),
                            header->height());
        return {header->viewport()->mapToGlobal(section.topLeft()), section.size()};
    }

    QString text(QAccessible::Text text) const override
    {
        if (text != QAccessible::Name || !isColumn() || !isValid())
            return {};
        return view()->rows().headerData(m_column, Qt::Horizontal, Qt::AccessibleTextRole).toString();
    }

private:
    bool isColumn() const { return m_row < 0 && m_column >= 0; }

    int m_row;
    int m_column;
};

class Cell : public Part, public QAccessibleTableCellInterface, public QAccessibleActionInterface
{
public:
    Cell(OrdersView *view, const QModelIndex &index) : Part(view), m_index(index) {}

    const QPersistentModelIndex &index() const { return m_index; }

    bool isValid() const override { return view() && m_index.isValid(); }
    QAccessible::Role role() const override { return QAccessible::Cell; }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid())
            return state;
        state.invisible = !QRect(view()->mapToGlobal(QPoint()), view()->size()).intersects(rect());
        state.selected = isSelected();
        state.focused = view()->currentIndex() == m_index;
        if (m_index.flags() & Qt::ItemIsSelectable) {
            state.selectable = true;
            state.focusable = true;
            state.extSelectable = true;
        }
        return state;
    }

    QRect rect() const override
    {
        const QRect cell = isValid() ? view()->visualRect(m_index) : QRect();
        return cell.isNull() ? cell : QRect(view()->viewport()->mapToGlobal(cell.topLeft()), cell.size());
    }

    QString text(QAccessible::Text text) const override
    {
        if (!isValid())
            return {};
        if (text == QAccessible::Description)
            return m_index.data(Qt::AccessibleDescriptionRole).toString();
        if (text != QAccessible::Name)
            return {};
        const QString name = m_index.data(Qt::AccessibleTextRole).toString();
        return name.isEmpty() ? m_index.data().toString() : name;
    }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TableCellInterface)
            return static_cast<QAccessibleTableCellInterface *>(this);
        if (type == QAccessible::ActionInterface)
            return static_cast<QAccessibleActionInterface *>(this);
        return nullptr;
    }

    // As a cell.
    bool isSelected() const override { return isValid() && view()->selectionModel()->isSelected(m_index); }
    QList<QAccessibleInterface *> columnHeaderCells() const override
    {
        return isValid() ? QList{table()->child(m_index.column() + 1)} : QList<QAccessibleInterface *>();
    }
    QList<QAccessibleInterface *> rowHeaderCells() const override { return {}; }
    int columnIndex() const override { return isValid() ? m_index.column() : -1; }
    int rowIndex() const override { return isValid() ? m_index.row() : -1; }
    int columnExtent() const override { return 1; }
    int rowExtent() const override { return 1; }
    QAccessibleInterface *table() const override { return parent(); }

    // What can be done with it.
    QStringList actionNames() const override
    {
        return isButton() ? QStringList{pressAction(), toggleAction()} : QStringList{toggleAction()};
    }

    void doAction(const QString &name) override
    {
        if (!isValid())
            return;
        if (name == pressAction() && isButton())
            view()->requestQuestion(view()->rows().idAt(m_index.row()));
        else if (name == toggleAction())
            view()->selectionModel()->select(m_index, QItemSelectionModel::Toggle | QItemSelectionModel::Rows);
    }

    QStringList keyBindingsForAction(const QString &) const override { return {}; }

private:
    bool isButton() const
    {
        return isValid() && m_index.column() == OrderColumns::Action && !view()->rows().isGroup(m_index.row());
    }

    QPersistentModelIndex m_index;
};

/// Children are numbered as QTableView names them in its events: row by row, headers first, also the hidden ones.
class AccessibleOrders : public QAccessibleWidget, public QAccessibleTableInterface
{
public:
    explicit AccessibleOrders(OrdersView *view) : QAccessibleWidget(view, QAccessible::Table) {}

    ~AccessibleOrders() override
    {
        for (const QAccessible::Id id : std::as_const(m_cells))
            QAccessible::deleteAccessibleInterface(id);
        for (const QAccessible::Id id : std::as_const(m_headers))
            QAccessible::deleteAccessibleInterface(id);
    }

    bool isValid() const override { return view() && QAccessibleWidget::isValid(); }

    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TableInterface)
            return static_cast<QAccessibleTableInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }

    int childCount() const override { return view() ? (rowCount() + 1) * (columnCount() + 1) : 0; }

    QAccessibleInterface *child(int number) const override
    {
        if (number < 0 || number >= childCount())
            return nullptr;
        const int row = number / (columnCount() + 1) - 1;
        const int column = number % (columnCount() + 1) - 1;
        return row < 0 || column < 0 ? header(row, column) : cellAt(row, column);
    }

    int indexOfChild(const QAccessibleInterface *child) const override
    {
        if (!child || !child->isValid() || child->parent() != this)
            return -1;
        if (const auto *cell = dynamic_cast<const Cell *>(child))
            return number(cell->rowIndex(), cell->columnIndex());
        if (const auto *above = dynamic_cast<const Header *>(child))
            return number(above->row(), above->column());
        return -1;
    }

    QAccessibleInterface *childAt(int x, int y) const override
    {
        const QPoint place = view() ? view()->viewport()->mapFromGlobal(QPoint(x, y)) : QPoint();
        const QModelIndex index = view() ? view()->indexAt(place) : QModelIndex();
        return index.isValid() ? cellOf(index) : nullptr;
    }

    QAccessibleInterface *focusChild() const override
    {
        const QModelIndex index = view() ? view()->currentIndex() : QModelIndex();
        return index.isValid() ? cellOf(index) : nullptr;
    }

    // As a table.
    int rowCount() const override { return view() && view()->model() ? view()->model()->rowCount() : 0; }
    int columnCount() const override { return view() && view()->model() ? view()->model()->columnCount() : 0; }
    QAccessibleInterface *caption() const override { return nullptr; }
    QAccessibleInterface *summary() const override { return nullptr; }
    QString rowDescription(int) const override { return {}; }
    QString columnDescription(int column) const override
    {
        return view() ? view()->rows().headerData(column, Qt::Horizontal).toString() : QString();
    }

    QAccessibleInterface *cellAt(int row, int column) const override
    {
        if (!view() || row < 0 || row >= rowCount() || column < 0 || column >= columnCount())
            return nullptr;
        return cellOf(view()->model()->index(row, column));
    }

    int selectedCellCount() const override { return selectedRowCount() * columnCount(); }
    QList<QAccessibleInterface *> selectedCells() const override
    {
        QList<QAccessibleInterface *> cells;
        const auto rows = selectedRows();
        for (const int row : rows) {
            for (int column = 0; column < columnCount(); ++column)
                cells.append(cellAt(row, column));
        }
        return cells;
    }
    int selectedRowCount() const override { return int(selectedRows().size()); }
    QList<int> selectedRows() const override
    {
        QList<int> rows;
        const auto selected = view() ? view()->selectionModel()->selectedRows() : QModelIndexList();
        for (const QModelIndex &index : selected)
            rows.append(index.row());
        return rows;
    }
    int selectedColumnCount() const override { return 0; }
    QList<int> selectedColumns() const override { return {}; }
    bool isColumnSelected(int) const override { return false; }
    bool isRowSelected(int row) const override { return view() && view()->selectionModel()->isRowSelected(row); }
    bool selectRow(int row) override { return select(row, QItemSelectionModel::Select); }
    bool unselectRow(int row) override { return select(row, QItemSelectionModel::Deselect); }
    bool selectColumn(int) override { return false; }
    bool unselectColumn(int) override { return false; }

    void modelChange(QAccessibleTableModelChangeEvent *event) override
    {
        if (event->modelChangeType() == QAccessibleTableModelChangeEvent::DataChanged)
            return;
        // A cell stays with its order wherever that goes.
        m_cells.removeIf([](const auto &entry) {
            const bool gone = !entry.key().isValid();
            if (gone)
                QAccessible::deleteAccessibleInterface(entry.value());
            return gone;
        });
        m_headers.removeIf([this](const auto &entry) {
            const bool gone = entry.key().first >= rowCount();
            if (gone)
                QAccessible::deleteAccessibleInterface(entry.value());
            return gone;
        });
    }

private:
    OrdersView *view() const { return qobject_cast<OrdersView *>(object()); }
    int number(int row, int column) const { return (row + 1) * (columnCount() + 1) + column + 1; }

    QAccessibleInterface *cellOf(const QModelIndex &index) const
    {
        const auto known = m_cells.constFind(QPersistentModelIndex(index));
        if (known != m_cells.cend())
            return QAccessible::accessibleInterface(*known);
        auto *cell = new Cell(view(), index);
        m_cells.insert(cell->index(), QAccessible::registerAccessibleInterface(cell));
        return cell;
    }

    QAccessibleInterface *header(int row, int column) const
    {
        const auto known = m_headers.constFind({row, column});
        if (known != m_headers.cend())
            return QAccessible::accessibleInterface(*known);
        auto *made = new Header(view(), row, column);
        m_headers.insert({row, column}, QAccessible::registerAccessibleInterface(made));
        return made;
    }

    bool select(int row, QItemSelectionModel::SelectionFlag how)
    {
        const QModelIndex index =
            view() && row >= 0 && row < rowCount() ? view()->model()->index(row, 0) : QModelIndex();
        if (!(index.flags() & Qt::ItemIsSelectable) || !index.isValid())
            return false;
        view()->selectionModel()->select(index, how | QItemSelectionModel::Rows);
        return true;
    }

    /// Kept by the accessibility cache, which owns them.
    mutable QHash<QPersistentModelIndex, QAccessible::Id> m_cells;
    mutable QHash<std::pair<int, int>, QAccessible::Id> m_headers;
};

QAccessibleInterface *ordersFor(const QString &className, QObject *object)
{
    if (className != "countermand::OrdersView"_L1)
        return nullptr;
    auto *view = qobject_cast<OrdersView *>(object);
    // The accessibility cache takes the interface over and destroys it with the view.
    return view ? new AccessibleOrders(view) : nullptr;
}

} // namespace

void installAccessibleOrders()
{
    QAccessible::installFactory(ordersFor);
}

} // namespace countermand
