#pragma once

#include "domain/credentials.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <optional>

namespace countermand {

/// What a keychain holds of an account: `{"key":"…","secret":"…"}`, as UTF-8. To be wiped after use.
QByteArray storedKeys(const Credentials &credentials);

/// A keychain's entry, read.
struct StoredKeys {
    /// Nothing if the entry is not what storedKeys() makes, or not what may be typed.
    std::optional<Credentials> credentials;
    /// One clear sentence where there are no credentials.
    QString problem;
};

/// Reads an entry, which somebody else may have written: what the dialog would refuse is refused here, too, above all
/// line breaks, which would end a header. No part of the entry is left in memory but in the credentials.
StoredKeys readStoredKeys(QByteArrayView entry);

} // namespace countermand
