#include "ui/table/columnlayout.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr int narrowest = 20;
constexpr int mostWidth = 2000;

std::optional<OrderColumns::Column> columnOf(QStringView word)
{
    for (int column = 0; column < OrderColumns::ColumnCount; ++column) {
        if (OrderColumns::at(column).word == word)
            return OrderColumns::Column(column);
    }
    return {};
}

QList<int> widthsOf(const QString &text)
{
    QList<int> widths;
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts)) {
        bool isNumber = false;
        const int width = word.toInt(&isNumber);
        if (!isNumber || width < narrowest || width > mostWidth)
            return {};
        widths.append(width);
    }
    return widths.size() == OrderColumns::ColumnCount ? widths : QList<int>();
}

} // namespace

ColumnLayout ColumnLayout::standard()
{
    ColumnLayout layout;
    for (int column = 0; column < OrderColumns::ColumnCount; ++column)
        layout.places.append({Column(column), OrderColumns::at(column).presence == OrderColumn::Presence::OnDemand});
    return layout;
}

QString ColumnLayout::toText() const
{
    QStringList names;
    for (const Place &place : places)
        names.append((place.hidden ? u"-"_s : QString()) + OrderColumns::at(place.column).word);
    QStringList pixels;
    for (const int width : widths)
        pixels.append(QString::number(width));
    return u"%1; %2%3; %4"_s.arg(names.join(u' '), QString(OrderColumns::at(sortedBy).word),
                                 order == Qt::AscendingOrder ? u"+"_s : u"-"_s, pixels.join(u' '));
}

ColumnLayout ColumnLayout::fromText(const QString &text)
{
    const QStringList parts = text.split(u';');
    if (parts.size() != 3)
        return standard();
    ColumnLayout layout;
    const auto has = [&layout](Column column) {
        return std::any_of(layout.places.cbegin(), layout.places.cend(),
                           [column](const Place &place) { return place.column == column; });
    };
    for (const QString &word : parts.at(0).split(u' ', Qt::SkipEmptyParts)) {
        const bool hidden = word.startsWith(u'-');
        const auto column = columnOf(QStringView(word).mid(hidden ? 1 : 0));
        if (column && !has(*column))
            layout.places.append({*column, hidden && mayHide(*column)});
    }
    for (const Place &place : standard().places) {
        if (!has(place.column))
            layout.places.append(place);
    }

    const QString sort = parts.at(1).trimmed();
    if (const auto column = columnOf(QStringView(sort).chopped(sort.isEmpty() ? 0 : 1))) {
        layout.sortedBy = *column;
        layout.order = sort.endsWith(u'-') ? Qt::DescendingOrder : Qt::AscendingOrder;
    }
    layout.widths = widthsOf(parts.at(2));
    return layout;
}

bool ColumnLayout::mayHide(Column column)
{
    return OrderColumns::at(column).presence != OrderColumn::Presence::Always;
}

} // namespace countermand
