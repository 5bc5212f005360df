#include "domain/qtversions.h"
#include "local/instrumentfile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

const auto host = u"api.coinw.com"_s;

StoredInstruments sample()
{
    return {{{u"BTC"_s, u"BTC"_s, u"USDT"_s, 1, Decimal::fromText(u"0.0010"), u"online"_s},
             {u"NEW"_s, {}, {}, {}, {}, {}}},
            host,
            QDateTime({2026, 3, 4}, {14, 3, 22, 125}, inUtc)};
}

} // namespace

class TestInstrumentFile : public QObject
{
    Q_OBJECT

private:
    static void put(const QString &path, const QByteArray &content)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

private slots:
    void keepsEveryFact()
    {
        const QTemporaryDir folder;
        const auto file = InstrumentFile::in(folder.path());
        QVERIFY(!file.load(host));
        QVERIFY(file.save(sample()));
        const auto loaded = file.load(host);
        QVERIFY(loaded);
        QCOMPARE(loaded->instruments, sample().instruments);
        QCOMPARE(loaded->instruments.constFirst().lotSize->toText(), u"0.0010"_s);
        QCOMPARE(loaded->readAtUtc, sample().readAtUtc);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"instruments.json"_s});
    }

    void isThisUsersAlone()
    {
        const QTemporaryDir folder;
        const mode_t before = ::umask(0);
        const bool saved = InstrumentFile::in(folder.path()).save(sample());
        ::umask(before);
        QVERIFY(saved);
        struct stat info {};
        QCOMPARE(::stat(QFile::encodeName(folder.filePath(u"instruments.json"_s)).constData(), &info), 0);
        QCOMPARE(int(info.st_mode & 07777), 0600);
    }

    void isOfOneExchange()
    {
        const QTemporaryDir folder;
        const auto file = InstrumentFile::in(folder.path());
        QVERIFY(file.save(sample()));
        QVERIFY(!file.load(u"127.0.0.1:8443"_s));
    }

    void aBadFileIsNoFile_data()
    {
        QTest::addColumn<QByteArray>("content");
        const auto file = [](const QByteArray &rows, const QByteArray &version = "1",
                             const QByteArray &readAt = "\"2026-03-04T14:03:22.125Z\"") {
            return R"({"version":)" + version + R"(,"host":"api.coinw.com","readAt":)" + readAt +
                   R"(,"instruments":)" + rows + '}';
        };
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut") << file(R"([{"name":"BTC"}])").chopped(1);
        QTest::newRow("bytes") << QByteArray::fromHex("00ff80fe7b7d");
        QTest::newRow("list") << "[]"_ba;
        QTest::newRow("later version") << file(R"([{"name":"BTC"}])", "2");
        QTest::newRow("no date") << file(R"([{"name":"BTC"}])", "1", "null");
        QTest::newRow("strange date") << file(R"([{"name":"BTC"}])", "1", R"("yesterday")");
        QTest::newRow("no rows") << file("[]");
        QTest::newRow("rows of another kind") << file(R"({"BTC":1})");
        QTest::newRow("nameless") << file(R"([{"name":"BTC"},{"base":"ETH"}])");
        QTest::newRow("precision") << file(R"([{"name":"BTC","pricePrecision":99}])");
        QTest::newRow("lot") << file(R"([{"name":"BTC","lotSize":"0"}])");
        QTest::newRow("lot as a number") << file(R"([{"name":"BTC","lotSize":0.001}])");
        QTest::newRow("deep") << QByteArray(100000, '[');
    }

    void aBadFileIsNoFile()
    {
        QFETCH(QByteArray, content);
        const QTemporaryDir folder;
        put(folder.filePath(u"instruments.json"_s), content);
        const auto file = InstrumentFile::in(folder.path());
        QVERIFY(!file.load(host));
        // And the next read replaces it.
        QVERIFY(file.save(sample()));
        QVERIFY(file.load(host));
    }

    void withoutAPathNothingIsKept()
    {
        QVERIFY(!InstrumentFile().save(sample()));
        QVERIFY(!InstrumentFile().load(host));
    }

    void aFolderThatIsGoneIsToldNotCrashedOn()
    {
        QVERIFY(!InstrumentFile::in(u"/nonexistent/folder"_s).save(sample()));
    }
};

QTEST_GUILESS_MAIN(TestInstrumentFile)
#include "tst_instrumentfile.moc"
