#include "local/journalline.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>

#include <utility>

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

template <typename T>
using Word = std::pair<T, QLatin1StringView>;

constexpr Word<Environment> environments[] = {
    {Environment::Live, "live"_L1}, {Environment::Practice, "practice"_L1}, {Environment::TestServer, "test"_L1}};

constexpr Word<PositionSide> sides[] = {{PositionSide::Long, "long"_L1}, {PositionSide::Short, "short"_L1}};

constexpr Word<PositionEffect> effects[] = {{PositionEffect::Open, "open"_L1}, {PositionEffect::Close, "close"_L1}};

constexpr Word<Callback::Unit> callbackUnits[] = {{Callback::Unit::Fraction, "fraction"_L1},
                                                  {Callback::Unit::Price, "price"_L1},
                                                  {Callback::Unit::Unknown, "unknown"_L1}};
constexpr Word<OrderType> types[] = {{OrderType::Limit, "limit"_L1},
                                     {OrderType::Market, "market"_L1},
                                     {OrderType::Trigger, "trigger"_L1},
                                     {OrderType::TrailingStop, "trailingStop"_L1},
                                     {OrderType::TakeProfit, "takeProfit"_L1},
                                     {OrderType::StopLoss, "stopLoss"_L1},
                                     {OrderType::TakeProfitStopLoss, "takeProfitStopLoss"_L1},
                                     {OrderType::Other, "other"_L1}};

constexpr Word<CancelOutcomeKind> outcomeKinds[] = {{CancelOutcomeKind::Accepted, "accepted"_L1},
                                                    {CancelOutcomeKind::AlreadyClosed, "alreadyClosed"_L1},
                                                    {CancelOutcomeKind::Rejected, "rejected"_L1},
                                                    {CancelOutcomeKind::NotSent, "notSent"_L1},
                                                    {CancelOutcomeKind::Unknown, "unknown"_L1}};

constexpr Word<Refusal> refusals[] = {
    {Refusal::None, "none"_L1},          {Refusal::Other, "other"_L1},
    {Refusal::SignIn, "signIn"_L1},      {Refusal::Permission, "permission"_L1},
    {Refusal::Clock, "clock"_L1},        {Refusal::NotPossibleHere, "notPossibleHere"_L1},
    {Refusal::RateLimit, "rateLimit"_L1}};

constexpr Word<ApiError::Cause> causes[] = {{ApiError::Cause::NoConnection, "noConnection"_L1},
                                            {ApiError::Cause::NotSecure, "notSecure"_L1},
                                            {ApiError::Cause::Stopped, "stopped"_L1},
                                            {ApiError::Cause::Expired, "expired"_L1},
                                            {ApiError::Cause::Refused, "refused"_L1},
                                            {ApiError::Cause::Timeout, "timeout"_L1},
                                            {ApiError::Cause::ConnectionLost, "connectionLost"_L1},
                                            {ApiError::Cause::Redirect, "redirect"_L1},
                                            {ApiError::Cause::ServerError, "serverError"_L1},
                                            {ApiError::Cause::Unreadable, "unreadable"_L1}};

constexpr Word<MarginMode> marginModes[] = {{MarginMode::Isolated, "isolated"_L1}, {MarginMode::Cross, "cross"_L1}};

constexpr Word<SettledBy> settlers[] = {{SettledBy::Nothing, "nothing"_L1},
                                        {SettledBy::Answer, "answer"_L1},
                                        {SettledBy::OpenList, "openList"_L1},
                                        {SettledBy::Deals, "deals"_L1},
                                        {SettledBy::History, "history"_L1}};

constexpr Word<ListKind> lists[] = {{ListKind::Plan, "plan"_L1},
                                    {ListKind::Execute, "execute"_L1},
                                    {ListKind::StopProfitLoss, "stopProfitLoss"_L1},
                                    {ListKind::Trailing, "trailing"_L1},
                                    {ListKind::Trigger, "planTrigger"_L1}};

template <typename T, size_t size>
QString wordOf(const Word<T> (&words)[size], T value)
{
    for (const auto &[known, word] : words) {
        if (known == value)
            return word;
    }
    return {};
}

