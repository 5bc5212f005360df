#pragma once

#include "domain/bootclock.h"

#include <chrono>
#include <functional>
#include <optional>

namespace countermand {

/// When a call went out and came back, on the program's monotonic clock. `sentAt` is absent if it never left.
struct CallTimes {
    std::optional<std::chrono::steady_clock::time_point> sentAt;
    std::chrono::steady_clock::time_point endedAt;
};

/// Time limits of the program's calls.
struct CallTiming {
    /// Whole request, from handing it to the network.
    std::chrono::milliseconds cancelTimeout{8000};
    std::chrono::milliseconds readTimeout{4000};
    /// A cancel that the rate limit blocks for this long in a row, during which no other left either, is dropped
    /// (NotSent, Expired), so that nothing fires late.
    std::chrono::milliseconds queueExpiry{60000};
    /// The same for a cancel that waits because no connection can be made.
    std::chrono::milliseconds offlineExpiry{15000};
    /// A read that could not be written to a connection by then ends as NoConnection. A cancel is not given up so
    /// soon.
    std::chrono::milliseconds connectTimeout{2500};
    /// By which what waits grows old; tests have one of their own.
    std::function<BootClock::time_point()> bootNow = &BootClock::now;
    /// By which calls are counted against the limits; tests have one of their own.
    std::function<std::chrono::steady_clock::time_point()> limiterNow = &std::chrono::steady_clock::now;
};

/// While more cancels than that wait, two calls a second are kept for reads.
inline constexpr int longCancelQueue = 16;

/// How much of the program's own budget is left, for the status line.
struct Budget {
    /// Signed calls that may leave now, of `limit` in any 10 s.
    int free = 50;
    int limit = 50;
    /// Calls waiting in the queue.
    int queued = 0;
    /// The queue is paused after a rate-limit answer for this long; zero if not.
    std::chrono::milliseconds pausedFor{0};
    /// Half speed until then (5 minutes after three rate-limit answers in 10 s); zero if not.
    std::chrono::milliseconds halfSpeedFor{0};

    friend bool operator==(const Budget &, const Budget &) = default;
};

} // namespace countermand
