#include "ui/notices/toastqueue.h"

#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

ToastContent toast(Severity severity, const QString &headline = u"h"_s, bool sticky = false)
{
    return {.severity = severity, .headline = headline, .text = u"t"_s, .sticky = sticky};
}

QStringList keys(const ToastQueue &queue)
{
    QStringList shown;
    for (const ToastQueue::Entry &entry : queue.visible())
        shown += entry.key;
    return shown;
}

} // namespace

class TestToastQueue : public QObject
{
    Q_OBJECT

private slots:
    void times_data();
    void times();
    void leavesInTime();
    void pauseStopsTheClock();
    void timeFactor();
    void updatesInPlace();
    void sameWordsAreNoNews();
    void heldContentIsReplacedLater();
    void onlyTheLatestNewsWaits();
    void newPushesOutTheOldestThatWouldLeave();
    void progressAndStickyArePushedOutByNothing();
    void newsIsShownAmongStickyOnes();
    void foldedComesUpAgain();
    void foldedClockStandsStill();
    void newsOfAFoldedToastIsSeen();
    void lowWindow();
    void closedComesBackForBadNewsOnly_data();
    void closedComesBackForBadNewsOnly();
    void newsThatWaitedBehindAClosedToast();
    void removedIsForgotten();
};

void TestToastQueue::times_data()
{
    QTest::addColumn<int>("severity");
    QTest::addColumn<int>("characters");
    QTest::addColumn<bool>("sticky");
    QTest::addColumn<int>("minimum");
    QTest::addColumn<int>("factor");
    QTest::addColumn<int>("expected"); // -1: stays
    QTest::newRow("neutral") << int(Severity::Neutral) << 2 << false << 0 << 1 << 5000;
    QTest::newRow("success") << int(Severity::Success) << 2 << false << 0 << 1 << 6000;
    QTest::newRow("warning") << int(Severity::Warning) << 2 << false << 0 << 1 << 12000;
    QTest::newRow("error") << int(Severity::Error) << 2 << false << 0 << 1 << -1;
    QTest::newRow("unknown") << int(Severity::Unknown) << 2 << false << 0 << 1 << -1;
    QTest::newRow("progress") << int(Severity::Progress) << 2 << false << 0 << 1 << -1;
    QTest::newRow("sticky warning") << int(Severity::Warning) << 2 << true << 0 << 1 << -1;
    QTest::newRow("minimum") << int(Severity::Success) << 2 << false << 12000 << 1 << 12000;
    QTest::newRow("long text") << int(Severity::Neutral) << 100 << false << 0 << 1 << 7000;
    QTest::newRow("text at the edge") << int(Severity::Neutral) << 66 << false << 0 << 1 << 5000;
    QTest::newRow("text past the edge") << int(Severity::Neutral) << 67 << false << 0 << 1 << 5020;
    QTest::newRow("twice") << int(Severity::Neutral) << 2 << false << 0 << 2 << 10000;
    QTest::newRow("four times") << int(Severity::Success) << 2 << false << 12000 << 4 << 48000;
    QTest::newRow("until dismissed") << int(Severity::Neutral) << 2 << false << 0 << 0 << -1;
}

void TestToastQueue::times()
{
    QFETCH(const int, severity);
    QFETCH(const int, characters);
    QFETCH(const bool, sticky);
    QFETCH(const int, minimum);
    QFETCH(const int, factor);
    QFETCH(const int, expected);
    const ToastContent content{.severity = Severity(severity),
                               .headline = u"h"_s,
                               .text = QString(characters - 1, u'x'),
                               .sticky = sticky,
                               .minimumTime = std::chrono::milliseconds(minimum)};
    const auto time = timeOnScreen(content, factor);
    QCOMPARE(time ? int(time->count()) : -1, expected);
}

void TestToastQueue::leavesInTime()
{
    ToastQueue queue;
    queue.put(u"a"_s, toast(Severity::Success), 1000ms);
    QCOMPARE(queue.nextChange(), std::optional(7000ms));
    queue.advance(6999ms);
    QCOMPARE(keys(queue), QStringList{u"a"_s});
    queue.advance(7000ms);
    QVERIFY(queue.isEmpty());
    QVERIFY(!queue.nextChange());
    queue.put(u"b"_s, toast(Severity::Error), 7000ms);
    queue.advance(100000s);
    QCOMPARE(keys(queue), QStringList{u"b"_s});
    QVERIFY(!queue.nextChange());
}

