#include "ui/table/columncontent.h"

#include "ui/look/tablestyle.h"
#include "ui/table/rowstate.h"

#include <algorithm>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr int stateIconWidth = 28;
constexpr int stateIconStep = 18;
/// Texts that are remembered of a column; some name a client's order each.
constexpr int mostKnown = 1000;

/// The text with one digit in the place of all.
QString shapeOf(QString text)
{
    for (QChar &character : text) {
        if (character >= u'1' && character <= u'9')
            character = u'0';
    }
    return text;
}

} // namespace

ColumnContent::ColumnContent(const QFont &base, bool stateWords) : m_font(base), m_stateWords(stateWords)
{
    for (int column = 0; column < OrderColumns::ColumnCount; ++column)
        m_digits.append(DigitFont(cellFont(base, Column(column))));
    for (int column = 0; column < OrderColumns::ColumnCount; ++column) {
        const auto sample = OrderColumns::at(column).sample;
        int usual = sample ? widthOf(Column(column), sample()) : 0;
        if (column == Column::State)
            usual = stateWords ? widthOf(Column::State, rowStateWord(RowState::PartlyFilled)) : stateIconWidth;
        if (column == Column::Action) {
            for (const bool atOnce : {false, true})
                usual = std::max(usual, widthOf(Column::Action, cancelWords(atOnce).button));
            for (const RowAction action :
                 {RowAction::Canceling, RowAction::Checking, RowAction::Unknown, RowAction::Gone})
                usual = std::max(usual, widthOf(Column::Action, rowActionText(action)));
        }
        m_usual.append(usual);
    }
    m_widths = m_usual;
    m_known.resize(OrderColumns::ColumnCount);
}

int ColumnContent::widthOf(Column column, const QString &text) const
{
    const OrderColumn &about = OrderColumns::at(column);
    // What is laid out may be a little wider than the text's advance.
    const int words = int(std::ceil(m_digits.at(column).width(text))) + 1;
    const int around = column == Column::Action ? 3 * cellPadding : 2 * cellPadding;
    return words + around + (about.flashes ? flashMarkWidth : 0);
}

bool ColumnContent::take(Column column, const QString &text)
{
    if (column == Column::State && !m_stateWords) {
        // Where marks stand for the words their number counts, and a second one is rare.
        const int width = stateIconWidth + int(text.count(u'·')) * stateIconStep;
        return std::exchange(m_widths[column], std::max(m_widths.at(column), width)) < width;
    }
    QSet<QString> &known = m_known[column];
    const QString shape = OrderColumns::at(column).font == OrderColumn::Font::Digits ? shapeOf(text) : text;
    const auto before = known.size();
    if (before >= mostKnown)
        known.clear();
    known.insert(shape);
    if (known.size() == before)
        return false;
    const int width = widthOf(column, shape);
    if (width <= m_widths.at(column))
        return false;
    m_widths[column] = width;
    return true;
}

} // namespace countermand
