#include "domain/qtversions.h"
#include "workflow/openorders.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

Order orderOf(const QString &id, const QString &filled = u"0"_s)
{
    Order order;
    order.id = OrderId(id);
    order.instrument = u"BTC"_s;
    order.type = OrderType::Limit;
    order.price = Decimal::fromText(u"95400.10");
    order.quantity = Decimal(5);
    order.filledQuantity = Decimal::fromText(filled);
    order.remainingQuantity = order.quantity->minus(*order.filledQuantity);
    return order;
}

QList<Order> ordersOf(const QStringList &ids)
{
    QList<Order> orders;
    for (const QString &id : ids)
        orders.append(orderOf(id));
    return orders;
}

QStringList idsOf(const OpenOrders &orders)
{
    QStringList ids;
    for (const auto &[id, row] : orders.rows())
        ids.append(id.text());
    return ids;
}

/// Follows by the signal alone, as a table does: what it holds must equal what is there.
class Follower : public QObject
{
public:
    explicit Follower(const OpenOrders &orders) : m_orders(orders)
    {
        connect(&orders, &OpenOrders::changed, this, [this](const QList<OrderId> &ids) {
            ++told;
            m_twice = m_twice || QSet<OrderId>(ids.cbegin(), ids.cend()).size() != ids.size();
            for (const OrderId &id : ids) {
                if (const OrderRow *row = m_orders.row(id))
                    m_rows[id] = *row;
                else
                    m_twice = m_rows.erase(id) == 0 || m_twice;
            }
        });
    }
    bool agrees() const { return !m_twice && m_rows == m_orders.rows(); }

    int told = 0;

private:
    const OpenOrders &m_orders;
    std::map<OrderId, OrderRow> m_rows;
    /// An id was told twice at once, or as gone though it had not been there.
    bool m_twice = false;
};

} // namespace

class TestOpenOrders : public QObject
{
    Q_OBJECT

private slots:
    void failuresAreForgotten();
    void snapshots_data();
    void snapshots();
    void tellsWhatItWasTold();
    void nothingIsToldForNothing();
    void findsByExactId();
    void stageIsKept();
    void anOrderThatIsListedAgainIsOpen();
    void aRowInDoubtStaysUntilItsEndIsKnown();
    void stageIsToldOnce();
    void refusedHereIsKeptAndToldOnce();
    void instrumentsDescribeEveryRow();
    void randomPairs();
};

void TestOpenOrders::snapshots_data()
{
    QTest::addColumn<QStringList>("before");
    QTest::addColumn<QStringList>("after");
    const QStringList none;
    const QStringList three{u"b"_s, u"d"_s, u"f"_s};
    QTest::newRow("nothing to nothing") << none << none;
    QTest::newRow("first orders") << none << three;
    QTest::newRow("all gone") << three << none;
    QTest::newRow("same") << three << three;
    QTest::newRow("other order") << three << QStringList{u"f"_s, u"b"_s, u"d"_s};
    QTest::newRow("one in front") << three << QStringList{u"a"_s, u"b"_s, u"d"_s, u"f"_s};
    QTest::newRow("one between") << three << QStringList{u"b"_s, u"c"_s, u"d"_s, u"f"_s};
    QTest::newRow("one behind") << three << QStringList{u"b"_s, u"d"_s, u"f"_s, u"g"_s};
    QTest::newRow("first gone") << three << QStringList{u"d"_s, u"f"_s};
    QTest::newRow("middle gone") << three << QStringList{u"b"_s, u"f"_s};
    QTest::newRow("last gone") << three << QStringList{u"b"_s, u"d"_s};
    QTest::newRow("all replaced, before") << three << QStringList{u"a1"_s, u"a2"_s};
    QTest::newRow("all replaced, behind") << three << QStringList{u"x"_s, u"y"_s};
    QTest::newRow("all replaced, between") << three << QStringList{u"a"_s, u"c"_s, u"e"_s, u"g"_s};
    QTest::newRow("swap") << QStringList{u"a"_s} << QStringList{u"b"_s};
}

void TestOpenOrders::snapshots()
{
    QFETCH(const QStringList, before);
    QFETCH(QStringList, after);
    OpenOrders orders;
    Follower follower(orders);
    orders.setSnapshot(ordersOf(before));
    QVERIFY(follower.agrees());
    orders.setSnapshot(ordersOf(after));
    after.sort();
    QCOMPARE(idsOf(orders), after);
    QVERIFY(follower.agrees());
    QVERIFY(follower.told <= 2);
}

