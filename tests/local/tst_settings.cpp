#include "local/settings.h"
#include "restricted.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestSettings : public QObject
{
    Q_OBJECT

private slots:
    void startsEmpty();
    void keepsEverythingAcrossAStart();
    void profilesBelongToOneExchange();
    void addressesAreComparedByMeaning_data();
    void addressesAreComparedByMeaning();
    void profilesAreReplacedAndRemoved();
    void lastProfileIsOneThatExists();
    void setsABadFileAside_data();
    void setsABadFileAside();
    void oneBadByteLosesNoProfile();
    void anEmptiedFileLosesNoProfile_data();
    void anEmptiedFileLosesNoProfile();
    void aFileThatWasTakenAwayIsNotBroughtBack();
    void aRemovedProfileStaysAway();
    void oddEntriesDoNoHarm();
    void readOnlyFolderKeepsValuesInMemory();
    void unreadableFileIsKept();
    void fullDiskIsToldAndForgiven();
    void fileIsForThisUserAlone();
};

namespace {

const QString coinw = u"https://api.coinw.com"_s;
const QString other = u"http://127.0.0.1:8080"_s;

void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

} // namespace

void TestSettings::startsEmpty()
{
    const QTemporaryDir dir;
    const Settings settings(dir.path());
    QVERIFY(settings.profiles(coinw).isEmpty());
    QVERIFY(settings.lastProfile(coinw).isEmpty());
    QVERIFY(settings.windowGeometry().isEmpty());
    QVERIFY(settings.value(u"theme"_s).toString().isEmpty());
    QCOMPARE(settings.rowHeight(), 0);
    QCOMPARE(settings.value(u"toast.time"_s, 2).toInt(), 2);
    QCOMPARE(settings.problem(), QString());
}

void TestSettings::keepsEverythingAcrossAStart()
{
    const QTemporaryDir dir;
    QByteArray bytes;
    for (int i = 0; i < 256; ++i)
        bytes.append(char(i));
    const Profile profile{u"3f0c1c0e-5b0e-4d6f-8b7a-0a5a4f0d9e11"_s, u"Grüße, \"A\"; = % 東京"_s, 7, coinw};
    {
        Settings settings(dir.path());
        settings.saveProfile(profile);
        settings.setLastProfile(coinw, profile.id);
        settings.setWindowGeometry(bytes);
        settings.setValue(u"theme"_s, u"dark"_s);
        settings.setRowHeight(28);
        settings.setValue(u"columns/hidden list"_s, QStringList{u"a,b"_s, u""_s, u"@c"_s});
        QCOMPARE(settings.problem(), QString());
    }
    const Settings settings(dir.path());
    QCOMPARE(settings.profiles(coinw), QList<Profile>{profile});
    QCOMPARE(settings.lastProfile(coinw), profile.id);
    QCOMPARE(settings.windowGeometry(), bytes);
    QCOMPARE(settings.value(u"theme"_s).toString(), u"dark"_s);
    QCOMPARE(settings.rowHeight(), 28);
    QCOMPARE(settings.value(u"columns/hidden list"_s).toStringList(), (QStringList{u"a,b"_s, u""_s, u"@c"_s}));
}

void TestSettings::profilesBelongToOneExchange()
{
    const QTemporaryDir dir;
    Settings settings(dir.path());
    const Profile b{u"b"_s, u"B"_s, 0, coinw};
    const Profile a{u"a"_s, u"A"_s, 1, coinw};
    const Profile test{u"t"_s, u"T"_s, 2, other};
    settings.saveProfile(b);
    settings.saveProfile(test);
    settings.saveProfile(a);
    QCOMPARE(settings.profiles(coinw), (QList<Profile>{b, a}));
    QCOMPARE(settings.profiles(other), QList<Profile>{test});
    QVERIFY(settings.profiles(u"http://127.0.0.1:8081"_s).isEmpty());
    settings.setLastProfile(coinw, b.id);
    settings.setLastProfile(other, test.id);
    QCOMPARE(settings.lastProfile(coinw), b.id);
    QCOMPARE(settings.lastProfile(other), test.id);
    settings.setLastProfile(other, a.id);
    QVERIFY(settings.lastProfile(other).isEmpty());
}

