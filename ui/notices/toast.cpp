#include "ui/notices/toast.h"

#include "ui/look/plural.h"

#include <QCoreApplication>

namespace countermand {

namespace {

struct ToastText {
    Q_DECLARE_TR_FUNCTIONS(countermand::ToastText)
};

} // namespace

QString actionLabel(ToastAction action, int failed)
{
    switch (action) {
    case ToastAction::None:
    case ToastAction::ShowOrder:
        return {};
    case ToastAction::CheckNow:
        return ToastText::tr("Check now");
    case ToastAction::Details:
        return ToastText::tr("Details");
    case ToastAction::OpenAccount:
        return ToastText::tr("Open account");
    case ToastAction::CancelAgain:
        return ToastText::tr("Cancel again…");
    case ToastAction::CancelNew:
        return ToastText::tr("Cancel the new one…");
    case ToastAction::Stop:
        return ToastText::tr("Stop");
    case ToastAction::StopRemaining:
        return ToastText::tr("Stop remaining");
    case ToastAction::ShowList:
        return ToastText::tr("Show list");
    case ToastAction::CancelRefused:
        return plural(failed, ToastText::tr("Cancel the 1 refused…"), ToastText::tr("Cancel the %n refused…"));
    case ToastAction::CancelStillOpen:
        return plural(failed, ToastText::tr("Cancel the 1 still open…"), ToastText::tr("Cancel the %n still open…"));
    case ToastAction::ShowNewOrders:
        return ToastText::tr("Show");
    }
    return {};
}

} // namespace countermand
