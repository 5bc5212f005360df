#include "workflow/listage.h"

#include "workflow/orderfeed.h"

namespace countermand {

ListAge ageSince(const std::optional<TimePoint> &then, TimePoint now)
{
    return then ? ListAge(std::chrono::duration_cast<std::chrono::seconds>(now - *then)) : std::nullopt;
}

ListAge listAge(const FeedStatus &feed, TimePoint now)
{
    return ageSince(feed.wholeAt, now);
}

std::optional<ListAge> conditionalAge(const FeedStatus &feed, TimePoint now)
{
    if (!feed.hasConditionalLists)
        return std::nullopt;
    return ageSince(feed.conditionalAt, now);
}

bool isListOld(const FeedStatus &feed, TimePoint now)
{
    const auto &then = feed.wholeAt ? feed.wholeAt : feed.beganAt;
    return then && isOlder(ageSince(then, now), trustedFor);
}

} // namespace countermand
