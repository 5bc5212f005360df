#pragma once

#include "domain/account.h"
#include "domain/credentials.h"
#include "domain/keychain.h"
#include "exchange/endpoint.h"
#include "local/credentialstore.h"
#include "local/memorystore.h"
#include "local/settings.h"

#include <QObject>
#include <QPointer>
#include <QSet>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

class QWidget;

namespace countermand {

class AccountDialog;
struct ConnectionTest;

/// Accounts and their keys: asks for them, keeps them in the keychain (or, without one, in memory until quit), and
/// tells when they can't be had.
///
/// Which account is meant is not known here: every command names it, and every answer does. Nothing is opened, closed
/// or shown but the flow's own dialogs.
class AccountFlow : public QObject
{
    Q_OBJECT

public:
    /// Tries a key out; the handler runs once, later, unless `context` is destroyed first.
    using Test =
        std::function<void(const Credentials &, QObject *context, std::function<void(const ConnectionTest &)>)>;

    enum class KeyPlace { Keychain, Memory };

    /// `window`, the parent of the dialogs, and `settings` must outlive the flow. `keychain` is where keys are kept.
    AccountFlow(QWidget &window, Settings &settings, const Endpoint &endpoint, Test test,
                std::unique_ptr<CredentialStore> keychain, QObject *parent = nullptr);

    /// The account used last with this exchange; nothing without any.
    std::optional<Account> lastUsed() const;
    void setLastUsed(const Account &account);
    QList<Account> accounts() const;

    /// Gets the account's key if that needs no prompt: keysReady() or keysMissing().
    void open(const Account &account);
    /// The same, and may bring the system's own prompt. A keychain that has asked nobody is waited for until it is
    /// open.
    void unlock(const Account &account);
    /// Looks whether the account's key could be had without a prompt: lockSeen().
    void look(const Account &account);
    /// What was asked by open(), unlock(), look() or for a dialog that isn't there yet will not be answered any more.
    void overtake();
    /// open() or unlock() have no answer yet.
    bool isAsking() const { return m_asking; }

    /// How the keychain is; never brings a prompt. The handler runs once, later, unless `context` is destroyed first.
    void queryKeychain(QObject *context, CredentialStore::StateHandler handler);

    void addAccount();
    /// `hasKeys`: the account is open, so that it can be renamed whatever the keychain says. Without keys they are
    /// asked for.
    void editAccount(const Account &account, bool hasKeys);
    /// Asks for the account's key and secret, for the keychain or for this session only.
    void enterKeys(const Account &account, KeyPlace place);
    /// Asks whether the account is to be forgotten: forgetChosen().
    void askToForget(const Account &account);
    /// Removes keys and profile, from memory and keychain: forgotten() or notForgotten().
    void forget(const Account &account, bool withActivity);
    bool isForgetting(const QString &accountId) const { return m_forgetting.contains(accountId); }

    /// Its keys are in memory only.
    bool isInMemory(const QString &accountId) const { return m_inMemory.contains(accountId); }
    /// Forgets every key that is in memory only.
    void wipeMemory();

signals:
    void keysReady(const countermand::Account &account, const countermand::Credentials &credentials);
    void keysMissing(const countermand::Account &account, const countermand::KeychainError &error);
    /// `state` of where the account's keys are.
    void lockSeen(const countermand::Account &account, countermand::CredentialStore::State state);
    /// A dialog has stored keys of a new account, or new keys of an old one.
    void keysStored(const countermand::Account &account, const countermand::Credentials &credentials);
    /// Name or color differ; the keys are as they were.
    void renamed(const countermand::Account &account);
    /// A profile was added, renamed or forgotten.
    void accountsChanged();
    void forgetChosen(const countermand::Account &account, bool withActivity);
    /// The account was forgotten, keys and profile.
    void forgotten(const countermand::Account &account);
    /// Its keys could not be removed: everything is as it was.
    void notForgotten(const countermand::Account &account);
    /// Its activity is to go as well.
    void activityUnwanted(const countermand::Account &account);
    /// A notice for the user.
    void noticed(const QString &headline, const QString &text, bool warning);

private:
    struct Saving;

    Account accountOf(const Profile &profile) const;
    CredentialStore &storeOf(const QString &profileId);
    enum class Locked { TellQuietly, Tell, WaitIfNobodyWasAsked };
    void read(const Account &account, Locked locked);
    void waitUntilOpen(const Account &account);
    /// What waits for the keychain from now on; who waited before does no more.
    QObject *newlyWaiting();
    void openDialog(AccountDialog *dialog);
    void openStored(const Account &account, const QString &key);
    void save(AccountDialog *dialog, const Profile &profile, const QString &key, const QString &secret,
              KeyPlace place);
    void store(const std::shared_ptr<Saving> &saving);
    void write(const std::shared_ptr<Saving> &saving);
    void stored(const Saving &saving, KeyPlace place);
    void tellNotStored(const Saving &saving, const KeychainError &error);
    void takeBack(const Saving &saving);
    void close(AccountDialog *dialog);
    void tellRemarks();
    void runTest(AccountDialog *dialog, const QString &key, const QString &secret);
    QStringList namesBut(const QString &profileId) const;

    QWidget &m_window;
    Settings &m_settings;
    const Endpoint m_endpoint;
    const QString m_baseUrl;
    const Account m_pattern;
    const Test m_test;
    const std::unique_ptr<CredentialStore> m_keychain;
    MemoryStore m_memory;
    QSet<QString> m_inMemory;
    QSet<QString> m_forgetting;
    /// Answers to an earlier request are let go.
    int m_request = 0;
    int m_dialogRequest = 0;
    bool m_asking = false;
    /// What waits for the answer to open() or unlock(); a prompt goes with it.
    std::unique_ptr<QObject> m_waiting;
    QPointer<AccountDialog> m_dialog;
    /// Told once the dialog's account is open, because opening takes toasts away.
    QStringList m_remarks;
};

} // namespace countermand
