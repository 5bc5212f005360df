#include "exchange/publicdata.h"

#include "domain/presentable.h"
#include "exchange/envelope.h"
#include "exchange/numbertext.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

/// More decimals than any number of the exchange can hold.
constexpr int mostDecimals = 18;

std::optional<Decimal> positiveOf(const QJsonObject &row, QLatin1String name)
{
    const auto number = Decimal::fromText(textOf(row, name));
    return number && !number->isZero() && !number->isNegative() ? number : std::nullopt;
}

QString coinOf(const QJsonObject &row, QLatin1String name)
{
    return presentable(textOf(row, name), textLimit::coin).toUpper();
}

Instrument instrumentOf(const QJsonObject &row)
{
    Instrument instrument;
    instrument.name = presentableName(textOf(row, "name"_L1));
    instrument.base = coinOf(row, "base"_L1);
    instrument.quote = coinOf(row, "quote"_L1);
    bool ok = false;
    const int precision = textOf(row, "pricePrecision"_L1).toInt(&ok);
    if (ok && precision >= 0 && precision <= mostDecimals)
        instrument.pricePrecision = precision;
    instrument.lotSize = positiveOf(row, "oneLotSize"_L1);
    instrument.statusWord = presentable(textOf(row, "status"_L1), textLimit::word);
    return instrument;
}

/// The rows of an unsigned answer; no words of it can hold a key.
Result<QJsonArray> publicRows(const RawReply &reply)
{
    const auto data = readEnvelope(reply, Credentials({}, {}));
    if (!data)
        return data.error();
    if (!data->isArray())
        return unreadable(reply);
    return data->toArray();
}

} // namespace

ApiRequest instrumentsRequest()
{
    return {Verb::Get, "/v1/perpum/instruments"_ba, {}, {}, RateBucket::Instruments};
}

ApiRequest tickersRequest()
{
    return {Verb::Get, "/v1/perpumPublic/tickers"_ba, {}, {}, RateBucket::Tickers};
}

std::optional<ApiRequest> tickerRequest(const QString &instrument)
{
    if (instrument.isEmpty())
        return {};
    return ApiRequest{Verb::Get,
                      "/v1/perpumPublic/ticker"_ba,
                      "instrument="_ba + QUrl::toPercentEncoding(instrument),
                      {},
                      RateBucket::Tickers};
}

Result<QList<Instrument>> readInstruments(const RawReply &reply)
{
    const auto rows = publicRows(reply);
    if (!rows)
        return rows.error();
    QList<Instrument> instruments;
    for (const QJsonValue row : *rows) {
        const Instrument instrument = instrumentOf(row.toObject());
        if (!instrument.name.isEmpty())
            instruments.append(instrument);
    }
    return instruments;
}

Result<QList<Ticker>> readTickers(const RawReply &reply)
{
    const auto rows = publicRows(reply);
    if (!rows)
        return rows.error();
    QList<Ticker> tickers;
    for (const QJsonValue value : *rows) {
        const QJsonObject row = value.toObject();
        const auto price = positiveOf(row, "last_price"_L1);
        const QString base = coinOf(row, "base_coin"_L1);
        const QString quote = coinOf(row, "quote_coin"_L1);
        if (price && !base.isEmpty() && !quote.isEmpty())
            tickers.append({base, quote, *price});
    }
    return tickers;
}

} // namespace countermand
