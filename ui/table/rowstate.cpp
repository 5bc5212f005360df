#include "ui/table/rowstate.h"

#include "ui/words/positionwords.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

struct RowWords {
    Q_DECLARE_TR_FUNCTIONS(countermand::RowState)
};

RowState unstagedState(const Order &order)
{
    return isPartlyFilled(order) ? RowState::PartlyFilled : RowState::Open;
}

} // namespace

RowState rowState(const OrderRow &row)
{
    if (!row.stage)
        return unstagedState(row.order);
    switch (factsOf(*row.stage).finding) {
    case CancelFinding::Asked:
        return RowState::Canceling;
    case CancelFinding::LookedUp:
        return RowState::Checking;
    case CancelFinding::NotFound:
        return RowState::Unknown;
    case CancelFinding::Canceled:
        return RowState::Canceled;
    case CancelFinding::Filled:
        return RowState::Filled;
    case CancelFinding::Open:
        return RowState::Failed;
    }
    return unstagedState(row.order);
}

RowState rowState(const OrderRow &row, bool gone)
{
    return gone && !(row.stage && isFinal(*row.stage)) ? RowState::Gone : rowState(row);
}

QString rowStateWord(RowState state)
{
    switch (state) {
    case RowState::Open:
        return RowWords::tr("Open");
    case RowState::PartlyFilled:
        return RowWords::tr("Partly filled");
    case RowState::Canceling:
        return RowWords::tr("Canceling…");
    case RowState::Checking:
        return RowWords::tr("Checking…");
    case RowState::Unknown:
        return RowWords::tr("Unknown");
    case RowState::Canceled:
        return RowWords::tr("Canceled");
    case RowState::Filled:
        return RowWords::tr("Filled");
    case RowState::Failed:
        return RowWords::tr("Failed");
    case RowState::Gone:
        return RowWords::tr("Gone");
    }
    return {};
}

bool isPartlyFilledToo(const OrderRow &row, bool gone)
{
    if (gone)
        return false;
    switch (rowState(row)) {
    case RowState::Canceling:
    case RowState::Checking:
    case RowState::Unknown:
    case RowState::Failed:
        return isPartlyFilled(row.order);
    case RowState::Open:
    case RowState::PartlyFilled:
    case RowState::Canceled:
    case RowState::Filled:
    case RowState::Gone:
        return false;
    }
    return false;
}

QString rowStateText(const OrderRow &row, bool gone)
{
    const QString word = rowStateWord(rowState(row, gone));
    return isPartlyFilledToo(row, gone)
               ? RowWords::tr("%1 · %2", "two states").arg(word, rowStateWord(RowState::PartlyFilled))
               : word;
}

std::optional<Icon> rowStateIcon(RowState state)
{
    switch (state) {
    case RowState::Open:
    case RowState::Gone:
        return {};
    case RowState::PartlyFilled:
        return Icon::Partly;
    case RowState::Canceling:
        return Icon::Pending;
    case RowState::Checking:
    case RowState::Unknown:
        return Icon::Unknown;
    case RowState::Canceled:
        return Icon::Ok;
    case RowState::Filled:
        return Icon::Filled;
    case RowState::Failed:
        return Icon::Error;
    }
    return {};
}

Severity rowStateSeverity(RowState state)
{
    switch (state) {
    case RowState::Open:
    case RowState::PartlyFilled:
    case RowState::Filled:
    case RowState::Gone:
        return Severity::Neutral;
    case RowState::Canceling:
        return Severity::Progress;
    case RowState::Checking:
    case RowState::Unknown:
        return Severity::Unknown;
    case RowState::Canceled:
        return Severity::Success;
    case RowState::Failed:
        return Severity::Error;
    }
    return Severity::Neutral;
}

QList<RowMark> rowMarks(const OrderRow &row, bool gone)
{
    QList<RowMark> marks;
    const RowState state = rowState(row, gone);
    if (const auto icon = rowStateIcon(state))
        marks.append({*icon, rowStateSeverity(state), rowStateWord(state)});
    if (isPartlyFilledToo(row, gone))
        marks.append({Icon::Partly, rowStateSeverity(RowState::PartlyFilled), rowStateWord(RowState::PartlyFilled)});
    if (!gone && !hasEnded(row) && row.position.isRead && row.position.loss.isOrphan())
        marks.append({Icon::NoPosition, Severity::Warning, lossBadge(row.position.loss)});
    return marks;
}

QString rowMarksText(const OrderRow &row, bool gone)
{
    QStringList words;
    const QList<RowMark> marks = rowMarks(row, gone);
    for (const RowMark &mark : marks)
        words.append(mark.words);
    return marks.isEmpty() ? rowStateText(row, gone) : words.join(u" · "_s);
}

RowAction rowAction(const OrderRow &row)
{
    switch (rowState(row)) {
    case RowState::Open:
    case RowState::PartlyFilled:
    case RowState::Failed:
        return RowAction::Cancel;
    case RowState::Canceling:
        return RowAction::Canceling;
    case RowState::Checking:
        // An accepted cancel whose order is still listed keeps checking, and yet may be repeated.
        return row.stage && !blocksAnotherCancel(*row.stage) ? RowAction::Cancel : RowAction::Checking;
    case RowState::Unknown:
        return RowAction::Unknown;
    case RowState::Canceled:
    case RowState::Filled:
    case RowState::Gone:
        return RowAction::Gone;
    }
    return RowAction::Cancel;
}

RowAction rowAction(const OrderRow &row, bool gone)
{
    return gone ? RowAction::Gone : rowAction(row);
}

QString rowActionText(RowAction action)
{
    switch (action) {
    case RowAction::Cancel:
        return cancelWords(false).button;
    case RowAction::Canceling:
        return RowWords::tr("Canceling…");
    case RowAction::Checking:
        return RowWords::tr("Checking…");
    case RowAction::Unknown:
        return RowWords::tr("Unknown");
    case RowAction::Gone:
        return RowWords::tr("Gone");
    }
    return {};
}

CancelWords cancelWords(bool atOnce)
{
    if (atOnce)
        return {RowWords::tr("Cancel now"), RowWords::tr("Cancels at once (instant cancel)"),
                RowWords::tr("cancels at once (instant cancel)")};
    return {RowWords::tr("Cancel…"), RowWords::tr("Cancel this order (asks first)"), RowWords::tr("asks first")};
}

QString cancelBlockReason(const OrderRow &row, const QString &general)
{
    return cancelBlockReason(row, false, general);
}

QString cancelBlockReason(const OrderRow &row, bool gone, const QString &general)
{
    if (!general.isEmpty())
        return general;
    switch (rowAction(row, gone)) {
    case RowAction::Cancel:
        return {};
    case RowAction::Canceling:
        return RowWords::tr("Already being canceled");
    case RowAction::Checking:
    case RowAction::Unknown:
        return RowWords::tr("Result still unknown");
    case RowAction::Gone:
        return RowWords::tr("No longer open");
    }
    return {};
}

} // namespace countermand
