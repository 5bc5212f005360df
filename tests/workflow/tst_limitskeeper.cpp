#include "exchange/sharedlimiter.h"
#include "local/limitsfile.h"
#include "tests/support/fakeexchange.h"
#include "tests/support/waiting.h"
#include "workflow/limitskeeper.h"

#include <QDateTime>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>
#include <QtTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// What one run has sent counts in the next.
class TestLimitsKeeper : public QObject
{
    Q_OBJECT

private slots:
    void aCleanEndCarriesOverWhatWasSent();
    void anUncleanEndAddsWhatMayHaveBeenSent();
    void anUnreadableFileAllowsNothing();
    void otherExchangesAreKept();
    void twoAccountsLockKillAndRestart();

private:
    static std::shared_ptr<SharedLimiter> limiter() { return std::make_shared<SharedLimiter>(); }
    static SharedLimiter::Time now() { return SharedLimiter::Time::clock::now(); }
    static LimitsFile::Contents contentsOf(const QTemporaryDir &folder)
    {
        return LimitsFile(folder.path()).load(std::chrono::milliseconds(QDateTime::currentMSecsSinceEpoch()));
    }

    const QString m_url = u"https://api.coinw.com"_s;
};

void TestLimitsKeeper::aCleanEndCarriesOverWhatWasSent()
{
    const QTemporaryDir folder;
    {
        const auto first = limiter();
        const LimitsKeeper keeper(folder.path(), m_url, first);
        QVERIFY(!contentsOf(folder).isClean);
        for (int i = 0; i < 5; ++i)
            QVERIFY(first->tryAcquire(RateBucket::Cancel, RateLimiter::Priority::Cancel, now()));
        // At most once a second, and not at once.
        QVERIFY(contentsOf(folder).exchanges.value(m_url).sent.isEmpty());
        QTRY_COMPARE(contentsOf(folder).exchanges.value(m_url).sent.size(), 5);
        // A pause is written at once.
        first->throttled(now(), 60s);
        QVERIFY(contentsOf(folder).exchanges.value(m_url).pausedUntil.count() > 0);
    }
    QVERIFY(contentsOf(folder).isClean);
    const auto second = limiter();
    const LimitsKeeper keeper(folder.path(), m_url, second);
    QCOMPARE(second->limiter().freeCalls(now()), 45);
    QVERIFY(second->limiter().pausedFor(now()) > 50s);
    QVERIFY(second->limiter().pausedFor(now()) <= 60s);
}

void TestLimitsKeeper::anUncleanEndAddsWhatMayHaveBeenSent()
{
    const QTemporaryDir folder;
    const auto utc = std::chrono::milliseconds(QDateTime::currentMSecsSinceEpoch());
    QVERIFY(LimitsFile(folder.path()).save({{m_url, {{utc, utc}, {}, {}}}}, false));
    const auto next = limiter();
    const LimitsKeeper keeper(folder.path(), m_url, next);
    QCOMPARE(next->limiter().freeCalls(now()), 40);
    QVERIFY(*next->limiter().roomAt(RateBucket::Cancel, RateLimiter::Priority::Cancel, now()) > now());
}

void TestLimitsKeeper::anUnreadableFileAllowsNothing()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"limits.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("garbled");
    file.close();
    const auto next = limiter();
    const auto before = now();
    const LimitsKeeper keeper(folder.path(), m_url, next);
    QCOMPARE(next->limiter().freeCalls(now()), 0);
    QVERIFY(*next->limiter().roomAt(RateBucket::Cancel, RateLimiter::Priority::Cancel, now()) >= before + 10s);
}

void TestLimitsKeeper::otherExchangesAreKept()
{
    const QTemporaryDir folder;
    const auto utc = std::chrono::milliseconds(QDateTime::currentMSecsSinceEpoch());
    QVERIFY(LimitsFile(folder.path()).save({{u"http://127.0.0.1:1"_s, {{utc}, {}, {}}}}, true));
    {
        const auto next = limiter();
        const LimitsKeeper keeper(folder.path(), m_url, next);
        QCOMPARE(next->limiter().freeCalls(now()), 50);
    }
    QCOMPARE(contentsOf(folder).exchanges.value(u"http://127.0.0.1:1"_s).sent.size(), 1);
}

void TestLimitsKeeper::twoAccountsLockKillAndRestart()
{
    FakeExchange exchange;
    QVERIFY2(exchange.isReady(), qPrintable(exchange.error()));
    exchange.fresh();
    exchange.generate(20);
    exchange.set({{u"rtt_ms"_s, 30}});
    const QTemporaryDir folder;
    const QStringList ends{u"stay"_s, u"stay"_s, u"quit"_s, u"stay"_s};
    for (const QString &end : ends) {
        QProcess run;
        run.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        run.start(QStringLiteral(LIMITRUNNER), {folder.path(), exchange.baseUrl().toString(), end});
        QVERIFY2(waitFor([&run] { return run.peek(64).contains("going"); }), "the run did not begin");
        if (end == "stay"_L1)
            QTimer::singleShot(2600, &run, &QProcess::kill);
        QVERIFY(waitFor([&run] { return run.state() == QProcess::NotRunning; }));
    }
    const QJsonObject windows = exchange.windows();
    qInfo().noquote() << "four runs, three of them killed:" << QJsonDocument(windows).toJson(QJsonDocument::Compact);
    const QJsonObject all = windows.value(u"all"_s).toObject();
    QVERIFY(all.value(u"10s"_s).toInt() > 20);
    QVERIFY(all.value(u"1s"_s).toInt(1000) <= 8);
    QVERIFY(all.value(u"10s"_s).toInt(1000) <= 50);
    QVERIFY(windows.value(u"over"_s).toArray().isEmpty());
}

QTEST_GUILESS_MAIN(TestLimitsKeeper)
#include "tst_limitskeeper.moc"
