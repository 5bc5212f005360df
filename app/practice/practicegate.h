#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <optional>

namespace countermand {

class Credentials;

/// A request as the practice exchange receives it.
struct PracticeRequest {
    /// `GET` or `DELETE`.
    QByteArray verb;
    /// With leading slash, without host, as sent.
    QByteArray path;
    /// Without `?`, as sent; empty without a query.
    QByteArray query;
    /// The headers `api_key`, `timestamp` and `sign`; empty if missing.
    QByteArray apiKey;
    QByteArray timestamp;
    QByteArray sign;
    QByteArray body;
};

/// Why the practice exchange did not let a request in.
struct PracticeRefusal {
    int code = 0;
    QString message;
};

/// Base64 of HMAC-SHA256 over `timestamp + verb + path [+ "?" + query] + body`. Own lines, apart from those
/// of the client, so that practice proves the client's signature. Source: CoinW, certify-code-futures.
QByteArray practiceSignature(const PracticeRequest &request, const QByteArray &secret);

/// The timestamp of a request; nothing unless it is plain digits.
std::optional<QDateTime> practiceTimestamp(const PracticeRequest &request);

/// Checks key and signature, not the time. Nothing if they are right.
std::optional<PracticeRefusal> practiceRefusal(const PracticeRequest &request, const Credentials &credentials);

} // namespace countermand
