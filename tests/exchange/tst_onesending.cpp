#include "clientfixture.h"
#include "tests/support/waiting.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QNetworkProxy>
#include <QObject>
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

} // namespace

/// However the exchange misbehaves, one cancel is one DELETE on the wire, and what it may have done is Unknown.
class TestOneSending : public QObject
{
    Q_OBJECT

    std::unique_ptr<FakeExchange> m_plain;
    std::unique_ptr<FakeExchange> m_tls;

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

    void misbehaviour_data()
    {
        QTest::addColumn<QJsonObject>("behaviour");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("cause");
        const auto row = [](const char *name, const QJsonObject &behaviour, Kind kind, Cause cause) {
            QTest::newRow(name) << behaviour << int(kind) << int(cause);
        };
        const auto close = [](const QString &how, bool acts) {
            QJsonObject behaviour{{u"do"_s, u"close"_s}, {u"how"_s, how}};
            if (acts)
                behaviour.insert(u"effect"_s, u"normal"_s);
            return behaviour;
        };
        row("reads and hangs up", close(u"fin"_s, false), Kind::Unknown, Cause::ConnectionLost);
        row("reads and breaks off", close(u"cut"_s, false), Kind::Unknown, Cause::ConnectionLost);
        row("reads and resets", close(u"rst"_s, false), Kind::Unknown, Cause::ConnectionLost);
        row("acts and hangs up", close(u"fin"_s, true), Kind::Unknown, Cause::ConnectionLost);
        row("acts and resets", close(u"rst"_s, true), Kind::Unknown, Cause::ConnectionLost);
        row("closes after the head", {{u"do"_s, u"close"_s}, {u"when"_s, u"head"_s}}, Kind::Unknown,
            Cause::ConnectionLost);
        row("part of the status line", {{u"do"_s, u"statuspart"_s}}, Kind::Unknown, Cause::ConnectionLost);
        row("cut inside the head", {{u"do"_s, u"truncate"_s}, {u"of"_s, u"reply"_s}, {u"at"_s, 30}}, Kind::Unknown,
            Cause::ConnectionLost);
        row("cut inside the body", {{u"do"_s, u"truncate"_s}, {u"of"_s, u"body"_s}, {u"at"_s, 8}}, Kind::Unknown,
            Cause::ConnectionLost);
        row("html", {{u"do"_s, u"html"_s}, {u"status"_s, 200}}, Kind::Malformed, Cause::Unreadable);
        row("html 502", {{u"do"_s, u"html"_s}, {u"status"_s, 502}}, Kind::Unknown, Cause::ServerError);
        row("empty 503", {{u"do"_s, u"body"_s}, {u"text"_s, QString()}, {u"status"_s, 503}}, Kind::Unknown,
            Cause::ServerError);
        row("empty 200", {{u"do"_s, u"body"_s}, {u"text"_s, QString()}}, Kind::Malformed, Cause::Unreadable);
        row("half a body", {{u"do"_s, u"body"_s}, {u"text"_s, u"{\"code\":0"_s}}, Kind::Malformed, Cause::Unreadable);
        row("code 500", {{u"do"_s, u"code"_s}, {u"code"_s, 500}}, Kind::Unknown, Cause::ServerError);
        row("rate limit", {{u"do"_s, u"code"_s}, {u"code"_s, 29001}}, Kind::Throttled, Cause::Refused);
        row("permission", {{u"do"_s, u"code"_s}, {u"code"_s, 6003}}, Kind::Unauthorized, Cause::Refused);
        row("http 401", {{u"do"_s, u"body"_s}, {u"text"_s, QString()}, {u"status"_s, 401}}, Kind::Malformed,
            Cause::Unreadable);
        row("http 429", {{u"do"_s, u"html"_s}, {u"status"_s, 429}}, Kind::Malformed, Cause::Unreadable);
        row("other code", {{u"do"_s, u"code"_s}, {u"code"_s, 9111}, {u"msg"_s, u"no"_s}}, Kind::Rejected,
            Cause::Refused);
        row("hang", {{u"do"_s, u"hang"_s}}, Kind::Unknown, Cause::Timeout);
        row("act and hang", {{u"do"_s, u"hang"_s}, {u"effect"_s, u"normal"_s}}, Kind::Unknown, Cause::Timeout);
        row("drip", {{u"do"_s, u"normal"_s}, {u"drip"_s, QJsonObject{{u"bytes"_s, 1}, {u"every_ms"_s, 200}}}},
            Kind::Unknown, Cause::Timeout);
    }

