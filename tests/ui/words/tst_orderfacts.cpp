#include "tests/ui/dialogsamples.h"
#include "ui/words/orderfacts.h"

#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

Order both()
{
    Order order = samples::trailing();
    order.type = OrderType::TakeProfitStopLoss;
    order.takeProfitPrice = Decimal::fromText(u"95000.0");
    order.stopLossPrice = Decimal::fromText(u"82000");
    return order;
}

QString valueOf(const QList<OrderFact> &facts, const QString &key)
{
    for (const OrderFact &fact : facts) {
        if (fact.key == key)
            return fact.value;
    }
    return u"(no such fact)"_s;
}

} // namespace

class TestOrderFacts : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void nineFactsInOrder();
    void factsThatExistStandWhereTheyBelong();
    void value_data();
    void value();
    void placedNamesAgeTimeAndOffset();
    void bothGo();
    void unreadableIsNeverNone();
    void callback();
    void notices_data();
    void notices();
    void stale_data();
    void stale();
    void changedNamesEachFact();
    void plainTextHasPlainNumbers();
    void allFactsShowWhatIsMissing();
};

void TestOrderFacts::unreadableIsNeverNone()
{
    Order order = samples::plain();
    order.takeProfitPrice.reset();
    order.stopLossPrice.reset();
    QCOMPARE(valueOf(confirmationFacts(order, samples::now()), u"tpsl"_s), u"none / none"_s);
    QCOMPARE(attachedNotice(order), QString());
    order.unread = UnreadNumber::StopLoss;
    QCOMPARE(valueOf(confirmationFacts(order, samples::now()), u"tpsl"_s), u"none / unreadable"_s);
    QCOMPARE(attachedNotice(order), u"Attached: TP none, SL unreadable. Check your position's TP/SL afterwards."_s);
    QCOMPARE(valueOf(allFacts(order, samples::now()), u"stopLoss"_s), u"unreadable"_s);
    order.unread = UnreadNumber::TriggerPrice | UnreadNumber::Price;
    order.price.reset();
    QCOMPARE(valueOf(confirmationFacts(order, samples::now()), u"price"_s), u"unreadable"_s);
    QCOMPARE(valueOf(confirmationFacts(order, samples::now()), u"trigger"_s), u"unreadable"_s);
    order = both();
    order.stopLossPrice.reset();
    order.unread = UnreadNumber::StopLoss;
    QCOMPARE(
        bothNotice(order),
        u"This order carries a take profit (95,000.0) and a stop loss (unreadable). Canceling it removes both."_s);
}

void TestOrderFacts::initTestCase()
{
    qputenv("TZ", "CET-1");
}

void TestOrderFacts::nineFactsInOrder()
{
    QStringList keys;
    QStringList labels;
    Order plain = samples::plain();
    plain.leverage.reset();
    for (const OrderFact &fact : confirmationFacts(plain, samples::now())) {
        keys.append(fact.key);
        labels.append(fact.label);
    }
    QCOMPARE(keys.join(u','), u"instrument,side,type,price,remaining,filled,tpsl,placed,id"_s);
    QCOMPARE(labels.join(u','), u"Instrument,Side,Type,Price,Remaining,Filled,TP / SL,Placed,Order ID"_s);
}

