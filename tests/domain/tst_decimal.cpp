#include "domain/decimal.h"

#include <QRandomGenerator>
#include <QTest>

#include <limits>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

Decimal decimal(QStringView text)
{
    const auto number = Decimal::fromText(text);
    Q_ASSERT(number);
    return *number;
}

QString textOf(const std::optional<Decimal> &number)
{
    return number ? number->toText() : u"nothing"_s;
}

} // namespace

class TestDecimal : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void compares_data();
    void compares();
    void calculates_data();
    void calculates();
    void multiplies_data();
    void multiplies();
    void pads_data();
    void pads();
    void rounds_data();
    void rounds();
    void measuresDistance_data();
    void measuresDistance();
    void percent_data();
    void percent();
    void wholeNumbers();
    void keepsEveryDigit();
    void ordersLikeItsDigits();
};

void TestDecimal::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("printed");
    QTest::addColumn<int>("scale");
    const auto row = [](const char *text, const char *printed, int scale) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(printed) << scale;
    };
    row("0", "0", 0);
    row("-0", "0", 0);
    row("0.00", "0.00", 2);
    row("7", "7", 0);
    row("+7", "7", 0);
    row("-7", "-7", 0);
    row("007", "7", 0);
    row("00.5", "0.5", 1);
    row("95400.10", "95400.10", 2);
    row("0.0000123", "0.0000123", 7);
    row("-0.05", "-0.05", 2);
    row("1.000", "1.000", 3);
    row("2147483647", "2147483647", 0);
    // The most digits and decimals.
    row("999999999999999999", "999999999999999999", 0);
    row("-999999999999999999", "-999999999999999999", 0);
    row("0.000000000000000001", "0.000000000000000001", 18);
    row("0.999999999999999999", "0.999999999999999999", 18);
    row("000000000000000000000000000005", "5", 0);
    // Exponents are written out.
    row("1e3", "1000", 0);
    row("1E3", "1000", 0);
    row("1e+3", "1000", 0);
    row("1e-7", "0.0000001", 7);
    row("1.5e1", "15", 0);
    row("1.50e1", "15.0", 1);
    row("12.34e-2", "0.1234", 4);
    row("1e17", "100000000000000000", 0);
    row("1e-18", "0.000000000000000001", 18);
    row("5e0", "5", 0);
    row("0e9", "0", 0);
    row("0e-99", "0.000000000000000000", 18);
    // Longer than 64 bits: every digit stays.
    row("9223372036854775807", "9223372036854775807", 0);
    row("9999999999999999999", "9999999999999999999", 0);
    row("1.000000000000000000", "1.000000000000000000", 18);
    row("0.0000000000000000001", "0.0000000000000000001", 19);
    row("0.0000000000000000000", "0.0000000000000000000", 19);
    row("-12345678901234567890.12345678901234567890", "-12345678901234567890.12345678901234567890", 20);
    row("1e18", "1000000000000000000", 0);
    row("1e-19", "0.0000000000000000001", 19);
    row("1.5E+20", "150000000000000000000", 0);
    row("00000000000000000000000095400.10", "95400.10", 2);
}

void TestDecimal::reads()
{
    QFETCH(const QString, text);
    QFETCH(const QString, printed);
    QFETCH(const int, scale);
    const auto number = Decimal::fromText(text);
    QVERIFY(number);
    QCOMPARE(number->toText(), printed);
    QCOMPARE(number->scale(), scale);
    QCOMPARE(Decimal::fromText(printed), number);
}

