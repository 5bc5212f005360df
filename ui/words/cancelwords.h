#pragma once

#include "domain/cancelrecord.h"
#include "ui/look/theme.h"

#include <QList>
#include <QString>

#include <chrono>

namespace countermand {

/// An action that a toast can offer: one, but for the toast of several orders.
enum class ToastAction {
    None,
    CheckNow,
    Details,
    OpenAccount,
    CancelAgain,
    Stop,
    StopRemaining,
    ShowList,
    CancelRefused,
    ShowNewOrders,
};

/// A toast's words. Pure: made from values, shown by ToastStrip.
struct ToastContent {
    Severity severity = Severity::Neutral;
    QString headline{};
    QString text{};
    ToastAction action = ToastAction::None;
    /// Stays until dismissed or replaced, whatever its severity.
    bool sticky = false;
    /// At least this long on screen before it leaves by itself; zero: by severity.
    std::chrono::milliseconds minimumTime{0};
    /// Not replaced by the next news of the same cancel before this long, so that it can be read aloud.
    std::chrono::milliseconds holdTime{0};
    /// Only in the toast of several orders (objectName batchToast): its further actions, and how far it is.
    QList<ToastAction> moreActions{};
    /// 0 to 100; negative: no bar.
    int percentDone = -1;
    /// Words on the bar ("about 3 s left"); may be empty.
    QString barText{};
    /// For ToastAction::CancelRefused: how many.
    int refused = 0;
    /// This change is not announced: assistive tools would speak without an end.
    bool isQuiet = false;

    friend bool operator==(const ToastContent &, const ToastContent &) = default;
};

/// Label of an action: "Check now", "Cancel again…". `refused` is for CancelRefused.
QString actionLabel(ToastAction action, int refused = 0);

/// The toast of one cancel as it stands (ux-design §13: S, W, E, R, N, U strings). `host` is the exchange's, for N2.
ToastContent toastFor(const CancelRecord &record, const QString &host);

/// The words of toastFor() without the practice mark: what the Activity and result lists call the outcome.
ToastContent resultOf(const CancelRecord &record);

/// K1 to K4.
ToastContent keptToast(const Account &account, const OrderId &id);
/// K1 after a question about several orders.
ToastContent keptManyToast(const Account &account, int orders);
/// Puts "Practice · " in front of the headline where it belongs.
ToastContent forAccount(const Account &account, ToastContent content);
ToastContent listMovedToast(const Account &account);
ToastContent changedMeanwhileToast(const Account &account);
ToastContent nothingSelectedToast(const Account &account);

/// All words of a record for detailsDialog of a toast: code, message as sent, http status, times.
QString outcomeDetails(const CancelRecord &record);

} // namespace countermand