void TestOrderFacts::factsThatExistStandWhereTheyBelong()
{
    Order order = samples::partlyFilled();
    order.type = OrderType::Trigger;
    order.triggerPrice = Decimal::fromText(u"65000.0");
    order.lotSize = Decimal::fromText(u"0.001");
    const auto facts = confirmationFacts(order, samples::now(), Decimal(64000));
    QStringList keys;
    QStringList values;
    for (const OrderFact &fact : facts) {
        keys.append(fact.key);
        if (QStringList{u"trigger"_s, u"distance"_s, u"value"_s, u"leverage"_s}.contains(fact.key))
            values.append(fact.value);
    }
    QCOMPARE(keys.join(u','),
             u"instrument,side,type,price,trigger,distance,remaining,value,filled,tpsl,leverage,placed,id"_s);
    QCOMPARE(values.join(u" | "_s), u"65,000.0 | +0.33 % of 64,000 | 192.63 USDT | 20x"_s);
    // What moves with the market, or with another fact, is no change of the order's.
    Order less = order;
    less.remainingQuantity = Decimal(2);
    less.filledQuantity = Decimal(3);
    QVERIFY(changedNotice(facts, confirmationFacts(order, samples::now(), Decimal(60000))).isEmpty());
    const QString notice = changedNotice(facts, confirmationFacts(less, samples::now(), Decimal(64000)));
    QVERIFY2(notice.contains(u"Remaining"_s) && !notice.contains(u"Value"_s), qPrintable(notice));
    less.leverage = Decimal(50);
    QVERIFY(changedNotice(facts, confirmationFacts(less, samples::now())).contains(u"Leverage 20x → 50x"_s));
    // A take profit's price is its trigger, which is not said twice.
    order.type = OrderType::TakeProfit;
    order.price.reset();
    order.takeProfitPrice = order.triggerPrice;
    for (const OrderFact &fact : confirmationFacts(order, samples::now()))
        QVERIFY(fact.key != u"trigger"_s);
    // The details have them too.
    keys.clear();
    for (const OrderFact &fact : allFacts(samples::partlyFilled(), samples::now(), Decimal(64000)))
        keys.append(fact.key);
    QVERIFY(keys.contains(u"distance"_s) && !keys.contains(u"value"_s));
}

void TestOrderFacts::value_data()
{
    QTest::addColumn<Order>("order");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");

    QTest::newRow("instrument") << samples::plain() << u"instrument"_s << u"BTC-USDT"_s;
    QTest::newRow("side") << samples::plain() << u"side"_s << u"▲ Open long"_s;
    QTest::newRow("side, closing") << samples::trailing() << u"side"_s << u"▼ Close long"_s;
    QTest::newRow("type") << samples::trailing() << u"type"_s << u"Trailing stop"_s;
    QTest::newRow("price keeps its digits") << samples::plain() << u"price"_s << u"63,500.0 USDT"_s;
    QTest::newRow("price absent") << samples::trailing() << u"price"_s << u"—"_s;
    QTest::newRow("remaining") << samples::partlyFilled() << u"remaining"_s << u"3 of 5 cont."_s;
    Order known = samples::partlyFilled();
    known.lotSize = Decimal::fromText(u"0.001");
    QTest::newRow("remaining with its base size") << known << u"remaining"_s << u"3 of 5 cont. (0.003 BTC)"_s;
    QTest::newRow("filled") << samples::partlyFilled() << u"filled"_s << u"2 cont. (40 %)"_s;
    QTest::newRow("nothing filled") << samples::plain() << u"filled"_s << u"0 cont. (0 %)"_s;
    QTest::newRow("tp only") << samples::partlyFilled() << u"tpsl"_s << u"66,000.0 / none"_s;
    QTest::newRow("neither tp nor sl") << samples::plain() << u"tpsl"_s << u"none / none"_s;

    Order order = samples::plain();
    order.price = Decimal::fromText(u"95400.10");
    QTest::newRow("trailing zero") << order << u"price"_s << u"95,400.10 USDT"_s;
    order.price = Decimal::fromText(u"0.0000123");
    QTest::newRow("small price") << order << u"price"_s << u"0.0000123 USDT"_s;
    order.price.reset();
    order.marketPrice = true;
    QTest::newRow("market") << order << u"price"_s << u"Market"_s;
    order = samples::plain();
    order.quote.clear();
    order.base.clear();
    QTest::newRow("unknown instrument") << order << u"instrument"_s << u"BTC"_s;
    QTest::newRow("price without a quote") << order << u"price"_s << u"63,500.0"_s;
    order.id = OrderId(u"9223372036854775807"_s);
    QTest::newRow("long id") << order << u"id"_s << u"9223372036854775807"_s;
    order.filledQuantity.reset();
    order.quantity.reset();
    order.remainingQuantity.reset();
    QTest::newRow("no sizes: remaining") << order << u"remaining"_s << u"—"_s;
    QTest::newRow("no sizes: filled") << order << u"filled"_s << u"—"_s;
    order.placedAt = {};
    QTest::newRow("not said when") << order << u"placed"_s << u"—"_s;
    order.type = OrderType::Other;
    order.typeWord = u"iceberg"_s;
    QTest::newRow("unknown type") << order << u"type"_s << u"iceberg"_s;
}

