#include "local/durablefile.h"

#include <QFile>
#include <QFileInfo>
#include <QtGlobal>

#ifdef Q_OS_WIN
#include <qt_windows.h>
#else
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace countermand {

#ifdef Q_OS_WIN

namespace {

/// Closes what it holds.
class Handle
{
public:
    explicit Handle(HANDLE handle) : m_handle(handle) {}
    ~Handle()
    {
        if (isOpen())
            CloseHandle(m_handle);
    }
    Handle(const Handle &) = delete;
    Handle &operator=(const Handle &) = delete;
    bool isOpen() const { return m_handle != INVALID_HANDLE_VALUE; }
    HANDLE get() const { return m_handle; }

private:
    HANDLE m_handle;
};

WriteFailure lastFailure()
{
    return writeFailureOf(int(GetLastError()));
}

const wchar_t *wide(const QString &path)
{
    return reinterpret_cast<const wchar_t *>(path.utf16());
}

} // namespace

WriteFailure writeFailureOf(int systemError)
{
    // MinGW's headers lack its name, ERROR_DISK_QUOTA_EXCEEDED.
    constexpr int diskQuotaExceeded = 1295;
    const QString text = qt_error_string(systemError);
    switch (systemError) {
    case ERROR_DISK_FULL:
    case ERROR_HANDLE_DISK_FULL:
    case diskQuotaExceeded:
    case ERROR_FILE_TOO_LARGE:
        return {WriteFailure::Kind::DiskFull, text};
    case ERROR_ACCESS_DENIED:
    case ERROR_WRITE_PROTECT:
    case ERROR_SHARING_VIOLATION:
        return {WriteFailure::Kind::NotWritable, text};
    case ERROR_PATH_NOT_FOUND:
    case ERROR_FILE_NOT_FOUND:
    case ERROR_DIRECTORY:
        return {WriteFailure::Kind::FolderGone, text};
    default:
        return {WriteFailure::Kind::Other, text};
    }
}

std::optional<WriteFailure> appendDurably(const QString &path, const QByteArray &bytes)
{
    const Handle file(CreateFileW(wide(path), FILE_APPEND_DATA | FILE_READ_DATA | SYNCHRONIZE, FILE_SHARE_READ,
                                  nullptr, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr));
    if (!file.isOpen())
        return lastFailure();
    QByteArray data = bytes;
    LARGE_INTEGER size;
    if (!GetFileSizeEx(file.get(), &size))
        return lastFailure();
    if (size.QuadPart > 0) {
        LARGE_INTEGER last;
        last.QuadPart = size.QuadPart - 1;
        char end = '\n';
        DWORD got = 0;
        if (!SetFilePointerEx(file.get(), last, nullptr, FILE_BEGIN) || !ReadFile(file.get(), &end, 1, &got, nullptr))
            return lastFailure();
        if (end != '\n')
            data.prepend('\n');
    }
    qsizetype done = 0;
    while (done < data.size()) {
        DWORD wrote = 0;
        if (!WriteFile(file.get(), data.constData() + done, DWORD(data.size() - done), &wrote, nullptr))
            return lastFailure();
        if (wrote == 0)
            return writeFailureOf(ERROR_DISK_FULL);
        done += wrote;
    }
    if (!FlushFileBuffers(file.get()))
        return lastFailure();
    return {};
}

std::optional<WriteFailure> cutDurably(const QString &path, qint64 size)
{
    const Handle file(CreateFileW(wide(path), GENERIC_WRITE, FILE_SHARE_READ, nullptr, OPEN_EXISTING,
                                  FILE_ATTRIBUTE_NORMAL, nullptr));
    LARGE_INTEGER end;
    end.QuadPart = size;
    if (!file.isOpen() || !SetFilePointerEx(file.get(), end, nullptr, FILE_BEGIN) || !SetEndOfFile(file.get()) ||
        !FlushFileBuffers(file.get()))
        return lastFailure();
    return {};
}

void syncFolder(const QString &) {}

#else

namespace {

/// Closes what it holds.
class Descriptor
{
public:
    Descriptor(const QString &path, int flags, mode_t mode = 0)
    {
        const QByteArray name = QFile::encodeName(path);
        do {
            m_fd = ::open(name.constData(), flags | O_CLOEXEC, mode);
        } while (m_fd < 0 && errno == EINTR);
    }
    ~Descriptor()
    {
        if (isOpen())
            ::close(m_fd);
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    bool isOpen() const { return m_fd >= 0; }
    int get() const { return m_fd; }

private:
    int m_fd = -1;
};

/// 0, or the system's error.
int syncData(int fd)
{
    int result = 0;
    do {
#ifdef Q_OS_DARWIN
        // fsync() alone leaves the bytes in the drive's cache there. Not every file system knows the stronger call.
        result = ::fcntl(fd, F_FULLFSYNC);
        if (result < 0 && errno != EINTR)
            result = ::fsync(fd);
#else
        result = ::fdatasync(fd);
#endif
    } while (result < 0 && errno == EINTR);
    return result < 0 ? errno : 0;
}

/// 0, or the system's error.
int writeAll(int fd, const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t wrote = ::write(fd, bytes.constData() + done, size_t(bytes.size() - done));
        if (wrote > 0)
            done += wrote;
        else if (wrote == 0)
            return ENOSPC;
        else if (errno != EINTR)
            return errno;
    }
    return 0;
}

bool endsInsideLine(int fd)
{
    struct stat info {};
    char last = '\n';
    return ::fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0 &&
           ::pread(fd, &last, 1, info.st_size - 1) == 1 && last != '\n';
}

std::optional<WriteFailure> appendTo(const Descriptor &file, const QByteArray &bytes)
{
    // Bytes that go into a pipe or a device are on no disk.
    struct stat info {};
    if (::fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode))
        return WriteFailure{WriteFailure::Kind::NotWritable, QStringLiteral("it is no file")};
    int error = writeAll(file.get(), endsInsideLine(file.get()) ? '\n' + bytes : bytes);
    if (error == 0)
        error = syncData(file.get());
    if (error != 0)
        return writeFailureOf(error);
    return {};
}

} // namespace

