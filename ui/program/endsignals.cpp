#include "ui/program/endsignals.h"

#include <QSocketNotifier>

#ifdef Q_OS_UNIX
#include <atomic>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>
#endif

namespace countermand {

#ifdef Q_OS_UNIX

namespace {

constexpr int endingSignals[] = {SIGTERM, SIGINT, SIGHUP};

// A handler gets nothing but the signal's number.
std::atomic<int> writingEnd = -1;

extern "C" void onEndingSignal(int)
{
    const char byte = 0;
    [[maybe_unused]] const auto written = ::write(writingEnd.load(), &byte, 1);
}

} // namespace

EndSignals::EndSignals(QObject *parent) : QObject(parent)
{
    if (::pipe(m_pipe) != 0)
        return;
    for (const int end : m_pipe) {
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
        ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    m_notifier = new QSocketNotifier(m_pipe[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        if (::read(m_pipe[0], &byte, 1) == 1)
            emit endAsked();
    });
    writingEnd = m_pipe[1];
    struct sigaction action {};
    action.sa_handler = onEndingSignal;
    // Reset: whoever asks twice doesn't want to wait.
    action.sa_flags = int(SA_RESTART | SA_RESETHAND);
    sigemptyset(&action.sa_mask);
    for (const int number : endingSignals) {
        // What was to be ignored, as by nohup, stays ignored.
        struct sigaction before {};
        if (::sigaction(number, nullptr, &before) == 0 && before.sa_handler != SIG_IGN)
            ::sigaction(number, &action, nullptr);
    }
}

EndSignals::~EndSignals()
{
    if (!m_notifier)
        return;
    for (const int number : endingSignals) {
        struct sigaction before {};
        if (::sigaction(number, nullptr, &before) == 0 && before.sa_handler == onEndingSignal)
            ::signal(number, SIG_DFL);
    }
    writingEnd = -1;
    delete m_notifier;
    ::close(m_pipe[0]);
    ::close(m_pipe[1]);
}

#else

EndSignals::EndSignals(QObject *parent) : QObject(parent) {}

EndSignals::~EndSignals() = default;

#endif

} // namespace countermand
