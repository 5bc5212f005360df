#pragma once

#include "ui/look/icons.h"
#include "ui/look/theme.h"
#include "workflow/openorders.h"

#include <QList>
#include <QString>

#include <optional>

namespace countermand {

/// What the State column says about a row (docs/design.md, Table).
enum class RowState { Open, PartlyFilled, Canceling, Checking, Unknown, Canceled, Filled, Failed, Gone };

RowState rowState(const OrderRow &row);
/// `gone`: the order has left the list and its row only waits to leave the screen.
RowState rowState(const OrderRow &row, bool gone);
/// "Open", "Partly filled", "Canceling…", …
QString rowStateWord(RowState state);
/// Nothing for an open order, and one that has gone nobody knows how: they have no icon.
std::optional<Icon> rowStateIcon(RowState state);
/// Part of it has filled, and its state says something else of it, that it failed for one: ◐ stands beside that mark.
bool isPartlyFilledToo(const OrderRow &row, bool gone);
/// The words of these two: "Failed", "Failed · Partly filled".
QString rowStateText(const OrderRow &row, bool gone);
Severity rowStateSeverity(RowState state);

/// A shape that the State column has for a row.
struct RowMark {
    Icon icon;
    Severity severity;
    QString words;
};

/// Its state, its part fill, that it has lost its position; none of an order that is open and nothing else.
QList<RowMark> rowMarks(const OrderRow &row, bool gone);
/// The words of all marks, "⊘ no position", "Failed · ⊘ no position"; rowStateText() of a row without any.
QString rowMarksText(const OrderRow &row, bool gone);

/// What the Action column offers.
enum class RowAction {
    Cancel,    ///< a push-button "Cancel…"
    Canceling, ///< the request is queued, under way, or accepted and not yet proved
    Checking,  ///< the result is being looked up
    Unknown,   ///< nothing was found out by itself; the order stays blocked
    Gone,      ///< known to be canceled or filled, and still in the table
};

RowAction rowAction(const OrderRow &row);
RowAction rowAction(const OrderRow &row, bool gone);
/// "Canceling…", "Checking…", "Unknown", "Gone"; of RowAction::Cancel see cancelWords().
QString rowActionText(RowAction action);

/// What is said of a row's button that cancels.
struct CancelWords {
    QString button;
    QString toolTip;
    /// For assistive tools, behind "Cancel order ending 1947".
    QString description;
};
/// `atOnce`: a press cancels without a question (instant cancel), else it asks first.
CancelWords cancelWords(bool atOnce);

/// Why this order can't be canceled now: `general` ("Offline", "Locked") if there is one, else the order's
/// own reason
/// ("Already being canceled", "Result still unknown", "No longer open"). Empty: it can.
QString cancelBlockReason(const OrderRow &row, const QString &general);
QString cancelBlockReason(const OrderRow &row, bool gone, const QString &general);

} // namespace countermand
