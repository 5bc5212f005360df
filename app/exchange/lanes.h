#pragma once

#include <array>
#include <cstddef>

namespace countermand {

/// Which of the two warm connections takes the next request.
///
/// Reads take turns while both are idle, so that both stay warm and used; a cancel takes the one with nothing in
/// flight that answered last (its connection is the surest), else the one with least in flight. A lane that was lost
/// takes nothing while the other is good: what finds it again is a connection without a request.
class Lanes
{
public:
    static constexpr int count = 2;

    int takeForRead();
    int takeForCancel();
    /// A request on `lane` has ended.
    void release(int lane);
    /// A request on `lane` brought nothing back, and its connection is not to be trusted: the other one goes on alone
    /// until this one is found again. If both are lost they take turns.
    void lost(int lane);
    /// A connection of `lane` was made, or it answered.
    void found(int lane) { m_lost[std::size_t(lane)] = false; }

    bool isLost(int lane) const { return m_lost[std::size_t(lane)]; }
    int inFlight(int lane) const { return m_inFlight[std::size_t(lane)]; }

private:
    int take(int lane);

    std::array<int, count> m_inFlight{};
    std::array<bool, count> m_lost{};
    int m_lastRead = count - 1;
    int m_lastAnswered = 0;
};

} // namespace countermand
