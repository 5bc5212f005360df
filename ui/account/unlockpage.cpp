#include "ui/account/unlockpage.h"

#include "ui/look/accessible.h"

#include <QPushButton>

namespace countermand {

using namespace Qt::StringLiterals;

UnlockPage::UnlockPage(QWidget *parent) : MessagePage(u"unlockPage"_s, parent)
{
    setIcon(Icon::Lock, Severity::Neutral);
    m_unlock = addButton(u"unlockButton"_s, tr("&Unlock keychain"));
    setFocusProxy(m_unlock);
    setWaiting(false);
    connect(m_unlock, &QPushButton::clicked, this, &UnlockPage::unlockRequested);
}

void UnlockPage::setWaiting(bool waiting)
{
    const QString reason = waiting ? tr("Waiting for the keychain…") : QString();
    m_unlock->setEnabled(!waiting);
    describe(m_unlock, reason);
    setWords(tr("Your keys are in the system keychain, which is locked."), reason);
}

} // namespace countermand
