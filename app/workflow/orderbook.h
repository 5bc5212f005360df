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
    void apply(const ListSource &source, TimePoint begunAt, const QList<Order> &rows);

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

    QHash<ListSource, Listing> m_listings;
    /// Conditional orders missing from their own list, with the read that missed them.
    QHash<OrderId, std::pair<Order, TimePoint>> m_perhapsTriggered;
};

} // namespace countermand
