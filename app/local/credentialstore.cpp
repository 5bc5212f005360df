#include "local/credentialstore.h"

#include <utility>

namespace countermand {

CredentialStore::~CredentialStore() = default;

void CredentialStore::readQuietly(const QString &profileId, QObject *context, ReadHandler handler)
{
    read(profileId, context, std::move(handler));
}

} // namespace countermand
