#include "ui/account/firststepsdialog.h"

#include "ui/account/welcomepage.h"
#include "ui/look/dialogparts.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace countermand {

using namespace Qt::StringLiterals;

FirstStepsDialog::FirstStepsDialog(QWidget *parent) : QDialog(parent)
{
    setObjectName("firstStepsDialog"_L1);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(tr("First steps"));
    setAccessibleName(windowTitle());

    auto *steps = new WelcomePage(this);
    // The page of this name stands in the window alone.
    steps->setObjectName("firstStepsPage"_L1);
    QDialogButtonBox *buttons = buttonRow(this);
    QPushButton *close = dialogButton(u"firstStepsCloseButton"_s, tr("Close"), this);
    close->setAutoDefault(false);
    buttons->addButton(close, QDialogButtonBox::RejectRole);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->addWidget(steps, 1);
    layout->addWidget(buttons);
    setTabOrder(steps->findChild<QPushButton *>(u"welcomeConnectButton"_s), close);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(steps, &WelcomePage::practiceChosen, this, [this] {
        accept();
        emit practiceChosen();
    });
    connect(steps, &WelcomePage::connectChosen, this, [this] {
        accept();
        emit connectChosen();
    });
    fitHeight(this, 800);
}

} // namespace countermand
