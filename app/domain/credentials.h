#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringView>

#include <memory>

namespace countermand {

/// API key and secret of one account. Has no stream operator. Copies share the same bytes, so that a secret is in
/// memory once; the last one wipes them.
class Credentials
{
public:
    Credentials(const QString &key, const QString &secret);
    /// Of UTF-8 text, without a copy in between.
    static Credentials fromUtf8(QByteArrayView key, QByteArrayView secret);

    /// UTF-8.
    const QByteArray &key() const;
    /// UTF-8. Not to be kept: a QByteArray that shares it keeps it from being wiped.
    const QByteArray &secret() const;

    /// `text` with every occurrence of the key or the secret replaced, for words that come from outside.
    QString scrubbed(QString text) const;

    bool operator==(const Credentials &other) const;

private:
    struct Keys;

    explicit Credentials(std::shared_ptr<const Keys> keys) : m_keys(std::move(keys)) {}

    std::shared_ptr<const Keys> m_keys;
};

/// The text holds something that no key of CoinW has: a character outside of printable ASCII, or a blank. False for
/// empty text.
bool hasForeignCharacters(QStringView text);
/// The same for UTF-8.
bool hasForeignCharacters(QByteArrayView text);

} // namespace countermand
