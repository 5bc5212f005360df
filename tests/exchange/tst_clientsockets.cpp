#include "clientfixture.h"
#include "tests/support/waiting.h"

#include <QHostInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkProxy>
#include <QObject>
#include <QSet>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <memory>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace countermand;

namespace {

using Kind = ApiError::Kind;
using Cause = ApiError::Cause;

const QString cancelOne = u"DELETE /v1/perpum/order"_s;
const QString firstId = u"33308749002645666"_s;

/// A port of this computer where nobody listens.
quint16 closedPort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

/// A way to the loopback exchange on which connections can stay silent for ever: they are made, and nothing comes.
class SilentWay : public QTcpServer
{
public:
    explicit SilentWay(quint16 exchange) : m_exchange(exchange) { listen(QHostAddress::LocalHost); }

    QUrl url() const { return QUrl(u"https://127.0.0.1:%1"_s.arg(serverPort())); }

    /// So many of the next connections stay silent; the others lead to the exchange.
    int silent = 0;
    int made = 0;

protected:
    void incomingConnection(qintptr descriptor) override
    {
        ++made;
        auto *client = new QTcpSocket(this);
        client->setSocketDescriptor(descriptor);
        if (silent > 0) {
            --silent;
            return;
        }
        auto *exchange = new QTcpSocket(client);
        exchange->connectToHost(QHostAddress::LocalHost, m_exchange);
        connect(client, &QTcpSocket::readyRead, exchange, [=] { exchange->write(client->readAll()); });
        connect(exchange, &QTcpSocket::readyRead, client, [=] { client->write(exchange->readAll()); });
        connect(exchange, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
        connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    }

private:
    quint16 m_exchange;
};

} // namespace

/// The client against the loopback exchange: what really goes over the wire.
class TestClientSockets : public QObject
{
    Q_OBJECT

    std::unique_ptr<FakeExchange> m_plain;
    std::unique_ptr<FakeExchange> m_tls;

    FakeExchange &exchange(bool tls) { return tls ? *m_tls : *m_plain; }

private slots:
    void initTestCase()
    {
        QNetworkProxyFactory::setUseSystemConfiguration(false);
        m_plain = std::make_unique<FakeExchange>();
        QVERIFY2(m_plain->isReady(), qPrintable(m_plain->error()));
        m_tls = std::make_unique<FakeExchange>(FakeExchange::Transport::Tls);
        QVERIFY2(m_tls->isReady(), qPrintable(m_tls->error()));
    }

    void cleanupTestCase()
    {
        m_plain.reset();
        m_tls.reset();
    }

    void init()
    {
        m_plain->fresh();
        m_tls->fresh();
    }

    void listsAndCancels_data()
    {
        QTest::addColumn<bool>("tls");
        QTest::newRow("plain") << false;
        QTest::newRow("tls") << true;
    }

    void listsAndCancels()
    {
        QFETCH(bool, tls);
        FakeExchange &server = exchange(tls);
        server.generate(50);
        ClientFixture fixture(server);
        const auto listing = fixture.list();
        QVERIFY(listing && *listing);
        QCOMPARE((*listing)->orders.size(), 50);
        QCOMPARE((*listing)->skippedRows, 0);
        QSet<QString> prices;
        QSet<QString> ids;
        for (const Order &order : (*listing)->orders) {
            ids.insert(order.id.text());
            if (order.price)
                prices.insert(order.price->toText());
        }
        QVERIFY(ids.contains(firstId));
        QVERIFY(ids.contains(u"9223372036854775807"_s));
        QVERIFY(prices.contains(u"95400.10"_s));
        QVERIFY(prices.contains(u"0.0000123"_s));
        QCOMPARE(**fixture.count(), 50);

        const auto ack = fixture.cancel(firstId);
        QVERIFY(ack && *ack);
        QCOMPARE((*fixture.list())->orders.size(), 49);
        const auto deals = fixture.deals(u"BTC"_s);
        QVERIFY(deals && *deals);
        QCOMPARE((**deals).rows.first().kind, DealRecord::Kind::Cancellation);
        QVERIFY((**deals).rows.first().isOf(OrderId(firstId)));

        const QJsonArray sent = server.log(cancelOne);
        QCOMPARE(sent.size(), 1);
        const QJsonObject request = sent.first().toObject();
        QCOMPARE(request.value("body"_L1).toString(), u"{\"id\":\"33308749002645666\"}"_s);
        QCOMPARE(request.value("signature"_L1).toString(), u"ok"_s);
        QCOMPARE(request.value("version"_L1).toString(), u"HTTP/1.1"_s);
        QVERIFY(request.value("flags"_L1).toArray().isEmpty());
        const QJsonObject counts = server.counts();
        QCOMPARE(counts.value("bad_signatures"_L1).toInt(), 0);
        QCOMPARE(counts.value("flagged"_L1).toInt(), 0);
        QCOMPARE(counts.value("requests"_L1).toInt(), 5);

        // A second cancel of the same order is refused, not an error of ours.
        const auto again = fixture.cancel(firstId);
        QCOMPARE(again->error().kind, Kind::Rejected);
        QCOMPARE(*again->error().code, 9012);
        QCOMPARE(again->error().message, u"Position not found."_s);
    }

