#include "domain/qtversions.h"
#include "practice/practicereads.h"
#include "practice/practicerows.h"

#include <QJsonDocument>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestPracticeReads : public QObject
{
    Q_OBJECT

private slots:
    void bodies_data();
    void bodies();
    void refusals_data();
    void refusals();
    void unknownPaths();
    void rowsHaveTheirShape_data();
    void rowsHaveTheirShape();
    void pricesKeepEveryDigit();
    void conditionalOrdersNeedTheirInstrument();
    void trailingIsNullWhenThereIsNone();
    void pages_data();
    void pages();
    void canceledOrdersAreOnlyInDeals();
    void cancellationsWithoutARecordOfTheirOwn();
    void datesAreWholeSeconds();
    void filledOrdersAreInBoth();
    void partlyFilledThenCanceled();
    void baseSizeIsExact();
};

namespace {

const QDateTime start(QDate(2026, 3, 4), QTime(12, 0), inUtc);
const OrderId partly(u"P-33308741700001947"_s);
const OrderId small(u"P-33308741700007828"_s);

QJsonObject envelope(const PracticeBook &book, const QByteArray &path, const QByteArray &query = {})
{
    const std::optional<PracticeReading> reading = practiceReading(book, path, query);
    return reading ? QJsonDocument::fromJson(reading->body).object() : QJsonObject();
}

QJsonArray rows(const PracticeBook &book, const QByteArray &path, const QByteArray &query)
{
    const QJsonValue data = envelope(book, path, query).value("data"_L1);
    return data.isArray() ? data.toArray() : data.toObject().value("rows"_L1).toArray();
}

QStringList tails(const QJsonArray &array)
{
    QStringList list;
    for (const QJsonValue &row : array)
        list.append(row.toObject().value("id"_L1).toString().right(4));
    return list;
}

/// "name:type" of every member, sorted: s text, n number, 0 null, b bool.
QString shape(const QJsonObject &row)
{
    QStringList members;
    for (auto it = row.begin(); it != row.end(); ++it) {
        const QString type = it->isString()   ? u"s"_s
                             : it->isDouble() ? u"n"_s
                             : it->isNull()   ? u"0"_s
                             : it->isBool()   ? u"b"_s
                                              : u"?"_s;
        members.append(it.key() + ':'_L1 + type);
    }
    return members.join(' '_L1);
}

/// As the fields of CoinW's transaction-details page.
bool carriesNoQuantity(const QJsonObject &deal)
{
    return !deal.contains("tradePiece"_L1) && !deal.contains("cancelPiece"_L1) && !deal.contains("avgPrice"_L1);
}

constexpr auto listPath = "/v1/perpum/order";
constexpr auto openPath = "/v1/perpum/orders/open";
constexpr auto trailingPath = "/v1/perpum/moveTPSL";
constexpr auto dealsPath = "/v1/perpum/orders/deals";
constexpr auto historyPath = "/v1/perpum/orders/history";

} // namespace

void TestPracticeReads::bodies_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const char *path, const char *query, const QStringList &ids) {
        QTest::newRow(name) << QByteArray(path) << QByteArray(query) << ids;
    };
    row("plan", listPath, "positionType=plan", {u"1947"_s, u"2046"_s, u"3155"_s, u"7828"_s, u"0093"_s, u"5620"_s});
    row("plan of one", listPath, "positionType=plan&instrument=eth", {u"7828"_s});
    row("digits first", listPath, "positionType=plan&instrument=1000pepe", {u"0093"_s});
    row("execute", listPath, "positionType=execute", {});
    row("stopProfitLoss", listPath, "positionType=stopProfitLoss", {});
    row("untriggered never here", listPath, "positionType=planTrigger", {});
    row("moveStop", listPath, "positionType=moveStop", {u"5512"_s});
    row("moveTPSL", trailingPath, "", {u"5512"_s});
    row("conditional", openPath, "instrument=ETH&positionType=planTrigger", {u"7715"_s});
    row("conditional elsewhere", openPath, "instrument=BTC&positionType=planTrigger", {});
    row("plan by instrument", openPath, "instrument=btc&positionType=plan", {u"1947"_s, u"2046"_s, u"3155"_s});
    row("trailing by instrument", openPath, "instrument=SOL&positionType=moveStopProfitLoss", {u"5512"_s});
    row("unknown instrument", openPath, "instrument=DOGE&positionType=plan", {});
    row("no deals yet", dealsPath, "instrument=BTC", {});
    row("no history yet", historyPath, "", {});
}

