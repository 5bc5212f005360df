#include "domain/qtversions.h"
#include "tests/ui/sampleorders.h"
#include "ui/table/orderfilter.h"

#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestOrderFilter : public QObject
{
    Q_OBJECT

private slots:
    void finds_data();
    void finds();
    void refuses_data();
    void refuses();
    void absentFactsMatchNoComparison();
    void stagesAreStates();
    void typesHaveSeveralNames();
    void strangeWords();
    void agesMoveWithTime();
    void instrumentTerm();
    void emptyMatchesAll();
    void comparesAsValue();

private:
    const QDateTime m_now{QDate(2026, 3, 4), QTime(14, 6, 22), inUtc};
};

void TestOrderFilter::finds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("tails");
    const auto row = [](const char *name, const char16_t *text, const char16_t *tails) {
        QTest::newRow(name) << QString::fromUtf16(text) << QString::fromUtf16(tails);
    };
    row("blank", u"   ", u"7715 1947 2046 3155 7828 0093 5512 5620");
    row("instrument", u"btc", u"1947 2046 3155");
    row("any case", u"BtC-uSdT", u"1947 2046 3155");
    row("part of a word", u"pepe", u"0093");
    row("side", u"short", u"2046 7828 0093");
    row("type", u"trail", u"5512");
    row("id tail", u"5620", u"5620");
    row("part of the id tail", u"562", u"5620");
    row("whole id", u"P-33308741700001947", u"1947");
    row("longer id end", u"00001947", u"1947");
    row("start of ids", u"33308741", u"");
    row("words are ANDed", u"btc long", u"1947 3155");
    row("order of words", u"long btc", u"1947 3155");
    row("two words", u"\"open long\"", u"7715 1947 3155 5620");
    row("two words in another order", u"\"long open\"", u"");
    row("an open quote", u"\"close lo", u"5512");
    row("never across facts", u"\"usdt open\"", u"");
    row("excluded", u"btc -short", u"1947 3155");
    row("excluded words", u"-\"open long\" -btc", u"7828 0093 5512");
    row("excluded field", u"-inst:btc -side:long", u"7828 0093");
    row("inst", u"inst:sol", u"5512 5620");
    row("inst does not look elsewhere", u"inst:long", u"");
    row("inst exactly", u"inst=btc-usdt", u"1947 2046 3155");
    row("inst exactly, by a part", u"inst=pepe", u"");
    row("side long", u"side:long", u"7715 1947 3155 5512 5620");
    row("side as a whole word", u"side=long", u"7715 1947 3155 5512 5620");
    row("side as a part of a word", u"side=lon", u"");
    row("side by the beginning of its word", u"side:l", u"7715 1947 3155 5512 5620");
    row("side not by another part of it", u"side:ell", u"");
    row("side sell", u"side:sell", u"2046 7828 0093 5512");
    row("side of two words", u"side:\"close long\"", u"5512");
    row("type field", u"type:limit", u"1947 2046 3155 7828 0093 5620");
    row("field in any case", u"TYPE:Trigger", u"7715");
    row("id", u"id:1947", u"1947");
    row("id is its end", u"id:194", u"");
    row("id as shown", u"id:…1947", u"1947");
    row("state", u"state:partly", u"1947");
    row("px above", u"px>64000", u"1947 2046");
    row("px at", u"px>=64210", u"1947 2046");
    row("px above itself", u"px>64210", u"2046");
    row("px exactly, other digits", u"px=64210.000", u"1947");
    row("px with groups", u"px=64,210.0", u"1947");
    row("px with a colon", u"px:121.4", u"5620");
    row("px small", u"px<0.01", u"0093");
    row("px to the last digit", u"px<=0.007123", u"0093");
    row("px below the last digit", u"px<0.007123", u"");
    row("px between", u"px>100 px<4000", u"7715 7828 5620");
    row("rem", u"rem<=6", u"1947 7828 5620");
    row("filled", u"filled>0", u"1947");
    row("filled contracts", u"filled=2", u"1947");
    row("not filled", u"-filled>0", u"7715 2046 3155 7828 0093 5512 5620");
    row("age above", u"age>1h", u"7715");
    row("age below", u"age<4m", u"2046 3155 7828 0093 5512 5620");
    row("age as the column says", u"age=4m", u"1947");
    row("age in seconds", u"age<=181s", u"5620");
    row("age in days", u"age<1d", u"7715 1947 2046 3155 7828 0093 5512 5620");
    row("everything", u"btc side:long type:limit px>64000 rem<5 filled>0 age>1m -short", u"1947");
}

