#include "ui/look/questiondialog.h"

#include "ui/look/accessible.h"
#include "ui/look/dialogparts.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace countermand {

namespace {

constexpr int dialogWidth = 460;

} // namespace

QuestionDialog::QuestionDialog(const QString &objectName, const QString &title, QWidget *parent)
    : QDialog(parent), m_heading(headingLabel({}, this)), m_text(textLabel({}, this)), m_buttons(buttonRow(this))
{
    setObjectName(objectName);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(title);
    setAccessibleName(title);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    m_content = new QVBoxLayout;
    m_content->setSpacing(12);
    m_content->addWidget(m_heading);
    m_content->addWidget(m_text);
    layout->addLayout(m_content);
    layout->addStretch(1);
    layout->addSpacing(4);
    layout->addWidget(m_buttons);
}

void QuestionDialog::setWords(const QString &heading, const QString &text)
{
    m_heading->setText(heading);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    describe(this, QStringList{windowTitle(), heading, text}.join(u'\n').trimmed());
    fitHeight(this, dialogWidth);
}

QCheckBox *QuestionDialog::addCheck(const QString &objectName, const QString &text)
{
    auto *box = new QCheckBox(text, this);
    box->setObjectName(objectName);
    m_content->addWidget(box);
    return box;
}

QPushButton *QuestionDialog::addButton(const QString &objectName, const QString &text, int role)
{
    QPushButton *button = dialogButton(objectName, text, this);
    m_buttons->addButton(button, static_cast<QDialogButtonBox::ButtonRole>(role));
    return button;
}

QPushButton *QuestionDialog::addDangerButton(const QString &objectName, const QString &text, int role)
{
    QPushButton *button = dialogButton(objectName, text, this);
    markDangerous(button);
    m_buttons->addButton(button, static_cast<QDialogButtonBox::ButtonRole>(role));
    return button;
}

void QuestionDialog::makeDefault(QPushButton *button)
{
    button->setDefault(true);
    button->setFocus(Qt::OtherFocusReason);
}

} // namespace countermand
