#include "local/instancelock.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

constexpr int messageTimeoutMs = 500;
// sun_path holds 104 to 108 bytes, and QLocalServer binds in a temporary folder beside the final name.
constexpr qsizetype longestSocketPath = 88;
constexpr QByteArrayView raiseMessage("raise\n");

#ifdef Q_OS_UNIX
/// A folder of this user alone that survives as long as the session; empty if there is none.
QString runtimeFolder()
{
    // Not QStandardPaths: it warns on the terminal and makes a folder of its own when the variable is missing.
    const QString path = qEnvironmentVariable("XDG_RUNTIME_DIR");
    const QFileInfo info(path);
    return info.isAbsolute() && info.isDir() && info.isWritable() ? path : QString();
}
#endif

} // namespace

InstanceLock::InstanceLock(const QString &dataFolder, QObject *parent)
    : QObject(parent), m_folder(dataFolder), m_lock(dataFolder), m_server(std::make_unique<QLocalServer>())
{
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server.get(), &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_server->nextPendingConnection())
            readFrom(socket);
    });
}

InstanceLock::~InstanceLock()
{
    // The server first: once the lock is free, a new program may make its own under the same name.
    m_server->close();
    m_lock.release();
}

QString InstanceLock::serverName(const QString &dataFolder)
{
    const QString canonical = QFileInfo(dataFolder).canonicalFilePath();
    const QByteArray path = (canonical.isEmpty() ? dataFolder : canonical).toUtf8();
    const QByteArray hash = QCryptographicHash::hash(path, QCryptographicHash::Sha256).toHex().left(16);
    const QString name = "countermand-"_L1 + QLatin1StringView(hash);
#ifdef Q_OS_UNIX
    // Beside the data if the session has no folder of its own: that place is the user's, too.
    for (const QString &folder : {runtimeFolder(), dataFolder, QDir::tempPath()}) {
        const QString full = folder + u'/' + name;
        if (!folder.isEmpty() && QFile::encodeName(full).size() <= longestSocketPath)
            return full;
    }
    return "/tmp/"_L1 + name;
#else
    return name;
#endif
}

InstanceLock::Result InstanceLock::acquire()
{
    return finish(m_lock.tryLock());
}

InstanceLock::Result InstanceLock::takeOver()
{
    return finish(m_lock.takeOver());
}

InstanceLock::Result InstanceLock::finish(FolderLock::Result result)
{
    switch (result) {
    case FolderLock::Result::Locked:
        // Somebody answers under this folder's name although the lock was free: the folder was removed under a
        // program that still runs.
        m_otherWasReached = tellOther();
        if (m_otherWasReached) {
            m_lock.release();
            return Result::HeldByOther;
        }
        listen();
        return Result::Acquired;
    case FolderLock::Result::Held:
        m_otherWasReached = tellOther();
        return Result::HeldByOther;
    case FolderLock::Result::OtherComputer:
        return Result::OtherComputer;
    case FolderLock::Result::Failed:
        break;
    }
    return Result::Failed;
}

bool InstanceLock::tellOther() const
{
    QLocalSocket socket;
    socket.connectToServer(serverName(m_folder));
    if (!socket.waitForConnected(messageTimeoutMs))
        return false;
    socket.write(raiseMessage.data(), raiseMessage.size());
    socket.waitForBytesWritten(messageTimeoutMs);
    return socket.bytesToWrite() == 0;
}

void InstanceLock::listen()
{
    const QString name = serverName(m_folder);
    // Left behind by a program that was killed: the lock, which is ours, proves that nobody listens there.
    QLocalServer::removeServer(name);
    // Failing is no reason not to run: only the raising of this window is lost.
    m_server->listen(name);
}

void InstanceLock::readFrom(QLocalSocket *socket)
{
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    const auto read = [this, socket] {
        if (socket->canReadLine()) {
            const bool asked = socket->readLine() == raiseMessage;
            socket->disconnectFromServer();
            if (asked)
                emit raiseRequested();
        } else if (socket->bytesAvailable() > raiseMessage.size()) {
            socket->abort();
        }
    };
    connect(socket, &QLocalSocket::readyRead, this, read);
    if (socket->bytesAvailable() > 0)
        read();
}

} // namespace countermand