void TestPracticeReads::bodies()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, query);
    QFETCH(QStringList, expected);
    const PracticeBook book(start);
    QCOMPARE(envelope(book, path, query).value("code"_L1), QJsonValue(0));
    QCOMPARE(envelope(book, path, query).value("msg"_L1), QJsonValue(QString()));
    QCOMPARE(tails(rows(book, path, query)), expected);
    // The page calls answer a page, the others a bare array.
    const bool paged = path == openPath || path == dealsPath || path == historyPath;
    QCOMPARE(envelope(book, path, query).value("data"_L1).isObject(), paged);
}

void TestPracticeReads::refusals_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<int>("code");
    QTest::newRow("no kind") << QByteArray(listPath) << QByteArray() << 402;
    QTest::newRow("unknown kind") << QByteArray(listPath) << QByteArray("positionType=x") << 9016;
    QTest::newRow("no instrument") << QByteArray(openPath) << QByteArray("positionType=plan") << 402;
    QTest::newRow("no kind, paged") << QByteArray(openPath) << QByteArray("instrument=BTC") << 402;
    QTest::newRow("unknown kind, paged")
        << QByteArray(openPath) << QByteArray("instrument=BTC&positionType=all") << 9016;
    QTest::newRow("page zero") << QByteArray(openPath) << QByteArray("instrument=BTC&positionType=plan&page=0")
                               << 9016;
    QTest::newRow("page in words") << QByteArray(openPath) << QByteArray("instrument=BTC&positionType=plan&page=one")
                                   << 9016;
    QTest::newRow("empty pages") << QByteArray(historyPath) << QByteArray("pageSize=0") << 9016;
    QTest::newRow("deals of nothing") << QByteArray(dealsPath) << QByteArray() << 402;
}

void TestPracticeReads::refusals()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, query);
    QFETCH(int, code);
    const QJsonObject answer = envelope(PracticeBook(start), path, query);
    QCOMPARE(answer.value("code"_L1), QJsonValue(code));
    QVERIFY(!answer.value("msg"_L1).toString().isEmpty());
    QVERIFY(!answer.contains("data"_L1));
}

void TestPracticeReads::unknownPaths()
{
    const PracticeBook book(start);
    for (const char *path : {"/", "", "/v1/perpum/orders", "/v1/perpum/order/", "/v1/perpum/batchOrders"})
        QVERIFY2(!practiceReading(book, path, {}), path);
}

