#include "tests/support/waiting.h"
#include "tests/ui/dialogsamples.h"
#include "ui/account/accountdialog.h"
#include "ui/account/secretedit.h"
#include "ui/account/swatchbutton.h"
#include "ui/look/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

const auto apiKey = u"a1b2c3d4-0000-4000-8000-1234567890ab"_s;
const auto secret = u"S3cr3tS3cr3tS3cr3tS3cr3t"_s;

QStringList spokenChanges;

void keepSpokenChanges(QAccessibleEvent *event)
{
    if (event->type() == QAccessible::TextInserted)
        spokenChanges.append(static_cast<QAccessibleTextInsertEvent *>(event)->textInserted());
    else if (event->type() == QAccessible::TextRemoved)
        spokenChanges.append(static_cast<QAccessibleTextRemoveEvent *>(event)->textRemoved());
    else if (event->type() == QAccessible::TextUpdated) {
        spokenChanges.append(static_cast<QAccessibleTextUpdateEvent *>(event)->textInserted());
        spokenChanges.append(static_cast<QAccessibleTextUpdateEvent *>(event)->textRemoved());
    } else if (event->type() == QAccessible::ValueChanged) {
        spokenChanges.append(static_cast<QAccessibleValueChangeEvent *>(event)->value().toString());
    }
}

/// Everything that assistive tools can read below an interface.
QString spokenText(QAccessibleInterface *interface)
{
    if (!interface)
        return {};
    QString all;
    for (const QAccessible::Text kind :
         {QAccessible::Name, QAccessible::Description, QAccessible::Value, QAccessible::Help})
        all += interface->text(kind) + u'\n';
    if (QAccessibleTextInterface *text = interface->textInterface())
        all += text->text(0, text->characterCount()) + u'\n';
    for (int i = 0; i < interface->childCount(); ++i)
        all += spokenText(interface->child(i));
    return all;
}

struct Form {
    explicit Form(const QStringList &taken = {}) { watch(new AccountDialog(taken, nullptr)); }
    Form(const Account &account, const QString &key) { watch(new AccountDialog(account, key, {}, nullptr)); }
    ~Form() { delete dialog; }

    void watch(AccountDialog *made)
    {
        dialog = made;
        save = std::make_unique<QSignalSpy>(made, &AccountDialog::saveRequested);
        memory = std::make_unique<QSignalSpy>(made, &AccountDialog::memorySaveRequested);
        test = std::make_unique<QSignalSpy>(made, &AccountDialog::testRequested);
        remarked = std::make_unique<QSignalSpy>(made, &AccountDialog::remarked);
        dismissed = std::make_unique<QSignalSpy>(made, &AccountDialog::dismissed);
        dialog->open();
        if (!waitForActive(dialog))
            qFatal("the dialog did not open");
    }

    template <typename T>
    T *child(const QString &name) const
    {
        return dialog->findChild<T *>(name);
    }
    QLineEdit *name() const { return child<QLineEdit>(u"accountNameEdit"_s); }
    QLineEdit *key() const { return child<QLineEdit>(u"apiKeyEdit"_s); }
    SecretEdit *secretEdit() const { return child<SecretEdit>(u"secretEdit"_s); }
    QToolButton *reveal() const { return child<QToolButton>(u"secretReveal"_s); }
    QString note(const QString &label) const
    {
        const auto *note = child<QLabel>(label);
        return note->isVisible() ? note->text() : QString();
    }
    void press(const QString &button) const { QTest::mouseClick(child<QPushButton>(button), Qt::LeftButton); }
    void paste(const QString &text, const QString &button) const
    {
        QApplication::clipboard()->setText(text);
        press(button);
    }
    void fill() const
    {
        QTest::keyClicks(name(), u"Main account"_s);
        paste(apiKey, u"apiKeyPaste"_s);
        paste(secret, u"secretPaste"_s);
    }
    QString problem() const
    {
        const auto *box = child<QWidget>(u"accountProblem"_s);
        return box->isVisible() ? box->accessibleName() : QString();
    }