WriteFailure writeFailureOf(int systemError)
{
    const QString text = qt_error_string(systemError);
    switch (systemError) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return {WriteFailure::Kind::DiskFull, text};
    case EROFS:
    case EACCES:
    case EPERM:
    case EISDIR:
        return {WriteFailure::Kind::NotWritable, text};
    case ENOENT:
    case ENOTDIR:
    case ESTALE:
        return {WriteFailure::Kind::FolderGone, text};
    default:
        return {WriteFailure::Kind::Other, text};
    }
}

std::optional<WriteFailure> appendDurably(const QString &path, const QByteArray &bytes)
{
    {
        const Descriptor file(path, O_RDWR | O_APPEND | O_NONBLOCK | O_NOCTTY);
        if (file.isOpen())
            return appendTo(file, bytes);
        if (errno != ENOENT)
            return writeFailureOf(errno);
    }
    const Descriptor file(path, O_RDWR | O_APPEND | O_CREAT, S_IRUSR | S_IWUSR);
    if (!file.isOpen())
        return writeFailureOf(errno);
    const auto failure = appendTo(file, bytes);
    // A new file lasts only once its folder, which may be as new, knows it.
    const QString folder = QFileInfo(path).absolutePath();
    syncFolder(folder);
    syncFolder(QFileInfo(folder).absolutePath());
    return failure;
}

std::optional<WriteFailure> cutDurably(const QString &path, qint64 size)
{
    const Descriptor file(path, O_RDWR);
    if (!file.isOpen() || ::ftruncate(file.get(), off_t(size)) != 0)
        return writeFailureOf(errno);
    const int error = syncData(file.get());
    if (error != 0)
        return writeFailureOf(error);
    return {};
}

void syncFolder(const QString &folder)
{
    const Descriptor directory(folder, O_RDONLY | O_DIRECTORY);
    if (directory.isOpen())
        ::fsync(directory.get());
}

#endif

} // namespace countermand