void TestPracticeReads::rowsHaveTheirShape_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("expected");
    QTest::newRow("order: numbers as text, null")
        << QByteArray(listPath) << QByteArray("positionType=plan")
        << u"base:s baseSize:s contractType:n createdDate:n currentPiece:s direction:s id:s instrument:s "
           "leverage:s liquidateBy:s margin:s orderPrice:s orderStatus:s originalType:s posType:s positionModel:n "
           "processStatus:n quantity:s quantityUnit:n quote:s source:s status:s stopLossPrice:0 "
           "stopProfitPrice:s totalPiece:s tradePiece:s updatedDate:n userId:s"_s;
    QTest::newRow("orders/open: numbers as numbers, nothing filled")
        << QByteArray(openPath) << QByteArray("instrument=ETH&positionType=planTrigger")
        << u"base:s baseSize:s contractType:n createdDate:n currentPiece:n direction:s id:s instrument:s "
           "leverage:n liquidateBy:s margin:s orderPrice:s orderStatus:s originalType:s posType:s positionModel:n "
           "processStatus:n quantity:n quantityUnit:n quote:s source:s status:s totalPiece:n triggerPrice:s "
           "triggerType:n updatedDate:n userId:n"_s;
    QTest::newRow("moveTPSL") << QByteArray(trailingPath) << QByteArray()
                              << u"base:s createdDate:n currentPiece:n direction:s finishStatus:n id:s "
                                 "instrument:s leverage:n openId:n orderPrice:n originalType:s posType:s "
                                 "positionModel:n quantity:n quantityUnit:n quote:s source:s status:s "
                                 "triggerPrice:n updatedDate:n"_s;
    QTest::newRow("deals") << QByteArray(dealsPath) << QByteArray("instrument=BTC")
                           << u"base:s closePrice:s closedPiece:n createdDate:n currentPiece:n direction:s fee:s "
                              "id:n instrument:s liquidateBy:s netProfit:n openId:n openPrice:s orderId:s "
                              "orderPrice:s orderStatus:s originalType:s quantity:n quantityUnit:n quote:s "
                              "source:s status:s takerMaker:n totalPiece:n updatedDate:n"_s;
    QTest::newRow("history") << QByteArray(historyPath) << QByteArray("instrument=BTC")
                             << u"avgPrice:s base:s cancelPiece:n createdDate:n currentPiece:s direction:s "
                                "havShortfall:b id:s instrument:s leverage:s openId:n orderId:n orderPrice:s "
                                "orderStatus:s originalType:s posType:s positionModel:n quantity:s "
                                "quantityUnit:n quote:s source:s status:s totalPiece:s tradePiece:n "
                                "updatedDate:n"_s;
}

void TestPracticeReads::rowsHaveTheirShape()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, query);
    QFETCH(QString, expected);
    PracticeBook book(start);
    if (path == dealsPath || path == historyPath)
        book.fillFully(partly, start);
    QCOMPARE(shape(rows(book, path, query).at(0).toObject()), expected);
}

void TestPracticeReads::pricesKeepEveryDigit()
{
    const PracticeBook book(start);
    const QJsonObject first = rows(book, listPath, "positionType=plan").at(0).toObject();
    QCOMPARE(first.value("orderPrice"_L1), QJsonValue(u"64210.0"_s));
    QCOMPARE(first.value("stopProfitPrice"_L1), QJsonValue(u"66000.0"_s));
    QCOMPARE(first.value("tradePiece"_L1), QJsonValue(u"2"_s));
    QCOMPARE(first.value("currentPiece"_L1), QJsonValue(u"3"_s));
    QCOMPARE(first.value("orderStatus"_L1), QJsonValue(u"part"_s));
    const QJsonObject pepe = rows(book, listPath, "positionType=plan").at(4).toObject();
    QCOMPARE(pepe.value("instrument"_L1), QJsonValue(u"1000PEPE"_s));
    QCOMPARE(pepe.value("base"_L1), QJsonValue(u"1000pepe"_s));
    QCOMPARE(pepe.value("quote"_L1), QJsonValue(u"usdt"_s));
    QCOMPARE(pepe.value("orderPrice"_L1), QJsonValue(u"0.0071230"_s));
    QCOMPARE(pepe.value("orderStatus"_L1), QJsonValue(u"unFinish"_s));
}

void TestPracticeReads::conditionalOrdersNeedTheirInstrument()
{
    PracticeBook book(start);
    const OrderId conditional(u"P-33308741700007715"_s);
    const QJsonObject waiting = rows(book, openPath, "instrument=ETH&positionType=planTrigger").at(0).toObject();
    QCOMPARE(waiting.value("triggerPrice"_L1), QJsonValue(u"3104.20"_s));
    QCOMPARE(waiting.value("posType"_L1), QJsonValue(u"planTrigger"_s));

    book.fillPartly(conditional, start);
    QVERIFY(rows(book, openPath, "instrument=ETH&positionType=planTrigger").isEmpty());
    const QJsonObject triggered = rows(book, listPath, "positionType=plan&instrument=ETH").at(0).toObject();
    QCOMPARE(triggered.value("id"_L1), QJsonValue(conditional.text()));
    QCOMPARE(triggered.value("posType"_L1), QJsonValue(u"plan"_s));
    QCOMPARE(triggered.value("originalType"_L1), QJsonValue(u"planTrigger"_s));
}

