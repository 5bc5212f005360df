#include "ui/table/orderdelegate.h"

#include "ui/look/tablestyle.h"
#include "ui/look/theme.h"
#include "ui/table/cellflash.h"
#include "ui/table/ordercolumns.h"
#include "ui/table/rowstate.h"
#include "ui/words/orderwords.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QPainterPath>
#include <QPixmapCache>
#include <QTextDocument>
#include <QToolTip>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr int iconSize = 16;
constexpr int markSize = 7;
/// Texts whose layout is kept; many rows say the same.
constexpr int mostLaidOut = 4000;

void paintMark(QPainter *painter, const QRect &box, CellFlash::Direction direction, const QColor &color)
{
    if (direction == CellFlash::Direction::Other)
        return;
    const QRectF area(box.left(), box.center().y() - 2, markSize, 5);
    QPainterPath triangle;
    if (direction == CellFlash::Direction::Up) {
        triangle.moveTo(area.bottomLeft());
        triangle.lineTo(area.center().x(), area.top());
        triangle.lineTo(area.bottomRight());
    } else {
        triangle.moveTo(area.topLeft());
        triangle.lineTo(area.center().x(), area.bottom());
        triangle.lineTo(area.topRight());
    }
    triangle.closeSubpath();
    painter->fillPath(triangle, color);
}

void paintFrame(QPainter *painter, const QRectF &rect, const QColor &outline, const QColor &fill, const Theme &theme)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(outline, theme.highContrast ? 2 : 1));
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter->drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter->restore();
}

void paintButton(QPainter *painter, const QRect &rect, const QColor &outline, const QColor &fill, const Theme &theme)
{
    const qreal ratio = painter->device()->devicePixelRatioF();
    if (ratio != std::floor(ratio)) {
        paintFrame(painter, rect, outline, fill, theme);
        return;
    }
    // Smooth corners take longer than all text of a row.
    const QString key = u"countermand-button-%1-%2-%3-%4-%5-%6"_s.arg(rect.width())
                            .arg(rect.height())
                            .arg(ratio)
                            .arg(outline.rgba())
                            .arg(fill.isValid() ? fill.rgba() : 0)
                            .arg(int(theme.highContrast));
    QPixmap image;
    if (!QPixmapCache::find(key, &image)) {
        image = QPixmap(rect.size() * ratio);
        image.setDevicePixelRatio(ratio);
        image.fill(Qt::transparent);
        QPainter cached(&image);
        paintFrame(&cached, QRectF({0, 0}, rect.size()), outline, fill, theme);
        cached.end();
        QPixmapCache::insert(key, image);
    }
    painter->drawPixmap(rect.topLeft(), image);
}

void paintFocus(QPainter *painter, const QRect &rect, const Theme &theme)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(theme.focus, 2));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(QRectF(rect).adjusted(-1, 1, 1, -1), 5, 5);
    painter->restore();
}

QString groupButtonText()
{
    return OrderDelegate::tr("Cancel this group…");
}

/// Little is missing until the order is reached, as far as its values can be trusted.
bool isCloseBy(const ShownOrder &shown)
{
    return !shown.gone && !shown.old && isNear(priceDistance(shown.row.order, shown.lastPrice));
}

/// A mark where no color may carry a meaning.
void frameCell(QPainter *painter, const QRect &cell, const QColor &ink)
{
    painter->setPen(QPen(ink, 2));
    painter->setBrush(Qt::NoBrush);
    painter->drawRect(cell.adjusted(3, 4, -3, -3));
}

/// Tooltips guess rich text; words from the exchange must stay words.
QString asPlainToolTip(const QString &text)
{
    if (!Qt::mightBeRichText(text))
        return text;
    return u"<span>%1</span>"_s.arg(text.toHtmlEscaped().replace(u'\n', u"<br>"_s));
}

} // namespace

OrderDelegate::OrderDelegate(const OrdersTable &table, QObject *parent) : QStyledItemDelegate(parent), m_table(table)
{}

