#include "exchange/networkwatch.h"

#include <QtTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestNetworkWatch : public QObject
{
    Q_OBJECT

private slots:
    void tellsEachChangeOnce();
    void namesNoAddressOfThisComputerAlone();
};

void TestNetworkWatch::tellsEachChangeOnce()
{
    NetworkWatch watch;
    QVERIFY(!watch.look({u"192.0.2.7"_s}));
    QVERIFY(!watch.look({u"192.0.2.7"_s}));
    QVERIFY(watch.look({u"192.0.2.7"_s, u"2001:db8::7"_s}));
    QVERIFY(!watch.look({u"2001:db8::7"_s, u"192.0.2.7"_s}));
    // Without a network there is nothing to be tried.
    QVERIFY(!watch.look({}));
    QVERIFY(watch.look({u"198.51.100.7"_s}));
}

void TestNetworkWatch::namesNoAddressOfThisComputerAlone()
{
    const auto addresses = NetworkWatch::addressesNow();
    QVERIFY(!addresses.contains(u"127.0.0.1"_s));
    QVERIFY(!addresses.contains(u"::1"_s));
}

QTEST_GUILESS_MAIN(TestNetworkWatch)
#include "tst_networkwatch.moc"
