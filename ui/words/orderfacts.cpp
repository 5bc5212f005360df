#include "ui/words/orderfacts.h"

#include "ui/words/orderwords.h"
#include "ui/words/positionwords.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

struct FactWords {
    Q_DECLARE_TR_FUNCTIONS(countermand::OrderFacts)
};

/// "2026-03-04 14:03:22 +01:00", or "…22 UTC".
QString momentText(const QDateTime &moment)
{
    const QString text = moment.toString(u"yyyy-MM-dd HH:mm:ss"_s);
    if (moment.timeSpec() == Qt::UTC)
        return text + " UTC"_L1;
    const int minutes = moment.offsetFromUtc() / 60;
    const int size = minutes < 0 ? -minutes : minutes;
    return u"%1 %2%3:%4"_s.arg(text, minutes < 0 ? u"-"_s : u"+"_s)
        .arg(size / 60, 2, 10, '0'_L1)
        .arg(size % 60, 2, 10, '0'_L1);
}

QString instants(const QDateTime &utc)
{
    return utc.isValid() ? u"%1 · %2"_s.arg(momentText(utc.toLocalTime()), momentText(utc.toUTC())) : dash();
}

/// "64,210.0 USDT", "Market", "—".
QString priceFact(const Order &order)
{
    const QString price = priceText(order);
    const bool isNumber = !price.isEmpty() && (price.front().isDigit() || price.front() == u'-');
    return isNumber && !order.quote.isEmpty() ? price + u' ' + order.quote : price;
}

std::optional<Decimal> totalOf(const Order &order)
{
    if (order.quantity || !order.filledQuantity || !order.remainingQuantity)
        return order.quantity;
    return order.filledQuantity->plus(*order.remainingQuantity);
}

QString filledFact(const Order &order)
{
    const std::optional<Decimal> filled = shownFilled(order);
    if (!filled)
        return dash();
    //: Contracts that have filled, and their share of the order: "2 cont. (40 %)"
    return FactWords::tr("%1 cont. (%2)").arg(numberText(filled), filledText(order));
}

/// "3 of 5 cont. (0.003 BTC)".
QString remainingFact(const Order &order)
{
    const QString size = baseSizeText(order);
    //: Remaining contracts, and how much base coin they are
    return size.isEmpty() ? remainingText(order) : FactWords::tr("%1 (%2)").arg(remainingText(order), size);
}

/// "66,000.0", "none", or "unreadable".
QString attachedText(const std::optional<Decimal> &price, const Order &order, UnreadNumber which)
{
    return price || (order.unread & which) ? toldText(price, order, which) : FactWords::tr("none");
}

QString takeProfitFact(const Order &order)
{
    return attachedText(order.takeProfitPrice, order, UnreadNumber::TakeProfit);
}

QString stopLossFact(const Order &order)
{
    return attachedText(order.stopLossPrice, order, UnreadNumber::StopLoss);
}

QString placedFact(const Order &order, const QDateTime &nowUtc)
{
    if (!order.placedAt.isValid())
        return dash();
    //: How long ago and when: "4 min ago · 2026-03-04 14:03:22 +01:00"
    return FactWords::tr("%1 ago · %2").arg(ageText(order, nowUtc), momentText(order.placedAt.toLocalTime()));
}

OrderFact numberFact(const QString &key, const QString &label, const std::optional<Decimal> &number)
{
    return {.key = key, .label = label, .value = numberText(number), .plain = number ? number->toText() : QString()};
}

OrderFact toldFact(const QString &key, const QString &label, const std::optional<Decimal> &number, const Order &order,
                   UnreadNumber which)
{
    OrderFact fact = numberFact(key, label, number);
    fact.value = toldText(number, order, which);
    return fact;
}

OrderFact callbackFact(const Order &order)
{
    return {.key = u"callback"_s,
            .label = FactWords::tr("Callback"),
            .value = callbackText(order),
            .plain = callbackText(order).remove(u',')};
}

