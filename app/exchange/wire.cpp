#include "exchange/wire.h"

#include "exchange/envelope.h"
#include "exchange/rows.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace countermand {

namespace {

QByteArray pageQuery(int page)
{
    return "page=" + QByteArray::number(page) + "&pageSize=" + QByteArray::number(listPageSize);
}

QByteArray instrumentQuery(const QString &instrument)
{
    return "instrument=" + QUrl::toPercentEncoding(instrument) + '&';
}

ApiRequest getRequest(const QByteArray &path, const QByteArray &query, RateBucket bucket)
{
    return {Verb::Get, path, query, {}, bucket};
}

/// CoinW's word for the kind in a batch of cancels. Empty for limit orders, as in the exchange's own sample, and for
/// untriggered conditional orders, for which it knows no word.
QString batchKindWord(ListKind kind)
{
    switch (kind) {
    case ListKind::Execute:
        return u"execute"_s;
    case ListKind::StopProfitLoss:
        return u"stopProfitLoss"_s;
    case ListKind::Trailing:
        return u"moveStop"_s;
    case ListKind::Plan:
    case ListKind::Trigger:
        break;
    }
    return {};
}

/// The rows of a list answer: a bare array, a page object with `rows`, or null for none. Nothing if it is none of
/// these: a list without `data` says nothing, and must not be taken for an empty one.
std::optional<QJsonArray> privateRows(const QJsonValue &data)
{
    if (data.isArray())
        return data.toArray();
    if (data.isNull())
        return QJsonArray();
    const QJsonValue rows = data.toObject().value("rows"_L1);
    if (rows.isArray())
        return rows.toArray();
    if (rows.isNull())
        return QJsonArray();
    return {};
}

std::optional<int> wholeNumber(const QJsonValue &value)
{
    bool ok = false;
    const int number = value.toString().toInt(&ok);
    return ok ? std::optional(number) : std::nullopt;
}

template <class Row>
Result<RecordPage<Row>> readRecordPage(const RawReply &reply, const Credentials &credentials,
                                       std::optional<Row> (*readRow)(const QJsonObject &))
{
    const auto data = readEnvelope(reply, credentials);
    if (!data)
        return data.error();
    const auto rows = privateRows(*data);
    if (!rows)
        return unreadable(reply);
    RecordPage<Row> page;
    page.rowsInAnswer = int(rows->size());
    page.total = wholeNumber(data->toObject().value("total"_L1));
    for (const QJsonValue value : *rows) {
        if (auto row = readRow(value.toObject()))
            page.rows.append(*std::move(row));
        else
            ++page.unreadable;
    }
    return page;
}

} // namespace

RateLimit limitOf(RateBucket bucket)
{
    switch (bucket) {
    case RateBucket::Cancel:      // cancel-an-order
    case RateBucket::CancelBatch: // cancel-batch-orders
    case RateBucket::OrderList:   // get-order-information
    case RateBucket::OpenOrders:  // get-current-orders
    case RateBucket::Deals:       // transaction-details
    case RateBucket::Positions:   // 30 by the published sheet, never measured
        return {10, 1s};
    case RateBucket::OpenQuantity: // get-pending-order-count
    case RateBucket::Instruments:  // get-instrument-information
    case RateBucket::Tickers:      // tickers
    case RateBucket::Trailing:     // get-trailing-stop-loss-take-profit-information
        return {5, 1s};
    case RateBucket::History: // get-historical-orders-7days
        break;
    }
    return {5, 2s};
}

ApiRequest cancelRequest(const OrderId &id)
{
    // The id is a string in the exchange's own sample, although its table says Long.
    const QJsonObject body{{u"id"_s, id.text()}};
    return {Verb::Delete,
            "/v1/perpum/order"_ba,
            {},
            QJsonDocument(body).toJson(QJsonDocument::Compact),
            RateBucket::Cancel};
}

