#include "ui/cancel/armdelay.h"

#include "ui/look/accessible.h"

#include <QApplication>
#include <QEvent>
#include <QKeyEvent>
#include <QPushButton>

#include <algorithm>
#include <utility>

namespace countermand {

namespace {

bool isRepeatedActKey(const QKeyEvent &key)
{
    if (!key.isAutoRepeat())
        return false;
    switch (key.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
    case Qt::Key_Select:
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        return true;
    default:
        return false;
    }
}

} // namespace

ArmDelay::ArmDelay(QWidget *dialog, QPushButton *button, QWidget *fallback,
                   std::function<BootClock::time_point()> now)
    : QObject(dialog),
      m_now(std::move(now)),
      m_dialog(dialog),
      m_button(button),
      m_fallback(fallback),
      m_seenAt(m_now())
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { setArmed(true); });
    connect(&m_look, &QTimer::timeout, this, [this] {
        const bool away = wasAway();
        m_seenAt = m_now();
        if (away && m_armed)
            restart();
    });
    m_look.start(std::chrono::seconds(1));
    dialog->installEventFilter(this);
    swallowRepeatedKeys(button);
    swallowRepeatedKeys(fallback);
    setArmed(false);
}

std::chrono::milliseconds ArmDelay::delay()
{
    using std::chrono::milliseconds;
    return std::max(milliseconds(500), milliseconds(QApplication::doubleClickInterval() + 100));
}

void ArmDelay::restart()
{
    if (m_stopped)
        return;
    setArmed(false);
    m_timer.start(delay());
}

void ArmDelay::stop()
{
    m_stopped = true;
    m_timer.stop();
    setArmed(false);
}

void ArmDelay::swallowRepeatedKeys(QWidget *widget)
{
    widget->installEventFilter(this);
}

bool ArmDelay::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && isRepeatedActKey(*static_cast<QKeyEvent *>(event)))
        return true;
    if (watched != m_dialog)
        return QObject::eventFilter(watched, event);

    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->isAutoRepeat()) {
        // Taking the key as an ordinary one keeps a held chord or mnemonic from acting as a shortcut.
        event->accept();
        return true;
    }
    if (event->type() == QEvent::Show || event->type() == QEvent::WindowActivate) {
        restart();
    } else if (event->type() == QEvent::WindowDeactivate) {
        // The click that brings the window back must not press the button on its way.
        m_timer.stop();
        setArmed(false);
    }
    return QObject::eventFilter(watched, event);
}

void ArmDelay::setArmed(bool armed)
{
    if (!armed && m_dialog->focusWidget() == m_button)
        m_fallback->setFocus(Qt::OtherFocusReason);
    m_button->setEnabled(armed);
    describe(m_button, armed || m_stopped ? QString() : tr("Enabled in a moment"));
    if (m_armed == armed)
        return;
    m_armed = armed;
    emit armedChanged(armed);
}

} // namespace countermand
