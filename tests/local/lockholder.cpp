// Holds the lock of a data folder until it is killed: lockholder <folder>. Prints what acquire() said, then a line
// for every request to raise.
#include "local/instancelock.h"

#include <QCoreApplication>

#include <cstdio>

using namespace countermand;

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    InstanceLock lock(app.arguments().value(1));
    QObject::connect(&lock, &InstanceLock::raiseRequested, &app, [] {
        std::puts("raise");
        std::fflush(stdout);
    });
    switch (lock.acquire()) {
    case InstanceLock::Result::Acquired:
        std::puts("acquired");
        break;
    case InstanceLock::Result::HeldByOther:
        std::puts(lock.otherWasReached() ? "held, reached" : "held");
        return 3;
    case InstanceLock::Result::OtherComputer:
    case InstanceLock::Result::Failed:
        std::puts("failed");
        return 4;
    }
    std::fflush(stdout);
    return app.exec();
}
