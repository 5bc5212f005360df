#pragma once

#include "workflow/openorders.h"

#include <QFont>
#include <QList>

namespace countermand {

/// The columns of the table of orders.
struct OrderColumns {
    enum Column {
        State,
        Instrument,
        Side,
        Type,
        Price,
        Remaining,
        Filled,
        TakeProfitStopLoss,
        Placed,
        Age,
        Id,
        Action,
        // Hidden until asked for.
        TriggerPrice,
        Leverage,
        MarginModeColumn,
        Margin,
        Value,
        Source,
        ClientId,
        FullId,
        Updated,
        LastPrice,
        Distance,
        ColumnCount
    };

    /// Columns whose facts differ between two versions of a row (Age, LastPrice and Distance never do).
    static QList<Column> changed(const OrderRow &before, const OrderRow &after);
};

/// The font a column's cells are drawn in: equal digits for numbers, heavier for the side.
QFont cellFont(const QFont &base, OrderColumns::Column column);

/// Left and right of every cell's and header's text, pixels.
constexpr int cellPadding = 8;
/// What the mark of a changed cell takes before its text, pixels.
constexpr int flashMarkWidth = 9;
/// What the sort mark takes beside a header's word, pixels.
constexpr int sortMarkWidth = 12;

/// Widths of all columns for a table `available` pixels wide: the usual ones, but never narrower than the
/// column's sample text in the running font; 0 for columns that aren't `shown`. Where they don't all fit, wider ones
/// give way down to their sample texts; then columns that the others or the details can stand for are left out (0):
/// Placed, Filled, Order ID, TP / SL. So the button in the last column stays in sight. `stateWords`: the State column
/// has words instead of icons.
QList<int> columnWidths(const QFont &base, int available, const QList<bool> &shown, bool stateWords = false);

} // namespace countermand
