#include "domain/wipe.h"
#include "local/storedkeys.h"
#include "tests/support/memoryscan.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestStoredKeys : public QObject
{
    Q_OBJECT

private slots:
    void isJson_data();
    void isJson();
    void readsWhatItWrote_data() { isJson_data(); }
    void readsWhatItWrote();
    void readsWhatOthersWrote_data();
    void readsWhatOthersWrote();
    void isCheckedLikeATypedOne_data();
    void isCheckedLikeATypedOne();
    void leavesNothing();
};

void TestStoredKeys::isJson_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("secret");
    QTest::newRow("usual") << u"3fa85f64-5717"_s << u"Zm9vYmFy+/=="_s;
    QTest::newRow("all that may be typed") << u"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"_s << u"\\\"\\u0041"_s;
}

void TestStoredKeys::isJson()
{
    QFETCH(const QString, key);
    QFETCH(const QString, secret);
    // The form of earlier versions: both read each other's entries.
    const QJsonObject object{{u"key"_s, key}, {u"secret"_s, secret}};
    QCOMPARE(storedKeys(Credentials(key, secret)), QJsonDocument(object).toJson(QJsonDocument::Compact));
}

void TestStoredKeys::readsWhatItWrote()
{
    QFETCH(const QString, key);
    QFETCH(const QString, secret);
    const Credentials credentials(key, secret);
    const StoredKeys read = readStoredKeys(storedKeys(credentials));
    QCOMPARE(read.problem, QString());
    QVERIFY(read.credentials == credentials);
}

void TestStoredKeys::readsWhatOthersWrote_data()
{
    QTest::addColumn<QByteArray>("entry");
    QTest::addColumn<bool>("good");
    QTest::newRow("spread out") << "\n{ \"key\" :\t\"K\" ,\r\n\"secret\":\"S\" } "_ba << true;
    QTest::newRow("other order") << R"({"secret":"S","key":"K"})"_ba << true;
    QTest::newRow("escaped") << R"({"\u006bey":"\u004B","secret":"S"})"_ba << true;
    QTest::newRow("more members") << R"({"key":"K","note":"x","secret":"S"})"_ba << true;
    QTest::newRow("empty") << ""_ba << false;
    QTest::newRow("no JSON") << "K S"_ba << false;
    QTest::newRow("key alone") << R"({"key":"K"})"_ba << false;
    QTest::newRow("nothing in it") << R"({"key":"","secret":""})"_ba << false;
    QTest::newRow("cut off") << R"({"key":"K","secret":"S)"_ba << false;
    QTest::newRow("no end") << R"({"key":"K","secret":"S")"_ba << false;
    QTest::newRow("something behind") << R"({"key":"K","secret":"S"}x)"_ba << false;
    QTest::newRow("a number") << R"({"key":1,"secret":"S"})"_ba << false;
    QTest::newRow("a bad escape") << R"({"key":"\q","secret":"S"})"_ba << false;
    QTest::newRow("half an escape") << R"({"key":"K","secret":"\u00)"_ba << false;
    QTest::newRow("very long") << R"({"key":"K","secret":")"_ba + QByteArray(20000, 'x') + "\"}" << false;
}

void TestStoredKeys::readsWhatOthersWrote()
{
    QFETCH(const QByteArray, entry);
    QFETCH(const bool, good);
    const StoredKeys read = readStoredKeys(entry);
    QCOMPARE(read.credentials.has_value(), good);
    if (good)
        QVERIFY(read.credentials == Credentials(u"K"_s, u"S"_s));
    else
        QCOMPARE(read.problem, u"The stored entry can't be read."_s);
}

void TestStoredKeys::isCheckedLikeATypedOne_data()
{
    QTest::addColumn<QByteArray>("entry");
    QTest::addColumn<QString>("problem");
    const QString foreign = u"The stored entry contains characters that keys don't have."_s;
    QTest::newRow("a header of its own") << R"({"key":"K\r\nX-Evil: 1","secret":"S"})"_ba << foreign;
    QTest::newRow("line break, raw") << "{\"key\":\"K\nX\",\"secret\":\"S\"}"_ba << foreign;
    QTest::newRow("line break behind the secret") << R"({"key":"K","secret":"S\n"})"_ba << foreign;
    QTest::newRow("NUL") << R"({"key":"K\u0000","secret":"S"})"_ba << foreign;
    QTest::newRow("blank") << R"({"key":"K K","secret":"S"})"_ba << foreign;
    QTest::newRow("no ASCII") << "{\"key\":\"K\xc3\xa9\",\"secret\":\"S\"}"_ba << foreign;
    QTest::newRow("no ASCII, escaped") << R"({"key":"K\u00e9","secret":"S"})"_ba << foreign;
    QTest::newRow("bad UTF-8") << "{\"key\":\"K\xff\",\"secret\":\"S\"}"_ba << foreign;
    QTest::newRow("the same twice") << R"({"key":"K","secret":"K"})"_ba
                                    << u"In the stored entry key and secret are the same text."_s;
    QTest::newRow("too long") << R"({"key":"K","secret":")"_ba + QByteArray(1025, 'x') + "\"}"
                              << u"The stored entry is longer than any key."_s;
}

void TestStoredKeys::isCheckedLikeATypedOne()
{
    QFETCH(const QByteArray, entry);
    const StoredKeys read = readStoredKeys(entry);
    QVERIFY(!read.credentials);
    QTEST(read.problem, "problem");
}

void TestStoredKeys::leavesNothing()
{
    QByteArray secret = madeSecret(7);
    MemoryScan scan(secret);
    std::optional<Credentials> credentials(Credentials::fromUtf8("key", secret));
    wipe(secret);
    QByteArray entry = storedKeys(*credentials);
    credentials.reset();
    QCOMPARE(scan.copies(), 1);
    credentials = readStoredKeys(entry).credentials;
    QVERIFY(credentials);
    QCOMPARE(scan.copies(), 2);
    // One that is refused leaves nothing, either.
    QByteArray bad = entry;
    bad.chop(1);
    QVERIFY(!readStoredKeys(bad).credentials);
    QCOMPARE(scan.copies(), 3);
    wipe(bad);
    wipe(entry);
    QCOMPARE(scan.copies(), 1);
    credentials.reset();
    QCOMPARE(scan.copies(), 0);
}

QTEST_GUILESS_MAIN(TestStoredKeys)
#include "tst_storedkeys.moc"
