#include "local/limitsfile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

using Milliseconds = std::chrono::milliseconds;

class TestLimitsFile : public QObject
{
    Q_OBJECT

private slots:
    void keepsWhatWasSent();
    void withoutAFileNothingIsKnown();
    void timesToComeAreIgnored();
    void whatCantBeReadIsSetAside_data();
    void whatCantBeReadIsSetAside();
    void nothingThatIsNoPlainFileIsRead();

private:
    static void put(const QString &path, const QByteArray &content)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    const Milliseconds m_now{1772628902125};
    const QString m_url = u"https://api.coinw.com"_s;
};

void TestLimitsFile::keepsWhatWasSent()
{
    const QTemporaryDir folder;
    const LimitsFile file(folder.path());
    const KeptLimits limits{{m_now - 9s, m_now - 1ms, m_now}, m_now + 3s, m_now + 5min};
    QVERIFY(file.save({{m_url, limits}, {u"http://127.0.0.1:1"_s, {}}}, true));
    const auto loaded = file.load(m_now);
    QVERIFY(loaded.isClean && !loaded.isUnreadable);
    QCOMPARE(loaded.exchanges.size(), 2);
    QVERIFY(loaded.exchanges.value(m_url) == limits);
    QVERIFY(file.save({{m_url, limits}}, false));
    QVERIFY(!file.load(m_now).isClean);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"limits.json"_s});
    QCOMPARE(QFile::permissions(folder.filePath(u"limits.json"_s)) & (QFile::ReadGroup | QFile::ReadOther),
             QFile::Permissions());
}

void TestLimitsFile::withoutAFileNothingIsKnown()
{
    const QTemporaryDir folder;
    const auto loaded = LimitsFile(folder.path()).load(m_now);
    QVERIFY(loaded.isClean && !loaded.isUnreadable && loaded.exchanges.isEmpty());
}

void TestLimitsFile::timesToComeAreIgnored()
{
    const QTemporaryDir folder;
    const LimitsFile file(folder.path());
    QVERIFY(file.save({{m_url, {{m_now + 1ms, m_now - 5s}, m_now + 24h, m_now + 365 * 24h}}}, true));
    const auto limits = file.load(m_now).exchanges.value(m_url);
    QCOMPARE(limits.sent.size(), 1);
    QVERIFY(limits.pausedUntil == m_now + 10min);
    QVERIFY(limits.halfSpeedUntil == m_now + 10min);
}

void TestLimitsFile::whatCantBeReadIsSetAside_data()
{
    QTest::addColumn<QByteArray>("content");
    const auto entry = [](const QByteArray &limits) {
        return R"({"version":1,"clean":true,"exchanges":{"https://api.coinw.com":)" + limits + "}}";
    };
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << "{\"version\":1,"_ba;
    QTest::newRow("another version") << R"({"version":2,"clean":true,"exchanges":{}})"_ba;
    QTest::newRow("no word on its end") << R"({"version":1,"exchanges":{}})"_ba;
    QTest::newRow("no exchanges") << R"({"version":1,"clean":true})"_ba;
    QTest::newRow("no object") << entry("[]");
    QTest::newRow("no list") << entry(R"({"sent":7,"pausedUntil":0,"halfSpeedUntil":0})");
    QTest::newRow("a word for a moment") << entry(R"({"sent":["x"],"pausedUntil":0,"halfSpeedUntil":0})");
    QTest::newRow("a negative moment") << entry(R"({"sent":[-1],"pausedUntil":0,"halfSpeedUntil":0})");
    QTest::newRow("a huge moment") << entry(R"({"sent":[],"pausedUntil":1e300,"halfSpeedUntil":0})");
    QTest::newRow("bytes") << QByteArray(100, '\xff');
    QTest::newRow("too large") << QByteArray(2 * 1024 * 1024, ' ');
}

void TestLimitsFile::whatCantBeReadIsSetAside()
{
    QFETCH(const QByteArray, content);
    const QTemporaryDir folder;
    put(folder.filePath(u"limits.json"_s), content);
    const LimitsFile file(folder.path());
    const auto loaded = file.load(m_now);
    QVERIFY(loaded.isUnreadable);
    QVERIFY(loaded.exchanges.isEmpty());
    const auto files = QDir(folder.path()).entryList(QDir::Files);
    QCOMPARE(files, QStringList{u"limits.json.bad-20260304T125502Z"_s});
    QVERIFY(!file.load(m_now).isUnreadable);
}

void TestLimitsFile::nothingThatIsNoPlainFileIsRead()
{
#ifdef Q_OS_UNIX
    const QTemporaryDir folder;
    const QByteArray path = QFile::encodeName(folder.filePath(u"limits.json"_s));
    QCOMPARE(mkfifo(path.constData(), 0600), 0);
    const LimitsFile file(folder.path());
    QVERIFY(file.load(m_now).isUnreadable);
    QVERIFY(QFile::link(u"/dev/zero"_s, folder.filePath(u"limits.json"_s)));
    QVERIFY(file.load(m_now + 1s).isUnreadable);
    QVERIFY(!file.load(m_now + 2s).isUnreadable);
#else
    QSKIP("only where such files are");
#endif
}

QTEST_GUILESS_MAIN(TestLimitsFile)
#include "tst_limitsfile.moc"
