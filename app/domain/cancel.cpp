#include "domain/cancel.h"

#include <array>
#include <utility>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr int codeNoSuchOrder = 9012;
constexpr int codePermission = 6003;
constexpr auto clockOffLimit = 5s;

Refusal refusalOf(const ApiError &error, const Order &order)
{
    if (error.kind == ApiError::Kind::Throttled)
        return Refusal::RateLimit;
    if (error.kind == ApiError::Kind::Unauthorized) {
        if (error.code == codePermission)
            return Refusal::Permission;
        if (error.clockDifference && std::chrono::abs(*error.clockDifference) >= clockOffLimit)
            return Refusal::Clock;
        return Refusal::SignIn;
    }
    switch (order.type) {
    case OrderType::Trigger:
    case OrderType::TrailingStop:
    case OrderType::TakeProfit:
    case OrderType::StopLoss:
        return Refusal::NotPossibleHere;
    case OrderType::Limit:
    case OrderType::Market:
    case OrderType::Other:
        break;
    }
    return Refusal::Other;
}

constexpr std::array stageWords{
    std::pair{CancelStage::Waiting, "waiting"_L1},
    std::pair{CancelStage::Sending, "sending"_L1},
    std::pair{CancelStage::Accepted, "accepted"_L1},
    std::pair{CancelStage::AcceptedStillListed, "acceptedStillListed"_L1},
    std::pair{CancelStage::AcceptedUnconfirmed, "acceptedUnconfirmed"_L1},
    std::pair{CancelStage::Canceled, "canceled"_L1},
    std::pair{CancelStage::CanceledAfterPartFill, "canceledAfterPartFill"_L1},
    std::pair{CancelStage::FilledThoughAccepted, "filledThoughAccepted"_L1},
    std::pair{CancelStage::GoneLookingUp, "goneLookingUp"_L1},
    std::pair{CancelStage::GoneFilled, "goneFilled"_L1},
    std::pair{CancelStage::GoneCanceledEarlier, "goneCanceledEarlier"_L1},
    std::pair{CancelStage::GoneNoRecord, "goneNoRecord"_L1},
    std::pair{CancelStage::Rejected, "rejected"_L1},
    std::pair{CancelStage::NotSent, "notSent"_L1},
    std::pair{CancelStage::UnknownChecking, "unknownChecking"_L1},
    std::pair{CancelStage::UnknownCanceled, "unknownCanceled"_L1},
    std::pair{CancelStage::UnknownFilled, "unknownFilled"_L1},
    std::pair{CancelStage::UnknownStillOpen, "unknownStillOpen"_L1},
    std::pair{CancelStage::UnknownUnresolved, "unknownUnresolved"_L1},
};

} // namespace

CancelOutcome outcomeOf(const Result<CancelAck> &result, const Order &order)
{
    CancelOutcome outcome;
    if (result) {
        outcome.kind = CancelOutcomeKind::Accepted;
        outcome.code = 0;
        outcome.latency = result->latency;
        return outcome;
    }

    const ApiError &error = result.error();
    outcome.code = error.code;
    outcome.httpStatus = error.httpStatus;
    outcome.message = error.message;
    outcome.latency = error.latency;
    outcome.clockDifference = error.clockDifference;
    switch (error.kind) {
    case ApiError::Kind::NotSent:
        outcome.kind = CancelOutcomeKind::NotSent;
        outcome.cause = error.cause;
        break;
    case ApiError::Kind::Malformed:
    case ApiError::Kind::Unknown:
        outcome.kind = CancelOutcomeKind::Unknown;
        outcome.cause = error.cause;
        break;
    case ApiError::Kind::Throttled:
    case ApiError::Kind::Unauthorized:
    case ApiError::Kind::Rejected:
        if (error.code == codeNoSuchOrder) {
            outcome.kind = CancelOutcomeKind::AlreadyClosed;
        } else {
            outcome.kind = CancelOutcomeKind::Rejected;
            outcome.refusal = refusalOf(error, order);
        }
        break;
    }
    return outcome;
}

bool isFinal(CancelStage stage)
{
    switch (stage) {
    case CancelStage::Canceled:
    case CancelStage::CanceledAfterPartFill:
    case CancelStage::FilledThoughAccepted:
    case CancelStage::GoneFilled:
    case CancelStage::GoneCanceledEarlier:
    case CancelStage::Rejected:
    case CancelStage::NotSent:
    case CancelStage::UnknownCanceled:
    case CancelStage::UnknownFilled:
    case CancelStage::UnknownStillOpen:
        return true;
    case CancelStage::Waiting:
    case CancelStage::Sending:
    case CancelStage::Accepted:
    case CancelStage::AcceptedStillListed:
    case CancelStage::AcceptedUnconfirmed:
    case CancelStage::GoneLookingUp:
    case CancelStage::GoneNoRecord:
    case CancelStage::UnknownChecking:
    case CancelStage::UnknownUnresolved:
        break;
    }
    return false;
}

bool isInFlight(CancelStage stage)
{
    return stage == CancelStage::Waiting || stage == CancelStage::Sending;
}

bool blocksAnotherCancel(CancelStage stage)
{
    // §5.1: once CoinW has accepted a cancel and still lists the order, the row's Cancel works again.
    return !isFinal(stage) && stage != CancelStage::AcceptedStillListed;
}

QString stageWord(CancelStage stage)
{
    for (const auto &[known, word] : stageWords) {
        if (known == stage)
            return word;
    }
    return {};
}

std::optional<CancelStage> stageFromWord(const QString &word)
{
    for (const auto &[stage, known] : stageWords) {
        if (known == word)
            return stage;
    }
    return {};
}

} // namespace countermand
