#include "ui/program/systemnotices.h"

#include "ui/notices/toaststrip.h"
#include "ui/window/mainwindow.h"

#include <QEvent>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace countermand {

SystemNotices::SystemNotices(MainWindow &window, QObject *parent)
    : QObject(parent), m_window(window), m_toasts(window.toasts()), m_desktop(QGuiApplication::desktopFileName())
{
    connect(&m_toasts, &ToastNotices::showWanted, this, &SystemNotices::show);
    connect(&m_toasts, &ToastNotices::closeWanted, this, &SystemNotices::close);
    connect(&m_desktop, &DesktopNotifier::activated, this, &SystemNotices::raise);
    connect(&m_desktop, &DesktopNotifier::closed, &m_toasts, &ToastNotices::forget);
    connect(&m_desktop, &DesktopNotifier::served, this,
            [this](bool available) { m_window.setNoticesUnavailable(!available); });
    connect(&m_tray, &TrayNotifier::activated, this, [this](const QString &key) { raise(key, {}); });
    connect(&m_tray, &TrayNotifier::closed, &m_toasts, &ToastNotices::forget);

    // The program, not the window alone: with a question open, the question has the keyboard.
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this, &SystemNotices::renewInFront);
    m_window.installEventFilter(this);
    renewInFront();
}

void SystemNotices::setPreferences(const Preferences &preferences)
{
    m_toasts.setPreferences(preferences.systemNotices, preferences.hideNoticeDetails);
}

bool SystemNotices::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::WindowStateChange)
        renewInFront();
    return QObject::eventFilter(watched, event);
}

void SystemNotices::renewInFront()
{
    m_toasts.setInFront(QGuiApplication::applicationState() == Qt::ApplicationActive && !m_window.isMinimized());
}

void SystemNotices::show(const QString &key, const SystemNotice &notice)
{
    // A bus without a service gets no try at the tray: the tray of such a desktop is reached over the same bus, by
    // calls that wait, and hands its messages to the missing service.
    if (m_desktop.hasBus()) {
        m_desktop.show(key, notice.title, notice.text);
        return;
    }
    const bool shown = m_tray.show(key, notice.title, notice.text);
    m_window.setNoticesUnavailable(!shown);
    if (!shown)
        m_toasts.forget(key);
}

void SystemNotices::close(const QString &key)
{
    m_desktop.close(key);
    m_tray.close(key);
}

void SystemNotices::raise(const QString &key, const QString &token)
{
    // Qt's Wayland side takes the token from here, once, when a window asks to be activated. Nothing else reads it:
    // on X11 it would only be handed on to programs started later.
    if (!token.isEmpty() && QGuiApplication::platformName().startsWith("wayland"_L1))
        qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8());
    m_window.raiseToFront();
    // On this toast or, if it has left, on the newest.
    if (!m_window.toasts().focusToast(key))
        m_window.toasts().focusNewest();
}

} // namespace countermand
