#include "domain/decimal.h"

#include <QList>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

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

/// A usual number: what 64 bits and a scale up to 18 hold.
struct Short {
    qint64 coefficient = 0;
    int scale = 0;
};

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

/// Nothing for what is no number or a long one.
std::optional<Short> shortFrom(QStringView text)
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
    return Short{negative ? -coefficient : coefficient, scale};
}

} // namespace

/// A number of any length, as digits: what is rare may be slow.
struct DecimalDigits {
    bool isNegative = false;
    /// Of the coefficient, without zeros in front; empty for zero.
    QByteArray digits;
    int scale = 0;

    static DecimalDigits of(const Decimal &number)
    {
        if (number.m_digits)
            return {number.m_coefficient < 0, number.m_digits->text, number.m_scale};
        const qint64 value = number.m_coefficient;
        if (value == 0)
            return {false, {}, number.m_scale};
        // Negated without a sign bit: the smallest coefficient has no positive twin.
        return {value < 0, QByteArray::number(value < 0 ? 0 - quint64(value) : quint64(value)), number.m_scale};
    }

    static std::optional<DecimalDigits> from(QStringView text)
    {
        DecimalDigits number;
        qsizetype at = 0;
        const auto digitAt = [&text](qsizetype place) { return place < text.size() && isDigit(text[place]); };
        if (at < text.size() && (text[at] == u'-' || text[at] == u'+'))
            number.isNegative = text[at++] == u'-';
        if (!digitAt(at))
            return {};
        for (; digitAt(at); ++at)
            number.add(text[at]);
        if (at < text.size() && text[at] == u'.') {
            if (!digitAt(++at))
                return {};
            for (; digitAt(at); ++at, ++number.scale)
                number.add(text[at]);
        }
        qint64 exponent = 0;
        if (at < text.size() && (text[at] == u'e' || text[at] == u'E')) {
            ++at;
            const bool down = at < text.size() && text[at] == u'-';
            if (at < text.size() && (text[at] == u'-' || text[at] == u'+'))
                ++at;
            if (!digitAt(at))
                return {};
            // No number has so many digits; what comes behind makes no difference.
            for (; digitAt(at); ++at)
                exponent =
                    std::min<qint64>(exponent * 10 + (text[at].unicode() - u'0'), qint64(100) * Decimal::mostDigits);
            exponent = down ? -exponent : exponent;
        }
        if (at != text.size())
            return {};
        if (number.digits.isEmpty()) {
            if (exponent != 0)
                number.scale = int(std::clamp<qint64>(number.scale - exponent, 0, maxScale));
            return number;
        }
        if (exponent > Decimal::mostDigits + number.scale)
            return {};
        const qint64 scale = number.scale - exponent;
        if (scale > Decimal::mostDigits)
            return {};
        number.scale = int(std::max<qint64>(scale, 0));
        number.digits += QByteArray(scale < 0 ? -scale : 0, '0');
        return number;
    }

    /// Nothing if it is too long.
    std::optional<Decimal> number() const
    {
        if (digits.size() > Decimal::mostDigits || scale > Decimal::mostDigits)
            return {};
        if (digits.size() <= maxDigits && scale <= maxScale) {
            const qint64 value = digits.toLongLong();
            return Decimal(isNegative ? -value : value, scale);
        }
        Decimal made(digits.isEmpty() ? 0 : isNegative ? -1 : 1, scale);
        made.m_digits = QExplicitlySharedDataPointer(new const Decimal::Digits(digits));
        return made;
    }

    void add(QChar digit)
    {
        if (!digits.isEmpty() || digit != u'0')
            digits += char(digit.unicode());
    }

    /// Brings both to one scale.
    static void align(DecimalDigits &a, DecimalDigits &b)
    {
        const int scale = std::max(a.scale, b.scale);
        for (DecimalDigits *each : {&a, &b}) {
            if (!each->digits.isEmpty())
                each->digits += QByteArray(scale - each->scale, '0');
            each->scale = scale;
        }
    }

    static int compareSizes(const QByteArray &a, const QByteArray &b)
    {
        if (a.size() != b.size())
            return a.size() < b.size() ? -1 : 1;
        return a < b ? -1 : a == b ? 0 : 1;
    }

    static QByteArray trimmed(const QByteArray &digits)
    {
        qsizetype zeros = 0;
        while (zeros < digits.size() && digits[zeros] == '0')
            ++zeros;
        return digits.sliced(zeros);
    }

