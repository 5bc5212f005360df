#include "ui/window/banners.h"
#include "workflow/opencount.h"

#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const Moment now{std::chrono::steady_clock::time_point(1h), QDateTime(QDate(2026, 3, 4), QTime(12, 0))};

/// A whole list, just read.
FeedStatus good()
{
    FeedStatus feed;
    feed.loaded = true;
    feed.wholeAt = now.steady - 2s;
    feed.wholeAtUtc = now.local.addSecs(-2).toUTC();
    feed.openCount = 8;
    return feed;
}

ApiError refused()
{
    ApiError error;
    error.kind = ApiError::Kind::Rejected;
    error.cause = ApiError::Cause::Refused;
    error.code = 9001;
    error.message = u"no"_s;
    return error;
}

} // namespace

class TestBanners : public QObject
{
    Q_OBJECT

private slots:
    void table_data();
    void table();
    void together();
    void buttons();
    void whenTheCountDiffers();
};

void TestBanners::table_data()
{
    QTest::addColumn<FeedStatus>("feed");
    QTest::addColumn<Conditions>("line");
    QTest::addColumn<CancelConditions>("cancels");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("label");
    QTest::addColumn<int>("severity");

    const auto row = [](const char *name, const FeedStatus &feed, const Conditions &line,
                        const CancelConditions &cancels, BannerKind kind, const QString &text, const QString &label,
                        Severity severity) {
        QTest::newRow(name) << feed << line << cancels << int(kind) << text << label << int(severity);
    };
    const ApiError refusal = refused();
    FeedStatus feed = good();
    feed.offline = true;
    feed.wholeAt = now.steady - 10min;
    row("offline", feed, {}, {}, BannerKind::Offline,
        u"Offline. Orders can't be canceled until the connection is back. Last update 11:59:58."_s, u"Retry"_s,
        Severity::Error);
    feed.failure = ApiError{};
    feed.failure->kind = ApiError::Kind::NotSent;
    feed.failure->cause = ApiError::Cause::NotSecure;
    feed.failure->message = u"The certificate is self-signed, and untrusted."_s;
    row("not secure", feed, {}, {}, BannerKind::Insecure,
        u"The connection is not secure: The certificate is self-signed, and untrusted. Nothing is sent."_s,
        u"Details"_s, Severity::Error);
    feed.failure->onlyDatesAreWrong = true;
    row("not secure, by the clock", feed, {}, {}, BannerKind::Insecure,
        u"The certificate is not valid at this computer's time, 2026-03-04 12:00. Check the date of this computer."_s,
        u"Details"_s, Severity::Error);
    feed.failure.reset();
    feed.wholeAt.reset();
    feed.wholeAtUtc = {};
    row("offline from the start", feed, {}, {}, BannerKind::Offline,
        u"Offline. Orders can't be canceled until the connection is back. Last update never."_s, u"Retry"_s,
        Severity::Error);
    feed = good();
    feed.wholeAt = now.steady - 91s;
    row("old", feed, {}, {}, BannerKind::Stale, u"This list is 91 s old."_s, u"Refresh"_s, Severity::Warning);
    feed.beganAt = feed.wholeAt;
    feed.wholeAt.reset();
    row("never whole", feed, {}, {}, BannerKind::Stale, u"This list has not been read as a whole yet."_s,
        u"Refresh"_s, Severity::Warning);
    feed = good();
    feed.keyRefused = refusal;
    feed.keyRefusedSince = QDateTime({2026, 3, 4}, {11, 58, 7}).toUTC();
    row("key", feed, {}, {}, BannerKind::Key,
        u"CoinW refuses this key (%1) since 11:58:07. Trying again every minute."_s.arg(reasonText(refusal)),
        u"Open account"_s, Severity::Error);
    feed = good();
    feed.slow = SlowReads{503, true, QDateTime({2026, 3, 4}, {11, 58, 7}).toUTC(), 8s};
    row("5xx", feed, {}, {}, BannerKind::Refused, u"CoinW answers HTTP 503 since 11:58:07. Reading every 8 s."_s,
        u"Try now"_s, Severity::Warning);
    feed.slow->httpStatus = 403;
    feed.slow->isServerError = false;
    row("a middlebox", feed, {}, {}, BannerKind::Refused,
        u"Something between you and CoinW refuses (HTTP 403) since 11:58:07. Trying every 8 s."_s, u"Try now"_s,
        Severity::Warning);
    feed.slow->httpStatus = 200;
    feed.slow->largerThanMegabytes = 32;
    row("too large", feed, {}, {}, BannerKind::Refused,
        u"CoinW's list is too large, more than 32 MB, since 11:58:07. Trying every 8 s."_s, u"Try now"_s,
        Severity::Warning);
    feed = good();
    feed.refusedKinds.insert(int(ListKind::Trigger), refusal);
    feed.refusedKinds.insert(int(ListKind::StopProfitLoss), refusal);
    row("kinds", feed, {}, {}, BannerKind::Kind,
        u"CoinW refuses to list take profit and stop loss orders (%1); they are not shown. "
        "CoinW refuses to list untriggered conditional orders (%1); they are not shown."_s.arg(reasonText(refusal)),
        u"Try again"_s, Severity::Warning);
    feed = good();
    feed.partialLists.insert({ListKind::Plan, {}}, {20, 15});
    feed.partialLists.insert({ListKind::Trailing, {}}, {0, 3});
    row("not whole", feed, {}, {}, BannerKind::Partial,
        u"CoinW's list is not whole: it names 20 orders, 18 are listed."_s, u"Try again"_s, Severity::Warning);
    feed.partialLists.remove({ListKind::Plan, {}});
    row("not whole, how many unknown", feed, {}, {}, BannerKind::Partial,
        u"CoinW's list is not whole: 3 orders of it are listed."_s, u"Try again"_s, Severity::Warning);
    feed.partialLists.insert({ListKind::Trailing, {}}, {0, 1});
    row("one of how many unknown", feed, {}, {}, BannerKind::Partial,
        u"CoinW's list is not whole: 1 order of it is listed."_s, u"Try again"_s, Severity::Warning);
    feed.partialLists.insert({ListKind::Trailing, {}}, {2, 1});
    row("one of two", feed, {}, {}, BannerKind::Partial,
        u"CoinW's list is not whole: it names 2 orders, 1 is listed."_s, u"Try again"_s, Severity::Warning);
    feed = good();
    feed.skippedRows = 1;
    row("skipped", feed, {}, {}, BannerKind::Skipped, u"1 entry without an id was skipped."_s, {}, Severity::Warning);
    feed.skippedRows = 3;
    row("many skipped", feed, {}, {}, BannerKind::Skipped, u"3 entries without an id were skipped."_s, {},
        Severity::Warning);
    feed = good();
    feed.countDiffersSince = now.steady - 6s;
    feed.openCount = 16;
    row("count", feed, {}, {}, BannerKind::Count, u"CoinW reports 16 open orders, 8 are listed."_s,
        u"Scan all instruments"_s, Severity::Warning);
    feed = good();
    feed.scan = ScanProgress{3, 40};
    row("scan", feed, {}, {}, BannerKind::Scan, u"Scanning… 3 of 40 instruments."_s, u"Stop"_s, Severity::Progress);
    Conditions line;
    line.pausedFor = 3001ms;
    row("paused", good(), line, {}, BannerKind::Rate, u"Rate limit: paused for 4 s."_s, {}, Severity::Warning);
    line.pausedFor = 3s;
    line.halfSpeedFor = 5min;
    row("half speed", good(), line, {}, BannerKind::Rate, u"Rate limit: half speed until 12:05."_s, {},
        Severity::Warning);
    row("recovering", good(), {}, {.recovering = 1}, BannerKind::Recovered,
        u"1 cancel from last time had no answer. Checking…"_s, {}, Severity::Unknown);
    row("many recovering", good(), {}, {.recovering = 2}, BannerKind::Recovered,
        u"2 cancels from last time had no answer. Checking…"_s, {}, Severity::Unknown);
    row("journal", good(), {}, {.journalProblem = u"No space left on device"_s}, BannerKind::Notice,
        u"The record of cancels can't be written: No space left on device"_s, {}, Severity::Error);
}

