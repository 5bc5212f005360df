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
    void anExistingFolderIsThisUsersAlone();
    void filesAreThisUsersAlone();
    void aSharedFolderKeepsItsMode();
    void makesARelativePathAbsolute();
    void refusesWhatCantBeAFolder_data();
    void refusesWhatCantBeAFolder();
    void tellsWhenItCantBeMade();
    void programFolderIsWhereTheUserSeesIt_data();
    void programFolderIsWhereTheUserSeesIt();
    void placeFollowsTheMarker_data();
    void placeFollowsTheMarker();
    void portableFallsBackAndSaysSo_data();
    void portableFallsBackAndSaysSo();
    void withoutAWritableHomeItIsInMemory();
    void noPlaceIsAProblem();
};

namespace {

/// The user's own data folder is `folder`/countermand while it lives.
class UserFolder
{
public:
    explicit UserFolder(const QString &folder) { qputenv("XDG_DATA_HOME", QFile::encodeName(folder)); }
    ~UserFolder() { qputenv("XDG_DATA_HOME", m_old); }

private:
    const QByteArray m_old = qgetenv("XDG_DATA_HOME");
};

int modeOf(const QString &path)
{
    struct stat info {};
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 ? int(info.st_mode & 07777) : -1;
}

/// What is kept in memory for the user's session is kept there while it lives.
class RuntimeFolder
{
public:
    explicit RuntimeFolder(const QString &folder) { qputenv("XDG_RUNTIME_DIR", QFile::encodeName(folder)); }
    ~RuntimeFolder() { m_old.isNull() ? qunsetenv("XDG_RUNTIME_DIR") : qputenv("XDG_RUNTIME_DIR", m_old); }

private:
    const QByteArray m_old = qgetenv("XDG_RUNTIME_DIR");
};

void writeMarker(const QString &folder)
{
    QFile marker(folder + u"/portable"_s);
    QVERIFY(marker.open(QIODevice::WriteOnly));
}

} // namespace

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
    QCOMPARE(modeOf(wanted), 0700);
}

void TestDataFolder::anExistingFolderIsThisUsersAlone()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"there"_s);
    QVERIFY(QDir().mkdir(path));
    QCOMPARE(::chmod(QFile::encodeName(path).constData(), 0777), 0);
    QString problem;
    QCOMPARE(prepareDataFolder(path + u'/', &problem), path);
    QCOMPARE(modeOf(path), 0700);
    QVERIFY(problem.isEmpty());
}

