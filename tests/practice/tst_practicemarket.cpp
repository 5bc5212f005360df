#include "domain/qtversions.h"
#include "practice/practicemarket.h"
#include "practicecall.h"

#include <QTest>

using namespace countermand;
using namespace practicecall;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestPracticeMarket : public QObject
{
    Q_OBJECT

private slots:
    void answers_data();
    void answers();
    void aChoiceHoldsForOneCancel();
    void aChoiceCanRepeat();
    void onlySignedCancelsUseUpTheChoice();
    void goneFilledHasItsRecordBeforeTheCancel();
    void goneCanceledHasItsRecordBeforeTheCancel();
    void slowCancelsWhenItAnswers();
    void slowOrderCanStillFill();
    void clockJumpsAndStaysUntilReset();
    void timestamps_data();
    void timestamps();
    void badCancels_data();
    void badCancels();
    void secondCancelFindsNothing();
    void batches();
    void batchOfTooMany();
    void batchHidesWhatIsGone();
    void unknownAddresses();
    void lineWithoutAChoice();
    void lineUsesUpItsChoice();
    void offlineRefusesEveryLine();
    void eventsHappenNowOrLater();
    void countCoversEveryKind();
    void resetRestoresEverything();
};

namespace {

const QDateTime start(QDate(2026, 3, 4), QTime(12, 0), inUtc);
const QByteArray plain = "P-33308741700007828";
const QByteArray second = "P-33308741700003155";
constexpr auto deals = "/v1/perpum/orders/deals?instrument=ETH";
constexpr auto history = "/v1/perpum/orders/history?instrument=ETH";

bool isListed(const PracticeMarket &market, const QByteArray &id)
{
    for (const PracticeOrder &order : market.orders()) {
        if (order.id.text() == QString::fromLatin1(id))
            return true;
    }
    return false;
}

QJsonObject firstRow(PracticeMarket &market, const QByteArray &target, const QDateTime &now)
{
    return read(market, target, now).toObject().value("rows"_L1).toArray().at(0).toObject();
}

} // namespace

