#pragma once

#include "ui/look/digitfont.h"
#include "ui/table/ordercolumns.h"

#include <QList>
#include <QSet>
#include <QString>

namespace countermand {

/// How wide the cells of the orders table must be to show all that they have said so far. Grows only, so that no
/// column moves to and fro with its numbers.
class ColumnContent
{
public:
    using Column = OrderColumns::Column;

    /// Begins anew in this font. `stateWords`: the State column has words instead of icons.
    ColumnContent(const QFont &base, bool stateWords);

    const QFont &font() const { return m_font; }
    bool hasStateWords() const { return m_stateWords; }
    /// Takes a cell's text into account. True if its column must be wider now.
    bool take(Column column, const QString &text);
    /// Pixels for all of it, and before any cell was told of, with what stands around the text.
    int width(Column column) const { return m_widths.at(column); }
    int usualWidth(Column column) const { return m_usual.at(column); }

private:
    int widthOf(Column column, const QString &text) const;

    QFont m_font;
    bool m_stateWords;
    QList<DigitFont> m_digits;
    QList<int> m_usual;
    QList<int> m_widths;
    /// Texts measured before; numbers of one shape are equally wide.
    QList<QSet<QString>> m_known;
};

} // namespace countermand
