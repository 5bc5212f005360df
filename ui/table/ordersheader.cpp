#include "ui/table/ordersheader.h"

#include "ui/look/accesskeys.h"
#include "ui/look/theme.h"
#include "ui/table/columnfit.h"
#include "ui/table/ordercolumns.h"
#include "ui/table/orderstable.h"

#include <QAction>
#include <QMenu>
#include <QMouseEvent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace countermand {

OrdersHeader::OrdersHeader(QWidget *table)
    : TableHeader(table),
      m_table(table),
      m_content(table->font(), themeOf(table->palette()).highContrast),
      m_menu(new QMenu(tr("Columns"), table))
{
    setSectionsClickable(true);
    setSectionsMovable(true);
    makeMenu();
    connect(this, &QHeaderView::sectionMoved, this, [this] {
        if (m_fitting)
            return;
        keepActionLast();
        emit columnsChanged();
    });
    connect(this, &QHeaderView::sectionResized, this, [this](int column, int, int width) {
        // Hiding a column is no choice of a width.
        if (m_fitting || width == 0)
            return;
        m_chosen.insert(OrderColumns::Column(column), width);
        fit(m_available);
        emit columnsChanged();
    });
    connect(this, &QHeaderView::sortIndicatorChanged, this, &OrdersHeader::columnsChanged);
}

void OrdersHeader::setRows(const OrdersTable &rows)
{
    m_rows = &rows;
    connect(m_rows, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &, int first, int last) {
        measure(first, last, 0, OrderColumns::ColumnCount - 1);
    });
    connect(m_rows, &OrdersTable::textsChanged, this, &OrdersHeader::measure);
    connect(m_rows, &QAbstractItemModel::headerDataChanged, this, [this] { fit(m_available); });
    measureAll();
}

void OrdersHeader::measure(int firstRow, int lastRow, int firstColumn, int lastColumn)
{
    bool grown = false;
    for (int row = firstRow; m_rows && row <= lastRow; ++row) {
        if (m_rows->isGroup(row))
            continue;
        const ShownOrder &shown = m_rows->shown(m_rows->index(row, 0));
        for (int column = firstColumn; column <= lastColumn; ++column) {
            if (m_shown.at(column) &&
                m_content.take(OrderColumns::Column(column), m_rows->cellText(shown, OrderColumns::Column(column))))
                grown = true;
        }
    }
    if (grown)
        fit(m_available);
}

void OrdersHeader::measureAll()
{
    if (m_rows)
        measure(0, m_rows->rowCount() - 1, 0, OrderColumns::ColumnCount - 1);
}

void OrdersHeader::keepActionLast()
{
    const int place = visualIndex(OrderColumns::Action);
    if (place >= 0 && place != count() - 1)
        moveSection(place, count() - 1);
}

void OrdersHeader::mousePressEvent(QMouseEvent *event)
{
    setSectionsMovable(logicalIndexAt(event->position().toPoint()) != OrderColumns::Action);
    TableHeader::mousePressEvent(event);
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
            measureAll();
            fit(m_available);
            emit columnsChanged();
        });
    }
    m_menu->addSeparator();
    connect(m_menu->addAction(tr("Reset columns")), &QAction::triggered, this, &OrdersHeader::resetColumns);

    keepAccessKeys(*m_menu);

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
    layout.widths = m_chosen;
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
    keepActionLast();
    m_fitting = false;
    m_chosen = layout.widths;
    measureAll();
    fit(m_available);
    setSortIndicator(layout.sortedBy, layout.order);
    emit columnsChanged();
}

void OrdersHeader::resetColumns()
{
    setColumnLayout(ColumnLayout::standard());
}

bool OrdersHeader::showsPrices() const
{
    for (const OrderColumns::Column column : {OrderColumns::LastPrice, OrderColumns::Distance}) {
        if (m_shown.at(column) && (!isSectionHidden(column) || sortIndicatorSection() == column))
            return true;
    }
    return false;
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
    const bool stateWords = themeOf(m_table->palette()).highContrast;
    if (m_content.font() != m_table->font() || m_content.hasStateWords() != stateWords) {
        m_content = ColumnContent(m_table->font(), stateWords);
        m_fitting = true;
        measureAll();
        m_fitting = false;
    }
    QList<ColumnNeed> needs;
    for (int each = 0; each < OrderColumns::ColumnCount; ++each) {
        const auto column = OrderColumns::Column(each);
        const OrderColumn &about = OrderColumns::at(column);
        const int header = sectionSizeFromContents(column).width();
        ColumnNeed need;
        need.wanted = m_shown.at(column);
        need.whole = std::max(header, m_content.width(column));
        need.least = about.mayBeCut ? std::max(header, m_content.usualWidth(column)) : need.whole;
        need.chosen = m_chosen.value(column, 0);
        need.leaves = about.leaves;
        need.stretches = column != OrderColumns::State && column != OrderColumns::Action;
        needs.append(need);
    }
    const QList<int> widths = fitColumns(needs, available);

    const QStringList before = leftOut();
    m_fitting = true;
    const QList<QAction *> actions = m_menu->actions();
    for (int column = 0; column < OrderColumns::ColumnCount; ++column) {
        actions.at(column)->setChecked(m_shown.at(column));
        setSectionHidden(column, widths.at(column) == 0);
        if (widths.at(column) > 0)
            resizeSection(column, widths.at(column));
    }
    m_fitting = false;
    if (leftOut() != before)
        emit leftOutChanged();
}

int OrdersHeader::leastWidth() const
{
    int width = 0;
    for (int each = 0; each < OrderColumns::ColumnCount; ++each) {
        const auto column = OrderColumns::Column(each);
        if (m_shown.at(column) && OrderColumns::at(column).leaves == 0)
            width += std::max(sectionSizeFromContents(column).width(), m_content.usualWidth(column));
    }
    return width;
}

QSize OrdersHeader::sectionSizeFromContents(int logicalIndex) const
{
    const QSize size = TableHeader::sectionSizeFromContents(logicalIndex);
    return isNarrow(logicalIndex) ? QSize(size.width() - sortMarkWidth - cellPadding, size.height()) : size;
}

bool OrdersHeader::isNarrow(int logicalIndex) const
{
    return logicalIndex == OrderColumns::State && !m_content.hasStateWords();
}

} // namespace countermand
