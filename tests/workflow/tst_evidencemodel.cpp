#include "tests/workflow/modelexchange.h"
#include "workflow/keptcancels.h"
#include "workflow/orderbook.h"
#include "workflow/recordreading.h"
#include "workflow/settlement.h"

#include <QTest>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

TimePoint pointOf(qint64 at)
{
    return TimePoint(std::chrono::hours(1000) + std::chrono::milliseconds(at));
}

/// One cancel against one model exchange, from the first list to the last word, and every claim on the way.
class History
{
public:
    History(quint64 seed, int mostEvents) : m_exchange(seed, mostEvents), m_dice(seed ^ 0x5eed)
    {
        m_record.cancelId = u"c"_s;
        m_clockError = m_dice.between(-900, 900);
        for (const Reader reader : {Reader::Deals, Reader::History, Reader::Count}) {
            if (m_dice.chance(8))
                m_refused.append(int(reader));
        }
        if (m_dice.chance(10))
            m_refusedList = ListKind(m_dice.below(5));
        m_failsPercent = m_dice.chance(30) ? m_dice.between(5, 60) : 0;
        m_silentFrom = m_dice.chance(10) ? m_dice.between(0, 3000) : never;
        m_silentUntil = m_dice.chance(50) ? m_silentFrom + m_dice.between(1000, 40000) : never;
        // By dice of their own: what the others throw stays the same.
        Dice dice(seed ^ 0xbead);
        m_schedule.isOneOfMany = dice.chance(50);
        m_countsEvery = dice.chance(70) ? dice.between(1000, 9000) : 0;
    }

    /// Plays it to the end. What was claimed wrongly; empty if nothing was.
    QString play()
    {
        at(-1500, [this] { readLists(); });
        at(-300, [this] { ask(); });
        // The lists are read all the time, in any order.
        for (const ListSource &source : sources())
            passive(source, m_dice.between(-1400, 3000));
        passiveCount(m_countsEvery / 2);
        run(400000);
        if (m_wrong.isEmpty())
            checkLast();
        return m_wrong;
    }

    QStringList log() const
    {
        QStringList lines = m_exchange.log() + m_log;
        std::stable_sort(lines.begin(), lines.end(), [](const QString &a, const QString &b) {
            return a.section(u' ', 0, 0).toLongLong() < b.section(u' ', 0, 0).toLongLong();
        });
        return lines;
    }
    int events() const { return m_exchange.events(); }
    CancelStage stage() const { return m_record.stage; }

private:
    enum class Reader { Deals, History, Count };
    static constexpr qint64 never = std::numeric_limits<qint64>::max() / 4;

    void at(qint64 when, std::function<void()> what) { m_agenda.emplace(std::max(when, m_now), std::move(what)); }

    void run(qint64 until)
    {
        while (!m_agenda.empty() && m_wrong.isEmpty()) {
            const auto next = m_agenda.begin();
            if (next->first > until)
                break;
            m_now = next->first;
            const auto what = next->second;
            m_agenda.erase(next);
            m_exchange.advance(m_now);
            what();
            watch();
        }
    }

    void note(const QString &line) { m_log.append(u"%1 ms: %2"_s.arg(m_now).arg(line)); }
    void wrong(const QString &claim) { m_wrong = u"at %1 ms: %2"_s.arg(m_now).arg(claim); }

    QList<ListSource> sources() const
    {
        return {{ListKind::Plan, {}},     {ListKind::Execute, {}},       {ListKind::StopProfitLoss, {}},
                {ListKind::Trailing, {}}, {ListKind::Trigger, u"BTC"_s}, {ListKind::Trigger, u"ETH"_s}};
    }

    ExchangeTime clock() const { return {pointOf(m_now), modelUtc(m_now + m_clockError), 1000ms}; }

    // Reads ---------------------------------------------------------------------------------------------------------

    bool isSilent() const { return m_now >= m_silentFrom && m_now < m_silentUntil; }

    std::optional<ReadFailure> failureOf(bool refused)
    {
        if (isSilent())
            return ReadFailure{u"reading has stopped"_s, false};
        if (refused)
            return ReadFailure{u"9001 refused"_s, true};
        if (m_dice.chance(m_failsPercent))
            return ReadFailure{u"no answer in time"_s, false};
        return {};
    }

