#include "workflow/cancelworkflow.h"

#include "domain/log.h"
#include "exchange/coinwclient.h"
#include "local/journal.h"
#include "workflow/listlook.h"
#include "workflow/openorders.h"
#include "workflow/orderfeed.h"

#include <QPointer>
#include <QSet>
#include <QUuid>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace countermand {

namespace {

/// UTC moment of a point on the monotonic clock.
QDateTime utcOf(TimePoint at)
{
    const auto ago = std::chrono::duration_cast<std::chrono::milliseconds>(clockNow() - at);
    return QDateTime::currentDateTimeUtc().addMSecs(-ago.count());
}

CancelStage stageAfter(const CancelOutcome &outcome)
{
    switch (outcome.kind) {
    case CancelOutcomeKind::Accepted:
        return CancelStage::Accepted;
    case CancelOutcomeKind::AlreadyClosed:
        return CancelStage::GoneLookingUp;
    case CancelOutcomeKind::Rejected:
        return CancelStage::Rejected;
    case CancelOutcomeKind::NotSent:
        return CancelStage::NotSent;
    case CancelOutcomeKind::Unknown:
        return CancelStage::UnknownChecking;
    }
    return CancelStage::UnknownChecking;
}

/// How long the cancels of one question wait for the others' answers while none comes.
constexpr auto patienceForOthers = 3s;
/// From a line that the disk didn't take to the next attempt.
constexpr auto rewriteInterval = 2s;

/// A batch that was turned down for a reason of its orders', of which the answer names none.
bool isRefusalOfAll(const CancelOutcome &outcome)
{
    return outcome.kind == CancelOutcomeKind::AlreadyClosed ||
           (outcome.kind == CancelOutcomeKind::Rejected &&
            (outcome.refusal == Refusal::Other || outcome.refusal == Refusal::NotPossibleHere));
}

} // namespace

CancelWorkflow::CancelWorkflow(const Account &account, CoinwClient &client, OrderFeed &feed, Journal &journal,
                               const SettlementSchedule &schedule, QObject *parent)
    : QObject(parent),
      m_account(account),
      m_client(client),
      m_feed(feed),
      m_journal(journal),
      m_schedule(schedule),
      m_lookup(client)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] { drive(); });
    m_rewrite.setSingleShot(true);
    connect(&m_rewrite, &QTimer::timeout, this, [this] {
        if (m_unwritten.isEmpty())
            noteProblem({});
        writeDown({});
    });
    connect(&m_client, &CoinwClient::cancelSent, this, &CancelWorkflow::sent);
    connect(&m_client, &CoinwClient::cancelWaiting, this, &CancelWorkflow::waiting);
    connect(&m_feed, &OrderFeed::listRead, this, &CancelWorkflow::listRead);
    connect(&m_feed, &OrderFeed::listFailed, this, &CancelWorkflow::listFailed);
    connect(&m_feed, &OrderFeed::countRead, this, &CancelWorkflow::countRead);
    connect(&m_feed, &OrderFeed::statusChanged, this, [this] {
        const bool refused = m_feed.status().keyRefused.has_value();
        if (std::exchange(m_keyRefused, refused) && !refused)
            checkAllNow();
    });
    connect(&m_lookup, &RecordLookup::dealsRead, this, [this](const QList<DealRecord> &rows) {
        correct(m_kept.dealsRead(rows, clockNow(), QDateTime::currentDateTimeUtc()));
    });
    connect(&m_lookup, &RecordLookup::historyRead, this, [this](const QList<HistoryRecord> &rows) {
        correct(m_kept.historyRead(rows, clockNow(), QDateTime::currentDateTimeUtc()));
    });
}

CancelWorkflow::~CancelWorkflow()
{
    if (!m_unwritten.isEmpty())
        (void)m_journal.append(m_unwritten);
}

void CancelWorkflow::sent(quint64 callId)
{
    m_unsent.remove(callId);
    const QStringList ids = m_calls.value(callId);
    for (const QString &cancelId : ids) {
        Cancel *cancel = find(cancelId);
        if (!cancel || cancel->record.stage != CancelStage::Waiting)
            continue;
        cancel->record.stage = CancelStage::Sending;
        cancel->record.sentAt = QDateTime::currentDateTimeUtc();
        // No line of its own: the write-ahead line means "may have left" already, and waiting for the disk now would
        // hold up the request's body, which is read on this thread.
        announce(cancel->record);
    }
}

