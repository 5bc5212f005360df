// The session bus ends under a process that has asked the keychain over it. Needs the real dbus-daemon and libsecret.
#include "local/sessionbus.h"
#include "tests/support/waiting.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestSessionBus : public QObject
{
    Q_OBJECT

private slots:
    void itsEndIsNotOurs_data();
    void itsEndIsNotOurs();
    void withoutABusNothingIsStarted();
};

namespace {

QByteArray nextLine(QProcess &process)
{
    while (!process.canReadLine()) {
        if (!process.waitForReadyRead(patience))
            return {};
    }
    return process.readLine().trimmed();
}

} // namespace

void TestSessionBus::itsEndIsNotOurs_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<bool>("lives");
    // Without it the process is gone, which shows that this test can fail.
    QTest::newRow("unprotected") << QStringList{u"--unprotected"_s} << false;
    QTest::newRow("protected") << QStringList{} << true;
}

void TestSessionBus::itsEndIsNotOurs()
{
    QFETCH(const QStringList, options);
    QFETCH(const bool, lives);
    QProcess bus;
    bus.start(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--nopidfile"_s, u"--print-address=1"_s});
    const QByteArray address = nextLine(bus);
    QVERIFY2(address.startsWith("unix:"), address.constData());

    QProcess guest;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, QString::fromLocal8Bit(address));
    guest.setProcessEnvironment(environment);
    guest.start(QStringLiteral(BUSGUEST), options);
    QCOMPARE(nextLine(guest), QByteArray("asked"));

    bus.kill();
    QVERIFY(bus.waitForFinished(patience));
    // Each answer is a turn of the guest's event loop, in which the end of the bus is noticed.
    bool answers = true;
    for (int i = 0; i < 50 && answers; ++i) {
        guest.write("ping\n");
        answers = nextLine(guest) == "pong";
    }
    QCOMPARE(answers, lives);
    guest.closeWriteChannel();
    QVERIFY(guest.state() == QProcess::NotRunning || guest.waitForFinished(patience));
}

void TestSessionBus::withoutABusNothingIsStarted()
{
    QProcess guest;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"DBUS_SESSION_BUS_ADDRESS"_s);
    environment.remove(u"XDG_RUNTIME_DIR"_s);
    guest.setProcessEnvironment(environment);
    guest.start(QStringLiteral(BUSGUEST), {});
    QCOMPARE(nextLine(guest), QByteArray("asked"));
    guest.closeWriteChannel();
    QVERIFY(guest.waitForFinished(patience));
    QCOMPARE(guest.exitCode(), 0);
}

QTEST_GUILESS_MAIN(TestSessionBus)
#include "tst_sessionbus.moc"
