#pragma once

#include "domain/cancelrecord.h"
#include "local/journalline.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>

#include <functional>
#include <optional>

namespace countermand {

/// How much of the past is kept. Cancels that are not settled are always kept.
struct JournalLimits {
    /// Age of a settled cancel, counted from its first record.
    int days = 90;
    /// Newest cancels.
    int records = 10000;
    /// Lines that a later line of the same cancel has replaced, before the file is rewritten without them.
    int replacedLines = 20000;
};

/// A journal, read.
struct JournalContents {
    struct Line {
        /// Where it lies in `bytes`, without its newline.
        qsizetype at = 0;
        qsizetype size = 0;
        JournalLineKind kind = JournalLineKind::Unreadable;
        /// Index in `records`; -1 unless kind is Record.
        qsizetype record = -1;
    };

    QByteArray bytes;
    QList<Line> lines;
    /// One per cancel, in order of first appearance; the last line of a cancel wins.
    QList<CancelRecord> records;
    int unreadableLines = 0;
    int newerLines = 0;
    /// Where a last line begins that broke off while it was written. Absent if there is none.
    std::optional<qsizetype> tornAt;
};

/// Reads a whole journal. Never fails: what can't be read is counted. Empty lines are nothing.
JournalContents readJournal(const QByteArray &bytes);

/// The journal's bytes without what the limits drop: one line per cancel, the last; damaged lines and those of a
/// later version stay where they were. Nothing if it can stay as it is. A torn last line is not part of the result.
std::optional<QByteArray> rotatedJournal(const JournalContents &contents, const QDateTime &now,
                                         const JournalLimits &limits);

/// The bytes without the cancels that are to go; nothing if there are none.
std::optional<QByteArray> journalWithout(const JournalContents &contents,
                                         const std::function<bool(const CancelRecord &)> &goes);

/// Those whose end is not known yet.
QList<CancelRecord> unsettled(const QList<CancelRecord> &records);

} // namespace countermand
