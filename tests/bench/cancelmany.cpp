// How long many cancels take over a line with a 50 ms round trip, on loopback: from the confirmation until the last
// request has arrived and until every order's fate is proven by the exchange's own lists and records; how many signed
// requests that takes, and whether a limit was overrun, counted at the server. Journal in memory and on the disk.
#include "tests/support/waiting.h"
#include "tests/workflow/openaccount.h"
#include "workflow/cancelbatch.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

const Account account{u"p1"_s, u"Main"_s, Environment::TestServer, u"127.0.0.1"_s, 0};

/// As the loopback exchange's log counts: CLOCK_MONOTONIC in ms.
double now()
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct Figures {
    double firstArrived = 0;
    double lastArrived = 0;
    double allProven = 0;
    int deletes = 0;
    int signedIn10s = 0;
    int overruns = 0;
    BatchTally tally;
};

Figures run(FakeExchange &exchange, const QString &journalFolder, int orders, const QJsonArray &jitter)
{
    exchange.fresh();
    exchange.set({{u"rtt_ms"_s, 50}, {u"jitter_ms"_s, jitter}, {u"seed"_s, 7}});
    exchange.generate(orders, 4);
    Journal journal = Journal::open(journalFolder, QDateTime::currentDateTimeUtc());
    // The program's own schedule, unlike the tests'.
    OpenAccount open(account, exchange.baseUrl(), journal, SettlementSchedule{});
    (void)waitFor([&] { return open.feed.status().loaded && open.orders.count() == orders; });

    QList<CancelRequest> requests;
    for (const auto &[id, row] : open.orders.rows())
        requests.append({account, row.order});
    CancelBatch batch(open.cancels, open.feed, {});
    const double from = now();
    batch.start(requests, RecordPolicy::Required);
    Figures figures;
    (void)waitFor([&] {
        if (figures.allProven == 0 && batch.state() != CancelBatch::State::Running)
            figures.allProven = now() - from;
        return batch.state() == CancelBatch::State::Finished;
    });
    const auto sent = exchange.log({{u"method"_s, u"DELETE"_s}});
    figures.deletes = int(sent.size());
    figures.firstArrived = sent.first().toObject().value(u"complete"_s).toDouble() - from;
    figures.lastArrived = sent.last().toObject().value(u"complete"_s).toDouble() - from;
    const auto windows = exchange.windows();
    figures.signedIn10s = windows.value(u"signed"_s).toObject().value(u"10s"_s).toInt();
    figures.overruns = int(windows.value(u"over"_s).toArray().size());
    figures.tally = batch.tally();
    return figures;
}

void print(const QString &name, const Figures &figures)
{
    QTextStream(stdout) << name.leftJustified(44) << " first request "
                        << QString::number(figures.firstArrived, 'f', 0) << " ms, last "
                        << QString::number(figures.lastArrived, 'f', 0) << " ms, all proven "
                        << QString::number(figures.allProven, 'f', 0) << " ms · " << figures.deletes
                        << " DELETEs, most " << figures.signedIn10s << " signed requests in 10 s, "
                        << figures.overruns << " limits overrun · " << figures.tally.canceled << " of "
                        << figures.tally.asked << " canceled\n";
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    FakeExchange exchange;
    if (!exchange.isReady()) {
        QTextStream(stderr) << exchange.error() << '\n';
        return 1;
    }
    const QString memory = QDir(u"/dev/shm"_s).exists() ? u"/dev/shm/countermand-bench-XXXXXX"_s : QString();
    const QJsonArray none{0, 0};
    const QJsonArray jitter{0, 40};
    QTextStream(stdout) << "goals: last request of 100 <= 2000 ms, <= 50 signed requests in 10 s, nothing overrun\n";
    const auto runIn = [&](const QString &folder, int orders, const QJsonArray &delays) {
        const QTemporaryDir place = folder.isEmpty() ? QTemporaryDir() : QTemporaryDir(folder);
        return run(exchange, place.path(), orders, delays);
    };
    print(u"100 orders, journal in memory"_s, runIn(memory, 100, none));
    print(u"100 orders, journal on the disk"_s, runIn({}, 100, none));
    print(u"100 orders, replies jittered by 0 to 40 ms"_s, runIn(memory, 100, jitter));
    print(u"20 orders one by one, journal in memory"_s, runIn(memory, 20, none));
    print(u"20 orders one by one, jittered"_s, runIn(memory, 20, jitter));
    return 0;
}
