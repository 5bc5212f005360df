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
/// hasForeignCharacters(). A text without any of these is shared, not copied; one that is changed is copied once.
CleanedKey cleanedKey(const QString &pasted);

/// Key and secret are the same text and not empty.
bool isPastedTwice(const QString &key, const QString &secret);

} // namespace countermand
