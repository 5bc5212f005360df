#pragma once

#include "ui/look/questiondialog.h"

namespace countermand {

/// "Clear activity?": keeping it is the default. Call open().
class ClearActivityDialog : public QuestionDialog
{
    Q_OBJECT

public:
    ClearActivityDialog(int cancels, QWidget *parent);

signals:
    void clearChosen();
};

} // namespace countermand
