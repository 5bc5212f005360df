#include "positionrows.h"
#include "workflow/positionbook.h"

#include <QObject>
#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace countermand;
using Tie = PositionTie::Kind;
using Loss = PositionLoss::Kind;

namespace {

const TimePoint start{1000s};
const auto longOne = btcPosition(u"7"_s, PositionSide::Long, 12);
const auto shortOne = btcPosition(u"8"_s, PositionSide::Short, 3);

PositionBook bookOf(const QList<Position> &positions, bool whole = true, const QList<Order> &listed = {})
{
    PositionBook book;
    book.take({positions, whole}, start, start + 100ms, listed);
    return book;
}

} // namespace

/// Which order belongs to which position, and which has lost its own.
class TestPositionBook : public QObject
{
    Q_OBJECT

private slots:
    void nothingReadIsNotKnown();
    void oldIsNotKnown();
    void protectionBelongsById();
    void protectionWithoutAnIdIsNotKnown();
    void othersBelongByInstrumentAndSide();
    void marginModesAreToldApart();
    void severalOfOneSide();
    void aPartialListDeniesNothing();
    void aLossIsToldOnceTheOrderWasSeenAgain();
    void anOrderThatCameLaterIsNotJudged();
    void ofHedgedInstrumentsOnlyLikely();
    void moreThanIsLeft();
    void anOpeningOrderOfAClosedPosition();
    void anOpeningOrderThatNeverHadOne();
    void anotherReadOfTheSameIsTheSame();
    void aRefusalEndsWhatIsKnown();
    void pricesAreToldAsTheInstrumentHasThem();
};

void TestPositionBook::nothingReadIsNotKnown()
{
    const PositionBook book;
    QVERIFY(!book.isKnown(start) && !book.isWhole(start) && !book.oldAt());
    QCOMPARE(book.tieOf(stopOf(u"1"_s, u"7"_s, 1), start).kind, Tie::Unknown);
    QCOMPARE(book.lossOf(stopOf(u"1"_s, u"7"_s, 1), start, start), PositionLoss());
}

void TestPositionBook::oldIsNotKnown()
{
    PositionBook book = bookOf({longOne});
    QCOMPARE(book.tieOf(stopOf(u"1"_s, u"7"_s, 1), start + 15s).kind, Tie::One);
    QCOMPARE(book.tieOf(stopOf(u"1"_s, u"7"_s, 1), start + 15001ms).kind, Tie::Unknown);
    QCOMPARE(*book.oldAt(), start + 15s);
    book.slept(10s);
    QVERIFY(book.isKnown(start + 5s));
    QVERIFY(!book.isKnown(start + 6s));
}

void TestPositionBook::protectionBelongsById()
{
    const PositionBook book = bookOf({longOne, shortOne});
    const PositionTie tie = book.tieOf(stopOf(u"1"_s, u"8"_s, 1), start);
    QCOMPARE(tie.kind, Tie::One);
    QCOMPARE(tie.position->side, PositionSide::Short);
    QVERIFY(!tie.isLikely);
    QCOMPARE(book.tieOf(stopOf(u"1"_s, u"9"_s, 1), start).kind, Tie::None);
}

void TestPositionBook::protectionWithoutAnIdIsNotKnown()
{
    const PositionBook book = bookOf({longOne});
    QCOMPARE(book.tieOf(stopOf(u"1"_s, {}, 1), start).kind, Tie::Unknown);
    Order order = btcOrder(u"1"_s, OrderType::Limit, PositionEffect::Close, 1);
    order.positionSide.reset();
    QCOMPARE(book.tieOf(order, start).kind, Tie::Unknown);
    order = btcOrder(u"1"_s, OrderType::Other, PositionEffect::Close, 1);
    QCOMPARE(book.tieOf(order, start).kind, Tie::Unknown);
}

void TestPositionBook::othersBelongByInstrumentAndSide()
{
    const PositionBook book = bookOf({longOne, shortOne});
    const Order closing = btcOrder(u"1"_s, OrderType::Limit, PositionEffect::Close, 1);
    QCOMPARE(book.tieOf(closing, start).position->id, u"7"_s);
    QVERIFY(book.tieOf(closing, start).isLikely);
    QVERIFY(!bookOf({longOne}).tieOf(closing, start).isLikely);
    const Order opening = btcOrder(u"1"_s, OrderType::Limit, PositionEffect::Open, 1);
    QCOMPARE(book.tieOf(opening, start).position->id, u"7"_s);
    QCOMPARE(bookOf({shortOne}).tieOf(opening, start).kind, Tie::None);
}

