#pragma once

#include "local/desktopnotifier.h"
#include "ui/notices/toastnotices.h"
#include "ui/program/traynotifier.h"
#include "ui/window/preferences.h"

#include <QObject>
#include <QString>

namespace countermand {

class MainWindow;

/// Brings toasts of a window in the background to the system's notifications, and a click on one back to the toast.
/// Over D-Bus where there is a session bus, else through the tray; where neither shows anything, nothing happens but
/// a line in the preferences.
class SystemNotices : public QObject
{
    Q_OBJECT

public:
    /// `window` must outlive it.
    explicit SystemNotices(MainWindow &window, QObject *parent = nullptr);

    void setPreferences(const Preferences &preferences);

private:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void renewInFront();
    void show(const QString &key, const SystemNotice &notice);
    void close(const QString &key);
    void raise(const QString &key, const QString &token);

    MainWindow &m_window;
    ToastNotices m_toasts;
    DesktopNotifier m_desktop;
    TrayNotifier m_tray;
};

} // namespace countermand