void OrderDelegate::setPointer(int row, Button button)
{
    m_hoveredRow = row;
    m_button = button;
}

QRect OrderDelegate::buttonRect(const QRect &cell)
{
    return cell.adjusted(cellPadding / 2, 2, -cellPadding / 2, -2);
}

QRect OrderDelegate::buttonHitRect(const QRect &cell)
{
    return cell.adjusted(cellPadding / 2, 0, -cellPadding / 2, 0);
}

QRect OrderDelegate::groupButtonRect(const QRect &heading, const QFont &font, Qt::LayoutDirection direction)
{
    const int width = QFontMetrics(font).horizontalAdvance(groupButtonText()) + 3 * cellPadding;
    return QStyle::alignedRect(direction, Qt::AlignRight | Qt::AlignVCenter, {width, heading.height() - 4},
                               heading.adjusted(0, 0, -cellPadding / 2, 0));
}

void OrderDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = themeOf(option.palette);
    const ShownOrder &shown = m_table.shown(index);
    const auto column = OrderColumns::Column(index.column());
    const bool hovered = index.row() == m_hoveredRow;
    if (!shown.group.isEmpty()) {
        paintHeading(painter, option, index, theme);
        return;
    }

    QColor background = option.features & QStyleOptionViewItem::Alternate ? theme.alternate : theme.table;
    if (option.state & QStyle::State_Selected)
        background = theme.selection;
    else if (hovered)
        background = theme.hover;
    if (column == OrderColumns::Distance && isCloseBy(shown) && !theme.highContrast)
        background = theme.tint(Severity::Warning);
    if (m_table.flash().of(shown.row.order.id, column))
        background = theme.flash;
    painter->fillRect(option.rect, background);

    if (column == OrderColumns::State)
        paintState(painter, option, shown, theme);
    else if (column == OrderColumns::Action)
        paintAction(painter, option, shown, hovered, theme);
    else
        paintText(painter, option, column, shown, theme);
}

void OrderDelegate::paintHeading(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                                 const Theme &theme) const
{
    painter->fillRect(option.rect, index.row() == m_hoveredRow ? theme.hover : theme.window);
    // One text across the row: each cell paints its part, at the view's edge however far it is scrolled.
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const int width = view ? view->viewport()->width() : option.rect.right();
    const QRect row(cellPadding, option.rect.top(), width - 2 * cellPadding, option.rect.height());
    painter->save();
    painter->setClipRect(option.rect);
    painter->setFont(digitsOf(option.font, OrderColumns::Side).font());
    painter->setPen(theme.text);
    painter->drawText(row, Qt::AlignLeading | Qt::AlignVCenter | Qt::TextSingleLine,
                      index.siblingAtColumn(OrderColumns::Instrument).data().toString());
    // A text of any length ends before the button.
    const QRect whole(0, option.rect.top(), width, option.rect.height());
    const QRect button = groupButtonRect(whole, option.font, option.direction);
    const bool hovered = index.row() == m_hoveredRow;
    painter->fillRect(button.adjusted(-cellPadding, 0, cellPadding, 0), hovered ? theme.hover : theme.window);
    const bool blocked = !m_table.cancelBlocked().isEmpty();
    QColor edge = theme.outline;
    edge.setAlphaF(blocked ? 0.45F : 1.0F);
    const Button look = hovered ? m_button : Button::Resting;
    const QColor fill = blocked                   ? QColor()
                        : look == Button::Pressed ? theme.outline
                        : look == Button::Hovered ? theme.selection
                                                  : theme.raised;
    paintButton(painter, button, edge, fill, theme);
    painter->setFont(option.font);
    painter->setPen(blocked ? theme.text2 : look == Button::Pressed ? theme.table : theme.text);
    painter->drawText(button, Qt::AlignCenter | Qt::TextSingleLine, groupButtonText());
    painter->restore();
}

