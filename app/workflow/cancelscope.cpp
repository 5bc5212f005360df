#include "workflow/cancelscope.h"

#include "workflow/ordersmodel.h"

#include <QSet>

namespace countermand {

namespace {

bool isInScope(CancelScope scope, const Order &order, const Order *current)
{
    switch (scope) {
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

QList<Order> ordersInScope(CancelScope scope, const OrdersModel &model, const QList<OrderId> &shown,
                           const QList<OrderId> &selected, const OrderId &current)
{
    const Order *like = model.find(current);
    QList<Order> orders;
    const auto add = [&](int row) {
        if (row < 0)
            return;
        const OrderRow &found = model.rowAt(row);
        if (!(found.stage && blocksAnotherCancel(*found.stage)) && isInScope(scope, found.order, like))
            orders.append(found.order);
    };
    const QList<OrderId> &first = scope == CancelScope::Selected ? selected : shown;
    for (const OrderId &id : first)
        add(model.rowOf(id));
    if (scope == CancelScope::Selected || scope == CancelScope::Shown)
        return orders;
    const QSet<OrderId> seen(first.cbegin(), first.cend());
    for (int row = 0; row < model.rowCount(); ++row) {
        if (!seen.contains(model.rowAt(row).order.id))
            add(row);
    }
    return orders;
}

} // namespace countermand
