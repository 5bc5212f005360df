#pragma once

#include <QByteArray>
#include <QDateTime>

#include <chrono>
#include <optional>

namespace countermand {

/// The instant of an HTTP `Date` header ("Sun, 06 Nov 1994 08:49:37 GMT"), UTC; invalid for any other text.
QDateTime dateFromHeader(const QByteArray &text);

/// The exchange's clock, learned from the `Date` of its answers (whole seconds).
///
/// Each answer says that the exchange's clock stood between d and d + 1 s at some moment between sending and
/// receiving. What all answers allow together is kept, so the offset gets finer with each; an answer that fits none
/// of it means that a clock jumped, and is adopted at once. All times are milliseconds since the Unix epoch.
class ExchangeClock
{
public:
    using Milliseconds = std::chrono::milliseconds;

    /// Learns from an answer. `sentAt` and `receivedAt` by this computer's clock, `sentAt` not after `receivedAt`.
    /// An invalid date changes nothing.
    void observe(const QDateTime &date, Milliseconds sentAt, Milliseconds receivedAt);

    /// The exchange's clock minus this computer's, the middle of what is possible; absent before the first answer.
    std::optional<Milliseconds> offset() const;

    /// The exchange's time at the local time `local`.
    Milliseconds exchangeTime(Milliseconds local) const { return local + offset().value_or(Milliseconds(0)); }

    /// How far `date` is from a request signed with `signedAt` and answered `roundTrip` later; zero if the whole
    /// seconds and the time under way explain it. Absent for an invalid date.
    static std::optional<Milliseconds> difference(const QDateTime &date, Milliseconds signedAt,
                                                  Milliseconds roundTrip);

private:
    struct Range {
        Milliseconds from;
        Milliseconds to;
    };
    std::optional<Range> m_possible;
};

} // namespace countermand
