#include "positionrows.h"
#include "workflow/laststop.h"

#include <QObject>
#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace countermand;

namespace {

const TimePoint start{1000s};

std::map<OrderId, OrderRow> openOf(const QList<Order> &orders)
{
    std::map<OrderId, OrderRow> open;
    for (const Order &order : orders)
        open[order.id] = {order, {}};
    return open;
}

} // namespace

/// What canceling does to the stops of positions.
class TestLastStop : public QObject
{
    Q_OBJECT

private:
    QList<Position> m_positions{btcPosition(u"7"_s, PositionSide::Long, 12)};
    bool m_whole = true;
    bool m_listsKnown = true;

    StopsLeft leftOf(const QList<Order> &leaving, const std::map<OrderId, OrderRow> &open) const
    {
        PositionBook book;
        book.take({m_positions, m_whole}, start, start, {});
        return stopsLeft(
            leaving, open, book, [this](const QString &) { return m_listsKnown; }, start);
    }
    StopsLeft left(const QList<Order> &leaving, const QList<Order> &open) const
    {
        return leftOf(leaving, openOf(open));
    }
    static StopsLeft covered(qint64 contracts)
    {
        return {{{btcPosition(u"7"_s, PositionSide::Long, 12), Decimal(contracts)}}, false};
    }
    static StopsLeft notKnown() { return {{}, true}; }

private slots:
    void init()
    {
        m_positions = {btcPosition(u"7"_s, PositionSide::Long, 12)};
        m_whole = true;
        m_listsKnown = true;
    }

    void theOnlyStopIsTheLast()
    {
        const Order stop = stopOf(u"1"_s, u"7"_s, 12);
        QCOMPARE(left({stop}, {stop}), covered(0));
    }

    void aStopThatThePositionNamesUnreadablyIsNotKnown()
    {
        m_positions.first().hasUnreadStop = true;
        const Order stop = stopOf(u"1"_s, u"7"_s, 12);
        QCOMPARE(left({stop}, {stop}), notKnown());
    }

    void anotherStopOfTheWholeSizeRemains()
    {
        const Order stop = stopOf(u"1"_s, u"7"_s, 12);
        QCOMPARE(left({stop}, {stop, stopOf(u"2"_s, u"7"_s, 12)}), StopsLeft());
    }

    void ofAPartOnlyAPartRemains()
    {
        const Order stop = stopOf(u"1"_s, u"7"_s, 12);
        QCOMPARE(left({stop}, {stop, stopOf(u"2"_s, u"7"_s, 5)}), covered(5));
    }

    void manyAreCountedTogether()
    {
        const Order one = stopOf(u"1"_s, u"7"_s, 6);
        const Order two = stopOf(u"2"_s, u"7"_s, 6);
        const Order three = stopOf(u"3"_s, u"7"_s, 4);
        QCOMPARE(left({one, two}, {one, two, three}), covered(4));
        QCOMPARE(left({one, two, three}, {one, two, three}), covered(0));
    }

    void aTrailingOrderIsAStopAndATakeProfitIsNone()
    {
        Order trailing = stopOf(u"1"_s, u"7"_s, 12);
        trailing.type = OrderType::TrailingStop;
        QCOMPARE(left({trailing}, {trailing}), covered(0));
        Order profit = stopOf(u"2"_s, u"7"_s, 12);
        profit.type = OrderType::TakeProfit;
        QCOMPARE(left({trailing}, {trailing, profit}), covered(0));
        QCOMPARE(left({profit}, {trailing, profit}), StopsLeft());
        Order both = stopOf(u"3"_s, u"7"_s, 12);
        both.type = OrderType::TakeProfitStopLoss;
        QCOMPARE(left({both}, {both}), covered(0));
    }

    void aClosingTriggerIsAStopOnTheLosingSideOnly()
    {
        Order trigger = btcOrder(u"1"_s, OrderType::Trigger, PositionEffect::Close, 12);
        trigger.triggerPrice = Decimal(94000);
        QCOMPARE(left({trigger}, {trigger}), covered(0));
        trigger.triggerPrice = Decimal(95000);
        QCOMPARE(left({trigger}, {trigger}), StopsLeft());
        trigger.triggerPrice = Decimal(94800);
        QCOMPARE(left({trigger}, {trigger}), StopsLeft());
        trigger.triggerPrice.reset();
        QCOMPARE(left({trigger}, {trigger}), notKnown());
        trigger.positionEffect = PositionEffect::Open;
        QCOMPARE(left({trigger}, {trigger}), StopsLeft());

        m_positions = {btcPosition(u"7"_s, PositionSide::Short, 12)};
        Order above = btcOrder(u"1"_s, OrderType::Trigger, PositionEffect::Close, 12);
        above.positionSide = PositionSide::Short;
        above.triggerPrice = Decimal(95000);
        QCOMPARE(left({above}, {above}).positions.size(), 1);
    }

