#include "domain/credentials.h"
#include "exchange/coinwclient.h"
#include "tests/support/fakeexchange.h"
#include "tests/support/waiting.h"
#include "workflow/openorders.h"
#include "workflow/orderfeed.h"
#include "workflow/positions.h"

#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const auto endpoint = u"GET /v1/perpum/positions/all"_s;

QJsonObject row(const QString &id, const QJsonValue &pieces)
{
    return {{u"id"_s, u"num:"_s + id},        {u"instrument"_s, u"BTC"_s},       {u"direction"_s, u"long"_s},
            {u"status"_s, u"open"_s},         {u"currentPiece"_s, pieces},       {u"openPrice"_s, u"num:94800.0"_s},
            {u"positionModel"_s, u"num:1"_s}, {u"profitUnreal"_s, u"num:-3.5"_s}};
}

} // namespace

/// Positions against real sockets.
class PositionsTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<FakeExchange> m_exchange;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<CoinwClient> m_client;
    OpenOrders m_orders;
    std::unique_ptr<OrderFeed> m_feed;

    int requests() { return int(m_exchange->log(endpoint).size()); }
    void setRows(const QJsonArray &rows) { m_exchange->command({{u"cmd"_s, u"positions"_s}, {u"rows"_s, rows}}); }
    std::unique_ptr<Positions> opened(const PositionPace &pace)
    {
        return std::make_unique<Positions>(*m_client, *m_feed, pace);
    }

