#include "local/instancelock.h"
#include "restricted.h"
#include "tests/support/waiting.h"

#include <QFileInfo>
#include <QLocalSocket>
#include <QProcess>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestInstanceLock : public QObject
{
    Q_OBJECT

private slots:
    void firstAcquiresAndHearsTheSecond();
    void foldersDontKnowEachOther();
    void killedHolderIsReplaced();
    void secondProcessRaisesTheFirst();
    void firstThatHangsIsStillTheHolder();
    void endFreesTheFolder();
    void folderThatCantBeWritten();
    void aRemovedFolderIsNoWayAround();
    void namesAreShort_data();
    void namesAreShort();
    void nonsenseOnTheSocketRaisesNothing();
};

namespace {

QByteArray nextLine(QProcess &process)
{
    while (!process.canReadLine()) {
        if (!process.waitForReadyRead(patience))
            return "nothing";
    }
    return process.readLine().trimmed();
}

} // namespace

void TestInstanceLock::firstAcquiresAndHearsTheSecond()
{
    const QTemporaryDir dir;
    InstanceLock first(dir.path());
    QSignalSpy raised(&first, &InstanceLock::raiseRequested);
    QCOMPARE(first.acquire(), InstanceLock::Result::Acquired);
    QVERIFY(QFileInfo::exists(dir.filePath(u"lock"_s)));
    InstanceLock second(dir.path());
    QCOMPARE(second.acquire(), InstanceLock::Result::HeldByOther);
    QVERIFY(second.otherWasReached());
    QTRY_COMPARE(raised.count(), 1);
    InstanceLock third(dir.path());
    QCOMPARE(third.acquire(), InstanceLock::Result::HeldByOther);
    QTRY_COMPARE(raised.count(), 2);
}

void TestInstanceLock::foldersDontKnowEachOther()
{
    const QTemporaryDir one;
    const QTemporaryDir other;
    InstanceLock first(one.path());
    InstanceLock second(other.path());
    QCOMPARE(first.acquire(), InstanceLock::Result::Acquired);
    QCOMPARE(second.acquire(), InstanceLock::Result::Acquired);
    QVERIFY(InstanceLock::serverName(one.path()) != InstanceLock::serverName(other.path()));
}

void TestInstanceLock::killedHolderIsReplaced()
{
    const QTemporaryDir dir;
    QProcess holder;
    holder.start(QStringLiteral(LOCKHOLDER), {dir.path()});
    QCOMPARE(nextLine(holder), QByteArray("acquired"));
    {
        InstanceLock refused(dir.path());
        QCOMPARE(refused.acquire(), InstanceLock::Result::HeldByOther);
        QCOMPARE(nextLine(holder), QByteArray("raise"));
    }
    holder.kill();
    QVERIFY(holder.waitForFinished());
    QVERIFY(QFileInfo::exists(dir.filePath(u"lock"_s)));

    InstanceLock successor(dir.path());
    QSignalSpy raised(&successor, &InstanceLock::raiseRequested);
    QCOMPARE(successor.acquire(), InstanceLock::Result::Acquired);
    InstanceLock next(dir.path());
    QCOMPARE(next.acquire(), InstanceLock::Result::HeldByOther);
    QTRY_COMPARE(raised.count(), 1);
}

void TestInstanceLock::secondProcessRaisesTheFirst()
{
    const QTemporaryDir dir;
    InstanceLock first(dir.path());
    QSignalSpy raised(&first, &InstanceLock::raiseRequested);
    QCOMPARE(first.acquire(), InstanceLock::Result::Acquired);
    QProcess second;
    second.start(QStringLiteral(LOCKHOLDER), {dir.path()});
    QTRY_COMPARE(second.state(), QProcess::NotRunning);
    QCOMPARE(second.exitCode(), 3);
    QCOMPARE(second.readAll().trimmed(), QByteArray("held, reached"));
    QTRY_COMPARE(raised.count(), 1);
}

void TestInstanceLock::firstThatHangsIsStillTheHolder()
{
    const QTemporaryDir dir;
    QProcess holder;
    holder.start(QStringLiteral(LOCKHOLDER), {dir.path()});
    QCOMPARE(nextLine(holder), QByteArray("acquired"));
    QCOMPARE(::kill(pid_t(holder.processId()), SIGSTOP), 0);
    InstanceLock second(dir.path());
    const auto result = second.acquire();
    QCOMPARE(::kill(pid_t(holder.processId()), SIGKILL), 0);
    QVERIFY(holder.waitForFinished());
    QCOMPARE(result, InstanceLock::Result::HeldByOther);
}

