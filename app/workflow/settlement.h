#pragma once

#include "domain/cancelrecord.h"
#include "domain/orderrecord.h"
#include "workflow/absenceproof.h"
#include "workflow/listlook.h"
#include "workflow/orderend.h"
#include "workflow/recordreading.h"

#include <QHash>
#include <QList>
#include <QSet>

#include <chrono>
#include <optional>

namespace countermand {

/// When one cancel is looked up again, as offsets from the end of its request.
struct SettlementSchedule {
    QList<std::chrono::milliseconds> acceptedRounds{std::chrono::milliseconds(0), std::chrono::milliseconds(1000),
                                                    std::chrono::milliseconds(2000), std::chrono::milliseconds(5000)};
    QList<std::chrono::milliseconds> doubtRounds{std::chrono::milliseconds(500),  std::chrono::milliseconds(1000),
                                                 std::chrono::milliseconds(2000), std::chrono::milliseconds(4000),
                                                 std::chrono::milliseconds(8000), std::chrono::milliseconds(16000),
                                                 std::chrono::milliseconds(30000)};
    /// A cancel is looked up this often after its last round, while there is hope.
    std::chrono::milliseconds afterRounds{5000};
    /// Two reads that list the order, begun at least this far apart, prove that it is still open.
    std::chrono::milliseconds listedTwiceApart{2000};
    std::chrono::milliseconds stillListedAfter{5000};
    std::chrono::milliseconds unconfirmedAfter{60000};
    /// After code 0 and absence: records may come late. Offsets from the moment the order was proven gone.
    QList<std::chrono::milliseconds> lateRounds{std::chrono::milliseconds(1000), std::chrono::milliseconds(2000),
                                                std::chrono::milliseconds(5000)};
    /// The cancel is one of many, whose reads are one plan: between the first and the last look only the history is
    /// read, which names all instruments in one answer, and the lists are looked at anew with the second of the late
    /// rounds, so that the last one is short.
    bool isOneOfMany = false;
    /// Reads that one cancel may ask for by itself.
    int mostReads = 40;
    /// A read that neither comes nor fails for so long is taken for a failed one.
    std::chrono::milliseconds readPatience{120000};
};

/// One moment on this computer's monotonic clock and on the exchange's.
struct ExchangeTime {
    TimePoint at;
    QDateTime utc;
    /// How far `utc` may be off either way.
    std::chrono::milliseconds error{1000};

    QDateTime of(TimePoint moment) const;
    /// The earliest whole second that a row of the exchange can name for something that happened at `moment` or
    /// later. Invalid for an invalid moment.
    QDateTime earliestSecond(const QDateTime &moment) const;
    /// The whole second of a moment that the exchange itself has named.
    static QDateTime wholeSecond(const QDateTime &moment);
};

/// When a cancel was sent, on the exchange's clock (UTC; invalid if unknown), and when its request had ended.
struct RequestTimes {
    QDateTime sentAt;
    TimePoint endedAt;
    ExchangeTime clock;
};

/// The reads that a cancel needs next.
struct WantedReads {
    QList<ListSource> lists;
    /// Records to be read for these bounds: the deals of the order's instrument, the history of all.
    std::optional<RecordBounds> deals;
    std::optional<RecordBounds> history;
    bool count = false;

    bool isEmpty() const { return lists.isEmpty() && !deals && !history && !count; }
};

/// Every list that could hold the order of a cancel: those its type can stand in and those that showed it; all of
/// them where the record does not tell which did.
QList<ListSource> listsToSearch(const CancelRecord &record);

class OrderBook;

/// Notes in the record which lists of the book show its order, when the newest of them did, and with how much filled.
void noteListings(CancelRecord &record, const OrderBook &book, const ExchangeTime &clock);

/// Finds out from the exchange's own lists and records how one cancel ended: a state machine fed with evidence.
///
/// Pure: it reads nothing itself and time is an argument. Only reads begun after the request ended count. "Canceled"
/// is said of an order that a record of its id calls so, or, after code 0, that is missing from every list that could
/// hold it; how much had filled only where something carries it.
class Settlement
{
public:
    /// `record` has its outcome (or, after a restart, its last stage). `lists` must all miss the order before it
    /// counts as gone.
    Settlement(const CancelRecord &record, const QList<ListSource> &lists, const RequestTimes &times,
               const SettlementSchedule &schedule);