    QPointer<AccountDialog> dialog;
    std::unique_ptr<QSignalSpy> save;
    std::unique_ptr<QSignalSpy> memory;
    std::unique_ptr<QSignalSpy> test;
    std::unique_ptr<QSignalSpy> remarked;
    std::unique_ptr<QSignalSpy> dismissed;
};

} // namespace

class TestAccountDialog : public QObject
{
    Q_OBJECT

private slots:
    void namesAndWords();
    void savesWhatWasEntered();
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();
    void cleansWhatIsPasted_data();
    void cleansWhatIsPasted();
    void cleansWhatIsPastedByKeyboard();
    void nameIsOneTo24();
    void secretShowsOnlyWhilePressed_data();
    void secretShowsOnlyWhilePressed();
    void secretHidesWhenTheWindowGoesBack();
    void secretNeverReachesAssistiveTools();
    void secretCannotBeCopiedOrUndone();
    void swatches();
    void testReportsResults();
    void editingAKeyMakesATestStale();
    void editKeepsTheStoredSecret();
    void editReplacesTheSecret();
    void changingTheKeyAsksForItsSecret();
    void editWithUnreadableKey();
    void busyTurnsEverythingOff();
    void problemsAndMemory();
    void savedClearsTheClipboard_data();
    void savedClearsTheClipboard();
    void savedWithoutATestSaysSo();
    void dismissing();
};

void TestAccountDialog::namesAndWords()
{
    const Form form;
    QCOMPARE(form.dialog->objectName(), u"accountDialog"_s);
    QCOMPARE(form.dialog->width(), 560);
    QCOMPARE(form.name()->accessibleName(), u"Profile name"_s);
    QCOMPARE(form.key()->accessibleName(), u"API key"_s);
    QCOMPARE(form.secretEdit()->accessibleName(), u"Secret key"_s);
    QCOMPARE(form.reveal()->accessibleName(), u"Show while pressed"_s);
    QCOMPARE(form.child<QWidget>(u"testResultList"_s)->accessibleName(), u"Test results"_s);
    for (const auto &[button, words] : {std::pair{u"testConnectionButton"_s, u"Test connection"_s},
                                        {u"accountSaveButton"_s, u"Save account"_s},
                                        {u"accountDismissButton"_s, u"Not now"_s}})
        QCOMPARE(form.child<QPushButton>(button)->accessibleName(), words);
    QVERIFY(form.name()->hasFocus());
    QVERIFY(!form.child<QWidget>(u"liveUpdatesCheck"_s));
    QStringList texts;
    for (const QLabel *label : form.dialog->findChildren<QLabel *>())
        texts.append(label->text());
    QVERIFY(texts.contains(u"Create a key at CoinW: allow Read Only and Futures Trading. Never allow Withdrawal."_s));
    QVERIFY(texts.contains(u"Tip: tie the key to your IP address. CoinW removes trading keys without a trusted IP "
                           "after 30 idle days."_s));
}

void TestAccountDialog::savesWhatWasEntered()
{
    const Form form;
    form.fill();
    QTest::mouseClick(form.child<QWidget>(u"accountColor_7"_s), Qt::LeftButton);
    QTest::keyClick(form.name(), Qt::Key_Return);
    QCOMPARE(form.save->size(), 1);
    QCOMPARE(form.save->first(), (QVariantList{u"Main account"_s, 6, apiKey, secret}));
    QVERIFY(form.dialog->isVisible());
    QCOMPARE(form.dismissed->size(), 0);
}

