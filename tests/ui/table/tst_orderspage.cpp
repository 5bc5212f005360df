#include "tests/support/opensession.h"
#include "tests/support/waiting.h"
#include "ui/table/orderfilter.h"
#include "ui/table/orderselection.h"
#include "ui/table/orderspage.h"
#include "ui/table/ordersview.h"
#include "workflow/orderfeed.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;

/// The page in a window, on a practice exchange.
class TestOrdersPage : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void readsThenShowsTheTable();
    void aFilterThatLeavesNothing();
    void noOrders();
    void offlineFromTheStart();
    void aRefusedKey();
    void anEmptiedTableGivesItsFocusOn();

private:
    void makePage();
    QString shown() const { return m_page->currentWidget()->objectName(); }
    void filter(const QString &text) { m_page->table().setFilter(OrderFilter::parse(text).filter); }
    /// All orders leave the exchange.
    void emptyTheExchange();

    std::unique_ptr<OpenSession> m_open;
    std::unique_ptr<QWidget> m_window;
    OrdersPage *m_page = nullptr;
};

void TestOrdersPage::init()
{
    m_open = std::make_unique<OpenSession>();
    makePage();
}

void TestOrdersPage::makePage()
{
    m_window = std::make_unique<QWidget>();
    auto *layout = new QVBoxLayout(m_window.get());
    m_page = new OrdersPage(*m_open->session, m_window.get());
    layout->addWidget(m_page);
    m_window->show();
    QVERIFY(waitForExposed(m_window.get()));
    m_window->activateWindow();
}

void TestOrdersPage::cleanup()
{
    m_window.reset();
    m_open.reset();
}

void TestOrdersPage::readsThenShowsTheTable()
{
    QCOMPARE(shown(), u"loadingPage"_s);
    m_open->session->start({});
    QTRY_COMPARE(shown(), u"ordersTable"_s);
    QTRY_COMPARE(m_page->table().selection().shownOrders().size(), 8);
}

void TestOrdersPage::aFilterThatLeavesNothing()
{
    m_open->session->start({});
    QTRY_COMPARE(shown(), u"ordersTable"_s);
    filter(u"inst:nothing"_s);
    QTRY_COMPARE(shown(), u"emptyPage"_s);
    QCOMPARE(m_page->currentWidget()->accessibleName(), u"No order matches this filter"_s);
    const QSignalSpy cleared(m_page, &OrdersPage::clearFilterRequested);
    m_page->findChild<QPushButton *>(u"clearFilterButton"_s)->click();
    QCOMPARE(cleared.size(), 1);
    filter({});
    QTRY_COMPARE(shown(), u"ordersTable"_s);
}

void TestOrdersPage::emptyTheExchange()
{
    const auto ids = m_page->table().selection().shownOrders();
    for (const OrderId &id : ids)
        m_open->network->perform(PracticeCommand::RemoveElsewhere, id);
    connect(m_open->network, &PracticeNetwork::marketChanged, &m_open->session->feed(), &OrderFeed::refresh);
    m_open->session->feed().refresh();
}

void TestOrdersPage::noOrders()
{
    m_open->session->start({});
    QTRY_COMPARE(m_page->table().selection().shownOrders().size(), 8);
    emptyTheExchange();
    QTRY_COMPARE(shown(), u"emptyPage"_s);
    QCOMPARE(m_page->currentWidget()->accessibleName(), u"No open orders"_s);
    QVERIFY(!m_page->findChild<QPushButton *>(u"clearFilterButton"_s)->isVisible());
    // One that comes opens the table again by itself.
    m_open->network->perform(PracticeCommand::AddOlder);
    m_open->session->feed().refresh();
    QTRY_COMPARE(shown(), u"ordersTable"_s);
}

void TestOrdersPage::offlineFromTheStart()
{
    m_open->network->perform(PracticeCommand::GoOffline);
    m_open->session->start({});
    QTRY_COMPARE(shown(), u"errorPage"_s);
    QCOMPARE(m_page->currentWidget()->accessibleName(), u"Orders could not be read"_s);
    m_open->network->perform(PracticeCommand::GoOffline);
    m_page->findChild<QPushButton *>(u"retryButton"_s)->click();
    QTRY_COMPARE(shown(), u"ordersTable"_s);
}

void TestOrdersPage::aRefusedKey()
{
    m_window.reset();
    m_open = std::make_unique<OpenSession>(Environment::Live, Credentials(u"somebody"_s, u"else"_s));
    makePage();
    m_open->session->start({});
    QTRY_COMPARE(shown(), u"errorPage"_s);
    QTRY_VERIFY(m_open->session->feed().status().keyRefused);
    QCOMPARE(m_page->currentWidget()->accessibleDescription(), u"6000 Invalid API key."_s);
}

void TestOrdersPage::anEmptiedTableGivesItsFocusOn()
{
    m_open->session->start({});
    QTRY_COMPARE(shown(), u"ordersTable"_s);
    QVERIFY(waitForActive(m_window.get()));
    m_page->table().setFocus();
    QVERIFY(m_page->table().hasFocus());
    filter(u"inst:nothing"_s);
    QTRY_COMPARE(shown(), u"emptyPage"_s);
    QVERIFY(m_page->findChild<QPushButton *>(u"clearFilterButton"_s)->hasFocus());
    filter({});
    QTRY_COMPARE(shown(), u"ordersTable"_s);
    QVERIFY(m_page->table().hasFocus());
}

QTEST_MAIN(TestOrdersPage)
#include "tst_orderspage.moc"
