#pragma once

#include "domain/cancel.h"
#include "domain/instrument.h"
#include "domain/order.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QList>
#include <QSet>

#include <memory>
#include <optional>
#include <vector>

namespace countermand {

/// One row: an open order and how its cancel stands.
struct OrderRow {
    Order order;
    /// The stage of its latest cancel; nothing if none was asked for (or the user kept it).
    std::optional<CancelStage> stage;

    friend bool operator==(const OrderRow &, const OrderRow &) = default;
};

/// The open orders as facts: rows sorted by id, changed by removals, insertions and dataChanged, never by a reset.
/// Words, colors and the shown order belong to the view.
class OrdersModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        State,
        Instrument,
        Side,
        Type,
        Price,
        Remaining,
        Filled,
        TakeProfitStopLoss,
        Placed,
        Age,
        Id,
        Action,
        // Hidden until asked for.
        TriggerPrice,
        Leverage,
        MarginModeColumn,
        Margin,
        Value,
        Source,
        ClientId,
        FullId,
        Updated,
        LastPrice,
        Distance,
        ColumnCount
    };

    explicit OrdersModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    /// No display texts: the view's proxy makes them from rowAt().
    QVariant data(const QModelIndex &index, int role) const override;

    const OrderRow &rowAt(int row) const;
    /// -1 if not listed.
    int rowOf(const OrderId &id) const;
    const Order *find(const OrderId &id) const;
    std::optional<CancelStage> stageOf(const OrderId &id) const;

    /// Rows but those that only wait for the end of their cancel.
    int listedCount() const { return int(m_rows.size()) - int(m_held.size()); }

    /// Takes a whole list of open orders in any order; each id once. A row whose cancel is on its way or being
    /// checked stays until that has an end, though the list no longer has it.
    void setSnapshot(const QList<Order> &orders);
    /// The same for what is new or differs, and what is gone, alone; anything else stays as it is.
    void change(QList<Order> listed, const QList<OrderId> &gone);
    /// How an order's cancel stands; kept for ids that aren't listed (yet), but a final
    /// stage only as long as the order stays listed.
    void setStage(const OrderId &id, std::optional<CancelStage> stage);
    /// What is known of the instruments: every row is described() with it, from now on and those that are listed.
    void setInstruments(const InstrumentTable &instruments);
    /// Empties the list, for a switch of accounts.
    void clear();

    /// Columns whose facts differ between two versions of a row (Age, LastPrice and Distance never do).
    static QList<Column> changedColumns(const OrderRow &before, const OrderRow &after);

signals:
    /// Around all the changes of one snapshot, or of one table of instruments, for watchers that would rather take
    /// them at once.
    void snapshotBegins();
    void snapshotEnds();

private:
    /// Where the order stands, or would stand.
    int placeOf(const OrderId &id) const;
    void remove(const QList<OrderId> &gone);
    void insert(int row, std::vector<std::unique_ptr<OrderRow>> run);
    void removeRange(int first, int last);
    void replace(int row, const Order &order);
    void forgetEnd(const OrderId &id);

    InstrumentTable m_instruments;
    /// Sorted by id. Each stays where it is when others come and go, so that ten thousand cost no more to move than
    /// their addresses.
    std::vector<std::unique_ptr<OrderRow>> m_rows;
    QHash<OrderId, CancelStage> m_stages;
    /// Rows that the latest snapshot no longer has.
    QSet<OrderId> m_held;
};

} // namespace countermand