void TestDecimal::refuses_data()
{
    QTest::addColumn<QString>("text");
    const QStringList texts{u""_s,
                            u" "_s,
                            u"null"_s,
                            u"NaN"_s,
                            u"inf"_s,
                            u"-"_s,
                            u"+"_s,
                            u"."_s,
                            u"1."_s,
                            u".5"_s,
                            u"-.5"_s,
                            u"1,5"_s,
                            u"1 000"_s,
                            u" 1"_s,
                            u"1 "_s,
                            u"1\n"_s,
                            u"--1"_s,
                            u"+-1"_s,
                            u"1.2.3"_s,
                            u"1e"_s,
                            u"1e+"_s,
                            u"e5"_s,
                            u"1e1.5"_s,
                            u"1e 5"_s,
                            u"1e5 "_s,
                            u"1e\t5"_s,
                            u"1ee5"_s,
                            u"0x10"_s,
                            u"1f"_s,
                            u"1e1001"_s,
                            u"1e-1001"_s,
                            u"1e99999"_s,
                            u"1e99999999999999999999"_s,
                            u"12345678901234567890."_s,
                            u"12345678901234567890.1.2"_s,
                            u"12345678901234567890 "_s,
                            QString(1001, u'9'),
                            u"١٢"_s,
                            u"１"_s,
                            u"1e٣"_s,
                            u"−1"_s,
                            QString(u'1') + QChar(0)};
    for (const QString &text : texts)
        QTest::newRow(qPrintable(text.isEmpty() ? u"empty"_s : QString::fromUtf8(text.toUtf8().toPercentEncoding())))
            << text;
}

void TestDecimal::refuses()
{
    QFETCH(const QString, text);
    QCOMPARE(textOf(Decimal::fromText(text)), u"nothing"_s);
}

void TestDecimal::compares_data()
{
    QTest::addColumn<QString>("left");
    QTest::addColumn<QString>("right");
    QTest::addColumn<int>("order");
    const auto row = [](const char *left, const char *right, int order) {
        QTest::addRow("%s ? %s", left, right) << QString::fromLatin1(left) << QString::fromLatin1(right) << order;
    };
    row("1.5", "1.50", 0);
    row("0", "-0.000", 0);
    row("1", "2", -1);
    row("9", "10", -1);
    row("0.9", "0.10", 1);
    row("-1", "1", -1);
    row("-2", "-1", -1);
    row("-0.01", "0", -1);
    row("999999999999999999", "0.999999999999999999", 1);
    row("0.000000000000000001", "0", 1);
    row("-999999999999999999", "0.000000000000000001", -1);
    row("1e3", "1000.000", 0);
    row("9999999999999999999", "9999999999999999999.0", 0);
    row("9999999999999999999", "9999999999999999998.9999999999999999999999", 1);
    row("9999999999999999999", "999999999999999999", 1);
    row("-9999999999999999999", "1", -1);
    row("-9999999999999999999", "-9999999999999999998", -1);
    row("0.00000000000000000001", "0", 1);
    row("-0.00000000000000000001", "0", -1);
    row("0.00000000000000000000", "0", 0);
    row("1e500", "1e-500", 1);
}

void TestDecimal::compares()
{
    QFETCH(const QString, left);
    QFETCH(const QString, right);
    QFETCH(const int, order);
    const auto sign = [](std::strong_ordering value) { return value < 0 ? -1 : value > 0 ? 1 : 0; };
    QCOMPARE(sign(decimal(left) <=> decimal(right)), order);
    QCOMPARE(sign(decimal(right) <=> decimal(left)), -order);
    QCOMPARE(decimal(left) == decimal(right), order == 0);
}

void TestDecimal::calculates_data()
{
    QTest::addColumn<QString>("left");
    QTest::addColumn<QString>("right");
    QTest::addColumn<QString>("sum");
    QTest::addColumn<QString>("difference");
    const auto row = [](const char *left, const char *right, const char *sum, const char *difference) {
        QTest::addRow("%s and %s", left, right) << QString::fromLatin1(left) << QString::fromLatin1(right)
                                                << QString::fromLatin1(sum) << QString::fromLatin1(difference);
    };
    row("5", "3", "8", "2");
    row("5", "2.0", "7.0", "3.0");
    row("0.1", "0.2", "0.3", "-0.1");
    row("1", "0.00", "1.00", "1.00");
    row("-1.5", "0.25", "-1.25", "-1.75");
    row("999999999999999999", "1", "1000000000000000000", "999999999999999998");
    // More than 64 bits hold.
    row("999999999999999999", "0.1", "999999999999999999.1", "999999999999999998.9");
    row("999999999999999999", "0.000000000000000001", "999999999999999999.000000000000000001",
        "999999999999999998.999999999999999999");
    row("-999999999999999999", "0.000000000000000001", "-999999999999999998.999999999999999999",
        "-999999999999999999.000000000000000001");
    row("12345678901234567890", "12345678901234567890", "24691357802469135780", "0");
    row("12345678901234567890", "-12345678901234567891", "-1", "24691357802469135781");
    row("5.00000000000000000000001", "5", "10.00000000000000000000001", "0.00000000000000000000001");
    row("9e999", "1e-999", "nothing", "nothing");
}

