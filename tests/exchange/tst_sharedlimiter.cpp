#include "exchange/coinwclient.h"
#include "exchange/sharedlimiter.h"
#include "scriptednetwork.h"
#include "tests/support/waiting.h"

#include <QSignalSpy>
#include <QtTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// One limiter for every client of an exchange.
class TestSharedLimiter : public QObject
{
    Q_OBJECT

private slots:
    void twoClientsHaveOneBudget();
    void whatAClientLeavesBehindCounts();
    void aPauseHoldsTheNextClient();
    void roomThatAnotherGivesBackIsTaken();
    void aRepeatedCallIsCounted();

private:
    std::unique_ptr<CoinwClient> makeClient(const std::shared_ptr<SharedLimiter> &limiter)
    {
        m_network = std::make_unique<ScriptedNetwork>();
        ScriptedNetwork *network = m_network.get();
        auto client = std::make_unique<CoinwClient>(
            [network] { return std::shared_ptr<QNetworkAccessManager>(network, [](auto *) {}); }, Endpoint::coinw(),
            CoinwClient::Timing{}, QSslConfiguration::defaultConfiguration(), nullptr, limiter);
        client->setCredentials(Credentials(u"key"_s, u"secret"_s));
        return client;
    }
    /// Cancels of this client that reach the network, of `count` asked for.
    int cancel(CoinwClient &client, int count)
    {
        for (int i = 0; i < count; ++i)
            client.cancelOrder(OrderId(QString::number(i)), this, [](auto, const auto &, const auto &) {});
        QCoreApplication::processEvents();
        QCoreApplication::processEvents();
        return m_network->count(true);
    }

    std::unique_ptr<ScriptedNetwork> m_network;
};

void TestSharedLimiter::twoClientsHaveOneBudget()
{
    const auto limiter = std::make_shared<SharedLimiter>();
    auto first = makeClient(limiter);
    const auto firstNetwork = std::move(m_network);
    m_network = nullptr;
    auto second = makeClient(limiter);
    QCOMPARE(cancel(*second, 5), 5);
    std::swap(m_network, const_cast<std::unique_ptr<ScriptedNetwork> &>(firstNetwork));
    QCOMPARE(cancel(*first, 8), 3);
    first.reset();
    second.reset();
}

void TestSharedLimiter::whatAClientLeavesBehindCounts()
{
    const auto limiter = std::make_shared<SharedLimiter>();
    auto client = makeClient(limiter);
    m_network->respond = [](const auto &) { return ScriptedAnswer{.hangs = true}; };
    QCOMPARE(cancel(*client, 8), 8);
    client.reset();
    const auto now = SharedLimiter::Time::clock::now();
    const auto room = limiter->limiter().roomAt(RateBucket::Cancel, RateLimiter::Priority::Cancel, now);
    // Not before a second after the client went, and surely then.
    QVERIFY(room && *room > now && *room <= now + 1s);
}

void TestSharedLimiter::aPauseHoldsTheNextClient()
{
    const auto limiter = std::make_shared<SharedLimiter>();
    auto client = makeClient(limiter);
    m_network->respond = [](const auto &) {
        return ScriptedAnswer{.body = R"({"code":29001,"msg":"API access frequently"})"_ba};
    };
    QSignalSpy paused(limiter.get(), &SharedLimiter::paused);
    cancel(*client, 1);
    QTRY_COMPARE(paused.size(), 1);
    client.reset();
    client = makeClient(limiter);
    QVERIFY(client->budget().pausedFor > 2s);
    QCOMPARE(cancel(*client, 1), 0);
}

void TestSharedLimiter::roomThatAnotherGivesBackIsTaken()
{
    const auto limiter = std::make_shared<SharedLimiter>();
    const auto now = SharedLimiter::Time::clock::now();
    std::vector<SharedLimiter::Ticket> tickets;
    while (const auto ticket = limiter->tryAcquire(RateBucket::Cancel, RateLimiter::Priority::Cancel, now))
        tickets.push_back(*ticket);
    auto client = makeClient(limiter);
    // Nothing tells when there will be room: the other's answers must come first.
    QCOMPARE(cancel(*client, 1), 0);
    for (const auto ticket : tickets)
        limiter->release(ticket, now - 10s);
    QTRY_COMPARE(m_network->count(true), 1);
}

void TestSharedLimiter::aRepeatedCallIsCounted()
{
    SharedLimiter limiter;
    const auto now = SharedLimiter::Time::clock::now();
    QSignalSpy used(&limiter, &SharedLimiter::used);
    limiter.count(RateBucket::OrderList, now);
    QCOMPARE(used.size(), 1);
    QCOMPARE(limiter.limiter().freeCalls(now), 49);
    QCOMPARE(limiter.limiter().freeCalls(now + 10s), 50);
}

QTEST_GUILESS_MAIN(TestSharedLimiter)
#include "tst_sharedlimiter.moc"
