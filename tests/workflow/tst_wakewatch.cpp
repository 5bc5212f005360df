#include "workflow/wakewatch.h"

#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;

class TestWakeWatch : public QObject
{
    Q_OBJECT

private slots:
    void looks_data()
    {
        QTest::addColumn<int>("ran");
        QTest::addColumn<int>("wall");
        QTest::addColumn<int>("slept");
        // -1: awake.
        QTest::newRow("as always") << 2000 << 2000 << -1;
        QTest::newRow("busy") << 6000 << 6000 << -1;
        QTest::newRow("slept, monotonic clock stood still") << 2000 << 3600000 << 3598000;
        QTest::newRow("slept, monotonic clock ran on") << 3600000 << 3600000 << 0;
        QTest::newRow("slept, monotonic clock ran on, wall clock set back") << 3600000 << -5000 << 0;
        QTest::newRow("wall clock set back") << 2000 << -3600000 << -1;
        QTest::newRow("wall clock corrected a little") << 2000 << 5000 << -1;
        QTest::newRow("wall clock set far on") << 2000 << 60000 << 58000;
    }

    void looks()
    {
        QFETCH(int, ran);
        QFETCH(int, wall);
        QFETCH(int, slept);
        WakeWatch watch;
        const std::chrono::steady_clock::time_point start(100h);
        const auto epoch = std::chrono::milliseconds(1767225600000);
        QVERIFY(!watch.look(start, epoch));
        const auto seen = watch.look(start + std::chrono::milliseconds(ran), epoch + std::chrono::milliseconds(wall));
        QCOMPARE(seen ? int(seen->count()) : -1, slept);
        // Told once.
        QVERIFY(
            !watch.look(start + std::chrono::milliseconds(ran) + 2s, epoch + std::chrono::milliseconds(wall) + 2s));
    }
};

QTEST_GUILESS_MAIN(TestWakeWatch)
#include "tst_wakewatch.moc"
