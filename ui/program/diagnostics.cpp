#include "ui/program/diagnostics.h"

#include <QDir>
#include <QGuiApplication>
#include <QLocale>
#include <QSslSocket>
#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

QString orNone(const QString &text)
{
    return text.isEmpty() ? u"—"_s : text;
}

/// The name of the user stands in the path of the home folder.
QString withoutHome(QString text)
{
    const QString home = QDir::homePath();
    return home.size() > 1 ? text.replace(home, u"~"_s) : text;
}

} // namespace

QString diagnosticsText(const DiagnosticFacts &facts)
{
    QStringList lines{
        u"Countermand %1"_s.arg(QLatin1StringView(CM_VERSION)),
        u"Qt: %1, built with %2"_s.arg(QLatin1StringView(qVersion()), QLatin1StringView(QT_VERSION_STR)),
        u"System: %1, %2 %3, %4"_s.arg(QSysInfo::prettyProductName(), QSysInfo::kernelType(),
                                       QSysInfo::kernelVersion(), QSysInfo::currentCpuArchitecture()),
        u"Platform: %1, desktop %2, locale %3"_s.arg(QGuiApplication::platformName(),
                                                     orNone(qEnvironmentVariable("XDG_CURRENT_DESKTOP")),
                                                     QLocale::system().name()),
        u"TLS: %1"_s.arg(QSslSocket::supportsSsl()
                             ? QSslSocket::activeBackend() + u", "_s + QSslSocket::sslLibraryVersionString()
                             : u"none"_s),
        u"Way: %1"_s.arg(orNone(facts.way)),
        u"Keychain: %1"_s.arg(orNone(facts.keychain)),
        u"Limits: %1"_s.arg(orNone(facts.limits)),
        u"Last events: %1"_s.arg(facts.events.size()),
    };
    for (const QString &event : facts.events)
        lines.append(u"  "_s + withoutHome(event));
    return lines.join(u'\n') + u'\n';
}

} // namespace countermand
