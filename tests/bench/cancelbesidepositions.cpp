// Whether reading positions makes the first cancel late, over a line with a 50 ms round trip, on loopback: from the
// confirmation to the last byte of the DELETE at the server, and to the proof that the order is gone. 21 pairs in
// turn, one with positions read as the window does it and asked for anew by the question, one with positions off, in
// which case no call is made for them. Prints the medians, and the median of the pairs' differences.
#include "tests/support/waiting.h"
#include "tests/workflow/openaccount.h"
#include "workflow/positions.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTextStream>

#include <algorithm>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

const Account account{u"p1"_s, u"Main"_s, Environment::TestServer, u"127.0.0.1"_s, 0};
const auto cancelEndpoint = u"DELETE /v1/perpum/order"_s;
constexpr int pairs = 21;

struct Figures {
    double arrived = -1;
    double proven = -1;
    int positionCalls = 0;
};

/// As the loopback exchange's log counts: CLOCK_MONOTONIC in ms.
double now()
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Figures run(FakeExchange &exchange, bool withPositions)
{
    exchange.fresh();
    exchange.set({{u"rtt_ms"_s, 50}});
    exchange.generate(6);
    addEarlierTrades(exchange);
    const QTemporaryDir folder;
    Journal journal = Journal::open(folder.path(), QDateTime::currentDateTimeUtc());
    // The program's own schedule and pace, unlike the tests'.
    OpenAccount open(account, exchange.baseUrl(), journal, SettlementSchedule{}, FeedPace{});
    Positions positions(open.client, open.feed, PositionPace{});
    positions.setEnabled(withPositions);
    positions.setWanted(true);
    QObject::connect(&open.cancels, &CancelWorkflow::changed, &positions,
                     [&] { positions.setCanceling(open.cancels.openCount() > 0); });
    (void)waitFor([&] { return open.feed.status().loaded && open.orders.count() == 6; });
    QElapsedTimer question;
    question.start();
    (void)waitFor([&] { return question.elapsed() >= 4500; });
    // As a question that opens, and is confirmed as soon as it can be.
    positions.readSoon();
    question.restart();
    (void)waitFor([&] { return question.elapsed() >= 500; });

    Figures figures;
    const OrderId id = open.orders.rows().begin()->first;
    const double from = now();
    QObject::connect(&open.cancels, &CancelWorkflow::changed, &open.cancels, [&](const CancelRecord &record) {
        if (record.stage == CancelStage::Canceled && figures.proven < 0)
            figures.proven = now() - from;
    });
    if (const auto request = open.cancels.prepare(id))
        open.cancels.submit(*request, RecordPolicy::Required);
    (void)waitFor([&] { return figures.proven >= 0; });
    const auto log = exchange.log();
    for (const QJsonValue &entry : log) {
        const QJsonObject call = entry.toObject();
        if (call.value(u"endpoint"_s) == cancelEndpoint)
            figures.arrived = call.value(u"complete"_s).toDouble() - from;
        else if (call.value(u"endpoint"_s) == u"GET /v1/perpum/positions/all"_s)
            ++figures.positionCalls;
    }
    return figures;
}

double median(QList<double> numbers)
{
    std::sort(numbers.begin(), numbers.end());
    return numbers.at(numbers.size() / 2);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    FakeExchange exchange;
    QTextStream out(stdout);
    if (!exchange.isReady()) {
        out << exchange.error() << '\n';
        return 1;
    }
    QList<Figures> with;
    QList<Figures> without;
    for (int pair = 0; pair < pairs; ++pair) {
        for (const bool first : {true, false}) {
            const bool withPositions = first == (pair % 2 == 0);
            (withPositions ? with : without).append(run(exchange, withPositions));
        }
    }
    const auto print = [&](const QString &what, double Figures::*figure) {
        QList<double> a;
        QList<double> b;
        QList<double> difference;
        for (int pair = 0; pair < pairs; ++pair) {
            a.append(with.at(pair).*figure);
            b.append(without.at(pair).*figure);
            difference.append(a.constLast() - b.constLast());
        }
        out << what << ": with positions " << median(a) << " ms, without " << median(b)
            << " ms, median of the differences " << median(difference) << " ms\n";
    };
    int calls = 0;
    int none = 0;
    for (int pair = 0; pair < pairs; ++pair) {
        calls += with.at(pair).positionCalls;
        none += without.at(pair).positionCalls;
    }
    print(u"DELETE at the server"_s, &Figures::arrived);
    print(u"proven"_s, &Figures::proven);
    out << "calls for positions: " << calls << " with, " << none << " without\n";
    return 0;
}
