#include "exchange/orderreader.h"
#include "exchange/signature.h"
#include "exchange/wire.h"

#include <QObject>
#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace countermand;

namespace {

const Credentials &keys()
{
    static const Credentials credentials(u"KEY-1234"_s, u"SECRET-5678"_s);
    return credentials;
}

RawReply answer(const QByteArray &body, Verb verb = Verb::Get)
{
    RawReply reply;
    reply.verb = verb;
    reply.bodyAskedFor = verb == Verb::Delete;
    reply.httpStatus = 200;
    reply.body = body;
    reply.latency = 84ms;
    return reply;
}

const char pageBody[] = R"({"code":0,"msg":"","data":{"nextId":0,"prevId":0,"total":1,"rows":[{
 "id":33309055657300001,"instrument":"ETH","direction":"short","status":"open",
 "orderStatus":"unFinish","originalType":"plan","posType":"plan","orderPrice":4210.55,
 "quantity":25,"quantityUnit":1,"totalPiece":25,"currentPiece":25,"baseSize":0.25,
 "leverage":10,"positionModel":1,"margin":105.26,"positionMargin":105.26,"frozenFee":0.105,
 "makerFee":0.0001,"takerFee":0.0006,"indexPrice":4188.2,"contractType":1,"processStatus":1,
 "liquidateBy":"manual","source":"web","primaryId":2990000001,"userId":7000001,
 "createdDate":1767225000000,"updatedDate":1767225000000}]},"msg":""})";
const char arrayBody[] =
    R"({"code":0,"msg":"","data":[{"id":"33309055657300002","instrument":"BTC","direction":"long",
 "status":"close","orderStatus":"part","originalType":"plan","posType":"plan","orderPrice":"99100.5",
 "quantity":"300","quantityUnit":0,"totalPiece":"3","tradePiece":"1","currentPiece":"2",
 "leverage":"5","positionModel":0,"thirdOrderId":"desk-0007","source":"api",
 "createdDate":1767225100000,"updatedDate":1767225200000}],"msg":""})";
const char historyBody[] = R"({"code":0,"msg":"","data":{"nextId":0,"prevId":0,"total":1,"rows":[{
 "id":"33309055657300003","orderId":2990000003,"openId":2435521222699900001,
 "instrument":"BTC","direction":"short","status":"open","orderStatus":"finish",
 "originalType":"execute","posType":"execute","orderPrice":"0","avgPrice":"98755.1",
 "totalPiece":"2","currentPiece":"2","tradePiece":2,"cancelPiece":0,
 "quantity":"200","quantityUnit":0,"completeUsdt":"197.51","entrustUsdt":"197.51",
 "leverage":"20","positionModel":0,"havShortfall":false,"source":"api",
 "createdDate":1767220000000,"updatedDate":1767220000000}]},"msg":""})";
const char dealsBody[] = R"({"code":0,"msg":"","data":{"nextId":0,"prevId":0,"total":1,"rows":[{
 "id":23469279599900001,"orderId":33309055657300004,"openId":2435521222699900002,
 "instrument":"BTC","direction":"long","status":"close","orderStatus":"cancel",
 "originalType":"plan","orderPrice":95000,"totalPiece":1,"closedPiece":0,"currentPiece":0,
 "quantity":1,"quantityUnit":1,"fee":"0","netProfit":0,"liquidateBy":"manual","source":"api",
 "createdDate":1767210000000,"updatedDate":1767211000000}]},"msg":""})";

} // namespace

class TestWire : public QObject
{
    Q_OBJECT

private slots:
    void aListIsNoAnswerToACancel()
    {
        const auto said = [](const QByteArray &data) {
            RawReply reply;
            reply.verb = Verb::Delete;
            reply.bodyAskedFor = true;
            reply.httpStatus = 200;
            reply.body = R"({"code":0,"msg":"Success","data":)" + data + '}';
            return readCancel(reply, Credentials({}, {})).has_value();
        };
        for (const char *data : {"null", "{}", R"({"value":"33308751556900001"})", "true", "7"})
            QVERIFY2(said(data), data);
        for (const char *data : {"[]", R"([{"id":"1"}])", R"({"rows":[],"total":0})"})
            QVERIFY2(!said(data), data);
    }

