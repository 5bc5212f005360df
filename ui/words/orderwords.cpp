#include "ui/words/orderwords.h"

#include "ui/look/plural.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

struct OrderWords {
    Q_DECLARE_TR_FUNCTIONS(countermand::OrderWords)
};

QString grouped(const QString &plain)
{
    const qsizetype first = plain.startsWith(u'-') ? 1 : 0;
    const qsizetype dot = plain.indexOf(u'.');
    QString text = plain;
    for (qsizetype at = (dot < 0 ? plain.size() : dot) - 3; at > first; at -= 3)
        text.insert(at, u',');
    return text;
}

QString plainText(const std::optional<Decimal> &number)
{
    return number ? number->toText() : dash();
}

} // namespace

QString dash()
{
    return u"—"_s;
}

QString orDash(const QString &text)
{
    return text.isEmpty() ? dash() : text;
}

std::optional<Decimal> shownRemaining(const Order &order)
{
    if (order.remainingQuantity || !order.quantity || !order.filledQuantity)
        return order.remainingQuantity;
    return order.quantity->minus(*order.filledQuantity);
}

std::optional<Decimal> shownFilled(const Order &order)
{
    if (order.filledQuantity || !order.quantity || !order.remainingQuantity)
        return order.filledQuantity;
    return order.quantity->minus(*order.remainingQuantity);
}

std::optional<Decimal> shownPrice(const Order &order)
{
    if (order.price || order.marketPrice)
        return order.price;
    switch (order.type) {
    case OrderType::TakeProfit:
        return order.takeProfitPrice ? order.takeProfitPrice : order.triggerPrice;
    case OrderType::StopLoss:
        return order.stopLossPrice ? order.stopLossPrice : order.triggerPrice;
    case OrderType::Limit:
    case OrderType::Market:
    case OrderType::Trigger:
    case OrderType::TrailingStop:
    case OrderType::TakeProfitStopLoss:
    case OrderType::Other:
        break;
    }
    return {};
}

namespace {

QString unreadable()
{
    return OrderWords::tr("unreadable", "a number of the exchange");
}

using NumberWriter = QString (*)(const std::optional<Decimal> &);

QString priceIn(const Order &order, NumberWriter write)
{
    const std::optional<Decimal> price = shownPrice(order);
    if (!price && order.marketPrice)
        return OrderWords::tr("Market");
    return !price && (order.unread & UnreadNumber::Price) ? unreadable() : write(price);
}

QString remainingIn(const Order &order, NumberWriter write)
{
    const std::optional<Decimal> remaining = shownRemaining(order);
    if (!remaining && !order.quantity)
        return order.unread & UnreadNumber::Quantity ? unreadable() : dash();
    if (!order.quantity)
        return OrderWords::tr("%1 cont.", "remaining contracts").arg(write(remaining));
    return OrderWords::tr("%1 of %2 cont.", "remaining of all contracts")
        .arg(write(remaining), write(order.quantity));
}

/// One field, "66000.0 / —".
QString plainTargets(const Order &order)
{
    if (!mayCarryTargets(order))
        return dash();
    const auto plain = [&order](const std::optional<Decimal> &price, UnreadNumber which) {
        return !price && (order.unread & which) ? unreadable() : plainText(price);
    };
    return plain(order.takeProfitPrice, UnreadNumber::TakeProfit) + u" / "_s +
           plain(order.stopLossPrice, UnreadNumber::StopLoss);
}

/// A word from outside must not break the row apart.
QString oneCell(QString text)
{
    for (QChar &character : text) {
        if (character.category() == QChar::Other_Control)
            character = u' ';
    }
    return text;
}

} // namespace

QString numberText(const std::optional<Decimal> &number)
{
    return number ? grouped(number->toText()) : dash();
}

QString toldText(const std::optional<Decimal> &number, const Order &order, UnreadNumber which)
{
    return !number && (order.unread & which) ? unreadable() : numberText(number);
}

QString baseSizeText(const Order &order)
{
    const auto size = baseSize(order, shownRemaining(order));
    return size && !order.base.isEmpty() ? numberText(size) + u' ' + order.base : QString();
}

QString sideWords(const Order &order)
{
    if (order.positionEffect && order.positionSide) {
        const bool opens = order.positionEffect == PositionEffect::Open;
        if (order.positionSide == PositionSide::Long)
            return opens ? OrderWords::tr("Open long") : OrderWords::tr("Close long");
        return opens ? OrderWords::tr("Open short") : OrderWords::tr("Close short");
    }
    QStringList parts;
    if (order.positionEffect)
        parts += order.positionEffect == PositionEffect::Open ? OrderWords::tr("Open", "position effect")
                                                              : OrderWords::tr("Close", "position effect");
    else if (!order.positionEffectWord.isEmpty())
        parts += order.positionEffectWord;
    if (order.positionSide)
        parts += order.positionSide == PositionSide::Long ? OrderWords::tr("long", "position side")
                                                          : OrderWords::tr("short", "position side");
    else if (!order.positionSideWord.isEmpty())
        parts += order.positionSideWord;
    return parts.isEmpty() ? dash() : parts.join(u' ');
}

