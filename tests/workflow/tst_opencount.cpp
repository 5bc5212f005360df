#include "workflow/opencount.h"
#include "workflow/orderfeed.h"

#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;

using Knowledge = OpenCount::Knowledge;

class TestOpenCount : public QObject
{
    Q_OBJECT

private slots:
    void knowledge_data()
    {
        QTest::addColumn<FeedStatus>("feed");
        QTest::addColumn<int>("listed");
        QTest::addColumn<OpenCount>("expected");

        FeedStatus feed;
        QTest::newRow("nothing read") << feed << 0 << OpenCount{Knowledge::Unknown, 0, {}};
        feed.anyRead = true;
        QTest::newRow("none of the first kind") << feed << 0 << OpenCount{Knowledge::Unknown, 0, {}};
        QTest::newRow("kinds are missing") << feed << 96 << OpenCount{Knowledge::AtLeast, 96, {}};
        feed.openCount = 120;
        feed.countDiffersSince = m_now - 1min;
        QTest::newRow("kinds are missing, more counted") << feed << 96 << OpenCount{Knowledge::AtLeast, 96, {}};
        feed.loaded = true;
        feed.countDiffersSince.reset();
        QTest::newRow("conditional lists are missing") << feed << 96 << OpenCount{Knowledge::AtLeast, 96, {}};
        QTest::newRow("none, and not counted") << feed << 0 << OpenCount{Knowledge::AtLeast, 0, {}};
        feed.complete = true;
        QTest::newRow("not counted since") << feed << 96 << OpenCount{Knowledge::AtLeast, 96, {}};
        feed.counted = true;
        feed.openCount = 96;
        QTest::newRow("counted") << feed << 96 << OpenCount{Knowledge::Exact, 96, {}};
        QTest::newRow("none") << feed << 0 << OpenCount{Knowledge::Exact, 0, {}};
        feed.openCount = 120;
        feed.countDiffersSince = m_now - 5999ms;
        QTest::newRow("more counted just now") << feed << 96 << OpenCount{Knowledge::AtLeast, 96, {}};
        feed.countDiffersSince = m_now - 6s;
        QTest::newRow("more counted") << feed << 96 << OpenCount{Knowledge::AtLeast, 96, 120};
        feed.complete = false;
        QTest::newRow("more counted, a list not whole") << feed << 96 << OpenCount{Knowledge::AtLeast, 96, 120};
    }

    void knowledge()
    {
        QFETCH(FeedStatus, feed);
        QFETCH(int, listed);
        QFETCH(OpenCount, expected);
        const OpenCount count = openCount(feed, listed, m_now);
        QCOMPARE(count.knowledge, expected.knowledge);
        QCOMPARE(count.listed, expected.listed);
        QCOMPARE(count.reported, expected.reported);
    }

private:
    const TimePoint m_now = TimePoint(1h);
};

QTEST_GUILESS_MAIN(TestOpenCount)
#include "tst_opencount.moc"
