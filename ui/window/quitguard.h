#pragma once

#include <QObject>
#include <QPointer>

namespace countermand {

class CancelWorkflow;
class QuitDialog;

/// Lets no window close unasked while cancels have no result: asks, then waits for them, or stops what is unsent.
class QuitGuard : public QObject
{
    Q_OBJECT

public:
    /// Guards `window`, its parent.
    explicit QuitGuard(QWidget &window);

    /// The cancels of the open account, which must stay until the next call; null without an account. A question that
    /// is open, and a wish to quit later, go with the account they were about.
    void setCancels(CancelWorkflow *cancels);
    /// Cancels of the open account that have no result yet.
    int openCancels() const;
    /// Whether the window may close now. If not, the question is shown.
    bool mayClose();
    /// mayClose() from now on: the question has been answered, or the system ends the session. Closes the window.
    void closeAtOnce();

private:
    void ask();
    void note();
    void closeSoon();

    QWidget &m_window;
    CancelWorkflow *m_cancels = nullptr;
    QPointer<QuitDialog> m_question;
    bool m_whenSettled = false;
    bool m_atOnce = false;
};

} // namespace countermand