    static QByteArray sumOf(const QByteArray &a, const QByteArray &b)
    {
        QByteArray sum(std::max(a.size(), b.size()) + 1, '0');
        int carry = 0;
        for (qsizetype i = 1; i <= sum.size(); ++i) {
            const int left = i <= a.size() ? a[a.size() - i] - '0' : 0;
            const int right = i <= b.size() ? b[b.size() - i] - '0' : 0;
            const int digit = left + right + carry;
            sum[sum.size() - i] = char('0' + digit % 10);
            carry = digit / 10;
        }
        return trimmed(sum);
    }

    /// `a` is not the smaller one.
    static QByteArray differenceOf(const QByteArray &a, const QByteArray &b)
    {
        QByteArray rest(a.size(), '0');
        int borrowed = 0;
        for (qsizetype i = 1; i <= a.size(); ++i) {
            const int right = (i <= b.size() ? b[b.size() - i] - '0' : 0) + borrowed;
            const int digit = a[a.size() - i] - '0' - right;
            borrowed = digit < 0 ? 1 : 0;
            rest[a.size() - i] = char('0' + digit + 10 * borrowed);
        }
        return trimmed(rest);
    }

    static DecimalDigits sum(DecimalDigits a, DecimalDigits b)
    {
        align(a, b);
        if (a.isNegative == b.isNegative)
            return {a.isNegative, sumOf(a.digits, b.digits), a.scale};
        if (compareSizes(a.digits, b.digits) >= 0)
            return {a.isNegative, differenceOf(a.digits, b.digits), a.scale};
        return {b.isNegative, differenceOf(b.digits, a.digits), a.scale};
    }

    static DecimalDigits product(const DecimalDigits &a, const DecimalDigits &b)
    {
        const qsizetype size = a.digits.size() + b.digits.size();
        QList<int> places(size, 0);
        for (qsizetype i = a.digits.size() - 1; i >= 0; --i) {
            int carry = 0;
            for (qsizetype j = b.digits.size() - 1; j >= 0; --j) {
                const int value = places[i + j + 1] + (a.digits[i] - '0') * (b.digits[j] - '0') + carry;
                places[i + j + 1] = value % 10;
                carry = value / 10;
            }
            places[i] += carry;
        }
        QByteArray digits;
        for (const int place : std::as_const(places))
            digits += char('0' + place);
        return {a.isNegative != b.isNegative, trimmed(digits), a.scale + b.scale};
    }

    /// With fewer decimals, rounded half away from zero.
    DecimalDigits rounded(int wanted) const
    {
        const qsizetype cut = scale - wanted;
        if (cut <= 0)
            return *this;
        const bool up = digits.size() >= cut && digits[digits.size() - cut] >= '5';
        const QByteArray kept = digits.first(std::max<qsizetype>(digits.size() - cut, 0));
        return {isNegative, up ? sumOf(kept, "1") : kept, wanted};
    }

    /// The first digits of a long number: enough for a percentage.
    static Decimal nearly(const Decimal &number)
    {
        const DecimalDigits all = of(number);
        const int most = maxDigits - 1;
        const int dropped = std::max({0, int(all.digits.size()) - most, all.scale - maxScale});
        // More would cut whole digits away.
        return dropped > all.scale ? number : all.rounded(all.scale - dropped).number().value_or(number);
    }
};

std::optional<Decimal> Decimal::fromText(QStringView text)
{
    if (const auto usual = shortFrom(text))
        return Decimal(usual->coefficient, usual->scale);
    const auto any = DecimalDigits::from(text);
    return any ? any->number() : std::nullopt;
}

QString Decimal::toText() const
{
    // Negated without a sign bit: the smallest coefficient has no positive twin.
    QString digits = m_digits
                         ? QString::fromLatin1(m_digits->text)
                         : QString::number(m_coefficient < 0 ? 0 - quint64(m_coefficient) : quint64(m_coefficient));
    if (m_scale > 0) {
        digits = digits.rightJustified(m_scale + 1, u'0');
        digits.insert(digits.size() - m_scale, u'.');
    }
    return m_coefficient < 0 ? u'-' + digits : digits;
}

std::optional<Decimal> Decimal::minus(const Decimal &other) const
{
    if (!m_digits && !other.m_digits) {
        const auto [left, right, scale] = align(m_coefficient, m_scale, other.m_coefficient, other.m_scale);
        if (fits(left - right))
            return Decimal(qint64(left - right), scale);
    }
    DecimalDigits negated = DecimalDigits::of(other);
    negated.isNegative = !negated.isNegative;
    return DecimalDigits::sum(DecimalDigits::of(*this), negated).number();
}

