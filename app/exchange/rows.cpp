#include "exchange/rows.h"

#include "domain/presentable.h"
#include "domain/qtversions.h"
#include "exchange/numbertext.h"

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

// orderPrice of an order without a limit price, beside 0 (get-current-orders samples).
constexpr qint64 noLimitPrice = 2147483647;
// triggerStatus of a take profit or stop loss: 0 waiting, 1 triggered, 2 canceled.
constexpr auto triggerCanceled = "2"_L1;
// triggerType: 0 limit, 1 market.
constexpr auto triggerToMarket = "1"_L1;
// The end of the year 9999 in milliseconds; anything later is not a date.
constexpr qint64 lastInstant = 253402300799999;

/// Far above any number of the exchange; longer ones take the slow way.
constexpr qsizetype longestNumber = 64;

template <typename Row, typename Name>
QString wordOf(const Row &row, Name name)
{
    return presentable(textOf(row, name), textLimit::word);
}

/// Raw, as it goes back to the exchange. What is longer than any id, or isn't the bytes that were sent, is none.
OrderId idOf(const RowText &row)
{
    const QString id = textOf(row, Field::Id);
    const bool isAsSent = !id.contains(QChar::ReplacementCharacter);
    return id.size() <= textLimit::orderId && isAsSent ? OrderId(id) : OrderId();
}

bool isWord(const QString &text, QLatin1String word)
{
    return text.compare(word, Qt::CaseInsensitive) == 0;
}

std::optional<Decimal> numberOf(const QJsonObject &row, QLatin1String name)
{
    return Decimal::fromText(textOf(row, name));
}
std::optional<Decimal> numberOf(const RowText &row, Field field)
{
    const QByteArrayView bytes = row.bytes(field);
    if (row.isEscaped(field) || bytes.size() > longestNumber)
        return Decimal::fromText(row.text(field));
    std::array<char16_t, longestNumber> digits{};
    std::transform(bytes.begin(), bytes.end(), digits.begin(), [](char c) { return char16_t(uchar(c)); });
    return Decimal::fromText(QStringView(digits.data(), bytes.size()));
}

/// Contracts or money: never below zero.
template <typename Row, typename Name>
std::optional<Decimal> piecesOf(const Row &row, Name name)
{
    const auto pieces = numberOf(row, name);
    return pieces && !pieces->isNegative() ? pieces : std::nullopt;
}

/// A price that is there: zero stands for none.
std::optional<Decimal> priceOf(std::optional<Decimal> sent)
{
    return sent && !sent->isZero() && !sent->isNegative() ? std::move(sent) : std::nullopt;
}

/// Without making a text of what is there.
bool isEmpty(const RowText &row, Field field)
{
    return row.isEscaped(field) ? row.text(field).isEmpty() : row.bytes(field).isEmpty();
}

/// As priceOf(), and told where something stands there that is no price.
std::optional<Decimal> toldPriceOf(const RowText &row, Field field, UnreadNumber number, Order &order)
{
    auto sent = numberOf(row, field);
    if (sent ? sent->isNegative() : !isEmpty(row, field))
        order.unread |= number;
    return priceOf(std::move(sent));
}

template <typename Row, typename Name>
QDateTime instantOf(const Row &row, Name name)
{
    bool ok = false;
    const qint64 milliseconds = textOf(row, name).toLongLong(&ok);
    if (!ok || milliseconds <= 0 || milliseconds > lastInstant)
        return {};
    return QDateTime::fromMSecsSinceEpoch(milliseconds, inUtc);
}

/// left − right, if that is not below zero.
std::optional<Decimal> difference(const std::optional<Decimal> &left, const std::optional<Decimal> &right)
{
    if (!left || !right)
        return {};
    const auto result = left->minus(*right);
    return result && !result->isNegative() ? result : std::nullopt;
}

QString typeWordOf(const RowText &row, ListKind kind)
{
    for (const Field field : {Field::PosType, Field::OriginalType}) {
        QString word = wordOf(row, field);
        if (!word.isEmpty())
            return word;
    }
    switch (kind) {
    case ListKind::Plan:
        return u"plan"_s;
    case ListKind::Execute:
        return u"execute"_s;
    case ListKind::StopProfitLoss:
        return u"stopProfitLoss"_s;
    case ListKind::Trailing:
        return u"moveStopProfitLoss"_s;
    case ListKind::Trigger:
        break;
    }
    return u"planTrigger"_s;
}

