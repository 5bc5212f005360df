#include "domain/bootclock.h"

#include <QtTest>

using namespace countermand;
using namespace std::chrono_literals;

class TestBootClock : public QObject
{
    Q_OBJECT

private slots:
    void runsOnAndNeverBack();
    void keepsThePaceOfTheMonotonicClock();
};

void TestBootClock::runsOnAndNeverBack()
{
    auto last = BootClock::now();
    for (int i = 0; i < 10000; ++i) {
        const auto now = BootClock::now();
        QVERIFY(now >= last);
        last = now;
    }
    QVERIFY(bootMilliseconds(last) == std::chrono::duration_cast<std::chrono::milliseconds>(last.time_since_epoch()));
}

void TestBootClock::keepsThePaceOfTheMonotonicClock()
{
    // It is never behind: it has counted every sleep on top.
    const auto steady = std::chrono::steady_clock::now();
    const auto boot = BootClock::now();
    const auto ran = [&] { return std::chrono::steady_clock::now() - steady; };
    while (ran() < 20ms) {
    }
    QVERIFY(BootClock::now() - boot >= 19ms);
}

QTEST_GUILESS_MAIN(TestBootClock)
#include "tst_bootclock.moc"
