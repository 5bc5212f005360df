#pragma once

#include "domain/account.h"
#include "domain/cancel.h"
#include "domain/decimal.h"
#include "domain/order.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

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
    /// At least so many had filled, where the number itself is not known.
    std::optional<Decimal> filledAtLeast;
    /// When the exchange says the order was canceled, UTC; invalid if unknown.
    QDateTime canceledAt;
    SettledBy settledBy = SettledBy::Nothing;
    /// What the claim rests on, a line for each look and record, in words for programs.
    QStringList evidence;
    /// When records or a list were seen to say otherwise; invalid if they never did. UTC.
    QDateTime correctedAt;

    /// The lists that showed the order; empty in a journal of an earlier version.
    QList<ListSource> listedBy;
    /// When the newest of the looks that listed it was begun, UTC on the exchange's clock; invalid if not known.
    QDateTime listedAt;
    /// Contracts filled as that look said; absent if it did not say.
    std::optional<Decimal> listedFilled;
    /// The exchange's records could be read back to here only, UTC; invalid if they reached far enough.
    QDateTime recordsBackTo;

    /// Why no more is known: what could not be read, or what it leaves open. Empty where nothing is in the way.
    QString reason;
    /// For Waiting: how long it will wait.
    std::chrono::milliseconds waitEstimate{0};
};

} // namespace countermand