void TestInstanceLock::endFreesTheFolder()
{
    const QTemporaryDir dir;
    QString socket;
    {
        InstanceLock first(dir.path());
        QCOMPARE(first.acquire(), InstanceLock::Result::Acquired);
        socket = InstanceLock::serverName(dir.path());
        QVERIFY(QFileInfo::exists(socket));
        struct stat info {};
        QCOMPARE(::stat(QFile::encodeName(socket).constData(), &info), 0);
        QCOMPARE(int(info.st_mode & 0077), 0);
    }
    QVERIFY(!QFileInfo::exists(dir.filePath(u"lock"_s)));
    QVERIFY(!QFileInfo::exists(socket));
    InstanceLock next(dir.path());
    QCOMPARE(next.acquire(), InstanceLock::Result::Acquired);
}

void TestInstanceLock::folderThatCantBeWritten()
{
    const QTemporaryDir dir;
    QVERIFY(QDir(dir.path()).mkdir(u"closed"_s));
    {
        const ReadOnlyFolder closed(dir.filePath(u"closed"_s));
        QVERIFY(closed.works());
        InstanceLock lock(dir.filePath(u"closed"_s));
        QCOMPARE(lock.acquire(), InstanceLock::Result::Failed);
        QVERIFY(lock.problem().contains(u"can't be written"_s));
        QVERIFY(lock.problem().contains(u"closed"_s));
    }
    InstanceLock missing(dir.filePath(u"missing"_s));
    QCOMPARE(missing.acquire(), InstanceLock::Result::Failed);
    QVERIFY(!missing.problem().isEmpty());
}

void TestInstanceLock::aRemovedFolderIsNoWayAround()
{
    const QTemporaryDir dir;
    const QTemporaryDir runtime;
    const QString folder = dir.filePath(u"data"_s);
    QVERIFY(QDir().mkpath(folder));
    const QByteArray old = qgetenv("XDG_RUNTIME_DIR");
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(runtime.path()));
    const auto putBack = qScopeGuard([&old] { qputenv("XDG_RUNTIME_DIR", old); });
    InstanceLock first(folder);
    QSignalSpy raised(&first, &InstanceLock::raiseRequested);
    QCOMPARE(first.acquire(), InstanceLock::Result::Acquired);
    QVERIFY(QDir(folder).removeRecursively());
    QVERIFY(QDir().mkpath(folder));
    InstanceLock second(folder);
    QCOMPARE(second.acquire(), InstanceLock::Result::HeldByOther);
    QVERIFY(second.otherWasReached());
    QTRY_COMPARE(raised.count(), 1);
}

void TestInstanceLock::namesAreShort_data()
{
    QTest::addColumn<QByteArray>("runtime");
    QTest::addColumn<int>("depth");
    QTest::newRow("no runtime folder, short path") << QByteArray() << 0;
    QTest::newRow("no runtime folder, long path") << QByteArray() << 12;
    QTest::newRow("runtime folder that is missing") << QByteArray("/nowhere/at/all") << 1;
    QTest::newRow("relative runtime folder") << QByteArray("tmp") << 1;
    QTest::newRow("runtime folder, long path") << QByteArray("/tmp") << 12;
}

void TestInstanceLock::namesAreShort()
{
    QFETCH(const QByteArray, runtime);
    QFETCH(const int, depth);
    const QTemporaryDir dir;
    QString folder = dir.path();
    for (int i = 0; i < depth; ++i)
        folder += u"/a rather long name, ä"_s;
    QVERIFY(QDir().mkpath(folder));
    const QByteArray old = qgetenv("XDG_RUNTIME_DIR");
    qputenv("XDG_RUNTIME_DIR", runtime);
    const QString name = InstanceLock::serverName(folder);
    InstanceLock first(folder);
    QSignalSpy raised(&first, &InstanceLock::raiseRequested);
    const auto firstResult = first.acquire();
    InstanceLock second(folder);
    const auto secondResult = second.acquire();
    qputenv("XDG_RUNTIME_DIR", old);
    QVERIFY2(QFile::encodeName(name).size() < 100, qPrintable(name));
    QCOMPARE(firstResult, InstanceLock::Result::Acquired);
    QCOMPARE(secondResult, InstanceLock::Result::HeldByOther);
    QVERIFY(second.otherWasReached());
    QTRY_COMPARE(raised.count(), 1);
}

void TestInstanceLock::nonsenseOnTheSocketRaisesNothing()
{
    const QTemporaryDir dir;
    InstanceLock first(dir.path());
    QSignalSpy raised(&first, &InstanceLock::raiseRequested);
    QCOMPARE(first.acquire(), InstanceLock::Result::Acquired);
    for (const QByteArray &bytes : {QByteArray("quit\n"), QByteArray(5000, 'x'), QByteArray("raise\0\n", 7)}) {
        QLocalSocket socket;
        QSignalSpy closed(&socket, &QLocalSocket::disconnected);
        socket.connectToServer(InstanceLock::serverName(dir.path()));
        QTRY_COMPARE(socket.state(), QLocalSocket::ConnectedState);
        socket.write(bytes);
        QTRY_VERIFY(closed.count() == 1);
    }
    QCOMPARE(raised.count(), 0);
}

QTEST_GUILESS_MAIN(TestInstanceLock)
#include "tst_instancelock.moc"
