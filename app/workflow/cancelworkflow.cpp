#include "workflow/cancelworkflow.h"

#include "exchange/coinwclient.h"
#include "local/journal.h"
#include "workflow/orderfeed.h"
#include "workflow/ordersmodel.h"

#include <QUuid>

#include <algorithm>

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

} // namespace

CancelWorkflow::CancelWorkflow(const Account &account, CoinwClient &client, OrderFeed &feed, Journal &journal,
                               const SettlementSchedule &schedule, QObject *parent)
    : QObject(parent), m_account(account), m_client(client), m_feed(feed), m_journal(journal), m_schedule(schedule)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, [this] { drive(); });

    connect(&m_client, &CoinwClient::cancelSent, this, [this](CoinwClient::CallId id) {
        for (auto &[cancelId, cancel] : m_cancels) {
            if (cancel.callId == id && cancel.record.stage == CancelStage::Waiting) {
                cancel.record.stage = CancelStage::Sending;
                cancel.record.sentAt = QDateTime::currentDateTimeUtc();
                // No line of its own: the write-ahead line means "may have left" already, and waiting for the disk
                // now would hold up the request's body, which is read on this thread.
                announce(cancel);
            }
        }
    });
    connect(&m_client, &CoinwClient::cancelWaiting, this,
            [this](CoinwClient::CallId id, std::chrono::milliseconds about) {
                for (auto &[cancelId, cancel] : m_cancels) {
                    if (cancel.callId == id && cancel.record.stage == CancelStage::Waiting) {
                        cancel.record.waitEstimate = about;
                        emit changed(cancel.record);
                    }
                }
            });
    connect(&m_feed, &OrderFeed::listRead, this, [this](const ListSource &source, TimePoint begunAt) {
        const OrderBook &book = m_feed.book();
        for (auto &[cancelId, cancel] : m_cancels) {
            if (!cancel.settlement)
                continue;
            const bool listed = book.sourcesOf(cancel.record.order.id).contains(source);
            cancel.settlement->listRead(source, begunAt, listed, clockNow());
        }
        drive();
    });
    connect(&m_feed, &OrderFeed::listFailed, this, [this](const ListSource &source, const QString &reason) {
        for (auto &[cancelId, cancel] : m_cancels) {
            if (cancel.settlement)
                cancel.settlement->listFailed(source, reason, clockNow());
        }
        drive();
    });
}

CancelWorkflow::~CancelWorkflow() = default;

std::optional<CancelRequest> CancelWorkflow::prepare(const OrderId &id) const
{
    const Order *order = m_feed.model().find(id);
    const auto stage = m_feed.model().stageOf(id);
    if (!order || (stage && blocksAnotherCancel(*stage)))
        return {};
    return CancelRequest{m_account, *order};
}

CancelWorkflow::Submitted CancelWorkflow::submit(const CancelRequest &request, RecordPolicy policy)
{
    if (request.account != m_account)
        return Submitted::OtherAccount;
    if (!m_feed.model().find(request.order.id))
        return Submitted::NotOpen;
    if (!prepare(request.order.id))
        return Submitted::AlreadyBeingCanceled;

    Cancel cancel;
    cancel.record.cancelId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    cancel.record.account = request.account;
    cancel.record.order = request.order;
    cancel.record.recordedAt = QDateTime::currentDateTimeUtc();
    if (!writeDown(cancel.record) && policy == RecordPolicy::Required)
        return Submitted::RecordFailed;

    const QString id = cancel.record.cancelId;
    Cancel &kept = m_cancels.emplace(id, std::move(cancel)).first->second;
    m_feed.model().setStage(kept.record.order.id, kept.record.stage);
    send(kept);
    return Submitted::Queued;
}

void CancelWorkflow::send(Cancel &cancel)
{
    const QString cancelId = cancel.record.cancelId;
    cancel.callId = m_client.cancelOrder(cancel.record.order.id, this,
                                         [this, cancelId](const Result<CancelAck> &result, const CallTimes &times) {
                                             answered(cancelId, result, times);
                                         });
}

void CancelWorkflow::answered(const QString &cancelId, const Result<CancelAck> &result, const CallTimes &times)
{
    Cancel *cancel = find(cancelId);
    if (!cancel)
        return;
    CancelRecord &record = cancel->record;
    record.outcome = outcomeOf(result, record.order);
    record.stage = stageAfter(*record.outcome);
    record.waitEstimate = 0ms;
    if (times.sentAt)
        record.sentAt = utcOf(*times.sentAt);
    record.answeredAt = utcOf(times.endedAt);
    if (isFinal(record.stage)) {
        record.settledAt = QDateTime::currentDateTimeUtc();
        record.settledBy = record.stage == CancelStage::NotSent ? SettledBy::Nothing : SettledBy::Answer;
    } else {
        startSettling(*cancel, times.endedAt);
    }
    tell(*cancel);
    drive();
}

