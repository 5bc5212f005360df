#include "ui/window/sessiondisplay.h"

#include "ui/look/accessible.h"
#include "ui/notices/bannerarea.h"
#include "ui/table/orderspage.h"
#include "ui/table/ordersproxy.h"
#include "ui/table/ordersview.h"
#include "ui/window/statusline.h"
#include "workflow/cancelworkflow.h"
#include "workflow/orderfeed.h"
#include "workflow/ordersmodel.h"
#include "workflow/session.h"

#include <QLabel>
#include <QLocale>

#include <algorithm>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr auto staleAfter = 90s;
/// Count and list are read one after the other, so that a difference counts only when it lasts.
constexpr auto countDiffersFor = 6s;
constexpr auto shortPause = 3s;

QString kindName(ListKind kind)
{
    switch (kind) {
    case ListKind::Plan:
        return SessionDisplay::tr("limit");
    case ListKind::Execute:
        return SessionDisplay::tr("market");
    case ListKind::StopProfitLoss:
        return SessionDisplay::tr("take profit and stop loss");
    case ListKind::Trailing:
        return SessionDisplay::tr("trailing stop");
    case ListKind::Trigger:
        return SessionDisplay::tr("untriggered conditional");
    }
    return {};
}

/// Empty while every list is whole.
QString partialText(const FeedStatus &status)
{
    if (status.partialLists.isEmpty())
        return {};
    int named = 0;
    int listed = 0;
    for (const FeedStatus::Part &part : status.partialLists) {
        named += part.named;
        listed += part.listed;
    }
    return named > listed ? SessionDisplay::tr("CoinW's list is not whole: it names %1 orders, %2 are listed.")
                                .arg(QString::number(named), QString::number(listed))
                          : SessionDisplay::tr("CoinW's list is not whole: %1 orders of it are listed.")
                                .arg(QString::number(listed));
}

std::optional<std::chrono::seconds> ageOf(const FeedStatus &status)
{
    if (!status.wholeAt)
        return {};
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - *status.wholeAt);
}

bool differsForLong(const FeedStatus &status)
{
    return status.countDiffersSince &&
           std::chrono::steady_clock::now() - *status.countDiffersSince >= countDiffersFor;
}

} // namespace

SessionDisplay::SessionDisplay(Session &session, OrdersPage &page, StatusLine &status, BannerArea &banners,
                               QLabel &counter, QObject *parent)
    : QObject(parent), m_session(session), m_page(page), m_status(status), m_banners(banners), m_counter(counter)
{
    connect(&m_session.feed(), &OrderFeed::statusChanged, this, &SessionDisplay::renew);
    connect(&m_page.table().proxy(), &OrdersProxy::countsChanged, this, &SessionDisplay::renewCounter);
    connect(&m_session, &Session::conditionsChanged, this, &SessionDisplay::renewStatusLine);
    connect(&m_session.cancels(), &CancelWorkflow::changed, this, &SessionDisplay::renewBanners);
    connect(&m_session.cancels(), &CancelWorkflow::journalProblemChanged, this, &SessionDisplay::renewBanners);
    connect(&m_banners, &BannerArea::actionTriggered, this, [this](BannerKind kind) {
        if (kind == BannerKind::Count)
            m_session.scanInstruments();
        else if (kind == BannerKind::Scan)
            m_session.stopScan();
        else if (kind != BannerKind::Key && kind != BannerKind::Notice)
            m_session.feed().refresh();
    });
    connect(&m_timer, &QTimer::timeout, this, &SessionDisplay::renew);
    m_timer.start(1s);
    renew();
}

void SessionDisplay::renew()
{
    m_page.table().setNow(QDateTime::currentDateTimeUtc());
    renewStatusLine();
    renewBanners();
    renewCounter();
    renewPrices();
}

void SessionDisplay::setPriceColumnShown(bool shown)
{
    m_priceColumnShown = shown;
    renewPrices();
}

void SessionDisplay::renewPrices()
{
    m_session.setPricesWanted(m_priceColumnShown && m_page.isVisible() && !m_page.window()->isMinimized());
}

void SessionDisplay::renewStatusLine()
{
    const FeedStatus &feed = m_session.feed().status();
    const Conditions line = m_session.conditions();
    const bool practice = m_session.account().environment == Environment::Practice;
    const auto state = feed.offline    ? StatusConnection::Offline
                       : practice      ? StatusConnection::Practice
                       : !line.latency ? StatusConnection::Connecting
                                       : StatusConnection::Connected;
    m_status.setConnection(state, feed.offline && feed.failure ? reasonText(*feed.failure) : m_session.host());
    m_status.setLatency(line.latency);
    m_status.setClock(line.clockOffset);
    m_status.setUpdated(ageOf(feed));
    m_status.setBudget(line.budgetFree, line.budgetLimit, line.pausedFor);
    m_status.setQueue(line.queued);
}

void SessionDisplay::renewBanners()
{
    renewListBanners();
    renewRateBanner();

    const int recovering = m_session.cancels().recoveringCount();
    if (recovering > 0)
        m_banners.set(BannerKind::Recovered,
                      recovering == 1 ? tr("1 cancel from last time had no answer. Checking…")
                                      : tr("%n cancels from last time had no answer. Checking…", nullptr, recovering),
                      {}, Severity::Unknown);
    else
        m_banners.clear(BannerKind::Recovered);

    if (const QString &problem = m_session.cancels().journalProblem(); !problem.isEmpty())
        m_banners.set(BannerKind::Notice, tr("The record of cancels can't be written: %1").arg(problem), {},
                      Severity::Error);
    else
        m_banners.clear(BannerKind::Notice);
}