void CancelWorkflow::waiting(quint64 callId, std::chrono::milliseconds about)
{
    const QStringList ids = m_calls.value(callId);
    for (const QString &cancelId : ids) {
        Cancel *cancel = find(cancelId);
        if (!cancel || cancel->record.stage != CancelStage::Waiting)
            continue;
        cancel->record.waitEstimate = about;
        emit changed(cancel->record);
    }
}

void CancelWorkflow::listRead(const ListLook &look)
{
    const TimePoint now = clockNow();
    const OrderBook &book = m_feed.book();
    const auto listedAs = [&](const OrderId &order) { return book.listedIn(look.source, order); };
    for (auto &[cancelId, cancel] : m_cancels) {
        if (cancel.settlement)
            cancel.settlement->listRead(look, listedAs(cancel.record.order.id), now);
    }
    // A list that is not whole tells of no order that it is gone.
    if (look.extent != ListExtent::Partial) {
        for (RefusedBatch &batch : m_refused) {
            const auto isListed = [&](const OrderId &order) { return listedAs(order) != nullptr; };
            follow(batch.listRead(look.source, look.begunAt, isListed), now);
        }
    }
    correct(m_kept.listRead(look, listedAs, now, QDateTime::currentDateTimeUtc()));
    drive();
}

void CancelWorkflow::listFailed(const ListSource &source, const ReadFailure &failure)
{
    for (auto &[cancelId, cancel] : m_cancels) {
        if (cancel.settlement)
            cancel.settlement->listFailed(source, failure, clockNow());
    }
    // Later: this may be told while the feed is being asked.
    driveSoon();
}

void CancelWorkflow::countRead(TimePoint begunAt, const std::optional<int> &count)
{
    const ReadFailure failure{tr("CoinW's count of open orders can't be read"), false};
    for (auto &[cancelId, cancel] : m_cancels) {
        if (!cancel.settlement)
            continue;
        if (count)
            cancel.settlement->countRead(begunAt, *count > m_feed.listedCount(), clockNow());
        else
            cancel.settlement->countFailed(failure, clockNow());
    }
    driveSoon();
}

/// Cancels that were told as canceled, and are now told otherwise.
void CancelWorkflow::correct(const QList<CancelRecord> &records)
{
    if (records.isEmpty())
        return;
    writeDown(records);
    for (const CancelRecord &record : records)
        announce(record);
}

void CancelWorkflow::rename(const QString &name, int swatch)
{
    m_account.name = name;
    m_account.swatch = swatch;
}

std::optional<CancelRequest> CancelWorkflow::prepare(const OrderId &id) const
{
    const Order *order = m_feed.orders().find(id);
    const auto stage = m_feed.orders().stageOf(id);
    if (!order || (stage && blocksAnotherCancel(*stage)))
        return {};
    return CancelRequest{m_account, *order};
}

CancelWorkflow::Submission CancelWorkflow::submit(const CancelRequest &request, RecordPolicy policy)
{
    return submit({request}, {}, policy);
}

CancelWorkflow::Submission CancelWorkflow::submit(const QList<CancelRequest> &requests, const QString &batchId,
                                                  RecordPolicy policy)
{
    auto refused = Submitted::NotOpen;
    QList<CancelRecord> records;
    QSet<OrderId> taken;
    for (const CancelRequest &request : requests) {
        if (request.account != m_account)
            return {Submitted::OtherAccount, {}};
        if (!m_feed.orders().find(request.order.id) || taken.contains(request.order.id))
            continue;
        if (!prepare(request.order.id)) {
            refused = Submitted::AlreadyBeingCanceled;
            continue;
        }
        CancelRecord record;
        record.cancelId = QUuid::createUuid().toString(QUuid::WithoutBraces);
        record.batchId = batchId;
        record.account = request.account;
        record.order = request.order;
        record.recordedAt = QDateTime::currentDateTimeUtc();
        noteListings(record, m_feed.book(), exchangeTime());
        taken.insert(record.order.id);
        records.append(record);
    }
    if (records.isEmpty())
        return {refused, {}};
    if (policy == RecordPolicy::Required) {
        if (!writeAhead(records))
            return {Submitted::RecordFailed, {}};
    } else {
        writeDown(records);
    }

    QStringList ids;
    for (const CancelRecord &record : std::as_const(records)) {
        ids.append(record.cancelId);
        Cancel &cancel = m_cancels[record.cancelId];
        cancel.record = record;
        cancel.together = records.size();
        m_feed.orders().setStage(record.order.id, record.stage);
    }
    if (ids.size() > mostSingles) {
        sendBatches(ids);
    } else {
        for (const QString &id : std::as_const(ids))
            sendSingle(*find(id));
    }
    for (const CancelRecord &record : std::as_const(records))
        emit changed(record);
    return {Submitted::Queued, ids};
}

