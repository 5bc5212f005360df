#pragma once

#include "domain/order.h"
#include "domain/result.h"

#include <QString>

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
    Other,           ///< E1
    SignIn,          ///< E2: 6000 to 6099 but 6003, HTTP 401 and 403
    Permission,      ///< E3: 6003
    Clock,           ///< E4: sign-in refused while the clocks differed by 5 s or more
    NotPossibleHere, ///< E5: a conditional, take profit, stop loss or trailing order was refused
    RateLimit,       ///< R2: 29001, HTTP 429
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

/// Where one cancel stands, from the click to the proof. Letters: the toast of ux-design §13.
enum class CancelStage {
    Waiting,               ///< recorded, not sent yet: queue or rate limit (R1)
    Sending,               ///< S0
    Accepted,              ///< S0a
    AcceptedStillListed,   ///< S3
    AcceptedUnconfirmed,   ///< S4
    Canceled,              ///< S1
    CanceledAfterPartFill, ///< S2
    FilledThoughAccepted,  ///< S5
    GoneLookingUp,         ///< W1
    GoneFilled,            ///< W1a
    GoneCanceledEarlier,   ///< W1b
    GoneNoRecord,          ///< W1c
    Rejected,              ///< E1 to E5, R2
    NotSent,               ///< N1 to N3, or stopped
    UnknownChecking,       ///< U1
    UnknownCanceled,       ///< U2
    UnknownFilled,         ///< U3
    UnknownStillOpen,      ///< U4
    UnknownUnresolved,     ///< U5
};

/// Nothing more will be learned by itself. GoneNoRecord and UnknownUnresolved are not final: the user may check again
/// and the next start looks once more.
bool isFinal(CancelStage stage);

/// The request may still leave or be under way: the order cannot be canceled again meanwhile.
bool isInFlight(CancelStage stage);

/// While this holds the order's cancel controls are off (§4: Canceling or Checking, or result unknown).
bool blocksAnotherCancel(CancelStage stage);

/// Word of a stage for the journal ("accepted"), and back. Nothing for an unknown word.
QString stageWord(CancelStage stage);
std::optional<CancelStage> stageFromWord(const QString &word);

} // namespace countermand
