#include "exchange/backoff.h"
#include "exchange/ratelimiter.h"
#include "exchange/wire.h"

#include <QObject>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <map>
#include <vector>

using namespace std::chrono_literals;
using namespace countermand;

namespace {

using Time = RateLimiter::Time;
using Priority = RateLimiter::Priority;
using Milliseconds = std::chrono::milliseconds;

constexpr Time start{std::chrono::hours(1)};

constexpr RateBucket allBuckets[] = {RateBucket::Cancel,       RateBucket::OrderList,  RateBucket::OpenOrders,
                                     RateBucket::OpenQuantity, RateBucket::Trailing,   RateBucket::Deals,
                                     RateBucket::History,      RateBucket::CancelBatch};

/// How many calls of `bucket` leave at once.
int burst(RateLimiter &limiter, RateBucket bucket, Priority priority, Time now,
          std::vector<RateLimiter::Ticket> *tickets = nullptr)
{
    int count = 0;
    while (const auto ticket = limiter.tryAcquire(bucket, priority, now)) {
        ++count;
        if (tickets)
            tickets->push_back(*ticket);
    }
    return count;
}

/// The most arrivals in any half-open span of `window`.
int mostIn(std::vector<Time> arrivals, Milliseconds window)
{
    std::sort(arrivals.begin(), arrivals.end());
    size_t first = 0;
    int most = 0;
    for (size_t last = 0; last < arrivals.size(); ++last) {
        while (arrivals[last] - arrivals[first] >= window)
            ++first;
        most = std::max(most, int(last - first + 1));
    }
    return most;
}

} // namespace

class TestRateLimiter : public QObject
{
    Q_OBJECT

private slots:
    void bursts_data()
    {
        QTest::addColumn<int>("bucket");
        QTest::addColumn<bool>("cancel");
        QTest::addColumn<int>("count");
        QTest::newRow("cancels") << int(RateBucket::Cancel) << true << 8;
        QTest::newRow("lists") << int(RateBucket::OrderList) << false << 6;
        QTest::newRow("counts") << int(RateBucket::OpenQuantity) << false << 5;
        QTest::newRow("trailing") << int(RateBucket::Trailing) << false << 5;
        QTest::newRow("history") << int(RateBucket::History) << false << 5;
        QTest::newRow("deals") << int(RateBucket::Deals) << false << 6;
    }

    void bursts()
    {
        QFETCH(int, bucket);
        QFETCH(bool, cancel);
        QFETCH(int, count);
        RateLimiter limiter;
        QCOMPARE(burst(limiter, RateBucket(bucket), cancel ? Priority::Cancel : Priority::Read, start), count);
    }

    void aCancelFindsRoomAfterReads()
    {
        RateLimiter limiter;
        QCOMPARE(burst(limiter, RateBucket::OrderList, Priority::Read, start), 6);
        QCOMPARE(burst(limiter, RateBucket::Cancel, Priority::Cancel, start), 2);
        QVERIFY(!limiter.tryAcquire(RateBucket::OrderList, Priority::Read, start));
    }

    void aCallCountsUntilOneWindowAfterItsAnswer()
    {
        RateLimiter limiter;
        std::vector<RateLimiter::Ticket> tickets;
        burst(limiter, RateBucket::Cancel, Priority::Cancel, start, &tickets);
        // However long it is under way, it counts.
        QVERIFY(!limiter.tryAcquire(RateBucket::Cancel, Priority::Cancel, start + 7s));
        QVERIFY(!limiter.roomAt(RateBucket::Cancel, Priority::Cancel, start + 7s));
        limiter.release(tickets.front(), start + 7s);
        QCOMPARE(*limiter.roomAt(RateBucket::Cancel, Priority::Cancel, start + 7s), start + 8s);
        QVERIFY(!limiter.tryAcquire(RateBucket::Cancel, Priority::Cancel, start + 7999ms));
        QVERIFY(limiter.tryAcquire(RateBucket::Cancel, Priority::Cancel, start + 8s));
        QVERIFY(!limiter.tryAcquire(RateBucket::Cancel, Priority::Cancel, start + 8s));
        // A second release of the same call changes nothing.
        limiter.release(tickets.front(), start + 9s);
    }

    void fiftyInTenSeconds()
    {
        RateLimiter limiter;
        Time now = start;
        int sent = 0;
        while (now < start + 10s) {
            if (const auto ticket = limiter.tryAcquire(RateBucket::Cancel, Priority::Cancel, now)) {
                limiter.release(*ticket, now);
                ++sent;
            } else {
                now += 1ms;
            }
        }
        QCOMPARE(sent, 50);
        QCOMPARE(limiter.freeCalls(now - 1ms), 0);
        QCOMPARE(limiter.callLimit(now), 50);
    }