bool isTrailingWord(const QString &word)
{
    return isWord(word, "moveStop"_L1) || isWord(word, "moveStopProfitLoss"_L1);
}

void readPrice(const RowText &row, Order &order)
{
    const Field field = isEmpty(row, Field::OrderPrice) ? Field::OpenPrice : Field::OrderPrice;
    order.price = toldPriceOf(row, field, UnreadNumber::Price, order);
    if (order.price) {
        order.marketPrice = *order.price == Decimal(noLimitPrice);
    } else {
        const auto sent = numberOf(row, field);
        order.marketPrice = sent && sent->isZero();
    }
    if (order.marketPrice)
        order.price.reset();
}

/// `cancel`, `Cancel` and `cancelAll` are documented.
bool isCanceledWord(const QString &text)
{
    return text.startsWith("cancel"_L1, Qt::CaseInsensitive);
}

/// Open while nothing says otherwise. `status` is no life cycle ("close" is a closing order), but for "cancel".
bool isOpenRow(const RowText &row)
{
    const QString state = textOf(row, Field::OrderStatus);
    return !isWord(state, "finish"_L1) && !isCanceledWord(state) && !isWord(textOf(row, Field::Status), "cancel"_L1);
}

void readPieces(const RowText &row, Order &order)
{
    order.quantity = piecesOf(row, Field::TotalPiece);
    order.filledQuantity = piecesOf(row, Field::TradePiece);
    if (!order.quantity && !isEmpty(row, Field::TotalPiece))
        order.unread |= UnreadNumber::Quantity;
    const auto canceled =
        isEmpty(row, Field::CancelPiece) ? std::optional(Decimal()) : piecesOf(row, Field::CancelPiece);
    if (order.filledQuantity && canceled)
        order.remainingQuantity = difference(difference(order.quantity, order.filledQuantity), *canceled);
    if (!order.remainingQuantity)
        order.remainingQuantity = piecesOf(row, Field::CurrentPiece);
    if (!order.filledQuantity)
        order.filledQuantity = difference(order.quantity, order.remainingQuantity);
}

/// What kind of number `callbackRate` is stands in `callbackType`, whose words are not documented: what can't be
/// understood is left open.
std::optional<Callback> callbackOf(const RowText &row, Order &order)
{
    if (const auto price = toldPriceOf(row, Field::CallbackPrice, UnreadNumber::Callback, order))
        return Callback{*price, Callback::Unit::Price};
    const auto rate = toldPriceOf(row, Field::CallbackRate, UnreadNumber::Callback, order);
    if (!rate || (order.unread & UnreadNumber::Callback))
        return {};
    const QString unit = textOf(row, Field::CallbackType);
    const auto says = [&unit](QLatin1String word) { return unit.contains(word, Qt::CaseInsensitive); };
    return Callback{*rate, says("price"_L1)                      ? Callback::Unit::Price
                           : says("rate"_L1) || says("ratio"_L1) ? Callback::Unit::Fraction
                                                                 : Callback::Unit::Unknown};
}

