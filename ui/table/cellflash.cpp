#include "ui/table/cellflash.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace countermand {

namespace {

constexpr auto flashTime = 600ms;

QString exactText(const std::optional<Decimal> &number)
{
    return number ? number->toText() : QString();
}

} // namespace

CellFlash::CellFlash(QObject *parent) : QObject(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &CellFlash::expire);
}

std::optional<CellFlash::Direction> CellFlash::of(const OrderId &id, OrderColumns::Column column) const
{
    if (m_flashes.isEmpty())
        return {};
    for (auto flash = m_flashes.constFind(id); flash != m_flashes.cend() && flash.key() == id; ++flash) {
        if (flash->column == column)
            return flash->direction;
    }
    return {};
}

void CellFlash::setEnabled(bool enabled)
{
    m_enabled = enabled;
    if (enabled)
        return;
    m_timer.stop();
    const auto flashes = std::exchange(m_flashes, {});
    for (auto flash = flashes.cbegin(); flash != flashes.cend(); ++flash)
        emit changed(flash.key(), flash->column);
}

void CellFlash::compare(const Order &before, const Order &after)
{
    for (int column = 0; m_enabled && column < OrderColumns::ColumnCount; ++column) {
        if (const auto numberOf = OrderColumns::at(column).flashes)
            start(after.id, OrderColumns::Column(column), numberOf(before), numberOf(after));
    }
}

void CellFlash::forget(const OrderId &id)
{
    m_flashes.remove(id);
}

void CellFlash::start(const OrderId &id, OrderColumns::Column column, const std::optional<Decimal> &before,
                      const std::optional<Decimal> &after)
{
    if (exactText(before) == exactText(after))
        return;
    Direction direction = Direction::Other;
    if (before && after && *before != *after)
        direction = *after > *before ? Direction::Up : Direction::Down;
    for (auto flash = m_flashes.find(id); flash != m_flashes.end() && flash.key() == id; ++flash) {
        if (flash->column == column) {
            m_flashes.erase(flash);
            break;
        }
    }
    m_flashes.insert(id, {column, direction, std::chrono::steady_clock::now() + flashTime});
    if (!m_timer.isActive())
        m_timer.start(flashTime);
    emit changed(id, column);
}

void CellFlash::expire()
{
    const auto now = std::chrono::steady_clock::now();
    QList<std::pair<OrderId, OrderColumns::Column>> ended;
    auto next = std::chrono::steady_clock::time_point::max();
    m_flashes.removeIf([&](const auto &flash) {
        if (flash.value().until > now) {
            next = std::min(next, flash.value().until);
            return false;
        }
        ended.append({flash.key(), flash.value().column});
        return true;
    });
    if (!m_flashes.isEmpty())
        m_timer.start(std::max(std::chrono::ceil<std::chrono::milliseconds>(next - now), 1ms));
    for (const auto &[id, column] : std::as_const(ended))
        emit changed(id, column);
}

} // namespace countermand