void TestOrderFilter::finds()
{
    QFETCH(const QString, text);
    QFETCH(const QString, tails);
    const auto [filter, badTerm] = OrderFilter::parse(text);
    QCOMPARE(badTerm, QString());
    QStringList found;
    for (const Order &order : sample::startList()) {
        if (filter.matches({order, {}}, m_now))
            found.append(order.id.tail());
    }
    QCOMPARE(found.join(u' '), tails);
}

void TestOrderFilter::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("term");
    const auto row = [](const char *name, const char16_t *text, const char16_t *term) {
        QTest::newRow(name) << QString::fromUtf16(text) << QString::fromUtf16(term);
    };
    row("double sign", u"px>>", u"px>>");
    row("no value", u"btc px>", u"px>");
    row("no value after a colon", u"side:", u"side:");
    row("no value in quotes", u"type:\"\"", u"type:\"\"");
    row("empty quotes", u"\"\"", u"\"\"");
    row("lone minus", u"btc -", u"-");
    row("unknown field", u"foo:1", u"foo:1");
    row("no field", u">5", u">5");
    row("words don't compare", u"side>long", u"side>long");
    row("no number", u"px>cheap", u"px>cheap");
    row("decimal comma", u"px>1,5", u"px>1,5");
    row("wrong groups", u"px>1,0000", u"px>1,0000");
    const QString tooLong = u"px>"_s + QString(Decimal::mostDigits + 1, u'9');
    QTest::newRow("more digits than can be kept") << tooLong << tooLong;
    row("age without a unit", u"age>60", u"age>60");
    row("age with another unit", u"age>1w", u"age>1w");
    row("age without a number", u"age>h", u"age>h");
    row("age with a fraction", u"age>1.5h", u"age>1.5h");
    row("age below zero", u"age>-1h", u"age>-1h");
    row("age beyond counting", u"age>99999999999d", u"age>99999999999d");
    row("colon and sign", u"px:>5", u"px:>5");
    row("excluded", u"-px>", u"-px>");
    row("the first one is named", u"btc rem< px>", u"rem<");
}

void TestOrderFilter::refuses()
{
    QFETCH(const QString, text);
    QFETCH(const QString, term);
    QCOMPARE(OrderFilter::parse(text).badTerm, term);
}

void TestOrderFilter::absentFactsMatchNoComparison()
{
    Order order;
    order.id = OrderId(u"1"_s);
    for (const QString &text : {u"px=0"_s, u"px<1"_s, u"rem>=0"_s, u"filled<=5"_s, u"age<1h"_s, u"age>=0s"_s}) {
        const OrderFilter filter = OrderFilter::parse(text).filter;
        QVERIFY2(!filter.matches({order, {}}, m_now), qPrintable(text));
        QVERIFY2(OrderFilter::parse(u'-' + text).filter.matches({order, {}}, m_now), qPrintable(text));
    }
    order.marketPrice = true;
    QVERIFY(!OrderFilter::parse(u"px>=0"_s).filter.matches({order, {}}, m_now));
    order.placedAt = m_now;
    QVERIFY(!OrderFilter::parse(u"age>=0s"_s).filter.matches({order, {}}, {}));
    // A clock that is ahead does not make an order younger than new.
    QVERIFY(OrderFilter::parse(u"age=0s"_s).filter.matches({order, {}}, m_now.addSecs(-60)));
}

void TestOrderFilter::stagesAreStates()
{
    const Order order = sample::startList().constFirst();
    const OrderFilter checking = OrderFilter::parse(u"state:checking"_s).filter;
    QVERIFY(!checking.matches({order, {}}, m_now));
    QVERIFY(checking.matches({order, CancelStage::UnknownChecking}, m_now));
    QVERIFY(OrderFilter::parse(u"state:canceling"_s).filter.matches({order, CancelStage::Sending}, m_now));
    QVERIFY(OrderFilter::parse(u"state:open"_s).filter.matches({order, {}}, m_now));
}

