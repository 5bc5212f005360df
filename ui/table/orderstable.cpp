#include "ui/table/orderstable.h"

#include "ui/look/plural.h"
#include "ui/table/cellflash.h"
#include "ui/table/rowstate.h"
#include "ui/words/orderfacts.h"
#include "ui/words/orderwords.h"

#include <algorithm>
#include <iterator>
#include <numeric>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

/// Above this many separate runs of rows one change of layout costs less than a signal for each.
constexpr int mostRuns = 8;

constexpr quint32 everyColumn = (1U << OrderColumns::ColumnCount) - 1;

constexpr quint32 bit(int column)
{
    return 1U << column;
}

/// What the Age column says, as a number that changes when its words do.
qint64 ageStep(const QDateTime &placed, const QDateTime &now)
{
    if (!placed.isValid() || !now.isValid())
        return -1;
    const qint64 seconds = std::max(qint64(0), placed.msecsTo(now) / 1000);
    if (seconds < 60)
        return seconds;
    constexpr qint64 hour = 3600;
    constexpr qint64 day = 24 * hour;
    return seconds < day ? 60 + seconds / 60 : day + seconds / hour;
}

using Runs = QList<std::pair<int, int>>;

/// First and last row of every run of neighbors in `rows` that `counts`.
template <typename Counts>
Runs runsOf(const OrderList::Arrangement &rows, Counts counts)
{
    Runs runs;
    for (int row = 0; row < rows.size(); ++row) {
        if (!counts(rows.at(row)))
            continue;
        const int first = row;
        while (row + 1 < rows.size() && counts(rows.at(row + 1)))
            ++row;
        runs.append({first, row});
    }
    return runs;
}

/// Calls `each(first, last)` for every run of neighbors among the wanted columns.
template <typename Each>
void forEachRun(quint32 wanted, Each each)
{
    for (int column = 0; column < OrderColumns::ColumnCount; ++column) {
        if (!(wanted & bit(column)))
            continue;
        const int first = column;
        while (column + 1 < OrderColumns::ColumnCount && wanted & bit(column + 1))
            ++column;
        each(first, column);
    }
}

/// Not by the lists' own comparison, which Qt 6.4 makes of null pointers when both are empty.
bool isSame(const OrderList::Arrangement &a, const OrderList::Arrangement &b)
{
    return std::equal(a.cbegin(), a.cend(), b.cbegin(), b.cend());
}

} // namespace

OrdersTable::OrdersTable(OpenOrders &orders, QObject *parent)
    : QAbstractTableModel(parent), m_orders(orders), m_flash(new CellFlash(this))
{
    connect(&m_orders, &OpenOrders::changed, this, [this](const QList<OrderId> &ids) {
        for (const OrderId &id : ids)
            take(id);
        renewUnit();
        renew();
    });
    for (const auto &[id, row] : m_orders.rows())
        take(id);
    renewUnit();
    renew();
}

void OrdersTable::renewUnit()
{
    QString unit;
    bool differ = false;
    for (const ShownOrder *entry : m_list.entries()) {
        const QString &quote = entry->row.order.quote;
        if (entry->gone || quote.isEmpty())
            continue;
        differ = differ || (!unit.isEmpty() && unit != quote);
        unit = quote;
    }
    if (std::exchange(m_unitsDiffer, differ) != differ)
        setMarks(&ShownOrder::namesUnit, [differ](const Order &) { return differ; }, {OrderColumns::Value});
    if (differ)
        unit.clear();
    if (std::exchange(m_unit, unit) != unit)
        emit headerDataChanged(Qt::Horizontal, OrderColumns::Value, OrderColumns::Value);
}

int OrdersTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int OrdersTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : OrderColumns::ColumnCount;
}

OrderId OrdersTable::idAt(int row) const
{
    return row >= 0 && row < m_shown.size() ? m_shown.at(row)->row.order.id : OrderId();
}

QModelIndex OrdersTable::indexOf(const OrderId &id, int column) const
{
    const ShownOrder *entry = m_list.entry(id);
    return entry && entry->position >= 0 ? index(entry->position, column) : QModelIndex();
}