void TestAccountDialog::saysWhatIsMissing_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("secretText");
    QTest::addColumn<QString>("note");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("focus");
    const QString good = u"Main"_s;
    QTest::newRow("no name") << u"  "_s << apiKey << secret << u"accountNameNote"_s << u"Give the profile a name."_s
                             << u"accountNameEdit"_s;
    QTest::newRow("taken name") << u"second"_s << apiKey << secret << u"accountNameNote"_s
                                << u"A profile with this name exists."_s << u"accountNameEdit"_s;
    QTest::newRow("no key") << good << QString() << secret << u"apiKeyNote"_s << u"Enter the API key."_s
                            << u"apiKeyEdit"_s;
    QTest::newRow("no secret") << good << apiKey << QString() << u"secretNote"_s << u"Enter the secret key."_s
                               << u"secretEdit"_s;
    QTest::newRow("F4 in the key") << good << u"ab cd"_s << secret << u"apiKeyNote"_s
                                   << u"This contains characters that keys don't have."_s << u"apiKeyEdit"_s;
    QTest::newRow("F4 in the secret") << good << apiKey << u"schlüssel"_s << u"secretNote"_s
                                      << u"This contains characters that keys don't have."_s << u"secretEdit"_s;
    QTest::newRow("F5") << good << apiKey << apiKey << u"secretNote"_s
                        << u"Key and secret are the same text. Did you paste one twice?"_s << u"secretEdit"_s;
}

void TestAccountDialog::saysWhatIsMissing()
{
    QFETCH(QString, name);
    QFETCH(QString, key);
    QFETCH(QString, secretText);
    QFETCH(QString, note);
    const Form form({u"Second"_s});
    form.name()->setText(name);
    form.key()->setText(key);
    form.secretEdit()->setSecret(secretText);
    form.press(u"accountSaveButton"_s);
    QCOMPARE(form.save->size(), 0);
    QTEST(form.note(note), "words");
    QFETCH(QString, focus);
    QVERIFY(form.child<QWidget>(focus)->hasFocus());
}

void TestAccountDialog::cleansWhatIsPasted_data()
{
    QTest::addColumn<QString>("pasted");
    QTest::addColumn<QString>("kept");
    QTest::addColumn<QString>("note");
    const QString f3 = u"Removed spaces or line breaks around the text."_s;
    const QString f4 = u"This contains characters that keys don't have."_s;
    QTest::newRow("clean") << u"abc123"_s << u"abc123"_s << QString();
    QTest::newRow("line break") << u"abc123\n"_s << u"abc123"_s << f3;
    QTest::newRow("quotes") << u"\"abc123\""_s << u"abc123"_s << f3;
    QTest::newRow("inner blank") << u"abc 123"_s << u"abc 123"_s << f4;
    QTest::newRow("both") << u" abc 123 "_s << u"abc 123"_s << f4;
    QTest::newRow("umlaut") << u"äbc"_s << u"äbc"_s << f4;
}

void TestAccountDialog::cleansWhatIsPasted()
{
    QFETCH(QString, pasted);
    QFETCH(QString, kept);
    QFETCH(QString, note);
    const Form form;
    form.paste(pasted, u"apiKeyPaste"_s);
    QCOMPARE(form.key()->text(), kept);
    QCOMPARE(form.note(u"apiKeyNote"_s), note);
    form.key()->clear();
    form.paste(pasted, u"secretPaste"_s);
    QCOMPARE(form.secretEdit()->secret(), kept);
    QCOMPARE(form.note(u"secretNote"_s), note);
    form.paste(kept, u"apiKeyPaste"_s);
    if (note != u"This contains characters that keys don't have."_s)
        QCOMPARE(form.note(u"apiKeyNote"_s), u"Key and secret are the same text. Did you paste one twice?"_s);
}

void TestAccountDialog::cleansWhatIsPastedByKeyboard()
{
    const Form form;
    QApplication::clipboard()->setText(u" \"abc123\"\r\n"_s);
    for (QLineEdit *edit : {form.key(), static_cast<QLineEdit *>(form.secretEdit())}) {
        edit->setFocus();
        QTest::keySequence(edit, QKeySequence::Paste);
    }
    QCOMPARE(form.key()->text(), u"abc123"_s);
    QCOMPARE(form.secretEdit()->secret(), u"abc123"_s);
    QCOMPARE(form.note(u"apiKeyNote"_s), u"Removed spaces or line breaks around the text."_s);
}

