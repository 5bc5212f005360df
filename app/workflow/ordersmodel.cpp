#include "workflow/ordersmodel.h"

#include <algorithm>

namespace countermand {

namespace {

/// A cancel that nobody can tell the end of yet: its row may not leave unexplained.
bool isHeld(CancelStage stage)
{
    return stage == CancelStage::Sending || stage == CancelStage::UnknownChecking;
}

} // namespace

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
    return m_rows.at(row);
}

int OrdersModel::rowOf(const OrderId &id) const
{
    const auto at =
        std::lower_bound(m_rows.cbegin(), m_rows.cend(), id,
                         [](const OrderRow &row, const OrderId &wanted) { return row.order.id < wanted; });
    return at != m_rows.cend() && at->order.id == id ? int(at - m_rows.cbegin()) : -1;
}

const Order *OrdersModel::find(const OrderId &id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_rows.at(row).order;
}

std::optional<CancelStage> OrdersModel::stageOf(const OrderId &id) const
{
    const auto at = m_stages.constFind(id);
    return at == m_stages.cend() ? std::nullopt : std::optional(*at);
}

void OrdersModel::setSnapshot(QList<Order> orders)
{
    for (Order &order : orders)
        order = described(std::move(order), m_instruments);
    emit snapshotBegins();
    hold(orders);
    std::sort(orders.begin(), orders.end(), [](const Order &a, const Order &b) { return a.id < b.id; });

    int row = 0;
    for (qsizetype next = 0; next < orders.size();) {
        if (row < m_rows.size() && m_rows.at(row).order.id < orders.at(next).id) {
            int last = row;
            while (last + 1 < m_rows.size() && m_rows.at(last + 1).order.id < orders.at(next).id)
                ++last;
            removeRange(row, last);
        } else if (row < m_rows.size() && m_rows.at(row).order.id == orders.at(next).id) {
            replace(row, orders.at(next));
            ++row;
            ++next;
        } else {
            qsizetype last = next;
            while (last + 1 < orders.size() &&
                   (row >= m_rows.size() || orders.at(last + 1).id < m_rows.at(row).order.id))
                ++last;
            beginInsertRows({}, row, row + int(last - next));
            for (; next <= last; ++next, ++row)
                m_rows.insert(row, OrderRow{orders.at(next), stageOf(orders.at(next).id)});
            endInsertRows();
        }
    }
    if (row < m_rows.size())
        removeRange(row, int(m_rows.size()) - 1);
    emit snapshotEnds();
}

void OrdersModel::hold(QList<Order> &orders)
{
    QSet<OrderId> listed;
    for (const Order &order : std::as_const(orders))
        listed.insert(order.id);
    m_held.clear();
    for (const OrderRow &row : std::as_const(m_rows)) {
        if (row.stage && isHeld(*row.stage) && !listed.contains(row.order.id)) {
            m_held.insert(row.order.id);
            orders.append(row.order);
        }
    }
}

void OrdersModel::replace(int row, const Order &order)
{
    const OrderRow changed{order, m_rows.at(row).stage};
    const auto columns = changedColumns(m_rows.at(row), changed);
    m_rows[row] = changed;
    if (columns.isEmpty())
        return;
    const auto [first, last] = std::minmax_element(columns.cbegin(), columns.cend());
    emit dataChanged(index(row, *first), index(row, *last));
}

void OrdersModel::setInstruments(const InstrumentTable &instruments)
{
    m_instruments = instruments;
    emit snapshotBegins();
    for (int row = 0; row < m_rows.size(); ++row)
        replace(row, described(m_rows.at(row).order, m_instruments));
    emit snapshotEnds();
}

void OrdersModel::removeRange(int first, int last)
{
    beginRemoveRows({}, first, last);
    for (int row = first; row <= last; ++row)
        forgetEnd(m_rows.at(row).order.id);
    m_rows.remove(first, last - first + 1);
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
    if (row < 0 || m_rows.at(row).stage == stage)
        return;
    if (m_held.contains(id) && !(stage && isHeld(*stage))) {
        m_held.remove(id);
        removeRange(row, row);
        return;
    }
    m_rows[row].stage = stage;
    emit dataChanged(index(row, State), index(row, State));
    emit dataChanged(index(row, Action), index(row, Action));
}

void OrdersModel::clear()
{
    m_stages.clear();
    for (OrderRow &row : m_rows)
        row.stage.reset();
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
