#include "domain/qtversions.h"
#include "local/journal.h"
#include "restricted.h"
#include "samplerecords.h"
#include "tests/support/waiting.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QtTest>

#include <cerrno>
#include <fcntl.h>

using namespace countermand;
using namespace Qt::StringLiterals;
using Kind = WriteFailure::Kind;

class TestJournal : public QObject
{
    Q_OBJECT

private slots:
    void appendsAndLoads();
    void fileIsForThisUserAlone();
    void loadSeesWhatWasAppendedSince();
    void tornLastLineIsSetAside();
    void tornPieceDoesNotSpoilTheNextLine();
    void fileWithoutLastNewlineIsContinued();
    void damagedLinesAreKeptAndTold();
    void rotatesAtOpen();
    void removesAnAccount();
    void everyCutOfAFileLoads();
    void fullDiskInTheMiddleOfALine();
    void readOnlyFolder();
    void rotationThatCantBeWritten();
    void folderThatVanished();
    void folderThatIsAFile();
    void killedWhileWriting();
    void systemErrors_data();
    void systemErrors();

private:
    const QDateTime m_now{QDate(2026, 3, 1), QTime(12, 0, 0, 7), inUtc};
};

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

QStringList idsOf(const QList<CancelRecord> &records)
{
    QStringList ids;
    for (const CancelRecord &record : records)
        ids.append(record.cancelId);
    return ids;
}

QByteArray shown(const std::optional<JournalProblem> &problem)
{
    return problem ? problem->text.toUtf8() : QByteArray("no problem");
}

} // namespace

void TestJournal::appendsAndLoads()
{
    const QTemporaryDir dir;
    Journal journal = Journal::open(dir.path(), m_now);
    QVERIFY(journal.load().isEmpty());
    CancelRecord first = fullestRecord();
    first.stage = CancelStage::Sending;
    CancelRecord second = smallestRecord();
    QVERIFY(!journal.append(first));
    QVERIFY(!journal.append(second));
    first.stage = CancelStage::Canceled;
    QVERIFY(!journal.append(first));
    QCOMPARE(contentOf(journal.path()).count('\n'), 3);

    QStringList notices;
    const auto records = Journal::open(dir.path(), m_now).load(&notices);
    QCOMPARE(records.size(), 2);
    QCOMPARE(firstDifference(records[0], first), QString());
    QCOMPARE(firstDifference(records[1], second), QString());
    QVERIFY2(notices.isEmpty(), qPrintable(notices.join(u' ')));
    QCOMPARE(idsOf(unsettled(records)), QStringList{second.cancelId});
}

void TestJournal::fileIsForThisUserAlone()
{
    const QTemporaryDir dir;
    Journal journal = Journal::open(dir.path(), m_now);
    QVERIFY(!QFileInfo::exists(journal.path()));
    QVERIFY(!journal.append(smallestRecord()));
    struct stat info {};
    QCOMPARE(::stat(QFile::encodeName(journal.path()).constData(), &info), 0);
    QCOMPARE(int(info.st_mode & 0777), 0600);
}

void TestJournal::loadSeesWhatWasAppendedSince()
{
    const QTemporaryDir dir;
    Journal journal = Journal::open(dir.path(), m_now);
    QVERIFY(!journal.append(smallestRecord()));
    QCOMPARE(journal.load().size(), 1);
    QCOMPARE(journal.load().size(), 1);
    QVERIFY(!journal.append(fullestRecord()));
    QCOMPARE(journal.load().size(), 2);
}

void TestJournal::tornLastLineIsSetAside()
{
    const QTemporaryDir dir;
    const QByteArray whole = journalLine(smallestRecord()) + '\n';
    const QByteArray torn = journalLine(fullestRecord()).left(200);
    const QString path = dir.filePath(u"journal.jsonl"_s);
    for (int round = 1; round <= 2; ++round) {
        put(path, whole + torn);
        QStringList notices;
        Journal journal = Journal::open(dir.path(), m_now);
        QCOMPARE(journal.load(&notices).size(), 1);
        QCOMPARE(notices.size(), 1);
        QVERIFY2(notices[0].contains(u"set aside as journal.jsonl.torn-20260301T120000007Z"_s),
                 qPrintable(notices[0]));
        QCOMPARE(contentOf(path), whole);
        // The same moment again takes another name, and overwrites nothing.
        const QStringList aside = QDir(dir.path()).entryList({u"journal.jsonl.torn-*"_s});
        QCOMPARE(aside.size(), round);
        for (const QString &name : aside)
            QCOMPARE(contentOf(dir.filePath(name)), torn);
    }
}

