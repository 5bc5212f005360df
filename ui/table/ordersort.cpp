#include "ui/table/ordersort.h"

#include "ui/table/rowstate.h"
#include "ui/words/orderwords.h"

#include <limits>

namespace countermand {

namespace {

constexpr qint64 absent = std::numeric_limits<qint64>::max();

/// Absent comes after every number.
std::strong_ordering compareNumbers(const std::optional<Decimal> &a, const std::optional<Decimal> &b)
{
    if (a && b)
        return *a <=> *b;
    return b.has_value() <=> a.has_value();
}

std::strong_ordering compareWords(const QString &a, const QString &b)
{
    if (a.constData() == b.constData() && a.size() == b.size())
        return std::strong_ordering::equal;
    return a.compare(b) <=> 0;
}

/// Ids are opaque; a longer one is newer wherever they count upwards.
std::strong_ordering compareIds(const OrderId &a, const OrderId &b)
{
    const auto byLength = a.text().size() <=> b.text().size();
    return byLength != 0 ? byLength : a.text().compare(b.text()) <=> 0;
}

SortKey byWords(const QString &words)
{
    return {.words = words};
}

SortKey byTime(const QDateTime &moment)
{
    return {.rank = moment.isValid() ? moment.toMSecsSinceEpoch() : absent};
}

SortKey byFilled(const Order &order)
{
    const auto filled = shownFilled(order);
    const auto percent = filled && order.quantity ? filled->percentOf(*order.quantity) : std::nullopt;
    return {.numbers = {percent ? filled : std::nullopt, std::nullopt}, .rank = percent ? *percent : absent};
}

SortKey columnKey(const OrderRow &row, OrderColumns::Column column, const std::optional<Decimal> &lastPrice)
{
    const Order &order = row.order;
    switch (column) {
    case OrderColumns::State:
        return {.rank = qint64(rowState(row))};
    case OrderColumns::Instrument:
        return byWords(instrumentText(order));
    case OrderColumns::Side:
        return byWords(sideWords(order));
    case OrderColumns::Type:
        return byWords(typeText(order));
    case OrderColumns::Price: {
        // Numbers, then "Market", then nothing at all.
        const auto price = shownPrice(order);
        return {.numbers = {price, std::nullopt}, .rank = price ? 0 : order.marketPrice ? 1 : 2};
    }
    case OrderColumns::Remaining:
        return {.numbers = {shownRemaining(order), std::nullopt}};
    case OrderColumns::Filled:
        return byFilled(order);
    case OrderColumns::TakeProfitStopLoss:
        return {.numbers = {order.takeProfitPrice, order.stopLossPrice}};
    case OrderColumns::Placed:
        return byTime(order.placedAt);
    case OrderColumns::Age:
        // The youngest first; an order of unknown age stays last.
        return {.rank = order.placedAt.isValid() ? -order.placedAt.toMSecsSinceEpoch() : absent};
    case OrderColumns::Action:
        return {.rank = qint64(rowAction(row))};
    case OrderColumns::TriggerPrice:
        return {.numbers = {order.triggerPrice, std::nullopt}};
    case OrderColumns::Leverage:
        return {.numbers = {order.leverage, std::nullopt}};
    case OrderColumns::MarginModeColumn:
        return {.rank = order.marginMode ? qint64(*order.marginMode) : absent};
    case OrderColumns::Margin:
        return {.numbers = {order.margin, std::nullopt}};
    case OrderColumns::Value:
        return {.numbers = {orderValue(order), std::nullopt}};
    case OrderColumns::Source:
        return byWords(order.source);
    case OrderColumns::ClientId:
        return byWords(order.clientOrderId);
    case OrderColumns::Updated:
        return byTime(order.updatedAt);
    case OrderColumns::LastPrice:
        return {.numbers = {lastPrice, std::nullopt}};
    case OrderColumns::Distance:
        return {.numbers = {priceDistance(order, lastPrice), std::nullopt}};
    case OrderColumns::Id:
    case OrderColumns::FullId:
    case OrderColumns::ColumnCount:
        break;
    }
    return {};
}

} // namespace

QString FoldedWords::of(const QString &words)
{
    QString &folded = m_folded[words];
    if (folded.isEmpty())
        folded = words.toCaseFolded();
    return folded;
}

SortKey sortKey(const OrderRow &row, OrderColumns::Column column, const std::optional<Decimal> &lastPrice,
                FoldedWords &folded)
{
    SortKey key = columnKey(row, column, lastPrice);
    if (!key.words.isEmpty())
        key.words = folded.of(key.words);
    key.id = row.order.id;
    return key;
}

std::strong_ordering compareKeys(const SortKey &a, const SortKey &b)
{
    if (const auto byRank = a.rank <=> b.rank; byRank != 0)
        return byRank;
    for (size_t i = 0; i < a.numbers.size(); ++i) {
        if (const auto byNumber = compareNumbers(a.numbers[i], b.numbers[i]); byNumber != 0)
            return byNumber;
    }
    if (const auto byWord = compareWords(a.words, b.words); byWord != 0)
        return byWord;
    return compareIds(a.id, b.id);
}

std::strong_ordering compareRows(const OrderRow &a, const OrderRow &b, OrderColumns::Column column)
{
    FoldedWords folded;
    return compareKeys(sortKey(a, column, {}, folded), sortKey(b, column, {}, folded));
}

} // namespace countermand
