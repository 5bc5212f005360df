#include "exchange/lanes.h"

namespace countermand {

int Lanes::takeForRead()
{
    const int next = 1 - m_lastRead;
    const int turn = inFlight(next) <= inFlight(m_lastRead) ? next : m_lastRead;
    const int lane = m_lost.value_or(turn);
    m_lost.reset();
    m_lastRead = lane;
    return take(lane);
}

int Lanes::takeForCancel()
{
    const int other = 1 - m_lastAnswered;
    return take(inFlight(m_lastAnswered) <= inFlight(other) ? m_lastAnswered : other);
}

void Lanes::release(int lane)
{
    --m_inFlight[std::size_t(lane)];
    m_lastAnswered = lane;
}

void Lanes::lost(int lane)
{
    m_lost = lane;
    m_lastAnswered = 1 - lane;
}

int Lanes::take(int lane)
{
    ++m_inFlight[std::size_t(lane)];
    return lane;
}

} // namespace countermand
