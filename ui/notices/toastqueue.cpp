#include "ui/notices/toastqueue.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace countermand {

namespace {

/// Time by severity; nothing for those that stay (docs/design.md, Toasts).
std::optional<std::chrono::milliseconds> baseTime(Severity severity)
{
    switch (severity) {
    case Severity::Neutral:
        return 5s;
    case Severity::Success:
        return 6s;
    case Severity::Warning:
        return 12s;
    case Severity::Error:
    case Severity::Unknown:
    case Severity::Progress:
        break;
    }
    return {};
}

bool isBadNews(Severity severity)
{
    switch (severity) {
    case Severity::Warning:
    case Severity::Error:
    case Severity::Unknown:
        return true;
    case Severity::Neutral:
    case Severity::Success:
    case Severity::Progress:
        break;
    }
    return false;
}

} // namespace

std::optional<std::chrono::milliseconds> timeOnScreen(const ToastContent &content, int factor)
{
    const std::optional<std::chrono::milliseconds> base = baseTime(content.severity);
    if (content.sticky || !base || factor <= 0)
        return {};
    const auto reading = 1s + 60ms * (content.headline.size() + content.text.size());
    return std::max({*base, content.minimumTime, std::chrono::milliseconds(reading)}) * factor;
}

void ToastQueue::put(const QString &key, const ToastContent &content, Time now)
{
    advance(now);
    const qsizetype index = indexOf(key);
    if (index >= 0) {
        Entry &entry = m_entries[index];
        if (entry.content == content) {
            entry.next.reset();
            return;
        }
        if (m_now < entry.heldUntil) {
            entry.next = content;
            return;
        }
        replace(index, content);
        makeRoom(key);
        return;
    }

    Entry entry;
    entry.key = key;
    if (const auto closed = m_closed.constFind(key); closed != m_closed.cend()) {
        if (!isBadNews(content.severity) || content.headline == closed->headline)
            return;
        entry.number = closed->number;
        m_closed.erase(closed);
    } else {
        entry.number = ++m_lastNumber;
    }
    m_entries.prepend(entry);
    replace(0, content);
    makeRoom(key);
}

void ToastQueue::remove(const QString &key, Time now)
{
    advance(now);
    m_closed.remove(key);
    if (const qsizetype index = indexOf(key); index >= 0)
        m_entries.removeAt(index);
}

void ToastQueue::removeAll(Time now)
{
    advance(now);
    m_closed.clear();
    m_entries.clear();
}

void ToastQueue::dismiss(const QString &key, Time now)
{
    advance(now);
    const qsizetype index = indexOf(key);
    if (index < 0)
        return;
    const Entry entry = m_entries.takeAt(index);
    m_closed.insert(key, {entry.number, entry.content.headline});
    // News that waited behind the closed content still counts: bad news comes back.
    if (entry.next)
        put(key, *entry.next, m_now);
}

void ToastQueue::setPaused(bool paused, Time now)
{
    advance(now);
    m_paused = paused;
}

void ToastQueue::setLimit(int limit, Time now)
{
    advance(now);
    m_limit = std::max(1, limit);
}

void ToastQueue::setTimeFactor(int factor)
{
    m_factor = factor;
}

void ToastQueue::advance(Time now)
{
    const Time passed = std::max(Time{0}, now - m_now);
    m_now = std::max(m_now, now);
    if (!m_paused) {
        // Folded toasts have not been seen yet: their clocks stand still.
        for (qsizetype index = visibleCount() - 1; index >= 0; --index) {
            if (m_entries[index].left)
                *m_entries[index].left -= passed;
        }
        m_entries.removeIf([](const Entry &entry) { return entry.left && *entry.left <= 0ms; });
    }
    for (qsizetype index = 0; index < m_entries.size(); ++index) {
        if (m_entries[index].next && m_now >= m_entries[index].heldUntil) {
            const ToastContent next = *m_entries[index].next;
            replace(index, next);
        }
    }
}

std::optional<ToastQueue::Time> ToastQueue::nextChange() const
{
    std::optional<Time> next;
    const auto consider = [&next](Time time) { next = next ? std::min(*next, time) : time; };
    for (qsizetype index = 0; index < m_entries.size(); ++index) {
        const Entry &entry = m_entries[index];
        if (entry.next)
            consider(entry.heldUntil);
        if (entry.left && !m_paused && index < visibleCount())
            consider(m_now + *entry.left);
    }
    return next;
}

QList<ToastQueue::Entry> ToastQueue::visible() const
{
    return m_entries.first(visibleCount());
}

int ToastQueue::folded() const
{
    return int(m_entries.size() - visibleCount());
}

qsizetype ToastQueue::visibleCount() const
{
    return m_entries.size() <= m_limit ? m_entries.size() : std::max(1, m_limit - 1);
}

qsizetype ToastQueue::indexOf(const QString &key) const
{
    const auto found =
        std::find_if(m_entries.cbegin(), m_entries.cend(), [&key](const Entry &entry) { return entry.key == key; });
    return found == m_entries.cend() ? -1 : found - m_entries.cbegin();
}

void ToastQueue::replace(qsizetype index, const ToastContent &content)
{
    Entry &entry = m_entries[index];
    entry.content = content;
    entry.revision = ++m_lastRevision;
    entry.heldUntil = m_now + content.holdTime;
    entry.next.reset();
    entry.left = timeOnScreen(content, m_factor);
    // News of a folded toast must be seen.
    if (index >= visibleCount())
        m_entries.move(index, 0);
}

void ToastQueue::makeRoom(const QString &except)
{
    while (m_entries.size() > m_limit) {
        qsizetype victim = -1;
        for (qsizetype index = m_entries.size() - 1; index > 0 && victim < 0; --index) {
            const Entry &entry = m_entries[index];
            // With "until dismissed" chosen, `left` is empty although the severity would let it go.
            if (entry.key != except && !entry.next && timeOnScreen(entry.content, 1))
                victim = index;
        }
        if (victim < 0)
            return;
        m_entries.removeAt(victim);
    }
}

} // namespace countermand
