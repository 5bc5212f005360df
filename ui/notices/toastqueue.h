#pragma once

#include "ui/notices/toast.h"

#include <QHash>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace countermand {

/// How long a toast stays by itself: max(base of its severity, its own minimum, 1 s + 60 ms per character) times
/// `factor` (1, 2 or 4). Nothing: until dismissed or replaced (sticky, errors, unknown, progress, or factor 0).
std::optional<std::chrono::milliseconds> timeOnScreen(const ToastContent &content, int factor);

/// Which toasts are on screen. Pure: `now` is any clock that only rises.
///
/// Newest first. A new toast pushes out the oldest that would leave by itself, never one that stays; when too many
/// stay, the oldest fold into "+n more".
class ToastQueue
{
public:
    using Time = std::chrono::milliseconds;

    struct Entry {
        QString key;
        /// Rises from 1 with every new toast; kept by updates.
        int number = 0;
        /// Rises with every change of the content, so that a view knows what to announce again.
        int revision = 0;
        ToastContent content;
        /// Not replaced before this moment.
        Time heldUntil{0};
        /// The next content, waiting for heldUntil.
        std::optional<ToastContent> next;
        /// Time left on screen; nothing if it stays.
        std::optional<Time> left;
    };

    /// Adds a toast or updates the one with this key. A toast that the user closed comes back only for a new warning,
    /// error or unknown.
    void put(const QString &key, const ToastContent &content, Time now);
    /// Takes a toast away; its key is forgotten.
    void remove(const QString &key, Time now);
    /// Takes all away and forgets their keys; numbers go on.
    void removeAll(Time now);
    /// The user closed it.
    void dismiss(const QString &key, Time now);
    /// Stops and restarts all clocks (pointer or focus on the toasts, window inactive).
    void setPaused(bool paused, Time now);
    /// How many have room: 4, or 2 in low windows. The fold line takes the last place.
    void setLimit(int limit, Time now);
    /// 1, 2, 4; 0 is "until dismissed". Holds for toasts from now on.
    void setTimeFactor(int factor);
    /// Lets time pass: toasts leave, waiting contents appear.
    void advance(Time now);
    /// When advance() has something to do next; nothing if only the user or the program can change anything.
    std::optional<Time> nextChange() const;

    /// On screen, newest first.
    QList<Entry> visible() const;
    /// Everything, folded ones too, newest first.
    const QList<Entry> &all() const { return m_entries; }
    /// Folded into the "+n more" line.
    int folded() const;
    bool isEmpty() const { return m_entries.isEmpty(); }

private:
    struct Closed {
        int number = 0;
        QString headline;
    };

    qsizetype indexOf(const QString &key) const;
    void replace(qsizetype index, const ToastContent &content);
    void makeRoom(const QString &except);
    qsizetype visibleCount() const;

    QList<Entry> m_entries;
    QHash<QString, Closed> m_closed;
    Time m_now{0};
    int m_limit = 4;
    int m_factor = 1;
    int m_lastNumber = 0;
    int m_lastRevision = 0;
    bool m_paused = false;
};

} // namespace countermand
