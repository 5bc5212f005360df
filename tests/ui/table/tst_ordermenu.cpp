#include "tests/ui/sampleorders.h"
#include "ui/look/accesskeys.h"
#include "ui/table/orderfilter.h"
#include "ui/table/ordermenu.h"
#include "ui/table/orderselection.h"
#include "ui/table/orderstable.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;

/// What the context menu offers, by whatever selection it is; without a view.
class TestOrderMenu : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void nothingWithoutASelection();
    void asksForTheSelectedOrder();
    void aBlockedOrderIsNotAskedAbout();
    void copiesALineEach();
    void countsItsScopes();
    void filtersByTheCurrentInstrument();

private:
    void select(const char *tail, QItemSelectionModel::SelectionFlags how = QItemSelectionModel::ClearAndSelect)
    {
        m_rows->setCurrentIndex(m_table->indexOf(sample::id(tail)), how | QItemSelectionModel::Rows);
    }
    QAction *action(const QString &name) const { return m_menu->findChild<QAction *>(name); }

    std::unique_ptr<OpenOrders> m_orders;
    std::unique_ptr<OrdersTable> m_table;
    std::unique_ptr<QItemSelectionModel> m_rows;
    std::unique_ptr<OrderSelection> m_selection;
    std::unique_ptr<OrderMenu> m_menu;
};

void TestOrderMenu::init()
{
    m_orders = std::make_unique<OpenOrders>();
    m_orders->setSnapshot(sample::startList());
    m_table = std::make_unique<OrdersTable>(*m_orders);
    m_rows = std::make_unique<QItemSelectionModel>(m_table.get());
    m_selection = std::make_unique<OrderSelection>(*m_orders, *m_table, *m_rows);
    m_menu = std::make_unique<OrderMenu>(*m_orders, *m_table, *m_selection, nullptr);
}

void TestOrderMenu::cleanup()
{
    m_menu.reset();
    m_selection.reset();
    m_rows.reset();
    m_table.reset();
    m_orders.reset();
}

void TestOrderMenu::nothingWithoutASelection()
{
    for (const QString &name :
         {u"actCancelOrder"_s, u"actDetails"_s, u"actCopyId"_s, u"actCopyRow"_s, u"actFilterInstrument"_s})
        QVERIFY2(!action(name)->isEnabled(), qPrintable(name));
    QCOMPARE(action(u"actCancelOrder"_s)->toolTip(), u"Select an order first"_s);
    select("1947");
    for (const QString &name :
         {u"actCancelOrder"_s, u"actDetails"_s, u"actCopyId"_s, u"actCopyRow"_s, u"actFilterInstrument"_s})
        QVERIFY2(action(name)->isEnabled(), qPrintable(name));
    QCOMPARE(action(u"actCancelOrder"_s)->toolTip(), u"Cancel this order (asks first)"_s);
}

void TestOrderMenu::asksForTheSelectedOrder()
{
    QSignalSpy questions(m_menu.get(), &OrderMenu::cancelQuestionRequested);
    QSignalSpy details(m_menu.get(), &OrderMenu::detailsRequested);
    select("2046");
    action(u"actCancelOrder"_s)->trigger();
    action(u"actDetails"_s)->trigger();
    QCOMPARE(questions.size(), 1);
    QCOMPARE(questions.at(0).at(0).value<OrderId>(), sample::id("2046"));
    QCOMPARE(details.size(), 1);
    QCOMPARE(details.at(0).at(0).value<OrderId>(), sample::id("2046"));
}

