#include "exchange/networkwatch.h"

#include <QHostAddress>
#include <QNetworkInterface>

#include <utility>

namespace countermand {

QSet<QString> NetworkWatch::addressesNow()
{
    QSet<QString> texts;
    const auto addresses = QNetworkInterface::allAddresses();
    for (const QHostAddress &address : addresses) {
        if (!address.isLoopback() && !address.isLinkLocal())
            texts.insert(address.toString());
    }
    return texts;
}

bool NetworkWatch::look(const QSet<QString> &addresses)
{
    const auto before = std::exchange(m_addresses, addresses);
    return before && *before != addresses && !addresses.isEmpty();
}

} // namespace countermand
