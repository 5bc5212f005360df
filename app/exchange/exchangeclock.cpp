#include "exchange/exchangeclock.h"

#include "domain/qtversions.h"

#include <QLocale>

#include <algorithm>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr std::chrono::milliseconds dateStep = 1s;

} // namespace

QDateTime dateFromHeader(const QByteArray &text)
{
    const QDateTime date =
        QLocale::c().toDateTime(QString::fromLatin1(text.trimmed()), u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s);
    return date.isValid() ? QDateTime(date.date(), date.time(), inUtc) : QDateTime();
}

void ExchangeClock::observe(const QDateTime &date, Milliseconds sentAt, Milliseconds receivedAt)
{
    if (!date.isValid() || sentAt > receivedAt)
        return;
    const Milliseconds shown(date.toMSecsSinceEpoch());
    const Range now{shown - receivedAt, shown + dateStep - sentAt};
    if (m_possible) {
        const Range both{std::max(m_possible->from, now.from), std::min(m_possible->to, now.to)};
        if (both.from <= both.to) {
            m_possible = both;
            return;
        }
    }
    m_possible = now;
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
