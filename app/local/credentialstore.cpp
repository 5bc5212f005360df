#include "local/credentialstore.h"

namespace countermand {

CredentialStore::~CredentialStore() = default;

} // namespace countermand
