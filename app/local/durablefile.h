#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace countermand {

/// Why bytes did not reach the disk.
struct WriteFailure {
    enum class Kind {
        DiskFull,    ///< no room, quota, or a limit on file size
        NotWritable, ///< read-only, or no right to
        FolderGone,  ///< the file's folder isn't there
        Other,
    };

    Kind kind = Kind::Other;
    /// The system's own words.
    QString text;
};

/// Adds bytes at the end of a file, which is made (0600) where it is missing, in one write. Returns nothing only once
/// they are on the disk (fdatasync, F_FULLFSYNC, FlushFileBuffers).
///
/// If the file doesn't end with a newline, as after a write that broke off, one goes ahead of `bytes`. After a
/// failure the file may hold a piece of `bytes`.
std::optional<WriteFailure> appendDurably(const QString &path, const QByteArray &bytes);

/// Cuts a file down to its first `size` bytes, and returns nothing only once that is on the disk.
std::optional<WriteFailure> cutDurably(const QString &path, qint64 size);

/// Makes a rename inside `folder` last through a power cut, as far as the system offers that.
void syncFolder(const QString &folder);

/// What a system error (`errno`; on Windows GetLastError()) means for a write.
WriteFailure writeFailureOf(int systemError);

} // namespace countermand
