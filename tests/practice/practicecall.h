#pragma once

#include "practice/practicemarket.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <optional>

namespace practicecall {

/// A request signed for `signedAt` with the practice credentials, as a good client makes it.
inline countermand::PracticeRequest signedRequest(const QByteArray &verb, const QByteArray &target,
                                                  const QByteArray &body, const QDateTime &signedAt)
{
    const countermand::Credentials credentials = countermand::PracticeMarket::credentials();
    const qsizetype mark = target.indexOf('?');
    countermand::PracticeRequest request;
    request.verb = verb;
    request.path = target.left(mark < 0 ? target.size() : mark);
    request.query = mark < 0 ? QByteArray() : target.mid(mark + 1);
    request.body = body;
    request.apiKey = credentials.key();
    request.timestamp = QByteArray::number(signedAt.toMSecsSinceEpoch());
    request.sign = countermand::practiceSignature(request, credentials.secret());
    return request;
}

inline QJsonObject json(const QByteArray &body)
{
    return QJsonDocument::fromJson(body).object();
}

/// The `data` of a GET that must succeed; null JSON when it does not.
inline QJsonValue read(countermand::PracticeMarket &market, const QByteArray &target, const QDateTime &now)
{
    const countermand::PracticeResponse response =
        market.receive(signedRequest("GET", target, {}, market.exchangeTime(now)), now);
    const QJsonObject envelope = json(response.body);
    const QLatin1StringView code("code");
    return !response.silent && envelope.value(code).toInt(-1) == 0 ? envelope.value(QLatin1StringView("data"))
                                                                   : QJsonValue();
}

/// The answer to a cancel of one order.
inline countermand::PracticeResponse cancel(countermand::PracticeMarket &market, const QByteArray &id,
                                            const QDateTime &now)
{
    return market.receive(
        signedRequest("DELETE", "/v1/perpum/order", "{\"id\":\"" + id + "\"}", market.exchangeTime(now)), now);
}

/// The code of an answer; nothing if there is no answer.
inline std::optional<int> codeOf(const countermand::PracticeResponse &response)
{
    if (response.silent)
        return std::nullopt;
    return json(response.body).value(QLatin1StringView("code")).toInt(-1);
}

} // namespace practicecall
