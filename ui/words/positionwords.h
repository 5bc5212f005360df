#pragma once

#include "workflow/laststop.h"
#include "workflow/positionbook.h"

#include <QList>
#include <QString>

namespace countermand {

/// Positions, and what a cancel means for them, in words. Pure.

/// What is known, beside the order itself, of what its cancel does.
struct CancelEffect {
    /// Positions are read; else nothing is said of them.
    bool isTold = false;
    OrderPosition position{};
    StopsLeft stops{};

    friend bool operator==(const CancelEffect &, const CancelEffect &) = default;
};

/// "▲ long 12 at 94,800.0"; without an entry price "▲ long 12".
QString positionText(const Position &position);
/// The same of what an order belongs to: "—" for none, "?" where it isn't known; of several the sum, "▲ long 17 of
/// 2".
QString positionText(const PositionTie &tie);
/// What the cell's "?" and "—" mean, and what is likely only; empty where the text says all.
QString positionTip(const OrderPosition &position);
/// "no position", "too large" with a mark in front; empty for none. It stands in the row.
QString lossBadge(const PositionLoss &loss);
/// "No position belongs to this order."; empty where that isn't known.
QString orphanNotice(const OrderPosition &position, const Order &order);
/// "BTC-USDT long 12 (entry 94,800.0) then has no stop loss.", a line each; that it isn't known; or nothing.
QString lastStopNotice(const StopsLeft &left);
/// "about 105.26 USDT": the margin that opening orders hold, where CoinW names it. Empty where it names none.
QString freesText(const QList<Order> &orders);
/// "3 without a position"; empty for 0.
QString orphanCountText(qsizetype count);

} // namespace countermand