bool hasCallback(const Order &order)
{
    return order.callback || (order.unread & UnreadNumber::Callback);
}

/// What it waits for, where its price doesn't say so already.
std::optional<OrderFact> triggerFact(const Order &order)
{
    const bool isUnread = order.unread & UnreadNumber::TriggerPrice;
    if (!isUnread && (!order.triggerPrice || order.triggerPrice == shownPrice(order)))
        return {};
    return toldFact(u"trigger"_s, FactWords::tr("Trigger price"), order.triggerPrice, order,
                    UnreadNumber::TriggerPrice);
}

std::optional<OrderFact> distanceFact(const Order &order, const std::optional<Decimal> &lastPrice)
{
    const auto distance = priceDistance(order, lastPrice);
    if (!distance)
        return {};
    //: How far the order's price is from the last one: "+1.25 % of 64,210.0"
    return OrderFact{.key = u"distance"_s,
                     .label = FactWords::tr("Distance"),
                     .value = FactWords::tr("%1 of %2").arg(distanceText(distance), numberText(lastPrice)),
                     .plain = distance->toText()};
}

std::optional<OrderFact> valueFact(const Order &order)
{
    const auto value = orderValue(order);
    if (!value)
        return {};
    return OrderFact{.key = u"value"_s,
                     .label = FactWords::tr("Value"),
                     .value = QString(amountText(value) + u' ' + order.quote).trimmed(),
                     .plain = value->toText()};
}

std::optional<OrderFact> leverageFact(const Order &order)
{
    if (!order.leverage)
        return {};
    return OrderFact{.key = u"leverage"_s,
                     .label = FactWords::tr("Leverage"),
                     .value = FactWords::tr("%1x").arg(numberText(order.leverage)),
                     .plain = order.leverage->toText()};
}

} // namespace

QList<OrderFact> confirmationFacts(const Order &order, const QDateTime &nowUtc,
                                   const std::optional<Decimal> &lastPrice)
{
    QList<OrderFact> facts{
        {.key = u"instrument"_s, .label = FactWords::tr("Instrument"), .value = instrumentText(order)},
        {.key = u"side"_s, .label = FactWords::tr("Side"), .value = sideText(order)},
        {.key = u"type"_s, .label = FactWords::tr("Type"), .value = typeText(order)},
        {.key = u"price"_s, .label = FactWords::tr("Price"), .value = priceFact(order)},
        {.key = u"remaining"_s, .label = FactWords::tr("Remaining"), .value = remainingFact(order)},
        {.key = u"filled"_s, .label = FactWords::tr("Filled"), .value = filledFact(order)},
        {.key = u"tpsl"_s,
         .label = FactWords::tr("TP / SL"),
         .value = takeProfitFact(order) + " / "_L1 + stopLossFact(order)},
        {.key = u"placed"_s, .label = FactWords::tr("Placed"), .value = placedFact(order, nowUtc)},
        {.key = u"id"_s, .label = FactWords::tr("Order ID"), .value = order.id.shown()},
    };
    const auto putBehind = [&facts](const QString &key, const std::optional<OrderFact> &fact) {
        const auto at =
            std::find_if(facts.cbegin(), facts.cend(), [&key](const OrderFact &each) { return each.key == key; });
        if (fact)
            facts.insert(at - facts.cbegin() + 1, *fact);
    };
    putBehind(u"tpsl"_s, leverageFact(order));
    putBehind(u"remaining"_s, valueFact(order));
    putBehind(u"price"_s, distanceFact(order, lastPrice));
    putBehind(u"price"_s, hasCallback(order) ? std::optional(callbackFact(order)) : std::nullopt);
    putBehind(u"price"_s, triggerFact(order));
    if (const QString frees = freesText({order}); !frees.isEmpty())
        facts.append({.key = u"frees"_s, .label = FactWords::tr("Frees"), .value = frees});
    return facts;
}

