#include "ui/table/ordersheader.h"

#include "ui/look/theme.h"
#include "ui/table/ordercolumns.h"

#include <QAction>
#include <QMenu>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace countermand {

OrdersHeader::OrdersHeader(QWidget *table)
    : TableHeader(table), m_table(table), m_menu(new QMenu(tr("Columns"), table))
{
    setSectionsClickable(true);
    setSectionsMovable(true);
    makeMenu();
    connect(this, &QHeaderView::sectionMoved, this, [this] {
        if (!m_fitting)
            emit columnsChanged();
    });
    connect(this, &QHeaderView::sectionResized, this, [this](int, int, int width) {
        // Hiding a column is no choice of a width.
        if (m_fitting || width == 0)
            return;
        m_widthsChosen = true;
        emit columnsChanged();
    });
    connect(this, &QHeaderView::sortIndicatorChanged, this, &OrdersHeader::columnsChanged);
}

void OrdersHeader::makeMenu()
{
    m_menu->setObjectName(u"columnMenu"_s);
    for (int column = 0; column < OrderColumns::ColumnCount; ++column) {
        QAction *action = m_menu->addAction(OrderColumns::nameOf(column));
        action->setCheckable(true);
        action->setEnabled(ColumnLayout::mayHide(OrderColumns::Column(column)));
        connect(action, &QAction::triggered, this, [this, column](bool shown) {
            m_shown[column] = shown;
            fit(m_available);
            emit columnsChanged();
        });
    }
    m_menu->addSeparator();
    connect(m_menu->addAction(tr("Reset columns")), &QAction::triggered, this, &OrdersHeader::resetColumns);

    setContextMenuPolicy(Qt::CustomContextMenu);
    connect(this, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &at) { m_menu->popup(mapToGlobal(at)); });
}

ColumnLayout OrdersHeader::columnLayout() const
{
    ColumnLayout layout;
    for (int place = 0; place < count(); ++place) {
        const int column = logicalIndex(place);
        layout.places.append({OrderColumns::Column(column), !m_shown.at(column)});
    }
    if (m_widthsChosen) {
        const QList<int> standard = columnWidths(m_table->font(), m_available, {});
        for (int column = 0; column < OrderColumns::ColumnCount; ++column)
            layout.widths.append(sectionSize(column) > 0 ? sectionSize(column)
                                                         : std::max(minimumSectionSize(), standard.at(column)));
    }
    layout.sortedBy = OrderColumns::Column(sortIndicatorSection());
    layout.order = sortIndicatorOrder();
    return layout;
}

void OrdersHeader::setColumnLayout(const ColumnLayout &layout)
{
    m_fitting = true;
    for (int place = 0; place < layout.places.size(); ++place) {
        const auto &[column, hidden] = layout.places.at(place);
        moveSection(visualIndex(column), place);
        m_shown[column] = !hidden;
    }
    m_fitting = false;
    m_widthsChosen = !layout.widths.isEmpty();
    m_chosenWidths = layout.widths;
    fit(m_available);
    m_chosenWidths.clear();
    setSortIndicator(layout.sortedBy, layout.order);
    emit columnsChanged();
}

void OrdersHeader::resetColumns()
{
    setColumnLayout(ColumnLayout::standard());
}

bool OrdersHeader::showsPrices() const
{
    return m_shown.at(OrderColumns::LastPrice) || m_shown.at(OrderColumns::Distance);
}

QStringList OrdersHeader::leftOut() const
{
    QStringList names;
    for (int place = 0; place < count(); ++place) {
        const int column = logicalIndex(place);
        if (m_shown.at(column) && isSectionHidden(column))
            names.append(OrderColumns::nameOf(column));
    }
    return names;
}

void OrdersHeader::fit(int available)
{
    m_available = available;
    if (!model() || m_fitting)
        return;
    const QStringList before = leftOut();
    m_fitting = true;
    const QList<int> fitting =
        columnWidths(m_table->font(), available, m_shown, themeOf(m_table->palette()).highContrast);
    const QList<QAction *> actions = m_menu->actions();
    for (int column = 0; column < OrderColumns::ColumnCount; ++column) {
        actions.at(column)->setChecked(m_shown.at(column));
        // Widths that the user has chosen are kept, and nothing is left out.
        const bool shown = m_widthsChosen ? m_shown.at(column) : fitting.at(column) > 0;
        const bool appears = shown && isSectionHidden(column);
        setSectionHidden(column, !shown);
        if (!m_chosenWidths.isEmpty())
            resizeSection(column, m_chosenWidths.at(column));
        else if (!m_widthsChosen && shown)
            resizeSection(column, fitting.at(column));
        else if (appears && sectionSize(column) < minimumSectionSize())
            resizeSection(column, std::max(fitting.at(column), minimumSectionSize()));
    }
    m_fitting = false;
    if (leftOut() != before)
        emit leftOutChanged();
}

bool OrdersHeader::isNarrow(int logicalIndex) const
{
    return logicalIndex == OrderColumns::State;
}

} // namespace countermand
