#include "ui/program/accountflow.h"

#include "exchange/endpoint.h"
#include "ui/account/accountdialog.h"
#include "ui/account/forgetdialog.h"
#include "ui/program/connectionlines.h"
#include "workflow/session.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QUuid>

#include <algorithm>
#include <chrono>
#include <utility>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace countermand {

namespace {

/// Nobody has read a prompt and refused it sooner.
constexpr auto soonestRefusal = 2s;
/// Of a keychain that may be opened by other means than by our asking.
constexpr auto betweenLooks = 1s;

QString problemText(const KeychainError &error)
{
    switch (error.problem) {
    case KeychainProblem::Locked:
        return AccountFlow::tr("Your keys are in the system keychain, which is locked.");
    case KeychainProblem::Denied:
        return AccountFlow::tr("The keychain refused access. The keys stay where they are.");
    case KeychainProblem::BadEntry:
        return AccountFlow::tr("The keys in the keychain can't be used. %1").arg(error.text);
    case KeychainProblem::NoEntry:
    case KeychainProblem::NoKeychain:
    case KeychainProblem::Other:
        break;
    }
    return AccountFlow::tr("The keychain reported: %1").arg(error.text);
}

} // namespace

/// Keys on their way from a dialog into the keychain.
struct AccountFlow::Saving {
    /// Still waits for the answer; a dialog that was dismissed wants nothing stored.
    QPointer<AccountDialog> dialog;
    Profile profile;
    Credentials credentials;
    /// What the keychain held before.
    std::optional<Credentials> before{};
    bool isDismissed = false;

    bool isWanted() const { return dialog && !isDismissed; }
};

AccountFlow::AccountFlow(QWidget &window, Settings &settings, const Endpoint &endpoint, Test test,
                         std::unique_ptr<CredentialStore> keychain, QObject *parent)
    : QObject(parent),
      m_window(window),
      m_settings(settings),
      m_endpoint(endpoint),
      m_baseUrl(endpoint.baseUrl.toString()),
      m_pattern{{}, {}, endpoint.isCoinw() ? Environment::Live : Environment::TestServer, endpoint.hostText(), 0},
      m_test(std::move(test)),
      m_keychain(std::move(keychain))
{}

Account AccountFlow::accountOf(const Profile &profile) const
{
    Account account = m_pattern;
    account.id = profile.id;
    account.name = profile.name;
    account.swatch = profile.swatch;
    return account;
}

QList<Account> AccountFlow::accounts() const
{
    QList<Account> all;
    const auto profiles = m_settings.profiles(m_baseUrl);
    for (const Profile &profile : profiles)
        all.append(accountOf(profile));
    return all;
}

std::optional<Account> AccountFlow::lastUsed() const
{
    const auto all = accounts();
    const QString last = m_settings.lastProfile(m_baseUrl);
    const auto at =
        std::find_if(all.cbegin(), all.cend(), [&](const Account &account) { return account.id == last; });
    if (at != all.cend())
        return *at;
    return all.isEmpty() ? std::nullopt : std::optional(all.constFirst());
}

void AccountFlow::setLastUsed(const Account &account)
{
    m_settings.setLastProfile(m_baseUrl, account.id);
}

CredentialStore &AccountFlow::storeOf(const QString &profileId)
{
    if (m_inMemory.contains(profileId))
        return m_memory;
    return *m_keychain;
}

void AccountFlow::wipeMemory()
{
    for (const QString &id : std::as_const(m_inMemory))
        m_memory.remove(id, this, [](const std::optional<KeychainError> &) {});
    m_inMemory.clear();
}

void AccountFlow::overtake()
{
    ++m_request;
    ++m_dialogRequest;
    m_asking = false;
    newlyWaiting();
}

QObject *AccountFlow::newlyWaiting()
{
    // Later: this may be the answer to what it waits for.
    if (m_waiting)
        m_waiting.release()->deleteLater();
    m_waiting = std::make_unique<QObject>();
    return m_waiting.get();
}

