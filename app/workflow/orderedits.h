#pragma once

#include "domain/cancel.h"
#include "domain/order.h"
#include "workflow/listlook.h"

#include <QHash>
#include <QList>

#include <chrono>
#include <optional>

namespace countermand {

/// Orders that were likely changed from elsewhere: an edit gives an order a new id, and nothing in a list says whose
/// it was. Source: docs/exchange.md, Edits elsewhere.
///
/// Two are taken for one where exactly one order that left and exactly one that came fit each other and were seen
/// within 10 s: by the id that a client gave, else by instrument, side, effect, type and size. Pure: time is an
/// argument.
class OrderEdits
{
public:
    static constexpr std::chrono::seconds mostApart{10};

    /// Whether an order whose cancel stands so may have left the list for another reason than that cancel.
    static bool mayHaveBeenEdited(const std::optional<CancelStage> &stage);

    /// An order has left the list, not by a cancel of ours.
    void left(const Order &order, TimePoint now);
    /// A list that had been read before shows an order for the first time.
    void came(const Order &order, TimePoint now);

    /// What an order was before it was edited, and what it has become; nothing where that isn't known.
    std::optional<Order> before(const OrderId &id) const;
    std::optional<Order> after(const OrderId &id) const;
    /// before() of all that were edited, by their present ids.
    QHash<OrderId, Order> edited() const;

private:
    struct Sight {
        Order order;
        TimePoint at;
    };
    static void note(QList<Sight> &sights, const Order &order, TimePoint now);
    static bool fit(const Sight &one, const Sight &other);
    static const Sight *find(const QList<Sight> &sights, const OrderId &id);
    static const Sight *only(const QList<Sight> &sights, const Sight &partner);
    static std::optional<Order> partnerOf(const OrderId &id, const QList<Sight> &own, const QList<Sight> &others);

    QList<Sight> m_left;
    QList<Sight> m_came;
};

} // namespace countermand
