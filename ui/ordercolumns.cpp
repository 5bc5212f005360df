#include "ui/ordercolumns.h"

#include "ui/cellflash.h"
#include "ui/ordersproxy.h"
#include "ui/rowstate.h"
#include "ui/theme.h"

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
    };
    return all;
}

int leastWidth(const Column &column, const QFont &base)
{
    if (column.column == OrdersModel::State)
        return column.width;
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
    case OrdersModel::ColumnCount:
        break;
    }
    return base;
}

QList<int> columnWidths(const QFont &base, int available)
{
    QList<int> least;
    QList<int> widths;
    for (const Column &column : columns()) {
        least.append(leastWidth(column, base));
        widths.append(std::max(column.width, least.constLast()));
    }
    int missing = std::accumulate(widths.cbegin(), widths.cend(), 0) - available;
    int slack = std::accumulate(widths.cbegin(), widths.cend(), 0) - std::accumulate(least.cbegin(), least.cend(), 0);
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
