#include "ui/table/ordercolumns.h"

#include "ui/table/orderlist.h"
#include "ui/table/ordersort.h"
#include "ui/table/rowstate.h"
#include "ui/words/orderwords.h"
#include "ui/words/positionwords.h"

#include <array>
#include <limits>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

/// Equal values with other digits (1.5 and 1.50) are shown differently, so digits are compared.
bool differs(const std::optional<Decimal> &a, const std::optional<Decimal> &b)
{
    return a.has_value() != b.has_value() || (a && (a->scale() != b->scale() || *a != *b));
}

} // namespace

/// Two versions of a row.
struct OrderRowChange {
    OrderRowChange(const OrderRow &before, const OrderRow &after)
        : a(before.order),
          b(after.order),
          stage(before.stage != after.stage),
          anyOfPosition(before.position != after.position),
          position(anyOfPosition &&
                   (before.position.isRead != after.position.isRead || before.position.loss != after.position.loss ||
                    before.position.tie.isLikely != after.position.tie.isLikely ||
                    positionText(before.position.tie) != positionText(after.position.tie))),
          loss(before.position.loss != after.position.loss),
          refusedHere(before.isRefusedHere != after.isRefusedHere),
          sizes(before.order.unread != after.order.unread || differs(a.quantity, b.quantity) ||
                differs(a.filledQuantity, b.filledQuantity) || differs(a.remainingQuantity, b.remainingQuantity)),
          unread(before.order.unread != after.order.unread),
          targets(unread || differs(a.takeProfitPrice, b.takeProfitPrice) ||
                  differs(a.stopLossPrice, b.stopLossPrice))
    {}

    const Order &a;
    const Order &b;
    bool stage;
    /// Its profit changes with every read; what the Position column says does not.
    bool anyOfPosition;
    bool position;
    bool loss;
    bool refusedHere;
    /// Any one of the three quantities follows from the other two.
    bool sizes;
    /// What can't be read.
    bool unread;
    /// A take profit or stop loss order waits for one of its own prices.
    bool targets;
};

namespace {

constexpr qint64 last = std::numeric_limits<qint64>::max();

/// Where columns that the user has asked for leave: after those that only spare a look elsewhere.
constexpr int asked = 6;

using Number = std::optional<Decimal>;

SortKey byWords(const QString &words)
{
    return {.words = words};
}

SortKey byNumber(const std::optional<Decimal> &number)
{
    return {.numbers = {number, std::nullopt}};
}

SortKey byTime(const QDateTime &moment)
{
    return {.rank = moment.isValid() ? moment.toMSecsSinceEpoch() : last};
}

SortKey byFilled(const Order &order)
{
    const auto filled = shownFilled(order);
    const auto percent = filled && order.quantity ? filled->percentOf(*order.quantity) : std::nullopt;
    return {.numbers = {percent ? filled : std::nullopt, std::nullopt}, .rank = percent ? *percent : last};
}

QString offsetText(const QDateTime &local)
{
    const int minutes = local.offsetFromUtc() / 60;
    const QTime size = QTime(0, 0).addSecs(std::abs(minutes) * 60);
    return (minutes < 0 ? u"-"_s : u"+"_s) + size.toString(u"HH:mm"_s);
}

QString placedToolTip(const Order &order)
{
    if (!order.placedAt.isValid())
        return {};
    const QString utc = order.placedAt.toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s);
    return u"%1 %2\n%3 UTC"_s.arg(placedText(order), offsetText(order.placedAt.toLocalTime()), utc);
}

/// An order that is being canceled can fill until it is known to be gone.
QString canStillFill(const OrderRow &row, const QString &text)
{
    return row.stage == CancelStage::Sending ? OrderColumns::tr("%1 (it can still fill)").arg(text) : text;
}

QString fullId(const ShownOrder &shown)
{
    return shown.row.order.id.shown();
}

QString widestSide()
{
    QString widest;
    for (const PositionSide side : {PositionSide::Long, PositionSide::Short}) {
        for (const PositionEffect effect : {PositionEffect::Open, PositionEffect::Close}) {
            Order order;
            order.positionSide = side;
            order.positionEffect = effect;
            const QString text = sideText(order);
            if (text.size() > widest.size())
                widest = text;
        }
    }
    return widest;
}