template <typename T, size_t size>
std::optional<T> fromWord(const Word<T> (&words)[size], const QJsonValue &value)
{
    const QString text = value.toString();
    for (const auto &[known, word] : words) {
        if (text == word)
            return known;
    }
    return {};
}

void put(QJsonObject &object, QLatin1StringView name, const QString &text)
{
    if (!text.isEmpty())
        object.insert(name, text);
}

void put(QJsonObject &object, QLatin1StringView name, const std::optional<Decimal> &number)
{
    if (number)
        object.insert(name, number->toText());
}

void put(QJsonObject &object, QLatin1StringView name, const QDateTime &instant)
{
    if (instant.isValid())
        object.insert(name, instant.toUTC().toString(Qt::ISODateWithMs));
}

std::optional<Decimal> decimalOf(const QJsonValue &value)
{
    return Decimal::fromText(value.toString());
}

QDateTime instantOf(const QJsonValue &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs).toUTC();
}

QJsonObject toJson(const Order &order)
{
    QJsonObject json{{u"id"_s, order.id.text()}};
    put(json, "instrument"_L1, order.instrument);
    put(json, "base"_L1, order.base);
    put(json, "quote"_L1, order.quote);
    if (order.positionSide)
        json.insert("side"_L1, wordOf(sides, *order.positionSide));
    put(json, "sideWord"_L1, order.positionSideWord);
    if (order.positionEffect)
        json.insert("effect"_L1, wordOf(effects, *order.positionEffect));
    put(json, "effectWord"_L1, order.positionEffectWord);
    json.insert("type"_L1, wordOf(types, order.type));
    put(json, "typeWord"_L1, order.typeWord);
    put(json, "price"_L1, order.price);
    if (order.marketPrice)
        json.insert("marketPrice"_L1, true);
    put(json, "triggerPrice"_L1, order.triggerPrice);
    put(json, "takeProfitPrice"_L1, order.takeProfitPrice);
    put(json, "stopLossPrice"_L1, order.stopLossPrice);
    if (order.callback) {
        put(json, "callback"_L1, std::optional(order.callback->number));
        json.insert("callbackUnit"_L1, wordOf(callbackUnits, order.callback->unit));
    }
    put(json, "quantity"_L1, order.quantity);
    put(json, "filledQuantity"_L1, order.filledQuantity);
    put(json, "remainingQuantity"_L1, order.remainingQuantity);
    put(json, "lotSize"_L1, order.lotSize);
    put(json, "leverage"_L1, order.leverage);
    if (order.marginMode)
        json.insert("marginMode"_L1, wordOf(marginModes, *order.marginMode));
    put(json, "clientOrderId"_L1, order.clientOrderId);
    put(json, "source"_L1, order.source);
    put(json, "position"_L1, order.positionId);
    put(json, "placedAt"_L1, order.placedAt);
    put(json, "updatedAt"_L1, order.updatedAt);
    return json;
}

Order orderFrom(const QJsonObject &json)
{
    Order order;
    order.id = OrderId(json["id"_L1].toString());
    order.instrument = json["instrument"_L1].toString();
    order.base = json["base"_L1].toString();
    order.quote = json["quote"_L1].toString();
    order.positionSide = fromWord(sides, json["side"_L1]);
    order.positionSideWord = json["sideWord"_L1].toString();
    order.positionEffect = fromWord(effects, json["effect"_L1]);
    order.positionEffectWord = json["effectWord"_L1].toString();
    order.type = fromWord(types, json["type"_L1]).value_or(OrderType::Other);
    order.typeWord = json["typeWord"_L1].toString();
    order.price = decimalOf(json["price"_L1]);
    order.marketPrice = json["marketPrice"_L1].toBool();
    order.triggerPrice = decimalOf(json["triggerPrice"_L1]);
    order.takeProfitPrice = decimalOf(json["takeProfitPrice"_L1]);
    order.stopLossPrice = decimalOf(json["stopLossPrice"_L1]);
    if (const auto callback = decimalOf(json["callback"_L1])) {
        order.callback =
            Callback{*callback, fromWord(callbackUnits, json["callbackUnit"_L1]).value_or(Callback::Unit::Unknown)};
    }
    order.quantity = decimalOf(json["quantity"_L1]);
    order.filledQuantity = decimalOf(json["filledQuantity"_L1]);
    order.remainingQuantity = decimalOf(json["remainingQuantity"_L1]);
    order.lotSize = decimalOf(json["lotSize"_L1]);
    if (order.lotSize && *order.lotSize <= Decimal(0))
        order.lotSize.reset();
    order.leverage = decimalOf(json["leverage"_L1]);
    order.marginMode = fromWord(marginModes, json["marginMode"_L1]);
    order.clientOrderId = json["clientOrderId"_L1].toString();
    order.source = json["source"_L1].toString();
    order.positionId = json["position"_L1].toString();
    order.placedAt = instantOf(json["placedAt"_L1]);
    order.updatedAt = instantOf(json["updatedAt"_L1]);
    return order;
}

