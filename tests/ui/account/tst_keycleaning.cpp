#include "domain/credentials.h"
#include "ui/account/keycleaning.h"

#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestKeyCleaning : public QObject
{
    Q_OBJECT

private slots:
    void cleans_data();
    void cleans();
    void cleaningTwiceChangesNothing_data() { cleans_data(); }
    void cleaningTwiceChangesNothing();
    void foreignCharacters_data();
    void foreignCharacters();
    void pastedTwice();
};

void TestKeyCleaning::cleans_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QString>("text");
    QTest::newRow("clean") << u"a1B2c3"_s << u"a1B2c3"_s;
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("only blanks") << u" \t\r\n "_s << QString();
    QTest::newRow("spaces around") << u"  a1B2 "_s << u"a1B2"_s;
    QTest::newRow("line break behind") << u"a1B2\r\n"_s << u"a1B2"_s;
    QTest::newRow("line break before") << u"\na1B2"_s << u"a1B2"_s;
    QTest::newRow("no-break space") << u"\u00a0a1B2\u00a0"_s << u"a1B2"_s;
    QTest::newRow("zero width space inside") << u"a1\u200bB2"_s << u"a1B2"_s;
    QTest::newRow("byte order mark") << u"\ufeffa1B2"_s << u"a1B2"_s;
    QTest::newRow("word joiner, soft hyphen") << u"a\u2060\u00ad1B2"_s << u"a1B2"_s;
    QTest::newRow("direction marks") << u"\u202aa1B2\u202c\u200e"_s << u"a1B2"_s;
    QTest::newRow("double quotes") << u"\"a1B2\""_s << u"a1B2"_s;
    QTest::newRow("single quotes") << u"'a1B2'"_s << u"a1B2"_s;
    QTest::newRow("backticks") << u"`a1B2`"_s << u"a1B2"_s;
    QTest::newRow("curly quotes") << u"“a1B2”"_s << u"a1B2"_s;
    QTest::newRow("low quotes") << u"„a1B2“"_s << u"a1B2"_s;
    QTest::newRow("guillemets") << u"«a1B2»"_s << u"a1B2"_s;
    QTest::newRow("quotes in quotes") << u"\"'a1B2'\""_s << u"a1B2"_s;
    QTest::newRow("blank, quote, blank, zero width") << u" \" \u200ba1B2 \"\n"_s << u"a1B2"_s;
    QTest::newRow("one quote only") << u"\"a1B2"_s << u"\"a1B2"_s;
    QTest::newRow("quotes that don't match") << u"\"a1B2'"_s << u"\"a1B2'"_s;
    QTest::newRow("a single quotation mark") << u"\""_s << u"\""_s;
    QTest::newRow("empty quotes") << u"\"\""_s << QString();
    QTest::newRow("inner blank stays") << u" a1 B2 "_s << u"a1 B2"_s;
    QTest::newRow("inner line break stays") << u"a1\nB2\n"_s << u"a1\nB2"_s;
    QTest::newRow("base64") << u"ab+/=="_s << u"ab+/=="_s;
}

void TestKeyCleaning::cleans()
{
    QFETCH(QString, pasted);
    QFETCH(QString, text);
    const CleanedKey cleaned = cleanedKey(pasted);
    QCOMPARE(cleaned.text, text);
    QCOMPARE(cleaned.changed, pasted != text);
}

void TestKeyCleaning::cleaningTwiceChangesNothing()
{
    QFETCH(QString, pasted);
    const CleanedKey once = cleanedKey(pasted);
    const CleanedKey twice = cleanedKey(once.text);
    QCOMPARE(twice.text, once.text);
    QVERIFY(!twice.changed);
}

void TestKeyCleaning::foreignCharacters_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("foreign");
    QTest::newRow("letters and digits") << u"abcXYZ019"_s << false;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("all printable ASCII") << u"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"_s << false;
    QTest::newRow("inner blank") << u"ab c"_s << true;
    QTest::newRow("tab") << u"ab\tc"_s << true;
    QTest::newRow("line break") << u"ab\nc"_s << true;
    QTest::newRow("NUL") << QString(QChar(0)) << true;
    QTest::newRow("delete") << QString(QChar(0x7f)) << true;
    QTest::newRow("umlaut") << u"schlüssel"_s << true;
    QTest::newRow("Cyrillic look-alike") << u"аbc"_s << true;
    QTest::newRow("emoji") << u"ab🔑"_s << true;
    QTest::newRow("full-width digit") << u"ab１"_s << true;
}

void TestKeyCleaning::foreignCharacters()
{
    QFETCH(QString, text);
    QFETCH(bool, foreign);
    QCOMPARE(hasForeignCharacters(QStringView(text)), foreign);
}

void TestKeyCleaning::pastedTwice()
{
    QVERIFY(isPastedTwice(u"abc"_s, u"abc"_s));
    QVERIFY(!isPastedTwice(u"abc"_s, u"abd"_s));
    QVERIFY(!isPastedTwice(u"abc"_s, u"ABC"_s));
    QVERIFY(!isPastedTwice({}, {}));
}

QTEST_GUILESS_MAIN(TestKeyCleaning)
#include "tst_keycleaning.moc"
