#pragma once

#include "workflow/listlook.h"

#include <optional>

namespace countermand {

struct FeedStatus;

/// How many orders are open, as far as that is known.
struct OpenCount {
    enum class Knowledge {
        Unknown, ///< nothing was read
        AtLeast, ///< so many are listed, and there may be more
        Exact,   ///< every list was read whole, and the exchange counted no more afterwards
    };
    Knowledge knowledge = Knowledge::Unknown;
    int listed = 0;
    /// The exchange's own count, where it has been above the list for a while; then there are more.
    std::optional<int> reported{};

    friend bool operator==(const OpenCount &, const OpenCount &) = default;
};

/// `listed`: orders that are listed and have not ended.
OpenCount openCount(const FeedStatus &feed, int listed, TimePoint now);

/// The exchange counts more orders than are listed, and not just for a moment: count and list are read one after the
/// other.
bool isCountAbove(const FeedStatus &feed, TimePoint now);

} // namespace countermand
