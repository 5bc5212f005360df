#include "exchange/transport.h"

#include "domain/log.h"
#include "exchange/oneshotbody.h"
#include "exchange/proxyfactory.h"
#include "exchange/transfer.h"

#include <QNetworkAccessManager>
#include <QNetworkProxy>

#include <utility>

using namespace Qt::StringLiterals;

namespace countermand {

Transport::Transport(NetworkMaker makeNetwork, const Endpoint &endpoint, const QSslConfiguration &tls,
                     QObject *parent)
    : QObject(parent), m_makeNetwork(std::move(makeNetwork)), m_endpoint(endpoint), m_tls(tls)
{
    m_tls.setAllowedNextProtocols({QByteArray(QSslConfiguration::NextProtocolHttp1_1)});
}

Transport::~Transport()
{
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
    QUrl url = m_endpoint.baseUrl;
    url.setScheme(u"preconnect-"_s + url.scheme());
    QNetworkRequest request = requestFor(url, lane);
    request.setTransferTimeout(int(limit.count()));
    const Network network = networkOf(lane);
    preconnect = network->get(request);
    connect(preconnect, &QNetworkReply::finished, this, [this, reply = preconnect, lane] {
        if (reply->error() == QNetworkReply::NoError)
            m_lanes.found(lane);
        else if (m_lanes.inFlight(lane) == 0)
            renew(lane);
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
    QNetworkRequest message = requestFor(urlOf(request), lane);
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
    const QByteArray what = request.method() + ' ' + request.path;
    connect(transfer, &Transfer::ended, this, [this, transfer, lane, network, limits, done, what](RawReply result) {
        m_lanes.release(lane);
        qCDebug(netLog) << what << "lane" << lane << "status" << result.httpStatus << result.error << "after"
                        << result.latency.count() << "ms"
                        << (result.timedOut       ? "given up"
                            : result.bodyAskedFor ? "body asked for"
                                                  : "");
        const bool nothingBack =
            result.httpStatus == 0 || result.error == QNetworkReply::ProxyAuthenticationRequiredError;
        if (nothingBack) {
            result.proxy = proxyName(*network);
            // Qt only says that it has found no suitable proxy.
            if (const QString problem = proxyProblem(*network); !problem.isEmpty()) {
                result.proxy.clear();
                result.errorText = problem;
            }
        }
        if (!nothingBack) {
            m_lanes.found(lane);
        } else if (network == m_networks[size_t(lane)]) {
            renew(lane);
            if (result.timedOut && result.reportedSent)
                m_lanes.silent(lane);
            else
                warmUp(lane, limits.connect);
        }
        transfer->deleteLater();
        done(result);
    });
}

QNetworkRequest Transport::requestFor(const QUrl &url, int lane) const
{
    QNetworkRequest request(url);
    request.setSslConfiguration(m_tls);
    if (lane != 0)
        request.setPeerVerifyName(url.host());
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
