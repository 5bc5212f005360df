#pragma once

#include <QSet>
#include <QString>

#include <optional>

namespace countermand {

/// Notices that the computer has come to another network: then connections of before lead nowhere. Pure.
class NetworkWatch
{
public:
    /// The addresses of this computer that others can see, as text.
    static QSet<QString> addressesNow();

    /// True once for each change that leaves an address to go on with; not for the first look.
    bool look(const QSet<QString> &addresses);

private:
    std::optional<QSet<QString>> m_addresses;
};

} // namespace countermand
