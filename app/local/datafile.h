#pragma once

#include <QByteArray>
#include <QString>

namespace countermand {

/// A file of the data folder, read. Whatever lies under its name, reading it waits for nobody and ends: a pipe is not
/// opened to the end, a device not read, and of what is larger than sane nothing is taken in.
struct DataFile {
    enum class State {
        Missing,    ///< there is none
        Read,       ///< see bytes
        NoFile,     ///< a folder, pipe, device, or a link to one or to nothing
        TooLarge,   ///< larger than asked for
        Unreadable, ///< see error
    };

    State state = State::Missing;
    QByteArray bytes;
    /// The system's own words; empty unless Unreadable.
    QString error;

    /// It must not stay under its name: neither read nor written there.
    bool isStrange() const { return state == State::NoFile || state == State::TooLarge; }
    /// Why not, for a sentence: "it is no file", "it is larger than 4 MB". Empty if not strange.
    QString why(qint64 largest) const;
};

/// Reads a file of at most `largest` bytes.
DataFile readDataFile(const QString &path, qint64 largest);

/// The same without reading: whether something lies there that must not. `Read` stands for a file that is as it
/// should be.
DataFile lookAtDataFile(const QString &path, qint64 largest);

/// Renames what lies there to `<path>.bad-<UTC time>`; its new name without the folder, or empty if that can't be
/// done. A link is renamed itself, not what it leads to.
QString setAside(const QString &path);

} // namespace countermand
