#pragma once

#include <QString>

#include <optional>

namespace countermand {

/// Where settings, journal and lock live unless `--data-dir` says otherwise: `$XDG_DATA_HOME/countermand`,
/// `%LOCALAPPDATA%\countermand`, or `~/Library/Application Support/countermand`. Absolute; not made here.
QString defaultDataFolder();

/// Makes the folder where it is missing, for this user alone (0700), and gives its absolute path. A folder that is
/// there already keeps its mode.
/// Nothing if it can't be made or is no folder; `problem` (not null) then holds one clear sentence.
std::optional<QString> prepareDataFolder(const QString &path, QString *problem);

} // namespace countermand
