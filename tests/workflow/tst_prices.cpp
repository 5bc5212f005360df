#include "domain/credentials.h"
#include "exchange/coinwclient.h"
#include "tests/support/fakeexchange.h"
#include "tests/support/waiting.h"
#include "workflow/prices.h"

#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const auto endpoint = u"GET /v1/perpumPublic/tickers"_s;
const auto one = u"GET /v1/perpumPublic/ticker"_s;

QJsonArray rows(const QString &price)
{
    return {
        QJsonObject{{u"base_coin"_s, u"btc"_s}, {u"quote_coin"_s, u"usdt"_s}, {u"last_price"_s, u"num:"_s + price}}};
}

} // namespace

/// Tickers against real sockets.
class PricesTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<FakeExchange> m_exchange;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<CoinwClient> m_client;

    int requests() { return int(m_exchange->log(endpoint).size()); }
    void setPrice(const QString &price) { m_exchange->command({{u"cmd"_s, u"tickers"_s}, {u"rows"_s, rows(price)}}); }

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
    }

    void cleanup()
    {
        m_client.reset();
        m_network.reset();
    }

    void asksOnlyWhileWanted()
    {
        Prices prices(*m_client, {.poll = 50ms, .oldest = 20s});
        QVERIFY(!m_exchange->waitForRequests(endpoint, 1, 300));
        prices.setWanted(true);
        QVERIFY(m_exchange->waitForRequests(endpoint, 3));
        QCOMPARE(prices.lastPrice(u"BTC"_s, u"USDT"_s)->toText(), u"95400.10"_s);
        QVERIFY(!prices.lastPrice(u"BTC"_s, u"USDC"_s));

        prices.setWanted(false);
        // One may be under way; after it there is silence.
        QTest::qWait(100);
        const int before = requests();
        QVERIFY(!m_exchange->waitForRequests(endpoint, before + 1, 400));
        QCOMPARE(requests(), before);
        prices.setWanted(true);
        QVERIFY(m_exchange->waitForRequests(endpoint, before + 1));
    }

    void fewInstrumentsAreAskedForOneByOne()
    {
        Prices prices(*m_client, {.poll = 50ms, .oldest = 20s});
        prices.setWanted(true, {u"BTC"_s, u"ETH"_s, u"SOL"_s, u"XRP"_s});
        QVERIFY(m_exchange->waitForRequests(one, 8));
        QCOMPARE(requests(), 0);
        QTRY_VERIFY(prices.lastPrice(u"SOL"_s, u"USDT"_s));
        QVERIFY(prices.lastPrice(u"BTC"_s, u"USDT"_s));
        QVERIFY(!prices.lastPrice(u"DOGE"_s, u"USDT"_s));
        // What comes into sight is asked for at once; with a fifth all are asked for in one.
        prices.setWanted(true, {u"DOGE"_s});
        QTRY_VERIFY(prices.lastPrice(u"DOGE"_s, u"USDT"_s));
        prices.setWanted(true, {u"BTC"_s, u"ETH"_s, u"SOL"_s, u"XRP"_s, u"DOGE"_s});
        QVERIFY(m_exchange->waitForRequests(endpoint, 2));
        QTest::qWait(100);
        const int before = int(m_exchange->log(one).size());
        QVERIFY(m_exchange->waitForRequests(endpoint, 4));
        QCOMPARE(int(m_exchange->log(one).size()), before);
    }

    void switchingFastAsksNoMoreThanThePace()
    {
        Prices prices(*m_client, {.poll = 10s, .oldest = 20s});
        m_exchange->set({{u"rtt_ms"_s, 200}});
        const auto hideAndShow = [&prices] {
            for (int i = 0; i < 20; ++i) {
                prices.setWanted(false);
                prices.setWanted(true);
            }
        };
        hideAndShow();
        QTRY_VERIFY(prices.lastPrice(u"BTC"_s, u"USDT"_s));
        hideAndShow();
        QVERIFY(!m_exchange->waitForRequests(endpoint, 2, 500));
    }

    void tellsOnlyChanges()
    {
        setPrice(u"95000.50"_s);
        Prices prices(*m_client, {.poll = 30ms, .oldest = 20s});
        QSignalSpy changed(&prices, &Prices::changed);
        prices.setWanted(true);
        QVERIFY(m_exchange->waitForRequests(endpoint, 4));
        QCOMPARE(changed.size(), 1);
        setPrice(u"95000.60"_s);
        QTRY_COMPARE(changed.size(), 2);
        QCOMPARE(prices.lastPrice(u"BTC"_s, u"USDT"_s)->toText(), u"95000.60"_s);
    }

    void oldPricesAreNotTold()
    {
        Prices prices(*m_client, {.poll = 50ms, .oldest = 150ms});
        QSignalSpy changed(&prices, &Prices::changed);
        prices.setWanted(true);
        QTRY_VERIFY(prices.lastPrice(u"BTC"_s, u"USDT"_s));
        m_exchange->script(endpoint, {{u"do"_s, u"html"_s}, {u"times"_s, 0}});
        QTRY_VERIFY(!prices.lastPrice(u"BTC"_s, u"USDT"_s));
        QCOMPARE(changed.size(), 2);
        m_exchange->command(u"unscript"_s);
        QTRY_VERIFY(prices.lastPrice(u"BTC"_s, u"USDT"_s));
    }
};

QTEST_GUILESS_MAIN(PricesTest)
#include "tst_prices.moc"
