#pragma once

#include "domain/cancelrecord.h"
#include "ui/theme.h"

#include <QString>

#include <chrono>

namespace countermand {

/// The one action a toast can offer.
enum class ToastAction { None, CheckNow, Details, OpenAccount, CancelAgain, Stop };

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

    friend bool operator==(const ToastContent &, const ToastContent &) = default;
};

/// Label of an action: "Check now", "Cancel again…".
QString actionLabel(ToastAction action);

/// The toast of one cancel as it stands (ux-design §13: S, W, E, R, N, U strings). `host` is the exchange's, for N2.
ToastContent toastFor(const CancelRecord &record, const QString &host);

/// K1 to K4.
ToastContent keptToast(const Account &account, const OrderId &id);
ToastContent listMovedToast(const Account &account);
ToastContent changedMeanwhileToast(const Account &account);
ToastContent nothingSelectedToast(const Account &account);

/// All words of a record for detailsDialog of a toast: code, message as sent, http status, times.
QString outcomeDetails(const CancelRecord &record);

} // namespace countermand