void OrdersTable::take(const OrderId &id)
{
    const OrderRow *fresh = m_orders.row(id);
    ShownOrder *entry = m_list.entry(id);
    if (!fresh) {
        if (ShownOrder *leaving = m_list.remove(id))
            m_changed[leaving] = everyColumn;
        return;
    }
    if (!entry) {
        ShownOrder &put = m_list.put(*fresh);
        put.lastPrice = m_priceOf ? m_priceOf(fresh->order) : std::nullopt;
        put.namesUnit = m_unitsDiffer;
        return;
    }
    const auto columns = OrderColumns::changed(entry->row, *fresh);
    if (columns.isEmpty() && entry->row == *fresh && !entry->gone)
        return;
    Columns &changed = m_changed[entry];
    for (const Column column : columns)
        changed |= bit(column);
    // What follows from other columns.
    if (changed & bit(Column::Placed))
        changed |= bit(Column::Age);
    if (entry->lastPrice && changed & (bit(Column::Price) | bit(Column::TriggerPrice)))
        changed |= bit(Column::Distance);
    if (entry->gone)
        changed = everyColumn;
    m_flash->compare(entry->row.order, fresh->order);
    m_list.put(*fresh);
}

void OrdersTable::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= OrderColumns::ColumnCount)
        return;
    m_list.setSort(Column(column), order);
    arrange();
}

void OrdersTable::setFilter(const OrderFilter &filter)
{
    m_list.setFilter(filter);
    arrange();
    // Even where the numbers are the same, they mean another thing now.
    emit countsChanged();
}

void OrdersTable::setGroupBy(GroupBy by)
{
    m_list.setGroupBy(by);
    arrange();
}

void OrdersTable::toggleGroup(int row)
{
    if (!isGroup(row))
        return;
    m_list.toggleGroup(m_shown.at(row)->group);
    arrange();
}

Qt::ItemFlags OrdersTable::flags(const QModelIndex &index) const
{
    return isGroup(index.row()) ? Qt::ItemIsEnabled : QAbstractTableModel::flags(index);
}

void OrdersTable::setHeld(bool held)
{
    if (std::exchange(m_held, held) && !held && m_waiting > 0)
        arrange();
}

void OrdersTable::applyWaiting()
{
    if (m_waiting > 0)
        arrange();
}

void OrdersTable::renew()
{
    if (!m_held) {
        arrange();
        return;
    }
    show(m_list.arrangeHeld(m_shown, m_now));
    announceChanges();
    noteCounts();
}

void OrdersTable::arrange()
{
    show(m_list.arrange(m_now));
    for (ShownOrder *entry : std::as_const(m_shown)) {
        if (entry->group.isEmpty())
            continue;
        const QString words = groupText(*entry);
        if (std::exchange(m_headings[entry], words) != words) {
            entry->texts.clear();
            m_changed[entry] = everyColumn;
        }
    }
    announceChanges();
    const QList<OrderId> gone = m_list.dropGone();
    for (const OrderId &id : gone)
        m_flash->forget(id);
    noteCounts();
}

void OrdersTable::noteCounts()
{
    const int waiting = m_held ? m_list.waiting(m_shown, m_now) : 0;
    if (std::exchange(m_waiting, waiting) != waiting)
        emit waitingCountChanged(waiting);
    const std::pair counts{shownCount(), m_list.total()};
    if (std::exchange(m_counts, counts) != counts)
        emit countsChanged();
}

int OrdersTable::shownCount() const
{
    // Collapsed orders count too: they are not what a filter hides.
    return std::accumulate(m_shown.cbegin(), m_shown.cend(), 0, [this](int sum, const ShownOrder *entry) {
        if (m_list.groupBy() != GroupBy::None)
            return sum + entry->groupCount;
        return sum + (entry->gone || hasEnded(entry->row) ? 0 : 1);
    });
}

void OrdersTable::show(const OrderList::Arrangement &wanted)
{
    if (isSame(wanted, m_shown))
        return;
    for (ShownOrder *entry : std::as_const(m_shown))
        entry->stays = false;
    for (ShownOrder *entry : wanted)
        entry->stays = true;

    OrderList::Arrangement survivors;
    std::copy_if(wanted.cbegin(), wanted.cend(), std::back_inserter(survivors),
                 [](const ShownOrder *entry) { return entry->position >= 0; });
    if (survivors.size() < m_shown.size())
        removeRows(survivors);
    reorder(survivors);
    if (wanted.size() > m_shown.size())
        addRows(wanted);
}

void OrdersTable::removeRows(const OrderList::Arrangement &survivors)
{
    const auto leaves = [](const ShownOrder *entry) { return !entry->stays; };
    Runs runs = runsOf(m_shown, leaves);
    std::reverse(runs.begin(), runs.end());
    if (runs.size() > mostRuns) {
        OrderList::Arrangement leaving;
        std::copy_if(m_shown.cbegin(), m_shown.cend(), std::back_inserter(leaving), leaves);
        reorder(survivors + leaving);
        runs = {{int(survivors.size()), rowCount() - 1}};
    }
    for (const auto &[first, last] : std::as_const(runs)) {
        beginRemoveRows({}, first, last);
        for (int row = first; row <= last; ++row)
            m_shown.at(row)->position = -1;
        m_shown.remove(first, last - first + 1);
        number();
        endRemoveRows();
    }
}

