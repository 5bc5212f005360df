#pragma once

#include "domain/decimal.h"
#include "domain/ticker.h"
#include "workflow/readslowing.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

#include <chrono>
#include <optional>
#include <utility>

namespace countermand {

class CoinwClient;

struct PricePace {
    /// From an answer to the next request.
    std::chrono::milliseconds poll{4000};
    /// Prices that could not be renewed for this long are no longer told.
    std::chrono::milliseconds oldest{20000};
};

/// The last price of every pair, asked for only while somebody looks at it.
class Prices : public QObject
{
    Q_OBJECT

public:
    Prices(CoinwClient &client, const PricePace &pace, QObject *parent = nullptr);

    /// Begins or ends to ask; off at first.
    void setWanted(bool wanted);

    /// Pair parts in upper case. Nothing while no young price is known.
    std::optional<Decimal> lastPrice(const QString &base, const QString &quote) const;

signals:
    /// At least one price is another than before, or is no longer told.
    void changed();
    /// A read got no answer in time, or no connection.
    void unanswered();

private:
    void read();
    void take(const QList<Ticker> &tickers);
    void forgetOld();

    CoinwClient &m_client;
    const PricePace m_pace;
    QHash<std::pair<QString, QString>, Decimal> m_prices;
    std::chrono::steady_clock::time_point m_readAt;
    std::chrono::steady_clock::time_point m_nextAt;
    ReadSlowing m_slowing;
    bool m_wanted = false;
    bool m_reading = false;
    QTimer m_timer;
};

} // namespace countermand