void CancelWorkflow::startSettling(Cancel &cancel, TimePoint endedAt)
{
    auto lists = listsOf(cancel.record.order);
    for (const ListSource &source : m_feed.book().sourcesOf(cancel.record.order.id)) {
        if (!lists.contains(source))
            lists.append(source);
    }
    QDateTime sentAt = cancel.record.sentAt;
    if (sentAt.isValid())
        sentAt = sentAt.addMSecs(m_client.clockOffset().value_or(0ms).count());
    cancel.settlement = std::make_unique<Settlement>(cancel.record, lists, sentAt, endedAt, m_schedule);
    cancel.record.stage = cancel.settlement->record().stage;
}

void CancelWorkflow::drive()
{
    const TimePoint now = clockNow();
    TimePoint next = TimePoint::max();
    for (auto &[cancelId, cancel] : m_cancels) {
        if (!cancel.settlement)
            continue;
        drive(cancel, now);
        if (cancel.settlement)
            next = std::min(next, cancel.settlement->nextRoundAt());
    }
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
    const auto handler = [this, history, cancelId = cancel.record.cancelId](const Result<QList<OrderRecord>> &result,
                                                                            const CallTimes &) {
        Cancel *asked = find(cancelId);
        if (!asked || !asked->settlement)
            return;
        asked->readingRecords = false;
        if (!result)
            asked->settlement->recordsFailed(reasonText(result.error()), clockNow());
        else if (history)
            asked->settlement->historyRead(*result, clockNow());
        else
            asked->settlement->dealsRead(*result, clockNow());
        drive();
    };
    if (history)
        m_client.readHistory(cancel.record.order.instrument, this, handler);
    else
        m_client.readDeals(cancel.record.order.instrument, this, handler);
}

void CancelWorkflow::takeOver(Cancel &cancel)
{
    const CancelRecord &found = cancel.settlement->record();
    if (found.stage == cancel.record.stage && found.reason == cancel.record.reason)
        return;
    const auto sentAt = cancel.record.sentAt;
    cancel.record = found;
    cancel.record.sentAt = sentAt;
    if (isFinal(cancel.record.stage)) {
        cancel.record.settledAt = QDateTime::currentDateTimeUtc();
        cancel.settlement.reset();
        m_feed.countSoon();
    }
    tell(cancel);
}

bool CancelWorkflow::stop(const QString &cancelId)
{
    const Cancel *cancel = find(cancelId);
    return cancel && cancel->record.stage == CancelStage::Waiting && m_client.withdraw(cancel->callId);
}

void CancelWorkflow::stopUnsent()
{
    for (const auto &[cancelId, cancel] : m_cancels)
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
        tell(kept);
    }
    drive();
}

std::optional<CancelRecord> CancelWorkflow::record(const QString &cancelId) const
{
    const auto at = m_cancels.find(cancelId);
    return at == m_cancels.end() ? std::nullopt : std::optional(at->second.record);
}

int CancelWorkflow::openCount() const
{
    return int(std::count_if(m_cancels.cbegin(), m_cancels.cend(), [](const auto &entry) {
        const CancelStage stage = entry.second.record.stage;
        return !isFinal(stage) && stage != CancelStage::UnknownUnresolved && stage != CancelStage::GoneNoRecord;
    }));
}

int CancelWorkflow::unsentCount() const
{
    return int(std::count_if(m_cancels.cbegin(), m_cancels.cend(),
                             [](const auto &entry) { return entry.second.record.stage == CancelStage::Waiting; }));
}

int CancelWorkflow::recoveringCount() const
{
    return int(std::count_if(m_cancels.cbegin(), m_cancels.cend(), [](const auto &entry) {
        return entry.second.recovered && !isFinal(entry.second.record.stage) &&
               entry.second.record.stage != CancelStage::UnknownUnresolved &&
               entry.second.record.stage != CancelStage::GoneNoRecord;
    }));
}

CancelWorkflow::Cancel *CancelWorkflow::find(const QString &cancelId)
{
    const auto at = m_cancels.find(cancelId);
    return at == m_cancels.end() ? nullptr : &at->second;
}

bool CancelWorkflow::writeDown(const CancelRecord &record)
{
    const auto problem = m_journal.append(record);
    const QString text = problem ? problem->text : QString();
    if (text != m_journalProblem) {
        m_journalProblem = text;
        emit journalProblemChanged();
    }
    return !problem;
}

void CancelWorkflow::tell(Cancel &cancel)
{
    // Recorded before anyone is told; a journal that fails now is told as such, the outcome all the same.
    writeDown(cancel.record);
    announce(cancel);
}

void CancelWorkflow::announce(const Cancel &cancel)
{
    m_feed.model().setStage(cancel.record.order.id, cancel.record.stage);
    emit changed(cancel.record);
}

} // namespace countermand
