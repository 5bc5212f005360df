#include "exchange/lanes.h"

namespace countermand {

int Lanes::takeForRead()
{
    const int next = 1 - m_lastRead;
    int lane = inFlight(next) <= inFlight(m_lastRead) ? next : m_lastRead;
    if (isLost(lane) && !isLost(1 - lane))
        lane = 1 - lane;
    m_lastRead = lane;
    return take(lane);
}

int Lanes::takeForCancel()
{
    const int other = 1 - m_lastAnswered;
    if (isLost(m_lastAnswered) != isLost(other))
        return take(isLost(other) ? m_lastAnswered : other);
    return take(inFlight(m_lastAnswered) <= inFlight(other) ? m_lastAnswered : other);
}

void Lanes::release(int lane)
{
    --m_inFlight[std::size_t(lane)];
    m_lastAnswered = lane;
}

void Lanes::lost(int lane)
{
    m_lost[std::size_t(lane)] = true;
    m_lastAnswered = 1 - lane;
}

int Lanes::take(int lane)
{
    ++m_inFlight[std::size_t(lane)];
    return lane;
}

} // namespace countermand
