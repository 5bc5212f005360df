#include "ui/words/cancelwords.h"

#include "ui/look/plural.h"
#include "ui/words/orderwords.h"
#include "ui/words/replywords.h"

#include <QCoreApplication>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace countermand {

namespace {

struct CancelText {
    Q_DECLARE_TR_FUNCTIONS(countermand::CancelText)
};

/// What waited this long in the queue without times to prove it (docs/design.md, Life of a cancel).
constexpr auto queueLimit = 15s;
/// News of an unknown outcome that comes late, and "Already canceled earlier".
constexpr auto lateNewsTime = 12s;
/// Looking up how an order ended takes 30 s at most; the toast stays for it.
constexpr auto lookUpTime = 40s;
/// "Cancel accepted" must be readable for assistive tools before the proof replaces it.
constexpr auto acceptedHoldTime = 300ms;

QString contracts(const std::optional<Decimal> &number)
{
    return isolated(numberText(number));
}

QString identity(const CancelRecord &record)
{
    return orderIdentity(record.order);
}

std::optional<Decimal> filledInTheEnd(const CancelRecord &record)
{
    return record.filledQuantity ? record.filledQuantity : record.order.filledQuantity;
}

std::optional<Decimal> canceledInTheEnd(const CancelRecord &record)
{
    const std::optional<Decimal> filled = filledInTheEnd(record);
    return filled && record.order.quantity ? record.order.quantity->minus(*filled) : std::nullopt;
}

/// A cancel that was ours although the exchange answered "no such order": its code is noted.
QString withOddCode(const CancelRecord &record, const QString &text)
{
    if (!record.outcome || record.outcome->kind != CancelOutcomeKind::AlreadyClosed)
        return text;
    return CancelText::tr("%1 (%2)", "text, code and message").arg(text, codeAndMessage(record.outcome));
}

qint64 secondsUp(std::chrono::milliseconds span)
{
    return (span.count() + 999) / 1000;
}

qint64 secondsWaited(const CancelRecord &record)
{
    const QDateTime end = record.answeredAt.isValid() ? record.answeredAt : record.settledAt;
    if (!record.recordedAt.isValid() || !end.isValid() || end <= record.recordedAt)
        return queueLimit.count();
    return qMax(qint64(1), (record.recordedAt.msecsTo(end) + 500) / 1000);
}

qint64 clockDifferenceSeconds(const CancelRecord &record)
{
    if (!record.outcome || !record.outcome->clockDifference)
        return 0;
    return (std::chrono::abs(*record.outcome->clockDifference).count() + 500) / 1000;
}

ToastContent sending(const CancelRecord &record)
{
    return {.severity = Severity::Progress,
            .headline = CancelText::tr("Canceling…"),
            .text = CancelText::tr("%1 (it can still fill)").arg(identity(record))};
}

ToastContent waiting(const CancelRecord &record)
{
    if (record.waitEstimate <= 0ms)
        return sending(record);
    return {.severity = Severity::Progress,
            .headline = CancelText::tr("Waiting — rate limit"),
            .text = CancelText::tr("Not sent yet: %1 goes out in about %2 s.")
                        .arg(identity(record), QString::number(secondsUp(record.waitEstimate))),
            .action = ToastAction::Stop};
}

ToastContent canceled(const CancelRecord &record)
{
    QString text = identity(record);
    if (record.outcome) {
        text = CancelText::tr("%1 · %2 ms", "order, latency")
                   .arg(text, QString::number(record.outcome->latency.count()));
    }
    return {.severity = Severity::Success, .headline = CancelText::tr("Canceled"), .text = withOddCode(record, text)};
}

ToastContent canceledAfterPartFill(const CancelRecord &record)
{
    const QString text = CancelText::tr("%1 of %2 had filled, %3 canceled · order …%4")
                             .arg(contracts(filledInTheEnd(record)), contracts(record.order.quantity),
                                  contracts(canceledInTheEnd(record)), record.order.id.tail());
    return {.severity = Severity::Success,
            .headline = CancelText::tr("Canceled after part fill"),
            .text = withOddCode(record, text)};
}

QString clockText(const QDateTime &time)
{
    return isolated(time.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss"_s));
}

/// "(reason)" is never empty: without one, the records simply don't say.
QString unknownFillReason(const CancelRecord &record)
{
    return record.reason.isEmpty() ? CancelText::tr("CoinW's records don't say") : reasonWords(record.reason);
}

ToastContent canceledFillUnknown(const CancelRecord &record)
{
    const QString reason = unknownFillReason(record);
    const QString text =
        record.filledAtLeast
            ? CancelText::tr("%1: gone, but how much had filled is not known: at least %2 of %3 had filled (%4).")
                  .arg(identity(record), contracts(record.filledAtLeast), contracts(record.order.quantity), reason)
            : CancelText::tr("%1: gone, but how much had filled is not known (%2).").arg(identity(record), reason);
    return {.severity = Severity::Warning,
            .headline = CancelText::tr("Canceled — fill not known"),
            .text = text,
            .action = ToastAction::CheckNow,
            .sticky = true};
}

ToastContent corrected(const CancelRecord &record, const QString &headline)
{
    const QString said = clockText(record.settledAt);
    QString text;
    if (record.filledQuantity) {
        text = CancelText::tr("%1: said to be canceled at %2; CoinW's records now show %3 of %4 filled.")
                   .arg(identity(record), said, contracts(record.filledQuantity), contracts(record.order.quantity));
    } else if (record.stage == CancelStage::CorrectedStillOpen) {
        text = CancelText::tr("%1: said to be canceled at %2; CoinW's list now shows it open.")
                   .arg(identity(record), said);
    } else {
        text = CancelText::tr("%1: said to be canceled at %2; CoinW's records now show that some of it filled, but "
                              "not how much.")
                   .arg(identity(record), said);
    }
    return {.severity = Severity::Warning,
            .headline = headline,
            .text = text,
            .action = ToastAction::Details,
            .sticky = true};
}

QString goneNoRecordText(const CancelRecord &record)
{
    const QString reply = codeAndMessage(record.outcome);
    if (record.recordsBackTo.isValid())
        return CancelText::tr("%1 is not open (%2). CoinW's records were read back to %3 only.")
            .arg(identity(record), reply, clockText(record.recordsBackTo));
    if (!record.reason.isEmpty())
        return CancelText::tr("%1: what became of it is not known (%2): %3.")
            .arg(identity(record), reply, reasonWords(record.reason));
    return CancelText::tr("%1 is not open, and CoinW has no record of its end yet (%2).")
        .arg(identity(record), reply);
}

QString unresolvedText(const CancelRecord &record)
{
    if (record.recordsBackTo.isValid())
        return CancelText::tr("%1 is not open. CoinW's records were read back to %2 only. Check it on the "
                              "CoinW website.")
            .arg(identity(record), clockText(record.recordsBackTo));
    if (!record.reason.isEmpty())
        return CancelText::tr("%1: what became of it is not known: %2. Check it on the CoinW website.")
            .arg(identity(record), reasonWords(record.reason));
    return CancelText::tr("%1 is neither open nor in CoinW's records. Check it on the "
                          "CoinW website.")
        .arg(identity(record));
}

QString canceledLateText(const CancelRecord &record)
{
    if (!record.filledQuantity)
        return CancelText::tr("%1: CoinW's records show it as canceled. How much had filled is not known.")
            .arg(identity(record));
    return CancelText::tr("%1: CoinW's records show it as canceled. %2 of %3 had filled.")
        .arg(identity(record), contracts(record.filledQuantity), contracts(record.order.quantity));
}

ToastContent goneLookingUp(const CancelRecord &record)
{
    return {.severity = Severity::Warning,
            .headline = CancelText::tr("Not canceled — already gone"),
            .text = CancelText::tr("%1 is no longer open (%2). Looking up what happened…")
                        .arg(identity(record), codeAndMessage(record.outcome)),
            .minimumTime = lookUpTime};
}

ToastContent goneFilled(const CancelRecord &record)
{
    return {.severity = Severity::Warning,
            .headline = CancelText::tr("Not canceled — already filled"),
            .text = CancelText::tr("%1: %2 of %3 at %4 (CoinW answered %5).")
                        .arg(identity(record), contracts(filledInTheEnd(record)), contracts(record.order.quantity),
                             isolated(numberText(record.averagePrice)), codeAndMessage(record.outcome))};
}

ToastContent goneCanceledEarlier(const CancelRecord &record)
{
    const QDateTime time = record.canceledAt.toLocalTime();
    const QString reply = codeAndMessage(record.outcome);
    const QString text = time.isValid()
                             ? CancelText::tr("%1 was canceled at %2 (%3).")
                                   .arg(identity(record), isolated(time.toString(u"yyyy-MM-dd HH:mm:ss"_s)), reply)
                             : CancelText::tr("%1 was canceled before (%2).").arg(identity(record), reply);
    return {.severity = Severity::Neutral,
            .headline = CancelText::tr("Already canceled earlier"),
            .text = text,
            .minimumTime = lateNewsTime};
}

ToastContent goneNoRecord(const CancelRecord &record)
{
    return {.severity = Severity::Warning,
            .headline = CancelText::tr("Not canceled — already gone"),
            .text = goneNoRecordText(record),
            .action = ToastAction::CheckNow,
            .sticky = true};
}

ToastContent rejected(const CancelRecord &record)
{
    const QString reply = codeAndMessage(record.outcome);
    ToastContent content{.severity = Severity::Error};
    switch (record.outcome ? record.outcome->refusal : Refusal::Other) {
    case Refusal::SignIn:
        content.headline = CancelText::tr("Not canceled — sign-in refused");
        content.text =
            CancelText::tr("%1: CoinW did not accept the API key or signature (%2). Usual causes: a wrong key or "
                           "secret, an IP address that isn't on the key's list, a wrong clock.")
                .arg(identity(record), reply);
        content.action = ToastAction::OpenAccount;
        return content;
    case Refusal::Permission:
        content.headline = CancelText::tr("Not canceled — permission missing");
        content.text = CancelText::tr("%1: This API key may not trade futures (%2). Allow Futures Trading in "
                                      "CoinW's API management.")
                           .arg(identity(record), reply);
        content.action = ToastAction::OpenAccount;
        return content;
    case Refusal::Clock:
        content.headline = CancelText::tr("Not canceled — clock is off");
        content.text = CancelText::tr("%1: This computer's clock differs from CoinW's by %2 s, and the request "
                                      "was refused (%3). Set the clock, then try again.")
                           .arg(identity(record), QString::number(clockDifferenceSeconds(record)), reply);
        return content;
    case Refusal::NotPossibleHere:
        content.headline = CancelText::tr("Not canceled — not possible here");
        content.text = CancelText::tr("%1: CoinW refused this %2 order (%3). Cancel it on the CoinW website.")
                           .arg(identity(record), typeText(record.order), reply);
        content.action = ToastAction::Details;
        return content;
    case Refusal::RateLimit:
        content.headline = CancelText::tr("Not canceled — too many requests");
        content.text = CancelText::tr("CoinW refused %1 (%2). Another program on this account "
                                      "shares the limit.")
                           .arg(identity(record), reply);
        content.action = ToastAction::CancelAgain;
        return content;
    case Refusal::None:
    case Refusal::Other:
        break;
    }
    content.headline = CancelText::tr("Not canceled — rejected");
    content.text = CancelText::tr("CoinW refused %1: %2").arg(identity(record), reply);
    content.action = ToastAction::Details;
    return content;
}

ToastContent notSent(const CancelRecord &record, const QString &host)
{
    const std::optional<ApiError::Cause> cause =
        record.outcome ? record.outcome->cause : std::optional(ApiError::Cause::Stopped);
    switch (cause.value_or(ApiError::Cause::Stopped)) {
    case ApiError::Cause::Stopped:
        return {.severity = Severity::Neutral,
                .headline = CancelText::tr("Not sent — stopped"),
                .text = CancelText::tr("%1 is unchanged.").arg(identity(record))};
    case ApiError::Cause::Expired:
        return {.severity = Severity::Warning,
                .headline = CancelText::tr("Not sent — waited too long"),
                .text = CancelText::tr("%1 could not be sent for %2 s and was dropped.")
                            .arg(identity(record), QString::number(secondsWaited(record)))};
    case ApiError::Cause::NotSecure:
        return {.severity = Severity::Error,
                .headline = CancelText::tr("Not sent — connection not secure"),
                .text = CancelText::tr("%1: The secure connection to %2 failed: %3. Nothing was sent.")
                            .arg(identity(record), isolated(host), reasonWords(record.outcome->message)),
                .action = ToastAction::Details};
    case ApiError::Cause::NoConnection:
    case ApiError::Cause::Refused:
    case ApiError::Cause::Timeout:
    case ApiError::Cause::ConnectionLost:
    case ApiError::Cause::Redirect:
    case ApiError::Cause::ServerError:
    case ApiError::Cause::Unreadable:
        break;
    }
    return {.severity = Severity::Error,
            .headline = CancelText::tr("Not sent — no connection"),
            .text = CancelText::tr("CoinW can't be reached (%1). %2 is unchanged as far as known.")
                        .arg(networkReason(record.outcome), identity(record))};
}

ToastContent plainToast(const CancelRecord &record, const QString &host)
{
    switch (record.stage) {
    case CancelStage::Waiting:
        return waiting(record);
    case CancelStage::Sending:
        return sending(record);
    case CancelStage::Accepted:
        return {.severity = Severity::Progress,
                .headline = CancelText::tr("Cancel accepted"),
                .text = CancelText::tr("Confirming that order …%1 is gone…").arg(isolated(record.order.id.tail())),
                .holdTime = acceptedHoldTime};
    case CancelStage::AcceptedStillListed:
        return {.severity = Severity::Warning,
                .headline = CancelText::tr("Accepted, but still listed"),
                .text = CancelText::tr("CoinW accepted the cancel of %1, yet the order is still open in "
                                       "its list.")
                            .arg(identity(record)),
                .action = ToastAction::CheckNow,
                .sticky = true};
    case CancelStage::AcceptedUnconfirmed:
        return {.severity = Severity::Warning,
                .headline = CancelText::tr("Accepted, not confirmed"),
                .text = CancelText::tr("CoinW accepted the cancel of %1, but the list can't be re-read "
                                       "(%2).")
                            .arg(identity(record), reasonWords(record.reason)),
                .action = ToastAction::CheckNow,
                .sticky = true};
    case CancelStage::Canceled:
        return canceled(record);
    case CancelStage::CanceledAfterPartFill:
        return canceledAfterPartFill(record);
    case CancelStage::CanceledFillUnknown:
        return canceledFillUnknown(record);
    case CancelStage::FilledThoughAccepted:
        return {.severity = Severity::Warning,
                .headline = CancelText::tr("Accepted, but already filled"),
                .text =
                    CancelText::tr("CoinW accepted the cancel of %1, yet its records show %2 of %3 "
                                   "filled.")
                        .arg(identity(record), contracts(filledInTheEnd(record)), contracts(record.order.quantity)),
                .sticky = true};
    case CancelStage::GoneLookingUp:
        return goneLookingUp(record);
    case CancelStage::GoneFilled:
        return goneFilled(record);
    case CancelStage::GoneCanceledEarlier:
        return goneCanceledEarlier(record);
    case CancelStage::GoneNoRecord:
        return goneNoRecord(record);
    case CancelStage::Rejected:
        return rejected(record);
    case CancelStage::NotSent:
        return notSent(record, host);
    case CancelStage::UnknownChecking:
        return {.severity = Severity::Unknown,
                .headline = CancelText::tr("Unknown — checking…"),
                .text = CancelText::tr("%1: %2. It may or may not be canceled.")
                            .arg(identity(record), unknownReason(record.outcome)),
                .action = ToastAction::CheckNow};
    case CancelStage::UnknownCanceled:
        return {.severity = Severity::Success,
                .headline = CancelText::tr("Canceled (confirmed late)"),
                .text = canceledLateText(record),
                .minimumTime = lateNewsTime};
    case CancelStage::UnknownFilled:
        return {.severity = Severity::Warning,
                .headline = CancelText::tr("Not canceled — filled"),
                .text =
                    CancelText::tr("%1: %2 of %3 filled before the cancel.")
                        .arg(identity(record), contracts(filledInTheEnd(record)), contracts(record.order.quantity)),
                .minimumTime = lateNewsTime};
    case CancelStage::UnknownStillOpen:
        return {.severity = Severity::Error,
                .headline = CancelText::tr("Still open — not canceled"),
                .text = CancelText::tr("%1 is still in the open list.").arg(identity(record)),
                .action = ToastAction::CancelAgain};
    case CancelStage::UnknownUnresolved:
        return {.severity = Severity::Unknown,
                .headline = CancelText::tr("Still unknown"),
                .text = unresolvedText(record),
                .action = ToastAction::CheckNow,
                .sticky = true};
    case CancelStage::CorrectedFilled:
        return corrected(record, CancelText::tr("Corrected — filled after all"));
    case CancelStage::CorrectedPartFill:
        return corrected(record, CancelText::tr("Corrected — part filled"));
    case CancelStage::CorrectedFillUnknown:
        return corrected(record, CancelText::tr("Corrected — fill not known"));
    case CancelStage::CorrectedStillOpen:
        return corrected(record, CancelText::tr("Corrected — still open"));
    }
    return {};
}

} // namespace

ToastContent forAccount(const Account &account, ToastContent content)
{
    if (account.environment == Environment::Practice)
        content.headline = CancelText::tr("Practice · %1").arg(content.headline);
    return content;
}

ToastContent toastFor(const CancelRecord &record, const QString &host)
{
    ToastContent content = plainToast(record, host);
    content.showsOrder = true;
    return forAccount(record.account, content);
}

ToastContent resultOf(const CancelRecord &record)
{
    return plainToast(record, record.account.host);
}

ToastContent keptManyToast(const Account &account, int orders)
{
    return forAccount(account, {.headline = CancelText::tr("Kept"),
                                .text = plural(orders, CancelText::tr("Nothing was sent. 1 order stays open."),
                                               CancelText::tr("Nothing was sent. %n orders stay open."))});
}

ToastContent changedElsewhereToast(const CancelRecord &record, const Order &edited)
{
    return forAccount(record.account,
                      {.severity = Severity::Warning,
                       .headline = CancelText::tr("Not canceled — changed elsewhere"),
                       .text = CancelText::tr("%1 is gone (%2). Likely %3, now order %4.")
                                   .arg(identity(record), codeAndMessage(record.outcome),
                                        editText(record.order, edited), isolated(idTailText(edited.id))),
                       .action = ToastAction::CancelNew,
                       .sticky = true});
}

ToastContent keptToast(const Account &account, const Order &order)
{
    return forAccount(account, {.headline = CancelText::tr("Kept"),
                                .text = CancelText::tr("Nothing was sent. %1 stays open.").arg(orderIdentity(order)),
                                .showsOrder = true});
}

ToastContent listMovedToast(const Account &account)
{
    return forAccount(account, {.headline = CancelText::tr("Nothing sent"),
                                .text = CancelText::tr("The list had just moved. Please click again.")});
}

ToastContent changedMeanwhileToast(const Account &account)
{
    return forAccount(account, {.headline = CancelText::tr("Nothing sent"),
                                .text = CancelText::tr("The account or connection changed while the "
                                                       "window was open.")});
}

ToastContent nothingSelectedToast(const Account &account)
{
    return forAccount(
        account, {.headline = CancelText::tr("No order selected"), .text = CancelText::tr("Select an order first.")});
}

} // namespace countermand
