#include "tests/support/fakeexchange.h"
#include "tests/support/waiting.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QMessageAuthenticationCode>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using countermand::FakeExchange;

namespace {

const QString planList = u"GET /v1/perpum/order"_s;
const QString cancelOne = u"DELETE /v1/perpum/order"_s;

QNetworkRequest signedRequest(const FakeExchange &exchange, const QByteArray &method, const QByteArray &target,
                              const QByteArray &body = {})
{
    QNetworkRequest request(QUrl(exchange.baseUrl().toString() + QString::fromLatin1(target)));
    const QByteArray stamp = QByteArray::number(QDateTime::currentMSecsSinceEpoch());
    QMessageAuthenticationCode code(QCryptographicHash::Sha256, FakeExchange::exampleSecret().toUtf8());
    code.addData(stamp + method + target + body);
    request.setRawHeader("api_key", FakeExchange::exampleKey().toUtf8());
    request.setRawHeader("timestamp", stamp);
    request.setRawHeader("sign", code.result().toBase64());
    if (method != "GET")
        request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    if (!exchange.caFile().isEmpty()) {
        QSslConfiguration tls = request.sslConfiguration();
        tls.setCaCertificates(QSslCertificate::fromPath(exchange.caFile()));
        request.setSslConfiguration(tls);
    }
    return request;
}

QByteArray answerTo(QNetworkReply *reply)
{
    if (!reply->isFinished())
        QSignalSpy(reply, &QNetworkReply::finished).wait(countermand::patience);
    reply->deleteLater();
    return reply->readAll();
}

} // namespace

class TestFakeExchange : public QObject
{
    Q_OBJECT

private slots:
    void answersQt_data();
    void answersQt();
    void digitsSurvive();
    void scriptsAndWaits();
    void callsNest();
    void seesASilentResend();
    void seesHttp2();
    void refusedCertificate_data();
    void refusedCertificate();
    void saysWhyItDidNotStart();
    void endsWithItsObject();
};

void TestFakeExchange::answersQt_data()
{
    QTest::addColumn<FakeExchange::Transport>("transport");
    QTest::addColumn<int>("records");
    QTest::newRow("plain") << FakeExchange::Transport::Plain << 0;
    QTest::newRow("tls") << FakeExchange::Transport::Tls << 1;
}

void TestFakeExchange::answersQt()
{
    QFETCH(FakeExchange::Transport, transport);
    QFETCH(int, records);
    FakeExchange exchange(transport);
    QVERIFY2(exchange.isReady(), qPrintable(exchange.error()));
    exchange.generate(50, 6);
    QNetworkAccessManager network;
    const QByteArray list =
        answerTo(network.get(signedRequest(exchange, "GET", "/v1/perpum/order?positionType=plan")));
    QVERIFY2(list.contains("\"id\":9223372036854775807,"), list.left(300).constData());
    QVERIFY(list.contains("\"orderPrice\":95400.10,"));
    const QByteArray body = R"({"id":"33308749002645666"})";
    const QNetworkRequest cancel = signedRequest(exchange, "DELETE", "/v1/perpum/order", body);
    QCOMPARE(answerTo(network.sendCustomRequest(cancel, "DELETE", body)), R"({"code":0,"msg":"Success"})");
    const QJsonObject entry = exchange.log(cancelOne).at(0).toObject();
    QCOMPARE(entry["signature"_L1].toString(), u"ok"_s);
    QCOMPARE(entry["body"_L1].toString(), QString::fromLatin1(body));
    QCOMPARE(entry["tls_records"_L1].toInt(), records);
    QCOMPARE(entry["flags"_L1].toArray(), QJsonArray());
    QCOMPARE(exchange.counts()["h2"_L1].toInt(), 0);
    QCOMPARE(exchange.windows()["over"_L1].toArray(), QJsonArray());
}

void TestFakeExchange::digitsSurvive()
{
    FakeExchange exchange;
    exchange.setOrders(u"plan"_s, {QJsonObject{{"id"_L1, u"num:9007199254740993"_s},
                                               {"orderPrice"_L1, u"num:95400.10"_s},
                                               {"triggerPrice"_L1, u"0.0000123"_s}}});
    QNetworkAccessManager network;
    QCOMPARE(
        answerTo(network.get(signedRequest(exchange, "GET", "/v1/perpum/order?positionType=plan"))),
        R"({"code":0,"data":[{"id":9007199254740993,"orderPrice":95400.10,"triggerPrice":"0.0000123"}],"msg":""})");
}

