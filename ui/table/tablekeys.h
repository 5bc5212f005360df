#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

namespace countermand {

/// What the table of orders can be asked to do by a key.
enum class TableKey { Details, CopyRow, CopyId, SelectAll, SelectNone, SortUp, SortDown };

/// The keys of one of them, the usual one first; never empty.
QList<QKeySequence> tableKeys(TableKey key);
/// What it does, for the list of keys.
QString tableKeyText(TableKey key);

} // namespace countermand
