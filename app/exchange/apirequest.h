#pragma once

#include <QByteArray>

#include <chrono>

namespace countermand {

enum class Verb { Get, Delete };

/// The exchange's own limits: requests of one endpoint are counted together.
enum class RateBucket {
    Cancel,       ///< `DELETE order`
    CancelBatch,  ///< `DELETE batchOrders`
    OrderList,    ///< `GET order`
    OpenOrders,   ///< `GET orders/open`
    OpenQuantity, ///< `GET orders/openQuantity`
    Trailing,     ///< `GET moveTPSL`
    Deals,        ///< `GET orders/deals`
    History,      ///< `GET orders/history`
    Positions,    ///< `GET positions/all`
    Instruments,  ///< `GET instruments`, unsigned
    Tickers,      ///< `GET tickers` and `GET ticker`, unsigned
};

/// A call that needs no key: it is not signed, and counts in its endpoint's own window only.
constexpr bool isPublic(RateBucket bucket)
{
    return bucket == RateBucket::Instruments || bucket == RateBucket::Tickers;
}

/// At most `calls` requests in any span of `window`.
struct RateLimit {
    int calls = 0;
    std::chrono::milliseconds window{0};

    friend bool operator==(const RateLimit &, const RateLimit &) = default;
};

/// A request as it will be signed and sent: the bytes are made once and used for both.
struct ApiRequest {
    Verb verb = Verb::Get;
    /// With leading slash: "/v1/perpum/order".
    QByteArray path;
    /// Without "?"; empty means that no "?" is sent either. Percent-encoded, as it is sent.
    QByteArray query;
    /// Empty for a GET.
    QByteArray body;
    RateBucket bucket = RateBucket::OrderList;
    /// What is signed is the query as it reads without its encoding.
    bool signsPlain = false;
    /// Signed with a time that is wrong by so much, on purpose. Zero but for a check of CoinW's answers.
    std::chrono::milliseconds signedAhead{0};

    /// "GET" or "DELETE".
    QByteArray method() const { return verb == Verb::Get ? QByteArrayLiteral("GET") : QByteArrayLiteral("DELETE"); }
    /// Path and query as they stand in the request line.
    QByteArray target() const { return query.isEmpty() ? path : path + '?' + query; }
    /// The same as it is signed.
    QByteArray signedTarget() const { return signsPlain ? QByteArray::fromPercentEncoding(target()) : target(); }
};

} // namespace countermand
