// Runs inside with-keyring on a session bus of its own that starts nothing by itself. The service is an own one, on a
// connection of its own, so that every call and signal goes through the real bus. Without a bus only busIsSeen()
// runs.
#include "local/desktopnotifier.h"
#include "tests/support/waiting.h"

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMessage>
#include <QSignalSpy>
#include <QVariantMap>
#include <QtTest>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

const QString serviceName = u"org.freedesktop.Notifications"_s;
const QString servicePath = u"/org/freedesktop/Notifications"_s;

/// Asks the bus for a word: its answer comes behind everything that the connection sent and was sent before. False if
/// none came.
bool hasCaughtUp(const QDBusConnection &connection)
{
    const auto question = QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s,
                                                         u"org.freedesktop.DBus"_s, u"GetId"_s);
    return connection.call(question).type() == QDBusMessage::ReplyMessage;
}

} // namespace

struct Notified {
    QString program;
    uint replaces = 0;
    QString icon, title, text;
    QStringList actions;
    QVariantMap hints;
    uint given = 0;
};

/// A notification service that remembers what it was asked for, and does what its user would.
class NotificationService : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    explicit NotificationService(const QStringList &abilities)
        : m_connection(QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"notification service"_s)),
          m_abilities(abilities)
    {
        m_isThere = m_connection.registerObject(
                        servicePath, this, QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals) &&
                    m_connection.registerService(serviceName);
    }
    ~NotificationService() override
    {
        // What is still being sent is taken first: a call that finds the object gone is answered by Qt with an error
        // which a connection that is ending neither sends nor frees.
        hasCaughtUp(QDBusConnection::sessionBus());
        hasCaughtUp(m_connection);
        QCoreApplication::sendPostedEvents();
        m_connection.unregisterService(serviceName);
        m_connection.unregisterObject(servicePath);
        QDBusConnection::disconnectFromBus(m_connection.name());
    }

    bool isThere() const { return m_isThere; }
    /// Answers to Notify wait until answerAll().
    void setSlow() { m_isSlow = true; }
    void answerAll()
    {
        for (const QDBusMessage &answer : std::exchange(m_answers, {}))
            m_connection.send(answer);
    }

    QList<Notified> notified;
    QList<uint> closed;
    int asked = 0;

public slots:
    QStringList GetCapabilities()
    {
        ++asked;
        return m_abilities;
    }
    uint Notify(const QString &program, uint replaces, const QString &icon, const QString &title, const QString &text,
                const QStringList &actions, const QVariantMap &hints, int)
    {
        const uint given = replaces ? replaces : ++m_last;
        notified.append({program, replaces, icon, title, text, actions, hints, given});
        if (m_isSlow) {
            setDelayedReply(true);
            m_answers.append(message().createReply(given));
        }
        return given;
    }
    void CloseNotification(uint id)
    {
        closed.append(id);
        emit NotificationClosed(id, 3);
    }

signals:
    void ActionInvoked(uint id, const QString &action);
    void ActivationToken(uint id, const QString &token);
    void NotificationClosed(uint id, uint reason);

private:
    QDBusConnection m_connection;
    QStringList m_abilities;
    QList<QDBusMessage> m_answers;
    uint m_last = 40;
    bool m_isSlow = false;
    bool m_isThere = false;
};

class TestDesktopNotifier : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void busIsSeen();
    void words();
    void markupIsEscapedOnlyWhereItIsRead();
    void noActionWhereNoneAreKnown();
    void replacesInPlace();
    void newsDuringTheFirstCallComesAfterIt();
    void closes();
    void closesWhatIsStillBeingSent();
    void click();
    void foreignSignalsAreNotOurs();
    void closedByTheUser();
    void endClosesWhatIsUp();
    void nobodyThere();
    void serviceEndsAndComesBack();

private:
    void serve(const QStringList &abilities = {u"actions"_s, u"body"_s, u"body-markup"_s})
    {
        m_service = std::make_unique<NotificationService>(abilities);
        QVERIFY(m_service->isThere());
    }
    void showOne(const QString &key)
    {
        m_notifier->show(key, u"title"_s, u"text"_s);
        QTRY_VERIFY(!m_served->isEmpty());
        m_served->clear();
    }

    bool m_withBus = false;
    std::unique_ptr<NotificationService> m_service;
    std::unique_ptr<DesktopNotifier> m_notifier;
    std::unique_ptr<QSignalSpy> m_activated;
    std::unique_ptr<QSignalSpy> m_closed;
    std::unique_ptr<QSignalSpy> m_served;
};

void TestDesktopNotifier::initTestCase()
{
    const QString mode = qEnvironmentVariable("COUNTERMAND_KEYCHAIN_MODE");
    QVERIFY2(mode == u"noservice"_s || mode == u"nobus"_s, qPrintable(mode));
    m_withBus = mode == u"noservice"_s;
}