void TestSettings::addressesAreComparedByMeaning_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("same");
    QTest::newRow("same") << coinw << true;
    QTest::newRow("slash") << u"https://api.coinw.com/"_s << true;
    QTest::newRow("case") << u"HTTPS://API.CoinW.com"_s << true;
    QTest::newRow("port") << u"https://api.coinw.com:443"_s << true;
    QTest::newRow("other port") << u"https://api.coinw.com:8443"_s << false;
    QTest::newRow("other scheme") << u"http://api.coinw.com"_s << false;
    QTest::newRow("other host") << u"https://api.coinw.com.evil.example"_s << false;
    QTest::newRow("empty") << QString() << false;
}

void TestSettings::addressesAreComparedByMeaning()
{
    QFETCH(const QString, address);
    QFETCH(const bool, same);
    const QTemporaryDir dir;
    Settings settings(dir.path());
    settings.saveProfile({u"p"_s, u"P"_s, 0, coinw});
    settings.setLastProfile(coinw, u"p"_s);
    QCOMPARE(settings.profiles(address).size(), same ? 1 : 0);
    QCOMPARE(settings.lastProfile(address), same ? u"p"_s : QString());
}

void TestSettings::profilesAreReplacedAndRemoved()
{
    const QTemporaryDir dir;
    Settings settings(dir.path());
    settings.saveProfile({u"1"_s, u"One"_s, 0, coinw});
    settings.saveProfile({u"2"_s, u"Two"_s, 0, coinw});
    settings.saveProfile({u"1"_s, u"First"_s, 3, coinw});
    settings.saveProfile({QString(), u"Nobody"_s, 3, coinw});
    QCOMPARE(settings.profiles(coinw),
             (QList<Profile>{{u"1"_s, u"First"_s, 3, coinw}, {u"2"_s, u"Two"_s, 0, coinw}}));
    settings.setLastProfile(coinw, u"1"_s);
    settings.removeProfile({});
    settings.removeProfile(u"nobody"_s);
    settings.removeProfile(u"1"_s);
    QCOMPARE(settings.profiles(coinw), (QList<Profile>{{u"2"_s, u"Two"_s, 0, coinw}}));
    QVERIFY(settings.lastProfile(coinw).isEmpty());
    QVERIFY(!contentOf(dir.filePath(u"settings.ini"_s)).contains("First"));
}

void TestSettings::lastProfileIsOneThatExists()
{
    const QTemporaryDir dir;
    Settings settings(dir.path());
    settings.setLastProfile(coinw, u"ghost"_s);
    QVERIFY(settings.lastProfile(coinw).isEmpty());
}

void TestSettings::setsABadFileAside_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("zeros") << QByteArray(4096, '\0');
    QTest::newRow("not UTF-8") << QByteArray("theme=\xff\xfe\xfa\n");
    QTest::newRow("no key") << QByteArray("[General]\nthis is no setting\n");
    QTest::newRow("broken group") << QByteArray("[General\ntheme=dark\n");
    QTest::newRow("binary") << QByteArray::fromHex("7f454c46020101000000000000000000");
    QTest::newRow("json") << QByteArray("{\"theme\": \"dark\"}\n");
}

void TestSettings::setsABadFileAside()
{
    QFETCH(const QByteArray, bytes);
    const QTemporaryDir dir;
    {
        Settings before(dir.path());
        before.setValue(u"theme"_s, u"light"_s);
    }
    put(dir.filePath(u"settings.ini"_s), bytes);
    {
        Settings settings(dir.path());
        QVERIFY2(settings.problem().contains(u"set aside"_s), qPrintable(settings.problem()));
        QVERIFY(settings.value(u"theme"_s).toString().isEmpty());
        settings.setValue(u"theme"_s, u"dark"_s);
        QVERIFY(settings.problem().contains(u"set aside"_s));
    }
    const QStringList aside = QDir(dir.path()).entryList({u"settings.ini.bad-*"_s});
    QCOMPARE(aside.size(), 1);
    QVERIFY(QRegularExpression(u"^settings\\.ini\\.bad-\\d{8}T\\d{9}Z$"_s).match(aside[0]).hasMatch());
    QCOMPARE(contentOf(dir.filePath(aside[0])), bytes);
    const Settings again(dir.path());
    QCOMPARE(again.problem(), QString());
    QCOMPARE(again.value(u"theme"_s).toString(), u"dark"_s);
}

