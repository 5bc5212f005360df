#include "exchange/retryafter.h"

#include "exchange/exchangeclock.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace countermand {

namespace {

constexpr std::chrono::seconds shortest = 1s;
constexpr std::chrono::seconds longest = 10min;
// More digits are longer than that, however many.
constexpr qsizetype mostDigits = 9;

bool isDigits(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.cbegin(), text.cend(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::optional<std::chrono::seconds> retryAfterFromHeader(const QByteArray &text, const QDateTime &now)
{
    const QByteArray value = text.trimmed();
    if (isDigits(value)) {
        const std::chrono::seconds wait =
            value.size() > mostDigits ? longest : std::chrono::seconds(value.toLongLong());
        return std::clamp(wait, shortest, longest);
    }
    const QDateTime date = dateFromHeader(value);
    if (!date.isValid() || !now.isValid())
        return {};
    return std::clamp(std::chrono::seconds(now.secsTo(date)), shortest, longest);
}

} // namespace countermand