QString longType()
{
    Order order;
    order.type = OrderType::TrailingStop;
    return typeText(order);
}

QString usualRemaining()
{
    Order order;
    order.quantity = order.remainingQuantity = Decimal(100);
    return remainingText(order);
}

QString valueText(const ShownOrder &shown)
{
    const QString text = amountText(orderValue(shown.row.order));
    return shown.namesUnit && text != dash() ? text + u' ' + shown.row.order.quote : text;
}

QString positionCell(const ShownOrder &shown)
{
    const OrderPosition &position = shown.row.position;
    if (!position.isRead)
        return {};
    if (position.loss.isOrphan())
        return lossBadge(position.loss);
    return position.loss.kind == PositionLoss::Kind::None ? positionText(position.tie)
                                                          : u"⊘ "_s + positionText(position.tie);
}

QString usualPosition()
{
    Position position;
    position.size = Decimal(12);
    position.entryPrice = Decimal::fromText(u"94800.0");
    return positionText(position);
}

/// Of the one position that the order belongs to.
Number positionNumber(const OrderRow &row, Number Position::*number)
{
    const bool isKnown = row.position.tie.kind == PositionTie::Kind::One;
    return isKnown ? *row.position.tie.position.*number : std::nullopt;
}

QString exactValue(const Order &order)
{
    const auto value = orderValue(order);
    return value ? numberText(value) + u' ' + order.quote : QString();
}

std::optional<Decimal> distanceSize(const Order &order, const std::optional<Decimal> &lastPrice)
{
    const auto distance = priceDistance(order, lastPrice);
    return distance && distance->isNegative() ? Decimal().minus(*distance) : distance;
}

using Change = OrderRowChange;
using enum OrderColumn::Font;
using enum OrderColumn::Presence;

