#pragma once

#include "local/storedkeys.h"

#include <QString>
#include <qt6keychain/keychain.h>

#include <functional>

class QObject;

namespace countermand {

class Credentials;

/// How a job of QtKeychain's ended.
struct KeychainJobEnd {
    QKeychain::Error error = QKeychain::NoError;
    /// The keychain's own words; may be empty.
    QString text;
    /// Of a read without an error.
    StoredKeys keys{};
};

/// QtKeychain opens libsecret at run time, and without it fails every job with "Unknown error".
bool isLibsecretMissing();

/// The name under which all entries lie.
QString keychainService();
/// The name of a profile's entry.
QString keychainEntry(const QString &profileId);

/// Each runs one job over the entry of a profile. The handler runs once, later, unless `context` is destroyed first;
/// a job whose keychain goes meanwhile ends with OtherError. No copy of a secret is left in freed memory.
void readKeychain(const QString &profileId, QObject *context, std::function<void(KeychainJobEnd)> handler);
void writeKeychain(const QString &profileId, const Credentials &credentials, QObject *context,
                   std::function<void(KeychainJobEnd)> handler);
void deleteFromKeychain(const QString &profileId, QObject *context, std::function<void(KeychainJobEnd)> handler);

} // namespace countermand
