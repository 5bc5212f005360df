#include "exchange/publicdata.h"
#include "exchange/ratelimiter.h"
#include "exchange/wire.h"

#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

RawReply answer(const QByteArray &body, int status = 200)
{
    RawReply reply;
    reply.httpStatus = status;
    reply.body = body;
    return reply;
}

QByteArray rows(const QByteArray &json)
{
    return R"({"code":0,"data":[)" + json + R"(],"msg":""})";
}

} // namespace

/// Instruments and tickers.
class TestPublicData : public QObject
{
    Q_OBJECT

private slots:
    void requestsArePublicGets()
    {
        for (const ApiRequest &request : {instrumentsRequest(), tickersRequest()}) {
            QCOMPARE(request.verb, Verb::Get);
            QVERIFY(request.query.isEmpty() && request.body.isEmpty());
            QVERIFY(isPublic(request.bucket));
            QCOMPARE(limitOf(request.bucket), (RateLimit{5, 1s}));
        }
        QCOMPARE(instrumentsRequest().path, "/v1/perpum/instruments"_ba);
        QCOMPARE(tickersRequest().path, "/v1/perpumPublic/tickers"_ba);
        const auto one = tickerRequest(u"1000PEPE"_s);
        QVERIFY(one && isPublic(one->bucket));
        QCOMPARE(one->target(), "/v1/perpumPublic/ticker?instrument=1000PEPE"_ba);
        QVERIFY(!tickerRequest({}));
        QCOMPARE(tickerRequest(u"BTC&x=1"_s)->target(), "/v1/perpumPublic/ticker?instrument=BTC%26x%3D1"_ba);
        QCOMPARE(tickerRequest(u"币安 C"_s)->target(),
                 "/v1/perpumPublic/ticker?instrument=%E5%B8%81%E5%AE%89%20C"_ba);
    }

    void oneBadRowCostsItself()
    {
        for (const QByteArray &bad :
             {R"({"name":"X","oneLotSize":NaN,"last_price":NaN})"_ba, "{\"name\":\"\xff}"_ba, "{,}"_ba}) {
            const auto read = readInstruments(answer(rows(bad + R"(,{"name":"ETH"},{"name":"币安-C"})")));
            QVERIFY(read);
            QCOMPARE(read->last().name, u"币安-C"_s);
            QCOMPARE(read->at(read->size() - 2).name, u"ETH"_s);
            const auto tickers =
                readTickers(answer(rows(bad + R"(,{"base_coin":"btc","quote_coin":"usdt","last_price":1.50})")));
            QVERIFY(tickers && tickers->size() == 1);
            QCOMPARE(tickers->first().lastPrice.toText(), u"1.50"_s);
        }
    }

    void textsArePresentable()
    {
        const auto read = readInstruments(
            answer(rows(R"({"name":"B\u202eTC","base":"b\u200btc","quote":"<i>usdt","status":"on\nline"})")));
        QVERIFY(read && read->size() == 1);
        QCOMPARE(read->first().name, u"BTC\ufffd"_s);
        QCOMPARE(read->first().base, u"BTC"_s);
        QCOMPARE(read->first().quote, u"‹I›USDT"_s);
        QCOMPARE(read->first().statusWord, u"on line"_s);
        const auto tickers =
            readTickers(answer(rows(R"({"base_coin":"b\u202etc","quote_coin":"usdt\u0000","last_price":"1"})")));
        QVERIFY(tickers && tickers->size() == 1);
        QCOMPARE(tickers->first().base, u"BTC"_s);
        QCOMPARE(tickers->first().quote, u"USDT"_s);
    }

    void readsAnInstrument()
    {
        const auto read = readInstruments(answer(rows(
            R"({"id":1,"name":"BTC","base":"btc","quote":"usdt","pricePrecision":1,"oneLotSize":0.001,"status":"online"},)"
            R"({"name":"1000PEPE","base":"1000pepe","quote":"usdt","pricePrecision":"7","oneLotSize":"1000.0"})")));
        QVERIFY(read);
        QCOMPARE(read->size(), 2);
        QCOMPARE(read->at(0),
                 (Instrument{u"BTC"_s, u"BTC"_s, u"USDT"_s, 1, Decimal::fromText(u"0.001"), u"online"_s}));
        QCOMPARE(read->at(1).base, u"1000PEPE"_s);
        QCOMPARE(read->at(1).pricePrecision.value_or(-1), 7);
        QCOMPARE(read->at(1).lotSize->toText(), u"1000.0"_s);
        QVERIFY(read->at(1).statusWord.isEmpty());
    }

