#include "workflow/recordreading.h"

#include <algorithm>

namespace countermand {

void RecordReading::add(const RecordPage<DealRecord> &page)
{
    QList<Row> rows;
    for (const DealRecord &deal : page.rows) {
        // A trade's id names its row; one without gets a name of all it says, so that a repeated page is seen.
        const QString key = deal.id.isEmpty() ? deal.orderId + QString::number(int(deal.kind)) +
                                                    QString::number(deal.updatedAt.toMSecsSinceEpoch())
                                              : deal.id;
        rows.append({key, deal.orderId, deal.createdAt, deal.updatedAt});
    }
    m_deals += page.rows;
    take(rows, page.rowsInAnswer, page.unreadable);
}

void RecordReading::add(const RecordPage<HistoryRecord> &page)
{
    QList<Row> rows;
    for (const HistoryRecord &past : page.rows)
        rows.append({past.id, past.id, past.createdAt, past.updatedAt});
    m_history += page.rows;
    take(rows, page.rowsInAnswer, page.unreadable);
    if (page.total.value_or(0) > 0 && m_keys.size() >= *page.total)
        m_ended = true;
}

void RecordReading::take(const QList<Row> &rows, int rowsInAnswer, int unreadable)
{
    ++m_pages;
    m_ended = rowsInAnswer == 0;
    m_unreadable = m_unreadable || unreadable > 0;
    bool anyNew = false;
    for (const Row &row : rows) {
        if (m_keys.contains(row.key))
            continue;
        m_keys.insert(row.key);
        anyNew = true;
        m_fallsByUpdate =
            m_fallsByUpdate && row.updatedAt.isValid() && (!m_lastUpdate.isValid() || row.updatedAt <= m_lastUpdate);
        m_fallsByCreation = m_fallsByCreation && row.createdAt.isValid() &&
                            (!m_lastCreation.isValid() || row.createdAt <= m_lastCreation);
        if (row.updatedAt.isValid())
            m_lastUpdate = row.updatedAt;
        if (row.createdAt.isValid())
            m_lastCreation = row.createdAt;
        const QDateTime oldest = m_named.value(row.orderId);
        if (!oldest.isValid() || row.createdAt < oldest)
            m_named.insert(row.orderId, row.createdAt);
    }
    // Rows that come in meanwhile push others to the next page: one page of known rows is no wonder.
    m_repeats = !m_ended && !anyNew ? m_repeats + 1 : 0;
}

RecordReach RecordReading::reachFor(const RecordBounds &bounds) const
{
    RecordReach reach;
    reach.pages = m_pages;
    if (m_fallsByUpdate)
        reach.backTo = m_lastUpdate;
    else if (m_fallsByCreation)
        reach.backTo = m_lastCreation;
    if (m_keptSince.isValid() && (m_ended || (reach.backTo.isValid() && reach.backTo < m_keptSince)))
        reach.backTo = m_keptSince;
    reach.isEnough = !m_unreadable && reaches(bounds);
    return reach;
}

bool RecordReading::reaches(const RecordBounds &bounds) const
{
    if (m_ended) {
        const QDateTime &since = bounds.openSecond.isValid() ? bounds.openSecond : bounds.placedSecond;
        return !m_keptSince.isValid() || (since.isValid() && since >= m_keptSince);
    }
    if (!m_fallsByUpdate && !m_fallsByCreation)
        return false;

    const QDateTime &open = bounds.openSecond;
    const bool passedChange = open.isValid() && m_lastUpdate.isValid() && m_lastUpdate < open;
    // The order's other rows were created with the one that was found, or happened since it was open.
    QDateTime created = bounds.placedSecond;
    if (const QDateTime own = m_named.value(bounds.order.text()); own.isValid() && open.isValid())
        created = std::min(own, open);
    const bool passedPlacing = created.isValid() && m_lastCreation.isValid() && m_lastCreation < created;
    return (!m_fallsByUpdate || passedChange) && (!m_fallsByCreation || passedPlacing);
}

bool RecordReading::needsMore(const QList<RecordBounds> &orders) const
{
    if (m_pages == 0)
        return true;
    if (m_ended || m_repeats > 1 || m_pages >= mostPages)
        return false;
    return std::any_of(orders.cbegin(), orders.cend(),
                       [this](const RecordBounds &bounds) { return !reaches(bounds); });
}

} // namespace countermand
