#include "ui/look/tablestyle.h"

#include "ui/look/theme.h"

#include <QApplication>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QTableView>

#include <algorithm>

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

/// Paints as the style does, with more room beside the text.
class PaddedCells : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem whole = option;
        initStyleOption(&whole, index);
        styleOf(option).drawPrimitive(QStyle::PE_PanelItemViewItem, &whole, painter, option.widget);
        QStyleOptionViewItem inner = option;
        inner.rect.adjust(more(option), 0, -more(option), 0);
        QStyledItemDelegate::paint(painter, inner, index);
    }
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return QStyledItemDelegate::sizeHint(option, index) + QSize(2 * more(option), 0);
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        // A cell's own color says something, selected or not.
        if (index.data(Qt::ForegroundRole).isValid() && !themeOf(option->palette).highContrast)
            option->palette.setBrush(QPalette::HighlightedText, option->palette.brush(QPalette::Text));
    }

private:
    static const QStyle &styleOf(const QStyleOptionViewItem &option)
    {
        return option.widget ? *option.widget->style() : *QApplication::style();
    }
    /// What the style itself leaves free is not enough.
    static int more(const QStyleOptionViewItem &option)
    {
        const int own = styleOf(option).pixelMetric(QStyle::PM_FocusFrameHMargin, &option, option.widget) + 1;
        return std::max(0, cellPadding - own);
    }
};

} // namespace

TableHeader::TableHeader(QWidget *table) : QHeaderView(Qt::Horizontal, table)
{
    setHighlightSections(false);
    setMinimumSectionSize(leastHeight);
    setMouseTracking(true);
}

QSize TableHeader::sectionSizeFromContents(int logicalIndex) const
{
    const QFontMetrics metrics(font());
    const QString text = model() ? model()->headerData(logicalIndex, Qt::Horizontal).toString() : QString();
    return {metrics.horizontalAdvance(text) + sortMarkWidth + 2 * cellPadding,
            std::max(leastHeight, metrics.height() + 10)};
}

QSize TableHeader::minimumSizeHint() const
{
    return {0, sizeHint().height()};
}

void TableHeader::paintEvent(QPaintEvent *event)
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

void TableHeader::paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const
{
    if (!rect.isValid() || !model())
        return;
    const Theme &theme = themeOf(palette());
    painter->save();

    const bool hovered = underMouse() && rect.contains(viewport()->mapFromGlobal(QCursor::pos()));
    paintGround(painter, rect, hovered ? theme.hover : theme.window, theme);
    const int edge = isRightToLeft() ? rect.left() : rect.right();
    painter->fillRect(QRect(edge, rect.top() + 7, 1, rect.height() - 14), faintLine(theme));

    const bool sorted = isSortIndicatorShown() && sortIndicatorSection() == logicalIndex;
    painter->setFont(font());
    painter->setPen(sorted ? theme.text : theme.text2);
    const QString text = model()->headerData(logicalIndex, Qt::Horizontal).toString();
    if (isNarrow(logicalIndex)) {
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
    const Qt::Alignment alignment(model()->headerData(logicalIndex, Qt::Horizontal, Qt::TextAlignmentRole).toInt());
    const bool atRight = alignment.testFlag(Qt::AlignRight) || isRightToLeft();
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

void dressTable(QTableView &table, TableHeader *header)
{
    table.setHorizontalHeader(header);
    table.setFrameShape(QFrame::NoFrame);
    table.verticalHeader()->hide();
    table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table.setCornerButtonEnabled(false);
    table.setShowGrid(false);
    table.setWordWrap(false);
    table.setAlternatingRowColors(true);
    table.setSelectionBehavior(QAbstractItemView::SelectRows);
    table.setEditTriggers(QAbstractItemView::NoEditTriggers);
    table.setTabKeyNavigation(false);
    table.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
}

int setRowHeights(QTableView &table, int pixels)
{
    const int height = std::max(pixels, table.fontMetrics().height() + 6);
    table.verticalHeader()->setMinimumSectionSize(height);
    table.verticalHeader()->setDefaultSectionSize(height);
    return height;
}

void padCells(QTableView &table)
{
    table.setItemDelegate(new PaddedCells(&table));
}

} // namespace countermand