/// Take profit, stop loss and trailing rows close a part of a position and have no order price of their own.
void readProtection(const RowText &row, bool trailing, ListedRow &result)
{
    Order &order = result.order;
    order.positionEffect = PositionEffect::Close;
    order.positionId = textOf(row, Field::OpenId);
    // What can't be read is there.
    const bool takesProfit = order.takeProfitPrice || (order.unread & UnreadNumber::TakeProfit);
    const bool stopsLoss = order.stopLossPrice || (order.unread & UnreadNumber::StopLoss);
    if (trailing) {
        order.type = OrderType::TrailingStop;
        order.callback = callbackOf(row, order);
    } else if (takesProfit && stopsLoss) {
        order.type = OrderType::TakeProfitStopLoss;
    } else if (takesProfit || stopsLoss) {
        order.type = takesProfit ? OrderType::TakeProfit : OrderType::StopLoss;
        // The price column holds it; it is no attached one.
        order.price = std::exchange(takesProfit ? order.takeProfitPrice : order.stopLossPrice, std::nullopt);
        if (!order.price)
            order.unread |= UnreadNumber::Price;
        order.unread &= ~(UnreadNumber::TakeProfit | UnreadNumber::StopLoss);
    }

    auto closing = piecesOf(row, Field::ClosePiece);
    // Trailing rows name their size under currentPiece alone; it fills nothing before it triggers.
    if (!closing && isEmpty(row, Field::TotalPiece))
        closing = piecesOf(row, Field::CurrentPiece);
    if (closing) {
        order.quantity = closing;
        order.remainingQuantity = closing;
        order.filledQuantity = piecesOf(row, Field::TradePiece);
    } else {
        readPieces(row, order);
    }
    if (!trailing && textOf(row, Field::TriggerStatus) == triggerCanceled)
        result.isOpen = false;
}

std::optional<PositionSide> sideOf(const QString &word)
{
    if (isWord(word, "long"_L1))
        return PositionSide::Long;
    if (isWord(word, "short"_L1))
        return PositionSide::Short;
    return {};
}

std::optional<MarginMode> marginModeOf(const QString &positionModel)
{
    if (positionModel == "0"_L1)
        return MarginMode::Isolated;
    if (positionModel == "1"_L1)
        return MarginMode::Cross;
    return {};
}

} // namespace

ListedRow readListedRow(const RowText &row, ListKind kind)
{
    ListedRow result;
    Order &order = result.order;
    order.id = idOf(row);
    order.instrument = presentableName(textOf(row, Field::Instrument));
    order.base = presentable(textOf(row, Field::Base), textLimit::coin).toUpper();
    order.quote = presentable(textOf(row, Field::Quote), textLimit::coin).toUpper();

    order.positionSideWord = wordOf(row, Field::Direction);
    order.positionSide = sideOf(order.positionSideWord);
    order.positionEffectWord = wordOf(row, Field::Status);
    if (isWord(order.positionEffectWord, "open"_L1))
        order.positionEffect = PositionEffect::Open;
    else if (isWord(order.positionEffectWord, "close"_L1))
        order.positionEffect = PositionEffect::Close;

    order.triggerPrice = toldPriceOf(row, Field::TriggerPrice, UnreadNumber::TriggerPrice, order);
    order.takeProfitPrice = toldPriceOf(row, Field::StopProfitPrice, UnreadNumber::TakeProfit, order);
    order.stopLossPrice = toldPriceOf(row, Field::StopLossPrice, UnreadNumber::StopLoss, order);
    order.leverage = numberOf(row, Field::Leverage);
    order.margin = piecesOf(row, Field::Margin);
    order.marginMode = marginModeOf(textOf(row, Field::PositionModel));
    order.clientOrderId = presentable(textOf(row, Field::ThirdOrderId), textLimit::clientId);
    order.source = wordOf(row, Field::Source);
    order.placedAt = instantOf(row, Field::CreatedDate);
    order.updatedAt = instantOf(row, Field::UpdatedDate);
    result.isOpen = isOpenRow(row);
    const bool isOrderList = kind != ListKind::StopProfitLoss && kind != ListKind::Trailing;
    if (isOrderList && !isEmpty(row, Field::OrderId))
        order.id = {};

    order.typeWord = typeWordOf(row, kind);
    const bool trailing = isTrailingWord(order.typeWord);
    if (trailing || isWord(order.typeWord, "stopProfitLoss"_L1)) {
        readProtection(row, trailing, result);
        return result;
    }
    readPrice(row, order);
    readPieces(row, order);
    if (isWord(order.typeWord, "plan"_L1)) {
        if (order.price)
            order.type = OrderType::Limit;
        else if (order.marketPrice)
            order.type = OrderType::Market;
    } else if (isWord(order.typeWord, "execute"_L1)) {
        order.type = OrderType::Market;
    } else if (isWord(order.typeWord, "planTrigger"_L1)) {
        order.type = OrderType::Trigger;
        if (!order.price && textOf(row, Field::TriggerType) == triggerToMarket)
            order.marketPrice = true;
    }
    return result;
}

