#include "workflow/recordlookup.h"

#include "exchange/coinwclient.h"

#include <QSet>

#include <algorithm>
#include <utility>

namespace countermand {

namespace {

TimePoint clockNow()
{
    return std::chrono::steady_clock::now();
}

} // namespace

void RecordLookup::lookUp(Source source, const QString &instrument, const OrderId &order, Handler handler)
{
    const Key key{source, instrument};
    Reading &reading = m_readings[key];
    reading.askers.append({order, clockNow(), std::move(handler)});
    if (!std::exchange(reading.running, true))
        readPage(key);
}

void RecordLookup::readPage(const Key &key)
{
    const int page = m_readings[key].page;
    if (key.source == Source::Deals)
        m_client.readDeals(key.instrument, page, this, [this, key](const auto &result, const CallTimes &times) {
            pageRead(key, &OrderRecords::deals, result, times);
        });
    else
        m_client.readHistory(key.instrument, page, this, [this, key](const auto &result, const CallTimes &times) {
            pageRead(key, &OrderRecords::history, result, times);
        });
}

template <class Row>
void RecordLookup::pageRead(const Key &key, QList<Row> OrderRecords::*rows, const Result<RecordPage<Row>> &page,
                            const CallTimes &times)
{
    Reading &reading = m_readings[key];
    if (reading.page == 1)
        reading.begunAt = times.sentAt.value_or(times.endedAt);
    if (page) {
        reading.rows.*rows += page->rows;
        if (needsOlder(reading, page->rowsInAnswer)) {
            ++reading.page;
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
    const Result<OrderRecords> found = error ? Result<OrderRecords>(*error) : Result<OrderRecords>(reading.rows);
    reading = Reading{};
    reading.askers = std::move(later);
    reading.running = !reading.askers.isEmpty();
    if (reading.running)
        readPage(key);
    // Last: a handler may ask again.
    for (const Asker &asker : std::as_const(served))
        asker.handler(found);
}

bool RecordLookup::needsOlder(const Reading &reading, int rowsOfPage)
{
    const OrderRecords &rows = reading.rows;
    // Orders asked for together ended together, near the top; a part fill has a row of its own beside the cancel's.
    const bool enough = rows.deals.size() + rows.history.size() >= 2 * reading.askers.size();
    if (rowsOfPage < recordsPageSize || enough)
        return false;
    QSet<QString> named;
    for (const DealRecord &deal : rows.deals)
        named << deal.orderId;
    for (const HistoryRecord &past : rows.history)
        named << past.id;
    return std::any_of(reading.askers.cbegin(), reading.askers.cend(),
                       [&named](const Asker &asker) { return !named.contains(asker.order.text()); });
}

} // namespace countermand
