#pragma once

namespace countermand {

/// Gives every OrdersView an accessible interface of its own: a table as Qt's own is, whose Action cells offer
/// "Press" before "Toggle". Pressing one opens the question about its order. May be called again.
void installAccessibleOrders();

} // namespace countermand
