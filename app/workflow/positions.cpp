#include "workflow/positions.h"

#include "exchange/coinwclient.h"
#include "workflow/openorders.h"
#include "workflow/orderfeed.h"

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace countermand {

namespace {

/// While other calls wait for their turn, when to look again whether they still do.
constexpr auto politePause = 500ms;
/// What lists of stops say is believed for so long.
constexpr auto stopsKnownFor = 30s;

} // namespace

Positions::Positions(CoinwClient &client, OrderFeed &feed, const PositionPace &pace, QObject *parent)
    : QObject(parent), m_client(client), m_feed(feed), m_pace(pace)
{
    for (QTimer *timer : {&m_timer, &m_ageTimer})
        timer->setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Positions::read);
    connect(&m_ageTimer, &QTimer::timeout, this, &Positions::changed);
}

void Positions::setEnabled(bool enabled)
{
    if (std::exchange(m_enabled, enabled) == enabled)
        return;
    m_book.forget();
    m_problem.reset();
    watchAge();
    plan(clockNow());
    emit changed();
}

void Positions::setWanted(bool wanted)
{
    if (std::exchange(m_wanted, wanted) != wanted)
        plan(clockNow());
}

void Positions::setCanceling(bool canceling)
{
    if (std::exchange(m_canceling, canceling) != canceling)
        plan(clockNow());
}

void Positions::readSoon()
{
    m_urgent = true;
    plan(clockNow());
}

void Positions::noteFills()
{
    m_filled = true;
    plan(clockNow());
}

void Positions::setInstruments(const InstrumentTable &instruments)
{
    m_book.setInstruments(instruments);
    emit changed();
}

void Positions::slept(std::chrono::milliseconds time)
{
    m_book.slept(time);
    watchAge();
    plan(clockNow());
    emit changed();
}

void Positions::plan(TimePoint now)
{
    m_timer.stop();
    if (!m_enabled || !m_wanted || m_reading)
        return;
    // What a question needs is as young as the regular pace makes it.
    std::chrono::milliseconds pause = m_canceling ? m_pace.whileCanceling : m_pace.poll;
    if (m_urgent)
        pause = m_pace.poll;
    if (m_filled)
        pause = std::min(pause, m_canceling ? m_pace.poll : m_pace.afterFill);
    const TimePoint next = std::max(m_endedAt ? *m_endedAt + pause : now, m_slowing.nextAt(false));
    m_timer.start(std::max(0ms, std::chrono::ceil<std::chrono::milliseconds>(next - now)));
}

void Positions::read()
{
    if (m_reading || !m_enabled || !m_wanted)
        return;
    if (m_canceling && m_client.budget().queued > 0) {
        m_timer.start(politePause);
        return;
    }
    m_reading = true;
    m_urgent = false;
    m_filled = false;
    m_client.readPositions(
        this, [this, listed = listedOrders()](const Result<PositionList> &result, const CallTimes &times) {
            m_reading = false;
            m_endedAt = times.endedAt;
            if (m_enabled)
                take(result, times.sentAt.value_or(times.endedAt), times.endedAt, listed);
            plan(clockNow());
        });
}

void Positions::take(const Result<PositionList> &result, TimePoint begunAt, TimePoint endedAt,
                     const QList<Order> &listed)
{
    if (result) {
        m_slowing.answered();
        m_problem.reset();
        m_book.take(*result, begunAt, endedAt, listed);
    } else {
        const ApiError &error = result.error();
        m_problem = error;
        // Each of them took the place of a read of orders; a refusal will go on, too.
        if (error.kind != ApiError::Kind::NotSent)
            m_slowing.refused(error, endedAt, QDateTime::currentDateTimeUtc());
        if (error.cause == ApiError::Cause::NoConnection || error.cause == ApiError::Cause::Timeout)
            m_feed.doubtConnection();
        // Silence leaves what is known until it is too old; a refusal, or words that can't be read, end it.
        if (error.kind == ApiError::Kind::Rejected || error.kind == ApiError::Kind::Unauthorized ||
            error.kind == ApiError::Kind::Malformed)
            m_book.forget();
    }
    watchAge();
    emit changed();
}

QList<Order> Positions::listedOrders() const
{
    const OpenOrders &orders = m_feed.orders();
    QList<Order> listed;
    for (const auto &[id, row] : orders.rows()) {
        if (orders.isListed(id))
            listed.append(row.order);
    }
    return listed;
}

PositionLoss Positions::lossOf(const Order &order, TimePoint now) const
{
    const auto sight = m_feed.book().sightOf(order.id);
    return m_book.lossOf(order, sight ? std::optional(sight->at) : std::nullopt, now);
}

StopsKnown Positions::stopsKnown(TimePoint now) const
{
    return [this, now](const QString &instrument) {
        const QList<ListSource> lists{
            {ListKind::StopProfitLoss, {}}, {ListKind::Trailing, {}}, {ListKind::Trigger, instrument}};
        return std::all_of(lists.cbegin(), lists.cend(), [this, now](const ListSource &source) {
            const auto at = m_feed.wholeAt(source);
            return at && now - *at <= stopsKnownFor;
        });
    };
}

StopsLeft Positions::stopsLeft(const QList<Order> &leaving, TimePoint now) const
{
    return countermand::stopsLeft(leaving, m_feed.orders().rows(), m_book, stopsKnown(now), now);
}

std::optional<Decimal> Positions::covered(const Position &position, TimePoint now) const
{
    return coveredByStops(position, m_feed.orders().rows(), m_book, stopsKnown(now), now);
}

void Positions::watchAge()
{
    m_ageTimer.stop();
    if (const auto oldAt = m_book.oldAt())
        m_ageTimer.start(std::max(1ms, std::chrono::ceil<std::chrono::milliseconds>(*oldAt - clockNow()) + 1ms));
}

} // namespace countermand
