// Runs inside with-keyring noservice: a session bus of its own, and on it a Secret Service of this test's, which asks
// the user as KeePassXC does: a search of what is locked, or of no database, waits for a person.
#include "local/keychainstore.h"
#include "local/secretservice.h"
#include "tests/support/keychainwords.h"
#include "tests/support/waiting.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QDBusVirtualObject>
#include <QtTest>

using namespace countermand;
using namespace Qt::StringLiterals;

using Texts = QMap<QString, QString>;

/// Source: freedesktop.org, Secret Storage specification, Secret: `(oayays)`.
struct SecretOnBus {
    QDBusObjectPath session;
    QByteArray parameters;
    QByteArray value;
    QString contentType;
};
using SecretsOnBus = QMap<QDBusObjectPath, SecretOnBus>;
Q_DECLARE_METATYPE(SecretOnBus)

QDBusArgument &operator<<(QDBusArgument &argument, const SecretOnBus &secret)
{
    argument.beginStructure();
    argument << secret.session << secret.parameters << secret.value << secret.contentType;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, SecretOnBus &secret)
{
    argument.beginStructure();
    argument >> secret.session >> secret.parameters >> secret.value >> secret.contentType;
    argument.endStructure();
    return argument;
}

namespace {

const QString root = u"/org/freedesktop/secrets"_s;
const QString collection = root + u"/collection/passwords"_s;
/// A second database.
const QString otherCollection = root + u"/collection/other"_s;
const QString promptPath = root + u"/prompt/1"_s;

using Paths = QList<QDBusObjectPath>;

class SecretServiceStandIn : public QDBusVirtualObject
{
public:
    SecretServiceStandIn()
    {
        qDBusRegisterMetaType<Texts>();
        qDBusRegisterMetaType<SecretOnBus>();
        qDBusRegisterMetaType<SecretsOnBus>();
        bus.registerVirtualObject(root, this, QDBusConnection::SubPath);
    }

    bool appear() { return bus.registerService(u"org.freedesktop.secrets"_s); }
    bool vanish() { return bus.unregisterService(u"org.freedesktop.secrets"_s); }

    /// As a process does, with all it had open; and is there anew, by another name of the bus.
    bool die()
    {
        QDBusConnection::disconnectFromBus(bus.name());
        promptOpen = false;
        bus = connectToBus();
        return bus.registerVirtualObject(root, this, QDBusConnection::SubPath);
    }

    bool isPrompting() const { return promptOpen || !waitingSearches.isEmpty(); }

    /// The person opens the database.
    void open()
    {
        openSilently();
        answerSearches();
        complete(false);
    }
    /// By other means than the prompt.
    void openSilently()
    {
        hasDatabase = true;
        isLocked = false;
        isOtherLocked = false;
    }
    /// Started anew, as KeePassXC is: its databases come one by one.
    bool comeBack()
    {
        // The bus may not know yet that the one before has gone.
        if (!waitFor([this] { return appear(); }))
            return false;
        auto signal = QDBusMessage::createSignal(root, u"org.freedesktop.Secret.Service"_s, u"CollectionCreated"_s);
        signal << QVariant::fromValue(QDBusObjectPath(collection));
        return bus.send(signal);
    }
    /// The person closes the question.
    void dismiss()
    {
        for (const QDBusMessage &search : std::exchange(waitingSearches, {}))
            bus.send(search.createErrorReply(u"org.freedesktop.Secret.Error.IsLocked"_s, u"locked"_s));
        complete(true);
    }

    void complete(bool dismissed)
    {
        if (!std::exchange(promptOpen, false))
            return;
        if (!dismissed)
            confirmsAccess = false;
        auto signal = QDBusMessage::createSignal(promptPath, u"org.freedesktop.Secret.Prompt"_s, u"Completed"_s);
        signal << dismissed << QVariant::fromValue(QDBusVariant(QVariant::fromValue(dismissed ? Paths() : m_wanted)));
        bus.send(signal);
    }

