#include "exchange/orderlisting.h"

#include <algorithm>

namespace countermand {

namespace {

/// Far above any account; keeps an exchange that answers the same page for ever from being asked for ever.
constexpr int maxPages = 200;

} // namespace

OrderPages::Next OrderPages::add(const OrderPage &page)
{
    if (m_page > 1 && m_total && page.total && *m_total != *page.total)
        return Next::Shifted;
    if (!m_total)
        m_total = page.total;

    bool anyNew = false;
    for (const QString &id : page.ids) {
        if (m_ids.contains(id))
            continue;
        m_ids.append(id);
        anyNew = true;
    }
    for (const Order &order : page.listing.orders) {
        const auto sameId = [&order](const Order &known) { return known.id == order.id; };
        if (std::none_of(m_listing.orders.cbegin(), m_listing.orders.cend(), sameId))
            m_listing.orders.append(order);
    }
    m_listing.count = int(m_listing.orders.size());
    m_listing.skippedRows += page.listing.skippedRows;
    m_rows += page.rows;
    ++m_page;

    const bool full = page.rows >= m_pageSize || m_total.value_or(0) > m_rows;
    return full && anyNew && m_page <= maxPages ? Next::More : Next::Done;
}

} // namespace countermand
