#include "local/sessionbus.h"

#include <QtGlobal>

#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
#include <QFileInfo>
#include <QLibrary>
#endif

namespace countermand {

#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)

using namespace Qt::StringLiterals;

void outliveSessionBus()
{
    // Without an address the library would start a bus of its own.
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS") &&
        !QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + "/bus"_L1))
        return;
    // Resolved at run time, as QtKeychain does with libsecret, which brings it.
    QLibrary gio(u"gio-2.0"_s, 0);
    using GetBus = void *(*)(int kind, void *cancellable, void **error);
    using SetExitOnClose = void (*)(void *connection, int exits);
    const auto getBus = reinterpret_cast<GetBus>(gio.resolve("g_bus_get_sync"));
    const auto setExitOnClose = reinterpret_cast<SetExitOnClose>(gio.resolve("g_dbus_connection_set_exit_on_close"));
    if (!getBus || !setExitOnClose)
        return;
    constexpr int sessionBus = 2;
    // Kept for good: without a user the library would make a new connection, with its own mind about ends.
    static void *const connection = getBus(sessionBus, nullptr, nullptr);
    if (connection)
        setExitOnClose(connection, 0);
}

#else

void outliveSessionBus() {}

#endif

} // namespace countermand
