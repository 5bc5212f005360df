#include "ui/words/batchwords.h"

#include "ui/look/plural.h"
#include "ui/words/orderwords.h"

#include <QCoreApplication>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

struct BatchText {
    Q_DECLARE_TR_FUNCTIONS(countermand::BatchText)
};

QString counts(const BatchTally &tally, bool withWaiting)
{
    QStringList parts{
        BatchText::tr("%1 canceled").arg(tally.canceled), BatchText::tr("%1 already gone").arg(tally.gone),
        BatchText::tr("%1 failed").arg(tally.failed + tally.notSent), BatchText::tr("%1 unknown").arg(tally.unknown)};
    if (withWaiting)
        parts.append(BatchText::tr("%1 waiting").arg(tally.waiting));
    return parts.join(u" · "_s);
}

bool countDiffers(const BatchEnd &end)
{
    return end.openCount && *end.openCount > end.listedCount;
}

/// What the last look at the list left open; empty if nothing.
QString doubtsOfTheEnd(const BatchEnd &end)
{
    if (!end.listRead)
        return BatchText::tr("The list could not be read once more.");
    if (countDiffers(end))
        return countDiffersText(*end.openCount, end.listedCount);
    if (!end.openCount)
        return BatchText::tr("CoinW's own count of open orders could not be read.");
    return {};
}

QString joined(const QString &text, const QString &more)
{
    return more.isEmpty() ? text : u"%1 %2"_s.arg(text, more);
}

ToastContent running(const BatchView &view)
{
    const BatchTally &tally = view.tally;
    ToastContent content{.severity = Severity::Progress};
    content.headline = view.isRecovery ? plural(tally.asked, BatchText::tr("Checking 1 cancel from last time"),
                                                BatchText::tr("Checking %n cancels from last time"))
                                       : plural(tally.asked, BatchText::tr("Canceling 1 order"),
                                                BatchText::tr("Canceling %n orders"));
    content.text = counts(tally, true);
    content.action =
        tally.waiting > 0 && !view.isStopped && !view.isRecovery ? ToastAction::StopRemaining : ToastAction::None;
    content.moreActions = {ToastAction::ShowList};
    content.percentDone = tally.asked > 0 ? 100 * (tally.asked - tally.waiting) / tally.asked : 100;
    if (view.state == CancelBatch::State::Comparing)
        content.barText = BatchText::tr("reading the list");
    else if (view.timeLeft)
        content.barText = BatchText::tr("about %1 s left").arg(view.timeLeft->count());
    else
        content.barText = BatchText::tr("%1 %", "percent").arg(content.percentDone);
    return content;
}

ToastContent finished(const BatchView &view)
{
    const BatchTally &tally = view.tally;
    const QString doubts = doubtsOfTheEnd(view.end);
    ToastContent content;
    content.moreActions = {ToastAction::ShowList};
    if (view.failed > 0) {
        content.action = againAction(view.isEachRefused);
        content.failed = view.failed;
    }
    if (view.isStopped) {
        content.severity = Severity::Warning;
        content.headline = BatchText::tr("Stopped");
        QStringList parts{BatchText::tr("%1 canceled").arg(tally.canceled),
                          BatchText::tr("%1 not sent").arg(tally.notSent)};
        if (tally.gone > 0)
            parts.append(BatchText::tr("%1 already gone").arg(tally.gone));
        if (tally.failed > 0)
            parts.append(BatchText::tr("%1 failed").arg(tally.failed));
        if (tally.unknown > 0)
            parts.append(BatchText::tr("%1 unknown").arg(tally.unknown));
        content.text =
            joined(BatchText::tr("%1. Requests already sent can't be recalled.").arg(parts.join(u", "_s)), doubts);
    } else if (tally.canceled == tally.asked && doubts.isEmpty()) {
        content.severity = Severity::Success;
        content.headline = BatchText::tr("Finished");
        content.text = BatchText::tr("%1 of %2 canceled.").arg(tally.canceled).arg(tally.asked);
    } else {
        content.severity = Severity::Warning;
        content.headline = BatchText::tr("Finished with differences");
        content.text = joined(counts(tally, false), doubts);
    }
    if (tally.failed > 0 && view.failed == 0 && !view.isRecovery)
        content.text = joined(content.text, plural(tally.failed, BatchText::tr("The failed order is no longer open."),
                                                   BatchText::tr("The failed orders are no longer open.")));
    // What still needs the user may not leave by itself.
    content.sticky = tally.failed + tally.unknown > 0 || (tally.notSent > 0 && !view.isStopped);
    return content;
}

} // namespace

ToastContent batchToast(const Account &account, const BatchView &view)
{
    return forAccount(account, view.state == CancelBatch::State::Finished ? finished(view) : running(view));
}

QString recordedBatchText(const BatchTally &tally, const QDateTime &begun)
{
    return BatchText::tr("Batch of %1: %2")
        .arg(begun.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss"_s), counts(tally, tally.waiting > 0));
}

ToastAction againAction(bool isEachRefused)
{
    return isEachRefused ? ToastAction::CancelRefused : ToastAction::CancelStillOpen;
}

ToastContent noneLeftToast(const Account &account)
{
    return forAccount(account, {.headline = BatchText::tr("Nothing sent"),
                                .text = BatchText::tr("These orders are no longer open.")});
}

ToastContent newOrdersToast(const Account &account, int orders)
{
    ToastContent content{.severity = Severity::Warning, .headline = BatchText::tr("New orders appeared")};
    content.text = plural(orders, BatchText::tr("1 order opened meanwhile and was not touched."),
                          BatchText::tr("%n orders opened meanwhile and were not touched."));
    content.action = ToastAction::ShowNewOrders;
    return forAccount(account, content);
}

} // namespace countermand
