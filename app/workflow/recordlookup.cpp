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
    const auto handler = [this, key](const Result<QList<OrderRecord>> &page, const CallTimes &times) {
        pageRead(key, page, times.sentAt.value_or(times.endedAt));
    };
    const int page = m_readings[key].page;
    if (key.source == Source::Deals)
        m_client.readDeals(key.instrument, page, this, handler);
    else
        m_client.readHistory(key.instrument, page, this, handler);
}

void RecordLookup::pageRead(const Key &key, const Result<QList<OrderRecord>> &page, TimePoint sentAt)
{
    Reading &reading = m_readings[key];
    if (reading.page == 1)
        reading.begunAt = sentAt;
    if (page) {
        reading.rows += *page;
        if (needsOlder(reading, page->size())) {
            ++reading.page;
            readPage(key);
            return;
        }
    }
    QList<Asker> served;
    QList<Asker> later;
    for (Asker &asker : reading.askers)
        (asker.askedAt <= reading.begunAt ? served : later).append(std::move(asker));
    const Result<QList<OrderRecord>> found =
        page ? Result<QList<OrderRecord>>(reading.rows) : Result<QList<OrderRecord>>(page.error());
    reading = Reading{};
    reading.askers = std::move(later);
    reading.running = !reading.askers.isEmpty();
    if (reading.running)
        readPage(key);
    // Last: a handler may ask again.
    for (const Asker &asker : std::as_const(served))
        asker.handler(found);
}

bool RecordLookup::needsOlder(const Reading &reading, qsizetype rowsOfPage)
{
    // Orders asked for together ended together, near the top; a part fill has a row of its own beside the cancel's.
    const bool enough = reading.rows.size() >= 2 * reading.askers.size();
    if (rowsOfPage < recordsPageSize || enough)
        return false;
    QSet<QString> named;
    for (const OrderRecord &row : reading.rows)
        named << row.id << row.orderId;
    return std::any_of(reading.askers.cbegin(), reading.askers.cend(),
                       [&named](const Asker &asker) { return !named.contains(asker.order.text()); });
}

} // namespace countermand
