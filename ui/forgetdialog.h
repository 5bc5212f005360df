#pragma once

#include "ui/questiondialog.h"

namespace countermand {

/// A4: forgetting an account. Keeping it is the default; Esc keeps. Exactly one signal, once. Call open().
class ForgetDialog : public QuestionDialog
{
    Q_OBJECT

public:
    ForgetDialog(const QString &accountName, QWidget *parent);

    void done(int result) override;

signals:
    void forgetChosen();
    void keepChosen();
};

} // namespace countermand