QList<OrderFact> allFacts(const Order &order, const QDateTime &nowUtc, const std::optional<Decimal> &lastPrice)
{
    const std::optional<TradeSide> side = tradeSide(order);
    QString sideWithTrade = sideText(order);
    if (side)
        sideWithTrade += u" · "_s + (*side == TradeSide::Buy ? FactWords::tr("buy") : FactWords::tr("sell"));
    QList<OrderFact> facts{
        {.key = u"id"_s, .label = FactWords::tr("Order ID"), .value = order.id.shown()},
        {.key = u"instrument"_s, .label = FactWords::tr("Instrument"), .value = instrumentText(order)},
        {.key = u"instrumentName"_s, .label = FactWords::tr("Name at CoinW"), .value = orDash(order.instrument)},
        {.key = u"side"_s, .label = FactWords::tr("Side"), .value = sideWithTrade, .plain = sideWords(order)},
        {.key = u"type"_s, .label = FactWords::tr("Type"), .value = typeText(order)},
        {.key = u"price"_s,
         .label = FactWords::tr("Price"),
         .value = priceFact(order),
         .plain = priceText(order).remove(u',')},
        toldFact(u"triggerPrice"_s, FactWords::tr("Trigger price"), order.triggerPrice, order,
                 UnreadNumber::TriggerPrice),
        toldFact(u"takeProfit"_s, FactWords::tr("Take profit"), order.takeProfitPrice, order,
                 UnreadNumber::TakeProfit),
        toldFact(u"stopLoss"_s, FactWords::tr("Stop loss"), order.stopLossPrice, order, UnreadNumber::StopLoss),
        toldFact(u"quantity"_s, FactWords::tr("Size, contracts"), totalOf(order), order, UnreadNumber::Quantity),
        numberFact(u"filled"_s, FactWords::tr("Filled, contracts"), shownFilled(order)),
        numberFact(u"remaining"_s, FactWords::tr("Remaining, contracts"), shownRemaining(order)),
        {.key = u"filledShare"_s, .label = FactWords::tr("Filled"), .value = filledText(order)},
        numberFact(u"leverage"_s, FactWords::tr("Leverage"), order.leverage),
        {.key = u"clientId"_s, .label = FactWords::tr("Client ID"), .value = orDash(order.clientOrderId)},
        {.key = u"source"_s, .label = FactWords::tr("Source"), .value = orDash(order.source)},
        {.key = u"placed"_s, .label = FactWords::tr("Placed"), .value = instants(order.placedAt)},
        {.key = u"age"_s, .label = FactWords::tr("Age"), .value = ageText(order, nowUtc)},
        {.key = u"updated"_s, .label = FactWords::tr("Updated"), .value = instants(order.updatedAt)},
    };
    if (hasCallback(order))
        facts.insert(7, callbackFact(order));
    for (const auto &fact : {valueFact(order), distanceFact(order, lastPrice)}) {
        if (fact)
            facts.append(*fact);
    }
    return facts;
}

QList<OrderFact> entryFacts(const Order &order)
{
    QList<OrderFact> facts{
        {.key = u"instrument"_s, .label = FactWords::tr("Instrument"), .value = instrumentText(order)},
        {.key = u"side"_s, .label = FactWords::tr("Side"), .value = sideWords(order)},
        {.key = u"type"_s, .label = FactWords::tr("Type"), .value = typeText(order)}};
    const auto addIf = [&facts](const QString &key, const QString &label, const std::optional<Decimal> &number) {
        if (number)
            facts.append(numberFact(key, label, number));
    };
    if (order.price || order.marketPrice)
        facts.append({.key = u"price"_s,
                      .label = FactWords::tr("Price"),
                      .value = order.price ? numberText(order.price) : priceText(order),
                      .plain = order.price ? order.price->toText() : QString()});
    addIf(u"triggerPrice"_s, FactWords::tr("Trigger price"), order.triggerPrice);
    if (order.callback)
        facts.append(callbackFact(order));
    const auto left = shownRemaining(order);
    const auto size = left && *left > Decimal(0) ? left : totalOf(order);
    addIf(u"quantity"_s, FactWords::tr("Size, contracts"), size);
    if (const auto base = baseSize(order, size))
        facts.append({.key = u"baseSize"_s,
                      .label = FactWords::tr("Size, %1").arg(order.base),
                      .value = numberText(base),
                      .plain = base->toText()});
    addIf(u"takeProfit"_s, FactWords::tr("Take profit"), order.takeProfitPrice);
    addIf(u"stopLoss"_s, FactWords::tr("Stop loss"), order.stopLossPrice);
    addIf(u"leverage"_s, FactWords::tr("Leverage"), order.leverage);
    if (order.marginMode)
        facts.append({.key = u"marginMode"_s, .label = FactWords::tr("Margin mode"), .value = marginModeText(order)});
    return facts;
}

