#pragma once

#include "domain/keychain.h"
#include "ui/look/messagepage.h"

namespace countermand {

/// Why there are no keys, and what can be done about it.
class KeychainPage : public MessagePage
{
    Q_OBJECT

public:
    explicit KeychainPage(QWidget *parent);

    /// `accountName` is named where its keys are missing. For KeychainProblem::Locked the page says so and offers to
    /// try again.
    void setProblem(const KeychainError &error, const QString &accountName);

signals:
    /// "Try again"
    void retryRequested();
    /// "Use until I quit": keys in memory only
    void memoryRequested();
    /// "Enter keys again"
    void enterKeysRequested();
    /// "Use practice mode"
    void practiceRequested();
    /// "Not now"
    void dismissed();

private:
    QPushButton *m_retry;
    QPushButton *m_memory;
    QPushButton *m_enterKeys;
    QPushButton *m_practice;
    QPushButton *m_dismiss;
};

} // namespace countermand
