#include "practice/practicerows.h"

#include "practice/practiceinstruments.h"

#include <QJsonDocument>

namespace countermand::practicerows {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 firstPositionNumber = 2435521222699900000;
constexpr qint64 firstTradeNumber = 23469279599900000;
constexpr qint64 firstInternalNumber = 2990000000;
constexpr qint64 firstTrailingEndNumber = 20865172723900000;

QString word(PositionSide side)
{
    switch (side) {
    case PositionSide::Long:
        return u"long"_s;
    case PositionSide::Short:
        return u"short"_s;
    }
    return {};
}

QString word(PositionEffect effect)
{
    switch (effect) {
    case PositionEffect::Open:
        return u"open"_s;
    case PositionEffect::Close:
        return u"close"_s;
    }
    return {};
}

QString word(ListKind kind)
{
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
        return u"planTrigger"_s;
    }
    return {};
}

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

/// One position per instrument and side.
qint64 positionNumber(const QString &instrument, PositionSide side)
{
    qint64 number = 0;
    for (const QChar letter : instrument)
        number = (31 * number + letter.unicode()) % 9973;
    return firstPositionNumber + 2 * number + (side == PositionSide::Long ? 0 : 1);
}

qint64 positionOf(const PracticeOrder &order)
{
    return positionNumber(order.instrument, order.side);
}

/// The margin that an order holds, with four decimals; empty for one without a price.
QString marginOf(const PracticeOrder &order)
{
    const auto price = Decimal::fromText(order.price);
    const auto size = Decimal::fromText(practiceBaseSize(order.instrument, order.remaining()));
    const auto value = price && size ? price->times(*size) : std::nullopt;
    // A hundredth of the value in percent of the leverage is the quotient.
    const auto margin = value ? value->plus(Decimal(order.leverage)) : std::nullopt;
    const auto quotient = margin ? margin->percentAbove(Decimal(order.leverage), 4) : std::nullopt;
    const auto hundredth = quotient ? quotient->times(*Decimal::fromText(u"0.01")) : std::nullopt;
    return hundredth ? hundredth->rounded(4).toText() : QString();
}

/// Milliseconds since the epoch, of whole seconds.
qint64 moment(const QDateTime &at)
{
    return at.toSecsSinceEpoch() * 1000;
}

void insertDates(QJsonObject &row, const PracticeOrder &order, const QDateTime &updatedAt)
{
    row["createdDate"_L1] = moment(order.createdAt);
    row["updatedDate"_L1] = moment(updatedAt);
}

void insertPair(QJsonObject &row, const PracticeOrder &order)
{
    row["instrument"_L1] = order.instrument;
    row["base"_L1] = order.instrument.toLower();
    row["quote"_L1] = u"usdt"_s;
    row["direction"_L1] = word(order.side);
    row["status"_L1] = word(order.effect);
}

void insertShared(QJsonObject &row, const PracticeOrder &order)
{
    insertPair(row, order);
    row["id"_L1] = order.id.text();
    row["orderStatus"_L1] = order.filled > 0 ? u"part"_s : u"unFinish"_s;
    row["originalType"_L1] = word(order.placedAs);
    row["posType"_L1] = word(order.kind);
    row["orderPrice"_L1] = order.price.isEmpty() ? u"0"_s : order.price;
    if (const QString margin = marginOf(order); !margin.isEmpty() && order.effect == PositionEffect::Open)
        row["margin"_L1] = margin;
    row["baseSize"_L1] = practiceBaseSize(order.instrument, order.total);
    row["quantityUnit"_L1] = 1;
    row["positionModel"_L1] = 1;
    row["contractType"_L1] = 1;
    row["processStatus"_L1] = 1;
    row["liquidateBy"_L1] = u"manual"_s;
    row["source"_L1] = order.source;
    insertDates(row, order, order.updatedAt);
    if (!order.triggerPrice.isEmpty()) {
        row["triggerPrice"_L1] = order.triggerPrice;
        row["triggerType"_L1] = 0;
    }
    if (!order.clientOrderId.isEmpty())
        row["thirdOrderId"_L1] = order.clientOrderId;
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

} // namespace

QJsonObject orderRow(const PracticeOrder &order)
{
    QJsonObject row;
    insertShared(row, order);
    row["quantity"_L1] = QString::number(order.total);
    row["totalPiece"_L1] = QString::number(order.total);
    row["tradePiece"_L1] = QString::number(order.filled);
    row["currentPiece"_L1] = QString::number(order.remaining());
    row["leverage"_L1] = QString::number(order.leverage);
    row["stopProfitPrice"_L1] = textOrNull(order.takeProfitPrice);
    row["stopLossPrice"_L1] = textOrNull(order.stopLossPrice);
    row["userId"_L1] = u"7000001"_s;
    return row;
}

QJsonObject openRow(const PracticeOrder &order)
{
    QJsonObject row;
    insertShared(row, order);
    row["quantity"_L1] = order.total;
    row["totalPiece"_L1] = order.total;
    if (order.filled > 0)
        row["tradePiece"_L1] = order.filled;
    row["currentPiece"_L1] = order.remaining();
    row["leverage"_L1] = order.leverage;
    if (!order.takeProfitPrice.isEmpty())
        row["stopProfitPrice"_L1] = order.takeProfitPrice;
    if (!order.stopLossPrice.isEmpty())
        row["stopLossPrice"_L1] = order.stopLossPrice;
    row["userId"_L1] = 7000001;
    return row;
}

