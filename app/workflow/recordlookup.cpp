#include "workflow/recordlookup.h"

#include "exchange/coinwclient.h"

#include <QDateTime>

#include <utility>

namespace countermand {

namespace {

/// How long the exchange keeps rows. Source: CoinW, transaction-details and get-historical-orders-7days.
constexpr int dealsKeptDays = 3;
constexpr int historyKeptDays = 7;

} // namespace

void RecordLookup::lookUp(Source source, const QString &instrument, const RecordBounds &bounds, Handler handler)
{
    const Key key{source, source == Source::Deals ? instrument : QString()};
    Reading &reading = m_readings[key];
    reading.askers.append({bounds, clockNow(), std::move(handler)});
    if (!std::exchange(reading.running, true))
        begin(key);
}

void RecordLookup::begin(const Key &key)
{
    const auto offset = m_client.clockOffset().value_or(std::chrono::milliseconds(0));
    const QDateTime now = QDateTime::currentDateTimeUtc().addMSecs(offset.count());
    m_readings[key].pages =
        RecordReading(now.addDays(-(key.source == Source::Deals ? dealsKeptDays : historyKeptDays)));
    readPage(key);
}

void RecordLookup::readPage(const Key &key)
{
    const int page = m_readings[key].pages.page();
    if (key.source == Source::Deals)
        m_client.readDeals(key.instrument, page, this,
                           [this, key](const Result<RecordPage<DealRecord>> &result, const CallTimes &times) {
                               pageRead(key, result, times);
                               if (result)
                                   emit dealsRead(result->rows);
                           });
    else
        m_client.readHistory({}, page, this,
                             [this, key](const Result<RecordPage<HistoryRecord>> &result, const CallTimes &times) {
                                 pageRead(key, result, times);
                                 if (result)
                                     emit historyRead(result->rows);
                             });
}

template <class Row>
void RecordLookup::pageRead(const Key &key, const Result<RecordPage<Row>> &page, const CallTimes &times)
{
    Reading &reading = m_readings[key];
    if (reading.pages.page() == 1)
        reading.begunAt = times.sentAt.value_or(times.endedAt);
    if (page) {
        reading.pages.add(*page);
        QList<RecordBounds> bounds;
        for (const Asker &asker : std::as_const(reading.askers)) {
            if (asker.askedAt <= reading.begunAt)
                bounds.append(asker.bounds);
        }
        if (reading.pages.needsMore(bounds)) {
            readPage(key);
            return;
        }
    }
    serve(key, page ? std::nullopt : std::optional(page.error()));
}

void RecordLookup::serve(const Key &key, const std::optional<ApiError> &error)
{
    Reading &reading = m_readings[key];
    QList<Asker> served;
    QList<Asker> later;
    for (Asker &asker : reading.askers)
        (asker.askedAt <= reading.begunAt ? served : later).append(std::move(asker));
    const RecordReading pages = std::exchange(reading.pages, RecordReading());
    reading.askers = std::move(later);
    reading.running = !reading.askers.isEmpty();
    if (reading.running)
        begin(key);
    // Last: a handler may ask again.
    for (const Asker &asker : std::as_const(served)) {
        if (error)
            asker.handler(*error);
        else
            asker.handler(RecordsFound{{pages.deals(), pages.history()}, pages.reachFor(asker.bounds)});
    }
}

} // namespace countermand
