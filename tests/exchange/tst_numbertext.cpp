#include "exchange/numbertext.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace countermand;

class TestNumberText : public QObject
{
    Q_OBJECT

private slots:
    void quotes_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char *name, const char *json, const char *text) {
            QTest::newRow(name) << QByteArray(json) << QByteArray(text);
        };
        row("byte-order mark",
            "{\"id\":\"\xef\xbb\xbf"
            "12\"}",
            "{\"id\":\"\\ufeff12\"}");
        row("byte-order mark outside", "\xef\xbb\xbf{}", "\xef\xbb\xbf{}");
        row("empty", "", "");
        row("zero", "{\"a\":0}", "{\"a\":\"0\"}");
        row("trailing zero", "{\"p\":95400.10}", "{\"p\":\"95400.10\"}");
        row("tiny", "{\"p\":0.0000123}", "{\"p\":\"0.0000123\"}");
        row("negative", "[-1,-0.5]", "[\"-1\",\"-0.5\"]");
        row("exponent", "[1e3,1E+3,1.5e-7]", "[\"1e3\",\"1E+3\",\"1.5e-7\"]");
        row("id", "{\"id\":9223372036854775807}", "{\"id\":\"9223372036854775807\"}");
        row("long", "[123456789012345678901234567890]", "[\"123456789012345678901234567890\"]");
        row("blanks", "{ \"a\" :\t1 ,\n\"b\": 2 }", "{ \"a\" :\t\"1\" ,\n\"b\": \"2\" }");
        row("words", "[true,false,null]", "[true,false,null]");
        row("in strings", "{\"1\":\"2, 3\",\"a\":\"-4.5e6\"}", "{\"1\":\"2, 3\",\"a\":\"-4.5e6\"}");
        row("escaped quote", "{\"a\":\"\\\"1\\\"\",\"b\":2}", "{\"a\":\"\\\"1\\\"\",\"b\":\"2\"}");
        row("escaped backslash", "{\"a\":\"\\\\\",\"b\":2}", "{\"a\":\"\\\\\",\"b\":\"2\"}");
        row("unicode escape", "{\"a\":\"\\u0031\",\"b\":2}", "{\"a\":\"\\u0031\",\"b\":\"2\"}");
        row("open string", "{\"a\":\"1", "{\"a\":\"1");
        row("string ends in escape", "{\"a\":\"1\\", "{\"a\":\"1\\");
        row("leading zero", "[01]", "[01]");
        row("bare dot", "[1.]", "[1.]");
        row("no whole part", "[.5]", "[.5]");
        row("plus", "[+1]", "[+1]");
        row("two minus", "[--1]", "[--1]");
        row("lone minus", "[-]", "[-]");
        row("bad exponent", "[1e]", "[1e]");
        row("two dots", "[1.2.3]", "[1.2.3]");
        row("number as name", "{1:2}", "{1:\"2\"}");
        row("number as name, blank", "{1 :2}", "{1 :\"2\"}");
    }

    void quotes()
    {
        QFETCH(QByteArray, json);
        QTEST(quoteNumbers(json), "text");
    }

    void keepsStringsWhole()
    {
        const QByteArray json = "{\"msg\":\"paid 12.50 \\\"net\\\" \\\\ 3\",\"n\":12.50}";
        const QJsonObject object = QJsonDocument::fromJson(quoteNumbers(json)).object();
        QCOMPARE(object.value("msg"_L1).toString(), u"paid 12.50 \"net\" \\ 3"_s);
        QCOMPARE(object.value("n"_L1).toString(), u"12.50"_s);
    }

    void whatIsNoJsonStaysNone_data()
    {
        QTest::addColumn<QByteArray>("json");
        for (const char *text : {"{1:2}", "[01]", "[1 2]", "[-]", "[+1]", "[1e]", "{\"a\":1", "[1]x", "[1,]",
                                 "[1\"a\"]", "[tru1]", "[\"a\"1]", "{\"a\" 1}", "<html>5</html>", "5"})
            QTest::newRow(text) << QByteArray(text);
    }

    void whatIsNoJsonStaysNone()
    {
        QFETCH(QByteArray, json);
        QVERIFY(QJsonDocument::fromJson(quoteNumbers(json)).isNull());
    }

    void survivesHostileDepth()
    {
        const QByteArray deep = QByteArray(2'000'000, '[') + "1";
        QCOMPARE(quoteNumbers(deep), QByteArray(2'000'000, '[') + "\"1\"");
        QVERIFY(QJsonDocument::fromJson(quoteNumbers(deep)).isNull());
    }

    void survivesGarbage()
    {
        QRandomGenerator random(7);
        const QByteArray alphabet = QByteArrayLiteral("{}[]\",:\\0123456789.-+eEtfn \n\x00\xff\xc3");
        for (int round = 0; round < 3000; ++round) {
            QByteArray text(random.bounded(60), Qt::Uninitialized);
            for (char &c : text)
                c = alphabet.at(random.bounded(int(alphabet.size())));
            const QByteArray quoted = quoteNumbers(text);
            // Quotes are all that is ever added.
            QCOMPARE(QByteArray(quoted).replace('"', ""), QByteArray(text).replace('"', ""));
            // What the parser takes, it would have taken before.
            if (!QJsonDocument::fromJson(quoted).isNull())
                QVERIFY2(!QJsonDocument::fromJson(text).isNull(), text.toHex().constData());
        }
    }
};

QTEST_GUILESS_MAIN(TestNumberText)
#include "tst_numbertext.moc"
