#include "exchange/backoff.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace countermand {

namespace {

constexpr std::chrono::seconds firstPause = 3s;
constexpr std::chrono::seconds longestPause = 30s;
constexpr std::chrono::seconds memory = 10s;
constexpr size_t warnings = 3;
// CoinW halves every limit itself for this long when its 10-second threshold is overrun (contract sheet, notes).
constexpr std::chrono::minutes halfSpeed = 5min;

} // namespace

void Backoff::throttled(Time now, std::chrono::seconds retryAfter)
{
    while (!m_recent.empty() && now - m_recent.front() > memory)
        m_recent.pop_front();
    m_recent.push_back(now);

    auto pause = m_nextPause;
    if (m_recent.size() >= warnings) {
        pause = longestPause;
        m_halfSpeedUntil = now + halfSpeed;
    }
    m_pausedUntil = std::max(m_pausedUntil, now + std::max(pause, retryAfter));
    m_nextPause = std::min(m_nextPause * 2, longestPause);
}

void Backoff::answered(Time now)
{
    if (m_recent.empty() || now - m_recent.back() >= memory)
        m_nextPause = firstPause;
}

void Backoff::restore(Time pausedUntil, Time halfSpeedUntil)
{
    m_pausedUntil = std::max(m_pausedUntil, pausedUntil);
    m_halfSpeedUntil = std::max(m_halfSpeedUntil, halfSpeedUntil);
}

} // namespace countermand
