#include "exchange/envelope.h"
#include "exchange/orderreader.h"
#include "exchange/publicdata.h"
#include "exchange/wire.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace countermand;

namespace {

/// One line of tests/data/recordedanswers.jsonl: an answer, who reads it, and what must come out.
struct Recorded {
    QString reader;
    QString endpoint;
    int httpStatus = 0;
    /// Exactly as it stands in the file: ids and numbers must not pass through a parser first.
    QByteArray body;
    QJsonObject expected;
};

const Credentials &keys()
{
    static const Credentials credentials(u"KEY-1234"_s, u"SECRET-5678"_s);
    return credentials;
}

RawReply replyOf(const Recorded &recorded)
{
    RawReply reply;
    reply.verb =
        recorded.endpoint.startsWith("DELETE"_L1) || recorded.reader == "cancel"_L1 ? Verb::Delete : Verb::Get;
    reply.bodyAskedFor = reply.verb == Verb::Delete;
    reply.reportedSent = true;
    reply.httpStatus = recorded.httpStatus;
    reply.body = recorded.body;
    return reply;
}

QJsonValue json(const std::optional<Decimal> &number)
{
    return number ? QJsonValue(number->toText()) : QJsonValue(QJsonValue::Null);
}

QJsonValue json(const QDateTime &moment)
{
    return moment.isValid() ? QJsonValue(moment.toMSecsSinceEpoch()) : QJsonValue(QJsonValue::Null);
}

template <typename E>
QString wordOf(std::initializer_list<std::pair<E, const char *>> words, E value)
{
    for (const auto &[known, word] : words) {
        if (known == value)
            return QString::fromLatin1(word);
    }
    return {};
}

QJsonObject json(const ApiError &error)
{
    using K = ApiError::Kind;
    using C = ApiError::Cause;
    QJsonObject object{
        {u"error"_s, wordOf<K>({{K::NotSent, "NotSent"},
                                {K::Throttled, "Throttled"},
                                {K::Unauthorized, "Unauthorized"},
                                {K::Rejected, "Rejected"},
                                {K::Malformed, "Malformed"},
                                {K::Unknown, "Unknown"}},
                               error.kind)},
        {u"cause"_s,
         wordOf<C>({{C::Refused, "Refused"}, {C::ServerError, "ServerError"}, {C::Unreadable, "Unreadable"}},
                   error.cause)},
        {u"message"_s, error.message},
        {u"httpStatus"_s, error.httpStatus}};
    if (error.code)
        object.insert("code"_L1, *error.code);
    return object;
}

QJsonObject json(const Order &order)
{
    using T = OrderType;
    using U = Callback::Unit;
    return {
        {u"id"_s, order.id.text()},
        {u"instrument"_s, order.instrument},
        {u"side"_s, order.positionSideWord},
        {u"effect"_s, order.positionEffect == PositionEffect::Close  ? u"close"_s
                      : order.positionEffect == PositionEffect::Open ? u"open"_s
                                                                     : QString()},
        {u"type"_s, wordOf<T>({{T::Limit, "Limit"},
                               {T::Market, "Market"},
                               {T::Trigger, "Trigger"},
                               {T::TrailingStop, "TrailingStop"},
                               {T::TakeProfit, "TakeProfit"},
                               {T::StopLoss, "StopLoss"},
                               {T::TakeProfitStopLoss, "TakeProfitStopLoss"},
                               {T::Other, "Other"}},
                              order.type)},
        {u"price"_s, json(order.price)},
        {u"marketPrice"_s, order.marketPrice},
        {u"triggerPrice"_s, json(order.triggerPrice)},
        {u"takeProfit"_s, json(order.takeProfitPrice)},
        {u"stopLoss"_s, json(order.stopLossPrice)},
        {u"callback"_s, order.callback ? json(order.callback->number) : QJsonValue(QJsonValue::Null)},
        {u"callbackUnit"_s, order.callback
                                ? wordOf<U>({{U::Fraction, "Fraction"}, {U::Price, "Price"}, {U::Unknown, "Unknown"}},
                                            order.callback->unit)
                                : QString()},
        {u"quantity"_s, json(order.quantity)},
        {u"filled"_s, json(order.filledQuantity)},
        {u"remaining"_s, json(order.remainingQuantity)},
        {u"leverage"_s, json(order.leverage)},
        {u"margin"_s, json(order.margin)},
        {u"marginMode"_s, order.marginMode == MarginMode::Isolated ? u"Isolated"_s
                          : order.marginMode == MarginMode::Cross  ? u"Cross"_s
                                                                   : QString()},
        {u"positionId"_s, order.positionId},
        {u"source"_s, order.source},
        {u"placedAt"_s, json(order.placedAt)},
        {u"protective"_s, isProtective(order)},
    };
}

QJsonObject json(const OrderPage &page)
{
    QJsonArray orders;
    for (const Order &order : page.listing.orders)
        orders.append(json(order));
    QJsonObject object{
        {u"extent"_s,
         wordOf<ListExtent>(
             {{ListExtent::Whole, "Whole"}, {ListExtent::Partial, "Partial"}, {ListExtent::Uncounted, "Uncounted"}},
             page.listing.extent)},
        {u"count"_s, page.listing.count},
        {u"orders"_s, orders},
    };
    if (page.listing.total)
        object.insert("total"_L1, *page.listing.total);
    return object;
}

QJsonObject json(const DealRecord &deal)
{
    using K = DealRecord::Kind;
    return {
        {u"id"_s, deal.id},
        {u"orderId"_s, deal.orderId},
        {u"kind"_s,
         wordOf<K>({{K::Execution, "Execution"}, {K::Cancellation, "Cancellation"}, {K::Other, "Other"}}, deal.kind)},
        {u"price"_s, json(deal.price)},
        {u"positionId"_s, deal.positionId},
        {u"originalType"_s, deal.originalType},
        {u"createdAt"_s, json(deal.createdAt)},
        {u"updatedAt"_s, json(deal.updatedAt)},
    };
}

QJsonObject json(const HistoryRecord &past)
{
    using K = HistoryRecord::Kind;
    return {
        {u"id"_s, past.id},
        {u"instrument"_s, past.instrument},
        {u"kind"_s,
         wordOf<K>(
             {{K::Finished, "Finished"}, {K::Canceled, "Canceled"}, {K::Partial, "Partial"}, {K::Other, "Other"}},
             past.kind)},
        {u"total"_s, json(past.total)},
        {u"filled"_s, json(past.filled)},
        {u"canceled"_s, json(past.canceled)},
        {u"average"_s, json(past.averagePrice)},
        {u"positionId"_s, past.positionId},
        {u"originalType"_s, past.originalType},
        {u"createdAt"_s, json(past.createdAt)},
        {u"updatedAt"_s, json(past.updatedAt)},
    };
}

template <class Row>
QJsonObject json(const RecordPage<Row> &page, const QJsonArray &expectedRows)
{
    QJsonArray rows;
    for (qsizetype i = 0; i < page.rows.size(); ++i) {
        const Row &row = page.rows[i];
        QJsonObject object = json(row);
        // The ids under which an order may, and may not, be found here.
        const QJsonObject expected = expectedRows.at(i).toObject();
        if (const QString id = expected["isOf"_L1].toString(); row.isOf(OrderId(id)))
            object.insert("isOf"_L1, id);
        if (const QString id = expected["isNotOf"_L1].toString(); !row.isOf(OrderId(id)))
            object.insert("isNotOf"_L1, id);
        rows.append(object);
    }
    QJsonObject object{{u"rowsInAnswer"_s, page.rowsInAnswer}, {u"unreadable"_s, page.unreadable}, {u"rows"_s, rows}};
    if (page.total)
        object.insert("total"_L1, *page.total);
    return object;
}

QJsonObject json(const QList<Instrument> &instruments)
{
    QJsonArray rows;
    for (const Instrument &instrument : instruments) {
        rows.append(QJsonObject{{u"name"_s, instrument.name},
                                {u"base"_s, instrument.base},
                                {u"quote"_s, instrument.quote},
                                {u"lotSize"_s, json(instrument.lotSize)},
                                {u"pricePrecision"_s,
                                 instrument.pricePrecision ? QString::number(*instrument.pricePrecision) : QString()},
                                {u"status"_s, instrument.statusWord}});
    }
    return {{u"instruments"_s, rows}};
}

QJsonObject json(const QList<Ticker> &tickers)
{
    QJsonArray rows;
    for (const Ticker &ticker : tickers) {
        rows.append(QJsonObject{{u"base"_s, ticker.base},
                                {u"quote"_s, ticker.quote},
                                {u"lastPrice"_s, json(std::optional(ticker.lastPrice))}});
    }
    return {{u"tickers"_s, rows}};
}

template <typename T>
QJsonObject json(const Result<T> &result)
{
    return result ? json(*result) : json(result.error());
}

std::optional<ListKind> listKind(const QString &word)
{
    for (const auto &[kind, name] : {std::pair{ListKind::Plan, "Plan"_L1},
                                     {ListKind::Execute, "Execute"_L1},
                                     {ListKind::StopProfitLoss, "StopProfitLoss"_L1},
                                     {ListKind::Trailing, "Trailing"_L1},
                                     {ListKind::Trigger, "Trigger"_L1}}) {
        if (word == name)
            return kind;
    }
    return {};
}

/// What its reader makes of an answer.
QJsonObject readingOf(const Recorded &recorded)
{
    const RawReply reply = replyOf(recorded);
    const QString &reader = recorded.reader;
    const QJsonArray rows = recorded.expected["rows"_L1].toArray();
    if (reader == "cancel"_L1 || reader == "batch"_L1) {
        const auto ack = readCancel(reply, keys());
        return ack ? QJsonObject{{u"acknowledged"_s, true}} : json(ack.error());
    }
    if (reader == "count"_L1) {
        const auto count = readCount(reply, keys());
        return count ? QJsonObject{{u"count"_s, *count}} : json(count.error());
    }
    if (reader == "deals"_L1) {
        const auto page = readDeals(reply, keys());
        return page ? json(*page, rows) : json(page.error());
    }
    if (reader == "history"_L1) {
        const auto page = readHistory(reply, keys());
        return page ? json(*page, rows) : json(page.error());
    }
    if (reader == "instruments"_L1)
        return json(readInstruments(reply));
    if (reader == "tickers"_L1)
        return json(readTickers(reply));
    if (const auto kind = reader.startsWith("list:"_L1) ? listKind(reader.mid(5)) : std::nullopt)
        return json(readOrders(*kind, reply, keys()));
    const auto data = readEnvelope(reply, keys());
    return data ? QJsonObject{} : json(data.error());
}

/// Where `actual` is not what is expected; empty if it is. Members that nothing is expected of don't matter.
QString difference(const QJsonValue &actual, const QJsonValue &expected, const QString &where)
{
    const auto text = [](const QJsonValue &value) {
        return QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
    };
    if (expected.isObject()) {
        const QJsonObject members = expected.toObject();
        for (auto member = members.begin(); member != members.end(); ++member) {
            const QString found =
                difference(actual.toObject().value(member.key()), member.value(), where + u'.' + member.key());
            if (!found.isEmpty())
                return found;
        }
        return actual.isObject() ? QString() : where + u" is none"_s;
    }
    if (expected.isArray()) {
        const QJsonArray values = expected.toArray();
        if (actual.toArray().size() != values.size())
            return u"%1 has %2 entries, not %3"_s.arg(where).arg(actual.toArray().size()).arg(values.size());
        for (qsizetype i = 0; i < values.size(); ++i) {
            const QString found = difference(actual.toArray().at(i), values.at(i), where + u'.' + QString::number(i));
            if (!found.isEmpty())
                return found;
        }
        return actual.isArray() ? QString() : where + u" is none"_s;
    }
    return actual == expected ? QString() : u"%1 is %2, not %3"_s.arg(where, text(actual), text(expected));
}

} // namespace

