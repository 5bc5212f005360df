#include "local/journal.h"

#include "domain/log.h"
#include "local/datafile.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <utility>

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

/// Rotated at each start it stays far below; 10,000 cancels of many lines each are some 60 MB.
constexpr qint64 largestJournal = qint64(128) * 1024 * 1024;

QString nativeName(const QString &path)
{
    return QDir::toNativeSeparators(path);
}

/// A free name beside `path`.
QString tornName(const QString &path, const QDateTime &now)
{
    const QString base = path + ".torn-"_L1 + now.toUTC().toString(u"yyyyMMdd'T'HHmmsszzz'Z'"_s);
    QString name = base;
    for (int i = 2; QFileInfo::exists(name); ++i)
        name = base + u'-' + QString::number(i);
    return name;
}

QStringList noticesOf(const JournalContents &contents)
{
    QStringList notices;
    if (contents.unreadableLines == 1)
        notices.append(u"One damaged line in the record of cancels was skipped. It is still in the file."_s);
    if (contents.unreadableLines > 1) {
        notices.append(u"%1 damaged lines in the record of cancels were skipped. They are still in the file."_s.arg(
            contents.unreadableLines));
    }
    if (contents.newerLines > 0) {
        notices.append(
            u"The record of cancels holds %1 lines of a later version of Countermand. They are kept, and not "
            "shown."_s.arg(contents.newerLines));
    }
    return notices;
}

} // namespace

Journal Journal::open(const QString &folder, const QDateTime &now, const JournalLimits &limits)
{
    Journal journal(folder + "/journal.jsonl"_L1);
    QStringList notices;
    if (const DataFile file = lookAtDataFile(journal.m_path, largestJournal); file.isStrange()) {
        if (const QString aside = setAside(journal.m_path); !aside.isEmpty())
            notices.append(
                u"The record of cancels could not be read, because %1. It was set aside as %2, and a new one "
                "begins."_s.arg(file.why(largestJournal), aside));
    }
    std::optional<JournalContents> contents = journal.read(&notices);
    if (contents && contents->tornAt) {
        const QString aside = tornName(journal.m_path, now);
        // First the copy, then the cut: whatever happens in between, no byte is lost.
        if (!appendDurably(aside, contents->bytes.sliced(*contents->tornAt)) &&
            !cutDurably(journal.m_path, *contents->tornAt)) {
            notices.append(
                u"The last line of the record of cancels broke off while it was written. It was set aside as "
                "%1."_s.arg(QFileInfo(aside).fileName()));
        } else {
            notices.append(u"The last line of the record of cancels broke off while it was written."_s);
        }
    }
    if (contents) {
        const auto rotated = rotatedJournal(*contents, now, limits);
        if (rotated && !journal.replace(*rotated))
            contents = readJournal(*rotated);
        journal.m_opened = Opened{contents->records, notices + noticesOf(*contents)};
    } else {
        journal.m_opened = Opened{{}, notices};
    }
    return journal;
}

std::optional<JournalProblem> Journal::append(const QList<CancelRecord> &records)
{
    m_opened.reset();
    QByteArray lines;
    for (const CancelRecord &record : records)
        lines += journalLine(record) + '\n';
    const qint64 before = QFileInfo(m_path).size();
    if (const auto failure = appendDurably(m_path, lines)) {
        qCDebug(journalLog) << "not written:" << int(failure->kind) << failure->text;
        JournalProblem problem = problemOf(*failure);
        problem.mayHoldLines = QFileInfo(m_path).size() > before && cutDurably(m_path, before);
        return problem;
    }
    qCDebug(journalLog) << records.size() << "lines written," << lines.size() << "bytes";
    return {};
}

QList<CancelRecord> Journal::load(QStringList *notices)
{
    QStringList found;
    QList<CancelRecord> records;
    if (const auto opened = std::exchange(m_opened, {})) {
        found = opened->notices;
        records = opened->records;
    } else if (const auto contents = read(&found)) {
        records = contents->records;
        found += noticesOf(*contents);
        if (contents->tornAt)
            found.append(u"The last line of the record of cancels broke off while it was written."_s);
    }
    qCDebug(journalLog) << records.size() << "cancels read from" << m_path << found;
    if (notices)
        notices->append(found);
    return records;
}

std::optional<JournalProblem> Journal::removeSettled(const std::optional<QSet<QString>> &known)
{
    return removeWhere([&known](const CancelRecord &record) {
        return isFinal(record.stage) || (known && !known->contains(record.account.id));
    });
}

std::optional<JournalProblem> Journal::removeAccount(const QString &accountId)
{
    return removeWhere([&accountId](const CancelRecord &record) { return record.account.id == accountId; });
}

std::optional<JournalProblem> Journal::removeWhere(const std::function<bool(const CancelRecord &)> &goes)
{
    m_opened.reset();
    QStringList notices;
    const auto contents = read(&notices);
    if (!contents)
        return JournalProblem{WriteFailure::Kind::Other, notices.join(u' ')};
    const auto without = journalWithout(*contents, goes);
    if (!without)
        return {};
    // A piece of a line that broke off since the start is no account's to delete.
    const QByteArray torn = contents->tornAt ? contents->bytes.sliced(*contents->tornAt) : QByteArray();
    if (const auto failure = replace(*without + torn))
        return problemOf(*failure);
    return {};
}

std::optional<JournalContents> Journal::read(QStringList *notices) const
{
    const DataFile file = readDataFile(m_path, largestJournal);
    switch (file.state) {
    case DataFile::State::Missing:
        return JournalContents{};
    case DataFile::State::Read:
        return readJournal(file.bytes);
    case DataFile::State::NoFile:
    case DataFile::State::TooLarge:
        notices->append(
            u"The record of cancels %1 can't be read: %2."_s.arg(nativeName(m_path), file.why(largestJournal)));
        return {};
    case DataFile::State::Unreadable:
        break;
    }
    notices->append(u"The record of cancels %1 can't be read: %2."_s.arg(nativeName(m_path), file.error));
    return {};
}

std::optional<WriteFailure> Journal::replace(const QByteArray &bytes) const
{
    // QSaveFile syncs the new file before it renames it over the old one.
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly))
        return WriteFailure{WriteFailure::Kind::NotWritable, file.errorString()};
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (file.write(bytes) != bytes.size() || !file.commit()) {
        const auto kind = file.error() == QFileDevice::ResourceError || file.error() == QFileDevice::WriteError
                              ? WriteFailure::Kind::DiskFull
                              : WriteFailure::Kind::Other;
        return WriteFailure{kind, file.errorString()};
    }
    syncFolder(QFileInfo(m_path).absolutePath());
    return {};
}

JournalProblem Journal::problemOf(const WriteFailure &failure) const
{
    const auto problem = [&failure](const QString &reason) {
        return JournalProblem{failure.kind, u"The record of cancels can't be written: %1."_s.arg(reason), reason};
    };
    switch (failure.kind) {
    case WriteFailure::Kind::DiskFull:
        return problem(u"the disk is full"_s);
    case WriteFailure::Kind::FolderGone:
        return problem(u"its folder %1 is gone"_s.arg(nativeName(QFileInfo(m_path).absolutePath())));
    case WriteFailure::Kind::NotWritable:
    case WriteFailure::Kind::Other:
        break;
    }
    return problem(u"%1 (%2)"_s.arg(failure.text, nativeName(m_path)));
}

} // namespace countermand
