#pragma once

#include <array>
#include <cstddef>
#include <optional>

namespace countermand {

/// Which of the two warm connections takes the next request.
///
/// Reads take turns while both are idle, so that both stay warm and used; a cancel takes the one with nothing in
/// flight that answered last (its connection is the surest), else the one with least in flight.
class Lanes
{
public:
    static constexpr int count = 2;

    int takeForRead();
    int takeForCancel();
    /// A request on `lane` has ended.
    void release(int lane);
    /// The request on `lane` was given up for want of an answer, and its connection with it: cancels take the other
    /// lane, and the next read finds out whether a new connection can be made.
    void lost(int lane);

    int inFlight(int lane) const { return m_inFlight[std::size_t(lane)]; }

private:
    int take(int lane);

    std::array<int, count> m_inFlight{};
    int m_lastRead = count - 1;
    int m_lastAnswered = 0;
    std::optional<int> m_lost;
};

} // namespace countermand
