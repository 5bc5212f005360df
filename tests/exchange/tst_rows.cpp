#include "exchange/numbertext.h"
#include "exchange/rows.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace countermand;

namespace {

QJsonObject object(const QByteArray &json)
{
    return QJsonDocument::fromJson(quoteNumbers(json)).object();
}

ListedRow orderRow(const QByteArray &json, ListKind kind = ListKind::Plan)
{
    RowText row;
    // What is no row has no members, as a row of another kind of value.
    row.read(json, 0);
    return readListedRow(row, kind);
}
Order order(const QByteArray &json, ListKind kind = ListKind::Plan)
{
    return orderRow(json, kind).order;
}
QString text(const std::optional<Decimal> &number)
{
    return number ? number->toText() : u"—"_s;
}

} // namespace

class TestRows : public QObject
{
    Q_OBJECT

private slots:
    void textsArePresentable()
    {
        const Order row = order(R"({"id":"1\u202e2","instrument":"BTC\u0000","base":"b\u202etc","quote":"us\ndt",
            "direction":"<b>long</b>","status":"op\u200ben","posType":"odd\r\nword","source":"\u0000web",
            "thirdOrderId":"a\u2028b"})"_ba);
        // As it goes back.
        QCOMPARE(row.id.text(), u"1\u202e2"_s);
        QCOMPARE(row.id.shown(), u"1\\u202e2"_s);
        QCOMPARE(row.instrument, u"BTC\ufffd"_s);
        QCOMPARE(row.base, u"BTC"_s);
        QCOMPARE(row.quote, u"US DT"_s);
        QCOMPARE(row.positionSideWord, u"‹b›long‹/b›"_s);
        QCOMPARE(row.positionEffectWord, u"open"_s);
        QCOMPARE(row.typeWord, u"odd word"_s);
        QCOMPARE(row.source, u"web"_s);
        QCOMPARE(row.clientOrderId, u"ab"_s);
    }

    void longNumbersAreKeptAsSent()
    {
        const Order row =
            order(R"({"id":"1","orderPrice":95400.1234567890123456789,"stopLossPrice":"0.00000000000000000000123",
            "totalPiece":"30000000000000000000000","currentPiece":"12345678901234567890123"})"_ba);
        QCOMPARE(text(row.price), u"95400.1234567890123456789"_s);
        QCOMPARE(text(row.stopLossPrice), u"0.00000000000000000000123"_s);
        QCOMPARE(text(row.quantity), u"30000000000000000000000"_s);
        QCOMPARE(text(row.filledQuantity), u"17654321098765432109877"_s);
        QVERIFY(!row.unread);
    }

    void whatCanNotBeReadIsToldApartFromNone()
    {
        const Order none =
            order(R"({"id":"1","orderPrice":0,"stopLossPrice":null,"stopProfitPrice":"","triggerPrice":"null"})"_ba);
        QVERIFY(!none.unread && none.marketPrice);
        const Order odd =
            order(R"({"id":"1","orderPrice":"9,5","openPrice":"7","stopLossPrice":"82k","stopProfitPrice":-5,
            "triggerPrice":"1e","totalPiece":"many"})"_ba);
        QCOMPARE(odd.unread, UnreadNumber::Price | UnreadNumber::StopLoss | UnreadNumber::TakeProfit |
                                 UnreadNumber::TriggerPrice | UnreadNumber::Quantity);
        // Neither another number nor "no limit price".
        QVERIFY(!odd.price && !odd.marketPrice && !odd.stopLossPrice && !odd.takeProfitPrice && !odd.quantity);
        // What was canceled can't be read: nothing is taken from the size.
        const Order canceled = order(R"({"id":"1","totalPiece":5,"tradePiece":1,"cancelPiece":"x"})"_ba);
        QVERIFY(!canceled.remainingQuantity);
    }

    void anUnreadableStopIsStillAStop()
    {
        const Order stop =
            order(R"({"id":"1","openId":"7","stopLossPrice":"82k","closePiece":3})"_ba, ListKind::StopProfitLoss);
        QCOMPARE(stop.type, OrderType::StopLoss);
        QVERIFY(!stop.price);
        QCOMPARE(stop.unread, UnreadNumbers(UnreadNumber::Price));
        const Order both = order(R"({"id":"1","openId":"7","stopLossPrice":"82k","stopProfitPrice":"95000.0"})"_ba,
                                 ListKind::StopProfitLoss);
        QCOMPARE(both.type, OrderType::TakeProfitStopLoss);
        QCOMPARE(both.unread, UnreadNumbers(UnreadNumber::StopLoss));
        const Order trailing = order(R"({"id":"1","callbackPrice":"x","callbackRate":0.5})"_ba, ListKind::Trailing);
        QVERIFY(!trailing.callback);
        QCOMPARE(trailing.unread, UnreadNumbers(UnreadNumber::Callback));
    }

    void textsHaveALength()
    {
        const QByteArray endless(1 << 20, 'x');
        const Order row =
            order("{\"id\":\"1\",\"instrument\":\"" + endless + "\",\"base\":\"" + endless + "\",\"source\":\"" +
                  endless + "\",\"posType\":\"" + endless + "\",\"thirdOrderId\":\"" + endless + "\"}");
        QCOMPARE(row.instrument.size(), 41);
        QCOMPARE(row.base.size(), 20);
        QCOMPARE(row.source.size(), 40);
        QCOMPARE(row.typeWord.size(), 40);
        QCOMPARE(row.clientOrderId.size(), 64);
        // No id is so long: the entry is counted as one without.
        QVERIFY(order("{\"id\":\"" + QByteArray(129, '1') + "\"}").id.isEmpty());
        QCOMPARE(order("{\"id\":\"" + QByteArray(128, '1') + "\"}").id.text().size(), 128);
    }

    void recordsArePresentable()
    {
        const auto deal = readDealRow(object(R"({"orderId":"1","originalType":"pl\u200ban"})"_ba));
        QVERIFY(deal);
        QCOMPARE(deal->originalType, u"plan"_s);
        const auto past = readHistoryRow(object(R"({"id":"1","instrument":"B\nTC","originalType":"pl\u202ean"})"_ba));
        QVERIFY(past);
        QCOMPARE(past->instrument, u"B TC\ufffd"_s);
        QCOMPARE(past->originalType, u"plan"_s);
    }

    void readsARowOfNumbers()
    {
        const Order row = order(R"({"id":33309055657300001,"instrument":"ETH","direction":"short","status":"open",
            "orderStatus":"unFinish","originalType":"plan","posType":"plan","orderPrice":4210.55,
            "quantity":25,"quantityUnit":1,"totalPiece":25,"currentPiece":25,"baseSize":0.25,
            "leverage":10,"source":"web","createdDate":1767225000000,"updatedDate":1767225000001})"_ba);
        QCOMPARE(row.id.text(), u"33309055657300001"_s);
        QCOMPARE(row.instrument, u"ETH"_s);
        QVERIFY(row.base.isEmpty());
        QCOMPARE(row.positionSide, PositionSide::Short);
        QCOMPARE(row.positionEffect, PositionEffect::Open);
        QCOMPARE(row.type, OrderType::Limit);
        QCOMPARE(row.typeWord, u"plan"_s);
        QCOMPARE(text(row.price), u"4210.55"_s);
        QVERIFY(!row.marketPrice);
        QCOMPARE(text(row.quantity), u"25"_s);
        QCOMPARE(text(row.remainingQuantity), u"25"_s);
        QCOMPARE(text(row.filledQuantity), u"0"_s);
        QCOMPARE(text(row.leverage), u"10"_s);
        QCOMPARE(row.source, u"web"_s);
        QCOMPARE(row.placedAt.toMSecsSinceEpoch(), 1767225000000);
        QCOMPARE(row.placedAt.timeSpec(), Qt::UTC);
        QCOMPARE(row.updatedAt.toMSecsSinceEpoch(), 1767225000001);
    }

    void readsARowOfTexts()
    {
        const Order row = order(R"({"id":"33309055657300002","instrument":"BTC","base":"btc","quote":"usdt",
            "direction":"long","status":"close","orderStatus":"part","originalType":"plan","posType":"plan",
            "orderPrice":"99100.50","totalPiece":"3","tradePiece":"1","cancelPiece":"0","currentPiece":"2",
            "leverage":"5","thirdOrderId":"desk-0007","source":"api","stopProfitPrice":"101000.0",
            "stopLossPrice":"null","createdDate":"1767225100000"})"_ba);
        QCOMPARE(row.id.text(), u"33309055657300002"_s);
        QCOMPARE(row.base, u"BTC"_s);
        QCOMPARE(row.quote, u"USDT"_s);
        QCOMPARE(row.positionSide, PositionSide::Long);
        QCOMPARE(row.positionEffect, PositionEffect::Close);
        QCOMPARE(text(row.price), u"99100.50"_s);
        QCOMPARE(text(row.filledQuantity), u"1"_s);
        QCOMPARE(text(row.remainingQuantity), u"2"_s);
        QCOMPARE(text(row.takeProfitPrice), u"101000.0"_s);
        QCOMPARE(text(row.stopLossPrice), u"—"_s);
        QCOMPARE(row.clientOrderId, u"desk-0007"_s);
        QVERIFY(!row.updatedAt.isValid());
        QVERIFY(isPartlyFilled(row));
        QVERIFY(isProtective(row));
    }

    void ids_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("id");
        QTest::newRow("above 2^53") << R"({"id":33308749002645666})"_ba << u"33308749002645666"_s;
        QTest::newRow("2^63-1") << R"({"id":9223372036854775807})"_ba << u"9223372036854775807"_s;
        QTest::newRow("above 2^64") << R"({"id":99999999999999999999999})"_ba << u"99999999999999999999999"_s;
        QTest::newRow("text") << R"({"id":"P-33308741700001947"})"_ba << u"P-33308741700001947"_s;
        QTest::newRow("odd") << "{\"id\":\"a\\\"b\\\\c é\"}"_ba << u"a\"b\\c é"_s;
        QTest::newRow("leading zeros") << R"({"id":"007"})"_ba << u"007"_s;
        QTest::newRow("null") << R"({"id":null})"_ba << QString();
        QTest::newRow("'null'") << R"({"id":"null"})"_ba << QString();
        QTest::newRow("missing") << R"({"orderId":5})"_ba << QString();
        QTest::newRow("empty") << R"({"id":""})"_ba << QString();
        QTest::newRow("object") << R"({"id":{"a":1}})"_ba << QString();
        QTest::newRow("bool") << R"({"id":true})"_ba << QString();
    }

    void ids()
    {
        QFETCH(QByteArray, json);
        QTEST(order(json).id.text(), "id");
    }

    void prices_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("price");
        QTest::addColumn<bool>("market");
        QTest::newRow("digits") << R"({"orderPrice":95400.10})"_ba << u"95400.10"_s << false;
        QTest::newRow("tiny") << R"({"orderPrice":0.0000123})"_ba << u"0.0000123"_s << false;
        QTest::newRow("exponent") << R"({"orderPrice":1.23E-5})"_ba << u"0.0000123"_s << false;
        QTest::newRow("zero") << R"({"orderPrice":0})"_ba << u"—"_s << true;
        QTest::newRow("zero text") << R"({"orderPrice":"0.00"})"_ba << u"—"_s << true;
        QTest::newRow("largest") << R"({"orderPrice":2147483647})"_ba << u"—"_s << true;
        QTest::newRow("largest text") << R"({"orderPrice":"2147483647.0"})"_ba << u"—"_s << true;
        QTest::newRow("openPrice") << R"({"openPrice":"171.5"})"_ba << u"171.5"_s << false;
        QTest::newRow("openPrice beside null")
            << R"({"orderPrice":null,"openPrice":"171.5"})"_ba << u"171.5"_s << false;
        QTest::newRow("orderPrice first") << R"({"orderPrice":"1.5","openPrice":"171.5"})"_ba << u"1.5"_s << false;
        QTest::newRow("missing") << R"({})"_ba << u"—"_s << false;
        QTest::newRow("negative") << R"({"orderPrice":-5})"_ba << u"—"_s << false;
        QTest::newRow("word") << R"({"orderPrice":"cheap"})"_ba << u"—"_s << false;
        QTest::newRow("comma") << R"({"orderPrice":"95,400"})"_ba << u"—"_s << false;
        QTest::newRow("long") << R"({"orderPrice":1234567890.1234567890})"_ba << u"1234567890.1234567890"_s << false;
    }

    void prices()
    {
        QFETCH(QByteArray, json);
        const Order row = order(json);
        QTEST(text(row.price), "price");
        QTEST(row.marketPrice, "market");
    }

    void types_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("type");
        QTest::addColumn<QString>("word");
        const auto row = [](const char *name, const char *json, ListKind kind, OrderType type, const char *word) {
            QTest::newRow(name) << QByteArray(json) << int(kind) << int(type) << QString::fromLatin1(word);
        };
        row("limit", R"({"posType":"plan","orderPrice":1})", ListKind::Plan, OrderType::Limit, "plan");
        row("case", R"({"posType":"PLAN","orderPrice":1})", ListKind::Plan, OrderType::Limit, "PLAN");
        row("plan without a limit", R"({"posType":"plan","orderPrice":0})", ListKind::Plan, OrderType::Market,
            "plan");
        row("plan without a price", R"({"posType":"plan"})", ListKind::Plan, OrderType::Other, "plan");
        row("market", R"({"posType":"execute","orderPrice":0})", ListKind::Execute, OrderType::Market, "execute");
        row("plan row in another list", R"({"posType":"plan","orderPrice":1})", ListKind::Execute, OrderType::Limit,
            "plan");
        row("kind now before kind placed", R"({"posType":"plan","originalType":"planTrigger","orderPrice":1})",
            ListKind::Plan, OrderType::Limit, "plan");
        row("kind placed", R"({"posType":null,"originalType":"planTrigger"})", ListKind::Plan, OrderType::Trigger,
            "planTrigger");
        row("conditional", R"({"posType":"planTrigger","triggerPrice":5})", ListKind::Trigger, OrderType::Trigger,
            "planTrigger");
        row("by the list: plan", R"({"orderPrice":1})", ListKind::Plan, OrderType::Limit, "plan");
        row("by the list: execute", "{}", ListKind::Execute, OrderType::Market, "execute");
        row("by the list: trigger", "{}", ListKind::Trigger, OrderType::Trigger, "planTrigger");
        row("by the list: trailing", "{}", ListKind::Trailing, OrderType::TrailingStop, "moveStopProfitLoss");
        row("by the list: take profit", R"({"stopProfitPrice":5})", ListKind::StopProfitLoss, OrderType::TakeProfit,
            "stopProfitLoss");
        row("by the list: stop loss", R"({"stopLossPrice":5})", ListKind::StopProfitLoss, OrderType::StopLoss,
            "stopProfitLoss");
        row("neither", "{}", ListKind::StopProfitLoss, OrderType::Other, "stopProfitLoss");
        row("moveStop", R"({"posType":"moveStop"})", ListKind::Plan, OrderType::TrailingStop, "moveStop");
        row("post only", R"({"posType":"PostOnly","orderPrice":1})", ListKind::Plan, OrderType::Other, "PostOnly");
        row("IOC", R"({"posType":"IOC","orderPrice":1})", ListKind::Plan, OrderType::Other, "IOC");
        row("unheard of", R"({"posType":"iceberg"})", ListKind::Plan, OrderType::Other, "iceberg");
    }

    void types()
    {
        QFETCH(QByteArray, json);
        QFETCH(int, kind);
        const Order row = order(json, ListKind(kind));
        QTEST(int(row.type), "type");
        QTEST(row.typeWord, "word");
    }

    void words_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("side");
        QTest::addColumn<int>("effect");
        QTest::addColumn<QString>("sideWord");
        QTest::addColumn<QString>("effectWord");
        QTest::newRow("known") << R"({"direction":"long","status":"open"})"_ba << 0 << 0 << u"long"_s << u"open"_s;
        QTest::newRow("case") << R"({"direction":"Short","status":"CLOSE"})"_ba << 1 << 1 << u"Short"_s << u"CLOSE"_s;
        QTest::newRow("unknown") << R"({"direction":"both","status":"reduce"})"_ba << -1 << -1 << u"both"_s
                                 << u"reduce"_s;
        QTest::newRow("missing") << R"({"direction":null})"_ba << -1 << -1 << QString() << QString();
    }

    void words()
    {
        QFETCH(QByteArray, json);
        const Order row = order(json);
        QTEST(row.positionSide ? int(*row.positionSide) : -1, "side");
        QTEST(row.positionEffect ? int(*row.positionEffect) : -1, "effect");
        QTEST(row.positionSideWord, "sideWord");
        QTEST(row.positionEffectWord, "effectWord");
    }

    void open_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<bool>("open");
        QTest::newRow("silent") << R"({})"_ba << true;
        QTest::newRow("unfilled") << R"({"orderStatus":"unFinish"})"_ba << true;
        QTest::newRow("part") << R"({"orderStatus":"part"})"_ba << true;
        QTest::newRow("unknown word") << R"({"orderStatus":"markerChange"})"_ba << true;
        QTest::newRow("closing") << R"({"orderStatus":"unFinish","status":"close"})"_ba << true;
        QTest::newRow("finish") << R"({"orderStatus":"finish"})"_ba << false;
        QTest::newRow("Finish") << R"({"orderStatus":"Finish"})"_ba << false;
        QTest::newRow("cancel") << R"({"orderStatus":"cancel"})"_ba << false;
        QTest::newRow("Cancel") << R"({"orderStatus":"Cancel"})"_ba << false;
        QTest::newRow("cancelAll") << R"({"orderStatus":"cancelAll"})"_ba << false;
        QTest::newRow("status cancel") << R"({"orderStatus":"unFinish","status":"cancel"})"_ba << false;
        QTest::newRow("trigger status of a plan row") << R"({"posType":"plan","triggerStatus":2})"_ba << true;
        QTest::newRow("waiting TP/SL") << R"({"posType":"stopProfitLoss","triggerStatus":0})"_ba << true;
        QTest::newRow("canceled TP/SL") << R"({"posType":"stopProfitLoss","triggerStatus":2})"_ba << false;
    }

    void open()
    {
        QFETCH(QByteArray, json);
        QTEST(orderRow(json).isOpen, "open");
    }

    void pieces_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("total");
        QTest::addColumn<QString>("filled");
        QTest::addColumn<QString>("remaining");
        QTest::newRow("all given") << R"({"totalPiece":5,"tradePiece":2,"cancelPiece":1,"currentPiece":9})"_ba
                                   << u"5"_s << u"2"_s << u"2"_s;
        QTest::newRow("no cancelPiece") << R"({"totalPiece":"5","tradePiece":"2"})"_ba << u"5"_s << u"2"_s << u"3"_s;
        QTest::newRow("no tradePiece") << R"({"totalPiece":5,"currentPiece":3})"_ba << u"5"_s << u"2"_s << u"3"_s;
        QTest::newRow("only current") << R"({"currentPiece":3})"_ba << u"—"_s << u"—"_s << u"3"_s;
        QTest::newRow("only total") << R"({"totalPiece":3})"_ba << u"3"_s << u"—"_s << u"—"_s;
        QTest::newRow("nothing") << R"({})"_ba << u"—"_s << u"—"_s << u"—"_s;
        QTest::newRow("contradiction") << R"({"totalPiece":3,"tradePiece":5})"_ba << u"3"_s << u"5"_s << u"—"_s;
        QTest::newRow("current above total")
            << R"({"totalPiece":3,"currentPiece":5})"_ba << u"3"_s << u"—"_s << u"5"_s;
        QTest::newRow("negative") << R"({"totalPiece":-3,"currentPiece":"x"})"_ba << u"—"_s << u"—"_s << u"—"_s;
        QTest::newRow("fractions") << R"({"totalPiece":1.5,"tradePiece":0.50})"_ba << u"1.5"_s << u"0.50"_s
                                   << u"1.00"_s;
    }

    void pieces()
    {
        QFETCH(QByteArray, json);
        const Order row = order(json);
        QTEST(text(row.quantity), "total");
        QTEST(text(row.filledQuantity), "filled");
        QTEST(text(row.remainingQuantity), "remaining");
    }

    void readsATakeProfitRow()
    {
        const Order row = order(R"({"id":"77","openId":2435521222699900001,"instrument":"SOL","direction":"long",
            "closePiece":"20","stopProfitPrice":"140.50","stopLossPrice":"0","triggerStatus":0})"_ba,
                                ListKind::StopProfitLoss);
        QCOMPARE(row.type, OrderType::TakeProfit);
        QCOMPARE(text(row.price), u"140.50"_s);
        QCOMPARE(text(row.quantity), u"20"_s);
        QCOMPARE(text(row.remainingQuantity), u"20"_s);
        QCOMPARE(text(row.filledQuantity), u"—"_s);
        QCOMPARE(row.positionSide, PositionSide::Long);
        QCOMPARE(row.positionEffect, PositionEffect::Close);
        QVERIFY(!row.takeProfitPrice);
        QVERIFY(!row.stopLossPrice);
        QVERIFY(isProtective(row));
        QCOMPARE(row.positionId, u"2435521222699900001"_s);
    }

    void readsARowWithBothPrices()
    {
        const Order row = order(R"({"id":"77","openId":2435521222699900001,"closePiece":1,"stopProfitPrice":140.0,
            "stopLossPrice":"90"})"_ba,
                                ListKind::StopProfitLoss);
        QCOMPARE(row.type, OrderType::TakeProfitStopLoss);
        QVERIFY(carriesBoth(row));
        QVERIFY(isProtective(row));
        QVERIFY(!row.price);
        QVERIFY(!row.marketPrice);
        QCOMPARE(text(row.takeProfitPrice), u"140.0"_s);
        QCOMPARE(text(row.stopLossPrice), u"90"_s);
        QCOMPARE(text(row.remainingQuantity), u"1"_s);
        QCOMPARE(row.positionId, u"2435521222699900001"_s);
    }

    void callbacks_data()
    {
        QTest::addColumn<QByteArray>("members");
        QTest::addColumn<QString>("number");
        QTest::addColumn<int>("unit");
        using U = Callback::Unit;
        const auto row = [](const char *members, const char16_t *number, U unit) {
            QTest::newRow(members) << QByteArray(members) << QString::fromUtf16(number) << int(unit);
        };
        row(R"("callbackRate":0.5)", u"0.5", U::Unknown);
        row(R"("callbackRate":"0.005","callbackType":"rate")", u"0.005", U::Fraction);
        row(R"("callbackRate":0.005,"callbackType":"RATIO")", u"0.005", U::Fraction);
        row(R"("callbackRate":25.50,"callbackType":"price")", u"25.50", U::Price);
        row(R"("callbackRate":0.005,"callbackType":1)", u"0.005", U::Unknown);
        row(R"("callbackPrice":25.50)", u"25.50", U::Price);
        row(R"("callbackRate":0)", u"—", U::Unknown);
        row(R"("callbackRate":null)", u"—", U::Unknown);
        row(R"("callbackRate":-0.5)", u"—", U::Unknown);
    }

    void callbacks()
    {
        QFETCH(QByteArray, members);
        const Order row = order("{\"id\":5," + members + "}", ListKind::Trailing);
        QCOMPARE(row.type, OrderType::TrailingStop);
        QTEST(row.callback ? row.callback->number.toText() : u"—"_s, "number");
        QTEST(int(row.callback.value_or(Callback()).unit), "unit");
        QVERIFY(!order("{\"id\":5,\"posType\":\"plan\"," + members + "}").callback);
    }

    void aTrailingRowSaysItsSizeInCurrentPieces()
    {
        const Order row = order(R"({"id":"650302470000001","currentPiece":3,"openId":"9","orderPrice":0,
            "triggerPrice":0})"_ba,
                                ListKind::Trailing);
        QCOMPARE(text(row.remainingQuantity), u"3"_s);
        QCOMPARE(text(row.quantity), u"3"_s);
        QCOMPARE(text(row.filledQuantity), u"—"_s);
        QCOMPARE(row.positionId, u"9"_s);
        QVERIFY(!row.triggerPrice);
        QVERIFY(!row.marketPrice);
    }

    void readsATrailingRow()
    {
        const Order row = order(R"({"id":55,"instrument":"SOL","base":"sol","quote":"usdt","direction":"short",
            "status":"close","closePiece":20,"callbackRate":0.5,"triggerPrice":130.0,"finishStatus":1})"_ba,
                                ListKind::Trailing);
        QCOMPARE(row.type, OrderType::TrailingStop);
        QVERIFY(!row.price);
        QVERIFY(!row.marketPrice);
        QCOMPARE(text(row.triggerPrice), u"130.0"_s);
        QCOMPARE(text(row.remainingQuantity), u"20"_s);
        QCOMPARE(row.positionEffect, PositionEffect::Close);
        QVERIFY(orderRow(R"({"id":55,"status":"close"})"_ba, ListKind::Trailing).isOpen);
    }

    void readsAConditionalRow()
    {
        const Order limit = order(R"({"id":1,"posType":"planTrigger","triggerPrice":"3104.20","triggerType":0,
            "orderPrice":"3104.20"})"_ba,
                                  ListKind::Trigger);
        QCOMPARE(limit.type, OrderType::Trigger);
        QCOMPARE(text(limit.triggerPrice), u"3104.20"_s);
        QCOMPARE(text(limit.price), u"3104.20"_s);
        const Order market =
            order(R"({"id":1,"posType":"planTrigger","triggerPrice":3104.20,"triggerType":1})"_ba, ListKind::Trigger);
        QVERIFY(market.marketPrice);
        QVERIFY(!market.price);
    }

    void dates_data()
    {
        QTest::addColumn<QByteArray>("value");
        for (const char *value : {"0", "-1", "null", "\"null\"", "\"soon\"", "9223372036854775807", "1.5e12", "true"})
            QTest::newRow(value) << QByteArray(value);
    }

    void dates()
    {
        QFETCH(QByteArray, value);
        QVERIFY(!order("{\"createdDate\":" + value + "}").placedAt.isValid());
    }

    void deals_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("price");
        using K = DealRecord::Kind;
        const auto row = [](const char *name, const char *json, K kind, const char *price) {
            QTest::newRow(name) << QByteArray(json) << int(kind) << QString::fromUtf8(price);
        };
        row("opening trade",
            R"({"orderId":1,"orderStatus":"finish","status":"open","openPrice":85.60,"closePrice":0})", K::Execution,
            "85.60");
        row("closing trade",
            R"({"orderId":1,"orderStatus":"Finish","status":"close","openPrice":85992.6,"closePrice":85992.4})",
            K::Execution, "85992.4");
        row("trade without a price", R"({"orderId":1,"orderStatus":"finish","status":"close","openPrice":5})",
            K::Execution, "—");
        row("part", R"({"orderId":1,"orderStatus":"part","totalPiece":5})", K::Execution, "—");
        row("canceled",
            R"({"orderId":1,"orderStatus":"cancel","status":"close","openPrice":87909.75,"closePrice":0})",
            K::Cancellation, "—");
        row("canceled, other words", R"({"orderId":1,"orderStatus":"cancelAll","openPrice":5})", K::Cancellation,
            "—");
        row("unknown word", R"({"orderId":1,"orderStatus":"markerChange","openPrice":5})", K::Other, "—");
        row("silent", R"({"orderId":1})", K::Other, "—");
    }

    void deals()
    {
        QFETCH(QByteArray, json);
        const auto deal = readDealRow(object(json));
        QVERIFY(deal);
        QTEST(int(deal->kind), "kind");
        QTEST(text(deal->price), "price");
    }

    void dealsAreFoundByOrderId()
    {
        const auto deal = readDealRow(object(R"({"id":23469279599900001,"orderId":33309055657300004,
            "openId":2435521222699900002,"originalType":"plan","orderStatus":"cancel",
            "createdDate":1767210000000,"updatedDate":1767211000000})"_ba));
        QVERIFY(deal->isOf(OrderId(u"33309055657300004"_s)));
        QVERIFY(!deal->isOf(OrderId(u"23469279599900001"_s)));
        QVERIFY(!deal->isOf(OrderId()));
        QCOMPARE(deal->positionId, u"2435521222699900002"_s);
        QCOMPARE(deal->originalType, u"plan"_s);
        QCOMPARE(deal->createdAt.toMSecsSinceEpoch(), 1767210000000);
        QCOMPARE(deal->updatedAt.toMSecsSinceEpoch(), 1767211000000);
        QVERIFY(!readDealRow(object(R"({"id":23469279599900001,"orderStatus":"cancel"})"_ba)));
        QVERIFY(!readDealRow(object(R"({"orderId":null})"_ba)));
    }

    void history_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("total");
        QTest::addColumn<QString>("filled");
        QTest::addColumn<QString>("canceled");
        QTest::addColumn<QString>("average");
        using K = HistoryRecord::Kind;
        const auto row = [](const char *name, const char *json, K kind, const char *total, const char *filled,
                            const char *canceled, const char *average) {
            QTest::newRow(name) << QByteArray(json) << int(kind) << QString::fromUtf8(total)
                                << QString::fromUtf8(filled) << QString::fromUtf8(canceled)
                                << QString::fromUtf8(average);
        };
        row("filled",
            R"({"id":1,"orderStatus":"finish","totalPiece":"2","tradePiece":2,"cancelPiece":0,"avgPrice":"98755.10"})",
            K::Finished, "2", "2", "0", "98755.10");
        row("filled, silent", R"({"id":1,"orderStatus":"Finish","totalPiece":"2","currentPiece":"2","quantity":"2"})",
            K::Finished, "2", "—", "—", "—");
        row("canceled after a part",
            R"({"id":1,"orderStatus":"cancel","totalPiece":5,"tradePiece":2,"cancelPiece":3})", K::Canceled, "5", "2",
            "3", "—");
        row("canceled, what is left", R"({"id":1,"orderStatus":"cancelAll","totalPiece":5,"cancelPiece":3})",
            K::Canceled, "5", "—", "3", "—");
        row("canceled, silent", R"({"id":1,"orderStatus":"cancel","totalPiece":5,"closedPiece":0,"currentPiece":0})",
            K::Canceled, "5", "—", "—", "—");
        row("part", R"({"id":1,"orderStatus":"part","totalPiece":5,"tradePiece":2,"avgPrice":"0"})", K::Partial, "5",
            "2", "—", "—");
        row("unknown word", R"({"id":1,"orderStatus":"markerChange","totalPiece":5})", K::Other, "5", "—", "—", "—");
        row("silent", R"({"id":1})", K::Other, "—", "—", "—", "—");
    }

    void history()
    {
        QFETCH(QByteArray, json);
        const auto past = readHistoryRow(object(json));
        QVERIFY(past);
        QTEST(int(past->kind), "kind");
        QTEST(text(past->total), "total");
        QTEST(text(past->filled), "filled");
        QTEST(text(past->canceled), "canceled");
        QTEST(text(past->averagePrice), "average");
    }

    void historyIsFoundById()
    {
        const auto past = readHistoryRow(object(R"({"id":"33309055657300003","orderId":2990000003,
            "openId":2435521222699900001,"instrument":"BTC","originalType":"execute","createdDate":"1767220000000",
            "updatedDate":"1767220001000"})"_ba));
        QVERIFY(past->isOf(OrderId(u"33309055657300003"_s)));
        QVERIFY(!past->isOf(OrderId(u"2990000003"_s)));
        QCOMPARE(past->positionId, u"2435521222699900001"_s);
        QCOMPARE(past->instrument, u"BTC"_s);
        QCOMPARE(past->originalType, u"execute"_s);
        QCOMPARE(past->createdAt.toMSecsSinceEpoch(), 1767220000000);
        QCOMPARE(past->updatedAt.toMSecsSinceEpoch(), 1767220001000);
        QVERIFY(!readHistoryRow(object(R"({"orderId":2990000003,"orderStatus":"finish"})"_ba)));
    }
};

QTEST_GUILESS_MAIN(TestRows)
#include "tst_rows.moc"
