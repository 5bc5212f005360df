#pragma once

#include <chrono>
#include <optional>

namespace countermand {

/// Notices that the computer slept: then its clock has run on and the program has not. Pure: times are arguments.
class WakeWatch
{
public:
    /// How often look() should be called.
    static constexpr std::chrono::milliseconds interval{2000};

    /// `now` on the monotonic clock (which may or may not run while the computer sleeps), `wall` on one that does
    /// (BootClock). After a sleep (or a stop of the program) of more than a few seconds: how much the monotonic clock
    /// has missed of it, which is zero where that clock ran on.
    std::optional<std::chrono::milliseconds> look(std::chrono::steady_clock::time_point now,
                                                  std::chrono::milliseconds wall);

private:
    std::optional<std::chrono::steady_clock::time_point> m_now;
    std::chrono::milliseconds m_wall{0};
};

} // namespace countermand