private slots:
    void initTestCase()
    {
        m_exchange = std::make_unique<FakeExchange>();
        QVERIFY2(m_exchange->isReady(), qPrintable(m_exchange->error()));
    }

    void init()
    {
        m_exchange->fresh();
        m_network = std::make_unique<QNetworkAccessManager>();
        m_client = std::make_unique<CoinwClient>(*m_network, Endpoint{m_exchange->baseUrl()}, CoinwClient::Timing{});
        m_client->setCredentials(Credentials(FakeExchange::exampleKey(), FakeExchange::exampleSecret()));
        m_feed = std::make_unique<OrderFeed>(*m_client, m_orders, FeedPace{});
        setRows({row(u"2435521222699900000"_s, u"num:12"_s)});
    }

    void cleanup()
    {
        m_feed.reset();
        m_client.reset();
        m_network.reset();
    }

    void asksOnlyWhileWantedAndEnabled()
    {
        const auto positions = opened({.poll = 50ms});
        QVERIFY(!m_exchange->waitForRequests(endpoint, 1, 300));
        positions->setEnabled(false);
        positions->setWanted(true);
        QVERIFY(!m_exchange->waitForRequests(endpoint, 1, 300));
        positions->setEnabled(true);
        QVERIFY(m_exchange->waitForRequests(endpoint, 3));
        QVERIFY(positions->book().isWhole(clockNow()));
        const Position &position = *positions->book().positions().constFirst();
        QCOMPARE(position.id, u"2435521222699900000"_s);
        QCOMPARE(position.size, Decimal(12));
        QCOMPARE(position.entryPrice->toText(), u"94800.0"_s);
        QCOMPARE(position.unrealizedProfit->toText(), u"-3.5"_s);
        QCOMPARE(position.marginMode, MarginMode::Cross);

        positions->setEnabled(false);
        QVERIFY(!positions->book().isKnown(clockNow()));
        QTest::qWait(100);
        const int before = requests();
        QVERIFY(!m_exchange->waitForRequests(endpoint, before + 1, 300));
    }

    void everyShapeIsRead_data()
    {
        QTest::addColumn<QJsonArray>("rows");
        QTest::addColumn<int>("count");
        QTest::addColumn<bool>("whole");
        const auto good = row(u"7"_s, u"num:12"_s);
        const auto without = [&good](const QString &name) {
            QJsonObject lacking = good;
            lacking.remove(name);
            return lacking;
        };
        QTest::newRow("none") << QJsonArray() << 0 << true;
        QTest::newRow("numbers") << QJsonArray{good} << 1 << true;
        QTest::newRow("text") << QJsonArray{row(u"7"_s, u"12"_s)} << 1 << true;
        QTest::newRow("several of one side") << QJsonArray{good, row(u"8"_s, u"3"_s)} << 2 << true;
        QTest::newRow("closed") << QJsonArray{good, row(u"8"_s, u"0"_s)} << 1 << true;
        for (const auto &name : {u"id"_s, u"instrument"_s, u"direction"_s, u"currentPiece"_s})
            QTest::addRow("without %s", qPrintable(name)) << QJsonArray{good, without(name)} << 1 << false;
        QTest::newRow("size null") << QJsonArray{row(u"7"_s, QJsonValue::Null)} << 0 << false;
        QTest::newRow("size is no number") << QJsonArray{row(u"7"_s, u"many"_s)} << 0 << false;
        QTest::newRow("below zero") << QJsonArray{row(u"7"_s, u"num:-1"_s)} << 0 << false;
        QTest::newRow("no object") << QJsonArray{good, 5} << 1 << false;
    }

    void everyShapeIsRead()
    {
        QFETCH(const QJsonArray, rows);
        setRows(rows);
        const auto positions = opened({.poll = 10s});
        positions->setWanted(true);
        QTRY_VERIFY(positions->book().isKnown(clockNow()));
        QTEST(int(positions->book().positions().size()), "count");
        QTEST(positions->book().isWhole(clockNow()), "whole");
    }

    void nullIsNone()
    {
        setRows({});
        m_exchange->set({{u"positions_null"_s, true}});
        const auto positions = opened({.poll = 10s});
        positions->setWanted(true);
        QTRY_VERIFY(positions->book().isWhole(clockNow()));
        QVERIFY(positions->book().positions().isEmpty());
    }

    void refusedOrUnreadableIsNotKnown_data()
    {
        QTest::addColumn<QJsonObject>("answer");
        const auto coded = [](int code) { return QJsonObject{{u"do"_s, u"code"_s}, {u"code"_s, code}}; };
        const auto body = [](const QString &text) { return QJsonObject{{u"do"_s, u"body"_s}, {u"text"_s, text}}; };
        QTest::newRow("permission") << coded(6003);
        QTest::newRow("a code of its own") << coded(9016);
        QTest::newRow("an object") << body(uR"({"code":0,"data":{},"msg":""})"_s);
        QTest::newRow("no data") << body(uR"({"code":0,"msg":""})"_s);
        QTest::newRow("a page") << QJsonObject{{u"do"_s, u"html"_s}};
    }

    void refusedOrUnreadableIsNotKnown()
    {
        QFETCH(const QJsonObject, answer);
        const auto positions = opened({.poll = 50ms});
        positions->setWanted(true);
        QTRY_VERIFY(positions->book().isWhole(clockNow()));
        QJsonObject always = answer;
        always.insert(u"times"_s, 0);
        m_exchange->script(endpoint, always);
        QTRY_VERIFY(!positions->book().isKnown(clockNow()));
        QVERIFY(positions->problem());
    }

    void aGoodAnswerEndsThat()
    {
        m_exchange->script(endpoint, {{u"do"_s, u"code"_s}, {u"code"_s, 6003}});
        const auto positions = opened({.poll = 50ms});
        positions->setWanted(true);
        QTRY_VERIFY(positions->problem());
        QTRY_VERIFY_WITH_TIMEOUT(positions->book().isWhole(clockNow()), patience);
        QVERIFY(!positions->problem());
    }

    void eachRefusalMakesItSlower()
    {
        m_exchange->script(endpoint, {{u"do"_s, u"code"_s}, {u"code"_s, 6003}, {u"times"_s, 0}});
        const auto positions = opened({.poll = 20ms});
        positions->setWanted(true);
        QVERIFY(m_exchange->waitForRequests(endpoint, 1));
        QVERIFY(!m_exchange->waitForRequests(endpoint, 2, 1000));
    }

    void whileCancelingItAsksRarely()
    {
        const auto positions = opened({.poll = 50ms, .afterFill = 20ms, .whileCanceling = 30s});
        positions->setCanceling(true);
        positions->setWanted(true);
        QVERIFY(m_exchange->waitForRequests(endpoint, 1));
        QVERIFY(!m_exchange->waitForRequests(endpoint, 2, 500));
        // A question may ask all the same.
        positions->readSoon();
        QVERIFY(m_exchange->waitForRequests(endpoint, 2));
        QVERIFY(!m_exchange->waitForRequests(endpoint, 3, 300));
        positions->setCanceling(false);
        QVERIFY(m_exchange->waitForRequests(endpoint, 4));
    }

    void afterFillsItAsksSoonerAndOnceForAll()
    {
        const auto positions = opened({.poll = 30s, .afterFill = 300ms});
        positions->setWanted(true);
        QTRY_VERIFY(positions->book().isKnown(clockNow()));
        for (int i = 0; i < 20; ++i)
            positions->noteFills();
        QVERIFY(m_exchange->waitForRequests(endpoint, 2));
        QVERIFY(!m_exchange->waitForRequests(endpoint, 3, 600));
    }

    void tellsWhenItHasBecomeOld()
    {
        const auto positions = opened({.poll = 60s});
        positions->setWanted(true);
        QTRY_VERIFY(positions->book().isKnown(clockNow()));
        positions->setWanted(false);
        QSignalSpy changed(positions.get(), &Positions::changed);
        positions->slept(PositionBook::oldAfter);
        QVERIFY(!positions->book().isKnown(clockNow()));
        QVERIFY(!changed.isEmpty());
    }
};

QTEST_GUILESS_MAIN(PositionsTest)
#include "tst_positions.moc"