    /// On a fresh and on a kept-alive connection, plain and over TLS.
    void misbehaviour()
    {
        QFETCH(QJsonObject, behaviour);
        QFETCH(int, cause);
        // Where no answer will come, waiting for it is all that the test would do.
        const auto limit = cause == int(Cause::Timeout) ? 500ms : 8000ms;
        for (FakeExchange *server : {m_plain.get(), m_tls.get()}) {
            for (const bool kept : {false, true}) {
                server->fresh();
                server->generate(5);
                server->script(cancelOne, behaviour);
                ClientFixture fixture(*server, {limit, 4000ms, 60s});
                if (kept) {
                    for (int i = 0; i < 2; ++i)
                        QVERIFY(fixture.list()->has_value());
                }
                const auto ack = fixture.cancel(firstId);
                QVERIFY(ack);
                QVERIFY(!*ack);
                QTEST(int(ack->error().kind), "kind");
                QTEST(int(ack->error().cause), "cause");
                // A second delivery would be on its way by now.
                QVERIFY(server->waitForRequests(cancelOne, 1));
                QVERIFY(!server->waitForRequests(cancelOne, 2, 60));
                QCOMPARE(server->log(cancelOne).size(), 1);
                // The client works on.
                if (ack->error().kind != Kind::Throttled)
                    QVERIFY(fixture.list()->has_value());
            }
        }
    }

    void garbage()
    {
        m_tls->fresh();
        m_tls->generate(5);
        m_tls->script(cancelOne, {{u"do"_s, u"garbage"_s}, {u"bytes"_s, 300}});
        ClientFixture fixture(*m_tls, {1500ms, 4000ms, 60s});
        const auto ack = fixture.cancel(firstId);
        QVERIFY(ack);
        QVERIFY(!*ack);
        QVERIFY(ack->error().kind == Kind::Unknown || ack->error().kind == Kind::Malformed);
        QVERIFY(!m_tls->waitForRequests(cancelOne, 2, 60));
        QCOMPARE(m_tls->log(cancelOne).size(), 1);
    }

    void redirects_data()
    {
        QTest::addColumn<int>("status");
        for (const int status : {301, 302, 303, 307, 308})
            QTest::addRow("%d", status) << status;
    }

    void redirects()
    {
        QFETCH(int, status);
        m_plain->fresh();
        m_tls->fresh();
        m_plain->generate(5);
        m_tls->generate(5);
        const QString elsewhere = m_plain->baseUrl().toString() + u"/v1/perpum/order"_s;
        const QJsonObject behaviour{
            {u"do"_s, u"redirect"_s}, {u"status"_s, status}, {u"location"_s, elsewhere}, {u"times"_s, 0}};
        m_tls->script(cancelOne, behaviour);
        m_tls->script(u"GET /v1/perpum/order"_s, behaviour);
        ClientFixture fixture(*m_tls);
        const auto ack = fixture.cancel(firstId);
        QVERIFY(ack);
        QCOMPARE(ack->error().kind, Kind::Unknown);
        QCOMPARE(ack->error().cause, Cause::Redirect);
        QCOMPARE(fixture.list()->error().cause, Cause::Redirect);
        QVERIFY(!m_plain->waitFor(u"requests"_s, {}, 1, 60));
        QCOMPARE(m_tls->counts().value("requests"_L1).toInt(), 2);
    }

    /// Every place where the answer to a cancel can be cut.
    void everyTruncation()
    {
        m_plain->fresh();
        m_plain->generate(60);
        const QByteArray whole = R"({"code":0,"msg":"Success"})";
        ClientFixture fixture(*m_plain, {3000ms, 4000ms, 60s});
        for (const int at : {0, 1, 9, 10, 20, int(whole.size()) - 1}) {
            m_plain->resetLog();
            m_plain->script(
                cancelOne, {{u"do"_s, u"truncate"_s}, {u"of"_s, u"body"_s}, {u"at"_s, at}, {u"effect"_s, u"none"_s}});
            const auto ack = fixture.cancel(firstId);
            QVERIFY(ack);
            QVERIFY2(!*ack, QByteArray::number(at).constData());
            QCOMPARE(ack->error().kind, Kind::Unknown);
            QCOMPARE(m_plain->log(cancelOne).size(), 1);
        }
    }

    void aConnectionClosedWhileIdle()
    {
        for (FakeExchange *server : {m_plain.get(), m_tls.get()}) {
            server->fresh();
            server->generate(5);
            ClientFixture fixture(*server);
            for (int i = 0; i < 2; ++i)
                QVERIFY(fixture.list()->has_value());
            server->command({{u"cmd"_s, u"close"_s}, {u"which"_s, u"idle"_s}});
            QTRY_COMPARE(server->counts().value("open"_L1).toInt(), 0);
            QTest::qWait(50);
            QVERIFY(fixture.cancel(firstId)->has_value());
            QCOMPARE(server->log(cancelOne).size(), 1);
        }
    }

    void offlineAndBack()
    {
        m_tls->fresh();
        m_tls->generate(5);
        ClientFixture fixture(*m_tls);
        fixture.client.warmUp();
        QVERIFY(fixture.list()->has_value());
        m_tls->command({{u"cmd"_s, u"offline"_s}, {u"on"_s, true}});
        QTest::qWait(50);
        const auto offline = fixture.cancel(firstId);
        QVERIFY(offline);
        QCOMPARE(offline->error().kind, Kind::NotSent);
        QCOMPARE(offline->error().cause, Cause::NoConnection);
        m_tls->command({{u"cmd"_s, u"offline"_s}, {u"on"_s, false}});
        QVERIFY(fixture.cancel(firstId)->has_value());
        QCOMPARE(m_tls->log(cancelOne).size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestOneSending)
#include "tst_onesending.moc"
