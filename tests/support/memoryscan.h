#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QFile>
#include <QList>

#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace countermand {

/// Looks for a text in everything that this process can write to: heap, stacks and data. Is no place to find it
/// itself. Linux.
class MemoryScan
{
public:
    /// Its second half is looked for: the heap writes over the begin of what is freed.
    explicit MemoryScan(QByteArrayView text) : m_masked(text.sliced(text.size() / 2).toByteArray())
    {
        for (char &c : m_masked)
            c = char(c ^ mask);
        m_chunk = static_cast<char *>(
            ::mmap(nullptr, chunkSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
        m_memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    }
    ~MemoryScan()
    {
        ::munmap(m_chunk, chunkSize);
        ::close(m_memory);
    }
    MemoryScan(const MemoryScan &) = delete;
    MemoryScan &operator=(const MemoryScan &) = delete;

    /// How often it is there as it is, and in UTF-16. -1 if memory could not be read at all.
    int copies()
    {
        QFile maps(QStringLiteral("/proc/self/maps"));
        if (!maps.open(QIODevice::ReadOnly))
            return -1;
        bool any = false;
        int found = 0;
        const QList<QByteArray> lines = maps.readAll().split('\n');
        for (const QByteArray &line : lines) {
            const qsizetype dash = line.indexOf('-');
            const qsizetype blank = line.indexOf(' ');
            if (dash < 0 || blank < 0 || !line.sliced(blank + 1).startsWith("rw"))
                continue;
            const quint64 begin = line.first(dash).toULongLong(nullptr, 16);
            const quint64 end = line.sliced(dash + 1, blank - dash - 1).toULongLong(nullptr, 16);
            // What is larger is the shadow of a sanitizer.
            constexpr quint64 largest = quint64(1) << 32;
            const auto own = quint64(m_chunk);
            if (end - begin > largest || (begin <= own && own < end && end - begin <= 2 * chunkSize))
                continue;
            found += search(begin, end, &any);
        }
        return any ? found : -1;
    }

private:
    static constexpr char mask = 0x5a;
    static constexpr quint64 chunkSize = 1 << 20;

    int search(quint64 begin, quint64 end, bool *any) const
    {
        const quint64 overlap = quint64(m_masked.size()) * 2;
        int found = 0;
        for (quint64 at = begin; at < end; at += chunkSize - overlap) {
            const ssize_t got = ::pread(m_memory, m_chunk, size_t(std::min(chunkSize, end - at)), off_t(at));
            if (got <= 0)
                continue;
            *any = true;
            const char *behind = m_chunk + got - (end - at > chunkSize ? overlap : 0);
            for (const char *seen = next(m_chunk, behind); seen; seen = next(seen + 1, behind))
                found += (isAt(seen - m_chunk, got, 1) ? 1 : 0) + (isAt(seen - m_chunk, got, 2) ? 1 : 0);
            // Nothing of it stays in the stack of a system call, either.
            std::memset(m_chunk, 0, size_t(got));
        }
        return found;
    }

    /// Where the text may begin. The library's own search: one that is written out takes minutes under a sanitizer.
    const char *next(const char *from, const char *behind) const
    {
        if (from >= behind)
            return nullptr;
        return static_cast<const char *>(std::memchr(from, m_masked.front() ^ mask, size_t(behind - from)));
    }

    bool isAt(ssize_t at, ssize_t size, ssize_t width) const
    {
        if (at + m_masked.size() * width > size)
            return false;
        for (qsizetype i = 0; i < m_masked.size(); ++i) {
            if ((m_chunk[at + i * width] ^ mask) != m_masked[i] || (width == 2 && m_chunk[at + i * width + 1] != 0))
                return false;
        }
        return true;
    }

    QByteArray m_masked;
    char *m_chunk = nullptr;
    int m_memory = -1;
};

/// A text of 48 letters that stands nowhere else in this process, not even in its program. To be wiped by who takes
/// it.
inline QByteArray madeSecret(char salt)
{
    QByteArray text(48, Qt::Uninitialized);
    quint32 state = quint32(salt);
    for (char &c : text) {
        state = state * 1664525 + 1013904223;
        c = char('A' + (state >> 24) % 26);
    }
    return text;
}

} // namespace countermand
