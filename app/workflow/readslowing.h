#pragma once

#include "domain/result.h"
#include "workflow/listlook.h"

#include <QDateTime>

#include <chrono>
#include <optional>

namespace countermand {

/// Since when, why and by how much reads are slowed.
struct SlowReads {
    /// The HTTP status of the latest such answer; 0 where none came.
    int httpStatus = 0;
    /// Both 5xx statuses and code 500 are CoinW's trouble; everything else was said by something on the way to it.
    bool isServerError = false;
    QDateTime sinceUtc;
    /// From the latest of them to the next read.
    std::chrono::seconds interval{0};
    /// See ApiError::largerThanMegabytes.
    std::optional<int> largerThanMegabytes{};

    friend bool operator==(const SlowReads &, const SlowReads &) = default;
};

/// How often may be read while no good answer comes: after 2, 4, 8 … 60 s, or what `Retry-After` asks for if that is
/// more (10 minutes at most). The first good answer ends it. Cancels don't ask here. Pure: time is an argument.
class ReadSlowing
{
public:
    /// Whether an answer slows the reads that follow: not the exchange's own refusals, which have rules of their own,
    /// and not a connection that could not be made.
    static bool slows(const ApiError &error);

    void refused(const ApiError &error, TimePoint now, const QDateTime &utc);
    void answered() { m_slow.reset(); }
    /// The user asks now: the next read goes at once, the interval stays.
    void tryNow(TimePoint now) { m_nextAt = now; }

    /// When the next read may begin; one that a cancel waits for comes after 5 s at the latest.
    TimePoint nextAt(bool forCancel) const;
    /// Absent while nothing is slowed.
    const std::optional<SlowReads> &state() const { return m_slow; }

private:
    std::optional<SlowReads> m_slow;
    std::chrono::seconds m_doubling{0};
    TimePoint m_triedAt{};
    TimePoint m_nextAt{};
};

} // namespace countermand
