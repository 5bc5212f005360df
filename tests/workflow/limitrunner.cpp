// One run of a program that asks for more than an exchange allows: limitrunner <folder> <base url> <end>
//   Two accounts are switched to and fro, locked and tried, each cancels and reads without a rest.
//   end: "quit" ends by itself after a while; "stay" goes on until it is killed.
// Prints "going" once it has begun.
#include "domain/credentials.h"
#include "exchange/coinwclient.h"
#include "exchange/sharedlimiter.h"
#include "tests/support/fakeexchange.h"
#include "workflow/limitskeeper.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QTimer>

#include <cstdio>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// An account that is open: cancels and reads, one after the other's end.
class Greedy : public QObject
{
public:
    Greedy(const QUrl &url, const std::shared_ptr<SharedLimiter> &limiter)
        : m_client([] { return std::make_shared<QNetworkAccessManager>(); }, Endpoint{url}, {},
                   QSslConfiguration::defaultConfiguration(), nullptr, limiter)
    {
        m_client.setCredentials(Credentials(FakeExchange::exampleKey(), FakeExchange::exampleSecret()));
        for (int i = 0; i < 6; ++i)
            cancel();
        read();
    }

private:
    void cancel()
    {
        m_client.cancelOrder(OrderId(QString::number(++m_id)), this,
                             [this](auto, const auto &, const auto &) { cancel(); });
    }
    void read()
    {
        m_client.listOrders(ListKind::Plan, {}, this, [this](const auto &, const auto &) { read(); });
    }

    CoinwClient m_client;
    int m_id = 0;
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    const QUrl url(arguments.value(2));
    const auto limiter = std::make_shared<SharedLimiter>();
    const LimitsKeeper keeper(arguments.value(1), url.toString(), limiter);
    std::unique_ptr<Greedy> open = std::make_unique<Greedy>(url, limiter);
    std::puts("going");
    std::fflush(stdout);

    // Another account, a lock and its unlocking, a trial of a key: each is a client that goes and one that comes.
    QTimer change;
    int changes = 0;
    QObject::connect(&change, &QTimer::timeout, &change, [&] {
        open.reset();
        if (++changes % 3 != 0)
            open = std::make_unique<Greedy>(url, limiter);
        if (changes == 12 && arguments.value(3) == "quit"_L1)
            QCoreApplication::quit();
    });
    change.start(250ms);
    const int code = QCoreApplication::exec();
    open.reset();
    return code;
}
