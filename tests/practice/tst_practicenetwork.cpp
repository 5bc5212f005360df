#include "practiceline.h"
#include "tests/support/waiting.h"

#include <QAbstractSocket>
#include <QDir>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>
#include <QThread>

#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;
using practicecall::OneShot;

class TestPracticeNetwork : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_line = std::make_unique<practicecall::Line>(); }
    void cleanup() { m_line.reset(); }

    void listsOrders();
    void dateFollowsThePracticeClock();
    void cancelsWithOneShotBody();
    void cancelsWithByteArrayBody();
    void bodyIsAskedForInALaterTurn();
    void badSignatureIsRefused();
    void unknownAddressKeepsItsBody();
    void slowAnswersLater();
    void otherHostsDoNotExist_data();
    void otherHostsDoNotExist();
    void preconnectDoesNoHarm();
    void opensNoSocketAndNoThread();

private:
    std::unique_ptr<practicecall::Line> m_line;
};

namespace {

const QByteArray plain = "P-33308741700007828";
const QByteArray second = "P-33308741700003155";

/// Open sockets of this process, where the system can tell.
int openSockets()
{
    int count = 0;
    const QDir descriptors(u"/proc/self/fd"_s);
    for (const QString &name : descriptors.entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System)) {
        if (QFile::symLinkTarget(descriptors.filePath(name)).contains("socket:"_L1))
            ++count;
    }
    return count;
}

} // namespace

void TestPracticeNetwork::listsOrders()
{
    QNetworkReply *reply = m_line->get("/v1/perpum/order?positionType=plan");
    QSignalSpy finished(reply, &QNetworkReply::finished);
    QSignalSpy managerFinished(&m_line->network, &QNetworkAccessManager::finished);
    QVERIFY(!reply->isFinished());
    QVERIFY(waitFor(finished));
    QCOMPARE(finished.size(), 1);
    QCOMPARE(managerFinished.size(), 1);
    QCOMPARE(reply->error(), QNetworkReply::NoError);
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 200);
    QCOMPARE(reply->header(QNetworkRequest::ContentTypeHeader).toString(), u"application/json;charset=UTF-8"_s);
    const QByteArray body = reply->readAll();
    QCOMPARE(reply->header(QNetworkRequest::ContentLengthHeader).toLongLong(), body.size());
    const QJsonObject envelope = practicecall::json(body);
    QCOMPARE(envelope.value("code"_L1), QJsonValue(0));
    QCOMPARE(envelope.value("data"_L1).toArray().size(), 6);
    QVERIFY(reply->readAll().isEmpty());
}

void TestPracticeNetwork::dateFollowsThePracticeClock()
{
    QNetworkReply *before = m_line->get("/v1/perpum/orders/openQuantity");
    QTRY_VERIFY(before->isFinished());
    QCOMPARE(before->rawHeader("Date"), QByteArray("Wed, 04 Mar 2026 12:00:00 GMT"));

    m_line->network.setNextAnswer(PracticeAnswer::ClockOff);
    QNetworkReply *refused = m_line->cancel(plain);
    QTRY_VERIFY(refused->isFinished());
    QCOMPARE(practicecall::json(refused->readAll()).value("code"_L1), QJsonValue(6001));
    QCOMPARE(refused->rawHeader("Date"), QByteArray("Wed, 04 Mar 2026 12:01:30 GMT"));

    m_line->network.perform(PracticeCommand::Reset);
    QNetworkReply *after = m_line->get("/v1/perpum/orders/openQuantity");
    QTRY_VERIFY(after->isFinished());
    QCOMPARE(after->rawHeader("Date"), QByteArray("Wed, 04 Mar 2026 12:00:00 GMT"));
}

void TestPracticeNetwork::cancelsWithOneShotBody()
{
    OneShot *device = nullptr;
    QNetworkReply *reply = m_line->cancel(plain, &device);
    QTRY_VERIFY(reply->isFinished());
    QVERIFY(device->askedFor());
    QCOMPARE(reply->readAll(), QByteArray(R"({"code":0,"msg":"Success"})"));
    QCOMPARE(m_line->network.market().orders().size(), 7);
}

void TestPracticeNetwork::cancelsWithByteArrayBody()
{
    const QByteArray body = "{\"id\":\"" + plain + "\"}";
    QNetworkReply *reply = m_line->network.sendCustomRequest(
        m_line->request(practicecall::signedRequest("DELETE", "/v1/perpum/order", body, m_line->now)), "DELETE",
        body);
    QTRY_VERIFY(reply->isFinished());
    QCOMPARE(reply->readAll(), QByteArray(R"({"code":0,"msg":"Success"})"));
}

void TestPracticeNetwork::bodyIsAskedForInALaterTurn()
{
    OneShot *device = nullptr;
    QNetworkReply *reply = m_line->cancel(plain, &device);
    QSignalSpy sent(reply, &QNetworkReply::requestSent);
    QVERIFY(!device->askedFor());
    QCOMPARE(m_line->network.market().orders().size(), 8);
    QTRY_VERIFY(device->askedFor());
    QCOMPARE(sent.size(), 1);
    QVERIFY(!reply->isFinished());
    QTRY_VERIFY(reply->isFinished());
}

