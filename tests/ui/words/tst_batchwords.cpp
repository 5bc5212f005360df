#include "ui/words/batchwords.h"

#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

using State = CancelBatch::State;

Account live()
{
    return {u"p"_s, u"Main"_s, Environment::Live, u"api.coinw.com"_s, 0};
}

BatchView view(State state, const BatchTally &tally)
{
    BatchView made;
    made.state = state;
    made.tally = tally;
    made.end.listRead = true;
    made.end.openCount = 0;
    return made;
}

} // namespace

class TestBatchWords : public QObject
{
    Q_OBJECT

private slots:
    void running()
    {
        BatchView seen =
            view(State::Running,
                 {.asked = 20, .canceled = 5, .gone = 1, .failed = 2, .notSent = 1, .unknown = 1, .waiting = 10});
        seen.timeLeft = 12s;
        const ToastContent toast = batchToast(live(), seen);
        QCOMPARE(toast.severity, Severity::Progress);
        QCOMPARE(toast.headline, u"Canceling 20 orders"_s);
        QCOMPARE(toast.text, u"5 canceled · 1 already gone · 3 failed · 1 unknown · 10 waiting"_s);
        QCOMPARE(toast.action, ToastAction::StopRemaining);
        QCOMPARE(toast.moreActions, QList{ToastAction::ShowList});
        QCOMPARE(toast.percentDone, 50);
        QCOMPARE(toast.barText, u"about 12 s left"_s);

        seen.state = State::Comparing;
        seen.tally = {.asked = 20, .canceled = 20};
        QCOMPARE(batchToast(live(), seen).barText, u"reading the list"_s);
        QCOMPARE(batchToast(live(), seen).action, ToastAction::None);
        QCOMPARE(batchToast(live(), seen).severity,
                 Severity::Progress); // not a word of success before the comparison
    }

    void fromRecordsAlone()
    {
        const QDateTime begun(QDate(2026, 3, 4), QTime(14, 3, 22));
        QCOMPARE(recordedBatchText({.asked = 4, .canceled = 2, .gone = 1, .failed = 1}, begun),
                 u"Batch of 2026-03-04 14:03:22: 2 canceled · 1 already gone · 1 failed · 0 unknown"_s);
        QVERIFY(recordedBatchText({.asked = 4, .waiting = 4}, begun).endsWith(u"4 waiting"_s));
    }

    void finished()
    {
        const ToastContent toast = batchToast(live(), view(State::Finished, {.asked = 7, .canceled = 7}));
        QCOMPARE(toast.severity, Severity::Success);
        QCOMPARE(toast.headline, u"Finished"_s);
        QCOMPARE(toast.text, u"7 of 7 canceled."_s);
        QVERIFY(!toast.sticky);
        QCOMPARE(toast.percentDone, -1);
    }

    void differences_data()
    {
        QTest::addColumn<BatchTally>("tally");
        QTest::newRow("gone") << BatchTally{.asked = 7, .canceled = 6, .gone = 1};
        QTest::newRow("failed") << BatchTally{.asked = 7, .canceled = 6, .failed = 1};
        QTest::newRow("not sent") << BatchTally{.asked = 7, .canceled = 6, .notSent = 1};
        QTest::newRow("unknown") << BatchTally{.asked = 7, .canceled = 6, .unknown = 1};
    }
    void differences()
    {
        QFETCH(BatchTally, tally);
        BatchView seen = view(State::Finished, tally);
        seen.failed = tally.failed;
        const ToastContent toast = batchToast(live(), seen);
        QCOMPARE(toast.severity, Severity::Warning);
        QCOMPARE(toast.headline, u"Finished with differences"_s);
        QCOMPARE(toast.text, u"6 canceled · %1 already gone · %2 failed · %3 unknown"_s.arg(tally.gone)
                                 .arg(tally.failed + tally.notSent)
                                 .arg(tally.unknown));
        QCOMPARE(toast.sticky, tally.gone == 0);
    }

