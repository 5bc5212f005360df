#pragma once

#include <chrono>
#include <deque>

namespace countermand {

/// What follows from the exchange's "too often" answers: pauses of 3 s doubling to 30 s, and after three such answers
/// in 10 s a pause of 30 s and half speed for 5 minutes. Pure: time is an argument.
class Backoff
{
public:
    using Time = std::chrono::steady_clock::time_point;

    /// An answer 29001. `retryAfter`: what it asks for, which lengthens the pause.
    void throttled(Time now, std::chrono::seconds retryAfter = {});
    /// Any other answer. The doubling starts anew once no "too often" has come for 10 s.
    void answered(Time now);

    /// What an earlier run was told; adds to what is known.
    void restore(Time pausedUntil, Time halfSpeedUntil);

    /// Nothing may leave before this moment.
    Time pausedUntil() const { return m_pausedUntil; }
    bool isHalfSpeed(Time now) const { return now < m_halfSpeedUntil; }
    Time halfSpeedUntil() const { return m_halfSpeedUntil; }

private:
    std::chrono::seconds m_nextPause{3};
    Time m_pausedUntil;
    Time m_halfSpeedUntil;
    std::deque<Time> m_recent;
};

} // namespace countermand
