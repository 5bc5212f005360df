#include "tests/exchange/clientfixture.h"
#include "tests/support/fakeexchange.h"
#include "tests/support/waiting.h"
#include "workflow/openorders.h"
#include "workflow/orderfeed.h"

#include <QElapsedTimer>
#include <QNetworkProxy>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QtTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// Where a connection stops for ever.
enum class Stage {
    Syn,     ///< nothing is accepted
    Connect, ///< the proxy never answers
    Hello,   ///< the TLS hello is never answered
    Status,  ///< the answer never begins
    Body,    ///< the answer never ends
};

/// A way to the exchange that can hang: connections that are caught stay so for ever, new ones go through again once
/// nothing is held.
class Gate : public QTcpServer
{
public:
    Gate(quint16 exchange, bool isProxy) : m_exchange(exchange), m_isProxy(isProxy)
    {
        listen(QHostAddress::LocalHost);
    }

    /// Catches the first `lanes` connections of those that stand, and so many new ones.
    void hold(Stage stage, int lanes, int fresh)
    {
        m_stage = stage;
        m_fresh = fresh;
        for (const auto &way : std::as_const(m_ways)) {
            if (!way->client || way->isHeld || lanes-- <= 0)
                continue;
            way->isHeld = true;
            // What stands is past these stages: it goes, and the next one is caught.
            if (stage == Stage::Connect || stage == Stage::Hello)
                way->client->abort();
        }
    }
    void release() { m_fresh = 0; }

    /// An answer has come that does not go on.
    bool isHolding = false;

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto way = std::make_shared<Way>();
        m_ways.append(way);
        way->client = new QTcpSocket(this);
        way->client->setSocketDescriptor(descriptor);
        way->exchange = new QTcpSocket(way->client);
        if (m_fresh > 0) {
            --m_fresh;
            way->isHeld = true;
        }
        connect(way->client, &QTcpSocket::readyRead, this, [this, way] { fromClient(*way); });
        connect(way->exchange, &QTcpSocket::readyRead, this, [this, way] { fromExchange(*way); });
        connect(way->client, &QTcpSocket::disconnected, way->client, &QObject::deleteLater);
        if (!m_isProxy)
            way->exchange->connectToHost(QHostAddress::LocalHost, m_exchange);
    }

private:
    struct Way {
        QPointer<QTcpSocket> client;
        QPointer<QTcpSocket> exchange;
        bool isHeld = false;
        qint64 passed = 0;
    };

    void fromClient(Way &way)
    {
        const bool early = m_stage == Stage::Hello || m_stage == Stage::Connect;
        if (!way.client || (way.isHeld && early && way.passed == 0))
            return;
        if (m_isProxy && way.exchange->state() == QAbstractSocket::UnconnectedState) {
            if (!way.client->peek(4096).contains("\r\n\r\n"))
                return;
            way.client->readAll();
            way.exchange->connectToHost(QHostAddress::LocalHost, m_exchange);
            way.client->write("HTTP/1.1 200 Connection established\r\n\r\n");
            return;
        }
        way.exchange->write(way.client->readAll());
    }
    void fromExchange(Way &way)
    {
        if (!way.client || !way.exchange)
            return;
        // A handshake goes through; of an answer nothing, or its first bytes.
        constexpr qint64 handshake = 2000;
        if (way.isHeld && way.passed > handshake && m_stage == Stage::Status) {
            isHolding = true;
            return;
        }
        QByteArray bytes = way.exchange->readAll();
        if (way.isHeld && way.passed > handshake && m_stage == Stage::Body)
            bytes.truncate(std::exchange(m_pieces, 0));
        way.passed += bytes.size();
        way.client->write(bytes);
    }

    const quint16 m_exchange;
    const bool m_isProxy;
    Stage m_stage = Stage::Status;
    int m_fresh = 0;
    qint64 m_pieces = 40;
    QList<std::shared_ptr<Way>> m_ways;
};

const char *nameOf(Stage stage)
{
    switch (stage) {
    case Stage::Syn:
        return "SYN";
    case Stage::Connect:
        return "CONNECT";
    case Stage::Hello:
        return "TLS hello";
    case Stage::Status:
        return "status line";
    case Stage::Body:
        return "body";
    }
    return "";
}

} // namespace

/// Every stage of a connection can hang for ever: on one lane while the other one is good, and on both.
class TestHanging : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void backSoon_data();
    void backSoon();
    void askingEndsAHangingRead();
    void cleanupTestCase();

private:
    std::unique_ptr<FakeExchange> m_exchange;
    QStringList m_figures;
};

void TestHanging::initTestCase()
{
    m_exchange = std::make_unique<FakeExchange>(FakeExchange::Transport::Tls);
    QVERIFY2(m_exchange->isReady(), qPrintable(m_exchange->error()));
}