    /// What the open question is about.
    QStringList wanted() const
    {
        QStringList paths;
        for (const QDBusObjectPath &path : m_wanted)
            paths.append(path.path());
        return paths;
    }

    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &) override
    {
        const QString method = message.member();
        calls.append(method);
        const auto arguments = message.arguments();
        if (method == "OpenSession"_L1)
            openSession(message);
        else if (method == "ReadAlias"_L1 && isDeaf)
            return true;
        else if (method == "ReadAlias"_L1)
            reply(message, {QVariant::fromValue(QDBusObjectPath(defaultPath()))});
        else if (method == "SearchItems"_L1)
            search(message);
        else if (method == "Unlock"_L1)
            unlock(message);
        else if (method == "Prompt"_L1)
            showPrompt(message);
        else if (method == "Dismiss"_L1)
            dismissPrompt(message);
        else if (method == "GetSecrets"_L1)
            giveSecrets(message);
        else if (method == "CreateItem"_L1)
            createItem(message);
        else if (method == "Delete"_L1)
            deleteItem(message);
        else if (method == "Get"_L1)
            reply(message, {QVariant::fromValue(
                               QDBusVariant(properties(message.path()).value(arguments.value(1).toString())))});
        else if (method == "GetAll"_L1)
            reply(message, {properties(message.path())});
        else
            bus.send(message.createErrorReply(QDBusError::UnknownMethod, method));
        return true;
    }

    static QDBusConnection connectToBus()
    {
        static int count = 0;
        return QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"stand-in %1"_s.arg(++count));
    }

    QDBusConnection bus = connectToBus();
    bool hasDatabase = true;
    bool isLocked = false;
    /// The second database, which may be the one that is shown.
    bool hasOther = false;
    bool isOtherLocked = false;
    bool isOtherDefault = false;
    /// Gives an entry out only after a question.
    bool confirmsAccess = false;
    /// The first question of every look gets no answer.
    bool isDeaf = false;
    QStringList calls;
    int prompts = 0;
    bool promptOpen = false;
    QList<QDBusMessage> waitingSearches;
    struct Entry {
        Texts attributes;
        QByteArray secret;
        QString contentType;
    };
    QMap<QString, Entry> entries;