ApiRequest cancelBatchRequest(const QList<OrderId> &ids, ListKind kind)
{
    QJsonArray texts;
    for (const OrderId &id : ids)
        texts.append(id.text());
    QJsonObject body{{u"sourceIds"_s, texts}};
    if (const QString word = batchKindWord(kind); !word.isEmpty())
        body.insert("posType"_L1, word);
    return {Verb::Delete,
            "/v1/perpum/batchOrders"_ba,
            {},
            QJsonDocument(body).toJson(QJsonDocument::Compact),
            RateBucket::CancelBatch};
}

std::optional<ApiRequest> listRequest(ListKind kind, const QString &instrument, int page)
{
    switch (kind) {
    case ListKind::Plan:
        return getRequest("/v1/perpum/order"_ba, "positionType=plan"_ba, RateBucket::OrderList);
    case ListKind::Execute:
        return getRequest("/v1/perpum/order"_ba, "positionType=execute"_ba, RateBucket::OrderList);
    case ListKind::StopProfitLoss:
        return getRequest("/v1/perpum/order"_ba, "positionType=stopProfitLoss"_ba, RateBucket::OrderList);
    case ListKind::Trailing:
        return getRequest("/v1/perpum/moveTPSL"_ba, {}, RateBucket::Trailing);
    case ListKind::Trigger:
        break;
    }
    if (instrument.isEmpty())
        return {};
    return getRequest("/v1/perpum/orders/open"_ba,
                      instrumentQuery(instrument) + "positionType=planTrigger&" + pageQuery(page),
                      RateBucket::OpenOrders);
}

ApiRequest countRequest()
{
    return getRequest("/v1/perpum/orders/openQuantity"_ba, {}, RateBucket::OpenQuantity);
}

std::optional<ApiRequest> dealsRequest(const QString &instrument, int page)
{
    if (instrument.isEmpty())
        return {};
    return getRequest("/v1/perpum/orders/deals"_ba, instrumentQuery(instrument) + pageQuery(page), RateBucket::Deals);
}

ApiRequest historyRequest(const QString &instrument, int page)
{
    const QByteArray query = instrument.isEmpty() ? pageQuery(page) : instrumentQuery(instrument) + pageQuery(page);
    return getRequest("/v1/perpum/orders/history"_ba, query, RateBucket::History);
}

ApiRequest positionsRequest()
{
    return getRequest("/v1/perpum/positions/all"_ba, {}, RateBucket::Positions);
}

Result<CancelAck> readCancel(const RawReply &reply, const Credentials &credentials)
{
    const auto data = readEnvelope(reply, credentials);
    if (!data)
        return data.error();
    // A list is the answer to another question.
    if (data->isArray() || data->toObject().contains("rows"_L1))
        return unreadable(reply);
    return CancelAck{reply.latency};
}

Result<int> readCount(const RawReply &reply, const Credentials &credentials)
{
    const auto data = readEnvelope(reply, credentials);
    if (!data)
        return data.error();
    // `data.value` now, a bare number in the older manual.
    const auto count = wholeNumber(data->isObject() ? data->toObject().value("value"_L1) : data.value());
    if (!count || *count < 0)
        return unreadable(reply);
    return *count;
}

Result<RecordPage<DealRecord>> readDeals(const RawReply &reply, const Credentials &credentials)
{
    return readRecordPage<DealRecord>(reply, credentials, readDealRow);
}

Result<RecordPage<HistoryRecord>> readHistory(const RawReply &reply, const Credentials &credentials)
{
    return readRecordPage<HistoryRecord>(reply, credentials, readHistoryRow);
}

Result<PositionList> readPositions(const RawReply &reply, const Credentials &credentials)
{
    const auto data = readEnvelope(reply, credentials);
    if (!data)
        return data.error();
    if (!data->isArray() && !data->isNull())
        return unreadable(reply);
    PositionList list{.positions = {}, .whole = true};
    const QJsonArray rows = data->toArray();
    for (const QJsonValue value : rows) {
        const PositionRow row = readPositionRow(value.toObject());
        if (row.position)
            list.positions.append(*row.position);
        list.whole = list.whole && (row.position || row.isClosed);
    }
    return list;
}

} // namespace countermand
