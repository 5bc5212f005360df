// A stored entry of the keychain, and the environment's proxies: what is taken is fit for a header and for a
// connection.
#include "exchange/proxyfactory.h"
#include "local/storedkeys.h"

#include <cstdint>
#include <cstdlib>

using namespace countermand;
using namespace Qt::StringLiterals;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const StoredKeys stored = readStoredKeys(bytes);
    if (stored.credentials) {
        if (hasForeignCharacters(QByteArrayView(stored.credentials->key())) || !stored.problem.isEmpty())
            std::abort();
        if (!(readStoredKeys(storedKeys(*stored.credentials)).credentials == stored.credentials))
            std::abort();
    } else if (stored.problem.isEmpty()) {
        std::abort();
    }
    const auto way = wayOfEnvironment(QUrl(u"https://api.coinw.com"_s), [&](const char *name) {
        return QByteArrayView(name) == "all_proxy" ? bytes : QByteArray();
    });
    // Something that is set is used, or stands in the way.
    if (way && way->problem.isEmpty() && way->proxy.type() == QNetworkProxy::NoProxy)
        std::abort();
    return 0;
}