void CancelWorkflow::sendSingle(Cancel &cancel)
{
    const auto handler = [this](quint64 callId, const Result<CancelAck> &result, const CallTimes &times) {
        answered(callId, result, times);
    };
    const auto crowd = cancel.together > mostSingles ? CoinwClient::Crowd::OneOfMany : CoinwClient::Crowd::Alone;
    cancel.callId = m_client.cancelOrder(cancel.record.order.id, this, handler, crowd);
    noteCall(cancel.callId, {cancel.record.cancelId});
}

void CancelWorkflow::noteCall(quint64 callId, const QStringList &cancelIds)
{
    m_calls.insert(callId, cancelIds);
    m_unsent.insert(callId);
    const Cancel &first = *find(cancelIds.constFirst());
    if (first.together > 1)
        ++m_callsOf[first.record.batchId].underWay;
}

void CancelWorkflow::noteAnswer(const QStringList &cancelIds, TimePoint endedAt)
{
    const Cancel *first = cancelIds.isEmpty() ? nullptr : find(cancelIds.constFirst());
    if (!first || first->together == 1)
        return;
    Calls &calls = m_callsOf[first->record.batchId];
    calls.lastAnswerAt = endedAt;
    if (--calls.underWay == 0)
        m_callsOf.remove(first->record.batchId);
}

void CancelWorkflow::sendBatches(const QStringList &cancelIds)
{
    QList<std::pair<ListKind, QStringList>> batches;
    for (const QString &cancelId : cancelIds) {
        const ListKind kind = listsOf(find(cancelId)->record.order).constFirst().kind;
        const auto open = std::find_if(batches.begin(), batches.end(), [kind](const auto &batch) {
            return batch.first == kind && batch.second.size() < CoinwClient::mostOrdersPerBatch;
        });
        if (open == batches.end())
            batches.append({kind, {cancelId}});
        else
            open->second.append(cancelId);
    }
    for (const auto &[kind, ids] : std::as_const(batches)) {
        if (ids.size() == 1) {
            sendSingle(*find(ids.constFirst()));
            continue;
        }
        QList<OrderId> orders;
        for (const QString &cancelId : ids)
            orders.append(find(cancelId)->record.order.id);
        const quint64 called = m_client.cancelOrders(
            orders, kind, this, [this](quint64 callId, const Result<CancelAck> &result, const CallTimes &times) {
                answered(callId, result, times);
            });
        for (const QString &cancelId : ids)
            find(cancelId)->callId = called;
        noteCall(called, ids);
    }
}

void CancelWorkflow::answered(quint64 callId, const Result<CancelAck> &result, const CallTimes &times)
{
    const QStringList ids = m_calls.take(callId);
    m_unsent.remove(callId);
    noteAnswer(ids, times.endedAt);
    QStringList refused;
    for (const QString &cancelId : ids) {
        Cancel *cancel = find(cancelId);
        if (!cancel)
            continue;
        takeAnswer(*cancel, result, times);
        if (ids.size() > 1 && isRefusalOfAll(*cancel->record.outcome))
            refused.append(cancelId);
        else
            applyOutcome(*cancel, times.endedAt);
    }
    if (!refused.isEmpty())
        startWaiting(refused, times.endedAt);
    tellAll();
    drive();
}

void CancelWorkflow::takeAnswer(Cancel &cancel, const Result<CancelAck> &result, const CallTimes &times)
{
    CancelRecord &record = cancel.record;
    record.outcome = outcomeOf(result, record.order);
    record.waitEstimate = 0ms;
    if (times.sentAt)
        record.sentAt = utcOf(*times.sentAt);
    record.answeredAt = utcOf(times.endedAt);
    cancel.callId = 0;
    cancel.untold = true;
}

