#include "domain/order.h"
#include "tests/support/opensession.h"
#include "tests/support/waiting.h"
#include "workflow/cancelworkflow.h"
#include "workflow/openorders.h"
#include "workflow/orderend.h"
#include "workflow/orderfeed.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QObject>
#include <QPointer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace countermand;

namespace {

/// A trial client as "Test connection" makes one.
std::unique_ptr<CoinwClient> trialClient(const Credentials &credentials)
{
    auto network = std::make_unique<PracticeNetwork>();
    auto client = std::make_unique<CoinwClient>(*network, Endpoint{PracticeMarket::baseUrl()}, CoinwClient::Timing{});
    client->setCredentials(credentials);
    network.release()->setParent(client.get());
    return client;
}

} // namespace

/// One open account: that its parts are joined as they should be.
class TestSession : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsSentBeforeTheStart();
    void theStartReadsTheList();
    void theListComesBeforeTheInstruments();
    void aScanWaitsForTheInstruments();
    void aStoppedScanDoesNotBegin();
    void pricesAreReadWhileWanted();
    void whatWasUnsettledIsTakenUp();
    void theEndOfAnOrderIsLookedUp();
    void anotherNameIsTheSameAccount();
    void theLogSaysWhatHappenedAndNoSecret();
    void testFindsTheKeyGood();
    void testFindsTheKeyBad();
    void testOfAClosedDialogTellsNobody();
};

void TestSession::nothingIsSentBeforeTheStart()
{
    const OpenSession open(Environment::Live);
    QCOMPARE(open.session->account().name, u"Main"_s);
    QCOMPARE(open.session->host(), PracticeMarket::baseUrl().host());
    QCoreApplication::processEvents();
    const Conditions line = open.session->conditions();
    QVERIFY(!line.latency && !line.clockOffset);
    QCOMPARE(line.queued, 0);
    QCOMPARE(line.budgetFree, line.budgetLimit);
    QVERIFY(!open.session->feed().status().loaded);
    QCOMPARE(open.session->instrumentCount(), 0);
}

void TestSession::theStartReadsTheList()
{
    const OpenSession open;
    QSignalSpy conditions(open.session.get(), &Session::conditionsChanged);
    open.session->start({});
    // Untriggered conditional orders come with the list of their instrument.
    QTRY_COMPARE(open.session->orders().listedCount(), 8);
    QVERIFY(open.session->feed().status().loaded);
    QVERIFY(!conditions.isEmpty());
    QVERIFY(open.session->conditions().latency);
    QVERIFY(open.session->conditions().clockOffset);
    QVERIFY(open.session->conditions().budgetFree < open.session->conditions().budgetLimit);
}

void TestSession::theListComesBeforeTheInstruments()
{
    const OpenSession open;
    bool wasLoaded = false;
    connect(open.session.get(), &Session::instrumentsChanged, this,
            [&] { wasLoaded = open.session->feed().status().loaded; });
    open.session->start({});
    QTRY_VERIFY(open.session->instrumentCount() > 0);
    QVERIFY(wasLoaded);
    const auto instrument = open.session->instrument(u"btc"_s);
    QVERIFY(instrument);
    QCOMPARE(instrument->base, u"BTC"_s);
    QVERIFY(!open.session->instrument(u"NOBODYKNOWS"_s));
}

void TestSession::aScanWaitsForTheInstruments()
{
    const OpenSession open;
    open.session->start({});
    open.session->scanInstruments();
    QVERIFY(!open.session->feed().status().scan);
    QTRY_VERIFY(open.session->feed().status().scan);
    QCOMPARE(open.session->feed().status().scan->total, open.session->instrumentCount());
    open.session->stopScan();
    QVERIFY(!open.session->feed().status().scan);
    // Now that they are known it begins at once.
    open.session->scanInstruments();
    QVERIFY(open.session->feed().status().scan);
}

void TestSession::aStoppedScanDoesNotBegin()
{
    const OpenSession open;
    open.session->start({});
    open.session->scanInstruments();
    open.session->stopScan();
    QTRY_VERIFY(open.session->instrumentCount() > 0);
    QVERIFY(!open.session->feed().status().scan);
}

void TestSession::pricesAreReadWhileWanted()
{
    const OpenSession open;
    QSignalSpy prices(open.session.get(), &Session::pricesChanged);
    open.session->start({});
    QTRY_VERIFY(open.session->instrumentCount() > 0);
    Order order;
    order.base = u"BTC"_s;
    order.quote = u"USDT"_s;
    QVERIFY(prices.isEmpty());
    QVERIFY(!open.session->lastPrice(order));
    open.session->setWatched(true, true);
    QTRY_VERIFY(!prices.isEmpty());
    QVERIFY(open.session->lastPrice(order));
    order.base = u"NOBODYKNOWS"_s;
    QVERIFY(!open.session->lastPrice(order));
}

void TestSession::whatWasUnsettledIsTakenUp()
{
    const OpenSession open;
    CancelRecord record;
    record.cancelId = u"earlier"_s;
    record.account = open.session->account();
    record.order.id = OrderId(u"P-33308741700001947"_s);
    record.order.instrument = u"BTC"_s;
    record.order.type = OrderType::Limit;
    record.stage = CancelStage::UnknownChecking;
    record.recordedAt = record.sentAt = QDateTime::currentDateTimeUtc().addSecs(-60);
    open.session->start({record});
    QCOMPARE(open.session->cancels().recoveringCount(), 1);
    // Its order is still listed, so that it was never canceled.
    QTRY_COMPARE(open.session->cancels().recoveringCount(), 0);
}