void TestAccountDialog::nameIsOneTo24()
{
    const Form form;
    form.fill();
    form.name()->clear();
    QTest::keyClicks(form.name(), u"123456789012345678901234567890"_s);
    form.press(u"accountSaveButton"_s);
    QCOMPARE(form.save->first().first().toString(), u"123456789012345678901234"_s);
}

void TestAccountDialog::secretShowsOnlyWhilePressed_data()
{
    QTest::addColumn<bool>("byKey");
    QTest::newRow("mouse") << false;
    QTest::newRow("Space") << true;
}

void TestAccountDialog::secretShowsOnlyWhilePressed()
{
    QFETCH(bool, byKey);
    const Form form;
    form.fill();
    form.reveal()->setFocus();
    const QImage hidden = form.dialog->grab().toImage();
    QCOMPARE(form.secretEdit()->echoMode(), QLineEdit::Password);
    if (byKey)
        QTest::keyPress(form.reveal(), Qt::Key_Space);
    else
        QTest::mousePress(form.reveal(), Qt::LeftButton);
    QVERIFY(form.secretEdit()->isRevealed());
    QVERIFY(form.dialog->grab().toImage() != hidden);
    if (byKey) {
        QTest::simulateEvent(form.reveal(), true, Qt::Key_Space, Qt::NoModifier, u" "_s, true);
        QVERIFY(form.secretEdit()->isRevealed());
        QTest::keyRelease(form.reveal(), Qt::Key_Space);
    } else {
        QTest::mouseRelease(form.reveal(), Qt::LeftButton);
    }
    QVERIFY(!form.secretEdit()->isRevealed());
    form.secretEdit()->setRevealed(true);
    form.secretEdit()->hide();
    QVERIFY(!form.secretEdit()->isRevealed());
}

void TestAccountDialog::secretHidesWhenTheWindowGoesBack()
{
    const Form form;
    form.fill();
    form.secretEdit()->setRevealed(true);
    QVERIFY(form.secretEdit()->isRevealed());
    QWidget other;
    other.show();
    other.activateWindow();
    QVERIFY(waitForActive(&other));
    QVERIFY(!form.secretEdit()->isRevealed());
}

void TestAccountDialog::secretNeverReachesAssistiveTools()
{
    QAccessible::setActive(true);
    spokenChanges.clear();
    const auto before = QAccessible::installUpdateHandler(keepSpokenChanges);
    const Form form;
    QTest::keyClicks(form.secretEdit(), secret);
    form.fill();
    for (const bool revealed : {false, true}) {
        form.secretEdit()->setRevealed(revealed);
        const QString spoken = spokenText(QAccessible::queryAccessibleInterface(form.dialog.data()));
        QVERIFY(spoken.contains(u"Secret key"_s));
        QVERIFY(spoken.contains(apiKey));
        QVERIFY(!spoken.contains(secret));
        QVERIFY(!spoken.contains(u"S3cr"_s));
    }
    QVERIFY(QAccessible::queryAccessibleInterface(form.secretEdit())->state().passwordEdit);
    QAccessible::installUpdateHandler(before);
    for (const QString &change : std::as_const(spokenChanges))
        QVERIFY(!change.contains(u"S3c"_s));
    QVERIFY(!form.dialog->windowTitle().contains(secret));
}