    int delay() { return m_dice.chance(90) ? m_dice.between(10, 300) : m_dice.between(300, 6000); }

    void readList(const ListSource &source, bool wanted)
    {
        if (m_underWay.contains(source)) {
            // One read of a list at a time: this one waits for the other to end.
            at(m_now + 50, [this, source, wanted] { readList(source, wanted); });
            return;
        }
        if (wanted)
            ++m_ownReads;
        const auto failure = failureOf(m_refusedList == source.kind);
        m_underWay.append(source);
        const qint64 begun = m_now;
        const qint64 seen = begun + delay();
        at(seen, [this, source, failure, begun] {
            const auto answer = m_exchange.list(source);
            at(m_now + delay(), [this, source, failure, begun, answer] {
                m_underWay.removeAll(source);
                const TimePoint now = pointOf(m_now);
                if (failure) {
                    if (m_settlement)
                        m_settlement->listFailed(source, *failure, now);
                    return;
                }
                const ListLook look{source, pointOf(begun), now, answer.extent};
                m_book.apply(look, answer.rows);
                const OrderId id(m_exchange.order().id);
                const Order *listed = m_book.listedIn(source, id);
                if (listed && m_record.order.id == id)
                    m_shownFilled = std::max(m_shownFilled, listed->filledQuantity.value_or(Decimal()));
                if (m_settlement)
                    m_settlement->listRead(look, listed, now);
                corrected(m_cases.listRead(
                    look, [&](const OrderId &order) { return m_book.listedIn(source, order); }, now,
                    modelUtc(m_now)));
            });
        });
    }

    void readLists()
    {
        for (const ListSource &source : sources())
            readList(source, false);
    }

    void passive(const ListSource &source, qint64 when)
    {
        at(when, [this, source] {
            readList(source, false);
            passive(source, m_now + m_dice.between(1500, 12000));
        });
    }

    void passiveCount(qint64 when)
    {
        // Later ones would meet no cancel that is still being looked up, or once more the same.
        if (m_countsEvery == 0 || when > std::max(m_endedAt, qint64(0)) + 30000)
            return;
        at(when, [this] {
            readCount(false);
            passiveCount(m_now + m_countsEvery);
        });
    }

    template <class Add>
    void readPages(const std::shared_ptr<RecordReading> &reading, const RecordBounds &bounds, const Add &add,
                   const std::function<void()> &ended)
    {
        at(m_now + delay(), [this, reading, bounds, add, ended] {
            add(*reading);
            at(m_now + delay(), [this, reading, bounds, add, ended] {
                if (reading->needsMore({bounds}))
                    readPages(reading, bounds, add, ended);
                else
                    ended();
            });
        });
    }

    void readDeals(const RecordBounds &bounds)
    {
        const quint64 life = m_life;
        if (const auto failure = failureOf(m_refused.contains(int(Reader::Deals)))) {
            ++m_ownReads;
            at(m_now + delay(), [this, failure, life] {
                if (life == m_life && m_settlement)
                    m_settlement->dealsFailed(*failure);
            });
            return;
        }
        const auto reading = std::make_shared<RecordReading>(modelUtc(m_now).addDays(-3));
        const QString instrument = m_exchange.order().instrument;
        readPages(
            reading, bounds,
            [this, instrument](RecordReading &pages) {
                ++m_ownReads;
                pages.add(m_exchange.deals(instrument, pages.page()));
            },
            [this, reading, bounds, life] {
                if (life == m_life && m_settlement)
                    m_settlement->dealsRead(reading->deals(), reading->reachFor(bounds));
                corrected(m_cases.dealsRead(reading->deals(), pointOf(m_now), modelUtc(m_now)));
            });
    }

