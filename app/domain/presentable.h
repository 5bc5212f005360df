#pragma once

#include <QString>

namespace countermand {

/// The longest texts of the exchange that are kept, in UTF-16 units: far above any that were ever seen.
namespace textLimit {
inline constexpr qsizetype orderId = 128;
inline constexpr qsizetype clientId = 64;
inline constexpr qsizetype instrument = 40;
inline constexpr qsizetype coin = 20;
inline constexpr qsizetype word = 40;
inline constexpr qsizetype message = 200;
} // namespace textLimit

/// A text from outside in the form in which it is kept, shown and spoken: one line without characters that can't be
/// seen, change the direction, or could be taken for markup (`<` and `>` become ‹ and ›); what is no character
/// becomes U+FFFD. Blanks around it go, and several become one.
QString withoutTricks(const QString &text);

/// The first `size` units of a text, without half a character or a blank at the end.
QString cut(const QString &text, qsizetype size);

/// Both: withoutTricks(), then cut().
QString presentable(const QString &text, qsizetype size);

/// The name of an instrument, by which the exchange is asked, too: one that presentable() changes ends with U+FFFD,
/// so that it can't be taken for another instrument's.
QString presentableName(const QString &name);

/// An id as it is shown: each character of a key's alphabet as it is, everything else by its code ("\u202E").
QString escapedId(const QString &id);

} // namespace countermand