void TestAccountDialog::secretCannotBeCopiedOrUndone()
{
    const Form form;
    form.fill();
    SecretEdit *edit = form.secretEdit();
    QVERIFY(edit->inputMethodHints() & Qt::ImhSensitiveData);
    QVERIFY(edit->inputMethodHints() & Qt::ImhNoPredictiveText);
    QVERIFY(edit->inputMethodHints() & Qt::ImhHiddenText);
    QVERIFY(!edit->dragEnabled());
    QApplication::clipboard()->setText(u"something else"_s);
    edit->setFocus();
    for (const bool revealed : {false, true}) {
        edit->setRevealed(revealed);
        edit->selectAll();
        QTest::keySequence(edit, QKeySequence::Copy);
        QCOMPARE(edit->secret(), secret);
        QTest::keySequence(edit, QKeySequence::Cut);
        QCOMPARE(QApplication::clipboard()->text(), u"something else"_s);
        QVERIFY(!edit->isUndoAvailable());
        edit->setSecret(secret);
    }
    edit->end(false);
    QTest::keyClicks(edit, u"xyz"_s);
    QCOMPARE(edit->secret(), QString(secret + u"xyz"_s));
    QVERIFY(!edit->isUndoAvailable());
    QTest::keyClick(edit, Qt::Key_Home);
    QTest::keyClicks(edit, u"0"_s);
    QCOMPARE(edit->cursorPosition(), 1);
    QCOMPARE(edit->secret(), QString(u"0"_s + secret + u"xyz"_s));
}

void TestAccountDialog::swatches()
{
    const Form form;
    for (int i = 1; i <= 8; ++i) {
        auto *swatch = form.child<SwatchButton>(u"accountColor_%1"_s.arg(i));
        QVERIFY(swatch);
        QCOMPARE(swatch->accessibleName(), Theme::swatchName(i - 1));
        QVERIFY(swatch->width() >= 24 && swatch->height() >= 24);
        QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(swatch);
        QCOMPARE(spoken->role(), QAccessible::RadioButton);
        QCOMPARE(bool(spoken->state().checked), i == 1);
    }
    auto *first = form.child<SwatchButton>(u"accountColor_1"_s);
    first->setFocus();
    QTest::keyClick(first, Qt::Key_Right);
    auto *second = form.child<SwatchButton>(u"accountColor_2"_s);
    QVERIFY(second->isChecked());
    QVERIFY(second->hasFocus());
    QVERIFY(!first->isChecked());
    form.fill();
    form.press(u"accountSaveButton"_s);
    QCOMPARE(form.save->first().at(1).toInt(), 1);
}

void TestAccountDialog::testReportsResults()
{
    const Form form;
    form.fill();
    form.press(u"testConnectionButton"_s);
    QCOMPARE(form.test->size(), 1);
    QCOMPARE(form.test->first(), (QVariantList{apiKey, secret}));
    form.dialog->setTestResults({{TestMark::Passed, u"Reached CoinW"_s},
                                 {TestMark::Passed, u"Key accepted"_s},
                                 {TestMark::Info, u"14 open orders"_s}});
    auto *list = form.child<QListWidget>(u"testResultList"_s);
    QVERIFY(list->isVisible());
    QCOMPARE(list->count(), 4);
    QCOMPARE(list->item(0)->text(), u"Reached CoinW"_s);
    QCOMPARE(list->item(0)->data(Qt::AccessibleDescriptionRole).toString(), u"Passed"_s);
    QCOMPARE(list->item(3)->text(), u"Permission to cancel is not tested: that would need a real request."_s);
    QVERIFY(list->visualItemRect(list->item(3)).bottom() <= list->viewport()->height());
    form.dialog->setTestResults({{TestMark::Passed, u"Reached CoinW"_s}, {TestMark::Failed, u"Key refused"_s}});
    QCOMPARE(list->count(), 2);
    QCOMPARE(list->item(1)->data(Qt::AccessibleDescriptionRole).toString(), u"Failed"_s);
}

void TestAccountDialog::editingAKeyMakesATestStale()
{
    const Form form;
    form.fill();
    form.dialog->setTestResults({{TestMark::Passed, u"Key accepted"_s}});
    QTest::keyClicks(form.secretEdit(), u"1"_s);
    QVERIFY(!form.child<QWidget>(u"testResultList"_s)->isVisible());
    form.dialog->saved();
    QCOMPARE(form.remarked->last().first().toString(), u"Saved without a successful test."_s);
}