void TestPracticeMarket::answers_data()
{
    QTest::addColumn<PracticeAnswer>("answer");
    QTest::addColumn<QByteArray>("body"); // empty: no answer
    QTest::addColumn<bool>("listed");
    QTest::addColumn<QString>("record"); // of deals
    using enum PracticeAnswer;
    const QByteArray none;
    const QByteArray success = R"({"code":0,"msg":"Success"})";
    const QByteArray gone = R"({"code":9012,"msg":"Position not found."})";
    QTest::newRow("normal") << Normal << success << false << u"cancel"_s;
    QTest::newRow("goneFilled") << GoneFilled << gone << false << u"finish"_s;
    QTest::newRow("goneCanceled") << GoneCanceled << gone << false << u"cancel"_s;
    QTest::newRow("rejected") << Rejected
                              << QByteArray(R"({"code":9111,"msg":"This instrument can't be traded at the moment."})")
                              << true << QString();
    QTest::newRow("signInRefused") << SignInRefused
                                   << QByteArray(R"({"code":6001,"msg":"Signature verification failed."})") << true
                                   << QString();
    QTest::newRow("permissionMissing")
        << PermissionMissing
        << QByteArray(R"({"code":6003,"message":"require more permission","retry":false,"success":false})") << true
        << QString();
    QTest::newRow("rateLimit") << RateLimit << QByteArray(R"({"code":29001,"msg":"API access frequently"})") << true
                               << QString();
    QTest::newRow("noAnswerCanceled") << NoAnswerCanceled << none << false << u"cancel"_s;
    QTest::newRow("noAnswerFilled") << NoAnswerFilled << none << false << u"finish"_s;
    QTest::newRow("noAnswerOpen") << NoAnswerOpen << none << true << QString();
    QTest::newRow("noAnswerUnknown") << NoAnswerUnknown << none << false << QString();
    QTest::newRow("acceptedStillListed") << AcceptedStillListed << success << true << QString();
    QTest::newRow("slow") << Slow << success << true << QString();
    QTest::newRow("clockOff") << ClockOff << QByteArray(R"({"code":6001,"msg":"Timestamp out of range."})") << true
                              << QString();
}

void TestPracticeMarket::answers()
{
    QFETCH(PracticeAnswer, answer);
    QFETCH(QByteArray, body);
    QFETCH(bool, listed);
    QFETCH(QString, record);
    PracticeMarket market(start);
    market.setNextAnswer(answer);
    const PracticeResponse response = cancel(market, plain, start);
    QCOMPARE(response.silent, body.isEmpty());
    QCOMPARE(response.body, body);
    if (!response.silent)
        QCOMPARE(response.httpStatus, 200);
    QCOMPARE(isListed(market, plain), listed);
    QCOMPARE(market.orders().size(), listed ? 8 : 7);
    QCOMPARE(firstRow(market, deals, start).value("orderStatus"_L1).toString(), record);
    QCOMPARE(firstRow(market, history, start).value("id"_L1).toString(),
             record == "finish"_L1 ? QString::fromLatin1(plain) : QString());
    QCOMPARE(market.nextAnswer(), PracticeAnswer::Normal);
}

void TestPracticeMarket::aChoiceHoldsForOneCancel()
{
    PracticeMarket market(start);
    market.setNextAnswer(PracticeAnswer::Rejected);
    QCOMPARE(codeOf(cancel(market, plain, start)), 9111);
    QCOMPARE(codeOf(cancel(market, plain, start)), 0);
}

void TestPracticeMarket::aChoiceCanRepeat()
{
    PracticeMarket market(start);
    market.setRepeats(true);
    market.setNextAnswer(PracticeAnswer::RateLimit);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(codeOf(cancel(market, plain, start)), 29001);
    market.setRepeats(false);
    QCOMPARE(codeOf(cancel(market, plain, start)), 29001);
    QCOMPARE(codeOf(cancel(market, plain, start)), 0);
}

void TestPracticeMarket::onlySignedCancelsUseUpTheChoice()
{
    PracticeMarket market(start);
    market.setNextAnswer(PracticeAnswer::NoAnswerCanceled);
    QVERIFY(read(market, "/v1/perpum/order?positionType=plan", start).isArray());
    PracticeRequest forged = signedRequest("DELETE", "/v1/perpum/order", "{\"id\":\"" + plain + "\"}", start);
    forged.body.replace("7828", "3155");
    QCOMPARE(codeOf(market.receive(forged, start)), 6001);
    forged.apiKey = "somebody";
    QCOMPARE(codeOf(market.receive(forged, start)), 6000);
    QCOMPARE(codeOf(cancel(market, "P-1", start)), 9012);
    QCOMPARE(market.orders().size(), 8);
    QCOMPARE(market.nextAnswer(), PracticeAnswer::NoAnswerCanceled);
}

void TestPracticeMarket::goneFilledHasItsRecordBeforeTheCancel()
{
    PracticeMarket market(start);
    market.setNextAnswer(PracticeAnswer::GoneFilled);
    QCOMPARE(codeOf(cancel(market, plain, start)), 9012);
    const QJsonObject record = firstRow(market, history, start);
    QCOMPARE(record.value("updatedDate"_L1).toInteger(), start.addSecs(-3).toMSecsSinceEpoch());
    QCOMPARE(record.value("tradePiece"_L1).toInt(), 4);
    QCOMPARE(record.value("avgPrice"_L1).toString(), u"3390.00"_s);
}

void TestPracticeMarket::goneCanceledHasItsRecordBeforeTheCancel()
{
    PracticeMarket market(start);
    market.setNextAnswer(PracticeAnswer::GoneCanceled);
    QCOMPARE(codeOf(cancel(market, plain, start)), 9012);
    QCOMPARE(firstRow(market, deals, start).value("updatedDate"_L1).toInteger(),
             start.addSecs(-20).toMSecsSinceEpoch());
}

void TestPracticeMarket::slowCancelsWhenItAnswers()
{
    PracticeMarket market(start);
    market.setNextAnswer(PracticeAnswer::Slow);
    const PracticeResponse response = cancel(market, plain, start);
    QCOMPARE(codeOf(response), 0);
    QCOMPARE(response.delay, std::chrono::milliseconds(4s));
    market.advance(start.addMSecs(3999));
    QVERIFY(isListed(market, plain));
    market.advance(start.addMSecs(4000));
    QVERIFY(!isListed(market, plain));
    QCOMPARE(firstRow(market, deals, start.addSecs(5)).value("orderStatus"_L1).toString(), u"cancel"_s);
}

void TestPracticeMarket::slowOrderCanStillFill()
{
    PracticeMarket market(start);
    market.setNextAnswer(PracticeAnswer::Slow);
    QCOMPARE(codeOf(cancel(market, plain, start)), 0);
    market.happen(PracticeBook::Event::FillFully, OrderId(QString::fromLatin1(plain)), start.addSecs(1));
    QCOMPARE(firstRow(market, deals, start.addSecs(5)).value("orderStatus"_L1).toString(), u"finish"_s);
}

void TestPracticeMarket::clockJumpsAndStaysUntilReset()
{
    PracticeMarket market(start);
    QCOMPARE(market.exchangeTime(start), start);
    market.setNextAnswer(PracticeAnswer::ClockOff);
    QCOMPARE(codeOf(cancel(market, plain, start)), 6001);
    QCOMPARE(market.exchangeTime(start), start.addSecs(90));
    QVERIFY(isListed(market, plain));
    // The client has seen the new clock and signs by it.
    QCOMPARE(codeOf(cancel(market, plain, start.addSecs(1))), 0);
    QCOMPARE(firstRow(market, deals, start.addSecs(1)).value("updatedDate"_L1).toInteger(),
             start.addSecs(91).toMSecsSinceEpoch());
    market.reset(start.addSecs(2));
    QCOMPARE(market.exchangeTime(start.addSecs(2)), start.addSecs(2));
}

void TestPracticeMarket::timestamps_data()
{
    QTest::addColumn<int>("jump"); // seconds between a clock jump and the request; -1: none
    QTest::addColumn<int>("milliseconds");
    QTest::addColumn<bool>("good");
    QTest::newRow("exact") << -1 << 0 << true;
    QTest::newRow("30 s behind") << -1 << -30000 << true;
    QTest::newRow("more behind") << -1 << -30001 << false;
    QTest::newRow("30 s ahead") << -1 << 30000 << true;
    QTest::newRow("more ahead") << -1 << 30001 << false;
    QTest::newRow("by the new clock") << 1 << 90000 << true;
    QTest::newRow("on the way when the clock jumped") << 1 << 0 << true;
    QTest::newRow("between the clocks") << 1 << 45000 << false;
    QTest::newRow("by the old clock, a minute later") << 60 << 0 << true;
    QTest::newRow("by the old clock, later still") << 61 << 0 << false;
}

void TestPracticeMarket::timestamps()
{
    QFETCH(int, jump);
    QFETCH(int, milliseconds);
    QFETCH(bool, good);
    PracticeMarket market(start);
    QDateTime now = start;
    if (jump >= 0) {
        market.setNextAnswer(PracticeAnswer::ClockOff);
        QCOMPARE(codeOf(cancel(market, plain, start)), 6001);
        now = start.addSecs(jump);
    }
    const PracticeRequest request =
        signedRequest("GET", "/v1/perpum/orders/openQuantity", {}, now.addMSecs(milliseconds));
    QCOMPARE(codeOf(market.receive(request, now)), good ? 0 : 6001);
}

void TestPracticeMarket::badCancels_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("code");
    QTest::newRow("no body") << QByteArray() << 9016;
    QTest::newRow("not JSON") << QByteArray("id=1") << 9016;
    QTest::newRow("array") << QByteArray("[]") << 9016;
    QTest::newRow("no id") << QByteArray("{}") << 402;
    QTest::newRow("empty id") << QByteArray(R"({"id":""})") << 402;
    QTest::newRow("null id") << QByteArray(R"({"id":null})") << 402;
    QTest::newRow("unknown id") << QByteArray(R"({"id":"P-33308741700009999"})") << 9012;
    QTest::newRow("id as a number") << QByteArray(R"({"id":33308741700007828})") << 9012;
    QTest::newRow("only the tail") << QByteArray(R"({"id":"7828"})") << 9012;
}

