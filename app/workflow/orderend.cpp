#include "workflow/orderend.h"

namespace countermand {

OrderEnd endOf(const Order &order, const QList<OrderRecord> &records)
{
    OrderEnd end;
    end.filledQuantity = order.filledQuantity;
    bool saidFilled = false;
    for (const OrderRecord &record : records) {
        if (!record.isOf(order.id))
            continue;
        end.found = true;
        auto filled = record.filled;
        switch (record.status) {
        case OrderRecord::Status::Filled:
            saidFilled = true;
            if (!filled)
                filled = record.total ? record.total : order.quantity;
            break;
        case OrderRecord::Status::Canceled:
            end.canceled = true;
            if (record.updatedAt.isValid())
                end.canceledAt = record.updatedAt;
            break;
        case OrderRecord::Status::Partial:
        case OrderRecord::Status::Other:
            break;
        }
        if (filled && (!end.filledQuantity || *end.filledQuantity < *filled))
            end.filledQuantity = filled;
        if (record.averagePrice)
            end.averagePrice = record.averagePrice;
    }
    const bool allFilled =
        end.filledQuantity && order.quantity && !order.quantity->isZero() && *end.filledQuantity >= *order.quantity;
    // A record of the cancellation outweighs rows of single trades, which may read "finish" each.
    end.filledWhole = allFilled || (saidFilled && !end.canceled);
    return end;
}

} // namespace countermand
