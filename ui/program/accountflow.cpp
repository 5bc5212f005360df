#include "ui/program/accountflow.h"

#include "exchange/endpoint.h"
#include "ui/account/accountdialog.h"
#include "ui/account/forgetdialog.h"
#include "ui/program/connectionlines.h"
#include "ui/window/mainwindow.h"
#include "workflow/session.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

QString problemText(const KeychainError &error)
{
    switch (error.problem) {
    case KeychainProblem::Locked:
        return AccountFlow::tr("Your keys are in the system keychain, which is locked.");
    case KeychainProblem::Denied:
        return AccountFlow::tr("The keychain refused access. The keys stay where they are.");
    case KeychainProblem::NoEntry:
    case KeychainProblem::NoKeychain:
    case KeychainProblem::Other:
        break;
    }
    return AccountFlow::tr("The keychain reported: %1").arg(error.text);
}

} // namespace

AccountFlow::AccountFlow(MainWindow &window, Settings &settings, const Endpoint &endpoint, Test test, QObject *parent)
    : QObject(parent),
      m_window(window),
      m_settings(settings),
      m_endpoint(endpoint),
      m_baseUrl(endpoint.baseUrl.toString()),
      m_pattern{{}, {}, endpoint.isCoinw() ? Environment::Live : Environment::TestServer, endpoint.hostText(), 0},
      m_test(std::move(test))
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

CredentialStore &AccountFlow::storeOf(const QString &profileId)
{
    if (m_inMemory.contains(profileId))
        return m_memory;
    return m_keychain;
}

void AccountFlow::setCurrent(const std::optional<Account> &account)
{
    m_current = account;
    if (account)
        m_settings.setLastProfile(m_baseUrl, account->id);
}

void AccountFlow::open(const Account &account)
{
    m_wanted = account;
    const int request = ++m_request;
    storeOf(account.id).queryState(this, [this, account, request](CredentialStore::State state, const QString &text) {
        if (request != m_request)
            return;
        switch (state) {
        case CredentialStore::State::Ready:
            read(account);
            break;
        case CredentialStore::State::Locked:
            m_window.showUnlock(account, false);
            break;
        case CredentialStore::State::NoKeychain:
            showProblem(account, {KeychainProblem::NoKeychain, text});
            break;
        }
    });
}

void AccountFlow::unlock()
{
    if (!m_wanted)
        return;
    m_window.showUnlock(*m_wanted, true);
    read(*m_wanted);
}

void AccountFlow::retry()
{
    if (m_wanted)
        open(*m_wanted);
}

void AccountFlow::read(const Account &account)
{
    const int request = ++m_request;
    storeOf(account.id)
        .read(account.id, this,
              [this, account, request](const std::optional<Credentials> &found, const KeychainError &error) {
                  if (request != m_request)
                      return;
                  if (found)
                      emit keysReady(account, *found);
                  else
                      showProblem(account, error);
              });
}

void AccountFlow::showProblem(const Account &account, const KeychainError &error)
{
    if (error.problem == KeychainProblem::Locked)
        m_window.showUnlock(account, false);
    else
        m_window.showKeychainProblem(account, error);
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

void AccountFlow::addAccount()
{
    if (m_dialog)
        return;
    openDialog(new AccountDialog(namesBut({}), &m_window));
}

void AccountFlow::editAccount()
{
    const auto account = m_current ? m_current : m_wanted;
    if (!account || m_dialog)
        return;
    const int request = ++m_request;
    // The dialog waits for the key, so that it can show which one is stored; the secret never reaches it.
    storeOf(account->id)
        .read(account->id, this,
              [this, account, request](const std::optional<Credentials> &found, const KeychainError &) {
                  if (request != m_request || m_dialog)
                      return;
                  const QString key = found ? QString::fromUtf8(found->key()) : QString();
                  openDialog(new AccountDialog(*account, key, namesBut(account->id), &m_window));
              });
}

void AccountFlow::useMemory()
{
    if (!m_wanted || m_dialog)
        return;
    openDialog(new AccountDialog(*m_wanted, {}, namesBut(m_wanted->id), &m_window));
    m_dialog->offerMemory();
}

void AccountFlow::openDialog(AccountDialog *dialog)
{
    m_dialog = dialog;
    const QString id = dialog->edited() ? dialog->edited()->id : QUuid::createUuid().toString(QUuid::WithoutBraces);
    connect(dialog, &AccountDialog::testRequested, this,
            [this, dialog](const QString &key, const QString &secret) { runTest(dialog, key, secret); });
    connect(dialog, &AccountDialog::saveRequested, this,
            [this, dialog, id](const QString &name, int swatch, const QString &key, const QString &secret) {
                save(dialog, {id, name, swatch, m_baseUrl}, key, secret, false);
            });
    connect(dialog, &AccountDialog::memorySaveRequested, this,
            [this, dialog, id](const QString &name, int swatch, const QString &key, const QString &secret) {
                save(dialog, {id, name, swatch, m_baseUrl}, key, secret, true);
            });
    connect(dialog, &AccountDialog::remarked, this,
            [this](const QString &text) { m_window.notice(tr("Account saved"), text); });
    dialog->open();
}

void AccountFlow::save(AccountDialog *dialog, const Profile &profile, const QString &key, const QString &secret,
                       bool inMemory)
{
    if (!secret.isEmpty()) {
        store(dialog, profile, Credentials(key, secret), inMemory);
        return;
    }
    m_settings.saveProfile(profile);
    dialog->saved();
    emit accountsChanged();
    open(accountOf(profile));
}

void AccountFlow::store(AccountDialog *dialog, const Profile &profile, const Credentials &credentials, bool inMemory)
{
    dialog->setBusy(true, tr("Waiting for the keychain…"));
    CredentialStore &target = inMemory ? static_cast<CredentialStore &>(m_memory) : m_keychain;
    target.write(profile.id, credentials, dialog,
                 [this, dialog, profile, credentials, inMemory](const std::optional<KeychainError> &error) {
                     if (error && error->problem == KeychainProblem::NoKeychain) {
                         dialog->offerMemory();
                         return;
                     }
                     if (error) {
                         dialog->showProblem(problemText(*error));
                         return;
                     }
                     if (inMemory)
                         m_inMemory.insert(profile.id);
                     else
                         m_inMemory.remove(profile.id);
                     m_settings.saveProfile(profile);
                     emit accountsChanged();
                     ++m_request;
                     emit keysReady(accountOf(profile), credentials);
                     // Last, because a new account clears the toasts and this brings some.
                     dialog->saved();
                 });
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

void AccountFlow::forgetAccount()
{
    const auto account = m_current ? m_current : m_wanted;
    if (!account)
        return;
    auto *question = new ForgetDialog(account->name, &m_window);
    connect(question, &ForgetDialog::forgetChosen, this,
            [this, question, account] { forget(*account, question->wantsActivityForgotten()); });
    question->open();
}

void AccountFlow::forget(const Account &account, bool withActivity)
{
    storeOf(account.id)
        .remove(account.id, this, [this, account, withActivity](const std::optional<KeychainError> &error) {
            if (error && error->problem != KeychainProblem::NoKeychain) {
                m_window.notice(tr("Account kept"), problemText(*error), true);
                return;
            }
            m_inMemory.remove(account.id);
            m_settings.removeProfile(account.id);
            if (m_wanted && m_wanted->id == account.id)
                m_wanted.reset();
            emit forgotten(account);
            if (withActivity)
                emit activityUnwanted(account);
            emit accountsChanged();
        });
}

} // namespace countermand
