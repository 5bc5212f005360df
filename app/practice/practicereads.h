#pragma once

#include "practice/practicebook.h"

#include <QByteArray>

#include <optional>

namespace countermand {

/// What a GET of the practice exchange answers: HTTP status and JSON body.
struct PracticeReading {
    int httpStatus = 200;
    QByteArray body;
};

/// Whether a path is one of the public reads, which need no key. Source: CoinW, get-instrument-information, tickers.
bool isPublicReading(const QByteArray &path);

/// Answers the public reads, and those of orders, counts, records and positions that CoinW documents, with its
/// refusals of missing and unknown parameters. Nothing for a path that isn't one of them. Source: CoinW,
/// get-order-information, get-current-orders, get-pending-order-count, transaction-details,
/// get-historical-orders-7days, get-trailing-stop-loss-take-profit-information, error-codes; docs/exchange.md,
/// Positions.
std::optional<PracticeReading> practiceReading(const PracticeBook &book, const QByteArray &path,
                                               const QByteArray &query);

} // namespace countermand
