#include "exchange/envelope.h"

#include "domain/presentable.h"
#include "exchange/badrows.h"
#include "exchange/numbertext.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

// docs/exchange.md, Codes; 6000 and 6001 are named only by a third-party client, so the whole range counts as
// sign-in.
constexpr int codeDone = 0;
constexpr int codeServerError = 500;
constexpr int codeFirstSignIn = 6000;
constexpr int codeLastSignIn = 6099;
constexpr int codeTooOften = 29001;

// All that are known. With an HTTP error only these are taken for the exchange's own words.
constexpr std::array listedCodes{1,    402,  404,  500,  904,  6000, 6001, 6003,        9001,
                                 9002, 9012, 9016, 9042, 9050, 9081, 9111, codeTooOften};
constexpr int httpFirstError = 400;

struct Envelope {
    std::optional<int> code;
    QString message;
    QJsonValue data{QJsonValue::Undefined};
};

/// Digits, and perhaps a sign, in the range of int; nothing for any other text, which toInt() might take.
std::optional<int> codeOf(const QJsonValue &value)
{
    const QString text = value.toString();
    const QStringView digits = QStringView(text).sliced(text.startsWith(u'-') ? 1 : 0);
    const bool plain = std::all_of(digits.begin(), digits.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    bool ok = false;
    const int code = text.toInt(&ok);
    return plain && ok ? std::optional(code) : std::nullopt;
}

/// No code if the body isn't the exchange's envelope: an object with a whole `code` and a text. Anything else is the
/// word of something on the way, whatever its status. `data` and the text are there all the same.
Envelope parse(const QByteArray &body, int status)
{
    QJsonDocument document = QJsonDocument::fromJson(quoteNumbers(body));
    if (document.isNull())
        document = QJsonDocument::fromJson(quoteNumbers(withoutBadRows(body)));
    if (!document.isObject())
        return {};
    const QJsonObject object = document.object();
    Envelope envelope;
    // The business layer writes `msg`, the gateway (permissions) `message`.
    const QJsonValue texts[] = {object.value("msg"_L1), object.value("message"_L1)};
    bool hasText = false;
    for (const QJsonValue &text : texts) {
        hasText = hasText || text.isString();
        if (envelope.message.isEmpty())
            envelope.message = text.toString();
    }
    const auto code = codeOf(object.value("code"_L1));
    const bool listed = std::find(listedCodes.begin(), listedCodes.end(), code) != listedCodes.end();
    if (hasText && (status < httpFirstError || listed))
        envelope.code = code;
    envelope.data = object.value("data"_L1);
    return envelope;
}

bool isProxyError(QNetworkReply::NetworkError error)
{
    return error >= QNetworkReply::ProxyConnectionRefusedError && error <= QNetworkReply::UnknownProxyError;
}

/// Errors that come before a request can leave.
bool isConnectError(QNetworkReply::NetworkError error)
{
    return error == QNetworkReply::ConnectionRefusedError || error == QNetworkReply::HostNotFoundError ||
           error == QNetworkReply::TimeoutError || error == QNetworkReply::SslHandshakeFailedError ||
           error == QNetworkReply::TemporaryNetworkFailureError ||
           error == QNetworkReply::NetworkSessionFailedError || isProxyError(error);
}

/// Errors that cut an answer short, unlike those that only repeat its HTTP status.
bool isCutOff(QNetworkReply::NetworkError error)
{
    return isConnectError(error) || error == QNetworkReply::RemoteHostClosedError ||
           error == QNetworkReply::OperationCanceledError || error == QNetworkReply::UnknownNetworkError ||
           error == QNetworkReply::ContentReSendError || error == QNetworkReply::ProtocolFailure;
}

ApiError errorOf(const RawReply &reply, ApiError::Kind kind, ApiError::Cause cause)
{
    ApiError error;
    error.kind = kind;
    error.cause = cause;
    error.httpStatus = reply.httpStatus;
    error.clockDifference = reply.clockDifference;
    error.retryAfter = reply.retryAfter;
    if (kind != ApiError::Kind::NotSent)
        error.latency = reply.latency;
    return error;
}

ApiError notSent(const RawReply &reply, const QString &reason)
{
    const bool tls = reply.error == QNetworkReply::SslHandshakeFailedError;
    ApiError error =
        errorOf(reply, ApiError::Kind::NotSent, tls ? ApiError::Cause::NotSecure : ApiError::Cause::NoConnection);
    error.onlyDatesAreWrong = tls && reply.onlyDatesAreWrong;
    error.message = tls || reply.proxy.isEmpty() ? reason : u"proxy %1: %2"_s.arg(reply.proxy, reason);
    return error;
}

/// The exchange cannot have the request. For a cancel only its body decides; a read does no harm if this is wrong.
bool cannotHaveArrived(const RawReply &reply)
{
    if (reply.verb == Verb::Delete)
        return !reply.bodyAskedFor;
    if (isConnectError(reply.error) || (reply.timedOut && !reply.reportedSent))
        return true;
    // A proxy that refuses is reported as an unknown error, a peer that leaves the handshake as a closed connection.
    return !reply.reportedSent &&
           (reply.error == QNetworkReply::UnknownNetworkError || reply.error == QNetworkReply::RemoteHostClosedError);
}

/// A 307 or 308 makes the network ask for the body once more, which a one-shot body refuses: the answer is whole.
bool isRefusedRepeat(const RawReply &reply)
{
    return reply.httpStatus >= 300 && reply.httpStatus < 400 && reply.error == QNetworkReply::ContentReSendError;
}

/// A 407 is an answer like any other where no proxy was asked: something on the way gave it.
bool isProxysWordWithoutProxy(const RawReply &reply)
{
    return reply.error == QNetworkReply::ProxyAuthenticationRequiredError && reply.proxy.isEmpty() &&
           (reply.verb == Verb::Get || reply.bodyAskedFor);
}

/// The answer to another request: what became of this one is not known.
ApiError nobodysAnswer(const RawReply &reply)
{
    ApiError error = errorOf(reply, ApiError::Kind::Unknown, ApiError::Cause::ConnectionLost);
    error.httpStatus = 0;
    return error;
}

/// Why no whole answer came; nothing if one did.
std::optional<ApiError> transportError(const RawReply &reply)
{
    const bool cannotHaveIt = cannotHaveArrived(reply);
    if (reply.isNobodys) {
        if (reply.verb == Verb::Delete && cannotHaveIt)
            return notSent(reply, u"an answer came before the request"_s);
        return nobodysAnswer(reply);
    }
    if (reply.tooLarge) {
        ApiError error = errorOf(reply, ApiError::Kind::Malformed, ApiError::Cause::Unreadable);
        error.largerThanMegabytes = largestAnswerMegabytes;
        return error;
    }
    if (reply.timedOut) {
        if (cannotHaveIt) {
            const auto seconds = std::chrono::ceil<std::chrono::seconds>(reply.timeLimit);
            return notSent(reply, u"no connection in %1 s"_s.arg(seconds.count()));
        }
        return errorOf(reply, ApiError::Kind::Unknown, ApiError::Cause::Timeout);
    }
    if (reply.httpStatus != 0 &&
        (!isCutOff(reply.error) || isRefusedRepeat(reply) || isProxysWordWithoutProxy(reply)))
        return {};
    if (cannotHaveIt && (reply.httpStatus == 0 || isProxyError(reply.error)))
        return notSent(reply, reply.errorText);
    if (reply.error == QNetworkReply::NoError || reply.error == QNetworkReply::ProtocolFailure)
        return errorOf(reply, ApiError::Kind::Malformed, ApiError::Cause::Unreadable);
    return errorOf(reply, ApiError::Kind::Unknown, ApiError::Cause::ConnectionLost);
}

/// What a whole answer other than success means.
ApiError refusal(const RawReply &reply, const Envelope &envelope)
{
    using Kind = ApiError::Kind;
    using Cause = ApiError::Cause;
    const int status = reply.httpStatus;
    const auto &code = envelope.code;
    if (status >= 300 && status < 400)
        return errorOf(reply, Kind::Unknown, Cause::Redirect);
    if (status >= 500 || code == codeServerError)
        return errorOf(reply, Kind::Unknown, Cause::ServerError);
    if (code == codeTooOften)
        return errorOf(reply, Kind::Throttled, Cause::Refused);
    if (code >= codeFirstSignIn && code <= codeLastSignIn)
        return errorOf(reply, Kind::Unauthorized, Cause::Refused);
    if (!code || code == codeDone)
        return errorOf(reply, Kind::Malformed, Cause::Unreadable);
    return errorOf(reply, Kind::Rejected, Cause::Refused);
}

} // namespace

Result<QJsonValue> readEnvelope(const RawReply &reply, const Credentials &credentials)
{
    if (auto error = transportError(reply)) {
        error->message = presentable(error->message, credentials);
        return *error;
    }
    const Envelope envelope = parse(reply.body, reply.httpStatus);
    const bool isDone = envelope.code == codeDone && reply.httpStatus >= 200 && reply.httpStatus < 300;
    if (isDone && !reply.isOlderThanLast)
        return envelope.data;
    ApiError error = refusal(reply, envelope);
    if (reply.isOlderThanLast && error.kind != ApiError::Kind::Unauthorized)
        return nobodysAnswer(reply);
    error.code = envelope.code;
    error.message = presentable(envelope.message, credentials);
    return error;
}

ApiError unreadable(const RawReply &reply)
{
    return errorOf(reply, ApiError::Kind::Malformed, ApiError::Cause::Unreadable);
}

QString presentable(const QString &text, const Credentials &credentials)
{
    // Before the cut, which could leave a part of a key that is no longer recognized.
    return cut(credentials.scrubbed(withoutTricks(text)), textLimit::message);
}

} // namespace countermand
