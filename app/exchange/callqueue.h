#pragma once

#include "domain/bootclock.h"
#include "domain/credentials.h"
#include "domain/result.h"
#include "exchange/conditions.h"
#include "exchange/endpoint.h"
#include "exchange/exchangeclock.h"
#include "exchange/ratelimiter.h"
#include "exchange/rawreply.h"
#include "exchange/sharedlimiter.h"
#include "exchange/transport.h"

#include <QDateTime>
#include <QObject>
#include <QTimer>

#include <array>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace countermand {

/// How a call ended.
struct CallEnd {
    /// As CallQueue::enqueue() gave it.
    quint64 id = 0;
    /// Absent if it was never handed to the network; `cause` says why.
    std::optional<RawReply> reply;
    ApiError::Cause cause = ApiError::Cause::Stopped;
    CallTimes times;
    /// Whose signature it carried; words of the answer are scrubbed of them.
    Credentials signer{{}, {}};
};

/// Calls on their way out: waiting, let go by the limiter, signed at that moment, sent.
///
/// Cancels go before reads, and a read waits while any cancel could leave; in front of all go the cancels that are
/// not of many. While more than `longCancelQueue` cancels wait, two calls a second are kept for reads, so that what
/// has been canceled can be proven meanwhile. Prices and positions go behind other reads. At most one read is in
/// flight. When no connection can be made, cancels that already waited are held until a call is answered, and dropped
/// after CallTiming::offlineExpiry; a cancel asked for after that is tried at once. Waiting is measured by a clock
/// that counts sleep, and what waited when the computer slept is dropped: nobody means it any more.
class CallQueue final : public QObject
{
    Q_OBJECT

public:
    using Id = quint64;
    /// Reads the answer; returns the kind of its error, if it is one. Runs once, later. Must not run anything of the
    /// caller's: handlers are posted.
    using Finish = std::function<std::optional<ApiError::Kind>(const CallEnd &)>;

    /// `limiter`: the exchange's one, or null for one of its own.
    CallQueue(NetworkMaker makeNetwork, const Endpoint &endpoint, const CallTiming &timing,
              const QSslConfiguration &tls, std::shared_ptr<SharedLimiter> limiter = {});
    ~CallQueue() override;

    void setCredentials(const std::optional<Credentials> &credentials);
    /// Rises whenever other keys were set: a call of several requests must not go on then.
    int generation() const { return m_generation; }
    void warmUp() { m_transport.warmUp(m_timing.connectTimeout); }
    void connectAnew(Transport::Doubt doubt);

    enum class Place { Back, Front };
    /// `place`: among the waiting reads, or among the waiting cancels; a cancel in front waits for others in front
    /// only.
    Id enqueue(const ApiRequest &request, Finish finish, Place place = Place::Back);
    bool withdraw(Id id);

    Budget budget() const;
    /// The exchange's clock minus this computer's; absent before the first answer.
    std::optional<std::chrono::milliseconds> clockOffset() const;
    std::optional<std::chrono::milliseconds> latency() const;

signals:
    void sent(quint64 id);
    void waiting(quint64 id, std::chrono::milliseconds about);
    void changed();

private:
    using Time = RateLimiter::Time;

    struct Call {
        Id id = 0;
        ApiRequest request;
        Finish finish;
        Place place = Place::Back;
        BootClock::time_point enqueuedAt;
        /// By how much the clock that counts sleep was ahead of the other one then.
        std::chrono::milliseconds sleptBefore;
        /// When waiting() last said that it would leave.
        std::optional<Time> foretold;
    };
    struct Flight {
        Call call;
        RateLimiter::Ticket ticket = 0;
        Time sentAt;
        BootClock::time_point bootSentAt;
        std::chrono::milliseconds signedAt{0};
        Credentials signer;
    };

    void pumpSoon();
    void pump();
    bool isHeld(const Call &call) const { return m_offlineSince && call.enqueuedAt <= *m_offlineSince; }
    BootClock::time_point expiryOf(const Call &call) const;
    std::deque<Call>::iterator firstFreeCancel();
    bool isLongQueue() const;
    RateLimiter::Priority priorityOf(const Call &cancel, bool isLong) const;
    std::chrono::milliseconds sleptSoFar() const;
    static bool isRelic(const RawReply &reply);
    bool isTooSoon(const RawReply &reply) const;
    void dropExpired();
    bool sendCancels(Time now);
    void sendRead(Time now);
    void send(Call call, RateLimiter::Ticket ticket);
    void tellWaiting(Time now);
    void wakeWhenThereIsRoom(Time now);
    bool onReply(Id id, RawReply reply);
    void endUnsent(const Call &call, ApiError::Cause cause);

    CallTiming m_timing;
    const std::shared_ptr<SharedLimiter> m_limiter;
    ExchangeClock m_clock;
    std::optional<Credentials> m_credentials;
    int m_generation = 0;
    std::deque<Call> m_cancels;
    std::deque<Call> m_reads;
    std::map<Id, Flight> m_flights;
    bool m_readInFlight = false;
    /// Since when no connection can be made; absent while one can.
    std::optional<BootClock::time_point> m_offlineSince;
    /// When a cancel was last handed to the network.
    BootClock::time_point m_lastCancelSentAt = BootClock::time_point::min();
    std::deque<std::chrono::milliseconds> m_latencies;
    /// The date of the latest answer on each lane; invalid before the first.
    std::array<QDateTime, Lanes::count> m_lastDates;
    Id m_lastId = 0;
    bool m_pumpPosted = false;
    QTimer m_wake;
    Transport m_transport;
};

} // namespace countermand