void TestOpenOrders::tellsWhatItWasTold()
{
    OpenOrders orders;
    orders.setSnapshot(ordersOf({u"1"_s, u"2"_s, u"3"_s, u"4"_s}));
    QSignalSpy changes(&orders, &OpenOrders::changed);
    const Order filled = orderOf(u"3"_s, u"1"_s);
    const Order come = orderOf(u"5"_s);
    orders.change({&come, &filled}, {OrderId(u"2"_s), OrderId(u"9"_s)});
    QCOMPARE(changes.size(), 1);
    // What was never there has not gone.
    QCOMPARE(changes.at(0).at(0).value<QList<OrderId>>(),
             QList<OrderId>({OrderId(u"2"_s), OrderId(u"3"_s), OrderId(u"5"_s)}));
    QCOMPARE(orders.find(OrderId(u"3"_s))->filledQuantity->toText(), u"1"_s);
    QCOMPARE(idsOf(orders), QStringList({u"1"_s, u"3"_s, u"4"_s, u"5"_s}));
}

void TestOpenOrders::nothingIsToldForNothing()
{
    OpenOrders orders;
    QSignalSpy changes(&orders, &OpenOrders::changed);
    orders.setSnapshot({});
    orders.change({}, {OrderId(u"1"_s)});
    orders.setInstruments({});
    orders.setStage(OrderId(u"1"_s), CancelStage::Sending);
    QCOMPARE(changes.size(), 0);

    orders.setSnapshot(ordersOf({u"1"_s, u"2"_s, u"3"_s}));
    changes.clear();
    orders.setSnapshot(ordersOf({u"3"_s, u"1"_s, u"2"_s}));
    orders.setInstruments({});
    QCOMPARE(changes.size(), 0);
    // Another digit is another text in the table.
    Order order = orderOf(u"2"_s);
    order.price = Decimal::fromText(u"95400.1");
    const Order same = orderOf(u"1"_s);
    orders.change({&order, &same}, {});
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes.at(0).at(0).value<QList<OrderId>>(), {OrderId(u"2"_s)});
    QCOMPARE(orders.find(OrderId(u"2"_s))->price->toText(), u"95400.1"_s);
}

void TestOpenOrders::findsByExactId()
{
    OpenOrders orders;
    orders.setSnapshot(ordersOf({u"9223372036854775807"_s, u"33308749002645666"_s, u"33308749002645667"_s, u"1"_s}));
    QCOMPARE(orders.count(), 4);
    QVERIFY(orders.find(OrderId(u"33308749002645666"_s)));
    QCOMPARE(orders.row(OrderId(u"33308749002645667"_s))->order.id.tail(), u"5667"_s);
    for (const QString &other : {u"33308749002645668"_s, u"01"_s, u"0"_s, u"zzz"_s, QString()}) {
        QVERIFY(!orders.row(OrderId(other)));
        QVERIFY(!orders.find(OrderId(other)));
    }
}

void TestOpenOrders::stageIsKept()
{
    OpenOrders orders;
    const OrderId id(u"2"_s);
    orders.setStage(id, CancelStage::UnknownChecking); // not listed yet
    QCOMPARE(orders.stageOf(id), std::optional(CancelStage::UnknownChecking));
    orders.setSnapshot(ordersOf({u"1"_s, u"2"_s}));
    QCOMPARE(orders.row(id)->stage, std::optional(CancelStage::UnknownChecking));
    QVERIFY(!orders.row(OrderId(u"1"_s))->stage);

    orders.setSnapshot({orderOf(u"2"_s, u"3"_s)});
    QCOMPARE(orders.row(id)->stage, std::optional(CancelStage::UnknownChecking));
    orders.setSnapshot({});
    orders.setSnapshot(ordersOf({u"2"_s}));
    QCOMPARE(orders.row(id)->stage, std::optional(CancelStage::UnknownChecking));

    orders.setStage(id, {});
    QVERIFY(!orders.stageOf(id));
    QVERIFY(!orders.row(id)->stage);
}

