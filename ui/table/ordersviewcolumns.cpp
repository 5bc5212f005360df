#include "ui/look/theme.h"
#include "ui/table/ordercolumns.h"
#include "ui/table/ordersproxy.h"
#include "ui/table/ordersview.h"

#include <QAction>
#include <QHeaderView>
#include <QMenu>

using namespace Qt::StringLiterals;

// The columns of the orders table: which are shown, where, and how wide.

namespace countermand {

void OrdersView::makeColumnMenu()
{
    m_columnMenu = new QMenu(tr("Columns"), this);
    m_columnMenu->setObjectName(u"columnMenu"_s);
    for (int column = 0; column < OrderColumns::ColumnCount; ++column) {
        QAction *action = m_columnMenu->addAction(OrdersProxy::columnName(OrderColumns::Column(column)));
        action->setCheckable(true);
        action->setEnabled(ColumnLayout::mayHide(OrderColumns::Column(column)));
        connect(action, &QAction::triggered, this, [this, column](bool shown) {
            m_shownColumns[column] = shown;
            fitColumns();
            emit columnsChanged();
        });
    }
    m_columnMenu->addSeparator();
    QAction *reset = m_columnMenu->addAction(tr("Reset columns"));
    connect(reset, &QAction::triggered, this, &OrdersView::resetColumns);

    QHeaderView *header = horizontalHeader();
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this,
            [this, header](const QPoint &at) { m_columnMenu->popup(header->mapToGlobal(at)); });
    connect(header, &QHeaderView::sectionMoved, this, [this] {
        if (!m_fitting)
            emit columnsChanged();
    });
    connect(header, &QHeaderView::sectionResized, this, [this](int, int, int width) {
        // Hiding a column is no choice of a width.
        if (m_fitting || width == 0)
            return;
        m_widthsChosen = true;
        emit columnsChanged();
    });
}

ColumnLayout OrdersView::columnLayout() const
{
    ColumnLayout layout;
    const QHeaderView *header = horizontalHeader();
    for (int place = 0; place < header->count(); ++place) {
        const int column = header->logicalIndex(place);
        layout.places.append({OrderColumns::Column(column), !m_shownColumns.at(column)});
    }
    if (m_widthsChosen) {
        const QList<int> standard = columnWidths(font(), viewport()->width(), {});
        for (int column = 0; column < OrderColumns::ColumnCount; ++column)
            layout.widths.append(header->sectionSize(column) > 0
                                     ? header->sectionSize(column)
                                     : std::max(header->minimumSectionSize(), standard.at(column)));
    }
    layout.sortedBy = OrderColumns::Column(header->sortIndicatorSection());
    layout.order = header->sortIndicatorOrder();
    return layout;
}

void OrdersView::setColumnLayout(const ColumnLayout &layout)
{
    QHeaderView *header = horizontalHeader();
    m_fitting = true;
    for (int place = 0; place < layout.places.size(); ++place) {
        const auto &[column, hidden] = layout.places.at(place);
        header->moveSection(header->visualIndex(column), place);
        m_shownColumns[column] = !hidden;
    }
    m_fitting = false;
    m_widthsChosen = !layout.widths.isEmpty();
    m_chosenWidths = layout.widths;
    fitColumns();
    m_chosenWidths.clear();
    header->setSortIndicator(layout.sortedBy, layout.order);
    emit columnsChanged();
}

void OrdersView::resetColumns()
{
    setColumnLayout(ColumnLayout::standard());
}

bool OrdersView::showsPrices() const
{
    return m_shownColumns.at(OrderColumns::LastPrice) || m_shownColumns.at(OrderColumns::Distance);
}

void OrdersView::fitColumns()
{
    if (!model() || m_fitting)
        return;
    m_fitting = true;
    const QList<int> fitting =
        columnWidths(font(), viewport()->width(), m_shownColumns, themeOf(palette()).highContrast);
    const QList<QAction *> actions = m_columnMenu->actions();
    for (int column = 0; column < OrderColumns::ColumnCount; ++column) {
        actions.at(column)->setChecked(m_shownColumns.at(column));
        // Widths that the user has chosen are kept, and nothing is left out.
        const bool shown = m_widthsChosen ? m_shownColumns.at(column) : fitting.at(column) > 0;
        const bool appears = shown && isColumnHidden(column);
        setColumnHidden(column, !shown);
        if (!m_chosenWidths.isEmpty())
            setColumnWidth(column, m_chosenWidths.at(column));
        else if (!m_widthsChosen && shown)
            setColumnWidth(column, fitting.at(column));
        else if (appears && columnWidth(column) < horizontalHeader()->minimumSectionSize())
            setColumnWidth(column, std::max(fitting.at(column), horizontalHeader()->minimumSectionSize()));
    }
    m_fitting = false;
}

} // namespace countermand
