#pragma once

#include "domain/instrument.h"
#include "local/instrumentfile.h"

#include <QDateTime>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <chrono>

namespace countermand {

class CoinwClient;

/// How often instruments are read.
struct InstrumentPace {
    std::chrono::milliseconds renew{std::chrono::hours(1)};
    /// After a read that failed.
    std::chrono::milliseconds retry{std::chrono::minutes(1)};
};

/// What the exchange tells about its instruments: from the disk at first, renewed while it runs.
class Instruments : public QObject
{
    Q_OBJECT

public:
    /// `host` names the exchange in the file.
    Instruments(CoinwClient &client, QString host, const InstrumentPace &pace, QObject *parent = nullptr);

    /// Takes what the file has, whatever its age. Before start().
    void takeFrom(const InstrumentFile &file);
    /// Begins to read: at once if nothing or only old facts are known.
    void start();
    /// An order shows this instrument. A name that isn't known is asked for once at once; if the exchange does not
    /// describe it either, only the hourly read asks again.
    void show(const QString &name);
    /// Reads now, unless a read is under way.
    void read();

    const InstrumentTable &table() const { return m_table; }
    /// When the facts were read, UTC; invalid if none are known.
    const QDateTime &readAt() const { return m_readAt; }

signals:
    /// table() changed.
    void changed();
    /// A read ended, well or not.
    void readEnded();

private:
    void take(const QList<Instrument> &instruments, const QDateTime &readAt);

    CoinwClient &m_client;
    const QString m_host;
    const InstrumentPace m_pace;
    InstrumentFile m_file;
    InstrumentTable m_table;
    QDateTime m_readAt;
    bool m_started = false;
    bool m_reading = false;
    /// Names that were unknown when they were first shown.
    QSet<QString> m_askedFor;
    QTimer m_timer;
};

} // namespace countermand
