#include "exchange/proxyfactory.h"
#include "tests/support/waiting.h"

#include <QHash>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QObject>
#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace countermand;

class TestProxyFactory : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        qputenv("http_proxy", "http://proxy.example:3128");
        qputenv("https_proxy", "http://proxy.example:3128");
        qunsetenv("no_proxy");
        qunsetenv("NO_PROXY");
    }

    void neverForLoopback_data()
    {
        QTest::addColumn<QUrl>("url");
        for (const char *text : {"http://127.0.0.1:8080", "https://127.0.0.1", "https://127.9.9.9",
                                 "https://[::1]:8443", "http://localhost:1"})
            QTest::newRow(text) << QUrl(QString::fromLatin1(text));
    }

    void neverForLoopback()
    {
        QFETCH(QUrl, url);
        ProxyFactory factory;
        const auto proxies = factory.queryProxy(QNetworkProxyQuery(url));
        QCOMPARE(proxies.size(), 1);
        QCOMPARE(proxies.first().type(), QNetworkProxy::NoProxy);
    }

    void environment_data()
    {
        QTest::addColumn<QString>("variables");
        QTest::addColumn<QString>("way");
        const auto row = [](const char *name, const QString &variables, const QString &way) {
            QTest::newRow(name) << variables << way;
        };
        row("nothing", {}, u"not set"_s);
        row("https", u"https_proxy=http://p:3128"_s, u"through the proxy p:3128"_s);
        row("without a port", u"https_proxy=http://p"_s, u"through the proxy p:80"_s);
        row("without a scheme", u"https_proxy=p:3128"_s, u"through the proxy p:3128"_s);
        row("capitals", u"HTTPS_PROXY=p:1"_s, u"through the proxy p:1"_s);
        row("small letters first", u"HTTPS_PROXY=p:1 https_proxy=p:2"_s, u"through the proxy p:2"_s);
        row("all, SOCKS", u"all_proxy=socks5://p:1081"_s, u"through the SOCKS 5 proxy p:1081"_s);
        row("ALL, name at the proxy", u"ALL_PROXY=socks5h://p"_s, u"through the SOCKS 5 proxy p:1080"_s);
        row("socks", u"all_proxy=socks://p:9"_s, u"through the SOCKS 5 proxy p:9"_s);
        row("its own before all", u"all_proxy=socks5://p:1 https_proxy=q:2"_s, u"through the proxy q:2"_s);
        row("http for want of another", u"http_proxy=p:3"_s, u"through the proxy p:3"_s);
        row("with a password", u"https_proxy=http://me:s%40fe@p:4"_s, u"through the proxy p:4"_s);
        row("IPv6", u"https_proxy=http://[::1]:5"_s, u"through the proxy ::1:5"_s);
        row("not for any", u"all_proxy=socks5://p:1 no_proxy=*"_s, u"direct"_s);
        row("not for this", u"https_proxy=p:1 NO_PROXY=x.org,.coinw.com"_s, u"direct"_s);
        row("not for its parent", u"https_proxy=p:1 no_proxy=coinw.com:443"_s, u"direct"_s);
        row("for another port", u"https_proxy=p:1 no_proxy=coinw.com:8443"_s, u"through the proxy p:1"_s);
        row("for a name that ends alike", u"https_proxy=p:1 no_proxy=inw.com"_s, u"through the proxy p:1"_s);
        row("unknown kind", u"all_proxy=socks4://p:1"_s,
            u"The proxy that all_proxy names can't be used: its kind, socks4, is not known. Nothing is sent."_s);
        row("no host", u"https_proxy=http://"_s,
            u"The proxy that https_proxy names can't be used: it names no host. Nothing is sent."_s);
        row("garbage", u"https_proxy=://::"_s,
            u"The proxy that https_proxy names can't be used: it names no host. Nothing is sent."_s);
    }

    void environment()
    {
        QFETCH(const QString, variables);
        QFETCH(const QString, way);
        QHash<QByteArray, QByteArray> values;
        const auto entries = variables.split(u' ', Qt::SkipEmptyParts);
        for (const QString &entry : entries)
            values.insert(entry.section(u'=', 0, 0).toLatin1(), entry.section(u'=', 1).toLatin1());
        const auto found =
            wayOfEnvironment(QUrl(u"https://api.coinw.com"_s), [&](const char *name) { return values.value(name); });
        QCOMPARE(found ? found->text() : u"not set"_s, way);
        if (found && !found->problem.isEmpty()) {
            QVERIFY(found->proxy.type() != QNetworkProxy::NoProxy && !found->proxy.isTransparentProxy());
        }
        if (variables.contains(u"s%40fe"_s)) {
            QCOMPARE(found->proxy.user(), u"me"_s);
            QCOMPARE(found->proxy.password(), u"s@fe"_s);
        }
        if (way.contains(u"SOCKS"_s)) {
            QCOMPARE(found->proxy.capabilities().testFlag(QNetworkProxy::HostNameLookupCapability),
                     variables.contains(u"socks5h"_s));
        }
    }

    void anUnusableOneSendsNothing()
    {
        qputenv("https_proxy", "socks4://proxy.example:1");
        qputenv("http_proxy", "socks4://proxy.example:1");
        QNetworkAccessManager network;
        network.setProxyFactory(new ProxyFactory);
        for (const char *address :
             {"https://127.1.example/", "http://127.1.example/", "preconnect-https://127.1.example/"}) {
            QNetworkReply *reply = network.get(QNetworkRequest(QUrl(QString::fromLatin1(address))));
            QVERIFY(waitFor([&] { return reply->isFinished(); }));
            QCOMPARE(reply->error(), QNetworkReply::ProxyNotFoundError);
            reply->deleteLater();
        }
        qputenv("http_proxy", "http://proxy.example:3128");
        qputenv("https_proxy", "http://proxy.example:3128");
    }

    void theSystemsForOthers()
    {
        ProxyFactory factory;
        const auto proxies = factory.queryProxy(QNetworkProxyQuery(QUrl(u"https://api.coinw.com"_s)));
        QVERIFY(!proxies.isEmpty());
        QCOMPARE(proxies.first().hostName(), u"proxy.example"_s);
        QCOMPARE(proxies.first().port(), quint16(3128));
    }
};

QTEST_GUILESS_MAIN(TestProxyFactory)
#include "tst_proxyfactory.moc"
