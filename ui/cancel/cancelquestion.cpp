#include "ui/cancel/cancelquestion.h"

#include "ui/account/badge.h"
#include "ui/cancel/armdelay.h"
#include "ui/look/dialogparts.h"

#include <QDialogButtonBox>
#include <QKeySequence>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QShowEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace countermand {

using namespace Qt::StringLiterals;

CancelQuestion::CancelQuestion(const QString &name, const Account &account, int leastWidth, QWidget *parent)
    : QDialog(parent),
      m_name(name),
      m_account(account),
      m_leastWidth(leastWidth),
      m_content(new QVBoxLayout(this)),
      m_heading(headingLabel({}, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(name + "Dialog"_L1);
    setWindowModality(Qt::WindowModal);
    m_content->setContentsMargins(20, 16, 20, 16);
    m_content->setSpacing(12);
    auto *badge = new AccountBadge(this);
    badge->setObjectName(name + "Badge"_L1);
    badge->setAccount(account);
    m_content->addWidget(badge, 0, Qt::AlignLeft);
    m_heading->setObjectName(name + "Heading"_L1);
    m_content->addWidget(m_heading);
}

void CancelQuestion::setTitle(const QString &title)
{
    setWindowTitle(title);
    setAccessibleName(title);
}

void CancelQuestion::setHeading(const QString &text)
{
    m_heading->setText(text);
}

QStringList CancelQuestion::spokenHead() const
{
    return {windowTitle(), m_heading->text()};
}

void CancelQuestion::addButtons(const QString &keepText, const QString &cancelText)
{
    QDialogButtonBox *buttons = buttonRow(this);
    m_keep = dialogButton(m_name + "KeepButton"_L1, keepText, this);
    m_cancel = dialogButton(m_name + "CancelButton"_L1, cancelText, this);
    m_close = dialogButton(m_name + "CloseButton"_L1, tr("Close"), this);
    markDangerous(m_cancel);
    buttons->addButton(m_keep, QDialogButtonBox::RejectRole);
    buttons->addButton(m_cancel, QDialogButtonBox::AcceptRole);
    buttons->addButton(m_close, QDialogButtonBox::RejectRole);
    m_close->hide();
    m_content->addSpacing(4);
    m_content->addWidget(buttons);
    setTabOrder(m_keep, m_cancel);

    m_arm = new ArmDelay(this, m_cancel, m_keep);
    m_arm->swallowRepeatedKeys(m_close);
    connect(m_keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_cancel, &QPushButton::clicked, this, &CancelQuestion::confirm);
    for (const int key : {int(Qt::CTRL) | int(Qt::Key_Return), int(Qt::CTRL) | int(Qt::Key_Enter)}) {
        // Stays enabled during the arm delay: a chord that nobody takes would press the focused button.
        auto *chord = new QShortcut(QKeySequence(key), this);
        chord->setAutoRepeat(false);
        connect(chord, &QShortcut::activated, this, &CancelQuestion::confirm);
    }
    // Both: with the default alone, some platforms' button order gives the focus, and so Enter, to Cancel.
    m_keep->setDefault(true);
    m_keep->setFocus(Qt::OtherFocusReason);
}

void CancelQuestion::refit()
{
    fitHeight(this, isVisible() ? std::max(m_leastWidth, width()) : m_leastWidth);
}

void CancelQuestion::leaveOnlyClosing(const QString &heading)
{
    m_gone = true;
    m_arm->stop();
    m_heading->setText(heading);
    m_close->show();
    m_close->setDefault(true);
    m_close->setFocus(Qt::OtherFocusReason);
    m_keep->hide();
    m_cancel->hide();
}

bool CancelQuestion::mayConfirm() const
{
    return m_arm->isArmed() && !isOver();
}

void CancelQuestion::abandon()
{
    m_ended = true;
    reject();
}

void CancelQuestion::openNear(const QRect &row)
{
    if (const auto place = placeNear(row, size(), QCursor::pos()))
        move(*place);
    open();
}

void CancelQuestion::closeConfirmed()
{
    m_ended = true;
    accept();
}

void CancelQuestion::done(int result)
{
    const bool answered = isVisible() || result == Accepted;
    QDialog::done(result);
    if (answered && !std::exchange(m_ended, true) && !m_gone)
        emit kept();
}

void CancelQuestion::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    if (!event->spontaneous())
        moveOffPointer(this, m_cancel);
}

} // namespace countermand
