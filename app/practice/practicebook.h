#pragma once

#include "practice/practiceorder.h"

#include <QDateTime>
#include <QList>

#include <chrono>

namespace countermand {

/// The practice exchange's open orders, its records of those that ended, and what the market will do to them.
///
/// Pure: `now` is this computer's time and decides when something is due; `stamp` is the practice exchange's
/// time and is what gets written down.
class PracticeBook
{
public:
    enum class Event { FillPartly, FillFully, Cancel };

    explicit PracticeBook(const QDateTime &now);

    /// Oldest first.
    const QList<PracticeOrder> &orders() const { return m_orders; }
    /// Orders that ended, newest first.
    const QList<PracticeRecord> &records() const { return m_records; }
    /// Single trades and cancellations, newest first. Of an untriggered conditional order, a take profit and a stop
    /// loss CoinW documents no record of the cancellation.
    const QList<PracticeRecord> &trades() const { return m_trades; }
    bool isOpen(const OrderId &id) const;
    const QList<PracticePosition> &positions() const { return m_positions; }

    /// Each does nothing when the order isn't open.
    void cancel(const OrderId &id, const QDateTime &stamp);
    void fillFully(const OrderId &id, const QDateTime &stamp);
    /// Fills a third of what is open, at least one contract and never all; a conditional order triggers
    /// first.
    void fillPartly(const OrderId &id, const QDateTime &stamp);
    /// Takes it out of the list without any record.
    void vanish(const OrderId &id);

    /// Applies an event to an order once `due` has come.
    void schedule(Event event, const OrderId &id, const QDateTime &due);

    /// Adds one order an hour older than all.
    void addOlder(const QDateTime &stamp);
    /// Adds `count` orders newer than all, the last of them placed at `stamp`.
    void addNew(int count, const QDateTime &stamp);

    /// Closes a position: that of the order `id`, else the first one. Its orders stay.
    void closePosition(const OrderId &id);
    /// Adds an order placed at `stamp` that closes a position which isn't there.
    void addOrphan(const QDateTime &stamp);
    /// Replaces an order by one with a new id and another price, as an edit from elsewhere does; the old id is gone
    /// without any record. Source: CoinW, modify-order (`originId`, `editId`).
    void editElsewhere(const OrderId &id, const QDateTime &stamp);

    /// Whether what is answered about positions can't be read.
    bool hidesPositions() const { return m_hidesPositions; }
    void setHidesPositions(bool hides) { m_hidesPositions = hides; }

    bool moves() const { return m_moves; }
    /// While it moves, one limit order fills a little every 4 s, and none of them ends by it.
    void setMoves(bool moves, const QDateTime &now);

    /// Applies everything that is due. `clockOffset` is the practice exchange's clock minus this computer's.
    void advance(const QDateTime &now, std::chrono::milliseconds clockOffset);

private:
    struct Scheduled {
        Event event;
        OrderId id;
        QDateTime due;
    };

    PracticeOrder *find(const OrderId &id);
    void apply(Event event, const OrderId &id, const QDateTime &stamp);
    void close(const OrderId &id, bool canceled, const QDateTime &stamp);
    void fill(PracticeOrder &order, qint64 contracts, const QDateTime &stamp);
    void note(const PracticeOrder &order, bool canceled, const QDateTime &at);
    void moveOnce(const QDateTime &stamp);

    void changePosition(const PracticeOrder &order, qint64 contracts, const QDateTime &stamp);

    QList<PracticeOrder> m_orders;
    QList<PracticePosition> m_positions;
    QList<PracticeRecord> m_records;
    QList<PracticeRecord> m_trades;
    QList<Scheduled> m_scheduled;
    int m_nextNumber = 9001;
    int m_olderCount = 0;
    int m_newCount = 0;
    bool m_moves = false;
    bool m_hidesPositions = false;
    QDateTime m_nextMove;
    quint32 m_walk = 0;
};

} // namespace countermand
