#include "ui/account/accountdialog.h"

#include "domain/wipe.h"
#include "ui/account/accountform.h"
#include "ui/account/keycleaning.h"
#include "ui/account/testresults.h"
#include "ui/look/accessible.h"
#include "ui/look/dialogparts.h"
#include "ui/look/noticebox.h"
#include "ui/look/tallarea.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

constexpr int dialogWidth = 560;

} // namespace

AccountDialog::AccountDialog(const QStringList &takenNames, QWidget *parent)
    : QDialog(parent), m_form(new AccountForm(takenNames, this))
{
    setWindowTitle(tr("Add account"));
    build(tr("Connect a CoinW account"));
}

AccountDialog::AccountDialog(const Account &account, const QString &apiKey, const QStringList &takenNames,
                             QWidget *parent)
    : QDialog(parent), m_edited(account), m_form(new AccountForm(takenNames, this))
{
    m_form->setStored(account, apiKey);
    setWindowTitle(tr("Edit account"));
    build(tr("Edit account"));
}

void AccountDialog::build(const QString &heading)
{
    setObjectName("accountDialog"_L1);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setAccessibleName(windowTitle());

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(headingLabel(heading, this));
    auto *content = new QWidget;
    auto *rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(12);
    rows->addWidget(m_form);

    const QString permissions =
        tr("Create a key at CoinW: allow Read Only and Futures Trading. Never allow Withdrawal.");
    const QString address = tr("Tip: tie the key to your IP address. CoinW removes trading keys without a trusted IP "
                               "after 30 idle days.");
    for (const QString &help : {permissions, address})
        rows->addWidget(secondaryLabel(help, this));
    describe(this, QStringList{windowTitle(), permissions, address}.join(u'\n'));

    buildTest(rows);
    m_problem = new NoticeBox(Severity::Error, this);
    m_problem->setObjectName("accountProblem"_L1);
    rows->addWidget(m_problem);
    rows->addStretch(1);
    layout->addWidget(new TallArea(content, this), 1);
    buildButtons(layout);

    connect(m_form, &AccountForm::keysEdited, this, [this] {
        m_testPassed = false;
        m_results->showLines({});
        showProblem({});
    });
    connect(m_form, &AccountForm::heightChanged, this, &AccountDialog::refit);
    connect(m_results, &TestResults::heightChanged, this, &AccountDialog::refit);
    m_form->focusName();
    refit();
}

void AccountDialog::buildTest(QVBoxLayout *layout)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(12);
    m_test = dialogButton(u"testConnectionButton"_s, tr("&Test connection"), this);
    m_test->setAutoDefault(false);
    m_busy = secondaryLabel({}, this);
    m_busy->setObjectName("accountBusy"_L1);
    row->addWidget(m_test);
    row->addWidget(m_busy, 1);
    layout->addLayout(row);
    m_results = new TestResults(this);
    layout->addWidget(m_results);
    connect(m_test, &QPushButton::clicked, this, &AccountDialog::requestTest);
}

void AccountDialog::buildButtons(QVBoxLayout *layout)
{
    QDialogButtonBox *buttons = buttonRow(this);
    m_dismiss = dialogButton(u"accountDismissButton"_s, tr("&Not now"), this);
    m_memory = dialogButton(u"accountMemoryButton"_s, tr("&Use until I quit"), this);
    m_save = dialogButton(u"accountSaveButton"_s, tr("&Save account"), this);
    buttons->addButton(m_dismiss, QDialogButtonBox::RejectRole);
    buttons->addButton(m_memory, QDialogButtonBox::ActionRole);
    buttons->addButton(m_save, QDialogButtonBox::AcceptRole);
    m_memory->hide();
    m_save->setDefault(true);
    layout->addSpacing(4);
    layout->addWidget(buttons);
    connect(m_dismiss, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, [this] { requestSave(false); });
    connect(m_memory, &QPushButton::clicked, this, [this] { requestSave(true); });
}

void AccountDialog::requestTest()
{
    if (!m_form->checkKeys())
        return;
    m_testPassed = false;
    m_results->showLines({});
    showProblem({});
    emit testRequested(m_form->key(), m_form->secret());
}

