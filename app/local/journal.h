#pragma once

#include "domain/cancelrecord.h"
#include "local/durablefile.h"
#include "local/journalcontents.h"

#include <QDateTime>
#include <QList>
#include <QSet>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace countermand {

/// Why a cancel could not be recorded.
struct JournalProblem {
    WriteFailure::Kind kind = WriteFailure::Kind::Other;
    /// One clear sentence for a dialog.
    QString text;
    /// What of it comes behind "can't be written:", for words that begin so. Empty for what could not be read.
    QString reason{};
    /// What was written of them could not be taken back.
    bool mayHoldLines = false;
};

/// The record of all cancels, practice and live: `journal.jsonl` in the data folder, one line per change of a cancel,
/// each line the whole record as it then stood. Never holds keys or signatures.
///
/// A value that holds no file open. Only one program may write (InstanceLock).
class Journal
{
public:
    /// Opens the journal in a folder that exists: sets aside what is no file or larger than any journal (`….bad-<UTC
    /// time>`), reads it, sets a torn last line aside as
    /// `journal.jsonl.torn-<UTC time>`, and drops what the limits drop, by writing a new file and renaming it. Where
    /// that can't be written, all stays as it is. `now`: UTC.
    static Journal open(const QString &folder, const QDateTime &now, const JournalLimits &limits = {});

    /// Adds the records as they stand, in one write. Nothing means: they are on the disk, and not before. After a
    /// problem the file is as it was; where that is not possible, either, some of the lines may be there, and a piece
    /// of one, which spoils no other line.
    std::optional<JournalProblem> append(const QList<CancelRecord> &records);
    std::optional<JournalProblem> append(const CancelRecord &record) { return append(QList{record}); }

    /// All cancels in order of first appearance, as their last lines tell. `notices`, if given, receives a sentence
    /// for everything that was not as it should be.
    QList<CancelRecord> load(QStringList *notices = nullptr);

    /// Removes all settled cancels ("Clear activity"), and those of accounts that are none of `known`: nobody can
    /// settle them any more.
    std::optional<JournalProblem> removeSettled(const std::optional<QSet<QString>> &known = {});

    /// Removes the cancels of an account that is forgotten, settled or not ("Also delete this account's activity").
    std::optional<JournalProblem> removeAccount(const QString &accountId);

    const QString &path() const { return m_path; }

private:
    struct Opened {
        QList<CancelRecord> records;
        QStringList notices;
    };

    explicit Journal(QString path) : m_path(std::move(path)) {}
    std::optional<JournalContents> read(QStringList *notices) const;
    std::optional<JournalProblem> removeWhere(const std::function<bool(const CancelRecord &)> &goes);
    std::optional<WriteFailure> replace(const QByteArray &bytes) const;
    JournalProblem problemOf(const WriteFailure &failure) const;

    QString m_path;
    /// What open() has read; good for one load() as long as nothing was written since.
    std::optional<Opened> m_opened;
};

} // namespace countermand