void TestDecimal::calculates()
{
    QFETCH(const QString, left);
    QFETCH(const QString, right);
    QTEST(textOf(decimal(left).plus(decimal(right))), "sum");
    QTEST(textOf(decimal(left).minus(decimal(right))), "difference");
}

void TestDecimal::percent_data()
{
    QTest::addColumn<QString>("part");
    QTest::addColumn<QString>("total");
    QTest::addColumn<int>("percent");
    const auto row = [](const char *part, const char *total, int percent) {
        QTest::addRow("%s of %s", part, total) << QString::fromLatin1(part) << QString::fromLatin1(total) << percent;
    };
    row("0", "5", 0);
    row("2", "5", 40);
    row("2.0", "5.00", 40);
    row("1", "3", 33);
    row("2", "3", 66);
    row("999", "1000", 99);
    row("0.999999", "1", 99);
    row("5", "5", 100);
    row("6", "5", 100);
    row("0.0001", "1000", 0);
    row("-1", "5", 0);
    row("999999999999999998", "999999999999999999", 99);
    row("0.000000000000000001", "999999999999999999", 0);
    row("999999999999999999", "0.000000000000000001", 100);
    row("10000000000000000000000", "40000000000000000000000", 25);
    row("39999999999999999999999.9", "40000000000000000000000", 99);
    row("40000000000000000000000", "40000000000000000000000.0", 100);
    row("3", "40000000000000000000000", 0);
    row("40000000000000000000000", "3", 100);
    row("1", "0", -1);
    row("1", "-5", -1);
}

void TestDecimal::percent()
{
    QFETCH(const QString, part);
    QFETCH(const QString, total);
    QFETCH(const int, percent);
    QCOMPARE(decimal(part).percentOf(decimal(total)).value_or(-1), percent);
}

void TestDecimal::wholeNumbers()
{
    QCOMPARE(Decimal().toText(), u"0"_s);
    QVERIFY(Decimal().isZero());
    QVERIFY(!Decimal().isNegative());
    QCOMPARE(Decimal(-12).toText(), u"-12"_s);
    QVERIFY(Decimal(-12).isNegative());
    QCOMPARE(Decimal(std::numeric_limits<qint64>::max()).toText(), u"9223372036854775807"_s);
    QCOMPARE(Decimal(std::numeric_limits<qint64>::min()).toText(), u"-9223372036854775808"_s);
    QCOMPARE(Decimal(std::numeric_limits<qint64>::max()).plus(Decimal(1))->toText(), u"9223372036854775808"_s);
    QCOMPARE(Decimal(std::numeric_limits<qint64>::min()).minus(Decimal(1))->toText(), u"-9223372036854775809"_s);
    QVERIFY(Decimal(std::numeric_limits<qint64>::min()) < Decimal(std::numeric_limits<qint64>::max()));
    QVERIFY(decimal(u"-0.00").isZero());
}

void TestDecimal::keepsEveryDigit()
{
    QRandomGenerator random(20260304);
    for (int round = 0; round < 20000; ++round) {
        const int digits = 1 + int(random.bounded(60));
        QString text;
        text += QChar(u'1' + random.bounded(9));
        for (int i = 1; i < digits; ++i)
            text += QChar(u'0' + random.bounded(10));
        const int dot = int(random.bounded(digits));
        if (dot > 0)
            text.insert(dot, u'.');
        if (random.bounded(2))
            text.prepend(u'-');
        const auto number = Decimal::fromText(text);
        QVERIFY2(number, qPrintable(text));
        QCOMPARE(number->toText(), text);
    }
}

