#include "workflow/orderbook.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace countermand {

QList<ListSource> listsOf(const Order &order)
{
    switch (order.type) {
    case OrderType::Trigger:
        // One without a limit price becomes a market order.
        if (order.marketPrice)
            return {{ListKind::Trigger, order.instrument}, {ListKind::Plan, {}}, {ListKind::Execute, {}}};
        return {{ListKind::Trigger, order.instrument}, {ListKind::Plan, {}}};
    case OrderType::TrailingStop:
        return {{ListKind::Trailing, {}}};
    case OrderType::TakeProfit:
    case OrderType::StopLoss:
    case OrderType::TakeProfitStopLoss:
        return {{ListKind::StopProfitLoss, {}}};
    case OrderType::Market:
        return {{ListKind::Execute, {}}, {ListKind::Plan, {}}};
    case OrderType::Limit:
    case OrderType::Other:
        break;
    }
    return {{ListKind::Plan, {}}};
}

QSet<OrderId> OrderBook::apply(const ListLook &look, const QList<Order> &rows)
{
    QSet<OrderId> listed;
    listed.reserve(rows.size());
    for (const Order &order : rows)
        listed.insert(order.id);
    QList<OrderId> gone;
    const auto before = m_listings.constFind(look.source);
    if (before != m_listings.cend()) {
        for (auto row = before->rows.cbegin(); row != before->rows.cend(); ++row) {
            if (!listed.contains(row.key()))
                gone.append(row.key());
        }
    }
    m_altered.remove(look.source);
    return applyChange(look, rows, gone);
}

QSet<OrderId> OrderBook::applyChange(const ListLook &look, const QList<Order> &changed, const QList<OrderId> &gone)
{
    const ListSource &source = look.source;
    const bool whole = look.extent != ListExtent::Partial;
    QSet<OrderId> touched;
    if (source.kind == ListKind::Plan && whole) {
        m_perhapsTriggered.removeIf([&](auto entry) {
            const bool over = entry.value().missedAt <= look.begunAt;
            if (over)
                touched.insert(entry.key());
            return over;
        });
    }
    Listing &listing = m_listings[source];
    const TimePoint lastLook = std::exchange(listing.begunAt, look.begunAt);
    for (const OrderId &id : gone) {
        const auto missing = listing.rows.constFind(id);
        if (missing == listing.rows.cend())
            continue;
        if (!whole) {
            if (!listing.unseen.contains(id))
                listing.unseen.insert(id, lastLook);
            continue;
        }
        touched.insert(id);
        if (source.kind == ListKind::Trigger)
            m_perhapsTriggered.insert(id, {*missing, listing.unseen.value(id, lastLook), look.endedAt});
        else if (source.kind == ListKind::Plan)
            dropRepeats(id, look.begunAt);
        listing.rows.remove(id);
        listing.unseen.remove(id);
    }
    // A first list is not moved while it grows.
    if (listing.rows.isEmpty())
        listing.rows.reserve(changed.size());
    touched.reserve(changed.size() + gone.size());
    for (const Order &order : changed) {
        listing.rows.insert(order.id, order);
        listing.unseen.remove(order.id);
        touched.insert(order.id);
    }
    m_perhapsTriggered.removeIf([&](auto entry) {
        const bool listed = listing.rows.contains(entry.key());
        if (listed)
            touched.insert(entry.key());
        return listed;
    });
    for (const OrderId &id : std::as_const(touched))
        noteDispute(id);
    for (const OrderId &id : std::as_const(m_disputed)) {
        if (listing.rows.contains(id))
            touched.insert(id);
    }
    // A scan reads hundreds of instruments that have no orders.
    if (source.kind == ListKind::Trigger && listing.rows.isEmpty())
        m_listings.remove(source);
    return touched;
}

