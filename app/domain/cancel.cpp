#include "domain/cancel.h"

using namespace std::chrono_literals;

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
    case OrderType::TakeProfitStopLoss:
        return Refusal::NotPossibleHere;
    case OrderType::Limit:
    case OrderType::Market:
    case OrderType::Other:
        break;
    }
    return Refusal::Other;
}

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

QString stageWord(CancelStage stage)
{
    return factsOf(stage).word;
}

std::optional<CancelStage> stageFromWord(const QString &word)
{
    for (const CancelStageFacts &facts : cancelStages) {
        if (facts.word == word)
            return facts.stage;
    }
    return {};
}

} // namespace countermand
