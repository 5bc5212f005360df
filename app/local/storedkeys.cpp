#include "local/storedkeys.h"

#include "domain/wipe.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

/// Far above any key; an entry that holds more is no key.
constexpr qsizetype longestEntry = 16384;
constexpr qsizetype longestKey = 1024;

/// Reads the entry in one pass. Not QJsonDocument, which leaves copies of every text in freed memory.
class Reader
{
public:
    explicit Reader(QByteArrayView json) : m_json(json) {}
    ~Reader()
    {
        wipe(m_key);
        wipe(m_secret);
    }
    Reader(const Reader &) = delete;
    Reader &operator=(const Reader &) = delete;

    bool read()
    {
        if (!take('{'))
            return false;
        do {
            QByteArray name = reserved();
            QByteArray value = reserved();
            const bool good = readText(name) && take(':') && readText(value);
            QByteArray &kept = name == "key" ? m_key : name == "secret" ? m_secret : name;
            if (good && &kept != &name)
                kept.swap(value);
            wipe(value);
            if (!good)
                return false;
        } while (take(','));
        return take('}') && next() == '\0' && m_at >= m_json.size() && !m_key.isEmpty() && !m_secret.isEmpty();
    }

    const QByteArray &key() const { return m_key; }
    const QByteArray &secret() const { return m_secret; }

private:
    /// Room for the longest text at once: growing would leave what it held behind.
    QByteArray reserved() const
    {
        QByteArray text;
        text.reserve(m_json.size() * 3 + 1);
        return text;
    }

    /// The next character that is no blank; '\0' at the end.
    char next()
    {
        while (m_at < m_json.size() && QByteArrayView(" \t\r\n").contains(m_json[m_at]))
            ++m_at;
        return m_at < m_json.size() ? m_json[m_at] : '\0';
    }

    bool take(char wanted)
    {
        const bool found = next() == wanted;
        m_at += found ? 1 : 0;
        return found;
    }

    bool readText(QByteArray &text)
    {
        if (!take('"'))
            return false;
        while (m_at < m_json.size()) {
            const char c = m_json[m_at++];
            if (c == '"')
                return true;
            if (c != '\\')
                text.append(c);
            else if (!readEscape(text))
                return false;
        }
        return false;
    }

    bool readEscape(QByteArray &text)
    {
        constexpr QByteArrayView names("\"\\/bfnrt");
        constexpr QByteArrayView meanings("\"\\/\b\f\n\r\t");
        const char name = m_at < m_json.size() ? m_json[m_at++] : '\0';
        if (name == 'u') {
            bool ok = false;
            const ushort unit = m_json.sliced(m_at, std::min<qsizetype>(4, m_json.size() - m_at)).toUShort(&ok, 16);
            m_at += 4;
            // Only ASCII is a key's; what else is written so is foreign all the same.
            text.append(unit < 0x80 ? char(unit) : '\x7f');
            return ok && m_at <= m_json.size();
        }
        const qsizetype which = names.indexOf(name);
        if (which >= 0)
            text.append(meanings[which]);
        return which >= 0;
    }

    QByteArrayView m_json;
    qsizetype m_at = 0;
    QByteArray m_key;
    QByteArray m_secret;
};

void appendText(QByteArray &json, QByteArrayView text)
{
    json.append('"');
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            json.append('\\').append(c);
        } else if (uchar(c) < 0x20) {
            constexpr char digits[] = "0123456789abcdef";
            json.append("\\u00").append(digits[uchar(c) >> 4]).append(digits[uchar(c) & 15]);
        } else {
            json.append(c);
        }
    }
    json.append('"');
}

} // namespace

QByteArray storedKeys(const Credentials &credentials)
{
    QByteArray json;
    // At once, as growing would leave a part behind.
    json.reserve(6 * (credentials.key().size() + credentials.secret().size()) + 32);
    json.append("{\"key\":");
    appendText(json, credentials.key());
    json.append(",\"secret\":");
    appendText(json, credentials.secret());
    json.append('}');
    return json;
}

StoredKeys readStoredKeys(QByteArrayView entry)
{
    Reader reader(entry);
    if (entry.size() > longestEntry || !reader.read())
        return {{}, u"The stored entry can't be read."_s};
    for (const QByteArray *text : {&reader.key(), &reader.secret()}) {
        if (hasForeignCharacters(QByteArrayView(*text)))
            return {{}, u"The stored entry contains characters that keys don't have."_s};
        if (text->size() > longestKey)
            return {{}, u"The stored entry is longer than any key."_s};
    }
    if (reader.key() == reader.secret())
        return {{}, u"In the stored entry key and secret are the same text."_s};
    return {Credentials::fromUtf8(reader.key(), reader.secret()), {}};
}

} // namespace countermand
