#include "exchange/callqueue.h"

#include <QDateTime>
#include <QPointer>

#include <algorithm>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

namespace countermand {

namespace {

using Milliseconds = std::chrono::milliseconds;

// A wait that a person would not notice needs no words.
constexpr Milliseconds shortWait = 400ms;
constexpr size_t latencySamples = 5;
/// Both clocks run at the same pace but for some microseconds a second.
constexpr Milliseconds shortestSleep = 1s;
/// The exchange's `Date` has whole seconds, and its clock is known to half a second.
constexpr Milliseconds olderThanItsQuestion = 1s;
/// From here on a refusal may be one for the time.
constexpr Milliseconds clockOff = 5s;
/// How many answers tell how long a line is, and from what on its length says anything.
constexpr std::size_t latenciesForALength = 3;
constexpr Milliseconds shortestLength = 20ms;
/// Behind reads of orders and their records for so long: long enough for these to find out that a line is dead.
constexpr Milliseconds asideFor = 8s;

/// Nobody waits for it before canceling.
bool isAside(RateBucket bucket)
{
    return bucket == RateBucket::Tickers || bucket == RateBucket::Positions;
}

RateLimiter::Time monotonicNow()
{
    return std::chrono::steady_clock::now();
}
Milliseconds wallNow()
{
    return Milliseconds(QDateTime::currentMSecsSinceEpoch());
}

} // namespace

CallQueue::CallQueue(NetworkMaker makeNetwork, const Endpoint &endpoint, const CallTiming &timing,
                     const QSslConfiguration &tls, std::shared_ptr<SharedLimiter> limiter)
    : m_timing(timing),
      m_limiter(limiter ? std::move(limiter) : std::make_shared<SharedLimiter>()),
      m_transport(std::move(makeNetwork), endpoint, tls)
{
    connect(m_limiter.get(), &SharedLimiter::freed, this, &CallQueue::pumpSoon);
    connect(m_limiter.get(), &SharedLimiter::paused, this, &CallQueue::pumpSoon);
    connect(&m_transport, &Transport::repeated, this,
            [this](RateBucket bucket) { m_limiter->count(bucket, m_timing.limiterNow()); });
    m_wake.setSingleShot(true);
    m_wake.setTimerType(Qt::PreciseTimer);
    connect(&m_wake, &QTimer::timeout, this, &CallQueue::pump);
}

CallQueue::~CallQueue()
{
    // Whoever comes next must know of what may still arrive.
    const Time now = m_timing.limiterNow();
    disconnect(m_limiter.get(), nullptr, this, nullptr);
    for (const auto &[id, flight] : m_flights)
        m_limiter->release(flight.ticket, now);
}

void CallQueue::setCredentials(const std::optional<Credentials> &credentials)
{
    if (m_credentials == credentials)
        return;
    m_credentials = credentials;
    ++m_generation;
    for (auto *queue : {&m_cancels, &m_reads}) {
        for (Call &call : std::exchange(*queue, {}))
            endUnsent(call, ApiError::Cause::Stopped);
    }
    pumpSoon();
}

CallQueue::Id CallQueue::enqueue(const ApiRequest &request, Finish finish, Place place)
{
    Call call{++m_lastId, request, std::move(finish), place, m_timing.bootNow(), sleptSoFar(), std::nullopt};
    if (request.verb == Verb::Delete && place == Place::Front)
        m_cancels.insert(std::find_if(m_cancels.begin(), m_cancels.end(),
                                      [](const Call &other) { return other.place == Place::Back; }),
                         std::move(call));
    else if (request.verb == Verb::Delete)
        m_cancels.push_back(std::move(call));
    else if (place == Place::Front)
        m_reads.push_front(std::move(call));
    else
        m_reads.push_back(std::move(call));
    pumpSoon();
    return m_lastId;
}

bool CallQueue::withdraw(Id id)
{
    for (auto *queue : {&m_cancels, &m_reads}) {
        const auto found = std::find_if(queue->begin(), queue->end(), [id](const Call &c) { return c.id == id; });
        if (found == queue->end())
            continue;
        Call call = std::move(*found);
        queue->erase(found);
        endUnsent(call, ApiError::Cause::Stopped);
        pumpSoon();
        return true;
    }
    return false;
}

Budget CallQueue::budget() const
{
    const Time now = m_timing.limiterNow();
    const RateLimiter &limiter = m_limiter->limiter();
    return {limiter.freeCalls(now), limiter.callLimit(now), int(m_cancels.size() + m_reads.size()),
            limiter.pausedFor(now), limiter.halfSpeedFor(now)};
}

std::optional<Milliseconds> CallQueue::clockOffset() const
{
    if (!m_clock.offset())
        return {};
    const Milliseconds wall = wallNow();
    return m_clock.exchangeTime(bootMilliseconds(m_timing.bootNow()), wall) - wall;
}

void CallQueue::connectAnew(Transport::Doubt doubt)
{
    m_transport.connectAnew(doubt, m_timing.connectTimeout);
    pumpSoon();
}

std::optional<Milliseconds> CallQueue::latency() const
{
    if (m_latencies.empty())
        return {};
    auto sorted = m_latencies;
    std::sort(sorted.begin(), sorted.end());
    return sorted[sorted.size() / 2];
}

void CallQueue::pumpSoon()
{
    if (std::exchange(m_pumpPosted, true))
        return;
    QMetaObject::invokeMethod(this, &CallQueue::pump, Qt::QueuedConnection);
}

void CallQueue::pump()
{
    m_pumpPosted = false;
    const QPointer<CallQueue> self(this);
    if (!m_credentials) {
        for (auto *queue : {&m_cancels, &m_reads}) {
            for (Call &call : std::exchange(*queue, {}))
                endUnsent(call, ApiError::Cause::Stopped);
        }
    } else {
        const Time now = m_timing.limiterNow();
        dropExpired();
        if (!sendCancels(now))
            return;
        sendRead(now);
        tellWaiting(now);
        if (!self)
            return;
        wakeWhenThereIsRoom(now);
    }
    emit changed();
}

/// Grows by the length of each sleep, during which the monotonic clock stands still.
Milliseconds CallQueue::sleptSoFar() const
{
    return bootMilliseconds(m_timing.bootNow()) -
           std::chrono::duration_cast<Milliseconds>(monotonicNow().time_since_epoch());
}

BootClock::time_point CallQueue::expiryOf(const Call &call) const
{
    if (isHeld(call))
        return *m_offlineSince + m_timing.offlineExpiry;
    return std::max(call.enqueuedAt, m_lastCancelSentAt) + m_timing.queueExpiry;
}

std::deque<CallQueue::Call>::iterator CallQueue::firstFreeCancel()
{
    return std::find_if(m_cancels.begin(), m_cancels.end(), [this](const Call &call) { return !isHeld(call); });
}

bool CallQueue::isLongQueue() const
{
    return std::count_if(m_cancels.cbegin(), m_cancels.cend(), [this](const Call &call) { return !isHeld(call); }) >
           longCancelQueue;
}

RateLimiter::Priority CallQueue::priorityOf(const Call &cancel, bool isLong) const
{
    if (cancel.place == Place::Front)
        return RateLimiter::Priority::Cancel;
    return isLong ? RateLimiter::Priority::CancelOfLongQueue : RateLimiter::Priority::CancelOfMany;
}

void CallQueue::dropExpired()
{
    const Milliseconds slept = sleptSoFar();
    const auto now = m_timing.bootNow();
    std::vector<Call> expired;
    for (auto call = m_cancels.begin(); call != m_cancels.end();) {
        if (slept - call->sleptBefore > shortestSleep || expiryOf(*call) <= now) {
            expired.push_back(std::move(*call));
            call = m_cancels.erase(call);
        } else {
            ++call;
        }
    }
    for (Call &call : expired)
        endUnsent(call, ApiError::Cause::Expired);
}

/// False if a listener destroyed this.
bool CallQueue::sendCancels(Time now)
{
    const QPointer<CallQueue> self(this);
    while (self && m_credentials) {
        const auto next = firstFreeCancel();
        if (next == m_cancels.end())
            break;
        const auto ticket = m_limiter->tryAcquire(next->request.bucket, priorityOf(*next, isLongQueue()), now);
        if (!ticket)
            break;
        Call call = std::move(*next);
        m_cancels.erase(next);
        m_lastCancelSentAt = m_timing.bootNow();
        const Id id = call.id;
        send(std::move(call), *ticket);
        emit sent(id);
    }
    return self;
}

void CallQueue::sendRead(Time now)
{
    const bool isLong = isLongQueue();
    if (m_readInFlight || !m_credentials || (!isLong && firstFreeCancel() != m_cancels.end()))
        return;
    const auto priority = isLong ? RateLimiter::Priority::ReadInLongQueue : RateLimiter::Priority::Read;
    const auto bootNow = m_timing.bootNow();
    for (const bool aside : {false, true}) {
        for (auto call = m_reads.begin(); call != m_reads.end(); ++call) {
            if (aside != (isAside(call->request.bucket) && bootNow - call->enqueuedAt < asideFor))
                continue;
            const auto ticket = m_limiter->tryAcquire(call->request.bucket, priority, now);
            if (!ticket)
                continue;
            Call leaving = std::move(*call);
            m_reads.erase(call);
            m_readInFlight = true;
            send(std::move(leaving), *ticket);
            return;
        }
    }
}

void CallQueue::send(Call call, RateLimiter::Ticket ticket)
{
    const Id id = call.id;
    const ApiRequest request = call.request;
    const auto bootNow = m_timing.bootNow();
    const Milliseconds signedAt = m_clock.exchangeTime(bootMilliseconds(bootNow), wallNow());
    const SignedHeaders headers =
        isPublic(request.bucket) ? SignedHeaders() : sign(request, *m_credentials, signedAt + request.signedAhead);
    const auto limits = request.verb == Verb::Get ? Transport::Limits{m_timing.readTimeout, m_timing.connectTimeout}
                                                  : Transport::Limits{m_timing.cancelTimeout, m_timing.cancelTimeout};
    m_flights.emplace(id, Flight{std::move(call), ticket, monotonicNow(), bootNow, signedAt, *m_credentials});
    m_transport.send(request, headers, limits, [this, id](const RawReply &reply) { return onReply(id, reply); });
}

void CallQueue::tellWaiting(Time now)
{
    if (m_cancels.empty())
        return;
    std::vector<RateLimiter::Waiting> calls;
    for (const Call &call : m_cancels)
        calls.push_back({call.request.bucket, priorityOf(call, m_cancels.size() - calls.size() > longCancelQueue)});
    const auto leaving = m_limiter->limiter().forecast(calls, now);
    std::vector<std::pair<Id, Milliseconds>> news;
    for (size_t i = 0; i < leaving.size(); ++i) {
        Call &call = m_cancels[i];
        const auto about = std::chrono::ceil<Milliseconds>(leaving[i] - now);
        if (about <= shortWait || (call.foretold && leaving[i] <= *call.foretold + shortWait))
            continue;
        call.foretold = leaving[i];
        news.emplace_back(call.id, about);
    }
    const QPointer<CallQueue> self(this);
    for (const auto &[id, about] : news) {
        emit waiting(id, about);
        if (!self)
            return;
    }
}

void CallQueue::wakeWhenThereIsRoom(Time now)
{
    std::optional<Time> at;
    const auto consider = [&at](const std::optional<Time> &time) {
        if (time && (!at || *time < *at))
            at = time;
    };
    for (const Call &call : m_cancels)
        consider(now + (expiryOf(call) - m_timing.bootNow()));
    const bool isLong = isLongQueue();
    const auto next = firstFreeCancel();
    if (next != m_cancels.end())
        consider(m_limiter->limiter().roomAt(next->request.bucket, priorityOf(*next, isLong), now));
    if (!m_readInFlight && (isLong || next == m_cancels.end())) {
        const auto priority = isLong ? RateLimiter::Priority::ReadInLongQueue : RateLimiter::Priority::Read;
        for (const Call &call : m_reads)
            consider(m_limiter->limiter().roomAt(call.request.bucket, priority, now));
    }
    if (at)
        m_wake.start(std::max(0ms, std::chrono::ceil<Milliseconds>(*at - now)));
    else
        m_wake.stop();
}

/// Without a `Date` the line's own speed tells: an answer in less than half the time of any of the last ones, on a
/// line whose length is well known, had left before its question came. A line that is faster now is believed with the
/// next.
bool CallQueue::isTooSoon(const RawReply &reply) const
{
    if (reply.date.isValid() || reply.httpStatus == 0 || m_latencies.size() < latenciesForALength)
        return false;
    const Milliseconds shortest = *std::min_element(m_latencies.begin(), m_latencies.end());
    return shortest >= shortestLength && 2 * reply.latency < shortest;
}

/// Made before its question was asked, by the exchange's own clock: the answer to another question.
bool CallQueue::isRelic(const RawReply &reply)
{
    return reply.clockDifference.value_or(0ms) <= -olderThanItsQuestion;
}

/// False for an answer after which its connection is not to be trusted.
bool CallQueue::onReply(Id id, RawReply reply)
{
    auto node = m_flights.extract(id);
    if (node.empty())
        return true;
    Flight &flight = node.mapped();
    const Time now = m_timing.limiterNow();
    m_limiter->release(flight.ticket, now);
    if (flight.call.request.verb == Verb::Get)
        m_readInFlight = false;

    if (reply.httpStatus != 0) {
        const auto known = m_clock.offset();
        const Milliseconds boot = bootMilliseconds(m_timing.bootNow());
        m_clock.observe(reply.date, bootMilliseconds(flight.bootSentAt), boot);
        reply.clockDifference = ExchangeClock::difference(reply.date, flight.signedAt, reply.latency);
        // Not where this answer has told, together with another, that the exchange's clock is another one now.
        const bool isKnown = known && std::chrono::abs(*m_clock.offset() - *known) < olderThanItsQuestion;
        const QDateTime &last = m_lastDates[size_t(reply.lane)];
        const bool relic = isKnown && isRelic(reply);
        // Or of a clock that was put back; that it was, the next answer says as well. A list is read again anyway.
        const bool older = last.isValid() && reply.date < last;
        reply.isOlderThanLast = relic && older && flight.call.request.verb == Verb::Delete;
        reply.isNobodys = reply.isNobodys || (relic && !older) || isTooSoon(reply);
        m_lastDates[size_t(reply.lane)] = reply.date;
        if (!isPublic(flight.call.request.bucket))
            m_latencies.push_back(reply.latency);
        if (m_latencies.size() > latencySamples)
            m_latencies.pop_front();
    }

    const bool answered = reply.httpStatus != 0;
    const bool isPublicCall = isPublic(flight.call.request.bucket);
    const auto retryAfter = reply.retryAfter.value_or(0s);
    const bool isNobodys = reply.isNobodys;
    const bool isOlderThanLast = reply.isOlderThanLast;
    const Milliseconds clockDifference = reply.clockDifference.value_or(0ms);
    const CallEnd end{id, std::move(reply), ApiError::Cause::Stopped, {flight.sentAt, monotonicNow()}, flight.signer};
    const auto kind = flight.call.finish(end);
    // Two witnesses: the Date, and the refusal of what was signed with another time. The next try is signed anew.
    if (kind == ApiError::Kind::Unauthorized && std::chrono::abs(clockDifference) >= clockOff)
        m_clock.confirm();
    if (kind == ApiError::Kind::NotSent)
        m_offlineSince = m_offlineSince.value_or(m_timing.bootNow());
    else if (answered)
        m_offlineSince.reset();
    // Public data has limits of its own: they slow its reader, never a cancel.
    if (kind == ApiError::Kind::Throttled && !isPublicCall)
        m_limiter->throttled(now, retryAfter);
    else if (answered && kind != ApiError::Kind::Throttled)
        m_limiter->answered(now);
    pumpSoon();
    return !isNobodys && !(isOlderThanLast && kind != ApiError::Kind::Unauthorized) &&
           kind != ApiError::Kind::Malformed;
}

void CallQueue::endUnsent(const Call &call, ApiError::Cause cause)
{
    CallEnd end;
    end.id = call.id;
    end.cause = cause;
    end.times.endedAt = monotonicNow();
    call.finish(end);
}

} // namespace countermand
