#include "tests/ui/table/ordersviewtest.h"
#include "ui/table/orderdelegate.h"

#include <QAbstractItemModelTester>
#include <QContextMenuEvent>
#include <QSignalSpy>

using namespace countermand;
using namespace Qt::StringLiterals;

/// Orders put together below headings with count and value.
class TestOrdersGroups : public OrdersViewTest
{
    Q_OBJECT

private slots:
    void offAtFirst();
    void byInstrument();
    void bySide();
    void valuesAddUp();
    void headingsFollowTheOrders();
    void collapses();
    void headingsOfferToCancelTheirGroup();
    void headingsAreNoOrders();
    void filterAndSortInside();
    void nothingIsAddedBelowWhileHeld();
    void modelIsSound();

private:
    /// Tails of ids, and headings as they read.
    QStringList rows() const
    {
        QStringList all;
        const OrdersTable &proxy = m_view->rows();
        for (int row = 0; row < proxy.rowCount(); ++row)
            all.append(proxy.isGroup(row) ? proxy.index(row, Column::Instrument).data().toString()
                                          : proxy.idAt(row).tail());
        return all;
    }
};

void TestOrdersGroups::offAtFirst()
{
    QCOMPARE(rows().size(), 8);
}

void TestOrdersGroups::byInstrument()
{
    m_view->setGroupBy(GroupBy::Instrument);
    QCOMPARE(rows(), (QStringList{u"▾ 1000PEPE-USDT · 1 order · 1 short"_s, u"0093"_s,
                                  u"▾ BTC-USDT · 3 orders · 2 long, 1 short"_s, u"1947"_s, u"2046"_s, u"3155"_s,
                                  u"▾ ETH-USDT · 2 orders · 1 long, 1 short"_s, u"7715"_s, u"7828"_s,
                                  u"▾ SOL-USDT · 2 orders · 2 long"_s, u"5512"_s, u"5620"_s}));
    m_view->setGroupBy(GroupBy::None);
    QCOMPARE(rows().size(), 8);
    QCOMPARE(rows().constFirst(), u"7715"_s);
}

void TestOrdersGroups::bySide()
{
    m_view->setGroupBy(GroupBy::Side);
    const QStringList all = rows();
    QCOMPARE(all.filter(u"order"_s), (QStringList{u"▾ ▲ Open long · 4 orders"_s, u"▾ ▼ Close long · 1 order"_s,
                                                  u"▾ ▼ Open short · 3 orders"_s}));
}

void TestOrdersGroups::valuesAddUp()
{
    for (Order &order : m_orders)
        order.lotSize = Decimal::fromText(u"0.001");
    m_model->setSnapshot(m_orders);
    m_view->setGroupBy(GroupBy::Instrument);
    // 3 x 64.2100 + 12 x 65.9805 + 10 x 63.5000, every digit.
    QVERIFY2(rows().contains(u"▾ BTC-USDT · 3 orders · 1,619.40 USDT · 2 long, 1 short"_s),
             qPrintable(rows().join(u'\n')));
    // A trailing stop has no price, so the sum of its group is not known.
    QVERIFY(rows().contains(u"▾ SOL-USDT · 2 orders · 2 long"_s));
}

void TestOrdersGroups::headingsFollowTheOrders()
{
    m_view->setGroupBy(GroupBy::Instrument);
    QSignalSpy changes(&m_view->rows(), &OrdersTable::dataChanged);
    without("2046");
    QVERIFY(rows().contains(u"▾ BTC-USDT · 2 orders · 2 long"_s));
    QVERIFY(!changes.isEmpty());
    without("0093");
    QVERIFY(rows().filter(u"PEPE"_s).isEmpty());
    m_orders = sample::startList();
    m_model->setSnapshot(m_orders);
    QVERIFY(rows().contains(u"▾ BTC-USDT · 3 orders · 2 long, 1 short"_s));
    QCOMPARE(rows().constFirst(), u"▾ 1000PEPE-USDT · 1 order · 1 short"_s);
}

void TestOrdersGroups::collapses()
{
    m_view->setGroupBy(GroupBy::Instrument);
    const QRect heading = m_view->visualRect(m_view->rows().index(2, Column::Price));
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, heading.center());
    pointerLeaves();
    QCOMPARE(rows().size(), 9);
    QCOMPARE(rows().at(2), u"▸ BTC-USDT · 3 orders · 2 long, 1 short"_s);
    QVERIFY(!m_view->rows().indexOf(sample::id("1947")).isValid());
    QCOMPARE(m_view->rows().shownCount(), 8);
    QCOMPARE(m_model->count(), 8);

    m_view->setCurrentIndex(m_view->rows().index(2, 0));
    QTest::keyClick(m_view.get(), Qt::Key_Right);
    QCOMPARE(rows().size(), 12);
}

