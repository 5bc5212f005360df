#pragma once

#include "ui/look/severity.h"

#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>

#include <chrono>
#include <functional>

namespace countermand {

/// An action that a toast can offer: one, but for the toast of several orders.
enum class ToastAction {
    None,
    CheckNow,
    Details,
    OpenAccount,
    CancelAgain,
    CancelNew,
    Stop,
    StopRemaining,
    ShowList,
    CancelRefused,
    CancelStillOpen,
    ShowNewOrders,
    /// No button: a click on the toast itself.
    ShowOrder,
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
    /// For ToastAction::CancelRefused and CancelStillOpen: how many.
    int failed = 0;
    /// It is about one order, which a click on it shows.
    bool showsOrder = false;
    /// This change is not announced: assistive tools would speak without an end.
    bool isQuiet = false;

    friend bool operator==(const ToastContent &, const ToastContent &) = default;
};

/// What the buttons of one toast do, while `context` is there.
struct ToastHandler {
    QPointer<QObject> context{};
    std::function<void(ToastAction)> handler{};
};

/// Label of an action: "Check now", "Cancel again…". `failed` is for CancelRefused and
/// CancelStillOpen.
QString actionLabel(ToastAction action, int failed = 0);

} // namespace countermand
