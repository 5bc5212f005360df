#pragma once

#include "domain/order.h"
#include "domain/orderrecord.h"

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QSet>
#include <QString>

#include <optional>

namespace countermand {

/// How far back records have to be read for one order before they can be said not to name it.
struct RecordBounds {
    OrderId order;
    /// The order was open then, so its end is not older. UTC, whole seconds, less the error of our clock; invalid if
    /// not known.
    QDateTime openSecond;
    /// When it was placed, as the exchange says; invalid if not said.
    QDateTime placedSecond;
};

/// How far back records were read.
struct RecordReach {
    /// Far enough for the order that was asked about: without a row of it among them, there is none.
    bool isEnough = false;
    /// The oldest moment they reach down to, UTC; invalid if no row told one.
    QDateTime backTo;
    /// Pages that were read.
    int pages = 0;
};

/// One reading of records, page by page from the newest, and the plan of its pages. Pure.
///
/// CoinW's pages don't say by what they are sorted. Rows that fall by their last change reach back to a moment once
/// they have passed it; rows that fall by their creation reach back to an order's placing; as long as they fall by
/// both, both must be true. Rows that fall by neither have to be read to the end. The `total` of the deals is not
/// trusted: their page calls it unreliable.
class RecordReading
{
public:
    /// Pages of one reading at most.
    static constexpr int mostPages = 20;

    /// `keptSince`: the exchange keeps no older rows (UTC): their end is not the end of what happened.
    explicit RecordReading(const QDateTime &keptSince = {}) : m_keptSince(keptSince) {}

    void add(const RecordPage<DealRecord> &page);
    void add(const RecordPage<HistoryRecord> &page);

    /// The page to ask for next, from 1.
    int page() const { return m_pages + 1; }
    bool needsMore(const QList<RecordBounds> &orders) const;
    RecordReach reachFor(const RecordBounds &bounds) const;

    const QList<DealRecord> &deals() const { return m_deals; }
    const QList<HistoryRecord> &history() const { return m_history; }

private:
    struct Row {
        QString key;
        QString orderId;
        QDateTime createdAt;
        QDateTime updatedAt;
    };

    void take(const QList<Row> &rows, int rowsInAnswer, int unreadable);
    bool reaches(const RecordBounds &bounds) const;

    QDateTime m_keptSince;
    QList<DealRecord> m_deals;
    QList<HistoryRecord> m_history;
    int m_pages = 0;
    /// The last page was empty, or all rows that the history counts were read: there are no older ones.
    bool m_ended = false;
    /// Pages in a row that brought no new row although they had some: going on would lead nowhere.
    int m_repeats = 0;
    bool m_unreadable = false;
    bool m_fallsByUpdate = true;
    bool m_fallsByCreation = true;
    QDateTime m_lastUpdate;
    QDateTime m_lastCreation;
    QSet<QString> m_keys;
    /// Creation of the oldest row of each order.
    QHash<QString, QDateTime> m_named;
};

} // namespace countermand