    void readHistory(const RecordBounds &bounds)
    {
        const quint64 life = m_life;
        if (const auto failure = failureOf(m_refused.contains(int(Reader::History)))) {
            ++m_ownReads;
            at(m_now + delay(), [this, failure, life] {
                if (life == m_life && m_settlement)
                    m_settlement->historyFailed(*failure, pointOf(m_now));
            });
            return;
        }
        const auto reading = std::make_shared<RecordReading>(modelUtc(m_now).addDays(-7));
        readPages(
            reading, bounds,
            [this](RecordReading &pages) {
                ++m_ownReads;
                pages.add(m_exchange.history(pages.page()));
            },
            [this, reading, bounds, life] {
                if (life == m_life && m_settlement)
                    m_settlement->historyRead(reading->history(), reading->reachFor(bounds), pointOf(m_now));
                corrected(m_cases.historyRead(reading->history(), pointOf(m_now), modelUtc(m_now)));
            });
    }

    void readCount(bool wanted)
    {
        m_ownReads += wanted ? 1 : 0;
        const auto failure = failureOf(m_refused.contains(int(Reader::Count)));
        const qint64 begun = m_now;
        at(m_now + delay(), [this, failure, begun] {
            const int count = m_exchange.count();
            at(m_now + delay(), [this, failure, begun, count] {
                if (!m_settlement)
                    return;
                const int listed = int(m_book.orders().size()) - m_book.unseenCount();
                if (failure)
                    m_settlement->countFailed(*failure, pointOf(m_now));
                else
                    m_settlement->countRead(pointOf(begun), count > listed, pointOf(m_now));
            });
        });
    }

    // The cancel ----------------------------------------------------------------------------------------------------

    void ask()
    {
        const OrderId id(m_exchange.order().id);
        const Order *listed = m_book.find(id);
        if (!listed)
            return; // It was gone, or a list could not be read, before the user could ask.
        m_record.order = *listed;
        m_record.recordedAt = modelUtc(m_now);
        noteListings(m_record, m_book, clock());
        m_shownFilled = listed->filledQuantity.value_or(Decimal());
        m_journal = m_record;
        m_asked = true;
        const int thinks = m_dice.between(0, 2500);
        at(m_now + thinks, [this] { send(); });
    }

    void send()
    {
        m_sentAt = m_now;
        m_record.sentAt = modelUtc(m_now + m_clockError);
        m_record.stage = CancelStage::Sending;
        if (m_dice.chance(90))
            m_journal = m_record;
        const bool lost = m_dice.chance(30);
        const bool acts = m_dice.chance(lost ? 60 : 88);
        // Code 0 without effect was never documented, nor excluded; for the kinds that no record names, what
        // follows could not be told apart from a cancel.
        const Kind kind = m_exchange.order().kind;
        const bool named = kind != Kind::Trailing && kind != Kind::Protective;
        at(m_now + delay(), [this, lost, acts, named] {
            bool accepted = true;
            if (acts || (!named && !lost))
                accepted = m_exchange.cancel(m_now);
            else if (!m_exchange.order().isOpen)
                accepted = false;
            // The network may deliver a request twice: the answer is then that of the echo.
            if (accepted && acts && m_dice.chance(8))
                accepted = false;
            at(m_now + delay(), [this, lost, accepted] { answer(lost, accepted); });
        });
    }

    void answer(bool lost, bool accepted)
    {
        m_endedAt = m_now;
        m_record.stage = lost       ? CancelStage::UnknownChecking
                         : accepted ? CancelStage::Accepted
                                    : CancelStage::GoneLookingUp;
        note(lost ? u"no answer"_s : accepted ? u"answered: code 0"_s : u"answered: 9012"_s);
        m_journal = m_record;
        settle(clock());
        if (m_dice.chance(30))
            at(m_now + (m_dice.chance(50) ? m_dice.between(0, 8000) : m_dice.between(0, 50000)),
               [this] { restart(); });
        if (m_dice.chance(15))
            at(m_now + m_dice.between(0, 90000), [this] { checkNow(); });
    }

    void settle(const ExchangeTime &time)
    {
        ++m_life;
        noteListings(m_record, m_book, time);
        QDateTime sentAt = m_record.sentAt;
        m_settlement = std::make_unique<Settlement>(m_record, listsToSearch(m_record),
                                                    RequestTimes{sentAt, pointOf(m_endedAt), time}, m_schedule);
        m_ownReads = 0;
    }