void TestOrderMenu::aBlockedOrderIsNotAskedAbout()
{
    QSignalSpy questions(m_menu.get(), &OrderMenu::cancelQuestionRequested);
    QSignalSpy many(m_menu.get(), &OrderMenu::cancelManyRequested);
    select("2046");
    m_orders->setStage(sample::id("2046"), CancelStage::Sending);
    QVERIFY(!action(u"actCancelOrder"_s)->isEnabled());
    QCOMPARE(action(u"actCancelOrder"_s)->toolTip(), u"Already being canceled"_s);
    // Renewed when the menu opens; until then it must not ask for what can't be done.
    m_table->setCancelBlocked(u"Offline"_s);
    QCOMPARE(action(u"actCancelOrder"_s)->toolTip(), u"Offline"_s);
    action(u"actCancelInstrument"_s)->trigger();
    QCOMPARE(questions.size() + many.size(), 0);
    m_table->setCancelBlocked({});
    action(u"actCancelInstrument"_s)->trigger();
    QCOMPARE(many.size(), 1);
    QCOMPARE(many.at(0).at(0).value<CancelScope>(), CancelScope::Instrument);
}

void TestOrderMenu::copiesALineEach()
{
    QGuiApplication::clipboard()->setText(u"before"_s);
    action(u"actCopyId"_s)->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"before"_s);
    select("2046");
    select("1947", QItemSelectionModel::Select);
    action(u"actCopyId"_s)->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"P-33308741700001947\nP-33308741700002046"_s);
    action(u"actCopyRow"_s)->trigger();
    const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), 2);
    QVERIFY(lines.at(0).contains(u"64210.0"_s) && lines.at(1).contains(u"65980.5"_s));
}

void TestOrderMenu::countsItsScopes()
{
    select("3155");
    emit m_menu->aboutToShow();
    QVERIFY(!action(u"actCancelSelected"_s)->isVisible());
    QCOMPARE(withoutAccessKey(action(u"actCancelInstrument"_s)->text()), u"Cancel all BTC-USDT (3)…"_s);
    QCOMPARE(withoutAccessKey(action(u"actCancelInstrumentSide"_s)->text()), u"Cancel all BTC-USDT Open long (2)…"_s);
    QCOMPARE(withoutAccessKey(action(u"actCancelShown"_s)->text()), u"Cancel all shown (8)…"_s);
    m_table->setFilter(OrderFilter::parse(u"btc"_s).filter);
    emit m_menu->aboutToShow();
    QCOMPARE(withoutAccessKey(action(u"actCancelShown"_s)->text()), u"Cancel all shown (3)…"_s);
    m_table->setFilter({});
    select("2046", QItemSelectionModel::Select);
    m_orders->setStage(sample::id("1947"), CancelStage::Sending);
    emit m_menu->aboutToShow();
    QVERIFY(action(u"actCancelSelected"_s)->isVisible());
    QCOMPARE(withoutAccessKey(action(u"actCancelSelected"_s)->text()), u"Cancel 2 selected…"_s);
    QCOMPARE(withoutAccessKey(action(u"actCancelInstrument"_s)->text()), u"Cancel all BTC-USDT (2)…"_s);
    QCOMPARE(withoutAccessKey(action(u"actCancelInstrumentSide"_s)->text()), u"Cancel all BTC-USDT Open short…"_s);

    m_orders->setStage(sample::id("2046"), CancelStage::Sending);
    emit m_menu->aboutToShow();
    QVERIFY(!action(u"actCancelInstrumentSide"_s)->isEnabled());
    QCOMPARE(action(u"actCancelInstrumentSide"_s)->toolTip(), u"No order that can be canceled"_s);
}

void TestOrderMenu::filtersByTheCurrentInstrument()
{
    QSignalSpy wanted(m_menu.get(), &OrderMenu::filterWanted);
    select("5620");
    action(u"actFilterInstrument"_s)->trigger();
    QCOMPARE(wanted.size(), 1);
    const OrderFilter filter = OrderFilter::parse(wanted.at(0).at(0).toString()).filter;
    m_table->setFilter(filter);
    QCOMPARE(m_table->rowCount(), 2);
}

QTEST_MAIN(TestOrderMenu)
#include "tst_ordermenu.moc"