void TestPracticeMarket::badCancels()
{
    QFETCH(QByteArray, body);
    QFETCH(int, code);
    PracticeMarket market(start);
    QCOMPARE(codeOf(market.receive(signedRequest("DELETE", "/v1/perpum/order", body, start), start)), code);
    QCOMPARE(market.orders().size(), 8);
}

void TestPracticeMarket::secondCancelFindsNothing()
{
    PracticeMarket market(start);
    QCOMPARE(codeOf(cancel(market, plain, start)), 0);
    QCOMPARE(codeOf(cancel(market, plain, start)), 9012);
}

void TestPracticeMarket::batches()
{
    PracticeMarket market(start);
    const QByteArray body = "{\"sourceIds\":[\"" + plain + "\",\"" + second + "\",\"P-1\"]}";
    const PracticeResponse response =
        market.receive(signedRequest("DELETE", "/v1/perpum/batchOrders", body, start), start);
    QCOMPARE(response.body, QByteArray(R"({"code":0,"msg":""})"));
    QVERIFY(!isListed(market, plain));
    QVERIFY(!isListed(market, second));
    QCOMPARE(market.orders().size(), 6);
}

void TestPracticeMarket::batchOfTooMany()
{
    PracticeMarket market(start);
    QByteArray ids = "\"" + plain + "\"";
    for (int i = 0; i < 19; ++i)
        ids += ",\"P-" + QByteArray::number(i) + "\"";
    const auto send = [&market, &ids] {
        return market.receive(
            signedRequest("DELETE", "/v1/perpum/batchOrders", "{\"sourceIds\":[" + ids + "]}", start), start);
    };
    const QByteArray twenty = ids;
    ids += ",\"P-21\"";
    QCOMPARE(codeOf(send()), 9016);
    QVERIFY(isListed(market, plain));
    ids = twenty;
    QCOMPARE(codeOf(send()), 0);
    QVERIFY(!isListed(market, plain));
    ids.clear();
    QCOMPARE(codeOf(send()), 402);
}

