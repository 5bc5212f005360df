#include "workflow/orderend.h"

namespace countermand {

namespace {

void noteCanceled(OrderEnd &end, const QDateTime &at)
{
    end.canceled = true;
    if (at.isValid())
        end.canceledAt = at;
}

void noteFilled(OrderEnd &end, const std::optional<Decimal> &filled)
{
    if (filled && (!end.filledQuantity || *end.filledQuantity < *filled))
        end.filledQuantity = filled;
}

} // namespace

OrderEnd endOf(const Order &order, const OrderRecords &records)
{
    OrderEnd end;
    end.filledQuantity = order.filledQuantity;
    bool saidFilled = false;
    for (const DealRecord &deal : records.deals) {
        if (!deal.isOf(order.id))
            continue;
        end.found = true;
        saidFilled = saidFilled || deal.kind == DealRecord::Kind::Execution;
        if (deal.kind == DealRecord::Kind::Cancellation)
            noteCanceled(end, deal.updatedAt);
    }
    for (const HistoryRecord &past : records.history) {
        if (!past.isOf(order.id))
            continue;
        end.found = true;
        saidFilled = past.kind == HistoryRecord::Kind::Finished;
        if (past.kind == HistoryRecord::Kind::Canceled)
            noteCanceled(end, past.updatedAt);
        noteFilled(end, past.filled);
        if (past.averagePrice)
            end.averagePrice = past.averagePrice;
    }
    // A record of the cancellation outweighs rows of single trades, which may read "finish" each.
    saidFilled = saidFilled && !end.canceled;
    if (saidFilled)
        noteFilled(end, order.quantity);
    const bool allFilled =
        end.filledQuantity && order.quantity && !order.quantity->isZero() && *end.filledQuantity >= *order.quantity;
    end.filledWhole = allFilled || saidFilled;
    return end;
}

} // namespace countermand
