#include "workflow/cancelworkflow.h"

#include "exchange/coinwclient.h"
#include "local/journal.h"
#include "workflow/orderfeed.h"
#include "workflow/ordersmodel.h"
#include "workflow/recordlookup.h"

#include <QSet>
#include <QUuid>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace countermand {

namespace {

TimePoint clockNow()
{
    return std::chrono::steady_clock::now();
}

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
      m_lookup(std::make_unique<RecordLookup>(client))
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] { drive(); });
    connect(&m_client, &CoinwClient::cancelSent, this, &CancelWorkflow::sent);
    connect(&m_client, &CoinwClient::cancelWaiting, this, &CancelWorkflow::waiting);
    connect(&m_feed, &OrderFeed::listRead, this, &CancelWorkflow::listRead);
    connect(&m_feed, &OrderFeed::listFailed, this, &CancelWorkflow::listFailed);
}

CancelWorkflow::~CancelWorkflow() = default;

void CancelWorkflow::sent(quint64 callId)
{
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

void CancelWorkflow::listRead(const ListSource &source, TimePoint begunAt)
{
    const TimePoint now = clockNow();
    const OrderBook &book = m_feed.book();
    const auto isListed = [&](const OrderId &order) { return book.sourcesOf(order).contains(source); };
    for (auto &[cancelId, cancel] : m_cancels) {
        if (cancel.settlement)
            cancel.settlement->listRead(source, begunAt, isListed(cancel.record.order.id), now);
    }
    for (RefusedBatch &batch : m_refused)
        follow(batch.listRead(source, begunAt, isListed), now);
    drive();
}

void CancelWorkflow::listFailed(const ListSource &source, const QString &reason)
{
    for (auto &[cancelId, cancel] : m_cancels) {
        if (cancel.settlement)
            cancel.settlement->listFailed(source, reason, clockNow());
    }
    drive();
}

std::optional<CancelRequest> CancelWorkflow::prepare(const OrderId &id) const
{
    const Order *order = m_feed.model().find(id);
    const auto stage = m_feed.model().stageOf(id);
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
        if (!m_feed.model().find(request.order.id) || taken.contains(request.order.id))
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
        taken.insert(record.order.id);
        records.append(record);
    }
    if (records.isEmpty())
        return {refused, {}};
    if (!writeDown(records) && policy == RecordPolicy::Required)
        return {Submitted::RecordFailed, {}};

    QStringList ids;
    for (const CancelRecord &record : std::as_const(records)) {
        ids.append(record.cancelId);
        m_cancels[record.cancelId].record = record;
        m_feed.model().setStage(record.order.id, record.stage);
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
    cancel.callId = m_client.cancelOrder(cancel.record.order.id, this,
                                         [this](quint64 callId, const Result<CancelAck> &result,
                                                const CallTimes &times) { answered(callId, result, times); });
    m_calls.insert(cancel.callId, {cancel.record.cancelId});
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
        QList<OrderId> orders;
        for (const QString &cancelId : ids)
            orders.append(find(cancelId)->record.order.id);
        const quint64 called = m_client.cancelOrders(
            orders, kind, this, [this](quint64 callId, const Result<CancelAck> &result, const CallTimes &times) {
                answered(callId, result, times);
            });
        for (const QString &cancelId : ids)
            find(cancelId)->callId = called;
        m_calls.insert(called, ids);
    }
}