void TestDesktopNotifier::init()
{
    m_notifier = std::make_unique<DesktopNotifier>(u"io.github.countermand.Countermand"_s);
    m_activated = std::make_unique<QSignalSpy>(m_notifier.get(), &DesktopNotifier::activated);
    m_closed = std::make_unique<QSignalSpy>(m_notifier.get(), &DesktopNotifier::closed);
    m_served = std::make_unique<QSignalSpy>(m_notifier.get(), &DesktopNotifier::served);
}

void TestDesktopNotifier::cleanup()
{
    m_notifier.reset();
    m_service.reset();
}

void TestDesktopNotifier::words()
{
    serve();
    QVERIFY(m_notifier->hasBus());
    m_notifier->show(u"a"_s, u"Not canceled"_s, u"Order …1947"_s);
    QTRY_COMPARE(m_service->notified.size(), 1);
    const Notified &seen = m_service->notified.constFirst();
    QCOMPARE(seen.program, u"Countermand"_s);
    QCOMPARE(seen.icon, u"io.github.countermand.Countermand"_s);
    QCOMPARE(seen.hints.value(u"desktop-entry"_s).toString(), u"io.github.countermand.Countermand"_s);
    QCOMPARE(seen.title, u"Not canceled"_s);
    QCOMPARE(seen.text, u"Order …1947"_s);
    QCOMPARE(seen.replaces, 0U);
    QCOMPARE(seen.actions, (QStringList{u"default"_s, u"Show"_s}));
    QTRY_COMPARE(m_served->size(), 1);
    QVERIFY(m_served->constFirst().at(0).toBool());
    // Asked once, not for every notification.
    showOne(u"b"_s);
    QCOMPARE(m_service->asked, 1);
}

void TestDesktopNotifier::markupIsEscapedOnlyWhereItIsRead()
{
    const QString text = u"9111 <b>x</b> & <img src=\"file:///x\">"_s;
    serve();
    m_notifier->show(u"a"_s, u"<i>"_s, text);
    QTRY_COMPARE(m_service->notified.size(), 1);
    QCOMPARE(m_service->notified.constFirst().title, u"<i>"_s); // a title has no markup
    QVERIFY(!m_service->notified.constFirst().text.contains(u'<'));
    QVERIFY(m_service->notified.constFirst().text.startsWith(u"9111 &lt;b&gt;x&lt;/b&gt; &amp; "_s));

    cleanup();
    init();
    serve({u"body"_s});
    m_notifier->show(u"a"_s, u"t"_s, text);
    QTRY_COMPARE(m_service->notified.size(), 1);
    QCOMPARE(m_service->notified.constFirst().text, text);
}

void TestDesktopNotifier::noActionWhereNoneAreKnown()
{
    serve({u"body"_s});
    m_notifier->show(u"a"_s, u"t"_s, u"x"_s);
    QTRY_COMPARE(m_service->notified.size(), 1);
    QVERIFY(m_service->notified.constFirst().actions.isEmpty());
}

void TestDesktopNotifier::replacesInPlace()
{
    serve();
    showOne(u"a"_s);
    showOne(u"b"_s);
    m_notifier->show(u"a"_s, u"later"_s, u"text"_s);
    QTRY_COMPARE(m_service->notified.size(), 3);
    QCOMPARE(m_service->notified.at(2).replaces, m_service->notified.at(0).given);
    QVERIFY(m_service->notified.at(0).given != m_service->notified.at(1).given);
}

void TestDesktopNotifier::newsDuringTheFirstCallComesAfterIt()
{
    serve();
    m_service->setSlow();
    m_notifier->show(u"a"_s, u"first"_s, u"x"_s);
    QTRY_COMPARE(m_service->notified.size(), 1);
    m_notifier->show(u"a"_s, u"second"_s, u"x"_s);
    m_notifier->show(u"a"_s, u"third"_s, u"x"_s);
    m_notifier->show(u"b"_s, u"other"_s, u"x"_s);
    // The other key does not wait, and proves that nothing of the first was sent meanwhile.
    QTRY_COMPARE(m_service->notified.size(), 2);
    QCOMPARE(m_service->notified.at(1).title, u"other"_s);
    m_service->answerAll();
    QTRY_COMPARE(m_service->notified.size(), 3);
    QCOMPARE(m_service->notified.at(2).title, u"third"_s);
    QCOMPARE(m_service->notified.at(2).replaces, m_service->notified.at(0).given);
    m_service->answerAll();
}

void TestDesktopNotifier::closes()
{
    serve();
    showOne(u"a"_s);
    m_notifier->close(u"no such key"_s);
    m_notifier->close(u"a"_s);
    QTRY_COMPARE(m_service->closed, QList<uint>{m_service->notified.constFirst().given});
    // Shown once more it is a new one.
    showOne(u"a"_s);
    QCOMPARE(m_service->notified.at(1).replaces, 0U);
    QCOMPARE(m_closed->size(), 0);
}

