#include "domain/order.h"

#include "domain/presentable.h"

#include <QStringBuilder>

namespace countermand {

QString OrderId::shown() const
{
    return escapedId(m_text);
}

QString OrderId::tail() const
{
    return shown().right(4);
}

QString instrumentText(const Order &order)
{
    if (!order.base.isEmpty() && !order.quote.isEmpty())
        return order.base % u'-' % order.quote;
    return order.instrument.isEmpty() ? QStringLiteral("—") : order.instrument;
}

bool isProtective(const Order &order)
{
    switch (order.type) {
    case OrderType::TrailingStop:
    case OrderType::TakeProfit:
    case OrderType::StopLoss:
    case OrderType::TakeProfitStopLoss:
        return true;
    case OrderType::Limit:
    case OrderType::Market:
    case OrderType::Trigger:
    case OrderType::Other:
        break;
    }
    return order.positionEffect == PositionEffect::Close;
}

bool carriesBoth(const Order &order)
{
    return order.type == OrderType::TakeProfitStopLoss;
}

bool mayCarryTargets(const Order &order)
{
    return order.takeProfitPrice || order.stopLossPrice ||
           (order.unread & (UnreadNumber::TakeProfit | UnreadNumber::StopLoss));
}

bool isPartlyFilled(const Order &order)
{
    if (order.filledQuantity)
        return !order.filledQuantity->isZero() && (!order.quantity || *order.filledQuantity < *order.quantity);
    return order.quantity && order.remainingQuantity && !order.remainingQuantity->isZero() &&
           *order.remainingQuantity < *order.quantity;
}

std::optional<Decimal> baseSize(const Order &order, const std::optional<Decimal> &contracts)
{
    return order.lotSize && contracts ? order.lotSize->times(*contracts) : std::nullopt;
}

} // namespace countermand
