#include "ui/window/sessiondisplay.h"

#include "ui/look/accessible.h"
#include "ui/notices/bannerarea.h"
#include "ui/table/orderspage.h"
#include "ui/table/orderstable.h"
#include "ui/table/ordersview.h"
#include "ui/window/banners.h"
#include "ui/window/statusline.h"
#include "ui/words/countwords.h"
#include "workflow/cancelworkflow.h"
#include "workflow/listage.h"
#include "workflow/openorders.h"
#include "workflow/orderfeed.h"
#include "workflow/session.h"

#include <QDateTime>
#include <QLabel>
#include <QLocale>

#include <algorithm>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace countermand {

SessionDisplay::SessionDisplay(Session &session, OrdersPage &page, StatusLine &status, BannerArea &banners,
                               QLabel &counter, QObject *parent)
    : QObject(parent), m_session(session), m_page(page), m_status(status), m_banners(banners), m_counter(counter)
{
    connect(&m_session.feed(), &OrderFeed::statusChanged, this, &SessionDisplay::renew);
    connect(&m_page.table().rows(), &OrdersTable::countsChanged, this, &SessionDisplay::renewCounter);
    connect(&m_session, &Session::conditionsChanged, this, &SessionDisplay::renewStatusLine);
    connect(&m_session.cancels(), &CancelWorkflow::changed, this, &SessionDisplay::renewBanners);
    connect(&m_session.cancels(), &CancelWorkflow::journalProblemChanged, this, &SessionDisplay::renewBanners);
    connect(&m_timer, &QTimer::timeout, this, &SessionDisplay::renew);
    m_timer.start(1s);
    renew();
}

void SessionDisplay::renew()
{
    m_page.table().rows().setNow(QDateTime::currentDateTimeUtc());
    renewStatusLine();
    renewBanners();
    renewCounter();
    renewPrices();
    renewAges();
}

void SessionDisplay::renewAges()
{
    m_page.table().rows().setMarks(&ShownOrder::old,
                                   [this, now = std::chrono::steady_clock::now()](const Order &order) {
                                       return isOlder(m_session.feed().rowAge(order.id, now), trustedFor);
                                   });
}

void SessionDisplay::setPriceColumnShown(bool shown)
{
    m_priceColumnShown = shown;
    renewPrices();
}

void SessionDisplay::renewPrices()
{
    const bool isSeen = m_page.isVisible() && !m_page.window()->isMinimized();
    m_session.setWatched(isSeen);
    const OrdersTable &rows = m_page.table().rows();
    QStringList instruments;
    for (int row = 0; row < rows.rowCount(); ++row) {
        const QString &instrument = rows.shown(rows.index(row, 0)).row.order.instrument;
        if (!instrument.isEmpty() && !instruments.contains(instrument))
            instruments.append(instrument);
    }
    m_session.setPricesWanted(m_priceColumnShown && isSeen, instruments);
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
    m_status.setCurrent(!feed.offline && !feed.keyRefused && !feed.slow);
    const QString details = feed.offline && feed.failure ? reasonText(*feed.failure) : m_session.host();
    m_status.setConnection(state, line.way.isEmpty() ? details : details + u'\n' + line.way);
    m_status.setLatency(line.latency);
    m_status.setClock(line.clockOffset);
    const TimePoint now = std::chrono::steady_clock::now();
    m_status.setUpdated(listAge(feed, now), conditionalAge(feed, now));
    m_status.setBudget(line.budgetFree, line.budgetLimit, line.pausedFor);
    m_status.setQueue(line.queued);
}

void SessionDisplay::renewBanners()
{
    const FeedStatus &feed = m_session.feed().status();
    const Moment now = Moment::now();
    const CancelConditions cancels{m_session.cancels().recoveringCount(), m_session.cancels().journalProblem()};
    const BannerHandlers handlers{.context = this,
                                  .refresh = [this] { m_session.feed().refresh(); },
                                  .scan = [this] { m_session.scanInstruments(); },
                                  .stopScan = [this] { m_session.stopScan(); },
                                  .openAccount = [this] { emit accountWanted(); },
                                  .showFailure = [this] { askAboutFailure(); }};
    m_banners.show(
        bannersFor(feed, m_session.conditions(), cancels, m_session.orders().listedCount(), now, handlers));
    m_page.table().rows().setCancelBlocked(feed.offline ? tr("Offline") : QString());
}

void SessionDisplay::askAboutFailure()
{
    const FeedStatus &feed = m_session.feed().status();
    if (!feed.failure)
        return;
    QStringList lines{tr("Host: %1").arg(m_session.host()), tr("Reason: %1").arg(reasonText(*feed.failure)),
                      tr("Time of this computer: %1")
                          .arg(QLocale::c().toString(QDateTime::currentDateTime(), u"yyyy-MM-dd HH:mm:ss"_s))};
    if (const QString way = m_session.conditions().way; !way.isEmpty())
        lines.insert(1, tr("Way: %1").arg(way));
    emit failureAsked(lines.join(u'\n'));
}

OpenCount SessionDisplay::count() const
{
    return openCount(m_session.feed().status(), m_session.orders().listedCount(), std::chrono::steady_clock::now());
}

void SessionDisplay::renewCounter()
{
    const OrdersTable &shown = m_page.table().rows();
    const OpenCount known = count();
    const QString text =
        counterText(known, shown.filter().isEmpty() ? std::optional<int>() : std::optional(shown.shownCount()));
    m_counter.setText(text);
    m_counter.setAccessibleName(tr("Order count: %1").arg(text));
    const int checked = m_session.feed().status().triggerInstruments;
    m_counter.setToolTip(tr("Conditional orders checked for %1 of %2 instruments")
                             .arg(checked)
                             .arg(std::max(checked, m_session.instrumentCount())));
    if (text != m_counterText || known != m_count) {
        m_counterText = text;
        m_count = known;
        emit counterChanged();
    }
}

} // namespace countermand
