#include "tests/ui/cancelrecords.h"
#include "ui/notices/systemnotice.h"
#include "ui/words/batchwords.h"

#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(countermand::ToastContent)

namespace {

const QString attention = u"A cancel needs attention."_s;
const QString batchDone = u"A batch of cancels has finished."_s;

ToastContent batch(CancelBatch::State state, const BatchTally &tally, bool stopped = false)
{
    BatchView view;
    view.state = state;
    view.isStopped = stopped;
    view.tally = tally;
    view.end.listRead = true;
    view.end.openCount = 0;
    return batchToast(liveAccount(), view);
}

ToastContent toastOf(CancelStage stage, const std::optional<CancelOutcome> &outcome = {})
{
    CancelRecord record = recordAt(stage);
    record.outcome = outcome;
    return toastFor(record, u"api.coinw.com"_s);
}

} // namespace

class TestSystemNotice : public QObject
{
    Q_OBJECT

private slots:
    void whichToasts_data();
    void whichToasts();
    void neverInFrontOrUnwanted();
    void hiddenTextsGiveNothingAway();
    void practiceKeepsItsMark();
};

void TestSystemNotice::whichToasts_data()
{
    QTest::addColumn<ToastContent>("toast");
    QTest::addColumn<QString>("hidden");       // empty: no notification
    QTest::addColumn<QString>("hiddenWhenUp"); // the same for a toast that has one

    const auto timeout = failed(CancelOutcomeKind::Unknown, ApiError::Cause::Timeout);
    const auto offline = failed(CancelOutcomeKind::NotSent, ApiError::Cause::NoConnection);
    using enum CancelStage;
    QTest::newRow("S0 sending") << toastOf(Sending) << QString() << QString();
    QTest::newRow("S0a accepted") << toastOf(Accepted, accepted()) << QString() << QString();
    QTest::newRow("S1 canceled") << toastOf(Canceled, accepted()) << QString() << QString();
    QTest::newRow("U2 canceled, confirmed late") << toastOf(UnknownCanceled, timeout) << QString() << QString();
    QTest::newRow("W1 gone, looking up") << toastOf(GoneLookingUp, closed()) << QString() << attention;
    QTest::newRow("S3 still listed") << toastOf(AcceptedStillListed, accepted()) << QString() << attention;
    QTest::newRow("W1c no record") << toastOf(GoneNoRecord, closed()) << QString() << attention;
    QTest::newRow("U3 filled") << toastOf(UnknownFilled, timeout) << QString() << attention;
    QTest::newRow("U4 still open") << toastOf(UnknownStillOpen, timeout) << attention << attention;
    QTest::newRow("U5 still unknown") << toastOf(UnknownUnresolved, timeout) << attention << attention;
    QTest::newRow("E1 rejected") << toastOf(Rejected, refused(Refusal::Other, 9111, u"Not tradable"_s)) << attention
                                 << attention;
    QTest::newRow("E2 sign-in") << toastOf(Rejected, refused(Refusal::SignIn, 6001, u"Signature error"_s))
                                << attention << attention;
    QTest::newRow("N1 no connection") << toastOf(NotSent, offline) << attention << attention;
    QTest::newRow("U1 checking") << toastOf(UnknownChecking, timeout) << attention << attention;
    QTest::newRow("K1 kept") << keptToast(liveAccount(), recordAt(CancelStage::Waiting).order) << QString()
                             << QString();

    using enum CancelBatch::State;
    QTest::newRow("B1 running") << batch(Running, {.asked = 20, .canceled = 5, .failed = 2, .waiting = 13})
                                << QString() << QString();
    QTest::newRow("B1 comparing") << batch(Comparing, {.asked = 20, .canceled = 20}) << QString() << QString();
    QTest::newRow("B2 finished") << batch(Finished, {.asked = 20, .canceled = 20}) << batchDone << batchDone;
    QTest::newRow("B3 differences") << batch(Finished, {.asked = 20, .canceled = 19, .failed = 1}) << attention
                                    << attention;
    QTest::newRow("B4 stopped") << batch(Finished, {.asked = 20, .canceled = 9, .notSent = 11}, true) << attention
                                << attention;
    QTest::newRow("B5 new orders") << newOrdersToast(liveAccount(), 3) << QString() << attention;
}

void TestSystemNotice::whichToasts()
{
    QFETCH(const ToastContent, toast);
    QFETCH(const QString, hidden);
    QFETCH(const QString, hiddenWhenUp);
    for (const bool isUp : {false, true}) {
        const QString expected = isUp ? hiddenWhenUp : hidden;
        const auto seen = systemNoticeFor(toast, {.isUp = isUp});
        QCOMPARE(seen ? seen->text : QString(), expected);
        const auto open = systemNoticeFor(toast, {.hidesDetails = false, .isUp = isUp});
        QCOMPARE(open.has_value(), !expected.isEmpty());
        if (open) {
            QCOMPARE(open->title, toast.headline);
            QCOMPARE(open->text, toast.text);
        }
    }
}

void TestSystemNotice::neverInFrontOrUnwanted()
{
    const ToastContent error = toastOf(CancelStage::Rejected, refused(Refusal::Permission, 6003, u"No permission"_s));
    QVERIFY(systemNoticeFor(error, {}));
    for (const bool isUp : {false, true}) {
        QVERIFY(!systemNoticeFor(error, {.isInFront = true, .isUp = isUp}));
        QVERIFY(!systemNoticeFor(error, {.isWanted = false, .isUp = isUp}));
    }
}

void TestSystemNotice::hiddenTextsGiveNothingAway()
{
    // Whatever order, code or count is behind it: the same words.
    const auto first = systemNoticeFor(toastOf(CancelStage::Rejected, refused(Refusal::Other, 9111, u"a"_s)), {});
    const auto second = systemNoticeFor(toastOf(CancelStage::Rejected, refused(Refusal::SignIn, 6001, u"b"_s)), {});
    QCOMPARE(first, second);
    QCOMPARE(first->title, u"Countermand"_s);
    const auto two = systemNoticeFor(batch(CancelBatch::State::Finished, {.asked = 4, .canceled = 4}), {});
    const auto many = systemNoticeFor(batch(CancelBatch::State::Finished, {.asked = 200, .canceled = 200}), {});
    QCOMPARE(two, many);
    QCOMPARE(two->title, u"Countermand"_s);
}

void TestSystemNotice::practiceKeepsItsMark()
{
    CancelRecord record = recordAt(CancelStage::Rejected);
    record.account.environment = Environment::Practice;
    record.outcome = refused(Refusal::Other, 9111, u"Not tradable"_s);
    const auto seen = systemNoticeFor(toastFor(record, {}), {.hidesDetails = false});
    QVERIFY(seen);
    QVERIFY2(seen->title.startsWith(u"Practice · "_s), qPrintable(seen->title));
}

QTEST_GUILESS_MAIN(TestSystemNotice)
#include "tst_systemnotice.moc"