Q_DECLARE_METATYPE(Recorded)

/// Every reader on answers of the kind it is made for, as CoinW's pages, measurements and other programs have them.
class TestRecordedAnswers : public QObject
{
    Q_OBJECT

private:
    static void addRows()
    {
        QTest::addColumn<Recorded>("recorded");
        QFile file(QStringLiteral(RECORDED_ANSWERS));
        QVERIFY2(file.open(QIODevice::ReadOnly), RECORDED_ANSWERS);
        int number = 0;
        while (!file.atEnd()) {
            const QByteArray line = file.readLine().trimmed();
            const QJsonObject head = QJsonDocument::fromJson(line).object();
            // The body is the last member of its line.
            const qsizetype at = line.indexOf(", \"body\": ");
            QVERIFY2(!head.isEmpty() && (at > 0 || head.contains("raw"_L1)), line.constData());
            const Recorded recorded{head["reader"_L1].toString(), head["endpoint"_L1].toString(),
                                    head["http"_L1].toInt(),
                                    at > 0 ? line.sliced(at + 10).chopped(1) : head["raw"_L1].toString().toUtf8(),
                                    head["expect"_L1].toObject()};
            QTest::newRow(qPrintable(u"%1 %2: %3"_s.arg(++number).arg(recorded.reader, recorded.endpoint)))
                << recorded;
        }
        QVERIFY(number > 40);
    }

private slots:
    void envelopes_data() { addRows(); }
    void envelopes()
    {
        QFETCH(Recorded, recorded);
        const QJsonValue code = QJsonDocument::fromJson(recorded.body).object().value("code"_L1);
        const auto data = readEnvelope(replyOf(recorded), keys());
        if (code.isUndefined()) {
            QVERIFY(!data);
            QVERIFY(!data.error().code);
            return;
        }
        const int number = code.isString() ? code.toString().toInt() : code.toInt();
        QCOMPARE(data.has_value(), number == 0);
        if (!data)
            QCOMPARE(data.error().code, number);
    }

