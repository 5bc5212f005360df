#include "local/datafolder.h"
#include "restricted.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestDataFolder : public QObject
{
    Q_OBJECT

private slots:
    void defaultFollowsTheEnvironment();
    void makesAFolderForThisUserAlone();
    void keepsAnExistingFolder();
    void makesARelativePathAbsolute();
    void refusesWhatCantBeAFolder_data();
    void refusesWhatCantBeAFolder();
    void tellsWhenItCantBeMade();
};

void TestDataFolder::defaultFollowsTheEnvironment()
{
    const QByteArray oldData = qgetenv("XDG_DATA_HOME");
    const QByteArray oldHome = qgetenv("HOME");
    qputenv("XDG_DATA_HOME", "/some/where");
    QCOMPARE(defaultDataFolder(), u"/some/where/countermand"_s);
    qputenv("HOME", "/home/of/me");
    for (const char *unusable : {"", "relative"}) {
        qputenv("XDG_DATA_HOME", unusable);
        QCOMPARE(defaultDataFolder(), u"/home/of/me/.local/share/countermand"_s);
    }
    qputenv("XDG_DATA_HOME", oldData);
    qputenv("HOME", oldHome);
}

void TestDataFolder::makesAFolderForThisUserAlone()
{
    const QTemporaryDir dir;
    const QString wanted = dir.filePath(u"a/b c/countermand"_s);
    QString problem;
    const auto folder = prepareDataFolder(wanted, &problem);
    QVERIFY2(folder, qPrintable(problem));
    QCOMPARE(*folder, wanted);
    struct stat info {};
    QCOMPARE(::stat(QFile::encodeName(wanted).constData(), &info), 0);
    QCOMPARE(int(info.st_mode & 07777), 0700);
}

void TestDataFolder::keepsAnExistingFolder()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"there"_s);
    QVERIFY(QDir().mkdir(path));
    QCOMPARE(::chmod(QFile::encodeName(path).constData(), 0750), 0);
    QString problem;
    QCOMPARE(prepareDataFolder(path + u'/', &problem), path);
    struct stat info {};
    QCOMPARE(::stat(QFile::encodeName(path).constData(), &info), 0);
    QCOMPARE(int(info.st_mode & 07777), 0750);
    QVERIFY(problem.isEmpty());
}

void TestDataFolder::makesARelativePathAbsolute()
{
    const QTemporaryDir dir;
    const QString old = QDir::currentPath();
    QVERIFY(QDir::setCurrent(dir.path()));
    QString problem;
    const auto folder = prepareDataFolder(u"here/../data"_s, &problem);
    QDir::setCurrent(old);
    QCOMPARE(folder, QFileInfo(dir.path()).canonicalFilePath() + u"/data"_s);
}

void TestDataFolder::refusesWhatCantBeAFolder_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("says");
    QTest::newRow("a file") << u"file"_s << u"is a file"_s;
    QTest::newRow("below a file") << u"file/below"_s << u"can't be made"_s;
    QTest::newRow("far below a file") << u"file/a/b/c"_s << u"can't be made"_s;
    QTest::newRow("a dangling link") << u"link"_s << u"can't be made"_s;
}

void TestDataFolder::refusesWhatCantBeAFolder()
{
    QFETCH(const QString, name);
    QFETCH(const QString, says);
    const QTemporaryDir dir;
    QFile file(dir.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(QFile::link(dir.filePath(u"nowhere"_s), dir.filePath(u"link"_s)));
    QString problem;
    QVERIFY(!prepareDataFolder(dir.filePath(name), &problem));
    QVERIFY2(problem.contains(says), qPrintable(problem));
    QVERIFY(problem.contains(name));
    problem.clear();
    QVERIFY(!prepareDataFolder({}, &problem));
    QVERIFY(!problem.isEmpty());
}

void TestDataFolder::tellsWhenItCantBeMade()
{
    const QTemporaryDir dir;
    QVERIFY(QDir(dir.path()).mkdir(u"closed"_s));
    const ReadOnlyFolder closed(dir.filePath(u"closed"_s));
    QVERIFY(closed.works());
    QString problem;
    QVERIFY(!prepareDataFolder(dir.filePath(u"closed/data"_s), &problem));
    QVERIFY2(problem.contains(u"can't be made"_s), qPrintable(problem));
}

QTEST_GUILESS_MAIN(TestDataFolder)
#include "tst_datafolder.moc"
