#include "domain/qtversions.h"
#include "workflow/readslowing.h"

#include <QtTest>

using namespace countermand;
using namespace std::chrono_literals;

class TestReadSlowing : public QObject
{
    Q_OBJECT

private slots:
    void onlySomeAnswersSlow_data();
    void onlySomeAnswersSlow();
    void twiceAsLongEachTime();
    void whatTheAnswerAsksFor();
    void theFirstGoodAnswerEndsIt();
    void oneListAloneIsReadLessAndLess();
    void aListThatIsReadNoMoreIsForgotten();
    void aCancelIsNotLeftAlone();
    void twoMinutesOfNothingElse();

private:
    const QDateTime m_utc = QDateTime({2026, 3, 4}, {5, 6}, inUtc);
    const TimePoint m_start = TimePoint(1h);
};

namespace {

ApiError answer(int status, ApiError::Cause cause)
{
    ApiError error;
    error.kind = ApiError::Kind::Malformed;
    error.cause = cause;
    error.httpStatus = status;
    return error;
}

const ApiError unavailable = answer(503, ApiError::Cause::ServerError);

} // namespace

void TestReadSlowing::onlySomeAnswersSlow_data()
{
    using Cause = ApiError::Cause;
    QTest::addColumn<Cause>("cause");
    QTest::addColumn<bool>("slows");
    QTest::newRow("a page of HTML") << Cause::Unreadable << true;
    QTest::newRow("5xx") << Cause::ServerError << true;
    QTest::newRow("a reset") << Cause::ConnectionLost << true;
    QTest::newRow("a redirect") << Cause::Redirect << true;
    QTest::newRow("CoinW's refusal") << Cause::Refused << false;
    QTest::newRow("offline") << Cause::NoConnection << false;
    QTest::newRow("a certificate") << Cause::NotSecure << false;
    QTest::newRow("no answer in time") << Cause::Timeout << false;
}

void TestReadSlowing::onlySomeAnswersSlow()
{
    QFETCH(const ApiError::Cause, cause);
    QFETCH(const bool, slows);
    QCOMPARE(ReadSlowing::slows(answer(0, cause)), slows);
}

