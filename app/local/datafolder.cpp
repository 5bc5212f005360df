#include "local/datafolder.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace countermand {

using namespace Qt::StringLiterals;

QString defaultDataFolder()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    // The specification has relative paths ignored, Qt 6.4 takes them.
    if (!qEnvironmentVariable("XDG_DATA_HOME").startsWith(u'/'))
        return QDir::homePath() + "/.local/share/countermand"_L1;
#endif
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + "/countermand"_L1;
}

std::optional<QString> prepareDataFolder(const QString &path, QString *problem)
{
    if (path.isEmpty()) {
        *problem = u"No data folder was named."_s;
        return {};
    }
    const QString folder = QDir::cleanPath(QDir(path).absolutePath());
    const QFileInfo info(folder);
    if (info.exists() && !info.isDir()) {
        *problem = u"The data folder %1 is a file, not a folder."_s.arg(QDir::toNativeSeparators(folder));
        return {};
    }
    if (!info.exists()) {
        const QDir parent = info.dir();
        constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;
        const bool made = parent.mkpath(u"."_s) && parent.mkdir(info.fileName(), ownerOnly);
        // Another start of the program may have made it in between.
        if (!made && !QFileInfo(folder).isDir()) {
            *problem = u"The data folder %1 can't be made."_s.arg(QDir::toNativeSeparators(folder));
            return {};
        }
    }
    return folder;
}

} // namespace countermand
