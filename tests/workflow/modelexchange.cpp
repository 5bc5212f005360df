#include "tests/workflow/modelexchange.h"

#include "domain/qtversions.h"

#include <QHash>

#include <algorithm>
#include <type_traits>
#include <utility>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr qint64 second = 1000;
constexpr qint64 hour = 3600 * second;
constexpr qint64 day = 24 * hour;
/// The exchange keeps deals for three days and the history for seven.
constexpr qint64 dealsKept = 3 * day;
constexpr qint64 historyKept = 7 * day;
/// Rows a reader asks for.
constexpr int asked = 50;

QDateTime secondOf(qint64 at)
{
    return modelUtc(at - ((at % second) + second) % second);
}

QString wordOf(ModelExchange::Kind kind)
{
    switch (kind) {
    case ModelExchange::Kind::Limit:
        return u"plan"_s;
    case ModelExchange::Kind::Market:
        return u"execute"_s;
    case ModelExchange::Kind::Conditional:
        return u"planTrigger"_s;
    case ModelExchange::Kind::Trailing:
        return u"moveStopProfitLoss"_s;
    case ModelExchange::Kind::Protective:
        break;
    }
    return u"stopProfitLoss"_s;
}

} // namespace

quint64 Dice::next()
{
    m_state += 0x9e3779b97f4a7c15ULL;
    quint64 mixed = m_state;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
    return mixed ^ (mixed >> 31);
}

QDateTime modelUtc(qint64 at)
{
    static const QDateTime zero(QDate(2026, 3, 4), QTime(12, 0, 0), inUtc);
    return zero.addMSecs(at);
}

ModelExchange::ModelExchange(quint64 seed, int mostEvents) : m_dice(seed), m_mostEvents(mostEvents)
{
    m_habits.rowsSayFilled = m_dice.chance(70);
    m_habits.dealsCreatedWithOrder = m_dice.chance(50);
    m_habits.sorting = Sorting(m_dice.chance(85) ? m_dice.below(2) : 2);
    m_habits.pageSize = m_dice.chance(50) ? asked : m_dice.between(2, 12);
    // A few rows fall by chance; no reader can tell that they are not sorted.
    if (m_habits.sorting == Sorting::ByNothing)
        m_habits.pageSize = std::max(m_habits.pageSize, 12);
    m_habits.totals = m_dice.below(4);
    m_habits.partWord = HistoryRecord::Kind(m_dice.below(3));
    m_habits.historyShowsOpen = m_dice.chance(30);
    m_habits.historySaysQuantities = m_dice.chance(85);
    m_habits.executeRepeatsPlan = m_dice.chance(40);
    m_habits.marketInPlan = m_dice.chance(40);
    m_habits.tradeWordOther = m_dice.chance(20);
    m_habits.lag = Lag(m_dice.below(3));
    m_habits.bareArrays = m_dice.chance(70);
    m_togetherLag = m_dice.between(0, 4000);

    const int many = m_dice.chance(25) ? m_dice.between(20, 120) : m_dice.between(0, 8);
    for (int i = 0; i < 1 + m_dice.below(4); ++i) {
        Order order;
        order.kind = Kind(m_dice.chance(55) ? m_dice.below(3) : m_dice.below(5));
        if (i == 0 && m_dice.chance(30))
            order.kind = Kind::Conditional;
        order.id = u"3330%1"_s.arg(8749002645600 + m_dice.below(1000) * 10 + i);
        order.positionId = u"24355212226%1"_s.arg(i);
        order.instrument = i == 0 || m_dice.chance(60) ? u"BTC"_s : u"ETH"_s;
        order.total = m_dice.between(1, 6);
        order.createdAt = -(m_dice.chance(50) ? m_dice.between(2, 600) * second : m_dice.between(1, 40) * hour);
        if (order.kind == Kind::Limit && m_dice.chance(10))
            order.oddList = ListKind::Execute;
        m_orders.append(order);
    }
    // Other people's work on the account before and meanwhile: it fills the pages of the records.
    for (int i = 0; i < many; ++i) {
        const bool before = m_dice.chance(50);
        m_events.append({before ? -m_dice.between(1, 90) * 60 * second - m_dice.below(int(second))
                                : qint64(m_dice.between(0, 60 * 1000)),
                         What::NewTrade, 0});
    }
    for (int i = 0; i < m_dice.below(6); ++i) {
        const int order = m_dice.chance(70) ? 0 : m_dice.below(int(m_orders.size()));
        const int what = m_dice.below(10);
        const qint64 at = m_dice.chance(70) ? m_dice.between(-2000, 9000) : m_dice.between(-20000, 60000);
        m_events.append({at,
                         what < 3   ? What::Fill
                         : what < 5 ? What::FillAll
                         : what < 7 ? What::CancelElsewhere
                                    : What::Trigger,
                         order});
    }
    if (m_dice.chance(25)) {
        m_hides = true;
        m_hidesPages = m_dice.chance(60);
        const qint64 from = m_dice.between(-1000, 4000);
        m_events.append({from, What::HideFrom, 0});
        if (m_dice.chance(60))
            m_events.append({from + m_dice.between(500, 30000), What::HideTo, 0});
        // Only the count can tell that a bare array is short, and only while nothing else happens meanwhile.
        if (!m_hidesPages)
            m_events.removeIf([](const Event &event) {
                return event.order != 0 && event.what != What::HideFrom && event.what != What::HideTo;
            });
    }
    std::stable_sort(m_events.begin(), m_events.end(), [](const Event &a, const Event &b) { return a.at < b.at; });
    m_now = -40 * hour;
}