    void batches_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("body");
        // Two vectors of tst_signature.cpp have bodies spelled like these (docs/exchange.md, Signature).
        QTest::newRow("limit") << int(ListKind::Plan) << R"({"sourceIds":["1","2"]})"_ba;
        QTest::newRow("conditional") << int(ListKind::Trigger) << R"({"sourceIds":["1","2"]})"_ba;
        QTest::newRow("market") << int(ListKind::Execute) << R"({"posType":"execute","sourceIds":["1","2"]})"_ba;
        QTest::newRow("TP/SL") << int(ListKind::StopProfitLoss)
                               << R"({"posType":"stopProfitLoss","sourceIds":["1","2"]})"_ba;
        QTest::newRow("trailing") << int(ListKind::Trailing) << R"({"posType":"moveStop","sourceIds":["1","2"]})"_ba;
    }
    void batches()
    {
        QFETCH(int, kind);
        const ApiRequest request = cancelBatchRequest({OrderId(u"1"_s), OrderId(u"2"_s)}, ListKind(kind));
        QCOMPARE(request.verb, Verb::Delete);
        QCOMPARE(request.target(), "/v1/perpum/batchOrders"_ba);
        QTEST(request.body, "body");
        QCOMPARE(limitOf(request.bucket), (RateLimit{10, 1s}));
    }

    void requests_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("bucket");
        QTest::newRow("plan") << int(ListKind::Plan) << "/v1/perpum/order?positionType=plan"_ba
                              << int(RateBucket::OrderList);
        QTest::newRow("execute") << int(ListKind::Execute) << "/v1/perpum/order?positionType=execute"_ba
                                 << int(RateBucket::OrderList);
        QTest::newRow("TP/SL") << int(ListKind::StopProfitLoss) << "/v1/perpum/order?positionType=stopProfitLoss"_ba
                               << int(RateBucket::OrderList);
        QTest::newRow("trailing") << int(ListKind::Trailing) << "/v1/perpum/moveTPSL"_ba << int(RateBucket::Trailing);
        QTest::newRow("trigger")
            << int(ListKind::Trigger)
            << "/v1/perpum/orders/open?instrument=BTC_USDC&positionType=planTrigger&page=3&pageSize=50"_ba
            << int(RateBucket::OpenOrders);
    }

    void requests()
    {
        QFETCH(int, kind);
        QFETCH(QByteArray, target);
        QFETCH(int, bucket);
        const auto request = listRequest(ListKind(kind), u"BTC_USDC"_s, 3);
        QVERIFY(request);
        QCOMPARE(request->target(), target);
        QCOMPARE(request->method(), "GET"_ba);
        QVERIFY(request->body.isEmpty());
        QCOMPARE(int(request->bucket), bucket);
    }

    void otherRequests()
    {
        QCOMPARE(countRequest().target(), "/v1/perpum/orders/openQuantity"_ba);
        QCOMPARE(dealsRequest(u"1000PEPE"_s)->target(),
                 "/v1/perpum/orders/deals?instrument=1000PEPE&page=1&pageSize=50"_ba);
        QCOMPARE(historyRequest(u"BTC"_s).target(), "/v1/perpum/orders/history?instrument=BTC&page=1&pageSize=50"_ba);
        QCOMPARE(historyRequest({}, 3).target(), "/v1/perpum/orders/history?page=3&pageSize=50"_ba);
    }

    void cancels_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("digits") << u"33308749002645666"_s << R"({"id":"33308749002645666"})"_ba;
        QTest::newRow("largest") << u"9223372036854775807"_s << R"({"id":"9223372036854775807"})"_ba;
        QTest::newRow("practice") << u"P-33308741700001947"_s << R"({"id":"P-33308741700001947"})"_ba;
        QTest::newRow("odd") << u"a\"b\\c\n"_s << "{\"id\":\"a\\\"b\\\\c\\n\"}"_ba;
        QTest::newRow("not Latin") << u"é"_s << "{\"id\":\"\xc3\xa9\"}"_ba;
    }

    void cancels()
    {
        QFETCH(QString, id);
        const ApiRequest request = cancelRequest(OrderId(id));
        QTEST(request.body, "body");
        QCOMPARE(request.method(), "DELETE"_ba);
        QCOMPARE(request.target(), "/v1/perpum/order"_ba);
        QCOMPARE(request.bucket, RateBucket::Cancel);
    }

    void namesOfAnyKindStandInAQuery_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("encoded");
        QTest::newRow("plain") << u"1000PEPE_usdc"_s << "1000PEPE_usdc"_ba;
        QTest::newRow("blank") << u"BTC USDT"_s << "BTC%20USDT"_ba;
        QTest::newRow("another member") << u"BTC&x=1"_s << "BTC%26x%3D1"_ba;
        QTest::newRow("dash") << u"BTC-USDT"_s << "BTC-USDT"_ba;
        QTest::newRow("percent") << u"BTC%41"_s << "BTC%2541"_ba;
        QTest::newRow("Chinese") << u"比特"_s << "%E6%AF%94%E7%89%B9"_ba;
        QTest::newRow("fragment") << u"BTC#"_s << "BTC%23"_ba;
        QTest::newRow("line") << u"BTC\r\n"_s << "BTC%0D%0A"_ba;
        QTest::newRow("plus") << u"A+B"_s << "A%2BB"_ba;
        QTest::newRow("path") << u"../A?B"_s << "..%2FA%3FB"_ba;
        QTest::newRow("emoji") << u"\U0001F600"_s << "%F0%9F%98%80"_ba;
    }

    void namesOfAnyKindStandInAQuery()
    {
        QFETCH(const QString, name);
        QFETCH(const QByteArray, encoded);
        QCOMPARE(listRequest(ListKind::Trigger, name, 1)->target(),
                 "/v1/perpum/orders/open?instrument=" + encoded + "&positionType=planTrigger&page=1&pageSize=50");
        QCOMPARE(dealsRequest(name)->target(),
                 "/v1/perpum/orders/deals?instrument=" + encoded + "&page=1&pageSize=50");
        QCOMPARE(historyRequest(name).target(),
                 "/v1/perpum/orders/history?instrument=" + encoded + "&page=1&pageSize=50");
        // What is signed is what is sent, or what it reads as.
        auto request = *dealsRequest(name);
        QCOMPARE(signedText(request, "7"), "7GET" + request.target());
        request.signsPlain = true;
        QCOMPARE(signedText(request, "7"),
                 "7GET/v1/perpum/orders/deals?instrument=" + name.toUtf8() + "&page=1&pageSize=50");
    }

    void withoutANameNothingIsAsked()
    {
        QVERIFY(!listRequest(ListKind::Trigger, {}, 1));
        QVERIFY(!dealsRequest({}));
        QCOMPARE(historyRequest({}).query, "page=1&pageSize=50"_ba);
    }

    void limits()
    {
        QCOMPARE(limitOf(RateBucket::Cancel), (RateLimit{10, 1s}));
        QCOMPARE(limitOf(RateBucket::OrderList), (RateLimit{10, 1s}));
        QCOMPARE(limitOf(RateBucket::OpenOrders), (RateLimit{10, 1s}));
        QCOMPARE(limitOf(RateBucket::OpenQuantity), (RateLimit{5, 1s}));
        QCOMPARE(limitOf(RateBucket::Trailing), (RateLimit{5, 1s}));
        QCOMPARE(limitOf(RateBucket::Deals), (RateLimit{10, 1s}));
        QCOMPARE(limitOf(RateBucket::History), (RateLimit{5, 2s}));
    }

    void readsCancels()
    {
        const auto ack = readCancel(answer(R"({"code":0,"msg":"Success"})"_ba, Verb::Delete), keys());
        QVERIFY(ack);
        QCOMPARE(ack->latency, 84ms);
        QVERIFY(readCancel(answer(R"({"code":0,"data":null,"msg":""})"_ba, Verb::Delete), keys()));
    }

    void readsLists_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("orders");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("skipped");
        QTest::addColumn<int>("total");
        QTest::addColumn<int>("extent");
        using E = ListExtent;
        const auto row = [](const char *name, const QByteArray &body, int orders, int rows, int skipped, int total,
                            E extent) {
            QTest::newRow(name) << body << orders << rows << skipped << total << int(extent);
        };
        row("page", pageBody, 1, 1, 0, 1, E::Whole);
        row("array", arrayBody, 1, 1, 0, 0, E::Uncounted);
        row("null", R"({"code":0,"data":null,"msg":""})", 0, 0, 0, 0, E::Whole);
        row("empty", R"({"code":0,"data":[],"msg":""})", 0, 0, 0, 0, E::Whole);
        row("empty page", R"({"code":0,"data":{"nextId":0,"prevId":0,"rows":[],"total":0},"msg":""})", 0, 0, 0, 0,
            E::Whole);
        row("rows null", R"({"code":0,"msg":"","data":{"rows":null,"total":"0"}})", 0, 0, 0, 0, E::Whole);
        row("empty, though some are named", R"({"code":0,"msg":"","data":{"rows":[],"total":6}})", 0, 0, 0, 6,
            E::Partial);
        row("fewer than named", R"({"code":0,"msg":"","data":{"rows":[{"id":1},{"id":2},{"id":"3"}],"total":"6"}})",
            3, 3, 0, 6, E::Partial);
        row("one of them twice", R"({"code":0,"msg":"","data":{"rows":[{"id":1},{"id":1}],"total":2}})", 2, 2, 0, 2,
            E::Partial);
        row("total 0 beside a row", R"({"code":0,"msg":"","data":{"rows":[{"id":1}],"total":0}})", 1, 1, 0, 0,
            E::Uncounted);
        row("no ids", R"({"code":0,"msg":"","data":[{"instrument":"BTC"},7,null,"x",[],{"id":"1"}]})", 1, 6, 5, 0,
            E::Partial);
        row("ended",
            R"({"code":0,"msg":"","data":[{"id":1,"orderStatus":"finish"},{"id":2,"orderStatus":"Cancel"},{"id":3}]})",
            1, 3, 0, 0, E::Uncounted);
    }

    void readsLists()
    {
        QFETCH(QByteArray, body);
        for (const ListKind kind : {ListKind::Plan, ListKind::Trailing, ListKind::Trigger}) {
            const auto page = readOrders(kind, answer(body), keys());
            QVERIFY(page);
            QTEST(int(page->listing.orders.size()), "orders");
            QTEST(page->rows, "rows");
            QTEST(page->listing.skippedRows, "skipped");
            QTEST(page->total.value_or(0), "total");
            QCOMPARE(page->listing.total, page->total);
            QTEST(int(page->listing.extent), "extent");
            QCOMPARE(int(page->ids.size()), page->rows - page->listing.skippedRows);
        }
    }

    void aListWithoutRowsIsNotEmpty_data()
    {
        QTest::addColumn<QByteArray>("body");
        for (const char *body : {R"({"code":0,"msg":"Success"})", R"({"code":0,"msg":"","data":"x"})",
                                 R"({"code":0,"data":5})", R"({"code":0,"msg":"","data":{}})",
                                 R"({"code":0,"data":{"rows":7}})", R"({"code":0,"msg":"","data":true})"})
            QTest::newRow(body) << QByteArray(body);
    }

    void aListWithoutRowsIsNotEmpty()
    {
        QFETCH(QByteArray, body);
        QCOMPARE(readOrders(ListKind::Plan, answer(body), keys()).error().kind, ApiError::Kind::Malformed);
        QCOMPARE(readDeals(answer(body), keys()).error().kind, ApiError::Kind::Malformed);
        QCOMPARE(readHistory(answer(body), keys()).error().kind, ApiError::Kind::Malformed);
    }

    void aListWithoutAnyIdIsNotEmpty_data()
    {
        QTest::addColumn<QByteArray>("body");
        // The first is the shape of an interface that CoinW has not announced.
        for (const char *body :
             {R"({"code":0,"msg":"","data":[{"rows":{"orderId":"33309055657300010","instrument":"BTC"}}]})",
              R"({"code":0,"msg":"","data":[{"id":null},7]})",
              R"({"code":0,"msg":"","data":{"rows":[{"orderId":"5"}],"total":1}})"})
            QTest::newRow(body) << QByteArray(body);
    }

    void aListWithoutAnyIdIsNotEmpty()
    {
        QFETCH(QByteArray, body);
        QCOMPARE(readOrders(ListKind::Plan, answer(body), keys()).error().kind, ApiError::Kind::Malformed);
        const auto base = readOrders(ListKind::Plan, answer(arrayBody), keys())->listing.image;
        QCOMPARE(readOrders(ListKind::Plan, answer(body), keys(), base).error().kind, ApiError::Kind::Malformed);
    }

    void oneBadRecordCostsItself()
    {
        for (const QByteArray &bad :
             {R"({"id":"9","orderId":"9","price":NaN})"_ba, "{\"orderId\":\"\xff\"}"_ba, "{,}"_ba}) {
            const QByteArray body = R"({"code":0,"msg":"","data":{"rows":[{"id":"1","orderId":"5"},)" + bad +
                                    R"(,{"id":"3","orderId":"7"}],"total":3}})";
            const auto deals = readDeals(answer(body), keys());
            QVERIFY(deals);
            QCOMPARE(deals->rowsInAnswer, 3);
            QCOMPARE(deals->rows.first().orderId, u"5"_s);
            QCOMPARE(deals->rows.last().orderId, u"7"_s);
            const auto history = readHistory(answer(body), keys());
            QVERIFY(history);
            QCOMPARE(history->rows.first().id, u"1"_s);
            QCOMPARE(history->rows.last().id, u"3"_s);
        }
    }

    void oneBadPositionCostsItself()
    {
        const QByteArray good = R"({"id":"1","instrument":"BTC","direction":"long","currentPiece":"12"})";
        const auto whole = readPositions(answer(R"({"code":0,"msg":"","data":[)" + good + "]}"), keys());
        QVERIFY(whole && whole->whole);
        for (const QByteArray &bad :
             {R"({"id":"2","currentPiece":NaN})"_ba, "7"_ba, R"({"id":"2",})"_ba,
              R"({"id":"2","instrument":"ETH","direction":"long","currentPiece":"many"})"_ba}) {
            const auto list =
                readPositions(answer(R"({"code":0,"msg":"","data":[)" + bad + "," + good + "]}"), keys());
            QVERIFY(list);
            QCOMPARE(list->positions.size(), 1);
            QCOMPARE(list->positions.first().id, u"1"_s);
            QVERIFY(!list->whole);
        }
    }

    void counts_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("count");
        QTest::newRow("object") << R"({"code":0,"data":{"value":2},"msg":""})"_ba << 2;
        QTest::newRow("number") << R"({"code":0,"data":2,"msg":""})"_ba << 2;
        QTest::newRow("texts") << R"({"code":"0","msg":"","data":{"value":"14"}})"_ba << 14;
        QTest::newRow("zero") << R"({"code":0,"msg":"","data":{"value":0}})"_ba << 0;
        QTest::newRow("null") << R"({"code":0,"msg":"","data":null})"_ba << -1;
        QTest::newRow("missing") << R"({"code":0,"msg":""})"_ba << -1;
        QTest::newRow("negative") << R"({"code":0,"msg":"","data":-3})"_ba << -1;
        QTest::newRow("word") << R"({"code":0,"msg":"","data":{"value":"many"}})"_ba << -1;
    }

    void counts()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, count);
        const auto result = readCount(answer(body), keys());
        QCOMPARE(result.has_value(), count >= 0);
        if (result)
            QCOMPARE(*result, count);
        else
            QCOMPARE(int(result.error().kind), int(ApiError::Kind::Malformed));
    }

    void readsRecords()
    {
        const auto deals = readDeals(answer(dealsBody), keys());
        QCOMPARE(deals->rows.size(), 1);
        QCOMPARE(deals->total, 1);
        QCOMPARE(deals->rows.first().kind, DealRecord::Kind::Cancellation);
        QVERIFY(deals->rows.first().isOf(OrderId(u"33309055657300004"_s)));
        const auto history = readHistory(answer(historyBody), keys());
        QCOMPARE(history->rows.size(), 1);
        QCOMPARE(history->rows.first().kind, HistoryRecord::Kind::Finished);
        QVERIFY(history->rows.first().isOf(OrderId(u"33309055657300003"_s)));
        QCOMPARE(history->rows.first().averagePrice->toText(), u"98755.1"_s);
    }

    void recordsThatCannotBeReadAreCounted()
    {
        const QByteArray rows =
            R"({"code":0,"msg":"","data":{"rows":[{"id":"1"},7,{"orderId":"2"},null],"total":"9"}})"_ba;
        const auto deals = readDeals(answer(rows), keys());
        QCOMPARE(deals->rows.size(), 1);
        QCOMPARE(deals->rows.first().orderId, u"2"_s);
        QCOMPARE(deals->rowsInAnswer, 4);
        QCOMPARE(deals->unreadable, 3);
        QCOMPARE(deals->total, 9);
        const auto history = readHistory(answer(rows), keys());
        QCOMPARE(history->rows.size(), 1);
        QCOMPARE(history->rows.first().id, u"1"_s);
        QCOMPARE(history->unreadable, 3);

        const auto none = readDeals(answer(R"({"code":0,"msg":"","data":{"rows":[],"total":0}})"_ba), keys());
        QCOMPARE(none->rowsInAnswer, 0);
        QCOMPARE(none->unreadable, 0);
        const auto bare = readHistory(answer(R"({"code":0,"msg":"","data":[{"id":"1"}]})"_ba), keys());
        QCOMPARE(bare->rows.size(), 1);
        QVERIFY(!bare->total);
        QCOMPARE(readDeals(answer(R"({"code":0,"msg":"","data":null})"_ba), keys())->rowsInAnswer, 0);
    }

    void noTruncationIsASuccess_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("page") << QByteArray(pageBody);
        QTest::newRow("array") << QByteArray(arrayBody);
        QTest::newRow("history") << QByteArray(historyBody);
        QTest::newRow("deals") << QByteArray(dealsBody);
        QTest::newRow("cancel") << R"({"code":0,"msg":"Success"})"_ba;
        QTest::newRow("batch") << R"({"code":0,"msg":""})"_ba;
        QTest::newRow("count") << R"({"code":0,"data":{"value":2},"msg":""})"_ba;
        QTest::newRow("old count") << R"({"code":0,"data":2,"msg":""})"_ba;
        QTest::newRow("trailing") << R"({"code":0,"data":null,"msg":""})"_ba;
    }

    void noTruncationIsASuccess()
    {
        QFETCH(QByteArray, body);
        for (qsizetype length = 0; length < body.size(); ++length) {
            const QByteArray cut = body.left(length);
            const auto kindOf = [&cut](const auto &result) { return int(result.error().kind); };
            const auto cancel = readCancel(answer(cut, Verb::Delete), keys());
            QVERIFY2(!cancel, cut.constData());
            QCOMPARE(kindOf(cancel), int(ApiError::Kind::Malformed));
            QVERIFY(cancel.error().code.value_or(1) != 0);
            QVERIFY(!readOrders(ListKind::Plan, answer(cut), keys()));
            QVERIFY(!readDeals(answer(cut), keys()));
            QVERIFY(!readHistory(answer(cut), keys()));
            QVERIFY(!readCount(answer(cut), keys()));
        }
    }

    void noFlippedByteCrashes()
    {
        const QByteArray body(pageBody);
        for (qsizetype at = 0; at < body.size(); ++at) {
            for (const char c : {'\0', '"', '{', '}', '\\', '9', '\xff'}) {
                QByteArray changed = body;
                changed[at] = c;
                const auto page = readOrders(ListKind::Plan, answer(changed), keys());
                if (page)
                    QVERIFY(page->rows <= 1);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestWire)
#include "tst_wire.moc"
