#include "ui/window/answercheckdialog.h"

#include "ui/look/accessible.h"
#include "ui/look/dialogparts.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollBar>
#include <QTextCursor>
#include <QVBoxLayout>

#include <algorithm>

namespace countermand {

using namespace Qt::StringLiterals;

AnswerCheckDialog::AnswerCheckDialog(QWidget *parent)
    : QDialog(parent),
      m_state(secondaryLabel({}, this)),
      m_wrongTime(new QCheckBox(tr("Also send one read with a &wrong time, which CoinW should refuse"), this)),
      m_report(new QPlainTextEdit(this)),
      m_check(dialogButton(u"answerCheckStartButton"_s, tr("&Check"), this)),
      m_copy(dialogButton(u"answerCheckCopyButton"_s, tr("C&opy"), this))
{
    setObjectName("answerCheckDialog"_L1);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(tr("Check CoinW's answers"));
    setAccessibleName(windowTitle());

    QLabel *about = textLabel(
        tr("Some things about CoinW's interface could not be verified when this program was made. With your key and "
           "about ten reads it can say which of them hold. Nothing is canceled or changed, and the text has no "
           "amounts, "
           "order IDs or keys: it can be sent to the makers of this program."),
        this);
    m_wrongTime->setObjectName("answerCheckWrongTime"_L1);
    m_wrongTime->setAccessibleName(m_wrongTime->text().remove(u'&'));
    m_state->setObjectName("answerCheckState"_L1);
    m_report->setObjectName("answerCheckText"_L1);
    m_report->setAccessibleName(tr("What was found"));
    m_report->setReadOnly(true);
    m_report->setTabChangesFocus(true);
    m_report->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_report->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_report->setMinimumHeight(m_report->fontMetrics().lineSpacing() * 12);
    m_report->setPlaceholderText(tr("Nothing has been checked yet"));
    m_copy->setEnabled(false);
    describe(m_copy, tr("Nothing has been checked yet"));

    QPushButton *close = dialogButton(u"answerCheckCloseButton"_s, tr("Close"), this);
    QDialogButtonBox *buttons = buttonRow(this);
    buttons->addButton(m_check, QDialogButtonBox::ActionRole);
    buttons->addButton(m_copy, QDialogButtonBox::ActionRole);
    buttons->addButton(close, QDialogButtonBox::RejectRole);
    m_check->setDefault(true);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(about);
    layout->addWidget(m_wrongTime);
    layout->addWidget(m_report, 1);
    layout->addWidget(m_state);
    layout->addWidget(buttons);
    connect(m_check, &QPushButton::clicked, this, &AnswerCheckDialog::start);
    connect(m_copy, &QPushButton::clicked, this, &AnswerCheckDialog::copy);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    fitHeight(this, 860);
    m_check->setFocus();
}

void AnswerCheckDialog::start()
{
    m_check->setEnabled(false);
    m_wrongTime->setEnabled(false);
    m_state->setText(tr("Reading…"));
    emit checkRequested(m_wrongTime->isChecked());
}

void AnswerCheckDialog::setReport(const QString &report)
{
    m_report->setPlainText(report);
    growToText();
    m_state->setText(tr("Done."));
    m_check->setEnabled(true);
    m_wrongTime->setEnabled(true);
    m_copy->setEnabled(true);
    describe(m_copy, {});
    m_copy->setFocus();
}

void AnswerCheckDialog::growToText()
{
    layout()->activate();
    const int hiddenLines = m_report->verticalScrollBar()->maximum();
    if (hiddenLines == 0)
        return;
    const QRect room = screen()->availableGeometry();
    const int frame = frameGeometry().height() - height();
    const int wanted = height() + hiddenLines * m_report->fontMetrics().lineSpacing();
    const int before = height();
    resize(width(), std::max(before, std::min(wanted, room.height() - frame)));
    layout()->activate();
    // The lines counted are more than those there was no room for.
    QTextCursor end(m_report->document());
    end.movePosition(QTextCursor::End);
    const int unused =
        m_report->viewport()->height() - m_report->cursorRect(end).bottom() - m_report->fontMetrics().lineSpacing();
    if (unused > 0)
        resize(width(), std::max(before, height() - unused));
    const int below = frameGeometry().bottom() - room.bottom();
    if (below > 0)
        move(x(), std::max(room.top(), y() - below));
}

void AnswerCheckDialog::copy()
{
    QGuiApplication::clipboard()->setText(m_report->toPlainText());
    m_state->setText(tr("Copied."));
}

} // namespace countermand
