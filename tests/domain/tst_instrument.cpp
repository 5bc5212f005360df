#include "domain/instrument.h"

#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

Decimal decimal(const QString &text)
{
    return Decimal::fromText(text).value_or(Decimal());
}

Order orderAt(const QString &instrument, const QString &price)
{
    Order order;
    order.id = OrderId(u"1"_s);
    order.instrument = instrument;
    order.price = Decimal::fromText(price);
    return order;
}

InstrumentTable table()
{
    return {{u"BTC"_s, {u"BTC"_s, u"BTC"_s, u"USDT"_s, 2, decimal(u"0.001"_s), u"online"_s}},
            {u"1000PEPE"_s, {u"1000pepe"_s, u"1000PEPE"_s, u"USDT"_s, 7, decimal(u"100"_s), u"online"_s}},
            {u"BTC_USDC"_s, {u"BTC_USDC"_s, u"BTC"_s, u"USDC"_s, {}, {}, {}}}};
}

} // namespace

class TestInstrument : public QObject
{
    Q_OBJECT

private slots:
    void describesAnOrder()
    {
        Order order = orderAt(u"BTC"_s, u"95400.1"_s);
        order.triggerPrice = decimal(u"95000"_s);
        order.takeProfitPrice = decimal(u"96000.5"_s);
        order.stopLossPrice = decimal(u"94000.125"_s);
        const Order known = described(order, table());
        QCOMPARE(instrumentText(known), u"BTC-USDT"_s);
        QCOMPARE(known.price->toText(), u"95400.10"_s);
        QCOMPARE(known.triggerPrice->toText(), u"95000.00"_s);
        QCOMPARE(known.takeProfitPrice->toText(), u"96000.50"_s);
        QCOMPARE(known.stopLossPrice->toText(), u"94000.125"_s);
        QCOMPARE(known.lotSize->toText(), u"0.001"_s);
        QCOMPARE(baseSize(known, Decimal(3))->toText(), u"0.003"_s);
        // The same facts once more change nothing.
        QCOMPARE(described(known, table()), known);
        QCOMPARE(described(known, table()).price->toText(), known.price->toText());
    }

    void spellingDoesNotMatter()
    {
        QCOMPARE(described(orderAt(u"btc"_s, u"1"_s), table()).quote, u"USDT"_s);
        QCOMPARE(described(orderAt(u"1000PEPE"_s, u"0.007123"_s), table()).price->toText(), u"0.0071230"_s);
    }

    void whatTheRowNamesStays()
    {
        Order order = orderAt(u"BTC"_s, u"1"_s);
        order.base = u"XBT"_s;
        order.quote = u"USD"_s;
        QCOMPARE(instrumentText(described(order, table())), u"XBT-USD"_s);
        // Half a pair is none: both parts come from one source.
        order.quote.clear();
        QCOMPARE(instrumentText(described(order, table())), u"BTC-USDT"_s);
    }

    void anUnknownInstrumentChangesNothing()
    {
        const Order order = orderAt(u"NEWCOIN"_s, u"1.5"_s);
        QCOMPARE(described(order, table()), order);
        QCOMPARE(instrumentText(described(order, table())), u"NEWCOIN"_s);
        QVERIFY(!baseSize(order, Decimal(3)));
        const Order nameless = orderAt({}, u"1.5"_s);
        QCOMPARE(described(nameless, {{QString(), table().value(u"BTC"_s)}}), nameless);
    }

    void missingFactsStayMissing()
    {
        const Order known = described(orderAt(u"BTC_USDC"_s, u"1.5"_s), table());
        QCOMPARE(instrumentText(known), u"BTC-USDC"_s);
        QCOMPARE(known.price->toText(), u"1.5"_s);
        QVERIFY(!baseSize(known, Decimal(3)));
        const Order market = described(orderAt(u"BTC"_s, {}), table());
        QVERIFY(!market.price);
        QVERIFY(!baseSize(market, std::nullopt));
    }
};

QTEST_GUILESS_MAIN(TestInstrument)
#include "tst_instrument.moc"