void CancelWorkflow::applyOutcome(Cancel &cancel, TimePoint endedAt)
{
    CancelRecord &record = cancel.record;
    record.stage = stageAfter(*record.outcome);
    if (isFinal(record.stage)) {
        record.settledAt = QDateTime::currentDateTimeUtc();
        record.settledBy = record.stage == CancelStage::NotSent ? SettledBy::Nothing : SettledBy::Answer;
    } else {
        startSettling(cancel, endedAt);
    }
}

void CancelWorkflow::startWaiting(const QStringList &cancelIds, TimePoint refusedAt)
{
    RefusedBatch batch(refusedAt);
    for (const QString &cancelId : cancelIds) {
        Cancel &cancel = *find(cancelId);
        cancel.record.stage = CancelStage::Waiting;
        noteListings(cancel.record, m_feed.book(), exchangeTime());
        batch.add(cancelId, cancel.record.order.id, listsToSearch(cancel.record));
    }
    m_refused.append(batch);
}

void CancelWorkflow::follow(const QList<RefusedBatch::Decision> &decisions, TimePoint now)
{
    for (const auto &[cancelId, verdict] : decisions) {
        Cancel &cancel = *find(cancelId);
        cancel.untold = true;
        switch (verdict) {
        case RefusedBatch::Verdict::StillOpen:
            cancel.record.outcome.reset();
            sendSingle(cancel);
            continue;
        case RefusedBatch::Verdict::Gone:
            cancel.record.outcome->kind = CancelOutcomeKind::AlreadyClosed;
            cancel.record.stage = CancelStage::GoneLookingUp;
            break;
        case RefusedBatch::Verdict::Unknown:
            cancel.record.outcome->kind = CancelOutcomeKind::Unknown;
            cancel.record.outcome->cause = ApiError::Cause::Refused;
            cancel.record.stage = CancelStage::UnknownChecking;
            break;
        }
        cancel.record.outcome->refusal = Refusal::None;
        startSettling(cancel, now);
    }
}

/// When the refused batches are to be looked at again; never if there are none.
TimePoint CancelWorkflow::driveRefused(TimePoint now)
{
    for (RefusedBatch &batch : m_refused) {
        follow(batch.giveUp(now), now);
        if (batch.isEmpty() || !m_feed.status().reading)
            continue;
        if (const auto lists = batch.listsToAsk(now); !lists.isEmpty())
            m_feed.readSoon(lists);
    }
    m_refused.removeIf([](const RefusedBatch &batch) { return batch.isEmpty(); });
    return m_refused.isEmpty() ? TimePoint::max() : now + RefusedBatch::pause;
}

ExchangeTime CancelWorkflow::exchangeTime() const
{
    // The exchange's answers name whole seconds; before the first of them only the usual limit is known.
    constexpr auto known = 1s;
    constexpr auto unknown = 5s;
    const auto offset = m_client.clockOffset();
    return {clockNow(), QDateTime::currentDateTimeUtc().addMSecs(offset.value_or(0ms).count()),
            offset ? known : unknown};
}

void CancelWorkflow::startSettling(Cancel &cancel, TimePoint endedAt)
{
    noteListings(cancel.record, m_feed.book(), exchangeTime());
    QDateTime sentAt = cancel.record.sentAt;
    if (sentAt.isValid())
        sentAt = sentAt.addMSecs(m_client.clockOffset().value_or(0ms).count());
    SettlementSchedule schedule = m_schedule;
    schedule.isOneOfMany = cancel.together > mostSingles;
    cancel.settlement = std::make_unique<Settlement>(cancel.record, listsToSearch(cancel.record),
                                                     RequestTimes{sentAt, endedAt, exchangeTime()}, schedule);
    cancel.record.stage = cancel.settlement->record().stage;
}

void CancelWorkflow::driveSoon()
{
    m_timer.start(0ms);
}

