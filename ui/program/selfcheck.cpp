#include "ui/program/selfcheck.h"

#include "local/keychainstore.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonObject>
#include <QMap>
#include <QPluginLoader>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTextStream>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

void print(const QString &line)
{
    QTextStream out(stdout);
    out << line << '\n';
}

/// Files of the platform plugins, by the names that Qt knows them by ("xcb"); the first of a name is taken.
QMap<QString, QString> platformPlugins()
{
    QMap<QString, QString> plugins;
    const auto paths = QCoreApplication::libraryPaths();
    for (const QString &path : paths) {
        const QDir folder(path + "/platforms"_L1);
        const auto files = folder.entryList(QDir::Files);
        for (const QString &file : files) {
            const QJsonObject description = QPluginLoader(folder.filePath(file)).metaData()["MetaData"_L1].toObject();
            const auto names = description["Keys"_L1].toArray();
            for (const QJsonValue name : names) {
                if (!plugins.contains(name.toString()))
                    plugins.insert(name.toString(), folder.filePath(file));
            }
        }
    }
    return plugins;
}

QString tlsLine()
{
    if (!QSslSocket::supportsSsl())
        return u"tls: none. CoinW can't be reached: install OpenSSL 3."_s;
    const QString backend = QSslSocket::activeBackend() + ", "_L1 + QSslSocket::sslLibraryVersionString();
    if (QSslConfiguration::systemCaCertificates().isEmpty())
        return u"tls: %1. No certificates are installed, so CoinW can't be told from others: install "
               "ca-certificates."_s.arg(backend);
    return u"tls: %1"_s.arg(backend);
}

struct Platform {
    /// Empty: no window can open.
    QString name;
    /// Why, where known; "libX11.so.6: cannot open shared object file: …".
    QString problem;
};

/// The platform plugin that a start would use: loaded, but not started, which would need a display.
Platform platform()
{
    const auto plugins = platformPlugins();
    const QStringList available = plugins.keys();
    QString wanted = qEnvironmentVariable("QT_QPA_PLATFORM").section(u':', 0, 0).section(u';', 0, 0);
#if defined(Q_OS_WIN)
    if (wanted.isEmpty())
        wanted = u"windows"_s;
#elif defined(Q_OS_MACOS)
    if (wanted.isEmpty())
        wanted = u"cocoa"_s;
#else
    if (wanted.isEmpty())
        wanted = qEnvironmentVariableIsSet("WAYLAND_DISPLAY") && available.contains("wayland"_L1) ? u"wayland"_s
                                                                                                  : u"xcb"_s;
#endif
    if (!available.contains(wanted))
        return {{}, u"Qt's platform plugin is missing."_s};
    QPluginLoader loader(plugins.value(wanted));
    if (loader.load())
        return {wanted, {}};
    // "Cannot load library <file>: (<what the system's loader says>)"
    const QString words = loader.errorString().section(u'(', -1).section(u')', 0, 0);
    return {{}, u"%1. Install that library."_s.arg(words)};
}

/// What to do about it, where the system leaves a choice.
QString keychainAdvice()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    return u"; to keep them, install and start GNOME Keyring or KWallet"_s;
#else
    return {};
#endif
}

} // namespace

int selfCheck(int &argc, char **argv)
{
    // Not a QApplication: that would end the process where there is no display.
    QCoreApplication application(argc, argv);
    print(u"version: %1"_s.arg(QLatin1StringView(CM_VERSION)));
    print(u"qt: %1"_s.arg(QLatin1StringView(qVersion())));

    print(tlsLine());
    const Platform found = platform();
    print(found.name.isEmpty() ? u"platform: none. The window can't open: %1"_s.arg(found.problem)
                               : u"platform: %1"_s.arg(found.name));

    KeychainStore keychain;
    keychain.queryState(&application, [](CredentialStore::State state, const QString &text) {
        switch (state) {
        case CredentialStore::State::Ready:
            print(u"keychain: ready"_s);
            break;
        case CredentialStore::State::Locked:
            print(u"keychain: locked"_s);
            break;
        case CredentialStore::State::NoKeychain:
            print(u"keychain: none, keys live in memory until you quit%1%2"_s.arg(
                text.isEmpty() ? QString() : u" (%1)"_s.arg(text.simplified()), keychainAdvice()));
            break;
        }
        QCoreApplication::exit();
    });
    QCoreApplication::exec();
    return QSslSocket::supportsSsl() && !found.name.isEmpty() ? 0 : 1;
}

} // namespace countermand
