#include "workflow/orderfeed.h"

#include "domain/log.h"
#include "exchange/coinwclient.h"
#include "workflow/listlook.h"
#include "workflow/openorders.h"

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr auto clockOffLimit = 5s;
/// An instrument that can't be read is passed over by the scan after so many attempts.
constexpr int scanAttempts = 3;
/// From the end of a read that found no connection to the next: the time it took counts, so that the list is back
/// soon after the line is.
constexpr auto shortestPause = 500ms;

bool isNoConnection(const ApiError &error)
{
    return error.cause == ApiError::Cause::NoConnection || error.cause == ApiError::Cause::Timeout;
}

/// Which list the exchange does not give, in its words.
QString refusalOf(const ListSource &source, const ApiError &error)
{
    const QString reason = reasonText(error);
    switch (source.kind) {
    case ListKind::Plan:
        return OrderFeed::tr("CoinW refuses to list limit orders: %1").arg(reason);
    case ListKind::Execute:
        return OrderFeed::tr("CoinW refuses to list market orders: %1").arg(reason);
    case ListKind::StopProfitLoss:
        return OrderFeed::tr("CoinW refuses to list TP/SL orders: %1").arg(reason);
    case ListKind::Trailing:
        return OrderFeed::tr("CoinW refuses to list trailing orders: %1").arg(reason);
    case ListKind::Trigger:
        break;
    }
    return OrderFeed::tr("CoinW refuses to list conditional orders: %1").arg(reason);
}

} // namespace

OrderFeed::OrderFeed(CoinwClient &client, OpenOrders &orders, const FeedPace &pace, QObject *parent)
    : QObject(parent), m_client(client), m_orders(orders), m_pace(pace)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &OrderFeed::beat);
}

void OrderFeed::start()
{
    if (m_status.reading)
        return;
    m_status.reading = true;
    m_countDueAt = clockNow();
    if (!m_status.beganAt)
        m_status.beganAt = m_countDueAt;
    emit statusChanged();
    beat();
}

void OrderFeed::stop()
{
    ++m_run;
    m_inFlight = false;
    m_timer.stop();
    m_status.reading = false;
    m_status.keyRefused.reset();
    m_key.forget();
    failWanted(tr("reading has stopped"));
    emit statusChanged();
}

void OrderFeed::refresh()
{
    m_clockRefusals = 0;
    m_restsUntil = {};
    m_slowing.tryNow(clockNow());
    // What hangs is not waited for; it ends at once, and everything is read behind it.
    m_readsAgain = m_inFlight;
    m_client.connectAnew(Transport::Doubt::Hanging);
    if (m_status.keyRefused && !m_status.reading) {
        tryKey();
        return;
    }
    if (!m_status.reading)
        start();
    m_dueAt.clear();
    m_countDueAt = clockNow();
    beat();
}

/// Whether the key is still refused is found out without a word before the answer.
void OrderFeed::tryKey()
{
    if (m_inFlight)
        return;
    read(m_key.next().value_or(ListSource{ListKind::Plan, {}}));
}

void OrderFeed::readSoon(const QList<ListSource> &sources)
{
    for (const ListSource &source : sources) {
        if (!m_wanted.contains(source))
            m_wanted.append(source);
    }
    std::stable_partition(m_wanted.begin(), m_wanted.end(),
                          [](const ListSource &source) { return source.kind == ListKind::Trigger; });
    beat();
}

void OrderFeed::readAllOnce()
{
    m_sweep = allSources();
    m_countWanted = true;
    // Not at once: whoever asks for all of them may want some of them first.
    if (m_status.reading && !m_inFlight)
        m_timer.start(0ms);
}

void OrderFeed::restUntil(TimePoint until)
{
    m_restsUntil = until;
    if (m_status.reading && !m_inFlight)
        m_timer.start(0ms);
}

bool OrderFeed::isResting(TimePoint now) const
{
    return now < m_restsUntil && !m_status.offline && m_connectionFailures == 0;
}

void OrderFeed::slept(std::chrono::milliseconds time)
{
    for (TimePoint &good : m_goodAt)
        good -= time;
    m_book.slept(time);
    for (auto *then : {&m_status.beganAt, &m_status.wholeAt, &m_status.conditionalAt}) {
        if (*then)
            **then -= time;
    }
    if (m_status.reading || m_status.keyRefused)
        refresh();
}

