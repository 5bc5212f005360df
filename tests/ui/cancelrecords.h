// Records of one cancel at every stage, for the tests of its words.
#pragma once

#include "domain/cancelrecord.h"

#include <chrono>

namespace countermand {

inline Account liveAccount()
{
    return {QStringLiteral("id-1"), QStringLiteral("Main account"), Environment::Live,
            QStringLiteral("api.coinw.com"), 1};
}

inline CancelRecord recordAt(CancelStage stage)
{
    CancelRecord record;
    record.cancelId = QStringLiteral("c-1");
    record.account = liveAccount();
    record.order.id = OrderId(QStringLiteral("33308741701971947"));
    record.order.instrument = QStringLiteral("BTC");
    record.order.base = QStringLiteral("BTC");
    record.order.quote = QStringLiteral("USDT");
    record.order.positionSide = PositionSide::Long;
    record.order.positionEffect = PositionEffect::Open;
    record.order.type = OrderType::Limit;
    record.order.price = Decimal::fromText(u"64210.0");
    record.order.quantity = Decimal(5);
    record.order.filledQuantity = Decimal(0);
    record.order.remainingQuantity = Decimal(5);
    record.stage = stage;
    return record;
}

inline CancelOutcome accepted()
{
    CancelOutcome outcome;
    outcome.kind = CancelOutcomeKind::Accepted;
    outcome.code = 0;
    outcome.latency = std::chrono::milliseconds(84);
    return outcome;
}

inline CancelOutcome closed()
{
    CancelOutcome outcome;
    outcome.kind = CancelOutcomeKind::AlreadyClosed;
    outcome.code = 9012;
    outcome.message = QStringLiteral("Position not found.");
    outcome.latency = std::chrono::milliseconds(91);
    return outcome;
}

inline CancelOutcome refused(Refusal refusal, std::optional<int> code, const QString &message, int http = 200)
{
    CancelOutcome outcome;
    outcome.kind = CancelOutcomeKind::Rejected;
    outcome.refusal = refusal;
    outcome.code = code;
    outcome.message = message;
    outcome.httpStatus = http;
    return outcome;
}

inline CancelOutcome failed(CancelOutcomeKind kind, ApiError::Cause cause, const QString &message = {}, int http = 0)
{
    CancelOutcome outcome;
    outcome.kind = kind;
    outcome.cause = cause;
    outcome.message = message;
    outcome.httpStatus = http;
    return outcome;
}

inline CancelRecord with(CancelRecord record, const CancelOutcome &outcome)
{
    record.outcome = outcome;
    return record;
}

} // namespace countermand
