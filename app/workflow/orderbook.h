#pragma once

#include "domain/order.h"
#include "workflow/listlook.h"

#include <QHash>
#include <QList>
#include <QMap>
#include <QSet>

#include <chrono>
#include <optional>

namespace countermand {

/// The reads in which an order of this type can be listed: its own and, where it can change kind, the other.
QList<ListSource> listsOf(const Order &order);

/// The open orders put together from one read per kind, each id once. Pure: time is an argument.
class OrderBook
{
public:
    /// Takes the rows of one good look. It removes only rows of its own list, and none if it was not whole; a
    /// conditional order that is missing stays until a look at the plan orders, begun after that one had ended, has
    /// had its say, because it becomes a plan order when it triggers. Returns the orders that may be others than
    /// before: changed, new, or gone.
    QSet<OrderId> apply(const ListLook &look, const QList<Order> &rows);
    /// The same for a look that tells only what differs from the list's last one. Only while takesChange().
    QSet<OrderId> applyChange(const ListLook &look, const QList<Order> &changed, const QList<OrderId> &gone);

    /// False while another read has taken rows out of this list: then only a whole list can put it right.
    bool takesChange(const ListSource &source) const { return !m_altered.contains(source); }

    /// The order as the latest read that lists it says, until the next read is taken; null if none lists it.
    const Order *find(const OrderId &id) const;
    /// Every listed order once; where several reads list it, as the latest of them says.
    QList<Order> orders() const;
    bool contains(const OrderId &id) const;
    /// The reads that list this order now.
    QList<ListSource> sourcesOf(const OrderId &id) const;
    /// The order as the latest answer of this list had it; null if that answer had it not, or there was none.
    const Order *listedIn(const ListSource &source, const OrderId &id) const;
    /// When the latest of the looks that had the order was begun; nothing if no list's latest answer has it.
    std::optional<TimePoint> lastListedAt(const OrderId &id) const;
    /// When the order was last seen, and in which list: that of the youngest look that had it, whatever the list's
    /// later answers were. Nothing for an order that none lists.
    struct Sight {
        TimePoint at;
        ListSource source;
    };
    std::optional<Sight> sightOf(const OrderId &id) const;
    /// The computer slept: every look is that much longer ago.
    void slept(std::chrono::milliseconds time);
    /// The orders of this list; none if it was never read.
    QList<OrderId> ordersOf(const ListSource &source) const { return m_listings.value(source).rows.keys(); }
    /// Number of rows of this list; 0 if it was never read.
    int countOf(const ListSource &source) const;
    /// Number of orders that are kept although no list's latest answer had them: one that was not whole missed them,
    /// or they may have triggered. The exchange's count is compared with the others.
    int unseenCount() const;
    /// CoinW's keys of all instruments with an open order.
    QSet<QString> instruments() const;

private:
    struct Listing {
        TimePoint begunAt;
        QHash<OrderId, Order> rows;
        /// Rows that the latest answer did not have, which was not whole, with the beginning of the last look that
        /// did.
        QHash<OrderId, TimePoint> unseen;
    };
    /// A conditional order that is missing from its own list.
    struct PerhapsTriggered {
        Order order;
        /// When the last look that had it was begun, and when the one that missed it had ended.
        TimePoint seenAt;
        TimePoint missedAt;
    };

    void noteDispute(const OrderId &id);
    void dropRepeats(const OrderId &id, TimePoint begunAt);

    QSet<ListSource> m_altered;
    /// For each order they are all gone through, so not a hash.
    QMap<ListSource, Listing> m_listings;
    /// Orders that several reads list, and not alike: which of them counts changes with every read.
    QSet<OrderId> m_disputed;
    QHash<OrderId, PerhapsTriggered> m_perhapsTriggered;
};

} // namespace countermand
