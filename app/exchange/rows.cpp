#include "exchange/rows.h"

#include <QTimeZone>

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

/// Empty for null, "null", missing, or anything that is neither text nor number.
QString textOf(const QJsonObject &row, QLatin1String name)
{
    const QString text = row.value(name).toString();
    return text == "null"_L1 ? QString() : text;
}

bool isWord(const QString &text, QLatin1String word)
{
    return text.compare(word, Qt::CaseInsensitive) == 0;
}

std::optional<Decimal> numberOf(const QJsonObject &row, QLatin1String name)
{
    return Decimal::fromText(textOf(row, name));
}

/// Contracts or money: never below zero.
std::optional<Decimal> piecesOf(const QJsonObject &row, QLatin1String name)
{
    const auto pieces = numberOf(row, name);
    return pieces && !pieces->isNegative() ? pieces : std::nullopt;
}

/// A price that is there: zero stands for none.
std::optional<Decimal> priceOf(const QJsonObject &row, QLatin1String name)
{
    const auto price = numberOf(row, name);
    return price && !price->isZero() && !price->isNegative() ? price : std::nullopt;
}

QDateTime instantOf(const QJsonObject &row, QLatin1String name)
{
    bool ok = false;
    const qint64 milliseconds = textOf(row, name).toLongLong(&ok);
    if (!ok || milliseconds <= 0 || milliseconds > lastInstant)
        return {};
    return QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC);
}

/// left − right, if that is not below zero.
std::optional<Decimal> difference(const std::optional<Decimal> &left, const std::optional<Decimal> &right)
{
    if (!left || !right)
        return {};
    const auto result = left->minus(*right);
    return result && !result->isNegative() ? result : std::nullopt;
}

