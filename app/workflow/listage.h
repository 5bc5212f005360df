#pragma once

#include "workflow/listlook.h"

#include <chrono>
#include <optional>

namespace countermand {

struct FeedStatus;

/// How long ago a list was last read. Absent: it never was, which is older than any limit.
using ListAge = std::optional<std::chrono::seconds>;

/// How old what is shown of an order is: as old as the list it came from.
struct RowAge {
    ListAge age{};
    /// Comes on top of each limit: lists that take turns are never younger.
    std::chrono::seconds allowance{0};

    friend bool operator==(const RowAge &, const RowAge &) = default;
};

/// Up to this age an order's values are shown without a word, and it may be canceled at once.
constexpr std::chrono::seconds freshFor{30};
/// Above this age they are grayed, and a banner says how old they are.
constexpr std::chrono::seconds trustedFor{90};

/// Of the oldest of the four lists that every account has; in full seconds.
ListAge listAge(const FeedStatus &feed, TimePoint now);
/// Of the oldest list of conditional orders; nothing while no instrument has one.
std::optional<ListAge> conditionalAge(const FeedStatus &feed, TimePoint now);
/// In full seconds. A moment that is absent is infinitely long ago.
ListAge ageSince(const std::optional<TimePoint> &then, TimePoint now);

inline bool isOlder(const ListAge &age, std::chrono::seconds limit)
{
    return !age || *age > limit;
}
inline bool isOlder(const RowAge &row, std::chrono::seconds limit)
{
    return isOlder(row.age, limit + row.allowance);
}
/// The older of two, measured against what each is allowed.
inline const RowAge &older(const RowAge &a, const RowAge &b)
{
    if (!a.age || !b.age)
        return a.age ? b : a;
    return *a.age - a.allowance < *b.age - b.allowance ? b : a;
}

/// The list was not whole within `trustedFor`. One that never was counts from when reading began, so that nothing is
/// grayed while the first reads are under way.
bool isListOld(const FeedStatus &feed, TimePoint now);

} // namespace countermand
