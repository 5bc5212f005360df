#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QJsonObject>
#include <QLatin1String>
#include <QString>

namespace countermand {

/// JSON with every number turned into a string of the same characters, so that Qt's parser can't round it:
/// `{"p":95400.10}` becomes `{"p":"95400.10"}`.
///
/// Only JSON's own number grammar is quoted; strings stay as they are, and text that was no JSON before is none
/// after. A byte-order mark inside a string is written with an escape, as Qt's parser would drop it.
QByteArray quoteNumbers(const QByteArray &json);

/// What may stand between JSON's tokens.
constexpr bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// JSON's number grammar (RFC 8259, section 6), the whole text.
bool isJsonNumber(QByteArrayView text);

/// Of JSON whose numbers are quoted, the text or number of that name. Empty for null, "null", missing, or anything
/// that is neither.
QString textOf(const QJsonObject &object, QLatin1String name);

} // namespace countermand