void TestSession::theEndOfAnOrderIsLookedUp()
{
    const OpenSession open;
    open.session->start({});
    QTRY_VERIFY(open.session->feed().status().loaded);
    const OrderId id(u"P-33308741700001947"_s);
    const Order *listed = open.session->orders().find(id);
    QVERIFY(listed);
    const Order order = *listed;
    open.network->perform(PracticeCommand::FillFully, id);
    std::optional<OrderEnd> end;
    open.session->lookUpEnd(order, this, [&end](const OrderEnd &found) { end = found; });
    QVERIFY(!end);
    QTRY_VERIFY(end);
    QVERIFY(end->filledWhole);
    QCOMPARE(end->filledQuantity, order.quantity);
}

namespace {

/// What was written to the log while it lives, "category: message".
class LogCatcher
{
public:
    LogCatcher()
    {
        s_lines.clear();
        QLoggingCategory::setFilterRules(u"countermand.*=true"_s);
        m_before = qInstallMessageHandler([](QtMsgType, const QMessageLogContext &context, const QString &message) {
            s_lines.append(QLatin1StringView(context.category) + u": "_s + message);
        });
    }
    ~LogCatcher()
    {
        qInstallMessageHandler(m_before);
        QLoggingCategory::setFilterRules(QString());
    }
    static QStringList of(const QString &category) { return s_lines.filter(u"countermand."_s + category + u": "_s); }
    static QString all() { return s_lines.join(u'\n'); }

private:
    static inline QStringList s_lines;
    QtMessageHandler m_before;
};

} // namespace

void TestSession::anotherNameIsTheSameAccount()
{
    const OpenSession open(Environment::Live);
    open.session->start({});
    QTRY_COMPARE(open.session->orders().listedCount(), 8);
    const QString id = open.session->account().id;
    open.session->rename(u"Other"_s, 3);
    QCOMPARE(open.session->account().id, id);
    QCOMPARE(open.session->account().name, u"Other"_s);
    QCOMPARE(open.session->account().swatch, 3);
    // What is canceled from now on stands under the new name.
    const auto request = open.session->cancels().prepare(OrderId(u"P-33308741700002046"_s));
    QVERIFY(request);
    QCOMPARE(request->account, open.session->account());
}

void TestSession::theLogSaysWhatHappenedAndNoSecret()
{
    const LogCatcher log;
    const Credentials keys = PracticeMarket::credentials();
    const OpenSession open(Environment::Live);
    open.session->start({});
    QTRY_COMPARE(open.session->orders().listedCount(), 8);
    const auto request = open.session->cancels().prepare(OrderId(u"P-33308741700002046"_s));
    QVERIFY(request);
    open.session->cancels().submit(*request, RecordPolicy::Required);
    QTRY_VERIFY2(!LogCatcher::of(u"cancel"_s).filter(u"canceled"_s).isEmpty(), qPrintable(LogCatcher::all()));
    QVERIFY(!LogCatcher::of(u"net"_s).filter(u"DELETE /v1/perpum/order"_s).isEmpty());
    QVERIFY(!LogCatcher::of(u"feed"_s).isEmpty());
    QVERIFY(!LogCatcher::of(u"journal"_s).filter(u"written"_s).isEmpty());
    for (const QByteArray &secret : {keys.key(), keys.secret()})
        QVERIFY2(!LogCatcher::all().contains(QString::fromUtf8(secret)), qPrintable(LogCatcher::all()));
    // Nor a signature: nothing of their length.
    QVERIFY2(!LogCatcher::all().contains(QRegularExpression(u"[0-9A-Za-z+/]{40,}"_s)), qPrintable(LogCatcher::all()));
}

void TestSession::testFindsTheKeyGood()
{
    std::optional<ConnectionTest> found;
    Session::test(trialClient(PracticeMarket::credentials()), this,
                  [&found](const ConnectionTest &test) { found = test; });
    QVERIFY(!found);
    QTRY_VERIFY(found);
    QCOMPARE(found->openOrders, std::optional(8));
    QVERIFY(!found->error);
    QVERIFY(found->clockOffset);
}

void TestSession::testFindsTheKeyBad()
{
    std::optional<ConnectionTest> found;
    QPointer<CoinwClient> line;
    auto client = trialClient({u"somebody"_s, u"else"_s});
    line = client.get();
    Session::test(std::move(client), this, [&found](const ConnectionTest &test) { found = test; });
    QTRY_VERIFY(found);
    QVERIFY(!found->openOrders);
    QCOMPARE(found->error->kind, ApiError::Kind::Unauthorized);
    // The client lives as long as its one call.
    QTRY_VERIFY(!line);
}

void TestSession::testOfAClosedDialogTellsNobody()
{
    bool told = false;
    auto dialog = std::make_unique<QObject>();
    auto client = trialClient(PracticeMarket::credentials());
    const QPointer<CoinwClient> line(client.get());
    Session::test(std::move(client), dialog.get(), [&told](const ConnectionTest &) { told = true; });
    dialog.reset();
    QVERIFY(!line);
    QCoreApplication::processEvents();
    QVERIFY(!told);
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
