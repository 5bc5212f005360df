#include "domain/decimal.h"

#include <algorithm>
#include <array>
#include <limits>

namespace countermand {

namespace {

__extension__ using Wide = __int128;

constexpr int maxScale = 18;
constexpr int maxDigits = 18;

constexpr auto powersOfTen = [] {
    std::array<Wide, maxScale + 1> powers{1};
    for (size_t i = 1; i < powers.size(); ++i)
        powers[i] = powers[i - 1] * 10;
    return powers;
}();

/// 10 to a power of 0 to maxScale.
Wide powerOfTen(int exponent)
{
    return powersOfTen[size_t(exponent)];
}

struct Aligned {
    Wide left;
    Wide right;
    int scale;
};

Aligned align(qint64 left, int leftScale, qint64 right, int rightScale)
{
    const int scale = std::max(leftScale, rightScale);
    return {Wide(left) * powerOfTen(scale - leftScale), Wide(right) * powerOfTen(scale - rightScale), scale};
}

bool fits(Wide value)
{
    return value <= Wide(std::numeric_limits<qint64>::max()) && value >= Wide(std::numeric_limits<qint64>::min());
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

} // namespace

std::optional<Decimal> Decimal::fromText(QStringView text)
{
    qsizetype at = 0;
    const auto end = text.size();
    bool negative = false;
    if (at < end && (text[at] == u'-' || text[at] == u'+'))
        negative = text[at++] == u'-';

    qint64 coefficient = 0;
    int significant = 0;
    int scale = 0;
    bool anyDigit = false;
    bool afterDot = false;
    for (; at < end; ++at) {
        const QChar c = text[at];
        if (c == u'.' && !afterDot && anyDigit) {
            afterDot = true;
            if (at + 1 == end || !isDigit(text[at + 1]))
                return {};
            continue;
        }
        if (!isDigit(c))
            break;
        anyDigit = true;
        if (coefficient != 0 || c != u'0')
            ++significant;
        if (significant > maxDigits)
            return {};
        coefficient = coefficient * 10 + (c.unicode() - u'0');
        if (afterDot && ++scale > maxScale)
            return {};
    }
    if (!anyDigit)
        return {};

    if (at < end && (text[at] == u'e' || text[at] == u'E')) {
        bool ok = false;
        const auto exponentText = text.mid(at + 1);
        // toInt() would also take blanks around the digits.
        if (exponentText.isEmpty() || exponentText.size() > 4 || !isDigit(exponentText.back()) ||
            exponentText.front().isSpace())
            return {};
        const int exponent = exponentText.toInt(&ok);
        if (!ok)
            return {};
        at = end;
        scale -= exponent;
        if (coefficient == 0)
            scale = std::clamp(scale, 0, maxScale);
        for (; scale < 0; ++scale) {
            if (++significant > maxDigits)
                return {};
            coefficient *= 10;
        }
        if (scale > maxScale)
            return {};
    }
    if (at != end)
        return {};
    return Decimal(negative ? -coefficient : coefficient, scale);
}

QString Decimal::toText() const
{
    // Negated without a sign bit: the smallest coefficient has no positive twin.
    QString digits = QString::number(m_coefficient < 0 ? 0 - quint64(m_coefficient) : quint64(m_coefficient));
    if (m_scale > 0) {
        digits = digits.rightJustified(m_scale + 1, u'0');
        digits.insert(digits.size() - m_scale, u'.');
    }
    return m_coefficient < 0 ? u'-' + digits : digits;
}

std::optional<Decimal> Decimal::minus(const Decimal &other) const
{
    const auto [left, right, scale] = align(m_coefficient, m_scale, other.m_coefficient, other.m_scale);
    if (!fits(left - right))
        return {};
    return Decimal(qint64(left - right), scale);
}

std::optional<Decimal> Decimal::plus(const Decimal &other) const
{
    const auto [left, right, scale] = align(m_coefficient, m_scale, other.m_coefficient, other.m_scale);
    if (!fits(left + right))
        return {};
    return Decimal(qint64(left + right), scale);
}

std::optional<Decimal> Decimal::times(const Decimal &other) const
{
    Wide product = Wide(m_coefficient) * other.m_coefficient;
    int scale = m_scale + other.m_scale;
    // Zeros at the end may go where the digits would not fit otherwise.
    while (scale > 0 && (scale > maxScale || !fits(product)) && product % 10 == 0) {
        product /= 10;
        --scale;
    }
    if (scale > maxScale || !fits(product))
        return {};
    return Decimal(qint64(product), scale);
}

Decimal Decimal::padded(int scale) const
{
    const int wanted = std::min(scale, maxScale);
    if (wanted <= m_scale)
        return *this;
    const Wide coefficient = Wide(m_coefficient) * powerOfTen(wanted - m_scale);
    return fits(coefficient) ? Decimal(qint64(coefficient), wanted) : *this;
}

Decimal Decimal::rounded(int scale) const
{
    const int wanted = std::max(scale, 0);
    if (wanted >= m_scale)
        return *this;
    const Wide unit = powerOfTen(m_scale - wanted);
    const Wide size = m_coefficient < 0 ? -Wide(m_coefficient) : Wide(m_coefficient);
    const Wide rounded = (2 * size + unit) / (2 * unit);
    return Decimal(qint64(m_coefficient < 0 ? -rounded : rounded), wanted);
}

std::optional<Decimal> Decimal::percentAbove(const Decimal &base, int decimals) const
{
    if (base.m_coefficient <= 0 || decimals < 0 || decimals > 6)
        return {};
    const auto [left, right, scale] = align(m_coefficient, m_scale, base.m_coefficient, base.m_scale);
    const Wide factor = powerOfTen(decimals + 2);
    const Wide difference = left - right;
    const Wide size = difference < 0 ? -difference : difference;
    constexpr Wide most = (Wide(1) << 126) - 1;
    if (size > most / (2 * factor) || right > most / 2)
        return {};
    const Wide rounded = (2 * size * factor + right) / (2 * right);
    if (!fits(rounded))
        return {};
    return Decimal(qint64(difference < 0 ? -rounded : rounded), decimals);
}

std::optional<int> Decimal::percentOf(const Decimal &total) const
{
    if (total.m_coefficient <= 0)
        return {};
    const auto [left, right, scale] = align(m_coefficient, m_scale, total.m_coefficient, total.m_scale);
    if (left <= 0)
        return 0;
    if (left >= right)
        return 100;
    return int(left * 100 / right);
}

std::strong_ordering operator<=>(const Decimal &left, const Decimal &right)
{
    if (left.m_scale == right.m_scale)
        return left.m_coefficient <=> right.m_coefficient;
    const auto [a, b, scale] = align(left.m_coefficient, left.m_scale, right.m_coefficient, right.m_scale);
    return a < b ? std::strong_ordering::less : a > b ? std::strong_ordering::greater : std::strong_ordering::equal;
}

} // namespace countermand
