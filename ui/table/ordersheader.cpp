#include "ui/table/ordersheader.h"

#include "ui/look/theme.h"
#include "ui/table/ordercolumns.h"

#include <QAction>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr int leastHeight = 28;
constexpr int markWidth = 7;

QColor faintLine(const Theme &theme)
{
    QColor line = theme.outline;
    line.setAlphaF(0.4F);
    return line;
}

void paintGround(QPainter *painter, const QRect &rect, const QColor &color, const Theme &theme)
{
    painter->fillRect(rect, color);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), faintLine(theme));
}

void paintSortMark(QPainter *painter, QPointF center, Qt::SortOrder order, const QColor &color)
{
    const qreal half = markWidth / 2.0;
    const qreal tip = order == Qt::AscendingOrder ? -2.5 : 2.5;
    QPainterPath triangle(center + QPointF(-half, -tip));
    triangle.lineTo(center + QPointF(0, tip));
    triangle.lineTo(center + QPointF(half, -tip));
    triangle.closeSubpath();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillPath(triangle, color);
    painter->setRenderHint(QPainter::Antialiasing, false);
}

} // namespace

OrdersHeader::OrdersHeader(QWidget *table)
    : QHeaderView(Qt::Horizontal, table), m_table(table), m_menu(new QMenu(tr("Columns"), table))
{
    setSectionsClickable(true);
    setSectionsMovable(true);
    setHighlightSections(false);
    setMinimumSectionSize(leastHeight);
    setMouseTracking(true);
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

void OrdersHeader::fit(int available)
{
    m_available = available;
    if (!model() || m_fitting)
        return;
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
}

QSize OrdersHeader::sectionSizeFromContents(int logicalIndex) const
{
    const QFontMetrics metrics(font());
    const QString text = model() ? model()->headerData(logicalIndex, Qt::Horizontal).toString() : QString();
    return {metrics.horizontalAdvance(text) + sortMarkWidth + 2 * cellPadding,
            std::max(leastHeight, metrics.height() + 10)};
}

void OrdersHeader::paintEvent(QPaintEvent *event)
{
    QHeaderView::paintEvent(event);
    // The style's own look of the part without columns does not match ours.
    const QRect all = viewport()->rect();
    const int end = length() - offset();
    const QRect rest = isRightToLeft() ? all.adjusted(0, 0, -std::max(0, end), 0) : all.adjusted(end, 0, 0, 0);
    if (rest.width() > 0) {
        QPainter painter(viewport());
        paintGround(&painter, rest, themeOf(palette()).window, themeOf(palette()));
    }
}

void OrdersHeader::paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const
{
    if (!rect.isValid() || !model())
        return;
    const Theme &theme = themeOf(palette());
    const auto column = OrderColumns::Column(logicalIndex);
    painter->save();

    const bool hovered = underMouse() && rect.contains(viewport()->mapFromGlobal(QCursor::pos()));
    paintGround(painter, rect, hovered ? theme.hover : theme.window, theme);
    const int edge = isRightToLeft() ? rect.left() : rect.right();
    painter->fillRect(QRect(edge, rect.top() + 7, 1, rect.height() - 14), faintLine(theme));

    const bool sorted = isSortIndicatorShown() && sortIndicatorSection() == logicalIndex;
    painter->setFont(font());
    painter->setPen(sorted ? theme.text : theme.text2);
    const QString text = model()->headerData(logicalIndex, Qt::Horizontal).toString();
    if (column == OrderColumns::State) {
        painter->drawText(rect, Qt::AlignCenter | Qt::TextSingleLine, text);
        if (sorted)
            paintSortMark(painter, QPointF(rect.center().x() + 0.5, rect.top() + 4), sortIndicatorOrder(),
                          theme.text);
        painter->restore();
        return;
    }

    const QRect box = rect.adjusted(cellPadding, 0, -cellPadding, 0);
    const QFontMetrics metrics(font());
    const QString shown =
        metrics.elidedText(text, Qt::ElideRight, sorted ? box.width() - sortMarkWidth : box.width());
    const bool atRight = OrderColumns::at(column).isRightAligned || isRightToLeft();
    painter->drawText(box,
                      int(atRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute | Qt::AlignVCenter |
                          Qt::TextSingleLine,
                      shown);
    if (sorted) {
        const int word = metrics.horizontalAdvance(shown) + sortMarkWidth / 2 + 2;
        const qreal x = atRight ? box.right() - word : box.left() + word;
        paintSortMark(painter, QPointF(x, box.center().y() + 0.5), sortIndicatorOrder(), theme.text);
    }
    painter->restore();
}

} // namespace countermand