void TestOpenOrders::anOrderThatIsListedAgainIsOpen()
{
    const OrderId id(u"2"_s);
    OpenOrders orders;
    orders.setSnapshot(ordersOf({u"1"_s, u"2"_s}));
    orders.setStage(id, CancelStage::Accepted);
    orders.setSnapshot(ordersOf({u"1"_s}));
    QCOMPARE(orders.stageOf(id), std::optional(CancelStage::Accepted));
    orders.setStage(id, CancelStage::Canceled);
    orders.setSnapshot(ordersOf({u"1"_s, u"2"_s}));
    QVERIFY(!orders.row(id)->stage);

    orders.setStage(id, CancelStage::Rejected);
    orders.setSnapshot(ordersOf({u"1"_s, u"2"_s}));
    QCOMPARE(orders.row(id)->stage, std::optional(CancelStage::Rejected));
    orders.setSnapshot({});
    orders.setSnapshot(ordersOf({u"2"_s}));
    QVERIFY(!orders.row(id)->stage);
}

void TestOpenOrders::aRowInDoubtStaysUntilItsEndIsKnown()
{
    const OrderId id(u"2"_s);
    OpenOrders orders;
    orders.setSnapshot(ordersOf({u"1"_s, u"2"_s, u"3"_s}));
    QSignalSpy changes(&orders, &OpenOrders::changed);
    orders.setStage(id, CancelStage::Sending);
    orders.setSnapshot(ordersOf({u"1"_s, u"3"_s}));
    QCOMPARE(orders.count(), 3);
    QCOMPARE(orders.listedCount(), 2);
    QVERIFY(!orders.isListed(id));
    QVERIFY(orders.isListed(OrderId(u"1"_s)));
    QVERIFY(!orders.isListed(OrderId(u"7"_s)));
    orders.setStage(id, CancelStage::UnknownChecking);
    orders.setSnapshot(ordersOf({u"1"_s, u"3"_s}));
    QVERIFY(orders.row(id));

    orders.setSnapshot(ordersOf({u"1"_s, u"2"_s, u"3"_s}));
    QCOMPARE(orders.listedCount(), 3);
    orders.setSnapshot(ordersOf({u"1"_s, u"3"_s}));
    orders.setStage(id, CancelStage::UnknownCanceled);
    QCOMPARE(changes.constLast().at(0).value<QList<OrderId>>(), {id});
    QVERIFY(!orders.row(id));
    QCOMPARE(orders.listedCount(), 2);

    orders.setStage(OrderId(u"3"_s), CancelStage::Accepted);
    orders.setSnapshot(ordersOf({u"1"_s}));
    QCOMPARE(orders.count(), 1);
}

void TestOpenOrders::stageIsToldOnce()
{
    OpenOrders orders;
    orders.setSnapshot(ordersOf({u"1"_s, u"2"_s}));
    QSignalSpy changes(&orders, &OpenOrders::changed);
    orders.setStage(OrderId(u"2"_s), CancelStage::Sending);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes.at(0).at(0).value<QList<OrderId>>(), {OrderId(u"2"_s)});
    orders.setStage(OrderId(u"2"_s), CancelStage::Sending);
    QCOMPARE(changes.size(), 1);

    // Told by the row's own id, which goes with the row.
    orders.change({}, {OrderId(u"2"_s)});
    orders.setStage(orders.row(OrderId(u"2"_s))->order.id, CancelStage::Canceled);
    QCOMPARE(changes.size(), 2);
    QCOMPARE(changes.at(1).at(0).value<QList<OrderId>>(), {OrderId(u"2"_s)});
    QVERIFY(!orders.row(OrderId(u"2"_s)));
}

void TestOpenOrders::refusedHereIsKeptAndToldOnce()
{
    const OrderId id(u"2"_s);
    OpenOrders orders;
    orders.setRefusedHere(id, true); // not listed yet
    orders.setSnapshot(ordersOf({u"1"_s, u"2"_s}));
    QVERIFY(orders.row(id)->isRefusedHere);
    QVERIFY(!orders.row(OrderId(u"1"_s))->isRefusedHere);
    QSignalSpy changes(&orders, &OpenOrders::changed);
    orders.setRefusedHere(id, true);
    QCOMPARE(changes.size(), 0);
    // A stage that goes, or another list, says nothing of it.
    orders.setStage(id, CancelStage::Rejected);
    orders.setStage(id, {});
    orders.setSnapshot(ordersOf({u"1"_s}));
    orders.setSnapshot(ordersOf({u"1"_s, u"2"_s}));
    QVERIFY(orders.row(id)->isRefusedHere);
    changes.clear();
    orders.setRefusedHere(id, false);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes.at(0).at(0).value<QList<OrderId>>(), {id});
    QVERIFY(!orders.row(id)->isRefusedHere);
}