void TestOrderFilter::typesHaveSeveralNames()
{
    Order order;
    const auto matches = [&](const QString &text) {
        return OrderFilter::parse(text).filter.matches({order, {}}, m_now);
    };
    order.type = OrderType::TakeProfitStopLoss;
    order.typeWord = u"stopProfitLoss"_s;
    for (const QString &text : {u"type:tp"_s, u"type:SL"_s, u"type:\"take profit\""_s, u"type:\"stop loss\""_s,
                                u"type=tp"_s, u"type=sl"_s, u"type=\"stop loss\""_s, u"type:\"tp / sl\""_s})
        QVERIFY2(matches(text), qPrintable(text));
    QVERIFY(!matches(u"type:limit"_s));
    QVERIFY(!matches(u"-type:tp"_s));
    order.type = OrderType::TakeProfit;
    QVERIFY(matches(u"type:tp"_s));
    QVERIFY(!matches(u"type:sl"_s));
    QVERIFY(!matches(u"type=\"stop loss\""_s));
    order.type = OrderType::StopLoss;
    QVERIFY(matches(u"type:sl"_s));
    QVERIFY(!matches(u"type:tp"_s));
    order.type = OrderType::Limit;
    order.typeWord = u"plan"_s;
    QVERIFY(!matches(u"type:tp"_s));
}

void TestOrderFilter::strangeWords()
{
    Order order;
    order.id = OrderId(u"17"_s);
    order.instrument = u"ÄPFEL.x"_s;
    order.positionSideWord = u"hedged"_s;
    order.typeWord = u"Iceberg"_s;
    for (const QString &text :
         {u"äpfel"_s, u"hedged"_s, u"iceberg"_s, u"type:ice"_s, u"inst:.X"_s, u"17"_s, u"id:7"_s})
        QVERIFY2(OrderFilter::parse(text).filter.matches({order, {}}, m_now), qPrintable(text));
    QVERIFY(!OrderFilter::parse(u".*"_s).filter.matches({order, {}}, m_now));
}

void TestOrderFilter::agesMoveWithTime()
{
    const OrderFilter filter = OrderFilter::parse(u"age>1m"_s).filter;
    QVERIFY(filter.asksForAge());
    QVERIFY(!OrderFilter::parse(u"px>1 btc"_s).filter.asksForAge());
    Order order = sample::startList().constFirst();
    order.placedAt = m_now;
    QVERIFY(!filter.matches({order, {}}, m_now.addSecs(60)));
    QVERIFY(filter.matches({order, {}}, m_now.addSecs(61)));
}

void TestOrderFilter::instrumentTerm()
{
    QList<Order> orders = sample::startList();
    orders[2].base = u"WBTC"_s;
    orders[3].base = u"MY BTC"_s;
    const auto found = [&](const Order &wanted) {
        const auto [filter, badTerm] = OrderFilter::parse(OrderFilter::instrumentTerm(wanted));
        QStringList tails;
        for (const Order &order : std::as_const(orders)) {
            if (badTerm.isEmpty() && filter.matches({order, {}}, m_now))
                tails.append(order.id.tail());
        }
        return tails.join(u' ');
    };
    QCOMPARE(found(orders.at(0)), u"7715 7828"_s);
    QCOMPARE(found(orders.at(1)), u"1947"_s);
    QCOMPARE(found(orders.at(3)), u"3155"_s);
}

void TestOrderFilter::emptyMatchesAll()
{
    QVERIFY(OrderFilter().isEmpty());
    QVERIFY(OrderFilter().matches({}, m_now));
    QVERIFY(OrderFilter::parse(u" \t "_s).filter.isEmpty());
    QVERIFY(!OrderFilter::parse(u"x"_s).filter.isEmpty());
}

void TestOrderFilter::comparesAsValue()
{
    QCOMPARE(OrderFilter::parse(u"btc  px>1"_s).filter, OrderFilter::parse(u" BTC px>1.0"_s).filter);
    QVERIFY(OrderFilter::parse(u"btc"_s).filter != OrderFilter::parse(u"-btc"_s).filter);
}

QTEST_GUILESS_MAIN(TestOrderFilter)
#include "tst_orderfilter.moc"
