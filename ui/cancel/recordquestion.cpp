#include "ui/cancel/recordquestion.h"

#include "ui/cancel/armdelay.h"
#include "ui/words/orderwords.h"

#include <QDialogButtonBox>
#include <QPushButton>

namespace countermand {

using namespace Qt::StringLiterals;

RecordQuestion::RecordQuestion(const Account &account, const Order &order, int count, const QString &problem,
                               QWidget *parent)
    : QuestionDialog(u"recordQuestion"_s,
                     tr("Cancel not recorded — %1 · %2").arg(environmentText(account), account.name), parent),
      m_account(account),
      m_order(order)
{
    QPushButton *keep = addButton(u"recordKeepButton"_s, count > 1 ? tr("&Keep orders") : tr("&Keep order"),
                                  QDialogButtonBox::RejectRole);
    QPushButton *cancel =
        addDangerButton(u"recordCancelButton"_s, tr("&Cancel without a record"), QDialogButtonBox::AcceptRole);
    makeDefault(keep);
    auto *arm = new ArmDelay(this, cancel, keep);
    connect(keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(cancel, &QPushButton::clicked, this, [this, arm] {
        if (arm->isArmed())
            accept();
    });

    const QString orders = count > 1 ? tr("%1 orders").arg(count) : orderIdentity(order);
    const QString what = tr("%1: nothing has been sent. Countermand writes down each cancel before it is "
                            "sent, so that none is lost when the program or the computer stops. That can't be "
                            "done now%2.")
                             .arg(orders, problem.isEmpty() ? QString() : tr(" (%1)").arg(isolated(problem)));
    setWords(tr("The record of cancels can't be written"), what);
}

void RecordQuestion::done(int result)
{
    const bool open = isVisible();
    QDialog::done(result);
    if (!open)
        return;
    if (result == Accepted)
        emit cancelWithoutRecord();
    else
        emit kept();
}

} // namespace countermand
