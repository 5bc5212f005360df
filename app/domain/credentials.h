#pragma once

#include <QByteArray>
#include <QString>

namespace countermand {

/// API key and secret of one account. Has no stream operator, and wipes its secret when it goes.
class Credentials
{
public:
    Credentials(const QString &key, const QString &secret);
    Credentials(const Credentials &other);
    Credentials &operator=(const Credentials &other);
    Credentials(Credentials &&other) noexcept;
    Credentials &operator=(Credentials &&other) noexcept;
    ~Credentials();

    /// UTF-8.
    const QByteArray &key() const { return m_key; }
    const QByteArray &secret() const { return m_secret; }

    /// `text` with every occurrence of the key or the secret replaced, for words that come from outside.
    QString scrubbed(QString text) const;

    bool operator==(const Credentials &other) const = default;

private:
    QByteArray m_key;
    QByteArray m_secret;
};

} // namespace countermand