private:
    void reply(const QDBusMessage &message, const QVariantList &values) { bus.send(message.createReply(values)); }

    QVariantMap properties(const QString &path) const
    {
        if (path == root)
            return {{u"Collections"_s, QVariant::fromValue(collections())}};
        if (entries.contains(path))
            return {{u"Locked"_s, !isOpen(path) || confirmsAccess}, {u"Label"_s, QString()}};
        // A locked database tells nothing of its entries.
        Paths items;
        for (auto entry = entries.cbegin(); entry != entries.cend(); ++entry) {
            if (isOpen(path) && entry.key().startsWith(path))
                items.append(QDBusObjectPath(entry.key()));
        }
        return {{u"Locked"_s, !isOpen(path)}, {u"Label"_s, u"Passwords"_s}, {u"Items"_s, QVariant::fromValue(items)}};
    }

    QString defaultPath() const { return isOtherDefault ? otherCollection : hasDatabase ? collection : u"/"_s; }
    Paths collections() const
    {
        Paths all;
        if (hasDatabase)
            all.append(QDBusObjectPath(collection));
        if (hasOther)
            all.append(QDBusObjectPath(otherCollection));
        return all;
    }
    /// A database, or where an entry lies.
    bool isOpen(const QString &path) const
    {
        return path.startsWith(otherCollection) ? hasOther && !isOtherLocked : hasDatabase && !isLocked;
    }
    bool isAnyOpen() const { return isOpen(collection) || isOpen(otherCollection); }

    void dismissPrompt(const QDBusMessage &message)
    {
        reply(message, {});
        complete(true);
    }

    void openSession(const QDBusMessage &message)
    {
        if (message.arguments().value(0).toString() != "plain"_L1)
            bus.send(message.createErrorReply(QDBusError::NotSupported, u"plain only"_s));
        else
            reply(message, {QVariant::fromValue(QDBusVariant(QString())),
                            QVariant::fromValue(QDBusObjectPath(root + u"/session/1"_s))});
    }

    void search(const QDBusMessage &message)
    {
        waitingSearches.append(message);
        if (isAnyOpen())
            answerSearches();
        else
            ++prompts;
    }

    void answerSearches()
    {
        for (const QDBusMessage &message : std::exchange(waitingSearches, {})) {
            const auto wanted = qdbus_cast<Texts>(message.arguments().value(0));
            Paths found;
            for (auto entry = entries.cbegin(); entry != entries.cend(); ++entry) {
                const bool matches = std::all_of(wanted.keyValueBegin(), wanted.keyValueEnd(), [&](const auto &each) {
                    return entry->attributes.value(each.first) == each.second;
                });
                if (matches && isOpen(entry.key()))
                    found.append(QDBusObjectPath(entry.key()));
            }
            reply(message, {QVariant::fromValue(confirmsAccess ? Paths() : found),
                            QVariant::fromValue(confirmsAccess ? found : Paths())});
        }
    }

    void unlock(const QDBusMessage &message)
    {
        const auto objects = qdbus_cast<Paths>(message.arguments().value(0));
        const bool asks = confirmsAccess || std::any_of(objects.cbegin(), objects.cend(), [this](const auto &object) {
                              return !isOpen(object.path());
                          });
        m_wanted = objects;
        reply(message, {QVariant::fromValue(asks ? Paths() : objects),
                        QVariant::fromValue(QDBusObjectPath(asks ? promptPath : u"/"_s))});
    }

    void showPrompt(const QDBusMessage &message)
    {
        ++prompts;
        promptOpen = true;
        reply(message, {});
    }

    void giveSecrets(const QDBusMessage &message)
    {
        SecretsOnBus secrets;
        const auto paths = qdbus_cast<Paths>(message.arguments().value(0));
        for (const QDBusObjectPath &path : paths) {
            const Entry entry = entries.value(path.path());
            secrets.insert(
                path, {message.arguments().value(1).value<QDBusObjectPath>(), {}, entry.secret, entry.contentType});
        }
        reply(message, {QVariant::fromValue(secrets)});
    }

    void createItem(const QDBusMessage &message)
    {
        // What libsecret calls by its alias.
        const QString place = message.path().startsWith(root + u"/aliases/"_s) ? defaultPath() : message.path();
        if (!isOpen(place)) {
            bus.send(message.createErrorReply(u"org.freedesktop.Secret.Error.IsLocked"_s, u"locked"_s));
            return;
        }
        const auto members = qdbus_cast<QVariantMap>(message.arguments().value(0));
        const auto secret = qdbus_cast<SecretOnBus>(message.arguments().value(1));
        const auto attributes = qdbus_cast<Texts>(members.value(u"org.freedesktop.Secret.Item.Attributes"_s));
        const QString path =
            message.path() + u'/' + QString::fromLatin1(attributes.value(u"user"_s).toUtf8().toHex());
        entries.insert(path, {attributes, secret.value, secret.contentType});
        reply(message, {QVariant::fromValue(QDBusObjectPath(path)), QVariant::fromValue(QDBusObjectPath(u"/"_s))});
    }

    /// What the open question is about.
    Paths m_wanted;

    void deleteItem(const QDBusMessage &message)
    {
        entries.remove(message.path());
        reply(message, {QVariant::fromValue(QDBusObjectPath(u"/"_s))});
    }
};

} // namespace

