#include "workflow/orderbook.h"

namespace countermand {

QList<ListSource> listsOf(const Order &order)
{
    switch (order.type) {
    case OrderType::Trigger:
        return {{ListKind::Trigger, order.instrument}, {ListKind::Plan, {}}};
    case OrderType::TrailingStop:
        return {{ListKind::Trailing, {}}};
    case OrderType::TakeProfit:
    case OrderType::StopLoss:
        return {{ListKind::StopProfitLoss, {}}};
    case OrderType::Market:
        return {{ListKind::Execute, {}}, {ListKind::Plan, {}}};
    case OrderType::Limit:
    case OrderType::Other:
        break;
    }
    return {{ListKind::Plan, {}}};
}

void OrderBook::apply(const ListSource &source, TimePoint begunAt, const QList<Order> &rows)
{
    const Listing before = m_listings.value(source);
    Listing now{begunAt, {}};
    for (const Order &order : rows)
        now.rows.insert(order.id, order);

    if (source.kind == ListKind::Plan) {
        m_perhapsTriggered.removeIf([&](auto entry) { return entry.value().second <= begunAt; });
    }
    for (auto missing = before.rows.cbegin(); missing != before.rows.cend(); ++missing) {
        if (now.rows.contains(missing.key()))
            continue;
        if (source.kind == ListKind::Trigger) {
            m_perhapsTriggered.insert(missing.key(), {missing.value(), begunAt});
            continue;
        }
        // CoinW's lists overlap (`execute` may repeat plan orders): what this list had and no longer has is not
        // kept alive by an older look at another.
        for (auto &other : m_listings) {
            if (other.begunAt < begunAt)
                other.rows.remove(missing.key());
        }
    }
    for (auto row = now.rows.cbegin(); row != now.rows.cend(); ++row)
        m_perhapsTriggered.remove(row.key());
    m_listings.insert(source, now);
}

QList<Order> OrderBook::orders() const
{
    QHash<OrderId, std::pair<Order, TimePoint>> merged = m_perhapsTriggered;
    for (const Listing &listing : m_listings) {
        for (auto row = listing.rows.cbegin(); row != listing.rows.cend(); ++row) {
            const auto known = merged.constFind(row.key());
            if (known == merged.cend() || known->second < listing.begunAt)
                merged.insert(row.key(), {row.value(), listing.begunAt});
        }
    }
    QList<Order> all;
    all.reserve(merged.size());
    for (const auto &entry : std::as_const(merged))
        all.append(entry.first);
    return all;
}

bool OrderBook::contains(const OrderId &id) const
{
    return m_perhapsTriggered.contains(id) || !sourcesOf(id).isEmpty();
}

QList<ListSource> OrderBook::sourcesOf(const OrderId &id) const
{
    QList<ListSource> sources;
    for (auto listing = m_listings.cbegin(); listing != m_listings.cend(); ++listing) {
        if (listing->rows.contains(id))
            sources.append(listing.key());
    }
    return sources;
}

int OrderBook::countOf(const ListSource &source) const
{
    return int(m_listings.value(source).rows.size());
}

QSet<QString> OrderBook::instruments() const
{
    QSet<QString> names;
    for (const Listing &listing : m_listings) {
        for (const Order &order : listing.rows) {
            if (!order.instrument.isEmpty())
                names.insert(order.instrument);
        }
    }
    return names;
}

} // namespace countermand
