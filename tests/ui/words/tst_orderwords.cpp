#include "ui/words/orderwords.h"

#include <QGuiApplication>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(countermand::Order)

namespace {

std::optional<Decimal> number(const char *text)
{
    return Decimal::fromText(QString::fromLatin1(text));
}

Order limitOrder()
{
    Order order;
    order.id = OrderId(u"P-33308741700001947"_s);
    order.instrument = u"BTC"_s;
    order.base = u"BTC"_s;
    order.quote = u"USDT"_s;
    order.positionSide = PositionSide::Long;
    order.positionEffect = PositionEffect::Open;
    order.type = OrderType::Limit;
    order.price = number("64210.0");
    order.quantity = number("2500");
    order.filledQuantity = number("1000");
    order.remainingQuantity = number("1500");
    order.takeProfitPrice = number("66000.0");
    order.placedAt = QDateTime(QDate(2026, 3, 4), QTime(14, 3, 22)).toUTC();
    return order;
}

} // namespace

namespace {

/// Take profit and stop loss of a copied row.
QString copiedTargets(const Order &order)
{
    return copyRowText(order, QDateTime()).section(u'\t', 6, 6);
}

} // namespace

class TestOrderWords : public QObject
{
    Q_OBJECT

private slots:
    void numbers_data();
    void numbers();
    void sides_data();
    void sides();
    void types_data();
    void types();
    void prices();
    void amountsAndDistances();
    void callbacks();
    void remaining_data();
    void remaining();
    void filled_data();
    void filled();
    void takeProfitStopLoss();
    void ages_data();
    void ages();
    void placed();
    void copiedRow();
    void badges();
    void refusedHere();
    void isolation();
};

void TestOrderWords::numbers_data()
{
    QTest::addColumn<QString>("sent");
    QTest::addColumn<QString>("shown");
    for (const auto &[sent, shown] : {
             std::pair{"0", "0"},
             {"7", "7"},
             {"999", "999"},
             {"1000", "1,000"},
             {"95400.10", "95,400.10"},
             {"1234567.8901", "1,234,567.8901"},
             {"100000", "100,000"},
             {"0.0071230", "0.0071230"},
             {"-999", "-999"},
             {"-1000.5", "-1,000.5"},
             {"-100000", "-100,000"},
             {"123456789012345678", "123,456,789,012,345,678"},
             {"1e-7", "0.0000001"},
             {"1e5", "100,000"},
         })
        QTest::newRow(sent) << QString::fromLatin1(sent) << QString::fromLatin1(shown);
}

void TestOrderWords::numbers()
{
    QFETCH(const QString, sent);
    QFETCH(const QString, shown);
    const std::optional<Decimal> decimal = Decimal::fromText(sent);
    QVERIFY(decimal);
    QCOMPARE(numberText(decimal), shown);
    QCOMPARE(numberText({}), u"—"_s);
}

void TestOrderWords::sides_data()
{
    QTest::addColumn<Order>("order");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("side"); // 1 buy, -1 sell, 0 unknown
    const auto row = [](const char *name, std::optional<PositionEffect> effect, std::optional<PositionSide> side,
                        const QString &effectWord, const QString &sideWord, const QString &text, int trade) {
        Order order;
        order.positionEffect = effect;
        order.positionSide = side;
        order.positionEffectWord = effectWord;
        order.positionSideWord = sideWord;
        QString words = text;
        if (trade != 0)
            words = words.mid(2);
        QTest::newRow(name) << order << text << words << trade;
    };
    using E = PositionEffect;
    using S = PositionSide;
    row("open long", E::Open, S::Long, u"open"_s, u"long"_s, u"▲ Open long"_s, 1);
    row("open short", E::Open, S::Short, u"open"_s, u"short"_s, u"▼ Open short"_s, -1);
    row("close long", E::Close, S::Long, u"close"_s, u"long"_s, u"▼ Close long"_s, -1);
    row("close short", E::Close, S::Short, u"close"_s, u"short"_s, u"▲ Close short"_s, 1);
    row("silent", {}, {}, {}, {}, u"—"_s, 0);
    row("words only", {}, {}, u"reduce"_s, u"both"_s, u"reduce both"_s, 0);
    row("known effect", E::Close, {}, u"close"_s, u"both"_s, u"Close both"_s, 0);
    row("known side", {}, S::Short, u"hedge"_s, u"short"_s, u"hedge short"_s, 0);
    row("effect alone", E::Open, {}, {}, {}, u"Open"_s, 0);
    row("side alone", {}, S::Long, {}, {}, u"long"_s, 0);
}