/// Before the user asks for it nothing prompts; afterwards a person has all the time there is.
class TestSecretService : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<SecretServiceStandIn> m_service;
    KeychainStore m_store;
    QString m_end;
    bool m_wasAsked = false;

    void read()
    {
        m_end.clear();
        m_store.read(u"p"_s, this, [this](const std::optional<Credentials> &found, const KeychainError &error) {
            m_wasAsked = error.wasAsked;
            m_end = found ? QString::fromUtf8(found->key()) : wordsOf(error);
        });
    }
    QString readQuietly()
    {
        m_end.clear();
        m_store.readQuietly(u"p"_s, this,
                            [this](const std::optional<Credentials> &found, const KeychainError &error) {
                                m_end = found ? QString::fromUtf8(found->key()) : wordsOf(error);
                            });
        return waitFor([this] { return !m_end.isEmpty(); }) ? m_end : u"no answer"_s;
    }
    void write(const QString &key)
    {
        m_end.clear();
        m_store.write(u"p"_s, Credentials(key, u"secret"_s), this,
                      [this](const std::optional<KeychainError> &error) { m_end = wordsOf(error); });
    }
    void remove()
    {
        m_end.clear();
        m_store.remove(u"p"_s, this, [this](const std::optional<KeychainError> &error) { m_end = wordsOf(error); });
    }
    int asked() const
    {
        return int(m_service->calls.count(u"SearchItems"_s) + m_service->calls.count(u"Unlock"_s) +
                   m_service->calls.count(u"Prompt"_s));
    }
    void close(bool database)
    {
        m_service->hasDatabase = database;
        m_service->isLocked = true;
        m_service->prompts = 0;
        m_service->calls.clear();
    }
    static void ways()
    {
        QTest::addColumn<bool>("database");
        QTest::newRow("locked") << true;
        QTest::newRow("no database") << false;
    }