void TestPracticeNetwork::badSignatureIsRefused()
{
    PracticeRequest call = practicecall::signedRequest("GET", "/v1/perpum/orders/openQuantity", {}, m_line->now);
    call.sign[0] = call.sign.at(0) == 'A' ? 'B' : 'A';
    QNetworkReply *forged = m_line->network.get(m_line->request(call));
    call.sign.clear();
    call.apiKey.clear();
    QNetworkReply *nameless = m_line->network.get(m_line->request(call));
    QNetworkReply *stale = m_line->network.get(m_line->request(
        practicecall::signedRequest("GET", "/v1/perpum/orders/openQuantity", {}, m_line->now.addSecs(-31))));
    QTRY_VERIFY(forged->isFinished() && nameless->isFinished() && stale->isFinished());
    QCOMPARE(practicecall::json(forged->readAll()).value("code"_L1), QJsonValue(6001));
    QCOMPARE(practicecall::json(nameless->readAll()).value("code"_L1), QJsonValue(6000));
    QCOMPARE(practicecall::json(stale->readAll()).value("code"_L1), QJsonValue(6001));
}

void TestPracticeNetwork::unknownAddressKeepsItsBody()
{
    QNetworkReply *reply = m_line->get("/v1/perpum/time");
    QTRY_VERIFY(reply->isFinished());
    QCOMPARE(reply->error(), QNetworkReply::ContentNotFoundError);
    QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 404);
    QCOMPARE(practicecall::json(reply->readAll()).value("code"_L1), QJsonValue(404));
}

void TestPracticeNetwork::slowAnswersLater()
{
    m_line->network.setNextAnswer(PracticeAnswer::Slow);
    QNetworkReply *slow = m_line->cancel(plain);
    QTRY_COMPARE(m_line->network.nextAnswer(), PracticeAnswer::Normal);
    QNetworkReply *later = m_line->cancel(second);
    QTRY_VERIFY(later->isFinished());
    QVERIFY(!slow->isFinished());
    QCOMPARE(m_line->network.market().orders().size(), 7);
    m_line->now = m_line->now.addSecs(4);
    QTRY_VERIFY(slow->isFinished());
    QCOMPARE(slow->readAll(), QByteArray(R"({"code":0,"msg":"Success"})"));
    QNetworkReply *list = m_line->get("/v1/perpum/order?positionType=plan");
    QTRY_VERIFY(list->isFinished());
    QCOMPARE(practicecall::json(list->readAll()).value("data"_L1).toArray().size(), 4);
}

void TestPracticeNetwork::otherHostsDoNotExist_data()
{
    QTest::addColumn<QUrl>("url");
    QTest::newRow("the real exchange") << QUrl(u"https://api.coinw.com/v1/perpum/order"_s);
    QTest::newRow("plain") << QUrl(u"http://practice.invalid/v1/perpum/order"_s);
    QTest::newRow("local") << QUrl(u"http://127.0.0.1:1/"_s);
    QTest::newRow("file") << QUrl(u"file:///etc/hostname"_s);
    QTest::newRow("data") << QUrl(u"data:text/plain,hello"_s);
    QTest::newRow("nothing") << QUrl();
}

void TestPracticeNetwork::otherHostsDoNotExist()
{
    QFETCH(QUrl, url);
    auto *device = new OneShot("{}");
    QNetworkReply *reply = m_line->network.sendCustomRequest(QNetworkRequest(url), "DELETE", device);
    device->setParent(reply);
    QTRY_VERIFY(reply->isFinished());
    QCOMPARE(reply->error(), QNetworkReply::HostNotFoundError);
    QVERIFY(!device->askedFor());
    QVERIFY(reply->readAll().isEmpty());
}

void TestPracticeNetwork::preconnectDoesNoHarm()
{
    QSignalSpy finished(&m_line->network, &QNetworkAccessManager::finished);
    m_line->network.connectToHostEncrypted(u"practice.invalid"_s, 443, QSslConfiguration(), u"practice.invalid"_s);
    m_line->network.connectToHost(u"practice.invalid"_s, 80);
    QTRY_COMPARE(finished.size(), 2);
    // Nobody holds these replies, so they must not pile up.
    QTRY_VERIFY(m_line->network.findChildren<QNetworkReply *>().isEmpty());

    m_line->network.perform(PracticeCommand::GoOffline);
    m_line->network.connectToHostEncrypted(u"practice.invalid"_s);
    QTRY_COMPARE(finished.size(), 3);
    QTRY_VERIFY(m_line->network.findChildren<QNetworkReply *>().isEmpty());
    QCOMPARE(m_line->network.market().orders().size(), 8);
}

void TestPracticeNetwork::opensNoSocketAndNoThread()
{
    const int socketsBefore = openSockets();
    m_line->network.connectToHostEncrypted(u"practice.invalid"_s);
    m_line->network.connectToHost(u"api.coinw.com"_s);
    QNetworkReply *list = m_line->get("/v1/perpum/order?positionType=plan");
    QNetworkReply *canceled = m_line->cancel(plain);
    QNetworkReply *elsewhere = m_line->network.get(QNetworkRequest(QUrl(u"http://127.0.0.1:1/"_s)));
    QTRY_VERIFY(list->isFinished() && canceled->isFinished() && elsewhere->isFinished());
    QCOMPARE(openSockets(), socketsBefore);
    // Qt's own createRequest starts a thread for HTTP below its manager.
    QVERIFY(m_line->network.findChildren<QThread *>().isEmpty());
    QVERIFY(m_line->network.findChildren<QAbstractSocket *>().isEmpty());
    QVERIFY(m_line->network.findChildren<QTcpServer *>().isEmpty());
}

QTEST_GUILESS_MAIN(TestPracticeNetwork)
#include "tst_practicenetwork.moc"
