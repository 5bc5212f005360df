#pragma once

#include "domain/order.h"
#include "domain/result.h"

#include <QLatin1StringView>
#include <QString>

#include <array>
#include <chrono>
#include <optional>

namespace countermand {

/// The exchange took a cancel request (code 0). Not yet a proof that the order is gone.
struct CancelAck {
    /// From sending to the answer.
    std::chrono::milliseconds latency{0};
};

/// What is known when the request has ended. The closed set: every cancel ends in one of these.
enum class CancelOutcomeKind {
    Accepted,      ///< code 0
    AlreadyClosed, ///< code 9012: no such open order
    Rejected,      ///< refused, with code and text
    NotSent,       ///< the body was never asked for
    Unknown,       ///< it may have been acted on
};

/// Why the exchange refused; decides the words and the action offered.
enum class Refusal {
    None,
    Other,           ///< any other refusal
    SignIn,          ///< 6000 to 6099 but 6003
    Permission,      ///< 6003
    Clock,           ///< sign-in refused while the clocks differed by 5 s or more
    NotPossibleHere, ///< a conditional, take profit, stop loss or trailing order was refused
    RateLimit,       ///< 29001
};

struct CancelOutcome {
    CancelOutcomeKind kind = CancelOutcomeKind::Unknown;
    Refusal refusal = Refusal::None;
    /// For NotSent and Unknown.
    std::optional<ApiError::Cause> cause;
    std::optional<int> code;
    int httpStatus = 0;
    /// As in ApiError::message.
    QString message;
    std::chrono::milliseconds latency{0};
    std::optional<std::chrono::milliseconds> clockDifference;

