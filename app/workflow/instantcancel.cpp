#include "workflow/instantcancel.h"

using namespace std::chrono_literals;

namespace countermand {

namespace {

constexpr auto calmAtFirst = 5s;
constexpr auto calmBetween = 1s;

bool isPlainAndUntouched(const Order &order)
{
    return order.type == OrderType::Limit && order.positionEffect == PositionEffect::Open && !isProtective(order) &&
           order.filledQuantity && order.filledQuantity->isZero() && !isPartlyFilled(order) && !order.unread;
}

} // namespace

bool mayCancelAtOnce(const Order &order, const InstantGuard &guard)
{
    return guard.isOn && isPlainAndUntouched(order) && !isOlder(guard.age, freshFor) &&
           guard.sinceOpened >= calmAtFirst && (!guard.sinceLast || *guard.sinceLast >= calmBetween);
}

} // namespace countermand
