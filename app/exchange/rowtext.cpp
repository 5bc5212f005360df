#include "exchange/rowtext.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

/// In the order of Field.
constexpr std::array<QByteArrayView, fieldCount> names{"id",
                                                       "instrument",
                                                       "base",
                                                       "quote",
                                                       "direction",
                                                       "status",
                                                       "orderStatus",
                                                       "posType",
                                                       "originalType",
                                                       "orderPrice",
                                                       "openPrice",
                                                       "triggerPrice",
                                                       "triggerType",
                                                       "triggerStatus",
                                                       "stopProfitPrice",
                                                       "stopLossPrice",
                                                       "callbackRate",
                                                       "callbackPrice",
                                                       "callbackType",
                                                       "openId",
                                                       "orderId",
                                                       "totalPiece",
                                                       "tradePiece",
                                                       "cancelPiece",
                                                       "currentPiece",
                                                       "closePiece",
                                                       "leverage",
                                                       "margin",
                                                       "positionModel",
                                                       "thirdOrderId",
                                                       "source",
                                                       "createdDate",
                                                       "updatedDate"};

constexpr QByteArrayView byteOrderMark("\xef\xbb\xbf");

struct Token {
    /// Behind the token; -1 if there is no whole one.
    qsizetype end = -1;
    QByteArrayView bytes;
    bool escaped = false;
    bool isText = false;
};

/// What QJsonDocument makes of a small piece of JSON; nothing if it refuses it.
std::optional<QJsonArray> parsed(QByteArrayView json)
{
    const QJsonDocument document = QJsonDocument::fromJson('[' + json.toByteArray() + ']');
    return document.isArray() ? std::optional(document.array()) : std::nullopt;
}

/// A string that begins at `json[at]`.
Token readString(QByteArrayView json, qsizetype at)
{
    bool escaped = false;
    bool ascii = true;
    for (qsizetype i = at + 1; i < json.size(); ++i) {
        const char c = json[i];
        if (c == '"') {
            // What is rare is left to the one who knows it all.
            if ((escaped || !ascii) && !parsed(json.sliced(at, i + 1 - at)))
                return {};
            return {i + 1, json.sliced(at + 1, i - at - 1), escaped, true};
        }
        if (c == '\\') {
            escaped = true;
            ++i;
        } else if (c & '\x80') {
            ascii = false;
        }
    }
    return {};
}

Token readValue(QByteArrayView json, qsizetype at)
{
    const char first = at < json.size() ? json[at] : '\0';
    if (first == '"')
        return readString(json, at);
    const qsizetype end = valueEnd(json, at);
    if (end < 0)
        return {};
    const QByteArrayView bytes = json.sliced(at, end - at);
    if (first == '-' || (first >= '0' && first <= '9'))
        return isJsonNumber(bytes) ? Token{end, bytes, false, true} : Token{};
    if (first == '{' || first == '[')
        return parsed(bytes) ? Token{end, {}, false, false} : Token{};
    const bool known = bytes == "null" || bytes == "true" || bytes == "false";
    return known ? Token{end, {}, false, false} : Token{};
}

QString unescaped(const Token &token)
{
    const auto array = parsed('"' + token.bytes.toByteArray() + '"');
    return array ? array->at(0).toString() : QString();
}

/// Nothing for a name that nobody wants.
std::optional<std::size_t> fieldOf(QByteArrayView name)
{
    for (std::size_t field = 0; field < fieldCount; ++field) {
        if (names[field].size() == name.size() && names[field] == name)
            return field;
    }
    return {};
}

} // namespace

qsizetype valueEnd(QByteArrayView json, qsizetype at)
{
    qsizetype depth = 0;
    for (; at < json.size(); ++at) {
        const char c = json[at];
        if (c == '"') {
            for (++at; at < json.size() && json[at] != '"'; ++at) {
                if (json[at] == '\\')
                    ++at;
            }
            if (at >= json.size())
                return -1;
            if (depth == 0)
                return at + 1;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            // The end of what holds this value.
            if (depth == 0)
                return at;
            if (--depth == 0)
                return at + 1;
        } else if (depth == 0 && (c == ',' || isBlank(c))) {
            return at;
        }
    }
    return -1;
}

std::optional<std::size_t> RowText::fieldAt(std::size_t place, QByteArrayView name)
{
    constexpr std::size_t most = 64;
    if (place < m_names.size() && m_names[place].bytes == name)
        return m_names[place].field;
    const auto field = fieldOf(name);
    const Name known{field ? QByteArray::fromRawData(names[*field].data(), names[*field].size()) : name.toByteArray(),
                     field};
    if (place < m_names.size())
        m_names[place] = known;
    else if (place == m_names.size() && place < most)
        m_names.push_back(known);
    return field;
}

qsizetype RowText::read(QByteArrayView json, qsizetype at)
{
    m_values.fill({});
    if (at >= json.size() || json[at] != '{')
        return -1;
    at = skipBlanks(json, at + 1);
    if (at < json.size() && json[at] == '}')
        return at + 1;
    for (std::size_t place = 0; at < json.size() && json[at] == '"'; ++place) {
        const Token name = readString(json, at);
        if (name.end < 0)
            return -1;
        at = skipBlanks(json, name.end);
        if (at >= json.size() || json[at] != ':')
            return -1;
        const Token value = readValue(json, skipBlanks(json, at + 1));
        if (value.end < 0)
            return -1;
        const auto field = name.escaped ? fieldOf(unescaped(name).toUtf8()) : fieldAt(place, name.bytes);
        if (field)
            m_values[*field] = value.isText && value.bytes != "null" ? Value{value.bytes, value.escaped} : Value{};
        at = skipBlanks(json, value.end);
        if (at < json.size() && json[at] == '}')
            return at + 1;
        if (at >= json.size() || json[at] != ',')
            return -1;
        at = skipBlanks(json, at + 1);
    }
    return -1;
}

QString RowText::text(Field field) const
{
    const Value &value = m_values[std::size_t(field)];
    if (!value.escaped) {
        QString raw = QString::fromUtf8(value.bytes);
        // Taken for the mark of a whole text and dropped, where it is the first character of a string.
        if (value.bytes.startsWith(byteOrderMark))
            raw.prepend(QChar(QChar::ByteOrderMark));
        return raw;
    }
    const QString text = unescaped({0, value.bytes, true, true});
    return text == "null"_L1 ? QString() : text;
}

} // namespace countermand
