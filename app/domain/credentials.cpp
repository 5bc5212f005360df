#include "domain/credentials.h"

#include "domain/wipe.h"

#include <QAnyStringView>

#include <algorithm>
#include <utility>

namespace countermand {

struct Credentials::Keys {
    Keys(QByteArray theKey, QByteArray theSecret) : key(std::move(theKey)), secret(std::move(theSecret)) {}
    ~Keys() { wipe(secret); }
    Keys(const Keys &) = delete;
    Keys &operator=(const Keys &) = delete;

    QByteArray key;
    QByteArray secret;
};

namespace {

/// How many UTF-16 units UTF-8 text has.
qsizetype lengthOf(QByteArrayView utf8)
{
    qsizetype units = 0;
    for (const char c : utf8) {
        const auto byte = uchar(c);
        // A byte that goes on with a character adds nothing; a character of four bytes is two units.
        units += (byte & 0xc0) == 0x80 ? 0 : byte >= 0xf0 ? 2 : 1;
    }
    return units;
}

/// Puts dots in the place of a word, which is compared where it lies: a converted copy of it would stay in freed
/// memory.
void replaceAll(QString &text, const QByteArray &word)
{
    const qsizetype length = lengthOf(word);
    if (length == 0)
        return;
    const QUtf8StringView wanted(word);
    for (qsizetype at = 0; at + length <= text.size(); ++at) {
        if (QAnyStringView::compare(QStringView(text).sliced(at, length), wanted) != 0)
            continue;
        const auto dots = QStringLiteral("•••");
        QString rest = text.sliced(at + length);
        text.detach();
        wipe(text.data() + at, std::size_t(text.size() - at) * sizeof(QChar));
        text.truncate(at);
        text.append(dots).append(rest);
        wipe(rest);
        at += dots.size() - 1;
    }
}

} // namespace

Credentials::Credentials(const QString &key, const QString &secret)
    : m_keys(std::make_shared<const Keys>(key.toUtf8(), secret.toUtf8()))
{}

Credentials Credentials::fromUtf8(QByteArrayView key, QByteArrayView secret)
{
    return Credentials(std::make_shared<const Keys>(key.toByteArray(), secret.toByteArray()));
}

const QByteArray &Credentials::key() const
{
    return m_keys->key;
}

const QByteArray &Credentials::secret() const
{
    return m_keys->secret;
}

bool Credentials::operator==(const Credentials &other) const
{
    return m_keys == other.m_keys || (key() == other.key() && secret() == other.secret());
}

QString Credentials::scrubbed(QString text) const
{
    // The longer one first: where one contains the other, the shorter would leave the rest standing.
    const bool keyFirst = key().size() > secret().size();
    replaceAll(text, keyFirst ? key() : secret());
    replaceAll(text, keyFirst ? secret() : key());
    return text;
}

bool hasForeignCharacters(QStringView text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.unicode() <= 0x20 || c.unicode() > 0x7e; });
}

bool hasForeignCharacters(QByteArrayView text)
{
    return std::any_of(text.begin(), text.end(), [](char c) { return uchar(c) <= 0x20 || uchar(c) > 0x7e; });
}

} // namespace countermand