    /// The program ends and starts again, after seconds or days, with what its journal says.
    void restart()
    {
        if (!m_settlement || m_settlement->isDone())
            return;
        ++m_life;
        m_settlement.reset();
        m_book = {};
        m_record = m_journal;
        if (m_dice.chance(15)) {
            // A journal of an earlier version.
            m_record.listedBy.clear();
            m_record.listedAt = {};
            m_record.listedFilled.reset();
            m_shownFilled = m_record.order.filledQuantity.value_or(Decimal());
        } else {
            m_shownFilled = std::max(m_record.listedFilled.value_or(Decimal()),
                                     m_record.order.filledQuantity.value_or(Decimal()));
        }
        const qint64 gaps[] = {5000, 600000, 26ll * 3600000, 4ll * 86400000, 9ll * 86400000};
        const qint64 gap = m_dice.chance(60) ? gaps[m_dice.below(2)] : gaps[m_dice.below(5)];
        note(u"the program ends, and starts %1 s later"_s.arg(gap / 1000));
        m_gap += gap;
        // What was under way is over; only the exchange goes on.
        m_agenda.clear();
        m_underWay.clear();
        at(m_now + gap, [this] {
            m_endedAt = m_now;
            m_silentFrom = never;
            settle(clock());
            for (const ListSource &source : sources())
                passive(source, m_now + m_dice.between(0, 3000));
            passiveCount(m_now + m_countsEvery / 2);
        });
        m_until = m_now + gap + 400000;
    }

    void checkNow()
    {
        if (!m_settlement || m_settlement->isDone())
            return;
        note(u"Check now"_s);
        m_ownReads = 0;
        m_settlement->checkNow(pointOf(m_now));
    }

    /// What the program does after each event.
    void watch()
    {
        if (!m_settlement || !m_wrong.isEmpty())
            return;
        const WantedReads wanted = m_settlement->take(pointOf(m_now));
        for (const ListSource &source : wanted.lists) {
            if (isSilent())
                m_settlement->listFailed(source, {u"reading has stopped"_s, false}, pointOf(m_now));
            else
                readList(source, true);
        }
        if (wanted.deals)
            readDeals(*wanted.deals);
        if (wanted.history)
            readHistory(*wanted.history);
        if (wanted.count)
            readCount(true);
        const CancelRecord &record = m_settlement->record();
        if (record.stage != m_record.stage || record.reason != m_record.reason) {
            m_record = record;
            m_journal = record;
            note(u"claim: %1, filled %2, at least %3, because: %4 (%5)"_s.arg(
                stageWord(record.stage), textOf(record.filledQuantity), textOf(record.filledAtLeast),
                record.evidence.join(u"; "_s), record.reason));
            check(false);
            if (KeptCancels::isKept(record.stage))
                m_cases.keep(record, pointOf(m_now));
        }
        // The limit is looked at between rounds, so that it ends with what its round still reads. One that leaves its
        // list late gets a few more for its end, once, and may end in the same way.
        constexpr int oneReadingEach = 2 * RecordReading::mostPages + 8;
        constexpr int moreForItsEnd = 12;
        if (m_ownReads > 40 + oneReadingEach + moreForItsEnd + oneReadingEach)
            wrong(u"%1 reads for one cancel"_s.arg(m_ownReads));
        const TimePoint next = m_settlement->nextMoment();
        if (!m_settlement->isDone() && next < TimePoint::max() && m_wakeAt != next) {
            m_wakeAt = next;
            const qint64 when = std::chrono::ceil<std::chrono::milliseconds>(next - pointOf(0)).count();
            at(when, [] {});
        }
    }

    void corrected(const QList<CancelRecord> &records)
    {
        for (const CancelRecord &record : records) {
            m_record = record;
            note(u"corrected: %1, filled %2"_s.arg(stageWord(record.stage), textOf(record.filledQuantity)));
            check(true);
        }
    }

    // What is true --------------------------------------------------------------------------------------------------

    using Kind = ModelExchange::Kind;

    static QString textOf(const std::optional<Decimal> &number) { return number ? number->toText() : u"?"_s; }

