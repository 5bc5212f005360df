#include "exchange/orderlisting.h"

#include <algorithm>

namespace countermand {

namespace {

/// Far above any account; keeps an exchange that answers the same page for ever from being asked for ever.
constexpr int maxPages = 200;

} // namespace

OrderPages::Next OrderPages::add(const OrderPage &page)
{
    if (!page.isPaged) {
        m_listing = page.listing;
        return Next::Done;
    }
    const auto before = m_ids.size();
    for (const QString &id : page.ids)
        m_ids.insert(id);
    for (const Order &order : page.listing.orders) {
        if (m_open.contains(order.id))
            continue;
        m_open.insert(order.id);
        m_listing.orders.append(order);
    }
    m_listing.count = int(m_listing.orders.size());
    m_listing.skippedRows += page.listing.skippedRows;
    // Orders that come and go while the pages are read change it: what was ever named must be there.
    m_listing.total = std::max(m_listing.total, page.total);
    ++m_page;

    const auto rows = m_ids.size() + m_listing.skippedRows;
    if (m_listing.total ? rows >= *m_listing.total : page.rows == 0)
        return end(m_listing.skippedRows == 0 ? ListExtent::Whole : ListExtent::Partial);
    if (m_ids.size() == before || m_page > maxPages)
        return end(ListExtent::Partial);
    return Next::More;
}

OrderPages::Next OrderPages::end(ListExtent extent)
{
    m_listing.extent = extent;
    return Next::Done;
}

} // namespace countermand
