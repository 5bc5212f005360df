#pragma once

#include "domain/decimal.h"
#include "domain/result.h"
#include "domain/ticker.h"
#include "workflow/readslowing.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <chrono>
#include <optional>
#include <utility>

namespace countermand {

class CoinwClient;
struct CallTimes;

struct PricePace {
    /// From an answer to the next request.
    std::chrono::milliseconds poll{5000};
    /// So many instruments are asked for one by one; more in one read of all.
    int oneByOne = 4;
    /// Prices that could not be renewed for this long are no longer told.
    std::chrono::milliseconds oldest{20000};
};

/// The last prices of the pairs that somebody looks at, asked for only meanwhile.
class Prices : public QObject
{
    Q_OBJECT

public:
    Prices(CoinwClient &client, const PricePace &pace, QObject *parent = nullptr);

    /// Begins or ends to ask; off at first. `instruments`: of which, by the exchange's keys; empty: of all.
    void setWanted(bool wanted, const QStringList &instruments = {});

    /// Pair parts in upper case. Nothing while no young price is known.
    std::optional<Decimal> lastPrice(const QString &base, const QString &quote) const;

signals:
    /// At least one price is another than before, or is no longer told.
    void changed();
    /// A read got no answer in time, or no connection.
    void unanswered();

private:
    struct Price {
        Decimal price;
        std::chrono::steady_clock::time_point readAt;
    };

    void read();
    void answered(const Result<QList<Ticker>> &result, const CallTimes &times);
    /// `all`: what isn't among them has no price.
    void take(const QList<Ticker> &tickers, std::chrono::steady_clock::time_point readAt, bool all);
    void forgetOld();

    CoinwClient &m_client;
    const PricePace m_pace;
    QHash<std::pair<QString, QString>, Price> m_prices;
    std::chrono::steady_clock::time_point m_nextAt;
    ReadSlowing m_slowing;
    bool m_wanted = false;
    QStringList m_instruments;
    /// Reads whose answers are out, and whether they are of single instruments.
    int m_reading = 0;
    bool m_single = false;
    QTimer m_timer;
};

} // namespace countermand
