#include "exchange/proxyfactory.h"

#include <QHostAddress>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr quint16 httpPort = 80;
constexpr quint16 socksPort = 1080;

bool isThisComputer(const QString &host)
{
    return host == "localhost"_L1 || QHostAddress(host).isLoopback();
}

/// `no_proxy`: "*", or hosts and the ends of their names, with or without a dot or a port.
bool isExcepted(const QUrl &target, const QString &list)
{
    const QString host = target.host();
    const auto names = list.split(u',', Qt::SkipEmptyParts);
    return std::any_of(names.begin(), names.end(), [&](const QString &entry) {
        QString name = entry.trimmed().toLower();
        if (name == "*"_L1)
            return true;
        const qsizetype colon = name.lastIndexOf(u':');
        bool isPort = false;
        const int port = name.sliced(colon + 1).toInt(&isPort);
        if (colon > 0 && isPort && name.count(u':') == 1) {
            if (port != target.port(target.scheme() == "http"_L1 ? 80 : 443))
                return false;
            name.truncate(colon);
        }
        while (name.startsWith(u'.') || name.startsWith(u'*'))
            name.remove(0, 1);
        return !name.isEmpty() && (host == name || host.endsWith(u'.' + name));
    });
}

Way unusable(const QString &variable, const QString &why)
{
    // Of a kind that no request can take: nothing is sent.
    return {QNetworkProxy(QNetworkProxy::FtpCachingProxy, u"unusable.invalid"_s, 1),
            u"The proxy that %1 names can't be used: %2. Nothing is sent."_s.arg(variable, why)};
}

Way wayThrough(const QString &variable, const QString &value)
{
    const bool hasScheme = value.contains("://"_L1);
    const QUrl url(hasScheme ? value : "http://"_L1 + value, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || url.port(1) == 0)
        return unusable(variable, u"it names no host"_s);
    const QString scheme = url.scheme();
    const bool isSocks = scheme == "socks"_L1 || scheme == "socks5"_L1 || scheme == "socks5h"_L1;
    if (!isSocks && scheme != "http"_L1 && scheme != "https"_L1)
        return unusable(variable, u"its kind, %1, is not known"_s.arg(scheme));
    QNetworkProxy proxy(isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, url.host(),
                        quint16(url.port(isSocks ? socksPort : httpPort)), url.userName(QUrl::FullyDecoded),
                        url.password(QUrl::FullyDecoded));
    if (isSocks && scheme != "socks5h"_L1)
        proxy.setCapabilities(proxy.capabilities() & ~QNetworkProxy::HostNameLookupCapability);
    return {proxy, {}};
}

} // namespace

QString Way::text() const
{
    if (!problem.isEmpty())
        return problem;
    const QString name = proxy.hostName() + u':' + QString::number(proxy.port());
    switch (proxy.type()) {
    case QNetworkProxy::Socks5Proxy:
        return u"through the SOCKS 5 proxy %1"_s.arg(name);
    case QNetworkProxy::HttpProxy:
    case QNetworkProxy::HttpCachingProxy:
    case QNetworkProxy::FtpCachingProxy:
        return u"through the proxy %1"_s.arg(name);
    case QNetworkProxy::DefaultProxy:
    case QNetworkProxy::NoProxy:
        break;
    }
    return u"direct"_s;
}

std::optional<Way> wayOfEnvironment(const QUrl &target, const std::function<QByteArray(const char *)> &variable)
{
    const auto valueOf = [&](const char *name) { return QString::fromLocal8Bit(variable(name)).trimmed(); };
    const bool isHttp = target.scheme() == "http"_L1;
    // CGI programs are given HTTP_PROXY by whoever asks them; this is none, but the custom is to leave it last.
    for (const char *name : {isHttp ? "http_proxy" : "https_proxy", isHttp ? "HTTP_PROXY" : "HTTPS_PROXY",
                             "all_proxy", "ALL_PROXY", "http_proxy", "HTTP_PROXY"}) {
        const QString value = valueOf(name);
        if (value.isEmpty())
            continue;
        if (isExcepted(target, valueOf("no_proxy")) || isExcepted(target, valueOf("NO_PROXY")))
            return Way{};
        return wayThrough(QString::fromLatin1(name), value);
    }
    return {};
}

Way wayTo(const QUrl &target)
{
    if (isThisComputer(target.host()))
        return {};
    if (const auto way = wayOfEnvironment(target, [](const char *name) { return qgetenv(name); }))
        return *way;
    const auto found = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(target));
    return found.isEmpty() ? Way{} : Way{found.constFirst(), {}};
}

QList<QNetworkProxy> ProxyFactory::queryProxy(const QNetworkProxyQuery &query)
{
    // Qt asks for the addresses of its own that open a connection ahead, too.
    QUrl target = m_target.isEmpty() ? query.url() : m_target;
    if (target.isEmpty()) {
        target.setScheme(u"https"_s);
        target.setHost(query.peerHostName());
    }
    if (target.scheme().startsWith("preconnect-"_L1))
        target.setScheme(target.scheme().sliced(11));
    return {wayTo(target).proxy};
}

} // namespace countermand
