#include "exchange/endpoint.h"

#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

const QString &coinwHost()
{
    static const QString host = u"api.coinw.com"_s;
    return host;
}

bool isLoopbackHost(const QString &host)
{
    return host == "localhost"_L1 || QHostAddress(host).isLoopback();
}

int defaultPort(const QString &scheme)
{
    return scheme == "https"_L1 ? 443 : 80;
}

/// What is wrong with an address, as the end of a sentence; empty if nothing is.
QString problemOf(const QUrl &url)
{
    if (!url.isValid() || url.scheme().isEmpty() || url.host().isEmpty())
        return u"is not an address like https://host:port"_s;
    if (url.scheme() != "https"_L1 && url.scheme() != "http"_L1)
        return u"must begin with https://"_s;
    if (!url.userInfo().isEmpty())
        return u"must not hold a user name or password"_s;
    if ((!url.path().isEmpty() && url.path() != "/"_L1) || url.hasQuery() || url.hasFragment())
        return u"must be only scheme, host and port"_s;
    if (url.port() == 0)
        return u"has no usable port"_s;
    if (url.scheme() == "http"_L1 && !isLoopbackHost(url.host()))
        return u"must use https: plain http is only possible to this computer"_s;
    return {};
}

} // namespace

Endpoint Endpoint::coinw()
{
    return {QUrl(u"https://"_s + coinwHost())};
}

std::optional<Endpoint> Endpoint::fromText(const QString &text, QString *problem)
{
    const QUrl url(text, QUrl::StrictMode);
    const QString fault = problemOf(url);
    if (!fault.isEmpty()) {
        if (problem)
            *problem = u"The base URL "_s + fault + u'.';
        return {};
    }
    QUrl base;
    base.setScheme(url.scheme());
    base.setHost(url.host());
    if (url.port() != -1 && url.port() != defaultPort(url.scheme()))
        base.setPort(url.port());
    return Endpoint{base};
}

bool Endpoint::isCoinw() const
{
    return baseUrl.scheme() == "https"_L1 && baseUrl.host() == coinwHost() && baseUrl.port(443) == 443;
}

bool Endpoint::isLoopback() const
{
    return isLoopbackHost(baseUrl.host());
}

QString Endpoint::hostText() const
{
    const QString host = baseUrl.host();
    QString shown = host.contains(u':') ? u'[' + host + u']' : host;
    const int port = baseUrl.port();
    if (port == -1 || port == defaultPort(baseUrl.scheme()))
        return shown;
    return shown + u':' + QString::number(port);
}

} // namespace countermand
