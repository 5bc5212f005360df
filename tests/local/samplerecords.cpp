#include "samplerecords.h"

#include "domain/qtversions.h"

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

bool same(const std::optional<Decimal> &left, const std::optional<Decimal> &right)
{
    return left.has_value() == right.has_value() && (!left || left->toText() == right->toText());
}

QDateTime instant(int milliseconds)
{
    return QDateTime(QDate(2026, 2, 28), QTime(23, 59, 59), inUtc).addMSecs(milliseconds);
}

} // namespace

QList<CancelStage> allStages()
{
    return {CancelStage::Waiting,
            CancelStage::Sending,
            CancelStage::Accepted,
            CancelStage::AcceptedStillListed,
            CancelStage::AcceptedUnconfirmed,
            CancelStage::Canceled,
            CancelStage::CanceledAfterPartFill,
            CancelStage::FilledThoughAccepted,
            CancelStage::GoneLookingUp,
            CancelStage::GoneFilled,
            CancelStage::GoneCanceledEarlier,
            CancelStage::GoneNoRecord,
            CancelStage::Rejected,
            CancelStage::NotSent,
            CancelStage::UnknownChecking,
            CancelStage::UnknownCanceled,
            CancelStage::UnknownFilled,
            CancelStage::UnknownStillOpen,
            CancelStage::UnknownUnresolved};
}

CancelRecord smallestRecord()
{
    CancelRecord record;
    record.cancelId = u"c-1"_s;
    record.account.id = u"practice"_s;
    record.account.environment = Environment::Practice;
    record.order.id = OrderId(u"1"_s);
    return record;
}

CancelRecord fullestRecord()
{
    const auto number = [](QStringView text) { return Decimal::fromText(text); };
    CancelRecord record;
    record.cancelId = u"6f2b6c1e-7d1a-4d7e-9a53-0f1f6e2b8c11"_s;
    record.account = {u"1d5c"_s, u"Grüße \"A\" \\ 東京"_s, Environment::TestServer, u"127.0.0.1:8443"_s, 7};
    record.order.id = OrderId(u"9223372036854775807"_s);
    record.order.instrument = u"BTC"_s;
    record.order.base = u"BTC"_s;
    record.order.quote = u"USDT"_s;
    record.order.positionSide = PositionSide::Short;
    record.order.positionSideWord = u"short"_s;
    record.order.positionEffect = PositionEffect::Close;
    record.order.positionEffectWord = u"close"_s;
    record.order.type = OrderType::Other;
    record.order.typeWord = u"line\nbreak\ttab\u0001\u2028😀"_s;
    record.order.price = number(u"95400.10");
    record.order.marketPrice = true;
    record.order.triggerPrice = number(u"0.0000123");
    record.order.takeProfitPrice = number(u"1e-7");
    record.order.stopLossPrice = number(u"-0.50");
    record.order.callback = Callback{Decimal::fromText(u"0.0050").value(), Callback::Unit::Fraction};
    record.order.quantity = number(u"100");
    record.order.filledQuantity = number(u"0");
    record.order.remainingQuantity = number(u"100.000");
    record.order.lotSize = number(u"0.00100");
    record.order.leverage = number(u"20");
    record.order.marginMode = MarginMode::Cross;
    record.order.clientOrderId = u"=cmd|'/c calc'!A1"_s;
    record.order.source = u"api"_s;
    record.order.positionId = u"2435521222600000004"_s;
    record.order.placedAt = instant(1);
    record.order.updatedAt = instant(20);
    record.stage = CancelStage::Rejected;
    CancelOutcome outcome;
    outcome.kind = CancelOutcomeKind::Rejected;
    outcome.refusal = Refusal::Clock;
    outcome.cause = ApiError::Cause::Refused;
    outcome.code = 0;
    outcome.httpStatus = 401;
    outcome.message = u"{\"code\":1}\r\n订单不存在"_s + QChar(u'\0') + u'x';
    outcome.latency = std::chrono::milliseconds(7999);
    outcome.clockDifference = std::chrono::milliseconds(-90000);
    record.outcome = outcome;
    record.recordedAt = instant(100);
    record.sentAt = instant(101);
    record.answeredAt = instant(900);
    record.settledAt = instant(1000);
    record.filledQuantity = number(u"3.10");
    record.averagePrice = number(u"64000.123456789");
    record.canceledAt = instant(950);
    record.settledBy = SettledBy::History;
    record.filledAtLeast = number(u"2");
    record.evidence = {u"list plan begun 10 ms after the request ended: whole, not listed"_s, u"=1+1"_s};
    record.correctedAt = instant(2000);
    record.listedBy = {{ListKind::Plan, {}}, {ListKind::Trigger, u"1000PEPE"_s}};
    record.listedAt = instant(90);
    record.listedFilled = number(u"1.0");
    record.recordsBackTo = instant(80);
    record.reason = u"no answer in 8 s"_s;
    record.waitEstimate = std::chrono::milliseconds(2500);
    return record;
}