void TestOrderFacts::value()
{
    QFETCH(Order, order);
    QFETCH(QString, key);
    QFETCH(QString, value);
    QCOMPARE(valueOf(confirmationFacts(order, samples::now()), key), value);
}

void TestOrderFacts::placedNamesAgeTimeAndOffset()
{
    QCOMPARE(valueOf(confirmationFacts(samples::plain(), samples::now()), u"placed"_s),
             u"4 min ago · 2026-03-04 14:03:22 +01:00"_s);
}

void TestOrderFacts::notices_data()
{
    QTest::addColumn<Order>("order");
    QTest::addColumn<QString>("partial");
    QTest::addColumn<QString>("attached");
    QTest::addColumn<QString>("protective");
    const QString none;

    QTest::newRow("plain") << samples::plain() << none << none << none;
    QTest::newRow("partly filled with a take profit")
        << samples::partlyFilled()
        << u"2 of 5 contracts have already filled. Canceling stops only the remaining 3; your position stays."_s
        << u"Attached: TP 66,000.0, SL none. Check your position's TP/SL afterwards."_s << none;
    QTest::newRow("trailing stop")
        << samples::trailing() << none << none
        << u"This order protects a position (Trailing stop). Without it the position has one safeguard less."_s;
    Order order = samples::plain();
    order.stopLossPrice = Decimal::fromText(u"67100.0");
    QTest::newRow("stop loss only") << order << none
                                    << u"Attached: TP none, SL 67,100.0. Check your position's TP/SL afterwards."_s
                                    << none;
    order = samples::plain();
    order.positionEffect = PositionEffect::Close;
    QTest::newRow("closing limit order")
        << order << none << none
        << u"This order protects a position (Limit). Without it the position has one safeguard less."_s;
    order = samples::partlyFilled();
    order.takeProfitPrice.reset();
    order.quantity.reset();
    QTest::newRow("total not said")
        << order
        << u"2 of 5 contracts have already filled. Canceling stops only the remaining 3; your position stays."_s
        << none << none;
    order = samples::plain();
    order.filledQuantity = order.quantity;
    order.remainingQuantity = Decimal(0);
    QTest::newRow("wholly filled") << order << none << none << none;
    QTest::newRow("take profit and stop loss in one")
        << both() << none << none
        << u"This order protects a position (TP / SL). Without it the position has two safeguards less."_s;
}

void TestOrderFacts::bothGo()
{
    QCOMPARE(bothNotice(both()),
             u"This order carries a take profit at 95,000.0 and a stop loss at 82,000. Canceling it removes both."_s);
    QCOMPARE(bothNotice(samples::trailing()), QString());
    // Attached to a limit order, they are not the order itself.
    Order attached = samples::plain();
    attached.takeProfitPrice = attached.stopLossPrice = Decimal(5);
    QCOMPARE(bothNotice(attached), QString());
}