void TestPracticeReads::trailingIsNullWhenThereIsNone()
{
    PracticeBook book(start);
    QCOMPARE(rows(book, trailingPath, "").at(0).toObject().value("currentPiece"_L1), QJsonValue(20));
    QCOMPARE(rows(book, trailingPath, "").at(0).toObject().value("status"_L1), QJsonValue(u"close"_s));
    book.cancel(OrderId(u"P-33308741700005512"_s), start);
    QVERIFY(envelope(book, trailingPath).value("data"_L1).isNull());
    QCOMPARE(envelope(book, trailingPath).value("code"_L1), QJsonValue(0));
}

void TestPracticeReads::pages_data()
{
    QTest::addColumn<QByteArray>("paging");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("default") << QByteArray() << QStringList{u"1947"_s, u"2046"_s, u"3155"_s};
    QTest::newRow("first") << QByteArray("&page=1&pageSize=2") << QStringList{u"1947"_s, u"2046"_s};
    QTest::newRow("last") << QByteArray("&page=2&pageSize=2") << QStringList{u"3155"_s};
    QTest::newRow("behind the end") << QByteArray("&page=3&pageSize=2") << QStringList{};
    QTest::newRow("huge") << QByteArray("&page=2000000000&pageSize=2000000000") << QStringList{};
}

void TestPracticeReads::pages()
{
    QFETCH(QByteArray, paging);
    QFETCH(QStringList, expected);
    const PracticeBook book(start);
    const QByteArray query = "instrument=BTC&positionType=plan" + paging;
    QCOMPARE(tails(rows(book, openPath, query)), expected);
    const QJsonObject page = envelope(book, openPath, query).value("data"_L1).toObject();
    QCOMPARE(page.value("total"_L1), QJsonValue(3));
    QCOMPARE(page.value("nextId"_L1), QJsonValue(0));
    QCOMPARE(page.value("prevId"_L1), QJsonValue(0));
}

void TestPracticeReads::canceledOrdersAreOnlyInDeals()
{
    PracticeBook book(start);
    book.cancel(small, start.addSecs(5));
    const QJsonObject deal = rows(book, dealsPath, "instrument=ETH").at(0).toObject();
    QCOMPARE(deal.value("orderId"_L1), QJsonValue(small.text()));
    QCOMPARE(deal.value("orderStatus"_L1), QJsonValue(u"cancel"_s));
    QVERIFY(carriesNoQuantity(deal));
    QCOMPARE(deal.value("updatedDate"_L1), QJsonValue(start.addSecs(5).toMSecsSinceEpoch()));
    QVERIFY(rows(book, dealsPath, "instrument=BTC").isEmpty());
    QVERIFY(rows(book, historyPath, "instrument=ETH").isEmpty());
}

void TestPracticeReads::filledOrdersAreInBoth()
{
    PracticeBook book(start);
    book.fillFully(small, start);
    const QJsonObject deal = rows(book, dealsPath, "instrument=ETH").at(0).toObject();
    QCOMPARE(deal.value("orderId"_L1), QJsonValue(small.text()));
    QCOMPARE(deal.value("orderStatus"_L1), QJsonValue(u"finish"_s));
    QCOMPARE(deal.value("openPrice"_L1), QJsonValue(u"3390.00"_s));
    QVERIFY(carriesNoQuantity(deal));
    const QJsonObject past = rows(book, historyPath, "instrument=ETH").at(0).toObject();
    QCOMPARE(past.value("id"_L1), QJsonValue(small.text()));
    QCOMPARE(past.value("orderStatus"_L1), QJsonValue(u"finish"_s));
    QCOMPARE(past.value("tradePiece"_L1), QJsonValue(4));
    QCOMPARE(past.value("avgPrice"_L1), QJsonValue(u"3390.00"_s));
    // The record of the second order comes first.
    book.fillFully(OrderId(u"P-33308741700007715"_s), start.addSecs(1));
    QCOMPARE(tails(rows(book, historyPath, "")), QStringList({u"7715"_s, u"7828"_s}));
}

