#pragma once

#include "exchange/apirequest.h"

#include <QByteArray>
#include <QDateTime>
#include <QNetworkReply>
#include <QString>

#include <chrono>
#include <optional>

namespace countermand {

/// Far above any answer of the exchange (10,000 orders are about 6 MB): what is larger is given up.
inline constexpr int largestAnswerMegabytes = 32;

/// How one request ended at the network, before anyone has read it.
struct RawReply {
    Verb verb = Verb::Get;
    /// The first byte of the request's body was handed to the network: the exchange may have the request.
    /// Always false for a GET, which has no body.
    bool bodyAskedFor = false;
    /// The network said that the request is out. Can be missing although it is, so it decides nothing about a cancel.
    bool reportedSent = false;
    /// Our own time limit ended it.
    bool timedOut = false;
    std::chrono::milliseconds timeLimit{0};
    /// The one of Lanes that it came on.
    int lane = 0;
    /// It cannot be the answer to this request: it was there, or was made, before the request was.
    bool isNobodys = false;
    /// A cancel's that was made before the request by the exchange's clock, and before what the connection last said.
    /// Only the refusal of what was signed with another time is believed then: that clock was put back.
    bool isOlderThanLast = false;
    /// We ended it because the answer was larger than any answer of the exchange.
    bool tooLarge = false;
    /// See ApiError::onlyDatesAreWrong.
    bool onlyDatesAreWrong = false;

    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    /// The network's words; names the certificate's faults.
    QString errorText;
    /// "host:port" of the proxy on the way, where no answer of the exchange came through one; empty without.
    QString proxy;
    /// 0 where no status line arrived.
    int httpStatus = 0;
    /// The `Date` header, UTC; invalid if absent or unreadable.
    QDateTime date;
    /// What `Retry-After` asks for; absent without one that can be read.
    std::optional<std::chrono::seconds> retryAfter;
    QByteArray body;

    /// From handing the request to the network to its end.
    std::chrono::milliseconds latency{0};
    /// See ApiError::clockDifference.
    std::optional<std::chrono::milliseconds> clockDifference;
};

} // namespace countermand
