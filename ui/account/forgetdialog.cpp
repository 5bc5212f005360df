#include "ui/account/forgetdialog.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QPushButton>

namespace countermand {

using namespace Qt::StringLiterals;

ForgetDialog::ForgetDialog(const QString &accountName, QWidget *parent)
    : QuestionDialog(u"forgetDialog"_s, tr("Forget account"), parent),
      m_activity(addCheck(u"forgetActivityCheck"_s, tr("Also delete this account's activity")))
{
    QPushButton *keep = addButton(u"forgetKeepButton"_s, tr("&Keep account"), QDialogButtonBox::RejectRole);
    QPushButton *forget = addDangerButton(u"forgetButton"_s, tr("&Forget account"), QDialogButtonBox::AcceptRole);
    makeDefault(keep);
    connect(keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(forget, &QPushButton::clicked, this, &QDialog::accept);
    setWords(tr("Forget “%1”?").arg(accountName),
             tr("Its keys are removed from this computer. Orders at CoinW stay as they are."));
}

bool ForgetDialog::wantsActivityForgotten() const
{
    return m_activity->isChecked();
}

void ForgetDialog::done(int result)
{
    const bool open = isVisible();
    QDialog::done(result);
    if (open && result == Accepted)
        emit forgetChosen();
}

} // namespace countermand
