#include "domain/credentials.h"
#include "exchange/coinwclient.h"
#include "local/instrumentfile.h"
#include "tests/support/fakeexchange.h"
#include "tests/support/waiting.h"
#include "workflow/instruments.h"

#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const auto endpoint = u"GET /v1/perpum/instruments"_s;

} // namespace

/// Instruments against real sockets.
class InstrumentsTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<FakeExchange> m_exchange;
    std::unique_ptr<QNetworkAccessManager> m_network;
    std::unique_ptr<CoinwClient> m_client;
    std::unique_ptr<QTemporaryDir> m_folder;

    std::unique_ptr<Instruments> make(const InstrumentPace &pace = {})
    {
        auto made = std::make_unique<Instruments>(*m_client, m_client->endpoint().hostText(), pace);
        made->takeFrom(InstrumentFile::in(m_folder->path()));
        return made;
    }
    int requests() { return int(m_exchange->log(endpoint).size()); }

    void keep(const QString &name, const QDateTime &readAt)
    {
        const Instrument one{name, name, u"USDT"_s, 1, Decimal(1), u"online"_s};
        QVERIFY(InstrumentFile::in(m_folder->path()).save({{one}, m_client->endpoint().hostText(), readAt}));
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
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void cleanup()
    {
        m_client.reset();
        m_network.reset();
    }

    void aFirstStartReadsAndKeeps()
    {
        const auto instruments = make();
        QSignalSpy changed(instruments.get(), &Instruments::changed);
        instruments->start();
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(instruments->table().size(), 6);
        QCOMPARE(instruments->table().value(u"1000PEPE"_s).pricePrecision.value_or(-1), 7);
        QCOMPARE(instruments->table().value(u"BTC"_s).lotSize->toText(), u"0.001"_s);
        const auto kept = InstrumentFile::in(m_folder->path()).load(m_client->endpoint().hostText());
        QVERIFY(kept && kept->instruments.size() == 6);
        // Unsigned: no key where none is needed.
        QCOMPARE(m_exchange->counts().value(u"flagged"_s).toInt(), 0);
        const auto headers = m_exchange->log(endpoint).at(0).toObject().value(u"headers"_s).toArray();
        for (const auto &header : headers)
            QVERIFY(header.toArray().at(0).toString() != u"api_key"_s &&
                    header.toArray().at(0).toString() != u"sign"_s);
        QCOMPARE(m_client->budget().free, m_client->budget().limit);
    }

    void youngFactsFromTheDiskAreEnough()
    {
        keep(u"BTC"_s, QDateTime::currentDateTimeUtc().addSecs(-60));
        const auto instruments = make();
        QCOMPARE(instruments->table().size(), 1);
        instruments->start();
        QVERIFY(!m_exchange->waitForRequests(endpoint, 1, 300));
    }

    void oldFactsAreShownAndRenewed_data()
    {
        QTest::addColumn<int>("age");
        QTest::newRow("an hour") << 3601;
        QTest::newRow("from the future") << -3600;
    }

    void oldFactsAreShownAndRenewed()
    {
        QFETCH(int, age);
        keep(u"OLD"_s, QDateTime::currentDateTimeUtc().addSecs(-age));
        const auto instruments = make();
        QVERIFY(instruments->table().contains(u"OLD"_s));
        instruments->start();
        QTRY_VERIFY(instruments->table().contains(u"BTC"_s));
        QVERIFY(!instruments->table().contains(u"OLD"_s));
    }

    void anUnknownNameIsAskedForOnce()
    {
        keep(u"BTC"_s, QDateTime::currentDateTimeUtc());
        const auto instruments = make();
        instruments->start();
        instruments->show(u"BTC"_s);
        instruments->show(u"btc"_s);
        instruments->show({});
        QVERIFY(!m_exchange->waitForRequests(endpoint, 1, 200));
        QSignalSpy ended(instruments.get(), &Instruments::readEnded);
        instruments->show(u"ETH"_s);
        instruments->show(u"NEWCOIN"_s);
        QTRY_COMPARE(ended.size(), 1);
        QVERIFY(instruments->table().contains(u"ETH"_s));
        QVERIFY(!instruments->table().contains(u"NEWCOIN"_s));
        for (int i = 0; i < 5; ++i)
            instruments->show(u"NEWCOIN"_s);
        QVERIFY(!m_exchange->waitForRequests(endpoint, 2, 300));
        QCOMPARE(requests(), 1);
    }

    void aNameSeenBeforeTheStartIsAskedFor()
    {
        keep(u"BTC"_s, QDateTime::currentDateTimeUtc());
        const auto instruments = make();
        instruments->show(u"ETH"_s);
        instruments->start();
        QTRY_VERIFY(instruments->table().contains(u"ETH"_s));
    }

    void renewsAndTriesAgain()
    {
        m_exchange->script(endpoint, {{u"do"_s, u"html"_s}});
        m_exchange->script(
            endpoint, {{u"do"_s, u"body"_s}, {u"text"_s, uR"({"code":0,"data":[],"msg":""})"_s}, {u"skip"_s, 1}});
        const auto instruments = make({.renew = 300ms, .retry = 100ms});
        QSignalSpy ended(instruments.get(), &Instruments::readEnded);
        QSignalSpy changed(instruments.get(), &Instruments::changed);
        instruments->start();
        // A failure, then facts, then an empty answer that takes nothing away, then the same facts.
        QTRY_VERIFY(ended.size() >= 4);
        QCOMPARE(instruments->table().size(), 6);
        QCOMPARE(changed.size(), 1);
    }
};

QTEST_GUILESS_MAIN(InstrumentsTest)
#include "tst_instruments.moc"
