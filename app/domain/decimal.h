#pragma once

#include <QByteArray>
#include <QExplicitlySharedDataPointer>
#include <QString>
#include <QStringView>

#include <compare>
#include <optional>

namespace countermand {

/// An exact decimal number as the exchange wrote it.
///
/// Never a `double`: 95400.10 stays 95400.10. Ordered and compared by value (1.50 equals 1.5),
/// printed digit for digit as it came; an exponent is written out (1e-7 prints 0.0000001). Usual numbers are 64 bits
/// and a scale; longer ones keep their digits.
class Decimal
{
public:
    /// Zero.
    Decimal() = default;
    /// A whole number.
    explicit Decimal(qint64 whole) : m_coefficient(whole) {}

    /// The most digits, and the most decimals, that a number can have: far above any number of a market.
    static constexpr int mostDigits = 1000;

    /// Reads `[-+]digits[.digits][e[-+]digits]`. Nothing for any other text (blanks, "null", "1,5"), or when more
    /// than mostDigits significant digits or decimals would be needed.
    static std::optional<Decimal> fromText(QStringView text);

    /// Plain digits with a dot and no grouping, all decimals kept.
    QString toText() const;

    /// Digits after the dot, 0 to mostDigits.
    int scale() const { return m_scale; }
    bool isZero() const { return m_coefficient == 0; }
    bool isNegative() const { return m_coefficient < 0; }

    /// Exact difference or sum; nothing if it has more than mostDigits.
    std::optional<Decimal> minus(const Decimal &other) const;
    std::optional<Decimal> plus(const Decimal &other) const;

    /// Exact product; nothing if it has more than mostDigits.
    std::optional<Decimal> times(const Decimal &other) const;

    /// The same value with at least `scale` decimals (at most 18): zeros are added, no digit is cut.
    Decimal padded(int scale) const;

    /// The same value with at most `scale` decimals (at least 0), rounded half away from zero.
    Decimal rounded(int scale) const;

    /// How far this number lies above `base`, in percent with exactly `decimals` digits (0 to 6), rounded half away
    /// from zero; negative below. Nothing if `base` is not above zero or the quotient has more than 18 digits.
    std::optional<Decimal> percentAbove(const Decimal &base, int decimals) const;

    /// This number as whole percent of `total`, rounded down, 0 to 100. Nothing if `total` is not above zero.
    std::optional<int> percentOf(const Decimal &total) const;

    friend std::strong_ordering operator<=>(const Decimal &left, const Decimal &right);
    friend bool operator==(const Decimal &left, const Decimal &right)
    {
        // Lists are compared number by number with what they were, and nearly all are as they were.
        if (left.m_scale == right.m_scale && !left.m_digits && !right.m_digits)
            return left.m_coefficient == right.m_coefficient;
        return (left <=> right) == 0;
    }

private:
    friend struct DecimalDigits;
    struct Digits : QSharedData {
        explicit Digits(const QByteArray &digits) : text(digits) {}
        const QByteArray text;
    };

    Decimal(qint64 coefficient, int scale) : m_coefficient(coefficient), m_scale(scale) {}

    /// The sign of a long number.
    qint64 m_coefficient = 0;
    /// The digits of the coefficient of a long number, without zeros in front. Null for what 64 bits hold.
    QExplicitlySharedDataPointer<const Digits> m_digits;
    int m_scale = 0;
};

} // namespace countermand