    /// A claim about a quantity that rests on there being no record may be overtaken by one that comes later than the
    /// program waits for it; then it has to be corrected.
    bool isExcused() const
    {
        return m_exchange.habits().lag == ModelExchange::Lag::Apart && m_now < m_exchange.recordsCompleteAt() + 15000;
    }

    void check(bool corrected)
    {
        const ModelExchange::Order &order = m_exchange.order();
        const CancelRecord &record = m_record;
        const Decimal filled(order.filled);
        const Decimal total(order.total);
        const auto claim = [&](const char *what) {
            wrong(u"%1 said (filled %2, at least %3), but %4: open %5, filled %6 of %7, canceled %8 at %9 ms"_s.arg(
                stageWord(record.stage), textOf(record.filledQuantity), textOf(record.filledAtLeast),
                QLatin1StringView(what), QString::number(order.isOpen), QString::number(order.filled),
                QString::number(order.total), QString::number(order.isCanceled), QString::number(order.endedAt)));
        };
        if (record.filledAtLeast && filled < *record.filledAtLeast)
            return claim("less had filled");
        switch (record.stage) {
        case CancelStage::Canceled:
        case CancelStage::CanceledAfterPartFill:
            if (order.isOpen)
                return claim("it is open");
            if (record.filledQuantity && *record.filledQuantity < m_shownFilled)
                return claim("a list had shown more filled");
            if (isExcused() && !corrected)
                return;
            if (!order.isCanceled)
                return claim("it was not canceled");
            if (record.filledQuantity != filled)
                return claim("another quantity had filled");
            return;
        case CancelStage::CanceledFillUnknown:
            if (order.isOpen)
                return claim("it is open");
            return;
        case CancelStage::FilledThoughAccepted:
        case CancelStage::GoneFilled:
        case CancelStage::UnknownFilled:
        case CancelStage::CorrectedFilled:
            if (filled != total)
                return claim("it was not filled");
            return;
        case CancelStage::GoneCanceledEarlier:
            if (!order.isCanceled || order.endedAt >= m_sentAt)
                return claim("it was not canceled before");
            return;
        case CancelStage::UnknownCanceled:
            if (order.isOpen || !order.isCanceled)
                return claim("it was not canceled");
            if (record.filledQuantity && record.filledQuantity != filled && !isExcused())
                return claim("another quantity had filled");
            return;
        case CancelStage::UnknownStillOpen:
        case CancelStage::AcceptedStillListed:
        case CancelStage::CorrectedStillOpen:
            if (!order.isOpen && order.endedAt < m_endedAt)
                return claim("it was gone before");
            return;
        case CancelStage::UnknownUnresolved:
        case CancelStage::GoneNoRecord:
            if (record.reason.isEmpty() && order.isOpen)
                return claim("it is open");
            if (record.reason.isEmpty() && !record.recordsBackTo.isValid() && hasRecord())
                return claim("there is a record");
            return;
        case CancelStage::CorrectedPartFill:
            if (order.isOpen || record.filledQuantity != filled)
                return claim("another quantity had filled");
            return;
        case CancelStage::CorrectedFillUnknown:
            if (order.filled == 0)
                return claim("nothing had filled");
            return;
        case CancelStage::Waiting:
        case CancelStage::Sending:
        case CancelStage::Accepted:
        case CancelStage::AcceptedUnconfirmed:
        case CancelStage::GoneLookingUp:
        case CancelStage::Rejected:
        case CancelStage::NotSent:
        case CancelStage::UnknownChecking:
            return;
        }
    }

    /// The exchange has kept, long enough ago to be read, a row that tells how the order ended.
    bool hasRecord() const
    {
        const ModelExchange::Order &order = m_exchange.order();
        if (m_now < m_exchange.recordsCompleteAt() + 15000 || order.isOpen)
            return false;
        const qint64 age = m_now - order.endedAt;
        const bool inDeals = order.isCanceled && age < 70ll * 3600000 &&
                             (order.kind == Kind::Limit || order.kind == Kind::Market || order.isTriggered);
        const bool inHistory = order.filled > 0 && age < 160ll * 3600000 && m_exchange.habits().historySaysQuantities;
        return inDeals || inHistory;
    }

