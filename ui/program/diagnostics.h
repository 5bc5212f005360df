#pragma once

#include <QString>
#include <QStringList>

namespace countermand {

/// What Help ▸ Copy diagnostics puts together. No part of it knows a key.
struct DiagnosticFacts {
    /// Of the line to the exchange; empty while no account is open.
    QString way{};
    /// Words for how the keychain is.
    QString keychain{};
    /// Words for the limits: free calls, pause, half speed. Empty while no account is open.
    QString limits{};
    /// EventLog::lastEvents().
    QStringList events{};
};

/// Versions, system, TLS and the facts, as a text that can be sent to us. Reads the machine; names no user, host
/// name, folder, account, key or amount.
QString diagnosticsText(const DiagnosticFacts &facts);

} // namespace countermand
