#pragma once

#include "exchange/endpoint.h"
#include "exchange/lanes.h"
#include "exchange/rawreply.h"
#include "exchange/signature.h"

#include <QHostAddress>
#include <QList>
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
/// alone. When a request was given up, idle connections that have shown no life since it began are made anew, too;
/// and the next ones go to an address of the other family, where the host has one: a family can be dead while the
/// other is not.
class Transport final : public QObject
{
    Q_OBJECT

public:
    /// Returns false for an answer that the connection is not to be trusted after.
    using Done = std::function<bool(const RawReply &)>;

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

    /// Why connections are given up before they have shown that they are lost.
    enum class Doubt {
        Hanging, ///< somebody wants an answer now: reads that have been under way for long end, lost lanes try again
        All,     ///< another network, or a sleep: no connection of before can be good, and every read ends
    };
    /// Makes new connections at once; cancels that are under way go on.
    void connectAnew(Doubt doubt, std::chrono::milliseconds limit);

    /// Sends a request; `headers` only matter to a signed one. `done` runs once, later, unless this is destroyed
    /// first.
    void send(const ApiRequest &request, const SignedHeaders &headers, const Limits &limits, const Done &done);

signals:
    /// The network has sent a read once more by itself, as it does when a kept connection turns out to be closed.
    void repeated(countermand::RateBucket bucket);

private:
    using Network = std::shared_ptr<QNetworkAccessManager>;

    Network networkOf(int lane);
    void warmUp(int lane, std::chrono::milliseconds limit);
    void renew(int lane);
    void renewIdle(std::chrono::steady_clock::time_point silentSince, std::chrono::milliseconds limit);
    void ended(int lane, const Network &network, std::chrono::steady_clock::time_point startedAt,
               std::chrono::milliseconds connectLimit, const RawReply &result, bool trusted);
    void lookUp();
    void tryOtherFamily();
    QUrl addressed(QUrl url) const;
    QNetworkRequest requestFor(const QUrl &url, int lane) const;
    bool isFamilyOurs() const;
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
    /// When each lane last gave a sign of life.
    std::array<std::chrono::steady_clock::time_point, Lanes::count> m_aliveAt{};
    /// One address of each family that the host has, and the one that connections are made to; none: as the network
    /// chooses.
    QList<QHostAddress> m_addresses;
    int m_address = -1;
    int m_lookUp = -1;
};

} // namespace countermand