void CancelWorkflow::drive()
{
    const TimePoint now = clockNow();
    m_kept.letGo(now);
    TimePoint next = driveRefused(now);
    Needs needs;
    for (auto &[cancelId, cancel] : m_cancels) {
        if (!cancel.settlement)
            continue;
        if (const TimePoint until = waitsForOthersUntil(cancel, now); until > now) {
            next = std::min(next, until);
            continue;
        }
        drive(cancel, now, needs);
        if (cancel.settlement)
            next = std::min(next, cancel.settlement->nextMoment());
    }
    read(needs);
    tellAll();
    if (next == TimePoint::max()) {
        m_timer.stop();
        return;
    }
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(next - clockNow());
    // A moment that has passed meanwhile is due at once: without it nothing would go on.
    m_timer.start(std::clamp<std::chrono::milliseconds>(wait, 0ms, 60s));
}

/// Until when the looks at a cancel wait so that they serve the others of its question as well; `now` if they don't.
TimePoint CancelWorkflow::waitsForOthersUntil(const Cancel &cancel, TimePoint now) const
{
    const auto calls = cancel.together > 1 ? m_callsOf.constFind(cancel.record.batchId) : m_callsOf.cend();
    // What is over is proven while a long queue goes on.
    if (calls == m_callsOf.cend() || m_unsent.size() > longCancelQueue)
        return now;
    return std::max(now, calls->lastAnswerAt + patienceForOthers);
}

void CancelWorkflow::drive(Cancel &cancel, TimePoint now, Needs &needs)
{
    for (WantedReads wanted = cancel.settlement->take(now); !wanted.isEmpty(); wanted = cancel.settlement->take(now))
        addTo(needs, cancel, wanted, now);
    takeOver(cancel);
}

void CancelWorkflow::addTo(Needs &needs, Cancel &cancel, const WantedReads &wanted, TimePoint now)
{
    if (m_feed.status().reading) {
        for (const ListSource &source : wanted.lists) {
            if (!needs.lists.contains(source))
                needs.lists.append(source);
        }
        needs.count = needs.count || wanted.count;
    } else {
        const ReadFailure stopped{tr("reading has stopped"), false};
        for (const ListSource &source : wanted.lists)
            cancel.settlement->listFailed(source, stopped, now);
        if (wanted.count)
            cancel.settlement->countFailed(stopped, now);
    }
    if (wanted.deals)
        needs.deals.append({cancel.record.cancelId, *wanted.deals});
    if (wanted.history)
        m_historyNext.append({cancel.record.cancelId, *wanted.history});
}

void CancelWorkflow::read(const Needs &needs)
{
    if (!needs.lists.isEmpty())
        m_feed.readSoon(needs.lists);
    if (needs.count)
        m_feed.countSoon();
    for (const auto &[cancelId, bounds] : needs.deals)
        readRecords(*find(cancelId), RecordLookup::Source::Deals, bounds);
    if (m_readingDeals > 0)
        return;
    const auto askers = std::exchange(m_historyNext, {});
    for (const auto &[cancelId, bounds] : askers) {
        if (const Cancel *cancel = find(cancelId))
            readRecords(*cancel, RecordLookup::Source::History, bounds);
    }
}

void CancelWorkflow::readRecords(const Cancel &cancel, RecordLookup::Source source, const RecordBounds &bounds)
{
    const bool history = source == RecordLookup::Source::History;
    m_readingDeals += history ? 0 : 1;
    const auto handler = [this, history, cancelId = cancel.record.cancelId](const Result<RecordsFound> &result) {
        m_readingDeals -= history ? 0 : 1;
        // Whoever waits for the last of the deals goes on, whatever became of this cancel.
        driveSoon();
        Cancel *asked = find(cancelId);
        if (!asked || !asked->settlement)
            return;
        Settlement &settlement = *asked->settlement;
        if (!result) {
            const ApiError &error = result.error();
            const ReadFailure failure{reasonText(error), error.kind == ApiError::Kind::Rejected};
            if (history)
                settlement.historyFailed(failure, clockNow());
            else
                settlement.dealsFailed(failure);
        } else if (history) {
            settlement.historyRead(result->rows.history, result->reach, clockNow());
        } else {
            settlement.dealsRead(result->rows.deals, result->reach);
        }
    };
    m_lookup.lookUp(source, cancel.record.order.instrument, bounds, handler);
}

