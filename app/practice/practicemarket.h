#pragma once

#include "domain/credentials.h"
#include "practice/practiceanswer.h"
#include "practice/practicebook.h"
#include "practice/practicegate.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QUrl>

#include <chrono>
#include <functional>

namespace countermand {

/// What comes back for a request that arrived.
struct PracticeResponse {
    /// No answer at all, ever. The other members mean nothing then.
    bool silent = false;
    int httpStatus = 200;
    /// JSON in CoinW's shape.
    QByteArray body;
    /// On top of the line's own latency.
    std::chrono::milliseconds delay{0};
};

/// The make-believe exchange: it checks signatures like CoinW, answers in CoinW's formats, and misbehaves on
/// demand.
///
/// Pure: no sockets, no timers; `now` (UTC, this computer's time) is an argument everywhere, and whatever was
/// due before is applied first.
class PracticeMarket
{
public:
    /// Whether a connection for a request can be made.
    enum class Line { Good, Refused, NotSecure };

    explicit PracticeMarket(const QDateTime &now);

    /// The only keys that the practice exchange lets in. No secret: they open nothing else.
    static Credentials credentials();
    /// Where the practice exchange seems to live: a name that can't exist on a network (RFC 2606).
    static QUrl baseUrl();

    /// Decides on the line before a request can leave, without looking at its body. A chosen answer
    /// NoConnection or NotSecure is used up by the cancel that meets it.
    Line line(const QByteArray &verb, const QByteArray &path);

    /// Receives a request, acts on it, and tells what comes back. A chosen answer is used up by the first
    /// cancel that carries a good signature.
    PracticeResponse receive(const PracticeRequest &request, const QDateTime &now);

    /// The practice exchange's clock, for the `Date` header.
    QDateTime exchangeTime(const QDateTime &now) const;

    PracticeAnswer nextAnswer() const { return m_nextAnswer; }
    void setNextAnswer(PracticeAnswer answer) { m_nextAnswer = answer; }
    /// Whether the chosen answer stays after a cancel instead of falling back to Normal.
    bool repeats() const { return m_repeats; }
    void setRepeats(bool repeats) { m_repeats = repeats; }
    bool isOffline() const { return m_offline; }
    void setOffline(bool offline) { m_offline = offline; }
    bool moves() const { return m_book.moves(); }
    void setMoves(bool moves, const QDateTime &now) { m_book.setMoves(moves, now); }

    /// Does `event` to an order at once, or when `delay` has passed. Nothing if it isn't open then.
    void happen(PracticeBook::Event event, const OrderId &id, const QDateTime &now,
                std::chrono::milliseconds delay = std::chrono::milliseconds(0));
    /// Changes the book once everything due has been applied; `stamp` is the practice exchange's time.
    void change(const QDateTime &now, const std::function<void(PracticeBook &book, const QDateTime &stamp)> &change);
    /// Back to the start list: no records, nothing due, Normal, repeat off, market still, online, positions readable,
    /// clock right.
    void reset(const QDateTime &now);

    /// Applies what is due.
    void advance(const QDateTime &now);
    /// As of the last call with a `now`; oldest first.
    const QList<PracticeOrder> &orders() const { return m_book.orders(); }
    const PracticeBook &book() const { return m_book; }

private:
    PracticeAnswer takeAnswer();
    bool isTimely(const PracticeRequest &request, const QDateTime &now) const;
    void setClockOffset(std::chrono::milliseconds offset, const QDateTime &now);
    PracticeResponse read(const PracticeRequest &request) const;
    PracticeResponse cancelOne(const QByteArray &body, const QDateTime &now);
    PracticeResponse cancelBatch(const QByteArray &body, const QDateTime &now);
    PracticeResponse cancel(const QList<OrderId> &ids, const PracticeResponse &accepted, const QDateTime &now);

    PracticeBook m_book;
    PracticeAnswer m_nextAnswer = PracticeAnswer::Normal;
    bool m_repeats = false;
    bool m_offline = false;
    std::chrono::milliseconds m_clockOffset{0};
    std::chrono::milliseconds m_offsetBefore{0};
    QDateTime m_clockChangedAt;
};

} // namespace countermand
