#include "practice/practicebook.h"

#include "practice/practicelist.h"

#include <algorithm>

namespace countermand {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds moveInterval = 4s;
constexpr quint32 walkStart = 20260304;

} // namespace

PracticeBook::PracticeBook(const QDateTime &now)
    : m_orders(practiceStartList(now)), m_positions(practiceStartPositions(now)), m_walk(walkStart)
{}

bool PracticeBook::isOpen(const OrderId &id) const
{
    return std::any_of(m_orders.cbegin(), m_orders.cend(),
                       [&id](const PracticeOrder &order) { return order.id == id; });
}

PracticeOrder *PracticeBook::find(const OrderId &id)
{
    const auto found =
        std::find_if(m_orders.begin(), m_orders.end(), [&id](const PracticeOrder &order) { return order.id == id; });
    return found == m_orders.end() ? nullptr : &*found;
}

void PracticeBook::cancel(const OrderId &id, const QDateTime &stamp)
{
    close(id, true, stamp);
}

void PracticeBook::fillFully(const OrderId &id, const QDateTime &stamp)
{
    if (PracticeOrder *order = find(id)) {
        fill(*order, order->remaining(), stamp);
        close(id, false, stamp);
    }
}

void PracticeBook::fillPartly(const OrderId &id, const QDateTime &stamp)
{
    PracticeOrder *order = find(id);
    if (order && order->remaining() >= 2)
        fill(*order, std::max<qint64>(1, order->remaining() / 3), stamp);
}

void PracticeBook::vanish(const OrderId &id)
{
    m_orders.removeIf([&id](const PracticeOrder &order) { return order.id == id; });
}

void PracticeBook::fill(PracticeOrder &order, qint64 contracts, const QDateTime &stamp)
{
    // An untriggered conditional order can't fill: at the exchange it becomes a plan order first.
    if (order.kind == ListKind::Trigger)
        order.kind = ListKind::Plan;
    order.filled += contracts;
    order.updatedAt = std::max(order.updatedAt, stamp);
    changePosition(order, contracts, order.updatedAt);
    note(order, false, order.updatedAt);
}

void PracticeBook::changePosition(const PracticeOrder &order, qint64 contracts, const QDateTime &stamp)
{
    const auto found = std::find_if(m_positions.begin(), m_positions.end(),
                                    [&order](const PracticePosition &position) { return position.isOf(order); });
    if (order.effect == PositionEffect::Close) {
        if (found == m_positions.end())
            return;
        found->size -= contracts;
        if (found->size <= 0)
            m_positions.erase(found);
    } else if (found != m_positions.end()) {
        found->size += contracts;
    } else {
        m_positions.append({order.instrument, order.side, contracts, order.fillPrice(), stamp});
    }
}

void PracticeBook::closePosition(const OrderId &id)
{
    if (m_positions.isEmpty())
        return;
    const PracticeOrder *order = find(id);
    const auto found =
        std::find_if(m_positions.begin(), m_positions.end(),
                     [order](const PracticePosition &position) { return order && position.isOf(*order); });
    m_positions.erase(found == m_positions.end() ? m_positions.begin() : found);
}

void PracticeBook::addOrphan(const QDateTime &stamp)
{
    m_orders.append(practiceOrphanOrder(m_nextNumber++, stamp));
}

void PracticeBook::editElsewhere(const OrderId &id, const QDateTime &stamp)
{
    const PracticeOrder *order = find(id);
    if (!order || order->price.isEmpty())
        return;
    PracticeOrder edited = *order;
    edited.id = practiceOrderId(m_nextNumber++);
    // One more in the last digit that is shown: small, and seen in any price.
    const auto price = Decimal::fromText(edited.price);
    const auto step = price ? Decimal::fromText(u"1e-%1"_s.arg(price->scale())) : std::nullopt;
    edited.price = price && step ? price->plus(*step).value_or(*price).toText() : edited.price;
    edited.createdAt = std::max(edited.updatedAt, stamp);
    edited.updatedAt = edited.createdAt;
    vanish(id);
    m_orders.append(edited);
}

