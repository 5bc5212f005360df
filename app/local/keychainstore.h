#pragma once

#include "local/credentialstore.h"
#include "local/secretservice.h"

namespace countermand {

/// The operating system's keychain, through QtKeychain. Never falls back to plain text.
///
/// Service `io.github.countermand.Countermand`, key `countermand/<profile id>`, value one JSON object
/// `{"key":"…","secret":"…"}`. On Linux the Secret Service is asked over D-Bus ahead of and after each job, because
/// QtKeychain 0.13 reports a locked keychain as "no entry" and a delete that did nothing as done (measured).
class KeychainStore final : public CredentialStore
{
public:
    void queryState(QObject *context, StateHandler handler) override;
    void read(const QString &profileId, QObject *context, ReadHandler handler) override;
    void readQuietly(const QString &profileId, QObject *context, ReadHandler handler) override;
    using CredentialStore::write;
    void write(const QString &profileId, const Credentials &credentials, Wanted isWanted, QObject *context,
               DoneHandler handler) override;
    void remove(const QString &profileId, QObject *context, DoneHandler handler) override;

    /// What a look at the Secret Service says about the store as a whole.
    static State stateOf(const SecretServiceLook &look);
    /// What a look taken ahead of a job already decides; nothing if the job has to be run.
    static std::optional<KeychainError> errorAhead(const SecretServiceLook &look);
};

} // namespace countermand
