#include "workflow/orderedits.h"

namespace countermand {

namespace {

/// Of many at once nobody could tell which is which; older ones are only kept for whoever asks late.
constexpr qsizetype mostSights = 100;

} // namespace

bool OrderEdits::mayHaveBeenEdited(const std::optional<CancelStage> &stage)
{
    if (!stage)
        return true;
    switch (*stage) {
    case CancelStage::Waiting:
    case CancelStage::GoneLookingUp:
    case CancelStage::GoneNoRecord:
    case CancelStage::Rejected:
    case CancelStage::NotSent:
        return true;
    case CancelStage::Sending:
    case CancelStage::Accepted:
    case CancelStage::AcceptedStillListed:
    case CancelStage::AcceptedUnconfirmed:
    case CancelStage::Canceled:
    case CancelStage::CanceledAfterPartFill:
    case CancelStage::CanceledFillUnknown:
    case CancelStage::FilledThoughAccepted:
    case CancelStage::GoneFilled:
    case CancelStage::GoneCanceledEarlier:
    case CancelStage::UnknownChecking:
    case CancelStage::UnknownCanceled:
    case CancelStage::UnknownFilled:
    case CancelStage::UnknownStillOpen:
    case CancelStage::UnknownUnresolved:
    case CancelStage::CorrectedFilled:
    case CancelStage::CorrectedPartFill:
    case CancelStage::CorrectedFillUnknown:
    case CancelStage::CorrectedStillOpen:
        break;
    }
    return false;
}

void OrderEdits::note(QList<Sight> &sights, const Order &order, TimePoint now)
{
    sights.removeIf([&order](const Sight &sight) { return sight.order.id == order.id; });
    sights.append({order, now});
    if (sights.size() > mostSights)
        sights.removeFirst();
}

void OrderEdits::left(const Order &order, TimePoint now)
{
    note(m_left, order, now);
}

void OrderEdits::came(const Order &order, TimePoint now)
{
    note(m_came, order, now);
}

bool OrderEdits::fit(const Sight &one, const Sight &other)
{
    const Order &a = one.order;
    const Order &b = other.order;
    if (std::chrono::abs(one.at - other.at) > mostApart || a.id == b.id || a.instrument.isEmpty() ||
        a.instrument != b.instrument)
        return false;
    if (!a.clientOrderId.isEmpty() || !b.clientOrderId.isEmpty())
        return a.clientOrderId == b.clientOrderId;
    return a.positionSide && a.positionEffect && a.quantity && a.positionSide == b.positionSide &&
           a.positionEffect == b.positionEffect && a.type == b.type && a.typeWord == b.typeWord &&
           a.quantity == b.quantity;
}

const OrderEdits::Sight *OrderEdits::find(const QList<Sight> &sights, const OrderId &id)
{
    for (const Sight &sight : sights) {
        if (sight.order.id == id)
            return &sight;
    }
    return nullptr;
}

const OrderEdits::Sight *OrderEdits::only(const QList<Sight> &sights, const Sight &partner)
{
    const Sight *found = nullptr;
    for (const Sight &sight : sights) {
        if (!fit(sight, partner))
            continue;
        if (found)
            return nullptr;
        found = &sight;
    }
    return found;
}

std::optional<Order> OrderEdits::partnerOf(const OrderId &id, const QList<Sight> &own, const QList<Sight> &others)
{
    const Sight *sight = find(own, id);
    const Sight *partner = sight ? only(others, *sight) : nullptr;
    return partner && only(own, *partner) == sight ? std::optional(partner->order) : std::nullopt;
}

std::optional<Order> OrderEdits::before(const OrderId &id) const
{
    return partnerOf(id, m_came, m_left);
}

QHash<OrderId, Order> OrderEdits::edited() const
{
    QHash<OrderId, Order> all;
    for (const Sight &sight : m_came) {
        if (const auto order = before(sight.order.id))
            all.insert(sight.order.id, *order);
    }
    return all;
}

std::optional<Order> OrderEdits::after(const OrderId &id) const
{
    return partnerOf(id, m_left, m_came);
}

} // namespace countermand