    /// Nothing stood in the way of knowing.
    bool wasEasy() const
    {
        return m_refused.isEmpty() && !m_refusedList && m_failsPercent == 0 && m_silentFrom == never &&
               m_exchange.hidesNothing() && m_exchange.habits().lag != ModelExchange::Lag::Apart &&
               m_exchange.habits().historySaysQuantities && !m_exchange.order().oddList && m_gap < 86400000;
    }

    void checkLast()
    {
        if (!m_asked || m_endedAt == 0)
            return;
        if (m_until > m_now)
            run(m_until);
        if (!m_wrong.isEmpty())
            return;
        const ModelExchange::Order &order = m_exchange.order();
        // Somebody looks at the records for another reason.
        if (KeptCancels::isKept(m_record.stage) && m_now < m_endedAt + 800000) {
            m_now = std::max(m_now, m_exchange.recordsCompleteAt());
            m_exchange.advance(m_now);
            QList<DealRecord> deals;
            QList<HistoryRecord> history;
            for (int page = 1; page < 200; ++page) {
                const auto traded = m_exchange.deals(order.instrument, page).rows;
                const auto past = m_exchange.history(page).rows;
                if (traded.isEmpty() && past.isEmpty())
                    break;
                deals += traded;
                history += past;
            }
            m_cases.keep(m_record, pointOf(m_now));
            if (!m_refused.contains(int(Reader::Deals)))
                corrected(m_cases.dealsRead(deals, pointOf(m_now), modelUtc(m_now)));
            if (!m_refused.contains(int(Reader::History)))
                corrected(m_cases.historyRead(history, pointOf(m_now), modelUtc(m_now)));
            const bool readable = m_refused.isEmpty() && !m_exchange.habits().tradeWordOther;
            if (m_wrong.isEmpty() && readable && m_record.stage == CancelStage::Canceled && order.filled > 0)
                wrong(u"canceled, nothing filled: never corrected, although %1 had filled"_s.arg(order.filled));
        }
        switch (m_record.stage) {
        case CancelStage::Waiting:
        case CancelStage::Sending:
        case CancelStage::Accepted:
        case CancelStage::GoneLookingUp:
        case CancelStage::UnknownChecking:
            return wrong(u"no last word in 400 s: %1, %2 reads"_s.arg(stageWord(m_record.stage)).arg(m_ownReads));
        case CancelStage::AcceptedUnconfirmed:
            if (m_record.reason.isEmpty())
                return wrong(u"unconfirmed without a reason"_s);
            break;
        default:
            break;
        }
        if (wasEasy())
            checkExact(order);
    }

    void checkExact(const ModelExchange::Order &order)
    {
        const CancelStage stage = m_record.stage;
        const bool named = order.kind == Kind::Limit || order.kind == Kind::Market || order.isTriggered;
        const auto dull = [&](const char *what) {
            wrong(u"easy to know, but %1 said of an order that %2"_s.arg(stageWord(stage), QLatin1StringView(what)));
        };
        const bool unknown = stage == CancelStage::AcceptedUnconfirmed || stage == CancelStage::UnknownUnresolved ||
                             stage == CancelStage::GoneNoRecord || stage == CancelStage::CanceledFillUnknown;
        if (order.kind == Kind::Protective || !unknown)
            return;
        // Many small pages in no order: a reading ends before it has seen all of them.
        if (m_exchange.habits().sorting == ModelExchange::Sorting::ByNothing || m_record.recordsBackTo.isValid() ||
            m_exchange.habits().pageSize < 12)
            return;
        if (order.isCanceled && named && m_record.sentAt.isValid())
            return dull("was canceled");
        if (!order.isOpen && order.filled == order.total)
            return dull("was filled");
        if (order.isCanceled && order.kind == Kind::Trailing && order.endedAt > m_sentAt && order.isCanceledByUs &&
            m_record.sentAt.isValid())
            return dull("was canceled (trailing)");
    }

