#pragma once

#include "domain/cancelrecord.h"
#include "domain/orderrecord.h"
#include "workflow/keptcancels.h"
#include "workflow/orderbook.h"
#include "workflow/recordlookup.h"
#include "workflow/refusedbatch.h"
#include "workflow/settlement.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>

namespace countermand {

class CoinwClient;
class Journal;
struct JournalProblem;
class OrderFeed;
class OpenOrders;
struct CallTimes;

/// The question before a cancel: whose order, and the order as it was when the question was asked.
struct CancelRequest {
    Account account;
    Order order;
};

/// What to do when the journal can't take the write-ahead line.
enum class RecordPolicy { Required, CancelWithoutRecord };

/// Each cancel as one straight line: prepare, submit, outcome, proof. Each change is in the journal before anyone is
/// told; changes of several cancels at once share one write.
///
/// Up to `mostSingles` orders of one submit() leave as a DELETE each, more as batches of 20 grouped by kind, the only
/// one of a kind by itself. A DELETE of an order leaves once per submit(), but for one case: when the exchange
/// refuses a batch as a whole, its orders that a list read after the refusal still has are asked for one by one.
///
/// The reads that prove the cancels of one submit() are one plan: they begin with its last answer (or when no answer
/// has come for a while, or many cancels wait), each list is read once, then the deals of each instrument, then the
/// history of all.
class CancelWorkflow : public QObject
{
    Q_OBJECT

public:
    enum class Submitted { Queued, NotOpen, AlreadyBeingCanceled, OtherAccount, RecordFailed };
    struct Submission {
        Submitted state = Submitted::NotOpen;
        /// The names of the cancels, in the order of the requests that were taken; empty but with Queued.
        QStringList cancelIds;
    };
    static constexpr int mostSingles = 8;

    CancelWorkflow(const Account &account, CoinwClient &client, OrderFeed &feed, Journal &journal,
                   const SettlementSchedule &schedule, QObject *parent = nullptr);
    ~CancelWorkflow() override;

    const Account &account() const { return m_account; }
    /// The account has another name and color; it stays the same one.
    void rename(const QString &name, int swatch);

    /// A frozen copy for the question; nothing if the order isn't listed or is being canceled already.
    std::optional<CancelRequest> prepare(const OrderId &id) const;

    /// Records and sends. With RecordFailed nothing was sent; journalProblem() says why.
    Submission submit(const CancelRequest &request, RecordPolicy policy);
    /// The same for several orders of one question. Those that can't be canceled any more are left out; not Queued
    /// only if none is left.
    Submission submit(const QList<CancelRequest> &requests, const QString &batchId, RecordPolicy policy);
    /// Why the last line could not be written (JournalProblem::reason); empty while the journal takes every line.
    const QString &journalProblem() const { return m_journalProblem; }

    /// Takes back a cancel that has not left. False if it has.
    bool stop(const QString &cancelId);
    /// Takes back every cancel that has not left, as when quitting.
    void stopUnsent();
    /// Looks a doubtful cancel up at once.
    void checkNow(const QString &cancelId);
    /// The exchange has begun anew, as only practice does: its ids may come again, and nothing that is read from now
    /// on contradicts what was told before.
    void exchangeStartedOver();
    /// Takes over cancels of an earlier run that have no settled end.
    void recover(const QList<CancelRecord> &unsettled);
    /// Looks up in the records how an order ended that is not being canceled. The handler runs once, later, unless
    /// `context` is destroyed first; without anything that could be read, with an end that knows nothing.
    void lookUpEnd(const Order &order, QObject *context, const std::function<void(const OrderEnd &)> &handler);

    /// Every cancel that has no settled end is looked up once more at once.
    void checkAllNow();

