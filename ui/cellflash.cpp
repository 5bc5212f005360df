#include "ui/cellflash.h"

#include "ui/orderwords.h"

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

CellFlash::CellFlash(const OrdersModel &model, QObject *parent) : QObject(parent), m_model(model)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &CellFlash::expire);
    connect(&model, &OrdersModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { remember(first, last); });
    connect(&model, &OrdersModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) { forget(first, last); });
    connect(&model, &OrdersModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last) { compare(first.row(), last.row()); });
    remember(0, model.rowCount() - 1);
}

std::optional<CellFlash::Direction> CellFlash::of(const OrderId &id, OrdersModel::Column column) const
{
    for (auto flash = m_flashes.crbegin(); flash != m_flashes.crend(); ++flash) {
        if (flash->column == column && flash->id == id)
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
    for (const Flash &flash : flashes)
        emit changed(flash.id);
}

void CellFlash::remember(int first, int last)
{
    for (int row = first; row <= last; ++row) {
        const Order &order = m_model.rowAt(row).order;
        m_values.insert(order.id, {shownPrice(order), shownRemaining(order), shownFilled(order)});
    }
}

void CellFlash::forget(int first, int last)
{
    for (int row = first; row <= last; ++row) {
        const OrderId id = m_model.rowAt(row).order.id;
        m_values.remove(id);
        m_flashes.removeIf([&id](const Flash &flash) { return flash.id == id; });
    }
}

void CellFlash::compare(int first, int last)
{
    for (int row = first; row <= last; ++row) {
        const Order &order = m_model.rowAt(row).order;
        const Values before = m_values.value(order.id);
        start(order.id, OrdersModel::Price, before.price, shownPrice(order));
        start(order.id, OrdersModel::Remaining, before.remaining, shownRemaining(order));
        start(order.id, OrdersModel::Filled, before.filled, shownFilled(order));
    }
    remember(first, last);
}

void CellFlash::start(const OrderId &id, OrdersModel::Column column, const std::optional<Decimal> &before,
                      const std::optional<Decimal> &after)
{
    if (!m_enabled || exactText(before) == exactText(after))
        return;
    Direction direction = Direction::Other;
    if (before && after && *before != *after)
        direction = *after > *before ? Direction::Up : Direction::Down;
    m_flashes.removeIf([&](const Flash &flash) { return flash.column == column && flash.id == id; });
    m_flashes.append({id, column, direction, std::chrono::steady_clock::now() + flashTime});
    if (!m_timer.isActive())
        m_timer.start(flashTime);
    emit changed(id);
}

void CellFlash::expire()
{
    const auto now = std::chrono::steady_clock::now();
    const auto firstAlive =
        std::find_if(m_flashes.cbegin(), m_flashes.cend(), [now](const Flash &flash) { return flash.until > now; });
    const QList<Flash> ended(m_flashes.cbegin(), firstAlive);
    m_flashes.remove(0, ended.size());
    if (!m_flashes.isEmpty()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_flashes.constFirst().until - now);
        m_timer.start(std::max(left, 1ms));
    }
    for (const Flash &flash : ended)
        emit changed(flash.id);
}

} // namespace countermand
