#pragma once

#include "exchange/networkwatch.h"
#include "workflow/wakewatch.h"

#include <QObject>
#include <QSet>
#include <QString>
#include <QTimer>

#include <chrono>
#include <functional>

namespace countermand {

/// Looks every two seconds whether the computer slept, or has come to another network.
class LineWatch : public QObject
{
    Q_OBJECT

public:
    /// By what it looks; tests have their own.
    struct Senses {
        std::function<QSet<QString>()> addresses;
        std::function<std::chrono::steady_clock::time_point()> now;
        /// A clock that counts sleep.
        std::function<std::chrono::milliseconds()> boot;
    };

    explicit LineWatch(QObject *parent = nullptr);

    /// From here on; what was seen before is forgotten.
    void setSenses(const Senses &senses);
    void start() { m_timer.start(); }
    /// Looks now.
    void look();

signals:
    /// The computer slept, and by how much its monotonic clock has missed of it.
    void slept(std::chrono::milliseconds missed);
    /// It has another network, and did not sleep.
    void moved();

private:
    Senses m_senses;
    WakeWatch m_wake;
    NetworkWatch m_network;
    QTimer m_timer;
};

} // namespace countermand
