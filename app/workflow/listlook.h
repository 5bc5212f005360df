#pragma once

#include "domain/listextent.h"
#include "domain/order.h"

#include <QString>

#include <chrono>

namespace countermand {

using TimePoint = std::chrono::steady_clock::time_point;

/// For whoever begins something now; whatever decides by time takes it as an argument.
inline TimePoint clockNow()
{
    return std::chrono::steady_clock::now();
}

/// A look at one list: which one, when, and how much of it was seen. What it showed of an order stands beside it.
struct ListLook {
    ListSource source;
    /// When the request was sent, and when its answer (the last page's) was there.
    TimePoint begunAt;
    TimePoint endedAt;
    ListExtent extent = ListExtent::Whole;
};

/// Why a read brought nothing.
struct ReadFailure {
    QString reason;
    /// The exchange says no to this read and will go on to.
    bool isRefused = false;
};

/// An open order can leave the first list and turn up in the second: a conditional order that triggers.
/// Source: CoinW, get-order-information ("planTrigger" orders stand among the others once they have triggered).
inline bool canMove(const ListSource &from, const ListSource &to)
{
    return from.kind == ListKind::Trigger && (to.kind == ListKind::Plan || to.kind == ListKind::Execute);
}

} // namespace countermand