void TestOrderWords::sides()
{
    QFETCH(const Order, order);
    QFETCH(const QString, text);
    QFETCH(const QString, words);
    QFETCH(const int, side);
    QCOMPARE(sideText(order), text);
    QCOMPARE(sideWords(order), words);
    const std::optional<TradeSide> trade = tradeSide(order);
    QCOMPARE(trade ? (*trade == TradeSide::Buy ? 1 : -1) : 0, side);
}

void TestOrderWords::types_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("text");
    QTest::newRow("limit") << int(OrderType::Limit) << QString() << u"Limit"_s;
    QTest::newRow("market") << int(OrderType::Market) << QString() << u"Market"_s;
    QTest::newRow("trigger") << int(OrderType::Trigger) << u"x"_s << u"Trigger"_s;
    QTest::newRow("trailing") << int(OrderType::TrailingStop) << QString() << u"Trailing stop"_s;
    QTest::newRow("tp") << int(OrderType::TakeProfit) << QString() << u"Take profit"_s;
    QTest::newRow("sl") << int(OrderType::StopLoss) << QString() << u"Stop loss"_s;
    QTest::newRow("both") << int(OrderType::TakeProfitStopLoss) << u"stopProfitLoss"_s << u"TP / SL"_s;
    QTest::newRow("other") << int(OrderType::Other) << u"iceberg"_s << u"iceberg"_s;
    QTest::newRow("silent") << int(OrderType::Other) << QString() << u"—"_s;
}

void TestOrderWords::types()
{
    QFETCH(const int, type);
    QFETCH(const QString, word);
    QFETCH(const QString, text);
    Order order;
    order.type = OrderType(type);
    order.typeWord = word;
    QCOMPARE(typeText(order), text);
}

void TestOrderWords::prices()
{
    Order order = limitOrder();
    QCOMPARE(priceText(order), u"64,210.0"_s);
    order.price.reset();
    QCOMPARE(priceText(order), u"—"_s);
    order.marketPrice = true;
    QCOMPARE(priceText(order), u"Market"_s);
    order.marketPrice = false;
    order.type = OrderType::TakeProfit;
    QCOMPARE(priceText(order), u"66,000.0"_s);
    order.type = OrderType::StopLoss;
    order.triggerPrice = number("1.50");
    QCOMPARE(priceText(order), u"1.50"_s);
    order.type = OrderType::Trigger;
    QCOMPARE(priceText(order), u"—"_s);
    order.type = OrderType::TakeProfitStopLoss;
    order.stopLossPrice = number("60000.5");
    QCOMPARE(priceText(order), u"—"_s);
    QCOMPARE(copiedTargets(order), u"66000.0 / 60000.5"_s);
}

void TestOrderWords::amountsAndDistances()
{
    QCOMPARE(amountText(number("355016.2291")), u"355,016.23"_s);
    QCOMPARE(amountText(number("0.0018813540")), u"<0.01"_s);
    QCOMPARE(amountText(number("0.01")), u"0.01"_s);
    QCOMPARE(amountText(number("0")), u"0.00"_s);
    QCOMPARE(amountText(number("7")), u"7.00"_s);
    QCOMPARE(amountText({}), u"—"_s);
    QCOMPARE(distanceText(number("1.25")), u"+1.25 %"_s);
    QCOMPARE(distanceText(number("-0.40")), u"−0.40 %"_s);
    QCOMPARE(distanceText(number("0.00")), u"0.00 %"_s);
    QCOMPARE(distanceText({}), u"—"_s);
    for (const char *near : {"0.49", "-0.49", "0.00"})
        QVERIFY2(isNear(number(near)), near);
    for (const char *far : {"0.50", "-0.50", "12.00"})
        QVERIFY2(!isNear(number(far)), far);
    QVERIFY(!isNear({}));
}