    void readsLeaveTenOfFifty()
    {
        RateLimiter limiter;
        int sent = 0;
        for (Time now = start; now < start + 9900ms; now += 1ms) {
            if (const auto ticket = limiter.tryAcquire(RateBucket::OrderList, Priority::Read, now)) {
                limiter.release(*ticket, now);
                ++sent;
            }
        }
        QCOMPARE(sent, 40);
        QCOMPARE(limiter.freeCalls(start + 9900ms), 10);
    }

    void forecasts()
    {
        RateLimiter limiter;
        const auto cancels = [](size_t count) {
            return std::vector<RateLimiter::Waiting>(count, {RateBucket::Cancel, Priority::Cancel});
        };
        auto times = limiter.forecast(cancels(20), start);
        QCOMPARE(times.size(), size_t(20));
        QCOMPARE(times[7], start);
        QCOMPARE(times[8], start + 1s);
        QCOMPARE(times[16], start + 2s);
        // Nothing was taken by asking.
        QCOMPARE(burst(limiter, RateBucket::Cancel, Priority::Cancel, start), 8);
        times = limiter.forecast(cancels(60), start);
        QCOMPARE(times[0], start + 1s);
        // The eight that left count, so the 43rd of these is the 51st within 10 s.
        QCOMPARE(times[41], start + 6s);
        QCOMPARE(times[42], start + 10s);
        QCOMPARE(times[59], start + 12s);
        limiter.throttled(start);
        QCOMPARE(limiter.forecast(cancels(1), start)[0], start + 3s);
    }

    void manyLeaveRoomForOne()
    {
        RateLimiter limiter;
        QCOMPARE(burst(limiter, RateBucket::CancelBatch, Priority::CancelOfMany, start), 7);
        QCOMPARE(burst(limiter, RateBucket::Cancel, Priority::Cancel, start), 1);
        // In ten seconds, too.
        RateLimiter busy;
        int sent = 0;
        for (Time now = start; now < start + 9900ms; now += 1ms) {
            if (const auto ticket = busy.tryAcquire(RateBucket::CancelBatch, Priority::CancelOfMany, now)) {
                busy.release(*ticket, now);
                ++sent;
            }
        }
        QCOMPARE(sent, 46);
        QCOMPARE(burst(busy, RateBucket::Cancel, Priority::Cancel, start + 9900ms), 4);
    }

    void aLongQueueLeavesRoomForReads()
    {
        RateLimiter limiter;
        QCOMPARE(burst(limiter, RateBucket::CancelBatch, Priority::CancelOfLongQueue, start), 5);
        QCOMPARE(burst(limiter, RateBucket::OrderList, Priority::Read, start), 1);
        QCOMPARE(burst(limiter, RateBucket::OrderList, Priority::ReadInLongQueue, start), 1);
        QCOMPARE(burst(limiter, RateBucket::Cancel, Priority::Cancel, start), 1);
        // Reads take nothing of the cancels' share.
        RateLimiter other;
        QCOMPARE(burst(other, RateBucket::OrderList, Priority::ReadInLongQueue, start), 7);
        RateLimiter later;
        QVERIFY(later.tryAcquire(RateBucket::OrderList, Priority::ReadInLongQueue, start));
        QVERIFY(later.tryAcquire(RateBucket::OrderList, Priority::ReadInLongQueue, start));
        QCOMPARE(burst(later, RateBucket::CancelBatch, Priority::CancelOfLongQueue, start), 5);
    }

    void pausesDouble()
    {
        Backoff backoff;
        Time now = start;
        for (const auto pause : {3s, 6s, 12s, 24s, 30s, 30s}) {
            backoff.throttled(now);
            QCOMPARE(backoff.pausedUntil(), now + pause);
            QVERIFY(!backoff.isHalfSpeed(now));
            now = backoff.pausedUntil() + 6s;
        }
        backoff.answered(now + 3s);
        backoff.throttled(now + 20s);
        QCOMPARE(backoff.pausedUntil(), now + 23s);
    }

    void aGoodAnswerSoonAfterDoesNotReset()
    {
        Backoff backoff;
        backoff.throttled(start);
        backoff.answered(start + 4s);
        backoff.throttled(start + 15s);
        QCOMPARE(backoff.pausedUntil(), start + 21s);
    }

