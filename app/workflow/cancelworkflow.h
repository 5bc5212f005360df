#pragma once

#include "domain/cancelrecord.h"
#include "domain/orderrecord.h"
#include "workflow/orderbook.h"
#include "workflow/settlement.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>

namespace countermand {

class CoinwClient;
class Journal;
class OrderFeed;
class OrdersModel;
struct CallTimes;

/// The question before a cancel: whose order, and the order as it was when the question was asked.
struct CancelRequest {
    Account account;
    Order order;
};

/// What to do when the journal can't take the write-ahead line.
enum class RecordPolicy { Required, CancelWithoutRecord };

/// One cancel as one straight line: prepare, submit, outcome, proof. Each change is in the journal before anyone is
/// told. Sends an order's DELETE once per submit() and never by itself.
class CancelWorkflow : public QObject
{
    Q_OBJECT

public:
    enum class Submitted { Queued, NotOpen, AlreadyBeingCanceled, OtherAccount, RecordFailed };

    CancelWorkflow(const Account &account, CoinwClient &client, OrderFeed &feed, Journal &journal,
                   const SettlementSchedule &schedule, QObject *parent = nullptr);
    ~CancelWorkflow() override;

    const Account &account() const { return m_account; }

    /// A frozen copy for the question; nothing if the order isn't listed or is being canceled already.
    std::optional<CancelRequest> prepare(const OrderId &id) const;

    /// Records and sends. With RecordFailed nothing was sent; journalProblem() says why.
    Submitted submit(const CancelRequest &request, RecordPolicy policy);
    /// Why the last line could not be written; empty while the journal takes every line.
    const QString &journalProblem() const { return m_journalProblem; }

    /// Takes back a cancel that has not left. False if it has.
    bool stop(const QString &cancelId);
    /// Takes back every cancel that has not left, as when quitting.
    void stopUnsent();
    /// Looks a doubtful cancel up at once.
    void checkNow(const QString &cancelId);
    /// Takes over cancels of an earlier run that have no settled end.
    void recover(const QList<CancelRecord> &unsettled);

    /// The latest record of a cancel; nothing for an unknown id.
    std::optional<CancelRecord> record(const QString &cancelId) const;
    /// Cancels without a result yet (not counting those that can't be told any more without the user).
    int openCount() const;
    /// Those of them that have not left.
    int unsentCount() const;
    /// Cancels of an earlier run still being looked up.
    int recoveringCount() const;

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
        TimePoint listsAskedAt = TimePoint::min();
        bool recovered = false;
        bool readingRecords = false;
    };

    Cancel *find(const QString &cancelId);
    bool writeDown(const CancelRecord &record);
    void tell(Cancel &cancel);
    void announce(const Cancel &cancel);
    void send(Cancel &cancel);
    void answered(const QString &cancelId, const Result<CancelAck> &result, const CallTimes &times);
    void startSettling(Cancel &cancel, TimePoint endedAt);
    void drive();
    void drive(Cancel &cancel, TimePoint now);
    void askForLists(Cancel &cancel, TimePoint now);
    void readRecords(Cancel &cancel, bool history);
    void takeOver(Cancel &cancel);

    const Account m_account;
    CoinwClient &m_client;
    OrderFeed &m_feed;
    Journal &m_journal;
    const SettlementSchedule m_schedule;
    /// Ordered by key so that the look-ups of many cancels keep a steady order.
    std::map<QString, Cancel> m_cancels;
    QString m_journalProblem;
    QTimer m_timer;
};

} // namespace countermand
