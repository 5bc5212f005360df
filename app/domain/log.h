#pragma once

#include <QLoggingCategory>

/// What a developer looks at first. Nothing is written unless it is asked for,
/// `QT_LOGGING_RULES="countermand.*=true"` or one of them; all goes to stderr. No line ever holds a key, a secret, a
/// signature, a header or the body of an answer.
namespace countermand {

/// `countermand.net`: each request with its way and end, and connections that were given up.
Q_DECLARE_LOGGING_CATEGORY(netLog)
/// `countermand.feed`: each read of a list and what it found.
Q_DECLARE_LOGGING_CATEGORY(feedLog)
/// `countermand.cancel`: each step of a cancel, by the word that the journal keeps for it.
Q_DECLARE_LOGGING_CATEGORY(cancelLog)
/// `countermand.keychain`: how the keychain was found and how its jobs ended.
Q_DECLARE_LOGGING_CATEGORY(keychainLog)
/// `countermand.journal`: what was read and written, and why not.
Q_DECLARE_LOGGING_CATEGORY(journalLog)

} // namespace countermand