    void readers_data() { addRows(); }
    void readers()
    {
        QFETCH(Recorded, recorded);
        if (recorded.reader == "websocket"_L1)
            QSKIP("a frame of the WebSocket: not applicable, no reader of ours takes one");
        QVERIFY(recorded.reader == "envelope"_L1 || !recorded.expected.isEmpty());
        const QString wrong = difference(readingOf(recorded), recorded.expected, recorded.reader);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    /// What is an error to the envelope is one to every reader.
    void everyReaderOnEveryAnswer_data() { addRows(); }
    void everyReaderOnEveryAnswer()
    {
        QFETCH(Recorded, recorded);
        const RawReply reply = replyOf(recorded);
        const bool good = readEnvelope(reply, keys()).has_value();
        for (const ListKind kind :
             {ListKind::Plan, ListKind::Execute, ListKind::StopProfitLoss, ListKind::Trailing, ListKind::Trigger})
            QVERIFY(good || !readOrders(kind, reply, keys()));
        QVERIFY(good || (!readCount(reply, keys()) && !readDeals(reply, keys()) && !readHistory(reply, keys()) &&
                         !readInstruments(reply) && !readTickers(reply) && !readCancel(reply, keys())));
    }
};

QTEST_GUILESS_MAIN(TestRecordedAnswers)
#include "tst_recordedanswers.moc"