QJsonArray toJson(const QList<ListSource> &sources)
{
    QJsonArray array;
    for (const ListSource &source : sources) {
        QJsonObject list{{u"list"_s, wordOf(lists, source.kind)}};
        put(list, "instrument"_L1, source.instrument);
        array.append(list);
    }
    return array;
}

QJsonObject toJson(const CancelOutcome &outcome)
{
    QJsonObject json{{u"kind"_s, wordOf(outcomeKinds, outcome.kind)},
                     {u"refusal"_s, wordOf(refusals, outcome.refusal)}};
    if (outcome.cause)
        json.insert("cause"_L1, wordOf(causes, *outcome.cause));
    if (outcome.code)
        json.insert("code"_L1, *outcome.code);
    if (outcome.httpStatus != 0)
        json.insert("http"_L1, outcome.httpStatus);
    put(json, "message"_L1, outcome.message);
    json.insert("latencyMs"_L1, qint64(outcome.latency.count()));
    if (outcome.clockDifference)
        json.insert("clockDifferenceMs"_L1, qint64(outcome.clockDifference->count()));
    return json;
}

std::optional<CancelOutcome> outcomeFrom(const QJsonObject &json)
{
    const auto kind = fromWord(outcomeKinds, json["kind"_L1]);
    if (!kind)
        return {};
    CancelOutcome outcome;
    outcome.kind = *kind;
    outcome.refusal = fromWord(refusals, json["refusal"_L1]).value_or(Refusal::None);
    outcome.cause = fromWord(causes, json["cause"_L1]);
    if (json["code"_L1].isDouble())
        outcome.code = json["code"_L1].toInt();
    outcome.httpStatus = json["http"_L1].toInt();
    outcome.message = json["message"_L1].toString();
    outcome.latency = std::chrono::milliseconds(json["latencyMs"_L1].toInteger());
    if (json["clockDifferenceMs"_L1].isDouble())
        outcome.clockDifference = std::chrono::milliseconds(json["clockDifferenceMs"_L1].toInteger());
    return outcome;
}

