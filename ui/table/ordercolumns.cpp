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

struct Measures {
    OrderColumns::Column column;
    int width;
    QString sample;
};

const QList<Measures> &columns()
{
    static const QList<Measures> all{
        {OrderColumns::State, 28, {}},
        {OrderColumns::Instrument, 116, u"1000PEPE-USDT"_s},
        {OrderColumns::Side, 112, u"▲ Close short"_s},
        {OrderColumns::Type, 104, u"Trailing stop"_s},
        {OrderColumns::Price, 112, u"100,000.0000"_s},
        {OrderColumns::Remaining, 144, u"2,500 of 2,500 cont."_s},
        {OrderColumns::Filled, 84, u"100 %"_s},
        {OrderColumns::TakeProfitStopLoss, 136, u"66,000.0 / —"_s},
        {OrderColumns::Placed, 148, u"2026-03-04 14:03:22"_s},
        {OrderColumns::Age, 80, u"12 h 47 m"_s},
        {OrderColumns::Id, 92, u"…1947"_s},
        {OrderColumns::Action, 104, {}},
        {OrderColumns::TriggerPrice, 112, u"100,000.0000"_s},
        {OrderColumns::Leverage, 84, u"125x"_s},
        {OrderColumns::MarginModeColumn, 104, u"Isolated"_s},
        {OrderColumns::Margin, 112, u"10,000.0000"_s},
        {OrderColumns::Value, 128, u"1,000,000.00000"_s},
        {OrderColumns::Source, 84, u"android"_s},
        {OrderColumns::ClientId, 132, u"…"_s},
        {OrderColumns::FullId, 164, u"33308749002645666"_s},
        {OrderColumns::Updated, 148, u"2026-03-04 14:03:22"_s},
        {OrderColumns::LastPrice, 112, u"100,000.0000"_s},
        {OrderColumns::Distance, 92, u"+12.34 %"_s},
    };
    return all;
}

int leastWidth(const Measures &column, const QFont &base, bool stateWords)
{
    if (column.column == OrderColumns::State)
        return stateWords ? QFontMetrics(base).horizontalAdvance(rowStateWord(RowState::PartlyFilled)) + cellPadding
                          : column.width;
    const QFontMetrics metrics(cellFont(base, column.column));
    int text = metrics.horizontalAdvance(column.sample);
    if (column.column == OrderColumns::Action) {
        for (const RowAction action : {RowAction::Cancel, RowAction::Canceling, RowAction::Checking})
            text = std::max(text, metrics.horizontalAdvance(rowActionText(action)));
    }
    if (CellFlash::flashes(column.column))
        text += flashMarkWidth;
    const int header = QFontMetrics(base).horizontalAdvance(OrdersProxy::columnName(column.column));
    return std::max(text, header + sortMarkWidth) + 2 * cellPadding;
}

} // namespace

QList<OrderColumns::Column> OrderColumns::changed(const OrderRow &before, const OrderRow &after)
{
    const Order &a = before.order;
    const Order &b = after.order;
    // Equal values with other digits (1.5 and 1.50) are shown differently, so digits are compared.
    const auto differs = [](const std::optional<Decimal> &x, const std::optional<Decimal> &y) {
        return x.has_value() != y.has_value() || (x && (x->scale() != y->scale() || *x != *y));
    };
    // Any one of the three quantities follows from the other two, and a take profit or stop loss order waits for one
    // of its own prices.
    const bool sizes = differs(a.quantity, b.quantity) || differs(a.filledQuantity, b.filledQuantity) ||
                       differs(a.remainingQuantity, b.remainingQuantity);
    const bool targets = differs(a.takeProfitPrice, b.takeProfitPrice) || differs(a.stopLossPrice, b.stopLossPrice);
    QList<Column> columns;
    const auto add = [&columns](bool changed, Column column) {
        if (changed)
            columns.append(column);
    };
    add(before.stage != after.stage || sizes, State);
    add(instrumentText(a) != instrumentText(b) || a.instrument != b.instrument, Instrument);
    add(a.positionSide != b.positionSide || a.positionSideWord != b.positionSideWord ||
            a.positionEffect != b.positionEffect || a.positionEffectWord != b.positionEffectWord,
        Side);
    add(a.type != b.type || a.typeWord != b.typeWord, Type);
    add(differs(a.price, b.price) || a.marketPrice != b.marketPrice || differs(a.triggerPrice, b.triggerPrice) ||
            targets || a.type != b.type,
        Price);
    add(sizes || differs(a.lotSize, b.lotSize), Remaining);
    add(sizes, Filled);
    add(targets, TakeProfitStopLoss);
    add(a.placedAt != b.placedAt, Placed);
    add(before.stage != after.stage, Action);
    add(differs(a.triggerPrice, b.triggerPrice), TriggerPrice);
    add(differs(a.leverage, b.leverage), Leverage);
    add(a.marginMode != b.marginMode, MarginModeColumn);
    add(differs(a.margin, b.margin), Margin);
    // Nothing is known of the value without a contract's size.
    add((a.lotSize || b.lotSize) && (sizes || targets || differs(a.lotSize, b.lotSize) || differs(a.price, b.price) ||
                                     a.quote != b.quote || a.type != b.type),
        Value);
    add(a.source != b.source, Source);
    add(a.clientOrderId != b.clientOrderId, ClientId);
    add(a.updatedAt != b.updatedAt, Updated);
    return columns;
}

QFont cellFont(const QFont &base, OrderColumns::Column column)
{
    switch (column) {
    case OrderColumns::Price:
    case OrderColumns::Remaining:
    case OrderColumns::Filled:
    case OrderColumns::TakeProfitStopLoss:
    case OrderColumns::Placed:
    case OrderColumns::Age:
    case OrderColumns::Id:
    case OrderColumns::TriggerPrice:
    case OrderColumns::Leverage:
    case OrderColumns::Margin:
    case OrderColumns::Value:
    case OrderColumns::FullId:
    case OrderColumns::Updated:
    case OrderColumns::LastPrice:
    case OrderColumns::Distance:
        return tabularFont(base);
    case OrderColumns::Side: {
        QFont font = base;
        font.setWeight(QFont::DemiBold);
        return font;
    }
    case OrderColumns::State:
    case OrderColumns::Instrument:
    case OrderColumns::Type:
    case OrderColumns::Action:
    case OrderColumns::MarginModeColumn:
    case OrderColumns::Source:
    case OrderColumns::ClientId:
    case OrderColumns::ColumnCount:
        break;
    }
    return base;
}

QList<int> columnWidths(const QFont &base, int available, const QList<bool> &shown, bool stateWords)
{
    QList<int> least;
    QList<int> widths;
    for (const Measures &column : columns()) {
        const bool wanted = shown.value(column.column, true);
        least.append(wanted ? leastWidth(column, base, stateWords) : 0);
        widths.append(wanted ? std::max(column.width, least.constLast()) : 0);
    }
    const auto sum = [](const QList<int> &list) { return std::accumulate(list.cbegin(), list.cend(), 0); };
    for (const auto column :
         {OrderColumns::Placed, OrderColumns::Filled, OrderColumns::Id, OrderColumns::TakeProfitStopLoss}) {
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
