#include "local/keychainstore.h"

#include "domain/log.h"
#include "local/keychainjob.h"

#include <QObject>

#include <utility>

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

using Look = SecretServiceLook;
using LookHandler = std::function<void(Look)>;
using Ended = KeychainJobEnd;

void look(const QString &profileId, QObject *context, LookHandler handler)
{
    lookAtSecretService(keychainService(), profileId.isEmpty() ? QString() : keychainEntry(profileId), context,
                        std::move(handler));
}

/// A job's error, seen together with a look taken after it.
KeychainError errorAfter(const Ended &ended, const Look &look)
{
    if (const auto known = KeychainStore::errorAhead(look); known && known->problem == KeychainProblem::NoKeychain)
        return *known;
    const bool isReached = look.reach == Look::Reach::Reached;
    // Everything that could be opened is open, and the entry is not given out all the same.
    const bool isRefused = isReached && !look.locked && look.openEntries == 0 && look.lockedEntries > 0;
    switch (ended.error) {
    case QKeychain::EntryNotFound:
        if (isRefused || look.isShut())
            break;
        if (isReached && look.anyEntry())
            return {KeychainProblem::Other, ended.text};
        return {KeychainProblem::NoEntry, ended.text};
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return {look.isShut() ? KeychainProblem::Locked : KeychainProblem::Denied, ended.text};
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return {KeychainProblem::NoKeychain, ended.text};
    case QKeychain::NoError:
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::OtherError:
        break;
    }
    return {isRefused       ? KeychainProblem::Denied
            : look.isShut() ? KeychainProblem::Locked
                            : KeychainProblem::Other,
            ended.text};
}

/// Finds the true reason of a failed job.
void explain(const QString &profileId, Ended ended, QObject *context, std::function<void(KeychainError)> handler)
{
    look(profileId, context, [ended = std::move(ended), handler = std::move(handler)](const Look &seen) {
        handler(errorAfter(ended, seen));
    });
}

/// Goes on once these are open: brings the keychain's prompt, and waits for the person. Else an error.
void whenOpen(const QString &profileId, const QStringList &collections, QObject *context,
              const std::function<void()> &goOn, const std::function<void(KeychainError)> &failed)
{
    openSecretService(
        keychainService(), keychainEntry(profileId), collections, context, [=](const SecretServiceOpening &opening) {
            using End = SecretServiceOpening::End;
            qCDebug(keychainLog) << "asked to open:" << int(opening.end) << opening.text;
            switch (opening.end) {
            case End::Opened:
                goOn();
                return;
            case End::Dismissed:
            case End::NobodyAsked:
                failed({KeychainProblem::Locked, opening.text, opening.end == End::Dismissed});
                return;
            case End::Failed:
                // It may have gone altogether.
                look({}, context, [failed, text = opening.text](const Look &seen) {
                    failed(KeychainStore::errorAhead(seen).value_or(KeychainError{KeychainProblem::Locked, text}));
                });
                return;
            }
        });
}

enum class Prompt { Never, IfLocked };
using EntryHandler = std::function<void(std::optional<StoredKeys>, KeychainError)>;