void OrderDelegate::paintState(QPainter *painter, const QStyleOptionViewItem &option, const ShownOrder &shown,
                               const Theme &theme) const
{
    if (theme.highContrast) {
        painter->setPen(option.state & QStyle::State_Selected ? theme.selectedText : theme.text);
        drawText(painter, option, option.rect.adjusted(cellPadding, 0, -cellPadding, 0), OrderColumns::State,
                 m_table.cellText(shown, OrderColumns::State),
                 option.direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft);
        return;
    }
    const QList<RowMark> marks = rowMarks(shown.row, shown.gone);
    const qreal ratio = painter->device()->devicePixelRatioF();
    const int step = iconSize + 2;
    const QSize size(int(marks.size()) * step - 2, iconSize);
    const QRect box = QStyle::alignedRect(option.direction, Qt::AlignCenter, size, option.rect);
    QRect place(box.topLeft(), QSize(iconSize, iconSize));
    for (const RowMark &mark : marks) {
        painter->drawPixmap(QStyle::visualRect(option.direction, box, place).topLeft(),
                            iconPixmap(mark.icon, theme.ink(mark.severity), iconSize, ratio));
        place.translate(step, 0);
    }
}

void OrderDelegate::paintAction(QPainter *painter, const QStyleOptionViewItem &option, const ShownOrder &shown,
                                bool hovered, const Theme &theme) const
{
    const RowAction action = rowAction(shown.row, shown.gone);
    QColor ink = theme.text2;
    if (action == RowAction::Cancel) {
        if (cancelBlockReason(shown.row, shown.gone, m_table.cancelBlocked()).isEmpty()) {
            const Button look = hovered ? m_button : Button::Resting;
            const bool danger = shown.atOnce && !theme.highContrast;
            const QColor fill = look == Button::Pressed   ? (danger ? theme.dangerFill : theme.outline)
                                : look == Button::Hovered ? theme.selection
                                                          : theme.raised;
            ink = look == Button::Pressed ? (danger ? theme.dangerText : theme.table)
                  : danger                ? theme.dangerFill
                                          : theme.text;
            paintButton(painter, buttonRect(option.rect), danger ? theme.dangerFill : theme.outline, fill, theme);
        } else {
            QColor faint = theme.outline;
            faint.setAlphaF(0.45F);
            paintButton(painter, buttonRect(option.rect), faint, {}, theme);
            if (theme.highContrast)
                ink = option.palette.color(QPalette::Disabled, QPalette::ButtonText);
        }
        if (option.state & QStyle::State_HasFocus)
            paintFocus(painter, buttonRect(option.rect), theme);
    } else if (theme.highContrast && option.state & QStyle::State_Selected) {
        ink = theme.selectedText;
    } else if (action == RowAction::Checking || action == RowAction::Unknown) {
        ink = theme.ink(Severity::Unknown);
    }
    painter->setPen(ink);
    drawText(painter, option, option.rect, OrderColumns::Action, m_table.cellText(shown, OrderColumns::Action),
             Qt::AlignHCenter);
}

void OrderDelegate::paintText(QPainter *painter, const QStyleOptionViewItem &option, OrderColumns::Column column,
                              const ShownOrder &shown, const Theme &theme) const
{
    const bool grayed = shown.gone || shown.old;
    QColor ink = grayed ? theme.text2 : theme.text;
    if (theme.highContrast && option.state & QStyle::State_Selected)
        ink = theme.selectedText;
    if (column == OrderColumns::Side && !grayed && !theme.highContrast) {
        const auto side = tradeSide(shown.row.order);
        ink = !side ? theme.text : *side == TradeSide::Buy ? theme.buy : theme.sell;
    }
    if (column == OrderColumns::Distance && isCloseBy(shown)) {
        if (theme.highContrast)
            frameCell(painter, option.rect, ink);
        else
            ink = theme.ink(Severity::Warning);
    }

    QRect box = option.rect.adjusted(cellPadding, 0, -cellPadding, 0);
    if (const auto direction = m_table.flash().of(shown.row.order.id, column)) {
        paintMark(painter, box, *direction, theme.text);
        box.setLeft(box.left() + flashMarkWidth);
    }
    const bool atRight = OrderColumns::at(column).isRightAligned || option.direction == Qt::RightToLeft;
    painter->setPen(ink);
    drawText(painter, option, box, column, m_table.cellText(shown, column), atRight ? Qt::AlignRight : Qt::AlignLeft);
}

