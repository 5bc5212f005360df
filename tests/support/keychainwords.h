#pragma once

#include "local/credentialstore.h"

#include <optional>

namespace countermand {

/// Words of tests for how a call to the keychain ended; never hold a key. Without an error: "done".
inline QString wordsOf(const std::optional<KeychainError> &error)
{
    using namespace Qt::StringLiterals;
    if (!error)
        return u"done"_s;
    switch (error->problem) {
    case KeychainProblem::NoEntry:
        return u"no entry"_s;
    case KeychainProblem::Locked:
        return u"locked"_s;
    case KeychainProblem::Denied:
        return u"denied"_s;
    case KeychainProblem::BadEntry:
        return u"bad entry: "_s + error->text;
    case KeychainProblem::NoKeychain:
        return u"no keychain"_s;
    case KeychainProblem::Other:
        break;
    }
    return u"other: "_s + error->text;
}

} // namespace countermand
