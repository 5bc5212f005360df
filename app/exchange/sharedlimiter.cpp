#include "exchange/sharedlimiter.h"

namespace countermand {

std::optional<SharedLimiter::Ticket> SharedLimiter::tryAcquire(RateBucket bucket, RateLimiter::Priority priority,
                                                               Time now)
{
    const auto ticket = m_limiter.tryAcquire(bucket, priority, now);
    if (ticket)
        emit used();
    return ticket;
}

void SharedLimiter::release(Ticket ticket, Time now)
{
    m_limiter.release(ticket, now);
    emit freed();
}

void SharedLimiter::count(RateBucket bucket, Time now)
{
    m_limiter.count(bucket, now);
    emit used();
}

void SharedLimiter::throttled(Time now, std::chrono::seconds retryAfter)
{
    m_limiter.throttled(now, retryAfter);
    emit paused();
}

void SharedLimiter::restore(const LimiterState &state)
{
    m_limiter.restore(state);
}

} // namespace countermand
