#include "ui/window/instantcanceldialog.h"

#include <QDialogButtonBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace countermand {

InstantCancelDialog::InstantCancelDialog(const QString &accountName, QWidget *parent)
    : QuestionDialog(u"instantCancelDialog"_s, tr("Instant cancel"), parent)
{
    QPushButton *keep = addButton(u"instantKeepButton"_s, tr("&Keep asking"), QDialogButtonBox::RejectRole);
    QPushButton *turnOn = addButton(u"instantOnButton"_s, tr("&Turn on"), QDialogButtonBox::AcceptRole);
    makeDefault(keep);
    connect(keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(turnOn, &QPushButton::clicked, this, &QDialog::accept);
    setWords(tr("Turn on instant cancel for “%1”?").arg(accountName),
             tr("Single plain orders will be canceled without asking."));
}

void InstantCancelDialog::done(int result)
{
    const bool open = isVisible();
    QDialog::done(result);
    if (open && result == Accepted)
        emit turnOnChosen();
}

} // namespace countermand
