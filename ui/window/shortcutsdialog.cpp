#include "ui/window/shortcutsdialog.h"

#include "ui/look/accessible.h"
#include "ui/look/dialogparts.h"
#include "ui/look/tallarea.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QStringList>
#include <QVBoxLayout>

namespace countermand {

using namespace Qt::StringLiterals;

ShortcutsDialog::ShortcutsDialog(const QList<ShortcutLine> &lines, QWidget *parent) : QDialog(parent)
{
    setObjectName("shortcutsDialog"_L1);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(tr("Keyboard shortcuts"));
    setAccessibleName(windowTitle());

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(headingLabel(tr("Keyboard shortcuts"), this));

    auto *content = new QWidget;
    auto *grid = new QGridLayout(content);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    QStringList spoken{windowTitle()};
    int row = 0;
    for (const ShortcutLine &line : lines) {
        QLabel *pressed = textLabel(line.keys, content);
        QFont semibold = font();
        semibold.setWeight(QFont::DemiBold);
        pressed->setFont(semibold);
        pressed->setWordWrap(false);
        grid->addWidget(pressed, row, 0, Qt::AlignTop);
        grid->addWidget(textLabel(line.does, content), row, 1);
        spoken.append(u"%1: %2"_s.arg(line.keys, line.does));
        ++row;
    }
    layout->addWidget(new TallArea(content, this), 1);
    describe(this, spoken.join(u'\n'));

    QDialogButtonBox *buttons = buttonRow(this);
    QPushButton *close = dialogButton(u"shortcutsCloseButton"_s, tr("Close"), this);
    buttons->addButton(close, QDialogButtonBox::RejectRole);
    layout->addWidget(buttons);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    close->setDefault(true);
    close->setFocus(Qt::OtherFocusReason);
    fitHeight(this, 480);
}

} // namespace countermand