void TestPracticeMarket::batchHidesWhatIsGone()
{
    PracticeMarket market(start);
    market.setNextAnswer(PracticeAnswer::GoneFilled);
    const QByteArray body = "{\"sourceIds\":[\"" + plain + "\",\"" + second + "\"]}";
    const PracticeResponse response =
        market.receive(signedRequest("DELETE", "/v1/perpum/batchOrders", body, start), start);
    QCOMPARE(codeOf(response), 0);
    QCOMPARE(firstRow(market, deals, start).value("orderStatus"_L1).toString(), u"finish"_s);
}

void TestPracticeMarket::unknownAddresses()
{
    PracticeMarket market(start);
    for (const auto &[verb, target] : {std::pair<QByteArray, QByteArray>{"GET", "/v1/perpum/time"},
                                       {"DELETE", "/v1/perpum/orders/open"},
                                       {"POST", "/v1/perpum/order"},
                                       {"PUT", "/v1/perpum/order"},
                                       {"", ""}}) {
        const PracticeResponse response = market.receive(signedRequest(verb, target, "{}", start), start);
        QCOMPARE(response.httpStatus, 404);
        QCOMPARE(codeOf(response), 404);
    }
}

void TestPracticeMarket::lineWithoutAChoice()
{
    PracticeMarket market(start);
    QCOMPARE(market.line("DELETE", "/v1/perpum/order"), PracticeMarket::Line::Good);
    QCOMPARE(market.line("GET", "/v1/perpum/order"), PracticeMarket::Line::Good);
    market.setNextAnswer(PracticeAnswer::Rejected);
    QCOMPARE(market.line("DELETE", "/v1/perpum/order"), PracticeMarket::Line::Good);
    QCOMPARE(market.nextAnswer(), PracticeAnswer::Rejected);
}

void TestPracticeMarket::lineUsesUpItsChoice()
{
    PracticeMarket market(start);
    market.setNextAnswer(PracticeAnswer::NoConnection);
    QCOMPARE(market.line("GET", "/v1/perpum/order"), PracticeMarket::Line::Good);
    QCOMPARE(market.line("DELETE", "/v1/perpum/order"), PracticeMarket::Line::Refused);
    QCOMPARE(market.line("DELETE", "/v1/perpum/order"), PracticeMarket::Line::Good);
    market.setNextAnswer(PracticeAnswer::NotSecure);
    market.setRepeats(true);
    QCOMPARE(market.line("DELETE", "/v1/perpum/order"), PracticeMarket::Line::NotSecure);
    QCOMPARE(market.line("DELETE", "/v1/perpum/batchOrders"), PracticeMarket::Line::NotSecure);
    QCOMPARE(market.nextAnswer(), PracticeAnswer::NotSecure);
}

void TestPracticeMarket::offlineRefusesEveryLine()
{
    PracticeMarket market(start);
    market.setOffline(true);
    market.setNextAnswer(PracticeAnswer::NotSecure);
    QCOMPARE(market.line("GET", "/v1/perpum/order"), PracticeMarket::Line::Refused);
    QCOMPARE(market.line("DELETE", "/v1/perpum/order"), PracticeMarket::Line::Refused);
    QCOMPARE(market.nextAnswer(), PracticeAnswer::NotSecure);
    market.setOffline(false);
    QCOMPARE(market.line("GET", "/v1/perpum/order"), PracticeMarket::Line::Good);
}

