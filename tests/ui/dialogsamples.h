#pragma once

#include "domain/account.h"
#include "domain/order.h"
#include "domain/qtversions.h"

/// Orders and accounts for tests and pictures of dialogs.
namespace countermand::samples {

inline QDateTime placedAt()
{
    return QDateTime(QDate(2026, 3, 4), QTime(13, 3, 22), inUtc);
}
inline QDateTime now()
{
    return placedAt().addSecs(4 * 60 + 5);
}

inline Account live()
{
    return {QStringLiteral("p-1"), QStringLiteral("Main account"), Environment::Live, QStringLiteral("api.coinw.com"),
            1};
}

inline Account practice()
{
    return {QStringLiteral("practice"), QStringLiteral("Practice"), Environment::Practice, {}, 0};
}

inline Account testServer()
{
    return {QStringLiteral("p-2"), QStringLiteral("Main account"), Environment::TestServer,
            QStringLiteral("127.0.0.1:8443"), 2};
}

/// A plain limit order to open: 10 of 10.
inline Order plain()
{
    Order order;
    order.id = OrderId(QStringLiteral("33308741701973155"));
    order.instrument = QStringLiteral("BTC");
    order.base = QStringLiteral("BTC");
    order.quote = QStringLiteral("USDT");
    order.positionSide = PositionSide::Long;
    order.positionSideWord = QStringLiteral("long");
    order.positionEffect = PositionEffect::Open;
    order.positionEffectWord = QStringLiteral("open");
    order.type = OrderType::Limit;
    order.price = Decimal::fromText(u"63500.0");
    order.quantity = Decimal(10);
    order.filledQuantity = Decimal(0);
    order.remainingQuantity = Decimal(10);
    order.leverage = Decimal(20);
    order.source = QStringLiteral("web");
    order.placedAt = placedAt();
    return order;
}

/// 3 of 5 are left, with a take profit attached.
inline Order partlyFilled()
{
    Order order = plain();
    order.id = OrderId(QStringLiteral("33308741701971947"));
    order.price = Decimal::fromText(u"64210.0");
    order.quantity = Decimal(5);
    order.filledQuantity = Decimal(2);
    order.remainingQuantity = Decimal(3);
    order.takeProfitPrice = Decimal::fromText(u"66000.0");
    return order;
}

/// A trailing stop that closes a long position: no price.
inline Order trailing()
{
    Order order = plain();
    order.id = OrderId(QStringLiteral("33308741701975512"));
    order.base = order.instrument = QStringLiteral("SOL");
    order.positionEffect = PositionEffect::Close;
    order.positionEffectWord = QStringLiteral("close");
    order.type = OrderType::TrailingStop;
    order.price.reset();
    order.quantity = Decimal(20);
    order.remainingQuantity = Decimal(20);
    return order;
}

} // namespace countermand::samples
