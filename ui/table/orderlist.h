#pragma once

#include "ui/table/ordercolumns.h"
#include "ui/table/orderfilter.h"
#include "ui/table/ordersort.h"
#include "workflow/openorders.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <map>
#include <memory>
#include <unordered_map>

namespace countermand {

/// What rows are put together by.
enum class GroupBy { None, Instrument, Side, Position };

/// One order as the table shows it: a copy of the model's row, which it may outlive while rows are held.
struct ShownOrder {
    OrderRow row = {};
    /// Of a row that heads a group instead of being an order: its name, how many orders it has, and what they are
    /// worth together (absent unless all are known, in one currency). Empty for orders.
    QString group = {};
    int groupCount = 0;
    /// Of an instrument's group: orders on a long position, and on a short one.
    int groupLong = 0;
    int groupShort = 0;
    std::optional<Decimal> groupValue = {};
    QString groupQuote = {};
    bool collapsed = false;
    /// It has left the list and only waits to leave the screen.
    bool gone = false;
    /// Its values are too old to trust.
    bool old = false;
    /// A press of its button cancels without a question.
    bool atOnce = false;
    /// Orders are worth something in several currencies: the value says in which.
    bool namesUnit = false;
    /// Kept for the filter, and for the sort.
    QString haystack = {};
    SortKey key = {};
    /// Of the order's instrument; absent while not known.
    std::optional<Decimal> lastPrice = {};
    /// What the cells say, by column, as far as anybody asked. Empty: nothing is kept.
    mutable QList<QString> texts = {};
    /// Its place among the shown rows, -1 if it is not shown. The owner of the rows numbers them.
    int position = -1;
    /// Changed, come or gone since the last free arrangement: its place is not known.
    bool unsettled = false;
    /// For the owner while it turns one arrangement into another.
    bool stays = false;
};

/// Which orders the table shows, and in which order: the own sorted and filtered index. Pure: told what changed, it
/// works out the next arrangement, and costs next to nothing where nothing changed.
class OrderList
{
public:
    using Column = OrderColumns::Column;
    using Arrangement = QList<ShownOrder *>;

    /// A new or changed order. Returns its entry, whose address stays until dropGone() names it.
    ShownOrder &put(const OrderRow &row);
    /// The order has left the list. Null if it was not known.
    ShownOrder *remove(const OrderId &id);
    /// Gone or not. Null if not known.
    ShownOrder *entry(const OrderId &id) const;
    /// All of them, gone or not, in no order.
    Arrangement entries() const;
    /// Ids of all orders that have not gone.
    QList<OrderId> ids() const;
    /// Orders that have not gone, shown or not.
    int total() const { return m_total; }

    /// Sorting and filtering are asked for by the user: the next arrangement must be a free one.
    void setSort(Column column, Qt::SortOrder order);
    /// Sorts by the last prices anew at the next arrangement.
    void pricesChanged();
    void setFilter(const OrderFilter &filter) { m_filter = filter; }
    const OrderFilter &filter() const { return m_filter; }

    /// Puts rows together below a heading row each, in order of the names. Asked for by the user.
    void setGroupBy(GroupBy by) { m_groupBy = by; }
    GroupBy groupBy() const { return m_groupBy; }
    /// Hides or shows the orders of a group.
    void toggleGroup(const QString &name);

    /// Everything in its place.
    Arrangement arrange(const QDateTime &nowUtc);
    /// As far as rows may not move: those of `shown` stay as they stand, and only what belongs below is added.
    Arrangement arrangeHeld(const Arrangement &shown, const QDateTime &nowUtc);
    /// Differences between `shown` and a free arrangement: rows to go, to come, and to be moved.
    int waiting(const Arrangement &shown, const QDateTime &nowUtc) const;
    /// Forgets what the last free arrangement left out as gone, and names it. After this these entries are no more.
    QList<OrderId> dropGone();

private:
    bool before(const ShownOrder *a, const ShownOrder *b) const;
    bool matches(const ShownOrder *entry, const QDateTime &nowUtc) const;
    void unsettle(ShownOrder &entry);
    void renewKey(ShownOrder &entry);
    void sort(Arrangement &entries) const;
    Arrangement grouped(const Arrangement &orders);
    QString groupOf(const OrderRow &row) const;

    struct IdHash {
        size_t operator()(const OrderId &id) const { return qHash(id); }
    };
    std::unordered_map<OrderId, std::unique_ptr<ShownOrder>, IdHash> m_entries;
    /// All entries but the unsettled ones that are new, in order.
    Arrangement m_sorted;
    Arrangement m_unsettled;
    Arrangement m_leaving;
    int m_total = 0;
    GroupBy m_groupBy = GroupBy::None;
    /// Heading rows by name; they stay once made.
    std::map<QString, std::unique_ptr<ShownOrder>> m_groups;
    OrderFilter m_filter;
    Column m_column = OrderColumns::Placed;
    Qt::SortOrder m_order = Qt::AscendingOrder;
    FoldedWords m_folded;
    /// Since the last free arrangement; the order alone, or the column too.
    bool m_orderChanged = false;
    bool m_columnChanged = false;
};

} // namespace countermand
