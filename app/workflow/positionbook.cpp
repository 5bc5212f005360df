#include "workflow/positionbook.h"

#include <algorithm>

namespace countermand {

namespace {

/// It names its position itself.
bool namesPosition(const Order &order)
{
    switch (order.type) {
    case OrderType::TrailingStop:
    case OrderType::TakeProfit:
    case OrderType::StopLoss:
    case OrderType::TakeProfitStopLoss:
        return true;
    case OrderType::Other:
        return !order.positionId.isEmpty();
    case OrderType::Limit:
    case OrderType::Market:
    case OrderType::Trigger:
        break;
    }
    return false;
}

bool mayShareMargin(const Order &order, const Position &position)
{
    return !order.marginMode || !position.marginMode || order.marginMode == position.marginMode;
}

} // namespace

bool operator==(const PositionTie &a, const PositionTie &b)
{
    const bool isSamePosition = a.position == b.position || (a.position && b.position && *a.position == *b.position);
    return isSamePosition && a.kind == b.kind && a.size == b.size && a.isLikely == b.isLikely;
}

void PositionBook::take(const PositionList &list, TimePoint begunAt, TimePoint endedAt, const QList<Order> &listed)
{
    m_positions.clear();
    m_byId.clear();
    m_byInstrument.clear();
    for (int i = 0; i < list.positions.size(); ++i) {
        const Position position = described(list.positions.at(i), m_instruments);
        m_positions.append(std::make_shared<const Position>(position));
        m_byId.insert(position.id, i);
        m_byInstrument.insert(instrumentKey(position.instrument), i);
    }
    m_whole = list.whole;
    m_begunAt = begunAt;

    QHash<OrderId, TimePoint> suspectSince;
    QSet<OrderId> adding;
    QSet<OrderId> bereft;
    for (const Order &order : listed) {
        const PositionTie tie = match(order);
        const bool opens = order.positionEffect == PositionEffect::Open;
        const bool had = m_adding.contains(order.id);
        if (tie.kind == PositionTie::Kind::None || isTooLarge(order, tie))
            suspectSince.insert(order.id, m_suspectSince.value(order.id, endedAt));
        if (tie.kind == PositionTie::Kind::None) {
            if (opens && (had || m_bereft.contains(order.id)))
                bereft.insert(order.id);
        } else if (opens && (tie.position || had)) {
            adding.insert(order.id);
        }
    }
    m_suspectSince = suspectSince;
    m_adding = adding;
    m_bereft = bereft;
}

void PositionBook::forget()
{
    m_begunAt.reset();
    m_whole = false;
    m_suspectSince.clear();
}

void PositionBook::setInstruments(const InstrumentTable &instruments)
{
    m_instruments = instruments;
    for (auto &position : m_positions)
        position = std::make_shared<const Position>(described(*position, m_instruments));
}

void PositionBook::slept(std::chrono::milliseconds time)
{
    if (m_begunAt)
        *m_begunAt -= time;
    for (TimePoint &since : m_suspectSince)
        since -= time;
}

bool PositionBook::isKnown(TimePoint now) const
{
    return m_begunAt && now - *m_begunAt <= oldAfter;
}

std::optional<TimePoint> PositionBook::oldAt() const
{
    return m_begunAt ? std::optional(*m_begunAt + oldAfter) : std::nullopt;
}

bool PositionBook::isTooLarge(const Order &order, const PositionTie &tie) const
{
    return m_whole && order.positionEffect == PositionEffect::Close && tie.size && order.remainingQuantity &&
           *order.remainingQuantity > *tie.size;
}

PositionTie PositionBook::tieOf(const Order &order, TimePoint now) const
{
    return isKnown(now) ? match(order) : PositionTie();
}

PositionTie PositionBook::match(const Order &order) const
{
    using enum PositionTie::Kind;
    const PositionTie missing =
        m_whole ? PositionTie{.kind = None, .isLikely = isHedged(order)} : PositionTie{.kind = Unknown};
    if (namesPosition(order)) {
        if (order.positionId.isEmpty())
            return {};
        const auto found = m_byId.constFind(order.positionId);
        if (found == m_byId.cend())
            return missing;
        const auto &position = m_positions.at(*found);
        return {.kind = One, .position = position, .size = position->size};
    }
    if (order.type == OrderType::Other || order.instrument.isEmpty() || !order.positionSide || !order.positionEffect)
        return {};

    QList<int> indexes = m_byInstrument.values(instrumentKey(order.instrument));
    std::sort(indexes.begin(), indexes.end());
    PositionTie tie = missing;
    for (const int index : std::as_const(indexes)) {
        const auto &position = m_positions.at(index);
        if (position->side != *order.positionSide || !mayShareMargin(order, *position))
            continue;
        if (!tie.position) {
            tie = {.kind = One, .position = position, .size = position->size, .isLikely = isHedged(order)};
        } else {
            tie.kind = Several;
            tie.size = tie.size ? tie.size->plus(position->size) : std::nullopt;
        }
    }
    // Of a list that is not whole another one of this side may be missing.
    if (tie.kind == One && !m_whole)
        tie.isLikely = true;
    return tie;
}

bool PositionBook::isHedged(const Order &order) const
{
    const qsizetype others = m_byInstrument.count(instrumentKey(order.instrument));
    const bool hasOwn = std::any_of(m_positions.cbegin(), m_positions.cend(), [&order](const auto &position) {
        return instrumentKey(position->instrument) == instrumentKey(order.instrument) &&
               position->side == order.positionSide && mayShareMargin(order, *position);
    });
    return others > (hasOwn ? 1 : 0);
}

PositionLoss PositionBook::lossOf(const Order &order, const std::optional<TimePoint> &seenAt, TimePoint now) const
{
    using Kind = PositionLoss::Kind;
    const auto since = m_suspectSince.constFind(order.id);
    if (since == m_suspectSince.cend() || !seenAt || *seenAt < *since)
        return {};
    const PositionTie tie = tieOf(order, now);
    switch (tie.kind) {
    case PositionTie::Kind::Unknown:
        break;
    case PositionTie::Kind::None:
        if (order.positionEffect == PositionEffect::Close)
            return {Kind::NoPosition, tie.isLikely};
        if (m_bereft.contains(order.id))
            return {Kind::Closed, tie.isLikely};
        break;
    case PositionTie::Kind::One:
    case PositionTie::Kind::Several:
        if (isTooLarge(order, tie))
            return {Kind::TooLarge, tie.isLikely || tie.kind == PositionTie::Kind::Several};
        break;
    }
    return {};
}

} // namespace countermand