void ModelExchange::advance(qint64 now)
{
    while (m_nextEvent < m_events.size() && m_nextEvent < m_mostEvents && m_events[m_nextEvent].at <= now) {
        const Event event = m_events[m_nextEvent++];
        m_now = std::max(m_now, event.at);
        happen(event);
    }
    m_now = std::max(m_now, now);
}

void ModelExchange::happen(const Event &event)
{
    const auto note = [&](const QString &what) {
        m_log.append(u"%1 ms: order %2 %3"_s.arg(QString::number(event.at), m_orders[event.order].id, what));
    };
    Order &order = m_orders[event.order];
    const bool canFill = order.isOpen && (order.kind == Kind::Limit || order.kind == Kind::Market ||
                                          (order.kind == Kind::Conditional && order.isTriggered));
    switch (event.what) {
    case What::Fill:
        if (canFill && order.total - order.filled > 1) {
            fill(event.order, 1, event.at);
            note(u"fills to %1 of %2"_s.arg(order.filled).arg(order.total));
        }
        return;
    case What::FillAll:
        if (canFill) {
            fill(event.order, order.total - order.filled, event.at);
            note(u"fills whole"_s);
        }
        return;
    case What::CancelElsewhere:
        if (order.isOpen) {
            end(event.order, false, event.at);
            note(u"is canceled elsewhere"_s);
        }
        return;
    case What::Trigger:
        if (!order.isOpen || order.isTriggered)
            return;
        if (order.kind == Kind::Conditional) {
            order.isTriggered = true;
            note(u"triggers"_s);
        } else if (order.kind == Kind::Trailing || order.kind == Kind::Protective) {
            // It becomes a closing order of another id.
            order.isTriggered = true;
            order.isOpen = false;
            order.endedAt = event.at;
            note(u"triggers and is gone"_s);
        }
        return;
    case What::NewTrade: {
        DealRecord deal;
        deal.id = u"2080%1"_s.arg(++m_serial);
        deal.orderId = u"3331%1"_s.arg(m_serial);
        deal.positionId = u"99"_s;
        deal.originalType = u"execute"_s;
        deal.kind = DealRecord::Kind::Execution;
        deal.updatedAt = secondOf(event.at);
        const qint64 placed = event.at - (m_dice.chance(60) ? 0 : m_dice.between(1, 5000) * second);
        deal.createdAt = m_habits.dealsCreatedWithOrder ? secondOf(placed) : secondOf(event.at);
        m_deals.append({deal, m_dice.chance(70) ? u"BTC"_s : u"ETH"_s, event.at});
        HistoryRecord past;
        past.id = deal.orderId;
        past.kind = HistoryRecord::Kind::Finished;
        past.total = Decimal(1);
        past.filled = Decimal(1);
        past.canceled = Decimal(0);
        past.createdAt = secondOf(placed);
        past.updatedAt = secondOf(event.at);
        m_history.append({past, -1 - m_serial, event.at});
        return;
    }
    case What::HideFrom:
        m_hiding = true;
        m_log.append(u"%1 ms: lists hide rows (%2)"_s.arg(QString::number(event.at),
                                                          m_hidesPages ? u"pages"_s : u"bare arrays"_s));
        return;
    case What::HideTo:
        m_hiding = false;
        m_log.append(u"%1 ms: lists are whole again"_s.arg(event.at));
        return;
    }
}