void TestOrderWords::callbacks()
{
    Order order = limitOrder();
    QCOMPARE(callbackText(order), u"—"_s);
    order.callback = Callback{*number("0.005"), Callback::Unit::Fraction};
    QCOMPARE(callbackText(order), u"0.500 %"_s);
    order.callback->unit = Callback::Unit::Unknown;
    QCOMPARE(callbackText(order), u"0.005"_s);
    order.callback = Callback{*number("1250.5"), Callback::Unit::Price};
    QCOMPARE(callbackText(order), u"1,250.5 USDT"_s);
    order.quote.clear();
    QCOMPARE(callbackText(order), u"1,250.5"_s);
}

void TestOrderWords::remaining_data()
{
    QTest::addColumn<QString>("quantity");
    QTest::addColumn<QString>("filled");
    QTest::addColumn<QString>("remaining");
    QTest::addColumn<QString>("text");
    QTest::newRow("all") << u"5"_s << u"2"_s << u"3"_s << u"3 of 5 cont."_s;
    QTest::newRow("grouped") << u"2500"_s << u"0"_s << u"2500"_s << u"2,500 of 2,500 cont."_s;
    QTest::newRow("derived") << u"5"_s << u"2"_s << QString() << u"3 of 5 cont."_s;
    QTest::newRow("no size") << QString() << QString() << u"3"_s << u"3 cont."_s;
    QTest::newRow("size only") << u"5"_s << QString() << QString() << u"— of 5 cont."_s;
    QTest::newRow("silent") << QString() << u"2"_s << QString() << u"—"_s;
}

void TestOrderWords::remaining()
{
    QFETCH(const QString, quantity);
    QFETCH(const QString, filled);
    QFETCH(const QString, remaining);
    QFETCH(const QString, text);
    Order order;
    order.quantity = Decimal::fromText(quantity);
    order.filledQuantity = Decimal::fromText(filled);
    order.remainingQuantity = Decimal::fromText(remaining);
    QCOMPARE(remainingText(order), text);
}

void TestOrderWords::filled_data()
{
    QTest::addColumn<QString>("quantity");
    QTest::addColumn<QString>("filled");
    QTest::addColumn<QString>("remaining");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << u"5"_s << u"0"_s << u"5"_s << u"0 %"_s;
    QTest::newRow("a little") << u"1000"_s << u"1"_s << u"999"_s << u"<1 %"_s;
    QTest::newRow("one") << u"100"_s << u"1"_s << u"99"_s << u"1 %"_s;
    QTest::newRow("floor") << u"3"_s << u"2"_s << u"1"_s << u"66 %"_s;
    QTest::newRow("nearly") << u"1000"_s << u"999"_s << u"1"_s << u"99 %"_s;
    QTest::newRow("whole") << u"5"_s << u"5"_s << u"0"_s << u"100 %"_s;
    QTest::newRow("derived") << u"5"_s << QString() << u"3"_s << u"40 %"_s;
    QTest::newRow("no size") << QString() << u"2"_s << QString() << u"—"_s;
    QTest::newRow("zero size") << u"0"_s << u"0"_s << u"0"_s << u"—"_s;
}

void TestOrderWords::filled()
{
    QFETCH(const QString, quantity);
    QFETCH(const QString, filled);
    QFETCH(const QString, remaining);
    QFETCH(const QString, text);
    Order order;
    order.quantity = Decimal::fromText(quantity);
    order.filledQuantity = Decimal::fromText(filled);
    order.remainingQuantity = Decimal::fromText(remaining);
    QCOMPARE(filledText(order), text);
}

void TestOrderWords::takeProfitStopLoss()
{
    Order order = limitOrder();
    QCOMPARE(copiedTargets(order), u"66000.0 / —"_s);
    order.stopLossPrice = number("60000.5");
    QCOMPARE(copiedTargets(order), u"66000.0 / 60000.5"_s);
    order.takeProfitPrice.reset();
    QCOMPARE(copiedTargets(order), u"— / 60000.5"_s);
    order.stopLossPrice.reset();
    QCOMPARE(copiedTargets(order), u"—"_s);
}

