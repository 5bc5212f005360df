#include "workflow/cancelbatch.h"

#include "workflow/openorders.h"
#include "workflow/orderfeed.h"
#include "workflow/settlement.h"

#include <QUuid>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace countermand {

namespace {

/// After so long without news of a batch the regular beat of reads goes on.
constexpr auto longestRest = 10s;

/// Answers that every other order of the account would get as well.
bool concernsAll(const CancelRecord &record)
{
    if (record.stage != CancelStage::Rejected || !record.outcome)
        return false;
    switch (record.outcome->refusal) {
    case Refusal::SignIn:
    case Refusal::Permission:
    case Refusal::Clock:
        return true;
    case Refusal::None:
    case Refusal::Other:
    case Refusal::NotPossibleHere:
    case Refusal::RateLimit:
        break;
    }
    return false;
}

} // namespace

void addTo(BatchTally &tally, CancelStage stage)
{
    ++tally.asked;
    switch (factsOf(stage).countsAs) {
    case CancelCount::Waiting:
        ++tally.waiting;
        break;
    case CancelCount::Canceled:
        ++tally.canceled;
        break;
    case CancelCount::Gone:
        ++tally.gone;
        break;
    case CancelCount::Failed:
        ++tally.failed;
        break;
    case CancelCount::NotSent:
        ++tally.notSent;
        break;
    case CancelCount::Unknown:
        ++tally.unknown;
        break;
    }
}

CancelBatch::CancelBatch(CancelWorkflow &cancels, OrderFeed &feed, const QSet<OrderId> &known, QObject *parent)
    : QObject(parent),
      m_cancels(cancels),
      m_feed(feed),
      m_known(known),
      m_id(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
    connect(&m_cancels, &CancelWorkflow::changed, this, &CancelBatch::take);
    connect(&m_feed, &OrderFeed::listRead, this, [this](const ListLook &look) {
        noteRead(look.source, look.begunAt, look.extent != ListExtent::Partial);
    });
    connect(&m_feed, &OrderFeed::listFailed, this,
            [this](const ListSource &source) { noteRead(source, std::chrono::steady_clock::now(), false); });
    connect(&m_feed.orders(), &OpenOrders::changed, this, &CancelBatch::recountFailed);
    connect(&m_feed, &OrderFeed::countRead, this,
            [this](TimePoint begunAt, std::optional<int> count) { noteCount(begunAt, count); });
}

CancelWorkflow::Submitted CancelBatch::start(const QList<CancelRequest> &requests, RecordPolicy policy)
{
    const ExchangeTime clock = m_cancels.exchangeTime();
    m_begunAt = clock.earliestSecond(clock.utc);
    const auto submission = m_cancels.submit(requests, m_id, policy);
    if (submission.state != CancelWorkflow::Submitted::Queued)
        return submission.state;
    for (const QString &cancelId : submission.cancelIds) {
        if (const auto record = m_cancels.record(cancelId))
            add(*record);
    }
    m_state = State::Running;
    recount();
    return submission.state;
}

void CancelBatch::follow(const QList<CancelRecord> &records)
{
    for (const CancelRecord &record : records) {
        add(record);
        addTo(m_tally, record.stage);
    }
    // Not compared at once, even if nothing more was to be learned last time: all of them are looked up anew.
    m_state = State::Running;
}

std::optional<TimePoint> CancelBatch::lastLeavesAt() const
{
    std::optional<TimePoint> last;
    for (const CancelRecord &record : m_records) {
        const auto leaves = m_leavesAt.constFind(record.cancelId);
        if (record.stage == CancelStage::Waiting && leaves != m_leavesAt.cend() && (!last || *last < *leaves))
            last = *leaves;
    }
    return last;
}

QList<OrderId> CancelBatch::failedOrders() const
{
    QList<OrderId> ids;
    for (const CancelRecord &record : m_records) {
        if (factsOf(record.stage).countsAs == CancelCount::Failed && m_cancels.prepare(record.order.id))
            ids.append(record.order.id);
    }
    return ids;
}

bool CancelBatch::isEachRefused() const
{
    return std::all_of(m_records.cbegin(), m_records.cend(), [](const CancelRecord &record) {
        return factsOf(record.stage).countsAs != CancelCount::Failed ||
               (record.stage == CancelStage::Rejected && record.outcome && record.outcome->code);
    });
}

