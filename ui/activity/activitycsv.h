#pragma once

#include "domain/cancelrecord.h"

#include <QByteArray>
#include <QList>
#include <QLocale>

#include <functional>

namespace countermand {

/// For whom the table is written.
enum class CsvReader {
    Spreadsheet, ///< opens as columns where it is made; ids get a leading ' so that all digits survive
    Program,     ///< the same everywhere, ids as they are
};

/// Cancels as CSV, a row each with a header row: UTF-8, commas, RFC 4180 quoting and line ends, UTC in ISO 8601 with
/// milliseconds beside local time, numbers digit for digit without groups. A text cell that a spreadsheet would take
/// for a formula gets a leading ' for either reader. Never holds keys or signatures: a record has none.
///
/// For a spreadsheet a byte-order mark says that it is UTF-8, and numbers have the decimal mark of `locale`; where
/// that is a comma, semicolons stand between the cells, as spreadsheets of such places expect.
///
/// Those that `isAbandoned` names nobody can settle any more, and their outcome says so; none without it.
QByteArray activityCsv(const QList<CancelRecord> &records, CsvReader reader, const QLocale &locale = QLocale::c(),
                       const std::function<bool(const CancelRecord &)> &isAbandoned = {});

/// One cell, quoted where RFC 4180 asks for it, and kept from being a formula: what begins with = + - @ tab, carriage
/// return or NUL gets a leading '.
QString csvText(const QString &text, QChar separator = u',');

} // namespace countermand
