#include "workflow/linewatch.h"

#include "domain/bootclock.h"

namespace countermand {

LineWatch::LineWatch(QObject *parent) : QObject(parent)
{
    setObjectName(QStringLiteral("lineWatch"));
    m_timer.setInterval(WakeWatch::interval);
    connect(&m_timer, &QTimer::timeout, this, &LineWatch::look);
    setSenses({&NetworkWatch::addressesNow, &std::chrono::steady_clock::now, [] { return bootMilliseconds(); }});
}

void LineWatch::setSenses(const Senses &senses)
{
    m_senses = senses;
    m_wake = {};
    m_network = {};
    m_network.look(m_senses.addresses());
}

void LineWatch::look()
{
    const auto missed = m_wake.look(m_senses.now(), m_senses.boot());
    const bool isElsewhere = m_network.look(m_senses.addresses());
    if (missed)
        emit slept(*missed);
    else if (isElsewhere)
        emit moved();
}

} // namespace countermand