void TestJournal::tornPieceDoesNotSpoilTheNextLine()
{
    const QTemporaryDir dir;
    Journal journal = Journal::open(dir.path(), m_now);
    put(journal.path(), journalLine(fullestRecord()).left(99));
    QVERIFY(!journal.append(smallestRecord()));
    QStringList notices;
    QCOMPARE(journal.load(&notices).size(), 1);
    QCOMPARE(notices.size(), 1);
    QCOMPARE(contentOf(journal.path()),
             journalLine(fullestRecord()).left(99) + '\n' + journalLine(smallestRecord()) + '\n');
}

void TestJournal::fileWithoutLastNewlineIsContinued()
{
    const QTemporaryDir dir;
    put(dir.filePath(u"journal.jsonl"_s), journalLine(fullestRecord()));
    Journal journal = Journal::open(dir.path(), m_now);
    QVERIFY(!journal.append(smallestRecord()));
    QStringList notices;
    QCOMPARE(journal.load(&notices).size(), 2);
    QVERIFY(notices.isEmpty());
}

void TestJournal::damagedLinesAreKeptAndTold()
{
    const QTemporaryDir dir;
    const QByteArray bytes = "damaged\n" + journalLine(smallestRecord()) + "\n{\"v\":2}\nalso damaged\n";
    put(dir.filePath(u"journal.jsonl"_s), bytes);
    Journal journal = Journal::open(dir.path(), m_now);
    QStringList notices;
    QCOMPARE(journal.load(&notices).size(), 1);
    QCOMPARE(notices.size(), 2);
    QVERIFY(notices[0].startsWith(u"2 damaged lines"_s));
    QVERIFY(notices[1].contains(u"later version"_s));
    QVERIFY(!journal.append(fullestRecord()));
    QCOMPARE(contentOf(journal.path()), bytes + journalLine(fullestRecord()) + '\n');
}

void TestJournal::rotatesAtOpen()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(u"journal.jsonl"_s);
    QByteArray bytes = "{\"v\":2}\n";
    for (int i = 0; i < 30; ++i)
        bytes += journalLine(recordNamed(QString::number(i), CancelStage::Canceled, m_now.addDays(i - 100))) + '\n';
    const QByteArray open = journalLine(recordNamed(u"open"_s, CancelStage::Sending, m_now.addDays(-300))) + '\n';
    put(path, open + bytes + "{\"v\":1,\"to");
    Journal journal = Journal::open(dir.path(), m_now);
    QStringList notices;
    const auto records = journal.load(&notices);
    QCOMPARE(records.size(), 21);
    QCOMPARE(records.first().cancelId, u"open"_s);
    QCOMPARE(records[1].cancelId, u"10"_s);
    QVERIFY(contentOf(path).startsWith(open + "{\"v\":2}\n"));
    QCOMPARE(contentOf(path).count('\n'), 22);
    QCOMPARE(notices.size(), 2);
    QVERIFY(!journal.append(smallestRecord()));
    QCOMPARE(journal.load().size(), 22);
    struct stat info {};
    QCOMPARE(::stat(QFile::encodeName(path).constData(), &info), 0);
    QCOMPARE(int(info.st_mode & 0777), 0600);
    QCOMPARE(QDir(dir.path()).entryList(QDir::Files).size(), 2);
}

void TestJournal::removesAnAccount()
{
    const QTemporaryDir dir;
    Journal journal = Journal::open(dir.path(), m_now);
    CancelRecord mine = fullestRecord();
    QVERIFY(!journal.append(mine));
    QVERIFY(!journal.append(smallestRecord()));
    QVERIFY(!journal.removeAccount(mine.account.id));
    QCOMPARE(idsOf(journal.load()), QStringList{smallestRecord().cancelId});
    QVERIFY(!journal.removeAccount(u"unknown"_s));
    QVERIFY(!Journal::open(dir.filePath(u"nowhere"_s), m_now).removeAccount(mine.account.id));
}

