#include "workflow/readslowing.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace countermand {

namespace {

constexpr std::chrono::seconds firstInterval = 2s;
constexpr std::chrono::seconds longestInterval = 60s;
constexpr std::chrono::seconds longestForCancel = 5s;
constexpr int firstServerError = 500;

} // namespace

bool ReadSlowing::slows(const ApiError &error)
{
    switch (error.cause) {
    case ApiError::Cause::ConnectionLost:
    case ApiError::Cause::Redirect:
    case ApiError::Cause::ServerError:
    case ApiError::Cause::Unreadable:
        return true;
    case ApiError::Cause::NoConnection:
    case ApiError::Cause::NotSecure:
    case ApiError::Cause::Stopped:
    case ApiError::Cause::Expired:
    case ApiError::Cause::Refused:
    case ApiError::Cause::Timeout:
        break;
    }
    return false;
}

void ReadSlowing::refused(const ApiError &error, TimePoint now, const QDateTime &utc)
{
    m_doubling = m_slow ? std::min(m_doubling * 2, longestInterval) : firstInterval;
    if (!m_slow)
        m_slow = SlowReads{.sinceUtc = utc};
    m_slow->httpStatus = error.httpStatus;
    m_slow->isServerError = error.cause == ApiError::Cause::ServerError || error.httpStatus >= firstServerError;
    m_slow->largerThanMegabytes = error.largerThanMegabytes;
    m_slow->interval = std::max(m_doubling, error.retryAfter.value_or(0s));
    m_triedAt = now;
    m_nextAt = now + m_slow->interval;
}

TimePoint ReadSlowing::nextAt(bool forCancel) const
{
    if (!m_slow)
        return {};
    return forCancel ? std::min(m_nextAt, m_triedAt + longestForCancel) : m_nextAt;
}

} // namespace countermand