void OrderBook::dropRepeats(const OrderId &id, TimePoint begunAt)
{
    // What the plan list had and no longer has is not kept alive by an older look at another list that repeats its
    // orders. A repeat still says the kind it is of.
    for (auto other = m_listings.begin(); other != m_listings.end(); ++other) {
        if (other.key().kind != ListKind::Execute || other->begunAt >= begunAt)
            continue;
        const auto row = other->rows.constFind(id);
        if (row == other->rows.cend() || row->typeWord.compare("plan"_L1, Qt::CaseInsensitive) != 0)
            continue;
        other->rows.erase(row);
        other->unseen.remove(id);
        m_altered.insert(other.key());
    }
}

void OrderBook::noteDispute(const OrderId &id)
{
    const Order *first = nullptr;
    bool disputed = false;
    for (const Listing &listing : std::as_const(m_listings)) {
        const auto row = listing.rows.constFind(id);
        if (row == listing.rows.cend())
            continue;
        disputed = disputed || (first && !(*first == *row));
        first = &*row;
    }
    if (disputed)
        m_disputed.insert(id);
    else
        m_disputed.remove(id);
}

const Order *OrderBook::find(const OrderId &id) const
{
    const Order *found = nullptr;
    TimePoint latest = TimePoint::min();
    if (const auto perhaps = m_perhapsTriggered.constFind(id); perhaps != m_perhapsTriggered.cend()) {
        found = &perhaps->order;
        latest = perhaps->missedAt;
    }
    for (const Listing &listing : m_listings) {
        if (found && listing.begunAt <= latest)
            continue;
        if (const auto row = listing.rows.constFind(id); row != listing.rows.cend()) {
            found = &*row;
            latest = listing.begunAt;
        }
    }
    return found;
}

QList<Order> OrderBook::orders() const
{
    QHash<OrderId, std::pair<Order, TimePoint>> merged;
    for (auto perhaps = m_perhapsTriggered.cbegin(); perhaps != m_perhapsTriggered.cend(); ++perhaps)
        merged.insert(perhaps.key(), {perhaps->order, perhaps->missedAt});
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

const Order *OrderBook::listedIn(const ListSource &source, const OrderId &id) const
{
    const auto listing = m_listings.constFind(source);
    if (listing == m_listings.cend() || listing->unseen.contains(id))
        return nullptr;
    const auto row = listing->rows.constFind(id);
    return row == listing->rows.cend() ? nullptr : &*row;
}

std::optional<TimePoint> OrderBook::lastListedAt(const OrderId &id) const
{
    std::optional<TimePoint> latest;
    for (const Listing &listing : m_listings) {
        if (listing.rows.contains(id) && !listing.unseen.contains(id) && (!latest || *latest < listing.begunAt))
            latest = listing.begunAt;
    }
    return latest;
}

std::optional<OrderBook::Sight> OrderBook::sightOf(const OrderId &id) const
{
    std::optional<Sight> youngest;
    if (const auto perhaps = m_perhapsTriggered.constFind(id); perhaps != m_perhapsTriggered.cend())
        youngest = {perhaps->seenAt, {ListKind::Trigger, perhaps->order.instrument}};
    for (auto listing = m_listings.cbegin(); listing != m_listings.cend(); ++listing) {
        if (!listing->rows.contains(id))
            continue;
        const TimePoint at = listing->unseen.value(id, listing->begunAt);
        if (!youngest || youngest->at < at)
            youngest = {at, listing.key()};
    }
    return youngest;
}

void OrderBook::slept(std::chrono::milliseconds time)
{
    for (Listing &listing : m_listings) {
        listing.begunAt -= time;
        for (TimePoint &seen : listing.unseen)
            seen -= time;
    }
    for (PerhapsTriggered &perhaps : m_perhapsTriggered) {
        perhaps.seenAt -= time;
        perhaps.missedAt -= time;
    }
}

int OrderBook::unseenCount() const
{
    QSet<OrderId> unseen;
    for (const Listing &listing : m_listings)
        unseen.unite({listing.unseen.keyBegin(), listing.unseen.keyEnd()});
    unseen.removeIf([this](const OrderId &id) { return lastListedAt(id).has_value(); });
    return int(unseen.size() + m_perhapsTriggered.size());
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
