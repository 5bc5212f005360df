#include "ui/activity/clearactivitydialog.h"

#include "ui/look/plural.h"

#include <QDialogButtonBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace countermand {

ClearActivityDialog::ClearActivityDialog(int cancels, QWidget *parent)
    : QuestionDialog(u"clearActivityDialog"_s, tr("Clear activity"), parent)
{
    QPushButton *keep = addButton(u"clearKeepButton"_s, tr("&Keep activity"), QDialogButtonBox::RejectRole);
    QPushButton *clear = addDangerButton(u"clearButton"_s, tr("C&lear activity"), QDialogButtonBox::AcceptRole);
    makeDefault(keep);
    connect(keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(clear, &QPushButton::clicked, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, &ClearActivityDialog::clearChosen);
    setWords(plural(cancels, tr("Clear the record of 1 cancel?"), tr("Clear the record of %n cancels?")),
             tr("Cancels of every account are removed from this computer. Those without a known end stay. Nothing "
                "changes at CoinW."));
}

} // namespace countermand