    void factsThatMakeNoSenseAreAbsent_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::newRow("nothing else") << R"({"name":"X"})"_ba;
        QTest::newRow("nulls") << R"({"name":"X","pricePrecision":null,"oneLotSize":null,"base":null})"_ba;
        QTest::newRow("words") << R"({"name":"X","pricePrecision":"many","oneLotSize":"null"})"_ba;
        QTest::newRow("negative") << R"({"name":"X","pricePrecision":-1,"oneLotSize":-0.1})"_ba;
        QTest::newRow("zero lot") << R"({"name":"X","pricePrecision":1.5,"oneLotSize":0})"_ba;
        QTest::newRow("huge") << R"({"name":"X","pricePrecision":9999999999,"oneLotSize":1e4000})"_ba;
        QTest::newRow("19 decimals") << R"({"name":"X","pricePrecision":19})"_ba;
        QTest::newRow("shapes") << R"({"name":"X","pricePrecision":[1],"oneLotSize":{"a":1},"quote":true})"_ba;
    }

    void factsThatMakeNoSenseAreAbsent()
    {
        QFETCH(QByteArray, fields);
        const auto read = readInstruments(answer(rows(fields)));
        QVERIFY(read);
        QCOMPARE(*read, (QList<Instrument>{{u"X"_s, {}, {}, {}, {}, {}}}));
    }

    void namelessRowsAreLeftOut()
    {
        const auto read = readInstruments(answer(rows(R"({"base":"btc"},5,null,[],{"name":""},{"name":"ETH"})")));
        QVERIFY(read);
        QCOMPARE(read->size(), 1);
        QCOMPARE(read->constFirst().name, u"ETH"_s);
    }

    void readsTickers()
    {
        const auto read = readTickers(
            answer(rows(R"({"name":"BTCUSDT","base_coin":"btc","quote_coin":"usdt","last_price":99012.30},)"
                        R"({"name":"1000PEPEUSDT","base_coin":"1000pepe","quote_coin":"usdt","last_price":1.23e-5},)"
                        R"({"name":"NONE","base_coin":"none","quote_coin":"usdt","last_price":0},)"
                        R"({"name":"HALF","base_coin":"half","last_price":1},{"last_price":2},7)")));
        QVERIFY(read);
        QCOMPARE(read->size(), 2);
        QCOMPARE(read->at(0).base, u"BTC"_s);
        QCOMPARE(read->at(0).quote, u"USDT"_s);
        QCOMPARE(read->at(0).lastPrice.toText(), u"99012.30"_s);
        QCOMPARE(read->at(1).lastPrice.toText(), u"0.0000123"_s);
    }

    void whatIsNoListIsAnError_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("kind");
        const auto kind = [](ApiError::Kind value) { return int(value); };
        QTest::newRow("no data") << R"({"code":0,"msg":""})"_ba << kind(ApiError::Kind::Malformed);
        QTest::newRow("object") << R"({"code":0,"msg":"","data":{"rows":[]}})"_ba << kind(ApiError::Kind::Malformed);
        QTest::newRow("null") << R"({"code":0,"msg":"","data":null})"_ba << kind(ApiError::Kind::Malformed);
        QTest::newRow("cut") << R"({"code":0,"msg":"","data":[{"name":"BTC"})"_ba << kind(ApiError::Kind::Malformed);
        QTest::newRow("too often") << R"({"code":29001,"msg":"often"})"_ba << kind(ApiError::Kind::Throttled);
        QTest::newRow("page") << "<html></html>"_ba << kind(ApiError::Kind::Malformed);
    }

    void whatIsNoListIsAnError()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, kind);
        QCOMPARE(int(readInstruments(answer(body)).error().kind), kind);
        QCOMPARE(int(readTickers(answer(body)).error().kind), kind);
    }

    void publicCallsLeaveTheSignedBudgetAlone()
    {
        RateLimiter limiter;
        const RateLimiter::Time start{};
        for (int i = 0; i < 5; ++i) {
            const auto ticket = limiter.tryAcquire(RateBucket::Tickers, RateLimiter::Priority::Read, start);
            QVERIFY(ticket);
            limiter.release(*ticket, start);
        }
        // Its own window is full, nobody else's.
        QVERIFY(!limiter.tryAcquire(RateBucket::Tickers, RateLimiter::Priority::Read, start + 999ms));
        QCOMPARE(limiter.freeCalls(start), limiter.callLimit(start));
        for (int i = 0; i < 6; ++i)
            QVERIFY(limiter.tryAcquire(RateBucket::OrderList, RateLimiter::Priority::Read, start));
        QVERIFY(limiter.tryAcquire(RateBucket::Instruments, RateLimiter::Priority::Read, start));
        QVERIFY(limiter.tryAcquire(RateBucket::Tickers, RateLimiter::Priority::Read, start + 1s));
    }
};

QTEST_GUILESS_MAIN(TestPublicData)
#include "tst_publicdata.moc"
