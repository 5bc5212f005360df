#include "ui/ordersort.h"

#include "ui/orderwords.h"
#include "ui/rowstate.h"

namespace countermand {

namespace {

std::strong_ordering orderingOf(int comparison)
{
    return comparison <=> 0;
}

/// Absent comes after every number.
std::strong_ordering compareNumbers(const std::optional<Decimal> &a, const std::optional<Decimal> &b)
{
    if (a && b)
        return *a <=> *b;
    return b.has_value() <=> a.has_value();
}

std::strong_ordering compareTimes(const QDateTime &a, const QDateTime &b)
{
    if (a.isValid() && b.isValid())
        return a.toMSecsSinceEpoch() <=> b.toMSecsSinceEpoch();
    return b.isValid() <=> a.isValid();
}

std::strong_ordering compareWords(const QString &a, const QString &b)
{
    return orderingOf(a.compare(b, Qt::CaseInsensitive));
}

/// Numbers, then "Market", then nothing at all.
std::strong_ordering comparePrices(const Order &a, const Order &b)
{
    const auto left = shownPrice(a);
    const auto right = shownPrice(b);
    return left || right ? compareNumbers(left, right) : b.marketPrice <=> a.marketPrice;
}

std::strong_ordering compareFilled(const Order &a, const Order &b)
{
    const auto percent = [](const Order &order) -> std::optional<int> {
        const auto filled = shownFilled(order);
        return filled && order.quantity ? filled->percentOf(*order.quantity) : std::nullopt;
    };
    const auto left = percent(a);
    const auto right = percent(b);
    if (!left || !right)
        return right.has_value() <=> left.has_value();
    const auto byPercent = *left <=> *right;
    return byPercent != 0 ? byPercent : compareNumbers(shownFilled(a), shownFilled(b));
}

/// Ids are opaque; a longer one is newer wherever they count upwards.
std::strong_ordering compareIds(const OrderId &a, const OrderId &b)
{
    const auto byLength = a.text().size() <=> b.text().size();
    return byLength != 0 ? byLength : orderingOf(a.text().compare(b.text()));
}

std::strong_ordering compareColumn(const OrderRow &a, const OrderRow &b, OrdersModel::Column column)
{
    switch (column) {
    case OrdersModel::State:
        return rowState(a) <=> rowState(b);
    case OrdersModel::Instrument:
        return compareWords(instrumentText(a.order), instrumentText(b.order));
    case OrdersModel::Side:
        return compareWords(sideWords(a.order), sideWords(b.order));
    case OrdersModel::Type:
        return compareWords(typeText(a.order), typeText(b.order));
    case OrdersModel::Price:
        return comparePrices(a.order, b.order);
    case OrdersModel::Remaining:
        return compareNumbers(shownRemaining(a.order), shownRemaining(b.order));
    case OrdersModel::Filled:
        return compareFilled(a.order, b.order);
    case OrdersModel::TakeProfitStopLoss: {
        const auto byTakeProfit = compareNumbers(a.order.takeProfitPrice, b.order.takeProfitPrice);
        return byTakeProfit != 0 ? byTakeProfit : compareNumbers(a.order.stopLossPrice, b.order.stopLossPrice);
    }
    case OrdersModel::Placed:
        return compareTimes(a.order.placedAt, b.order.placedAt);
    case OrdersModel::Age:
        // The youngest first; an order of unknown age stays last.
        return a.order.placedAt.isValid() && b.order.placedAt.isValid()
                   ? compareTimes(b.order.placedAt, a.order.placedAt)
                   : compareTimes(a.order.placedAt, b.order.placedAt);
    case OrdersModel::Id:
        return compareIds(a.order.id, b.order.id);
    case OrdersModel::Action:
        return rowAction(a) <=> rowAction(b);
    case OrdersModel::ColumnCount:
        break;
    }
    return std::strong_ordering::equal;
}

} // namespace

std::strong_ordering compareRows(const OrderRow &a, const OrderRow &b, OrdersModel::Column column)
{
    const auto comparison = compareColumn(a, b, column);
    return comparison != 0 ? comparison : compareIds(a.order.id, b.order.id);
}

} // namespace countermand
