#include "workflow/laststop.h"

#include <QHash>
#include <QSet>

#include <algorithm>
#include <optional>

namespace countermand {

namespace {

enum class IsStop { No, Yes, Perhaps };

/// Of an order that belongs to `position`.
IsStop isStop(const Order &order, const Position &position)
{
    switch (order.type) {
    case OrderType::StopLoss:
    case OrderType::TakeProfitStopLoss:
    case OrderType::TrailingStop:
        return IsStop::Yes;
    case OrderType::TakeProfit:
    case OrderType::Limit:
    case OrderType::Market:
        return IsStop::No;
    case OrderType::Trigger:
        break;
    case OrderType::Other:
        return IsStop::Perhaps;
    }
    if (order.positionEffect != PositionEffect::Close)
        return order.positionEffect ? IsStop::No : IsStop::Perhaps;
    if (!order.triggerPrice || !position.entryPrice)
        return IsStop::Perhaps;
    const bool below = *order.triggerPrice < *position.entryPrice;
    const bool above = *order.triggerPrice > *position.entryPrice;
    return (position.side == PositionSide::Long ? below : above) ? IsStop::Yes : IsStop::No;
}

const std::optional<Decimal> &stopLossOf(const Order &order)
{
    return order.type == OrderType::StopLoss ? order.price : order.stopLossPrice;
}

const std::optional<Decimal> &contractsOf(const Order &order)
{
    return order.remainingQuantity ? order.remainingQuantity : order.quantity;
}

/// The stops of one position, as far as they can be counted.
struct Cover {
    Decimal all;
    Decimal staying;
    bool isUnknown = false;

    void add(const std::optional<Decimal> &contracts, bool stays)
    {
        const auto sum = contracts ? all.plus(*contracts) : std::nullopt;
        const auto rest = contracts && stays ? staying.plus(*contracts) : std::optional(staying);
        if (!sum || !rest) {
            isUnknown = true;
            return;
        }
        all = *sum;
        staying = *rest;
    }
};

class Counting
{
public:
    Counting(const QList<Order> &leaving, const std::map<OrderId, OrderRow> &open, const PositionBook &book,
             TimePoint now)
        : m_open(open), m_book(book), m_now(now)
    {
        for (const Order &order : leaving)
            m_leaving.insert(order.id);
    }

    Cover coverOf(const Position &position) const
    {
        Cover cover;
        bool ownStopListed = !position.stopLossPrice && !position.hasUnreadStop;
        for (const auto &[id, row] : m_open) {
            if (hasEnded(row) || !mayBeStop(row.order))
                continue;
            const PositionTie tie = m_book.tieOf(row.order, m_now);
            if (tie.kind != PositionTie::Kind::One) {
                cover.isUnknown = cover.isUnknown || mayBelong(row.order, tie, position);
                continue;
            }
            if (tie.position->id != position.id)
                continue;
            if (const auto &price = stopLossOf(row.order); price && price == position.stopLossPrice)
                ownStopListed = true;
            const bool leaves = m_leaving.contains(id);
            const bool mayGo = row.stage && blocksAnotherCancel(*row.stage);
            switch (isStop(row.order, position)) {
            case IsStop::No:
                break;
            case IsStop::Perhaps:
                cover.isUnknown = true;
                break;
            case IsStop::Yes:
                if (mayGo && !leaves)
                    cover.isUnknown = true;
                cover.add(contractsOf(row.order), !leaves && !mayGo);
                break;
            }
        }
        cover.isUnknown = cover.isUnknown || !ownStopListed;
        return cover;
    }

private:
    /// A stop of which it isn't known whose it is.
    static bool mayBelong(const Order &order, const PositionTie &tie, const Position &position)
    {
        if (tie.kind == PositionTie::Kind::None)
            return false;
        return order.instrument.isEmpty() || instrumentKey(order.instrument) == instrumentKey(position.instrument);
    }

    const std::map<OrderId, OrderRow> &m_open;
    const PositionBook &m_book;
    TimePoint m_now;
    QSet<OrderId> m_leaving;
};

} // namespace

bool mayBeStop(const Order &order)
{
    switch (order.type) {
    case OrderType::StopLoss:
    case OrderType::TakeProfitStopLoss:
    case OrderType::TrailingStop:
        return true;
    case OrderType::Trigger:
    case OrderType::Other:
        return order.positionEffect != PositionEffect::Open;
    case OrderType::TakeProfit:
    case OrderType::Limit:
    case OrderType::Market:
        break;
    }
    return false;
}

StopsLeft stopsLeft(const QList<Order> &leaving, const std::map<OrderId, OrderRow> &open, const PositionBook &book,
                    const StopsKnown &known, TimePoint now)
{
    StopsLeft left;
    QSet<QString> done;
    const Counting counting(leaving, open, book, now);
    for (const Order &order : leaving) {
        if (!mayBeStop(order))
            continue;
        const PositionTie tie = book.tieOf(order, now);
        if (tie.kind == PositionTie::Kind::None)
            continue;
        if (tie.kind != PositionTie::Kind::One) {
            left.isUnknown = true;
            continue;
        }
        const Position &position = *tie.position;
        const IsStop stop = isStop(order, position);
        if (stop == IsStop::No)
            continue;
        if (done.contains(position.id))
            continue;
        done.insert(position.id);
        const Cover cover = counting.coverOf(position);
        if (cover.staying >= position.size)
            continue;
        if (cover.isUnknown || stop == IsStop::Perhaps || !book.isWhole(now) || !known(position.instrument)) {
            left.isUnknown = true;
            continue;
        }
        if (cover.staying < std::min(cover.all, position.size))
            left.positions.append({position, cover.staying});
    }
    return left;
}

std::optional<Decimal> coveredByStops(const Position &position, const std::map<OrderId, OrderRow> &open,
                                      const PositionBook &book, const StopsKnown &known, TimePoint now)
{
    const Cover cover = Counting({}, open, book, now).coverOf(position);
    if (cover.staying >= position.size)
        return position.size;
    if (cover.isUnknown || !book.isWhole(now) || !known(position.instrument))
        return {};
    return cover.staying;
}

} // namespace countermand
