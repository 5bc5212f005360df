#include "workflow/listage.h"
#include "workflow/orderfeed.h"

#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;

class TestListAge : public QObject
{
    Q_OBJECT

private slots:
    void countsFullSecondsSinceTheListWasWhole()
    {
        FeedStatus feed;
        feed.wholeAt = now - 90s - 999ms;
        QCOMPARE(listAge(feed, now), ListAge(90s));
        feed.wholeAt = now;
        QCOMPARE(listAge(feed, now), ListAge(0s));
    }

    void neverReadIsOlderThanAnyLimit()
    {
        const ListAge age = listAge(FeedStatus{}, now);
        QCOMPARE(age, ListAge());
        QVERIFY(isOlder(age, freshFor));
        QVERIFY(isOlder(age, std::chrono::hours(100000)));
        QVERIFY(!isOlder(ListAge(30s), freshFor));
        QVERIFY(isOlder(ListAge(31s), freshFor));
    }

    void conditionalListsHaveAnAgeOfTheirOwn()
    {
        FeedStatus feed;
        feed.wholeAt = now;
        QVERIFY(!conditionalAge(feed, now));
        feed.hasConditionalLists = true;
        QVERIFY(conditionalAge(feed, now).has_value());
        QCOMPARE(*conditionalAge(feed, now), ListAge());
        feed.conditionalAt = now - 14s;
        QCOMPARE(*conditionalAge(feed, now), ListAge(14s));
        QCOMPARE(listAge(feed, now), ListAge(0s));
    }

    void aRowMayBeOlderWhereListsTakeTurns()
    {
        QVERIFY(isOlder(RowAge(), 1000h));
        QVERIFY(!isOlder(RowAge{30s}, freshFor));
        QVERIFY(isOlder(RowAge{31s}, freshFor));
        QVERIFY(!isOlder(RowAge{42s, 12s}, freshFor));
        QVERIFY(isOlder(RowAge{43s, 12s}, freshFor));
        QVERIFY(!isOlder(RowAge{102s, 12s}, trustedFor));
        QVERIFY(isOlder(RowAge{103s, 12s}, trustedFor));
        QCOMPARE(older({5s}, {40s, 30s}), (RowAge{40s, 30s}));
        QCOMPARE(older({15s}, {40s, 30s}), RowAge{15s});
        QCOMPARE(older({15s}, {}), RowAge());
        QCOMPARE(older({}, {15s}), RowAge());
    }

    void isOldAfterNinetySeconds()
    {
        FeedStatus feed;
        feed.beganAt = now - 10min;
        feed.wholeAt = now - 90s - 999ms;
        QVERIFY(!isListOld(feed, now));
        feed.wholeAt = now - 91s;
        QVERIFY(isListOld(feed, now));
    }

    void oneThatWasNeverWholeCountsFromWhenReadingBegan()
    {
        FeedStatus feed;
        QVERIFY(!isListOld(feed, now));
        feed.beganAt = now - 90s;
        QVERIFY(!isListOld(feed, now));
        feed.beganAt = now - 91s;
        QVERIFY(isListOld(feed, now));
    }

private:
    const TimePoint now = TimePoint{} + 1h;
};

QTEST_GUILESS_MAIN(TestListAge)
#include "tst_listage.moc"