void CancelBatch::stopRemaining()
{
    if (m_state != State::Running)
        return;
    QStringList waiting;
    for (const CancelRecord &record : std::as_const(m_records)) {
        if (record.stage == CancelStage::Waiting)
            waiting.append(record.cancelId);
    }
    m_stopped = m_stopped || !waiting.isEmpty();
    for (const QString &cancelId : std::as_const(waiting))
        m_cancels.stop(cancelId);
}

void CancelBatch::add(const CancelRecord &record)
{
    m_rows.insert(record.cancelId, int(m_records.size()));
    m_records.append(record);
}

void CancelBatch::take(const CancelRecord &record)
{
    const auto row = m_rows.constFind(record.cancelId);
    if (row == m_rows.cend())
        return;
    m_records[*row] = record;
    if (record.stage == CancelStage::Waiting && record.waitEstimate.count() > 0)
        m_leavesAt.insert(record.cancelId, std::chrono::steady_clock::now() + record.waitEstimate);
    const bool stops = concernsAll(record) && m_state == State::Running;
    recount();
    if (stops)
        stopRemaining();
}

void CancelBatch::recount()
{
    m_tally = {};
    bool allHaveResults = true;
    bool allAnswered = true;
    for (const CancelRecord &record : std::as_const(m_records)) {
        addTo(m_tally, record.stage);
        allHaveResults = allHaveResults && factsOf(record.stage).hasResult;
        allAnswered = allAnswered && record.stage != CancelStage::Waiting && record.stage != CancelStage::Sending;
    }
    if (m_state == State::Running) {
        if (std::exchange(m_isAnswered, allAnswered) != allAnswered && allAnswered)
            lookAtAll();
        keepResting();
        if (allHaveResults)
            compare();
    }
    emit changed();
}

void CancelBatch::lookAtAll()
{
    m_answeredAt = std::chrono::steady_clock::now();
    m_toRead = m_feed.sources();
    m_failed.clear();
    m_readFailed = false;
    m_countRead = false;
    m_feed.readAllOnce();
}

void CancelBatch::keepResting()
{
    // Whether a connection can be made is found out by the regular beat.
    const bool isCalm = m_tally.notSent == 0 && m_tally.unknown == 0;
    m_feed.restUntil(isCalm ? std::chrono::steady_clock::now() + longestRest : TimePoint());
}

void CancelBatch::compare()
{
    m_state = State::Comparing;
    if (!m_feed.status().reading) {
        m_toRead.clear();
        m_readFailed = true;
        m_countRead = true;
    } else {
        if (!m_failed.isEmpty())
            m_feed.readSoon(std::exchange(m_failed, {}));
        if (m_countRead && !m_end.openCount) {
            m_countRead = false;
            m_feed.countSoon();
        }
    }
    finishIfCompared();
}

void CancelBatch::noteRead(const ListSource &source, TimePoint begunAt, bool good)
{
    if (!m_isAnswered || m_state == State::Finished || begunAt < m_answeredAt || !m_toRead.contains(source))
        return;
    // A kind that the exchange never lists has its own banner and is nothing new.
    const bool done = good || m_feed.status().refusedKinds.contains(int(source.kind));
    if (!done && m_state == State::Running) {
        if (!m_failed.contains(source))
            m_failed.append(source);
        return;
    }
    m_readFailed = m_readFailed || !done;
    m_toRead.removeAll(source);
    m_failed.removeAll(source);
    finishIfCompared();
}

void CancelBatch::noteCount(TimePoint begunAt, const std::optional<int> &count)
{
    if (!m_isAnswered || m_state == State::Finished || begunAt < m_answeredAt)
        return;
    m_countRead = true;
    m_end.openCount = count;
    m_end.listedCount = m_feed.listedCount();
    finishIfCompared();
}

void CancelBatch::finishIfCompared()
{
    if (m_state != State::Comparing || !m_toRead.isEmpty() || !m_countRead)
        return;
    m_state = State::Finished;
    m_feed.restUntil({});
    m_end.listRead = !m_readFailed;
    QSet<OrderId> asked;
    for (const CancelRecord &record : std::as_const(m_records))
        asked.insert(record.order.id);
    for (const auto &[id, row] : m_feed.orders().rows()) {
        const QDateTime &placed = row.order.placedAt;
        if (!m_known.contains(id) && !asked.contains(id) && placed.isValid() && placed >= m_begunAt)
            m_end.newOrders.append(id);
    }
    m_failedTold = failedOrders().size();
    emit changed();
}

void CancelBatch::recountFailed()
{
    if (m_state != State::Finished)
        return;
    const qsizetype failed = failedOrders().size();
    if (std::exchange(m_failedTold, failed) != failed)
        emit changed();
}

} // namespace countermand
