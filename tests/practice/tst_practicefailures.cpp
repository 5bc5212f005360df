#include "practiceline.h"
#include "tests/support/waiting.h"

#include <QPointer>
#include <QSignalSpy>
#include <QSslError>
#include <QTest>

#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;
using practicecall::OneShot;

class TestPracticeFailures : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_line = std::make_unique<practicecall::Line>(); }
    void cleanup() { m_line.reset(); }

    void noConnectionLeavesTheBody();
    void notSecureLeavesTheBody();
    void offlineRefusesEverything();
    void silenceCanBeAborted();
    void abortBeforeSendingSendsNothing();
    void abortAfterSendingDoesNotUndo();
    void repliesDieWithTheNetwork();
    void deletedRepliesHarmNobody();

private:
    std::unique_ptr<practicecall::Line> m_line;
};

namespace {

const QByteArray plain = "P-33308741700007828";

} // namespace

void TestPracticeFailures::noConnectionLeavesTheBody()
{
    m_line->network.setNextAnswer(PracticeAnswer::NoConnection);
    OneShot *device = nullptr;
    QNetworkReply *reply = m_line->cancel(plain, &device);
    QSignalSpy errors(reply, &QNetworkReply::errorOccurred);
    QTRY_VERIFY(reply->isFinished());
    QCOMPARE(reply->error(), QNetworkReply::ConnectionRefusedError);
    QCOMPARE(reply->errorString(), u"Connection refused"_s);
    QCOMPARE(errors.size(), 1);
    QVERIFY(!device->askedFor());
    QVERIFY(!reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid());
    QCOMPARE(m_line->network.market().orders().size(), 8);
    QCOMPARE(m_line->network.nextAnswer(), PracticeAnswer::Normal);
}

void TestPracticeFailures::notSecureLeavesTheBody()
{
    m_line->network.setNextAnswer(PracticeAnswer::NotSecure);
    OneShot *device = nullptr;
    QNetworkReply *reply = m_line->cancel(plain, &device);
    QSignalSpy sslErrors(reply, &QNetworkReply::sslErrors);
    QSignalSpy managerErrors(&m_line->network, &QNetworkAccessManager::sslErrors);
    // Even a client that would ignore them gets no further.
    connect(reply, &QNetworkReply::sslErrors, reply, [reply] { reply->ignoreSslErrors(); });
    QTRY_VERIFY(reply->isFinished());
    QCOMPARE(reply->error(), QNetworkReply::SslHandshakeFailedError);
    QVERIFY(!reply->errorString().isEmpty());
    QCOMPARE(sslErrors.size(), 1);
    QCOMPARE(managerErrors.size(), 1);
    QVERIFY(!sslErrors.at(0).at(0).value<QList<QSslError>>().constFirst().errorString().isEmpty());
    QVERIFY(!device->askedFor());
    QCOMPARE(m_line->network.market().orders().size(), 8);
}

void TestPracticeFailures::offlineRefusesEverything()
{
    m_line->network.perform(PracticeCommand::GoOffline);
    QVERIFY(m_line->network.isOn(PracticeCommand::GoOffline));
    OneShot *device = nullptr;
    QNetworkReply *list = m_line->get("/v1/perpum/order?positionType=plan");
    QNetworkReply *canceled = m_line->cancel(plain, &device);
    QTRY_VERIFY(list->isFinished() && canceled->isFinished());
    QCOMPARE(list->error(), QNetworkReply::ConnectionRefusedError);
    QCOMPARE(canceled->error(), QNetworkReply::ConnectionRefusedError);
    QVERIFY(!device->askedFor());

    m_line->network.perform(PracticeCommand::GoOffline);
    QNetworkReply *again = m_line->get("/v1/perpum/order?positionType=plan");
    QTRY_VERIFY(again->isFinished());
    QCOMPARE(again->error(), QNetworkReply::NoError);
}

void TestPracticeFailures::silenceCanBeAborted()
{
    m_line->network.setNextAnswer(PracticeAnswer::NoAnswerCanceled);
    OneShot *device = nullptr;
    QNetworkReply *silent = m_line->cancel(plain, &device);
    QSignalSpy finished(silent, &QNetworkReply::finished);
    // Everything sent later comes back; this one does not.
    for (int i = 0; i < 3; ++i) {
        QNetworkReply *later = m_line->get("/v1/perpum/orders/openQuantity");
        QTRY_VERIFY(later->isFinished());
    }
    QVERIFY(device->askedFor());
    QVERIFY(!silent->isFinished());
    QCOMPARE(m_line->network.market().orders().size(), 7);
    silent->abort();
    QVERIFY(silent->isFinished());
    QCOMPARE(silent->error(), QNetworkReply::OperationCanceledError);
    QCOMPARE(finished.size(), 1);
    silent->abort();
    QCOMPARE(finished.size(), 1);
}

void TestPracticeFailures::abortBeforeSendingSendsNothing()
{
    m_line->network.setNextAnswer(PracticeAnswer::Rejected);
    OneShot *device = nullptr;
    QNetworkReply *reply = m_line->cancel(plain, &device);
    QSignalSpy finished(reply, &QNetworkReply::finished);
    reply->abort();
    QCOMPARE(finished.size(), 1);
    QNetworkReply *later = m_line->get("/v1/perpum/orders/openQuantity");
    QTRY_VERIFY(later->isFinished());
    QVERIFY(!device->askedFor());
    QCOMPARE(finished.size(), 1);
    QCOMPARE(m_line->network.nextAnswer(), PracticeAnswer::Rejected);
    QCOMPARE(m_line->network.market().orders().size(), 8);
}

void TestPracticeFailures::abortAfterSendingDoesNotUndo()
{
    OneShot *device = nullptr;
    QNetworkReply *reply = m_line->cancel(plain, &device);
    QSignalSpy finished(reply, &QNetworkReply::finished);
    QTRY_VERIFY(device->askedFor());
    reply->abort();
    QCOMPARE(reply->error(), QNetworkReply::OperationCanceledError);
    QCOMPARE(m_line->network.market().orders().size(), 7);
    QNetworkReply *later = m_line->get("/v1/perpum/orders/openQuantity");
    QTRY_VERIFY(later->isFinished());
    QCOMPARE(finished.size(), 1);
    QVERIFY(reply->readAll().isEmpty());
}

void TestPracticeFailures::repliesDieWithTheNetwork()
{
    const QPointer<QNetworkReply> unsent = m_line->get("/v1/perpum/orders/openQuantity");
    m_line->network.setNextAnswer(PracticeAnswer::NoAnswerOpen);
    const QPointer<QNetworkReply> silent = m_line->cancel(plain);
    QTRY_COMPARE(m_line->network.nextAnswer(), PracticeAnswer::Normal);
    m_line.reset();
    QVERIFY(!unsent);
    QVERIFY(!silent);
}

void TestPracticeFailures::deletedRepliesHarmNobody()
{
    delete m_line->get("/v1/perpum/orders/openQuantity");
    OneShot *device = nullptr;
    QNetworkReply *reply = m_line->cancel(plain, &device);
    QTRY_VERIFY(device->askedFor());
    delete reply;
    QNetworkReply *later = m_line->get("/v1/perpum/orders/openQuantity");
    connect(later, &QNetworkReply::finished, later, &QObject::deleteLater);
    QSignalSpy gone(later, &QObject::destroyed);
    QVERIFY(waitFor(gone));
    QCOMPARE(m_line->network.market().orders().size(), 7);
}

QTEST_GUILESS_MAIN(TestPracticeFailures)
#include "tst_practicefailures.moc"
