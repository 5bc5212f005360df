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
/// receiving. What all answers allow together is kept, so the offset gets finer with each. One that fits none of it
/// counts only when a second one agrees: a single one may be a relic, or wrong; an absurd one never counts. It hangs
/// on a clock that nobody sets and that counts sleep (BootClock), in milliseconds from any beginning.
class ExchangeClock
{
public:
    using Milliseconds = std::chrono::milliseconds;

    /// Learns from an answer. `sentAt` and `receivedAt` by that clock, `sentAt` not after `receivedAt`.
    /// An invalid date changes nothing.
    void observe(const QDateTime &date, Milliseconds sentAt, Milliseconds receivedAt);

    /// The exchange has refused a request for its time: the latest answer, if it contradicts what is known, is right.
    void confirm();

    /// The exchange's time minus that clock's, the middle of what is possible; absent before the first answer.
    std::optional<Milliseconds> offset() const;

    /// The exchange's time, since the Unix epoch, at the moment `at` of that clock; `utc`, which is this computer's
    /// own, before the first answer.
    Milliseconds exchangeTime(Milliseconds at, Milliseconds utc) const;

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
    /// What the latest answer said that fits nothing known.
    std::optional<Range> m_contradiction;
};

} // namespace countermand
