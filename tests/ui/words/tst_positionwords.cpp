#include "ui/words/positionwords.h"

#include <QObject>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace countermand;

namespace {

Position position()
{
    Position made;
    made.id = u"7"_s;
    made.instrument = u"BTC"_s;
    made.base = u"BTC"_s;
    made.quote = u"USDT"_s;
    made.size = Decimal(12);
    made.entryPrice = Decimal::fromText(u"94800.0");
    return made;
}

std::shared_ptr<const Position> known()
{
    return std::make_shared<const Position>(position());
}

Order opening(const QString &margin)
{
    Order order;
    order.positionEffect = PositionEffect::Open;
    order.quote = u"USDT"_s;
    order.margin = Decimal::fromText(margin);
    return order;
}

} // namespace

/// What is said of positions.
class TestPositionWords : public QObject
{
    Q_OBJECT

private slots:
    void aPosition()
    {
        Position short1 = position();
        QCOMPARE(positionText(short1), u"▲ long 12 at 94,800.0"_s);
        short1.side = PositionSide::Short;
        short1.entryPrice.reset();
        QCOMPARE(positionText(short1), u"▼ short 12"_s);
    }

    void whatAnOrderBelongsTo()
    {
        using enum PositionTie::Kind;
        QCOMPARE(positionText(PositionTie()), u"?"_s);
        QCOMPARE(positionText(PositionTie{.kind = None}), u"—"_s);
        QCOMPARE(positionText(PositionTie{.kind = One, .position = known(), .size = Decimal(12)}),
                 u"▲ long 12 at 94,800.0"_s);
        QCOMPARE(positionText(PositionTie{.kind = Several, .position = known(), .size = Decimal(1700)}),
                 u"▲ long 1,700, several"_s);
        QCOMPARE(positionTip({}), u"Position not known"_s);
        QVERIFY(positionTip({.tie = {.kind = One, .position = known()}}).isEmpty());
    }

    void aHeading()
    {
        using enum PositionTie::Kind;
        Order order = opening(u"1"_s);
        order.instrument = u"BTC"_s;
        OrderPosition own{.isRead = true, .tie = {.kind = One, .position = known(), .size = Decimal(12)}};
        QCOMPARE(positionHeading(own, order), u"BTC ▲ long 12 at 94,800.0, stops not known"_s);
        own.covered = Decimal();
        QCOMPARE(positionHeading(own, order), u"BTC ▲ long 12 at 94,800.0, no stop"_s);
        own.covered = Decimal(5);
        QCOMPARE(positionHeading(own, order), u"BTC ▲ long 12 at 94,800.0, stop for 5 of 12"_s);
        QCOMPARE(positionHeading({.tie = {.kind = None}}, order), u"No position"_s);
        QCOMPARE(positionHeading({}, order), u"Position not known"_s);
    }

    void aLoss()
    {
        using enum PositionLoss::Kind;
        const Order order = opening(u"1"_s);
        QCOMPARE(orphanNotice({}, order), QString());
        QCOMPARE(orphanNotice({.loss = {NoPosition, false}}, order), u"No position belongs to this order."_s);
        QCOMPARE(orphanNotice({.loss = {NoPosition, true}}, order), u"Likely no position belongs to this order."_s);
        QVERIFY(orphanNotice({.loss = {Closed, false}}, order).startsWith(u"No position belongs to this order."_s));
        QVERIFY(lossBadge({}).isEmpty());
        QCOMPARE(lossBadge({NoPosition, false}), u"⊘ no position"_s);
        QCOMPARE(lossBadge({TooLarge, false}), u"⊘ larger than its position"_s);
        QCOMPARE(orphanCountText(0), QString());
        QCOMPARE(orphanCountText(1), u"1 without a position"_s);
        QCOMPARE(orphanCountText(3), u"3 without a position"_s);
    }

    void theLastStop()
    {
        QCOMPARE(lastStopNotice({}), QString());
        QCOMPARE(lastStopNotice({{{position(), Decimal()}}, false}),
                 u"BTC-USDT long 12 (entry 94,800.0) then has no stop loss."_s);
        QCOMPARE(lastStopNotice({{{position(), Decimal(5)}}, true}),
                 u"BTC-USDT long 12 (entry 94,800.0) then has a stop for 5 of 12.\n"
                 "Whether another stop remains is not known."_s);
    }

    void whatACancelFrees()
    {
        QCOMPARE(freesText({}), QString());
        QCOMPARE(freesText({opening({})}), QString());
        QCOMPARE(freesText({opening(u"105.2551"_s)}), u"about 105.26 USDT"_s);
        Order closing = opening(u"5"_s);
        closing.positionEffect = PositionEffect::Close;
        Order other = opening(u"1"_s);
        other.quote = u"USDC"_s;
        QCOMPARE(freesText({opening(u"1000.1"_s), closing, opening(u"2"_s), other}),
                 u"about 1.00 USDC + 1,002.10 USDT"_s);
    }
};

QTEST_GUILESS_MAIN(TestPositionWords)
#include "tst_positionwords.moc"
