#include "ui/window/banners.h"

#include "ui/look/plural.h"
#include "ui/words/orderwords.h"
#include "workflow/listage.h"
#include "workflow/opencount.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <utility>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr auto shortPause = 3s;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(countermand::Banners)
};

QString kindName(ListKind kind)
{
    switch (kind) {
    case ListKind::Plan:
        return Words::tr("limit");
    case ListKind::Execute:
        return Words::tr("market");
    case ListKind::StopProfitLoss:
        return Words::tr("take profit and stop loss");
    case ListKind::Trailing:
        return Words::tr("trailing stop");
    case ListKind::Trigger:
        return Words::tr("untriggered conditional");
    }
    return {};
}

QString refusedText(const FeedStatus &feed)
{
    QStringList refused;
    for (auto kind = feed.refusedKinds.cbegin(); kind != feed.refusedKinds.cend(); ++kind)
        refused.append(Words::tr("CoinW refuses to list %1 orders (%2); they are not shown.")
                           .arg(kindName(ListKind(kind.key())), reasonText(kind.value())));
    refused.sort();
    return refused.join(u' ');
}

/// Empty while every list is whole.
QString partialText(const FeedStatus &feed)
{
    if (feed.partialLists.isEmpty())
        return {};
    int named = 0;
    int listed = 0;
    for (const FeedStatus::Part &part : feed.partialLists) {
        named += part.named;
        listed += part.listed;
    }
    if (named <= listed)
        return plural(listed, Words::tr("CoinW's list is not whole: 1 order of it is listed."),
                      Words::tr("CoinW's list is not whole: %n orders of it are listed."));
    const QString text = plural(named, Words::tr("CoinW's list is not whole: it names 1 order, %1.", "“1 is listed”"),
                                Words::tr("CoinW's list is not whole: it names %n orders, %1.", "“1 is listed”"));
    return text.arg(listedText(listed));
}

/// Empty while nothing slows the reads, or where no status says what it was.
QString slowText(const FeedStatus &feed)
{
    if (!feed.slow || feed.slow->httpStatus == 0)
        return {};
    if (feed.slow->largerThanMegabytes)
        return Words::tr("CoinW's list is too large, more than %1 MB, since %2. Trying every %3 s.")
            .arg(*feed.slow->largerThanMegabytes)
            .arg(QLocale::c().toString(feed.slow->sinceUtc.toLocalTime(), u"HH:mm:ss"_s))
            .arg(feed.slow->interval.count());
    const QString text =
        feed.slow->isServerError
            ? Words::tr("CoinW answers HTTP %1 since %2. Reading every %3 s.")
            : Words::tr("Something between you and CoinW refuses (HTTP %1) since %2. Trying every %3 s.");
    return text.arg(feed.slow->httpStatus)
        .arg(QLocale::c().toString(feed.slow->sinceUtc.toLocalTime(), u"HH:mm:ss"_s))
        .arg(feed.slow->interval.count());
}

/// Waiting is the wrong advice where the certificate is not good.
QString insecureText(const ApiError &failure, const Moment &now)
{
    if (failure.onlyDatesAreWrong)
        return Words::tr("The certificate is not valid at this computer's time, %1. Check the date of this computer.")
            .arg(QLocale::c().toString(now.local, u"yyyy-MM-dd HH:mm"_s));
    QString reason = reasonText(failure);
    while (reason.endsWith(u'.'))
        reason.chop(1);
    return Words::tr("The connection is not secure: %1. Nothing is sent.").arg(reason);
}

QString rateText(const Conditions &line, const Moment &now)
{
    if (line.pausedFor > shortPause) {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(line.pausedFor).count();
        return Words::tr("Rate limit: paused for %1 s.").arg(seconds);
    }
    if (line.halfSpeedFor > 0ms) {
        const QDateTime until = now.local.addMSecs(line.halfSpeedFor.count());
        return Words::tr("Rate limit: half speed until %1.").arg(QLocale::c().toString(until, u"HH:mm"_s));
    }
    return {};
}

} // namespace

QList<BannerContent> bannersFor(const FeedStatus &feed, const Conditions &line, const CancelConditions &cancels,
                                int listed, const Moment &now, const BannerHandlers &handlers)
{
    QList<BannerContent> banners;
    const auto add = [&](BannerKind kind, const QString &text, Severity severity, const QString &label = {},
                         const std::function<void()> &handler = {}) {
        if (!text.isEmpty())
            banners.append({kind, text, severity, {label, handlers.context, handler}});
    };

    if (feed.offline && feed.failure && feed.failure->cause == ApiError::Cause::NotSecure) {
        add(BannerKind::Insecure, insecureText(*feed.failure, now), Severity::Error, Words::tr("Details"),
            handlers.showFailure);
    } else if (feed.offline) {
        const QString time = feed.wholeAtUtc.isValid()
                                 ? QLocale::c().toString(feed.wholeAtUtc.toLocalTime(), u"HH:mm:ss"_s)
                                 : Words::tr("never");
        add(BannerKind::Offline,
            Words::tr("Offline. Orders can't be canceled until the connection is back. Last update %1.").arg(time),
            Severity::Error, Words::tr("Retry"), handlers.refresh);
    } else if (isListOld(feed, now.steady)) {
        const ListAge age = listAge(feed, now.steady);
        add(BannerKind::Stale,
            age ? Words::tr("This list is %1 s old.").arg(age->count())
                : Words::tr("This list has not been read as a whole yet."),
            Severity::Warning, Words::tr("Refresh"), handlers.refresh);
    }
    if (feed.keyRefused)
        add(BannerKind::Key,
            Words::tr("CoinW refuses this key (%1) since %2. Trying again every minute.")
                .arg(reasonText(*feed.keyRefused),
                     QLocale::c().toString(feed.keyRefusedSince.toLocalTime(), u"HH:mm:ss"_s)),
            Severity::Error, Words::tr("Open account"), handlers.openAccount);
    add(BannerKind::Refused, slowText(feed), Severity::Warning, Words::tr("Try now"), handlers.refresh);
    add(BannerKind::Kind, refusedText(feed), Severity::Warning, Words::tr("Try again"), handlers.refresh);
    add(BannerKind::Partial, partialText(feed), Severity::Warning, Words::tr("Try again"), handlers.refresh);
    if (feed.skippedRows > 0)
        add(BannerKind::Skipped,
            plural(feed.skippedRows, Words::tr("1 entry without an id was skipped."),
                   Words::tr("%n entries without an id were skipped.")),
            Severity::Warning);
    // What the scan finds may be what is missing.
    if (isCountAbove(feed, now.steady) && feed.loaded && !feed.scan)
        add(BannerKind::Count, countDiffersText(feed.openCount.value_or(0), listed), Severity::Warning,
            Words::tr("Scan all instruments"), handlers.scan);
    if (feed.scan)
        add(BannerKind::Scan, Words::tr("Scanning… %1 of %2 instruments.").arg(feed.scan->done).arg(feed.scan->total),
            Severity::Progress, Words::tr("Stop"), handlers.stopScan);
    add(BannerKind::Rate, rateText(line, now), Severity::Warning);
    if (cancels.recovering > 0)
        add(BannerKind::Recovered,
            plural(cancels.recovering, Words::tr("1 cancel from last time had no answer. Checking…"),
                   Words::tr("%n cancels from last time had no answer. Checking…")),
            Severity::Unknown);
    if (!cancels.journalProblem.isEmpty())
        add(BannerKind::Notice, Words::tr("The record of cancels can't be written: %1").arg(cancels.journalProblem),
            Severity::Error);
    return banners;
}

} // namespace countermand