    void theFirstCancelUsesAnOpenConnection_data() { listsAndCancels_data(); }

    void theFirstCancelUsesAnOpenConnection()
    {
        QFETCH(bool, tls);
        FakeExchange &server = exchange(tls);
        server.generate(20);
        ClientFixture fixture(server);
        fixture.client.warmUp();
        QVERIFY(server.waitFor(u"ready"_s, {}, 2));
        for (int i = 0; i < 4; ++i)
            QVERIFY(fixture.list()->has_value());
        fixture.client.warmUp();
        QTest::qWait(100);
        QCOMPARE(server.counts().value("accepted"_L1).toInt(), 2);

        // With a read under way, and without.
        server.script(u"GET /v1/perpum/order"_s, {{u"do"_s, u"hang"_s}});
        bool read = false;
        fixture.client.listOrders(ListKind::Plan, {}, this, [&read](const auto &, const auto &) { read = true; });
        QVERIFY(server.waitForRequests(u"GET /v1/perpum/order"_s, 5));
        QVERIFY(fixture.cancel(firstId)->has_value());
        QVERIFY(!read);
        server.release();
        QTRY_VERIFY(read);
        QVERIFY(fixture.cancel(u"9223372036854775807"_s)->has_value());

        const QJsonObject counts = server.counts();
        QCOMPARE(counts.value("accepted"_L1).toInt(), 2);
        QCOMPARE(counts.value("h2"_L1).toInt(), 0);
        QSet<int> readers;
        const auto reads = server.log(u"GET /v1/perpum/order"_s);
        for (const QJsonValue &entry : reads)
            readers.insert(entry.toObject().value("conn"_L1).toInt());
        QCOMPARE(readers.size(), 2);
        const auto cancels = server.log(cancelOne);
        QCOMPARE(cancels.size(), 2);
        for (const QJsonValue &entry : cancels) {
            QCOMPARE(entry.toObject().value("version"_L1).toString(), u"HTTP/1.1"_s);
            QVERIFY(entry.toObject().value("nth_on_connection"_L1).toInt() > 1);
            if (!tls)
                continue;
            QCOMPARE(entry.toObject().value("alpn"_L1).toString(), u"http/1.1"_s);
            QCOMPARE(entry.toObject().value("tls_records"_L1).toInt(), 1);
        }
    }

    void refusedCertificates_data()
    {
        QTest::addColumn<int>("transport");
        QTest::newRow("untrusted") << int(FakeExchange::Transport::Untrusted);
        QTest::newRow("wrong host") << int(FakeExchange::Transport::WrongHost);
        QTest::newRow("self-signed") << int(FakeExchange::Transport::SelfSigned);
    }

