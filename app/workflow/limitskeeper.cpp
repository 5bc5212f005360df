#include "workflow/limitskeeper.h"

#include "exchange/sharedlimiter.h"

#include <QDateTime>

#include <utility>

using namespace std::chrono_literals;

namespace countermand {

namespace {

using Milliseconds = std::chrono::milliseconds;

/// What a run that was ended from outside may have sent since it last wrote: all that a second allows.
constexpr int unwrittenCalls = 8;
/// All that 10 s allow.
constexpr int unknownCalls = 50;
constexpr auto writingInterval = 1s;

Milliseconds utcNow()
{
    return Milliseconds(QDateTime::currentMSecsSinceEpoch());
}

} // namespace

LimitsKeeper::LimitsKeeper(const QString &dataFolder, QString exchange, std::shared_ptr<SharedLimiter> limiter,
                           QObject *parent)
    : QObject(parent), m_file(dataFolder), m_exchange(std::move(exchange)), m_limiter(std::move(limiter))
{
    const auto now = SharedLimiter::Time::clock::now();
    const Milliseconds utc = utcNow();
    const LimitsFile::Contents contents = m_file.load(utc);
    m_kept = contents.exchanges;
    const KeptLimits known = m_kept.value(m_exchange);
    LimiterState state;
    for (const Milliseconds sent : known.sent)
        state.sent.push_back(now - (utc - sent));
    const int unknown = contents.isUnreadable ? unknownCalls : contents.isClean ? 0 : unwrittenCalls;
    state.sent.insert(state.sent.end(), size_t(unknown), now);
    if (known.pausedUntil > utc)
        state.pausedUntil = now + (known.pausedUntil - utc);
    if (known.halfSpeedUntil > utc)
        state.halfSpeedUntil = now + (known.halfSpeedUntil - utc);
    m_limiter->restore(state);

    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { write(false); });
    connect(m_limiter.get(), &SharedLimiter::used, this, [this] {
        if (!m_timer.isActive())
            m_timer.start(writingInterval);
    });
    connect(m_limiter.get(), &SharedLimiter::paused, this, [this] { write(false); });
    // From now on an end that isn't told is no clean one.
    write(false);
}

LimitsKeeper::~LimitsKeeper()
{
    write(true);
}

void LimitsKeeper::write(bool isClean)
{
    m_timer.stop();
    const auto now = SharedLimiter::Time::clock::now();
    const Milliseconds utc = utcNow();
    const auto utcOf = [&](SharedLimiter::Time at) {
        return utc + std::chrono::duration_cast<Milliseconds>(at - now);
    };
    const LimiterState state = m_limiter->limiter().state(now);
    KeptLimits limits;
    for (const auto sent : state.sent)
        limits.sent.append(utcOf(sent));
    if (state.pausedUntil > now)
        limits.pausedUntil = utcOf(state.pausedUntil);
    if (state.halfSpeedUntil > now)
        limits.halfSpeedUntil = utcOf(state.halfSpeedUntil);
    m_kept.insert(m_exchange, limits);
    // A file that can't be written costs only what the next start would have known.
    m_file.save(m_kept, isClean);
}

} // namespace countermand