    void noSuccessWhileTheCountDiffers()
    {
        BatchView seen = view(State::Finished, {.asked = 7, .canceled = 7});
        seen.end.openCount = 3;
        seen.end.listedCount = 1;
        QCOMPARE(batchToast(live(), seen).headline, u"Finished with differences"_s);
        QVERIFY(batchToast(live(), seen).text.endsWith(u"CoinW reports 3 open orders, 1 is listed."_s));
        seen.end.openCount = 1;
        seen.end.listedCount = 0;
        QVERIFY(batchToast(live(), seen).text.endsWith(u"CoinW reports 1 open order, 0 are listed."_s));
        seen.end.listedCount = 1;
        seen.end.openCount.reset();
        QCOMPARE(batchToast(live(), seen).severity, Severity::Warning);
        seen.end.openCount = 1;
        seen.end.listRead = false;
        QCOMPARE(batchToast(live(), seen).severity, Severity::Warning);
        seen.end.listRead = true;
        QCOMPARE(batchToast(live(), seen).severity, Severity::Success);
    }

    void stopped()
    {
        BatchView seen = view(State::Finished, {.asked = 15, .canceled = 8, .notSent = 7});
        seen.isStopped = true;
        QCOMPARE(batchToast(live(), seen).headline, u"Stopped"_s);
        QCOMPARE(batchToast(live(), seen).text,
                 u"8 canceled, 7 not sent. Requests already sent can't be recalled."_s);
        seen.tally = {.asked = 15, .canceled = 5, .gone = 1, .failed = 1, .notSent = 7, .unknown = 1};
        seen.failed = 1;
        // Every order is in one of the counts.
        QCOMPARE(batchToast(live(), seen).text,
                 u"5 canceled, 7 not sent, 1 already gone, 1 failed, 1 unknown. Requests already sent can't be "
                 "recalled."_s);
    }

    void saysWhenNoneOfTheRefusedIsLeft()
    {
        BatchView seen = view(State::Finished, {.asked = 20, .canceled = 17, .failed = 3});
        QCOMPARE(batchToast(live(), seen).action, ToastAction::None);
        QCOMPARE(batchToast(live(), seen).text,
                 u"17 canceled · 0 already gone · 3 failed · 0 unknown The failed orders "
                 u"are no longer open."_s);
        QCOMPARE(noneLeftToast(live()).headline, u"Nothing sent"_s);
        QCOMPARE(noneLeftToast(live()).text, u"These orders are no longer open."_s);
    }

    void refusedAreOffered()
    {
        BatchView seen = view(State::Finished, {.asked = 20, .canceled = 16, .gone = 1, .failed = 3});
        seen.failed = 3;
        seen.isEachRefused = true;
        ToastContent toast = batchToast(live(), seen);
        QCOMPARE(toast.action, ToastAction::CancelRefused);
        QCOMPARE(actionLabel(toast.action, toast.failed), u"Cancel the 3 refused…"_s);
        QCOMPARE(actionLabel(toast.action, 1), u"Cancel the 1 refused…"_s);
        // Where no code says so, they are only what the list shows.
        seen.isEachRefused = false;
        toast = batchToast(live(), seen);
        QCOMPARE(actionLabel(toast.action, toast.failed), u"Cancel the 3 still open…"_s);
        QCOMPARE(actionLabel(toast.action, 1), u"Cancel the 1 still open…"_s);
    }

    void practiceSaysSo()
    {
        Account practice = live();
        practice.environment = Environment::Practice;
        QCOMPARE(batchToast(practice, view(State::Finished, {.asked = 7, .canceled = 7})).headline,
                 u"Practice · Finished"_s);
        QCOMPARE(newOrdersToast(live(), 2).text, u"2 orders opened meanwhile and were not touched."_s);
        QCOMPARE(newOrdersToast(live(), 2).action, ToastAction::ShowNewOrders);
    }

    void earlierRun()
    {
        BatchView seen = view(State::Running, {.asked = 40, .canceled = 10, .waiting = 30});
        seen.isRecovery = true;
        const ToastContent toast = batchToast(live(), seen);
        QCOMPARE(toast.headline, u"Checking 40 cancels from last time"_s);
        QCOMPARE(toast.action, ToastAction::None); // nothing of it waits to be sent
    }
};

QTEST_GUILESS_MAIN(TestBatchWords)
#include "tst_batchwords.moc"
