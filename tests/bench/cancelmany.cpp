// How long many cancels take over a line with a 50 ms round trip, on loopback, counted from the confirmation: until
// the last request has arrived, until every order's fate is proven by the exchange's own lists and records, and until
// the batch says "Finished"; how many signed calls leave meanwhile, the list's own reads among them, and the fullest
// second and ten seconds, counted at the server. Once with a record of every canceled order, once without one for
// conditional orders, as CoinW documents it. Arguments: only these numbers of orders.
#include "tests/support/waiting.h"
#include "tests/workflow/openaccount.h"
#include "workflow/cancelbatch.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

const Account account{u"p1"_s, u"Main"_s, Environment::TestServer, u"127.0.0.1"_s, 0};
constexpr int instruments = 6;

struct Wish {
    int orders = 0;
    int conditional = 0;
    bool hasRowsOfAll = true;
    /// One more order is canceled by itself when half of the batch's calls have left.
    bool asksForOneMore = false;
};

struct Figures {
    double lastArrived = 0;
    double allProven = 0;
    double finished = 0;
    double oneMoreArrived = -1;
    int deletes = 0;
    int calls = 0;
    int inOneSecond = 0;
    int inTenSeconds = 0;
    int overruns = 0;
    BatchTally tally;
};

/// As the loopback exchange's log counts: CLOCK_MONOTONIC in ms.
double now()
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Figures run(FakeExchange &exchange, const Wish &wish)
{
    exchange.fresh();
    QJsonObject settings{{u"rtt_ms"_s, 50}};
    if (wish.hasRowsOfAll)
        settings.insert(u"deal_kinds"_s,
                        QJsonArray{u"plan"_s, u"execute"_s, u"moveTPSL"_s, u"stopProfitLoss"_s, u"planTrigger"_s});
    exchange.set(settings);
    const int listed = wish.orders + (wish.asksForOneMore ? 1 : 0);
    exchange.command(
        {{u"cmd"_s, u"generate"_s},
         {u"counts"_s, QJsonObject{{u"plan"_s, listed - wish.conditional}, {u"planTrigger"_s, wish.conditional}}},
         {u"instruments"_s, instruments}});
    addEarlierTrades(exchange);
    const QTemporaryDir folder;
    Journal journal = Journal::open(folder.path(), QDateTime::currentDateTimeUtc());
    // The program's own schedule and pace, unlike the tests'.
    OpenAccount open(account, exchange.baseUrl(), journal, SettlementSchedule{}, FeedPace{});
    (void)waitFor([&] { return open.feed.status().loaded && open.orders.count() == listed; });
    // As long as a question takes at least: the reads of the start no longer count in the same second.
    QElapsedTimer question;
    question.start();
    (void)waitFor([&] { return question.elapsed() >= 3000; });

    QList<CancelRequest> requests;
    for (const auto &[id, row] : open.orders.rows())
        requests.append({account, row.order});
    std::optional<CancelRequest> oneMore;
    if (wish.asksForOneMore) {
        const auto plain = std::find_if(requests.cbegin(), requests.cend(), [](const CancelRequest &request) {
            return request.order.type == OrderType::Limit;
        });
        oneMore = *plain;
        requests.erase(plain);
    }
    Figures figures;
    int left = 0;
    double oneMoreAsked = 0;
    QObject::connect(&open.client, &CoinwClient::cancelSent, &open.client, [&] {
        if (++left != wish.orders / CoinwClient::mostOrdersPerBatch / 2 || !oneMore)
            return;
        oneMoreAsked = now();
        open.cancels.submit(*oneMore, RecordPolicy::Required);
    });

    CancelBatch batch(open.cancels, open.feed, {});
    const double from = now();
    // Told at once: the regular reads go on with the end, and the first of them is not the batch's.
    QObject::connect(&batch, &CancelBatch::changed, &batch, [&] {
        if (figures.allProven == 0 && batch.state() != CancelBatch::State::Running)
            figures.allProven = now() - from;
        if (figures.finished == 0 && batch.state() == CancelBatch::State::Finished)
            figures.finished = now() - from;
    });
    batch.start(requests, RecordPolicy::Required);
    const auto finished = [&] { return batch.state() == CancelBatch::State::Finished; };
    while (!waitFor(finished) && now() - from < 120000) {
    }
    if (figures.finished == 0)
        figures.finished = now() - from;
    figures.tally = batch.tally();
    const auto log = exchange.log();
    for (const QJsonValue &entry : log) {
        const QJsonObject request = entry.toObject();
        const double arrived = request.value(u"complete"_s).toDouble() - from;
        if (arrived < 0 || arrived > figures.finished || !request.value(u"signed"_s).toBool())
            continue;
        ++figures.calls;
        if (qEnvironmentVariableIsSet("BENCH_CALLS"))
            QTextStream(stdout) << QString::number(arrived, 'f', 0).rightJustified(7) << "  "
                                << request.value(u"method"_s).toString() << ' '
                                << request.value(u"target"_s).toString() << '\n';
        if (request.value(u"method"_s) != u"DELETE"_s)
            continue;
        const QJsonArray ids = request.value(u"ids"_s).toArray();
        if (oneMore && ids == QJsonArray{oneMore->order.id.text()}) {
            figures.oneMoreArrived = arrived - (oneMoreAsked - from);
            continue;
        }
        ++figures.deletes;
        figures.lastArrived = std::max(figures.lastArrived, arrived);
    }
    const auto windows = exchange.windows();
    const auto signedCalls = windows.value(u"signed"_s).toObject();
    figures.inOneSecond = signedCalls.value(u"1s"_s).toInt();
    figures.inTenSeconds = signedCalls.value(u"10s"_s).toInt();
    figures.overruns = int(windows.value(u"over"_s).toArray().size());
    return figures;
}

void print(const Wish &wish, const Figures &figures)
{
    const auto ms = [](double time) { return QString::number(time, 'f', 0).rightJustified(6); };
    QTextStream out(stdout);
    out << QString::number(wish.orders).rightJustified(5) << " orders, "
        << QString::number(wish.conditional).rightJustified(3) << " conditional, records of "
        << (wish.hasRowsOfAll ? "all:         " : "others only: ") << "last request" << ms(figures.lastArrived)
        << " ms, all proven" << ms(figures.allProven) << " ms, Finished" << ms(figures.finished) << " ms | "
        << figures.calls << " signed calls, " << figures.deletes << " of them cancels; at most "
        << figures.inOneSecond << " in 1 s, " << figures.inTenSeconds << " in 10 s, " << figures.overruns
        << " limits overrun | " << figures.tally.canceled << " of " << figures.tally.asked << " canceled";
    if (figures.oneMoreArrived >= 0)
        out << " | one more asked for in the middle arrived after" << ms(figures.oneMoreArrived) << " ms";
    out << '\n';
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
    QTextStream(stdout)
        << "goals: last request of 20 and 60 <= 150 ms, of 200 <= 1300 ms; Finished of 20 <= 4 s, of 60 <= 4 s and "
           "22 calls with records of all, <= 8 s and 40 calls without; never above 8 in 1 s and 50 in 10 s; one more "
           "in the middle of 1000 <= 1000 ms\n";
    const QStringList only = application.arguments().mid(1);
    for (const Wish &wish : {Wish{8, 0}, Wish{20, 0}, Wish{60, 12}, Wish{60, 12, false}, Wish{200, 40},
                             Wish{200, 40, false}, Wish{1000, 200, true, true}, Wish{1000, 200, false}}) {
        if (only.isEmpty() || only.contains(QString::number(wish.orders)))
            print(wish, run(exchange, wish));
    }
    return 0;
}
