#include "domain/instrument.h"

namespace countermand {

QString instrumentKey(const QString &name)
{
    return name.toUpper();
}

Order described(Order order, const InstrumentTable &instruments)
{
    if (order.instrument.isEmpty() || instruments.isEmpty())
        return order;
    const auto found = instruments.constFind(instrumentKey(order.instrument));
    if (found == instruments.cend())
        return order;
    if (order.base.isEmpty() || order.quote.isEmpty()) {
        order.base = found->base;
        order.quote = found->quote;
    }
    order.lotSize = found->lotSize;
    if (found->pricePrecision) {
        for (auto *price : {&order.price, &order.triggerPrice, &order.takeProfitPrice, &order.stopLossPrice}) {
            if (*price)
                *price = (*price)->padded(*found->pricePrecision);
        }
    }
    return order;
}

} // namespace countermand
