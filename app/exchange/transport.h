#pragma once

#include "exchange/endpoint.h"
#include "exchange/lanes.h"
#include "exchange/rawreply.h"
#include "exchange/signature.h"

#include <QNetworkRequest>
#include <QObject>
#include <QPointer>
#include <QSslConfiguration>

#include <array>
#include <chrono>
#include <functional>

class QNetworkAccessManager;

namespace countermand {

/// Sends signed requests over two connections that are kept warm.
///
/// QNetworkAccessManager keeps one pool of connections per scheme, host, port, proxy and peer-verify name, and takes
/// the first idle one of a pool, so that a second connection would never be used. Two lanes make two pools: the
/// second lane's requests name the host once more as peer-verify name, which changes nothing but the pool. HTTP/1.1
/// only, no redirects, no cookies, no cache; TLS errors end the request.
class Transport final : public QObject
{
    Q_OBJECT

public:
    using Done = std::function<void(const RawReply &)>;

    /// `network` must outlive this.
    Transport(QNetworkAccessManager &network, const Endpoint &endpoint, const QSslConfiguration &tls,
              QObject *parent = nullptr);
    ~Transport() override;

    /// Opens the connection of each lane that has none, without a request.
    void warmUp();

    /// How long a request may take, as a whole and until it has left.
    struct Limits {
        std::chrono::milliseconds whole{0};
        std::chrono::milliseconds connect{0};
    };
    /// Sends a request; `headers` only matter to a signed one. `done` runs once, later, unless this is destroyed
    /// first.
    void send(const ApiRequest &request, const SignedHeaders &headers, const Limits &limits, const Done &done);

private:
    QNetworkRequest requestFor(const QUrl &url, int lane) const;
    QUrl urlOf(const ApiRequest &request) const;
    /// "host:port" of the proxy to the exchange; empty without one.
    QString proxyName() const;

    QNetworkAccessManager &m_network;
    Endpoint m_endpoint;
    QSslConfiguration m_tls;
    Lanes m_lanes;
    std::array<QPointer<QNetworkReply>, Lanes::count> m_preconnects;
};

} // namespace countermand
