#include "domain/qtversions.h"
#include "local/folderlock.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QScopeGuard>
#include <QSysInfo>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestFolderLock : public QObject
{
    Q_OBJECT

private slots:
    void oneAtATime();
    void noTextKeepsAFolderLocked_data();
    void noTextKeepsAFolderLocked();
    void anotherComputerIsAskedAbout();
    void oursIsTheComputerNotItsName();
    void whatIsNoFileIsSetAside_data();
    void whatIsNoFileIsSetAside();
    void forThisUserAlone();
    void anotherOnesFileIsNotRemoved();
};

namespace {

void writeLock(const QTemporaryDir &dir, const QByteArray &text)
{
    QFile file(dir.filePath(u"lock"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

} // namespace

void TestFolderLock::oneAtATime()
{
    const QTemporaryDir dir;
    FolderLock first(dir.path());
    QCOMPARE(first.tryLock(), FolderLock::Result::Locked);
    FolderLock second(dir.path());
    QCOMPARE(second.tryLock(), FolderLock::Result::Held);
    first.release();
    QVERIFY(!QFileInfo::exists(dir.filePath(u"lock"_s)));
    QCOMPARE(second.tryLock(), FolderLock::Result::Locked);
}

void TestFolderLock::noTextKeepsAFolderLocked_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray process = QByteArray::number(QCoreApplication::applicationPid());
    QTest::newRow("empty, as after a power cut") << QByteArray();
    QTest::newRow("zeros, as after a power cut") << QByteArray(512, '\0');
    QTest::newRow("no lines") << QByteArray("garbage");
    QTest::newRow("lines of something else") << QByteArray("\n\n\n\n\n\n\n");
    QTest::newRow("larger than any lock") << QByteArray(1 << 20, 'x');
    QTest::newRow("a process number that is in use again")
        << process + "\ncountermand\n" + QSysInfo::machineHostName().toUtf8() + '\n' + QSysInfo::machineUniqueId() +
               '\n' + QSysInfo::bootUniqueId() + '\n';
}

void TestFolderLock::noTextKeepsAFolderLocked()
{
    QFETCH(const QByteArray, text);
    const QTemporaryDir dir;
    writeLock(dir, text);
    FolderLock lock(dir.path());
    QCOMPARE(lock.tryLock(), FolderLock::Result::Locked);
}

void TestFolderLock::anotherComputerIsAskedAbout()
{
    const QTemporaryDir dir;
    writeLock(dir, "12\ncountermand\nattic\nanothermachine\nanotherstart\n2026-03-04T05:06:07Z\n");
    FolderLock lock(dir.path());
    QCOMPARE(lock.tryLock(), FolderLock::Result::OtherComputer);
    QCOMPARE(lock.holder().host, u"attic"_s);
    QCOMPARE(lock.holder().since, QDateTime({2026, 3, 4}, {5, 6, 7}, inUtc));
    // While it is asked nobody else may have it.
    FolderLock other(dir.path());
    QCOMPARE(other.tryLock(), FolderLock::Result::Held);
    QCOMPARE(lock.takeOver(), FolderLock::Result::Locked);
    lock.release();
    FolderLock next(dir.path());
    QCOMPARE(next.tryLock(), FolderLock::Result::Locked);
}

void TestFolderLock::oursIsTheComputerNotItsName()
{
    QVERIFY(!isOtherComputer({u"old name"_s, "m1", {}}, {u"new name"_s, "m1", {}}));
    QVERIFY(isOtherComputer({u"same name"_s, "m2", {}}, {u"same name"_s, "m1", {}}));
    QVERIFY(isOtherComputer({u"one"_s, {}, {}}, {u"other"_s, "m1", {}}));
    QVERIFY(!isOtherComputer({{}, {}, {}}, {u"other"_s, "m1", {}}));
}

void TestFolderLock::whatIsNoFileIsSetAside_data()
{
    QTest::addColumn<QString>("what");
    QTest::newRow("pipe") << u"pipe"_s;
    QTest::newRow("link") << u"link"_s;
    QTest::newRow("folder") << u"folder"_s;
}

void TestFolderLock::whatIsNoFileIsSetAside()
{
    QFETCH(const QString, what);
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"lock"_s);
    if (what == u"pipe"_s)
        QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    else if (what == u"link"_s)
        QVERIFY(QFile::link(u"/dev/zero"_s, path));
    else
        QVERIFY(QDir().mkdir(path));
    FolderLock lock(dir.path());
    QCOMPARE(lock.tryLock(), FolderLock::Result::Locked);
    QVERIFY2(lock.notice().contains(u"set aside as lock.bad-"_s), qPrintable(lock.notice()));
    QCOMPARE(FolderLock(dir.path()).tryLock(), FolderLock::Result::Held);
    // Only what was there was renamed, and is still there.
    const auto names = QDir(dir.path()).entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot);
    QCOMPARE(names.size(), 2);
}

void TestFolderLock::forThisUserAlone()
{
    const auto old = ::umask(0);
    const auto putBack = qScopeGuard([old] { ::umask(old); });
    const QTemporaryDir dir;
    writeLock(dir, {});
    QCOMPARE(::chmod(QFile::encodeName(dir.filePath(u"lock"_s)).constData(), 0666), 0);
    FolderLock lock(dir.path());
    QCOMPARE(lock.tryLock(), FolderLock::Result::Locked);
    struct stat info {};
    QCOMPARE(::stat(QFile::encodeName(dir.filePath(u"lock"_s)).constData(), &info), 0);
    QCOMPARE(int(info.st_mode & 0777), 0600);
}

void TestFolderLock::anotherOnesFileIsNotRemoved()
{
    const QTemporaryDir dir;
    FolderLock first(dir.path());
    QCOMPARE(first.tryLock(), FolderLock::Result::Locked);
    QVERIFY(QFile::remove(dir.filePath(u"lock"_s)));
    FolderLock second(dir.path());
    QCOMPARE(second.tryLock(), FolderLock::Result::Locked);
    first.release();
    QVERIFY(QFileInfo::exists(dir.filePath(u"lock"_s)));
}

QTEST_GUILESS_MAIN(TestFolderLock)
#include "tst_folderlock.moc"