void TestToastQueue::pauseStopsTheClock()
{
    ToastQueue queue;
    queue.put(u"a"_s, toast(Severity::Neutral), 0ms);
    queue.setPaused(true, 4000ms);
    QVERIFY(!queue.nextChange());
    queue.advance(100s);
    QCOMPARE(keys(queue), QStringList{u"a"_s});
    queue.setPaused(false, 100s);
    QCOMPARE(queue.nextChange(), std::optional(101000ms));
    queue.advance(100999ms);
    QVERIFY(!queue.isEmpty());
    queue.advance(101s);
    QVERIFY(queue.isEmpty());
}

void TestToastQueue::timeFactor()
{
    ToastQueue queue;
    queue.setTimeFactor(2);
    queue.put(u"a"_s, toast(Severity::Neutral), 0ms);
    QCOMPARE(queue.nextChange(), std::optional(10000ms));
    queue.setTimeFactor(0);
    queue.put(u"b"_s, toast(Severity::Neutral), 0ms);
    queue.advance(1h);
    QCOMPARE(keys(queue), QStringList{u"b"_s});
}

void TestToastQueue::updatesInPlace()
{
    ToastQueue queue;
    queue.put(u"a"_s, toast(Severity::Progress, u"Canceling…"_s), 0ms);
    queue.put(u"b"_s, toast(Severity::Error), 0ms);
    const int revision = queue.visible().last().revision;
    queue.put(u"a"_s, toast(Severity::Success, u"Canceled"_s), 400ms);
    QCOMPARE(keys(queue), (QStringList{u"b"_s, u"a"_s}));
    const ToastQueue::Entry entry = queue.visible().last();
    QCOMPARE(entry.number, 1);
    QCOMPARE(entry.content.headline, u"Canceled"_s);
    QVERIFY(entry.revision > revision);
    QCOMPARE(queue.nextChange(), std::optional(6400ms));
}

void TestToastQueue::sameWordsAreNoNews()
{
    ToastQueue queue;
    queue.put(u"a"_s, toast(Severity::Success), 0ms);
    const int revision = queue.visible().first().revision;
    queue.put(u"a"_s, toast(Severity::Success), 3000ms);
    QCOMPARE(queue.visible().first().revision, revision);
    QCOMPARE(queue.nextChange(), std::optional(6000ms));
}

void TestToastQueue::heldContentIsReplacedLater()
{
    ToastQueue queue;
    ToastContent accepted = toast(Severity::Progress, u"Cancel accepted"_s);
    accepted.holdTime = 300ms;
    queue.put(u"a"_s, accepted, 1000ms);
    queue.put(u"a"_s, toast(Severity::Success, u"Canceled"_s), 1020ms);
    QCOMPARE(queue.visible().first().content.headline, u"Cancel accepted"_s);
    QCOMPARE(queue.nextChange(), std::optional(1300ms));
    queue.advance(1299ms);
    QCOMPARE(queue.visible().first().content.headline, u"Cancel accepted"_s);
    queue.advance(1300ms);
    QCOMPARE(queue.visible().first().content.headline, u"Canceled"_s);
    QCOMPARE(queue.visible().first().number, 1);
    QCOMPARE(queue.nextChange(), std::optional(7300ms));
    // Held also while the clocks of leaving stand still: news is never delayed by reading.
    queue.put(u"b"_s, accepted, 2000ms);
    queue.setPaused(true, 2000ms);
    queue.put(u"b"_s, toast(Severity::Success, u"Canceled"_s), 2001ms);
    QCOMPARE(queue.nextChange(), std::optional(2300ms));
    queue.advance(2300ms);
    QCOMPARE(queue.visible().first().content.headline, u"Canceled"_s);
}

