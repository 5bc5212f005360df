#pragma once

#include "ui/look/tablestyle.h"
#include "ui/table/columnlayout.h"

#include <QList>
#include <QStringList>

class QMenu;

namespace countermand {

/// The columns of the orders table: which are shown, where, and how wide.
class OrdersHeader : public TableHeader
{
    Q_OBJECT

public:
    /// `table`: the widget whose cells stand below; in its font columns are measured.
    explicit OrdersHeader(QWidget *table);

    /// Order, widths, sort and choice of the columns as they are now; for settings.
    ColumnLayout columnLayout() const;
    void setColumnLayout(const ColumnLayout &layout);
    /// Default order, widths and sort of the columns.
    void resetColumns();
    /// The chooser (objectName columnMenu), for a menu of the window. Owned by the table.
    QMenu *columnMenu() const { return m_menu; }
    /// Whether a column is shown that needs last prices.
    bool showsPrices() const;
    /// The names of the columns that the user wants to see, but the window has no room for.
    QStringList leftOut() const;
    /// The cells have so many pixels: columns get narrower, or go, until the last one is in sight.
    void fit(int available);

signals:
    /// columnLayout() or showsPrices() may have changed.
    void columnsChanged();
    /// leftOut() has changed.
    void leftOutChanged();

protected:
    bool isNarrow(int logicalIndex) const override;

private:
    void makeMenu();

    QWidget *m_table;
    QMenu *m_menu;
    int m_available = 0;
    bool m_fitting = false;
    /// By column: what the user wants to see.
    QList<bool> m_shown = QList<bool>(OrderColumns::ColumnCount, true);
    /// While a layout is put into effect.
    QList<int> m_chosenWidths;
    /// The user has chosen widths: the columns no longer follow the window's width.
    bool m_widthsChosen = false;
};

} // namespace countermand
