#include "local/secretservice.h"

#include <QMetaObject>
#include <QObject>

#ifdef CM_HAVE_DBUS
#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QMap>
#endif

#include <memory>
#include <utility>

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

using Look = SecretServiceLook;
using LookHandler = std::function<void(Look)>;

void deliverLater(QObject *context, LookHandler handler, Look look)
{
    QMetaObject::invokeMethod(
        context, [handler = std::move(handler), look = std::move(look)] { handler(look); }, Qt::QueuedConnection);
}

} // namespace

#ifdef CM_HAVE_DBUS

namespace {

using Attributes = QMap<QString, QString>;

constexpr int busTimeoutMs = 2000;
// The first call may have to start the service.
constexpr int keyringTimeoutMs = 4000;

constexpr auto secretsName = "org.freedesktop.secrets"_L1;
constexpr auto secretsPath = "/org/freedesktop/secrets"_L1;
constexpr auto secretsInterface = "org.freedesktop.Secret.Service"_L1;

/// A connected bus if there is one at all. Qt remembers a failed session bus for good, so a later try gets its own.
QDBusConnection reachableBus()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (bus.isConnected())
        return bus;
    const QString name = u"countermand-keychain"_s;
    QDBusConnection again(name);
    if (again.isConnected())
        return again;
    QDBusConnection::disconnectFromBus(name);
    return QDBusConnection::connectToBus(QDBusConnection::SessionBus, name);
}

/// On KDE QtKeychain may talk to KWallet directly. Source: QtKeychain, keychain_unix.cpp.
bool isKdeSession()
{
    return qEnvironmentVariable("XDG_CURRENT_DESKTOP") == "KDE"_L1 ||
           qEnvironmentVariable("DESKTOP_SESSION") == "kde"_L1 || qEnvironmentVariableIsSet("KDE_FULL_SESSION");
}

/// One look, step by step. Owned by the lambdas that wait for an answer; ends with its context.
class Asking : public std::enable_shared_from_this<Asking>
{
public:
    Asking(QDBusConnection bus, QObject *context, LookHandler handler)
        : m_bus(std::move(bus)), m_context(context), m_handler(std::move(handler))
    {}

    void start(const QString &service, const QString &key)
    {
        m_attributes = {{u"user"_s, key}, {u"server"_s, service}};
        m_countEntries = !key.isEmpty();
        askNames(u"ListNames"_s, [this] {
            if (isOffered(secretsName) && !usesWallet())
                askLocked();
            else
                askNames(u"ListActivatableNames"_s, [this] { judgeNames(); });
        });
    }

private:
    bool isOffered(QLatin1StringView name) const { return m_names.contains(name); }

    bool usesWallet() const
    {
        return isKdeSession() && (isOffered("org.kde.kwalletd6"_L1) || isOffered("org.kde.kwalletd5"_L1));
    }

    void judgeNames()
    {
        if (usesWallet()) {
            m_look.reach = Look::Reach::OtherWallet;
            finish();
        } else if (isOffered(secretsName)) {
            askLocked();
        } else {
            m_look.reach = Look::Reach::NoService;
            finish();
        }
    }

    void askNames(const QString &method, std::function<void()> next)
    {
        const auto call = QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s,
                                                         u"org.freedesktop.DBus"_s, method);
        send(call, busTimeoutMs, [this, next = std::move(next)](const QDBusMessage &answer) {
            m_names += answer.arguments().value(0).toStringList();
            next();
        });
    }

    void askLocked()
    {
        auto call = serviceCall(u"ReadAlias"_s);
        call << u"default"_s;
        send(call, keyringTimeoutMs, [this](const QDBusMessage &answer) {
            const QString path = answer.arguments().value(0).value<QDBusObjectPath>().path();
            // "/": no default collection yet. Nothing is stored then, and the first write brings its own dialog.
            if (path.isEmpty() || path == "/"_L1)
                askEntries();
            else
                askLockedProperty(path);
        });
    }

    void askLockedProperty(const QString &collection)
    {
        auto call =
            QDBusMessage::createMethodCall(secretsName, collection, u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
        call << u"org.freedesktop.Secret.Collection"_s << u"Locked"_s;
        send(call, busTimeoutMs, [this](const QDBusMessage &answer) {
            m_look.locked = answer.arguments().value(0).value<QDBusVariant>().variant().toBool();
            askEntries();
        });
    }

    void askEntries()
    {
        m_look.reach = Look::Reach::Reached;
        if (!m_countEntries) {
            finish();
            return;
        }
        auto call = serviceCall(u"SearchItems"_s);
        call << QVariant::fromValue(m_attributes);
        send(call, busTimeoutMs, [this](const QDBusMessage &answer) {
            const auto count = [&](int index) {
                return int(qdbus_cast<QList<QDBusObjectPath>>(answer.arguments().value(index)).size());
            };
            m_look.openEntries = count(0);
            m_look.lockedEntries = count(1);
            finish();
        });
    }

    static QDBusMessage serviceCall(const QString &method)
    {
        return QDBusMessage::createMethodCall(secretsName, secretsPath, secretsInterface, method);
    }

    void send(const QDBusMessage &call, int timeoutMs, std::function<void(const QDBusMessage &)> next)
    {
        auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call, timeoutMs), m_context);
        QObject::connect(watcher, &QDBusPendingCallWatcher::finished, m_context,
                         [self = shared_from_this(), watcher, next = std::move(next)] {
                             watcher->deleteLater();
                             const QDBusMessage answer = watcher->reply();
                             if (answer.type() == QDBusMessage::ReplyMessage)
                                 next(answer);
                             else
                                 self->fail(QDBusError(answer));
                         });
    }

    void fail(const QDBusError &error)
    {
        const bool noService = error.type() == QDBusError::ServiceUnknown ||
                               error.name() == "org.freedesktop.DBus.Error.Spawn.ServiceNotFound"_L1;
        const bool noBus = error.type() == QDBusError::Disconnected || error.type() == QDBusError::NoServer;
        m_look.reach = noService ? Look::Reach::NoService : noBus ? Look::Reach::NoBus : Look::Reach::NoAnswer;
        m_look.text = error.message();
        finish();
    }

    void finish() { m_handler(m_look); }

    QDBusConnection m_bus;
    QObject *m_context;
    LookHandler m_handler;
    Attributes m_attributes;
    bool m_countEntries = false;
    QStringList m_names;
    Look m_look;
};

} // namespace

void lookAtSecretService(const QString &service, const QString &key, QObject *context, LookHandler handler)
{
    static const QMetaType attributes = qDBusRegisterMetaType<Attributes>();
    Q_UNUSED(attributes)
    const QDBusConnection bus = reachableBus();
    if (!bus.isConnected()) {
        Look look;
        look.reach = Look::Reach::NoBus;
        look.text = bus.lastError().message();
        deliverLater(context, std::move(handler), std::move(look));
        return;
    }
    std::make_shared<Asking>(bus, context, std::move(handler))->start(service, key);
}

#else

void lookAtSecretService(const QString &, const QString &, QObject *context, LookHandler handler)
{
    deliverLater(context, std::move(handler), {});
}

#endif

} // namespace countermand
