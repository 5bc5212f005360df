#pragma once

#include "domain/cancel.h"
#include "domain/cancelrecord.h"

#include <QString>

#include <optional>

namespace countermand {

/// "{code} {msg}" as the exchange sent them; "HTTP 401" without a code; "—" without any answer.
QString codeAndMessage(const std::optional<CancelOutcome> &outcome);
/// Why CoinW can't be reached: the network's or system's words, else "no answer from the network in 8 s".
QString networkReason(const std::optional<CancelOutcome> &outcome);
/// Why an outcome is unknown: "no answer in 8 s", "connection lost after sending", "server error {http}", "unreadable
/// answer"; for a cancel that the last run left behind, "no answer before the program ended"; for one of a batch that
/// was refused as a whole, that and the exchange's words.
QString unknownReason(const std::optional<CancelOutcome> &outcome);
/// "answer", "open list", "deals", "history"; empty while nothing has settled the cancel.
QString settledByText(SettledBy by);
/// The outcome of a cancel that nobody asks about any more.
QString abandonedText();
/// Words from outside for use in front of our own full stop: theirs is taken off. "reason not known" for an empty
/// text.
QString reasonWords(const QString &words);

} // namespace countermand