QString sideText(const Order &order)
{
    const std::optional<TradeSide> side = tradeSide(order);
    if (!side)
        return sideWords(order);
    return (*side == TradeSide::Buy ? u"▲ "_s : u"▼ "_s) + sideWords(order);
}

std::optional<TradeSide> tradeSide(const Order &order)
{
    if (!order.positionEffect || !order.positionSide)
        return {};
    const bool opens = order.positionEffect == PositionEffect::Open;
    const bool isLong = order.positionSide == PositionSide::Long;
    return opens == isLong ? TradeSide::Buy : TradeSide::Sell;
}

QString typeText(const Order &order)
{
    switch (order.type) {
    case OrderType::Limit:
        return OrderWords::tr("Limit");
    case OrderType::Market:
        return OrderWords::tr("Market");
    case OrderType::Trigger:
        return OrderWords::tr("Trigger");
    case OrderType::TrailingStop:
        return OrderWords::tr("Trailing stop");
    case OrderType::TakeProfit:
        return OrderWords::tr("Take profit");
    case OrderType::StopLoss:
        return OrderWords::tr("Stop loss");
    case OrderType::TakeProfitStopLoss:
        return OrderWords::tr("TP / SL");
    case OrderType::Other:
        break;
    }
    return order.typeWord.isEmpty() ? dash() : order.typeWord;
}

QStringList typeNames(const Order &order)
{
    QStringList names{typeText(order)};
    if (carriesBoth(order))
        names << OrderWords::tr("Take profit") << OrderWords::tr("Stop loss");
    if (carriesBoth(order) || order.type == OrderType::TakeProfit)
        names << OrderWords::tr("TP", "short for take profit");
    if (carriesBoth(order) || order.type == OrderType::StopLoss)
        names << OrderWords::tr("SL", "short for stop loss");
    return names;
}

QString callbackText(const Order &order)
{
    if (!order.callback)
        return order.unread & UnreadNumber::Callback ? unreadable() : dash();
    const std::optional<Decimal> number = order.callback->number;
    switch (order.callback->unit) {
    case Callback::Unit::Fraction:
        return OrderWords::tr("%1 %", "callback in percent").arg(numberText(number->times(Decimal(100))));
    case Callback::Unit::Price:
        return order.quote.isEmpty() ? numberText(number) : numberText(number) + u' ' + order.quote;
    case Callback::Unit::Unknown:
        break;
    }
    return numberText(number);
}

QString priceText(const Order &order)
{
    return priceIn(order, numberText);
}

QString remainingText(const Order &order)
{
    return remainingIn(order, numberText);
}

QString filledText(const Order &order)
{
    const std::optional<Decimal> filled = shownFilled(order);
    const std::optional<int> percent = filled && order.quantity ? filled->percentOf(*order.quantity) : std::nullopt;
    if (!percent)
        return dash();
    if (*percent == 0 && !filled->isZero() && !filled->isNegative())
        return OrderWords::tr("<1 %");
    return OrderWords::tr("%1 %", "percent filled").arg(*percent);
}

namespace {

QString localTimeText(const QDateTime &moment)
{
    return moment.isValid() ? moment.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss"_s) : dash();
}

} // namespace

QString placedText(const Order &order)
{
    return localTimeText(order.placedAt);
}

QString updatedText(const Order &order)
{
    return localTimeText(order.updatedAt);
}

QString marginModeText(const Order &order)
{
    if (!order.marginMode)
        return dash();
    switch (*order.marginMode) {
    case MarginMode::Isolated:
        return OrderWords::tr("Isolated");
    case MarginMode::Cross:
        return OrderWords::tr("Cross");
    }
    return {};
}

std::optional<Decimal> orderValue(const Order &order)
{
    const auto price = shownPrice(order);
    const auto size = baseSize(order, shownRemaining(order));
    return price && size ? price->times(*size) : std::nullopt;
}

QString amountText(const std::optional<Decimal> &amount)
{
    constexpr int decimals = 2;
    static const Decimal least = *Decimal::fromText(u"0.01");
    if (amount && *amount > Decimal() && *amount < least)
        return OrderWords::tr("<0.01", "a very small amount of money");
    return numberText(amount ? std::optional(amount->rounded(decimals).padded(decimals)) : std::nullopt);
}