void TestFakeExchange::scriptsAndWaits()
{
    FakeExchange exchange;
    exchange.script(planList, {{"do"_L1, u"hang"_s}});
    QNetworkAccessManager network;
    const QNetworkRequest request = signedRequest(exchange, "GET", "/v1/perpum/order?positionType=plan");
    QNetworkReply *reply = network.get(request);
    // The client under test runs on this very thread: waiting must let it send.
    QVERIFY(exchange.waitForRequests(planList));
    QVERIFY(!exchange.waitForRequests(planList, 2, 20));
    QVERIFY(!reply->isFinished());
    exchange.release();
    QVERIFY(answerTo(reply).startsWith("{\"code\":0"));
    exchange.script(planList, {{"do"_L1, u"code"_s}, {"code"_L1, 29001}});
    QVERIFY(answerTo(network.get(request)).contains("29001"));
    exchange.set({{"key"_L1, u"another"_s}});
    QVERIFY(answerTo(network.get(request)).contains("6000"));
    exchange.fresh();
    // fresh() resets the connections; when that reaches the first manager is up to the system.
    QNetworkAccessManager another;
    QVERIFY(answerTo(another.get(request)).contains("\"code\":0"));
    QCOMPARE(exchange.log().size(), 1);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"refused set"_s));
    exchange.set({{"nonsense"_L1, 1}});
}

void TestFakeExchange::callsNest()
{
    FakeExchange exchange;
    QNetworkAccessManager network;
    int inner = -1;
    QTimer::singleShot(0, &network, [&] {
        inner = exchange.counts()["requests"_L1].toInt(-1);
        answerTo(network.get(signedRequest(exchange, "GET", "/v1/perpum/order?positionType=plan")));
    });
    QVERIFY(exchange.waitForRequests(planList));
    QCOMPARE(inner, 0);
}

void TestFakeExchange::seesASilentResend()
{
    FakeExchange exchange;
    QNetworkAccessManager network;
    answerTo(network.get(signedRequest(exchange, "GET", "/v1/perpum/order?positionType=plan")));
    exchange.script(cancelOne, {{"do"_L1, u"close"_s}, {"times"_L1, 0}});
    const QByteArray body = R"({"id":"77"})";
    const QNetworkRequest cancel = signedRequest(exchange, "DELETE", "/v1/perpum/order", body);
    QVERIFY(answerTo(network.sendCustomRequest(cancel, "DELETE", body)).isEmpty());
    // Qt sends a rewindable body again by itself; a test that counts deliveries must be able to see that.
    QVERIFY(exchange.log(cancelOne).size() > 1);
}

void TestFakeExchange::seesHttp2()
{
    FakeExchange exchange(FakeExchange::Transport::Tls);
    QNetworkAccessManager network;
    QNetworkRequest request = signedRequest(exchange, "GET", "/v1/perpum/order?positionType=plan");
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, true);
    answerTo(network.get(request));
    QVERIFY(exchange.counts()["h2"_L1].toInt() > 0);
    QCOMPARE(exchange.counts()["requests"_L1].toInt(-1), 0);
}

void TestFakeExchange::refusedCertificate_data()
{
    QTest::addColumn<FakeExchange::Transport>("transport");
    QTest::newRow("untrusted") << FakeExchange::Transport::Untrusted;
    QTest::newRow("wrong host") << FakeExchange::Transport::WrongHost;
    QTest::newRow("self-signed") << FakeExchange::Transport::SelfSigned;
}

void TestFakeExchange::refusedCertificate()
{
    QFETCH(FakeExchange::Transport, transport);
    FakeExchange exchange(transport);
    QNetworkAccessManager network;
    QNetworkReply *reply = network.get(signedRequest(exchange, "GET", "/v1/perpum/order?positionType=plan"));
    QVERIFY(answerTo(reply).isEmpty());
    QCOMPARE(reply->error(), QNetworkReply::SslHandshakeFailedError);
    QCOMPARE(exchange.counts()["requests"_L1].toInt(-1), 0);
}

void TestFakeExchange::saysWhyItDidNotStart()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"did not start"_s));
    const FakeExchange exchange(FakeExchange::Transport::Plain, {u"--no-such-option"_s});
    QVERIFY(!exchange.isReady());
    QVERIFY(!exchange.error().isEmpty());
}

void TestFakeExchange::endsWithItsObject()
{
    QString ca;
    {
        const FakeExchange exchange(FakeExchange::Transport::Tls);
        ca = exchange.caFile();
        QVERIFY(QFile::exists(ca));
    }
    QVERIFY(!QFile::exists(ca));
}

QTEST_GUILESS_MAIN(TestFakeExchange)
#include "tst_fakeexchange.moc"
