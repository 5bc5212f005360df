#include "domain/qtversions.h"
#include "practice/practicebook.h"
#include "practice/practicelist.h"

#include <QSet>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestPracticeBook : public QObject
{
    Q_OBJECT

private slots:
    void startListIsAlwaysTheSame();
    void startListIsOldestFirst();
    void cancelLeavesARecord();
    void partFillIsAThirdAndNeverAll_data();
    void partFillIsAThirdAndNeverAll();
    void conditionalOrderTriggersBeforeItFills();
    void fullFillLeavesARecord();
    void vanishLeavesNone();
    void nothingHappensToUnknownOrders();
    void recordsNeverEndBeforeTheirLastChange();
    void scheduledEventsWaitForTheirTime();
    void scheduledEventsCanBeTooLate();
    void olderOrdersGoToTheTop();
    void newOrdersGoToTheEnd();
    void idsNeverRepeat();
    void marketStandsStillUntilTold();
    void marketMovesAlwaysTheSameAndEndsNothing();
    void marketDoesNotMakeUpForSleep();
};

namespace {

const QDateTime start(QDate(2026, 3, 4), QTime(12, 0), inUtc);
const OrderId partly(u"P-33308741700001947"_s);
const OrderId withStop(u"P-33308741700002046"_s);
const OrderId conditional(u"P-33308741700007715"_s);
const OrderId small(u"P-33308741700007828"_s);

PracticeOrder found(const PracticeBook &book, const OrderId &id)
{
    for (const PracticeOrder &order : book.orders()) {
        if (order.id == id)
            return order;
    }
    return {};
}

QStringList described(const PracticeBook &book)
{
    QStringList lines;
    for (const PracticeOrder &order : book.orders()) {
        lines.append(u"%1 %2 %3 of %4 at %5 %6"_s.arg(order.id.text(), order.instrument)
                         .arg(order.remaining())
                         .arg(order.total)
                         .arg(order.price, order.updatedAt.toString(Qt::ISODateWithMs)));
    }
    return lines;
}

} // namespace

void TestPracticeBook::startListIsAlwaysTheSame()
{
    QStringList lines;
    for (const PracticeOrder &order : practiceStartList(start)) {
        lines.append(u"%1 %2 %3 %4 %5 %6/%7 tp %8 sl %9"_s
                         .arg(order.id.text(), order.instrument,
                              order.side == PositionSide::Long ? u"long"_s : u"short"_s,
                              order.effect == PositionEffect::Open ? u"open"_s : u"close"_s, order.price)
                         .arg(order.remaining())
                         .arg(order.total)
                         .arg(order.takeProfitPrice, order.stopLossPrice));
    }
    const QStringList expected = {
        u"P-33308741700001947 BTC long open 64210.0 3/5 tp 66000.0 sl "_s,
        u"P-33308741700002046 BTC short open 65980.5 12/12 tp  sl 67100.0"_s,
        u"P-33308741700003155 BTC long open 63500.0 10/10 tp  sl "_s,
        u"P-33308741700007715 ETH long open 3104.20 8/8 tp  sl "_s,
        u"P-33308741700007828 ETH short open 3390.00 4/4 tp  sl "_s,
        u"P-33308741700000093 1000PEPE short open 0.0071230 2500/2500 tp  sl "_s,
        u"P-33308741700005512 SOL long close  20/20 tp  sl "_s,
        u"P-33308741700005620 SOL long open 121.40 6/6 tp  sl "_s,
    };
    QCOMPARE(lines, expected);
    QCOMPARE(practiceStartList(start).at(3).triggerPrice, u"3104.20"_s);
    QCOMPARE(practiceStartList(start).at(3).kind, ListKind::Trigger);
    QCOMPARE(practiceStartList(start).at(6).kind, ListKind::Trailing);
}

void TestPracticeBook::startListIsOldestFirst()
{
    const QList<PracticeOrder> orders = practiceStartList(start);
    for (qsizetype i = 1; i < orders.size(); ++i)
        QVERIFY(orders.at(i - 1).createdAt < orders.at(i).createdAt);
    QVERIFY(orders.constFirst().createdAt > start.addDays(-1));
    QVERIFY(orders.constLast().createdAt < start.addSecs(-60));
}

