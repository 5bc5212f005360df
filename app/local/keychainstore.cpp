#include "local/keychainstore.h"

#include "domain/log.h"
#include "domain/wipe.h"
#include "local/storedkeys.h"

#include <QLibrary>
#include <QObject>
#include <qt6keychain/keychain.h>

#include <array>
#include <utility>

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

using Look = SecretServiceLook;
using LookHandler = std::function<void(Look)>;

/// How a job ended, with its words.
struct Ended {
    QKeychain::Error error = QKeychain::NoError;
    QString text;
    /// Of a read without an error.
    StoredKeys keys{};
};
using EndedHandler = std::function<void(Ended)>;

QString serviceName()
{
    return u"io.github.countermand.Countermand"_s;
}

QString entryKey(const QString &profileId)
{
    return "countermand/"_L1 + profileId;
}

void look(const QString &profileId, QObject *context, LookHandler handler)
{
    lookAtSecretService(serviceName(), profileId.isEmpty() ? QString() : entryKey(profileId), context,
                        std::move(handler));
}

/// QtKeychain opens libsecret at run time, and without it fails every job with "Unknown error".
bool isLibsecretMissing()
{
    QLibrary library(u"secret-1"_s, 0);
    return !library.load();
}

/// libsecret keeps its session with a keychain service that has gone, and every later job fails: forgetting it lets
/// the next try begin anew with the service's successor (seen with gnome-keyring).
void forgetLibsecretSession()
{
    QLibrary library(u"secret-1"_s, 0);
    if (const auto disconnect = reinterpret_cast<void (*)()>(library.resolve("secret_service_disconnect")))
        disconnect();
}

enum class Retry { No, OnceOverLibsecret };

/// Only behind the Secret Service: elsewhere an error may be the user's own doing, and a retry would ask again.
Retry retryFor(const Look &look)
{
    return look.reach == Look::Reach::Reached ? Retry::OnceOverLibsecret : Retry::No;
}

/// Runs a job of `make` that deletes itself when it is done. It has no parent: QtKeychain's callback holds a bare
/// pointer to it, so it must live until its answer, even if nobody waits for that any more.
template <typename Make>
void run(Make make, const QString &profileId, QObject *context, Retry retry, EndedHandler handler)
{
    auto *job = make();
    job->setInsecureFallback(false);
    job->setAutoDelete(true);
    job->setKey(entryKey(profileId));
    QObject::connect(job, &QKeychain::Job::finished, context, [=, handler = std::move(handler)] {
        if (job->error() == QKeychain::OtherError && retry == Retry::OnceOverLibsecret) {
            forgetLibsecretSession();
            run(make, profileId, context, Retry::No, handler);
            return;
        }
        // Not its text: that is the entry itself.
        qCDebug(keychainLog) << job->metaObject()->className() << "ended with" << int(job->error());
        Ended ended{job->error(), job->errorString(), {}};
        if constexpr (std::is_same_v<decltype(job), QKeychain::ReadPasswordJob *>) {
            // The job's own bytes, which it would leave in freed memory.
            QByteArray entry = job->binaryData();
            if (ended.error == QKeychain::NoError)
                ended.keys = readStoredKeys(entry);
            wipeForAll(entry);
        }
        handler(std::move(ended));
    });
    job->start();
}

void runRead(const QString &profileId, QObject *context, Retry retry, EndedHandler handler)
{
    const auto make = [] { return new QKeychain::ReadPasswordJob(serviceName(), nullptr); };
    run(make, profileId, context, retry, std::move(handler));
}

/// A job that stores what belongs to `credentials`.
QKeychain::WritePasswordJob *writeJob(const Credentials &credentials)
{
    auto *job = new QKeychain::WritePasswordJob(serviceName(), nullptr);
    QByteArray entry = storedKeys(credentials);
    QString text = QString::fromUtf8(entry);
    wipe(entry);
    job->setTextData(text);
    // The job frees its own bytes as they are, and lets nobody reach them: what takes the same room at once gets
    // theirs.
    QObject::connect(job, &QObject::destroyed, [length = text.size()] {
        std::array<QByteArray, 4> same;
        for (QByteArray &bytes : same)
            bytes = QString(length, QChar(u' ')).toUtf8();
    });
    wipe(text);
    return job;
}

