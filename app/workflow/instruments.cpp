#include "workflow/instruments.h"

#include "exchange/coinwclient.h"

#include <utility>

using namespace std::chrono_literals;

namespace countermand {

Instruments::Instruments(CoinwClient &client, QString host, const InstrumentPace &pace, QObject *parent)
    : QObject(parent), m_client(client), m_host(std::move(host)), m_pace(pace)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Instruments::read);
}

void Instruments::takeFrom(const InstrumentFile &file)
{
    m_file = file;
    if (const auto stored = m_file.load(m_host))
        take(stored->instruments, stored->readAtUtc);
}

void Instruments::start()
{
    if (std::exchange(m_started, true))
        return;
    // A moment of the future is no age: the clock was wrong then or is now.
    const auto age = m_readAt.isValid() ? std::chrono::milliseconds(m_readAt.msecsTo(QDateTime::currentDateTimeUtc()))
                                        : m_pace.renew;
    if (age < 0ms || age >= m_pace.renew || !m_askedFor.isEmpty())
        read();
    else if (!m_reading)
        m_timer.start(m_pace.renew - age);
}

void Instruments::show(const QString &name)
{
    const QString key = instrumentKey(name);
    if (name.isEmpty() || m_table.contains(key) || m_askedFor.contains(key))
        return;
    m_askedFor.insert(key);
    if (m_started)
        read();
}

void Instruments::read()
{
    if (std::exchange(m_reading, true))
        return;
    m_timer.stop();
    m_client.readInstruments(this, [this](const Result<QList<Instrument>> &result, const CallTimes &) {
        m_reading = false;
        // An empty answer describes nothing, and would only take away what is known.
        if (result && !result->isEmpty()) {
            m_timer.start(m_pace.renew);
            const QDateTime now = QDateTime::currentDateTimeUtc();
            take(*result, now);
            m_file.save({*result, m_host, now});
        } else {
            m_timer.start(m_pace.retry);
        }
        emit readEnded();
    });
}

void Instruments::take(const QList<Instrument> &instruments, const QDateTime &readAt)
{
    m_readAt = readAt;
    InstrumentTable table;
    for (const Instrument &instrument : instruments)
        table.insert(instrumentKey(instrument.name), instrument);
    if (table == m_table)
        return;
    m_table = table;
    emit changed();
}

} // namespace countermand
