#pragma once

#include "ui/look/questiondialog.h"

namespace countermand {

/// Quitting while cancels have no result. Esc stays.
///
/// Exactly one of the three signals is emitted, once. Call open().
class QuitDialog : public QuestionDialog
{
    Q_OBJECT

public:
    /// `withoutResult` cancels have no result yet, `notSent` of them have not left.
    QuitDialog(int withoutResult, int notSent, QWidget *parent);

    /// Results came while the question stood.
    void setCounts(int withoutResult, int notSent);

    void done(int result) override;

signals:
    void waitChosen();
    void quitNowChosen();
    void stayChosen();

private:
    enum class Choice { Stay, Wait, QuitNow };
    Choice m_choice = Choice::Stay;
};

} // namespace countermand
