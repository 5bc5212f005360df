#pragma once

#include <QByteArray>
#include <QNetworkProxyFactory>
#include <QString>
#include <QUrl>

#include <functional>
#include <optional>
#include <utility>

namespace countermand {

/// How a host is reached.
struct Way {
    /// NoProxy: direct. Only what Qt can use, if there is no problem.
    QNetworkProxy proxy{QNetworkProxy::NoProxy};
    /// One clear sentence if the proxy that is set can't be used: then nothing is sent. Else empty.
    QString problem;

    /// In words, without user and password: "direct", "through the proxy p:3128", "through the SOCKS 5 proxy p:1080".
    QString text() const;
};

/// What the environment says of the way to `target`: `https_proxy`, `all_proxy`, `http_proxy` (the one of the
/// target's own scheme first, small letters before capitals), and `no_proxy`. Values with and without a scheme;
/// `http`, `https`, `socks`, `socks5` (the name is looked up here) and `socks5h` (by the proxy). Absent: nothing is
/// set. Pure.
std::optional<Way> wayOfEnvironment(const QUrl &target, const std::function<QByteArray(const char *)> &variable);

/// How this system reaches `target`: direct within this computer, else as the environment says, else as Qt finds the
/// system set up.
Way wayTo(const QUrl &target);

/// Gives each request its way.
///
/// To be given to the program's QNetworkAccessManager (`setProxyFactory`, which takes ownership): a proxy can't reach
/// our loopback, and must not learn of it; and a proxy that is set is used, or nothing is sent.
class ProxyFactory final : public QNetworkProxyFactory
{
public:
    /// `target`: what every request is for, even if it names an address in place of the host. Empty: each is asked
    /// about by itself.
    explicit ProxyFactory(QUrl target = {}) : m_target(std::move(target)) {}

    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query = QNetworkProxyQuery()) override;

private:
    QUrl m_target;
};

} // namespace countermand