QJsonObject trailingRow(const PracticeOrder &order)
{
    QJsonObject row;
    insertPair(row, order);
    row["id"_L1] = order.id.text();
    row["openId"_L1] = positionOf(order);
    row["originalType"_L1] = word(order.placedAs);
    row["posType"_L1] = word(order.kind);
    row["currentPiece"_L1] = order.remaining();
    row["quantity"_L1] = order.remaining();
    row["quantityUnit"_L1] = 1;
    row["orderPrice"_L1] = 0;
    row["triggerPrice"_L1] = 0;
    row["finishStatus"_L1] = 1;
    row["leverage"_L1] = order.leverage;
    row["positionModel"_L1] = 1;
    row["source"_L1] = order.source;
    insertDates(row, order, order.updatedAt);
    return row;
}

QJsonObject dealsRow(const PracticeRecord &trade)
{
    const PracticeOrder &order = trade.order;
    const bool closes = order.effect == PositionEffect::Close;
    const bool trailing = order.kind == ListKind::Trailing;
    QJsonObject row;
    insertPair(row, order);
    row["id"_L1] = firstTradeNumber + trade.number;
    row["orderId"_L1] = trailing ? QJsonValue(firstTrailingEndNumber + trade.number) : QJsonValue(order.id.text());
    row["openId"_L1] = positionOf(order);
    row["orderStatus"_L1] = trade.canceled ? u"cancel"_s : u"finish"_s;
    row["originalType"_L1] = word(order.placedAs);
    row["orderPrice"_L1] = order.price.isEmpty() ? u"0"_s : order.price;
    row["openPrice"_L1] = trade.canceled || closes ? u"0"_s : order.fillPrice();
    row["closePrice"_L1] = trade.canceled || !closes ? u"0"_s : order.fillPrice();
    if (!trade.canceled)
        row["takerMaker"_L1] = 2;
    row["totalPiece"_L1] = order.total;
    row["closedPiece"_L1] = 0;
    row["currentPiece"_L1] = 0;
    row["quantity"_L1] = order.total;
    row["quantityUnit"_L1] = 1;
    row["fee"_L1] = u"0"_s;
    row["netProfit"_L1] = 0;
    row["liquidateBy"_L1] = trailing ? u"moveStopProfitAndLoss"_s : u"manual"_s;
    row["source"_L1] = order.source;
    insertDates(row, order, trade.endedAt);
    return row;
}

QJsonObject historyRow(const PracticeRecord &record)
{
    const PracticeOrder &order = record.order;
    QJsonObject row;
    insertPair(row, order);
    row["id"_L1] = order.id.text();
    row["orderId"_L1] = firstInternalNumber + record.number;
    row["openId"_L1] = positionOf(order);
    row["orderStatus"_L1] = record.canceled ? u"cancel"_s : u"finish"_s;
    row["originalType"_L1] = word(order.placedAs);
    row["posType"_L1] = word(order.kind);
    row["orderPrice"_L1] = order.price.isEmpty() ? u"0"_s : order.price;
    row["avgPrice"_L1] = order.fillPrice();
    row["totalPiece"_L1] = QString::number(order.total);
    row["currentPiece"_L1] = QString::number(order.total);
    row["tradePiece"_L1] = order.filled;
    row["cancelPiece"_L1] = record.canceled ? order.remaining() : 0;
    row["quantity"_L1] = QString::number(order.total);
    row["quantityUnit"_L1] = 1;
    row["leverage"_L1] = QString::number(order.leverage);
    row["positionModel"_L1] = 1;
    row["havShortfall"_L1] = false;
    row["source"_L1] = order.source;
    insertDates(row, order, record.endedAt);
    return row;
}

QJsonObject positionRow(const PracticePosition &position)
{
    QJsonObject row;
    row["id"_L1] = positionNumber(position.instrument, position.side);
    row["instrument"_L1] = position.instrument;
    row["base"_L1] = position.instrument.toLower();
    row["direction"_L1] = word(position.side);
    row["status"_L1] = u"open"_s;
    row["totalPiece"_L1] = position.size;
    row["closedPiece"_L1] = 0;
    row["currentPiece"_L1] = position.size;
    row["openPrice"_L1] = position.entryPrice;
    row["leverage"_L1] = 20;
    row["positionModel"_L1] = 1;
    row["profitUnreal"_L1] = u"0"_s;
    row["contractType"_L1] = 1;
    row["createdDate"_L1] = moment(position.openedAt);
    row["updatedDate"_L1] = moment(position.openedAt);
    return row;
}

QJsonObject page(const QJsonArray &rows, int number, int size)
{
    QJsonArray shown;
    const qsizetype first = qsizetype(number - 1) * size;
    for (qsizetype i = first; i < rows.size() && i < first + size; ++i)
        shown.append(rows.at(i));
    return {{u"nextId"_s, 0}, {u"prevId"_s, 0}, {u"total"_s, rows.size()}, {u"rows"_s, shown}};
}

QByteArray answer(const QJsonValue &data)
{
    return compact({{u"code"_s, 0}, {u"data"_s, data}, {u"msg"_s, QString()}});
}

QByteArray plain(int code, const QString &message)
{
    return compact({{u"code"_s, code}, {u"msg"_s, message}});
}

QByteArray badParameter()
{
    return plain(9016, u"Incorrect parameter format/type or missing information."_s);
}

QByteArray gateway(int code, const QString &message)
{
    return compact({{u"code"_s, code}, {u"message"_s, message}, {u"retry"_s, false}, {u"success"_s, false}});
}

} // namespace countermand::practicerows
