#include "workflow/wakewatch.h"

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace countermand {

namespace {

/// Shorter stops are a busy computer.
constexpr auto shortestSleep = 5s;

} // namespace

std::optional<std::chrono::milliseconds> WakeWatch::look(std::chrono::steady_clock::time_point now,
                                                         std::chrono::milliseconds wall)
{
    const auto before = std::exchange(m_now, now);
    const auto wallBefore = std::exchange(m_wall, wall);
    if (!before)
        return {};
    const auto ran = std::chrono::duration_cast<std::chrono::milliseconds>(now - *before);
    const auto passed = std::max(wall - wallBefore, ran);
    if (passed - interval < shortestSleep)
        return {};
    return passed - ran;
}

} // namespace countermand
