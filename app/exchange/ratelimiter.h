#pragma once

#include "exchange/apirequest.h"
#include "exchange/backoff.h"

#include <chrono>
#include <optional>
#include <vector>

namespace countermand {

/// What has been sent of late, to be carried over to the next run.
struct LimiterState {
    /// From when each call counts: its answer or, if none has come, now.
    std::vector<Backoff::Time> sent;
    Backoff::Time pausedUntil;
    Backoff::Time halfSpeedUntil;
};

/// Lets a request go when every window that counts it has room.
///
/// Windows: the endpoint's own (limitOf), and for the whole program 8 signed calls in any second and 50 in any 10 s,
/// in which unsigned calls don't count.
/// A request counts from its sending until one window length after its answer (or after the time limit that ended
/// it), so that no sliding window at the exchange is ever overrun, however long requests and answers are under way.
/// Who asks decides how much of the program's own windows it may fill (Priority). Pure: time is an argument, and must
/// not run backwards.
class RateLimiter
{
public:
    using Time = Backoff::Time;
    using Ticket = quint64;
    enum class Priority {
        Cancel,            ///< all 8 and all 50
        CancelOfMany,      ///< 7 and 46, so that a cancel asked for alone finds room
        CancelOfLongQueue, ///< the same, but at most 5 cancels a second: two calls are kept for the reads that prove
        Read,              ///< 6 and 40, so that a cancel finds room
        ReadInLongQueue,   ///< those two: 7 and 46
    };
    /// A call that waits.
    struct Waiting {
        RateBucket bucket = RateBucket::Cancel;
        Priority priority = Priority::Cancel;
    };

    /// Room for one call, which counts until it is released. Nothing if it has to wait.
    std::optional<Ticket> tryAcquire(RateBucket bucket, Priority priority, Time now);
    /// The call was answered, or will not be.
    void release(Ticket ticket, Time now);

    /// A call that has left without being asked for: it counts from now.
    void count(RateBucket bucket, Time now);

    /// Of the last 10 s.
    LimiterState state(Time now) const;
    /// Adds the state of an earlier run, whose calls count in every window, as nothing tells what they were.
    void restore(const LimiterState &state);

    /// An answer 29001; any other answer.
    void throttled(Time now, std::chrono::seconds retryAfter = {}) { m_backoff.throttled(now, retryAfter); }
    void answered(Time now) { m_backoff.answered(now); }

    /// When there will be room, if no other call leaves; `now` if there is. Absent if an answer must come first.
    std::optional<Time> roomAt(RateBucket bucket, Priority priority, Time now) const;
    /// When each of these calls could leave, one after the other, should those in flight be answered at once. An
    /// estimate.
    std::vector<Time> forecast(const std::vector<Waiting> &calls, Time now) const;

    /// The program's own calls in any 10 s: all, and those that may leave now.
    int callLimit(Time now) const;
    int freeCalls(Time now) const;
    /// Zero when not paused, or not at half speed.
    std::chrono::milliseconds pausedFor(Time now) const;
    std::chrono::milliseconds halfSpeedFor(Time now) const;

private:
    struct Call {
        Ticket ticket = 0;
        /// Absent of a call of an earlier run.
        std::optional<RateBucket> bucket;
        /// Absent while in flight.
        std::optional<Time> endedAt;
    };
    enum class Counted { Endpoint, Signed, Cancels };
    struct Window {
        RateLimit limit;
        Counted counted = Counted::Signed;
        /// For Counted::Endpoint.
        RateBucket bucket = RateBucket::Cancel;
    };

    std::vector<Window> windowsOf(RateBucket bucket, Priority priority, Time now) const;
    static bool counts(const Window &window, const Call &call);
    std::optional<Time> roomIn(const Window &window, Time now) const;
    int countIn(const Window &window, Time now) const;
    void forgetOld(Time now);

    std::vector<Call> m_calls;
    Ticket m_lastTicket = 0;
    Backoff m_backoff;
};

} // namespace countermand
