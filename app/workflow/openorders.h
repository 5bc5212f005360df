#pragma once

#include "domain/cancel.h"
#include "domain/instrument.h"
#include "domain/order.h"
#include "workflow/positionbook.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace countermand {

/// An open order and how its cancel stands.
struct OrderRow {
    Order order;
    /// The stage of its latest cancel; nothing if none was asked for (or the user kept it).
    std::optional<CancelStage> stage;
    /// What is known of its position; nothing while positions are not read.
    OrderPosition position{};
    /// The order that it likely was before somebody changed it elsewhere; null for any other.
    std::shared_ptr<const Order> editedFrom{};
    /// CoinW has refused to cancel it as one that this call doesn't cancel, and has not accepted a cancel of it
    /// since.
    bool isRefusedHere = false;

    friend bool operator==(const OrderRow &, const OrderRow &) = default;
};

/// Known to be canceled or filled, though the list still has it.
constexpr bool hasEnded(const OrderRow &row)
{
    return row.stage && isFinal(*row.stage) && factsOf(*row.stage).finding != CancelFinding::Open;
}

/// Canceling it takes a safeguard from a position. One that is known to have lost its position protects nothing.
inline bool protects(const OrderRow &row)
{
    return isProtective(row.order) && !row.position.loss.isOrphan();
}

/// The open orders of an account as facts. Words, colors and the shown order belong to the view.
class OpenOrders : public QObject
{
    Q_OBJECT

public:
    explicit OpenOrders(QObject *parent = nullptr);

    /// All of them in order of their ids. A row stays where it is as long as its order is there.
    const std::map<OrderId, OrderRow> &rows() const { return m_rows; }
    int count() const { return int(m_rows.size()); }
    /// Orders but those that only wait for the end of their cancel, or for the list to leave out what has ended.
    int listedCount() const;

    /// In the latest list, and not known to have ended: not only here until its cancel has an end.
    bool isListed(const OrderId &id) const;

    /// Null if the order is not here.
    const OrderRow *row(const OrderId &id) const;
    const Order *find(const OrderId &id) const;
    std::optional<CancelStage> stageOf(const OrderId &id) const;

    /// Takes a whole list of open orders in any order; each id once. An order whose cancel is on its way or being
    /// checked stays until that has an end, though the list no longer has it.
    void setSnapshot(const QList<Order> &orders);
    /// The same for what is new or may differ, and what is gone, alone; anything else stays as it is. The orders are
    /// copied, and none is null.
    void change(QList<const Order *> listed, const QList<OrderId> &gone);
    /// What orders were before they were edited, by the ids that they have now; any other order was not.
    void setEdited(const QHash<OrderId, Order> &before);
    /// How an order's cancel stands; kept for ids that aren't listed (yet), but a final
    /// stage only as long as the order stays listed.
    void setStage(const OrderId &id, std::optional<CancelStage> stage);
    /// Sets what OrderRow::isRefusedHere says; kept for ids that aren't listed (yet).
    void setRefusedHere(const OrderId &id, bool refused);
    /// Forgets that a cancel failed, once the user has seen it: the order is open, as the list says. Nothing for any
    /// other stage.
    void forgetFailure(const OrderId &id);
    void forgetFailures();
    /// What is known of the instruments: every order is described() with it, from now on and those that are here.
    void setInstruments(const InstrumentTable &instruments);
    /// Asks `of` for the position of each order that `asks`, and keeps it until it is asked for again.
    void setPositions(const std::function<OrderPosition(const Order &)> &of,
                      const std::function<bool(const OrderRow &)> &asks);

signals:
    /// Orders that have come, are others than before in a fact or a digit, or have gone (row() is null), each once.
    void changed(const QList<countermand::OrderId> &ids);

private:
    void forgetEnd(const OrderId &id);

    InstrumentTable m_instruments;
    std::map<OrderId, OrderRow> m_rows;
    QHash<OrderId, CancelStage> m_stages;
    QSet<OrderId> m_refusedHere;
    /// Orders that the latest list no longer has.
    QSet<OrderId> m_held;
};

} // namespace countermand
