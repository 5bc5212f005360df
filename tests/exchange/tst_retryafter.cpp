#include "domain/qtversions.h"
#include "exchange/retryafter.h"

#include <QtTest>

using namespace countermand;
using namespace std::chrono_literals;

class TestRetryAfter : public QObject
{
    Q_OBJECT

private slots:
    void saysHowLong_data();
    void saysHowLong();
};

void TestRetryAfter::saysHowLong_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("seconds");
    QTest::newRow("missing") << QByteArray() << 0;
    QTest::newRow("seconds") << QByteArray("60") << 60;
    QTest::newRow("blanks around") << QByteArray(" 7 ") << 7;
    QTest::newRow("none") << QByteArray("0") << 1;
    QTest::newRow("longer than ten minutes") << QByteArray("3600") << 600;
    QTest::newRow("longer than any number") << QByteArray(400, '9') << 600;
    QTest::newRow("negative") << QByteArray("-5") << 0;
    QTest::newRow("a fraction") << QByteArray("1.5") << 0;
    QTest::newRow("words") << QByteArray("soon") << 0;
    QTest::newRow("a date") << QByteArray("Sun, 08 Mar 2026 02:30:40 GMT") << 40;
    QTest::newRow("a date of yesterday") << QByteArray("Sat, 07 Mar 2026 02:30:00 GMT") << 1;
    QTest::newRow("a date of next year") << QByteArray("Mon, 08 Mar 2027 02:30:00 GMT") << 600;
    QTest::newRow("an absurd date") << QByteArray("Fri, 31 Dec 9999 23:59:59 GMT") << 600;
}

void TestRetryAfter::saysHowLong()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, seconds);
    const auto wait = retryAfterFromHeader(text, QDateTime({2026, 3, 8}, {2, 30}, inUtc));
    QCOMPARE(wait.value_or(0s).count(), qint64(seconds));
}

QTEST_GUILESS_MAIN(TestRetryAfter)
#include "tst_retryafter.moc"
