#pragma once

#include "ui/notices/toast.h"

#include <QString>

#include <optional>

namespace countermand {

/// What the system's own notification of a toast says.
struct SystemNotice {
    QString title;
    QString text;

    friend bool operator==(const SystemNotice &, const SystemNotice &) = default;
};

/// What decides about a system notification, besides the toast itself.
struct NoticeSituation {
    /// Preference: system notifications at all.
    bool isWanted = true;
    /// Preference: no order, account, price or word of the exchange in them.
    bool hidesDetails = true;
    /// The window has the keyboard and can be seen.
    bool isInFront = false;
    /// This toast has a notification already.
    bool isUp = false;
};

/// The notification that a toast has, or none: for an error, an unknown outcome and several orders that are done, and
/// only while the window is in the background. A warning only renews one that is up, since a toast that was unknown
/// may have become one. Pure.
///
/// With hidden details the text is "A cancel needs attention.", or for several orders that all went well "A batch of
/// cancels has finished.", which names no more than that: neither how many nor whose.
std::optional<SystemNotice> systemNoticeFor(const ToastContent &toast, const NoticeSituation &situation);

} // namespace countermand