void OrderFeed::countSoon()
{
    m_countWanted = true;
    beat();
}

void OrderFeed::scan(const QStringList &instruments)
{
    m_scan.clear();
    for (const QString &name : instruments) {
        if (!m_instruments.contains(name))
            m_scan.append(name);
    }
    m_scanDueAt = clockNow();
    m_scanAttempts = 0;
    m_status.scan.reset();
    if (!m_scan.isEmpty())
        m_status.scan = ScanProgress{int(instruments.size() - m_scan.size()), int(instruments.size())};
    emit statusChanged();
    beat();
}

void OrderFeed::stopScan()
{
    m_scan.clear();
    m_status.scan.reset();
    emit statusChanged();
}

bool OrderFeed::isScanDue(TimePoint now) const
{
    return !isResting(now) && !m_scan.isEmpty() && !m_status.offline && m_scanDueAt <= now;
}

void OrderFeed::scanned(const QString &instrument, const std::optional<ApiError> &error, TimePoint now)
{
    m_scanDueAt = now + m_pace.scan;
    // Stopped, and perhaps begun anew, meanwhile.
    if (m_scan.isEmpty() || m_scan.constFirst() != instrument)
        return;
    const bool refused =
        error && (error->kind == ApiError::Kind::Rejected || error->cause == ApiError::Cause::Stopped);
    if (error && !refused && ++m_scanAttempts < scanAttempts)
        return;
    m_scanAttempts = 0;
    m_scan.removeFirst();
    ++m_status.scan->done;
    if (!m_scan.isEmpty())
        return;
    m_status.scan.reset();
    m_countWanted = true;
}

QList<ListSource> OrderFeed::allSources() const
{
    QList<ListSource> sources{
        {ListKind::Plan, {}}, {ListKind::StopProfitLoss, {}}, {ListKind::Trailing, {}}, {ListKind::Execute, {}}};
    for (const QString &instrument : m_instruments)
        sources.append({ListKind::Trigger, instrument});
    return sources;
}

std::chrono::milliseconds OrderFeed::paceOf(const ListSource &source) const
{
    if (m_status.refusedKinds.contains(int(source.kind)) && source.kind != ListKind::Plan)
        return m_pace.refused;
    switch (source.kind) {
    case ListKind::Plan:
        return m_pace.plan;
    case ListKind::Execute:
        return m_pace.execute;
    case ListKind::StopProfitLoss:
    case ListKind::Trailing:
        return m_pace.protective;
    case ListKind::Trigger:
        return m_pace.trigger * std::max<qsizetype>(1, m_instruments.size());
    }
    return m_pace.plan;
}

std::optional<ListSource> OrderFeed::mostOverdue(TimePoint now) const
{
    std::optional<ListSource> chosen;
    if (isResting(now))
        return chosen;
    TimePoint earliest = TimePoint::max();
    for (const ListSource &source : allSources()) {
        // While nothing gets through, one kind is enough to find out when it does again.
        if (m_status.offline && source.kind != ListKind::Plan)
            continue;
        const TimePoint due = m_dueAt.value(source, TimePoint::min());
        if (due <= now && (!chosen || due < earliest)) {
            earliest = due;
            chosen = source;
        }
    }
    return chosen;
}

bool OrderFeed::isCountDue(TimePoint now, const std::optional<ListSource> &overdue) const
{
    // In its turn among the lists: where the budget is short they are never all done.
    return !m_status.offline && !isResting(now) && m_countDueAt <= now &&
           (!overdue || m_countDueAt < m_dueAt.value(*overdue, TimePoint::min()));
}

void OrderFeed::beat()
{
    if (m_inFlight)
        return;
    const TimePoint now = clockNow();
    if (!m_status.reading) {
        if (m_status.keyRefused && m_keyTrialAt <= now)
            tryKey();
        else if (m_status.keyRefused)
            planNext();
        return;
    }
    const auto source = mostOverdue(now);
    if (mustWait(now)) {
        planNext();
        return;
    }
    QList<ListSource> &first = m_wanted.isEmpty() ? m_sweep : m_wanted;
    if (const auto decisive = m_key.next()) {
        read(*decisive);
    } else if (!first.isEmpty()) {
        read(first.takeFirst());
    } else if (m_countWanted || isCountDue(now, source)) {
        readCount();
    } else if (source) {
        read(*source);
    } else if (isScanDue(now)) {
        read({ListKind::Trigger, m_scan.constFirst()});
    } else {
        planNext();
    }
}

