#include "domain/order.h"

#include <QSet>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestOrder : public QObject
{
    Q_OBJECT

private slots:
    void idIsOpaque();
    void instrument_data();
    void instrument();
    void protective_data();
    void protective();
    void partlyFilled_data();
    void partlyFilled();
};

void TestOrder::idIsOpaque()
{
    const OrderId large(u"9223372036854775807"_s);
    QCOMPARE(large.text(), u"9223372036854775807"_s);
    QCOMPARE(large.tail(), u"5807"_s);
    QCOMPARE(OrderId(u"12"_s).tail(), u"12"_s);
    QCOMPARE(OrderId().tail(), QString());
    QVERIFY(OrderId().isEmpty());
    QVERIFY(!large.isEmpty());

    // Text, not a number: leading zeros and blanks make another id.
    QVERIFY(OrderId(u"01"_s) != OrderId(u"1"_s));
    QVERIFY(OrderId(u"1 "_s) != OrderId(u"1"_s));
    QVERIFY(OrderId(u"10"_s) < OrderId(u"9"_s));
    QVERIFY(!(OrderId(u"9"_s) < OrderId(u"9"_s)));
    const QSet<OrderId> ids{OrderId(u"1"_s), OrderId(u"01"_s), OrderId(u"1"_s)};
    QCOMPARE(ids.size(), 2);
}

void TestOrder::instrument_data()
{
    QTest::addColumn<QString>("raw");
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("quote");
    QTest::addColumn<QString>("text");
    QTest::newRow("pair") << u"BTC"_s << u"BTC"_s << u"USDT"_s << u"BTC-USDT"_s;
    QTest::newRow("pair without raw name") << QString() << u"1000PEPE"_s << u"USDT"_s << u"1000PEPE-USDT"_s;
    QTest::newRow("no quote") << u"BTC"_s << u"BTC"_s << QString() << u"BTC"_s;
    QTest::newRow("no base") << u"btc_usd"_s << QString() << u"USD"_s << u"btc_usd"_s;
    QTest::newRow("raw only") << u"XYZ"_s << QString() << QString() << u"XYZ"_s;
    QTest::newRow("silent") << QString() << QString() << QString() << u"—"_s;
}

void TestOrder::instrument()
{
    QFETCH(const QString, raw);
    QFETCH(const QString, base);
    QFETCH(const QString, quote);
    Order order;
    order.instrument = raw;
    order.base = base;
    order.quote = quote;
    QTEST(instrumentText(order), "text");
}

void TestOrder::protective_data()
{
    QTest::addColumn<OrderType>("type");
    QTest::addColumn<bool>("always");
    QTest::newRow("limit") << OrderType::Limit << false;
    QTest::newRow("market") << OrderType::Market << false;
    QTest::newRow("trigger") << OrderType::Trigger << false;
    QTest::newRow("trailing stop") << OrderType::TrailingStop << true;
    QTest::newRow("take profit") << OrderType::TakeProfit << true;
    QTest::newRow("stop loss") << OrderType::StopLoss << true;
    QTest::newRow("both") << OrderType::TakeProfitStopLoss << true;
    QTest::newRow("other") << OrderType::Other << false;
}

void TestOrder::protective()
{
    QFETCH(const OrderType, type);
    QFETCH(const bool, always);
    Order order;
    order.type = type;
    QCOMPARE(isProtective(order), always);
    order.positionEffect = PositionEffect::Open;
    QCOMPARE(isProtective(order), always);
    order.positionEffect = PositionEffect::Close;
    QVERIFY(isProtective(order));
    QCOMPARE(carriesBoth(order), type == OrderType::TakeProfitStopLoss);
}

void TestOrder::partlyFilled_data()
{
    QTest::addColumn<QString>("quantity");
    QTest::addColumn<QString>("filled");
    QTest::addColumn<QString>("remaining");
    QTest::addColumn<bool>("partly");
    const auto row = [](const char *quantity, const char *filled, const char *remaining, bool partly) {
        QTest::addRow("%s/%s/%s", quantity, filled, remaining)
            << QString::fromLatin1(quantity) << QString::fromLatin1(filled) << QString::fromLatin1(remaining)
            << partly;
    };
    row("", "", "", false);
    row("5", "0", "5", false);
    row("5", "0.00", "5", false);
    row("5", "2", "3", true);
    row("5", "0.001", "", true);
    row("5", "5", "0", false);
    row("5", "6", "", false);
    row("", "2", "", true);
    row("", "0", "", false);
    // What the exchange does not say follows from the other two.
    row("5", "", "3", true);
    row("5", "", "5.0", false);
    row("5", "", "0", false);
    row("", "", "3", false);
}

void TestOrder::partlyFilled()
{
    QFETCH(const QString, quantity);
    QFETCH(const QString, filled);
    QFETCH(const QString, remaining);
    Order order;
    order.quantity = Decimal::fromText(quantity);
    order.filledQuantity = Decimal::fromText(filled);
    order.remainingQuantity = Decimal::fromText(remaining);
    QTEST(isPartlyFilled(order), "partly");
}

QTEST_GUILESS_MAIN(TestOrder)
#include "tst_order.moc"