void TestPositionBook::marginModesAreToldApart()
{
    Position cross = longOne;
    cross.marginMode = MarginMode::Cross;
    Order order = btcOrder(u"1"_s, OrderType::Limit, PositionEffect::Close, 1);
    QCOMPARE(bookOf({cross}).tieOf(order, start).kind, Tie::One);
    order.marginMode = MarginMode::Isolated;
    QCOMPARE(bookOf({cross}).tieOf(order, start).kind, Tie::None);
    QVERIFY(bookOf({cross}).tieOf(order, start).isLikely);
    QCOMPARE(bookOf({longOne}).tieOf(order, start).kind, Tie::One);
}

void TestPositionBook::severalOfOneSide()
{
    const PositionBook book = bookOf({longOne, btcPosition(u"9"_s, PositionSide::Long, 5)});
    const PositionTie tie = book.tieOf(btcOrder(u"1"_s, OrderType::Limit, PositionEffect::Close, 1), start);
    QCOMPARE(tie.kind, Tie::Several);
    QCOMPARE(tie.size, std::optional(Decimal(17)));
    QCOMPARE(tie.position->id, u"7"_s);
    QCOMPARE(book.tieOf(stopOf(u"1"_s, u"9"_s, 1), start).position->size, Decimal(5));
}

void TestPositionBook::aPartialListDeniesNothing()
{
    const Order stop = stopOf(u"1"_s, u"9"_s, 1);
    const PositionBook book = bookOf({longOne}, false, {stop});
    QVERIFY(book.isKnown(start) && !book.isWhole(start));
    QCOMPARE(book.tieOf(stop, start).kind, Tie::Unknown);
    QCOMPARE(book.lossOf(stop, start + 1s, start + 1s), PositionLoss());
    QCOMPARE(book.tieOf(stopOf(u"1"_s, u"7"_s, 1), start).kind, Tie::One);
    QVERIFY(book.tieOf(btcOrder(u"1"_s, OrderType::Limit, PositionEffect::Close, 1), start).isLikely);
}

void TestPositionBook::aLossIsToldOnceTheOrderWasSeenAgain()
{
    const Order stop = stopOf(u"1"_s, u"9"_s, 1);
    PositionBook book = bookOf({longOne}, true, {stop});
    // It may have closed its position: then the next list no longer has it.
    QCOMPARE(book.lossOf(stop, start + 50ms, start + 1s).kind, Loss::None);
    QCOMPARE(book.lossOf(stop, std::nullopt, start + 1s).kind, Loss::None);
    QCOMPARE(book.lossOf(stop, start + 200ms, start + 1s).kind, Loss::NoPosition);
    // Seen between the first and the second read without a position.
    book.take({{longOne}, true}, start + 4s, start + 4100ms, {stop});
    QCOMPARE(book.lossOf(stop, start + 200ms, start + 5s).kind, Loss::NoPosition);
    QVERIFY(book.lossOf(stop, start + 200ms, start + 5s).isOrphan());
    book.take({{longOne, btcPosition(u"9"_s, PositionSide::Long, 1)}, true}, start + 8s, start + 8100ms, {stop});
    QCOMPARE(book.lossOf(stop, start + 9s, start + 9s).kind, Loss::None);
}

void TestPositionBook::anOrderThatCameLaterIsNotJudged()
{
    // The answer was on its way when position and stop were made.
    const PositionBook book = bookOf({longOne}, true, {});
    QCOMPARE(book.lossOf(stopOf(u"1"_s, u"9"_s, 1), start + 2s, start + 3s).kind, Loss::None);
}

