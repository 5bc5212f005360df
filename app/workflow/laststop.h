#pragma once

#include "domain/order.h"
#include "domain/position.h"
#include "workflow/openorders.h"
#include "workflow/positionbook.h"

#include <QList>

#include <functional>
#include <map>

namespace countermand {

/// What canceling some orders does to the stops of positions.
struct StopsLeft {
    /// A position that is then covered by fewer contracts than before, and not whole.
    struct Uncovered {
        Position position;
        /// Contracts that still have a stop; zero: none.
        Decimal covered;

        friend bool operator==(const Uncovered &, const Uncovered &) = default;
    };
    QList<Uncovered> positions;
    /// Of at least one order that may be a stop it can't be told what remains.
    bool isUnknown = false;

    friend bool operator==(const StopsLeft &, const StopsLeft &) = default;
};

/// Whether an order can be a stop at all, whatever its position.
bool mayBeStop(const Order &order);

/// Whether what is read of an instrument's take profit, stop loss, trailing and conditional orders is whole and
/// young.
using StopsKnown = std::function<bool(const QString &instrument)>;

/// A stop is a take profit / stop loss order with a stop loss price, a trailing order, or a conditional order that
/// closes and triggers on the losing side of its position's entry; each covers its own contracts. `leaving`: the
/// orders that would be canceled; `open`: all that are open, those of `leaving` too. A position whose own stop loss
/// price no listed order has counts as not known; so does a stop whose cancel is on its way.
StopsLeft stopsLeft(const QList<Order> &leaving, const std::map<OrderId, OrderRow> &open, const PositionBook &book,
                    const StopsKnown &known, TimePoint now);

} // namespace countermand
