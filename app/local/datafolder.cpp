#include "local/datafolder.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTemporaryFile>

#ifdef Q_OS_UNIX
#include <algorithm>
#include <array>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

/// Asked by writing: neither modes nor access lists nor mounts need to be understood.
bool canBeWritten(const QString &folder)
{
    QTemporaryFile probe(folder + "/probe-XXXXXX"_L1);
    return probe.open();
}

#ifdef Q_OS_UNIX
/// A file of the program's, or what it has set aside of one.
bool isOwnName(const QString &name)
{
    constexpr std::array stems{"settings.ini"_L1, "journal.jsonl"_L1, "instruments.json"_L1, "limits.json"_L1,
                               "lock"_L1};
    return std::any_of(stems.begin(), stems.end(), [&name](QLatin1StringView stem) {
        return name == stem || (name.startsWith(stem) && name.at(stem.size()) == u'.');
    });
}

void takeFromOthers(const QString &path, mode_t type, mode_t wanted)
{
    const QByteArray name = QFile::encodeName(path);
    struct stat info {};
    if (::lstat(name.constData(), &info) == 0 && (info.st_mode & S_IFMT) == type && info.st_uid == ::geteuid() &&
        (info.st_mode & 07777) != wanted)
        ::chmod(name.constData(), wanted);
}
#endif

/// A folder or file that others may read or write, from an older version or an archive, is this user's alone again.
void takeFromOthers([[maybe_unused]] const QString &folder)
{
#ifdef Q_OS_UNIX
    struct stat info {};
    if (::stat(QFile::encodeName(folder).constData(), &info) == 0 && (info.st_mode & S_ISVTX) == 0 &&
        folder != QDir::cleanPath(QDir::homePath()))
        takeFromOthers(folder, S_IFDIR, S_IRWXU);
    const QStringList names = QDir(folder).entryList(QDir::Files | QDir::System | QDir::Hidden);
    for (const QString &name : names) {
        if (isOwnName(name))
            takeFromOthers(folder + u'/' + name, S_IFREG, S_IRUSR | S_IWUSR);
    }
#endif
}

} // namespace

QString defaultDataFolder()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    // The specification has relative paths ignored, Qt 6.4 takes them.
    if (!qEnvironmentVariable("XDG_DATA_HOME").startsWith(u'/'))
        return QDir::homePath() + "/.local/share/countermand"_L1;
#endif
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + "/countermand"_L1;
}

QString programFolder(const QString &applicationDir, const QString &appDir, const QString &appImage)
{
    const QString inside = QDir::cleanPath(applicationDir) + u'/';
    const bool fromSingleFile =
        QDir::isAbsolutePath(appDir) && inside.startsWith(QDir::cleanPath(appDir) + u'/') && !appImage.isEmpty();
    return fromSingleFile ? QFileInfo(appImage).absolutePath() : QDir::cleanPath(applicationDir);
}

DataPlace findDataPlace(const QString &wanted, const QString &programFolder)
{
    DataPlace place;
    QString portableProblem;
    if (wanted.isEmpty() && QFileInfo(programFolder + "/portable"_L1).isFile()) {
        QString ignored;
        const auto beside = prepareDataFolder(programFolder + "/countermand-data"_L1, &ignored);
        if (beside && canBeWritten(*beside))
            return {*beside, {}};
        portableProblem =
            u"%1 can't be written, so settings and the record of cancels are not kept beside the program. "
            "They are kept in %2."_s.arg(QDir::toNativeSeparators(programFolder),
                                         QDir::toNativeSeparators(defaultDataFolder()));
    }
    place.folder =
        prepareDataFolder(wanted.isEmpty() ? defaultDataFolder() : wanted, &place.problem).value_or(QString());
    if (wanted.isEmpty() && (place.folder.isEmpty() || !canBeWritten(place.folder))) {
        QString ignored;
        const QString memory = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
        const auto passing =
            memory.isEmpty() ? std::nullopt : prepareDataFolder(memory + "/countermand"_L1, &ignored);
        if (passing && canBeWritten(*passing)) {
            return {*passing,
                    u"%1 can't be written. Settings and the record of cancels are kept in memory until you log out."_s
                        .arg(QDir::toNativeSeparators(defaultDataFolder())),
                    true};
        }
    }
    if (!place.folder.isEmpty())
        place.problem = portableProblem;
    return place;
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
    takeFromOthers(folder);
    return folder;
}

} // namespace countermand
