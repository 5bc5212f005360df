#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QString>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace countermand {

/// While it lives, `folder` and what is in it can't be changed by this process, even where tests run as root.
class ReadOnlyFolder
{
public:
    explicit ReadOnlyFolder(const QString &folder) : m_folder(QFile::encodeName(folder))
    {
        // Nobody must be able to get there.
        ::chmod(QFile::encodeName(QDir(folder).absoluteFilePath(QStringLiteral(".."))).constData(), 0755);
        ::chmod(m_folder.constData(), 0555);
        m_wasRoot = ::geteuid() == 0;
        m_works = !m_wasRoot || ::seteuid(65534) == 0;
    }
    ~ReadOnlyFolder()
    {
        if (m_wasRoot && ::seteuid(0) != 0)
            std::abort();
        ::chmod(m_folder.constData(), 0755);
    }
    ReadOnlyFolder(const ReadOnlyFolder &) = delete;
    ReadOnlyFolder &operator=(const ReadOnlyFolder &) = delete;

    bool works() const { return m_works && ::access(m_folder.constData(), F_OK) == 0; }

private:
    QByteArray m_folder;
    bool m_wasRoot = false;
    bool m_works = false;
};

/// While it lives, no file of this process can grow beyond `bytes`: a disk that is full at a known place.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(qint64 bytes)
    {
        m_oldHandler = std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_old);
        rlimit limit = m_old;
        limit.rlim_cur = rlim_t(bytes);
        m_works = ::setrlimit(RLIMIT_FSIZE, &limit) == 0;
    }
    ~FileSizeLimit()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_old);
        std::signal(SIGXFSZ, m_oldHandler);
    }
    FileSizeLimit(const FileSizeLimit &) = delete;
    FileSizeLimit &operator=(const FileSizeLimit &) = delete;

    bool works() const { return m_works; }

private:
    rlimit m_old{};
    void (*m_oldHandler)(int) = nullptr;
    bool m_works = false;
};

} // namespace countermand
