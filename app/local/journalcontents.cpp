#include "local/journalcontents.h"

#include <QHash>

#include <algorithm>
#include <utility>

namespace countermand {

namespace {

/// Records of the last days may be made under the same wrong clock.
constexpr int daysOfDoubt = 2;

/// A clock that is far ahead makes everything old at once. So nothing is dropped for its age unless a record of
/// another day shows that time has come this far.
bool isBorneOut(const QDateTime &now, const QList<CancelRecord> &records, const JournalLimits &limits)
{
    return std::any_of(records.cbegin(), records.cend(), [&](const CancelRecord &record) {
        return record.recordedAt.isValid() && record.recordedAt >= now.addDays(-limits.days) &&
               record.recordedAt <= now.addDays(-daysOfDoubt);
    });
}

/// The bytes with one line per kept record, at the place of its first line.
QByteArray rewritten(const JournalContents &contents, const QList<bool> &keep)
{
    QList<qsizetype> lastLine(contents.records.size(), -1);
    for (qsizetype i = 0; i < contents.lines.size(); ++i) {
        if (contents.lines[i].record >= 0)
            lastLine[contents.lines[i].record] = i;
    }
    QByteArray bytes;
    QList<bool> written(contents.records.size(), false);
    const auto add = [&](const JournalContents::Line &line) {
        bytes.append(contents.bytes.constData() + line.at, line.size).append('\n');
    };
    for (const JournalContents::Line &line : contents.lines) {
        if (line.record < 0) {
            add(line);
        } else if (keep[line.record] && !written[line.record]) {
            written[line.record] = true;
            add(contents.lines[lastLine[line.record]]);
        }
    }
    return bytes;
}

} // namespace

JournalContents readJournal(const QByteArray &bytes)
{
    JournalContents contents;
    contents.bytes = bytes;
    QHash<QString, qsizetype> known;
    qsizetype at = 0;
    while (at < bytes.size()) {
        const qsizetype newline = bytes.indexOf('\n', at);
        const qsizetype end = newline < 0 ? bytes.size() : newline;
        const QByteArrayView text = QByteArrayView(bytes).sliced(at, end - at);
        if (!text.trimmed().isEmpty()) {
            JournalLine read = readJournalLine(text);
            JournalContents::Line line{at, text.size(), read.kind, -1};
            switch (read.kind) {
            case JournalLineKind::Record: {
                const qsizetype next = contents.records.size();
                line.record = known.value(read.record->cancelId, next);
                if (line.record == next) {
                    known.insert(read.record->cancelId, next);
                    contents.records.append(*std::move(read.record));
                } else {
                    contents.records[line.record] = *std::move(read.record);
                }
                break;
            }
            case JournalLineKind::Newer:
                ++contents.newerLines;
                break;
            case JournalLineKind::Unreadable:
                if (newline < 0) {
                    contents.tornAt = at;
                    return contents;
                }
                ++contents.unreadableLines;
                break;
            }
            contents.lines.append(line);
        }
        at = end + 1;
    }
    return contents;
}

std::optional<QByteArray> rotatedJournal(const JournalContents &contents, const QDateTime &now,
                                         const JournalLimits &limits)
{
    const qsizetype count = contents.records.size();
    const QDateTime oldest = isBorneOut(now, contents.records, limits) ? now.addDays(-limits.days) : QDateTime();
    QList<bool> keep(count, true);
    bool drops = false;
    for (qsizetype i = 0; i < count; ++i) {
        const CancelRecord &record = contents.records[i];
        const bool old = oldest.isValid() && record.recordedAt.isValid() && record.recordedAt < oldest;
        keep[i] = !isFinal(record.stage) || (!old && count - i <= limits.records);
        drops = drops || !keep[i];
    }
    const qsizetype recordLines = contents.lines.size() - contents.newerLines - contents.unreadableLines;
    if (!drops && recordLines - count <= limits.replacedLines)
        return {};
    return rewritten(contents, keep);
}

std::optional<QByteArray> journalWithout(const JournalContents &contents,
                                         const std::function<bool(const CancelRecord &)> &goes)
{
    QList<bool> keep;
    for (const CancelRecord &record : contents.records)
        keep.append(!goes(record));
    if (!keep.contains(false))
        return {};
    return rewritten(contents, keep);
}

QList<CancelRecord> unsettled(const QList<CancelRecord> &records)
{
    QList<CancelRecord> open;
    std::copy_if(records.begin(), records.end(), std::back_inserter(open),
                 [](const CancelRecord &record) { return !isFinal(record.stage); });
    return open;
}

} // namespace countermand