/// A job's error, seen together with a look taken after it.
KeychainError errorAfter(const Ended &ended, const Look &look)
{
    if (const auto known = KeychainStore::errorAhead(look); known && known->problem == KeychainProblem::NoKeychain)
        return *known;
    const bool locked = look.reach == Look::Reach::Reached && (look.locked || look.lockedEntries > 0);
    switch (ended.error) {
    case QKeychain::EntryNotFound:
        if (locked)
            return {KeychainProblem::Locked, ended.text};
        if (look.reach == Look::Reach::Reached && look.anyEntry())
            return {KeychainProblem::Other, ended.text};
        return {KeychainProblem::NoEntry, ended.text};
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return {locked ? KeychainProblem::Locked : KeychainProblem::Denied, ended.text};
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return {KeychainProblem::NoKeychain, ended.text};
    case QKeychain::NoError:
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::OtherError:
        break;
    }
    return {locked ? KeychainProblem::Locked : KeychainProblem::Other, ended.text};
}

/// Finds the true reason of a failed job.
void explain(const QString &profileId, Ended ended, QObject *context, std::function<void(KeychainError)> handler)
{
    look(profileId, context, [ended = std::move(ended), handler = std::move(handler)](const Look &seen) {
        handler(errorAfter(ended, seen));
    });
}

bool isLocked(const Look &seen)
{
    return seen.reach == Look::Reach::Reached && seen.locked;
}

/// Goes on once the keychain is open: brings its prompt, and waits for the person. Else an error.
void whenOpen(const QString &profileId, QObject *context, const std::function<void()> &goOn,
              const std::function<void(KeychainError)> &failed)
{
    openSecretService(serviceName(), entryKey(profileId), context, [=](const SecretServiceOpening &opening) {
        qCDebug(keychainLog) << "asked to open:" << int(opening.end) << opening.text;
        if (opening.end == SecretServiceOpening::End::Opened)
            goOn();
        else
            failed({KeychainProblem::Locked, opening.text});
    });
}

enum class Prompt { Never, IfLocked, WasThere };
using EntryHandler = std::function<void(std::optional<StoredKeys>, KeychainError)>;

/// The entry as stored, or why there is none.
void readEntry(const QString &profileId, QObject *context, Prompt prompt, const EntryHandler &handler)
{
    look(profileId, context, [=](const Look &seen) {
        if (const auto known = KeychainStore::errorAhead(seen)) {
            handler({}, *known);
            return;
        }
        // KeePassXC gives an entry out after a question of its own, and calls it locked until then.
        const bool wouldAsk = isLocked(seen) || (seen.openEntries == 0 && seen.lockedEntries > 0);
        if (prompt == Prompt::Never && wouldAsk) {
            handler({}, {KeychainProblem::Locked, {}});
            return;
        }
        if (isLocked(seen)) {
            const auto failed = [handler](const KeychainError &error) { handler({}, error); };
            if (prompt == Prompt::WasThere)
                failed({KeychainProblem::Locked, {}});
            else
                whenOpen(
                    profileId, context, [=] { readEntry(profileId, context, Prompt::WasThere, handler); }, failed);
            return;
        }
        if (seen.reach == Look::Reach::Reached && !seen.locked && !seen.anyEntry()) {
            handler({}, {KeychainProblem::NoEntry, {}});
            return;
        }
        runRead(profileId, context, retryFor(seen), [=](Ended ended) {
            if (ended.error == QKeychain::NoError)
                handler(ended.keys, {});
            else
                explain(profileId, std::move(ended), context,
                        [handler](const KeychainError &error) { handler({}, error); });
        });
    });
}

/// A stored entry is checked like a typed one.
EntryHandler checked(CredentialStore::ReadHandler handler)
{
    return [handler = std::move(handler)](const std::optional<StoredKeys> &keys, const KeychainError &error) {
        if (!keys)
            handler({}, error);
        else if (keys->credentials)
            handler(keys->credentials, {});
        else
            handler({}, {KeychainProblem::BadEntry, keys->problem});
    };
}

