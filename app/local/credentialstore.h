#pragma once

#include "domain/credentials.h"
#include "domain/keychain.h"

#include <QString>

#include <functional>
#include <optional>
#include <utility>

class QObject;

namespace countermand {

/// Where API keys are kept, one entry per profile.
///
/// Each handler runs exactly once, later, on the calling thread, unless `context` is destroyed first. A call may wait
/// for as long as the user takes to answer the keychain's own prompt; nothing is blocked meanwhile.
class CredentialStore
{
public:
    enum class State {
        Ready,      ///< entries can be read and written (elsewhere than on Linux a read may still bring a prompt)
        Locked,     ///< there, but it must be unlocked; a read or write brings its prompt
        NoKeychain, ///< none on this system
    };

    /// `text`: the keychain's own words; may be empty.
    using StateHandler = std::function<void(State state, QString text)>;
    /// Exactly one of both means something: the error only without credentials.
    using ReadHandler = std::function<void(std::optional<Credentials> credentials, KeychainError error)>;
    /// Nothing: done.
    using DoneHandler = std::function<void(std::optional<KeychainError> error)>;

    CredentialStore() = default;
    virtual ~CredentialStore();
    CredentialStore(const CredentialStore &) = delete;
    CredentialStore &operator=(const CredentialStore &) = delete;

    /// Never brings a prompt.
    virtual void queryState(QObject *context, StateHandler handler) = 0;

    /// `profileId`: a UUID. NoEntry only if the store is open and holds nothing for it.
    virtual void read(const QString &profileId, QObject *context, ReadHandler handler) = 0;

    /// The same, and never brings a prompt: what only a prompt would give is Locked.
    virtual void readQuietly(const QString &profileId, QObject *context, ReadHandler handler);

    /// Adds or replaces.
    void write(const QString &profileId, const Credentials &credentials, QObject *context, DoneHandler handler)
    {
        write(profileId, credentials, {}, context, std::move(handler));
    }
    /// The same, but nothing is stored, and Locked is the end, if `isWanted` says no once a person has answered the
    /// keychain's prompt. A null one always says yes.
    using Wanted = std::function<bool()>;
    virtual void write(const QString &profileId, const Credentials &credentials, Wanted isWanted, QObject *context,
                       DoneHandler handler) = 0;

    /// Done only once it was seen that nothing is left, which includes that nothing was stored.
    virtual void remove(const QString &profileId, QObject *context, DoneHandler handler) = 0;
};

} // namespace countermand
