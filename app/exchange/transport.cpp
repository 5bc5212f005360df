#include "exchange/transport.h"

#include "domain/log.h"
#include "exchange/oneshotbody.h"
#include "exchange/proxyfactory.h"
#include "exchange/transfer.h"

#include <QHostInfo>
#include <QNetworkAccessManager>
#include <QNetworkProxy>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

using namespace std::chrono_literals;

namespace countermand {

namespace {

/// A read that has been under way for so long is no quick one any more.
constexpr auto longForARead = 1s;

std::chrono::steady_clock::time_point laneNow()
{
    return std::chrono::steady_clock::now();
}

} // namespace

Transport::Transport(NetworkMaker makeNetwork, const Endpoint &endpoint, const QSslConfiguration &tls,
                     QObject *parent)
    : QObject(parent), m_makeNetwork(std::move(makeNetwork)), m_endpoint(endpoint), m_tls(tls)
{
    m_tls.setAllowedNextProtocols({QByteArray(QSslConfiguration::NextProtocolHttp1_1)});
}

Transport::~Transport()
{
    if (m_lookUp >= 0)
        QHostInfo::abortHostLookup(m_lookUp);
    // Before the lanes go, which the ends of transfers refer to.
    qDeleteAll(findChildren<Transfer *>(Qt::FindDirectChildrenOnly));
}

Transport::Network Transport::networkOf(int lane)
{
    Network &network = m_networks[size_t(lane)];
    if (!network)
        network = m_makeNetwork();
    return network;
}

/// Whatever else is under way on the lane's manager keeps it until it has ended.
void Transport::renew(int lane)
{
    qCDebug(netLog) << "lane" << lane << "gets a new connection";
    m_lanes.lost(lane);
    if (const auto preconnect = std::exchange(m_preconnects[size_t(lane)], nullptr)) {
        preconnect->disconnect(this);
        preconnect->abort();
        preconnect->deleteLater();
    }
    // Not now: one of its replies may be what is being told of.
    QMetaObject::invokeMethod(
        this, [network = std::exchange(m_networks[size_t(lane)], nullptr)] {}, Qt::QueuedConnection);
}

void Transport::warmUp(std::chrono::milliseconds limit)
{
    for (int lane = 0; lane < Lanes::count; ++lane) {
        if (m_lanes.inFlight(lane) == 0)
            warmUp(lane, limit);
    }
}

void Transport::warmUp(int lane, std::chrono::milliseconds limit)
{
    auto &preconnect = m_preconnects[size_t(lane)];
    if (preconnect)
        return;
    // What connectToHostEncrypted() does, with an end that can be seen: its own requests stay until the manager dies.
    QUrl url = addressed(m_endpoint.baseUrl);
    url.setScheme(u"preconnect-"_s + url.scheme());
    QNetworkRequest request = requestFor(url, lane);
    request.setTransferTimeout(int(limit.count()));
    const Network network = networkOf(lane);
    preconnect = network->get(request);
    connect(preconnect, &QNetworkReply::finished, this, [this, reply = preconnect, lane] {
        if (reply->error() == QNetworkReply::NoError) {
            m_lanes.found(lane);
            m_aliveAt[size_t(lane)] = laneNow();
        } else {
            if (reply->error() == QNetworkReply::OperationCanceledError)
                tryOtherFamily();
            if (m_lanes.inFlight(lane) == 0)
                renew(lane);
        }
        if (reply)
            reply->deleteLater();
    });
}

void Transport::send(const ApiRequest &request, const SignedHeaders &headers, const Limits &limits, const Done &done)
{
    const bool read = request.verb == Verb::Get;
    const int lane = read ? m_lanes.takeForRead() : m_lanes.takeForCancel();
    const Network network = networkOf(lane);
    if (m_lanes.isLost(1 - lane))
        warmUp(1 - lane, limits.connect);
    if (m_addresses.isEmpty())
        lookUp();
    QNetworkRequest message = requestFor(addressed(urlOf(request)), lane);
    message.setHeader(QNetworkRequest::ContentTypeHeader, "application/json"_ba);
    if (!isPublic(request.bucket)) {
        message.setRawHeader("api_key"_ba, headers.apiKey);
        message.setRawHeader("timestamp"_ba, headers.timestamp);
        message.setRawHeader("sign"_ba, headers.sign);
    }

    QNetworkReply *reply = nullptr;
    OneShotBody *body = nullptr;
    if (read) {
        reply = network->get(message);
    } else {
        // The manager would otherwise copy the body into a buffer that it can rewind and send again.
        message.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        message.setHeader(QNetworkRequest::ContentLengthHeader, request.body.size());
        body = new OneShotBody(request.body, this);
        reply = network->sendCustomRequest(message, request.method(), body);
        body->setParent(reply);
    }

    auto *transfer = new Transfer(reply, body, request.verb, limits.whole, limits.connect, this);
    connect(transfer, &Transfer::sentAgain, this, [this, bucket = request.bucket] { emit repeated(bucket); });
    const QByteArray what = request.method() + ' ' + request.path;
    connect(transfer, &Transfer::ended, this, [this, transfer, lane, network, limits, done, what](RawReply result) {
        m_lanes.release(lane);
        qCDebug(netLog) << what << "lane" << lane << "status" << result.httpStatus << result.error << "after"
                        << result.latency.count() << "ms"
                        << (result.timedOut       ? "given up"
                            : result.bodyAskedFor ? "body asked for"
                                                  : "");
        if (result.httpStatus == 0 || result.error == QNetworkReply::ProxyAuthenticationRequiredError) {
            result.proxy = proxyName(*network);
            // Qt only says that it has found no suitable proxy.
            if (const QString problem = proxyProblem(*network); !problem.isEmpty()) {
                result.proxy.clear();
                result.errorText = problem;
            }
        }
        transfer->deleteLater();
        const auto startedAt = transfer->startedAt();
        // It only reads the answer; whoever asked is told later.
        const bool trusted = done(result);
        ended(lane, network, startedAt, limits.connect, result, trusted);
    });
}

void Transport::ended(int lane, const Network &network, std::chrono::steady_clock::time_point startedAt,
                      std::chrono::milliseconds connectLimit, const RawReply &result, bool trusted)
{
    const bool nothingBack =
        result.httpStatus == 0 || result.error == QNetworkReply::ProxyAuthenticationRequiredError;
    if (!nothingBack && trusted && !result.timedOut) {
        m_lanes.found(lane);
        m_aliveAt[size_t(lane)] = laneNow();
        return;
    }
    if (result.timedOut)
        tryOtherFamily();
    if (network == m_networks[size_t(lane)]) {
        renew(lane);
        if (nothingBack)
            warmUp(lane, connectLimit);
    }
    // An address may have gone with all its connections.
    if (result.timedOut)
        renewIdle(startedAt, connectLimit);
}

void Transport::renewIdle(std::chrono::steady_clock::time_point silentSince, std::chrono::milliseconds limit)
{
    for (int lane = 0; lane < Lanes::count; ++lane) {
        if (m_lanes.inFlight(lane) > 0 || m_preconnects[size_t(lane)] || m_aliveAt[size_t(lane)] > silentSince)
            continue;
        renew(lane);
        warmUp(lane, limit);
    }
}

void Transport::connectAnew(Doubt doubt, std::chrono::milliseconds limit)
{
    const bool all = doubt == Doubt::All;
    if (all) {
        m_address = -1;
        m_addresses.clear();
        for (int lane = 0; lane < Lanes::count; ++lane)
            renew(lane);
    }
    const auto transfers = findChildren<Transfer *>(Qt::FindDirectChildrenOnly);
    for (Transfer *transfer : transfers) {
        if (transfer->isRead() && (all || laneNow() - transfer->startedAt() > longForARead))
            transfer->giveUp();
    }
    for (int lane = 0; lane < Lanes::count; ++lane) {
        if (m_lanes.isLost(lane) && m_preconnects[size_t(lane)] && !all)
            renew(lane);
        if (m_lanes.isLost(lane))
            warmUp(lane, limit);
    }
}

/// A network of its own kind, as practice has one, knows nothing of addresses; a proxy finds them itself.
bool Transport::isFamilyOurs() const
{
    const Network &network = m_networks.front() ? m_networks.front() : m_networks.back();
    return network && network->metaObject() == &QNetworkAccessManager::staticMetaObject &&
           QHostAddress(m_endpoint.baseUrl.host()).isNull() && proxyName(*network).isEmpty();
}

void Transport::lookUp()
{
    if (m_lookUp >= 0 || !isFamilyOurs())
        return;
    m_lookUp = QHostInfo::lookupHost(m_endpoint.baseUrl.host(), this, [this](const QHostInfo &found) {
        m_lookUp = -1;
        QList<QHostAddress> addresses;
        for (const auto family : {QAbstractSocket::IPv4Protocol, QAbstractSocket::IPv6Protocol}) {
            const auto all = found.addresses();
            const auto one = std::find_if(all.cbegin(), all.cend(), [family](const QHostAddress &address) {
                return address.protocol() == family;
            });
            if (one != all.cend())
                addresses.append(*one);
        }
        // Old ones may do where nobody tells new ones.
        if (addresses.isEmpty())
            return;
        m_addresses = addresses;
        m_address = std::min(m_address, int(addresses.size()) - 1);
    });
}

void Transport::tryOtherFamily()
{
    if (!isFamilyOurs()) {
        m_address = -1;
        return;
    }
    m_address = m_address + 1 < int(m_addresses.size()) ? m_address + 1 : -1;
    qCDebug(netLog) << "connections go to" << (m_address < 0 ? QHostAddress() : m_addresses.at(m_address));
    lookUp();
}

QUrl Transport::addressed(QUrl url) const
{
    if (m_address >= 0 && m_address < m_addresses.size())
        url.setHost(m_addresses.at(m_address).toString());
    return url;
}

QNetworkRequest Transport::requestFor(const QUrl &url, int lane) const
{
    QNetworkRequest request(url);
    request.setSslConfiguration(m_tls);
    const QString host = m_endpoint.baseUrl.host();
    const bool isAddressed = url.host() != host;
    if (lane != 0 || isAddressed)
        request.setPeerVerifyName(host);
    if (isAddressed)
        request.setRawHeader("Host"_ba, m_endpoint.hostText().toLatin1());
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    return request;
}

QUrl Transport::urlOf(const ApiRequest &request) const
{
    QUrl url = m_endpoint.baseUrl;
    url.setPath(QString::fromLatin1(request.path));
    // An empty text would leave a "?" that is not signed.
    if (!request.query.isEmpty())
        url.setQuery(QString::fromLatin1(request.query));
    return url;
}

QString Transport::proxyProblem(const QNetworkAccessManager &network) const
{
    return dynamic_cast<const ProxyFactory *>(network.proxyFactory()) ? wayTo(m_endpoint.baseUrl).problem : QString();
}

QString Transport::proxyName(const QNetworkAccessManager &network) const
{
    const QNetworkProxyQuery query(m_endpoint.baseUrl);
    QNetworkProxyFactory *factory = network.proxyFactory();
    QList<QNetworkProxy> proxies{network.proxy()};
    if (factory)
        proxies = factory->queryProxy(query);
    else if (network.proxy().type() == QNetworkProxy::DefaultProxy)
        proxies = QNetworkProxyFactory::proxyForQuery(query);
    for (const QNetworkProxy &proxy : proxies) {
        if (!proxy.hostName().isEmpty())
            return proxy.hostName() + u':' + QString::number(proxy.port());
    }
    return {};
}

} // namespace countermand
