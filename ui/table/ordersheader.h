#pragma once

#include "ui/look/tablestyle.h"
#include "ui/table/columncontent.h"
#include "ui/table/columnlayout.h"

#include <QList>
#include <QStringList>

class QMenu;

namespace countermand {

class OrdersTable;

/// The columns of the orders table: which are shown, where, and how wide. They take the table's width and no more, as
/// fitColumns() has it; Action is always the last, and all of it in sight.
class OrdersHeader : public TableHeader
{
    Q_OBJECT

public:
    /// `table`: the widget whose cells stand below; in its font columns are measured.
    explicit OrdersHeader(QWidget *table);
    /// The cells are those of this model, which is the header's own too.
    void setRows(const OrdersTable &rows);

    /// Order, widths, sort and choice of the columns as they are now; for settings.
    ColumnLayout columnLayout() const;
    void setColumnLayout(const ColumnLayout &layout);
    /// Default order, widths and sort of the columns.
    void resetColumns();
    /// The chooser (objectName columnMenu), for a menu of the window. Owned by the table.
    QMenu *columnMenu() const { return m_menu; }
    /// Whether a column is in sight that needs last prices, or the rows stand in their order.
    bool showsPrices() const;
    /// The names of the columns that the user wants to see, but the window has no room for.
    QStringList leftOut() const;
    /// The cells have so many pixels: columns get narrower, or go, until the last one is in sight.
    void fit(int available);
    /// Below this the columns that never leave don't fit, with texts of the usual length. Pixels.
    int leastWidth() const;

    QSize sectionSizeFromContents(int logicalIndex) const override;

signals:
    /// columnLayout() or showsPrices() may have changed.
    void columnsChanged();
    /// leftOut() has changed.
    void leftOutChanged();

protected:
    bool isNarrow(int logicalIndex) const override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void makeMenu();
    /// Takes these cells into account; everything anew after another font.
    void measure(int firstRow, int lastRow, int firstColumn, int lastColumn);
    void measureAll();
    void keepActionLast();

    QWidget *m_table;
    const OrdersTable *m_rows = nullptr;
    ColumnContent m_content;
    QMenu *m_menu;
    int m_available = 0;
    bool m_fitting = false;
    /// By column: what the user wants to see.
    QList<bool> m_shown = QList<bool>(OrderColumns::ColumnCount, true);
    QMap<OrderColumns::Column, int> m_chosen;
};

} // namespace countermand