void TestDesktopNotifier::closesWhatIsStillBeingSent()
{
    serve();
    // Not even asked for yet.
    m_notifier->show(u"never"_s, u"t"_s, u"x"_s);
    m_notifier->close(u"never"_s);
    showOne(u"a"_s);
    QCOMPARE(m_service->notified.size(), 1);
    m_service->setSlow();
    m_notifier->show(u"b"_s, u"t"_s, u"x"_s);
    QTRY_COMPARE(m_service->notified.size(), 2);
    m_notifier->show(u"b"_s, u"later"_s, u"x"_s);
    m_notifier->close(u"b"_s);
    QVERIFY(m_service->closed.isEmpty());
    m_service->answerAll();
    QTRY_COMPARE(m_service->closed, QList<uint>{m_service->notified.at(1).given});
    QCOMPARE(m_service->notified.size(), 2);
}

void TestDesktopNotifier::click()
{
    serve();
    showOne(u"a"_s);
    showOne(u"b"_s);
    emit m_service->ActivationToken(m_service->notified.at(1).given, u"token-1"_s);
    emit m_service->ActionInvoked(m_service->notified.at(1).given, u"default"_s);
    QTRY_COMPARE(m_activated->size(), 1);
    QCOMPARE(m_activated->constFirst(), (QVariantList{u"b"_s, u"token-1"_s}));
    emit m_service->ActionInvoked(m_service->notified.at(0).given, u"default"_s);
    QTRY_COMPARE(m_activated->size(), 2);
    QCOMPARE(m_activated->constLast(), (QVariantList{u"a"_s, QString()}));
}

void TestDesktopNotifier::foreignSignalsAreNotOurs()
{
    serve();
    showOne(u"a"_s);
    const uint own = m_service->notified.constFirst().given;
    emit m_service->ActionInvoked(own + 1, u"default"_s); // of another program
    emit m_service->ActionInvoked(own, u"other"_s);
    // The right number, but not from the service.
    auto forged = QDBusMessage::createSignal(servicePath, serviceName, u"ActionInvoked"_s);
    forged << own << u"default"_s;
    const QDBusConnection stranger = QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"stranger"_s);
    stranger.send(forged);
    // The last signal comes behind all others.
    QVERIFY(hasCaughtUp(stranger));
    emit m_service->NotificationClosed(own, 2);
    QTRY_COMPARE(m_closed->size(), 1);
    QCOMPARE(m_activated->size(), 0);
    QDBusConnection::disconnectFromBus(u"stranger"_s);
}

void TestDesktopNotifier::closedByTheUser()
{
    serve();
    showOne(u"a"_s);
    emit m_service->NotificationClosed(m_service->notified.constFirst().given, 2);
    QTRY_COMPARE(m_closed->size(), 1);
    QCOMPARE(m_closed->constFirst().at(0).toString(), u"a"_s);
    m_notifier->close(u"a"_s);
    showOne(u"a"_s);
    QVERIFY(m_service->closed.isEmpty());
    QCOMPARE(m_service->notified.at(1).replaces, 0U);
}

void TestDesktopNotifier::endClosesWhatIsUp()
{
    serve();
    showOne(u"a"_s);
    showOne(u"b"_s);
    m_notifier.reset();
    QTRY_COMPARE(m_service->closed.size(), 2);
}

void TestDesktopNotifier::nobodyThere()
{
    QVERIFY(m_notifier->hasBus());
    m_notifier->show(u"a"_s, u"t"_s, u"x"_s);
    m_notifier->show(u"b"_s, u"t"_s, u"x"_s);
    // Nothing waited for an answer: none has been seen yet.
    QCOMPARE(m_served->size(), 0);
    QCOMPARE(m_closed->size(), 0);
    QTRY_COMPARE(m_closed->size(), 2);
    QCOMPARE(m_served->size(), 1);
    QVERIFY(!m_served->constFirst().at(0).toBool());
    m_served->clear();
    // One that is started later is found.
    serve();
    m_notifier->show(u"a"_s, u"t"_s, u"x"_s);
    QTRY_COMPARE(m_service->notified.size(), 1);
    QTRY_COMPARE(m_served->size(), 1);
    QVERIFY(m_served->constFirst().at(0).toBool());
}

void TestDesktopNotifier::serviceEndsAndComesBack()
{
    serve();
    showOne(u"a"_s);
    m_service.reset();
    QTRY_COMPARE(m_closed->size(), 1);
    QCOMPARE(m_closed->constFirst().at(0).toString(), u"a"_s);
    // Its number may be another program's now.
    serve({u"body"_s});
    m_notifier->close(u"a"_s);
    showOne(u"a"_s);
    QCOMPARE(m_service->asked, 1);
    QCOMPARE(m_service->notified.constFirst().replaces, 0U);
    QVERIFY(m_service->closed.isEmpty());
}

void TestDesktopNotifier::busIsSeen()
{
    QCOMPARE(m_notifier->hasBus(), m_withBus);
    m_notifier->show(u"a"_s, u"t"_s, u"x"_s);
    m_notifier->close(u"a"_s);
    QCOMPARE(m_closed->size() + m_served->size(), 0);
}

QTEST_GUILESS_MAIN(TestDesktopNotifier)
#include "tst_desktopnotifier.moc"
