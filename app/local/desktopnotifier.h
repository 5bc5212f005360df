#pragma once

#include <QObject>
#include <QString>

#include <memory>

namespace countermand {

/// Shows short texts through the desktop's own notification service (org.freedesktop.Notifications): one notification
/// per key at most. Every call to the service is asynchronous, and none is made before the first show().
///
/// What the program showed is closed at its end. Source: freedesktop.org, Desktop Notifications Specification 1.2.
class DesktopNotifier : public QObject
{
    Q_OBJECT

public:
    /// `desktopEntry`: name of the program's desktop file without its ending, which brings its name and icon.
    explicit DesktopNotifier(const QString &desktopEntry, QObject *parent = nullptr);
    ~DesktopNotifier() override;

    /// Whether there is a session bus to ask. Connects at the first call, to the connection that Qt has already where
    /// anything used it before. False where the program was built without D-Bus.
    bool hasBus();

    /// Shows a notification, or replaces the one with this key. `text` is plain text. Nothing happens without a bus.
    void show(const QString &key, const QString &title, const QString &text);
    /// Takes it away if it is there. closed() is not emitted.
    void close(const QString &key);

signals:
    /// The user clicked on it. `token`: what the desktop gave along so that a window may come to the front (Wayland's
    /// activation token); may be empty.
    void activated(const QString &key, const QString &token);
    /// It is no longer shown and nobody here asked for that: the user closed it, it ran out, the service ended, or it
    /// could not be shown.
    void closed(const QString &key);
    /// Whether a service showed the last notification, or the bus knows none. Each time it is tried.
    void served(bool available);

private:
    class Line;

    const QString m_desktopEntry;
    /// Null before the first use, and where there is no bus.
    std::unique_ptr<Line> m_line;
};

} // namespace countermand