    void whatIsNotKnownIsSaid()
    {
        const Order stop = stopOf(u"1"_s, u"7"_s, 12);
        m_listsKnown = false;
        QCOMPARE(left({stop}, {stop}), notKnown());
        m_listsKnown = true;
        m_whole = false;
        QCOMPARE(left({stop}, {stop}), notKnown());
        m_whole = true;
        Order silent = stop;
        silent.positionId.clear();
        QCOMPARE(left({silent}, {silent}), notKnown());
        // Another of which nobody knows whose it is.
        silent.id = OrderId(u"2"_s);
        QCOMPARE(left({stop}, {stop, silent}), notKnown());
        Order unsized = stopOf(u"2"_s, u"7"_s, 12);
        unsized.quantity.reset();
        unsized.remainingQuantity.reset();
        QCOMPARE(left({stop}, {stop, unsized}), notKnown());
    }

    void theOwnStopOfThePositionMustBeListed()
    {
        const Order stop = stopOf(u"1"_s, u"7"_s, 12);
        m_positions.first().stopLossPrice = Decimal(93000);
        QCOMPARE(left({stop}, {stop}).positions.size(), 1);
        m_positions.first().stopLossPrice = Decimal(92000);
        QCOMPARE(left({stop}, {stop}), notKnown());
    }

    void severalOfOneSideLeaveATriggerInDoubt()
    {
        Order trigger = btcOrder(u"2"_s, OrderType::Trigger, PositionEffect::Close, 12);
        trigger.triggerPrice = Decimal(94000);
        m_positions.append(btcPosition(u"9"_s, PositionSide::Long, 5));
        QCOMPARE(left({trigger}, {trigger}), notKnown());
        const Order stop = stopOf(u"1"_s, u"7"_s, 12);
        QCOMPARE(left({stop}, {stop, trigger}), notKnown());
        QCOMPARE(left({stop}, {stop}), covered(0));
    }

    void aStopWhoseCancelIsOnItsWayIsNoComfort()
    {
        const Order stop = stopOf(u"1"_s, u"7"_s, 12);
        const Order other = stopOf(u"2"_s, u"7"_s, 12);
        auto open = openOf({stop, other});
        open[other.id].stage = CancelStage::Sending;
        QCOMPARE(leftOf({stop}, open), notKnown());
        open[other.id].stage = CancelStage::Rejected;
        QCOMPARE(leftOf({stop}, open), StopsLeft());
    }

    void anOrderWithoutAPositionIsNoStop()
    {
        const Order stop = stopOf(u"1"_s, u"9"_s, 12);
        QCOMPARE(left({stop}, {stop}), StopsLeft());
    }

    void howMuchIsCovered()
    {
        PositionBook book;
        book.take({m_positions, true}, start, start, {});
        const auto covered = [&](const QList<Order> &orders) {
            return coveredByStops(
                m_positions.constFirst(), openOf(orders), book, [this](const QString &) { return m_listsKnown; },
                start);
        };
        QCOMPARE(covered({}), std::optional(Decimal()));
        QCOMPARE(covered({stopOf(u"1"_s, u"7"_s, 5), stopOf(u"2"_s, u"8"_s, 5)}), std::optional(Decimal(5)));
        QCOMPARE(covered({stopOf(u"1"_s, u"7"_s, 20)}), std::optional(Decimal(12)));
        m_listsKnown = false;
        QVERIFY(!covered({stopOf(u"1"_s, u"7"_s, 5)}));
    }

    void otherOrdersAskNothing()
    {
        m_listsKnown = false;
        const Order limit = btcOrder(u"1"_s, OrderType::Limit, PositionEffect::Close, 12);
        QCOMPARE(left({limit}, {limit}), StopsLeft());
    }
};

QTEST_GUILESS_MAIN(TestLastStop)
#include "tst_laststop.moc"
