#pragma once

#include <QList>

namespace countermand {

/// What one column asks of a table. Pixels.
struct ColumnNeed {
    bool wanted = true;
    /// So that all of it can be read.
    int whole = 0;
    /// What it can be cut to where nothing else helps; `whole` for numbers, which are never cut.
    int least = 0;
    /// By the user; 0: the column follows the window.
    int chosen = 0;
    /// Where there is no room columns leave in this order, of equals the last one first; 0: never.
    int leaves = 0;
    /// Takes of the room that is left over.
    bool stretches = true;
};

/// Widths for a table `available` pixels wide, by column; 0 for columns that are not wanted or left out. Together
/// they take exactly `available`, but where a column that stays must be cut below its `least` (more), or none may
/// stretch (less).
///
/// Chosen widths hold as long as leaving out others helps. Room that comes back goes first to columns that were cut,
/// then to those left out, then to all that stretch.
QList<int> fitColumns(const QList<ColumnNeed> &needs, int available);

} // namespace countermand
