#pragma once

#include <QByteArray>
#include <QMutex>
#include <QString>
#include <QStringList>
#include <QtGlobal>

#include <deque>

namespace countermand {

/// What the program did last, for whoever looks for a fault: the lines of its own logging categories (domain/log.h,
/// debug lines, too) and every warning. The last hundred are kept in memory; a file, if one is wanted, gets all. What
/// is printed on the terminal stays as it was. No line holds a secret, which is the rule of those who write them.
///
/// One at a time: it takes Qt's message handler while it lives.
class EventLog
{
public:
    EventLog();
    ~EventLog();
    EventLog(const EventLog &) = delete;
    EventLog &operator=(const EventLog &) = delete;

    /// From now on each line goes to this file, too (0600). Begun anew from 2 MB on, after it was renamed to
    /// `<path>.1`, the one before to `<path>.2`, and so on up to 3. One sentence if it can't be written or is no
    /// file; then nothing is written.
    QString writeTo(const QString &path);

    /// Oldest first: "2026-03-04T14:03:22.125Z net: GET …".
    QStringList lastEvents() const;

    static constexpr std::size_t kept = 100;
    static constexpr qint64 largestFile = qint64(2) * 1024 * 1024;
    static constexpr int oldFiles = 3;

private:
    static void handle(QtMsgType type, const QMessageLogContext &context, const QString &text);
    void take(const QString &line);
    void rotate();

    mutable QRecursiveMutex m_mutex;
    /// What the writing itself gives rise to is not written.
    bool m_isWriting = false;
    std::deque<QString> m_events;
    QString m_path;
    qint64 m_size = 0;
};

} // namespace countermand
