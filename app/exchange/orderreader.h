#pragma once

#include "domain/credentials.h"
#include "domain/order.h"
#include "domain/result.h"
#include "exchange/listimage.h"
#include "exchange/orderlisting.h"
#include "exchange/rawreply.h"

#include <memory>

namespace countermand {

/// Reads the answer to a list of open orders. With a `base` only what differs from it (OrderListing::isChange). Rows
/// that all lack an id are no list: Malformed. `credentials`: what no text from outside may repeat.
Result<OrderPage> readOrders(ListKind kind, const RawReply &reply, const Credentials &credentials,
                             const std::shared_ptr<const ListImage> &base = {});

} // namespace countermand