    void refusedCertificates()
    {
        QFETCH(int, transport);
        FakeExchange server{FakeExchange::Transport(transport)};
        QVERIFY2(server.isReady(), qPrintable(server.error()));
        ClientFixture fixture(server);
        fixture.client.warmUp();
        // Both lanes check the certificate alike.
        for (int i = 0; i < 3; ++i) {
            const auto ack = fixture.cancel(firstId);
            QVERIFY(ack);
            QCOMPARE(ack->error().kind, Kind::NotSent);
            QCOMPARE(ack->error().cause, Cause::NotSecure);
            QVERIFY(!ack->error().message.isEmpty());
            const auto listing = fixture.list();
            QCOMPARE(listing->error().kind, Kind::NotSent);
            QCOMPARE(listing->error().cause, Cause::NotSecure);
        }
        QCOMPARE(server.counts().value("requests"_L1).toInt(), 0);
        QVERIFY(server.counts().value("accepted"_L1).toInt() >= 2);
    }

    void nobodyListens_data() { listsAndCancels_data(); }

    void nobodyListens()
    {
        QFETCH(bool, tls);
        QUrl url(tls ? u"https://127.0.0.1"_s : u"http://127.0.0.1"_s);
        url.setPort(closedPort());
        ClientFixture fixture(url, {});
        fixture.client.warmUp();
        for (int i = 0; i < 2; ++i) {
            const auto ack = fixture.cancel(firstId);
            QVERIFY(ack);
            QCOMPARE(ack->error().kind, Kind::NotSent);
            QCOMPARE(ack->error().cause, Cause::NoConnection);
            QVERIFY(!ack->error().message.isEmpty());
            QCOMPARE(fixture.list()->error().kind, Kind::NotSent);
        }
    }

    void theNameIsNotFound()
    {
        ClientFixture fixture(QUrl(u"https://exchange.invalid"_s), {});
        const auto ack = fixture.cancel(firstId);
        QVERIFY(ack);
        QCOMPARE(ack->error().kind, Kind::NotSent);
        QCOMPARE(ack->error().cause, Cause::NoConnection);
    }

    void aDeadProxyIsNamed()
    {
        ClientFixture fixture(QUrl(u"https://exchange.invalid"_s), {});
        const quint16 port = closedPort();
        fixture.proxy = QNetworkProxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, port);
        const auto ack = fixture.cancel(firstId);
        QVERIFY(ack);
        QCOMPARE(ack->error().kind, Kind::NotSent);
        QCOMPARE(ack->error().cause, Cause::NoConnection);
        QVERIFY2(ack->error().message.contains(u"proxy 127.0.0.1:%1"_s.arg(port)), qPrintable(ack->error().message));
        const auto listing = fixture.list();
        QCOMPARE(listing->error().kind, Kind::NotSent);
        QVERIFY(listing->error().message.contains(u"proxy 127.0.0.1"_s));
    }

    void noHandshakeInTime()
    {
        // Nobody ever accepts: the connection stands, TLS never begins.
        QTcpServer silent;
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        silent.pauseAccepting();
        ClientFixture fixture(QUrl(u"https://127.0.0.1:%1"_s.arg(silent.serverPort())), {}, {1000ms, 300ms, 60s});
        const auto ack = fixture.cancel(firstId);
        QVERIFY(ack);
        QCOMPARE(ack->error().kind, Kind::NotSent);
        QCOMPARE(ack->error().cause, Cause::NoConnection);
        QCOMPARE(ack->error().message, u"no connection in 1 s"_s);
        QCOMPARE(fixture.list()->error().kind, Kind::NotSent);
        QCOMPARE(fixture.list()->error().cause, Cause::NoConnection);
    }

    void aSilentConnectionIsGivenUp_data()
    {
        QTest::addColumn<int>("silent");
        QTest::newRow("one lane") << 1;
        QTest::newRow("both lanes") << 2;
        QTest::newRow("for a while") << 5;
    }

    /// As when a server or a proxy accepts a connection and forgets it: the others must not wait behind it.
    void aSilentConnectionIsGivenUp()
    {
        QFETCH(int, silent);
        m_tls->generate(3);
        SilentWay way(quint16(m_tls->baseUrl().port()));
        way.silent = silent;
        ClientFixture fixture(way.url(), m_tls->caFile(), {8s, 1000ms, 60s, 15s, 500ms});
        fixture.client.warmUp();
        QTRY_VERIFY(fixture.list()->has_value());
        QCOMPARE(way.silent, 0);
        // Then all goes on, cancels too, over two connections.
        for (int i = 0; i < 4; ++i)
            QVERIFY(fixture.list()->has_value());
        QVERIFY(fixture.cancel(firstId)->has_value());
        QCOMPARE(m_tls->log(cancelOne).size(), 1);
        fixture.client.warmUp();
        // A busy machine may be taken for a silent one once more.
        QTRY_VERIFY(way.made >= silent + 2);
        QVERIFY(way.made <= silent + 4);
    }

