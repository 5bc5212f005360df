#include "tests/support/opensession.h"
#include "tests/support/waiting.h"
#include "ui/notices/bannerarea.h"
#include "ui/table/orderfilter.h"
#include "ui/table/orderselection.h"
#include "ui/table/orderspage.h"
#include "ui/table/ordersview.h"
#include "ui/window/sessiondisplay.h"
#include "ui/window/statusline.h"
#include "workflow/orderfeed.h"

#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

/// A window's parts that tell how the account is doing, without the window.
struct Shown {
    explicit Shown(Environment environment = Environment::Practice,
                   const Credentials &credentials = PracticeMarket::credentials())
        : open(environment, credentials)
    {
        auto *layout = new QVBoxLayout(&window);
        banners = new BannerArea(&window);
        page = new OrdersPage(*open.session, &window);
        status = new StatusLine(&window);
        counter = new QLabel(&window);
        for (QWidget *part : {static_cast<QWidget *>(counter), static_cast<QWidget *>(banners),
                              static_cast<QWidget *>(page), static_cast<QWidget *>(status)})
            layout->addWidget(part);
        window.show();
        display = std::make_unique<SessionDisplay>(*open.session, *page, *status, *banners, *counter);
    }
    ~Shown()
    {
        display.reset();
        delete page;
    }

    /// "Connection: Practice"
    QString told(const QString &item) const { return window.findChild<QWidget *>(item)->accessibleName(); }
    QPushButton *bannerButton(const QString &word) const
    {
        return window.findChild<QPushButton *>(u"bannerAction_"_s + word);
    }
    /// Until all eight are listed.
    void start()
    {
        open.session->start({});
        QTRY_COMPARE(counter->text(), u"8 of 8 open"_s);
    }

    OpenSession open;
    QWidget window;
    BannerArea *banners;
    OrdersPage *page;
    StatusLine *status;
    QLabel *counter;
    std::unique_ptr<SessionDisplay> display;
};

} // namespace

class TestSessionDisplay : public QObject
{
    Q_OBJECT

private slots:
    void knowsNothingBeforeTheFirstList();
    void counterFollowsListAndFilter();
    void statusLineTellsTheLine();
    void offlineBlocksAndSaysSo();
    void aRefusedKeyLeadsToTheAccount();
    void pricesAreReadWhileTheColumnIsSeen();
    void theScanCanBeStoppedFromItsBanner();
};

void TestSessionDisplay::knowsNothingBeforeTheFirstList()
{
    const Shown shown;
    QCOMPARE(shown.counter->text(), u"Reading…"_s);
    QCOMPARE(shown.counter->accessibleName(), u"Order count: Reading…"_s);
    QCOMPARE(shown.told(u"statusConnection"_s), u"Connection: Practice"_s);
    QCOMPARE(shown.told(u"statusLatency"_s), u"Latency: —"_s);
    QCOMPARE(shown.told(u"statusUpdated"_s), u"Updated: never"_s);
    QCOMPARE(shown.display->count().knowledge, OpenCount::Knowledge::Unknown);
    QVERIFY(shown.banners->findChildren<QWidget *>(QRegularExpression(u"^banner_"_s)).isEmpty());
    QCOMPARE(shown.page->table().selection().generalBlock(), QString());

    const Shown live(Environment::Live);
    QCOMPARE(live.told(u"statusConnection"_s), u"Connection: Connecting…"_s);
}

