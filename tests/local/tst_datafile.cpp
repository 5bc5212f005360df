#include "local/datafile.h"
#include "local/instrumentfile.h"
#include "local/journal.h"
#include "local/settings.h"
#include "samplerecords.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kilobyte = 1024;

/// Puts something under a name that is no file, or no sane one.
bool put(const QString &what, const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    if (what == "pipe"_L1)
        return ::mkfifo(name.constData(), 0600) == 0;
    if (what == "folder"_L1)
        return QDir().mkdir(path);
    if (what == "zeros"_L1)
        return QFile::link(u"/dev/zero"_s, path);
    if (what == "link to nothing"_L1)
        return QFile::link(u"/nowhere/at/all"_s, path);
    QFile file(path);
    // Holes: one gigabyte that takes no room.
    return file.open(QIODevice::WriteOnly) && ::truncate(name.constData(), off_t(1) << 30) == 0;
}

void kinds()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"pipe", "folder", "zeros", "link to nothing", "gigabyte"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

QStringList aside(const QTemporaryDir &dir, const QString &name)
{
    return QDir(dir.path()).entryList({name + u".bad-*"_s}, QDir::AllEntries | QDir::System | QDir::Hidden);
}

} // namespace

/// Nothing under a name of the data folder keeps a start waiting, and nothing of it is taken in.
class TestDataFile : public QObject
{
    Q_OBJECT

private slots:
    void readsAFile()
    {
        const QTemporaryDir dir;
        const QString path = dir.filePath(u"a"_s);
        QCOMPARE(int(readDataFile(path, kilobyte).state), int(DataFile::State::Missing));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(kilobyte, 'x'));
        file.close();
        const DataFile read = readDataFile(path, kilobyte);
        QCOMPARE(int(read.state), int(DataFile::State::Read));
        QCOMPARE(read.bytes, QByteArray(kilobyte, 'x'));
        QVERIFY(!read.isStrange() && read.why(kilobyte).isEmpty());
        QCOMPARE(int(readDataFile(path, kilobyte - 1).state), int(DataFile::State::TooLarge));
        QCOMPARE(lookAtDataFile(path, kilobyte).bytes, QByteArray());
        // A link to a file is as good as the file.
        QVERIFY(QFile::link(path, dir.filePath(u"b"_s)));
        QCOMPARE(readDataFile(dir.filePath(u"b"_s), kilobyte).bytes.size(), kilobyte);
        // One that says it is empty.
        QVERIFY(!readDataFile(u"/proc/self/maps"_s, 1 << 24).bytes.isEmpty());
    }

    void strange_data() { kinds(); }
    void strange()
    {
        QFETCH(const QString, what);
        const QTemporaryDir dir;
        const QString path = dir.filePath(u"a"_s);
        QVERIFY(put(what, path));
        const DataFile file = readDataFile(path, 1 << 20);
        QVERIFY(file.isStrange() && file.bytes.isEmpty());
        QCOMPARE(file.why(1 << 20), what == "gigabyte"_L1 ? u"it is larger than 1 MB"_s : u"it is no file"_s);
        const QString name = setAside(path);
        QVERIFY(name.startsWith("a.bad-"_L1));
        QCOMPARE(aside(dir, u"a"_s), QStringList{name});
        QCOMPARE(int(readDataFile(path, kilobyte).state), int(DataFile::State::Missing));
    }

    void settings_data() { kinds(); }
    void settings()
    {
        QFETCH(const QString, what);
        const QTemporaryDir dir;
        QVERIFY(put(what, dir.filePath(u"settings.ini"_s)));
        Settings settings(dir.path());
        QVERIFY2(settings.problem().contains(u"set aside as settings.ini.bad-"_s), qPrintable(settings.problem()));
        QCOMPARE(aside(dir, u"settings.ini"_s).size(), 1);
        settings.setRowHeight(31);
        QCOMPARE(Settings(dir.path()).rowHeight(), 31);
    }

    void journal_data() { kinds(); }
    void journal()
    {
        QFETCH(const QString, what);
        const QTemporaryDir dir;
        QVERIFY(put(what, dir.filePath(u"journal.jsonl"_s)));
        Journal journal = Journal::open(dir.path(), QDateTime::currentDateTimeUtc());
        QStringList notices;
        QVERIFY(journal.load(&notices).isEmpty());
        QCOMPARE(notices.size(), 1);
        QVERIFY2(notices.first().contains(u"set aside as journal.jsonl.bad-"_s), qPrintable(notices.first()));
        QVERIFY(!journal.append(smallestRecord()));
        QCOMPARE(Journal::open(dir.path(), QDateTime::currentDateTimeUtc()).load().size(), 1);
    }

    void journalThatTurnsStrange_data() { kinds(); }
    void journalThatTurnsStrange()
    {
        QFETCH(const QString, what);
        if (what == "gigabyte"_L1)
            return;
        const QTemporaryDir dir;
        Journal journal = Journal::open(dir.path(), QDateTime::currentDateTimeUtc());
        QVERIFY(put(what, dir.filePath(u"journal.jsonl"_s)));
        // Not on a disk is not recorded.
        QVERIFY(journal.append(smallestRecord()));
        QVERIFY(journal.removeSettled());
    }

    void instruments_data() { kinds(); }
    void instruments()
    {
        QFETCH(const QString, what);
        const QTemporaryDir dir;
        QVERIFY(put(what, dir.filePath(u"instruments.json"_s)));
        const auto file = InstrumentFile::in(dir.path());
        QVERIFY(!file.load(u"host"_s));
        const QString notice = file.setStrangeAside();
        QVERIFY2(notice.contains(u"set aside as instruments.json.bad-"_s), qPrintable(notice));
        QVERIFY(file.setStrangeAside().isEmpty());
        QVERIFY(file.save({{{u"BTC"_s, {}, {}, {}, {}, {}}}, u"host"_s, QDateTime::currentDateTimeUtc()}));
        QVERIFY(file.load(u"host"_s));
    }
};

QTEST_GUILESS_MAIN(TestDataFile)
#include "tst_datafile.moc"
