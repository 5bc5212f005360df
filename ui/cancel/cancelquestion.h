#pragma once

#include "domain/account.h"

#include <QDialog>
#include <QString>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace countermand {

class ArmDelay;

/// A question whether to cancel: whose account, what is asked, what it is about, and two buttons. Keeping is the
/// default in every way; canceling takes a deliberate act after the arm delay (see ArmDelay). Base of the two that
/// ask.
///
/// Ends once: as confirmed, which the derived class says, with kept(), or with neither, if nothing was left to cancel
/// or abandon() was called. Deletes itself when it closes. Call open().
class CancelQuestion : public QDialog
{
    Q_OBJECT

public:
    /// Whose orders; bound when the question was asked.
    const Account &account() const { return m_account; }
    /// Closes without an answer: the account was switched or locked, or the connection went.
    void abandon();
    /// open(), near the row of the order, which it doesn't cover. An empty row: anywhere.
    void openNear(const QRect &row);

    void done(int result) override;

signals:
    /// It was closed in any other way than by confirming.
    void kept();

protected:
    /// `name` begins the names of its widgets: "confirm" for `confirmDialog`, `confirmBadge`, `confirmHeading`,
    /// `confirmKeepButton`, `confirmCancelButton`, `confirmCloseButton`. It is at least `leastWidth` wide.
    CancelQuestion(const QString &name, const Account &account, int leastWidth, QWidget *parent);

    bool isPractice() const { return m_account.environment == Environment::Practice; }
    void setTitle(const QString &title);
    void setHeading(const QString &text);
    /// Badge and heading; what the question is about goes below.
    QVBoxLayout *content() const { return m_content; }
    /// Below the content, so behind all that goes there.
    void addButtons(const QString &keepText, const QString &cancelText);
    QPushButton *keepButton() const { return m_keep; }
    QPushButton *cancelButton() const { return m_cancel; }
    ArmDelay &arm() const { return *m_arm; }
    /// As high as its content is now.
    void refit();
    /// Title and heading, for its description.
    QStringList spokenHead() const;

    /// Nothing is left to cancel: only closing is, and that answers nothing.
    void leaveOnlyClosing(const QString &heading);
    bool isOver() const { return m_gone || m_ended; }
    /// The canceling button was pressed, or Ctrl+Enter; whether that may be is up to the derived class.
    virtual void confirm() = 0;
    /// The delay is over, and there is something to cancel.
    bool mayConfirm() const;
    /// Closes as confirmed; saying what was confirmed is up to the caller.
    void closeConfirmed();
    void showEvent(QShowEvent *event) override;

private:
    const QString m_name;
    const Account m_account;
    const int m_leastWidth;
    bool m_gone = false;
    bool m_ended = false;

    QVBoxLayout *m_content;
    QLabel *m_heading;
    QPushButton *m_keep = nullptr;
    QPushButton *m_cancel = nullptr;
    QPushButton *m_close = nullptr;
    ArmDelay *m_arm = nullptr;
};

} // namespace countermand