void TestOpenOrders::instrumentsDescribeEveryRow()
{
    OpenOrders orders;
    QList<Order> listed = ordersOf({u"a"_s, u"b"_s});
    listed[1].instrument = u"NEWCOIN"_s;
    orders.setSnapshot(listed);
    const InstrumentTable known{{u"BTC"_s, {u"BTC"_s, u"BTC"_s, u"USDT"_s, 3, Decimal::fromText(u"0.001"), {}}}};
    QSignalSpy changes(&orders, &OpenOrders::changed);
    orders.setInstruments(known);
    QCOMPARE(changes.size(), 1);
    const auto priceOf = [&orders](const QString &id) { return orders.find(OrderId(id))->price->toText(); };
    QCOMPARE(instrumentText(*orders.find(OrderId(u"a"_s))), u"BTC-USDT"_s);
    QCOMPARE(priceOf(u"a"_s), u"95400.100"_s);
    QCOMPARE(instrumentText(*orders.find(OrderId(u"b"_s))), u"NEWCOIN"_s);
    QCOMPARE(priceOf(u"b"_s), u"95400.10"_s);

    // The next list, and the same facts again, change nothing; a new order is described as it comes.
    orders.setSnapshot(listed);
    orders.setInstruments(known);
    QCOMPARE(changes.size(), 1);
    orders.setSnapshot(listed + ordersOf({u"c"_s}));
    QCOMPARE(changes.constLast().at(0).value<QList<OrderId>>(), {OrderId(u"c"_s)});
    QCOMPARE(priceOf(u"a"_s), u"95400.100"_s);
    QCOMPARE(orders.find(OrderId(u"c"_s))->lotSize->toText(), u"0.001"_s);
}

void TestOpenOrders::randomPairs()
{
    QRandomGenerator random(42);
    OpenOrders orders;
    Follower follower(orders);
    for (int round = 0; round < 400; ++round) {
        QList<Order> listed;
        const int most = int(random.bounded(30));
        for (int number = 0; number < 30; ++number) {
            if (int(random.bounded(30)) < most)
                listed.append(orderOf(QString::number(number), QString::number(random.bounded(3))));
        }
        std::shuffle(listed.begin(), listed.end(), random);
        if (random.bounded(3) == 0)
            orders.setStage(OrderId(QString::number(random.bounded(30))),
                            random.bounded(2) ? std::optional(CancelStage::Accepted) : std::nullopt);
        QVERIFY(follower.agrees());
        orders.setSnapshot(listed);
        QVERIFY2(follower.agrees(), qPrintable(u"round %1"_s.arg(round)));

        QCOMPARE(orders.count(), int(listed.size()));
        for (const Order &order : std::as_const(listed)) {
            QVERIFY(orders.row(order.id)->order == order);
            QCOMPARE(orders.row(order.id)->stage, orders.stageOf(order.id));
        }
    }
}

void TestOpenOrders::failuresAreForgotten()
{
    OpenOrders orders;
    orders.setSnapshot(ordersOf({u"1"_s, u"2"_s, u"3"_s}));
    orders.setStage(OrderId(u"1"_s), CancelStage::Rejected);
    orders.setStage(OrderId(u"2"_s), CancelStage::UnknownChecking);
    orders.setStage(OrderId(u"3"_s), CancelStage::UnknownStillOpen);
    Follower follower(orders);
    orders.forgetFailure(OrderId(u"1"_s));
    QVERIFY(!orders.stageOf(OrderId(u"1"_s)) && !orders.row(OrderId(u"1"_s))->stage);
    // What isn't known is no failure.
    orders.forgetFailures();
    QVERIFY(!orders.stageOf(OrderId(u"3"_s)));
    QCOMPARE(orders.stageOf(OrderId(u"2"_s)), std::optional(CancelStage::UnknownChecking));
    orders.forgetFailure(OrderId(u"2"_s));
    QCOMPARE(orders.stageOf(OrderId(u"2"_s)), std::optional(CancelStage::UnknownChecking));
    QCOMPARE(follower.told, 2);
}

QTEST_GUILESS_MAIN(TestOpenOrders)
#include "tst_openorders.moc"
