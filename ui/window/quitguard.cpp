#include "ui/window/quitguard.h"

#include "ui/window/quitdialog.h"
#include "workflow/cancelworkflow.h"

#include <QWidget>

namespace countermand {

QuitGuard::QuitGuard(QWidget &window) : QObject(&window), m_window(window) {}

void QuitGuard::setCancels(CancelWorkflow *cancels)
{
    if (m_cancels)
        m_cancels->disconnect(this);
    m_cancels = cancels;
    m_whenSettled = false;
    delete m_question;
    if (m_cancels)
        connect(m_cancels, &CancelWorkflow::changed, this, &QuitGuard::note);
}

int QuitGuard::openCancels() const
{
    return m_cancels ? m_cancels->openCount() : 0;
}

bool QuitGuard::mayClose()
{
    if (m_atOnce || openCancels() == 0)
        return true;
    ask();
    return false;
}

void QuitGuard::closeAtOnce()
{
    m_atOnce = true;
    m_window.close();
}

void QuitGuard::closeSoon()
{
    QMetaObject::invokeMethod(this, &QuitGuard::closeAtOnce, Qt::QueuedConnection);
}

void QuitGuard::note()
{
    if (m_question)
        m_question->setCounts(m_cancels->openCount(), m_cancels->unsentCount());
    else if (m_whenSettled && m_cancels->openCount() == 0)
        closeSoon();
}

void QuitGuard::ask()
{
    if (m_question) {
        m_question->raise();
        return;
    }
    m_question = new QuitDialog(m_cancels->openCount(), m_cancels->unsentCount(), &m_window);
    connect(m_question, &QuitDialog::waitChosen, this, [this] {
        m_whenSettled = true;
        if (openCancels() == 0)
            closeSoon();
    });
    connect(m_question, &QuitDialog::quitNowChosen, this, [this] {
        m_cancels->stopUnsent();
        closeSoon();
    });
    connect(m_question, &QuitDialog::stayChosen, this, [this] { m_whenSettled = false; });
    m_question->open();
}

} // namespace countermand
