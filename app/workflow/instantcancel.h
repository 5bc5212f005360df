#pragma once

#include "domain/order.h"
#include "workflow/listage.h"

#include <chrono>
#include <optional>

namespace countermand {

/// What instant cancel looks at besides the order.
struct InstantGuard {
    /// The user turned it on for this account.
    bool isOn = false;
    /// Of the order's row.
    RowAge age{};
    /// Time since the account was opened, switched to or unlocked.
    std::chrono::milliseconds sinceOpened{0};
    /// Time since the last cancel without a question; absent before the first.
    std::optional<std::chrono::milliseconds> sinceLast;
};

/// Whether this order may be canceled without a question (docs/design.md, Instant cancel): a limit order that opens a
/// position and of which nothing has filled, from a fresh list, not right after the account was opened, and not in a
/// burst. What the exchange did not say counts against it.
bool mayCancelAtOnce(const Order &order, const InstantGuard &guard);

} // namespace countermand