qint64 ModelExchange::visibleFrom(qint64 now)
{
    switch (m_habits.lag) {
    case Lag::Prompt:
        return now;
    case Lag::Together:
        return now + m_togetherLag;
    case Lag::Apart:
        break;
    }
    return now + m_dice.below(20000);
}

void ModelExchange::record(int index, bool cancellation, qint64 now)
{
    const Order &order = m_orders[index];
    const bool named = order.kind == Kind::Limit || order.kind == Kind::Market || order.isTriggered;
    const qint64 visible = visibleFrom(now);
    qint64 complete = visible;
    // An untriggered conditional order and a take profit or stop loss leave no row when they are canceled.
    if (!cancellation || named || order.kind == Kind::Trailing) {
        DealRecord deal;
        deal.id = u"2080%1"_s.arg(++m_serial);
        deal.orderId = order.kind == Kind::Trailing ? u"20865%1"_s.arg(m_serial) : order.id;
        deal.positionId = order.positionId;
        deal.originalType = wordOf(order.kind);
        deal.kind = cancellation              ? DealRecord::Kind::Cancellation
                    : m_habits.tradeWordOther ? DealRecord::Kind::Other
                                              : DealRecord::Kind::Execution;
        deal.updatedAt = secondOf(now);
        deal.createdAt = m_habits.dealsCreatedWithOrder ? secondOf(order.createdAt) : secondOf(now);
        m_deals.append({deal, order.instrument, visible});
    }
    const bool ended = order.filled == order.total || cancellation;
    if (order.filled > 0 && (ended || m_habits.historyShowsOpen)) {
        HistoryRecord past;
        past.id = order.id;
        past.positionId = order.positionId;
        past.instrument = order.instrument;
        past.originalType = wordOf(order.kind);
        past.total = Decimal(order.total);
        if (m_habits.historySaysQuantities) {
            past.filled = Decimal(order.filled);
            past.canceled = Decimal(cancellation ? order.total - order.filled : 0);
        }
        past.kind = order.filled == order.total ? HistoryRecord::Kind::Finished
                    : cancellation              ? m_habits.partWord
                                                : HistoryRecord::Kind::Partial;
        past.createdAt = secondOf(order.createdAt);
        past.updatedAt = secondOf(now);
        const qint64 shown = visibleFrom(now);
        complete = std::max(complete, shown);
        m_history.append({past, index, shown});
    }
    if (index == 0)
        m_completeAt = std::max(m_completeAt, complete);
}

void ModelExchange::fill(int index, int pieces, qint64 now)
{
    Order &order = m_orders[index];
    order.filled += pieces;
    if (order.filled == order.total) {
        order.isOpen = false;
        order.endedAt = now;
    }
    record(index, false, now);
}

void ModelExchange::end(int index, bool byUs, qint64 now)
{
    Order &order = m_orders[index];
    order.isOpen = false;
    order.isCanceled = true;
    order.isCanceledByUs = byUs;
    order.endedAt = now;
    record(index, true, now);
}

bool ModelExchange::cancel(qint64 now)
{
    advance(now);
    if (!m_orders[0].isOpen)
        return false;
    end(0, true, now);
    m_log.append(u"%1 ms: our cancel takes effect"_s.arg(now));
    return true;
}

qint64 ModelExchange::recordsCompleteAt() const
{
    return m_completeAt;
}

bool ModelExchange::isListed(const Order &order, const ListSource &source) const
{
    if (!order.isOpen)
        return false;
    if (order.oddList)
        return source.kind == *order.oddList;
    switch (source.kind) {
    case ListKind::Plan:
        return order.kind == Kind::Limit || (order.kind == Kind::Market && m_habits.marketInPlan) ||
               (order.kind == Kind::Conditional && order.isTriggered);
    case ListKind::Execute:
        return order.kind == Kind::Market || (order.kind == Kind::Limit && m_habits.executeRepeatsPlan);
    case ListKind::StopProfitLoss:
        return order.kind == Kind::Protective;
    case ListKind::Trailing:
        return order.kind == Kind::Trailing;
    case ListKind::Trigger:
        break;
    }
    return order.kind == Kind::Conditional && !order.isTriggered && order.instrument == source.instrument;
}