    /// An address that accepts and never speaks: the host's other family is tried.
    void aDeadFamilyIsLeftForTheOther()
    {
        m_plain->generate(3);
        QTcpServer silent;
        if (!silent.listen(QHostAddress::LocalHostIPv6, m_plain->port()))
            QSKIP("no IPv6 here, or its port is taken");
        int made = 0;
        connect(&silent, &QTcpServer::newConnection, this, [&made] { ++made; });
        const auto known = QHostInfo::fromName(u"localhost"_s).addresses();
        if (!known.contains(QHostAddress(QHostAddress::LocalHostIPv6)))
            QSKIP("localhost has no IPv6 address here");
        ClientFixture fixture(QUrl(u"http://localhost:%1"_s.arg(m_plain->port())), {}, {8s, 500ms, 60s, 15s, 500ms});
        // Whichever the network likes better, it ends at the one that answers.
        QTRY_VERIFY(fixture.list()->has_value());
        for (int i = 0; i < 4; ++i)
            QVERIFY(fixture.list()->has_value());
        qInfo("%d connections were made to the silent address", made);
        const auto requests = m_plain->log();
        QCOMPARE(requests.last().toObject().value("malformed"_L1).toBool(), false);
    }

    void aSlowAnswerIsNoMissingConnection()
    {
        // Far above the time for a connection, on new connections and on used ones.
        m_tls->generate(3);
        m_tls->set({{u"rtt_ms"_s, 700}});
        ClientFixture fixture(m_tls->baseUrl(), m_tls->caFile(), {8s, 5s, 60s, 350ms});
        for (int i = 0; i < 4; ++i) {
            const auto listing = fixture.list();
            QVERIFY(listing);
            QVERIFY(listing->has_value());
        }
    }

    void aDeadLineIsToldFromASlowServer()
    {
        m_plain->generate(3);
        ClientFixture fixture(m_plain->baseUrl(), {}, {8s, 400ms, 60s, 250ms});
        QVERIFY(fixture.list()->has_value());
        QVERIFY(fixture.list()->has_value());
        // Both connections are open, and now nothing comes back any more, not even for a SYN.
        m_plain->command({{u"cmd"_s, u"blackhole"_s}, {u"on"_s, true}, {u"full"_s, true}});
        QCOMPARE(fixture.list()->error().cause, Cause::Timeout);
        // The other connection has shown no life since: both are made anew, and neither can be.
        QCOMPARE(fixture.list()->error().cause, Cause::NoConnection);
        QCOMPARE(fixture.list()->error().cause, Cause::NoConnection);
        m_plain->command({{u"cmd"_s, u"blackhole"_s}, {u"on"_s, false}, {u"drop"_s, true}});
        QTRY_VERIFY(fixture.list()->has_value());
    }

    void readsWhateverShapeTheAnswerHas_data()
    {
        QTest::addColumn<QJsonObject>("settings");
        QTest::newRow("chunked") << QJsonObject{{u"chunked"_s, true}};
        QTest::newRow("gzip") << QJsonObject{{u"gzip"_s, true}};
        QTest::newRow("closing") << QJsonObject{{u"max_requests"_s, 1}, {u"announce_close"_s, true}};
        QTest::newRow("round trip") << QJsonObject{{u"rtt_ms"_s, 50}};
    }

    void readsWhateverShapeTheAnswerHas()
    {
        QFETCH(QJsonObject, settings);
        m_tls->generate(30);
        m_tls->set(settings);
        ClientFixture fixture(*m_tls);
        for (int i = 0; i < 3; ++i)
            QCOMPARE((*fixture.list())->orders.size(), 30);
        QVERIFY(fixture.cancel(firstId)->has_value());
        QCOMPARE((*fixture.list())->orders.size(), 29);
        QCOMPARE(m_tls->log(cancelOne).size(), 1);
    }