void TestReadSlowing::twiceAsLongEachTime()
{
    ReadSlowing slowing;
    QVERIFY(slowing.nextAt(false) <= m_start);
    QVERIFY(!slowing.state());
    for (const auto interval : {2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
        slowing.refused(unavailable, m_start, m_utc);
        QCOMPARE(slowing.nextAt(false) - m_start, TimePoint::duration(interval));
        QCOMPARE(slowing.state()->interval.count(), interval.count());
    }
    QCOMPARE(slowing.state()->sinceUtc, m_utc);
    QCOMPARE(slowing.state()->httpStatus, 503);
    QVERIFY(slowing.state()->isServerError);
    slowing.refused(answer(403, ApiError::Cause::Unreadable), m_start, m_utc);
    QVERIFY(!slowing.state()->isServerError);
}

void TestReadSlowing::whatTheAnswerAsksFor()
{
    ReadSlowing slowing;
    ApiError later = unavailable;
    later.retryAfter = 60s;
    slowing.refused(later, m_start, m_utc);
    QCOMPARE(slowing.nextAt(false) - m_start, TimePoint::duration(60s));
    later.retryAfter = 1s;
    slowing.refused(later, m_start, m_utc);
    QCOMPARE(slowing.nextAt(false) - m_start, TimePoint::duration(4s));
    slowing.tryNow(m_start);
    QCOMPARE(slowing.nextAt(false), m_start);
}

void TestReadSlowing::theFirstGoodAnswerEndsIt()
{
    ReadSlowing slowing;
    slowing.refused(unavailable, m_start, m_utc);
    slowing.refused(unavailable, m_start, m_utc);
    slowing.answered();
    QVERIFY(!slowing.state());
    QVERIFY(slowing.nextAt(false) <= m_start);
    slowing.refused(unavailable, m_start, m_utc);
    QCOMPARE(slowing.nextAt(false) - m_start, TimePoint::duration(2s));
}

void TestReadSlowing::oneListAloneIsReadLessAndLess()
{
    const ReadSlowing::Read plan = ListSource{ListKind::Plan, {}};
    const ReadSlowing::Read targets = ListSource{ListKind::StopProfitLoss, {}};
    ReadSlowing slowing;
    TimePoint now = m_start;
    for (const auto interval : {2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
        slowing.refused(answer(403, ApiError::Cause::Unreadable), now, m_utc.addSecs((now - m_start) / 1s), targets);
        // Everything else goes on with the next good answer.
        QCOMPARE(slowing.nextAt(false) - now, TimePoint::duration(2s));
        QVERIFY(!slowing.answered(plan));
        QVERIFY(!slowing.answered());
        QVERIFY(slowing.nextAt(false) <= now);
        QCOMPARE(slowing.nextOf(targets) - now, TimePoint::duration(interval));
        QVERIFY(slowing.nextOf(plan) <= now);
        // And what is told stands, since the first refusal.
        QVERIFY(slowing.state());
        QCOMPARE(slowing.state()->interval.count(), interval.count());
        QCOMPARE(slowing.state()->sinceUtc, m_utc);
        QCOMPARE(slowing.state()->httpStatus, 403);
        now = slowing.nextOf(targets);
    }
    QVERIFY(!slowing.answered(targets));
    QVERIFY(!slowing.state());
    QVERIFY(slowing.nextOf(targets) <= now);

    // Once all were refused, the first good answer frees the others, too.
    for (const auto &read : {plan, targets, targets, plan})
        slowing.refused(unavailable, now, m_utc, read);
    QVERIFY(slowing.nextOf(targets) > now);
    QVERIFY(slowing.answered(plan));
    QVERIFY(slowing.nextOf(targets) <= now);
    QVERIFY(slowing.state());
}

void TestReadSlowing::aListThatIsReadNoMoreIsForgotten()
{
    ReadSlowing slowing;
    slowing.refused(unavailable, m_start, m_utc, ListSource{ListKind::Trigger, QStringLiteral("BTC")});
    slowing.refused(unavailable, m_start, m_utc);
    slowing.answered(ListSource{ListKind::Plan, {}});
    slowing.keepOnly([](const ListSource &source) { return source.kind != ListKind::Trigger; });
    // The count is still refused.
    QVERIFY(slowing.state());
    slowing.answered();
    QVERIFY(!slowing.state());
}

void TestReadSlowing::aCancelIsNotLeftAlone()
{
    ReadSlowing slowing;
    slowing.refused(unavailable, m_start, m_utc);
    QCOMPARE(slowing.nextAt(true) - m_start, TimePoint::duration(2s));
    for (int i = 0; i < 6; ++i)
        slowing.refused(unavailable, m_start, m_utc);
    QCOMPARE(slowing.nextAt(true) - m_start, TimePoint::duration(5s));
    QCOMPARE(slowing.nextAt(false) - m_start, TimePoint::duration(60s));
}

void TestReadSlowing::twoMinutesOfNothingElse()
{
    const auto readsIn = [this](std::optional<std::chrono::seconds> retryAfter, bool forCancel) {
        ReadSlowing slowing;
        ApiError error = unavailable;
        error.retryAfter = retryAfter;
        QList<int> tens(12, 0);
        for (TimePoint now = m_start; now - m_start < 120s; now = std::max(now + 50ms, slowing.nextAt(forCancel))) {
            ++tens[int((now - m_start) / 10s)];
            slowing.refused(error, now, m_utc);
        }
        return tens;
    };
    QCOMPARE(readsIn({}, false), (QList<int>{3, 1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0}));
    QCOMPARE(readsIn(60s, false), (QList<int>{1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0}));
    QCOMPARE(readsIn({}, true), (QList<int>{3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2}));
}

QTEST_GUILESS_MAIN(TestReadSlowing)
#include "tst_readslowing.moc"
