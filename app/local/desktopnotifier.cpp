#include "local/desktopnotifier.h"

#ifdef CM_HAVE_DBUS
#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QHash>
#include <QStringList>
#include <QVariantMap>

#include <functional>
#include <optional>
#include <utility>
#endif

namespace countermand {

using namespace Qt::StringLiterals;

#ifdef CM_HAVE_DBUS

namespace {

constexpr auto busName = "org.freedesktop.DBus"_L1;
constexpr auto noticeName = "org.freedesktop.Notifications"_L1;
constexpr auto noticePath = "/org/freedesktop/Notifications"_L1;
constexpr auto defaultAction = "default"_L1;
// The first call may have to start the service.
constexpr int notifyTimeoutMs = 10'000;

QDBusMessage callOf(const QString &method)
{
    return QDBusMessage::createMethodCall(noticeName, noticePath, noticeName, method);
}

bool isNobodyThere(const QDBusError &error)
{
    return error.type() == QDBusError::ServiceUnknown || error.type() == QDBusError::Disconnected ||
           error.type() == QDBusError::NoServer || error.name() == "org.freedesktop.DBus.Error.NameHasNoOwner"_L1 ||
           error.name().startsWith("org.freedesktop.DBus.Error.Spawn."_L1);
}

} // namespace

/// The talk with the service. Its state is what is known from answers and signals; nothing waits.
class DesktopNotifier::Line : public QObject
{
    Q_OBJECT

public:
    Line(const QDBusConnection &bus, DesktopNotifier &owner) : m_bus(bus), m_owner(owner)
    {
        // Signals without the service's name: with it Qt would wait for the bus to say who owns the name.
        const auto listen = [this](const QString &signal, const char *slot) {
            m_bus.connect({}, noticePath, noticeName, signal, this, slot);
        };
        listen(u"ActionInvoked"_s, SLOT(hearAction(QDBusMessage)));
        listen(u"ActivationToken"_s, SLOT(hearToken(QDBusMessage)));
        listen(u"NotificationClosed"_s, SLOT(hearClosed(QDBusMessage)));
        m_bus.connect(busName, u"/org/freedesktop/DBus"_s, busName, u"NameOwnerChanged"_s, {noticeName}, {}, this,
                      SLOT(hearOwner(QDBusMessage)));
    }

    ~Line() override
    {
        for (const Note &note : std::as_const(m_notes)) {
            if (note.id != 0)
                sendClose(note.id);
        }
    }

    bool isConnected() const { return m_bus.isConnected(); }

    void show(const QString &key, const QString &title, const QString &text)
    {
        Note &note = m_notes[key];
        note.wanted = Words{title, text};
        note.isUnwanted = false;
        send(key);
    }

    void close(const QString &key)
    {
        const auto note = m_notes.find(key);
        if (note == m_notes.end())
            return;
        if (note->isSending) {
            // Its number comes with the answer.
            note->wanted.reset();
            note->isUnwanted = true;
            return;
        }
        if (note->id != 0)
            sendClose(note->id);
        m_notes.erase(note);
    }

private slots:
    void hearAction(const QDBusMessage &message)
    {
        const QString key = keyOf(message);
        if (key.isEmpty() || message.arguments().value(1).toString() != defaultAction)
            return;
        emit m_owner.activated(key, std::exchange(m_token, {}));
    }

    void hearToken(const QDBusMessage &message)
    {
        if (!keyOf(message).isEmpty())
            m_token = message.arguments().value(1).toString();
    }

    void hearClosed(const QDBusMessage &message)
    {
        const QString key = keyOf(message);
        if (key.isEmpty())
            return;
        Note &note = m_notes[key];
        note.id = 0;
        // What is under way comes as a new one.
        if (note.isSending || note.wanted)
            return;
        m_notes.remove(key);
        emit m_owner.closed(key);
    }

    void hearOwner(const QDBusMessage &message)
    {
        const bool hadOwner = !message.arguments().value(1).toString().isEmpty();
        if (!hadOwner)
            return;
        // Its numbers mean nothing to the next service. A call under way is answered or fails by itself.
        m_service.clear();
        m_abilities.reset();
        QStringList gone;
        for (auto note = m_notes.begin(); note != m_notes.end(); ++note) {
            note->id = 0;
            if (!note->isSending && !note->wanted)
                gone.append(note.key());
        }
        for (const QString &key : std::as_const(gone))
            m_notes.remove(key);
        for (const QString &key : std::as_const(gone))
            emit m_owner.closed(key);
    }

private:
    struct Words {
        QString title;
        QString text;
    };
    struct Note {
        /// The service's number; 0: not shown.
        uint id = 0;
        /// A Notify has no answer yet.
        bool isSending = false;
        /// To be closed as soon as its number is known.
        bool isUnwanted = false;
        /// What is to be sent next.
        std::optional<Words> wanted;
    };

    /// The key that a signal of the service is about; empty for other programs' notifications.
    QString keyOf(const QDBusMessage &message) const
    {
        const uint id = message.arguments().value(0).toUInt();
        if (id == 0 || m_service.isEmpty() || message.service() != m_service)
            return {};
        for (auto note = m_notes.cbegin(); note != m_notes.cend(); ++note) {
            if (note->id == id)
                return note.key();
        }
        return {};
    }