void AccountFlow::open(const Account &account)
{
    const int request = ++m_request;
    m_asking = true;
    storeOf(account.id).queryState(this, [this, account, request](CredentialStore::State state, const QString &text) {
        if (request != m_request)
            return;
        m_asking = false;
        switch (state) {
        case CredentialStore::State::Ready:
            read(account, Locked::TellQuietly);
            break;
        case CredentialStore::State::Locked:
            emit keysMissing(account, {KeychainProblem::Locked, text});
            break;
        case CredentialStore::State::NoKeychain:
            emit keysMissing(account, {KeychainProblem::NoKeychain, text});
            break;
        }
    });
}

void AccountFlow::unlock(const Account &account)
{
    read(account, Locked::WaitIfNobodyWasAsked);
}

void AccountFlow::look(const Account &account)
{
    const int request = ++m_request;
    storeOf(account.id).queryState(this, [this, account, request](CredentialStore::State state, const QString &) {
        if (request == m_request)
            emit lockSeen(account, state);
    });
}

void AccountFlow::read(const Account &account, Locked locked)
{
    const int request = ++m_request;
    m_asking = true;
    QElapsedTimer asked;
    asked.start();
    const auto answered = [this, account, request, locked, asked](const std::optional<Credentials> &found,
                                                                  const KeychainError &error) {
        if (request != m_request)
            return;
        // Where no prompt runs a keychain says at once that it is locked.
        if (locked == Locked::WaitIfNobodyWasAsked && error.problem == KeychainProblem::Locked && !found &&
            !error.wasAsked && std::chrono::milliseconds(asked.elapsed()) < soonestRefusal) {
            waitUntilOpen(account);
            return;
        }
        m_asking = false;
        if (found)
            emit keysReady(account, *found);
        else
            emit keysMissing(account, error);
    };
    if (locked == Locked::TellQuietly)
        storeOf(account.id).readQuietly(account.id, newlyWaiting(), answered);
    else
        storeOf(account.id).read(account.id, newlyWaiting(), answered);
}

void AccountFlow::waitUntilOpen(const Account &account)
{
    const int request = ++m_request;
    QTimer::singleShot(betweenLooks, this, [this, account, request] {
        if (request != m_request)
            return;
        storeOf(account.id).queryState(this, [this, account, request](CredentialStore::State state, const QString &) {
            if (request != m_request)
                return;
            if (state == CredentialStore::State::Locked)
                waitUntilOpen(account);
            else
                read(account, Locked::Tell);
        });
    });
}

QStringList AccountFlow::namesBut(const QString &profileId) const
{
    QStringList names;
    const auto all = accounts();
    for (const Account &account : all) {
        if (account.id != profileId)
            names.append(account.name);
    }
    return names;
}

void AccountFlow::queryKeychain(QObject *context, CredentialStore::StateHandler handler)
{
    m_keychain->queryState(context, std::move(handler));
}

void AccountFlow::addAccount()
{
    if (m_dialog)
        return;
    openDialog(new AccountDialog(namesBut({}), &m_window));
}

void AccountFlow::editAccount(const Account &account, bool hasKeys)
{
    if (m_dialog)
        return;
    const int request = ++m_dialogRequest;
    const auto isOvertaken = [this, request] { return request != m_dialogRequest || m_dialog; };
    // The dialog waits for the key, so that it can show which one is stored; the secret never reaches it. A name is
    // no reason for the keychain's prompt.
    storeOf(account.id)
        .queryState(this, [this, account, hasKeys, isOvertaken](CredentialStore::State state, const QString &) {
            if (isOvertaken())
                return;
            if (state == CredentialStore::State::NoKeychain && !hasKeys) {
                enterKeys(account, KeyPlace::Memory);
                return;
            }
            if (state != CredentialStore::State::Ready) {
                openStored(account, {});
                return;
            }
            storeOf(account.id)
                .readQuietly(account.id, this,
                             [this, account, hasKeys, isOvertaken](const std::optional<Credentials> &found,
                                                                   const KeychainError &error) {
                                 if (isOvertaken())
                                     return;
                                 const bool isMissing = error.problem == KeychainProblem::NoEntry ||
                                                        error.problem == KeychainProblem::BadEntry;
                                 if (!found && isMissing && !hasKeys)
                                     enterKeys(account, KeyPlace::Keychain);
                                 else
                                     openStored(account, found ? QString::fromUtf8(found->key()) : QString());
                             });
        });
}

