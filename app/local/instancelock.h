#pragma once

#include "local/folderlock.h"

#include <QObject>
#include <QString>

#include <memory>

class QLocalServer;
class QLocalSocket;

namespace countermand {

/// One program per data folder. The first holds the file `lock` and listens; a second one asks it to raise its
/// window.
///
/// The lock of a program that was killed, or that ran before a restart of the computer, is taken over. So is that of
/// another computer, but only when the user says so. A folder that was removed under a running program is no way
/// around it, where the session has a folder of its own for sockets.
class InstanceLock : public QObject
{
    Q_OBJECT

public:
    enum class Result {
        Acquired,      ///< this program is the one; held until destruction
        HeldByOther,   ///< another one runs on this folder; it was asked to raise its window
        OtherComputer, ///< last used on another computer, which didn't say that it ended: see holder()
        Failed,        ///< see problem()
    };

    /// `dataFolder`: an absolute path, as prepareDataFolder() gives it.
    explicit InstanceLock(const QString &dataFolder, QObject *parent = nullptr);
    ~InstanceLock() override;

    /// Takes the lock, once. Blocks for at most a second while it calls a first program; no event loop runs.
    Result acquire();
    /// After OtherComputer: takes the lock all the same. Acquired or Failed.
    Result takeOver();

    /// After OtherComputer: who had the folder.
    LockHolder holder() const { return m_lock.holder(); }

    /// After HeldByOther: whether the first program took the message (it may hang).
    bool otherWasReached() const { return m_otherWasReached; }

    /// One clear sentence after Failed, else empty.
    QString problem() const { return m_lock.problem(); }
    /// One sentence for a notice after Acquired: something else lay under the lock's name. Else empty.
    QString notice() const { return m_lock.notice(); }

    /// Name of the local socket for a data folder: derived from its path, in a place of this user, always shorter
    /// than what a unix socket can be called.
    static QString serverName(const QString &dataFolder);

signals:
    /// Another start on the same folder asks for this program's window.
    void raiseRequested();

private:
    Result finish(FolderLock::Result result);
    bool tellOther() const;
    void listen();
    void readFrom(QLocalSocket *socket);

    QString m_folder;
    FolderLock m_lock;
    std::unique_ptr<QLocalServer> m_server;
    bool m_otherWasReached = false;
};

} // namespace countermand