void TestPositionBook::ofHedgedInstrumentsOnlyLikely()
{
    const Order closing = btcOrder(u"1"_s, OrderType::Limit, PositionEffect::Close, 1);
    const PositionBook hedged = bookOf({shortOne}, true, {closing});
    QCOMPARE(hedged.lossOf(closing, start + 1s, start + 1s), (PositionLoss{Loss::NoPosition, true}));
    const PositionBook none = bookOf({}, true, {closing});
    QCOMPARE(none.lossOf(closing, start + 1s, start + 1s), (PositionLoss{Loss::NoPosition, false}));
}

void TestPositionBook::moreThanIsLeft()
{
    const Order closing = btcOrder(u"1"_s, OrderType::Limit, PositionEffect::Close, 13);
    const PositionBook book = bookOf({longOne}, true, {closing});
    QCOMPARE(book.lossOf(closing, start + 1s, start + 1s), (PositionLoss{Loss::TooLarge, false}));
    QVERIFY(!book.lossOf(closing, start + 1s, start + 1s).isOrphan());
    const Order fits = btcOrder(u"1"_s, OrderType::Limit, PositionEffect::Close, 12);
    QCOMPARE(book.lossOf(fits, start + 1s, start + 1s), PositionLoss());
    Order unsaid = closing;
    unsaid.remainingQuantity.reset();
    QCOMPARE(book.lossOf(unsaid, start + 1s, start + 1s), PositionLoss());
}

void TestPositionBook::anOpeningOrderOfAClosedPosition()
{
    const Order opening = btcOrder(u"1"_s, OrderType::Limit, PositionEffect::Open, 1);
    PositionBook book = bookOf({longOne}, true, {opening});
    book.take({{}, true}, start + 4s, start + 4100ms, {opening});
    QCOMPARE(book.lossOf(opening, start + 4s, start + 5s).kind, Loss::None);
    QCOMPARE(book.lossOf(opening, start + 5s, start + 5s).kind, Loss::Closed);
    book.take({{}, true}, start + 8s, start + 8100ms, {opening});
    QCOMPARE(book.lossOf(opening, start + 9s, start + 9s).kind, Loss::Closed);
    book.take({{longOne}, true}, start + 12s, start + 12100ms, {opening});
    QCOMPARE(book.lossOf(opening, start + 13s, start + 13s).kind, Loss::None);
}

void TestPositionBook::anOpeningOrderThatNeverHadOne()
{
    const Order opening = btcOrder(u"1"_s, OrderType::Limit, PositionEffect::Open, 1);
    PositionBook book = bookOf({}, true, {opening});
    book.take({{}, true}, start + 4s, start + 4100ms, {opening});
    QCOMPARE(book.lossOf(opening, start + 5s, start + 5s).kind, Loss::None);
}

void TestPositionBook::anotherReadOfTheSameIsTheSame()
{
    PositionBook book = bookOf({longOne});
    const Order stop = stopOf(u"1"_s, u"7"_s, 1);
    const PositionTie before = book.tieOf(stop, start);
    book.take({{longOne}, true}, start, start, {});
    QCOMPARE(book.tieOf(stop, start), before);
    Position grown = longOne;
    grown.unrealizedProfit = Decimal(5);
    book.take({{grown}, true}, start, start, {});
    QVERIFY(!(book.tieOf(stop, start) == before));
    QVERIFY(!(PositionTie() == before));
}

void TestPositionBook::aRefusalEndsWhatIsKnown()
{
    const Order stop = stopOf(u"1"_s, u"9"_s, 1);
    PositionBook book = bookOf({longOne}, true, {stop});
    book.forget();
    QVERIFY(!book.isKnown(start));
    QCOMPARE(book.lossOf(stop, start + 1s, start + 1s), PositionLoss());
}

void TestPositionBook::pricesAreToldAsTheInstrumentHasThem()
{
    PositionBook book = bookOf({longOne});
    book.setInstruments({{u"BTC"_s, {u"BTC"_s, u"BTC"_s, u"USDT"_s, 1, Decimal(1), u"online"_s}}});
    const PositionTie tie = book.tieOf(stopOf(u"1"_s, u"7"_s, 1), start);
    QCOMPARE(tie.position->entryPrice->toText(), u"94800.0"_s);
    QCOMPARE(instrumentText(*tie.position), u"BTC-USDT"_s);
}

QTEST_GUILESS_MAIN(TestPositionBook)
#include "tst_positionbook.moc"