std::optional<Decimal> priceDistance(const Order &order, const std::optional<Decimal> &lastPrice)
{
    const auto price = shownPrice(order) ? shownPrice(order) : order.triggerPrice;
    return price && lastPrice ? price->percentAbove(*lastPrice, 2) : std::nullopt;
}

bool isNear(const std::optional<Decimal> &distance)
{
    static const Decimal limit = *Decimal::fromText(u"0.5");
    return distance && *distance<limit && * distance> * Decimal().minus(limit);
}

QString distanceText(const std::optional<Decimal> &distance)
{
    if (!distance)
        return dash();
    QString number = numberText(distance);
    if (distance->isNegative())
        number.replace(0, 1, QChar(0x2212));
    else if (!distance->isZero())
        number.prepend(u'+');
    return OrderWords::tr("%1 %", "distance in percent").arg(number);
}

QString ageText(const Order &order, const QDateTime &nowUtc)
{
    if (!order.placedAt.isValid() || !nowUtc.isValid())
        return dash();
    const qint64 seconds = qMax(qint64(0), order.placedAt.msecsTo(nowUtc) / 1000);
    const qint64 minutes = seconds / 60;
    const qint64 hours = minutes / 60;
    if (minutes < 1)
        return OrderWords::tr("%1 s", "age").arg(seconds);
    if (hours < 1)
        return OrderWords::tr("%1 min", "age").arg(minutes);
    if (hours < 24)
        return OrderWords::tr("%1 h %2 m", "age").arg(hours).arg(minutes % 60);
    return OrderWords::tr("%1 d %2 h", "age").arg(hours / 24).arg(hours % 24);
}

QString idTailText(const OrderId &id)
{
    return u"…"_s + id.tail();
}

QString orderIdentity(const Order &order)
{
    return OrderWords::tr("%1 %2 %3 cont. at %4 · order …%5", "instrument, side, contracts, price, id tail")
        .arg(isolated(instrumentText(order)), sideWords(order), isolated(numberText(shownRemaining(order))),
             isolated(priceText(order)), isolated(order.id.tail()));
}

QString refusedHereText(const Order &order)
{
    return order.source.isEmpty()
               ? OrderWords::tr("CoinW refused to cancel this")
               : OrderWords::tr("CoinW refused to cancel this (source %1)").arg(isolated(order.source));
}

QString editText(const Order &before, const Order &after)
{
    QString old = priceText(before);
    QString fresh = priceText(after);
    if (old == fresh && before.triggerPrice != after.triggerPrice) {
        old = numberText(before.triggerPrice);
        fresh = numberText(after.triggerPrice);
    } else if (old == fresh && before.quantity != after.quantity) {
        old = remainingText(before);
        fresh = remainingText(after);
    }
    return isolated(old) + u" → "_s + isolated(fresh);
}

QString copyRowText(const Order &order, const QDateTime &nowUtc)
{
    const QStringList cells{
        instrumentText(order),         sideWords(order),  typeText(order),     priceIn(order, plainText),
        remainingIn(order, plainText), filledText(order), plainTargets(order), placedText(order),
        ageText(order, nowUtc),        order.id.shown(),
    };
    QString row;
    for (const QString &cell : cells) {
        if (!row.isEmpty())
            row += u'\t';
        row += oneCell(cell);
    }
    return row;
}

QString listedText(int listed)
{
    return plural(listed, OrderWords::tr("1 is listed"), OrderWords::tr("%n are listed"));
}

QString countDiffersText(int reported, int listed)
{
    const QString text = plural(reported, OrderWords::tr("CoinW reports 1 open order, %1.", "“1 is listed”"),
                                OrderWords::tr("CoinW reports %n open orders, %1.", "“1 is listed”"));
    return text.arg(listedText(listed));
}

QString environmentText(const Account &account)
{
    switch (account.environment) {
    case Environment::Live:
        return OrderWords::tr("LIVE");
    case Environment::TestServer:
        return account.host.isEmpty() ? OrderWords::tr("TEST SERVER")
                                      : OrderWords::tr("TEST SERVER %1").arg(account.host);
    case Environment::Practice:
        return OrderWords::tr("PRACTICE");
    }
    return {};
}

QString badgeText(const Account &account)
{
    QString mark;
    switch (account.environment) {
    case Environment::Live:
        mark = u"●"_s;
        break;
    case Environment::TestServer:
        mark = u"▲"_s;
        break;
    case Environment::Practice:
        // The practice profile is called "Practice": once is enough.
        return u"◆ "_s + environmentText(account);
    }
    return mark + u' ' + environmentText(account) + (account.name.isEmpty() ? QString() : u' ' + account.name);
}

QString isolated(const QString &text)
{
    if (QGuiApplication::layoutDirection() != Qt::RightToLeft || text.isEmpty())
        return text;
    return QChar(0x2066) + text + QChar(0x2069);
}

} // namespace countermand
