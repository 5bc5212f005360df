#include "workflow/cancelbatch.h"

#include "workflow/openorders.h"
#include "workflow/orderfeed.h"

#include <QUuid>

#include <algorithm>
#include <utility>

namespace countermand {

namespace {

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
    connect(&m_feed, &OrderFeed::countRead, this, [this](TimePoint begunAt, std::optional<int> count) {
        if (m_state != State::Comparing || begunAt < m_comparingSince)
            return;
        m_countRead = true;
        m_end.openCount = count;
        finishIfCompared();
    });
}

CancelWorkflow::Submitted CancelBatch::start(const QList<CancelRequest> &requests, RecordPolicy policy)
{
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

QList<OrderId> CancelBatch::refusedOrders() const
{
    QList<OrderId> ids;
    for (const CancelRecord &record : m_records) {
        if (record.stage == CancelStage::Rejected && m_cancels.prepare(record.order.id))
            ids.append(record.order.id);
    }
    return ids;
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
    for (const CancelRecord &record : std::as_const(m_records)) {
        addTo(m_tally, record.stage);
        allHaveResults = allHaveResults && factsOf(record.stage).hasResult;
    }
    if (m_state == State::Running && allHaveResults)
        compare();
    emit changed();
}

void CancelBatch::compare()
{
    m_state = State::Comparing;
    m_comparingSince = std::chrono::steady_clock::now();
    m_toRead = m_feed.sources();
    if (!m_feed.status().reading) {
        m_toRead.clear();
        m_readFailed = true;
        m_countRead = true;
        finishIfCompared();
        return;
    }
    m_feed.readSoon(m_toRead);
    m_feed.countSoon();
}

void CancelBatch::noteRead(const ListSource &source, TimePoint begunAt, bool good)
{
    if (m_state != State::Comparing || begunAt < m_comparingSince || !m_toRead.contains(source))
        return;
    // A kind that the exchange never lists has its own banner and is nothing new.
    m_readFailed = m_readFailed || (!good && !m_feed.status().refusedKinds.contains(int(source.kind)));
    m_toRead.removeAll(source);
    finishIfCompared();
}

void CancelBatch::finishIfCompared()
{
    if (!m_toRead.isEmpty() || !m_countRead)
        return;
    m_state = State::Finished;
    m_end.listRead = !m_readFailed;
    m_end.listedCount = m_feed.orders().listedCount();
    QSet<OrderId> asked;
    for (const CancelRecord &record : std::as_const(m_records))
        asked.insert(record.order.id);
    for (const auto &[id, row] : m_feed.orders().rows()) {
        if (!m_known.contains(id) && !asked.contains(id))
            m_end.newOrders.append(id);
    }
    emit changed();
}

} // namespace countermand