    void ask(const QDBusMessage &call, std::function<void(const QDBusMessage &)> next)
    {
        auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call, notifyTimeoutMs), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [watcher, next = std::move(next)] {
            watcher->deleteLater();
            next(watcher->reply());
        });
    }

    void askAbilities()
    {
        if (std::exchange(m_isAskingAbilities, true))
            return;
        ask(callOf(u"GetCapabilities"_s), [this](const QDBusMessage &answer) {
            const bool isAnswered = answer.type() == QDBusMessage::ReplyMessage;
            if (!isAnswered && isNobodyThere(QDBusError(answer))) {
                m_isAskingAbilities = false;
                giveUp();
                return;
            }
            // A service that can't say what it can is taken to show plain text.
            askOwner(isAnswered ? answer.arguments().value(0).toStringList() : QStringList());
        });
    }

    /// In Qt 6.8 an answer doesn't tell who gave it.
    void askOwner(const QStringList &abilities)
    {
        auto call = QDBusMessage::createMethodCall(busName, u"/org/freedesktop/DBus"_s, busName, u"GetNameOwner"_s);
        call << noticeName;
        ask(call, [this, abilities](const QDBusMessage &answer) {
            m_isAskingAbilities = false;
            m_service =
                answer.type() == QDBusMessage::ReplyMessage ? answer.arguments().value(0).toString() : QString();
            m_abilities = abilities;
            const QStringList keys = m_notes.keys();
            for (const QString &key : keys)
                send(key);
        });
    }

    void giveUp()
    {
        const QStringList keys = m_notes.keys();
        m_notes.clear();
        emit m_owner.served(false);
        for (const QString &key : keys)
            emit m_owner.closed(key);
    }

    void send(const QString &key)
    {
        Note &note = m_notes[key];
        if (note.isSending || !note.wanted)
            return;
        if (!m_abilities) {
            askAbilities();
            return;
        }
        const Words words = *std::exchange(note.wanted, std::nullopt);
        note.isSending = true;
        const QString body = m_abilities->contains("body-markup"_L1) ? words.text.toHtmlEscaped() : words.text;
        // Some services turn a notification with an action into a dialog if they know no actions.
        const QStringList actions = m_abilities->contains("actions"_L1)
                                        ? QStringList{defaultAction, DesktopNotifier::tr("Show")}
                                        : QStringList();
        const QVariantMap hints{{u"desktop-entry"_s, m_owner.m_desktopEntry}};
        constexpr int asLongAsUsual = -1;
        auto call = callOf(u"Notify"_s);
        call << DesktopNotifier::tr("Countermand") << note.id << m_owner.m_desktopEntry << words.title << body
             << actions << hints << asLongAsUsual;
        ask(call, [this, key](const QDBusMessage &answer) { hearAnswer(key, answer); });
    }

    void hearAnswer(const QString &key, const QDBusMessage &answer)
    {
        const auto found = m_notes.find(key);
        if (found == m_notes.end())
            return;
        found->isSending = false;
        if (answer.type() != QDBusMessage::ReplyMessage) {
            m_notes.erase(found);
            if (isNobodyThere(QDBusError(answer)))
                emit m_owner.served(false);
            emit m_owner.closed(key);
            return;
        }
        found->id = answer.arguments().value(0).toUInt();
        if (found->isUnwanted)
            close(key);
        else
            send(key);
        emit m_owner.served(true);
    }

    void sendClose(uint id) { m_bus.send(callOf(u"CloseNotification"_s) << id); }

    QDBusConnection m_bus;
    DesktopNotifier &m_owner;
    /// What the service can do; nothing before it has said so.
    std::optional<QStringList> m_abilities;
    bool m_isAskingAbilities = false;
    /// The service's own name on the bus.
    QString m_service;
    /// Of the click that is about to be told.
    QString m_token;
    QHash<QString, Note> m_notes;
};

DesktopNotifier::DesktopNotifier(const QString &desktopEntry, QObject *parent)
    : QObject(parent), m_desktopEntry(desktopEntry)
{}

DesktopNotifier::~DesktopNotifier() = default;

bool DesktopNotifier::hasBus()
{
    if (!m_line) {
        const QDBusConnection bus = QDBusConnection::sessionBus();
        if (bus.isConnected())
            m_line = std::make_unique<Line>(bus, *this);
    }
    return m_line && m_line->isConnected();
}

void DesktopNotifier::show(const QString &key, const QString &title, const QString &text)
{
    if (hasBus())
        m_line->show(key, title, text);
}

void DesktopNotifier::close(const QString &key)
{
    if (m_line)
        m_line->close(key);
}

#else

class DesktopNotifier::Line
{};

DesktopNotifier::DesktopNotifier(const QString &desktopEntry, QObject *parent)
    : QObject(parent), m_desktopEntry(desktopEntry)
{}

DesktopNotifier::~DesktopNotifier() = default;

bool DesktopNotifier::hasBus()
{
    return false;
}

void DesktopNotifier::show(const QString &, const QString &, const QString &) {}

void DesktopNotifier::close(const QString &) {}

#endif

} // namespace countermand

#ifdef CM_HAVE_DBUS
#include "desktopnotifier.moc"
#endif
