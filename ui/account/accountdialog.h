#pragma once

#include "domain/account.h"
#include "ui/account/testresults.h"

#include <QDialog>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace countermand {

class AccountForm;
class NoticeBox;

/// Asks for an account's name, color, key and secret. Never shows a stored secret again.
///
/// Call open(); deletes itself when it closes. It stays open after saveRequested() until saved(), showProblem() or
/// offerMemory() says how it went.
class AccountDialog : public QDialog
{
    Q_OBJECT

public:
    /// A new account. `takenNames`: names of the other profiles.
    AccountDialog(const QStringList &takenNames, QWidget *parent);
    /// An existing one. `apiKey` as stored, empty if it can't be read now; the secret stays where it is until the
    /// user chooses Replace or changes the key.
    AccountDialog(const Account &account, const QString &apiKey, const QStringList &takenNames, QWidget *parent);

    /// The badge colors of the other profiles, with a name each (see AccountForm). Before open().
    void setTakenColors(const QMultiMap<int, QString> &names);

    /// The profile being edited; nothing for a new one.
    const std::optional<Account> &edited() const { return m_edited; }

    /// The keychain or the test is at work: the fields are off and `text` is shown ("Waiting for the keychain…").
    void setBusy(bool busy, const QString &text = {});
    /// Results of a test, in order; ends being busy. The test counts as passed if no line failed and one passed.
    void setTestResults(const QList<TestLine> &lines);
    /// Something stands in the way; ends being busy. Empty text removes it, but not an offer.
    void showProblem(const QString &text);
    /// The account's keys are missing, so that nothing is saved without them. `forThisSessionOnly`: they are not to
    /// be stored. Before open().
    void askForKeys(bool forThisSessionOnly);
    /// There is no keychain; offers to keep the keys in memory until quit, until another problem comes. Ends being
    /// busy.
    void offerMemory();
    /// The account is stored. Clears the clipboard and the X11 selection if they still hold the secret, says so
    /// by remarked(), also if no test had passed, and closes.
    void saved();

    void done(int result) override;

signals:
    /// Empty secret: test with the stored one. So with an empty key.
    void testRequested(const QString &key, const QString &secret);
    /// Empty secret: key and secret stay as they are stored.
    void saveRequested(const QString &name, int swatch, const QString &key, const QString &secret);
    /// As saveRequested(), but the keys go to memory only, until the program quits.
    void memorySaveRequested(const QString &name, int swatch, const QString &key, const QString &secret);
    /// A sentence for the user, to be shown after the dialog.
    void remarked(const QString &text);
    /// The dialog was closed without saving.
    void dismissed();

private:
    void build(const QString &heading);
    void buildTest(QVBoxLayout *layout);
    void buildButtons(QVBoxLayout *layout);
    void requestTest();
    void requestSave(bool memoryOnly);
    bool clearClipboardOfSecret();
    void refit();

    std::optional<Account> m_edited;
    bool m_testPassed = false;
    bool m_saved = false;

    AccountForm *m_form;
    QPushButton *m_test = nullptr;
    QLabel *m_busy = nullptr;
    TestResults *m_results = nullptr;
    NoticeBox *m_problem = nullptr;
    QPushButton *m_memory = nullptr;
    QPushButton *m_save = nullptr;
    QPushButton *m_dismiss = nullptr;
};

} // namespace countermand