void CancelWorkflow::answered(quint64 callId, const Result<CancelAck> &result, const CallTimes &times)
{
    const QStringList ids = m_calls.take(callId);
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
        batch.add(cancelId, cancel.record.order.id, listsFor(cancel));
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

QList<ListSource> CancelWorkflow::listsFor(const Cancel &cancel) const
{
    auto lists = listsOf(cancel.record.order);
    const auto known = m_feed.book().sourcesOf(cancel.record.order.id);
    for (const ListSource &source : known) {
        if (!lists.contains(source))
            lists.append(source);
    }
    return lists;
}

void CancelWorkflow::startSettling(Cancel &cancel, TimePoint endedAt)
{
    QDateTime sentAt = cancel.record.sentAt;
    if (sentAt.isValid())
        sentAt = sentAt.addMSecs(m_client.clockOffset().value_or(0ms).count());
    cancel.settlement = std::make_unique<Settlement>(cancel.record, listsFor(cancel), sentAt, endedAt, m_schedule);
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
    for (auto &[cancelId, cancel] : m_cancels) {
        if (!cancel.settlement)
            continue;
        drive(cancel, now);
        if (cancel.settlement)
            next = std::min(next, cancel.settlement->nextRoundAt());
    }
    tellAll();
    if (next == TimePoint::max()) {
        m_timer.stop();
        return;
    }
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(next - clockNow());
    if (wait > 0ms)
        m_timer.start(std::min<std::chrono::milliseconds>(wait, 60s));
}

void CancelWorkflow::drive(Cancel &cancel, TimePoint now)
{
    switch (cancel.settlement->step(now)) {
    case Settlement::Step::ReadLists:
        if (cancel.listsAskedAt < cancel.settlement->roundBegunAt()) {
            cancel.listsAskedAt = now;
            askForLists(cancel, now);
        }
        break;
    case Settlement::Step::ReadDeals:
        readRecords(cancel, false);
        break;
    case Settlement::Step::ReadHistory:
        readRecords(cancel, true);
        break;
    case Settlement::Step::Wait:
    case Settlement::Step::Done:
        break;
    }
    takeOver(cancel);
}

void CancelWorkflow::askForLists(Cancel &cancel, TimePoint now)
{
    const auto lists = cancel.settlement->listsToRead();
    if (m_feed.status().reading) {
        m_feed.readSoon(lists);
        return;
    }
    for (const ListSource &source : lists)
        cancel.settlement->listFailed(source, tr("reading has stopped"), now);
}

void CancelWorkflow::readRecords(Cancel &cancel, bool history)
{
    if (cancel.readingRecords)
        return;
    cancel.readingRecords = true;
    const auto handler = [this, history, cancelId = cancel.record.cancelId](const Result<OrderRecords> &result) {
        Cancel *asked = find(cancelId);
        if (!asked || !asked->settlement)
            return;
        asked->readingRecords = false;
        if (!result)
            asked->settlement->recordsFailed(reasonText(result.error()), clockNow());
        else if (history)
            asked->settlement->historyRead(result->history, clockNow());
        else
            asked->settlement->dealsRead(result->deals, clockNow());
        driveSoon();
    };
    const auto source = history ? RecordLookup::Source::History : RecordLookup::Source::Deals;
    m_lookup->lookUp(source, cancel.record.order.instrument, cancel.record.order.id, handler);
}

void CancelWorkflow::takeOver(Cancel &cancel)
{
    const CancelRecord &found = cancel.settlement->record();
    if (found.stage == cancel.record.stage && found.reason == cancel.record.reason)
        return;
    const auto sentAt = cancel.record.sentAt;
    cancel.record = found;
    cancel.record.sentAt = sentAt;
    cancel.untold = true;
    if (isFinal(cancel.record.stage)) {
        cancel.record.settledAt = QDateTime::currentDateTimeUtc();
        cancel.settlement.reset();
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
    Cancel *cancel = find(cancelId);
    if (!cancel || !cancel->settlement)
        return;
    cancel->settlement->checkNow(clockNow());
    drive();
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

bool CancelWorkflow::writeDown(const QList<CancelRecord> &records)
{
    const auto problem = m_journal.append(records);
    const QString text = problem ? problem->text : QString();
    if (text != m_journalProblem) {
        m_journalProblem = text;
        emit journalProblemChanged();
    }
    return !problem;
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

void CancelWorkflow::letGo(const CancelRecord &record)
{
    m_cancels.erase(record.cancelId);
    if (factsOf(record.stage).countsAs == CancelCount::Canceled)
        m_kept.keep(record, clockNow());
}

void CancelWorkflow::announce(const CancelRecord &record)
{
    m_feed.model().setStage(record.order.id, record.stage);
    emit changed(record);
}

} // namespace countermand