void PracticeBook::note(const PracticeOrder &order, bool canceled, const QDateTime &at)
{
    m_trades.prepend({order, canceled, at, qint64(m_trades.size()) + 1});
}

void PracticeBook::close(const OrderId &id, bool canceled, const QDateTime &stamp)
{
    const PracticeOrder *order = find(id);
    if (!order)
        return;
    // Told to have ended some seconds ago, it still can't have ended before its last change.
    const QDateTime endedAt = std::max(order->updatedAt, stamp);
    m_records.prepend({*order, canceled, endedAt, qint64(m_records.size()) + 1});
    if (canceled && order->kind != ListKind::Trigger && order->kind != ListKind::StopProfitLoss)
        note(*order, true, endedAt);
    vanish(id);
}

void PracticeBook::schedule(Event event, const OrderId &id, const QDateTime &due)
{
    m_scheduled.append({event, id, due});
}

void PracticeBook::apply(Event event, const OrderId &id, const QDateTime &stamp)
{
    switch (event) {
    case Event::FillPartly:
        fillPartly(id, stamp);
        return;
    case Event::FillFully:
        fillFully(id, stamp);
        return;
    case Event::Cancel:
        cancel(id, stamp);
        return;
    }
}

void PracticeBook::addOlder(const QDateTime &stamp)
{
    QDateTime oldest = stamp;
    for (const PracticeOrder &order : std::as_const(m_orders))
        oldest = std::min(oldest, order.createdAt);
    m_orders.prepend(practiceOlderOrder(m_olderCount, m_nextNumber, oldest.addSecs(-3600)));
    ++m_olderCount;
    ++m_nextNumber;
}

void PracticeBook::addNew(int count, const QDateTime &stamp)
{
    // A millisecond apart, so that sorting by time keeps their order.
    QDateTime createdAt = stamp.addMSecs(1 - count);
    for (const PracticeOrder &order : std::as_const(m_orders))
        createdAt = std::max(createdAt, order.createdAt.addMSecs(1));
    for (int i = 0; i < count; ++i) {
        m_orders.append(practiceNewOrder(m_newCount, m_nextNumber, createdAt.addMSecs(i)));
        ++m_newCount;
        ++m_nextNumber;
    }
}

void PracticeBook::setMoves(bool moves, const QDateTime &now)
{
    m_moves = moves;
    m_nextMove = now.addMSecs(moveInterval.count());
}

void PracticeBook::advance(const QDateTime &now, std::chrono::milliseconds clockOffset)
{
    const auto stampOf = [clockOffset](const QDateTime &at) { return at.addMSecs(clockOffset.count()); };

    std::stable_sort(m_scheduled.begin(), m_scheduled.end(),
                     [](const Scheduled &a, const Scheduled &b) { return a.due < b.due; });
    while (!m_scheduled.isEmpty() && m_scheduled.constFirst().due <= now) {
        const Scheduled next = m_scheduled.takeFirst();
        apply(next.event, next.id, stampOf(next.due));
    }

    if (!m_moves)
        return;
    // After a long sleep of the computer the market goes on from now instead of making up for all of it.
    if (m_nextMove.msecsTo(now) > 25 * moveInterval.count())
        m_nextMove = now;
    for (; m_nextMove <= now; m_nextMove = m_nextMove.addMSecs(moveInterval.count()))
        moveOnce(stampOf(m_nextMove));
}

void PracticeBook::moveOnce(const QDateTime &stamp)
{
    QList<PracticeOrder *> candidates;
    for (PracticeOrder &order : m_orders) {
        if (order.kind == ListKind::Plan && order.remaining() >= 2)
            candidates.append(&order);
    }
    if (candidates.isEmpty())
        return;
    m_walk = m_walk * 1664525u + 1013904223u;
    PracticeOrder *order = candidates.at(qsizetype((m_walk >> 16) % quint32(candidates.size())));
    fill(*order, std::max<qint64>(1, order->remaining() / 40), stamp);
}

} // namespace countermand
