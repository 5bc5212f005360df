#pragma once

#include "domain/credentials.h"
#include "exchange/apirequest.h"

#include <QByteArray>

#include <chrono>

namespace countermand {

/// The three headers that make a request a signed one. Never logged.
struct SignedHeaders {
    QByteArray apiKey;    ///< `api_key`
    QByteArray timestamp; ///< `timestamp`: milliseconds since the Unix epoch, decimal
    QByteArray sign;      ///< `sign`: base64 of HMAC-SHA256
};

/// The text that is signed: timestamp, method, path with query, body.
/// Source: CoinW, certify-code-futures and the older manual's signature samples.
QByteArray signedText(const ApiRequest &request, const QByteArray &timestamp);

/// Base64 (standard alphabet, with padding) of the HMAC-SHA256 of `text` under the secret.
QByteArray hmacBase64(const QByteArray &text, const Credentials &credentials);

/// Signs `request` as of `time` (since the Unix epoch, on the exchange's clock).
SignedHeaders sign(const ApiRequest &request, const Credentials &credentials, std::chrono::milliseconds time);

} // namespace countermand
