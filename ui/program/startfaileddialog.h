#pragma once

#include "local/folderlock.h"
#include "ui/look/questiondialog.h"

namespace countermand {

/// The small window of a start that failed: a program that ends without a window would leave nothing but a line on a
/// terminal that nobody sees.
class StartFailedDialog : public QuestionDialog
{
    Q_OBJECT

public:
    /// Says why, with the folder, and offers to open it (or what there is of the way to it).
    static StartFailedDialog *forProblem(const QString &reason, const QString &folder, QWidget *parent = nullptr);
    /// Asks whether to start although the folder was in use on another computer; closing is the default.
    static StartFailedDialog *forOtherComputer(const LockHolder &holder, const QString &folder,
                                               QWidget *parent = nullptr);

signals:
    /// *Start here* was chosen, once; the dialog is still there.
    void startHereChosen();
    /// Closed without that, once.
    void closed();

protected:
    void done(int result) override;

private:
    explicit StartFailedDialog(QWidget *parent);

    bool m_startHere = false;
};

} // namespace countermand