// One record per column, in the order of the enum. A column is added here and there alone; what it says of an order
// is a function of ui/words.
constexpr std::array<OrderColumn, OrderColumns::ColumnCount> columns{{
    {
        .column = OrderColumns::State,
        .word = "state"_L1,
        .name = [] { return OrderColumns::tr("State"); },
        .presence = Always,
        .differs =
            [](const Change &change) { return change.stage || change.sizes || change.refusedHere || change.loss; },
        .text = [](const ShownOrder &shown, const QDateTime &) { return rowMarksText(shown.row, shown.gone); },
        .toolTip =
            [](const ShownOrder &shown, const QString &) {
                const QString word = rowMarksText(shown.row, shown.gone);
                return shown.row.isRefusedHere ? word + u'\n' + refusedHereText(shown.row.order)
                                               : canStillFill(shown.row, word);
            },
        .accessibleText =
            [](const ShownOrder &shown) {
                return OrderColumns::tr("State: %1").arg(rowStateText(shown.row, shown.gone));
            },
        .accessibleDescription =
            [](const ShownOrder &shown, const QString &) {
                QStringList lines{shown.row.isRefusedHere ? refusedHereText(shown.row.order) : QString(),
                                  lossBadge(shown.row.position.loss)};
                lines.removeAll(QString());
                return lines.join(u'\n');
            },
        .key = [](const OrderRow &row, const Number &) { return SortKey{.rank = qint64(rowState(row))}; },
    },
    {
        .column = OrderColumns::Instrument,
        .word = "instrument"_L1,
        .name = [] { return OrderColumns::tr("Instrument"); },
        .presence = Always,
        .sample = [] { return u"1000PEPE-USDT"_s; },
        .mayBeCut = true,
        .differs =
            [](const Change &change) {
                return change.a.instrument != change.b.instrument || change.a.base != change.b.base ||
                       change.a.quote != change.b.quote;
            },
        .text = [](const ShownOrder &shown, const QDateTime &) { return instrumentText(shown.row.order); },
        .toolTip = [](const ShownOrder &shown, const QString &) { return shown.row.order.instrument; },
        .key = [](const OrderRow &row, const Number &) { return byWords(instrumentText(row.order)); },
    },
    {
        .column = OrderColumns::Side,
        .word = "side"_L1,
        .name = [] { return OrderColumns::tr("Side"); },
        .presence = Always,
        .sample = [] { return widestSide(); },
        .mayBeCut = true,
        .font = Heavy,
        .differs =
            [](const Change &change) {
                const Order &a = change.a;
                const Order &b = change.b;
                return a.positionSide != b.positionSide || a.positionSideWord != b.positionSideWord ||
                       a.positionEffect != b.positionEffect || a.positionEffectWord != b.positionEffectWord;
            },
        .text = [](const ShownOrder &shown, const QDateTime &) { return sideText(shown.row.order); },
        .toolTip =
            [](const ShownOrder &shown, const QString &) {
                const auto side = tradeSide(shown.row.order);
                return !side                     ? QString()
                       : *side == TradeSide::Buy ? OrderColumns::tr("Buy")
                                                 : OrderColumns::tr("Sell");
            },
        .key = [](const OrderRow &row, const Number &) { return byWords(sideWords(row.order)); },
    },
    {
        .column = OrderColumns::Type,
        .word = "type"_L1,
        .name = [] { return OrderColumns::tr("Type"); },
        .sample = [] { return longType(); },
        .mayBeCut = true,
        .leaves = 12,
        .differs =
            [](const Change &change) {
                return change.a.type != change.b.type || change.a.typeWord != change.b.typeWord;
            },
        .text = [](const ShownOrder &shown, const QDateTime &) { return typeText(shown.row.order); },
        .toolTip = [](const ShownOrder &shown, const QString &) { return shown.row.order.typeWord; },
        .key = [](const OrderRow &row, const Number &) { return byWords(typeText(row.order)); },
    },
    {
        .column = OrderColumns::Price,
        .word = "price"_L1,
        .name = [] { return OrderColumns::tr("Price"); },
        .sample = [] { return u"64,210.0"_s; },
        .font = Digits,
        .isRightAligned = true,
        .differs =
            [](const Change &change) {
                const Order &a = change.a;
                const Order &b = change.b;
                return differs(a.price, b.price) || a.marketPrice != b.marketPrice ||
                       differs(a.triggerPrice, b.triggerPrice) || change.targets || a.type != b.type;
            },
        .text = [](const ShownOrder &shown, const QDateTime &) { return priceText(shown.row.order); },
        .toolTip =
            [](const ShownOrder &shown, const QString &) {
                const auto &trigger = shown.row.order.triggerPrice;
                return trigger ? OrderColumns::tr("Trigger price %1").arg(numberText(trigger)) : QString();
            },
        .key =
            [](const OrderRow &row, const Number &) {
                // Numbers, then "Market", then nothing at all.
                const auto price = shownPrice(row.order);
                return SortKey{.numbers = {price, std::nullopt}, .rank = price ? 0 : row.order.marketPrice ? 1 : 2};
            },
        .flashes = [](const Order &order) { return shownPrice(order); },
    },
    {
        .column = OrderColumns::Remaining,
        .word = "remaining"_L1,
        .name = [] { return OrderColumns::tr("Remaining"); },
        .sample = [] { return usualRemaining(); },
        .font = Digits,
        .isRightAligned = true,
        .differs = [](const Change &change) { return change.sizes || differs(change.a.lotSize, change.b.lotSize); },
        .text = [](const ShownOrder &shown, const QDateTime &) { return remainingText(shown.row.order); },
        .toolTip = [](const ShownOrder &shown, const QString &) { return baseSizeText(shown.row.order); },
        .key = [](const OrderRow &row, const Number &) { return byNumber(shownRemaining(row.order)); },
        .flashes = [](const Order &order) { return shownRemaining(order); },
    },
    {
        .column = OrderColumns::Filled,
        .word = "filled"_L1,
        .name = [] { return OrderColumns::tr("Filled"); },
        .sample = [] { return u"40 %"_s; },
        .leaves = 7,
        .font = Digits,
        .isRightAligned = true,
        .differs = [](const Change &change) { return change.sizes; },
        .text = [](const ShownOrder &shown, const QDateTime &) { return filledText(shown.row.order); },
        .toolTip =
            [](const ShownOrder &shown, const QString &) {
                const auto filled = shownFilled(shown.row.order);
                const auto &quantity = shown.row.order.quantity;
                return filled && quantity
                           ? OrderColumns::tr("%1 of %2 cont. filled").arg(numberText(filled), numberText(quantity))
                           : QString();
            },
        .key = [](const OrderRow &row, const Number &) { return byFilled(row.order); },
        .flashes = [](const Order &order) { return shownFilled(order); },
    },
    {
        .column = OrderColumns::TakeProfit,
        .word = "tp"_L1,
        .name = [] { return OrderColumns::tr("TP", "take profit"); },
        .sample = [] { return u"64,210.0"_s; },
        .leaves = 10,
        .font = Digits,
        .isRightAligned = true,
        .differs =
            [](const Change &change) {
                return change.unread || differs(change.a.takeProfitPrice, change.b.takeProfitPrice);
            },
        .text =
            [](const ShownOrder &shown, const QDateTime &) {
                const Order &order = shown.row.order;
                return toldText(order.takeProfitPrice, order, UnreadNumber::TakeProfit);
            },
        .toolTip = [](const ShownOrder &, const QString &) { return OrderColumns::tr("Take profit"); },
        .key = [](const OrderRow &row, const Number &) { return byNumber(row.order.takeProfitPrice); },
    },
    {
        .column = OrderColumns::StopLoss,
        .word = "sl"_L1,
        .name = [] { return OrderColumns::tr("SL", "stop loss"); },
        .sample = [] { return u"64,210.0"_s; },
        .leaves = 11,
        .font = Digits,
        .isRightAligned = true,
        .differs =
            [](const Change &change) {
                return change.unread || differs(change.a.stopLossPrice, change.b.stopLossPrice);
            },
        .text =
            [](const ShownOrder &shown, const QDateTime &) {
                const Order &order = shown.row.order;
                return toldText(order.stopLossPrice, order, UnreadNumber::StopLoss);
            },
        .toolTip = [](const ShownOrder &, const QString &) { return OrderColumns::tr("Stop loss"); },
        .key = [](const OrderRow &row, const Number &) { return byNumber(row.order.stopLossPrice); },
    },
    {
        .column = OrderColumns::Distance,
        .word = "distance"_L1,
        .name = [] { return OrderColumns::tr("Distance"); },
        .sample = [] { return u"+12.34 %"_s; },
        .leaves = 9,
        .font = Digits,
        .isRightAligned = true,
        .text = [](const ShownOrder &shown,
                   const QDateTime &) { return distanceText(priceDistance(shown.row.order, shown.lastPrice)); },
        .key = [](const OrderRow &row,
                  const Number &lastPrice) { return byNumber(distanceSize(row.order, lastPrice)); },
    },
    {
        .column = OrderColumns::LastPrice,
        .word = "lastprice"_L1,
        .name = [] { return OrderColumns::tr("Last price"); },
        .sample = [] { return u"64,210.0"_s; },
        .leaves = 1,
        .font = Digits,
        .isRightAligned = true,
        .text = [](const ShownOrder &shown, const QDateTime &) { return numberText(shown.lastPrice); },
        .key = [](const OrderRow &, const Number &lastPrice) { return byNumber(lastPrice); },
    },
    {
        .column = OrderColumns::Value,
        .word = "value"_L1,
        .name = [] { return OrderColumns::tr("Value"); },
        .sample = [] { return u"1,926.30"_s; },
        .leaves = 2,
        .font = Digits,
        .isRightAligned = true,
        .differs =
            [](const Change &change) {
                const Order &a = change.a;
                const Order &b = change.b;
                // Nothing is known of the value without a contract's size.
                return (a.lotSize || b.lotSize) &&
                       (change.sizes || change.targets || differs(a.lotSize, b.lotSize) ||
                        differs(a.price, b.price) || a.quote != b.quote || a.type != b.type);
            },
        .text = [](const ShownOrder &shown, const QDateTime &) { return valueText(shown); },
        .toolTip = [](const ShownOrder &shown, const QString &) { return exactValue(shown.row.order); },
        .key = [](const OrderRow &row, const Number &) { return byNumber(orderValue(row.order)); },
    },
    {
        .column = OrderColumns::Position,
        .word = "position"_L1,
        .name = [] { return OrderColumns::tr("Position"); },
        .sample = [] { return usualPosition(); },
        .leaves = 5,
        .differs = [](const Change &change) { return change.position; },
        .text = [](const ShownOrder &shown, const QDateTime &) { return positionCell(shown); },
        .toolTip =
            [](const ShownOrder &shown, const QString &) {
                const OrderPosition &position = shown.row.position;
                if (!position.isRead)
                    return OrderColumns::tr("Positions are not read (Preferences)");
                return position.loss.kind == PositionLoss::Kind::None ? positionTip(position)
                                                                      : orphanNotice(position, shown.row.order);
            },
        .key =
            [](const OrderRow &row, const Number &) {
                return byWords(row.position.loss.isOrphan() ? lossBadge(row.position.loss)
                                                            : positionText(row.position.tie));
            },
    },
    {
        .column = OrderColumns::Placed,
        .word = "placed"_L1,
        .name = [] { return OrderColumns::tr("Placed"); },
        .sample = [] { return u"2026-03-04 14:03:22"_s; },
        .leaves = 4,
        .font = Digits,
        .differs = [](const Change &change) { return change.a.placedAt != change.b.placedAt; },
        .text = [](const ShownOrder &shown, const QDateTime &) { return placedText(shown.row.order); },
        .toolTip = [](const ShownOrder &shown, const QString &) { return placedToolTip(shown.row.order); },
        .key = [](const OrderRow &row, const Number &) { return byTime(row.order.placedAt); },
    },
    {
        .column = OrderColumns::Age,
        .word = "age"_L1,
        .name = [] { return OrderColumns::tr("Age"); },
        .sample = [] { return u"2 h 47 m"_s; },
        .leaves = 3,
        .font = Digits,
        .isRightAligned = true,
        .text = [](const ShownOrder &shown, const QDateTime &now) { return ageText(shown.row.order, now); },
        .key =
            [](const OrderRow &row, const Number &) {
                // The youngest first; an order of unknown age stays last.
                const QDateTime &placed = row.order.placedAt;
                return SortKey{.rank = placed.isValid() ? -placed.toMSecsSinceEpoch() : last};
            },
    },
    {
        .column = OrderColumns::Id,
        .word = "id"_L1,
        .name = [] { return OrderColumns::tr("Order ID"); },
        .sample = [] { return u"…1947"_s; },
        .leaves = 8,
        .font = Digits,
        .text = [](const ShownOrder &shown, const QDateTime &) { return idTailText(shown.row.order.id); },
        .toolTip = [](const ShownOrder &shown, const QString &) { return fullId(shown); },
        .accessibleDescription = [](const ShownOrder &shown, const QString &) { return fullId(shown); },
    },
    {
        .column = OrderColumns::TriggerPrice,
        .word = "trigger"_L1,
        .name = [] { return OrderColumns::tr("Trigger price"); },
        .presence = OnDemand,
        .sample = [] { return u"64,210.0"_s; },
        .leaves = asked,
        .font = Digits,
        .isRightAligned = true,
        .differs =
            [](const Change &change) {
                return change.unread || differs(change.a.triggerPrice, change.b.triggerPrice);
            },
        .text =
            [](const ShownOrder &shown, const QDateTime &) {
                const Order &order = shown.row.order;
                return toldText(order.triggerPrice, order, UnreadNumber::TriggerPrice);
            },
        .key = [](const OrderRow &row, const Number &) { return byNumber(row.order.triggerPrice); },
    },
    {
        .column = OrderColumns::Leverage,
        .word = "leverage"_L1,
        .name = [] { return OrderColumns::tr("Leverage"); },
        .presence = OnDemand,
        .sample = [] { return u"20x"_s; },
        .leaves = asked,
        .font = Digits,
        .isRightAligned = true,
        .differs = [](const Change &change) { return differs(change.a.leverage, change.b.leverage); },
        .text =
            [](const ShownOrder &shown, const QDateTime &) {
                const auto &leverage = shown.row.order.leverage;
                return leverage ? OrderColumns::tr("%1x").arg(numberText(leverage)) : numberText({});
            },
        .key = [](const OrderRow &row, const Number &) { return byNumber(row.order.leverage); },
    },
    {
        .column = OrderColumns::MarginModeColumn,
        .word = "marginmode"_L1,
        .name = [] { return OrderColumns::tr("Margin mode"); },
        .presence = OnDemand,
        .sample = [] { return u"Isolated"_s; },
        .leaves = asked,
        .differs = [](const Change &change) { return change.a.marginMode != change.b.marginMode; },
        .text = [](const ShownOrder &shown, const QDateTime &) { return marginModeText(shown.row.order); },
        .key =
            [](const OrderRow &row, const Number &) {
                return SortKey{.rank = row.order.marginMode ? qint64(*row.order.marginMode) : last};
            },
    },
    {
        .column = OrderColumns::Margin,
        .word = "margin"_L1,
        .name = [] { return OrderColumns::tr("Margin"); },
        .presence = OnDemand,
        .sample = [] { return u"1,234.50"_s; },
        .leaves = asked,
        .font = Digits,
        .isRightAligned = true,
        .differs = [](const Change &change) { return differs(change.a.margin, change.b.margin); },
        .text = [](const ShownOrder &shown, const QDateTime &) { return numberText(shown.row.order.margin); },
        .key = [](const OrderRow &row, const Number &) { return byNumber(row.order.margin); },
    },
    {
        .column = OrderColumns::Source,
        .word = "source"_L1,
        .name = [] { return OrderColumns::tr("Source"); },
        .presence = OnDemand,
        .sample = [] { return u"web"_s; },
        .leaves = asked,
        .differs = [](const Change &change) { return change.a.source != change.b.source; },
        .text = [](const ShownOrder &shown, const QDateTime &) { return orDash(shown.row.order.source); },
        .key = [](const OrderRow &row, const Number &) { return byWords(row.order.source); },
    },
    {
        .column = OrderColumns::ClientId,
        .word = "clientid"_L1,
        .name = [] { return OrderColumns::tr("Client ID"); },
        .presence = OnDemand,
        .sample = [] { return u"…"_s; },
        .leaves = asked,
        .differs = [](const Change &change) { return change.a.clientOrderId != change.b.clientOrderId; },
        .text = [](const ShownOrder &shown, const QDateTime &) { return orDash(shown.row.order.clientOrderId); },
        .key = [](const OrderRow &row, const Number &) { return byWords(row.order.clientOrderId); },
    },
    {
        .column = OrderColumns::FullId,
        .word = "fullid"_L1,
        .name = [] { return OrderColumns::tr("Full ID"); },
        .presence = OnDemand,
        .sample = [] { return u"33308749002645666"_s; },
        .leaves = asked,
        .font = Digits,
        .text = [](const ShownOrder &shown, const QDateTime &) { return fullId(shown); },
        .accessibleDescription = [](const ShownOrder &shown, const QString &) { return fullId(shown); },
    },
    {
        .column = OrderColumns::Updated,
        .word = "updated"_L1,
        .name = [] { return OrderColumns::tr("Updated"); },
        .presence = OnDemand,
        .sample = [] { return u"2026-03-04 14:03:22"_s; },
        .leaves = asked,
        .font = Digits,
        .differs = [](const Change &change) { return change.a.updatedAt != change.b.updatedAt; },
        .text = [](const ShownOrder &shown, const QDateTime &) { return updatedText(shown.row.order); },
        .key = [](const OrderRow &row, const Number &) { return byTime(row.order.updatedAt); },
    },
    {
        .column = OrderColumns::Entry,
        .word = "entry"_L1,
        .name = [] { return OrderColumns::tr("Entry"); },
        .presence = OnDemand,
        .sample = [] { return u"64,210.0"_s; },
        .leaves = asked,
        .font = Digits,
        .isRightAligned = true,
        .differs = [](const Change &change) { return change.anyOfPosition; },
        .text = [](const ShownOrder &shown,
                   const QDateTime &) { return numberText(positionNumber(shown.row, &Position::entryPrice)); },
        .key = [](const OrderRow &row,
                  const Number &) { return byNumber(positionNumber(row, &Position::entryPrice)); },
    },
    {
        .column = OrderColumns::Unrealized,
        .word = "unrealized"_L1,
        .name = [] { return OrderColumns::tr("Unrealized"); },
        .presence = OnDemand,
        .sample = [] { return u"-1,234.50"_s; },
        .leaves = asked,
        .font = Digits,
        .isRightAligned = true,
        .differs = [](const Change &change) { return change.anyOfPosition; },
        .text = [](const ShownOrder &shown,
                   const QDateTime &) { return numberText(positionNumber(shown.row, &Position::unrealizedProfit)); },
        .key = [](const OrderRow &row,
                  const Number &) { return byNumber(positionNumber(row, &Position::unrealizedProfit)); },
    },
    {
        .column = OrderColumns::Liquidation,
        .word = "liquidation"_L1,
        .name = [] { return OrderColumns::tr("Liquidation"); },
        .presence = OnDemand,
        .sample = [] { return u"64,210.0"_s; },
        .leaves = asked,
        .font = Digits,
        .isRightAligned = true,
        .differs = [](const Change &change) { return change.anyOfPosition; },
        .text = [](const ShownOrder &shown,
                   const QDateTime &) { return numberText(positionNumber(shown.row, &Position::liquidationPrice)); },
        .key = [](const OrderRow &row,
                  const Number &) { return byNumber(positionNumber(row, &Position::liquidationPrice)); },
    },
    {
        .column = OrderColumns::Action,
        .word = "action"_L1,
        .name = [] { return OrderColumns::tr("Action"); },
        .presence = Always,
        .differs = [](const Change &change) { return change.stage; },
        .text =
            [](const ShownOrder &shown, const QDateTime &) {
                const RowAction action = rowAction(shown.row, shown.gone);
                return action == RowAction::Cancel ? cancelWords(shown.atOnce).button : rowActionText(action);
            },
        .toolTip =
            [](const ShownOrder &shown, const QString &block) {
                return block.isEmpty() ? cancelWords(shown.atOnce).toolTip : canStillFill(shown.row, block);
            },
        .accessibleText =
            [](const ShownOrder &shown) {
                return rowAction(shown.row, shown.gone) == RowAction::Cancel
                           ? OrderColumns::tr("Cancel order ending %1").arg(shown.row.order.id.tail())
                           : QString();
            },
        .accessibleDescription =
            [](const ShownOrder &shown, const QString &block) {
                return block.isEmpty() ? cancelWords(shown.atOnce).description : block;
            },
        .key = [](const OrderRow &row, const Number &) { return SortKey{.rank = qint64(rowAction(row))}; },
    },
}};

constexpr bool standInOrder()
{
    for (size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].column != OrderColumns::Column(i) || !columns[i].name || !columns[i].text)
            return false;
    }
    return true;
}
static_assert(standInOrder());

} // namespace

const OrderColumn &OrderColumns::at(int column)
{
    return columns.at(size_t(column));
}

QList<OrderColumns::Column> OrderColumns::changed(const OrderRow &before, const OrderRow &after)
{
    const OrderRowChange change(before, after);
    QList<Column> found;
    for (const OrderColumn &column : columns) {
        if (column.differs && column.differs(change))
            found.append(column.column);
    }
    return found;
}

QString OrderColumns::nameOf(int column)
{
    return at(column).name();
}

Qt::Alignment OrderColumns::alignmentOf(int column)
{
    return (at(column).isRightAligned ? Qt::AlignRight | Qt::AlignAbsolute : Qt::AlignLeading) | Qt::AlignVCenter;
}

QFont cellFont(const QFont &base, OrderColumns::Column column)
{
    QFont font = base;
    if (OrderColumns::at(column).font == Heavy)
        font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace countermand
