// One run of the program without its window, to be killed: cancelrunner <cancel|settle> <folder> <base url>
//   cancel   lists the orders, asks to cancel all of them in one go, and stays
//   settle   looks up what an earlier run left behind, and ends when all of it is settled
// Prints "going" when the first request may leave, and "settled" at the end.
#include "tests/workflow/openaccount.h"
#include "workflow/cancelbatch.h"

#include <QCoreApplication>
#include <QTimer>

#include <cstdio>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

void say(const char *word)
{
    std::puts(word);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    const Account account{u"p1"_s, u"Main"_s, Environment::TestServer, u"127.0.0.1"_s, 0};
    Journal journal = Journal::open(arguments.value(2), QDateTime::currentDateTimeUtc());
    OpenAccount open(account, QUrl(arguments.value(3)), journal);
    CancelBatch batch(open.cancels, open.feed, {});

    if (arguments.value(1) == "settle"_L1) {
        open.cancels.recover(unsettled(journal.load()));
        QTimer look;
        QObject::connect(&look, &QTimer::timeout, &look, [&] {
            if (open.cancels.recoveringCount() == 0) {
                say("settled");
                QCoreApplication::quit();
            }
        });
        look.start(20ms);
        return QCoreApplication::exec();
    }

    QObject::connect(&open.feed, &OrderFeed::statusChanged, &batch, [&] {
        if (!open.feed.status().loaded || batch.state() != CancelBatch::State::Idle)
            return;
        QList<CancelRequest> requests;
        for (const auto &[id, row] : open.orders.rows())
            requests.append({account, row.order});
        say("going");
        batch.start(requests, RecordPolicy::Required);
    });
    return QCoreApplication::exec();
}
