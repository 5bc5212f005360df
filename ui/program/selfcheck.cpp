#include "ui/program/selfcheck.h"

#include "local/keychainstore.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibraryInfo>
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

QString pluginName(QString file)
{
    file = file.section(u'.', 0, 0);
    return file.startsWith("libq"_L1) ? file.mid(4) : file.startsWith(u'q') ? file.mid(1) : file;
}

/// The platform plugin that a start would use, without starting it (which would need a display).
QString platform()
{
    QStringList available;
    for (const QString &path : QCoreApplication::libraryPaths()) {
        const auto files = QDir(path + "/platforms"_L1).entryList(QDir::Files);
        for (const QString &file : files)
            available.append(pluginName(file));
    }
    available.removeDuplicates();
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
    return available.contains(wanted) ? wanted : QString();
}

} // namespace

int selfCheck(int &argc, char **argv)
{
    // Not a QApplication: that would end the process where there is no display.
    QCoreApplication application(argc, argv);
    print(u"version: %1"_s.arg(QLatin1StringView(CM_VERSION)));
    print(u"qt: %1"_s.arg(QLatin1StringView(qVersion())));

    const bool tls = QSslSocket::supportsSsl();
    print(tls ? u"tls: %1, %2"_s.arg(QSslSocket::activeBackend(), QSslSocket::sslLibraryVersionString())
              : u"tls: none. CoinW can't be reached: install OpenSSL 3."_s);
    const QString found = platform();
    print(found.isEmpty() ? u"platform: none. The window can't open: Qt's platform plugin is missing."_s
                          : u"platform: %1"_s.arg(found));

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
            print(u"keychain: none, keys live in memory until you quit%1"_s.arg(
                text.isEmpty() ? QString() : u" (%1)"_s.arg(text.simplified())));
            break;
        }
        QCoreApplication::exit();
    });
    QCoreApplication::exec();
    return tls && !found.isEmpty() ? 0 : 1;
}

} // namespace countermand
