#include "exchange/proxyfactory.h"

#include <QNetworkProxy>
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
