#include "local/datafile.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 megabyte = qint64(1024) * 1024;

/// A free name beside `path`.
QString nameAside(const QString &path)
{
    const QString base = path + ".bad-"_L1 + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmsszzz'Z'"_s);
    QString name = base;
    for (int i = 2; QFileInfo::exists(name) || QFileInfo(name).isSymLink(); ++i)
        name = base + u'-' + QString::number(i);
    return name;
}

#ifdef Q_OS_UNIX

/// What a file tells when it is opened, and the bytes if they are wanted.
DataFile seen(const QString &path, qint64 largest, bool read)
{
    using State = DataFile::State;
    const QByteArray name = QFile::encodeName(path);
    // Opening a pipe that nobody writes to would wait, and a terminal would become ours.
    const int file = ::open(name.constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0) {
        struct stat link {};
        const int error = errno;
        const bool isThere = ::lstat(name.constData(), &link) == 0;
        if (!isThere && error == ENOENT)
            return {};
        if (isThere && !S_ISREG(link.st_mode) && (!S_ISLNK(link.st_mode) || error != EACCES))
            return {State::NoFile, {}, {}};
        return {State::Unreadable, {}, qt_error_string(error)};
    }
    DataFile result{State::Read, {}, {}};
    struct stat info {};
    if (::fstat(file, &info) != 0)
        result = {State::Unreadable, {}, qt_error_string(errno)};
    else if (!S_ISREG(info.st_mode))
        result.state = State::NoFile;
    else if (info.st_size > largest)
        result.state = State::TooLarge;
    // A file can be longer than it says, as those of the system that are made while they are read.
    constexpr qint64 atOnce = 65536;
    while (read && result.state == State::Read) {
        const qsizetype had = result.bytes.size();
        const qint64 room = std::min(std::max<qint64>(info.st_size - had, atOnce), largest + 1 - had);
        result.bytes.resize(had + room);
        const ssize_t got = ::read(file, result.bytes.data() + had, size_t(room));
        result.bytes.resize(had + std::max<ssize_t>(got, 0));
        if (got < 0 && errno != EINTR)
            result = {State::Unreadable, {}, qt_error_string(errno)};
        else if (result.bytes.size() > largest)
            result = {State::TooLarge, {}, {}};
        else if (got == 0)
            break;
    }
    ::close(file);
    return result;
}

#else

DataFile seen(const QString &path, qint64 largest, bool read)
{
    using State = DataFile::State;
    const QFileInfo info(path);
    if (!info.exists() && !info.isSymLink())
        return {};
    if (!info.isFile())
        return {State::NoFile, {}, {}};
    if (info.size() > largest)
        return {State::TooLarge, {}, {}};
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {State::Unreadable, {}, file.errorString()};
    DataFile result{State::Read, read ? file.read(largest + 1) : QByteArray(), {}};
    if (file.error() != QFileDevice::NoError)
        result = {State::Unreadable, {}, file.errorString()};
    else if (result.bytes.size() > largest)
        result = {State::TooLarge, {}, {}};
    return result;
}

#endif

} // namespace

QString DataFile::why(qint64 largest) const
{
    if (state == State::NoFile)
        return u"it is no file"_s;
    if (state == State::TooLarge)
        return u"it is larger than %1 MB"_s.arg(largest / megabyte);
    return {};
}

DataFile readDataFile(const QString &path, qint64 largest)
{
    return seen(path, largest, true);
}

DataFile lookAtDataFile(const QString &path, qint64 largest)
{
    return seen(path, largest, false);
}

QString setAside(const QString &path)
{
    const QString name = nameAside(path);
#ifdef Q_OS_UNIX
    const bool done = ::rename(QFile::encodeName(path).constData(), QFile::encodeName(name).constData()) == 0;
#else
    const bool done = QFile::rename(path, name);
#endif
    return done ? QFileInfo(name).fileName() : QString();
}

} // namespace countermand
