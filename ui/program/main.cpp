#include "local/datafolder.h"
#include "local/instancelock.h"
#include "local/keychainstore.h"
#include "ui/look/accessible.h"
#include "ui/look/icons.h"
#include "ui/program/options.h"
#include "ui/program/program.h"
#include "ui/program/selfcheck.h"

#include <QApplication>
#include <QSslCertificate>
#include <QTextStream>

#include <cstdio>
#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

constexpr int badUsage = 2;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(countermand::Main)
};

int fail(const QString &line, int code)
{
    QTextStream(stderr) << line << '\n';
    return code;
}

QStringList argumentsOf(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return arguments;
}

int run(int &argc, char **argv, const Options &options)
{
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"countermand"_s);
    QCoreApplication::setApplicationVersion(QLatin1StringView(CM_VERSION));
    QGuiApplication::setDesktopFileName(u"io.github.countermand.Countermand"_s);
    QGuiApplication::setWindowIcon(applicationIcon());
    installAccessibleToasts();
    if (options.publishNames)
        publishObjectNames(application);

    if (!options.caFile.isEmpty() &&
        QSslCertificate::fromPath(options.caFile, QSsl::Pem, QSslCertificate::PatternSyntax::FixedString).isEmpty())
        return fail(Words::tr("countermand: --ca-file: no certificate could be read."), badUsage);

    const DataPlace place = findDataPlace(options.dataFolder, programFolder(QCoreApplication::applicationDirPath(),
                                                                            qEnvironmentVariable("APPDIR"),
                                                                            qEnvironmentVariable("APPIMAGE")));
    if (place.folder.isEmpty())
        return fail(u"countermand: "_s + place.problem, 1);
    InstanceLock lock(place.folder);
    switch (lock.acquire()) {
    case InstanceLock::Result::Acquired:
        break;
    case InstanceLock::Result::HeldByOther:
        return fail(lock.otherWasReached() ? Words::tr("Countermand runs on this data folder already; its window "
                                                       "was raised.")
                                           : Words::tr("Countermand runs on this data folder already, and does "
                                                       "not answer."),
                    lock.otherWasReached() ? 0 : 1);
    case InstanceLock::Result::Failed:
        return fail(u"countermand: "_s + lock.problem(), 1);
    }

    Program program(application, options, place.folder, std::make_unique<KeychainStore>());
    program.setStartNotice(place.problem);
    QObject::connect(&lock, &InstanceLock::raiseRequested, &program, &Program::raise);
    program.start();
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    const CommandLine wanted = readCommandLine(argumentsOf(argc, argv));
    if (const auto *bad = std::get_if<BadOptions>(&wanted))
        return fail(bad->line, badUsage);
    if (const auto *text = std::get_if<TextAnswer>(&wanted)) {
        QTextStream(stdout) << text->text;
        return 0;
    }
    if (std::get_if<SelfCheckWanted>(&wanted))
        return selfCheck(argc, argv);
    return run(argc, argv, *std::get_if<Options>(&wanted));
}
