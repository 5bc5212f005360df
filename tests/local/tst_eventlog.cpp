#include "domain/log.h"
#include "local/eventlog.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

QStringList printed;

void keepPrinted(QtMsgType, const QMessageLogContext &, const QString &text)
{
    printed.append(text);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestEventLog : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        printed.clear();
        m_before = qInstallMessageHandler(keepPrinted);
    }
    void cleanup() { qInstallMessageHandler(m_before); }

    void keepsTheLastHundred()
    {
        QVERIFY(!netLog().isDebugEnabled());
        {
            const EventLog log;
            for (int i = 0; i < 250; ++i)
                qCDebug(netLog).noquote() << u"call"_s << i;
            qWarning("strange\n\x1b[31m");
            const QStringList events = log.lastEvents();
            QCOMPARE(events.size(), 100);
            QVERIFY2(events.first().endsWith(u"Z net: call 151"_s), qPrintable(events.first()));
            QVERIFY2(events.last().endsWith(u"default: strange [31m"_s), qPrintable(events.last()));
            // What nobody asked for is not printed.
            QCOMPARE(printed, QStringList{u"strange\n\x1b[31m"_s});
        }
        QVERIFY(!netLog().isDebugEnabled());
        qWarning("after");
        QCOMPARE(printed.last(), u"after"_s);
    }

    void whatIsAskedForIsPrinted()
    {
        QLoggingCategory::setFilterRules(u"countermand.net.debug=true"_s);
        const EventLog log;
        qCDebug(netLog) << 1;
        qCDebug(feedLog) << 2;
        QCOMPARE(printed, QStringList{u"1"_s});
        QCOMPARE(log.lastEvents().size(), 2);
        QLoggingCategory::setFilterRules({});
        qCDebug(netLog) << 3;
        QCOMPARE(printed.size(), 1);
        QCOMPARE(log.lastEvents().size(), 3);
    }

    void writesAFileAndBeginsItAnew()
    {
        const QTemporaryDir dir;
        const QString path = dir.filePath(u"log"_s);
        EventLog log;
        const mode_t before = ::umask(0);
        QCOMPARE(log.writeTo(path), QString());
        ::umask(before);
        const QString text(900, u'x');
        // Five files' worth.
        for (qint64 i = 0; i < 5 * EventLog::largestFile / 900; ++i)
            qCDebug(feedLog).noquote() << text;
        qCDebug(feedLog) << "the last";
        const QStringList names = QDir(dir.path()).entryList(QDir::Files);
        QCOMPARE(names, (QStringList{u"log"_s, u"log.1"_s, u"log.2"_s, u"log.3"_s}));
        for (const QString &name : names) {
            struct stat info {};
            QCOMPARE(::stat(QFile::encodeName(dir.filePath(name)).constData(), &info), 0);
            QCOMPARE(int(info.st_mode & 07777), 0600);
            QVERIFY(info.st_size <= EventLog::largestFile);
        }
        QVERIFY(contentOf(path).endsWith("feed: the last\n"));
    }

    void aFileThatCantBeWritten()
    {
        const QTemporaryDir dir;
        EventLog log;
        QVERIFY(log.writeTo(dir.path()).contains(u"can't be written"_s));
        QVERIFY(log.writeTo(u"/dev/zero"_s).contains(u"can't be written"_s));
        QVERIFY(log.writeTo(dir.filePath(u"none/log"_s)).contains(u"can't be written"_s));
        qCDebug(netLog) << "goes on";
        QCOMPARE(log.lastEvents().size(), 1);
    }

private:
    QtMessageHandler m_before = nullptr;
};

QTEST_GUILESS_MAIN(TestEventLog)
#include "tst_eventlog.moc"
