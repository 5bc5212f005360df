#pragma once

#include "domain/order.h"
#include "domain/orderrecord.h"
#include "workflow/listlook.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <cstdint>
#include <optional>

namespace countermand {

/// A stream of numbers that a seed fixes on every machine.
class Dice
{
public:
    explicit Dice(quint64 seed) : m_state(seed * 0x9e3779b97f4a7c15ULL + 0x1234567ULL) {}

    quint64 next();
    /// 0 to below - 1.
    int below(int below) { return int(next() % quint64(below)); }
    bool chance(int percent) { return below(100) < percent; }
    /// from to to, both included.
    int between(int from, int to) { return from + below(to - from + 1); }

private:
    quint64 m_state;
};

/// A futures exchange as CoinW's pages describe it, in virtual time (milliseconds), without network. Where the pages
/// are silent it has *habits*, drawn anew for each history.
class ModelExchange
{
public:
    enum class Kind { Limit, Market, Conditional, Trailing, Protective };
    enum class Sorting { ByUpdate, ByCreation, ByNothing };
    enum class Lag {
        Prompt,   ///< a record can be read at once
        Together, ///< up to 4 s late, all of them by the same time
        Apart,    ///< up to 20 s late, each by its own time
    };

    struct Habits {
        bool rowsSayFilled = true;
        bool dealsCreatedWithOrder = false;
        Sorting sorting = Sorting::ByUpdate;
        int pageSize = 50;
        /// 0 right, 1 always zero, 2 absent, 3 too low (deals only).
        int totals = 0;
        /// The word in the history row of a partly filled, canceled order.
        HistoryRecord::Kind partWord = HistoryRecord::Kind::Canceled;
        bool historyShowsOpen = false;
        bool historySaysQuantities = true;
        bool executeRepeatsPlan = false;
        bool marketInPlan = false;
        bool tradeWordOther = false;
        Lag lag = Lag::Prompt;
        /// Lists that are bare arrays; the others are whole pages.
        bool bareArrays = true;
    };

    struct Order {
        QString id;
        QString positionId;
        Kind kind = Kind::Limit;
        QString instrument;
        int total = 0;
        qint64 createdAt = 0;
        bool isTriggered = false;
        bool isOpen = true;
        int filled = 0;
        /// The rest was canceled, and by whom.
        bool isCanceled = false;
        bool isCanceledByUs = false;
        qint64 endedAt = 0;
        /// Listed by this list although its words don't say so.
        std::optional<ListKind> oddList;
    };

    explicit ModelExchange(quint64 seed, int mostEvents);

    /// Lets everything happen that happens up to then.
    void advance(qint64 now);
    /// A cancel of the order that is asked about arrives. True: done. False: no such open order.
    bool cancel(qint64 now);

    struct Answer {
        QList<countermand::Order> rows;
        ListExtent extent = ListExtent::Whole;
    };
    Answer list(const ListSource &source);
    int count() const;
    RecordPage<DealRecord> deals(const QString &instrument, int page) const;
    RecordPage<HistoryRecord> history(int page) const;

    const Habits &habits() const { return m_habits; }
    /// The order that the history is about.
    const Order &order() const { return m_orders.constFirst(); }
    /// The moment from which all records of it can be read.
    qint64 recordsCompleteAt() const;
    /// Nothing is kept from any reader: no rows hidden, no lists in part.
    bool hidesNothing() const { return !m_hides; }
    int events() const { return int(m_events.size()); }
    /// What has happened, a line each.
    const QStringList &log() const { return m_log; }

private:
    enum class What { Fill, FillAll, CancelElsewhere, Trigger, NewTrade, HideFrom, HideTo };
    struct Event {
        qint64 at = 0;
        What what = What::Fill;
        int order = 0;
    };
    struct Deal {
        DealRecord row;
        QString instrument;
        qint64 visibleAt = 0;
    };
    struct Past {
        HistoryRecord row;
        int order = 0;
        qint64 visibleAt = 0;
    };

    void happen(const Event &event);
    void fill(int index, int pieces, qint64 now);
    void end(int index, bool byUs, qint64 now);
    void record(int index, bool cancellation, qint64 now);
    qint64 visibleFrom(qint64 now);
    bool isListed(const Order &order, const ListSource &source) const;
    countermand::Order rowOf(const Order &order, const ListSource &source) const;
    template <class Row>
    RecordPage<Row> pageOf(QList<Row> rows, int page, bool deals) const;

    Dice m_dice;
    Habits m_habits;
    QList<Order> m_orders;
    QList<Event> m_events;
    int m_nextEvent = 0;
    int m_mostEvents;
    qint64 m_now = 0;
    QList<Deal> m_deals;
    QList<Past> m_history;
    bool m_hides = false;
    bool m_hiding = false;
    bool m_hidesPages = false;
    int m_serial = 0;
    int m_togetherLag = 0;
    qint64 m_completeAt = 0;
    QStringList m_log;
};

/// UTC of a moment of the model.
QDateTime modelUtc(qint64 at);

} // namespace countermand
