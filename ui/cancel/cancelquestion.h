#pragma once

#include <QDialog>

namespace countermand {

/// A question whether to cancel, as it may end: once, in one of confirmed, kept, or neither. Deletes itself when it
/// closes. Call open().
class CancelQuestion : public QDialog
{
    Q_OBJECT

public:
    /// Closes without an answer: the account was switched or locked, or the connection went.
    void abandon();

    void done(int result) override;

signals:
    /// It was closed in any other way than by confirming.
    void kept();

protected:
    explicit CancelQuestion(QWidget *parent);

    /// Whether there is still something to cancel. Where nothing is, closing answers nothing.
    virtual bool isOpenQuestion() const = 0;
    bool hasEnded() const { return m_ended; }
    /// Closes as confirmed; saying what was confirmed is up to the caller.
    void closeConfirmed();

private:
    bool m_ended = false;
};

} // namespace countermand
