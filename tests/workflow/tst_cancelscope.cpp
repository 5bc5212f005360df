#include "workflow/cancelscope.h"
#include "workflow/openorders.h"

#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

Order orderOf(const QString &id, const QString &instrument, PositionSide side, PositionEffect effect)
{
    Order order;
    order.id = OrderId(id);
    order.instrument = instrument;
    order.positionSide = side;
    order.positionEffect = effect;
    return order;
}

QString idsOf(const QList<Order> &orders)
{
    QStringList ids;
    for (const Order &order : orders)
        ids.append(order.id.text());
    return ids.join(u' ');
}

} // namespace

class TestCancelScope : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void covers_data();
    void covers();
    void leavesOutWhatIsBeingCanceled();
    void leavesOutWhatHasEnded();
    void unknownWordsAreSidesToo();

private:
    OpenOrders m_model;
};

void TestCancelScope::initTestCase()
{
    using enum PositionSide;
    using enum PositionEffect;
    m_model.setSnapshot({orderOf(u"1"_s, u"BTC"_s, Long, Open), orderOf(u"2"_s, u"BTC"_s, Short, Open),
                         orderOf(u"3"_s, u"ETH"_s, Long, Open), orderOf(u"4"_s, u"BTC"_s, Long, Close),
                         orderOf(u"5"_s, u"BTC"_s, Long, Open), orderOf(u"6"_s, u"ETH"_s, Long, Open)});
}

void TestCancelScope::covers_data()
{
    QTest::addColumn<int>("scope");
    QTest::addColumn<QString>("selected");
    QTest::addColumn<QString>("current");
    QTest::addColumn<QString>("expected");
    // The table shows 5 3 1 6, top to bottom; 2 and 4 are hidden by a filter.
    QTest::newRow("selected, in table order") << int(CancelScope::Selected) << u"5 1"_s << u"5"_s << u"5 1"_s;
    QTest::newRow("selected, one gone") << int(CancelScope::Selected) << u"5 9"_s << u"5"_s << u"5"_s;
    QTest::newRow("nothing selected") << int(CancelScope::Selected) << QString() << u"5"_s << QString();
    QTest::newRow("instrument, hidden ones last")
        << int(CancelScope::Instrument) << QString() << u"1"_s << u"5 1 2 4"_s;
    QTest::newRow("instrument and side") << int(CancelScope::InstrumentSide) << QString() << u"1"_s << u"5 1"_s;
    QTest::newRow("without a current order") << int(CancelScope::Instrument) << QString() << QString() << QString();
    QTest::newRow("shown") << int(CancelScope::Shown) << u"1"_s << u"1"_s << u"5 3 1 6"_s;
    QTest::newRow("all") << int(CancelScope::All) << u"1"_s << u"1"_s << u"5 3 1 6 2 4"_s;
}

void TestCancelScope::covers()
{
    QFETCH(int, scope);
    QFETCH(QString, selected);
    QFETCH(QString, current);
    const auto ids = [](const QString &text) {
        QList<OrderId> list;
        for (const QString &id : text.split(u' ', Qt::SkipEmptyParts))
            list.append(OrderId(id));
        return list;
    };
    const auto orders =
        ordersInScope(CancelScope(scope), m_model, ids(u"5 3 1 6"_s), ids(selected), OrderId(current));
    QTEST(idsOf(orders), "expected");
}

void TestCancelScope::leavesOutWhatIsBeingCanceled()
{
    OpenOrders model;
    using enum PositionSide;
    using enum PositionEffect;
    model.setSnapshot({orderOf(u"1"_s, u"BTC"_s, Long, Open), orderOf(u"2"_s, u"BTC"_s, Long, Open),
                       orderOf(u"3"_s, u"BTC"_s, Long, Open)});
    model.setStage(OrderId(u"1"_s), CancelStage::UnknownChecking);
    model.setStage(OrderId(u"2"_s), CancelStage::Rejected);
    QCOMPARE(idsOf(ordersInScope(CancelScope::All, model, {}, {}, {})), u"2 3"_s);
}

void TestCancelScope::leavesOutWhatHasEnded()
{
    OpenOrders orders;
    orders.setSnapshot({orderOf(u"1"_s, u"BTC"_s, PositionSide::Long, PositionEffect::Open),
                        orderOf(u"2"_s, u"BTC"_s, PositionSide::Long, PositionEffect::Open),
                        orderOf(u"3"_s, u"BTC"_s, PositionSide::Long, PositionEffect::Open)});
    // The list still has them, but their end is known.
    orders.setStage(OrderId(u"1"_s), CancelStage::Canceled);
    orders.setStage(OrderId(u"2"_s), CancelStage::GoneFilled);
    QCOMPARE(idsOf(ordersInScope(CancelScope::All, orders, {}, {}, {})), u"3"_s);
    QCOMPARE(orders.listedCount(), 1);
    // This one may be asked about again.
    orders.setStage(OrderId(u"3"_s), CancelStage::Rejected);
    QCOMPARE(idsOf(ordersInScope(CancelScope::All, orders, {}, {}, {})), u"3"_s);
}

void TestCancelScope::unknownWordsAreSidesToo()
{
    Order a;
    Order b;
    a.positionSideWord = u"both"_s;
    b.positionSideWord = u"net"_s;
    QVERIFY(!isSameSide(a, b));
    b.positionSideWord = a.positionSideWord;
    QVERIFY(isSameSide(a, b));
    a.instrument = u"BTC"_s;
    b.instrument = u"BTC"_s;
    a.quote = u"USDT"_s;
    b.quote = u"USDC"_s;
    QVERIFY(!isSameInstrument(a, b));
}

QTEST_GUILESS_MAIN(TestCancelScope)
#include "tst_cancelscope.moc"