void TestJournal::everyCutOfAFileLoads()
{
    const QTemporaryDir dir;
    const QByteArray first = journalLine(smallestRecord()) + '\n';
    CancelRecord other = smallestRecord();
    other.cancelId = u"c-2"_s;
    const QByteArray second = journalLine(other) + '\n';
    const QByteArray bytes = first + second;
    for (qsizetype size = 0; size <= bytes.size(); ++size) {
        put(dir.filePath(u"journal.jsonl"_s), bytes.left(size));
        Journal journal = Journal::open(dir.path(), m_now);
        const int whole = size < first.size() - 1 ? 0 : size < bytes.size() - 1 ? 1 : 2;
        QCOMPARE(journal.load().size(), whole);
        QVERIFY(!journal.append(fullestRecord()));
        QStringList notices;
        QCOMPARE(journal.load(&notices).size(), whole + 1);
        QVERIFY(notices.isEmpty());
        // Nothing was thrown away: what is not in the journal lies beside it.
        QByteArray aside;
        const QStringList names = QDir(dir.path()).entryList({u"journal.jsonl.torn-*"_s});
        for (const QString &name : names) {
            aside += contentOf(dir.filePath(name));
            QVERIFY(QFile::remove(dir.filePath(name)));
        }
        QByteArray all = contentOf(journal.path());
        all.chop(journalLine(fullestRecord()).size() + 1);
        if (aside.isEmpty() && size > 0 && !bytes.left(size).endsWith('\n'))
            all.chop(1); // the newline that completed a whole line
        QCOMPARE(all + aside, bytes.left(size));
    }
}

void TestJournal::fullDiskInTheMiddleOfALine()
{
    const QTemporaryDir dir;
    Journal journal = Journal::open(dir.path(), m_now);
    QVERIFY(!journal.append(smallestRecord()));
    const qint64 before = QFileInfo(journal.path()).size();
    for (const qint64 room : {0, 1, 57}) {
        std::optional<JournalProblem> problem;
        {
            const FileSizeLimit full(QFileInfo(journal.path()).size() + room);
            QVERIFY(full.works());
            problem = journal.append(fullestRecord());
        }
        QVERIFY(problem);
        QVERIFY2(problem->kind == Kind::DiskFull, shown(problem).constData());
        QCOMPARE(problem->text, u"The record of cancels can't be written: the disk is full."_s);
        QCOMPARE(problem->reason, u"the disk is full"_s);
    }
    // What was written of the line is taken back.
    QCOMPARE(QFileInfo(journal.path()).size(), before);
    CancelRecord later = smallestRecord();
    later.cancelId = u"later"_s;
    QVERIFY(!journal.append(later));
    QStringList notices;
    QCOMPARE(idsOf(journal.load(&notices)), (QStringList{u"c-1"_s, u"later"_s}));
    QVERIFY(notices.isEmpty());
}

void TestJournal::readOnlyFolder()
{
    const QTemporaryDir dir;
    const QString folder = dir.filePath(u"closed"_s);
    QVERIFY(QDir().mkdir(folder));
    {
        const ReadOnlyFolder closed(folder);
        QVERIFY(closed.works());
        Journal journal = Journal::open(folder, m_now);
        const auto problem = journal.append(smallestRecord());
        QVERIFY(problem);
        QVERIFY2(problem->kind == Kind::NotWritable, shown(problem).constData());
        QVERIFY(problem->text.contains(u"can't be written"_s));
        QVERIFY(journal.load().isEmpty());
    }
    Journal journal = Journal::open(folder, m_now);
    QVERIFY(!journal.append(smallestRecord()));
}

void TestJournal::rotationThatCantBeWritten()
{
    const QTemporaryDir dir;
    const QString folder = dir.filePath(u"closed"_s);
    const QString path = folder + u"/journal.jsonl"_s;
    QVERIFY(QDir().mkdir(folder));
    const QByteArray bytes = journalLine(recordNamed(u"old"_s, CancelStage::Canceled, m_now.addDays(-200))) + '\n' +
                             journalLine(recordNamed(u"new"_s, CancelStage::Canceled, m_now)) + "\n{\"v\":1,\"torn";
    put(path, bytes);
    QCOMPARE(::chmod(QFile::encodeName(path).constData(), 0644), 0);
    {
        const ReadOnlyFolder closed(folder);
        QVERIFY(closed.works());
        QStringList notices;
        Journal journal = Journal::open(folder, m_now);
        QCOMPARE(idsOf(journal.load(&notices)), (QStringList{u"old"_s, u"new"_s}));
        QCOMPARE(notices.size(), 1);
        QVERIFY(notices[0].contains(u"broke off"_s) && !notices[0].contains(u"set aside"_s));
    }
    QCOMPARE(contentOf(path), bytes);
}

