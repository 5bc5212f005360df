#pragma once

#include <QString>

#include <optional>

namespace countermand {

/// Where settings, journal and lock live unless `--data-dir` says otherwise: `$XDG_DATA_HOME/countermand`,
/// `%LOCALAPPDATA%\countermand`, or `~/Library/Application Support/countermand`. Absolute; not made here.
QString defaultDataFolder();

/// The folder in which the user sees the program: that of the single file it was started from, where `appDir`
/// (`$APPDIR`) holds the program and `appImage` (`$APPIMAGE`) names that file; else `applicationDir`. Other programs'
/// values of the two, left in the environment, are not believed.
QString programFolder(const QString &applicationDir, const QString &appDir, const QString &appImage);

/// Where this start keeps its data.
struct DataPlace {
    /// Absolute, and there. Empty: see `problem`.
    QString folder;
    /// One clear sentence when there is no folder; two for a notice when portable mode was wanted but its place can't
    /// be written. Else empty.
    QString problem;
    /// Nothing in it lasts: it goes with the user's session.
    bool isPassing = false;
};

/// Chooses and makes the data folder: `wanted` (of `--data-dir`) if not empty; `countermand-data` in `programFolder`
/// if a file `portable` lies there and the place can be written; else defaultDataFolder(). Where that can't be
/// written, one in memory, which lasts as long as the user is logged in: XDG_RUNTIME_DIR/countermand.
DataPlace findDataPlace(const QString &wanted, const QString &programFolder);

/// Makes the folder where it is missing, for this user alone (0700), and gives its absolute path. One of this user's
/// that is there already gets that mode, and the program's own files in it theirs (0600), whatever made them. The
/// user's home folder and one that several users share (with the sticky bit) keep theirs. Nothing if it can't be made
/// or is no folder; `problem` (not null) then holds one clear sentence.
std::optional<QString> prepareDataFolder(const QString &path, QString *problem);

} // namespace countermand
