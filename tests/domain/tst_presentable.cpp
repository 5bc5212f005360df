#include "domain/order.h"
#include "domain/presentable.h"

#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestPresentable : public QObject
{
    Q_OBJECT

private slots:
    void shows_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << u"BTC_USDT-1.0"_s << u"BTC_USDT-1.0"_s;
        QTest::newRow("empty") << QString() << QString();
        QTest::newRow("other letters") << u"Größe 東京 😀"_s << u"Größe 東京 😀"_s;
        QTest::newRow("line breaks") << u"a\r\nb\nc\u0085d\u2028e\u2029f"_s << u"a b c def"_s;
        QTest::newRow("blanks") << u"  a \t\u00a0\u3000 b "_s << u"a b"_s;
        QTest::newRow("control") << u"a\u0000\u0007\u001b[31mb\u009f\u007f"_s << u"a[31mb"_s;
        QTest::newRow("turned around") << u"BTC\u202eTDSU\u202c\u2066x\u2069\u200e\u200f\u061c"_s << u"BTCTDSUx"_s;
        QTest::newRow("no width") << u"B\u200bT\u200cC\u200d\u2060\ufeff\u00ad"_s << u"BTC"_s;
        QTest::newRow("letters without ink") << u"B\u3164T\u115f\u1160C\uffa0\u2800\ufe0f\u034f"_s << u"BTC"_s;
        QTest::newRow("tags") << QString(u"B\U000e0041\U000e0100T"_s) << u"BT"_s;
        QTest::newRow("markup") << u"<b>x</b><img src=\"a\">"_s << u"‹b›x‹/b›‹img src=\"a\"›"_s;
        QTest::newRow("half a character") << QString(u"a\xd83d b\xde00"_s) << QString(u"a\ufffd b\ufffd"_s);
    }
    void shows()
    {
        QFETCH(const QString, text);
        QTEST(withoutTricks(text), "shown");
        QCOMPARE(withoutTricks(withoutTricks(text)), withoutTricks(text));
    }

    void cuts()
    {
        QCOMPARE(presentable(QString(1000, u'x'), 5), u"xxxxx"_s);
        QCOMPARE(presentable(u"abcd😀"_s, 5), u"abcd"_s);
        // Between two words, too, nothing is at the end that can't be seen.
        QCOMPARE(presentable(u"abcd efgh"_s, 5), u"abcd"_s);
        QCOMPARE(presentable(u"abcd😀"_s, 6), u"abcd😀"_s);
        // What goes doesn't count.
        QCOMPARE(presentable(u"\u202ea\u202eb\u202e"_s, 2), u"ab"_s);
    }

    void aNameIsNoOthers()
    {
        QCOMPARE(presentableName(u"BTC"_s), u"BTC"_s);
        QCOMPARE(presentableName({}), QString());
        QCOMPARE(presentableName(u"BTC\u202e"_s), u"BTC\ufffd"_s);
        QCOMPARE(presentableName(QString(50, u'x')), QString(40, u'x') + u'\ufffd');
    }

    void ids()
    {
        const OrderId odd(u"12\u202e3\n<b>\\"_s);
        QCOMPARE(odd.text(), u"12\u202e3\n<b>\\"_s);
        QCOMPARE(odd.shown(), u"12\\u202e3\\u000a\\u003cb\\u003e\\u005c"_s);
        QCOMPARE(odd.tail(), u"005c"_s);
        QCOMPARE(OrderId(u"33309055657300001"_s).shown(), u"33309055657300001"_s);
        QCOMPARE(escapedId(u"P-333 x"_s), u"P-333\\u0020x"_s);
    }
};

QTEST_GUILESS_MAIN(TestPresentable)
#include "tst_presentable.moc"