/// What a cancel waits for is in m_wanted.
bool OrderFeed::mustWait(TimePoint now) const
{
    return now < std::max(m_slowing.nextAt(!m_wanted.isEmpty()), m_key.nextAt());
}

void OrderFeed::planNext()
{
    TimePoint next = m_status.offline ? TimePoint::max() : m_countDueAt;
    for (const ListSource &source : allSources()) {
        if (!m_status.offline || source.kind == ListKind::Plan)
            next = std::min(next, m_dueAt.value(source, TimePoint::max()));
    }
    if (!m_scan.isEmpty() && !m_status.offline)
        next = std::min(next, m_scanDueAt);
    const TimePoint now = clockNow();
    if (isResting(now))
        next = std::max(next, m_restsUntil);
    if (mustWait(now))
        next = std::max(m_slowing.nextAt(!m_wanted.isEmpty()), m_key.nextAt());
    if (!m_status.reading)
        next = m_keyTrialAt;
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(next - now);
    m_timer.start(std::clamp<std::chrono::milliseconds>(wait, 1ms, 60s));
}

void OrderFeed::read(const ListSource &source)
{
    m_inFlight = true;
    m_underWay = source;
    m_sweep.removeAll(source);
    const auto ended = [this, source, run = m_run, begunAt = clockNow()](const Result<OrderListing> &result,
                                                                         const CallTimes &times) {
        if (run != m_run)
            return;
        m_inFlight = false;
        m_underWay.reset();
        const TimePoint now = clockNow();
        m_dueAt.insert(source, now + paceOf(source));
        if (!result && isNoConnection(result.error()))
            m_dueAt.insert(source, std::max(begunAt + paceOf(source), now + shortestPause));
        const bool readsAgain = std::exchange(m_readsAgain, false);
        if (readsAgain)
            m_dueAt.clear();
        const bool inScan =
            !m_scan.isEmpty() && source.kind == ListKind::Trigger && m_scan.constFirst() == source.instrument;
        if (result || !inScan)
            m_tried.insert(source);
        if (result)
            qCDebug(feedLog) << "list" << int(source.kind) << source.instrument << result->count << "orders, extent"
                             << int(result->extent) << (result->isChange ? "as a change" : "");
        else
            qCDebug(feedLog) << "list" << int(source.kind) << source.instrument << "failed, kind"
                             << int(result.error().kind) << "cause" << int(result.error().cause) << "code"
                             << result.error().code.value_or(0);
        if (result)
            taken(source, times.sentAt.value_or(now), *result);
        else
            failed(source, times.sentAt.value_or(now), result.error(), inScan);
        if (!result && !readsAgain)
            m_dueAt.insert(source, std::max(m_dueAt.value(source), m_slowing.nextOf(source)));
        if (inScan)
            scanned(source.instrument, result ? std::nullopt : std::optional(result.error()), now);
        countTried();
        noteWhole(now);
        noteComplete();
        emit statusChanged();
        beat();
    };
    m_client.listOrders(source.kind, source.instrument, this, ended,
                        m_book.takesChange(source) ? m_images.value(source) : nullptr);
}

void OrderFeed::countTried()
{
    constexpr int kinds = 4;
    m_status.kindsTried = int(std::count_if(
        m_tried.cbegin(), m_tried.cend(), [](const ListSource &source) { return source.kind != ListKind::Trigger; }));
    m_status.triggerInstruments = int(m_tried.size()) - m_status.kindsTried;
    m_status.loaded = m_status.kindsTried == kinds && m_goodAt.contains({ListKind::Plan, {}});
}