void TestSessionDisplay::counterFollowsListAndFilter()
{
    Shown shown;
    QSignalSpy changed(shown.display.get(), &SessionDisplay::counterChanged);
    shown.start();
    QVERIFY(!changed.isEmpty());
    QCOMPARE(shown.display->count().knowledge, OpenCount::Knowledge::Exact);
    QCOMPARE(shown.display->count().listed, 8);
    QCOMPARE(shown.counter->accessibleName(), u"Order count: 8 of 8 open"_s);
    shown.page->table().setFilter(OrderFilter::parse(u"inst:btc"_s).filter);
    QTRY_COMPARE(shown.counter->text(), u"3 of 8 shown"_s);
    shown.page->table().setFilter({});
    QTRY_COMPARE(shown.counter->text(), u"8 of 8 open"_s);

    changed.clear();
    shown.open.network->perform(PracticeCommand::AddOlder);
    shown.open.session->feed().refresh();
    QTRY_COMPARE(shown.counter->text(), u"9 of 9 open"_s);
    QVERIFY(!changed.isEmpty());
    // How far the conditional orders were looked for.
    QTRY_VERIFY(shown.open.session->instrumentCount() > 0);
    QTRY_COMPARE(shown.counter->toolTip(), u"Conditional orders checked for %1 of %2 instruments"_s
                                               .arg(shown.open.session->feed().status().triggerInstruments)
                                               .arg(shown.open.session->instrumentCount()));
}

void TestSessionDisplay::statusLineTellsTheLine()
{
    Shown shown(Environment::Live);
    shown.start();
    QTRY_COMPARE(shown.told(u"statusConnection"_s), u"Connection: Connected"_s);
    QTRY_COMPARE(shown.told(u"statusClock"_s), u"Clock: OK"_s);
    QTRY_VERIFY2(shown.told(u"statusUpdated"_s).endsWith(u" s ago"_s), qPrintable(shown.told(u"statusUpdated"_s)));
    QVERIFY2(shown.told(u"statusLatency"_s).endsWith(u" ms"_s), qPrintable(shown.told(u"statusLatency"_s)));
}

void TestSessionDisplay::offlineBlocksAndSaysSo()
{
    Shown shown;
    shown.start();
    QSignalSpy blocked(&shown.page->table().selection(), &OrderSelection::blockedReasonChanged);
    shown.open.network->perform(PracticeCommand::GoOffline);
    shown.open.session->feed().refresh();
    QTRY_COMPARE(shown.page->table().selection().generalBlock(), u"Offline"_s);
    QCOMPARE(shown.told(u"statusConnection"_s), u"Connection: Offline"_s);
    QPushButton *retry = shown.bannerButton(u"offline"_s);
    QVERIFY(retry && retry->isVisible());
    QVERIFY(!blocked.isEmpty());

    shown.open.network->perform(PracticeCommand::GoOffline);
    retry->click();
    QTRY_COMPARE(shown.page->table().selection().generalBlock(), QString());
    QTRY_COMPARE(shown.told(u"statusConnection"_s), u"Connection: Practice"_s);
    QTRY_VERIFY(!shown.bannerButton(u"offline"_s));
}

void TestSessionDisplay::aRefusedKeyLeadsToTheAccount()
{
    Shown shown(Environment::Live, Credentials(u"somebody"_s, u"else"_s));
    QSignalSpy wanted(shown.display.get(), &SessionDisplay::accountWanted);
    shown.open.session->start({});
    QTRY_VERIFY(shown.bannerButton(u"key"_s));
    shown.bannerButton(u"key"_s)->click();
    QCOMPARE(wanted.size(), 1);
}

void TestSessionDisplay::pricesAreReadWhileTheColumnIsSeen()
{
    Shown shown;
    QSignalSpy prices(shown.open.session.get(), &Session::pricesChanged);
    shown.window.hide();
    shown.display->setPriceColumnShown(true);
    shown.start();
    QTRY_VERIFY(shown.open.session->instrumentCount() > 0);
    QVERIFY(prices.isEmpty());
    shown.window.show();
    shown.display->setPriceColumnShown(true);
    QTRY_VERIFY(!prices.isEmpty());
}

void TestSessionDisplay::theScanCanBeStoppedFromItsBanner()
{
    Shown shown;
    shown.start();
    QTRY_VERIFY(shown.open.session->instrumentCount() > 0);
    shown.open.session->scanInstruments();
    QTRY_VERIFY(shown.bannerButton(u"scan"_s));
    shown.bannerButton(u"scan"_s)->click();
    QVERIFY(!shown.open.session->feed().status().scan);
    QTRY_VERIFY(!shown.bannerButton(u"scan"_s));
}

QTEST_MAIN(TestSessionDisplay)
#include "tst_sessiondisplay.moc"
