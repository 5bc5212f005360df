#include "tests/ui/sampleorders.h"
#include "ui/table/orderselection.h"
#include "ui/table/orderstable.h"

#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;

/// Which orders are meant, and why they can't be canceled; without a view.
class TestOrderSelection : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void theCurrentOneOfSeveral();
    void goneOrdersAreNotMeant();
    void headingsAreNoOrders();
    void scopesAreOfTheCurrentOrder();
    void reasons();
    void tellsEachReasonOnce();
    void tellsOfOtherRowsAndOfOtherStages();

private:
    void select(const QStringList &tails)
    {
        QItemSelection rows;
        for (const QString &tail : tails) {
            const QModelIndex index = m_table->indexOf(sample::id(tail.toLatin1().constData()));
            rows.select(index, index);
        }
        m_rows->select(rows, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
    void makeCurrent(const char *tail)
    {
        m_rows->setCurrentIndex(m_table->indexOf(sample::id(tail)), QItemSelectionModel::NoUpdate);
    }
    static QString tailsOf(const QList<OrderId> &ids)
    {
        QStringList tails;
        for (const OrderId &id : ids)
            tails.append(id.tail());
        return tails.join(u' ');
    }

    std::unique_ptr<OpenOrders> m_orders;
    std::unique_ptr<OrdersTable> m_table;
    std::unique_ptr<QItemSelectionModel> m_rows;
    std::unique_ptr<OrderSelection> m_selection;
};

void TestOrderSelection::init()
{
    m_orders = std::make_unique<OpenOrders>();
    m_orders->setSnapshot(sample::startList());
    m_table = std::make_unique<OrdersTable>(*m_orders);
    m_rows = std::make_unique<QItemSelectionModel>(m_table.get());
    m_selection = std::make_unique<OrderSelection>(*m_orders, *m_table, *m_rows);
}

void TestOrderSelection::cleanup()
{
    m_selection.reset();
    m_rows.reset();
    m_table.reset();
    m_orders.reset();
}

void TestOrderSelection::theCurrentOneOfSeveral()
{
    QVERIFY(m_selection->selectedOrder().isEmpty());
    QVERIFY(m_selection->currentOrder().isEmpty());
    makeCurrent("7828");
    QVERIFY(m_selection->selectedOrder().isEmpty());
    QCOMPARE(m_selection->currentOrder(), sample::id("7828"));
    // From top to bottom, in whatever order they were selected.
    select({u"5620"_s, u"1947"_s, u"7828"_s});
    QCOMPARE(tailsOf(m_selection->selectedOrders()), u"1947 7828 5620"_s);
    QCOMPARE(m_selection->selectedOrder(), sample::id("7828"));
    makeCurrent("0093");
    QCOMPARE(m_selection->selectedOrder(), sample::id("1947"));
    QCOMPARE(tailsOf(m_selection->shownOrders()), u"7715 1947 2046 3155 7828 0093 5512 5620"_s);
}

void TestOrderSelection::goneOrdersAreNotMeant()
{
    select({u"1947"_s, u"2046"_s});
    makeCurrent("1947");
    m_table->setHeld(true);
    m_orders->change({}, {sample::id("1947")});
    QVERIFY(m_table->indexOf(sample::id("1947")).isValid());
    QCOMPARE(tailsOf(m_selection->selectedOrders()), u"2046"_s);
    QCOMPARE(m_selection->selectedOrder(), sample::id("2046"));
    QVERIFY(!m_selection->isFree(sample::id("1947")));
}

void TestOrderSelection::headingsAreNoOrders()
{
    m_table->setGroupBy(GroupBy::Instrument);
    QCOMPARE(m_table->rowCount(), 12);
    QCOMPARE(m_selection->shownOrders().size(), 8);
    m_rows->setCurrentIndex(m_table->index(0, 0), QItemSelectionModel::NoUpdate);
    QVERIFY(m_selection->currentOrder().isEmpty());
}

void TestOrderSelection::scopesAreOfTheCurrentOrder()
{
    const auto tails = [this](CancelScope scope) {
        QList<OrderId> ids;
        for (const Order &order : m_selection->ordersIn(scope))
            ids.append(order.id);
        return tailsOf(ids);
    };
    makeCurrent("3155");
    select({u"5620"_s});
    QCOMPARE(tails(CancelScope::Selected), u"5620"_s);
    QCOMPARE(tails(CancelScope::Instrument), u"1947 2046 3155"_s);
    QCOMPARE(tails(CancelScope::InstrumentSide), u"1947 3155"_s);
    m_table->setFilter(OrderFilter::parse(u"eth"_s).filter);
    QCOMPARE(tails(CancelScope::Shown), u"7715 7828"_s);
    QCOMPARE(m_selection->ordersIn(CancelScope::All).size(), 8);
}

void TestOrderSelection::reasons()
{
    QCOMPARE(m_selection->blockedReason(), u"Select an order first"_s);
    QCOMPARE(m_selection->blockedReasonOfOne(), u"Select an order first"_s);
    select({u"1947"_s, u"2046"_s});
    makeCurrent("1947");
    QCOMPARE(m_selection->blockedReason(), QString());
    m_orders->setStage(sample::id("1947"), CancelStage::Sending);
    // One of two can be canceled, the current one can't.
    QCOMPARE(m_selection->blockedReason(), QString());
    QCOMPARE(m_selection->blockedReasonOfOne(), u"Already being canceled"_s);
    QVERIFY(!m_selection->isFree(sample::id("1947")));
    QVERIFY(m_selection->isFree(sample::id("2046")));
    m_orders->setStage(sample::id("2046"), CancelStage::UnknownUnresolved);
    QCOMPARE(m_selection->blockedReason(), u"Already being canceled"_s);
    m_table->setCancelBlocked(u"Offline"_s);
    QCOMPARE(m_selection->blockedReason(), u"Offline"_s);
    QCOMPARE(m_selection->generalBlock(), u"Offline"_s);
    QVERIFY(!m_selection->isFree(sample::id("3155")));
    QVERIFY(!m_selection->isFree(OrderId()));
}

void TestOrderSelection::tellsEachReasonOnce()
{
    QSignalSpy reasons(m_selection.get(), &OrderSelection::blockedReasonChanged);
    select({u"1947"_s});
    select({u"2046"_s});
    m_table->setCancelBlocked(u"Offline"_s);
    m_table->setCancelBlocked(u"Offline"_s);
    m_table->setCancelBlocked({});
    m_orders->setStage(sample::id("2046"), CancelStage::Sending);
    QStringList told;
    for (const auto &reason : std::as_const(reasons))
        told.append(reason.at(0).toString());
    QCOMPARE(told, QStringList({QString(), u"Offline"_s, QString(), u"Already being canceled"_s}));
}

void TestOrderSelection::tellsOfOtherRowsAndOfOtherStages()
{
    QSignalSpy changed(m_selection.get(), &OrderSelection::changed);
    QSignalSpy renewed(m_selection.get(), &OrderSelection::renewed);
    select({u"1947"_s});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(renewed.size(), 1);
    m_orders->setStage(sample::id("1947"), CancelStage::Sending);
    QCOMPARE(changed.size(), 1);
    QVERIFY(renewed.size() > 1);
    // Another price is nothing to a selection.
    const auto before = renewed.size();
    Order order = *m_orders->find(sample::id("2046"));
    order.price = Decimal(1);
    m_orders->change({&order}, {});
    QCOMPARE(renewed.size(), before);
}

QTEST_GUILESS_MAIN(TestOrderSelection)
#include "tst_orderselection.moc"
