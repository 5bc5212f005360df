#pragma once

#include <QTimeZone>

/// What Qt 6.4 and later versions of Qt spell differently. Everything else of Qt is used as both offer it.
namespace countermand {

/// UTC, for the constructor of QDateTime and for QDateTime::fromMSecsSinceEpoch(). Either makes a moment whose
/// timeSpec() is Qt::UTC, at the cost of no look-up in a time-zone database. QTimeZone::utc() exists in all versions,
/// but in Qt 6.4 it makes moments of the kind Qt::TimeZone.
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
inline constexpr QTimeZone::Initialization inUtc = QTimeZone::UTC;
#else
inline constexpr Qt::TimeSpec inUtc = Qt::UTC;
#endif

} // namespace countermand
