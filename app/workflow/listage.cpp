#include "workflow/listage.h"

#include "workflow/orderfeed.h"

namespace countermand {

namespace {

ListAge since(const std::optional<TimePoint> &then, TimePoint now)
{
    return then ? ListAge(std::chrono::duration_cast<std::chrono::seconds>(now - *then)) : std::nullopt;
}

} // namespace

ListAge listAge(const FeedStatus &feed, TimePoint now)
{
    return since(feed.wholeAt, now);
}

bool isListOld(const FeedStatus &feed, TimePoint now)
{
    const auto &then = feed.wholeAt ? feed.wholeAt : feed.beganAt;
    return then && isOlder(since(then, now), trustedFor);
}

} // namespace countermand