QString editedNews(const Order &before, const Order &after)
{
    return FactWords::tr("changed elsewhere: %1, likely").arg(editText(before, after));
}

QString plainText(const QList<OrderFact> &facts)
{
    QStringList lines;
    for (const OrderFact &fact : facts)
        lines.append(fact.label + u'\t' + (fact.plain.isEmpty() ? fact.value : fact.plain));
    return lines.join(u'\n');
}

QString partlyFilledNotice(const Order &order)
{
    if (!isPartlyFilled(order))
        return {};
    return FactWords::tr(
               "%1 of %2 contracts have already filled. Canceling stops only the remaining %3; your position stays.")
        .arg(isolated(numberText(order.filledQuantity)), isolated(numberText(totalOf(order))),
             isolated(numberText(shownRemaining(order))));
}

QString attachedNotice(const Order &order)
{
    if (carriesBoth(order) || !mayCarryTargets(order))
        return {};
    return FactWords::tr("Attached: TP %1, SL %2. Check your position's TP/SL afterwards.")
        .arg(isolated(takeProfitFact(order)), isolated(stopLossFact(order)));
}

QString protectiveNotice(const Order &order)
{
    if (!isProtective(order))
        return {};
    return (carriesBoth(order)
                ? FactWords::tr(
                      "This order protects a position (%1). Without it the position has two safeguards less.")
                : FactWords::tr(
                      "This order protects a position (%1). Without it the position has one safeguard less."))
        .arg(typeText(order));
}

QString bothNotice(const Order &order)
{
    if (!carriesBoth(order))
        return {};
    if (!order.takeProfitPrice || !order.stopLossPrice)
        return FactWords::tr("This order carries a take profit (%1) and a stop loss (%2). Canceling it removes both.")
            .arg(isolated(takeProfitFact(order)), isolated(stopLossFact(order)));
    return FactWords::tr("This order carries a take profit at %1 and a stop loss at %2. Canceling it removes both.")
        .arg(isolated(numberText(order.takeProfitPrice)), isolated(numberText(order.stopLossPrice)));
}

QString staleNotice(const RowAge &row)
{
    if (!row.age)
        return FactWords::tr("The list has not been read as a whole yet. These values may be out of date.");
    if (!isOlder(row, freshFor))
        return {};
    return FactWords::tr("The list was last updated %1 s ago. These values may be out of date.")
        .arg(row.age->count());
}

QString changedNotice(const QList<OrderFact> &before, const QList<OrderFact> &after)
{
    static const QStringList follows{u"placed"_s, u"value"_s, u"distance"_s};
    QStringList changes;
    for (const OrderFact &old : before) {
        const auto now =
            std::find_if(after.cbegin(), after.cend(), [&old](const OrderFact &fact) { return fact.key == old.key; });
        const QString value = now == after.cend() ? dash() : now->value;
        if (!follows.contains(old.key) && old.value != value)
            //: A field and its values: "Remaining 3 of 5 cont. → 2 of 5 cont."
            changes.append(FactWords::tr("%1 %2 → %3").arg(old.label, isolated(old.value), isolated(value)));
    }
    return changes.isEmpty() ? QString()
                             : FactWords::tr("Changed while this window was open: %1.").arg(changes.join(u"; "_s));
}

} // namespace countermand
