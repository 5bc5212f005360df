#include "tests/support/waiting.h"
#include "ui/program/endsignals.h"

#include <QSignalSpy>
#include <QtTest>

#include <csignal>

using namespace countermand;

class TestEndSignals : public QObject
{
    Q_OBJECT

private slots:
    void isHeardOnce_data();
    void isHeardOnce();
    void whatWasIgnoredStaysIgnored();
    void theNextOneHearsAgain();
};

namespace {

using Handler = void (*)(int);

Handler handlerOf(int number)
{
    struct sigaction now {};
    ::sigaction(number, nullptr, &now);
    return now.sa_handler;
}

} // namespace

void TestEndSignals::isHeardOnce_data()
{
    QTest::addColumn<int>("number");
    QTest::newRow("SIGTERM") << int(SIGTERM);
    QTest::newRow("SIGINT") << int(SIGINT);
    QTest::newRow("SIGHUP") << int(SIGHUP);
}

void TestEndSignals::isHeardOnce()
{
    QFETCH(const int, number);
    EndSignals listener;
    QSignalSpy asked(&listener, &EndSignals::endAsked);
    QCOMPARE(::raise(number), 0);
    // Not in the handler: from the event loop.
    QCOMPARE(asked.count(), 0);
    QTRY_COMPARE(asked.count(), 1);
    // The second one is the system's.
    QVERIFY(handlerOf(number) == Handler(SIG_DFL));
}

void TestEndSignals::whatWasIgnoredStaysIgnored()
{
    ::signal(SIGHUP, SIG_IGN);
    {
        const EndSignals listener;
        QVERIFY(handlerOf(SIGHUP) == Handler(SIG_IGN));
    }
    ::signal(SIGHUP, SIG_DFL);
}

void TestEndSignals::theNextOneHearsAgain()
{
    {
        const EndSignals first;
    }
    QVERIFY(handlerOf(SIGTERM) == Handler(SIG_DFL));
    EndSignals second;
    QSignalSpy asked(&second, &EndSignals::endAsked);
    QCOMPARE(::raise(SIGTERM), 0);
    QTRY_COMPARE(asked.count(), 1);
}

QTEST_GUILESS_MAIN(TestEndSignals)
#include "tst_endsignals.moc"