countermand::Order ModelExchange::rowOf(const Order &order, const ListSource &source) const
{
    countermand::Order row;
    row.id = OrderId(order.id);
    row.instrument = order.instrument;
    row.positionId = order.positionId;
    row.quantity = Decimal(order.total);
    row.typeWord = wordOf(order.kind);
    row.placedAt = secondOf(order.createdAt);
    row.updatedAt = row.placedAt;
    switch (order.kind) {
    case Kind::Limit:
        row.type = OrderType::Limit;
        break;
    case Kind::Market:
        row.type = OrderType::Market;
        break;
    case Kind::Conditional:
        row.type = order.isTriggered && source.kind != ListKind::Trigger ? OrderType::Limit : OrderType::Trigger;
        break;
    case Kind::Trailing:
        row.type = OrderType::TrailingStop;
        return row;
    case Kind::Protective:
        row.type = OrderType::StopLoss;
        return row;
    }
    // "unFinish" without the number says that nothing filled; "part" without it does not say how much.
    if (m_habits.rowsSayFilled || order.filled == 0)
        row.filledQuantity = Decimal(order.filled);
    return row;
}

ModelExchange::Answer ModelExchange::list(const ListSource &source)
{
    Answer answer;
    const bool pages = source.kind == ListKind::Trigger || !m_habits.bareArrays;
    answer.extent = pages ? ListExtent::Whole : ListExtent::Uncounted;
    const bool hides = m_hiding && m_hidesPages == pages;
    bool hidden = false;
    for (const Order &order : std::as_const(m_orders)) {
        if (!isListed(order, source))
            continue;
        if (hides && m_dice.chance(60))
            hidden = true;
        else
            answer.rows.append(rowOf(order, source));
    }
    if (hides && pages)
        answer.extent = hidden || m_dice.chance(50) ? ListExtent::Partial : answer.extent;
    return answer;
}

int ModelExchange::count() const
{
    return int(std::count_if(m_orders.cbegin(), m_orders.cend(), [](const Order &order) { return order.isOpen; }));
}

template <class Row>
RecordPage<Row> ModelExchange::pageOf(QList<Row> rows, int page, bool deals) const
{
    const auto before = [this](const Row &a, const Row &b) {
        switch (m_habits.sorting) {
        case Sorting::ByUpdate:
            return a.updatedAt > b.updatedAt;
        case Sorting::ByCreation:
            return a.createdAt > b.createdAt;
        case Sorting::ByNothing:
            break;
        }
        return qHash(a.id) < qHash(b.id);
    };
    std::stable_sort(rows.begin(), rows.end(), before);
    RecordPage<Row> answer;
    const int size = std::min(m_habits.pageSize, asked);
    answer.rows = rows.mid(qsizetype(page - 1) * size, size);
    answer.rowsInAnswer = int(answer.rows.size());
    if (m_habits.totals == 0)
        answer.total = int(rows.size());
    else if (m_habits.totals == 1 || !deals)
        answer.total = m_habits.totals == 2 ? std::nullopt : std::optional(0);
    else if (m_habits.totals == 3)
        answer.total = int(rows.size() / 2);
    return answer;
}

RecordPage<DealRecord> ModelExchange::deals(const QString &instrument, int page) const
{
    QList<DealRecord> rows;
    for (auto deal = m_deals.crbegin(); deal != m_deals.crend(); ++deal) {
        if (deal->instrument == instrument && deal->visibleAt <= m_now &&
            deal->row.updatedAt > modelUtc(m_now - dealsKept))
            rows.append(deal->row);
    }
    return pageOf(rows, page, true);
}

RecordPage<HistoryRecord> ModelExchange::history(int page) const
{
    QList<HistoryRecord> rows;
    QHash<int, bool> told;
    for (auto past = m_history.crbegin(); past != m_history.crend(); ++past) {
        if (past->visibleAt > m_now || past->row.updatedAt <= modelUtc(m_now - historyKept) ||
            told.value(past->order))
            continue;
        told.insert(past->order, true);
        rows.append(past->row);
    }
    return pageOf(rows, page, false);
}

} // namespace countermand
