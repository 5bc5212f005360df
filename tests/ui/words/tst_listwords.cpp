#include "tests/ui/sampleorders.h"
#include "ui/words/listwords.h"

#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

Order limit(const char *price, const char *remaining, const char *lot = "0.001", const QString &quote = u"USDT"_s)
{
    Order order;
    order.type = OrderType::Limit;
    order.quote = quote;
    order.price = Decimal::fromText(QString::fromLatin1(price));
    order.remainingQuantity = Decimal::fromText(QString::fromLatin1(remaining));
    order.lotSize = Decimal::fromText(QString::fromLatin1(lot));
    return order;
}

Order of(OrderType type)
{
    Order order = limit("100", "5");
    order.type = type;
    return order;
}

} // namespace

class TestListWords : public QObject
{
    Q_OBJECT

private slots:
    void sums_data();
    void sums();
    void lines();
    void reading();
};

void TestListWords::sums_data()
{
    QTest::addColumn<QList<Order>>("orders");
    QTest::addColumn<QString>("text");
    const Order one = limit("64210.0", "3");
    const Order other = limit("3390.00", "4", "0.01");
    Order noLot = one;
    noLot.lotSize.reset();
    Order noPrice = one;
    noPrice.price.reset();
    Order market = noPrice;
    market.marketPrice = true;
    QTest::newRow("none") << QList<Order>() << QString();
    QTest::newRow("one") << QList{one} << u"192.63 USDT"_s;
    QTest::newRow("two") << QList{one, other} << u"328.23 USDT"_s;
    QTest::newRow("rounded") << QList{limit("0.0071230", "2500", "1")} << u"17.81 USDT"_s;
    QTest::newRow("groups") << QList{limit("71003.24", "5", "1")} << u"355,016.20 USDT"_s;
    QTest::newRow("tiny") << QList{limit("0.0000012", "1", "1")} << u"<0.01 USDT"_s;
    QTest::newRow("by currency") << QList{one, limit("2", "3", "1", u"USDC"_s)} << u"6.00 USDC + 192.63 USDT"_s;
    QTest::newRow("unknown size") << QList{one, noLot} << u"at least 192.63 USDT"_s;
    QTest::newRow("unknown price") << QList{one, noPrice} << u"at least 192.63 USDT"_s;
    QTest::newRow("nothing known") << QList{noLot} << u"value not known"_s;
    QTest::newRow("market") << QList{one, market, of(OrderType::Market)} << u"192.63 USDT"_s;
    QTest::newRow("no own value") << QList{of(OrderType::TakeProfit), of(OrderType::StopLoss),
                                           of(OrderType::TakeProfitStopLoss), of(OrderType::TrailingStop)}
                                  << QString();
    Order silent = of(OrderType::TrailingStop);
    silent.lotSize.reset();
    QTest::newRow("trailing, size unknown") << QList{one, silent} << u"192.63 USDT"_s;
    QTest::newRow("trigger") << QList{of(OrderType::Trigger)} << u"0.50 USDT"_s;
    QTest::newRow("another kind") << QList{of(OrderType::Other)} << u"0.50 USDT"_s;
    // The exact sum would have more digits than a number can hold.
    QTest::newRow("many digits") << QList{limit("123456789.123456789", "1", "1"),
                                          limit("0.000000000000001", "1", "1")}
                                 << u"123,456,789.12 USDT"_s;
}

void TestListWords::sums()
{
    QFETCH(const QList<Order>, orders);
    QTEST(ValueSum(orders).text(), "text");
}

void TestListWords::lines()
{
    const Order one = limit("64210.0", "3");
    QCOMPARE(listText({}, {}), u"0 orders"_s);
    QCOMPARE(listText({one}, {}), u"1 order · 192.63 USDT"_s);
    QCOMPARE(listText({one, one}, {one}), u"2 orders · 385.26 USDT · 1 selected: 192.63 USDT"_s);
    const Order trailing = of(OrderType::TrailingStop);
    QCOMPARE(listText({trailing, trailing}, {trailing, trailing}), u"2 orders · 2 selected"_s);
}

void TestListWords::reading()
{
    QCOMPARE(readingText(0), u"Reading open orders…"_s);
    QCOMPARE(readingText(2), u"Reading open orders… 2 of 4"_s);
}

QTEST_APPLESS_MAIN(TestListWords)
#include "tst_listwords.moc"
