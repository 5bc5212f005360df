#pragma once

#include "workflow/ordersmodel.h"

#include <compare>

namespace countermand {

/// How two rows stand in ascending order of a column: by exact decimals and instants, never by their texts. What is
/// absent comes last; rows that are equal in the column stand by their ids, so only a row equals itself.
std::strong_ordering compareRows(const OrderRow &a, const OrderRow &b, OrdersModel::Column column);

} // namespace countermand
