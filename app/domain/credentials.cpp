#include "domain/credentials.h"

#include <utility>

namespace countermand {

namespace {

/// A copy of its own bytes, so that wiping one holder does not depend on another's life.
QByteArray deepCopy(const QByteArray &bytes)
{
    return QByteArray(bytes.constData(), bytes.size());
}

void wipe(QByteArray &bytes)
{
    volatile char *at = bytes.data();
    for (qsizetype i = 0; i < bytes.size(); ++i)
        at[i] = 0;
    bytes.clear();
}

} // namespace

Credentials::Credentials(const QString &key, const QString &secret) : m_key(key.toUtf8()), m_secret(secret.toUtf8())
{}

Credentials::Credentials(const Credentials &other) : m_key(other.m_key), m_secret(deepCopy(other.m_secret)) {}

Credentials &Credentials::operator=(const Credentials &other)
{
    if (this != &other) {
        wipe(m_secret);
        m_key = other.m_key;
        m_secret = deepCopy(other.m_secret);
    }
    return *this;
}

Credentials::Credentials(Credentials &&other) noexcept
    : m_key(std::exchange(other.m_key, {})), m_secret(std::exchange(other.m_secret, {}))
{}

Credentials &Credentials::operator=(Credentials &&other) noexcept
{
    std::swap(m_key, other.m_key);
    std::swap(m_secret, other.m_secret);
    return *this;
}

Credentials::~Credentials()
{
    wipe(m_secret);
}

QString Credentials::scrubbed(QString text) const
{
    // The longer one first: where one contains the other, the shorter would leave the rest standing.
    const bool keyFirst = m_key.size() > m_secret.size();
    for (const QByteArray &word : {keyFirst ? m_key : m_secret, keyFirst ? m_secret : m_key}) {
        if (!word.isEmpty())
            text.replace(QString::fromUtf8(word), QStringLiteral("•••"));
    }
    return text;
}

} // namespace countermand