std::optional<CancelRecord> recordFrom(const QJsonObject &json)
{
    CancelRecord record;
    record.cancelId = json["cancel"_L1].toString();
    record.batchId = json["batch"_L1].toString();
    const auto stage = stageFromWord(json["stage"_L1].toString());
    const auto environment = fromWord(environments, json["environment"_L1]);
    record.order = orderFrom(json["order"_L1].toObject());
    if (record.cancelId.isEmpty() || !stage || !environment || record.order.id.isEmpty())
        return {};
    record.stage = *stage;
    const QJsonObject account = json["account"_L1].toObject();
    record.account = {account["id"_L1].toString(), account["name"_L1].toString(), *environment,
                      json["host"_L1].toString(), account["swatch"_L1].toInt()};
    record.recordedAt = instantOf(json["recordedAt"_L1]);
    record.sentAt = instantOf(json["sentAt"_L1]);
    record.answeredAt = instantOf(json["answeredAt"_L1]);
    record.settledAt = instantOf(json["settledAt"_L1]);
    if (json["outcome"_L1].isObject()) {
        record.outcome = outcomeFrom(json["outcome"_L1].toObject());
        // An outcome we can't name must not pass for none: an earlier line of this cancel then stands, unsettled.
        if (!record.outcome)
            return {};
    }
    record.filledQuantity = decimalOf(json["filled"_L1]);
    record.averagePrice = decimalOf(json["averagePrice"_L1]);
    record.canceledAt = instantOf(json["canceledAt"_L1]);
    record.settledBy = fromWord(settlers, json["settledBy"_L1]).value_or(SettledBy::Nothing);
    record.filledAtLeast = decimalOf(json["filledAtLeast"_L1]);
    for (const QJsonValue line : json["evidence"_L1].toArray())
        record.evidence.append(line.toString());
    record.correctedAt = instantOf(json["correctedAt"_L1]);
    for (const QJsonValue value : json["listedBy"_L1].toArray()) {
        const QJsonObject list = value.toObject();
        if (const auto kind = fromWord(lists, list["list"_L1]))
            record.listedBy.append({*kind, list["instrument"_L1].toString()});
    }
    record.listedAt = instantOf(json["listedAt"_L1]);
    record.listedFilled = decimalOf(json["listedFilled"_L1]);
    record.recordsBackTo = instantOf(json["recordsBackTo"_L1]);
    record.reason = json["reason"_L1].toString();
    record.waitEstimate = std::chrono::milliseconds(json["waitEstimateMs"_L1].toInteger());
    return record;
}

} // namespace

QByteArray journalLine(const CancelRecord &record)
{
    QJsonObject account{{u"id"_s, record.account.id}, {u"name"_s, record.account.name}};
    if (record.account.swatch != 0)
        account.insert("swatch"_L1, record.account.swatch);
    QJsonObject json{
        {u"v"_s, journalVersion},          {u"program"_s, QLatin1StringView(CM_VERSION)},
        {u"cancel"_s, record.cancelId},    {u"stage"_s, stageWord(record.stage)},
        {u"account"_s, account},           {u"environment"_s, wordOf(environments, record.account.environment)},
        {u"order"_s, toJson(record.order)}};
    put(json, "batch"_L1, record.batchId);
    put(json, "host"_L1, record.account.host);
    put(json, "recordedAt"_L1, record.recordedAt);
    put(json, "sentAt"_L1, record.sentAt);
    put(json, "answeredAt"_L1, record.answeredAt);
    put(json, "settledAt"_L1, record.settledAt);
    if (record.outcome)
        json.insert("outcome"_L1, toJson(*record.outcome));
    put(json, "filled"_L1, record.filledQuantity);
    put(json, "averagePrice"_L1, record.averagePrice);
    put(json, "canceledAt"_L1, record.canceledAt);
    if (record.settledBy != SettledBy::Nothing)
        json.insert("settledBy"_L1, wordOf(settlers, record.settledBy));
    put(json, "filledAtLeast"_L1, record.filledAtLeast);
    if (!record.evidence.isEmpty())
        json.insert("evidence"_L1, QJsonArray::fromStringList(record.evidence));
    put(json, "correctedAt"_L1, record.correctedAt);
    if (!record.listedBy.isEmpty())
        json.insert("listedBy"_L1, toJson(record.listedBy));
    put(json, "listedAt"_L1, record.listedAt);
    put(json, "listedFilled"_L1, record.listedFilled);
    put(json, "recordsBackTo"_L1, record.recordsBackTo);
    put(json, "reason"_L1, record.reason);
    if (record.waitEstimate.count() != 0)
        json.insert("waitEstimateMs"_L1, qint64(record.waitEstimate.count()));
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

std::optional<CancelRecord> recordFromLine(QByteArrayView line)
{
    return readJournalLine(line).record;
}

JournalLine readJournalLine(QByteArrayView line)
{
    const auto document = QJsonDocument::fromJson(QByteArray::fromRawData(line.data(), line.size()));
    if (!document.isObject())
        return {};
    const QJsonObject json = document.object();
    const qint64 version = json["v"_L1].toInteger();
    if (version > journalVersion)
        return {JournalLineKind::Newer, {}};
    if (version != journalVersion)
        return {};
    std::optional<CancelRecord> record = recordFrom(json);
    if (!record)
        return {};
    return {JournalLineKind::Record, std::move(record)};
}

} // namespace countermand
