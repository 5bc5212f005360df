#include "workflow/opencount.h"

#include "workflow/orderfeed.h"

using namespace std::chrono_literals;

namespace countermand {

namespace {

constexpr auto countDiffersFor = 6s;

} // namespace

bool isCountAbove(const FeedStatus &feed, TimePoint now)
{
    return feed.countDiffersSince && now - *feed.countDiffersSince >= countDiffersFor;
}

OpenCount openCount(const FeedStatus &feed, int listed, TimePoint now)
{
    using enum OpenCount::Knowledge;
    // None of one kind says nothing while other kinds are still to be read.
    if (!feed.anyRead || (listed == 0 && !feed.loaded))
        return {Unknown, 0, {}};
    if (feed.loaded && isCountAbove(feed, now))
        return {AtLeast, listed, feed.openCount};
    const bool exact = feed.complete && feed.counted && !feed.countDiffersSince;
    return {exact ? Exact : AtLeast, listed, {}};
}

} // namespace countermand
