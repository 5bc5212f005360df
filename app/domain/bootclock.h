#pragma once

#include <chrono>

namespace countermand {

/// A clock that nobody sets and that counts while the computer sleeps: what ages are measured by that mean something
/// to a person, and what the exchange's time hangs on. std::chrono::steady_clock stands still during a sleep on
/// Linux.
struct BootClock {
    using duration = std::chrono::nanoseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<BootClock>;
    static constexpr bool is_steady = true;

    static time_point now();
};

/// For arithmetic with other clocks: since this clock's own, arbitrary beginning.
inline std::chrono::milliseconds bootMilliseconds(BootClock::time_point at = BootClock::now())
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch());
}

} // namespace countermand
