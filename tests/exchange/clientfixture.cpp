#include "clientfixture.h"

#include "tests/support/waiting.h"

#include <QNetworkAccessManager>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

QSslConfiguration trusting(const QString &caFile)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    if (!caFile.isEmpty())
        tls.setCaCertificates(QSslCertificate::fromPath(caFile));
    return tls;
}

Endpoint endpointOf(const QUrl &url)
{
    return Endpoint::fromText(url.toString(), nullptr).value_or(Endpoint());
}

/// Fills `slot` when the handler runs.
template <typename T>
CoinwClient::Handler<T> into(std::optional<Result<T>> &slot)
{
    return [&slot](const Result<T> &result, const CallTimes &) { slot = result; };
}

template <typename T>
void awaitAnswer(const std::optional<Result<T>> &slot)
{
    (void)waitFor([&slot] { return slot.has_value(); });
}

} // namespace

ClientFixture::ClientFixture(const FakeExchange &exchange, const CallTiming &timing)
    : ClientFixture(exchange.baseUrl(), exchange.caFile(), timing)
{}

ClientFixture::ClientFixture(const QUrl &baseUrl, const QString &caFile, const CallTiming &timing)
    : client(
          [this] {
              auto network = std::make_shared<QNetworkAccessManager>();
              network->setProxy(proxy);
              return network;
          },
          endpointOf(baseUrl), timing, trusting(caFile))
{
    client.setCredentials({FakeExchange::exampleKey(), FakeExchange::exampleSecret()});
}

std::optional<Result<CancelAck>> ClientFixture::cancel(const QString &id)
{
    std::optional<Result<CancelAck>> result;
    QObject context;
    client.cancelOrder(
        OrderId(id), &context,
        [&result](CoinwClient::CallId, const Result<CancelAck> &ack, const CallTimes &) { result = ack; });
    awaitAnswer(result);
    return result;
}

std::optional<Result<OrderListing>> ClientFixture::list(ListKind kind, const QString &instrument)
{
    std::optional<Result<OrderListing>> result;
    QObject context;
    client.listOrders(kind, instrument, &context, into(result));
    awaitAnswer(result);
    return result;
}

std::optional<Result<int>> ClientFixture::count()
{
    std::optional<Result<int>> result;
    QObject context;
    client.countOpenOrders(&context, into(result));
    awaitAnswer(result);
    return result;
}

std::optional<Result<RecordPage<DealRecord>>> ClientFixture::deals(const QString &instrument)
{
    std::optional<Result<RecordPage<DealRecord>>> result;
    QObject context;
    client.readDeals(instrument, 1, &context, into(result));
    awaitAnswer(result);
    return result;
}

void ClientFixture::startCancel(const QString &id)
{
    client.cancelOrder(OrderId(id), this, [this](auto, const Result<CancelAck> &result, const CallTimes &) {
        if (result)
            ++acks;
        else
            errors.append(result.error());
    });
}

void ClientFixture::keepReading()
{
    m_reading = true;
    readOn();
}

void ClientFixture::readOn()
{
    if (!m_reading)
        return;
    const auto next = [this](const auto &result, const CallTimes &) {
        if (result)
            ++reads;
        else
            errors.append(result.error());
        readOn();
    };
    // Every endpoint's own window gets its turn.
    switch (m_nextRead++ % 5) {
    case 0:
        client.listOrders(ListKind::Plan, {}, this, next);
        break;
    case 1:
        client.countOpenOrders(this, next);
        break;
    case 2:
        client.listOrders(ListKind::Trailing, {}, this, next);
        break;
    case 3:
        client.readHistory(u"BTC"_s, 1, this, next);
        break;
    default:
        client.readDeals(u"BTC"_s, 1, this, next);
        break;
    }
}

} // namespace countermand