void OrdersTable::addRows(const OrderList::Arrangement &wanted)
{
    const auto comes = [](const ShownOrder *entry) { return entry->position < 0; };
    const auto insert = [&](int at, const OrderList::Arrangement &rows) {
        beginInsertRows({}, at, at + int(rows.size()) - 1);
        m_shown = m_shown.first(at) + rows + m_shown.mid(at);
        number();
        endInsertRows();
    };
    const Runs runs = runsOf(wanted, comes);
    if (runs.size() <= mostRuns) {
        for (const auto &[first, last] : std::as_const(runs))
            insert(first, wanted.mid(first, last - first + 1));
        return;
    }
    OrderList::Arrangement coming;
    std::copy_if(wanted.cbegin(), wanted.cend(), std::back_inserter(coming), comes);
    insert(rowCount(), coming);
    reorder(wanted);
}

void OrdersTable::reorder(const OrderList::Arrangement &wanted)
{
    if (isSame(wanted, m_shown))
        return;
    // The number of rows stays, so that a selection of all rows, which Qt remembers as such, stays true.
    emit layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    QList<const ShownOrder *> entries;
    entries.reserve(before.size());
    for (const QModelIndex &index : before)
        entries.append(m_shown.at(index.row()));
    m_shown = wanted;
    number();
    QModelIndexList after;
    after.reserve(before.size());
    for (qsizetype i = 0; i < before.size(); ++i)
        after.append(index(entries.at(i)->position, before.at(i).column()));
    changePersistentIndexList(before, after);
    emit layoutChanged({}, VerticalSortHint);
}

void OrdersTable::number()
{
    for (int row = 0; row < m_shown.size(); ++row)
        m_shown.at(row)->position = row;
}

void OrdersTable::announceChanges()
{
    const auto changed = std::exchange(m_changed, {});
    if (changed.isEmpty())
        return;
    Columns columns = 0;
    QList<int> rows;
    for (auto each = changed.cbegin(); each != changed.cend(); ++each) {
        if (each.key()->position >= 0 && *each != 0) {
            columns |= *each;
            rows.append(each.key()->position);
        }
    }
    if (rows.isEmpty())
        return;
    if (rows.size() <= mostRuns) {
        for (const int row : std::as_const(rows))
            announce(row, row, changed.value(m_shown.at(row)));
        return;
    }
    const auto ends = std::minmax_element(rows.cbegin(), rows.cend());
    forEachRun(columns,
               [&](int from, int to) { emit dataChanged(index(*ends.first, from), index(*ends.second, to)); });
    for (const int row : std::as_const(rows)) {
        forEachRun(changed.value(m_shown.at(row)), [&](int from, int to) { emit textsChanged(row, row, from, to); });
    }
}

void OrdersTable::announce(int firstRow, int lastRow, Columns columns)
{
    forEachRun(columns, [&](int from, int to) {
        emit dataChanged(index(firstRow, from), index(lastRow, to));
        emit textsChanged(firstRow, lastRow, from, to);
    });
}

void OrdersTable::setNow(QDateTime nowUtc)
{
    const QDateTime before = std::exchange(m_now, std::move(nowUtc));
    if (m_list.filter().asksForAge())
        renew();
    const Runs runs = runsOf(m_shown, [&](const ShownOrder *entry) {
        const QDateTime &placed = entry->row.order.placedAt;
        return ageStep(placed, before) != ageStep(placed, m_now);
    });
    if (runs.size() <= mostRuns) {
        for (const auto &[first, last] : runs)
            announce(first, last, bit(OrderColumns::Age));
        return;
    }
    emit dataChanged(index(runs.constFirst().first, OrderColumns::Age),
                     index(runs.constLast().second, OrderColumns::Age));
    for (const auto &[first, last] : runs)
        emit textsChanged(first, last, OrderColumns::Age, OrderColumns::Age);
}

