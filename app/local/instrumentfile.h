#pragma once

#include "domain/instrument.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <optional>

namespace countermand {

/// Instruments as they were last read, with when and where.
struct StoredInstruments {
    QList<Instrument> instruments;
    /// The exchange they came from: host or host:port.
    QString host;
    QDateTime readAtUtc;
};

/// `instruments.json` in the data folder: public facts, kept so that a start needs no half megabyte first.
/// It may be deleted at any time.
class InstrumentFile
{
public:
    /// `path` of the file; empty: nothing is kept.
    explicit InstrumentFile(QString path = {}) : m_path(std::move(path)) {}
    /// The file of a data folder.
    static InstrumentFile in(const QString &folder);

    /// Nothing if there is none, or none of `host`, or if it can't be read as a whole: it is fetched anew then.
    std::optional<StoredInstruments> load(const QString &host) const;
    /// Renames what lies there if it is no file, or larger than any list of instruments. One sentence for a notice;
    /// empty if nothing had to be done.
    QString setStrangeAside() const;
    /// Replaces the file in one step. False, and the old file stays, if it can't be written.
    bool save(const StoredInstruments &stored) const;

private:
    QString m_path;
};

} // namespace countermand
