#pragma once

#include "domain/order.h"
#include "domain/qtversions.h"

#include <QList>
#include <QString>

/// Orders as a practice account lists them.
namespace countermand::sample {

inline Order order(const QString &tail, const QString &base, PositionSide side, PositionEffect effect, OrderType type,
                   const QString &price, const QString &remaining, const QString &quantity, int secondsPlaced)
{
    Order made;
    made.id = OrderId(QStringLiteral("P-3330874170000") + tail);
    made.instrument = base;
    made.base = base;
    made.quote = QStringLiteral("USDT");
    made.positionSide = side;
    made.positionEffect = effect;
    made.type = type;
    made.price = Decimal::fromText(price);
    made.quantity = Decimal::fromText(quantity);
    made.remainingQuantity = Decimal::fromText(remaining);
    made.filledQuantity = made.quantity->minus(*made.remainingQuantity);
    made.placedAt = QDateTime(QDate(2026, 3, 4), QTime(11, 20, 41), inUtc).addSecs(secondsPlaced);
    return made;
}

/// The eight orders of the practice exchange's start list, oldest first.
inline QList<Order> startList()
{
    using enum PositionSide;
    using enum PositionEffect;
    const auto text = [](const char *latin) { return QString::fromLatin1(latin); };
    QList<Order> orders{
        order(text("7715"), text("ETH"), Long, Open, OrderType::Trigger, text("3104.20"), text("8"), text("8"), 0),
        order(text("1947"), text("BTC"), Long, Open, OrderType::Limit, text("64210.0"), text("3"), text("5"), 9700),
        order(text("2046"), text("BTC"), Short, Open, OrderType::Limit, text("65980.5"), text("12"), text("12"),
              9710),
        order(text("3155"), text("BTC"), Long, Open, OrderType::Limit, text("63500.0"), text("10"), text("10"), 9720),
        order(text("7828"), text("ETH"), Short, Open, OrderType::Limit, text("3390.00"), text("4"), text("4"), 9730),
        order(text("0093"), text("1000PEPE"), Short, Open, OrderType::Limit, text("0.0071230"), text("2500"),
              text("2500"), 9740),
        order(text("5512"), text("SOL"), Long, Close, OrderType::TrailingStop, text(""), text("20"), text("20"),
              9750),
        order(text("5620"), text("SOL"), Long, Open, OrderType::Limit, text("121.40"), text("6"), text("6"), 9760),
    };
    orders[1].takeProfitPrice = Decimal::fromText(text("66000.0"));
    orders[2].stopLossPrice = Decimal::fromText(text("67100.0"));
    return orders;
}

inline OrderId id(const char *tail)
{
    return OrderId(QStringLiteral("P-3330874170000") + QString::fromLatin1(tail));
}

} // namespace countermand::sample
