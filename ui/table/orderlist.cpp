#include "ui/table/orderlist.h"

#include "ui/words/orderwords.h"

#include <algorithm>
#include <iterator>
#include <vector>

namespace countermand {

ShownOrder &OrderList::put(const OrderRow &row)
{
    std::unique_ptr<ShownOrder> &place = m_entries[row.order.id];
    m_total += !place || place->gone ? 1 : 0;
    if (!place)
        place = std::make_unique<ShownOrder>();
    ShownOrder &entry = *place;
    entry.row = row;
    entry.gone = false;
    entry.haystack = OrderFilter::haystackOf(row);
    entry.texts.clear();
    renewKey(entry);
    unsettle(entry);
    return entry;
}

ShownOrder *OrderList::remove(const OrderId &id)
{
    ShownOrder *leaving = entry(id);
    if (!leaving || leaving->gone)
        return nullptr;
    leaving->gone = true;
    leaving->texts.clear();
    --m_total;
    unsettle(*leaving);
    return leaving;
}

ShownOrder *OrderList::entry(const OrderId &id) const
{
    const auto at = m_entries.find(id);
    return at == m_entries.end() ? nullptr : at->second.get();
}

OrderList::Arrangement OrderList::entries() const
{
    Arrangement all;
    all.reserve(qsizetype(m_entries.size()));
    for (const auto &[id, entry] : m_entries)
        all.append(entry.get());
    return all;
}

QList<OrderId> OrderList::ids() const
{
    QList<OrderId> ids;
    ids.reserve(m_total);
    for (const auto &[id, entry] : m_entries) {
        if (!entry->gone)
            ids.append(id);
    }
    return ids;
}

void OrderList::unsettle(ShownOrder &entry)
{
    if (!std::exchange(entry.unsettled, true))
        m_unsettled.append(&entry);
}

void OrderList::pricesChanged()
{
    if (m_column != OrderColumns::LastPrice && m_column != OrderColumns::Distance)
        return;
    for (const auto &[id, entry] : m_entries) {
        renewKey(*entry);
        unsettle(*entry);
    }
}

void OrderList::renewKey(ShownOrder &entry)
{
    entry.key = sortKey(entry.row, m_column, entry.lastPrice, m_folded);
}

void OrderList::setSort(Column column, Qt::SortOrder order)
{
    m_columnChanged = m_columnChanged || column != m_column;
    // There and back is no change.
    m_orderChanged = m_orderChanged != (order != m_order);
    m_column = column;
    m_order = order;
}

bool OrderList::before(const ShownOrder *a, const ShownOrder *b) const
{
    const auto comparison = compareKeys(a->key, b->key);
    return m_order == Qt::AscendingOrder ? comparison < 0 : comparison > 0;
}

bool OrderList::matches(const ShownOrder *entry, const QDateTime &nowUtc) const
{
    return m_filter.isEmpty() || m_filter.matches(entry->row, entry->haystack, nowUtc);
}

void OrderList::sort(Arrangement &entries) const
{
    // Keys side by side: reaching for each row at every comparison takes longer than comparing.
    std::vector<std::pair<SortKey, ShownOrder *>> keyed;
    keyed.reserve(size_t(entries.size()));
    for (ShownOrder *entry : std::as_const(entries))
        keyed.emplace_back(entry->key, entry);
    std::sort(keyed.begin(), keyed.end(), [this](const auto &a, const auto &b) {
        const auto comparison = compareKeys(a.first, b.first);
        return m_order == Qt::AscendingOrder ? comparison < 0 : comparison > 0;
    });
    std::transform(keyed.cbegin(), keyed.cend(), entries.begin(), [](const auto &each) { return each.second; });
}

OrderList::Arrangement OrderList::arrange(const QDateTime &nowUtc)
{
    // No two rows are equal: the other order is the same one from its end.
    if (std::exchange(m_orderChanged, false))
        std::reverse(m_sorted.begin(), m_sorted.end());
    if (!m_unsettled.isEmpty()) {
        m_sorted.removeIf([](const ShownOrder *entry) { return entry->unsettled; });
        Arrangement fresh;
        for (ShownOrder *entry : std::as_const(m_unsettled)) {
            entry->unsettled = false;
            (entry->gone ? m_leaving : fresh).append(entry);
        }
        m_unsettled.clear();
        if (!m_columnChanged)
            sort(fresh);
        const qsizetype middle = m_sorted.size();
        m_sorted.append(fresh);
        if (!m_columnChanged)
            std::inplace_merge(m_sorted.begin(), m_sorted.begin() + middle, m_sorted.end(),
                               [this](const ShownOrder *a, const ShownOrder *b) { return before(a, b); });
    }
    if (std::exchange(m_columnChanged, false)) {
        m_folded.clear();
        for (ShownOrder *entry : std::as_const(m_sorted))
            renewKey(*entry);
        sort(m_sorted);
    }
    if (m_filter.isEmpty())
        return m_groupBy == GroupBy::None ? m_sorted : grouped(m_sorted);
    Arrangement shown;
    std::copy_if(m_sorted.cbegin(), m_sorted.cend(), std::back_inserter(shown),
                 [&](const ShownOrder *entry) { return matches(entry, nowUtc); });
    return m_groupBy == GroupBy::None ? shown : grouped(shown);
}

QString OrderList::groupOf(const Order &order) const
{
    return m_groupBy == GroupBy::Side ? sideText(order) : instrumentText(order);
}

OrderList::Arrangement OrderList::grouped(const Arrangement &orders)
{
    std::map<QString, Arrangement> byName;
    for (ShownOrder *entry : orders)
        byName[groupOf(entry->row.order)].append(entry);
    Arrangement shown;
    for (const auto &[name, members] : byName) {
        std::unique_ptr<ShownOrder> &heading = m_groups[name];
        if (!heading)
            heading = std::make_unique<ShownOrder>();
        heading->group = name;
        heading->groupCount = int(members.size());
        heading->groupQuote = members.constFirst()->row.order.quote;
        heading->groupValue = Decimal();
        heading->groupLong = heading->groupShort = 0;
        for (const ShownOrder *member : members) {
            const auto side = m_groupBy == GroupBy::Instrument ? member->row.order.positionSide : std::nullopt;
            heading->groupLong += side == PositionSide::Long ? 1 : 0;
            heading->groupShort += side == PositionSide::Short ? 1 : 0;
            const auto value = orderValue(member->row.order);
            const bool sums = heading->groupValue && value && member->row.order.quote == heading->groupQuote;
            heading->groupValue = sums ? heading->groupValue->plus(*value) : std::nullopt;
        }
        shown.append(heading.get());
        if (!heading->collapsed)
            shown.append(members);
    }
    return shown;
}

void OrderList::toggleGroup(const QString &name)
{
    if (const auto at = m_groups.find(name); at != m_groups.end())
        at->second->collapsed = !at->second->collapsed;
}

OrderList::Arrangement OrderList::arrangeHeld(const Arrangement &shown, const QDateTime &nowUtc)
{
    Arrangement below;
    for (ShownOrder *entry : std::as_const(m_unsettled)) {
        // Below the last order of a group there may be no order of another.
        if (m_groupBy == GroupBy::None && !entry->gone && entry->position < 0 && matches(entry, nowUtc) &&
            (shown.isEmpty() || before(shown.constLast(), entry)))
            below.append(entry);
    }
    sort(below);
    return shown + below;
}

int OrderList::waiting(const Arrangement &shown, const QDateTime &nowUtc) const
{
    return int(std::count_if(m_unsettled.cbegin(), m_unsettled.cend(), [&](const ShownOrder *entry) {
        const int row = entry->position;
        if (row < 0)
            return !entry->gone && matches(entry, nowUtc);
        if (entry->gone || !matches(entry, nowUtc))
            return true;
        const auto isOrder = [&shown](int at) { return shown.at(at)->group.isEmpty(); };
        return (row > 0 && isOrder(row - 1) && before(entry, shown.at(row - 1))) ||
               (row + 1 < shown.size() && isOrder(row + 1) && before(shown.at(row + 1), entry));
    }));
}

QList<OrderId> OrderList::dropGone()
{
    QList<OrderId> gone;
    for (const ShownOrder *entry : std::exchange(m_leaving, {}))
        gone.append(entry->row.order.id);
    for (const OrderId &id : std::as_const(gone))
        m_entries.erase(id);
    return gone;
}

} // namespace countermand