    /// The latest record of a cancel that has no settled end, or that was told as canceled a short while ago; nothing
    /// for any other: those are let go of when they are told, and the journal has them.
    std::optional<CancelRecord> record(const QString &cancelId) const;
    /// Cancels without a result yet (not counting those that can't be told any more without the user).
    int openCount() const;
    /// Those of them that have not left.
    int unsentCount() const;
    /// Cancels of an earlier run still being looked up.
    int recoveringCount() const;
    /// What the exchange's clock says now.
    ExchangeTime exchangeTime() const;

signals:
    /// A cancel's record changed; but for the moment of sending it is in the journal already.
    void changed(const countermand::CancelRecord &record);
    /// journalProblem() changed: a line could not be written, or again can.
    void journalProblemChanged();

private:
    struct Cancel {
        CancelRecord record;
        quint64 callId = 0;
        std::unique_ptr<Settlement> settlement;
        bool recovered = false;
        /// How many were asked for together.
        qsizetype together = 1;
        /// The record changed and is not in the journal yet.
        bool untold = false;
    };

    /// The calls of one question about several orders.
    struct Calls {
        int underWay = 0;
        TimePoint lastAnswerAt;
    };
    /// The reads that all cancels need next.
    struct Needs {
        QList<ListSource> lists;
        bool count = false;
        QList<std::pair<QString, RecordBounds>> deals;
    };

    Cancel *find(const QString &cancelId);
    bool writeAhead(const QList<CancelRecord> &records);
    void writeDown(const QList<CancelRecord> &records);
    void keepForLater(const CancelRecord &record);
    void noteProblem(const std::optional<JournalProblem> &problem);
    void tellAll();
    void announce(const CancelRecord &record);
    void letGo(const CancelRecord &record);
    void sent(quint64 callId);
    void waiting(quint64 callId, std::chrono::milliseconds about);
    void listRead(const ListLook &look);
    void listFailed(const ListSource &source, const ReadFailure &failure);
    void countRead(TimePoint begunAt, const std::optional<int> &count);
    void correct(const QList<CancelRecord> &records);
    void sendSingle(Cancel &cancel);
    void noteCall(quint64 callId, const QStringList &cancelIds);
    void noteAnswer(const QStringList &cancelIds, TimePoint endedAt);
    void sendBatches(const QStringList &cancelIds);
    void answered(quint64 callId, const Result<CancelAck> &result, const CallTimes &times);
    void takeAnswer(Cancel &cancel, const Result<CancelAck> &result, const CallTimes &times);
    void applyOutcome(Cancel &cancel, TimePoint endedAt);
    void startWaiting(const QStringList &cancelIds, TimePoint refusedAt);
    void follow(const QList<RefusedBatch::Decision> &decisions, TimePoint now);
    TimePoint driveRefused(TimePoint now);
    void startSettling(Cancel &cancel, TimePoint endedAt);
    void driveSoon();
    void drive();
    void drive(Cancel &cancel, TimePoint now, Needs &needs);
    TimePoint waitsForOthersUntil(const Cancel &cancel, TimePoint now) const;
    void addTo(Needs &needs, Cancel &cancel, const WantedReads &wanted, TimePoint now);
    void read(const Needs &needs);
    void readRecords(const Cancel &cancel, RecordLookup::Source source, const RecordBounds &bounds);
    void takeOver(Cancel &cancel);

    Account m_account;
    CoinwClient &m_client;
    OrderFeed &m_feed;
    Journal &m_journal;
    const SettlementSchedule m_schedule;
    /// Those without a settled end. Ordered by key so that the look-ups of many cancels keep a steady order.
    std::map<QString, Cancel> m_cancels;
    /// The cancels that a call under way or in the queue belongs to.
    QHash<quint64, QStringList> m_calls;
    /// By the name of the question; only while calls of it are under way or in the queue.
    QHash<QString, Calls> m_callsOf;
    /// Calls in the queue.
    QSet<quint64> m_unsent;
    /// Cancels whose deals are being read, and those that wait for the end of all that: then one reading of the
    /// history serves them.
    int m_readingDeals = 0;
    QList<std::pair<QString, RecordBounds>> m_historyNext;
    QList<RefusedBatch> m_refused;
    KeptCancels m_kept;
    RecordLookup m_lookup;
    QString m_journalProblem;
    /// Records as they stand, whose lines the disk has not taken.
    QList<CancelRecord> m_unwritten;
    QTimer m_rewrite;
    /// As the feed last told.
    bool m_keyRefused = false;
    QTimer m_timer;
};

} // namespace countermand
