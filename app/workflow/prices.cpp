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

void Prices::setWanted(bool wanted, const QStringList &instruments)
{
    const bool isNew = std::any_of(instruments.cbegin(), instruments.cend(), [this](const QString &instrument) {
        return !m_instruments.isEmpty() && !m_instruments.contains(instrument);
    });
    m_instruments = instruments;
    // What has just come into sight doesn't wait for the next turn.
    if (isNew && m_wanted && wanted && m_reading == 0)
        m_timer.start(0);
    if (std::exchange(m_wanted, wanted) == wanted)
        return;
    m_timer.stop();
    if (!wanted)
        return;
    forgetOld();
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(m_nextAt - std::chrono::steady_clock::now());
    if (m_reading == 0)
        m_timer.start(std::max(wait, 0ms));
}

std::optional<Decimal> Prices::lastPrice(const QString &base, const QString &quote) const
{
    const auto found = m_prices.constFind({base, quote});
    return found == m_prices.cend() ? std::nullopt : std::optional(found->price);
}

void Prices::read()
{
    if (m_reading > 0 || !m_wanted)
        return;
    const auto handler = [this](const Result<QList<Ticker>> &result, const CallTimes &times) {
        answered(result, times);
    };
    m_single =
        !m_instruments.isEmpty() && m_instruments.size() <= m_pace.oneByOne && !m_instruments.contains(QString());
    m_reading = m_single ? int(m_instruments.size()) : 1;
    if (!m_single)
        m_client.readTickers(this, handler);
    const QStringList asked = m_single ? m_instruments : QStringList();
    for (const QString &instrument : asked)
        m_client.readTicker(instrument, this, handler);
}

void Prices::answered(const Result<QList<Ticker>> &result, const CallTimes &times)
{
    --m_reading;
    if (result) {
        m_slowing.answered();
        take(*result, times.endedAt, !m_single);
    } else {
        // Public data has limits of its own: nothing but its own reads waits for them.
        if (ReadSlowing::slows(result.error()) || result.error().kind == ApiError::Kind::Throttled)
            m_slowing.refused(result.error(), times.endedAt, QDateTime::currentDateTimeUtc());
        if (result.error().kind == ApiError::Kind::NotSent || result.error().cause == ApiError::Cause::Timeout)
            emit unanswered();
    }
    if (m_reading > 0)
        return;
    forgetOld();
    m_nextAt = std::max(times.endedAt + m_pace.poll, m_slowing.nextAt(false));
    if (m_wanted)
        m_timer.start(std::chrono::ceil<std::chrono::milliseconds>(m_nextAt - times.endedAt));
}

void Prices::take(const QList<Ticker> &tickers, std::chrono::steady_clock::time_point readAt, bool all)
{
    auto prices = all ? QHash<std::pair<QString, QString>, Price>() : m_prices;
    bool differs = false;
    for (const Ticker &ticker : tickers) {
        const std::pair pair{ticker.base, ticker.quote};
        const auto known = m_prices.constFind(pair);
        differs = differs || known == m_prices.cend() || known->price != ticker.lastPrice ||
                  known->price.scale() != ticker.lastPrice.scale();
        prices.insert(pair, {ticker.lastPrice, readAt});
    }
    differs = differs || prices.size() != m_prices.size();
    m_prices = prices;
    if (differs)
        emit changed();
}

void Prices::forgetOld()
{
    const auto now = std::chrono::steady_clock::now();
    if (m_prices.removeIf([&](const auto &each) { return now - each.value().readAt >= m_pace.oldest; }) > 0)
        emit changed();
}

} // namespace countermand
