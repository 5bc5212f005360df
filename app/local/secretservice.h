#pragma once

#include <QString>
#include <QStringList>

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
    /// What is stored anew needs something opened first: the default collection is locked, or none is open that could
    /// hold entries (KeePassXC without a database). Only with Reached.
    bool locked = false;
    /// A collection is open. Where none is nothing was searched: that brings KeePassXC's prompt.
    bool anyOpen = false;
    /// What is locked and may hold what was not found, the default first: a locked collection of KeePassXC's tells
    /// nothing of its entries. Paths.
    QStringList lockedCollections{};
    /// Entries found under the service and key asked for. Only with Reached and `anyOpen`.
    int openEntries = 0;
    int lockedEntries = 0;
    /// The bus's own words; may be empty.
    QString text;

    bool anyEntry() const { return openEntries + lockedEntries > 0; }
    /// No entry can be read, and one may be in what is locked.
    bool isShut() const
    {
        const bool mayBeHidden = !anyEntry() && (!anyOpen || !lockedCollections.isEmpty());
        return reach == Reach::Reached && openEntries == 0 && (locked || mayBeHidden);
    }
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
        Dismissed,   ///< by the user
        NobodyAsked, ///< there is nobody who could ask
        Failed,      ///< it could not be asked, or has gone meanwhile
    };

    End end = End::Failed;
    /// The bus's own words with Failed; may be empty.
    QString text;
};

/// Has the Secret Service ask the user to open these collections. The user may take all the time there is; the first
/// of them that is opened by other means meanwhile counts as well. Without any it is asked for one.
///
/// The handler runs at most once, later, unless `context` is destroyed first: that takes the question back. Only
/// after a look that was Reached. Source: freedesktop.org, Secret Storage specification (Unlock, Prompt). KeePassXC
/// without a database asks for one when it is searched.
void openSecretService(const QString &service, const QString &key, const QStringList &collections, QObject *context,
                       std::function<void(SecretServiceOpening)> handler);

/// Tells each time when the keychain of the session's bus goes, as long as `context` lives. Never where there is no
/// bus.
void whenSecretServiceGoes(QObject *context, const std::function<void()> &handler);

} // namespace countermand