void TestPracticeBook::cancelLeavesARecord()
{
    PracticeBook book(start);
    book.cancel(partly, start.addSecs(1));
    QVERIFY(!book.isOpen(partly));
    QCOMPARE(book.orders().size(), 7);
    QCOMPARE(book.records().size(), 1);
    const PracticeRecord &record = book.records().constFirst();
    QCOMPARE(record.order.id, partly);
    QVERIFY(record.canceled);
    QCOMPARE(record.order.filled, 2);
    QCOMPARE(record.endedAt, start.addSecs(1));
}

void TestPracticeBook::partFillIsAThirdAndNeverAll_data()
{
    QTest::addColumn<int>("times");
    QTest::addColumn<qint64>("remaining");
    QTest::newRow("none") << 0 << qint64(12);
    QTest::newRow("once") << 1 << qint64(8);
    QTest::newRow("twice") << 2 << qint64(6);
    QTest::newRow("three times") << 3 << qint64(4);
    QTest::newRow("down to one") << 6 << qint64(1);
    QTest::newRow("one stays") << 60 << qint64(1);
}

void TestPracticeBook::partFillIsAThirdAndNeverAll()
{
    QFETCH(int, times);
    QFETCH(qint64, remaining);
    PracticeBook book(start);
    for (int i = 0; i < times; ++i)
        book.fillPartly(withStop, start.addSecs(1));
    QCOMPARE(found(book, withStop).remaining(), remaining);
    QCOMPARE(found(book, withStop).total, 12);
    QVERIFY(book.records().isEmpty());
}

void TestPracticeBook::conditionalOrderTriggersBeforeItFills()
{
    PracticeBook book(start);
    book.fillPartly(conditional, start);
    QCOMPARE(found(book, conditional).kind, ListKind::Plan);
    QCOMPARE(found(book, conditional).placedAs, ListKind::Trigger);
    QCOMPARE(found(book, conditional).filled, 2);
}

void TestPracticeBook::fullFillLeavesARecord()
{
    PracticeBook book(start);
    book.fillFully(partly, start.addSecs(2));
    QVERIFY(!book.isOpen(partly));
    const PracticeRecord &record = book.records().constFirst();
    QVERIFY(!record.canceled);
    QCOMPARE(record.order.filled, 5);
    QCOMPARE(record.endedAt, start.addSecs(2));
}

void TestPracticeBook::vanishLeavesNone()
{
    PracticeBook book(start);
    book.vanish(small);
    QVERIFY(!book.isOpen(small));
    QVERIFY(book.records().isEmpty());
}

void TestPracticeBook::nothingHappensToUnknownOrders()
{
    PracticeBook book(start);
    const QStringList before = described(book);
    for (const OrderId &id : {OrderId(), OrderId(u"P-1"_s)}) {
        book.cancel(id, start);
        book.fillFully(id, start);
        book.fillPartly(id, start);
        book.vanish(id);
        book.schedule(PracticeBook::Event::Cancel, id, start);
        book.advance(start, 0ms);
    }
    QCOMPARE(described(book), before);
    QVERIFY(book.records().isEmpty());
}

void TestPracticeBook::recordsNeverEndBeforeTheirLastChange()
{
    PracticeBook book(start);
    book.addNew(1, start);
    const OrderId fresh = book.orders().constLast().id;
    book.cancel(fresh, start.addSecs(-20));
    QCOMPARE(book.records().constFirst().endedAt, start);
    book.fillPartly(small, start);
    book.fillFully(small, start.addSecs(-3));
    QCOMPARE(book.records().constFirst().endedAt, start);
}

void TestPracticeBook::scheduledEventsWaitForTheirTime()
{
    PracticeBook book(start);
    book.schedule(PracticeBook::Event::Cancel, small, start.addSecs(3));
    book.schedule(PracticeBook::Event::FillPartly, small, start.addSecs(2));
    book.advance(start.addMSecs(1999), 0ms);
    QCOMPARE(found(book, small).filled, 0);
    book.advance(start.addSecs(2), 90s);
    QCOMPARE(found(book, small).filled, 1);
    QCOMPARE(found(book, small).updatedAt, start.addSecs(92));
    book.advance(start.addSecs(3), 90s);
    QVERIFY(!book.isOpen(small));
    QCOMPARE(book.records().constFirst().order.filled, 1);
    QCOMPARE(book.records().constFirst().endedAt, start.addSecs(93));
    book.advance(start.addSecs(60), 0ms);
    QCOMPARE(book.records().size(), 1);
}

