#pragma once

#include "domain/result.h"
#include "workflow/listlook.h"

#include <QDateTime>

#include <chrono>
#include <functional>
#include <map>
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
/// more (10 minutes at most). The first good answer ends it. Where one list alone is refused it is that list which is
/// read less and less often, until it has a good answer itself. Cancels don't ask here. Pure: time is an argument.
class ReadSlowing
{
public:
    /// What is read: a list; nothing for the count of open orders, and where there is only one thing to read.
    using Read = std::optional<ListSource>;

    /// Whether an answer slows the reads that follow: not the exchange's own refusals, which have rules of their own,
    /// and not a connection that could not be made.
    static bool slows(const ApiError &error);

    void refused(const ApiError &error, TimePoint now, const QDateTime &utc, const Read &read = {});
    /// True after several refusals in a row: whatever was refused with them may then be read again at once.
    bool answered(const Read &read = {});
    /// Forgets the lists that `isRead` no longer.
    void keepOnly(const std::function<bool(const ListSource &)> &isRead);
    /// The user asks now: the next read goes at once, the interval stays.
    void tryNow(TimePoint now) { m_all.nextAt = now; }

    /// When the next read of anything may begin; one that a cancel waits for comes after 5 s at the latest.
    TimePoint nextAt(bool forCancel) const;
    /// When this one should be read again; long ago where it isn't refused.
    TimePoint nextOf(const Read &read) const;
    /// Since when anything has been refused, and how seldom it is read. Absent while nothing is slowed.
    std::optional<SlowReads> state() const;

private:
    struct Slowed {
        std::optional<SlowReads> reads;
        std::chrono::seconds doubling{0};
        TimePoint triedAt{};
        TimePoint nextAt{};

        void refused(const ApiError &error, TimePoint now, const QDateTime &utc);
    };

    Slowed m_all;
    std::map<Read, Slowed> m_each;
};

} // namespace countermand