void OrderFeed::taken(const ListSource &source, TimePoint begunAt, const OrderListing &listing)
{
    m_connectionFailures = 0;
    m_clockRefusals = 0;
    speedUp(source);
    m_key.given(source);
    m_status.keyRefused.reset();
    m_status.reading = true;
    m_status.offline = false;
    m_status.refusedKinds.remove(int(source.kind));
    if (source.kind == ListKind::Plan)
        m_status.failure.reset();

    // An empty list after a filled one is a thing to see twice before it is shown (docs/exchange.md, Open orders).
    if (listing.count == 0 && m_book.countOf(source) > 0 && !m_emptyOnce.contains(source) && !isExplained(source)) {
        m_emptyOnce.insert(source);
        m_wanted.prepend(source);
        return;
    }
    m_emptyOnce.remove(source);

    m_goodAt.insert(source, begunAt);
    m_status.anyRead = true;
    m_skipped.insert(source, listing.skippedRows);
    m_status.skippedRows = 0;
    for (const int rows : std::as_const(m_skipped))
        m_status.skippedRows += rows;
    // What a partial answer lacks is known only against what the book holds: the next one is read whole.
    const bool partial = listing.extent == ListExtent::Partial;
    if (partial)
        m_partial.insert(source);
    else
        m_partial.remove(source);
    if (listing.image && !partial)
        m_images.insert(source, listing.image);
    else
        m_images.remove(source);
    QStringList fresh;
    for (const Order &order : listing.orders) {
        if (order.instrument.isEmpty() || m_instruments.contains(order.instrument))
            continue;
        m_instruments.insert(order.instrument);
        fresh.append(order.instrument);
    }
    const ListLook look{source, begunAt, clockNow(), listing.extent};
    if (partial && listing.total.value_or(0) > listing.count + listing.skippedRows)
        m_status.partialLists.insert(source, {*listing.total, listing.count});
    else if (partial && listing.skippedRows == 0)
        m_status.partialLists.insert(source, {0, listing.count});
    else
        m_status.partialLists.remove(source);
    const int listedBefore = listedCount();
    const int come = show(listing.isChange ? m_book.applyChange(look, listing.orders, listing.gone)
                                           : m_book.apply(look, listing.orders));
    // Each that is listed now may be one of those that were counted and not listed.
    m_missing = std::max(0, m_missing - std::max(come, listedCount() - listedBefore));
    compareCount(clockNow());
    emit listRead(look);
    for (const QString &name : std::as_const(fresh))
        emit instrumentSeen(name);
}

/// Every order of the list is in a cancel of ours that the exchange has accepted: that the list is empty is no
/// wonder.
bool OrderFeed::isExplained(const ListSource &source) const
{
    const auto orders = m_book.ordersOf(source);
    return std::all_of(orders.cbegin(), orders.cend(), [this](const OrderId &id) {
        const auto stage = m_orders.stageOf(id);
        return stage == CancelStage::Accepted || stage == CancelStage::AcceptedStillListed ||
               stage == CancelStage::AcceptedUnconfirmed;
    });
}

int OrderFeed::show(const QSet<OrderId> &touched)
{
    QList<const Order *> listed;
    QList<OrderId> gone;
    int come = 0;
    const TimePoint now = clockNow();
    listed.reserve(touched.size());
    for (const OrderId &id : touched) {
        const OrderRow *shown = m_orders.row(id);
        if (const Order *order = m_book.find(id)) {
            come += shown ? 0 : 1;
            listed.append(order);
            // An order of a list that is read for the first time may be an old one.
            if (!shown && m_status.complete)
                m_edits.came(*order, now);
        } else {
            if (shown && OrderEdits::mayHaveBeenEdited(shown->stage))
                m_edits.left(shown->order, now);
            gone.append(id);
        }
    }
    if (touched.isEmpty())
        return come;
    const bool mayPair = come > 0 || !gone.isEmpty();
    m_orders.change(std::move(listed), gone);
    if (mayPair)
        m_orders.setEdited(m_edits.edited());
    return come;
}

void OrderFeed::failed(const ListSource &source, TimePoint askedAt, ApiError error, bool scanned)
{
    judgeConnection(error);
    slowDown(source, error);
    if (error.kind == ApiError::Kind::Unauthorized) {
        // A wrong clock makes every signature stale; the refusal's own Date has corrected the offset.
        if (error.clockDifference && std::chrono::abs(*error.clockDifference) >= clockOffLimit &&
            ++m_clockRefusals <= 2) {
            m_wanted.append(source);
        } else if (const auto verdict = m_key.refused(source, askedAt); verdict == KeyRefusal::Verdict::OfList) {
            error.kind = ApiError::Kind::Rejected;
        } else if (verdict == KeyRefusal::Verdict::OfKey) {
            stopForKey(error);
        }
    }
    if (!m_status.reading)
        m_keyTrialAt = clockNow() + (error.kind == ApiError::Kind::NotSent ? m_pace.plan : m_pace.key);
    if (error.kind == ApiError::Kind::Rejected) {
        // A scan meets contracts that can't be traded any more; that says nothing about the kind.
        if (!scanned)
            m_status.refusedKinds.insert(int(source.kind), error);
        m_dueAt.insert(source, clockNow() + paceOf(source));
    }
    if (source.kind == ListKind::Plan)
        m_status.failure = error;
    const bool refused = error.kind == ApiError::Kind::Rejected;
    emit listFailed(source, {refused ? refusalOf(source, error) : reasonText(error), refused});
}

