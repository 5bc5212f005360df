#pragma once

#include <QObject>

class QSocketNotifier;

namespace countermand {

/// Hears the signals by which a desktop, a terminal or an administrator ends a program (SIGTERM, SIGINT, SIGHUP), so
/// that the end is the same as that of the session. The second one ends the program at once, as the system does it.
///
/// At most one at a time: a signal belongs to the process. Does nothing where there are no such signals.
class EndSignals : public QObject
{
    Q_OBJECT

public:
    explicit EndSignals(QObject *parent = nullptr);
    ~EndSignals() override;

signals:
    /// The program was asked to end; in the thread of this object, from its event loop.
    void endAsked();

private:
    int m_pipe[2] = {-1, -1};
    QSocketNotifier *m_notifier = nullptr;
};

} // namespace countermand
