#include "workflow/cancelscope.h"

#include "workflow/openorders.h"

#include <QSet>

namespace countermand {

namespace {

bool isInScope(CancelScope scope, const OrderRow &row, const Order *current)
{
    const Order &order = row.order;
    switch (scope) {
    case CancelScope::Orphans:
        return row.position.loss.isOrphan();
    case CancelScope::Instrument:
        return current && isSameInstrument(order, *current);
    case CancelScope::InstrumentSide:
        return current && isSameInstrument(order, *current) && isSameSide(order, *current);
    case CancelScope::Selected:
    case CancelScope::Shown:
    case CancelScope::All:
        break;
    }
    return true;
}

} // namespace

bool isSameInstrument(const Order &a, const Order &b)
{
    return a.instrument == b.instrument && a.base == b.base && a.quote == b.quote;
}

bool isSameSide(const Order &a, const Order &b)
{
    return a.positionSide == b.positionSide && a.positionSideWord == b.positionSideWord &&
           a.positionEffect == b.positionEffect && a.positionEffectWord == b.positionEffectWord;
}

QList<Order> ordersInScope(CancelScope scope, const OpenOrders &open, const QList<OrderId> &shown,
                           const QList<OrderId> &selected, const OrderId &current)
{
    const Order *like = open.find(current);
    QList<Order> orders;
    const auto add = [&](const OrderRow &row) {
        if (!(row.stage && blocksAnotherCancel(*row.stage)) && !hasEnded(row) && isInScope(scope, row, like))
            orders.append(row.order);
    };
    const QList<OrderId> &first = scope == CancelScope::Selected ? selected : shown;
    for (const OrderId &id : first) {
        if (const OrderRow *row = open.row(id))
            add(*row);
    }
    if (scope == CancelScope::Selected || scope == CancelScope::Shown)
        return orders;
    const QSet<OrderId> seen(first.cbegin(), first.cend());
    for (const auto &[id, row] : open.rows()) {
        if (!seen.contains(id))
            add(row);
    }
    return orders;
}

} // namespace countermand