    ModelExchange m_exchange;
    Dice m_dice;
    OrderBook m_book;
    KeptCancels m_cases;
    std::unique_ptr<Settlement> m_settlement;
    CancelRecord m_record;
    CancelRecord m_journal;
    bool m_asked = false;
    qint64 m_now = -40ll * 3600000;
    qint64 m_sentAt = 0;
    qint64 m_endedAt = 0;
    qint64 m_until = 0;
    qint64 m_gap = 0;
    quint64 m_life = 0;
    int m_ownReads = 0;
    TimePoint m_wakeAt;
    Decimal m_shownFilled;
    std::multimap<qint64, std::function<void()>> m_agenda;
    QList<ListSource> m_underWay;

    SettlementSchedule m_schedule;
    int m_countsEvery = 0;
    int m_clockError = 0;
    QList<int> m_refused;
    std::optional<ListKind> m_refusedList;
    int m_failsPercent = 0;
    qint64 m_silentFrom = never;
    qint64 m_silentUntil = never;

    QString m_wrong;
    QStringList m_log;
};

constexpr int allEvents = 1 << 20;

/// The history again, with as few events of the exchange as still lead to a wrong claim.
QString shortest(quint64 seed)
{
    const int most = History(seed, allEvents).events();
    for (int events = 0; events <= most; ++events) {
        History history(seed, events);
        const QString wrong = history.play();
        if (!wrong.isEmpty()) {
            return u"seed %1, first %2 of %3 events: %4\n  %5"_s.arg(seed).arg(events).arg(most).arg(
                wrong, history.log().join(u"\n  "_s));
        }
    }
    return u"seed %1: not again with fewer events"_s.arg(seed);
}

} // namespace

/// Random histories of one cancel against a model of the exchange: no claim contradicts the model, and every cancel
/// ends or says why not, in bounded reads. COUNTERMAND_HISTORIES: how many (5,000); COUNTERMAND_SEED: only this one.
class EvidenceModelTest : public QObject
{
    Q_OBJECT

private:
    std::map<CancelStage, int> m_ends;

private slots:
    void noClaimContradictsTheExchange_data()
    {
        QTest::addColumn<quint64>("first");
        QTest::addColumn<quint64>("last");
        bool one = false;
        const quint64 only = qEnvironmentVariable("COUNTERMAND_SEED").toULongLong(&one);
        if (one) {
            QTest::newRow("one") << only << only;
            return;
        }
        constexpr quint64 some = 1000;
        const int asked = qEnvironmentVariableIntValue("COUNTERMAND_HISTORIES");
        const quint64 all = asked > 0 ? quint64(asked) : 5000;
        for (quint64 first = 1; first <= all; first += some)
            QTest::newRow(qPrintable(u"from %1"_s.arg(first))) << first << std::min(all, first + some - 1);
    }

    void noClaimContradictsTheExchange()
    {
        QFETCH(quint64, first);
        QFETCH(quint64, last);
        for (quint64 seed = first; seed <= last; ++seed) {
            History history(seed, allEvents);
            const QString wrong = history.play();
            if (!wrong.isEmpty())
                QFAIL(qPrintable(shortest(seed)));
            ++m_ends[history.stage()];
        }
    }

    /// A model in which nothing ever happens would prove nothing.
    void everyEndWasReached()
    {
        QString tally;
        int histories = 0;
        for (const auto &[stage, number] : m_ends) {
            tally += u" %1 %2"_s.arg(stageWord(stage)).arg(number);
            histories += number;
        }
        qInfo().noquote() << histories << "histories:" << tally;
        if (histories < 5000)
            QSKIP("too few histories to say");
        for (const CancelStage stage :
             {CancelStage::Canceled, CancelStage::CanceledAfterPartFill, CancelStage::CanceledFillUnknown,
              CancelStage::FilledThoughAccepted, CancelStage::AcceptedStillListed, CancelStage::AcceptedUnconfirmed,
              CancelStage::GoneFilled, CancelStage::GoneCanceledEarlier, CancelStage::GoneNoRecord,
              CancelStage::UnknownCanceled, CancelStage::UnknownFilled, CancelStage::UnknownStillOpen,
              CancelStage::UnknownUnresolved})
            QVERIFY2(m_ends[stage] > 0, qPrintable(stageWord(stage)));
    }
};

QTEST_GUILESS_MAIN(EvidenceModelTest)
#include "tst_evidencemodel.moc"