void TestOrderWords::ages_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("from the future") << qint64(-5) << u"0 s"_s;
    QTest::newRow("now") << qint64(0) << u"0 s"_s;
    QTest::newRow("12") << qint64(12) << u"12 s"_s;
    QTest::newRow("59") << qint64(59) << u"59 s"_s;
    QTest::newRow("60") << qint64(60) << u"1 min"_s;
    QTest::newRow("59 min") << qint64(3599) << u"59 min"_s;
    QTest::newRow("1 h") << qint64(3600) << u"1 h 0 m"_s;
    QTest::newRow("2 h 47 m") << qint64(2 * 3600 + 47 * 60 + 59) << u"2 h 47 m"_s;
    QTest::newRow("last of the day") << qint64(86399) << u"23 h 59 m"_s;
    QTest::newRow("1 d") << qint64(86400) << u"1 d 0 h"_s;
    QTest::newRow("1 d 5 h") << qint64(86400 + 5 * 3600 + 3599) << u"1 d 5 h"_s;
}

void TestOrderWords::ages()
{
    QFETCH(const qint64, seconds);
    QFETCH(const QString, text);
    const Order order = limitOrder();
    QCOMPARE(ageText(order, order.placedAt.addSecs(seconds)), text);
}

void TestOrderWords::placed()
{
    Order order = limitOrder();
    QCOMPARE(placedText(order), u"2026-03-04 14:03:22"_s);
    order.placedAt = {};
    QCOMPARE(placedText(order), u"—"_s);
    QCOMPARE(ageText(order, QDateTime::currentDateTimeUtc()), u"—"_s);
}

void TestOrderWords::copiedRow()
{
    Order order = limitOrder();
    QCOMPARE(copyRowText(order, order.placedAt.addSecs(240)),
             u"BTC-USDT\tOpen long\tLimit\t64210.0\t1500 of 2500 cont.\t40 %\t66000.0 / —\t2026-03-04 "
             u"14:03:22\t4 min\tP-33308741700001947"_s);
    // A word from outside must not add cells or rows.
    order.type = OrderType::Other;
    order.typeWord = u"a\tb\nc"_s;
    const QString row = copyRowText(order, order.placedAt);
    QCOMPARE(row.count(u'\t'), 9);
    QVERIFY(!row.contains(u'\n'));
    QVERIFY(row.contains(u"a b c"_s));
}

void TestOrderWords::badges()
{
    Account account{u"1"_s, u"Main account"_s, Environment::Live, u"api.coinw.com"_s, 0};
    QCOMPARE(environmentText(account), u"LIVE"_s);
    QCOMPARE(badgeText(account), u"● LIVE Main account"_s);
    account.environment = Environment::TestServer;
    account.host = u"127.0.0.1:8443"_s;
    QCOMPARE(environmentText(account), u"TEST SERVER 127.0.0.1:8443"_s);
    QCOMPARE(badgeText(account), u"▲ TEST SERVER 127.0.0.1:8443 Main account"_s);
    account.environment = Environment::Practice;
    account.name = u"Practice"_s;
    QCOMPARE(environmentText(account), u"PRACTICE"_s);
    QCOMPARE(badgeText(account), u"◆ PRACTICE"_s);
    QCOMPARE(idTailText(OrderId(u"33308741701971947"_s)), u"…1947"_s);
    QCOMPARE(idTailText(OrderId(u"12"_s)), u"…12"_s);
}

void TestOrderWords::refusedHere()
{
    Order order;
    QCOMPARE(refusedHereText(order), u"CoinW refused to cancel this"_s);
    order.source = u"copy"_s;
    QCOMPARE(refusedHereText(order), u"CoinW refused to cancel this (source copy)"_s);
}

void TestOrderWords::isolation()
{
    QCOMPARE(isolated(u"1947"_s), u"1947"_s);
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    const QString fenced = isolated(u"1947"_s);
    const QString empty = isolated({});
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    QCOMPARE(fenced, QChar(0x2066) + u"1947"_s + QChar(0x2069));
    QVERIFY(empty.isEmpty());
}

QTEST_MAIN(TestOrderWords)
#include "tst_orderwords.moc"
