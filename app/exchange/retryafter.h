#pragma once

#include <QByteArray>
#include <QDateTime>

#include <chrono>
#include <optional>

namespace countermand {

/// What a `Retry-After` header asks for: whole seconds, or a date (RFC 9110, section 10.2.3) against `now`, the
/// `Date` of the same answer or else the clock here. At least 1 s and at most 10 minutes, whatever it says; nothing
/// for a header that is missing or can't be read.
std::optional<std::chrono::seconds> retryAfterFromHeader(const QByteArray &text, const QDateTime &now);

} // namespace countermand
