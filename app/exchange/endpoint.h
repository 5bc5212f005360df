#pragma once

#include <QString>
#include <QUrl>

#include <optional>

namespace countermand {

/// The address of an exchange: scheme, host and port, nothing else.
struct Endpoint {
    QUrl baseUrl;

    /// CoinW's own host. Source: CoinW, certify-code-futures.
    static Endpoint coinw();

    /// Reads `--base-url`. `https` anywhere, plain `http` only to loopback (127.0.0.0/8, ::1, localhost); no user
    /// info, path, query or fragment. Otherwise nothing, and `problem` holds one clear line.
    static std::optional<Endpoint> fromText(const QString &text, QString *problem);

    bool isCoinw() const;
    bool isLoopback() const;
    /// "127.0.0.1:8443"; the port only if it isn't the scheme's own.
    QString hostText() const;

    friend bool operator==(const Endpoint &, const Endpoint &) = default;
};

} // namespace countermand