void TestDataFolder::filesAreThisUsersAlone()
{
    const QTemporaryDir dir;
    const QStringList ours{u"settings.ini"_s,     u"settings.ini.bad-20260304T140322125Z"_s,
                           u"journal.jsonl"_s,    u"journal.jsonl.torn-20260304T140322125Z"_s,
                           u"instruments.json"_s, u"lock"_s,
                           u"limits.json"_s,      u"settings.ini.last"_s};
    const QStringList others{u"notes.txt"_s, u"lock-picking"_s, u"run.sh"_s};
    for (const QString &name : ours + others) {
        QFile file(dir.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(::chmod(QFile::encodeName(file.fileName()).constData(), 0666), 0);
    }
    // What a link leads to is nobody's to change.
    QVERIFY(QFile::link(dir.filePath(u"run.sh"_s), dir.filePath(u"journal.jsonl.old"_s)));
    QString problem;
    QVERIFY(prepareDataFolder(dir.path(), &problem));
    for (const QString &name : ours)
        QCOMPARE(modeOf(dir.filePath(name)), 0600);
    for (const QString &name : others)
        QCOMPARE(modeOf(dir.filePath(name)), 0666);
}

void TestDataFolder::aSharedFolderKeepsItsMode()
{
    const QTemporaryDir dir;
    const QString shared = dir.filePath(u"shared"_s);
    QVERIFY(QDir().mkdir(shared));
    QCOMPARE(::chmod(QFile::encodeName(shared).constData(), 01777), 0);
    const QString home = dir.filePath(u"home"_s);
    QVERIFY(QDir().mkdir(home));
    QCOMPARE(::chmod(QFile::encodeName(home).constData(), 0755), 0);
    const QByteArray oldHome = qgetenv("HOME");
    qputenv("HOME", QFile::encodeName(home));
    QString problem;
    QVERIFY(prepareDataFolder(shared, &problem) && prepareDataFolder(home, &problem));
    qputenv("HOME", oldHome);
    QCOMPARE(modeOf(shared), 01777);
    QCOMPARE(modeOf(home), 0755);
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

void TestDataFolder::programFolderIsWhereTheUserSeesIt_data()
{
    QTest::addColumn<QString>("application");
    QTest::addColumn<QString>("appDir");
    QTest::addColumn<QString>("appImage");
    QTest::addColumn<QString>("folder");
    const QString stick = u"/media/t é 日本 x"_s;
    QTest::newRow("unpacked") << stick << u""_s << u""_s << stick;
    QTest::newRow("single file") << u"/tmp/.mount-1"_s << u"/tmp/.mount-1"_s << stick + u"/C.AppImage"_s << stick;
    QTest::newRow("single file, program deeper")
        << u"/tmp/.mount-1/usr/bin"_s << u"/tmp/.mount-1/"_s << stick + u"/C.AppImage"_s << stick;
    QTest::newRow("started by another single file")
        << u"/usr/bin"_s << u"/tmp/.mount-2"_s << u"/media/Other.AppImage"_s << u"/usr/bin"_s;
    QTest::newRow("a name that only begins alike")
        << u"/tmp/.mount-12"_s << u"/tmp/.mount-1"_s << u"/media/Other.AppImage"_s << u"/tmp/.mount-12"_s;
    QTest::newRow("no file named") << u"/opt/app"_s << u"/opt/app"_s << u""_s << u"/opt/app"_s;
    QTest::newRow("relative folder") << u"/opt/app"_s << u"opt"_s << u"/media/C.AppImage"_s << u"/opt/app"_s;
}

void TestDataFolder::programFolderIsWhereTheUserSeesIt()
{
    QFETCH(const QString, application);
    QFETCH(const QString, appDir);
    QFETCH(const QString, appImage);
    QTEST(programFolder(application, appDir, appImage), "folder");
}

void TestDataFolder::placeFollowsTheMarker_data()
{
    QTest::addColumn<bool>("marker");
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QString>("place");
    QTest::newRow("no marker") << false << u""_s << u"user/countermand"_s;
    QTest::newRow("marker") << true << u""_s << u"t é 日本 x/countermand-data"_s;
    QTest::newRow("named") << false << u"named"_s << u"named"_s;
    QTest::newRow("named wins over the marker") << true << u"named"_s << u"named"_s;
}

void TestDataFolder::placeFollowsTheMarker()
{
    QFETCH(const bool, marker);
    QFETCH(const QString, wanted);
    QFETCH(const QString, place);
    const QTemporaryDir dir;
    const UserFolder user(dir.filePath(u"user"_s));
    const QString program = dir.filePath(u"t é 日本 x"_s);
    QVERIFY(QDir().mkdir(program));
    if (marker)
        writeMarker(program);
    const DataPlace found = findDataPlace(wanted.isEmpty() ? wanted : dir.filePath(wanted), program);
    QCOMPARE(found.folder, dir.filePath(place));
    QCOMPARE(found.problem, QString());
    QVERIFY(QFileInfo(found.folder).isDir());
    QVERIFY(QDir(found.folder).isEmpty());
    // Nothing was made where it was not wanted.
    QCOMPARE(QFileInfo::exists(dir.filePath(u"user"_s)), place.startsWith(u"user"_s));
    QCOMPARE(QFileInfo::exists(program + u"/countermand-data"_s), place.endsWith(u"countermand-data"_s));
}

void TestDataFolder::portableFallsBackAndSaysSo_data()
{
    QTest::addColumn<bool>("dataThere");
    QTest::newRow("first start") << false;
    QTest::newRow("data of an earlier start") << true;
}

void TestDataFolder::portableFallsBackAndSaysSo()
{
    QFETCH(const bool, dataThere);
    const QTemporaryDir dir;
    const QString userData = dir.filePath(u"open/user"_s);
    const UserFolder user(userData);
    QVERIFY(QDir(dir.path()).mkdir(u"closed"_s) && QDir(dir.path()).mkdir(u"open"_s));
    const QString program = dir.filePath(u"closed"_s);
    writeMarker(program);
    if (dataThere) {
        QVERIFY(QDir(program).mkdir(u"countermand-data"_s));
        QCOMPARE(::chmod(QFile::encodeName(program + u"/countermand-data"_s).constData(), 0555), 0);
    }
    QCOMPARE(::chmod(QFile::encodeName(dir.filePath(u"open"_s)).constData(), 0777), 0);
    const ReadOnlyFolder closed(program);
    QVERIFY(closed.works());
    const DataPlace found = findDataPlace({}, program);
    QCOMPARE(found.folder, userData + u"/countermand"_s);
    QVERIFY(QFileInfo(found.folder).isDir());
    QVERIFY2(found.problem.contains(program) && found.problem.contains(found.folder), qPrintable(found.problem));
    // What --data-dir names needs no marker and no excuse.
    QCOMPARE(findDataPlace(dir.filePath(u"open/named"_s), program).problem, QString());
}

/// Without a home folder that can be written: in memory, and said.
void TestDataFolder::withoutAWritableHomeItIsInMemory()
{
    const QTemporaryDir dir;
    const QTemporaryDir memory;
    const RuntimeFolder runtime(memory.path());
    QFile file(dir.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const UserFolder user(dir.filePath(u"file"_s));
    const DataPlace found = findDataPlace({}, dir.path());
    QCOMPARE(found.folder, memory.filePath(u"countermand"_s));
    QVERIFY(found.isPassing);
    QVERIFY2(found.problem.contains(u"kept in memory until you log out"_s), qPrintable(found.problem));
    // What the user names is never replaced.
    QVERIFY(findDataPlace(dir.filePath(u"file/data"_s), dir.path()).folder.isEmpty());
}

void TestDataFolder::noPlaceIsAProblem()
{
    const QTemporaryDir dir;
    QFile file(dir.filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const DataPlace found = findDataPlace(dir.filePath(u"file/data"_s), dir.path());
    QVERIFY(found.folder.isEmpty());
    QVERIFY(!found.isPassing);
    QVERIFY2(found.problem.contains(u"can't be made"_s), qPrintable(found.problem));
}

QTEST_GUILESS_MAIN(TestDataFolder)
#include "tst_datafolder.moc"