void CancelWorkflow::lookUpEnd(const Order &order, QObject *context,
                               const std::function<void(const OrderEnd &)> &handler)
{
    const ExchangeTime clock = exchangeTime();
    const auto listedAt = m_feed.book().lastListedAt(order.id);
    const RecordBounds bounds{order.id, listedAt ? clock.earliestSecond(clock.of(*listedAt)) : QDateTime(),
                              ExchangeTime::wholeSecond(order.placedAt)};
    const QPointer<QObject> asker(context);
    const auto withDeals = [this, order, bounds, asker, handler](const Result<RecordsFound> &deals) {
        const auto rows = deals ? deals->rows.deals : QList<DealRecord>();
        m_lookup.lookUp(RecordLookup::Source::History, {}, bounds,
                        [order, rows, asker, handler](const Result<RecordsFound> &history) {
                            const auto past = history ? history->rows.history : QList<HistoryRecord>();
                            if (asker)
                                handler(endOf(order, {rows, past}));
                        });
    };
    m_lookup.lookUp(RecordLookup::Source::Deals, order.instrument, bounds, withDeals);
}

void CancelWorkflow::takeOver(Cancel &cancel)
{
    const CancelRecord &found = cancel.settlement->record();
    if (found.stage == cancel.record.stage && found.reason == cancel.record.reason &&
        found.recordsBackTo == cancel.record.recordsBackTo)
        return;
    cancel.record = found;
    cancel.untold = true;
    if (isFinal(cancel.record.stage)) {
        cancel.record.settledAt = QDateTime::currentDateTimeUtc();
        cancel.settlement.reset();
        // Those of a question about several orders are counted once, at its end.
        if (cancel.together == 1)
            m_feed.countSoon();
    }
}

bool CancelWorkflow::stop(const QString &cancelId)
{
    Cancel *cancel = find(cancelId);
    if (!cancel || cancel->record.stage != CancelStage::Waiting)
        return false;
    const auto refused = std::find_if(m_refused.begin(), m_refused.end(),
                                      [&cancelId](const RefusedBatch &batch) { return batch.contains(cancelId); });
    if (refused != m_refused.end()) {
        // Nothing more is sent, and the lists and records tell how the order fared.
        follow({refused->stop(cancelId)}, clockNow());
        tellAll();
        drive();
        return true;
    }
    return m_client.withdraw(cancel->callId);
}

void CancelWorkflow::stopUnsent()
{
    QStringList waiting;
    for (const auto &[cancelId, cancel] : m_cancels) {
        if (cancel.record.stage == CancelStage::Waiting)
            waiting.append(cancelId);
    }
    for (const QString &cancelId : std::as_const(waiting))
        stop(cancelId);
}

void CancelWorkflow::checkNow(const QString &cancelId)
{
    if (const CancelRecord *kept = m_kept.find(cancelId); kept && kept->stage == CancelStage::CanceledFillUnknown) {
        // Gone for sure, but not how much had filled: the question is asked anew.
        Cancel again;
        again.record = *kept;
        again.record.stage = again.record.outcome ? stageAfter(*again.record.outcome) : CancelStage::UnknownChecking;
        again.record.settledBy = SettledBy::Nothing;
        again.untold = true;
        m_kept.drop(cancelId);
        startSettling(m_cancels.emplace(cancelId, std::move(again)).first->second, clockNow());
        tellAll();
        drive();
        return;
    }
    Cancel *cancel = find(cancelId);
    if (!cancel || !cancel->settlement)
        return;
    cancel->settlement->checkNow(clockNow());
    // The user asks: so is whether the key is still refused.
    if (m_keyRefused)
        m_feed.refresh();
    drive();
}

/// What could not be read is looked up again, after the last word too.
void CancelWorkflow::checkAllNow()
{
    for (auto &[cancelId, cancel] : m_cancels) {
        if (cancel.settlement)
            cancel.settlement->checkNow(clockNow());
    }
    driveSoon();
}

void CancelWorkflow::recover(const QList<CancelRecord> &unsettled)
{
    for (const CancelRecord &record : unsettled) {
        if (isFinal(record.stage) || m_cancels.contains(record.cancelId))
            continue;
        Cancel cancel;
        cancel.record = record;
        cancel.recovered = true;
        if (!cancel.record.outcome) {
            // The program ended between the write-ahead line and the answer: the request may have left.
            CancelOutcome outcome;
            outcome.kind = CancelOutcomeKind::Unknown;
            outcome.cause = ApiError::Cause::ConnectionLost;
            cancel.record.outcome = outcome;
        }
        Cancel &kept = m_cancels.emplace(record.cancelId, std::move(cancel)).first->second;
        startSettling(kept, clockNow());
        kept.untold = true;
    }
    tellAll();
    drive();
}

