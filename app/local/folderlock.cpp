#include "local/folderlock.h"

#include "local/datafile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSysInfo>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

LockHolder holderHere()
{
    return {QSysInfo::machineHostName(), QSysInfo::machineUniqueId(), QDateTime::currentDateTimeUtc()};
}

#ifdef Q_OS_UNIX

// Ours is far shorter. Whatever else lies there under the name is not read whole.
constexpr qsizetype longestText = 4096;
// How often the file may change hands between opening and locking it.
constexpr int mostTries = 10;

/// The lines that QLockFile writes, which older versions of this program read: process, program, host, computer,
/// start of the computer; then the time.
QByteArray lockText(const LockHolder &holder)
{
    return QByteArray::number(QCoreApplication::applicationPid()) + "\ncountermand\n" + holder.host.toUtf8() + '\n' +
           holder.machine + '\n' + QSysInfo::bootUniqueId() + '\n' + holder.since.toString(Qt::ISODate).toUtf8() +
           '\n';
}

LockHolder readLockText(const QByteArray &text, const QDateTime &changed)
{
    const QList<QByteArray> lines = text.split('\n');
    if (lines.size() < 5)
        return {};
    LockHolder holder{QString::fromUtf8(lines[2]), lines[3], changed};
    if (lines.size() > 5) {
        if (const auto said = QDateTime::fromString(QString::fromLatin1(lines[5]), Qt::ISODate); said.isValid())
            holder.since = said.toUTC();
    }
    return holder;
}

/// The name belongs to something that is no file.
bool isTaken(int error)
{
    return error == EEXIST || error == ELOOP || error == EISDIR || error == ENXIO;
}

QByteArray readAll(int file)
{
    QByteArray text(longestText, Qt::Uninitialized);
    const ssize_t count = ::pread(file, text.data(), size_t(text.size()), 0);
    text.resize(count < 0 ? 0 : count);
    return text;
}

#endif

} // namespace

bool isOtherComputer(const LockHolder &holder, const LockHolder &here)
{
    if (!holder.machine.isEmpty() && !here.machine.isEmpty())
        return holder.machine != here.machine;
    return !holder.host.isEmpty() && !here.host.isEmpty() && holder.host != here.host;
}

#ifdef Q_OS_UNIX

FolderLock::FolderLock(const QString &folder) : m_path(folder + "/lock"_L1) {}

FolderLock::~FolderLock()
{
    release();
}

FolderLock::Result FolderLock::tryLock()
{
    for (int tries = 0; tries < mostTries; ++tries) {
        // Without waiting, should it be a pipe; and never through a link to somewhere else.
        m_file = ::open(QFile::encodeName(m_path).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK,
                        S_IRUSR | S_IWUSR);
        struct stat info {};
        if (m_file < 0 || ::fstat(m_file, &info) != 0 || !S_ISREG(info.st_mode)) {
            const int error = m_file < 0 ? errno : EEXIST;
            if (!isTaken(error) || !makeRoom())
                return fail(error);
            continue;
        }
        if (::flock(m_file, LOCK_EX | LOCK_NB) != 0) {
            const int error = errno;
            if (error != EWOULDBLOCK)
                return fail(error);
            ::close(m_file);
            m_file = -1;
            return Result::Held;
        }
        if (isStillTheFile()) {
            const QDateTime changed = QDateTime::fromSecsSinceEpoch(info.st_mtime).toUTC();
            m_holder = readLockText(readAll(m_file), changed);
            return isOtherComputer(m_holder, holderHere()) ? Result::OtherComputer : takeOver();
        }
        // Removed by the one who held it, after it was opened here.
        ::close(m_file);
        m_file = -1;
    }
    return Result::Held;
}

FolderLock::Result FolderLock::takeOver()
{
    const QByteArray text = lockText(holderHere());
    if (::fchmod(m_file, S_IRUSR | S_IWUSR) != 0 || ::ftruncate(m_file, 0) != 0 ||
        ::pwrite(m_file, text.constData(), size_t(text.size()), 0) != text.size())
        return fail(errno);
    m_holder = {};
    return Result::Locked;
}

void FolderLock::release()
{
    if (m_file < 0)
        return;
    // While it is still held, so that nobody else's file is removed.
    if (isStillTheFile())
        ::unlink(QFile::encodeName(m_path).constData());
    ::close(m_file);
    m_file = -1;
}

/// What lies under the name is no file of a lock: it is renamed.
bool FolderLock::makeRoom()
{
    if (m_file >= 0)
        ::close(m_file);
    m_file = -1;
    const QString aside = setAside(m_path);
    if (!aside.isEmpty())
        m_notice =
            u"In the data folder the name “lock” was taken by something that is no file. It was set aside as %1."_s
                .arg(aside);
    return !aside.isEmpty();
}

FolderLock::Result FolderLock::fail(int error)
{
    const QString folder = QDir::toNativeSeparators(QFileInfo(m_path).path());
    if (isTaken(error))
        m_problem = u"In the data folder %1 the name “lock” is taken by something that is no file."_s.arg(folder);
    else if (error == ENOSPC || error == EDQUOT)
        m_problem = u"The disk of the data folder %1 is full."_s.arg(folder);
    else
        m_problem = u"The data folder %1 can't be written."_s.arg(folder);
    if (m_file >= 0)
        ::close(m_file);
    m_file = -1;
    return Result::Failed;
}

bool FolderLock::isStillTheFile() const
{
    struct stat opened {};
    struct stat named {};
    return ::fstat(m_file, &opened) == 0 && ::stat(QFile::encodeName(m_path).constData(), &named) == 0 &&
           opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

#else

// There the file is opened for nobody else, which the system ends with the process.
FolderLock::FolderLock(const QString &folder) : m_path(folder + "/lock"_L1), m_lock(m_path)
{
    m_lock.setStaleLockTime(0);
}

FolderLock::~FolderLock() = default;

FolderLock::Result FolderLock::tryLock()
{
    if (m_lock.tryLock(0))
        return Result::Locked;
    if (m_lock.error() == QLockFile::LockFailedError) {
        qint64 process = 0;
        QString program;
        if (m_lock.getLockInfo(&process, &m_holder.host, &program)) {
            m_holder.since = QFileInfo(m_path).lastModified().toUTC();
            if (isOtherComputer(m_holder, holderHere()))
                return Result::OtherComputer;
        }
        return Result::Held;
    }
    m_problem = u"The data folder %1 can't be written."_s.arg(QDir::toNativeSeparators(QFileInfo(m_path).path()));
    return Result::Failed;
}

FolderLock::Result FolderLock::takeOver()
{
    m_lock.removeStaleLockFile();
    return tryLock();
}

void FolderLock::release()
{
    m_lock.unlock();
}

#endif

} // namespace countermand