void AccountFlow::openStored(const Account &account, const QString &key)
{
    openDialog(new AccountDialog(account, key, namesBut(account.id), &m_window));
}

void AccountFlow::enterKeys(const Account &account, KeyPlace place)
{
    if (m_dialog)
        return;
    auto *dialog = new AccountDialog(account, {}, namesBut(account.id), &m_window);
    dialog->askForKeys(place == KeyPlace::Memory);
    openDialog(dialog);
}

void AccountFlow::openDialog(AccountDialog *dialog)
{
    m_dialog = dialog;
    const QString id = dialog->edited() ? dialog->edited()->id : QUuid::createUuid().toString(QUuid::WithoutBraces);
    QMultiMap<int, QString> colors;
    const auto all = accounts();
    for (const Account &account : all) {
        if (account.id != id)
            colors.insert(account.swatch, account.name);
    }
    dialog->setTakenColors(colors);
    connect(dialog, &AccountDialog::testRequested, this,
            [this, dialog](const QString &key, const QString &secret) { runTest(dialog, key, secret); });
    connect(dialog, &AccountDialog::saveRequested, this,
            [this, dialog, id](const QString &name, int swatch, const QString &key, const QString &secret) {
                save(dialog, {id, name, swatch, m_baseUrl}, key, secret, KeyPlace::Keychain);
            });
    connect(dialog, &AccountDialog::memorySaveRequested, this,
            [this, dialog, id](const QString &name, int swatch, const QString &key, const QString &secret) {
                save(dialog, {id, name, swatch, m_baseUrl}, key, secret, KeyPlace::Memory);
            });
    connect(dialog, &AccountDialog::remarked, this, [this](const QString &text) { m_remarks.append(text); });
    dialog->open();
}

void AccountFlow::save(AccountDialog *dialog, const Profile &profile, const QString &key, const QString &secret,
                       KeyPlace place)
{
    if (secret.isEmpty()) {
        m_settings.saveProfile(profile);
        close(dialog);
        emit accountsChanged();
        emit renamed(accountOf(profile));
        tellRemarks();
        return;
    }
    const auto saving = std::make_shared<Saving>(Saving{dialog, profile, Credentials(key, secret)});
    // The dialog may stay open after a refusal: it holds no copy of the keys besides the one in its fields.
    connect(dialog, &AccountDialog::dismissed, this, [weak = std::weak_ptr(saving)] {
        if (const auto dismissed = weak.lock())
            dismissed->isDismissed = true;
    });
    dialog->setBusy(true, tr("Waiting for the keychain…"));
    if (place == KeyPlace::Keychain) {
        store(saving);
        return;
    }
    m_memory.write(profile.id, saving->credentials, this, [this, saving](const std::optional<KeychainError> &) {
        if (saving->isWanted())
            stored(*saving, KeyPlace::Memory);
        else if (!m_inMemory.contains(saving->profile.id))
            m_memory.remove(saving->profile.id, this, [](const std::optional<KeychainError> &) {});
    });
}

void AccountFlow::store(const std::shared_ptr<Saving> &saving)
{
    if (!saving->dialog->edited()) {
        write(saving);
        return;
    }
    // What was there is known first, so that "Not now" can put it back.
    m_keychain->read(saving->profile.id, this,
                     [this, saving](const std::optional<Credentials> &found, const KeychainError &error) {
                         if (!saving->isWanted())
                             return;
                         saving->before = found;
                         if (found || error.problem == KeychainProblem::NoEntry ||
                             error.problem == KeychainProblem::BadEntry)
                             write(saving);
                         else
                             tellNotStored(*saving, error);
                     });
}

void AccountFlow::write(const std::shared_ptr<Saving> &saving)
{
    m_keychain->write(
        saving->profile.id, saving->credentials, [saving] { return saving->isWanted(); }, this,
        [this, saving](const std::optional<KeychainError> &error) {
            if (!saving->isWanted()) {
                if (!error)
                    takeBack(*saving);
            } else if (!error) {
                stored(*saving, KeyPlace::Keychain);
            } else {
                tellNotStored(*saving, *error);
            }
        });
}

