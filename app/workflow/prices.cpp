#include "workflow/prices.h"

#include "exchange/coinwclient.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace countermand {

Prices::Prices(CoinwClient &client, const PricePace &pace, QObject *parent)
    : QObject(parent), m_client(client), m_pace(pace)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Prices::read);
}

void Prices::setWanted(bool wanted)
{
    if (std::exchange(m_wanted, wanted) == wanted)
        return;
    m_timer.stop();
    if (!wanted)
        return;
    forgetOld();
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(m_nextAt - std::chrono::steady_clock::now());
    if (!m_reading)
        m_timer.start(std::max(wait, 0ms));
}

std::optional<Decimal> Prices::lastPrice(const QString &base, const QString &quote) const
{
    const auto found = m_prices.constFind({base, quote});
    return found == m_prices.cend() ? std::nullopt : std::optional(*found);
}

void Prices::read()
{
    if (m_reading || !m_wanted)
        return;
    m_reading = true;
    m_client.readTickers(this, [this](const Result<QList<Ticker>> &result, const CallTimes &times) {
        m_reading = false;
        if (result) {
            m_readAt = times.endedAt;
            m_slowing.answered();
            take(*result);
        } else {
            forgetOld();
            // Public data has limits of its own: nothing but its own reads waits for them.
            if (ReadSlowing::slows(result.error()) || result.error().kind == ApiError::Kind::Throttled)
                m_slowing.refused(result.error(), times.endedAt, QDateTime::currentDateTimeUtc());
            if (result.error().kind == ApiError::Kind::NotSent || result.error().cause == ApiError::Cause::Timeout)
                emit unanswered();
        }
        m_nextAt = std::max(times.endedAt + m_pace.poll, m_slowing.nextAt(false));
        if (m_wanted)
            m_timer.start(std::chrono::ceil<std::chrono::milliseconds>(m_nextAt - times.endedAt));
    });
}

void Prices::take(const QList<Ticker> &tickers)
{
    QHash<std::pair<QString, QString>, Decimal> prices;
    for (const Ticker &ticker : tickers)
        prices.insert({ticker.base, ticker.quote}, ticker.lastPrice);
    if (prices == m_prices)
        return;
    m_prices = prices;
    emit changed();
}

void Prices::forgetOld()
{
    if (!m_prices.isEmpty() && std::chrono::steady_clock::now() - m_readAt >= m_pace.oldest)
        take({});
}

} // namespace countermand
