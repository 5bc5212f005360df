#include "ui/account/keychainpage.h"

#include <QPushButton>

namespace countermand {

using namespace Qt::StringLiterals;

KeychainPage::KeychainPage(QWidget *parent) : MessagePage(u"keychainPage"_s, parent)
{
    m_retry = addButton(u"keychainRetryButton"_s, tr("&Try again"));
    m_memory = addButton(u"keychainMemoryButton"_s, tr("&Use until I quit"));
    m_enterKeys = addButton(u"keychainEnterButton"_s, tr("&Enter keys again"));
    m_practice = addButton(u"keychainPracticeButton"_s, tr("Use &practice mode"));
    m_dismiss = addButton(u"keychainDismissButton"_s, tr("&Not now"));
    connect(m_retry, &QPushButton::clicked, this, &KeychainPage::retryRequested);
    connect(m_memory, &QPushButton::clicked, this, &KeychainPage::memoryRequested);
    connect(m_enterKeys, &QPushButton::clicked, this, &KeychainPage::enterKeysRequested);
    connect(m_practice, &QPushButton::clicked, this, &KeychainPage::practiceRequested);
    connect(m_dismiss, &QPushButton::clicked, this, &KeychainPage::dismissed);
    setProblem({}, {});
}

void KeychainPage::setProblem(const KeychainError &error, const QString &accountName)
{
    QString words;
    QPushButton *first = m_retry;
    QPushButton *second = m_practice;
    const QPushButton *third = nullptr;
    Severity severity = Severity::Warning;
    switch (error.problem) {
    case KeychainProblem::Locked:
        words = tr("Your keys are in the system keychain, which is locked.");
        break;
    case KeychainProblem::Denied:
        words = tr("The keychain refused access. The keys stay where they are.");
        break;
    case KeychainProblem::NoKeychain:
        words = tr("No keychain is available on this system. Keys can be kept in memory until you quit; nothing is "
                   "written to disk.");
        first = m_memory;
        second = m_retry;
        third = m_dismiss;
        break;
    case KeychainProblem::NoEntry:
        words = tr("No keys are stored for “%1”.").arg(accountName);
        first = m_enterKeys;
        severity = Severity::Neutral;
        break;
    case KeychainProblem::BadEntry:
        words = tr("The keys stored for “%1” can't be used. %2").arg(accountName, error.text);
        first = m_enterKeys;
        severity = Severity::Error;
        break;
    case KeychainProblem::Other:
        words = error.text.isEmpty() ? tr("The keychain reported an error and no reason.")
                                     : tr("The keychain reported: %1").arg(error.text);
        severity = Severity::Error;
        break;
    }
    setIcon(error.problem == KeychainProblem::NoEntry ? Icon::Account : Icon::Lock, severity);
    setWords(words, {});
    for (QPushButton *button : {m_retry, m_memory, m_enterKeys, m_practice, m_dismiss})
        button->setVisible(button == first || button == second || button == third);
    setFocusProxy(first);
}

} // namespace countermand