void TestOrderFacts::callback()
{
    Order order = samples::trailing();
    QCOMPARE(valueOf(allFacts(order, samples::now()), u"callback"_s), u"(no such fact)"_s);
    order.callback = Callback{Decimal::fromText(u"0.5").value(), Callback::Unit::Unknown};
    QCOMPARE(valueOf(allFacts(order, samples::now()), u"callback"_s), u"0.5"_s);
    const QList<OrderFact> facts = confirmationFacts(order, samples::now());
    QCOMPARE(valueOf(facts, u"callback"_s), u"0.5"_s);
    Order changed = order;
    changed.callback->number = Decimal(1);
    QCOMPARE(changedNotice(facts, confirmationFacts(changed, samples::now())),
             u"Changed while this window was open: Callback 0.5 → 1."_s);
    changed.callback.reset();
    QCOMPARE(changedNotice(facts, confirmationFacts(changed, samples::now())),
             u"Changed while this window was open: Callback 0.5 → —."_s);
}

void TestOrderFacts::notices()
{
    QFETCH(Order, order);
    QTEST(partlyFilledNotice(order), "partial");
    QTEST(attachedNotice(order), "attached");
    QTEST(protectiveNotice(order), "protective");
}

void TestOrderFacts::stale_data()
{
    QTest::addColumn<RowAge>("age");
    QTest::addColumn<QString>("text");
    const auto old = [](int seconds) {
        return u"The list was last updated %1 s ago. These values may be out of date."_s.arg(seconds);
    };
    QTest::newRow("never read") << RowAge()
                                << u"The list has not been read as a whole yet. These values may be out of date."_s;
    QTest::newRow("fresh") << RowAge{0s} << QString();
    QTest::newRow("30 s") << RowAge{30s} << QString();
    QTest::newRow("31 s") << RowAge{31s} << old(31);
    QTest::newRow("an hour") << RowAge{3600s} << old(3600);
    QTest::newRow("conditional, within its turn") << RowAge{42s, 12s} << QString();
    QTest::newRow("conditional, past its turn") << RowAge{43s, 12s} << old(43);
}

void TestOrderFacts::stale()
{
    QFETCH(RowAge, age);
    QTEST(staleNotice(age), "text");
}

void TestOrderFacts::changedNamesEachFact()
{
    const auto before = confirmationFacts(samples::plain(), samples::now());
    QCOMPARE(changedNotice(before, before), QString());
    // Time passing is no change of the order.
    QCOMPARE(changedNotice(before, confirmationFacts(samples::plain(), samples::now().addSecs(3600))), QString());
    Order order = samples::plain();
    order.remainingQuantity = Decimal(7);
    order.filledQuantity = Decimal(3);
    QCOMPARE(changedNotice(before, confirmationFacts(order, samples::now())),
             u"Changed while this window was open: Remaining 10 of 10 cont. → 7 of 10 cont.; "
             "Filled 0 cont. (0 %) → 3 cont. (30 %)."_s);
}

void TestOrderFacts::plainTextHasPlainNumbers()
{
    const QString text = plainText(allFacts(samples::partlyFilled(), samples::now()));
    QVERIFY(text.contains(u"Price\t64210.0\n"_s));
    QVERIFY(text.contains(u"Take profit\t66000.0\n"_s));
    QVERIFY(text.contains(u"Side\tOpen long\n"_s));
    QVERIFY(text.startsWith(u"Order ID\t33308741701971947\n"_s));
    QVERIFY(!text.contains(u"64,210"_s));
}

void TestOrderFacts::allFactsShowWhatIsMissing()
{
    Order order;
    order.id = OrderId(u"7"_s);
    const auto facts = allFacts(order, samples::now());
    for (const OrderFact &fact : facts) {
        if (fact.key != u"id"_s)
            QCOMPARE(fact.value, u"—"_s);
    }
    const auto full = allFacts(samples::partlyFilled(), samples::now());
    QCOMPARE(valueOf(full, u"placed"_s), u"2026-03-04 14:03:22 +01:00 · 2026-03-04 13:03:22 UTC"_s);
    QCOMPARE(valueOf(full, u"side"_s), u"▲ Open long · buy"_s);
    QCOMPARE(valueOf(full, u"leverage"_s), u"20"_s);
    QCOMPARE(valueOf(full, u"source"_s), u"web"_s);
}

QTEST_GUILESS_MAIN(TestOrderFacts)
#include "tst_orderfacts.moc"
