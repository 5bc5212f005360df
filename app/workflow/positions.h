#pragma once

#include "domain/result.h"
#include "workflow/laststop.h"
#include "workflow/positionbook.h"
#include "workflow/readslowing.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace countermand {

class CoinwClient;
class OrderFeed;

struct PositionPace {
    /// From an answer to the next request.
    std::chrono::milliseconds poll{4000};
    /// The same after a fill.
    std::chrono::milliseconds afterFill{1000};
    /// The same while cancels have no end yet.
    std::chrono::milliseconds whileCanceling{10000};
};

/// Reads the account's positions while somebody looks at them, and keeps them in a PositionBook.
///
/// Never in the way of a cancel or its proof: while a cancel has no end yet it asks rarely, and not at all while
/// other calls wait. Answers that are none slow it down as they slow the feed.
class Positions : public QObject
{
    Q_OBJECT

public:
    /// `feed` has the orders that may belong to positions. Both must outlive this.
    Positions(CoinwClient &client, OrderFeed &feed, const PositionPace &pace, QObject *parent = nullptr);

    /// The user wants to know of positions at all; on at first. Off, nothing is asked and nothing is known.
    void setEnabled(bool enabled);
    bool isEnabled() const { return m_enabled; }
    /// Begins or ends to ask; off at first.
    void setWanted(bool wanted);
    /// A cancel has no end yet, or none is left without one.
    void setCanceling(bool canceling);
    /// A question opens: asks at once if what is known is older than the pace.
    void readSoon();
    /// Orders have filled or left the list, so a position may be another.
    void noteFills();
    void setInstruments(const InstrumentTable &instruments);
    void slept(std::chrono::milliseconds time);

    const PositionBook &book() const { return m_book; }
    /// What the book says of an open order, by what the lists have shown of it.
    PositionLoss lossOf(const Order &order, TimePoint now) const;
    /// Of open orders that can be canceled together. Lists of stops that were read within 30 s count as known.
    StopsLeft stopsLeft(const QList<Order> &leaving, TimePoint now) const;
    /// Why positions can't be told; nothing while they can, or were not asked for.
    const std::optional<ApiError> &problem() const { return m_problem; }

signals:
    /// book() tells other things than before, or what it tells has become old.
    void changed();

private:
    void plan(TimePoint now);
    void read();
    void take(const Result<PositionList> &result, TimePoint begunAt, TimePoint endedAt, const QList<Order> &listed);
    void watchAge();
    QList<Order> listedOrders() const;

    CoinwClient &m_client;
    OrderFeed &m_feed;
    const PositionPace m_pace;
    PositionBook m_book;
    std::optional<ApiError> m_problem;
    ReadSlowing m_slowing;
    QTimer m_timer;
    QTimer m_ageTimer;
    bool m_enabled = true;
    bool m_wanted = false;
    bool m_canceling = false;
    bool m_reading = false;
    /// A question waits for a look.
    bool m_urgent = false;
    bool m_filled = false;
    std::optional<TimePoint> m_endedAt;
};

} // namespace countermand
