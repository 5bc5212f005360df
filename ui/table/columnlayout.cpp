#include "ui/table/columnlayout.h"

#include <QStringList>

#include <algorithm>
#include <array>

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

/// Columns that `word` named, of this version or an earlier one.
QList<OrderColumns::Column> columnsOf(QStringView word)
{
    // Take profit and stop loss were one column once.
    if (word == "tpsl"_L1)
        return {OrderColumns::TakeProfit, OrderColumns::StopLoss};
    const auto column = columnOf(word);
    return column ? QList{*column} : QList<OrderColumns::Column>();
}

std::optional<int> widthOf(QStringView word)
{
    bool isNumber = false;
    const int width = word.toInt(&isNumber);
    return isNumber && width >= narrowest && width <= mostWidth ? std::optional(width) : std::nullopt;
}

/// What an earlier version wrote: a number for each of its columns, in this order.
QMap<OrderColumns::Column, int> widthsByPlace(const QStringList &numbers)
{
    constexpr std::array places{"state"_L1,     "instrument"_L1, "side"_L1,    "type"_L1,     "price"_L1,
                                "remaining"_L1, "filled"_L1,     "tpsl"_L1,    "placed"_L1,   "age"_L1,
                                "id"_L1,        "action"_L1,     "trigger"_L1, "leverage"_L1, "marginmode"_L1,
                                "margin"_L1,    "value"_L1,      "source"_L1,  "clientid"_L1, "fullid"_L1,
                                "updated"_L1,   "lastprice"_L1,  "distance"_L1};
    if (numbers.size() != qsizetype(places.size()))
        return {};
    QMap<OrderColumns::Column, int> widths;
    for (size_t place = 0; place < places.size(); ++place) {
        const auto width = widthOf(numbers.at(qsizetype(place)));
        if (!width)
            return {};
        if (const auto column = columnOf(QString(places[place])))
            widths.insert(*column, *width);
    }
    return widths;
}

QMap<OrderColumns::Column, int> widthsOf(const QString &text)
{
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    if (!text.contains(u':'))
        return widthsByPlace(words);
    QMap<OrderColumns::Column, int> widths;
    for (const QString &word : words) {
        const qsizetype colon = word.indexOf(u':');
        const auto column = columnOf(QStringView(word).left(colon));
        const auto width = widthOf(QStringView(word).mid(colon + 1));
        if (column && width)
            widths.insert(*column, *width);
    }
    return widths;
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
    for (auto width = widths.cbegin(); width != widths.cend(); ++width)
        pixels.append(u"%1:%2"_s.arg(QString(OrderColumns::at(width.key()).word)).arg(*width));
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
        for (const Column column : columnsOf(QStringView(word).mid(hidden ? 1 : 0))) {
            if (column != OrderColumns::Action && !has(column))
                layout.places.append({column, hidden && mayHide(column)});
        }
    }
    // Action stands at the end of the standard, and so it does here.
    for (const Place &place : standard().places) {
        if (!has(place.column))
            layout.places.append(place);
    }

    const QString sort = parts.at(1).trimmed();
    if (const auto named = columnsOf(QStringView(sort).chopped(sort.isEmpty() ? 0 : 1)); !named.isEmpty()) {
        layout.sortedBy = named.constFirst();
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