CancelRecord recordNamed(const QString &cancelId, CancelStage stage, const QDateTime &recordedAt)
{
    CancelRecord record = smallestRecord();
    record.cancelId = cancelId;
    record.stage = stage;
    record.recordedAt = recordedAt;
    return record;
}

namespace {

std::optional<Decimal> callback(const Order &order)
{
    return order.callback ? std::optional(order.callback->number) : std::nullopt;
}

} // namespace

QString firstDifference(const CancelRecord &left, const CancelRecord &right)
{
    const Order &a = left.order;
    const Order &b = right.order;
    const struct {
        const char *name;
        bool same;
    } fields[] = {
        {"cancelId", left.cancelId == right.cancelId},
        {"account", left.account == right.account},
        {"order", a == b},
        {"price", same(a.price, b.price)},
        {"triggerPrice", same(a.triggerPrice, b.triggerPrice)},
        {"takeProfitPrice", same(a.takeProfitPrice, b.takeProfitPrice)},
        {"stopLossPrice", same(a.stopLossPrice, b.stopLossPrice)},
        {"callback", same(callback(a), callback(b))},
        {"quantity", same(a.quantity, b.quantity)},
        {"filledQuantity of the order", same(a.filledQuantity, b.filledQuantity)},
        {"remainingQuantity", same(a.remainingQuantity, b.remainingQuantity)},
        {"leverage", same(a.leverage, b.leverage)},
        {"lotSize", same(a.lotSize, b.lotSize)},
        {"marginMode", a.marginMode == b.marginMode},
        {"stage", left.stage == right.stage},
        {"outcome", left.outcome == right.outcome},
        {"recordedAt", left.recordedAt == right.recordedAt},
        {"sentAt", left.sentAt == right.sentAt},
        {"answeredAt", left.answeredAt == right.answeredAt},
        {"settledAt", left.settledAt == right.settledAt},
        {"filledQuantity", same(left.filledQuantity, right.filledQuantity)},
        {"averagePrice", same(left.averagePrice, right.averagePrice)},
        {"canceledAt", left.canceledAt == right.canceledAt},
        {"settledBy", left.settledBy == right.settledBy},
        {"filledAtLeast", same(left.filledAtLeast, right.filledAtLeast)},
        {"evidence", left.evidence == right.evidence},
        {"correctedAt", left.correctedAt == right.correctedAt},
        {"listedBy", left.listedBy == right.listedBy},
        {"listedAt", left.listedAt == right.listedAt},
        {"listedFilled", same(left.listedFilled, right.listedFilled)},
        {"recordsBackTo", left.recordsBackTo == right.recordsBackTo},
        {"reason", left.reason == right.reason},
        {"waitEstimate", left.waitEstimate == right.waitEstimate},
    };
    for (const auto &field : fields) {
        if (!field.same)
            return QLatin1StringView(field.name);
    }
    return {};
}

} // namespace countermand