/// The entry as stored, or why there is none. `asked`: what the user was asked to open for it already.
void readEntry(const QString &profileId, QObject *context, Prompt prompt, const EntryHandler &handler,
               const QStringList &asked = {})
{
    look(profileId, context, [=](const Look &seen) {
        if (const auto known = KeychainStore::errorAhead(seen)) {
            handler({}, *known);
            return;
        }
        const bool isReached = seen.reach == Look::Reach::Reached;
        // KeePassXC gives an entry out after a question of its own, and calls it locked until then.
        const bool wouldAsk = seen.isShut() || (isReached && seen.openEntries == 0 && seen.lockedEntries > 0);
        if (prompt == Prompt::Never && wouldAsk) {
            handler({}, {KeychainProblem::Locked, {}});
            return;
        }
        if (seen.isShut()) {
            const auto failed = [handler](const KeychainError &error) { handler({}, error); };
            // One after the other: KeePassXC asks for one of several alone, and never again for the rest.
            QStringList next = seen.lockedCollections;
            next.removeIf([&asked](const QString &path) { return asked.contains(path); });
            if (next.isEmpty() && !asked.isEmpty()) {
                failed({KeychainProblem::Locked, {}, true});
                return;
            }
            next = next.mid(0, 1);
            const QStringList now = asked + (next.isEmpty() ? QStringList{QString()} : next);
            const auto goOn = [=] { readEntry(profileId, context, prompt, handler, now); };
            whenOpen(profileId, next, context, goOn, failed);
            return;
        }
        if (isReached && !seen.anyEntry()) {
            handler({}, {KeychainProblem::NoEntry, {}});
            return;
        }
        readKeychain(profileId, context, [=](Ended ended) {
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

/// What was stored for the same account in another collection.
enum class OfOthers { Remove, Tell };

/// Stores, and sees to it that it is the only entry: of two nobody knows which one is read. KeePassXC stores in the
/// database that is shown, wherever the old entry lies.
void storeAlone(const QString &profileId, const Credentials &credentials, QObject *context, OfOthers others,
                const CredentialStore::DoneHandler &handler)
{
    const auto failed = [=](Ended ended) {
        explain(profileId, std::move(ended), context, [handler](const KeychainError &error) { handler(error); });
    };
    writeKeychain(profileId, credentials, context, [=](Ended ended) {
        if (ended.error != QKeychain::NoError) {
            failed(std::move(ended));
            return;
        }
        look(profileId, context, [=](const Look &seen) {
            if (seen.openEntries + seen.lockedEntries <= 1) {
                handler({});
            } else if (others == OfOthers::Tell) {
                handler(KeychainError{KeychainProblem::Other,
                                      u"It holds another entry of this account, which could not be removed."_s});
            } else {
                deleteFromKeychain(profileId, context, [=](Ended removed) {
                    if (removed.error == QKeychain::NoError || removed.error == QKeychain::EntryNotFound)
                        storeAlone(profileId, credentials, context, OfOthers::Tell, handler);
                    else
                        failed(std::move(removed));
                });
            }
        });
    });
}

/// After a delete: done only if nothing is left.
void verifyRemoved(const QString &profileId, QObject *context, const CredentialStore::DoneHandler &handler)
{
    look(profileId, context, [=](const Look &seen) {
        if (seen.reach == Look::Reach::Reached) {
            // What is locked beside it was not asked for: it had been found elsewhere.
            if (!seen.anyEntry() && seen.anyOpen)
                handler({});
            else if (seen.openEntries == 0)
                handler(KeychainError{KeychainProblem::Locked, {}});
            else
                handler(KeychainError{KeychainProblem::Other, u"The entry is still there."_s});
            return;
        }
        if (const auto known = KeychainStore::errorAhead(seen)) {
            handler(known);
            return;
        }
        readKeychain(profileId, context, [=](Ended ended) {
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
        return look.anyOpen ? State::Ready : State::Locked;
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

void KeychainStore::write(const QString &profileId, const Credentials &credentials, Wanted isWanted, QObject *context,
                          DoneHandler handler)
{
    look(profileId, context, [=, handler = std::move(handler)](const Look &seen) {
        if (const auto known = errorAhead(seen)) {
            handler(known);
            return;
        }
        const auto store = [=] { storeAlone(profileId, credentials, context, OfOthers::Remove, handler); };
        if (seen.reach != Look::Reach::Reached || !seen.locked) {
            store();
            return;
        }
        const auto goOn = [=] {
            if (!isWanted || isWanted())
                store();
            else
                handler(KeychainError{KeychainProblem::Locked, {}, true});
        };
        whenOpen(profileId, seen.lockedCollections.mid(0, 1), context, goOn, handler);
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
        deleteFromKeychain(profileId, context, [=](Ended ended) {
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
