#pragma once

#include <QString>

#include <chrono>
#include <optional>
#include <utility>
#include <variant>

namespace countermand {

/// Why a call to the exchange gave no good answer.
struct ApiError {
    enum class Kind {
        NotSent,      ///< the request's body was never asked for: the exchange cannot have it
        Throttled,    ///< code 29001
        Unauthorized, ///< codes 6000 to 6099
        Rejected,     ///< any other code of the exchange
        Malformed,    ///< answered, but not in the exchange's words: unreadable, or by something on the way to it
        Unknown,      ///< sent, and no whole answer: it may have been acted on
    };
    enum class Cause {
        NoConnection,   ///< offline, name not found, refused, proxy, no connection in time
        NotSecure,      ///< TLS handshake or certificate
        Stopped,        ///< withdrawn by the user or by quitting while it waited
        Expired,        ///< waited in the queue for too long
        Refused,        ///< the exchange answered with a code
        Timeout,        ///< sent, no whole answer in time
        ConnectionLost, ///< sent, then the connection went
        Redirect,       ///< answered with a redirect, which is never followed
        ServerError,    ///< HTTP 5xx or code 500
        Unreadable,     ///< a body that is not the exchange's envelope
    };

    Kind kind = Kind::Unknown;
    Cause cause = Cause::ConnectionLost;
    /// The exchange's own code, as far as it sent one.
    std::optional<int> code;
    /// HTTP status; 0 where no status line arrived.
    int httpStatus = 0;
    /// The exchange's words as sent (at most 200 characters, control characters and key material removed), or the
    /// network's words for NoConnection and NotSecure. May be empty.
    QString message;
    /// Time between sending and the failure; zero if nothing was sent.
    std::chrono::milliseconds latency{0};
    /// The reply's `Date` minus the timestamp that was signed. Absent without a readable `Date`.
    std::optional<std::chrono::milliseconds> clockDifference;
    /// Every fault of the certificate is one of its dates: this computer's clock may be wrong. Only with NotSecure.
    bool onlyDatesAreWrong = false;
    /// The answer was given up because it is larger than so many megabytes. Only with Unreadable.
    std::optional<int> largerThanMegabytes;
    /// How long the answer asks to wait, at most 10 minutes. Absent where it doesn't say.
    std::optional<std::chrono::seconds> retryAfter;
};

/// A value or an ApiError. Member names as in `std::expected`.
template <typename T>
class Result
{
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(ApiError error) : m_state(std::in_place_index<1>, std::move(error)) {}

    bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }
    /// Only with has_value().
    const T &value() const { return *std::get_if<0>(&m_state); }
    const T &operator*() const { return value(); }
    const T *operator->() const { return std::get_if<0>(&m_state); }
    /// Only without has_value().
    const ApiError &error() const { return *std::get_if<1>(&m_state); }

private:
    std::variant<T, ApiError> m_state;
};

} // namespace countermand
