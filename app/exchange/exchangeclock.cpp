#include "exchange/exchangeclock.h"

#include "domain/qtversions.h"

#include <QLocale>

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr std::chrono::milliseconds dateStep = 1s;
/// No answer is older than this program, and none from the next century.
constexpr int firstYear = 2024;
constexpr int lastYear = 2099;

} // namespace

QDateTime dateFromHeader(const QByteArray &text)
{
    // Day and time apart: read as one they would be a local time, and some of those don't exist where clocks are put
    // forward.
    constexpr qsizetype dayLength = 16;
    const QString said = QString::fromLatin1(text.trimmed());
    const QDate day = QLocale::c().toDate(said.left(dayLength), u"ddd, dd MMM yyyy"_s);
    const QTime time = QLocale::c().toTime(said.mid(dayLength), u" HH:mm:ss 'GMT'"_s);
    return day.isValid() && time.isValid() ? QDateTime(day, time, inUtc) : QDateTime();
}

void ExchangeClock::observe(const QDateTime &date, Milliseconds sentAt, Milliseconds receivedAt)
{
    if (!date.isValid() || sentAt > receivedAt)
        return;
    const int year = date.date().year();
    if (year < firstYear || year > lastYear)
        return;
    const Milliseconds shown(date.toMSecsSinceEpoch());
    const Range now{shown - receivedAt, shown + dateStep - sentAt};
    const auto common = [&now](const Range &known) -> std::optional<Range> {
        const Range both{std::max(known.from, now.from), std::min(known.to, now.to)};
        return both.from <= both.to ? std::optional(both) : std::nullopt;
    };
    if (const auto known = m_possible ? common(*m_possible) : now) {
        m_possible = known;
        m_contradiction.reset();
    } else if (const auto agreed = m_contradiction ? common(*m_contradiction) : std::nullopt) {
        m_possible = agreed;
        m_contradiction.reset();
    } else {
        m_contradiction = now;
    }
}

void ExchangeClock::confirm()
{
    if (m_contradiction)
        m_possible = std::exchange(m_contradiction, std::nullopt);
}

ExchangeClock::Milliseconds ExchangeClock::exchangeTime(Milliseconds at, Milliseconds utc) const
{
    const auto known = offset();
    return known ? at + *known : utc;
}

std::optional<ExchangeClock::Milliseconds> ExchangeClock::offset() const
{
    if (!m_possible)
        return {};
    return m_possible->from + (m_possible->to - m_possible->from) / 2;
}

std::optional<ExchangeClock::Milliseconds> ExchangeClock::difference(const QDateTime &date, Milliseconds signedAt,
                                                                     Milliseconds roundTrip)
{
    if (!date.isValid())
        return {};
    const Milliseconds shown(date.toMSecsSinceEpoch());
    if (shown > signedAt + roundTrip)
        return shown - (signedAt + roundTrip);
    if (shown + dateStep <= signedAt)
        return shown + dateStep - signedAt;
    return Milliseconds(0);
}

} // namespace countermand
