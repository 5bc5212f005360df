#include "ui/table/rowguard.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace countermand {

namespace {

constexpr auto restTime = 5s;
constexpr auto navigationTime = 600ms;

} // namespace

void RowGuard::pointerMoved(Time now)
{
    m_pointer = now;
}

void RowGuard::pointerLeft()
{
    m_pointer.reset();
    m_buttonDown = false;
}

bool RowGuard::holds(Time now) const
{
    if (m_buttonDown || (m_navigated && now - *m_navigated < navigationTime))
        return true;
    return m_pointer && (!m_endsByRest || now - *m_pointer < restTime);
}

std::optional<std::chrono::milliseconds> RowGuard::endsIn(Time now) const
{
    if (!holds(now) || m_buttonDown || (m_pointer && !m_endsByRest))
        return {};
    Time end = now;
    if (m_pointer)
        end = std::max(end, *m_pointer + restTime);
    if (m_navigated)
        end = std::max(end, *m_navigated + navigationTime);
    return std::chrono::ceil<std::chrono::milliseconds>(end - now);
}

} // namespace countermand