void AccountDialog::requestSave(bool memoryOnly)
{
    if (!m_form->checkAll())
        return;
    showProblem({});
    if (memoryOnly)
        emit memorySaveRequested(m_form->name(), m_form->swatch(), m_form->key(), m_form->secret());
    else
        emit saveRequested(m_form->name(), m_form->swatch(), m_form->key(), m_form->secret());
}

void AccountDialog::setTakenColors(const QMultiMap<int, QString> &names)
{
    m_form->setTakenColors(names);
    refit();
}

void AccountDialog::setBusy(bool busy, const QString &text)
{
    m_form->setEnabled(!busy);
    const QString reason = busy ? text : QString();
    for (QPushButton *button : {m_test, m_save, m_memory}) {
        button->setEnabled(!busy);
        describe(button, reason);
    }
    m_busy->setText(reason);
    if (busy)
        m_dismiss->setFocus(Qt::OtherFocusReason);
    refit();
}

void AccountDialog::setTestResults(const QList<TestLine> &lines)
{
    setBusy(false);
    const auto has = [&lines](TestMark mark) {
        return std::any_of(lines.begin(), lines.end(), [mark](const TestLine &line) { return line.mark == mark; });
    };
    m_testPassed = has(TestMark::Passed) && !has(TestMark::Failed);
    QList<TestLine> shown = lines;
    if (m_testPassed)
        shown.append({TestMark::Info, tr("Permission to cancel is not tested: that would need a real request.")});
    m_results->showLines(shown);
    m_test->setFocus(Qt::OtherFocusReason);
}

void AccountDialog::showProblem(const QString &text)
{
    // An offer is no problem: there is still no keychain while the keys for memory are typed or tried.
    if (text.isEmpty() && !m_memory->isHidden())
        return;
    if (!text.isEmpty())
        setBusy(false);
    m_memory->hide();
    m_problem->setSeverity(Severity::Error);
    m_problem->setText(text);
    refit();
}

void AccountDialog::askForKeys(bool forThisSessionOnly)
{
    if (forThisSessionOnly) {
        m_problem->setSeverity(Severity::Neutral);
        m_problem->setText(
            tr("Enter key and secret for this session only: they stay in memory, and nothing is written to disk."));
        m_memory->show();
        m_save->hide();
        m_save->setDefault(false);
        m_memory->setDefault(true);
    }
    m_form->askForKeys();
    refit();
}

void AccountDialog::offerMemory()
{
    setBusy(false);
    m_problem->setSeverity(Severity::Warning);
    m_problem->setText(
        tr("No keychain is available on this system. Keys can be kept in memory until you quit; nothing "
           "is written to disk."));
    m_memory->show();
    m_memory->setFocus(Qt::OtherFocusReason);
    refit();
}

void AccountDialog::saved()
{
    m_saved = true;
    const bool cleared = clearClipboardOfSecret();
    const bool keysAreNew = !m_form->secret().isEmpty();
    m_form->forgetSecret();
    accept();
    if (cleared)
        emit remarked(tr("The secret was removed from the clipboard."));
    if (keysAreNew && !m_testPassed)
        emit remarked(tr("Saved without a successful test."));
}

bool AccountDialog::clearClipboardOfSecret()
{
    QString secret = m_form->secret();
    if (secret.isEmpty())
        return false;
    bool cleared = false;
    const WipesWhatIsFreed wipes;
    QClipboard *clipboard = QGuiApplication::clipboard();
    for (const QClipboard::Mode mode : {QClipboard::Clipboard, QClipboard::Selection}) {
        if (mode == QClipboard::Selection && !clipboard->supportsSelection())
            continue;
        QString held = clipboard->text(mode);
        CleanedKey cleaned = cleanedKey(held);
        const bool isSecret = cleaned.text.contains(secret);
        wipe(cleaned.text);
        wipe(held);
        if (isSecret) {
            clipboard->clear(mode);
            cleared = true;
        }
    }
    // A copy of its own only if what was typed had to be cleaned.
    wipe(secret);
    return cleared;
}

void AccountDialog::done(int result)
{
    const bool open = isVisible();
    m_form->forgetSecret();
    QDialog::done(result);
    if (open && !m_saved)
        emit dismissed();
}

void AccountDialog::refit()
{
    fitHeight(this, std::max(dialogWidth, isVisible() ? width() : 0));
}

} // namespace countermand