    void readsConditionalOrdersByPages()
    {
        m_plain->command({{u"cmd"_s, u"generate"_s},
                          {u"counts"_s, QJsonObject{{u"planTrigger"_s, 120}}},
                          {u"instruments"_s, QJsonArray{u"BTC"_s}}});
        m_plain->set({{u"total_is_zero"_s, true}});
        ClientFixture fixture(*m_plain);
        const auto listing = fixture.list(ListKind::Trigger, u"BTC"_s);
        QVERIFY(listing && *listing);
        QCOMPARE((*listing)->orders.size(), 120);
        // Without a total only an empty page is the end.
        QCOMPARE((*listing)->extent, ListExtent::Whole);
        QCOMPARE(m_plain->log(u"GET /v1/perpum/orders/open"_s).size(), 4);
    }

    void followsTheExchangesClock()
    {
        m_plain->generate(5);
        m_plain->set({{u"date_offset_ms"_s, 90'000}});
        ClientFixture fixture(*m_plain);
        const auto refused = fixture.cancel(firstId);
        QCOMPARE(refused->error().kind, Kind::Unauthorized);
        QVERIFY(*refused->error().clockDifference >= 85s);
        QVERIFY(fixture.cancel(firstId)->has_value());
        QVERIFY(*fixture.client.clockOffset() >= 85s);
    }

    /// The exchange's clock jumps in mid-session: refused once, and the next try is signed with the new time.
    void aRefusalForTimeIsOvercomeAtOnce()
    {
        m_plain->generate(5);
        ClientFixture fixture(*m_plain);
        QVERIFY(fixture.list()->has_value());
        QVERIFY(fixture.list()->has_value());
        m_plain->set({{u"date_offset_ms"_s, 90'000}});
        const auto refused = fixture.cancel(firstId);
        QCOMPARE(refused->error().kind, Kind::Unauthorized);
        QVERIFY(*refused->error().clockDifference >= 85s);
        QVERIFY(fixture.cancel(firstId)->has_value());
    }

    /// The network sends a read once more by itself when the server hangs up on it: the exchange counts each.
    void aRepeatedReadIsCounted()
    {
        m_plain->generate(3);
        ClientFixture fixture(*m_plain);
        QVERIFY(fixture.list()->has_value());
        QVERIFY(fixture.list()->has_value());
        m_plain->script(u"GET /v1/perpum/order"_s, {{u"do"_s, u"close"_s}, {u"times"_s, 1}});
        (void)fixture.list();
        const int arrived = int(m_plain->log(u"GET /v1/perpum/order"_s).size());
        qInfo("%d reads arrived for 3 that were asked for", arrived);
        QCOMPARE(fixture.client.budget().limit - fixture.client.budget().free, arrived);
    }

    void noWindowIsOverrunAtTheServer()
    {
        m_tls->generate(60);
        m_tls->set({{u"jitter_ms"_s, QJsonArray{0, 120}}, {u"seed"_s, 3}, {u"enforce_limits"_s, true}});
        ClientFixture fixture(*m_tls);
        const auto listing = fixture.list();
        QVERIFY(listing && *listing);
        fixture.keepReading();
        QTRY_VERIFY(fixture.reads >= 8);
        for (int i = 0; i < 24; ++i)
            fixture.startCancel((*listing)->orders[i].id.text());
        QTRY_COMPARE(fixture.acks, 24);
        QTRY_VERIFY(fixture.reads >= 16);
        fixture.stopReading();

        QVERIFY(fixture.errors.isEmpty());
        QCOMPARE(m_tls->log(cancelOne).size(), 24);
        const QJsonObject windows = m_tls->windows();
        QVERIFY2(windows.value("over"_L1).toArray().isEmpty() && windows.value("over"_L1).toObject().isEmpty(),
                 QJsonDocument(windows).toJson().constData());
        const QJsonObject all = windows.value("signed"_L1).toObject();
        qInfo("most arrivals: %s", QJsonDocument(all).toJson(QJsonDocument::Compact).constData());
    }
};

QTEST_GUILESS_MAIN(TestClientSockets)
#include "tst_clientsockets.moc"
