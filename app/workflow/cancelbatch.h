#pragma once

#include "domain/cancelrecord.h"
#include "workflow/cancelworkflow.h"
#include "workflow/orderbook.h"

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace countermand {

class OrderFeed;

/// How the cancels of one question stand. The counts below `asked` add up to it.
struct BatchTally {
    int asked = 0;
    /// Canceled, also after a part fill.
    int canceled = 0;
    /// Filled, or canceled before we sent.
    int gone = 0;
    /// Refused by the exchange, or found to be still open, also after code 0.
    int failed = 0;
    /// Stopped, waited too long, or no connection: the exchange never got them.
    int notSent = 0;
    /// In doubt: nothing proves how the order ended, or whether it did.
    int unknown = 0;
    /// Not sent yet, under way, or accepted and not proved yet.
    int waiting = 0;

    friend bool operator==(const BatchTally &, const BatchTally &) = default;
};

/// Adds one cancel to the count its stage belongs to, and to `asked`.
void addTo(BatchTally &tally, CancelStage stage);

/// What the look at all lists found that followed the last answer.
struct BatchEnd {
    /// Every list was read once more after the last answer; false if a read failed.
    bool listRead = false;
    /// The exchange's own count of open orders after that, and ours then; the first absent if it could not be read.
    std::optional<int> openCount;
    int listedCount = 0;
    /// Listed now, neither asked for nor listed when the question was opened, and placed after the batch began: the
    /// exchange may have left out older ones so far.
    QList<OrderId> newOrders;
};

/// The cancels of one question about several orders, from the first DELETE to the comparison with the exchange's own
/// count. A refused key or a missing permission stops what has not left.
///
/// Once all calls are answered every list and the count are read once, beside what the cancels need for their proofs;
/// the feed's regular beat rests meanwhile, as long as nothing is in doubt.
class CancelBatch : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Idle,
        Running,   ///< some cancel has no result yet
        Comparing, ///< all have; what could not be read after the last answer is read again
        Finished,
    };

    /// `known`: the orders listed when the question was opened. `cancels` and `feed` must outlive the batch.
    CancelBatch(CancelWorkflow &cancels, OrderFeed &feed, const QSet<OrderId> &known, QObject *parent = nullptr);

    /// Records and sends. Other than Queued: nothing was sent, and start() may be called once more.
    CancelWorkflow::Submitted start(const QList<CancelRequest> &requests, RecordPolicy policy);
    /// Follows cancels of an earlier run that are being looked up already.
    void follow(const QList<CancelRecord> &records);

    /// A UUID; also CancelRecord::batchId of those that start() sent.
    const QString &id() const { return m_id; }
    State state() const { return m_state; }
    /// The user stopped it.
    bool isStopped() const { return m_stopped; }
    /// In the order of the question.
    const QList<CancelRecord> &records() const { return m_records; }
    bool contains(const QString &cancelId) const { return m_rows.contains(cancelId); }
    const BatchTally &tally() const { return m_tally; }
    /// When the last cancel is expected to leave; absent if none waits or nothing is known.
    std::optional<TimePoint> lastLeavesAt() const;
    /// Orders of failed cancels that are still listed: the end offers to ask for them again.
    QList<OrderId> failedOrders() const;
    /// Each of those was refused with a code: they are "refused", else only "still open".
    bool isEachRefused() const;
    /// Meaningful when Finished.
    const BatchEnd &end() const { return m_end; }

    /// Takes back what has not left.
    void stopRemaining();

signals:
    /// A record, a count or the state changed.
    void changed();

private:
    void take(const CancelRecord &record);
    void add(const CancelRecord &record);
    void recount();
    void lookAtAll();
    void keepResting();
    void compare();
    void noteRead(const ListSource &source, TimePoint begunAt, bool good);
    void noteCount(TimePoint begunAt, const std::optional<int> &count);
    void finishIfCompared();
    void recountFailed();

    CancelWorkflow &m_cancels;
    OrderFeed &m_feed;
    const QSet<OrderId> m_known;
    const QString m_id;
    State m_state = State::Idle;
    bool m_stopped = false;
    QList<CancelRecord> m_records;
    QHash<QString, int> m_rows;
    QHash<QString, TimePoint> m_leavesAt;
    BatchTally m_tally;
    BatchEnd m_end;
    /// When it began, as the exchange counts time, in whole seconds.
    QDateTime m_begunAt;

    /// All calls have been answered, since when; reads begun before don't count.
    bool m_isAnswered = false;
    TimePoint m_answeredAt;
    /// failedOrders() as told last, once finished.
    qsizetype m_failedTold = 0;
    QList<ListSource> m_toRead;
    /// Those of them that could not be read.
    QList<ListSource> m_failed;
    bool m_countRead = false;
    bool m_readFailed = false;
};

} // namespace countermand
