#include "exchange/numbertext.h"

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isNumberPart(char c)
{
    return isDigit(c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}
/// Skips digits; true if there was at least one.
bool skipDigits(const char *&at, const char *end)
{
    const char *start = at;
    while (at != end && isDigit(*at))
        ++at;
    return at != start;
}

bool isNumber(const char *at, const char *end)
{
    if (at != end && *at == '-')
        ++at;
    const bool leadingZero = at != end && *at == '0';
    const char *whole = at;
    if (!skipDigits(at, end) || (leadingZero && at - whole > 1))
        return false;
    if (at != end && *at == '.') {
        ++at;
        if (!skipDigits(at, end))
            return false;
    }
    if (at != end && (*at == 'e' || *at == 'E')) {
        ++at;
        if (at != end && (*at == '+' || *at == '-'))
            ++at;
        if (!skipDigits(at, end))
            return false;
    }
    return at == end;
}

/// The end of the string that begins at `at`, or `end` if it never closes.
const char *stringEnd(const char *at, const char *end)
{
    for (++at; at != end; ++at) {
        if (*at == '"')
            return at + 1;
        if (*at == '\\' && ++at == end)
            break;
    }
    return end;
}

/// Qt's parser drops a byte-order mark at the begin of a string, as at the begin of a text; written with an escape it
/// stays.
void appendString(QByteArray &out, QByteArrayView string)
{
    constexpr QByteArrayView mark("\xef\xbb\xbf");
    if (!string.contains(mark)) {
        out.append(string);
        return;
    }
    for (qsizetype at = 0; at < string.size(); ++at) {
        if (string[at] == '\\' && at + 1 < string.size()) {
            out.append(string.sliced(at, 2));
            ++at;
        } else if (string.sliced(at).startsWith(mark)) {
            out.append("\\ufeff");
            at += mark.size() - 1;
        } else {
            out.append(string[at]);
        }
    }
}

/// A number in the place of a member's name: quoting it would make JSON of what is none.
bool isBeforeColon(const char *at, const char *end)
{
    while (at != end && isBlank(*at))
        ++at;
    return at != end && *at == ':';
}

} // namespace

bool isJsonNumber(QByteArrayView text)
{
    return isNumber(text.data(), text.data() + text.size());
}

QByteArray quoteNumbers(const QByteArray &json)
{
    QByteArray out;
    out.reserve(json.size() + json.size() / 4);
    const char *at = json.constData();
    const char *const end = at + json.size();
    while (at != end) {
        const char *start = at;
        if (*at == '"') {
            at = stringEnd(at, end);
            appendString(out, QByteArrayView(start, at - start));
        } else if (isNumberPart(*at) && *at != 'e' && *at != 'E') {
            while (at != end && isNumberPart(*at))
                ++at;
            const bool quote = isNumber(start, at) && !isBeforeColon(at, end);
            if (quote)
                out.append('"');
            out.append(start, at - start);
            if (quote)
                out.append('"');
        } else {
            out.append(*at++);
        }
    }
    return out;
}

QString textOf(const QJsonObject &object, QLatin1String name)
{
    const QString text = object.value(name).toString();
    return text == "null"_L1 ? QString() : text;
}

} // namespace countermand