void TestPracticeMarket::eventsHappenNowOrLater()
{
    PracticeMarket market(start);
    const OrderId id(QString::fromLatin1(plain));
    const auto remaining = [&market](const QDateTime &now) {
        const QJsonArray rows = read(market, "/v1/perpum/order?positionType=plan&instrument=ETH", now).toArray();
        return rows.isEmpty() ? QString() : rows.at(0).toObject().value("currentPiece"_L1).toString();
    };
    market.happen(PracticeBook::Event::FillPartly, id, start);
    QCOMPARE(remaining(start), u"3"_s);
    market.happen(PracticeBook::Event::FillPartly, id, start, 3s);
    market.happen(PracticeBook::Event::Cancel, id, start, 5s);
    QCOMPARE(remaining(start.addMSecs(2999)), u"3"_s);
    QCOMPARE(remaining(start.addSecs(3)), u"2"_s);
    QCOMPARE(remaining(start.addSecs(5)), QString());
    QCOMPARE(codeOf(cancel(market, plain, start.addSecs(6))), 9012);
    const QJsonObject record = firstRow(market, history, start.addSecs(6));
    QCOMPARE(record.value("tradePiece"_L1).toInt(), 2);
    QCOMPARE(record.value("cancelPiece"_L1).toInt(), 2);
    QCOMPARE(record.value("updatedDate"_L1).toInteger(), start.addSecs(5).toMSecsSinceEpoch());
}

void TestPracticeMarket::countCoversEveryKind()
{
    PracticeMarket market(start);
    const auto count = [&market] {
        return read(market, "/v1/perpum/orders/openQuantity", start).toObject().value("value"_L1).toInt();
    };
    QCOMPARE(count(), 8);
    market.change(start, [](PracticeBook &book, const QDateTime &stamp) { book.addOlder(stamp); });
    market.change(start, [](PracticeBook &book, const QDateTime &stamp) { book.addNew(15, stamp); });
    QCOMPARE(count(), 24);
    QCOMPARE(codeOf(cancel(market, "P-33308741700005512", start)), 0);
    QCOMPARE(codeOf(cancel(market, "P-33308741700007715", start)), 0);
    QCOMPARE(count(), 22);
}

void TestPracticeMarket::resetRestoresEverything()
{
    PracticeMarket market(start);
    const QByteArray list = "/v1/perpum/order?positionType=plan";
    const QDateTime later = start.addSecs(100);
    PracticeMarket fresh(later);
    market.setNextAnswer(PracticeAnswer::ClockOff);
    QCOMPARE(codeOf(cancel(market, plain, start)), 6001);
    QCOMPARE(codeOf(cancel(market, plain, start)), 0);
    market.change(start, [](PracticeBook &book, const QDateTime &stamp) { book.addNew(15, stamp); });
    market.change(start, [](PracticeBook &book, const QDateTime &stamp) { book.addOlder(stamp); });
    market.setMoves(true, start);
    market.setOffline(true);
    market.setRepeats(true);
    market.setNextAnswer(PracticeAnswer::Slow);
    market.happen(PracticeBook::Event::FillFully, OrderId(QString::fromLatin1(second)), start, 200s);
    market.reset(later);

    QCOMPARE(market.nextAnswer(), PracticeAnswer::Normal);
    QVERIFY(!market.repeats());
    QVERIFY(!market.isOffline());
    QVERIFY(!market.moves());
    QCOMPARE(market.exchangeTime(later), later);
    QCOMPARE(read(market, list, later), read(fresh, list, later));
    QVERIFY(firstRow(market, deals, later).isEmpty());
    QCOMPARE(read(market, list, start.addSecs(500)), read(fresh, list, start.addSecs(500)));
    // New ids start over too.
    market.change(later, [](PracticeBook &book, const QDateTime &stamp) { book.addOlder(stamp); });
    fresh.change(later, [](PracticeBook &book, const QDateTime &stamp) { book.addOlder(stamp); });
    QCOMPARE(market.orders().constFirst().id, fresh.orders().constFirst().id);
}

QTEST_GUILESS_MAIN(TestPracticeMarket)
#include "tst_practicemarket.moc"