void OrderFeed::stopForKey(const ApiError &error)
{
    if (!m_status.keyRefused)
        m_status.keyRefusedSince = QDateTime::currentDateTimeUtc();
    m_status.keyRefused = error;
    m_status.reading = false;
    failWanted(reasonText(error));
}

void OrderFeed::slowDown(const ReadSlowing::Read &read, const ApiError &error)
{
    if (error.kind == ApiError::Kind::Rejected)
        speedUp(read);
    if (!ReadSlowing::slows(error))
        return;
    m_slowing.refused(error, clockNow(), QDateTime::currentDateTimeUtc(), read);
    m_status.slow = m_slowing.state();
}

void OrderFeed::speedUp(const ReadSlowing::Read &read)
{
    if (m_slowing.answered(read)) {
        m_dueAt.removeIf([&read](auto due) { return due.key() != read; });
        m_countDueAt = clockNow();
    }
    m_slowing.keepOnly([sources = allSources()](const ListSource &source) { return sources.contains(source); });
    m_status.slow = m_slowing.state();
}

void OrderFeed::failWanted(const QString &reason)
{
    // Whoever waits for a read is told that it will not come.
    QList<ListSource> lists = std::exchange(m_wanted, {});
    const auto sweep = std::exchange(m_sweep, {});
    for (const ListSource &source : sweep) {
        if (!lists.contains(source))
            lists.append(source);
    }
    if (const auto reading = std::exchange(m_underWay, std::nullopt))
        lists.append(*reading);
    const bool wanted = std::exchange(m_countWanted, false);
    const bool count = std::exchange(m_counting, false) || wanted;
    for (const ListSource &source : std::as_const(lists))
        emit listFailed(source, {reason, false});
    if (count)
        emit countRead(clockNow(), std::nullopt);
}

RowAge OrderFeed::rowAge(const OrderId &id, TimePoint now) const
{
    const auto sight = m_book.sightOf(id);
    if (!sight)
        return {};
    RowAge age{ageSince(sight->at, now)};
    if (sight->source.kind == ListKind::Trigger)
        age.allowance = std::chrono::ceil<std::chrono::seconds>(paceOf(sight->source));
    return age;
}

std::optional<TimePoint> OrderFeed::wholeAt(const ListSource &source) const
{
    const auto good = m_goodAt.constFind(source);
    if (good == m_goodAt.cend() || m_partial.contains(source) || m_status.refusedKinds.contains(int(source.kind)) ||
        m_missing > 0)
        return {};
    return *good;
}

int OrderFeed::listedCount() const
{
    return m_orders.listedCount() - m_book.unseenCount();
}

void OrderFeed::judgeConnection(const ApiError &error)
{
    if (error.cause == ApiError::Cause::Stopped || error.cause == ApiError::Cause::Expired)
        return;
    const bool unsent = error.kind == ApiError::Kind::NotSent;
    // No answer on another connection is no sign that one can be made again.
    if (error.cause != ApiError::Cause::Timeout)
        m_status.offline = unsent && m_connectionFailures > 0;
    if (unsent || error.cause == ApiError::Cause::Timeout)
        doubtConnection();
    else
        m_connectionFailures = 0;
}

void OrderFeed::doubtConnection()
{
    // A single failure may be a passing thing, and no answer may be a slow one: before crying offline it is tried at
    // once whether a connection can be made.
    if (std::exchange(m_connectionFailures, 1) == 0)
        readSoon({{ListKind::Plan, {}}});
}