void SessionDisplay::renewListBanners()
{
    const FeedStatus &feed = m_session.feed().status();
    const auto age = ageOf(feed);

    if (feed.offline) {
        const QString time = feed.wholeAtUtc.isValid()
                                 ? QLocale::c().toString(feed.wholeAtUtc.toLocalTime(), u"HH:mm:ss"_s)
                                 : tr("never");
        m_banners.set(BannerKind::Offline,
                      tr("Offline. Orders can't be canceled until the connection is back. Last update %1.").arg(time),
                      tr("Retry"), Severity::Error);
    } else {
        m_banners.clear(BannerKind::Offline);
    }
    m_page.table().setStale(age && *age > staleAfter);
    m_page.table().setCancelBlocked(feed.offline ? tr("Offline") : QString());

    if (age && *age > staleAfter && !feed.offline)
        m_banners.set(BannerKind::Stale, tr("This list is %1 s old.").arg(age->count()), tr("Refresh"));
    else
        m_banners.clear(BannerKind::Stale);

    if (feed.keyRefused)
        m_banners.set(
            BannerKind::Key,
            tr("CoinW no longer accepts this key (%1). Reading has stopped.").arg(reasonText(*feed.keyRefused)),
            tr("Open account"), Severity::Error);
    else
        m_banners.clear(BannerKind::Key);

    QStringList refused;
    for (auto kind = feed.refusedKinds.cbegin(); kind != feed.refusedKinds.cend(); ++kind)
        refused.append(tr("CoinW refuses to list %1 orders (%2); they are not shown.")
                           .arg(kindName(ListKind(kind.key())), reasonText(kind.value())));
    refused.sort();
    if (refused.isEmpty())
        m_banners.clear(BannerKind::Kind);
    else
        m_banners.set(BannerKind::Kind, refused.join(u' '), tr("Try again"));

    if (const QString partial = partialText(feed); !partial.isEmpty())
        m_banners.set(BannerKind::Partial, partial, tr("Try again"));
    else
        m_banners.clear(BannerKind::Partial);

    if (feed.skippedRows > 0)
        m_banners.set(BannerKind::Skipped, feed.skippedRows == 1 ? tr("1 entry without an id was skipped.")
                                                                 : tr("%n entries without an id were skipped.",
                                                                      nullptr, feed.skippedRows));
    else
        m_banners.clear(BannerKind::Skipped);

    if (differsForLong(feed) && feed.loaded)
        m_banners.set(BannerKind::Count,
                      tr("CoinW reports %1 open orders, %2 are listed.")
                          .arg(feed.openCount.value_or(0))
                          .arg(m_session.orders().listedCount()),
                      feed.scan ? QString() : tr("Scan all instruments"));
    else
        m_banners.clear(BannerKind::Count);

    if (feed.scan)
        m_banners.set(BannerKind::Scan,
                      tr("Scanning… %1 of %2 instruments.").arg(feed.scan->done).arg(feed.scan->total), tr("Stop"),
                      Severity::Progress);
    else
        m_banners.clear(BannerKind::Scan);
}

void SessionDisplay::renewRateBanner()
{
    const Conditions line = m_session.conditions();
    if (line.pausedFor > shortPause) {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(line.pausedFor).count();
        m_banners.set(BannerKind::Rate, tr("Rate limit: paused for %1 s.").arg(seconds));
    } else if (line.halfSpeedFor > 0ms) {
        const QDateTime until = QDateTime::currentDateTime().addMSecs(line.halfSpeedFor.count());
        m_banners.set(BannerKind::Rate,
                      tr("Rate limit: half speed until %1.").arg(QLocale::c().toString(until, u"HH:mm"_s)));
    } else {
        m_banners.clear(BannerKind::Rate);
    }
}

QString SessionDisplay::counterText() const
{
    const FeedStatus &feed = m_session.feed().status();
    const int listed = m_session.orders().listedCount();
    if (!feed.loaded)
        return {};
    const int open = std::max(listed, feed.openCount.value_or(listed));
    const OrdersProxy &shown = m_page.table().proxy();
    if (!shown.filter().isEmpty()) {
        const QString text = tr("%1 of %2 shown").arg(shown.shownCount()).arg(listed);
        return differsForLong(feed) ? text + u" ⚠"_s : text;
    }
    if (differsForLong(feed))
        return tr("%1 of %2 open ⚠").arg(listed).arg(open);
    return tr("%1 of %1 open").arg(listed);
}

bool SessionDisplay::countDiffers() const
{
    return differsForLong(m_session.feed().status());
}

void SessionDisplay::renewCounter()
{
    const QString text = counterText();
    m_counter.setText(text);
    m_counter.setAccessibleName(text.isEmpty() ? tr("Order count") : tr("Order count: %1").arg(text));
    const int checked = m_session.feed().status().triggerInstruments;
    m_counter.setToolTip(tr("Conditional orders checked for %1 of %2 instruments")
                             .arg(checked)
                             .arg(std::max(checked, m_session.instrumentCount())));
    if (text != m_counterText) {
        m_counterText = text;
        emit counterChanged();
    }
}

} // namespace countermand