void TestAccountDialog::editKeepsTheStoredSecret()
{
    const Form form(samples::live(), apiKey);
    QCOMPARE(form.dialog->windowTitle(), u"Edit account"_s);
    QCOMPARE(form.name()->text(), u"Main account"_s);
    QCOMPARE(form.key()->text(), apiKey);
    QCOMPARE(form.secretEdit()->secret(), QString());
    QCOMPARE(form.secretEdit()->placeholderText(), u"Stored in the keychain"_s);
    QVERIFY(form.secretEdit()->isReadOnly());
    QVERIFY(!form.reveal()->isVisible());
    QVERIFY(!form.child<QWidget>(u"secretPaste"_s)->isVisible());
    QVERIFY(form.child<SwatchButton>(u"accountColor_2"_s)->isChecked());
    form.press(u"testConnectionButton"_s);
    QCOMPARE(form.test->first(), (QVariantList{apiKey, QString()}));
    form.name()->setText(u"Other name"_s);
    form.press(u"accountSaveButton"_s);
    QCOMPARE(form.save->first(), (QVariantList{u"Other name"_s, 1, apiKey, QString()}));
    form.dialog->saved();
    QCOMPARE(form.remarked->size(), 0);
}

void TestAccountDialog::editReplacesTheSecret()
{
    const Form form(samples::live(), apiKey);
    form.press(u"secretReplace"_s);
    QVERIFY(!form.secretEdit()->isReadOnly());
    QVERIFY(form.secretEdit()->hasFocus());
    QVERIFY(form.reveal()->isVisible());
    form.press(u"accountSaveButton"_s);
    QCOMPARE(form.save->size(), 0);
    QCOMPARE(form.note(u"secretNote"_s), u"Enter the secret key."_s);
    form.paste(secret, u"secretPaste"_s);
    QCOMPARE(form.note(u"secretNote"_s), QString());
    form.press(u"accountSaveButton"_s);
    QCOMPARE(form.save->first(), (QVariantList{u"Main account"_s, 1, apiKey, secret}));
}

void TestAccountDialog::changingTheKeyAsksForItsSecret()
{
    const Form form(samples::live(), apiKey);
    form.paste(u"another-key"_s, u"apiKeyPaste"_s);
    QVERIFY(!form.secretEdit()->isReadOnly());
    form.press(u"accountSaveButton"_s);
    QCOMPARE(form.save->size(), 0);
    QCOMPARE(form.note(u"secretNote"_s), u"Enter the secret key."_s);
}

void TestAccountDialog::editWithUnreadableKey()
{
    const Form form(samples::live(), {});
    QCOMPARE(form.key()->placeholderText(), u"Stored in the keychain"_s);
    form.press(u"accountSaveButton"_s);
    QCOMPARE(form.save->first(), (QVariantList{u"Main account"_s, 1, QString(), QString()}));
}

void TestAccountDialog::busyTurnsEverythingOff()
{
    const Form form;
    form.fill();
    form.dialog->setBusy(true, u"Waiting for the keychain…"_s);
    for (const char *name :
         {"accountNameEdit", "apiKeyEdit", "secretEdit", "testConnectionButton", "accountSaveButton"})
        QVERIFY2(!form.child<QWidget>(QString::fromLatin1(name))->isEnabled(), name);
    QCOMPARE(form.child<QLabel>(u"accountBusy"_s)->text(), u"Waiting for the keychain…"_s);
    QCOMPARE(form.child<QWidget>(u"accountSaveButton"_s)->accessibleDescription(), u"Waiting for the keychain…"_s);
    QVERIFY(form.child<QWidget>(u"accountDismissButton"_s)->isEnabled());
    form.dialog->setBusy(false);
    QVERIFY(form.secretEdit()->isEnabled());
    QCOMPARE(form.secretEdit()->secret(), secret);
    QCOMPARE(form.child<QLabel>(u"accountBusy"_s)->text(), QString());
}

