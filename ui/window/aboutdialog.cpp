#include "ui/window/aboutdialog.h"

#include "ui/look/accessible.h"
#include "ui/look/dialogparts.h"
#include "ui/look/icons.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace countermand {

using namespace Qt::StringLiterals;

AboutDialog::AboutDialog(const QString &version, QWidget *parent) : QDialog(parent)
{
    setObjectName("aboutDialog"_L1);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(tr("About Countermand"));
    setAccessibleName(windowTitle());

    const QString purpose = tr("An order manager for CoinW perpetual futures.");
    const QString facts = tr("Version %1 · Qt %2 · MIT license").arg(version, QString::fromLatin1(qVersion()));
    const QString maker = tr("Countermand is not made or endorsed by CoinW.");
    describe(this, QStringList{windowTitle(), purpose, facts, maker}.join(u'\n'));

    auto *icon = new QLabel(this);
    icon->setPixmap(applicationIcon().pixmap(QSize(64, 64), devicePixelRatioF()));
    auto *text = new QVBoxLayout;
    text->setSpacing(8);
    text->addWidget(headingLabel(tr("Countermand"), this));
    text->addWidget(textLabel(purpose, this));
    QLabel *factsLabel = textLabel(facts, this);
    factsLabel->setObjectName("aboutFacts"_L1);
    factsLabel->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text->addWidget(factsLabel);
    text->addWidget(secondaryLabel(maker, this));
    auto *row = new QHBoxLayout;
    row->setSpacing(16);
    row->addWidget(icon, 0, Qt::AlignTop);
    row->addLayout(text, 1);

    QDialogButtonBox *buttons = buttonRow(this);
    QPushButton *close = dialogButton(u"aboutCloseButton"_s, tr("Close"), this);
    buttons->addButton(close, QDialogButtonBox::RejectRole);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(16);
    layout->addLayout(row);
    layout->addStretch(1);
    layout->addWidget(buttons);
    close->setDefault(true);
    close->setFocus(Qt::OtherFocusReason);
    fitHeight(this, 440);
}

} // namespace countermand
