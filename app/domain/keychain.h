#pragma once

#include <QString>

namespace countermand {

/// Why the operating system's keychain gave no key.
enum class KeychainProblem {
    NoEntry,    ///< open, and nothing stored for this profile
    Locked,     ///< it must be unlocked first; the keys are safe in it
    Denied,     ///< the user or the system refused access
    BadEntry,   ///< stored, but not as keys are, by somebody else: they must be entered again
    NoKeychain, ///< there is none on this system
    Other,      ///< anything else, in its own words
};

struct KeychainError {
    KeychainProblem problem = KeychainProblem::Other;
    /// The keychain's own words; may be empty.
    QString text;
    /// With Locked: somebody was asked to open it, and did not.
    bool wasAsked = false;
};

} // namespace countermand
