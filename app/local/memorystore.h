#pragma once

#include "local/credentialstore.h"

#include <map>

namespace countermand {

/// Keeps keys until the program ends; nothing reaches the disk. For systems without a keychain.
class MemoryStore final : public CredentialStore
{
public:
    void queryState(QObject *context, StateHandler handler) override;
    void read(const QString &profileId, QObject *context, ReadHandler handler) override;
    using CredentialStore::write;
    void write(const QString &profileId, const Credentials &credentials, Wanted isWanted, QObject *context,
               DoneHandler handler) override;
    void remove(const QString &profileId, QObject *context, DoneHandler handler) override;

private:
    std::map<QString, Credentials> m_entries;
};

} // namespace countermand
