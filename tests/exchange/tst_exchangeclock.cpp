#include "domain/qtversions.h"
#include "exchange/exchangeclock.h"

#include <QDateTime>
#include <QObject>
#include <QRandomGenerator>
#include <QScopeGuard>
#include <QTest>

#include <chrono>
#include <ctime>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

using namespace countermand;

namespace {

using Milliseconds = std::chrono::milliseconds;

constexpr Milliseconds start{1767225600000};

/// The whole second that an answer made at `time` shows.
QDateTime dateAt(Milliseconds time)
{
    return QDateTime::fromMSecsSinceEpoch(time.count() / 1000 * 1000, inUtc);
}

} // namespace

class TestExchangeClock : public QObject
{
    Q_OBJECT

private slots:
    void readsDates_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("milliseconds");
        QTest::newRow("good") << "Sun, 06 Nov 1994 08:49:37 GMT"_ba << qint64(784111777000);
        QTest::newRow("blanks") << " Thu, 01 Jan 2026 00:00:00 GMT "_ba << qint64(1767225600000);
        QTest::newRow("empty") << ""_ba << qint64(-1);
        QTest::newRow("other zone") << "Sun, 06 Nov 1994 08:49:37 CET"_ba << qint64(-1);
        QTest::newRow("old form") << "Sunday, 06-Nov-94 08:49:37 GMT"_ba << qint64(-1);
        QTest::newRow("garbage") << "yesterday"_ba << qint64(-1);
        QTest::newRow("no such day") << "Sun, 36 Nov 1994 08:49:37 GMT"_ba << qint64(-1);
    }

    void readsDates()
    {
        QFETCH(QByteArray, text);
        QFETCH(qint64, milliseconds);
        const QDateTime date = dateFromHeader(text);
        QCOMPARE(date.isValid(), milliseconds >= 0);
        if (date.isValid()) {
            QCOMPARE(date.toMSecsSinceEpoch(), milliseconds);
            QCOMPARE(date.timeSpec(), Qt::UTC);
        }
    }

    void datesAreNoLocalTimes_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("milliseconds");
        // Clocks are put forward at that time of that day.
        QTest::newRow("gap at 2:00") << "America/New_York"_ba
                                     << "Sun, 08 Mar 2026 02:30:00 GMT"_ba << qint64(1772937000000);
        QTest::newRow("gap at midnight") << "Africa/Cairo"_ba
                                         << "Fri, 24 Apr 2026 00:30:00 GMT"_ba << qint64(1776990600000);
    }

    void datesAreNoLocalTimes()
    {
        QFETCH(const QByteArray, zone);
        QFETCH(const QByteArray, text);
        QFETCH(const qint64, milliseconds);
        const QByteArray old = qgetenv("TZ");
        const auto putBack = qScopeGuard([&old] {
            old.isNull() ? qunsetenv("TZ") : qputenv("TZ", old);
            ::tzset();
        });
        qputenv("TZ", zone);
        ::tzset();
        const QDateTime date = dateFromHeader(text);
        QVERIFY(date.isValid());
        QCOMPARE(date.toMSecsSinceEpoch(), milliseconds);
    }

    void knowsNothingAtFirst()
    {
        ExchangeClock clock;
        QVERIFY(!clock.offset());
        QCOMPARE(clock.exchangeTime(start, start + 7ms), start + 7ms);
        clock.observe({}, start, start + 10ms);
        QVERIFY(!clock.offset());
        clock.observe(dateAt(start), start + 10ms, start);
        QVERIFY(!clock.offset());
    }

    void firstAnswerGivesTheMiddle()
    {
        ExchangeClock clock;
        // Shown second [0, 1000), received at 100 and sent at 0: offset between -100 and 1000.
        clock.observe(dateAt(start), start, start + 100ms);
        QCOMPARE(*clock.offset(), 450ms);
    }

    void narrowsDown_data()
    {
        QTest::addColumn<qint64>("offset");
        for (const qint64 offset : {0, 1, 499, 500, 501, 999, -1, -350, 90'000, -90'000, 3'599'999})
            QTest::addRow("%lld", offset) << offset;
    }

    void narrowsDown()
    {
        QFETCH(qint64, offset);
        ExchangeClock clock;
        QRandomGenerator random(quint32(offset + 5));
        Milliseconds local = start;
        for (int i = 0; i < 300; ++i) {
            const Milliseconds sent = local;
            const Milliseconds acted = sent + Milliseconds(random.bounded(10, 60));
            const Milliseconds received = acted + Milliseconds(random.bounded(10, 60));
            clock.observe(dateAt(acted + Milliseconds(offset)), sent, received);
            // From the first answer on, never more than half a range off.
            QVERIFY(std::chrono::abs(*clock.offset() - Milliseconds(offset)) <= 560ms);
            local = received + Milliseconds(random.bounded(100, 2500));
        }
        QVERIFY2(std::chrono::abs(*clock.offset() - Milliseconds(offset)) <= 60ms,
                 qPrintable(QString::number(clock.offset()->count())));
        QCOMPARE(clock.exchangeTime(local, local + 7ms), local + *clock.offset());
    }

    void aContradictionWantsASecondAnswer_data()
    {
        QTest::addColumn<int>("seconds");
        QTest::newRow("forward") << 90;
        QTest::newRow("back") << -90;
        QTest::newRow("a little") << 5;
    }

    void aContradictionWantsASecondAnswer()
    {
        QFETCH(int, seconds);
        ExchangeClock clock;
        Milliseconds local = start;
        for (int i = 0; i < 50; ++i, local += 333ms)
            clock.observe(dateAt(local + 20ms), local, local + 40ms);
        QVERIFY(std::chrono::abs(*clock.offset()) < 600ms);
        const Milliseconds jump(seconds * 1000);
        // A single one says nothing, nor do two that contradict each other.
        clock.observe(dateAt(local + 20ms + jump), local, local + 40ms);
        QVERIFY(std::chrono::abs(*clock.offset()) < 600ms);
        local += 333ms;
        clock.observe(dateAt(local + 20ms - 3 * jump), local, local + 40ms);
        QVERIFY(std::chrono::abs(*clock.offset()) < 600ms);
        local += 333ms;
        clock.observe(dateAt(local + 20ms), local, local + 40ms);
        local += 333ms;
        clock.observe(dateAt(local + 20ms - 3 * jump), local, local + 40ms);
        QVERIFY(std::chrono::abs(*clock.offset()) < 600ms);
        for (int i = 0; i < 2; ++i, local += 333ms)
            clock.observe(dateAt(local + 20ms + jump), local, local + 40ms);
        QVERIFY(std::chrono::abs(*clock.offset() - jump) < 600ms);
    }

    void aRefusalForTimeIsASecondWitness()
    {
        ExchangeClock clock;
        clock.confirm();
        QVERIFY(!clock.offset());
        Milliseconds local = start;
        for (int i = 0; i < 5; ++i, local += 333ms)
            clock.observe(dateAt(local + 20ms), local, local + 40ms);
        clock.confirm();
        QVERIFY(std::chrono::abs(*clock.offset()) < 600ms);
        clock.observe(dateAt(local + 90s), local, local + 40ms);
        clock.confirm();
        QVERIFY(std::chrono::abs(*clock.offset() - 90s) < 600ms);
    }

    void absurdDatesNeverCount()
    {
        ExchangeClock clock;
        for (const int year : {1, 1601, 1970, 2023, 2100, 9999}) {
            for (int i = 0; i < 3; ++i)
                clock.observe(QDateTime({year, 1, 1}, {0, 0, 7}, inUtc), start, start + 10ms);
            QVERIFY(!clock.offset());
        }
        clock.observe(dateAt(start), start, start + 10ms);
        for (int i = 0; i < 3; ++i)
            clock.observe(QDateTime({9999, 1, 1}, {0, 0, 7}, inUtc), start, start + 10ms);
        QVERIFY(std::chrono::abs(*clock.offset()) < 600ms);
    }

    void difference_data()
    {
        QTest::addColumn<qint64>("shown");
        QTest::addColumn<qint64>("signedAt");
        QTest::addColumn<qint64>("roundTrip");
        QTest::addColumn<qint64>("difference");
        const qint64 s = start.count();
        QTest::newRow("same second") << s << s + 500 << qint64(50) << qint64(0);
        QTest::newRow("first ms") << s << s << qint64(0) << qint64(0);
        QTest::newRow("last ms") << s << s + 999 << qint64(0) << qint64(0);
        QTest::newRow("just behind") << s << s + 1001 << qint64(50) << qint64(-1);
        QTest::newRow("slow answer") << s + 7000 << s << qint64(7000) << qint64(0);
        QTest::newRow("ahead") << s + 90'000 << s << qint64(50) << qint64(89'950);
        QTest::newRow("behind") << s - 90'000 << s << qint64(50) << qint64(-89'000);
    }

    void difference()
    {
        QFETCH(qint64, shown);
        QFETCH(qint64, signedAt);
        QFETCH(qint64, roundTrip);
        QFETCH(qint64, difference);
        const auto found = ExchangeClock::difference(QDateTime::fromMSecsSinceEpoch(shown, inUtc),
                                                     Milliseconds(signedAt), Milliseconds(roundTrip));
        QCOMPARE(qint64(found->count()), difference);
        QVERIFY(!ExchangeClock::difference({}, Milliseconds(signedAt), Milliseconds(roundTrip)));
    }
};

QTEST_GUILESS_MAIN(TestExchangeClock)
#include "tst_exchangeclock.moc"
