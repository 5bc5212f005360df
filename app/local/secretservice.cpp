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
#include <QDBusServiceWatcher>
#include <QDBusVariant>
#include <QElapsedTimer>
#include <QMap>
#include <QTimer>
#endif

#include <limits>
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
// A person answers.
constexpr int noTimeoutMs = std::numeric_limits<int>::max();
constexpr int betweenLooksMs = 1000;
// No person has seen a question and closed it sooner.
constexpr int soonestAnswerMs = 400;

constexpr auto secretsName = "org.freedesktop.secrets"_L1;
constexpr auto secretsPath = "/org/freedesktop/secrets"_L1;
constexpr auto secretsInterface = "org.freedesktop.Secret.Service"_L1;
constexpr auto promptInterface = "org.freedesktop.Secret.Prompt"_L1;

/// gnome-keyring's, which is open as long as the session and holds nothing longer.
constexpr auto sessionCollection = "/collection/session"_L1;

QDBusMessage serviceCall(const QString &method)
{
    return QDBusMessage::createMethodCall(secretsName, secretsPath, secretsInterface, method);
}

QDBusMessage propertyCall(const QString &path, const QString &interface, const QString &name)
{
    auto call = QDBusMessage::createMethodCall(secretsName, path, u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    call << interface << name;
    return call;
}

QDBusMessage lockedCall(const QString &collection)
{
    return propertyCall(collection, u"org.freedesktop.Secret.Collection"_s, u"Locked"_s);
}

QDBusMessage itemsCall(const QString &collection)
{
    return propertyCall(collection, u"org.freedesktop.Secret.Collection"_s, u"Items"_s);
}

QVariant propertyOf(const QDBusMessage &answer)
{
    return answer.arguments().value(0).value<QDBusVariant>().variant();
}

QStringList pathsOf(const QVariant &list)
{
    QStringList texts;
    const auto paths = qdbus_cast<QList<QDBusObjectPath>>(list);
    for (const QDBusObjectPath &path : paths)
        texts.append(path.path());
    return texts;
}

/// Empty for "/", which stands for none.
QString pathOf(const QVariant &path)
{
    const QString text = path.value<QDBusObjectPath>().path();
    return text == "/"_L1 ? QString() : text;
}

QDBusMessage aliasCall()
{
    auto call = serviceCall(u"ReadAlias"_s);
    call << u"default"_s;
    return call;
}

QDBusMessage collectionsCall()
{
    return propertyCall(secretsPath, secretsInterface, u"Collections"_s);
}

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

bool isLate(const QDBusError &error)
{
    return error.type() == QDBusError::NoReply || error.type() == QDBusError::Timeout;
}

void registerTypes()
{
    static const QMetaType attributes = qDBusRegisterMetaType<Attributes>();
    Q_UNUSED(attributes)
}

Attributes attributesOf(const QString &service, const QString &key)
{
    return {{u"user"_s, key}, {u"server"_s, service}};
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
        m_attributes = attributesOf(service, key);
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
        send(aliasCall(), keyringTimeoutMs, [this](const QDBusMessage &answer) {
            m_default = pathOf(answer.arguments().value(0));
            send(collectionsCall(), busTimeoutMs, [this](const QDBusMessage &list) {
                QStringList all = pathsOf(propertyOf(list));
                all.removeIf([](const QString &path) { return path.endsWith(sessionCollection); });
                if (!m_default.isEmpty() && !all.contains(m_default))
                    all.append(m_default);
                askLockedOf(all);
            });
        });
    }

    void askLockedOf(const QStringList &collections)
    {
        if (collections.isEmpty()) {
            m_look.locked = m_default.isEmpty() ? !m_look.anyOpen : m_look.lockedCollections.contains(m_default);
            askEntries();
            return;
        }
        const QString &path = collections.constFirst();
        const auto goOn = [this, rest = collections.sliced(1)] { askLockedOf(rest); };
        send(lockedCall(path), busTimeoutMs, [this, path, goOn](const QDBusMessage &answer) {
            if (!propertyOf(answer).toBool()) {
                m_look.anyOpen = true;
                goOn();
            } else if (path == m_default) {
                m_look.lockedCollections.prepend(path);
                goOn();
            } else {
                // What tells its entries although it is locked is found by a search.
                const auto tellsNothing = [this, path, goOn] {
                    m_look.lockedCollections.append(path);
                    goOn();
                };
                send(
                    itemsCall(path), busTimeoutMs,
                    [goOn, tellsNothing](const QDBusMessage &items) {
                        pathsOf(propertyOf(items)).isEmpty() ? tellsNothing() : goOn();
                    },
                    tellsNothing);
            }
        });
    }

    void askEntries()
    {
        m_look.reach = Look::Reach::Reached;
        if (!m_countEntries || !m_look.anyOpen) {
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

    /// `orElse`: after an error, which otherwise ends the look.
    void send(const QDBusMessage &call, int timeoutMs, std::function<void(const QDBusMessage &)> next,
              std::function<void()> orElse = {})
    {
        auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call, timeoutMs), m_context);
        QObject::connect(watcher, &QDBusPendingCallWatcher::finished, m_context,
                         [self = shared_from_this(), watcher, next = std::move(next), orElse = std::move(orElse)] {
                             watcher->deleteLater();
                             const QDBusMessage answer = watcher->reply();
                             if (answer.type() == QDBusMessage::ReplyMessage)
                                 next(answer);
                             else if (orElse)
                                 orElse();
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
        // The bus's words for it are about timeouts and policies.
        m_look.text = isLate(error) ? u"It does not answer."_s : error.message();
        finish();
    }

    void finish() { m_handler(m_look); }

    QDBusConnection m_bus;
    QObject *m_context;
    LookHandler m_handler;
    Attributes m_attributes;
    bool m_countEntries = false;
    QStringList m_names;
    /// The collection for what is stored anew; empty without one.
    QString m_default;
    Look m_look;
};

/// Waits for a person. Owned by its context, and goes when it has told.
class SecretServiceOpener : public QObject
{
    Q_OBJECT

public:
    SecretServiceOpener(QDBusConnection bus, Attributes attributes, QObject *context,
                        std::function<void(SecretServiceOpening)> handler)
        : QObject(context), m_bus(std::move(bus)), m_attributes(std::move(attributes)), m_handler(std::move(handler))
    {
        m_look.setInterval(betweenLooksMs);
        connect(&m_look, &QTimer::timeout, this, &SecretServiceOpener::lookAgain);
    }

    ~SecretServiceOpener() override
    {
        // Nobody waits for the answer any more.
        if (m_handler && !m_prompt.isEmpty())
            m_bus.send(promptCall(u"Dismiss"_s));
    }
    Q_DISABLE_COPY_MOVE(SecretServiceOpener)

    void start(const QStringList &collections) { unlock(collections); }

private slots:
    void completed(bool dismissed, const QDBusVariant &)
    {
        if (!dismissed)
            finish(End::Opened);
        else
            askWhoAsked();
    }

private:
    using End = SecretServiceOpening::End;

    void unlock(const QStringList &collections)
    {
        if (collections.isEmpty()) {
            auto call = serviceCall(u"SearchItems"_s);
            call << QVariant::fromValue(m_attributes);
            // It is answered when the question was closed, too.
            send(call, noTimeoutMs, [this](const QDBusMessage &) {
                send(collectionsCall(), busTimeoutMs, [this](const QDBusMessage &list) {
                    finish(pathsOf(propertyOf(list)).isEmpty() ? End::Dismissed : End::Opened);
                });
            });
            return;
        }
        m_collection = collections.first();
        QList<QDBusObjectPath> paths;
        for (const QString &path : collections)
            paths.append(QDBusObjectPath(path));
        auto call = serviceCall(u"Unlock"_s);
        call << QVariant::fromValue(paths);
        send(call, noTimeoutMs, [this](const QDBusMessage &answer) {
            const QString path = pathOf(answer.arguments().value(1));
            if (path.isEmpty())
                finish(End::Opened);
            else
                prompt(path);
        });
        m_look.start();
    }

    QDBusMessage promptCall(const QString &method) const
    {
        return QDBusMessage::createMethodCall(secretsName, m_prompt, promptInterface, method);
    }

    void prompt(const QString &path)
    {
        m_prompt = path;
        m_bus.connect(secretsName, path, promptInterface, u"Completed"_s, this, SLOT(completed(bool, QDBusVariant)));
        auto call = promptCall(u"Prompt"_s);
        call << QString();
        m_prompted.start();
        send(call, noTimeoutMs, [](const QDBusMessage &) {});
    }

    /// gnome-keyring has another program ask, and where there is none it says "dismissed" by itself.
    void askWhoAsked()
    {
        const qint64 took = m_prompted.elapsed();
        const auto namesCall = [](const QString &method) {
            return QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s,
                                                  u"org.freedesktop.DBus"_s, method);
        };
        send(namesCall(u"ListNames"_s), busTimeoutMs, [this, namesCall, took](const QDBusMessage &names) {
            const QStringList offered = names.arguments().value(0).toStringList();
            send(namesCall(u"ListActivatableNames"_s), busTimeoutMs, [this, offered, took](const QDBusMessage &more) {
                const QStringList all = offered + more.arguments().value(0).toStringList();
                const bool isOfAnother = offered.contains("org.gnome.keyring"_L1);
                const bool isThere = all.contains("org.gnome.keyring.SystemPrompter"_L1) && took >= soonestAnswerMs;
                finish(isOfAnother && !isThere ? End::NobodyAsked : End::Dismissed);
            });
        });
    }

    void lookAgain()
    {
        send(lockedCall(m_collection), busTimeoutMs, [this](const QDBusMessage &answer) {
            if (!propertyOf(answer).toBool())
                finish(End::Opened);
        });
    }

    void send(const QDBusMessage &call, int timeoutMs, std::function<void(const QDBusMessage &)> next)
    {
        auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call, timeoutMs), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, next = std::move(next)] {
            watcher->deleteLater();
            const QDBusMessage answer = watcher->reply();
            if (answer.type() == QDBusMessage::ReplyMessage)
                next(answer);
            else
                fail(QDBusError(answer));
        });
    }

    void fail(const QDBusError &error)
    {
        // A service that is busy with its own window may be late with a look.
        if (isLate(error) && m_look.isActive())
            return;
        if (error.name() == "org.freedesktop.Secret.Error.IsLocked"_L1)
            finish(End::Dismissed);
        else
            finish(End::Failed, error.message());
    }

    void finish(End end, const QString &text = {})
    {
        if (!m_handler)
            return;
        m_look.stop();
        deleteLater();
        std::exchange(m_handler, nullptr)({end, text});
    }

    QDBusConnection m_bus;
    const Attributes m_attributes;
    std::function<void(SecretServiceOpening)> m_handler;
    QString m_collection;
    /// The service's question; empty until there is one.
    QString m_prompt;
    QElapsedTimer m_prompted;
    QTimer m_look;
};

} // namespace