void TestDecimal::multiplies_data()
{
    QTest::addColumn<QString>("left");
    QTest::addColumn<QString>("right");
    QTest::addColumn<QString>("product");
    QTest::newRow("lots") << u"3"_s << u"0.001"_s << u"0.003"_s;
    QTest::newRow("many lots") << u"2500"_s << u"100"_s << u"250000"_s;
    QTest::newRow("value") << u"0.003"_s << u"64210.0"_s << u"192.6300"_s;
    QTest::newRow("negative") << u"-1.5"_s << u"1.5"_s << u"-2.25"_s;
    QTest::newRow("zero") << u"0.00"_s << u"64210.0"_s << u"0.000"_s;
    QTest::newRow("zeros give way") << u"100000000.000000000"_s << u"10.000000000"_s << u"1000000000.000000000"_s;
    QTest::newRow("long") << u"999999999999999999"_s << u"99"_s << u"98999999999999999901"_s;
    QTest::newRow("fine") << u"0.000000001"_s << u"0.0000000001"_s << u"0.0000000000000000001"_s;
    QTest::newRow("longer") << u"-12345678901234567890"_s << u"0.000000000000000000010"_s
                            << u"-0.123456789012345678900"_s;
    QTest::newRow("zero of many digits") << u"12345678901234567890"_s << u"0"_s << u"0"_s;
    QTest::newRow("too long") << u"1e600"_s << u"1e600"_s << u"—"_s;
}

void TestDecimal::multiplies()
{
    QFETCH(QString, left);
    QFETCH(QString, right);
    const auto product = decimal(left).times(decimal(right));
    QTEST(product ? product->toText() : u"—"_s, "product");
}

void TestDecimal::pads_data()
{
    QTest::addColumn<QString>("number");
    QTest::addColumn<int>("scale");
    QTest::addColumn<QString>("padded");
    QTest::newRow("one") << u"95400"_s << 1 << u"95400.0"_s;
    QTest::newRow("missing zero") << u"95400.1"_s << 2 << u"95400.10"_s;
    QTest::newRow("has them") << u"95400.10"_s << 2 << u"95400.10"_s;
    QTest::newRow("never cut") << u"0.0000123"_s << 2 << u"0.0000123"_s;
    QTest::newRow("none") << u"7"_s << 0 << u"7"_s;
    QTest::newRow("negative scale") << u"7.5"_s << -3 << u"7.5"_s;
    QTest::newRow("beyond 18") << u"1"_s << 40 << u"1.000000000000000000"_s;
    QTest::newRow("long") << u"123456789012345678"_s << 3 << u"123456789012345678.000"_s;
    QTest::newRow("longer") << u"123456789012345678901.5"_s << 3 << u"123456789012345678901.500"_s;
    QTest::newRow("negative") << u"-1.5"_s << 3 << u"-1.500"_s;
}

void TestDecimal::pads()
{
    QFETCH(QString, number);
    QFETCH(int, scale);
    QTEST(decimal(number).padded(scale).toText(), "padded");
    QCOMPARE(decimal(number).padded(scale), decimal(number));
}

void TestDecimal::rounds_data()
{
    QTest::addColumn<QString>("number");
    QTest::addColumn<int>("scale");
    QTest::addColumn<QString>("rounded");
    QTest::newRow("down") << u"192.634"_s << 2 << u"192.63"_s;
    QTest::newRow("half") << u"192.635"_s << 2 << u"192.64"_s;
    QTest::newRow("carries") << u"9.999"_s << 2 << u"10.00"_s;
    QTest::newRow("has fewer") << u"7.5"_s << 2 << u"7.5"_s;
    QTest::newRow("whole") << u"7.5"_s << 0 << u"8"_s;
    QTest::newRow("negative scale") << u"7.4"_s << -3 << u"7"_s;
    QTest::newRow("negative") << u"-0.005"_s << 2 << u"-0.01"_s;
    QTest::newRow("long") << u"12345678901234567890.995"_s << 2 << u"12345678901234567891.00"_s;
    QTest::newRow("long to nothing") << u"0.0000000000000000000000001"_s << 2 << u"0.00"_s;
    QTest::newRow("to nothing") << u"0.000000000000000001"_s << 2 << u"0.00"_s;
}

