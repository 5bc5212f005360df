#pragma once

#include <QString>

namespace countermand {

/// A count in words: `one` for exactly one, else `many` with the number in the place of %n. Both have come through
/// tr(). Qt's own plural forms do nothing without a loaded catalogue, and the words are English as long as there is
/// none.
inline QString plural(qint64 count, const QString &one, QString many)
{
    return count == 1 ? one : many.replace(QLatin1StringView("%n"), QString::number(count));
}

} // namespace countermand
