#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

class QPushButton;
class QWidget;

namespace countermand {

/// Keeps a button of a dialog disabled until the user had time to see what it does: for a while after the dialog is
/// shown, after its window becomes active again, and after restart().
///
/// A repeated (held) Enter, Space, Del or chord never presses anything in the dialog either.
class ArmDelay : public QObject
{
    Q_OBJECT

public:
    /// `fallback` gets the focus whenever `button` has to give it away. Both live in `dialog`, which becomes the
    /// parent.
    ArmDelay(QWidget *dialog, QPushButton *button, QWidget *fallback);

    /// max(500 ms, the system's double-click interval + 100 ms).
    static std::chrono::milliseconds delay();

    bool isArmed() const { return m_armed; }
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
    void setArmed(bool armed);

    QWidget *m_dialog;
    QPushButton *m_button;
    QWidget *m_fallback;
    QTimer m_timer;
    bool m_armed = false;
    bool m_stopped = false;
};

} // namespace countermand
