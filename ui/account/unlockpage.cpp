#include "ui/account/unlockpage.h"

#include "ui/look/accessible.h"

#include <QPushButton>

#include <chrono>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace countermand {

namespace {

/// A keychain that is open answers much sooner.
constexpr auto usualAnswer = 2s;

} // namespace

UnlockPage::UnlockPage(QWidget *parent) : MessagePage(u"unlockPage"_s, parent)
{
    setIcon(Icon::Lock, Severity::Neutral);
    m_unlock = addButton(u"unlockButton"_s, {});
    m_stop = addButton(u"unlockStopButton"_s, tr("&Stop waiting"));
    setFocusProxy(m_unlock);
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, &UnlockPage::renew);
    connect(m_unlock, &QPushButton::clicked, this, &UnlockPage::unlockRequested);
    connect(m_stop, &QPushButton::clicked, this, &UnlockPage::stopRequested);
    renew();
}

void UnlockPage::setLock(Lock lock, const QString &accountName, bool waiting)
{
    const bool waitedBefore = m_waiting;
    m_lock = lock;
    m_accountName = accountName;
    m_waiting = waiting;
    if (!waiting)
        m_patience.stop();
    else if (!waitedBefore)
        m_patience.start(usualAnswer);
    renew();
    if (waitedBefore && !waiting && isVisible())
        m_unlock->setFocus(Qt::OtherFocusReason);
}

void UnlockPage::renew()
{
    QString heading;
    QString text;
    QString button = tr("&Unlock");
    switch (m_lock) {
    case Lock::NotYet:
        heading = m_waiting ? tr("Opening “%1”").arg(m_accountName) : tr("“%1” is not open.").arg(m_accountName);
        text = tr("Its keys are in the system keychain.");
        break;
    case Lock::Here:
        heading = tr("Countermand is locked.");
        break;
    case Lock::HereOpen:
        heading = tr("Countermand is locked.");
        text = tr("The keychain is open: unlocking asks for no password.");
        break;
    case Lock::Keychain:
        heading = tr("Your keys are in the system keychain, which is locked.");
        button = tr("&Unlock keychain");
        break;
    case Lock::HereAndWiped:
        heading = tr("Countermand is locked.");
        text = tr("The keys were in memory only and have been wiped: they must be entered again.");
        button = tr("&Enter keys again");
        break;
    case Lock::BeingForgotten:
        heading = tr("Forgetting “%1”").arg(m_accountName);
        break;
    }
    const bool late = m_waiting && !m_patience.isActive();
    if (m_waiting)
        text = late ? tr("Waiting for the keychain. If no password window has appeared, your desktop has no keychain "
                         "prompt running.")
               : m_lock == Lock::NotYet ? tr("Opening the keychain…")
                                        : tr("Waiting for the keychain…");
    m_unlock->setText(button);
    m_unlock->setAccessibleName(QString(button).remove(u'&'));
    m_unlock->setEnabled(!m_waiting);
    describe(m_unlock, m_waiting ? text : QString());
    // What has been asked to be removed is removed when the answer comes.
    m_stop->setVisible(late && m_lock != Lock::BeingForgotten);
    // The only thing that can be done here.
    const QWidget *focus = window()->focusWidget();
    if (m_stop->isVisible() && (!focus || isAncestorOf(focus)))
        m_stop->setFocus(Qt::OtherFocusReason);
    setWords(heading, text);
}

} // namespace countermand