void TestHanging::backSoon_data()
{
    QTest::addColumn<int>("stage");
    QTest::addColumn<int>("lanes");
    for (const Stage stage : {Stage::Connect, Stage::Hello, Stage::Status, Stage::Body}) {
        for (const int lanes : {1, 2})
            QTest::addRow("%s, %s", nameOf(stage), lanes == 1 ? "one lane" : "both lanes") << int(stage) << lanes;
    }
    QTest::addRow("SYN, both lanes") << int(Stage::Syn) << 2;
}

void TestHanging::backSoon()
{
    QFETCH(const int, stage);
    QFETCH(const int, lanes);
    m_exchange->fresh();
    m_exchange->generate(5);
    Gate gate(m_exchange->port(), Stage(stage) == Stage::Connect);
    QUrl url = m_exchange->baseUrl();
    if (Stage(stage) != Stage::Connect && Stage(stage) != Stage::Syn)
        url.setPort(gate.serverPort());
    ClientFixture fixture(url, m_exchange->caFile());
    if (Stage(stage) == Stage::Connect)
        fixture.proxy = QNetworkProxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, gate.serverPort());
    OpenOrders orders;
    OrderFeed feed(fixture.client, orders, {});
    QElapsedTimer clock;
    clock.start();
    qint64 lastGood = 0;
    qint64 longestGap = 0;
    TimePoint since = clockNow();
    bool isBack = false;
    connect(&feed, &OrderFeed::listRead, this, [&](const ListLook &look) {
        longestGap = std::max(longestGap, clock.elapsed() - std::exchange(lastGood, clock.elapsed()));
        isBack = isBack || look.begunAt >= since;
    });
    fixture.client.warmUp();
    feed.start();
    QVERIFY(waitFor([&] { return feed.status().loaded; }));

    longestGap = 0;
    lastGood = clock.elapsed();
    const auto passing = [&](qint64 ms) {
        return waitFor([until = clock.elapsed() + ms, &clock] { return clock.elapsed() >= until; });
    };
    if (lanes == 1) {
        // One connection that stands is caught, and the first new one: the other lane goes on.
        gate.hold(Stage(stage), 1, 1);
        QVERIFY(passing(9000));
        QVERIFY(clock.elapsed() - lastGood < patience);
        m_figures.append(u"%1: %2 s between good lists at most"_s.arg(QLatin1StringView(QTest::currentDataTag()))
                             .arg(double(longestGap) / 1000, 0, 'f', 1));
        QVERIFY(longestGap < patience);
        return;
    }
    if (Stage(stage) == Stage::Syn)
        m_exchange->command({{u"cmd"_s, u"blackhole"_s}, {u"on"_s, true}, {u"full"_s, true}});
    else
        gate.hold(Stage(stage), 2, 1000);
    QVERIFY(passing(7000));
    if (Stage(stage) == Stage::Syn)
        m_exchange->command({{u"cmd"_s, u"blackhole"_s}, {u"on"_s, false}, {u"drop"_s, true}});
    gate.release();
    since = clockNow();
    isBack = false;
    const qint64 from = clock.elapsed();
    QVERIFY2(waitFor([&] { return isBack; }), "offline for ever");
    m_figures.append(u"%1: back after %2 s"_s.arg(QLatin1StringView(QTest::currentDataTag()))
                         .arg(double(clock.elapsed() - from) / 1000, 0, 'f', 1));
}

/// F5 while a read hangs: it is not waited for.
void TestHanging::askingEndsAHangingRead()
{
    m_exchange->fresh();
    m_exchange->generate(5);
    Gate gate(m_exchange->port(), false);
    QUrl url = m_exchange->baseUrl();
    url.setPort(gate.serverPort());
    // A read that is given up by nobody but the user.
    ClientFixture fixture(url, m_exchange->caFile(), {8s, 10min, 60s, 15s, 10min});
    OpenOrders orders;
    OrderFeed feed(fixture.client, orders, {});
    feed.start();
    QVERIFY(waitFor([&] { return feed.status().loaded; }));
    gate.hold(Stage::Status, 2, 0);
    // That the exchange has logged a read says nothing: it may have been answered before.
    QVERIFY(waitFor([&] { return gate.isHolding; }));
    QElapsedTimer clock;
    clock.start();
    QVERIFY(waitFor([&] { return clock.elapsed() > 1500; }));
    bool isBack = false;
    connect(&feed, &OrderFeed::listRead, this, [&isBack] { isBack = true; });
    const qint64 from = clock.elapsed();
    feed.refresh();
    QVERIFY2(waitFor([&] { return isBack; }), "the hanging read was waited for");
    m_figures.append(
        u"F5 during a hanging read: back after %1 s"_s.arg(double(clock.elapsed() - from) / 1000, 0, 'f', 1));
}

void TestHanging::cleanupTestCase()
{
    for (const QString &figure : std::as_const(m_figures))
        qInfo().noquote() << figure;
}

QTEST_GUILESS_MAIN(TestHanging)
#include "tst_hanging.moc"
