#include "ui/window/quitdialog.h"

#include "ui/look/plural.h"

#include <QDialogButtonBox>
#include <QPushButton>

namespace countermand {

using namespace Qt::StringLiterals;

QuitDialog::QuitDialog(int withoutResult, int notSent, QWidget *parent)
    : QuestionDialog(u"quitDialog"_s, tr("Quit Countermand"), parent)
{
    QPushButton *wait = addButton(u"quitWaitButton"_s, tr("&Wait, then quit"), QDialogButtonBox::AcceptRole);
    QPushButton *quitNow = addButton(u"quitNowButton"_s, tr("&Quit now"), QDialogButtonBox::DestructiveRole);
    QPushButton *stay = addButton(u"quitStayButton"_s, tr("&Stay"), QDialogButtonBox::RejectRole);
    makeDefault(wait);
    connect(wait, &QPushButton::clicked, this, [this] {
        m_choice = Choice::Wait;
        accept();
    });
    connect(quitNow, &QPushButton::clicked, this, [this] {
        m_choice = Choice::QuitNow;
        accept();
    });
    connect(stay, &QPushButton::clicked, this, &QDialog::reject);
    setCounts(withoutResult, notSent);
}

void QuitDialog::setCounts(int withoutResult, int notSent)
{
    const QString heading =
        plural(withoutResult, tr("1 cancel has no result yet."), tr("%n cancels have no result yet."));
    const QString text = notSent == 0
                             ? tr("Sent requests can't be recalled.")
                             : tr("Sent requests can't be recalled; %1 not yet sent will be dropped.").arg(notSent);
    setWords(heading, text);
}

void QuitDialog::done(int result)
{
    const bool open = isVisible();
    QDialog::done(result);
    if (!open)
        return;
    switch (m_choice) {
    case Choice::Stay:
        emit stayChosen();
        break;
    case Choice::Wait:
        emit waitChosen();
        break;
    case Choice::QuitNow:
        emit quitNowChosen();
        break;
    }
}

} // namespace countermand