void TestDecimal::rounds()
{
    QFETCH(QString, number);
    QFETCH(int, scale);
    QTEST(decimal(number).rounded(scale).toText(), "rounded");
}

void TestDecimal::measuresDistance_data()
{
    QTest::addColumn<QString>("price");
    QTest::addColumn<QString>("last");
    QTest::addColumn<QString>("distance");
    QTest::newRow("above") << u"110"_s << u"100"_s << u"10.00"_s;
    QTest::newRow("below") << u"64210.0"_s << u"65000.0"_s << u"-1.22"_s;
    QTest::newRow("equal") << u"1.50"_s << u"1.5"_s << u"0.00"_s;
    QTest::newRow("rounds up") << u"1.00005"_s << u"1"_s << u"0.01"_s;
    QTest::newRow("rounds down") << u"1.000049"_s << u"1"_s << u"0.00"_s;
    QTest::newRow("away from zero") << u"0.99995"_s << u"1"_s << u"-0.01"_s;
    QTest::newRow("third") << u"4"_s << u"3"_s << u"33.33"_s;
    QTest::newRow("two thirds") << u"5"_s << u"3"_s << u"66.67"_s;
    QTest::newRow("tiny") << u"0.0000123"_s << u"0.0000100"_s << u"23.00"_s;
    QTest::newRow("far") << u"95400.10"_s << u"0.0000001"_s << u"95400099999900.00"_s;
    QTest::newRow("long price") << u"110.0000000000000000000000001"_s << u"100"_s << u"10.00"_s;
    QTest::newRow("long base") << u"110"_s << u"100.00000000000000000000001"_s << u"10.00"_s;
    QTest::newRow("long both") << u"12345678901234567890123"_s << u"12345678901234567890123"_s << u"—"_s;
    QTest::newRow("no base") << u"1"_s << u"0"_s << u"—"_s;
    QTest::newRow("negative base") << u"1"_s << u"-5"_s << u"—"_s;
    QTest::newRow("out of reach") << u"999999999999999999"_s << u"0.000000000000000001"_s << u"—"_s;
}

void TestDecimal::measuresDistance()
{
    QFETCH(QString, price);
    QFETCH(QString, last);
    const auto distance = decimal(price).percentAbove(decimal(last), 2);
    QTEST(distance ? distance->toText() : u"—"_s, "distance");
}

void TestDecimal::ordersLikeItsDigits()
{
    QRandomGenerator random(1947);
    for (int round = 0; round < 20000; ++round) {
        const qint64 left = qint64(random.bounded(2000)) - 1000;
        const qint64 right = qint64(random.bounded(2000)) - 1000;
        const int leftZeros = int(random.bounded(6));
        const int rightZeros = int(random.bounded(6));
        const auto scaled = [](qint64 hundredths, int zeros) {
            const QString text = QString::number(std::abs(hundredths)).rightJustified(3, u'0');
            return (hundredths < 0 ? u"-"_s : QString()) + text.left(text.size() - 2) + u'.' + text.right(2) +
                   QString(zeros, u'0');
        };
        const Decimal a = decimal(scaled(left, leftZeros));
        const Decimal b = decimal(scaled(right, rightZeros));
        QVERIFY((a <=> b) == (left <=> right));
        QCOMPARE(textOf(a.minus(b)), scaled(left - right, std::max(leftZeros, rightZeros)));
        QCOMPARE(a.plus(b)->minus(b), a);
    }
}

QTEST_GUILESS_MAIN(TestDecimal)
#include "tst_decimal.moc"