std::optional<CancelRecord> CancelWorkflow::record(const QString &cancelId) const
{
    if (const auto at = m_cancels.find(cancelId); at != m_cancels.end())
        return at->second.record;
    const CancelRecord *kept = m_kept.find(cancelId);
    return kept ? std::optional(*kept) : std::nullopt;
}

int CancelWorkflow::openCount() const
{
    return int(std::count_if(m_cancels.cbegin(), m_cancels.cend(),
                             [](const auto &entry) { return isUnderWay(entry.second.record.stage); }));
}

int CancelWorkflow::unsentCount() const
{
    return int(std::count_if(m_cancels.cbegin(), m_cancels.cend(),
                             [](const auto &entry) { return entry.second.record.stage == CancelStage::Waiting; }));
}

int CancelWorkflow::recoveringCount() const
{
    return int(std::count_if(m_cancels.cbegin(), m_cancels.cend(), [](const auto &entry) {
        return entry.second.recovered && isUnderWay(entry.second.record.stage);
    }));
}

CancelWorkflow::Cancel *CancelWorkflow::find(const QString &cancelId)
{
    const auto at = m_cancels.find(cancelId);
    return at == m_cancels.end() ? nullptr : &at->second;
}

/// The lines without which nothing leaves: if they can't be written, there are none.
bool CancelWorkflow::writeAhead(const QList<CancelRecord> &records)
{
    const auto problem = m_journal.append(m_unwritten + records);
    if (!problem) {
        m_unwritten.clear();
    } else if (problem->mayHoldLines) {
        for (CancelRecord record : records) {
            record.stage = CancelStage::NotSent;
            keepForLater(record);
        }
    }
    noteProblem(problem);
    return !problem;
}

/// What can't be written now is written as soon as the disk takes it.
void CancelWorkflow::writeDown(const QList<CancelRecord> &records)
{
    for (const CancelRecord &record : records)
        keepForLater(record);
    if (m_unwritten.isEmpty())
        return;
    const auto problem = m_journal.append(m_unwritten);
    if (!problem)
        m_unwritten.clear();
    noteProblem(problem);
}

void CancelWorkflow::keepForLater(const CancelRecord &record)
{
    m_unwritten.removeIf([&record](const CancelRecord &other) { return other.cancelId == record.cancelId; });
    m_unwritten.append(record);
}

void CancelWorkflow::noteProblem(const std::optional<JournalProblem> &problem)
{
    if (!m_unwritten.isEmpty())
        m_rewrite.start(rewriteInterval);
    const QString text = problem ? problem->reason : QString();
    if (text == m_journalProblem)
        return;
    m_journalProblem = text;
    emit journalProblemChanged();
}

void CancelWorkflow::tellAll()
{
    QList<CancelRecord> records;
    for (auto &[cancelId, cancel] : m_cancels) {
        if (std::exchange(cancel.untold, false))
            records.append(cancel.record);
    }
    if (records.isEmpty())
        return;
    // Recorded before anyone is told; a journal that fails now is told as such, the outcome all the same.
    writeDown(records);
    for (const CancelRecord &record : std::as_const(records)) {
        if (isFinal(record.stage))
            letGo(record);
        announce(record);
    }
}

void CancelWorkflow::exchangeStartedOver()
{
    m_kept.clear();
    m_feed.orders().forgetFailures();
}

void CancelWorkflow::letGo(const CancelRecord &record)
{
    m_cancels.erase(record.cancelId);
    if (KeptCancels::isKept(record.stage))
        m_kept.keep(record, clockNow());
}

void CancelWorkflow::announce(const CancelRecord &record)
{
    qCDebug(cancelLog) << record.cancelId << "of order" << record.order.id.text() << factsOf(record.stage).word;
    OpenOrders &orders = m_feed.orders();
    if (record.outcome && record.outcome->refusal == Refusal::NotPossibleHere)
        orders.setRefusedHere(record.order.id, true);
    else if (record.outcome && record.outcome->kind == CancelOutcomeKind::Accepted)
        orders.setRefusedHere(record.order.id, false);
    orders.setStage(record.order.id, record.stage);
    emit changed(record);
}

} // namespace countermand
