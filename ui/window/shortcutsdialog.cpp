#include "ui/window/shortcutsdialog.h"

#include "ui/look/accessible.h"
#include "ui/look/dialogparts.h"
#include "ui/look/tallarea.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QKeySequence>
#include <QLabel>
#include <QPushButton>
#include <QStringList>
#include <QVBoxLayout>

#include <initializer_list>

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("ShortcutLines", text);
}

QString keys(std::initializer_list<QKeySequence> sequences)
{
    QStringList texts;
    for (const QKeySequence &sequence : sequences)
        texts.append(sequence.toString(QKeySequence::NativeText));
    return texts.join(u", "_s);
}

} // namespace

QList<ShortcutLine> shortcutLines()
{
    return {
        {keys({Qt::Key_Delete}), words("Cancel the selected order (asks first)")},
        {keys({Qt::CTRL | Qt::Key_Return}), words("In the question: confirm")},
        {keys({Qt::Key_Escape}), words("Keep the order, or dismiss a notice")},
        {keys({Qt::Key_Return, Qt::ALT | Qt::Key_Return}), words("Order details")},
        {keys({Qt::CTRL | Qt::Key_C}), words("Copy row")},
        {keys({Qt::CTRL | Qt::SHIFT | Qt::Key_C}), words("Copy order id")},
        {keys({Qt::Key_F5, Qt::CTRL | Qt::Key_R}), words("Read the list again")},
        {keys({Qt::Key_F6, Qt::SHIFT | Qt::Key_F6}), words("Next or previous area")},
        {keys({Qt::Key_F1, Qt::CTRL | Qt::Key_Question}), words("This list")},
        {keys({Qt::CTRL | Qt::Key_Q}), words("Quit")},
    };
}

ShortcutsDialog::ShortcutsDialog(QWidget *parent) : QDialog(parent)
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
    for (const ShortcutLine &line : shortcutLines()) {
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
