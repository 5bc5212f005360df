#include "domain/credentials.h"
#include "practice/practicegate.h"

#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestPracticeGate : public QObject
{
    Q_OBJECT

private slots:
    void vectors_data();
    void vectors();
    void refusals_data();
    void refusals();
    void timestamps_data();
    void timestamps();
};

namespace {

const auto exampleKey = u"ck_example_0123456789abcdef"_s;
const auto exampleSecret = u"cs_example_DO_NOT_USE_fedcba9876543210"_s;

PracticeRequest exampleRequest()
{
    PracticeRequest request;
    request.verb = "DELETE";
    request.path = "/v1/perpum/order";
    request.body = "{\"id\":\"33309055657300001\"}";
    request.apiKey = exampleKey.toUtf8();
    request.timestamp = "1767225600000";
    request.sign = "gpTdpAo9W4jT7IiOz4Nm5EKv/VhdYOfKn2uueoZlsUA=";
    return request;
}

} // namespace

void TestPracticeGate::vectors_data()
{
    QTest::addColumn<QByteArray>("verb");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("sign");
    const QByteArray none;
    const QByteArray order = "/v1/perpum/order";
    const QByteArray open = "/v1/perpum/orders/open";
    const QByteArray batch = "/v1/perpum/batchOrders";
    const QByteArray del = "DELETE";
    const QByteArray get = "GET";

    QTest::newRow("V1") << del << order << none << QByteArray("{\"id\":\"33309055657300001\"}")
                        << QByteArray("gpTdpAo9W4jT7IiOz4Nm5EKv/VhdYOfKn2uueoZlsUA=");
    QTest::newRow("V2") << del << order << none << QByteArray("{\"id\": \"33309055657300001\"}")
                        << QByteArray("CAuq0vsXUpj5Eqn5IEHi/GR8yYCnDKTotfVplXX/MFg=");
    QTest::newRow("V3") << del << order << none << QByteArray("{\"id\":33309055657300001}")
                        << QByteArray("UEvt08oKpD5O+8eZNFwQDP/jroODctWDkWTW5hnto2w=");
    QTest::newRow("V4") << get << open << QByteArray("instrument=BTC&positionType=plan&page=1&pageSize=50") << none
                        << QByteArray("iW5BNvRYFwR4HQuvrrnfInpR8QI3BOVeOVlWRFhsb/I=");
    QTest::newRow("V5") << get << open << QByteArray("positionType=plan&instrument=BTC&page=1&pageSize=50") << none
                        << QByteArray("XnVXvZ/76Rfif1k6QlpKK+dk4Y7s31cH2Iqr0nyF9sM=");
    QTest::newRow("V6") << get << QByteArray("/v1/perpum/orders/openQuantity") << none << none
                        << QByteArray("wXjm9xm4enxXwg3j6khq/rzW03o95wULBPmaM5gmlJM=");
    QTest::newRow("V7") << get << order << QByteArray("positionType=plan") << none
                        << QByteArray("aEWzSIxlPxbl/U3/i0+1jM73Jr1LbFWTp0qXWKaP0O0=");
    QTest::newRow("V8") << get << order
                        << QByteArray("positionType=plan&sourceIds=33309055657300001,33309055657300002") << none
                        << QByteArray("4b76y3/xwFHT5dOi6bG43M8M332mDxouxOUKKqDr1dc=");
    QTest::newRow("V9") << del << batch << none
                        << QByteArray("{\"sourceIds\":[\"33309055657300001\",\"33309055657300002\"]}")
                        << QByteArray("SNv3LxEpcLiHOWn6DgIntnyPY2rnn4k4qC98ji9uDr4=");
    QTest::newRow("V10") << del << batch << none
                         << QByteArray(
                                "{\"posType\":\"plan\",\"sourceIds\":[\"33309055657300001\",\"33309055657300002\"]}")
                         << QByteArray("nGWHdOiaey4SAn8KIGVAlK4p1Htec9gYc8iL/oDFpZE=");
}

void TestPracticeGate::vectors()
{
    QFETCH(QByteArray, verb);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, query);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, sign);
    PracticeRequest request;
    request.verb = verb;
    request.path = path;
    request.query = query;
    request.body = body;
    request.timestamp = "1767225600000";
    request.apiKey = exampleKey.toUtf8();
    request.sign = sign;
    QCOMPARE(practiceSignature(request, exampleSecret.toUtf8()), sign);
    QVERIFY(!practiceRefusal(request, Credentials(exampleKey, exampleSecret)));
}

void TestPracticeGate::refusals_data()
{
    QTest::addColumn<PracticeRequest>("request");
    QTest::addColumn<int>("code");
    const auto row = [](const char *name, int code, auto change) {
        PracticeRequest request = exampleRequest();
        change(request);
        QTest::newRow(name) << request << code;
    };
    row("no key", 6000, [](PracticeRequest &request) { request.apiKey.clear(); });
    row("unknown key", 6000, [](PracticeRequest &request) { request.apiKey += 'x'; });
    row("key with a blank", 6000, [](PracticeRequest &request) { request.apiKey += ' '; });
    row("no signature", 6001, [](PracticeRequest &request) { request.sign.clear(); });
    row("another id", 6001, [](PracticeRequest &request) { request.body.replace("0001", "0002"); });
    row("a space in the body", 6001, [](PracticeRequest &request) { request.body.replace(":", ": "); });
    row("no body", 6001, [](PracticeRequest &request) { request.body.clear(); });
    row("another path", 6001, [](PracticeRequest &request) { request.path += 's'; });
    row("a query", 6001, [](PracticeRequest &request) { request.query = "page=1"; });
    row("another verb", 6001, [](PracticeRequest &request) { request.verb = "POST"; });
    row("another time", 6001, [](PracticeRequest &request) { request.timestamp = "1767225600001"; });
    row("cut signature", 6001, [](PracticeRequest &request) { request.sign.chop(1); });
    row("time that is no number", 6001, [](PracticeRequest &request) {
        request.timestamp = "now";
        request.sign = practiceSignature(request, exampleSecret.toUtf8());
    });
}

void TestPracticeGate::refusals()
{
    QFETCH(PracticeRequest, request);
    QFETCH(int, code);
    const std::optional<PracticeRefusal> refused = practiceRefusal(request, Credentials(exampleKey, exampleSecret));
    QVERIFY(refused);
    QCOMPARE(refused->code, code);
    QVERIFY(!refused->message.contains(exampleSecret));
}

void TestPracticeGate::timestamps_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("good");
    QTest::newRow("milliseconds") << QByteArray("1767225600000") << true;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("sign") << QByteArray("-1767225600000") << false;
    QTest::newRow("decimals") << QByteArray("1767225600000.5") << false;
    QTest::newRow("blank") << QByteArray(" 1767225600000") << false;
    QTest::newRow("too large") << QByteArray("99999999999999999999") << false;
}

void TestPracticeGate::timestamps()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, good);
    PracticeRequest request;
    request.timestamp = text;
    const std::optional<QDateTime> time = practiceTimestamp(request);
    QCOMPARE(time.has_value(), good);
    if (good) {
        QCOMPARE(time->toString(Qt::ISODateWithMs), u"2026-01-01T00:00:00.000Z"_s);
    }
}

QTEST_GUILESS_MAIN(TestPracticeGate)
#include "tst_practicegate.moc"
