#pragma once

#include "domain/account.h"
#include "domain/credentials.h"
#include "domain/keychain.h"
#include "exchange/endpoint.h"
#include "local/credentialstore.h"
#include "local/keychainstore.h"
#include "local/memorystore.h"
#include "local/settings.h"

#include <QObject>
#include <QPointer>
#include <QSet>
#include <QString>

#include <functional>
#include <optional>

namespace countermand {

class AccountDialog;
class MainWindow;
struct ConnectionTest;

/// Accounts and their keys: asks for them, keeps them in the keychain (or, without one, in memory until quit), and
/// says plainly when they can't be had.
class AccountFlow : public QObject
{
    Q_OBJECT

public:
    /// Tries a key out; the handler runs once, later, unless `context` is destroyed first.
    using Test =
        std::function<void(const Credentials &, QObject *context, std::function<void(const ConnectionTest &)>)>;

    /// `window` and `settings` must outlive the flow.
    AccountFlow(MainWindow &window, Settings &settings, const Endpoint &endpoint, Test test,
                QObject *parent = nullptr);

    /// The account used last with this exchange; nothing without any.
    std::optional<Account> lastUsed() const;
    QList<Account> accounts() const;

    /// Gets the account's key; keysReady() or a page that says why not.
    void open(const Account &account);
    /// The same from the unlock page, which may bring the system's own prompt.
    void unlock();
    void retry();
    /// Tells which account is open; nothing while none is or practice runs.
    void setCurrent(const std::optional<Account> &account);

    void addAccount();
    void editAccount();
    void forgetAccount();
    /// "Use until I quit": asks for the keys again, for memory only.
    void useMemory();

signals:
    void keysReady(const countermand::Account &account, const countermand::Credentials &credentials);
    /// A profile was added, renamed or forgotten.
    void accountsChanged();
    /// The account was forgotten, keys and profile.
    void forgotten(const countermand::Account &account);
    /// Its activity is to go as well.
    void activityUnwanted(const countermand::Account &account);

private:
    Account accountOf(const Profile &profile) const;
    CredentialStore &storeOf(const QString &profileId);
    void read(const Account &account);
    void showProblem(const Account &account, const KeychainError &error);
    void openDialog(AccountDialog *dialog);
    void save(AccountDialog *dialog, const Profile &profile, const QString &key, const QString &secret,
              bool inMemory);
    void store(AccountDialog *dialog, const Profile &profile, const Credentials &credentials, bool inMemory);
    void runTest(AccountDialog *dialog, const QString &key, const QString &secret);
    void forget(const Account &account, bool withActivity);
    QStringList namesBut(const QString &profileId) const;

    MainWindow &m_window;
    Settings &m_settings;
    const Endpoint m_endpoint;
    const QString m_baseUrl;
    const Account m_pattern;
    const Test m_test;
    KeychainStore m_keychain;
    MemoryStore m_memory;
    QSet<QString> m_inMemory;
    std::optional<Account> m_current;
    /// The account whose keys are wanted but not there yet.
    std::optional<Account> m_wanted;
    /// Answers of a keychain call that was overtaken by another are let go.
    int m_request = 0;
    QPointer<AccountDialog> m_dialog;
};

} // namespace countermand
