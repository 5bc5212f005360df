#pragma once

#include "domain/account.h"
#include "domain/cancel.h"
#include "domain/decimal.h"
#include "domain/order.h"

#include <QDateTime>
#include <QString>

#include <optional>

namespace countermand {

/// What proved the end of a cancel.
enum class SettledBy { Nothing, Answer, OpenList, Deals, History };

/// Everything about one cancel, from the question to the proof. The journal holds it, the toasts are made from it.
struct CancelRecord {
    /// Our own name of this cancel (a UUID), unique in the journal.
    QString cancelId;
    /// Name of the question about several orders that this cancel belongs to (a UUID); empty for a single one.
    QString batchId;
    /// Whose order; fixed when the question was asked.
    Account account;
    /// The order as it was when the question was asked.
    Order order;

    CancelStage stage = CancelStage::Waiting;
    /// What the answer said. Meaningful from the answer on.
    std::optional<CancelOutcome> outcome;

    /// UTC with milliseconds; invalid until it happened. recordedAt is the write-ahead moment.
    QDateTime recordedAt;
    QDateTime sentAt;
    QDateTime answeredAt;
    QDateTime settledAt;

    /// Contracts filled in the end, and the average price, as the exchange's records say. Absent if they don't.
    std::optional<Decimal> filledQuantity;
    std::optional<Decimal> averagePrice;
    /// When the exchange says the order was canceled, UTC; invalid if unknown.
    QDateTime canceledAt;
    SettledBy settledBy = SettledBy::Nothing;

    /// For AcceptedUnconfirmed: why the list can't be read again; for Waiting: how long it will wait.
    QString reason;
    std::chrono::milliseconds waitEstimate{0};
};

} // namespace countermand
