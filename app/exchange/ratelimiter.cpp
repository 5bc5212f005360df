#include "exchange/ratelimiter.h"

#include "exchange/wire.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace countermand {

namespace {

// Under CoinW's published 60 per account in 10 s (contract sheet, notes); bursts as performance allows.
constexpr RateLimit programSecond{8, 1s};
constexpr RateLimit programTenSeconds{50, 10s};
constexpr RateLimit readsSecond{6, 1s};
constexpr RateLimit readsTenSeconds{40, 10s};
constexpr RateLimit manySecond{7, 1s};
constexpr RateLimit manyTenSeconds{46, 10s};
constexpr RateLimit longQueueSecond{5, 1s};
constexpr auto longestWindow = programTenSeconds.window;

std::chrono::milliseconds leftUntil(RateLimiter::Time end, RateLimiter::Time now)
{
    if (end <= now)
        return 0ms;
    return std::chrono::ceil<std::chrono::milliseconds>(end - now);
}

} // namespace

std::optional<RateLimiter::Ticket> RateLimiter::tryAcquire(RateBucket bucket, Priority priority, Time now)
{
    forgetOld(now);
    if (roomAt(bucket, priority, now) != now)
        return {};
    m_calls.push_back({++m_lastTicket, bucket, std::nullopt});
    return m_lastTicket;
}

void RateLimiter::release(Ticket ticket, Time now)
{
    for (Call &call : m_calls) {
        if (call.ticket == ticket && !call.endedAt)
            call.endedAt = now;
    }
}

void RateLimiter::count(RateBucket bucket, Time now)
{
    forgetOld(now);
    m_calls.push_back({0, bucket, now});
}

LimiterState RateLimiter::state(Time now) const
{
    LimiterState state{{}, m_backoff.pausedUntil(), m_backoff.halfSpeedUntil()};
    for (const Call &call : m_calls) {
        if (const Time from = call.endedAt.value_or(now); from + longestWindow > now)
            state.sent.push_back(from);
    }
    return state;
}

void RateLimiter::restore(const LimiterState &state)
{
    for (const Time sent : state.sent)
        m_calls.push_back({0, std::nullopt, sent});
    m_backoff.restore(state.pausedUntil, state.halfSpeedUntil);
}

std::optional<RateLimiter::Time> RateLimiter::roomAt(RateBucket bucket, Priority priority, Time now) const
{
    Time at = std::max(now, m_backoff.pausedUntil());
    for (const Window &window : windowsOf(bucket, priority, now)) {
        const auto room = roomIn(window, now);
        if (!room)
            return {};
        at = std::max(at, *room);
    }
    return at;
}

std::vector<RateLimiter::Time> RateLimiter::forecast(const std::vector<Waiting> &calls, Time now) const
{
    RateLimiter imagined = *this;
    for (Call &call : imagined.m_calls)
        call.endedAt = call.endedAt.value_or(now);

    std::vector<Time> times;
    Time at = now;
    for (const auto &[bucket, priority] : calls) {
        at = imagined.roomAt(bucket, priority, at).value_or(at);
        imagined.forgetOld(at);
        imagined.m_calls.push_back({0, bucket, at});
        times.push_back(at);
    }
    return times;
}

int RateLimiter::callLimit(Time now) const
{
    return m_backoff.isHalfSpeed(now) ? programTenSeconds.calls / 2 : programTenSeconds.calls;
}

int RateLimiter::freeCalls(Time now) const
{
    return std::max(0, callLimit(now) - countIn({programTenSeconds, Counted::Signed}, now));
}

std::chrono::milliseconds RateLimiter::pausedFor(Time now) const
{
    return leftUntil(m_backoff.pausedUntil(), now);
}

std::chrono::milliseconds RateLimiter::halfSpeedFor(Time now) const
{
    return leftUntil(m_backoff.halfSpeedUntil(), now);
}

std::vector<RateLimiter::Window> RateLimiter::windowsOf(RateBucket bucket, Priority priority, Time now) const
{
    std::vector<Window> windows{{limitOf(bucket), Counted::Endpoint, bucket}};
    const auto ownWindows = [&windows](const RateLimit &second, const RateLimit &tenSeconds) {
        windows.push_back({second, Counted::Signed});
        windows.push_back({tenSeconds, Counted::Signed});
    };
    if (!isPublic(bucket)) {
        switch (priority) {
        case Priority::Cancel:
            ownWindows(programSecond, programTenSeconds);
            break;
        case Priority::CancelOfLongQueue:
            windows.push_back({longQueueSecond, Counted::Cancels});
            ownWindows(manySecond, manyTenSeconds);
            break;
        case Priority::CancelOfMany:
        case Priority::ReadInLongQueue:
            ownWindows(manySecond, manyTenSeconds);
            break;
        case Priority::Read:
            ownWindows(readsSecond, readsTenSeconds);
            break;
        }
    }
    if (m_backoff.isHalfSpeed(now)) {
        for (Window &window : windows)
            window.limit.calls = std::max(1, window.limit.calls / 2);
    }
    return windows;
}

bool RateLimiter::counts(const Window &window, const Call &call)
{
    if (!call.bucket)
        return true;
    switch (window.counted) {
    case Counted::Endpoint:
        return call.bucket == window.bucket;
    case Counted::Cancels:
        return call.bucket == RateBucket::Cancel || call.bucket == RateBucket::CancelBatch;
    case Counted::Signed:
        break;
    }
    return !isPublic(*call.bucket);
}

std::optional<RateLimiter::Time> RateLimiter::roomIn(const Window &window, Time now) const
{
    std::vector<Time> ends;
    int inFlight = 0;
    for (const Call &call : m_calls) {
        if (!counts(window, call))
            continue;
        if (!call.endedAt)
            ++inFlight;
        else if (*call.endedAt + window.limit.window > now)
            ends.push_back(*call.endedAt);
    }
    const int tooMany = int(ends.size()) + inFlight - window.limit.calls + 1;
    if (tooMany <= 0)
        return now;
    if (tooMany > int(ends.size()))
        return {};
    std::sort(ends.begin(), ends.end());
    return ends[size_t(tooMany - 1)] + window.limit.window;
}

int RateLimiter::countIn(const Window &window, Time now) const
{
    return int(std::count_if(m_calls.cbegin(), m_calls.cend(), [&](const Call &call) {
        return counts(window, call) && (!call.endedAt || *call.endedAt + window.limit.window > now);
    }));
}

void RateLimiter::forgetOld(Time now)
{
    std::erase_if(m_calls, [now](const Call &call) { return call.endedAt && *call.endedAt + longestWindow <= now; });
}

} // namespace countermand
