#pragma once

#include "exchange/ratelimiter.h"

#include <QObject>

#include <chrono>
#include <optional>

namespace countermand {

/// The one limiter of an exchange, for all its clients: whoever asks, an account that was left a moment ago or a
/// trial of a key, the exchange counts the same computer.
class SharedLimiter final : public QObject
{
    Q_OBJECT

public:
    using Time = RateLimiter::Time;
    using Ticket = RateLimiter::Ticket;

    explicit SharedLimiter(QObject *parent = nullptr) : QObject(parent) {}

    /// Room for one call, which counts until it is released. Nothing if it has to wait.
    std::optional<Ticket> tryAcquire(RateBucket bucket, RateLimiter::Priority priority, Time now);
    /// The call was answered, or will not be.
    void release(Ticket ticket, Time now);
    /// A call that left without being asked for, as when the network repeats a read.
    void count(RateBucket bucket, Time now);
    /// An answer 29001; any other answer.
    void throttled(Time now, std::chrono::seconds retryAfter);
    void answered(Time now) { m_limiter.answered(now); }
    /// What an earlier run left behind.
    void restore(const LimiterState &state);

    const RateLimiter &limiter() const { return m_limiter; }

signals:
    /// A call has left.
    void used();
    /// There may be room where there was none.
    void freed();
    /// Nothing may leave for a while.
    void paused();

private:
    RateLimiter m_limiter;
};

} // namespace countermand