void lookAtSecretService(const QString &service, const QString &key, QObject *context, LookHandler handler)
{
    registerTypes();
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

void openSecretService(const QString &service, const QString &key, const QStringList &collections, QObject *context,
                       std::function<void(SecretServiceOpening)> handler)
{
    registerTypes();
    auto *opener = new SecretServiceOpener(reachableBus(), attributesOf(service, key), context, std::move(handler));
    opener->start(collections);
}

void whenSecretServiceGoes(QObject *context, const std::function<void()> &handler)
{
    auto *watcher =
        new QDBusServiceWatcher(secretsName, reachableBus(), QDBusServiceWatcher::WatchForUnregistration, context);
    QObject::connect(watcher, &QDBusServiceWatcher::serviceUnregistered, context, handler);
}

#else

void lookAtSecretService(const QString &, const QString &, QObject *context, LookHandler handler)
{
    deliverLater(context, std::move(handler), {});
}

void openSecretService(const QString &, const QString &, const QStringList &, QObject *context,
                       std::function<void(SecretServiceOpening)> handler)
{
    QMetaObject::invokeMethod(
        context, [handler = std::move(handler)] { handler({}); }, Qt::QueuedConnection);
}

void whenSecretServiceGoes(QObject *, const std::function<void()> &) {}

#endif

} // namespace countermand

#ifdef CM_HAVE_DBUS
#include "secretservice.moc"
#endif
