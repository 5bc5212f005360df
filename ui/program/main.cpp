#include "local/datafolder.h"
#include "local/eventlog.h"
#include "local/instancelock.h"
#include "local/keychainstore.h"
#include "local/processguard.h"
#include "local/sessionbus.h"
#include "ui/look/accessible.h"
#include "ui/look/icons.h"
#include "ui/program/application.h"
#include "ui/program/options.h"
#include "ui/program/program.h"
#include "ui/program/selfcheck.h"
#include "ui/program/startfaileddialog.h"

#include <QSslCertificate>
#include <QTextStream>

#include <cstdio>
#include <memory>
#include <optional>

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

/// From the data folder to the open window; what stands in the way is said in a window of its own.
class Start
{
public:
    Start(QApplication &application, const Options &options, const EventLog &events)
        : m_application(application), m_options(options), m_events(events)
    {}

    /// Nothing: the event loop decides. Else the exit code.
    std::optional<int> begin()
    {
        const QString programIn = programFolder(QCoreApplication::applicationDirPath(),
                                                qEnvironmentVariable("APPDIR"), qEnvironmentVariable("APPIMAGE"));
        m_place = findDataPlace(m_options.dataFolder, programIn);
        if (m_place.folder.isEmpty()) {
            fails(m_place.problem, m_options.dataFolder.isEmpty() ? defaultDataFolder() : m_options.dataFolder);
            return {};
        }
        m_lock.emplace(m_place.folder);
        return follow(m_lock->acquire());
    }

private:
    std::optional<int> follow(InstanceLock::Result result)
    {
        switch (result) {
        case InstanceLock::Result::Acquired:
            m_program.emplace(m_application, m_options, m_place.folder, std::make_unique<KeychainStore>());
            m_program->setEvents(m_events);
            m_program->setStartNotice(m_place.isPassing ? Words::tr("Nothing is kept on disk")
                                                        : Words::tr("Not portable here"),
                                      m_place.problem);
            m_program->setLockNotice(m_lock->notice());
            QObject::connect(&*m_lock, &InstanceLock::raiseRequested, &*m_program, &Program::raise);
            m_program->start();
            return {};
        case InstanceLock::Result::HeldByOther:
            if (m_lock->otherWasReached())
                return fail(Words::tr("Countermand runs on this data folder already; its window was raised."), 0);
            fails(Words::tr("Countermand runs on this data folder already, and does not answer."), m_place.folder);
            return {};
        case InstanceLock::Result::OtherComputer:
            ask();
            return {};
        case InstanceLock::Result::Failed:
            fails(m_lock->problem(), m_place.folder);
            return {};
        }
        Q_UNREACHABLE();
    }

    void fails(const QString &reason, const QString &folder)
    {
        fail(u"countermand: "_s + reason, 1);
        StartFailedDialog *dialog = StartFailedDialog::forProblem(reason, folder);
        QObject::connect(dialog, &StartFailedDialog::closed, &m_application, [] { QCoreApplication::exit(1); });
        dialog->open();
    }

    void ask()
    {
        // Between this window and the program's there is none.
        QGuiApplication::setQuitOnLastWindowClosed(false);
        StartFailedDialog *dialog = StartFailedDialog::forOtherComputer(m_lock->holder(), m_place.folder);
        QObject::connect(dialog, &StartFailedDialog::closed, &m_application, [] { QCoreApplication::exit(1); });
        QObject::connect(dialog, &StartFailedDialog::startHereChosen, &m_application, [this] {
            if (const std::optional<int> ended = follow(m_lock->takeOver()))
                QCoreApplication::exit(*ended);
            QGuiApplication::setQuitOnLastWindowClosed(true);
        });
        dialog->open();
    }

    QApplication &m_application;
    const Options &m_options;
    const EventLog &m_events;
    DataPlace m_place;
    std::optional<InstanceLock> m_lock;
    std::optional<Program> m_program;
};

int run(int &argc, char **argv, const Options &options)
{
    EventLog events;
    if (!options.logFile.isEmpty()) {
        if (const QString problem = events.writeTo(options.logFile); !problem.isEmpty())
            return fail(u"countermand: --log: "_s + problem, badUsage);
    }
    Application application(argc, argv);
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

    outliveSessionBus();
    Start start(application, options, events);
    if (const std::optional<int> ended = start.begin())
        return *ended;
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
    const Options &options = *std::get_if<Options>(&wanted);
    if (!options.allowCore)
        keepMemoryPrivate();
    return run(argc, argv, options);
}