    /// The reads to be begun now. Each is told once, and is answered by one of the calls below.
    WantedReads take(TimePoint now);
    /// When take() should be asked again although nothing was read; never, if the maximum.
    TimePoint nextMoment() const;

    /// A read of a list was taken in, wanted or not. `listedAs`: the order as this very answer listed it, or null.
    void listRead(const ListLook &look, const Order *listedAs, TimePoint now);
    void listFailed(const ListSource &source, const ReadFailure &failure, TimePoint now);
    void dealsRead(const QList<DealRecord> &rows, const RecordReach &reach);
    void historyRead(const QList<HistoryRecord> &rows, const RecordReach &reach, TimePoint now);
    void dealsFailed(const ReadFailure &failure);
    void historyFailed(const ReadFailure &failure, TimePoint now);
    /// The exchange's count of open orders, asked for at `begunAt` and wanted or not, is above the number of those
    /// listed.
    void countRead(TimePoint begunAt, bool exceedsList, TimePoint now);
    void countFailed(const ReadFailure &failure, TimePoint now);

    /// Looks once more at once; also after the last round, and with all reads anew.
    void checkNow(TimePoint now);

    bool isDone() const { return m_step == Step::Done; }
    const CancelRecord &record() const { return m_record; }

private:
    enum class Step { Wait, Lists, Deals, History, Count, Done };
    enum class Doubt { Accepted, AlreadyClosed, Unknown };
    enum class Reading { Not, Read, Failed, Refused };
    /// What one source of records said in this round.
    struct Records {
        Reading reading = Reading::Not;
        RecordReach reach;
        QString reason;
    };

    void noteListed(const Order &order, TimePoint begunAt, const ListSource &source);
    void beginRound(TimePoint now);
    void goOn(TimePoint now);
    void listsEnded(TimePoint now);
    void enter(Step step);
    void recordsEnded(TimePoint now);
    bool settleFromRecords(const OrderEnd &end);
    void decideByAbsence(const OrderEnd &end, TimePoint now);
    void settleByAbsence(const OrderEnd &end);
    void endRound(TimePoint now);
    void speakLastWord();
    void settle(CancelStage stage, SettledBy by);
    void settleCanceled(const OrderEnd &end, SettledBy by);
    void noteEvidence(const OrderEnd &end);
    void fail(const ReadFailure &failure);

    bool isLate() const { return m_provenAt && m_doubt == Doubt::Accepted; }
    bool lateIsOver() const;
    bool needsNewLook(TimePoint now) const;
    bool needsDeals() const;
    bool canGoOn() const;
    bool fillsOnlyAfterTriggering() const;
    std::optional<Decimal> filledInTheEnd(const OrderEnd &end) const;
    OrderEnd endSeen() const;
    RecordBounds bounds() const;

    CancelRecord m_record;
    RequestTimes m_times;
    SettlementSchedule m_schedule;
    Doubt m_doubt = Doubt::Unknown;
    /// The order as the newest look listed it.
    Order m_lastListed;
    AbsenceProof m_proof;

    Step m_step = Step::Wait;
    TimePoint m_nextRoundAt;
    TimePoint m_roundBegunAt;
    QSet<ListSource> m_askedLists;
    bool m_asked = false;
    TimePoint m_askedAt;
    bool m_again = false;
    int m_reads = 0;
    bool m_gotMore = false;
    int m_readsThisRound = 0;

    /// Lists that can't be read in this round, and those of them that are refused.
    QSet<ListSource> m_failedLists;
    QSet<ListSource> m_refusedLists;
    /// Since when all lists have missed the order; absent while one may have it.
    std::optional<TimePoint> m_provenAt;
    std::optional<TimePoint> m_firstListedAt;
    /// What the newest count said that was asked for after the order was missing from all lists; absent before.
    std::optional<bool> m_countExceeds;
    /// When a round last ended without trouble.
    TimePoint m_calmAt;
    QString m_trouble;
    Records m_deals;
    Records m_history;
    OrderRecords m_rows;
};

} // namespace countermand
