// How long the first cancel after a start takes to reach the exchange, over TLS on loopback: from asking the client
// to the last byte of the request at the server. Beside it the plain Qt way: a fresh manager, no warm connection,
// defaults. Loopback has no round trip: on a real line add half of one to the warm figure, two and a half to the cold
// one.
#include "domain/credentials.h"
#include "exchange/coinwclient.h"
#include "tests/support/fakeexchange.h"
#include "tests/support/waiting.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QTest>
#include <QTextStream>

#include <algorithm>
#include <chrono>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int rounds = 15;
const auto cancelEndpoint = u"DELETE /v1/perpum/order"_s;
const OrderId order(u"33308749002645666"_s);

/// As the loopback exchange's log counts: CLOCK_MONOTONIC in ms.
double now()
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

QSslConfiguration tlsOf(const FakeExchange &exchange)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setCaCertificates(QSslCertificate::fromPath(exchange.caFile()));
    return tls;
}

void start(FakeExchange &exchange)
{
    exchange.fresh();
    exchange.generate(6);
}

/// Time since `from` at which the only cancel had arrived whole.
double arrival(FakeExchange &exchange, double from)
{
    exchange.waitForRequests(cancelEndpoint);
    return exchange.log(cancelEndpoint).first().toObject().value(u"complete"_s).toDouble() - from;
}

double warm(FakeExchange &exchange, int *newConnections)
{
    start(exchange);
    QNetworkAccessManager network;
    CoinwClient client(network, Endpoint{exchange.baseUrl()}, CoinwClient::Timing{}, tlsOf(exchange));
    client.setCredentials(Credentials(FakeExchange::exampleKey(), FakeExchange::exampleSecret()));
    client.warmUp();
    int answers = 0;
    for (int read = 0; read < 2; ++read)
        client.countOpenOrders(&client, [&answers](const Result<int> &, const CallTimes &) { ++answers; });
    (void)waitFor([&answers] { return answers == 2; });
    const int before = exchange.counts().value(u"accepted"_s).toInt();
    const double from = now();
    client.cancelOrder(order, &client, [](auto, const Result<CancelAck> &, const CallTimes &) {});
    const double took = arrival(exchange, from);
    *newConnections += exchange.counts().value(u"accepted"_s).toInt() - before;
    return took;
}

double plain(FakeExchange &exchange)
{
    start(exchange);
    QNetworkAccessManager network;
    QNetworkRequest request(exchange.baseUrl().resolved(QUrl(u"/v1/perpum/order"_s)));
    request.setSslConfiguration(tlsOf(exchange));
    request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json"_ba);
    // The exchange speaks HTTP/1.1 only; left alone, Qt would take its offer of HTTP/2.
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    const double from = now();
    network.sendCustomRequest(request, "DELETE", uR"({"id":"33308749002645666"})"_s.toUtf8());
    return arrival(exchange, from);
}

void print(const QString &name, QList<double> figures)
{
    std::sort(figures.begin(), figures.end());
    QTextStream(stdout) << name.leftJustified(34) << " median " << QString::number(figures.at(rounds / 2), 'f', 2)
                        << " ms, best " << QString::number(figures.constFirst(), 'f', 2) << " ms, worst "
                        << QString::number(figures.constLast(), 'f', 2) << " ms\n";
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    FakeExchange exchange(FakeExchange::Transport::Tls);
    if (!exchange.isReady()) {
        QTextStream(stderr) << exchange.error() << '\n';
        return 1;
    }
    QList<double> ours;
    QList<double> others;
    int newConnections = 0;
    for (int round = 0; round < rounds; ++round) {
        ours.append(warm(exchange, &newConnections));
        others.append(plain(exchange));
    }
    print(u"first cancel, warm connection"_s, ours);
    print(u"plain Qt, cold connection"_s, others);
    QTextStream(stdout) << "new connections after the click: " << newConnections << " in " << rounds << " rounds\n";
    return 0;
}
