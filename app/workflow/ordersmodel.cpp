#include "workflow/ordersmodel.h"

#include <algorithm>
#include <iterator>

namespace countermand {

OrdersModel::OrdersModel(QObject *parent) : QAbstractTableModel(parent) {}

int OrdersModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int OrdersModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant OrdersModel::data(const QModelIndex &, int) const
{
    return {};
}

const OrderRow &OrdersModel::rowAt(int row) const
{
    return *m_rows[size_t(row)];
}

int OrdersModel::placeOf(const OrderId &id) const
{
    const auto at = std::lower_bound(
        m_rows.cbegin(), m_rows.cend(), id,
        [](const std::unique_ptr<OrderRow> &row, const OrderId &wanted) { return row->order.id < wanted; });
    return int(at - m_rows.cbegin());
}

int OrdersModel::rowOf(const OrderId &id) const
{
    const int row = placeOf(id);
    return row < rowCount() && rowAt(row).order.id == id ? row : -1;
}

const Order *OrdersModel::find(const OrderId &id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &rowAt(row).order;
}

std::optional<CancelStage> OrdersModel::stageOf(const OrderId &id) const
{
    const auto at = m_stages.constFind(id);
    return at == m_stages.cend() ? std::nullopt : std::optional(*at);
}

void OrdersModel::setSnapshot(const QList<Order> &orders)
{
    QSet<OrderId> listed;
    listed.reserve(orders.size());
    for (const Order &order : orders)
        listed.insert(order.id);
    QList<OrderId> gone;
    for (const auto &row : m_rows) {
        if (!listed.contains(row->order.id))
            gone.append(row->order.id);
    }
    change(orders, gone);
}

void OrdersModel::change(QList<Order> listed, const QList<OrderId> &gone)
{
    emit snapshotBegins();
    remove(gone);
    std::vector<Order *> sorted;
    for (Order &order : listed) {
        order = described(std::move(order), m_instruments);
        m_held.remove(order.id);
        sorted.push_back(&order);
    }
    std::sort(sorted.begin(), sorted.end(), [](const Order *a, const Order *b) { return a->id < b->id; });

    for (size_t next = 0; next < sorted.size();) {
        const int row = placeOf(sorted[next]->id);
        if (row < rowCount() && rowAt(row).order.id == sorted[next]->id) {
            replace(row, *sorted[next++]);
            continue;
        }
        std::vector<std::unique_ptr<OrderRow>> run;
        do {
            Order &order = *sorted[next++];
            const auto stage = stageOf(order.id);
            run.push_back(std::make_unique<OrderRow>(OrderRow{std::move(order), stage}));
        } while (next < sorted.size() && (row == rowCount() || sorted[next]->id < rowAt(row).order.id));
        insert(row, std::move(run));
    }
    emit snapshotEnds();
}

void OrdersModel::insert(int row, std::vector<std::unique_ptr<OrderRow>> run)
{
    beginInsertRows({}, row, row + int(run.size()) - 1);
    m_rows.insert(m_rows.begin() + row, std::make_move_iterator(run.begin()), std::make_move_iterator(run.end()));
    endInsertRows();
}

void OrdersModel::remove(const QList<OrderId> &gone)
{
    QList<int> rows;
    for (const OrderId &id : gone) {
        const int row = rowOf(id);
        if (row < 0)
            continue;
        if (const auto stage = rowAt(row).stage; stage && factsOf(*stage).holdsRow)
            m_held.insert(id);
        else
            rows.append(row);
    }
    // From the back, so that the places of those in front stay right.
    std::sort(rows.begin(), rows.end());
    while (!rows.isEmpty()) {
        const int last = rows.takeLast();
        int first = last;
        while (!rows.isEmpty() && rows.constLast() == first - 1)
            first = rows.takeLast();
        removeRange(first, last);
    }
}

void OrdersModel::replace(int row, const Order &order)
{
    OrderRow &kept = *m_rows[size_t(row)];
    const OrderRow changed{order, kept.stage};
    const auto columns = changedColumns(kept, changed);
    kept = changed;
    if (columns.isEmpty())
        return;
    const auto [first, last] = std::minmax_element(columns.cbegin(), columns.cend());
    emit dataChanged(index(row, *first), index(row, *last));
}

void OrdersModel::setInstruments(const InstrumentTable &instruments)
{
    m_instruments = instruments;
    emit snapshotBegins();
    for (int row = 0; row < rowCount(); ++row)
        replace(row, described(rowAt(row).order, m_instruments));
    emit snapshotEnds();
}

void OrdersModel::removeRange(int first, int last)
{
    beginRemoveRows({}, first, last);
    for (int row = first; row <= last; ++row)
        forgetEnd(rowAt(row).order.id);
    m_rows.erase(m_rows.begin() + first, m_rows.begin() + last + 1);
    endRemoveRows();
}

void OrdersModel::forgetEnd(const OrderId &id)
{
    // The list is the truth: an order that it shows again is open, whatever the end of its last cancel was.
    const auto stage = stageOf(id);
    if (stage && isFinal(*stage))
        m_stages.remove(id);
}

void OrdersModel::setStage(const OrderId &id, std::optional<CancelStage> stage)
{
    if (stage)
        m_stages.insert(id, *stage);
    else
        m_stages.remove(id);
    const int row = rowOf(id);
    if (row < 0)
        forgetEnd(id);
    if (row < 0 || rowAt(row).stage == stage)
        return;
    if (m_held.contains(id) && !(stage && factsOf(*stage).holdsRow)) {
        m_held.remove(id);
        removeRange(row, row);
        return;
    }
    m_rows[size_t(row)]->stage = stage;
    emit dataChanged(index(row, State), index(row, State));
    emit dataChanged(index(row, Action), index(row, Action));
}

void OrdersModel::clear()
{
    m_stages.clear();
    for (const auto &row : m_rows)
        row->stage.reset();
    setSnapshot({});
}

QList<OrdersModel::Column> OrdersModel::changedColumns(const OrderRow &before, const OrderRow &after)
{
    const Order &a = before.order;
    const Order &b = after.order;
    // Equal values with other digits (1.5 and 1.50) are shown differently, so digits are compared.
    const auto differs = [](const std::optional<Decimal> &x, const std::optional<Decimal> &y) {
        return x.has_value() != y.has_value() || (x && (x->scale() != y->scale() || *x != *y));
    };
    // Any one of the three quantities follows from the other two, and a take profit or stop loss order waits for one
    // of its own prices.
    const bool sizes = differs(a.quantity, b.quantity) || differs(a.filledQuantity, b.filledQuantity) ||
                       differs(a.remainingQuantity, b.remainingQuantity);
    const bool targets = differs(a.takeProfitPrice, b.takeProfitPrice) || differs(a.stopLossPrice, b.stopLossPrice);
    QList<Column> columns;
    const auto add = [&columns](bool changed, Column column) {
        if (changed)
            columns.append(column);
    };
    add(before.stage != after.stage || sizes, State);
    add(instrumentText(a) != instrumentText(b) || a.instrument != b.instrument, Instrument);
    add(a.positionSide != b.positionSide || a.positionSideWord != b.positionSideWord ||
            a.positionEffect != b.positionEffect || a.positionEffectWord != b.positionEffectWord,
        Side);
    add(a.type != b.type || a.typeWord != b.typeWord, Type);
    add(differs(a.price, b.price) || a.marketPrice != b.marketPrice || differs(a.triggerPrice, b.triggerPrice) ||
            targets || a.type != b.type,
        Price);
    add(sizes || differs(a.lotSize, b.lotSize), Remaining);
    add(sizes, Filled);
    add(targets, TakeProfitStopLoss);
    add(a.placedAt != b.placedAt, Placed);
    add(before.stage != after.stage, Action);
    add(differs(a.triggerPrice, b.triggerPrice), TriggerPrice);
    add(differs(a.leverage, b.leverage), Leverage);
    add(a.marginMode != b.marginMode, MarginModeColumn);
    add(differs(a.margin, b.margin), Margin);
    // Nothing is known of the value without a contract's size.
    add((a.lotSize || b.lotSize) && (sizes || targets || differs(a.lotSize, b.lotSize) || differs(a.price, b.price) ||
                                     a.quote != b.quote || a.type != b.type),
        Value);
    add(a.source != b.source, Source);
    add(a.clientOrderId != b.clientOrderId, ClientId);
    add(a.updatedAt != b.updatedAt, Updated);
    return columns;
}

} // namespace countermand