void TestToastQueue::onlyTheLatestNewsWaits()
{
    ToastQueue queue;
    ToastContent accepted = toast(Severity::Progress, u"Cancel accepted"_s);
    accepted.holdTime = 300ms;
    queue.put(u"a"_s, accepted, 0ms);
    queue.put(u"a"_s, toast(Severity::Warning, u"Accepted, but still listed"_s), 10ms);
    queue.put(u"a"_s, toast(Severity::Success, u"Canceled"_s), 20ms);
    queue.advance(300ms);
    QCOMPARE(queue.visible().first().content.headline, u"Canceled"_s);
    QCOMPARE(queue.visible().size(), 1);
}

void TestToastQueue::newPushesOutTheOldestThatWouldLeave()
{
    ToastQueue queue;
    queue.put(u"error"_s, toast(Severity::Error), 0ms);
    queue.put(u"first"_s, toast(Severity::Success), 10ms);
    queue.put(u"second"_s, toast(Severity::Success), 20ms);
    queue.put(u"third"_s, toast(Severity::Neutral), 30ms);
    queue.put(u"fourth"_s, toast(Severity::Success), 40ms);
    QCOMPARE(keys(queue), (QStringList{u"fourth"_s, u"third"_s, u"second"_s, u"error"_s}));
    QCOMPARE(queue.folded(), 0);
    QCOMPARE(queue.visible().first().number, 5);
}

void TestToastQueue::progressAndStickyArePushedOutByNothing()
{
    ToastQueue queue;
    queue.put(u"a"_s, toast(Severity::Progress), 0ms);
    queue.put(u"b"_s, toast(Severity::Warning, u"h"_s, true), 0ms);
    queue.put(u"c"_s, toast(Severity::Unknown), 0ms);
    queue.put(u"d"_s, toast(Severity::Error), 0ms);
    QCOMPARE(queue.folded(), 0);
    queue.put(u"e"_s, toast(Severity::Error), 0ms);
    QCOMPARE(keys(queue), (QStringList{u"e"_s, u"d"_s, u"c"_s}));
    QCOMPARE(queue.folded(), 2);
}

void TestToastQueue::newsIsShownAmongStickyOnes()
{
    ToastQueue queue;
    for (const QString &key : {u"a"_s, u"b"_s, u"c"_s, u"d"_s})
        queue.put(key, toast(Severity::Error), 0ms);
    queue.put(u"good"_s, toast(Severity::Success), 10ms);
    QCOMPARE(keys(queue), (QStringList{u"good"_s, u"d"_s, u"c"_s}));
    queue.advance(5000ms);
    QCOMPARE(keys(queue).first(), u"good"_s);
    queue.advance(6010ms);
    QCOMPARE(keys(queue), (QStringList{u"d"_s, u"c"_s, u"b"_s, u"a"_s}));
    QCOMPARE(queue.folded(), 0);
}

void TestToastQueue::foldedComesUpAgain()
{
    ToastQueue queue;
    for (const QString &key : {u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s, u"f"_s})
        queue.put(key, toast(Severity::Error), 0ms);
    QCOMPARE(queue.folded(), 3);
    queue.dismiss(u"e"_s, 1ms);
    QCOMPARE(keys(queue), (QStringList{u"f"_s, u"d"_s, u"c"_s}));
    QCOMPARE(queue.folded(), 2);
    queue.dismiss(u"f"_s, 2ms);
    QCOMPARE(keys(queue), (QStringList{u"d"_s, u"c"_s, u"b"_s, u"a"_s}));
    QCOMPARE(queue.folded(), 0);
}

void TestToastQueue::foldedClockStandsStill()
{
    ToastQueue queue;
    queue.put(u"good"_s, toast(Severity::Success), 0ms);
    queue.put(u"a"_s, toast(Severity::Error), 0ms);
    queue.put(u"b"_s, toast(Severity::Error), 0ms);
    queue.setLimit(2, 1000ms);
    QCOMPARE(keys(queue), QStringList{u"b"_s});
    QVERIFY(!queue.nextChange());
    queue.advance(1h);
    QCOMPARE(queue.folded(), 2);
    queue.setLimit(4, 1h);
    QCOMPARE(keys(queue).last(), u"good"_s);
    QCOMPARE(queue.nextChange(), std::optional(ToastQueue::Time(1h) + 5000ms));
}

