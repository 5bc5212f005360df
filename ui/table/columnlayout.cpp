#include "ui/table/columnlayout.h"

#include <QStringList>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr int leastWidth = 20;
constexpr int mostWidth = 2000;

/// In the order of OrderColumns::Column. They stand in users' settings: never change one.
constexpr std::array<QLatin1StringView, OrderColumns::ColumnCount> words{
    "state"_L1,    "instrument"_L1, "side"_L1,       "type"_L1,      "price"_L1,    "remaining"_L1,
    "filled"_L1,   "tpsl"_L1,       "placed"_L1,     "age"_L1,       "id"_L1,       "action"_L1,
    "trigger"_L1,  "leverage"_L1,   "marginmode"_L1, "margin"_L1,    "value"_L1,    "source"_L1,
    "clientid"_L1, "fullid"_L1,     "updated"_L1,    "lastprice"_L1, "distance"_L1,
};

std::optional<OrderColumns::Column> columnOf(QStringView word)
{
    const auto at = std::find(words.cbegin(), words.cend(), word);
    return at == words.cend() ? std::nullopt : std::optional(OrderColumns::Column(at - words.cbegin()));
}

QList<int> widthsOf(const QString &text)
{
    QList<int> widths;
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts)) {
        bool isNumber = false;
        const int width = word.toInt(&isNumber);
        if (!isNumber || width < leastWidth || width > mostWidth)
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
        layout.places.append({Column(column), isOptional(Column(column))});
    return layout;
}

QString ColumnLayout::toText() const
{
    QStringList names;
    for (const Place &place : places)
        names.append((place.hidden ? u"-"_s : QString()) + words.at(size_t(place.column)));
    QStringList pixels;
    for (const int width : widths)
        pixels.append(QString::number(width));
    return u"%1; %2%3; %4"_s.arg(names.join(u' '), QString(words.at(size_t(sortedBy))),
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
    return column != OrderColumns::State && column != OrderColumns::Instrument && column != OrderColumns::Side &&
           column != OrderColumns::Action;
}

bool ColumnLayout::isOptional(Column column)
{
    return column > OrderColumns::Action;
}

} // namespace countermand
