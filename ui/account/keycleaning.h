#pragma once

#include <QString>

namespace countermand {

/// A key or secret as it should be kept, made from what a user typed or pasted.
struct CleanedKey {
    QString text;
    /// Something was taken away: the user is told.
    bool changed = false;
};

/// Removes blanks and line breaks around the text, quotation marks that surround it, and invisible characters
/// (zero-width, direction marks) anywhere. Inner blanks stay: they are a sign of a wrong text, see
/// hasForeignCharacters().
CleanedKey cleanedKey(const QString &pasted);

/// The text holds something that no key of CoinW has: a character outside of printable ASCII, or a blank.
/// False for empty text.
bool hasForeignCharacters(const QString &text);

/// Key and secret are the same text and not empty.
bool isPastedTwice(const QString &key, const QString &secret);

} // namespace countermand
