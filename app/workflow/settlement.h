#pragma once

#include "domain/cancelrecord.h"
#include "domain/orderrecord.h"
#include "workflow/orderbook.h"
#include "workflow/orderend.h"

#include <QHash>
#include <QList>
#include <QSet>

#include <chrono>
#include <optional>

namespace countermand {

/// When one cancel is looked up again, as offsets from the end of its request (ux-design §5.1, §5.3).
struct SettlementSchedule {
    QList<std::chrono::milliseconds> acceptedRounds{std::chrono::milliseconds(0), std::chrono::milliseconds(1000),
                                                    std::chrono::milliseconds(2000), std::chrono::milliseconds(5000)};
    QList<std::chrono::milliseconds> doubtRounds{std::chrono::milliseconds(500),  std::chrono::milliseconds(1000),
                                                 std::chrono::milliseconds(2000), std::chrono::milliseconds(4000),
                                                 std::chrono::milliseconds(8000), std::chrono::milliseconds(16000),
                                                 std::chrono::milliseconds(30000)};
    /// An accepted cancel is looked up this often after its last round, until it is settled.
    std::chrono::milliseconds afterRounds{5000};
    /// Two reads that list the order, begun at least this far apart, prove that it is still open.
    std::chrono::milliseconds listedTwiceApart{2000};
    std::chrono::milliseconds stillListedAfter{5000};
    std::chrono::milliseconds unconfirmedAfter{60000};
};

/// Finds out from the exchange's own lists and records how one cancel ended: a state machine fed with what was read.
///
/// Pure: it reads nothing itself and time is an argument. Only reads begun after the request ended count. It never
/// says "canceled" without the order's absence from a list (after code 0) or a record of it.
class Settlement
{
public:
    enum class Step { Wait, ReadLists, ReadDeals, ReadHistory, Done };

    /// `record` has its outcome (or, after a restart, its last stage). `lists` must all miss the order before it
    /// counts as gone. `sentAt` is the sending moment on the exchange's clock (UTC); invalid if unknown.
    Settlement(const CancelRecord &record, const QList<ListSource> &lists, const QDateTime &sentAt, TimePoint endedAt,
               const SettlementSchedule &schedule);

    /// What to do now. ReadLists, ReadDeals and ReadHistory are answered by the calls below.
    Step step(TimePoint now);
    /// When step() should be asked again while it says Wait.
    TimePoint nextRoundAt() const { return m_nextRoundAt; }
    TimePoint roundBegunAt() const { return m_roundBegunAt; }
    /// The lists this round still has to read.
    QList<ListSource> listsToRead() const;

    void listRead(const ListSource &source, TimePoint begunAt, bool listed, TimePoint now);
    void listFailed(const ListSource &source, const QString &reason, TimePoint now);
    void dealsRead(const QList<DealRecord> &records, TimePoint now);
    void historyRead(const QList<HistoryRecord> &records, TimePoint now);
    void recordsFailed(const QString &reason, TimePoint now);

    /// Looks once more at once; also after the last round.
    void checkNow(TimePoint now);

    const CancelRecord &record() const { return m_record; }

private:
    enum class Doubt { Accepted, AlreadyClosed, Unknown };
    struct Look {
        TimePoint begunAt;
        bool listed = false;
    };

    void endRound(TimePoint now);
    bool absentEverywhere() const;
    void noteFailure(const QString &reason, TimePoint now);
    void settle(CancelStage stage, SettledBy by);
    bool settleFromRecords(SettledBy by);

    CancelRecord m_record;
    QList<ListSource> m_lists;
    QDateTime m_sentAt;
    TimePoint m_endedAt;
    SettlementSchedule m_schedule;
    Doubt m_doubt = Doubt::Unknown;

    Step m_step = Step::Wait;
    TimePoint m_nextRoundAt;
    TimePoint m_roundBegunAt;
    QHash<ListSource, Look> m_looks;
    QSet<ListSource> m_failedThisRound;
    bool m_recordsFailed = false;
    std::optional<TimePoint> m_firstListedAt;
    TimePoint m_lastGoodAt;
    OrderRecords m_found;
};

} // namespace countermand
