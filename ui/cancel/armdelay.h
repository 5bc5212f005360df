#pragma once

#include "domain/bootclock.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

class QPushButton;
class QWidget;

namespace countermand {

/// Keeps a button of a dialog disabled until the user had time to see what it does: for a while after the dialog is
/// shown, after its window becomes active again, and after restart().
///
/// After a sleep of the computer, or a stop of the program, what was asked before must be seen anew, too.
///
/// A repeated (held) Enter, Space, Del or chord never presses anything in the dialog either.
class ArmDelay : public QObject
{
    Q_OBJECT

public:
    /// `fallback` gets the focus whenever `button` has to give it away. Both live in `dialog`, which becomes the
    /// parent.
    ArmDelay(QWidget *dialog, QPushButton *button, QWidget *fallback,
             std::function<BootClock::time_point()> now = &BootClock::now);

    /// max(500 ms, the system's double-click interval + 100 ms).
    static std::chrono::milliseconds delay();

    bool isArmed() const { return m_armed && !wasAway(); }
    void restart();
    /// Never arms again.
    void stop();

    /// Held keys do nothing while `widget` has the focus. The dialog's buttons need it.
    void swallowRepeatedKeys(QWidget *widget);

signals:
    void armedChanged(bool armed);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool wasAway() const { return m_now() - m_seenAt > longestAbsence; }
    void setArmed(bool armed);

    static constexpr std::chrono::seconds longestAbsence{6};

    const std::function<BootClock::time_point()> m_now;
    QWidget *m_dialog;
    QPushButton *m_button;
    QWidget *m_fallback;
    QTimer m_timer;
    /// Looks every second whether time went on without the program; when it last did.
    QTimer m_look;
    BootClock::time_point m_seenAt;
    bool m_armed = false;
    bool m_stopped = false;
};

} // namespace countermand