void TestPracticeReads::partlyFilledThenCanceled()
{
    PracticeBook book(start);
    book.fillPartly(partly, start);
    book.cancel(partly, start);
    const QJsonArray deals = rows(book, dealsPath, "instrument=BTC");
    QCOMPARE(deals.size(), 2);
    QCOMPARE(deals.at(0).toObject().value("orderStatus"_L1), QJsonValue(u"cancel"_s));
    QVERIFY(carriesNoQuantity(deals.at(0).toObject()));
    // A trade of a part is called finished too, beside the order's whole size.
    QCOMPARE(deals.at(1).toObject().value("orderStatus"_L1), QJsonValue(u"finish"_s));
    QCOMPARE(deals.at(1).toObject().value("totalPiece"_L1), QJsonValue(5));
    QVERIFY(carriesNoQuantity(deals.at(1).toObject()));
    const QJsonObject past = rows(book, historyPath, "instrument=BTC").at(0).toObject();
    QCOMPARE(past.value("tradePiece"_L1), QJsonValue(3));
    QCOMPARE(past.value("cancelPiece"_L1), QJsonValue(2));
}

void TestPracticeReads::cancellationsWithoutARecordOfTheirOwn()
{
    PracticeBook book(start);
    book.cancel(OrderId(u"P-33308741700007715"_s), start);
    QVERIFY(rows(book, dealsPath, "instrument=ETH").isEmpty());
    QVERIFY(rows(book, historyPath, "").isEmpty());

    const QJsonObject listed = rows(book, trailingPath, "").at(0).toObject();
    book.cancel(OrderId(u"P-33308741700005512"_s), start);
    const QJsonObject deal = rows(book, dealsPath, "instrument=SOL").at(0).toObject();
    QCOMPARE(deal.value("orderStatus"_L1), QJsonValue(u"cancel"_s));
    QVERIFY(deal.value("orderId"_L1) != listed.value("id"_L1));
    QCOMPARE(deal.value("openId"_L1), listed.value("openId"_L1));
    QCOMPARE(deal.value("originalType"_L1), listed.value("originalType"_L1));
}

void TestPracticeReads::datesAreWholeSeconds()
{
    PracticeBook book(start.addMSecs(777));
    book.fillPartly(partly, start.addMSecs(1777));
    book.cancel(partly, start.addMSecs(2777));
    for (const auto &[path, query] : {std::pair{listPath, "positionType=plan"},
                                      {openPath, "instrument=ETH&positionType=planTrigger"},
                                      {trailingPath, ""},
                                      {dealsPath, "instrument=BTC"},
                                      {historyPath, ""}}) {
        const QJsonObject row = rows(book, path, query).at(0).toObject();
        QCOMPARE(row.value("createdDate"_L1).toInteger() % 1000, 0);
        QCOMPARE(row.value("updatedDate"_L1).toInteger() % 1000, 0);
    }
}

void TestPracticeReads::baseSizeIsExact()
{
    PracticeOrder order;
    order.total = 5;
    const auto baseSize = [&order](const QString &instrument) {
        order.instrument = instrument;
        return practicerows::orderRow(order).value("baseSize"_L1).toString();
    };
    QCOMPARE(baseSize(u"BTC"_s), u"0.005"_s);
    QCOMPARE(baseSize(u"ETH"_s), u"0.05"_s);
    QCOMPARE(baseSize(u"SOL"_s), u"5"_s);
    QCOMPARE(baseSize(u"1000PEPE"_s), u"500"_s);
    order.total = 12345;
    QCOMPARE(baseSize(u"BTC"_s), u"12.345"_s);
}

QTEST_GUILESS_MAIN(TestPracticeReads)
#include "tst_practicereads.moc"