void TestSettings::oneBadByteLosesNoProfile()
{
    const QList<Profile> all{{u"3f0c1c0e-5b0e-4d6f-8b7a-0a5a4f0d9e11"_s, u"Main"_s, 3, coinw},
                             {u"b"_s, u"Grüße"_s, 1, coinw}};
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"settings.ini"_s);
    {
        Settings settings(dir.path());
        settings.setValue(u"theme"_s, u"dark"_s);
        for (const Profile &profile : all)
            settings.saveProfile(profile);
        settings.setLastProfile(coinw, all.last().id);
        settings.setRowHeight(28);
    }
    const QByteArray good = contentOf(path);
    int recovered = 0;
    for (qsizetype at = 0; at < good.size(); at += 7) {
        for (const char byte : {'\xff', '\0'}) {
            QByteArray bad = good;
            bad[at] = byte;
            put(path, bad);
            const Settings settings(dir.path());
            QVERIFY2(settings.problem().contains(u"set aside"_s), qPrintable(settings.problem()));
            QVERIFY2(settings.profiles(coinw) == all, bad.constData());
            recovered += settings.rowHeight() == 28 && settings.value(u"theme"_s).toString() == u"dark"_s;
            const QStringList aside = QDir(dir.path()).entryList({u"settings.ini.bad-*"_s});
            QCOMPARE(aside.size(), 1);
            QVERIFY(QFile::remove(dir.filePath(aside.first())));
        }
    }
    // What is no profile is lost where its own line or group is.
    QVERIFY(recovered > good.size() / 7);
    put(path, "theme=light\xff\n");
    const Settings nothingLeft(dir.path());
    QCOMPARE(nothingLeft.profiles(coinw), all);
    QCOMPARE(nothingLeft.lastProfile(coinw), QString());
}

void TestSettings::anEmptiedFileLosesNoProfile_data()
{
    QTest::addColumn<QByteArray>("left");
    QTest::newRow("no byte") << QByteArray();
    QTest::newRow("an end of line") << QByteArray("\n");
    QTest::newRow("blanks") << QByteArray("  \r\n\t\n");
}

void TestSettings::anEmptiedFileLosesNoProfile()
{
    QFETCH(const QByteArray, left);
    const Profile profile{u"a"_s, u"A"_s, 0, coinw};
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"settings.ini"_s);
    {
        Settings settings(dir.path());
        settings.saveProfile(profile);
    }
    put(path, left);
    {
        const Settings settings(dir.path());
        QVERIFY2(settings.problem().contains(u"what could be read was kept"_s), qPrintable(settings.problem()));
        QCOMPARE(settings.profiles(coinw), QList<Profile>{profile});
    }
    const Settings again(dir.path());
    QVERIFY2(again.problem().isEmpty(), qPrintable(again.problem()));
    QCOMPARE(again.profiles(coinw), QList<Profile>{profile});

    // Where there never was one, nothing is missing.
    const QTemporaryDir fresh;
    put(fresh.filePath(u"settings.ini"_s), left);
    const Settings none(fresh.path());
    QVERIFY2(none.problem().isEmpty(), qPrintable(none.problem()));
    QVERIFY(none.profiles(coinw).isEmpty());
}

void TestSettings::aFileThatWasTakenAwayIsNotBroughtBack()
{
    const QTemporaryDir dir;
    Settings(dir.path()).saveProfile({u"a"_s, u"A"_s, 0, coinw});
    QVERIFY(QFile::remove(dir.filePath(u"settings.ini"_s)));
    const Settings settings(dir.path());
    QVERIFY(settings.problem().isEmpty());
    QVERIFY(settings.profiles(coinw).isEmpty());
}

void TestSettings::aRemovedProfileStaysAway()
{
    const QTemporaryDir dir;
    {
        Settings settings(dir.path());
        settings.saveProfile({u"a"_s, u"A"_s, 0, coinw});
        settings.saveProfile({u"b"_s, u"B"_s, 0, coinw});
        settings.removeProfile(u"a"_s);
    }
    put(dir.filePath(u"settings.ini"_s), QByteArray(64, '\0'));
    Settings settings(dir.path());
    QCOMPARE(settings.profiles(coinw), (QList<Profile>{{u"b"_s, u"B"_s, 0, coinw}}));
    struct stat info {};
    QCOMPARE(::stat(QFile::encodeName(dir.filePath(u"settings.ini.last"_s)).constData(), &info), 0);
    QCOMPARE(int(info.st_mode & 0777), 0600);
}