void TestToastQueue::newsOfAFoldedToastIsSeen()
{
    ToastQueue queue;
    for (const QString &key : {u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s})
        queue.put(key, toast(Severity::Progress), 0ms);
    QVERIFY(!keys(queue).contains(u"a"_s));
    queue.put(u"a"_s, toast(Severity::Success, u"Canceled"_s), 100ms);
    QCOMPARE(keys(queue), (QStringList{u"a"_s, u"e"_s, u"d"_s}));
    QCOMPARE(queue.visible().first().number, 1);
}

void TestToastQueue::lowWindow()
{
    ToastQueue queue;
    queue.setLimit(2, 0ms);
    queue.put(u"a"_s, toast(Severity::Error), 0ms);
    queue.put(u"b"_s, toast(Severity::Error), 0ms);
    QCOMPARE(keys(queue).size(), 2);
    queue.put(u"c"_s, toast(Severity::Error), 0ms);
    QCOMPARE(keys(queue), QStringList{u"c"_s});
    QCOMPARE(queue.folded(), 2);
}

void TestToastQueue::closedComesBackForBadNewsOnly_data()
{
    QTest::addColumn<int>("severity");
    QTest::addColumn<QString>("headline");
    QTest::addColumn<bool>("comesBack");
    QTest::newRow("success") << int(Severity::Success) << u"Canceled"_s << false;
    QTest::newRow("neutral") << int(Severity::Neutral) << u"Already canceled earlier"_s << false;
    QTest::newRow("progress") << int(Severity::Progress) << u"Cancel accepted"_s << false;
    QTest::newRow("warning") << int(Severity::Warning) << u"Not canceled — filled"_s << true;
    QTest::newRow("error") << int(Severity::Error) << u"Still open — not canceled"_s << true;
    QTest::newRow("unknown") << int(Severity::Unknown) << u"Still unknown"_s << true;
    QTest::newRow("the same again") << int(Severity::Unknown) << u"Unknown — checking…"_s << false;
}

void TestToastQueue::closedComesBackForBadNewsOnly()
{
    QFETCH(const int, severity);
    QFETCH(const QString, headline);
    QFETCH(const bool, comesBack);
    ToastQueue queue;
    queue.put(u"other"_s, toast(Severity::Error), 0ms);
    queue.put(u"a"_s, toast(Severity::Unknown, u"Unknown — checking…"_s), 0ms);
    queue.dismiss(u"a"_s, 10ms);
    QCOMPARE(keys(queue), QStringList{u"other"_s});
    queue.put(u"a"_s, toast(Severity(severity), headline), 20ms);
    QCOMPARE(keys(queue).contains(u"a"_s), comesBack);
    if (comesBack)
        QCOMPARE(queue.visible().first().number, 2);
}

void TestToastQueue::newsThatWaitedBehindAClosedToast()
{
    ToastContent accepted = toast(Severity::Progress, u"Cancel accepted"_s);
    accepted.holdTime = 300ms;
    ToastQueue queue;
    queue.put(u"a"_s, accepted, 0ms);
    queue.put(u"a"_s, toast(Severity::Warning, u"Accepted, but already filled"_s, true), 10ms);
    queue.dismiss(u"a"_s, 20ms);
    QCOMPARE(queue.visible().first().content.headline, u"Accepted, but already filled"_s);
    ToastQueue good;
    good.put(u"a"_s, accepted, 0ms);
    good.put(u"a"_s, toast(Severity::Success, u"Canceled"_s), 10ms);
    good.dismiss(u"a"_s, 20ms);
    QVERIFY(good.isEmpty());
}

void TestToastQueue::removedIsForgotten()
{
    ToastQueue queue;
    queue.put(u"a"_s, toast(Severity::Error), 0ms);
    queue.dismiss(u"a"_s, 1ms);
    queue.remove(u"a"_s, 2ms);
    queue.put(u"a"_s, toast(Severity::Success), 3ms);
    QCOMPARE(queue.visible().first().number, 2);
    queue.removeAll(4ms);
    QVERIFY(queue.isEmpty());
    queue.put(u"b"_s, toast(Severity::Success), 5ms);
    QCOMPARE(queue.visible().first().number, 3);
}

QTEST_APPLESS_MAIN(TestToastQueue)
#include "tst_toastqueue.moc"
