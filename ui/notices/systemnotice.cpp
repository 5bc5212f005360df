#include "ui/notices/systemnotice.h"

#include <QCoreApplication>

namespace countermand {

namespace {

struct NoticeWords {
    Q_DECLARE_TR_FUNCTIONS(countermand::SystemNotice)
};

/// Several orders that are done. While it runs, the toast of several orders has a bar.
bool isFinishedBatch(const ToastContent &toast)
{
    return toast.percentDone < 0 && toast.moreActions.contains(ToastAction::ShowList);
}

bool isDue(const ToastContent &toast, bool isUp)
{
    if (isFinishedBatch(toast))
        return true;
    switch (toast.severity) {
    case Severity::Error:
    case Severity::Unknown:
        return true;
    case Severity::Warning:
        return isUp;
    case Severity::Neutral:
    case Severity::Success:
    case Severity::Progress:
        break;
    }
    return false;
}

} // namespace

std::optional<SystemNotice> systemNoticeFor(const ToastContent &toast, const NoticeSituation &situation)
{
    if (!situation.isWanted || situation.isInFront || !isDue(toast, situation.isUp))
        return {};
    if (!situation.hidesDetails)
        return SystemNotice{toast.headline, toast.text};
    return SystemNotice{NoticeWords::tr("Countermand"), toast.severity == Severity::Success
                                                            ? NoticeWords::tr("A batch of cancels has finished.")
                                                            : NoticeWords::tr("A cancel needs attention.")};
}

} // namespace countermand
