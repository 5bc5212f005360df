#include "exchange/endpoint.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace countermand;

class TestEndpoint : public QObject
{
    Q_OBJECT

private slots:
    void accepts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("loopback");
        QTest::newRow("coinw") << u"https://api.coinw.com"_s << u"https://api.coinw.com"_s << u"api.coinw.com"_s
                               << false;
        QTest::newRow("slash") << u"https://example.org/"_s << u"https://example.org"_s << u"example.org"_s << false;
        QTest::newRow("own port") << u"https://example.org:443"_s << u"https://example.org"_s << u"example.org"_s
                                  << false;
        QTest::newRow("port") << u"https://127.0.0.1:8443"_s << u"https://127.0.0.1:8443"_s << u"127.0.0.1:8443"_s
                              << true;
        QTest::newRow("case") << u"HTTPS://Example.ORG"_s << u"https://example.org"_s << u"example.org"_s << false;
        QTest::newRow("plain v4") << u"http://127.0.0.1:8080"_s << u"http://127.0.0.1:8080"_s << u"127.0.0.1:8080"_s
                                  << true;
        QTest::newRow("plain 127.8") << u"http://127.8.9.1"_s << u"http://127.8.9.1"_s << u"127.8.9.1"_s << true;
        QTest::newRow("plain v6") << u"http://[::1]:81"_s << u"http://[::1]:81"_s << u"[::1]:81"_s << true;
        QTest::newRow("localhost") << u"http://localhost:80"_s << u"http://localhost"_s << u"localhost"_s << true;
        QTest::newRow("practice") << u"https://practice.invalid"_s << u"https://practice.invalid"_s
                                  << u"practice.invalid"_s << false;
    }

    void accepts()
    {
        QFETCH(QString, text);
        QString problem;
        const auto endpoint = Endpoint::fromText(text, &problem);
        QVERIFY2(endpoint, qPrintable(problem));
        QVERIFY(problem.isEmpty());
        QTEST(endpoint->baseUrl.toString(), "base");
        QTEST(endpoint->hostText(), "host");
        QTEST(endpoint->isLoopback(), "loopback");
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("word");
        QTest::newRow("empty") << u""_s << u"address"_s;
        QTest::newRow("word") << u"exchange"_s << u"address"_s;
        QTest::newRow("no host") << u"https://"_s << u"address"_s;
        QTest::newRow("blank") << u"https://exa mple.org"_s << u"address"_s;
        QTest::newRow("bad port") << u"https://example.org:99999"_s << u"address"_s;
        QTest::newRow("port 0") << u"https://example.org:0"_s << u"port"_s;
        QTest::newRow("ftp") << u"ftp://example.org"_s << u"https://"_s;
        QTest::newRow("file") << u"file:///etc/passwd"_s << u"address"_s;
        QTest::newRow("plain") << u"http://example.org"_s << u"https"_s;
        QTest::newRow("plain coinw") << u"http://api.coinw.com"_s << u"https"_s;
        QTest::newRow("plain any") << u"http://0.0.0.0:80"_s << u"https"_s;
        QTest::newRow("plain look-alike") << u"http://localhost.example.org"_s << u"https"_s;
        QTest::newRow("plain 128") << u"http://128.0.0.1"_s << u"https"_s;
        QTest::newRow("user") << u"https://me:secret@example.org"_s << u"password"_s;
        QTest::newRow("path") << u"https://example.org/v1"_s << u"only"_s;
        QTest::newRow("query") << u"https://example.org?a=b"_s << u"only"_s;
        QTest::newRow("empty query") << u"https://example.org/?"_s << u"only"_s;
        QTest::newRow("fragment") << u"https://example.org#x"_s << u"only"_s;
    }

    void refuses()
    {
        QFETCH(QString, text);
        QFETCH(QString, word);
        QString problem;
        QVERIFY(!Endpoint::fromText(text, &problem));
        QVERIFY2(problem.contains(word), qPrintable(problem));
        QVERIFY(!problem.contains(u'\n'));
        QVERIFY(!problem.contains(u"secret"_s));
        QVERIFY(!Endpoint::fromText(text, nullptr));
    }

    void knowsCoinw()
    {
        QVERIFY(Endpoint::coinw().isCoinw());
        QVERIFY(!Endpoint::coinw().isLoopback());
        QVERIFY(Endpoint::fromText(u"https://API.coinw.com:443/"_s, nullptr)->isCoinw());
        QCOMPARE(*Endpoint::fromText(u"https://api.coinw.com"_s, nullptr), Endpoint::coinw());
        QVERIFY(!Endpoint::fromText(u"https://api.coinw.com:444"_s, nullptr)->isCoinw());
        QVERIFY(!Endpoint::fromText(u"https://api.coinw.com.example.org"_s, nullptr)->isCoinw());
    }
};

QTEST_GUILESS_MAIN(TestEndpoint)
#include "tst_endpoint.moc"