private slots:
    void initTestCase()
    {
        m_service = std::make_unique<SecretServiceStandIn>();
        QVERIFY(m_service->appear());
    }

    void init()
    {
        m_service->openSilently();
        m_service->promptOpen = false;
        m_service->confirmsAccess = false;
        m_service->hasOther = false;
        m_service->isOtherDefault = false;
        m_service->entries.clear();
        m_wasAsked = false;
        write(u"key"_s);
        QTRY_COMPARE(m_end, u"done"_s);
        QCOMPARE(m_service->entries.size(), 1);
        QCOMPARE(readQuietly(), u"key"_s);
    }

    void nothingPromptsBeforeItIsAskedFor_data() { ways(); }
    void nothingPromptsBeforeItIsAskedFor()
    {
        QFETCH(const bool, database);
        close(database);
        std::optional<CredentialStore::State> state;
        m_store.queryState(this, [&](CredentialStore::State seen, const QString &) { state = seen; });
        QTRY_VERIFY(state);
        QVERIFY(state == CredentialStore::State::Locked);
        QCOMPARE(readQuietly(), u"locked"_s);
        QCOMPARE(m_service->prompts, 0);
        QCOMPARE(asked(), 0);
    }

    void anEntryThatIsOnlyGivenOutAfterAQuestionIsLocked()
    {
        m_service->confirmsAccess = true;
        m_service->prompts = 0;
        QCOMPARE(readQuietly(), u"locked"_s);
        QCOMPARE(m_service->prompts, 0);
        read();
        QTRY_VERIFY(m_service->isPrompting());
        m_service->open();
        QTRY_COMPARE(m_end, u"key"_s);
    }

    void aPersonHasAllTheTime_data() { ways(); }
    void aPersonHasAllTheTime()
    {
        QFETCH(const bool, database);
        close(database);
        read();
        QTRY_VERIFY(m_service->isPrompting());
        // A look that nobody answers ends by its own limit: that was longer than any program's answer may take.
        m_service->isDeaf = true;
        std::optional<SecretServiceLook> look;
        lookAtSecretService(u"other"_s, u"p"_s, this, [&](const SecretServiceLook &seen) { look = seen; });
        QTRY_VERIFY(look);
        m_service->isDeaf = false;
        QCOMPARE(look->reach, SecretServiceLook::Reach::NoAnswer);
        QCOMPARE(m_end, QString());
        m_service->open();
        QTRY_COMPARE(m_end, u"key"_s);
        QCOMPARE(m_service->prompts, 1);
    }

    void dismissedIsLocked_data() { ways(); }
    void dismissedIsLocked()
    {
        QFETCH(const bool, database);
        close(database);
        read();
        QTRY_VERIFY(m_service->isPrompting());
        m_service->dismiss();
        QTRY_COMPARE(m_end, u"locked"_s);
        QVERIFY(m_wasAsked);
        QCOMPARE(m_service->prompts, 1);
        // And again, when it is asked for again.
        read();
        QTRY_VERIFY(m_service->isPrompting());
        m_service->open();
        QTRY_COMPARE(m_end, u"key"_s);
    }

    void openedByOtherMeansGoesOn()
    {
        close(true);
        read();
        QTRY_VERIFY(m_service->isPrompting());
        m_service->openSilently();
        QTRY_COMPARE(m_end, u"key"_s);
        m_service->dismiss();
    }

    void savingWaitsForAPersonToo_data() { ways(); }
    void savingWaitsForAPersonToo()
    {
        QFETCH(const bool, database);
        close(database);
        write(u"other"_s);
        QTRY_VERIFY(m_service->isPrompting());
        m_service->dismiss();
        QTRY_COMPARE(m_end, u"locked"_s);
        QCOMPARE(m_service->prompts, 1);
        write(u"another"_s);
        QTRY_VERIFY(m_service->isPrompting());
        m_service->open();
        QTRY_COMPARE(m_end, u"done"_s);
        QCOMPARE(readQuietly(), u"another"_s);
    }

    void forgettingRemovesOrSaysThatItCouldNotAsk_data() { ways(); }
    void forgettingRemovesOrSaysThatItCouldNotAsk()
    {
        QFETCH(const bool, database);
        close(database);
        remove();
        QTRY_VERIFY(m_service->isPrompting());
        m_service->dismiss();
        QTRY_COMPARE(m_end, u"locked"_s);
        QCOMPARE(m_service->entries.size(), 1);
        remove();
        QTRY_VERIFY(m_service->isPrompting());
        m_service->open();
        QTRY_COMPARE(m_end, u"done"_s);
        QCOMPARE(m_service->entries.size(), 0);
    }

    void aServiceThatGoesMeanwhileIsTold()
    {
        close(true);
        read();
        QTRY_VERIFY(m_service->isPrompting());
        QVERIFY(m_service->vanish());
        QTRY_COMPARE(m_end, u"no keychain"_s);
        QVERIFY(m_service->appear());
    }

    void aServiceThatIsStartedAnewDoesNoHarm()
    {
        QVERIFY(m_service->vanish() && m_service->comeBack());
        QCOMPARE(readQuietly(), u"key"_s);
        QVERIFY(m_service->vanish() && m_service->comeBack());
        write(u"other"_s);
        QTRY_COMPARE(m_end, u"done"_s);
        QCOMPARE(readQuietly(), u"other"_s);
    }

    void startedAnewAfterAQuestionOfAccess_data()
    {
        QTest::addColumn<bool>("isAnswered");
        QTest::addColumn<bool>("isWaitedFor");
        QTest::newRow("refused") << true << true;
        QTest::newRow("left open") << false << true;
        QTest::newRow("left open, and nobody waits") << false << false;
    }

    void startedAnewAfterAQuestionOfAccess()
    {
        QFETCH(const bool, isAnswered);
        QFETCH(const bool, isWaitedFor);
        m_service->confirmsAccess = true;
        auto reader = std::make_unique<QObject>();
        QString end;
        m_store.read(u"p"_s, reader.get(), [&end](const std::optional<Credentials> &, const KeychainError &error) {
            end = wordsOf(error);
        });
        QTRY_VERIFY(m_service->isPrompting());
        if (!isWaitedFor)
            reader.reset();
        if (isAnswered) {
            m_service->dismiss();
            QTRY_COMPARE(end, u"denied"_s);
        }
        QVERIFY(m_service->die());
        m_service->confirmsAccess = false;
        if (isWaitedFor && !isAnswered)
            QTRY_COMPARE(end, u"no keychain"_s);
        QVERIFY(m_service->comeBack());
        QCOMPARE(readQuietly(), u"key"_s);
    }

    void refusedAccessIsNotLocked()
    {
        m_service->confirmsAccess = true;
        read();
        QTRY_VERIFY(m_service->isPrompting());
        m_service->dismiss();
        QTRY_COMPARE(m_end, u"denied"_s);
    }

    void keysInALockedDatabaseBesideAnOpenOne()
    {
        m_service->hasOther = true;
        m_service->isOtherDefault = true;
        m_service->isLocked = true;
        m_service->prompts = 0;
        QCOMPARE(readQuietly(), u"locked"_s);
        QCOMPARE(m_service->prompts, 0);
        remove();
        QTRY_VERIFY(m_service->isPrompting());
        m_service->dismiss();
        QTRY_COMPARE(m_end, u"locked"_s);
        QCOMPARE(m_service->entries.size(), 1);
        read();
        QTRY_VERIFY(m_service->isPrompting());
        m_service->open();
        QTRY_COMPARE(m_end, u"key"_s);
        remove();
        QTRY_COMPARE(m_end, u"done"_s);
        QCOMPARE(m_service->entries.size(), 0);
    }

    void keysInAnOpenDatabaseBesideALockedOne()
    {
        m_service->hasOther = true;
        m_service->isOtherDefault = true;
        m_service->isOtherLocked = true;
        m_service->prompts = 0;
        std::optional<CredentialStore::State> state;
        m_store.queryState(this, [&](CredentialStore::State seen, const QString &) { state = seen; });
        QTRY_VERIFY(state);
        QVERIFY(state == CredentialStore::State::Ready);
        QCOMPARE(readQuietly(), u"key"_s);
        read();
        QTRY_COMPARE(m_end, u"key"_s);
        QCOMPARE(m_service->prompts, 0);
        // Storing goes into the locked one.
        write(u"other"_s);
        QTRY_VERIFY(m_service->isPrompting());
        m_service->dismiss();
        QTRY_COMPARE(m_end, u"locked"_s);
        QCOMPARE(readQuietly(), u"key"_s);
        remove();
        QTRY_COMPARE(m_end, u"done"_s);
        QCOMPARE(m_service->entries.size(), 0);
    }

    void twoLockedDatabasesAreAskedForOneByOne()
    {
        m_service->hasOther = true;
        m_service->isOtherDefault = true;
        m_service->isOtherLocked = true;
        m_service->isLocked = true;
        m_service->calls.clear();
        read();
        QTRY_VERIFY(m_service->isPrompting());
        QCOMPARE(m_service->wanted(), QStringList{otherCollection});
        m_service->isOtherLocked = false;
        m_service->complete(false);
        // The keys are in the other one.
        QTRY_VERIFY(m_service->isPrompting());
        QCOMPARE(m_service->wanted(), QStringList{collection});
        m_service->dismiss();
        QTRY_COMPARE(m_end, u"locked"_s);
        QVERIFY(m_wasAsked);
        read();
        QTRY_VERIFY(m_service->isPrompting());
        m_service->open();
        QTRY_COMPARE(m_end, u"key"_s);
    }

    void whatIsReplacedIsNowhereElse()
    {
        m_service->hasOther = true;
        m_service->isOtherDefault = true;
        write(u"other"_s);
        QTRY_COMPARE(m_end, u"done"_s);
        QCOMPARE(m_service->entries.size(), 1);
        QCOMPARE(readQuietly(), u"other"_s);
    }

    void notWantedAnyMoreIsNotStored()
    {
        close(true);
        bool isWanted = true;
        m_store.write(
            u"p"_s, Credentials(u"other"_s, u"secret"_s), [&isWanted] { return isWanted; }, this,
            [this](const std::optional<KeychainError> &error) { m_end = wordsOf(error); });
        m_end.clear();
        QTRY_VERIFY(m_service->isPrompting());
        isWanted = false;
        m_service->open();
        QTRY_COMPARE(m_end, u"locked"_s);
        QCOMPARE(readQuietly(), u"key"_s);
    }

    void whoWaitsNoMoreTakesTheQuestionBack()
    {
        close(true);
        auto waiting = std::make_unique<QObject>();
        m_end.clear();
        m_store.read(u"p"_s, waiting.get(), [this](const auto &, const auto &) { m_end = u"told"_s; });
        QTRY_VERIFY(m_service->isPrompting());
        waiting.reset();
        QTRY_VERIFY(!m_service->isPrompting());
        QVERIFY(m_service->calls.contains(u"Dismiss"_s));
        m_service->openSilently();
        QCOMPARE(readQuietly(), u"key"_s);
    }
};

QTEST_GUILESS_MAIN(TestSecretService)
#include "tst_secretservice.moc"
