#pragma once

#include "domain/order.h"

#include <QList>

namespace countermand {

class OpenOrders;

/// Which orders one question about several covers.
enum class CancelScope {
    Selected,
    Instrument,     ///< every listed order of the current order's instrument, also those that a filter hides
    InstrumentSide, ///< of these, the ones with the same position side and effect ("Open long")
    Shown,          ///< what the table shows
    Orphans,        ///< every listed order that is known to have lost its position
    All,            ///< every listed order of the account, also those that a filter hides
};

/// The two belong to the same instrument, by the exchange's own name of it.
bool isSameInstrument(const Order &a, const Order &b);
/// Both open or both close the same side of a position.
bool isSameSide(const Order &a, const Order &b);

/// The listed orders of a scope that can be canceled now, in the order in which they will be canceled: as the table
/// shows them, then those that it hides. `current`: whose instrument and side count; empty without one.
QList<Order> ordersInScope(CancelScope scope, const OpenOrders &open, const QList<OrderId> &shown,
                           const QList<OrderId> &selected, const OrderId &current);

} // namespace countermand