void TestBanners::table()
{
    QFETCH(const FeedStatus, feed);
    QFETCH(const Conditions, line);
    QFETCH(const CancelConditions, cancels);
    const auto banners = bannersFor(feed, line, cancels, 8, now, {});
    QCOMPARE(banners.size(), 1);
    const BannerContent &banner = banners.constFirst();
    QTEST(int(banner.kind), "kind");
    QTEST(banner.text, "text");
    QTEST(banner.action.label, "label");
    QTEST(int(banner.severity), "severity");
}

void TestBanners::together()
{
    QVERIFY(bannersFor(good(), {}, {}, 8, now, {}).isEmpty());
    QVERIFY(bannersFor({}, {}, {}, 0, now, {}).isEmpty());

    FeedStatus feed = good();
    feed.scan = ScanProgress{3, 40};
    feed.countDiffersSince = now.steady - 1min;
    const auto banners = bannersFor(feed, {}, {}, 8, now, {});
    // What the scan finds may be what the count misses: it takes the count's place.
    QCOMPARE(banners.size(), 1);
    QCOMPARE(banners.at(0).kind, BannerKind::Scan);

    // Nothing is compared before the first list.
    feed.loaded = false;
    feed.scan.reset();
    QVERIFY(bannersFor(feed, {}, {}, 0, now, {}).isEmpty());
}

void TestBanners::buttons()
{
    QObject context;
    QString pressed;
    const BannerHandlers handlers{.context = &context,
                                  .refresh = [&] { pressed = u"refresh"_s; },
                                  .scan = [&] { pressed = u"scan"_s; },
                                  .stopScan = [&] { pressed = u"stop"_s; },
                                  .openAccount = [&] { pressed = u"account"_s; }};
    const auto press = [&](const FeedStatus &feed) {
        pressed.clear();
        const auto banners = bannersFor(feed, {}, {}, 8, now, handlers);
        if (banners.size() == 1 && banners.constFirst().action.context == &context)
            banners.constFirst().action.handler();
        return pressed;
    };
    FeedStatus feed = good();
    feed.offline = true;
    QCOMPARE(press(feed), u"refresh"_s);
    feed = good();
    feed.keyRefused = refused();
    QCOMPARE(press(feed), u"account"_s);
    feed = good();
    feed.countDiffersSince = now.steady - 1min;
    QCOMPARE(press(feed), u"scan"_s);
    feed = good();
    feed.scan = ScanProgress{3, 40};
    QCOMPARE(press(feed), u"stop"_s);
}

void TestBanners::whenTheCountDiffers()
{
    FeedStatus feed = good();
    QVERIFY(!isCountAbove(feed, now.steady));
    feed.countDiffersSince = now.steady - 5999ms;
    QVERIFY(!isCountAbove(feed, now.steady));
    feed.countDiffersSince = now.steady - 6s;
    QVERIFY(isCountAbove(feed, now.steady));
}

QTEST_APPLESS_MAIN(TestBanners)
#include "tst_banners.moc"