std::optional<Decimal> Decimal::plus(const Decimal &other) const
{
    if (!m_digits && !other.m_digits) {
        const auto [left, right, scale] = align(m_coefficient, m_scale, other.m_coefficient, other.m_scale);
        if (fits(left + right))
            return Decimal(qint64(left + right), scale);
    }
    return DecimalDigits::sum(DecimalDigits::of(*this), DecimalDigits::of(other)).number();
}

std::optional<Decimal> Decimal::times(const Decimal &other) const
{
    if (m_digits || other.m_digits)
        return DecimalDigits::product(DecimalDigits::of(*this), DecimalDigits::of(other)).number();
    Wide product = Wide(m_coefficient) * other.m_coefficient;
    int scale = m_scale + other.m_scale;
    // Zeros at the end may go where the digits would not fit otherwise.
    while (scale > 0 && (scale > maxScale || !fits(product)) && product % 10 == 0) {
        product /= 10;
        --scale;
    }
    if (scale > maxScale || !fits(product))
        return DecimalDigits::product(DecimalDigits::of(*this), DecimalDigits::of(other)).number();
    return Decimal(qint64(product), scale);
}

Decimal Decimal::padded(int scale) const
{
    const int wanted = std::min(scale, maxScale);
    if (wanted <= m_scale)
        return *this;
    const Wide coefficient = Wide(m_coefficient) * powerOfTen(wanted - m_scale);
    if (!m_digits && fits(coefficient))
        return Decimal(qint64(coefficient), wanted);
    DecimalDigits zeros;
    zeros.scale = wanted;
    return DecimalDigits::sum(DecimalDigits::of(*this), zeros).number().value_or(*this);
}

Decimal Decimal::rounded(int scale) const
{
    const int wanted = std::max(scale, 0);
    if (wanted >= m_scale)
        return *this;
    if (m_digits)
        return DecimalDigits::of(*this).rounded(wanted).number().value_or(*this);
    const Wide unit = powerOfTen(m_scale - wanted);
    const Wide size = m_coefficient < 0 ? -Wide(m_coefficient) : Wide(m_coefficient);
    const Wide rounded = (2 * size + unit) / (2 * unit);
    return Decimal(qint64(m_coefficient < 0 ? -rounded : rounded), wanted);
}

std::optional<Decimal> Decimal::percentAbove(const Decimal &base, int decimals) const
{
    if (base.m_coefficient <= 0 || decimals < 0 || decimals > 6)
        return {};
    if (m_digits || base.m_digits) {
        const Decimal number = DecimalDigits::nearly(*this);
        const Decimal about = DecimalDigits::nearly(base);
        return number.m_digits || about.m_digits ? std::nullopt : number.percentAbove(about, decimals);
    }
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
    if (m_digits || total.m_digits) {
        const auto hundredfold = times(Decimal(100));
        int percent = 0;
        for (int step = 64; hundredfold && step > 0; step /= 2) {
            const auto share = total.times(Decimal(percent + step));
            percent += share && *share <= *hundredfold ? step : 0;
        }
        return std::min(percent, 100);
    }
    const auto [left, right, scale] = align(m_coefficient, m_scale, total.m_coefficient, total.m_scale);
    if (left <= 0)
        return 0;
    if (left >= right)
        return 100;
    return int(left * 100 / right);
}

std::strong_ordering operator<=>(const Decimal &left, const Decimal &right)
{
    if (left.m_digits || right.m_digits) {
        DecimalDigits a = DecimalDigits::of(left);
        DecimalDigits b = DecimalDigits::of(right);
        if (a.digits.isEmpty() || b.digits.isEmpty() || a.isNegative != b.isNegative)
            return left.m_coefficient <=> right.m_coefficient;
        DecimalDigits::align(a, b);
        return (a.isNegative ? -1 : 1) * DecimalDigits::compareSizes(a.digits, b.digits) <=> 0;
    }
    if (left.m_scale == right.m_scale)
        return left.m_coefficient <=> right.m_coefficient;
    const auto [a, b, scale] = align(left.m_coefficient, left.m_scale, right.m_coefficient, right.m_scale);
    return a < b ? std::strong_ordering::less : a > b ? std::strong_ordering::greater : std::strong_ordering::equal;
}

} // namespace countermand
