#include "tests/support/fakeexchange.h"
#include "tests/support/opensession.h"
#include "tests/support/waiting.h"
#include "workflow/linewatch.h"
#include "workflow/orderfeed.h"

#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// A computer that sleeps and moves on the test's word.
struct Computer {
    QSet<QString> addresses{u"192.0.2.7"_s};
    std::chrono::steady_clock::time_point now{1000s};
    std::chrono::milliseconds boot{1000s};

    LineWatch::Senses senses()
    {
        return {[this] { return addresses; }, [this] { return now; }, [this] { return boot; }};
    }
    void pass(std::chrono::milliseconds awake, std::chrono::milliseconds asleep = 0ms)
    {
        now += awake;
        boot += awake + asleep;
    }
};

} // namespace

/// What a sleep and another network do to an open session, up to its connections.
class TestLineWatch : public QObject
{
    Q_OBJECT

private slots:
    void tellsSleepsAndMoves()
    {
        Computer computer;
        LineWatch watch;
        watch.setSenses(computer.senses());
        QSignalSpy slept(&watch, &LineWatch::slept);
        QSignalSpy moved(&watch, &LineWatch::moved);
        watch.look();
        computer.pass(2s);
        watch.look();
        QVERIFY(slept.isEmpty() && moved.isEmpty());
        computer.addresses = {u"198.51.100.7"_s};
        computer.pass(2s);
        watch.look();
        QCOMPARE(moved.size(), 1);
        computer.pass(2s, 30min);
        watch.look();
        QCOMPARE(slept.size(), 1);
        // A sleep that ends elsewhere is a sleep.
        computer.addresses = {u"192.0.2.7"_s};
        computer.pass(2s, 30min);
        watch.look();
        QCOMPARE(slept.size(), 2);
        QCOMPARE(moved.size(), 1);
    }

    void aSessionConnectsAnewAndReadsAtOnce_data()
    {
        QTest::addColumn<bool>("sleeps");
        QTest::newRow("another network") << false;
        QTest::newRow("a sleep") << true;
    }

    void aSessionConnectsAnewAndReadsAtOnce()
    {
        QFETCH(const bool, sleeps);
        FakeExchange exchange;
        QVERIFY2(exchange.isReady(), qPrintable(exchange.error()));
        exchange.generate(3);
        QTemporaryDir folder;
        Journal journal = Journal::open(folder.path(), QDateTime::currentDateTimeUtc());
        const NetworkMaker make = [] { return std::make_shared<QNetworkAccessManager>(); };
        auto client = std::make_unique<CoinwClient>(make, Endpoint{exchange.baseUrl()}, CoinwClient::Timing{});
        client->setCredentials(Credentials(FakeExchange::exampleKey(), FakeExchange::exampleSecret()));
        Session session({u"a"_s, u"Main"_s, Environment::TestServer, u"127.0.0.1"_s, 0}, std::move(client), journal);
        Computer computer;
        auto *watch = session.findChild<LineWatch *>(u"lineWatch"_s);
        QVERIFY(watch);
        watch->setSenses(computer.senses());
        QSignalSpy woke(&session, &Session::woke);
        session.start({});
        QVERIFY(waitFor([&] { return session.feed().status().loaded; }));
        watch->look();
        const int accepted = exchange.counts().value(u"accepted"_s).toInt();
        const auto reads = exchange.log(u"GET /v1/perpum/order"_s).size();
        if (sleeps)
            computer.pass(2s, 30min);
        else
            computer.addresses = {u"198.51.100.7"_s};
        watch->look();
        // The connections of before are not used any more.
        QVERIFY(waitFor([&] { return exchange.counts().value(u"accepted"_s).toInt() >= accepted + 2; }));
        QVERIFY(waitFor([&] { return exchange.log(u"GET /v1/perpum/order"_s).size() > reads; }));
        QCOMPARE(woke.size(), sleeps ? 1 : 0);
    }
};

QTEST_GUILESS_MAIN(TestLineWatch)
#include "tst_linewatch.moc"
