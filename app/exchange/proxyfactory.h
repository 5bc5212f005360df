#pragma once

#include <QNetworkProxyFactory>

namespace countermand {

/// The system's proxy for every host but this computer itself.
///
/// To be given to the program's QNetworkAccessManager (`setProxyFactory`, which takes ownership): a proxy can't reach
/// our loopback, and must not learn of it.
class ProxyFactory final : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query = QNetworkProxyQuery()) override;
};

} // namespace countermand
