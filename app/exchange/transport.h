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
#include <memory>

class QNetworkAccessManager;

namespace countermand {

/// Makes a network for one lane; asked again whenever the lane's connection is not to be trusted any more.
using NetworkMaker = std::function<std::shared_ptr<QNetworkAccessManager>()>;

/// Sends signed requests over two connections that are kept warm.
///
/// QNetworkAccessManager keeps one pool of connections per scheme, host, port, proxy and peer-verify name, and takes
/// the first idle one of a pool, so that a second connection would never be used. Two lanes make two pools: the
/// second lane's requests name the host once more as peer-verify name, which changes nothing but the pool. HTTP/1.1
/// only, no redirects, no cookies, no cache; TLS errors end the request.
///
/// A manager never gives up a connection that was made and then stays silent, and lets no further request past it. So
/// each lane has a manager of its own, and gets a new one when a request brought nothing back; what else is under way
/// on the old one goes on. Until a connection of the new one is made, which warmUp() sees to, the other lane goes on
/// alone.
class Transport final : public QObject
{
    Q_OBJECT

public:
    using Done = std::function<void(const RawReply &)>;

    Transport(NetworkMaker makeNetwork, const Endpoint &endpoint, const QSslConfiguration &tls,
              QObject *parent = nullptr);
    ~Transport() override;

    /// How long a request may take, as a whole and until it has left.
    struct Limits {
        std::chrono::milliseconds whole{0};
        std::chrono::milliseconds connect{0};
    };

    /// Opens the connection of each lane that has none, without a request. `limit`: how long that may take.
    void warmUp(std::chrono::milliseconds limit);

    /// Sends a request; `headers` only matter to a signed one. `done` runs once, later, unless this is destroyed
    /// first.
    void send(const ApiRequest &request, const SignedHeaders &headers, const Limits &limits, const Done &done);

private:
    using Network = std::shared_ptr<QNetworkAccessManager>;

    Network networkOf(int lane);
    void warmUp(int lane, std::chrono::milliseconds limit);
    void renew(int lane);
    QNetworkRequest requestFor(const QUrl &url, int lane) const;
    QUrl urlOf(const ApiRequest &request) const;
    /// "host:port" of the proxy to the exchange; empty without one.
    QString proxyName(const QNetworkAccessManager &network) const;
    /// Why the proxy that is set can't be used; empty if it can.
    QString proxyProblem(const QNetworkAccessManager &network) const;

    NetworkMaker m_makeNetwork;
    std::array<Network, Lanes::count> m_networks;
    Endpoint m_endpoint;
    QSslConfiguration m_tls;
    Lanes m_lanes;
    std::array<QPointer<QNetworkReply>, Lanes::count> m_preconnects;
};

} // namespace countermand
