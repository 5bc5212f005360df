#pragma once

#include "workflow/listlook.h"

#include <chrono>
#include <optional>

namespace countermand {

struct FeedStatus;

/// How long ago the list of open orders was last whole. Absent: it never was, which is older than any limit.
using ListAge = std::optional<std::chrono::seconds>;

/// Up to this age the list's values are shown without a word, and an order may be canceled at once.
constexpr std::chrono::seconds freshFor{30};
/// Above this age they are grayed, and a banner says how old they are.
constexpr std::chrono::seconds trustedFor{90};

/// In full seconds.
ListAge listAge(const FeedStatus &feed, TimePoint now);

inline bool isOlder(const ListAge &age, std::chrono::seconds limit)
{
    return !age || *age > limit;
}

/// The list was not whole within `trustedFor`. One that never was counts from when reading began, so that nothing is
/// grayed while the first reads are under way.
bool isListOld(const FeedStatus &feed, TimePoint now);

} // namespace countermand