    friend bool operator==(const CancelOutcome &, const CancelOutcome &) = default;
};

/// The outcome of a cancel of `order`, from the answer alone. Source: CoinW, cancel-an-order and error-codes pages.
CancelOutcome outcomeOf(const Result<CancelAck> &result, const Order &order);

/// Where one cancel stands, from the click to the proof. Its toast: docs/design.md, Outcomes.
enum class CancelStage {
    Waiting,               ///< recorded, not sent yet: queue or rate limit
    Sending,               ///< under way; the order can still fill
    Accepted,              ///< code 0, not yet proven
    AcceptedStillListed,   ///< code 0, yet later lists have the order
    AcceptedUnconfirmed,   ///< code 0, but the lists can't be read
    Canceled,              ///< proven
    CanceledAfterPartFill, ///< proven, but part of it had filled before
    CanceledFillUnknown,   ///< gone by our cancel, but how much had filled is not known
    FilledThoughAccepted,  ///< code 0, yet the records show it filled
    GoneLookingUp,         ///< 9012: how it ended is looked up
    GoneFilled,            ///< 9012: it had filled
    GoneCanceledEarlier,   ///< 9012: it was canceled before
    GoneNoRecord,          ///< 9012: no record of its end yet
    Rejected,              ///< refused; Refusal says why
    NotSent,               ///< CoinW can't have it: stopped, dropped, or no connection
    UnknownChecking,       ///< in doubt: it is looked up
    UnknownCanceled,       ///< in doubt: the records show it canceled
    UnknownFilled,         ///< in doubt: it filled before
    UnknownStillOpen,      ///< in doubt: two later lists have it
    UnknownUnresolved,     ///< in doubt: neither open nor in the records
    CorrectedFilled,       ///< said to be canceled, and later records show it filled
    CorrectedPartFill,     ///< said to be canceled, and later records show another part filled
    CorrectedFillUnknown,  ///< said to be canceled unfilled, and later records show a trade, but not how much
    CorrectedStillOpen,    ///< said to be canceled, and later lists have it open
};

/// What is known of the order at a stage of its cancel.
enum class CancelFinding {
    Asked,    ///< nothing yet: the cancel waits, is on its way, or has been accepted
    LookedUp, ///< nothing yet: it is being looked up
    NotFound, ///< looked up in vain: the user may check again, and the next start looks once more
    Canceled, ///< final, as the next two
    Filled,
    Open, ///< not canceled by us, and open as far as we know
};

/// What a cancel counts as among others.
enum class CancelCount {
    Waiting,  ///< not sent yet, under way, or accepted and not proved yet
    Canceled, ///< also after a part fill
    Gone,     ///< filled, or canceled before we sent
    Failed,   ///< refused by the exchange, or found to be still open, also after code 0
    NotSent,  ///< the exchange never got it
    Unknown,  ///< in doubt: nothing proves how the order ended, or whether it did
};

/// All that is to be known of a stage itself; each has one line in `cancelStages`.
struct CancelStageFacts {
    CancelStage stage;
    /// For the journal; never changes.
    QLatin1StringView word;
    CancelFinding finding;
    CancelCount countsAs;
    /// While this holds the order's cancel controls are off: the request may still act, or its result is unknown.
    bool blocksAnotherCancel;
    /// Only the user or a later look can change what was found.
    bool hasResult;
    /// Nobody can tell the end of it yet: the order's row may not leave unexplained.
    bool holdsRow;
};

namespace detail {

constexpr auto makeCancelStages()
{
    using namespace Qt::StringLiterals;
    using S = CancelStage;
    using F = CancelFinding;
    using C = CancelCount;
    // Once the exchange has accepted a cancel and still lists the order, the row's Cancel works again.
    // Columns: blocks another cancel, has a result, holds its row.
    return std::to_array<CancelStageFacts>({
        {S::Waiting, "waiting"_L1, F::Asked, C::Waiting, true, false, false},
        {S::Sending, "sending"_L1, F::Asked, C::Waiting, true, false, true},
        {S::Accepted, "accepted"_L1, F::Asked, C::Waiting, true, false, false},
        {S::AcceptedStillListed, "acceptedStillListed"_L1, F::LookedUp, C::Failed, false, true, false},
        {S::AcceptedUnconfirmed, "acceptedUnconfirmed"_L1, F::NotFound, C::Unknown, true, true, false},
        {S::Canceled, "canceled"_L1, F::Canceled, C::Canceled, false, true, false},
        {S::CanceledAfterPartFill, "canceledAfterPartFill"_L1, F::Canceled, C::Canceled, false, true, false},
        {S::CanceledFillUnknown, "canceledFillUnknown"_L1, F::Canceled, C::Unknown, false, true, false},
        {S::FilledThoughAccepted, "filledThoughAccepted"_L1, F::Filled, C::Gone, false, true, false},
        {S::GoneLookingUp, "goneLookingUp"_L1, F::LookedUp, C::Waiting, true, false, false},
        {S::GoneFilled, "goneFilled"_L1, F::Filled, C::Gone, false, true, false},
        {S::GoneCanceledEarlier, "goneCanceledEarlier"_L1, F::Canceled, C::Gone, false, true, false},
        {S::GoneNoRecord, "goneNoRecord"_L1, F::NotFound, C::Unknown, true, true, false},
        {S::Rejected, "rejected"_L1, F::Open, C::Failed, false, true, false},
        {S::NotSent, "notSent"_L1, F::Open, C::NotSent, false, true, false},
        {S::UnknownChecking, "unknownChecking"_L1, F::LookedUp, C::Unknown, true, false, true},
        {S::UnknownCanceled, "unknownCanceled"_L1, F::Canceled, C::Canceled, false, true, false},
        {S::UnknownFilled, "unknownFilled"_L1, F::Filled, C::Gone, false, true, false},
        {S::UnknownStillOpen, "unknownStillOpen"_L1, F::Open, C::Failed, false, true, false},
        {S::UnknownUnresolved, "unknownUnresolved"_L1, F::NotFound, C::Unknown, true, true, false},
        {S::CorrectedFilled, "correctedFilled"_L1, F::Filled, C::Gone, false, true, false},
        {S::CorrectedPartFill, "correctedPartFill"_L1, F::Canceled, C::Canceled, false, true, false},
        {S::CorrectedFillUnknown, "correctedFillUnknown"_L1, F::Canceled, C::Unknown, false, true, false},
        {S::CorrectedStillOpen, "correctedStillOpen"_L1, F::Open, C::Failed, false, true, false},
    });
}

} // namespace detail

/// In the order of CancelStage.
inline constexpr auto cancelStages = detail::makeCancelStages();
static_assert(cancelStages.size() == size_t(CancelStage::CorrectedStillOpen) + 1, "each stage has one line");
static_assert(
    [] {
        for (size_t i = 0; i < cancelStages.size(); ++i) {
            if (cancelStages[i].stage != CancelStage(i))
                return false;
        }
        return true;
    }(),
    "the lines are in the order of the stages");

constexpr const CancelStageFacts &factsOf(CancelStage stage)
{
    return cancelStages[size_t(stage)];
}

/// Nothing more will be learned by itself, nor by looking again.
constexpr bool isFinal(CancelStage stage)
{
    return factsOf(stage).finding >= CancelFinding::Canceled;
}

/// The program still works on it: it waits, is under way, or is being looked up.
constexpr bool isUnderWay(CancelStage stage)
{
    return factsOf(stage).finding < CancelFinding::NotFound;
}

constexpr bool blocksAnotherCancel(CancelStage stage)
{
    return factsOf(stage).blocksAnotherCancel;
}

/// Word of a stage for the journal ("accepted"), and back. Nothing for an unknown word.
QString stageWord(CancelStage stage);
std::optional<CancelStage> stageFromWord(const QString &word);

} // namespace countermand