void TestPracticeBook::scheduledEventsCanBeTooLate()
{
    PracticeBook book(start);
    book.schedule(PracticeBook::Event::FillFully, small, start.addSecs(3));
    book.cancel(small, start);
    book.advance(start.addSecs(4), 0ms);
    QCOMPARE(book.records().size(), 1);
    QVERIFY(book.records().constFirst().canceled);
}

void TestPracticeBook::olderOrdersGoToTheTop()
{
    PracticeBook book(start);
    for (int i = 0; i < 3; ++i) {
        const QDateTime oldest = book.orders().constFirst().createdAt;
        book.addOlder(start);
        QCOMPARE(book.orders().constFirst().createdAt, oldest.addSecs(-3600));
    }
    QCOMPARE(book.orders().size(), 11);
}

void TestPracticeBook::newOrdersGoToTheEnd()
{
    PracticeBook book(start);
    book.addNew(15, start);
    book.addNew(15, start);
    QCOMPARE(book.orders().size(), 38);
    for (qsizetype i = 1; i < book.orders().size(); ++i)
        QVERIFY(book.orders().at(i - 1).createdAt < book.orders().at(i).createdAt);
    for (const PracticeOrder &order : book.orders().mid(8)) {
        QVERIFY(order.total > 0);
        QVERIFY(Decimal::fromText(order.price) && Decimal::fromText(order.price)->isZero() == false);
    }
}

void TestPracticeBook::idsNeverRepeat()
{
    PracticeBook book(start);
    for (int i = 0; i < 40; ++i) {
        book.addNew(15, start);
        book.addOlder(start);
    }
    QSet<OrderId> ids;
    for (const PracticeOrder &order : book.orders()) {
        QVERIFY(order.id.text().startsWith(u"P-3330874170000"_s));
        QVERIFY(!order.price.startsWith('-'_L1));
        ids.insert(order.id);
    }
    QCOMPARE(ids.size(), book.orders().size());
}

void TestPracticeBook::marketStandsStillUntilTold()
{
    PracticeBook book(start);
    const QStringList before = described(book);
    book.advance(start.addSecs(3600), 0ms);
    QCOMPARE(described(book), before);
}

void TestPracticeBook::marketMovesAlwaysTheSameAndEndsNothing()
{
    PracticeBook one(start);
    PracticeBook two(start);
    one.setMoves(true, start);
    two.setMoves(true, start);
    // Seen often or seldom, it moves the same.
    for (int second = 0; second <= 80; ++second)
        one.advance(start.addSecs(second), 0ms);
    two.advance(start.addSecs(80), 0ms);
    QCOMPARE(described(one), described(two));
    QVERIFY(described(one) != described(PracticeBook(start)));

    for (int minute = 0; minute < 600; ++minute)
        one.advance(start.addSecs(80 + 60 * minute), 0ms);
    QCOMPARE(one.orders().size(), 8);
    QVERIFY(one.records().isEmpty());
    QCOMPARE(found(one, conditional).filled, 0);

    const QStringList moved = described(one);
    one.setMoves(false, start.addDays(1));
    one.advance(start.addDays(2), 0ms);
    QCOMPARE(described(one), moved);
}

void TestPracticeBook::marketDoesNotMakeUpForSleep()
{
    PracticeBook book(start);
    book.setMoves(true, start);
    book.advance(start.addDays(300), 0ms);
    qint64 filled = 0;
    for (const PracticeOrder &order : book.orders())
        filled += order.filled;
    QVERIFY(filled > 2);
    QVERIFY2(filled < 2 + 2500 / 40 + 1, qPrintable(QString::number(filled)));
}

QTEST_GUILESS_MAIN(TestPracticeBook)
#include "tst_practicebook.moc"