void TestSettings::oddEntriesDoNoHarm()
{
    const QTemporaryDir dir;
    put(dir.filePath(u"settings.ini"_s),
        "[General]\nrowHeight=-5\ntheme=\n[profiles]\n"
        "x\\id=x\nx\\name=X\nx\\swatch=99\nx\\baseUrl=https://api.coinw.com\nx\\order=3\nx\\future=kept\n"
        "y\\name=no id\ny\\baseUrl=https://api.coinw.com\n"
        "z\\id=z\nz\\baseUrl=https://api.coinw.com\nz\\swatch=blue\nz\\order=1\n");
    Settings settings(dir.path());
    QCOMPARE(settings.problem(), QString());
    QCOMPARE(settings.rowHeight(), 0);
    QCOMPARE(settings.profiles(coinw), (QList<Profile>{{u"z"_s, QString(), 0, coinw}, {u"x"_s, u"X"_s, 7, coinw}}));
    settings.saveProfile({u"x"_s, u"X2"_s, 1, coinw});
    QVERIFY(contentOf(dir.filePath(u"settings.ini"_s)).contains("future=kept"));
}

void TestSettings::readOnlyFolderKeepsValuesInMemory()
{
    const QTemporaryDir dir;
    QVERIFY(QDir(dir.path()).mkdir(u"closed"_s));
    const ReadOnlyFolder closed(dir.filePath(u"closed"_s));
    QVERIFY(closed.works());
    Settings settings(dir.filePath(u"closed"_s));
    QCOMPARE(settings.problem(), QString());
    settings.setValue(u"theme"_s, u"dark"_s);
    settings.saveProfile({u"p"_s, u"P"_s, 0, coinw});
    QVERIFY2(settings.problem().contains(u"can't be written"_s), qPrintable(settings.problem()));
    QCOMPARE(settings.value(u"theme"_s).toString(), u"dark"_s);
    QCOMPARE(settings.profiles(coinw).size(), 1);
}

void TestSettings::unreadableFileIsKept()
{
    const QTemporaryDir dir;
    QVERIFY(QDir(dir.path()).mkdir(u"closed"_s));
    const QString path = dir.filePath(u"closed/settings.ini"_s);
    put(path, "not a setting");
    {
        const ReadOnlyFolder closed(dir.filePath(u"closed"_s));
        QVERIFY(closed.works());
        Settings settings(dir.filePath(u"closed"_s));
        QVERIFY2(settings.problem().contains(u"can't be read"_s), qPrintable(settings.problem()));
        settings.setValue(u"theme"_s, u"dark"_s);
        QCOMPARE(settings.value(u"theme"_s).toString(), u"dark"_s);
        QVERIFY(settings.problem().contains(u"can't be written"_s));
    }
    QCOMPARE(contentOf(path), QByteArray("not a setting"));
    // A folder in the file's place is set aside like a file.
    QVERIFY(QFile::remove(path));
    QVERIFY(QDir().mkpath(path));
    Settings settings(dir.filePath(u"closed"_s));
    QVERIFY(settings.problem().contains(u"set aside"_s));
    settings.setValue(u"theme"_s, u"dark"_s);
    QCOMPARE(Settings(dir.filePath(u"closed"_s)).value(u"theme"_s).toString(), u"dark"_s);
}

void TestSettings::fullDiskIsToldAndForgiven()
{
    const QTemporaryDir dir;
    Settings settings(dir.path());
    settings.setValue(u"theme"_s, u"light"_s);
    {
        const FileSizeLimit full(0);
        QVERIFY(full.works());
        settings.setValue(u"theme"_s, u"dark"_s);
        settings.setRowHeight(32);
    }
    QVERIFY2(settings.problem().contains(u"can't be written"_s), qPrintable(settings.problem()));
    QCOMPARE(settings.value(u"theme"_s).toString(), u"dark"_s);
    QVERIFY(contentOf(dir.filePath(u"settings.ini"_s)).contains("theme=light"));
    settings.setWindowGeometry("state");
    QCOMPARE(settings.problem(), QString());
    const QByteArray written = contentOf(dir.filePath(u"settings.ini"_s));
    QVERIFY2(written.contains("theme=dark") && written.contains("rowHeight=32"), written.constData());
}

void TestSettings::fileIsForThisUserAlone()
{
    const QTemporaryDir dir;
    Settings settings(dir.path());
    settings.setValue(u"theme"_s, u"light"_s);
    struct stat info {};
    QCOMPARE(::stat(QFile::encodeName(dir.filePath(u"settings.ini"_s)).constData(), &info), 0);
    QCOMPARE(int(info.st_mode & 0777), 0600);
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
