#pragma once

#include "domain/position.h"
#include "workflow/openorders.h"

#include <QString>

namespace countermand {

/// A position of BTC with an entry at 94,800.
inline Position btcPosition(const QString &id, PositionSide side, qint64 size)
{
    Position position;
    position.id = id;
    position.instrument = QStringLiteral("BTC");
    position.side = side;
    position.size = Decimal(size);
    position.entryPrice = Decimal(94800);
    return position;
}

/// An order of BTC on the long side.
inline Order btcOrder(const QString &id, OrderType type, PositionEffect effect, qint64 contracts)
{
    Order order;
    order.id = OrderId(id);
    order.instrument = QStringLiteral("BTC");
    order.positionSide = PositionSide::Long;
    order.positionEffect = effect;
    order.type = type;
    order.quantity = Decimal(contracts);
    order.remainingQuantity = Decimal(contracts);
    return order;
}

/// A stop loss of the position of that id.
inline Order stopOf(const QString &id, const QString &positionId, qint64 contracts)
{
    Order order = btcOrder(id, OrderType::StopLoss, PositionEffect::Close, contracts);
    order.positionId = positionId;
    order.price = Decimal(93000);
    return order;
}

} // namespace countermand
