#pragma once

#include <QString>

#include <functional>

class QObject;

namespace countermand {

/// What the session's D-Bus says about the keychain, asked before QtKeychain is: its own errors can't tell "locked"
/// from "nothing stored", or "no service" from "broken".
struct SecretServiceLook {
    enum class Reach {
        NotAsked,    ///< this system or build has no D-Bus; only a job's error tells
        NoBus,       ///< no session bus
        NoService,   ///< a bus, but nobody offers a keychain
        NoAnswer,    ///< offered, but it did not answer in time, or with an error
        OtherWallet, ///< KWallet, which QtKeychain talks to by itself on KDE
        Reached,     ///< the Secret Service answered
    };

    Reach reach = Reach::NotAsked;
    /// The default collection is locked, or none is open that could hold entries (KeePassXC without a database). Only
    /// with Reached.
    bool locked = false;
    /// Entries found under the service and key asked for. Only with Reached, and not with `locked`: searching what is
    /// locked brings KeePassXC's prompt.
    int openEntries = 0;
    int lockedEntries = 0;
    /// The bus's own words; may be empty.
    QString text;

    bool anyEntry() const { return openEntries + lockedEntries > 0; }
};

/// Looks at the Secret Service without ever bringing a prompt. `key` may be empty: then entries are not counted.
///
/// The handler runs exactly once, later, after at most about ten seconds, unless `context` is destroyed first.
/// Source: freedesktop.org, Secret Storage specification (SearchItems, ReadAlias, Collection.Locked).
void lookAtSecretService(const QString &service, const QString &key, QObject *context,
                         std::function<void(SecretServiceLook)> handler);

/// What came of asking the Secret Service to open what is locked.
struct SecretServiceOpening {
    enum class End {
        Opened,
        Dismissed, ///< by the user, or there is nobody who could ask
        Failed,    ///< it could not be asked, or has gone meanwhile
    };

    End end = End::Failed;
    /// The bus's own words with Failed; may be empty.
    QString text;
};

/// Has the Secret Service ask the user to open what is locked. The user may take all the time there is; what is
/// opened by other means meanwhile counts as well.
///
/// The handler runs at most once, later, unless `context` is destroyed first. Only after a look that was Reached.
/// Source: freedesktop.org, Secret Storage specification (Unlock, Prompt). KeePassXC without a database asks for one
/// when it is searched.
void openSecretService(const QString &service, const QString &key, QObject *context,
                       std::function<void(SecretServiceOpening)> handler);

} // namespace countermand