void TestOrdersGroups::headingsOfferToCancelTheirGroup()
{
    m_view->setGroupBy(GroupBy::Instrument);
    QSignalSpy many(&m_view->menu(), &OrderMenu::cancelManyRequested);
    QSignalSpy one(m_view.get(), &OrdersView::questionRequested);
    const auto button = [this](int row) {
        const QRect line(0, m_view->rowViewportPosition(row), m_view->viewport()->width(), m_view->rowHeight(row));
        return OrderDelegate::groupButtonRect(line, m_view->font(), Qt::LeftToRight).center();
    };
    const auto press = [&](int row) {
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, button(row));
        pointerLeaves();
    };
    press(2);
    QCOMPARE(many.size(), 1);
    QCOMPARE(many.constFirst().constFirst().value<CancelScope>(), CancelScope::Selected);
    QCOMPARE(m_view->selection().selectedOrders(),
             (QList<OrderId>{sample::id("1947"), sample::id("2046"), sample::id("3155")}));
    QVERIFY(rows().at(2).startsWith(u"▾"_s));
    press(0);
    QCOMPARE(one.size(), 1);
    QCOMPARE(one.constFirst().constFirst().value<OrderId>(), sample::id("0093"));

    // A press that ends elsewhere does nothing; nor does one while nothing can be canceled.
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, button(2));
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, button(6));
    m_view->rows().setCancelBlocked(u"Offline"_s);
    pointerLeaves();
    QCOMPARE(many.size(), 1);
    m_view->rows().setCancelBlocked({});

    // Orders that are hidden are shown before they are asked about.
    m_view->setCurrentIndex(m_view->rows().index(2, 0));
    QTest::keyClick(m_view.get(), Qt::Key_Left);
    QVERIFY(rows().at(2).startsWith(u"▸"_s));
    QContextMenuEvent wanted(QContextMenuEvent::Keyboard, {}, {}, Qt::NoModifier);
    QCoreApplication::sendEvent(m_view->viewport(), &wanted);
    auto *action = m_view->findChild<QAction *>(u"actCancelGroup"_s);
    QVERIFY(action);
    action->trigger();
    QCOMPARE(many.size(), 2);
    QCOMPARE(m_view->selection().selectedOrders().size(), 3);
}

void TestOrdersGroups::headingsAreNoOrders()
{
    m_view->setGroupBy(GroupBy::Instrument);
    QSignalSpy asked(m_view.get(), &OrdersView::cancelRequested);
    QSignalSpy details(m_view.get(), &OrdersView::detailsRequested);
    const QRect button = m_view->visualRect(m_view->rows().index(0, Column::Action));
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, button.center());
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, button.center());
    QCOMPARE(asked.size(), 0);
    QCOMPARE(details.size(), 0);
    m_view->selectAll();
    QCOMPARE(m_view->selection().selectedOrders().size(), 8 - (rows().at(0).startsWith(u'▸') ? 1 : 0));
    QVERIFY(!m_view->selection().selectedOrders().contains(OrderId()));
    QVERIFY(!m_view->selection().shownOrders().contains(OrderId()));
}

void TestOrdersGroups::filterAndSortInside()
{
    m_view->setGroupBy(GroupBy::Instrument);
    m_view->setFilter(OrderFilter::parse(u"btc"_s).filter);
    m_view->sortByColumn(Column::Price, Qt::DescendingOrder);
    QCOMPARE(rows(), (QStringList{u"▾ BTC-USDT · 3 orders · 2 long, 1 short"_s, u"2046"_s, u"1947"_s, u"3155"_s}));
    QCOMPARE(m_view->rows().shownCount(), 3);
    m_view->setFilter(OrderFilter::parse(u"nobody"_s).filter);
    QCOMPARE(m_view->rows().rowCount(), 0);
}

void TestOrdersGroups::nothingIsAddedBelowWhileHeld()
{
    m_view->setGroupBy(GroupBy::Instrument);
    pointerOver(cellCenter("1947", Column::Price));
    const QStringList before = rows();
    m_orders.append(m_orders.constLast());
    m_orders.last().id = sample::id("9001");
    m_orders.last().base = u"BTC"_s;
    m_orders.last().placedAt = m_orders.last().placedAt.addSecs(5);
    m_model->setSnapshot(m_orders);
    QCOMPARE(rows(), before);
    QCOMPARE(m_view->rows().waitingCount(), 1);
    pointerLeaves();
    QCOMPARE(rows().at(6), u"9001"_s);
}

void TestOrdersGroups::modelIsSound()
{
    QAbstractItemModelTester tester(&m_view->rows(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_view->setGroupBy(GroupBy::Side);
    m_view->setGroupBy(GroupBy::Instrument);
    m_view->rows().toggleGroup(0);
    without("1947");
    without("7715");
    m_orders = sample::startList();
    m_model->setSnapshot(m_orders);
    m_view->setGroupBy(GroupBy::None);
    QCOMPARE(rows().size(), 8);
}

QTEST_MAIN(TestOrdersGroups)
#include "tst_ordersgroups.moc"
