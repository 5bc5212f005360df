#pragma once

#include "ui/look/questiondialog.h"

class QCheckBox;

namespace countermand {

/// Forgetting an account. Keeping it is the default; Esc keeps. Exactly one signal, once. Call open().
class ForgetDialog : public QuestionDialog
{
    Q_OBJECT

public:
    ForgetDialog(const QString &accountName, QWidget *parent);

    /// The account's settled cancels are to be removed from the Activity, too.
    bool wantsActivityForgotten() const;

    void done(int result) override;

signals:
    void forgetChosen();

private:
    QCheckBox *m_activity;
};

} // namespace countermand