    void threeInTenSecondsHalveTheSpeed()
    {
        RateLimiter limiter;
        limiter.throttled(start);
        limiter.throttled(start + 4s);
        QCOMPARE(limiter.halfSpeedFor(start + 4s), 0ms);
        limiter.throttled(start + 10s);
        QCOMPARE(limiter.pausedFor(start + 10s), 30s);
        QCOMPARE(limiter.halfSpeedFor(start + 10s), 5min);
        QVERIFY(!limiter.tryAcquire(RateBucket::Cancel, Priority::Cancel, start + 39s));
        QCOMPARE(*limiter.roomAt(RateBucket::Cancel, Priority::Cancel, start + 39s), start + 40s);
        QCOMPARE(limiter.callLimit(start + 40s), 25);
        QCOMPARE(burst(limiter, RateBucket::History, Priority::Read, start + 40s), 2);
        QCOMPARE(burst(limiter, RateBucket::Cancel, Priority::Cancel, start + 40s), 2);
        QCOMPARE(limiter.callLimit(start + 10s + 5min), 50);
        QCOMPARE(limiter.halfSpeedFor(start + 10s + 5min), 0ms);
    }

    void noWindowIsEverOverrun_data()
    {
        QTest::addColumn<quint32>("seed");
        QTest::addColumn<int>("slowest");
        QTest::newRow("fast") << 1u << 5;
        QTest::newRow("usual") << 2u << 80;
        QTest::newRow("jitter") << 3u << 900;
        QTest::newRow("slow") << 4u << 4000;
        QTest::newRow("usual again") << 5u << 120;
        QTest::newRow("jitter again") << 6u << 2500;
    }

    /// Simulates 25 seconds of everything that is asked for at once, with every request and every answer delayed by
    /// chance, and counts at the server.
    void noWindowIsEverOverrun()
    {
        QFETCH(quint32, seed);
        QFETCH(int, slowest);
        QRandomGenerator random(seed);
        RateLimiter limiter;
        std::map<RateBucket, std::vector<Time>> arrivals;
        std::vector<Time> all;
        std::multimap<Time, RateLimiter::Ticket> answers;
        int throttled = 0;

        for (Time now = start; now < start + 25s; now += 1ms) {
            while (!answers.empty() && answers.begin()->first <= now) {
                limiter.release(answers.begin()->second, answers.begin()->first);
                answers.erase(answers.begin());
            }
            if (seed == 5 && now == start + 8s) {
                for (; throttled < 3; ++throttled)
                    limiter.throttled(now);
            }
            const auto bucket = allBuckets[random.bounded(int(std::size(allBuckets)))];
            const bool isLong = random.bounded(2) == 1;
            const auto priority = bucket == RateBucket::Cancel ? Priority::Cancel
                                  : bucket == RateBucket::CancelBatch
                                      ? (isLong ? Priority::CancelOfLongQueue : Priority::CancelOfMany)
                                  : isLong ? Priority::ReadInLongQueue
                                           : Priority::Read;
            const auto ticket = limiter.tryAcquire(bucket, priority, now);
            if (!ticket)
                continue;
            const Time arrival = now + Milliseconds(random.bounded(0, slowest));
            arrivals[bucket].push_back(arrival);
            all.push_back(arrival);
            answers.emplace(arrival + Milliseconds(random.bounded(0, slowest)), *ticket);
        }

        QVERIFY2(all.size() > 20, qPrintable(QString::number(all.size())));
        for (const auto &[bucket, times] : arrivals)
            QVERIFY(mostIn(times, limitOf(bucket).window) <= limitOf(bucket).calls);
        QVERIFY(mostIn(all, 1s) <= 8);
        QVERIFY(mostIn(all, 10s) <= 50);
    }

    void goesWhenItSaidItWould()
    {
        QRandomGenerator random(11);
        RateLimiter limiter;
        Time now = start;
        for (int i = 0; i < 400; ++i) {
            const auto at = limiter.roomAt(RateBucket::Cancel, Priority::Cancel, now);
            QVERIFY(at);
            if (*at > now) {
                QVERIFY(!limiter.tryAcquire(RateBucket::Cancel, Priority::Cancel, *at - 1ns));
                now = *at;
            }
            const auto ticket = limiter.tryAcquire(RateBucket::Cancel, Priority::Cancel, now);
            QVERIFY(ticket);
            now += Milliseconds(random.bounded(0, 30));
            limiter.release(*ticket, now);
        }
    }
};

QTEST_GUILESS_MAIN(TestRateLimiter)
#include "tst_ratelimiter.moc"