std::optional<DealRecord> readDealRow(const QJsonObject &row)
{
    DealRecord deal;
    deal.orderId = textOf(row, "orderId"_L1);
    if (deal.orderId.isEmpty())
        return {};
    deal.id = textOf(row, "id"_L1);
    deal.positionId = textOf(row, "openId"_L1);
    deal.originalType = wordOf(row, "originalType"_L1);
    deal.createdAt = instantOf(row, "createdDate"_L1);
    deal.updatedAt = instantOf(row, "updatedDate"_L1);

    const QString state = textOf(row, "orderStatus"_L1);
    if (isWord(state, "finish"_L1) || isWord(state, "part"_L1)) {
        deal.kind = DealRecord::Kind::Execution;
        // A closing trade names the entry price of its position too.
        deal.price = isWord(textOf(row, "status"_L1), "close"_L1) ? priceOf(numberOf(row, "closePrice"_L1))
                                                                  : priceOf(numberOf(row, "openPrice"_L1));
    } else if (isCanceledWord(state)) {
        deal.kind = DealRecord::Kind::Cancellation;
    }
    return deal;
}

std::optional<HistoryRecord> readHistoryRow(const QJsonObject &row)
{
    HistoryRecord past;
    past.id = textOf(row, "id"_L1);
    if (past.id.isEmpty())
        return {};
    past.positionId = textOf(row, "openId"_L1);
    past.instrument = presentableName(textOf(row, "instrument"_L1));
    past.originalType = wordOf(row, "originalType"_L1);
    past.total = piecesOf(row, "totalPiece"_L1);
    past.filled = piecesOf(row, "tradePiece"_L1);
    past.canceled = piecesOf(row, "cancelPiece"_L1);
    past.averagePrice = priceOf(numberOf(row, "avgPrice"_L1));
    past.createdAt = instantOf(row, "createdDate"_L1);
    past.updatedAt = instantOf(row, "updatedDate"_L1);

    const QString state = textOf(row, "orderStatus"_L1);
    if (isWord(state, "finish"_L1))
        past.kind = HistoryRecord::Kind::Finished;
    else if (isWord(state, "part"_L1))
        past.kind = HistoryRecord::Kind::Partial;
    else if (isCanceledWord(state))
        past.kind = HistoryRecord::Kind::Canceled;
    return past;
}

PositionRow readPositionRow(const QJsonObject &row)
{
    Position position;
    position.id = textOf(row, "id"_L1);
    position.instrument = presentableName(textOf(row, "instrument"_L1));
    position.base = presentable(textOf(row, "base"_L1), textLimit::coin).toUpper();
    position.quote = presentable(textOf(row, "quote"_L1), textLimit::coin).toUpper();
    const auto side = sideOf(textOf(row, "direction"_L1));
    const auto size = piecesOf(row, "currentPiece"_L1);
    if (size && size->isZero())
        return {.position = {}, .isClosed = true};
    if (position.id.isEmpty() || position.id.contains(QChar::ReplacementCharacter) || position.instrument.isEmpty() ||
        !side || !size)
        return {};
    position.side = *side;
    position.size = *size;
    position.marginMode = marginModeOf(textOf(row, "positionModel"_L1));
    position.entryPrice = priceOf(numberOf(row, "openPrice"_L1));
    position.liquidationPrice = priceOf(numberOf(row, "liquidationPrice"_L1));
    position.stopLossPrice = priceOf(numberOf(row, "stopLossPrice"_L1));
    const auto sentStop = numberOf(row, "stopLossPrice"_L1);
    position.hasUnreadStop = sentStop ? sentStop->isNegative() : !textOf(row, "stopLossPrice"_L1).isEmpty();
    position.takeProfitPrice = priceOf(numberOf(row, "stopProfitPrice"_L1));
    position.unrealizedProfit = numberOf(row, "profitUnreal"_L1);
    position.leverage = numberOf(row, "leverage"_L1);
    return {.position = position, .isClosed = false};
}

} // namespace countermand