void OrderDelegate::drawText(QPainter *painter, const QStyleOptionViewItem &option, const QRect &box,
                             OrderColumns::Column column, const QString &text, Qt::AlignmentFlag alignment) const
{
    const DigitFont &digits = digitsOf(option.font, column);
    const auto place = [&](const QSizeF &size) {
        const qreal room = box.width() - size.width();
        const qreal left = alignment == Qt::AlignRight ? room : alignment == Qt::AlignHCenter ? room / 2 : 0;
        return QPointF(box.left() + std::round(left), box.top() + std::round((box.height() - size.height()) / 2));
    };
    const bool isNumber = OrderColumns::at(column).font == OrderColumn::Font::Digits;
    const QFont &font = digits.font();
    if (isNumber && !digits.areEven()) {
        digits.draw(painter, place({digits.width(text), qreal(QFontMetrics(font).height())}), text);
        return;
    }
    painter->setFont(font);
    if (m_laidOut.size() > mostLaidOut)
        m_laidOut.clear();
    QStaticText &ready = m_laidOut[{column, text}];
    if (ready.text().isEmpty()) {
        ready.setTextFormat(Qt::PlainText);
        ready.setPerformanceHint(QStaticText::AggressiveCaching);
        ready.setText(text);
        ready.prepare({}, font);
    }
    const QSizeF size = ready.size();
    // What is laid out may be a little wider than the text's advance, which the columns are measured by.
    if (const QFontMetrics metrics(font);
        !isNumber && size.width() > box.width() && metrics.horizontalAdvance(text) > box.width()) {
        const QString cut = metrics.elidedText(text, Qt::ElideRight, box.width());
        painter->drawText(box, int(alignment) | Qt::AlignAbsolute | Qt::AlignVCenter | Qt::TextSingleLine, cut);
        return;
    }
    painter->drawStaticText(place(size), ready);
}

QSize OrderDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto column = OrderColumns::Column(index.column());
    const DigitFont &digits = digitsOf(option.font, column);
    const int height = QFontMetrics(digits.font()).height() + cellPadding;
    if (column == OrderColumns::State)
        return {iconSize + 12, height};
    const int extra = column == OrderColumns::Action ? 3 * cellPadding : 2 * cellPadding;
    return {int(std::ceil(digits.width(index.data(Qt::DisplayRole).toString()))) + extra, height};
}

bool OrderDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                              const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const auto column = OrderColumns::Column(index.column());
    QString tip = index.data(Qt::ToolTipRole).toString();
    if (column != OrderColumns::State && column != OrderColumns::Action) {
        const QString text = index.data(Qt::DisplayRole).toString();
        const int room = option.rect.width() - 2 * cellPadding;
        if (digitsOf(view->font(), column).width(text) > room && !tip.startsWith(text))
            tip = tip.isEmpty() ? text : text + u'\n' + tip;
    }
    if (tip.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(event->globalPos(), asPlainToolTip(tip), view->viewport(), option.rect);
    return true;
}

const DigitFont &OrderDelegate::digitsOf(const QFont &base, OrderColumns::Column column) const
{
    if (m_fonts.isEmpty() || m_baseFont != base) {
        m_baseFont = base;
        m_fonts.clear();
        m_laidOut.clear();
        for (int each = 0; each < OrderColumns::ColumnCount; ++each)
            m_fonts.append(DigitFont(cellFont(base, OrderColumns::Column(each))));
    }
    return m_fonts.at(column);
}

} // namespace countermand
