#include "workflow/openorders.h"

#include <algorithm>
#include <array>
#include <utility>

namespace countermand {

namespace {

/// Equal numbers may have other digits (1.5 and 1.50), which is another text.
bool isSameToTheDigit(const Order &a, const Order &b)
{
    constexpr std::array numbers{
        &Order::price,    &Order::triggerPrice,   &Order::takeProfitPrice,   &Order::stopLossPrice,
        &Order::quantity, &Order::filledQuantity, &Order::remainingQuantity, &Order::lotSize,
        &Order::leverage, &Order::margin};
    return a == b && std::all_of(numbers.cbegin(), numbers.cend(), [&](auto number) {
               return !(a.*number) || (a.*number)->scale() == (b.*number)->scale();
           });
}

} // namespace

OpenOrders::OpenOrders(QObject *parent) : QObject(parent) {}

int OpenOrders::listedCount() const
{
    return int(
        std::count_if(m_rows.cbegin(), m_rows.cend(), [this](const auto &entry) { return isListed(entry.first); }));
}

bool OpenOrders::isListed(const OrderId &id) const
{
    const OrderRow *listed = row(id);
    return listed && !hasEnded(*listed) && !m_held.contains(id);
}

const OrderRow *OpenOrders::row(const OrderId &id) const
{
    const auto at = m_rows.find(id);
    return at == m_rows.end() ? nullptr : &at->second;
}

const Order *OpenOrders::find(const OrderId &id) const
{
    const OrderRow *found = row(id);
    return found ? &found->order : nullptr;
}

std::optional<CancelStage> OpenOrders::stageOf(const OrderId &id) const
{
    const auto at = m_stages.constFind(id);
    return at == m_stages.cend() ? std::nullopt : std::optional(*at);
}

void OpenOrders::setSnapshot(const QList<Order> &orders)
{
    QSet<OrderId> ids;
    ids.reserve(orders.size());
    QList<const Order *> listed;
    listed.reserve(orders.size());
    for (const Order &order : orders) {
        ids.insert(order.id);
        listed.append(&order);
    }
    QList<OrderId> gone;
    for (const auto &[id, row] : m_rows) {
        if (!ids.contains(id))
            gone.append(id);
    }
    change(std::move(listed), gone);
}

void OpenOrders::change(QList<const Order *> listed, const QList<OrderId> &gone)
{
    QList<OrderId> ids;
    ids.reserve(listed.size() + gone.size());
    for (const OrderId &id : gone) {
        const auto at = m_rows.find(id);
        if (at == m_rows.end())
            continue;
        if (const auto stage = at->second.stage; stage && factsOf(*stage).holdsRow) {
            m_held.insert(id);
            continue;
        }
        forgetEnd(id);
        m_rows.erase(at);
        ids.append(id);
    }
    // In the order of the rows, so that a new one stands behind the last one or not far from it.
    std::sort(listed.begin(), listed.end(), [](const Order *a, const Order *b) { return a->id < b->id; });
    auto next = m_rows.begin();
    for (const Order *each : std::as_const(listed)) {
        const OrderId &id = each->id;
        m_held.remove(id);
        Order order = described(*each, m_instruments);
        const auto before = m_rows.size();
        const auto at = m_rows.try_emplace(next, id);
        next = std::next(at);
        if (m_rows.size() > before) {
            at->second.stage = stageOf(id);
            at->second.isRefusedHere = m_refusedHere.contains(id);
        } else if (isSameToTheDigit(at->second.order, order)) {
            continue;
        }
        at->second.order = std::move(order);
        ids.append(id);
    }
    if (!ids.isEmpty())
        emit changed(ids);
}

void OpenOrders::setInstruments(const InstrumentTable &instruments)
{
    m_instruments = instruments;
    QList<OrderId> ids;
    for (auto &[id, row] : m_rows) {
        Order order = described(row.order, m_instruments);
        if (isSameToTheDigit(row.order, order))
            continue;
        row.order = std::move(order);
        ids.append(id);
    }
    if (!ids.isEmpty())
        emit changed(ids);
}

void OpenOrders::setPositions(const std::function<OrderPosition(const Order &)> &of,
                              const std::function<bool(const OrderRow &)> &asks)
{
    QList<OrderId> ids;
    for (auto &[id, row] : m_rows) {
        if (!asks(row))
            continue;
        OrderPosition position = of(row.order);
        if (row.position == position)
            continue;
        row.position = std::move(position);
        ids.append(id);
    }
    if (!ids.isEmpty())
        emit changed(ids);
}

void OpenOrders::setEdited(const QHash<OrderId, Order> &before)
{
    QList<OrderId> ids;
    for (auto &[id, row] : m_rows) {
        const auto known = before.constFind(id);
        const bool isEdited = known != before.cend();
        if (isEdited == bool(row.editedFrom))
            continue;
        row.editedFrom = isEdited ? std::make_shared<const Order>(*known) : nullptr;
        ids.append(id);
    }
    if (!ids.isEmpty())
        emit changed(ids);
}

void OpenOrders::forgetEnd(const OrderId &id)
{
    // The list is the truth: an order that it shows again is open, whatever the end of its last cancel was.
    const auto stage = stageOf(id);
    if (stage && isFinal(*stage))
        m_stages.remove(id);
}

void OpenOrders::forgetFailure(const OrderId &id)
{
    if (const auto stage = stageOf(id); stage && factsOf(*stage).finding == CancelFinding::Open)
        setStage(id, {});
}

void OpenOrders::forgetFailures()
{
    const auto ids = m_stages.keys();
    for (const OrderId &id : ids)
        forgetFailure(id);
}

void OpenOrders::setStage(const OrderId &id, std::optional<CancelStage> stage)
{
    // A copy: `id` may be the row's own, and go with it.
    const QList<OrderId> ids{id};
    if (stage)
        m_stages.insert(id, *stage);
    else
        m_stages.remove(id);
    const auto at = m_rows.find(id);
    if (at == m_rows.end())
        forgetEnd(id);
    if (at == m_rows.end() || at->second.stage == stage)
        return;
    if (m_held.contains(id) && !(stage && factsOf(*stage).holdsRow)) {
        m_held.remove(id);
        forgetEnd(id);
        m_rows.erase(at);
    } else {
        at->second.stage = stage;
    }
    emit changed(ids);
}

void OpenOrders::setRefusedHere(const OrderId &id, bool refused)
{
    const QList<OrderId> ids{id};
    if (refused)
        m_refusedHere.insert(id);
    else
        m_refusedHere.remove(id);
    const auto at = m_rows.find(id);
    if (at == m_rows.end() || at->second.isRefusedHere == refused)
        return;
    at->second.isRefusedHere = refused;
    emit changed(ids);
}

} // namespace countermand