void AccountFlow::tellNotStored(const Saving &saving, const KeychainError &error)
{
    if (error.problem == KeychainProblem::NoKeychain)
        saving.dialog->offerMemory();
    else if (error.problem == KeychainProblem::Locked)
        saving.dialog->showProblem(tr("The system keychain is locked. Nothing was saved."));
    else
        saving.dialog->showProblem(problemText(error));
}

void AccountFlow::takeBack(const Saving &saving)
{
    const auto tell = [this](const std::optional<KeychainError> &error) {
        if (error && error->problem != KeychainProblem::NoEntry)
            emit noticed(tr("Keys are in the keychain"),
                         tr("They had been stored before you chose “Not now” and could not be removed. %1")
                             .arg(problemText(*error)),
                         true);
    };
    if (saving.before)
        m_keychain->write(saving.profile.id, *saving.before, this, tell);
    else
        m_keychain->remove(saving.profile.id, this, tell);
}

void AccountFlow::stored(const Saving &saving, KeyPlace place)
{
    if (place == KeyPlace::Memory) {
        m_inMemory.insert(saving.profile.id);
    } else if (m_inMemory.remove(saving.profile.id)) {
        m_memory.remove(saving.profile.id, this, [](const std::optional<KeychainError> &) {});
    }
    m_settings.saveProfile(saving.profile);
    close(saving.dialog);
    emit accountsChanged();
    emit keysStored(accountOf(saving.profile), saving.credentials);
    tellRemarks();
}

void AccountFlow::close(AccountDialog *dialog)
{
    m_remarks.clear();
    dialog->saved();
    // Closed, but not yet gone: the next one may open.
    m_dialog = nullptr;
}

void AccountFlow::tellRemarks()
{
    for (const QString &text : std::as_const(m_remarks))
        emit noticed(tr("Account saved"), text, false);
    m_remarks.clear();
}

void AccountFlow::runTest(AccountDialog *dialog, const QString &key, const QString &secret)
{
    dialog->setBusy(true, tr("Testing…"));
    const auto test = [this, dialog](const Credentials &credentials) {
        m_test(credentials, dialog, [this, dialog](const ConnectionTest &found) {
            dialog->setTestResults(connectionLines(found, m_endpoint));
        });
    };
    if (!secret.isEmpty()) {
        test(Credentials(key, secret));
        return;
    }
    const QString id = dialog->edited() ? dialog->edited()->id : QString();
    storeOf(id).read(id, dialog, [dialog, test](const std::optional<Credentials> &found, const KeychainError &error) {
        if (found)
            test(*found);
        else
            dialog->showProblem(problemText(error));
    });
}

void AccountFlow::askToForget(const Account &account)
{
    auto *question = new ForgetDialog(account.name, &m_window);
    connect(question, &ForgetDialog::forgetChosen, this,
            [this, question, account] { emit forgetChosen(account, question->wantsActivityForgotten()); });
    question->open();
}

void AccountFlow::forget(const Account &account, bool withActivity)
{
    m_forgetting.insert(account.id);
    // The keychain in any case: keys that are in memory now may have been stored in it before.
    m_keychain->remove(account.id, this, [this, account, withActivity](const std::optional<KeychainError> &error) {
        m_forgetting.remove(account.id);
        if (error && error->problem != KeychainProblem::NoKeychain) {
            emit notForgotten(account);
            emit noticed(tr("Account kept"), problemText(*error), true);
            return;
        }
        if (m_inMemory.remove(account.id))
            m_memory.remove(account.id, this, [](const std::optional<KeychainError> &) {});
        m_settings.removeProfile(account.id);
        emit forgotten(account);
        if (withActivity)
            emit activityUnwanted(account);
        emit accountsChanged();
        if (error)
            emit noticed(
                tr("Account forgotten"),
                tr("No keychain could be asked. If one holds keys of “%1”, they are still in it.").arg(account.name),
                true);
    });
}

} // namespace countermand