void OrderFeed::readCount()
{
    m_inFlight = true;
    m_countWanted = false;
    m_counting = true;
    // Cancels of ours that end meanwhile leave the list, and may have been counted.
    m_client.countOpenOrders(this, [this, run = m_run, complete = m_status.complete,
                                    listed = listedCount()](const Result<int> &result, const CallTimes &times) {
        if (run != m_run)
            return;
        m_inFlight = false;
        m_counting = false;
        m_countDueAt = clockNow() + m_pace.count;
        if (result) {
            m_missing = std::max(0, *result - std::max(listed, listedCount()));
            m_status.openCount = *result;
            speedUp({});
        } else {
            judgeConnection(result.error());
            slowDown({}, result.error());
            m_countDueAt = std::max(m_countDueAt, m_slowing.nextOf({}));
        }
        m_status.counted = result && complete && m_status.complete;
        compareCount(clockNow());
        emit countRead(times.sentAt.value_or(clockNow()), result ? std::optional(*result) : std::nullopt);
        emit statusChanged();
        beat();
    });
}

void OrderFeed::compareCount(TimePoint now)
{
    const bool differs = m_status.openCount && m_missing > 0;
    if (m_status.openCount)
        m_status.openCount = differs ? listedCount() + m_missing : std::min(*m_status.openCount, listedCount());
    if (!differs)
        m_status.countDiffersSince.reset();
    else if (!m_status.countDiffersSince)
        m_status.countDiffersSince = now;
}

std::optional<TimePoint> OrderFeed::oldestRead(bool conditional) const
{
    std::optional<TimePoint> oldest;
    for (const ListSource &source : allSources()) {
        if ((source.kind == ListKind::Trigger) != conditional || m_status.refusedKinds.contains(int(source.kind)))
            continue;
        const auto good = m_goodAt.constFind(source);
        if (good == m_goodAt.cend())
            return std::nullopt;
        oldest = oldest ? std::min(*oldest, *good) : *good;
    }
    return oldest;
}

void OrderFeed::noteWhole(TimePoint now)
{
    m_status.hasConditionalLists =
        !m_instruments.isEmpty() && !m_status.refusedKinds.contains(int(ListKind::Trigger));
    m_status.conditionalAt = oldestRead(true);
    const auto oldest = oldestRead(false);
    if (!oldest)
        return;
    m_status.wholeAt = oldest;
    m_status.wholeAtUtc = QDateTime::currentDateTimeUtc().addMSecs(
        -std::chrono::duration_cast<std::chrono::milliseconds>(now - *oldest).count());
}

void OrderFeed::noteComplete()
{
    const auto sources = allSources();
    const bool complete = std::all_of(sources.cbegin(), sources.cend(), [this](const ListSource &source) {
        return m_goodAt.contains(source) && !m_partial.contains(source) &&
               !m_status.refusedKinds.contains(int(source.kind));
    });
    if (std::exchange(m_status.complete, complete) == complete)
        return;
    // Only a count that is asked for from now on says whether these are all of them.
    m_status.counted = false;
    m_countWanted = m_countWanted || complete;
}

QString reasonText(const ApiError &error)
{
    if (error.code)
        return error.message.isEmpty() ? QString::number(*error.code)
                                       : u"%1 %2"_s.arg(QString::number(*error.code), error.message);
    if (error.kind == ApiError::Kind::NotSent && !error.message.isEmpty())
        return error.message;
    switch (error.cause) {
    case ApiError::Cause::Timeout:
        return OrderFeed::tr("no answer in time");
    case ApiError::Cause::ConnectionLost:
        return OrderFeed::tr("connection lost");
    case ApiError::Cause::ServerError:
        return OrderFeed::tr("server error %1").arg(error.httpStatus);
    case ApiError::Cause::Redirect:
        return OrderFeed::tr("redirected, which is not followed");
    case ApiError::Cause::Unreadable:
        if (error.largerThanMegabytes)
            return OrderFeed::tr("answer too large, more than %1 MB").arg(*error.largerThanMegabytes);
        return error.httpStatus >= 400 ? OrderFeed::tr("unreadable answer, HTTP %1").arg(error.httpStatus)
                                       : OrderFeed::tr("unreadable answer");
    case ApiError::Cause::NoConnection:
    case ApiError::Cause::NotSecure:
    case ApiError::Cause::Stopped:
    case ApiError::Cause::Expired:
    case ApiError::Cause::Refused:
        break;
    }
    if (error.httpStatus > 0)
        return u"HTTP %1"_s.arg(error.httpStatus);
    return error.message.isEmpty() ? OrderFeed::tr("no connection") : error.message;
}

} // namespace countermand
