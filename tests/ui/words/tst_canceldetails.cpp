#include "domain/qtversions.h"
#include "tests/ui/cancelrecords.h"
#include "ui/words/canceldetails.h"
#include "ui/words/cancelwords.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace countermand;

class TestCancelDetails : public QObject
{
    Q_OBJECT

private slots:
    void sayEverything();
    void factsLeaveOutWhatIsNotKnown();
    void orderCanBeEnteredAgain();
};

void TestCancelDetails::sayEverything()
{
    CancelRecord record = with(recordAt(CancelStage::Rejected), refused(Refusal::Other, 9111, u"Not %1 tradable"_s));
    record.outcome->latency = 84ms;
    record.outcome->clockDifference = -1200ms;
    record.recordedAt = QDateTime(QDate(2026, 3, 4), QTime(13, 3, 22, 7), inUtc);
    record.settledBy = SettledBy::Answer;
    const QString details = outcomeDetails(record);
    for (const QString &line : {u"Outcome: Not canceled — rejected"_s, u"Code: 9111"_s, u"Message: Not %1 tradable"_s,
                                u"HTTP status: 200"_s, u"Latency: 84 ms"_s, u"Clock difference: -1200 ms"_s,
                                u"Order ID: 33308741701971947"_s, u"Instrument: BTC-USDT"_s,
                                u"Account: ● LIVE Main account"_s, u"Settled by: answer"_s})
        QVERIFY2(details.split(u'\n').contains(line), qPrintable(line + u" in\n"_s + details));
    QVERIFY(details.contains(u"UTC 2026-03-04 13:03:22.007"_s));
    QVERIFY(!details.contains(u"Sent:"_s));
}

void TestCancelDetails::factsLeaveOutWhatIsNotKnown()
{
    CancelRecord record = with(recordAt(CancelStage::CanceledAfterPartFill), accepted());
    record.filledQuantity = Decimal(2);
    record.evidence = {u"first"_s, u"second"_s};
    QHash<QString, QString> facts;
    for (const OrderFact &fact : recordFacts(record)) {
        QVERIFY2(!facts.contains(fact.key), qPrintable(fact.key));
        QVERIFY2(!fact.value.isEmpty() && fact.value != u"—"_s, qPrintable(fact.key));
        facts.insert(fact.key, fact.value);
    }
    QCOMPARE(facts.value(u"outcome"_s), resultOf(record).headline);
    QCOMPARE(facts.value(u"id"_s), u"33308741701971947"_s);
    QCOMPARE(facts.value(u"filledAtEnd"_s), u"2"_s);
    QCOMPARE(facts.value(u"evidence"_s), u"first\nsecond"_s);
    QVERIFY(!facts.contains(u"sent"_s) && !facts.contains(u"leverage"_s));
}

void TestCancelDetails::orderCanBeEnteredAgain()
{
    CancelRecord record = with(recordAt(CancelStage::Canceled), accepted());
    Order &order = record.order;
    order.type = OrderType::Trigger;
    order.triggerPrice = Decimal::fromText(u"65000.00");
    order.takeProfitPrice = Decimal::fromText(u"66000.0");
    order.stopLossPrice = Decimal::fromText(u"1200.5");
    order.leverage = Decimal(20);
    order.marginMode = MarginMode::Cross;
    order.lotSize = Decimal::fromText(u"0.001");
    // Of what is left, with all digits and no groups.
    record.filledQuantity = Decimal(2);
    QCOMPARE(
        orderEntryText(record).split(u'\n'),
        (QStringList{u"Instrument\tBTC-USDT"_s, u"Side\tOpen long"_s, u"Type\tTrigger"_s, u"Price\t64210.0"_s,
                     u"Trigger price\t65000.00"_s, u"Size, contracts\t3"_s, u"Size, BTC\t0.003"_s,
                     u"Take profit\t66000.0"_s, u"Stop loss\t1200.5"_s, u"Leverage\t20"_s, u"Margin mode\tCross"_s}));
    record.filledQuantity = Decimal(5);
    QVERIFY(orderEntryText(record).contains(u"Size, contracts\t5"_s));
    order.price.reset();
    order.marketPrice = true;
    QVERIFY(orderEntryText(record).contains(u"Price\tMarket\n"_s));
}

QTEST_MAIN(TestCancelDetails)
#include "tst_canceldetails.moc"
