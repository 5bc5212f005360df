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

void ReadSlowing::Slowed::refused(const ApiError &error, TimePoint now, const QDateTime &utc)
{
    doubling = reads ? std::min(doubling * 2, longestInterval) : firstInterval;
    if (!reads)
        reads = SlowReads{.sinceUtc = utc};
    reads->httpStatus = error.httpStatus;
    reads->isServerError = error.cause == ApiError::Cause::ServerError || error.httpStatus >= firstServerError;
    reads->largerThanMegabytes = error.largerThanMegabytes;
    reads->interval = std::max(doubling, error.retryAfter.value_or(0s));
    triedAt = now;
    nextAt = now + reads->interval;
}

void ReadSlowing::refused(const ApiError &error, TimePoint now, const QDateTime &utc, const Read &read)
{
    m_all.refused(error, now, utc);
    m_each[read].refused(error, now, utc);
}

bool ReadSlowing::answered(const Read &read)
{
    const bool wereAllRefused = m_all.reads && m_all.doubling > firstInterval;
    m_all.reads.reset();
    m_each.erase(read);
    if (wereAllRefused) {
        for (auto &each : m_each)
            each.second.nextAt = {};
    }
    return wereAllRefused;
}

void ReadSlowing::keepOnly(const std::function<bool(const ListSource &)> &isRead)
{
    std::erase_if(m_each, [&isRead](const auto &each) { return each.first && !isRead(*each.first); });
}

TimePoint ReadSlowing::nextAt(bool forCancel) const
{
    if (!m_all.reads)
        return {};
    return forCancel ? std::min(m_all.nextAt, m_all.triedAt + longestForCancel) : m_all.nextAt;
}

TimePoint ReadSlowing::nextOf(const Read &read) const
{
    const auto slowed = m_each.find(read);
    return slowed == m_each.end() ? TimePoint() : slowed->second.nextAt;
}

std::optional<SlowReads> ReadSlowing::state() const
{
    std::optional<SlowReads> state = m_all.reads;
    for (const auto &[read, slowed] : m_each) {
        if (!state)
            state = slowed.reads;
        state->sinceUtc = std::min(state->sinceUtc, slowed.reads->sinceUtc);
        state->interval = std::max(state->interval, slowed.reads->interval);
    }
    return state;
}

} // namespace countermand