void OrdersTable::setPriceSource(PriceSource source)
{
    m_priceOf = std::move(source);
    bool differs = false;
    for (ShownOrder *entry : m_list.entries()) {
        const auto fresh = m_priceOf ? m_priceOf(entry->row.order) : std::nullopt;
        if (fresh == entry->lastPrice && fresh.has_value() == entry->lastPrice.has_value())
            continue;
        entry->lastPrice = fresh;
        for (const Column column : {OrderColumns::LastPrice, OrderColumns::Distance}) {
            if (!entry->texts.isEmpty())
                entry->texts[column] = QString();
        }
        m_changed[entry] |= bit(OrderColumns::LastPrice) | bit(OrderColumns::Distance);
        differs = true;
    }
    if (!differs)
        return;
    m_list.pricesChanged();
    renew();
}

void OrdersTable::setMarks(bool ShownOrder::*mark, const MarkSource &isMarked, const QList<Column> &columns)
{
    Columns changed = columns.isEmpty() ? everyColumn : 0;
    for (const Column column : columns)
        changed |= bit(column);
    bool differs = false;
    for (ShownOrder *entry : m_list.entries()) {
        const bool marked = isMarked && !entry->gone && isMarked(entry->row.order);
        if (std::exchange(entry->*mark, marked) == marked)
            continue;
        entry->texts.clear();
        m_changed[entry] |= changed;
        differs = true;
    }
    if (differs)
        announceChanges();
}

void OrdersTable::setCancelBlocked(const QString &reason)
{
    if (m_cancelBlocked == reason)
        return;
    m_cancelBlocked = reason;
    if (rowCount() > 0)
        announce(0, rowCount() - 1, bit(OrderColumns::Action));
    emit cancelBlockedChanged();
}

QVariant OrdersTable::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const OrderColumn &column = OrderColumns::at(index.column());
    if (role == Qt::TextAlignmentRole)
        return QVariant(OrderColumns::alignmentOf(index.column()));
    const ShownOrder &cell = shown(index);
    if (!cell.group.isEmpty()) {
        const bool says = role == Qt::DisplayRole || role == Qt::AccessibleTextRole;
        return says && column.column == OrderColumns::Instrument ? groupText(cell) : QVariant();
    }
    switch (role) {
    case Qt::DisplayRole:
        return cellText(cell, column.column);
    case Qt::ToolTipRole: {
        QStringList lines{column.toolTip ? column.toolTip(cell, blockOf(cell)) : QString(),
                          cell.row.editedFrom ? editedNews(*cell.row.editedFrom, cell.row.order) : QString()};
        lines.removeAll(QString());
        return lines.join(u'\n');
    }
    case Qt::AccessibleTextRole: {
        const QString own = column.accessibleText ? column.accessibleText(cell) : QString();
        return own.isEmpty() ? u"%1: %2"_s.arg(column.name(), column.text(cell, m_now)) : own;
    }
    case Qt::AccessibleDescriptionRole:
        return column.accessibleDescription ? column.accessibleDescription(cell, blockOf(cell)) : QString();
    default:
        return {};
    }
}

QVariant OrdersTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= OrderColumns::ColumnCount)
        return {};
    const OrderColumn &column = OrderColumns::at(section);
    switch (role) {
    case Qt::DisplayRole:
        return section == OrderColumns::Value && !m_unit.isEmpty() ? tr("%1 (%2)").arg(column.name(), m_unit)
                                                                   : column.name();
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return column.name();
    case Qt::TextAlignmentRole:
        return QVariant(OrderColumns::alignmentOf(section));
    default:
        return {};
    }
}

QString OrdersTable::blockOf(const ShownOrder &shown) const
{
    return cancelBlockReason(shown.row, shown.gone, m_cancelBlocked);
}

QString OrdersTable::groupText(const ShownOrder &heading)
{
    const QString count = plural(heading.groupCount, tr("1 order"), tr("%n orders"));
    QString text = (heading.collapsed ? u"▸ "_s : u"▾ "_s) + heading.group + u" · "_s + count;
    if (heading.groupValue && heading.groupCount > 0)
        text += u" · "_s + amountText(heading.groupValue) + u' ' + heading.groupQuote;
    QStringList sides;
    if (heading.groupLong > 0)
        sides.append(tr("%1 long").arg(heading.groupLong));
    if (heading.groupShort > 0)
        sides.append(tr("%1 short").arg(heading.groupShort));
    if (!sides.isEmpty())
        text += u" · "_s + sides.join(u", "_s);
    return text;
}

const QString &OrdersTable::cellText(const ShownOrder &shown, Column column) const
{
    if (shown.texts.isEmpty())
        shown.texts.resize(OrderColumns::ColumnCount);
    QString &kept = shown.texts[column];
    // Ages grow by themselves.
    if (kept.isNull() || column == OrderColumns::Age)
        kept = OrderColumns::at(column).text(shown, m_now);
    return kept;
}

} // namespace countermand
