#pragma once

#include <QString>

namespace countermand {

/// Where an account's orders live.
enum class Environment {
    Live,       ///< CoinW's own host
    TestServer, ///< any other address given by --base-url
    Practice,   ///< the exchange inside the program
};

/// An account as the screens and the journal name it. Holds no key.
struct Account {
    /// Profile id (a UUID); "practice" for the practice account.
    QString id;
    /// 1 to 24 characters, chosen by the user.
    QString name;
    Environment environment = Environment::Live;
    /// host or host:port; shown for TestServer.
    QString host;
    /// Badge color, 0 to 7.
    int swatch = 0;

    friend bool operator==(const Account &, const Account &) = default;
};

} // namespace countermand