/// After a delete: done only if nothing is left.
void verifyRemoved(const QString &profileId, QObject *context, const CredentialStore::DoneHandler &handler)
{
    look(profileId, context, [=](const Look &seen) {
        if (seen.reach == Look::Reach::Reached) {
            if (!seen.anyEntry() && !seen.locked)
                handler({});
            else if (seen.locked || seen.lockedEntries > 0)
                handler(KeychainError{KeychainProblem::Locked, {}});
            else
                handler(KeychainError{KeychainProblem::Other, u"The entry is still there."_s});
            return;
        }
        if (const auto known = KeychainStore::errorAhead(seen)) {
            handler(known);
            return;
        }
        runRead(profileId, context, Retry::No, [=](Ended ended) {
            if (ended.error == QKeychain::EntryNotFound)
                handler({});
            else if (ended.error == QKeychain::NoError)
                handler(KeychainError{KeychainProblem::Other, u"The entry is still there."_s});
            else
                explain(profileId, std::move(ended), context,
                        [handler](const KeychainError &error) { handler(error); });
        });
    });
}

} // namespace

CredentialStore::State KeychainStore::stateOf(const SecretServiceLook &look)
{
    switch (look.reach) {
    case Look::Reach::NoBus:
    case Look::Reach::NoService:
        return State::NoKeychain;
    case Look::Reach::Reached:
        return look.locked ? State::Locked : State::Ready;
    case Look::Reach::NotAsked:
    case Look::Reach::NoAnswer:
    case Look::Reach::OtherWallet:
        break;
    }
    return State::Ready;
}

std::optional<KeychainError> KeychainStore::errorAhead(const SecretServiceLook &look)
{
    switch (look.reach) {
    case Look::Reach::NoBus:
    case Look::Reach::NoService:
        return KeychainError{KeychainProblem::NoKeychain, look.text};
    case Look::Reach::NoAnswer:
        return KeychainError{KeychainProblem::Other, look.text};
    case Look::Reach::NotAsked:
    case Look::Reach::OtherWallet:
    case Look::Reach::Reached:
        break;
    }
    return {};
}

void KeychainStore::queryState(QObject *context, StateHandler handler)
{
    look({}, context, [handler = std::move(handler)](const Look &seen) {
        qCDebug(keychainLog) << "reach" << int(seen.reach) << "locked" << seen.locked << seen.text;
        if (seen.reach == Look::Reach::Reached && isLibsecretMissing())
            handler(State::NoKeychain, u"The library libsecret is not installed."_s);
        else
            handler(stateOf(seen), seen.text);
    });
}

void KeychainStore::read(const QString &profileId, QObject *context, ReadHandler handler)
{
    readEntry(profileId, context, Prompt::IfLocked, checked(std::move(handler)));
}

void KeychainStore::readQuietly(const QString &profileId, QObject *context, ReadHandler handler)
{
    readEntry(profileId, context, Prompt::Never, checked(std::move(handler)));
}

void KeychainStore::write(const QString &profileId, const Credentials &credentials, QObject *context,
                          DoneHandler handler)
{
    look(profileId, context, [=, handler = std::move(handler)](const Look &seen) {
        if (const auto known = errorAhead(seen)) {
            handler(known);
            return;
        }
        const auto store = [=] {
            const auto make = [credentials] { return writeJob(credentials); };
            run(make, profileId, context, retryFor(seen), [=](Ended ended) {
                if (ended.error == QKeychain::NoError)
                    handler({});
                else
                    explain(profileId, std::move(ended), context,
                            [handler](const KeychainError &error) { handler(error); });
            });
        };
        if (isLocked(seen))
            whenOpen(profileId, context, store, handler);
        else
            store();
    });
}

void KeychainStore::remove(const QString &profileId, QObject *context, DoneHandler handler)
{
    // Reading brings the unlock prompt, which deleting does not.
    const auto found = [=](const std::optional<StoredKeys> &keys, const KeychainError &error) {
        if (!keys && error.problem == KeychainProblem::NoEntry) {
            handler({});
            return;
        }
        if (!keys) {
            handler(error);
            return;
        }
        const auto make = [] { return new QKeychain::DeletePasswordJob(serviceName(), nullptr); };
        run(make, profileId, context, Retry::No, [=](Ended ended) {
            if (ended.error == QKeychain::NoError || ended.error == QKeychain::EntryNotFound)
                verifyRemoved(profileId, context, handler);
            else
                explain(profileId, std::move(ended), context,
                        [handler](const KeychainError &seen) { handler(seen); });
        });
    };
    readEntry(profileId, context, Prompt::IfLocked, found);
}

} // namespace countermand