QString typeWordOf(const QJsonObject &row, ListKind kind)
{
    for (const auto name : {"posType"_L1, "originalType"_L1}) {
        const QString word = textOf(row, name);
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

void readPrice(const QJsonObject &row, Order &order)
{
    const auto listed = numberOf(row, "orderPrice"_L1);
    order.price = listed ? listed : numberOf(row, "openPrice"_L1);
    order.marketPrice = order.price && (order.price->isZero() || *order.price == Decimal(noLimitPrice));
    if (order.marketPrice || (order.price && order.price->isNegative()))
        order.price.reset();
}

/// Open while nothing says otherwise. `status` is no life cycle ("close" is a closing order), but for "cancel".
bool isOpenRow(const QJsonObject &row)
{
    const QString state = textOf(row, "orderStatus"_L1);
    return !isWord(state, "finish"_L1) && !state.startsWith("cancel"_L1, Qt::CaseInsensitive) &&
           !isWord(textOf(row, "status"_L1), "cancel"_L1);
}

void readPieces(const QJsonObject &row, Order &order)
{
    order.quantity = piecesOf(row, "totalPiece"_L1);
    order.filledQuantity = piecesOf(row, "tradePiece"_L1);
    if (order.filledQuantity) {
        const auto canceled = piecesOf(row, "cancelPiece"_L1).value_or(Decimal());
        order.remainingQuantity = difference(difference(order.quantity, order.filledQuantity), canceled);
    }
    if (!order.remainingQuantity)
        order.remainingQuantity = piecesOf(row, "currentPiece"_L1);
    if (!order.filledQuantity)
        order.filledQuantity = difference(order.quantity, order.remainingQuantity);
}

/// Take profit, stop loss and trailing rows close a part of a position and have no order price of their own.
void readProtection(const QJsonObject &row, bool trailing, OrderRow &result)
{
    Order &order = result.order;
    order.positionEffect = PositionEffect::Close;
    const bool takesProfit = order.takeProfitPrice.has_value();
    order.price = takesProfit ? order.takeProfitPrice : order.stopLossPrice;
    if (trailing)
        order.type = OrderType::TrailingStop;
    else if (order.price)
        order.type = takesProfit ? OrderType::TakeProfit : OrderType::StopLoss;
    // The price column holds one of the two; the other, if there is one, stays attached.
    order.takeProfitPrice.reset();
    if (!takesProfit)
        order.stopLossPrice.reset();

    if (const auto closing = piecesOf(row, "closePiece"_L1)) {
        order.quantity = closing;
        order.remainingQuantity = closing;
        order.filledQuantity = piecesOf(row, "tradePiece"_L1);
    } else {
        readPieces(row, order);
    }
    if (!trailing && textOf(row, "triggerStatus"_L1) == triggerCanceled)
        result.isOpen = false;
}

} // namespace

OrderRow readOrderRow(const QJsonObject &row, ListKind kind)
{
    OrderRow result;
    Order &order = result.order;
    order.id = OrderId(textOf(row, "id"_L1));
    order.instrument = textOf(row, "instrument"_L1);
    order.base = textOf(row, "base"_L1).toUpper();
    order.quote = textOf(row, "quote"_L1).toUpper();

    order.positionSideWord = textOf(row, "direction"_L1);
    if (isWord(order.positionSideWord, "long"_L1))
        order.positionSide = PositionSide::Long;
    else if (isWord(order.positionSideWord, "short"_L1))
        order.positionSide = PositionSide::Short;
    order.positionEffectWord = textOf(row, "status"_L1);
    if (isWord(order.positionEffectWord, "open"_L1))
        order.positionEffect = PositionEffect::Open;
    else if (isWord(order.positionEffectWord, "close"_L1))
        order.positionEffect = PositionEffect::Close;

    order.triggerPrice = priceOf(row, "triggerPrice"_L1);
    order.takeProfitPrice = priceOf(row, "stopProfitPrice"_L1);
    order.stopLossPrice = priceOf(row, "stopLossPrice"_L1);
    order.leverage = numberOf(row, "leverage"_L1);
    order.margin = piecesOf(row, "margin"_L1);
    const QString model = textOf(row, "positionModel"_L1);
    if (model == "0"_L1)
        order.marginMode = MarginMode::Isolated;
    else if (model == "1"_L1)
        order.marginMode = MarginMode::Cross;
    order.clientOrderId = textOf(row, "thirdOrderId"_L1);
    order.source = textOf(row, "source"_L1);
    order.placedAt = instantOf(row, "createdDate"_L1);
    order.updatedAt = instantOf(row, "updatedDate"_L1);
    result.isOpen = isOpenRow(row);

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
        if (!order.price && textOf(row, "triggerType"_L1) == triggerToMarket)
            order.marketPrice = true;
    }
    return result;
}

OrderRecord readRecordRow(const QJsonObject &row)
{
    OrderRecord record;
    record.id = textOf(row, "id"_L1);
    record.orderId = textOf(row, "orderId"_L1);
    record.total = piecesOf(row, "totalPiece"_L1);
    record.filled = piecesOf(row, "tradePiece"_L1);
    record.averagePrice = priceOf(row, "avgPrice"_L1);
    record.updatedAt = instantOf(row, "updatedDate"_L1);
    if (!record.updatedAt.isValid())
        record.updatedAt = instantOf(row, "createdDate"_L1);

    const QString state = textOf(row, "orderStatus"_L1);
    if (isWord(state, "finish"_L1)) {
        record.status = OrderRecord::Status::Filled;
        if (!record.filled)
            record.filled = record.total;
    } else if (state.startsWith("cancel"_L1, Qt::CaseInsensitive)) {
        record.status = OrderRecord::Status::Canceled;
        // The page calls these rows cancellations of unfilled orders; what was canceled tells more where it is given.
        if (!record.filled) {
            const auto canceled = piecesOf(row, "cancelPiece"_L1);
            record.filled = canceled ? difference(record.total, canceled) : Decimal();
        }
    } else if (isWord(state, "part"_L1)) {
        record.status = OrderRecord::Status::Partial;
    }
    return record;
}

} // namespace countermand
