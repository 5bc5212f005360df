#pragma once

#include "domain/cancelrecord.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace countermand {

/// The version of the journal's lines that this program writes.
constexpr int journalVersion = 1;

/// One cancel, as it stands, as one line of the journal: a JSON object without a newline. Numbers of the exchange are
/// text, digit for digit; instants are UTC, ISO 8601 with milliseconds; what is absent has no field.
QByteArray journalLine(const CancelRecord &record);

/// Reads such a line back. Nothing unless it is a whole object of version 1 that names its cancel, stage, environment
/// and order. An optional field that can't be read is absent.
std::optional<CancelRecord> recordFromLine(QByteArrayView line);

/// What a line of the journal is.
enum class JournalLineKind {
    Record,     ///< recordFromLine() reads it
    Newer,      ///< a whole object of a later version: kept as it is
    Unreadable, ///< damaged: kept as it is, and counted
};

struct JournalLine {
    JournalLineKind kind = JournalLineKind::Unreadable;
    /// Only for JournalLineKind::Record.
    std::optional<CancelRecord> record;
};

/// Reads one line, without its newline.
JournalLine readJournalLine(QByteArrayView line);

} // namespace countermand
