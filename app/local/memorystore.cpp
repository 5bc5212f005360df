#include "local/memorystore.h"

#include <QMetaObject>
#include <QObject>

#include <utility>

namespace countermand {

namespace {

template <typename Call>
void later(QObject *context, Call call)
{
    QMetaObject::invokeMethod(context, std::move(call), Qt::QueuedConnection);
}

} // namespace

void MemoryStore::queryState(QObject *context, StateHandler handler)
{
    later(context, [handler = std::move(handler)] { handler(State::Ready, {}); });
}

void MemoryStore::read(const QString &profileId, QObject *context, ReadHandler handler)
{
    const auto entry = m_entries.find(profileId);
    if (entry == m_entries.end()) {
        later(context, [handler = std::move(handler)] { handler({}, {KeychainProblem::NoEntry, {}}); });
        return;
    }
    later(context, [handler = std::move(handler), credentials = entry->second] { handler(credentials, {}); });
}

void MemoryStore::write(const QString &profileId, const Credentials &credentials, Wanted, QObject *context,
                        DoneHandler handler)
{
    m_entries.insert_or_assign(profileId, credentials);
    later(context, [handler = std::move(handler)] { handler({}); });
}

void MemoryStore::remove(const QString &profileId, QObject *context, DoneHandler handler)
{
    m_entries.erase(profileId);
    later(context, [handler = std::move(handler)] { handler({}); });
}

} // namespace countermand