void TestAccountDialog::problemsAndMemory()
{
    const Form form;
    form.fill();
    form.dialog->setBusy(true, u"…"_s);
    form.dialog->showProblem(u"The keychain reported: no room"_s);
    QCOMPARE(form.problem(), u"The keychain reported: no room"_s);
    QVERIFY(form.secretEdit()->isEnabled());
    auto *memoryButton = form.child<QPushButton>(u"accountMemoryButton"_s);
    QVERIFY(!memoryButton->isVisible());
    form.dialog->offerMemory();
    QCOMPARE(form.problem(), u"No keychain is available on this system. Keys can be kept in memory until you quit; "
                             "nothing is written to disk."_s);
    QVERIFY(memoryButton->isVisible());
    QCOMPARE(memoryButton->accessibleName(), u"Use until I quit"_s);
    // The offer stands while other keys are typed and tried.
    QTest::keyClicks(form.key(), u"1"_s);
    QTest::keyClick(form.key(), Qt::Key_Backspace);
    form.press(u"testConnectionButton"_s);
    form.dialog->setTestResults({{TestMark::Passed, u"Key accepted"_s}});
    QVERIFY(memoryButton->isVisible());
    QTest::mouseClick(memoryButton, Qt::LeftButton);
    QCOMPARE(form.memory->size(), 1);
    QCOMPARE(form.memory->first(), (QVariantList{u"Main account"_s, 0, apiKey, secret}));
    QCOMPARE(form.save->size(), 0);
}

void TestAccountDialog::savedClearsTheClipboard_data()
{
    QTest::addColumn<QString>("clipboard");
    QTest::addColumn<bool>("cleared");
    QTest::newRow("secret") << secret << true;
    QTest::newRow("secret with a line break") << QString(secret + u"\n"_s) << true;
    QTest::newRow("secret and more") << QString(apiKey + u" "_s + secret) << true;
    QTest::newRow("something else") << u"a shopping list"_s << false;
    QTest::newRow("empty") << QString() << false;
}

void TestAccountDialog::savedClearsTheClipboard()
{
    QFETCH(QString, clipboard);
    QFETCH(bool, cleared);
    const Form form;
    form.fill();
    form.dialog->setTestResults({{TestMark::Passed, u"Key accepted"_s}});
    QApplication::clipboard()->setText(clipboard);
    if (QApplication::clipboard()->supportsSelection())
        QApplication::clipboard()->setText(clipboard, QClipboard::Selection);
    form.dialog->saved();
    QCOMPARE(QApplication::clipboard()->text(), cleared ? QString() : clipboard);
    if (QApplication::clipboard()->supportsSelection())
        QCOMPARE(QApplication::clipboard()->text(QClipboard::Selection), cleared ? QString() : clipboard);
    QCOMPARE(form.remarked->size(), cleared ? 1 : 0);
    if (cleared)
        QCOMPARE(form.remarked->first().first().toString(), u"The secret was removed from the clipboard."_s);
    QTRY_VERIFY(form.dialog.isNull());
    QCOMPARE(form.dismissed->size(), 0);
}

void TestAccountDialog::savedWithoutATestSaysSo()
{
    const Form form;
    form.fill();
    QApplication::clipboard()->clear();
    form.dialog->saved();
    QCOMPARE(form.remarked->size(), 1);
    QCOMPARE(form.remarked->first().first().toString(), u"Saved without a successful test."_s);
}

void TestAccountDialog::dismissing()
{
    const Form byButton;
    byButton.press(u"accountDismissButton"_s);
    QCOMPARE(byButton.dismissed->size(), 1);
    const Form byEsc;
    QTest::keyClick(byEsc.name(), Qt::Key_Escape);
    QCOMPARE(byEsc.dismissed->size(), 1);
    QTRY_VERIFY(byEsc.dialog.isNull());
}

QTEST_MAIN(TestAccountDialog)
#include "tst_accountdialog.moc"
