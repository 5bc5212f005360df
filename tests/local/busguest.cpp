// Asks the keychain over the session bus, then answers every line on its standard input: busguest [--unprotected].
// With the option it does without what outliveSessionBus() does.
#include "local/sessionbus.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <qt6keychain/keychain.h>

#include <cstdio>
#include <unistd.h>

using namespace countermand;
using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    if (!app.arguments().contains(u"--unprotected"_s))
        outliveSessionBus();
    const auto say = [](const char *line) {
        std::puts(line);
        std::fflush(stdout);
    };
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &app, [say] {
        char text[64];
        const auto count = ::read(STDIN_FILENO, text, sizeof text);
        if (count <= 0)
            QCoreApplication::exit(0);
        else
            say("pong");
    });
    // What it says doesn't matter: it has asked over the bus then.
    auto *job = new QKeychain::ReadPasswordJob(u"countermand-busguest"_s);
    job->setKey(u"none"_s);
    QObject::connect(job, &QKeychain::Job::finished, &app, [say] { say("asked"); });
    job->start();
    return QCoreApplication::exec();
}
