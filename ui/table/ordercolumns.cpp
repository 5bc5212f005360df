#include "ui/table/ordercolumns.h"

#include "ui/look/theme.h"
#include "ui/table/cellflash.h"
#include "ui/table/ordersproxy.h"
#include "ui/table/rowstate.h"

#include <QFontMetrics>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

struct Column {
    OrdersModel::Column column;
    int width;
    QString sample;
};

const QList<Column> &columns()
{
    static const QList<Column> all{
        {OrdersModel::State, 28, {}},
        {OrdersModel::Instrument, 116, u"1000PEPE-USDT"_s},
        {OrdersModel::Side, 112, u"▲ Close short"_s},
        {OrdersModel::Type, 104, u"Trailing stop"_s},
        {OrdersModel::Price, 112, u"100,000.0000"_s},
        {OrdersModel::Remaining, 144, u"2,500 of 2,500 cont."_s},
        {OrdersModel::Filled, 84, u"100 %"_s},
        {OrdersModel::TakeProfitStopLoss, 136, u"66,000.0 / —"_s},
        {OrdersModel::Placed, 148, u"2026-03-04 14:03:22"_s},
        {OrdersModel::Age, 80, u"12 h 47 m"_s},
        {OrdersModel::Id, 92, u"…1947"_s},
        {OrdersModel::Action, 104, {}},
        {OrdersModel::TriggerPrice, 112, u"100,000.0000"_s},
        {OrdersModel::Leverage, 84, u"125x"_s},
        {OrdersModel::MarginModeColumn, 104, u"Isolated"_s},
        {OrdersModel::Margin, 112, u"10,000.0000"_s},
        {OrdersModel::Value, 128, u"1,000,000.00000"_s},
        {OrdersModel::Source, 84, u"android"_s},
        {OrdersModel::ClientId, 132, u"…"_s},
        {OrdersModel::FullId, 164, u"33308749002645666"_s},
        {OrdersModel::Updated, 148, u"2026-03-04 14:03:22"_s},
        {OrdersModel::LastPrice, 112, u"100,000.0000"_s},
        {OrdersModel::Distance, 92, u"+12.34 %"_s},
    };
    return all;
}

int leastWidth(const Column &column, const QFont &base, bool stateWords)
{
    if (column.column == OrdersModel::State)
        return stateWords ? QFontMetrics(base).horizontalAdvance(rowStateWord(RowState::PartlyFilled)) + cellPadding
                          : column.width;
    const QFontMetrics metrics(cellFont(base, column.column));
    int text = metrics.horizontalAdvance(column.sample);
    if (column.column == OrdersModel::Action) {
        for (const RowAction action : {RowAction::Cancel, RowAction::Canceling, RowAction::Checking})
            text = std::max(text, metrics.horizontalAdvance(rowActionText(action)));
    }
    if (CellFlash::flashes(column.column))
        text += flashMarkWidth;
    const int header = QFontMetrics(base).horizontalAdvance(OrdersProxy::columnName(column.column));
    return std::max(text, header + sortMarkWidth) + 2 * cellPadding;
}

} // namespace

QFont cellFont(const QFont &base, OrdersModel::Column column)
{
    switch (column) {
    case OrdersModel::Price:
    case OrdersModel::Remaining:
    case OrdersModel::Filled:
    case OrdersModel::TakeProfitStopLoss:
    case OrdersModel::Placed:
    case OrdersModel::Age:
    case OrdersModel::Id:
    case OrdersModel::TriggerPrice:
    case OrdersModel::Leverage:
    case OrdersModel::Margin:
    case OrdersModel::Value:
    case OrdersModel::FullId:
    case OrdersModel::Updated:
    case OrdersModel::LastPrice:
    case OrdersModel::Distance:
        return tabularFont(base);
    case OrdersModel::Side: {
        QFont font = base;
        font.setWeight(QFont::DemiBold);
        return font;
    }
    case OrdersModel::State:
    case OrdersModel::Instrument:
    case OrdersModel::Type:
    case OrdersModel::Action:
    case OrdersModel::MarginModeColumn:
    case OrdersModel::Source:
    case OrdersModel::ClientId:
    case OrdersModel::ColumnCount:
        break;
    }
    return base;
}

QList<int> columnWidths(const QFont &base, int available, const QList<bool> &shown, bool stateWords)
{
    QList<int> least;
    QList<int> widths;
    for (const Column &column : columns()) {
        const bool wanted = shown.value(column.column, true);
        least.append(wanted ? leastWidth(column, base, stateWords) : 0);
        widths.append(wanted ? std::max(column.width, least.constLast()) : 0);
    }
    const auto sum = [](const QList<int> &list) { return std::accumulate(list.cbegin(), list.cend(), 0); };
    for (const auto column :
         {OrdersModel::Placed, OrdersModel::Filled, OrdersModel::Id, OrdersModel::TakeProfitStopLoss}) {
        if (sum(least) > available)
            least[column] = widths[column] = 0;
    }
    int missing = sum(widths) - available;
    int slack = sum(widths) - sum(least);
    for (qsizetype i = 0; i < widths.size() && missing > 0 && slack > 0; ++i) {
        const int own = widths.at(i) - least.at(i);
        // Rounded up, so that rounding never leaves a pixel to scroll to.
        const int given = std::min(own, (own * std::min(missing, slack) + slack - 1) / slack);
        widths[i] -= given;
        missing -= given;
        slack -= own;
    }
    return widths;
}

} // namespace countermand
