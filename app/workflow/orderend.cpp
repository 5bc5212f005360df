#include "workflow/orderend.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

/// CoinW's word in records for a trailing order, as in its sample of a canceled one.
constexpr auto trailingWord = "moveStopProfitLoss"_L1;

QDateTime timeOf(const QDateTime &updatedAt, const QDateTime &createdAt)
{
    return updatedAt.isValid() ? updatedAt : createdAt;
}

bool isTrailingCancellation(const Order &order, const DealRecord &deal, const QDateTime &sinceSecond)
{
    const QDateTime at = timeOf(deal.updatedAt, deal.createdAt);
    return order.type == OrderType::TrailingStop && sinceSecond.isValid() && !order.positionId.isEmpty() &&
           deal.kind == DealRecord::Kind::Cancellation && deal.positionId == order.positionId &&
           deal.originalType.compare(trailingWord, Qt::CaseInsensitive) == 0 && at.isValid() && at >= sinceSecond;
}

void raise(std::optional<Decimal> &bound, const std::optional<Decimal> &quantity)
{
    if (quantity && !quantity->isZero() && !quantity->isNegative() && (!bound || *bound < *quantity))
        bound = quantity;
}

void takeDeal(OrderEnd &end, const DealRecord &deal)
{
    end.found = true;
    switch (deal.kind) {
    case DealRecord::Kind::Cancellation:
        end.canceled = true;
        if (const QDateTime at = timeOf(deal.updatedAt, deal.createdAt); at.isValid())
            end.canceledAt = at;
        break;
    case DealRecord::Kind::Execution:
    case DealRecord::Kind::Other:
        end.executed = true;
        break;
    }
}

/// How much of an order a row says to have filled, where that is its last word.
std::optional<Decimal> finalQuantity(const HistoryRecord &row, const std::optional<Decimal> &total)
{
    std::optional<Decimal> filled = row.filled;
    if (!filled && row.canceled && total)
        filled = total->minus(*row.canceled);
    if (!filled || filled->isNegative())
        return {};
    const bool said = row.kind == HistoryRecord::Kind::Finished || row.kind == HistoryRecord::Kind::Canceled;
    if (said || (total && *filled >= *total))
        return filled;
    // "part" may stand in a row of an order that goes on; one whose rest is canceled does not.
    const auto left = total ? total->minus(*filled) : std::nullopt;
    return left && row.canceled && *row.canceled >= *left ? filled : std::nullopt;
}

void takeHistory(OrderEnd &end, const HistoryRecord &row, const Order &order)
{
    end.found = true;
    const auto total = row.total ? row.total : order.quantity;
    if (row.averagePrice)
        end.averagePrice = row.averagePrice;
    raise(end.filledAtLeast, row.filled);
    const auto filled = finalQuantity(row, total);
    // Every row here is of an order that was executed, whatever else it leaves out.
    const bool nothing = filled && filled->isZero();
    end.executed = end.executed || !nothing;
    if (row.kind == HistoryRecord::Kind::Canceled || (row.canceled && !row.canceled->isZero()))
        end.canceled = true;
    if (!filled)
        return;
    if (!end.filledQuantity || *end.filledQuantity < *filled)
        end.filledQuantity = filled;
    raise(end.filledAtLeast, filled);
    const bool whole = total && !total->isZero() && *filled >= *total;
    end.filledWhole = end.filledWhole || whole;
    if (whole || !total)
        return;
    end.canceled = true;
    if (!end.canceledAt.isValid())
        end.canceledAt = timeOf(row.updatedAt, row.createdAt);
}

} // namespace

OrderEnd endOf(const Order &order, const OrderRecords &records, const QDateTime &sinceSecond)
{
    OrderEnd end;
    raise(end.filledAtLeast, order.filledQuantity);
    end.executed = end.filledAtLeast.has_value();
    for (const DealRecord &deal : records.deals) {
        if (deal.isOf(order.id) || isTrailingCancellation(order, deal, sinceSecond))
            takeDeal(end, deal);
    }
    for (const HistoryRecord &row : records.history) {
        if (row.isOf(order.id))
            takeHistory(end, row, order);
    }
    // A number below what was seen already is not the last word.
    if (end.filledQuantity && end.filledAtLeast && *end.filledQuantity < *end.filledAtLeast) {
        end.filledQuantity.reset();
        end.filledWhole = false;
    }
    if (end.filledWhole)
        end.canceled = false;
    return end;
}

bool showsNothingFilled(const Order &order)
{
    return order.filledQuantity && order.filledQuantity->isZero();
}

} // namespace countermand