void TestJournal::folderThatVanished()
{
    const QTemporaryDir dir;
    const QString folder = dir.filePath(u"data"_s);
    QVERIFY(QDir().mkdir(folder));
    Journal journal = Journal::open(folder, m_now);
    QVERIFY(!journal.append(smallestRecord()));
    QVERIFY(QDir(folder).removeRecursively());
    const auto problem = journal.append(fullestRecord());
    QVERIFY(problem);
    QVERIFY2(problem->kind == Kind::FolderGone, shown(problem).constData());
    QVERIFY(problem->text.contains(folder));
    QVERIFY(QDir().mkdir(folder));
    QVERIFY(!journal.append(fullestRecord()));
    QCOMPARE(journal.load().size(), 1);
}

void TestJournal::folderThatIsAFile()
{
    const QTemporaryDir dir;
    put(dir.filePath(u"file"_s), "x");
    Journal journal = Journal::open(dir.filePath(u"file"_s), m_now);
    QVERIFY(journal.load().isEmpty());
    const auto problem = journal.append(smallestRecord());
    QVERIFY(problem);
    QVERIFY2(problem->kind == Kind::FolderGone, shown(problem).constData());
    QCOMPARE(contentOf(dir.filePath(u"file"_s)), QByteArray("x"));
}

void TestJournal::killedWhileWriting()
{
    const QTemporaryDir dir;
    QRandomGenerator random(4711);
    QStringList recorded;
    for (int round = 0; round < 12; ++round) {
        const QString prefix = QString::number(round) + u'-';
        QProcess writer;
        writer.start(QStringLiteral(JOURNALWRITER), {dir.path(), prefix});
        QStringList lines;
        const int enough = random.bounded(1, 40);
        while (lines.size() < enough) {
            QVERIFY(writer.canReadLine() || writer.waitForReadyRead(patience));
            while (writer.canReadLine())
                lines.append(QString::fromUtf8(writer.readLine()).trimmed());
        }
        writer.kill();
        QVERIFY(writer.waitForFinished());
        while (writer.canReadLine())
            lines.append(QString::fromUtf8(writer.readLine()).trimmed());
        recorded += lines;

        QStringList notices;
        const auto records = Journal::open(dir.path(), QDateTime::currentDateTimeUtc()).load(&notices);
        const QStringList ids = idsOf(records);
        for (const QString &id : std::as_const(recorded))
            QVERIFY2(ids.contains(id), qPrintable(id));
        for (const QString &notice : std::as_const(notices))
            QVERIFY2(!notice.contains(u"damaged"_s), qPrintable(notice));
        // At most one line per round was on its way and not yet told of.
        QVERIFY2(ids.size() <= recorded.size() + round + 1,
                 qPrintable(u"%1 %2"_s.arg(ids.size()).arg(recorded.size())));
    }
}

void TestJournal::systemErrors_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<int>("kind");
    QTest::newRow("ENOSPC") << ENOSPC << int(Kind::DiskFull);
    QTest::newRow("EDQUOT") << EDQUOT << int(Kind::DiskFull);
    QTest::newRow("EFBIG") << EFBIG << int(Kind::DiskFull);
    QTest::newRow("EROFS") << EROFS << int(Kind::NotWritable);
    QTest::newRow("EACCES") << EACCES << int(Kind::NotWritable);
    QTest::newRow("EPERM") << EPERM << int(Kind::NotWritable);
    QTest::newRow("ENOENT") << ENOENT << int(Kind::FolderGone);
    QTest::newRow("ENOTDIR") << ENOTDIR << int(Kind::FolderGone);
    QTest::newRow("EIO") << EIO << int(Kind::Other);
    QTest::newRow("EMFILE") << EMFILE << int(Kind::Other);
}

void TestJournal::systemErrors()
{
    QFETCH(const int, error);
    QFETCH(const int, kind);
    const WriteFailure failure = writeFailureOf(error);
    QCOMPARE(int(failure.kind), kind);
    QVERIFY(!failure.text.isEmpty());
}

QTEST_GUILESS_MAIN(TestJournal)
#include "tst_journal.moc"
