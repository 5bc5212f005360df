#include "exchange/badrows.h"

#include "exchange/numbertext.h"
#include "exchange/rowtext.h"

#include <QJsonDocument>

#include <optional>

namespace countermand {

namespace {

qsizetype memberRows(QByteArrayView json, qsizetype at, QByteArrayView wanted)
{
    at = skipBlanks(json, at);
    if (at >= json.size() || json[at] != '{')
        return -1;
    at = skipBlanks(json, at + 1);
    while (at < json.size() && json[at] == '"') {
        const qsizetype nameEnd = valueEnd(json, at);
        const qsizetype colon = nameEnd < 0 ? json.size() : skipBlanks(json, nameEnd);
        if (colon >= json.size() || json[colon] != ':')
            return -1;
        const bool found = json.sliced(at, nameEnd - at) == wanted;
        at = skipBlanks(json, colon + 1);
        if (found && at < json.size() && json[at] == '[')
            return at + 1;
        if (found && wanted == "\"data\"")
            return memberRows(json, at, "\"rows\"");
        at = valueEnd(json, at);
        if (at < 0)
            return -1;
        at = skipBlanks(json, at);
        if (at >= json.size() || json[at] != ',')
            return -1;
        at = skipBlanks(json, at + 1);
    }
    return -1;
}

bool isJson(const QByteArray &row)
{
    return QJsonDocument::fromJson('[' + quoteNumbers(row) + ']').isArray();
}

QByteArray mended(const QByteArray &row)
{
    if (isJson(row))
        return row;
    const QByteArray decoded = QString::fromUtf8(row).toUtf8();
    return isJson(decoded) ? decoded : "null";
}

using RowEnd = qsizetype (*)(QByteArrayView json, qsizetype at);

/// Of a row that is no JSON the first bracket that looks like its end, whatever a quote or bracket too few has made
/// of the rest.
qsizetype likelyEnd(QByteArrayView json, qsizetype at)
{
    if (const qsizetype end = valueEnd(json, at); end > at && isJson(json.sliced(at, end - at).toByteArray()))
        return end;
    for (qsizetype end = json.indexOf('}', at); end >= 0; end = json.indexOf('}', end + 1)) {
        const qsizetype next = skipBlanks(json, end + 1);
        const char after = next < json.size() ? json[next] : '\0';
        const qsizetype begin = after == ',' ? skipBlanks(json, next + 1) : json.size();
        if (after == ']' || (begin < json.size() && json[begin] == '{'))
            return end + 1;
    }
    return -1;
}

/// Nothing if the rows don't follow each other to the end of the list.
std::optional<QByteArray> mendedBy(RowEnd rowEnd, const QByteArray &json, qsizetype begin)
{
    QByteArray whole = json.first(begin);
    qsizetype at = skipBlanks(json, begin);
    while (at < json.size()) {
        // No row begins so: the list was empty, and what is wrong lies elsewhere.
        const qsizetype end = json[at] == ']' ? -1 : rowEnd(json, at);
        if (end <= at)
            return {};
        whole += mended(json.sliced(at, end - at));
        at = skipBlanks(json, end);
        if (at >= json.size() || (json[at] != ',' && json[at] != ']'))
            return {};
        if (json[at] == ']')
            return whole + json.sliced(at);
        whole += ',';
        at = skipBlanks(json, at + 1);
    }
    return {};
}

} // namespace

qsizetype rowsBegin(QByteArrayView json)
{
    return memberRows(json, 0, "\"data\"");
}

QByteArray withoutBadRows(const QByteArray &json)
{
    const qsizetype begin = rowsBegin(json);
    if (begin < 0)
        return json;
    for (const RowEnd rowEnd : {&valueEnd, &likelyEnd}) {
        const auto whole = mendedBy(rowEnd, json, begin);
        if (whole && QJsonDocument::fromJson(quoteNumbers(*whole)).isObject())
            return *whole;
    }
    return json;
}

} // namespace countermand
