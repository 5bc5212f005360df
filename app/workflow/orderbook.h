#pragma once

#include "domain/order.h"

#include <QHash>
#include <QList>
#include <QSet>

#include <chrono>
#include <optional>

namespace countermand {

using TimePoint = std::chrono::steady_clock::time_point;

/// One read of open orders: a kind, and for ListKind::Trigger the instrument it was asked for.
struct ListSource {
    ListKind kind = ListKind::Plan;
    QString instrument;

    friend bool operator==(const ListSource &, const ListSource &) = default;
    friend size_t qHash(const ListSource &source, size_t seed = 0)
    {
        return qHashMulti(seed, int(source.kind), source.instrument);
    }
};

/// The reads in which an order of this type can be listed: its own and, where it can change kind, the other.
QList<ListSource> listsOf(const Order &order);

/// The open orders put together from one read per kind, each id once. Pure: time is an argument.
class OrderBook
{
public:
    /// Takes the rows of one good read. It removes only rows of its own kind; a conditional order that is missing
    /// stays until a plan read begun later has had its say, because it becomes a plan order when it triggers.
    /// Returns the orders that may be others than before: changed, new, or gone.
    QSet<OrderId> apply(const ListSource &source, TimePoint begunAt, const QList<Order> &rows);
    /// The same for a read that tells only what differs from the source's last one. Only while takesChange().
    QSet<OrderId> applyChange(const ListSource &source, TimePoint begunAt, const QList<Order> &changed,
                              const QList<OrderId> &gone);

    /// False while another read has taken rows out of this list: then only a whole list can put it right.
    bool takesChange(const ListSource &source) const { return !m_altered.contains(source); }

    /// The order as the latest read that lists it says, until the next read is taken; null if none lists it.
    const Order *find(const OrderId &id) const;
    /// Every listed order once; where several reads list it, as the latest of them says.
    QList<Order> orders() const;
    bool contains(const OrderId &id) const;
    /// The reads that list this order now.
    QList<ListSource> sourcesOf(const OrderId &id) const;
    /// Number of rows the source listed last; 0 if it was never read.
    int countOf(const ListSource &source) const;
    /// CoinW's keys of all instruments with an open order.
    QSet<QString> instruments() const;

private:
    struct Listing {
        TimePoint begunAt;
        QHash<OrderId, Order> rows;
    };

    void noteDispute(const OrderId &id);

    QSet<ListSource> m_altered;
    QHash<ListSource, Listing> m_listings;
    /// Orders that several reads list, and not alike: which of them counts changes with every read.
    QSet<OrderId> m_disputed;
    /// Conditional orders missing from their own list, with the read that missed them.
    QHash<OrderId, std::pair<Order, TimePoint>> m_perhapsTriggered;
};

} // namespace countermand
