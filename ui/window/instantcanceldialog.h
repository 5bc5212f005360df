#pragma once

#include "ui/look/questiondialog.h"

namespace countermand {

/// Turn on canceling without a question? Keep asking is the default. Exactly one signal, once. Call open().
class InstantCancelDialog : public QuestionDialog
{
    Q_OBJECT

public:
    InstantCancelDialog(const QString &accountName, QWidget *parent);

    void done(int result) override;

signals:
    void turnOnChosen();
};

} // namespace countermand
