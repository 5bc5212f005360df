#pragma once

#include "ui/look/digitfont.h"
#include "ui/table/orderstable.h"

#include <QHash>
#include <QModelIndex>
#include <QStaticText>
#include <QStyledItemDelegate>

#include <utility>

namespace countermand {

struct Theme;

/// Paints the cells of the orders table: state icons, colored sides, numbers in equal digits, flashes, and the Action
/// cell as a push-button.
class OrderDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    /// How the button of the row under the pointer looks.
    enum class Button { Resting, Hovered, Pressed };

    /// `table` is the model of the view that this delegate paints; it must outlive this.
    explicit OrderDelegate(const OrdersTable &table, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    /// The cell's tooltip, led by its whole text where the cell shows it cut off.
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

    /// The row under the pointer, -1 for none, and its button; of a heading its own.
    void setPointer(int row, Button button);

    /// The drawn button inside an Action cell, and the part of the cell that a click must hit.
    static QRect buttonRect(const QRect &cell);
    static QRect buttonHitRect(const QRect &cell);
    /// The button of a heading that takes this place of the view, "Cancel this group…".
    static QRect groupButtonRect(const QRect &heading, const QFont &font, Qt::LayoutDirection direction);

private:
    void paintHeading(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                      const Theme &theme) const;
    void paintState(QPainter *painter, const QStyleOptionViewItem &option, const ShownOrder &shown,
                    const Theme &theme) const;
    void paintAction(QPainter *painter, const QStyleOptionViewItem &option, const ShownOrder &shown, bool hovered,
                     const Theme &theme) const;
    void paintText(QPainter *painter, const QStyleOptionViewItem &option, OrderColumns::Column column,
                   const ShownOrder &shown, const Theme &theme) const;
    /// With the painter's pen; words are cut off with an ellipsis where they don't fit, numbers never.
    void drawText(QPainter *painter, const QStyleOptionViewItem &option, const QRect &box,
                  OrderColumns::Column column, const QString &text, Qt::AlignmentFlag alignment) const;
    const DigitFont &digitsOf(const QFont &base, OrderColumns::Column column) const;

    const OrdersTable &m_table;
    int m_hoveredRow = -1;
    Button m_button = Button::Resting;
    /// Measuring digits for every cell would cost more than painting it.
    mutable QFont m_baseFont;
    mutable QList<DigitFont> m_fonts;
    mutable QHash<std::pair<int, QString>, QStaticText> m_laidOut;
};

} // namespace countermand
