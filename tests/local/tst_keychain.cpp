// Runs inside with-keyring: a real session bus and a real gnome-keyring-daemon. Fails where they are missing.
#include "domain/wipe.h"
#include "local/keychainstore.h"
#include "tests/support/keychainwords.h"
#include "tests/support/memoryscan.h"
#include "tests/support/waiting.h"

#include <QProcess>
#include <QtTest>

#include <array>
#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestKeychain : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void readyWhenUnlocked();
    void missingEntryIsNoEntry();
    void writesReadsAndOverwrites();
    void keepsOddTexts();
    void checkedLikeATypedOne();
    void leavesNothingInMemory_data();
    void leavesNothingInMemory();
    void profilesAreApart();
    void storedInTheAgreedForm();
    void unreadableEntryIsToldApart();
    void removesAndProves();
    void silentWhenTheContextDied();
    void answersWhenTheStoreDied();
    void lockedIsNeverNoEntry();
    void lockedAndEmptyIsNotNoEntryEither();
    void serviceThatDied();
};

namespace {

struct ReadAnswer {
    bool arrived = false;
    std::optional<Credentials> credentials;
    KeychainError error;
};

ReadAnswer readOf(const QString &id)
{
    KeychainStore store;
    QObject context;
    ReadAnswer answer;
    int calls = 0;
    store.read(id, &context, [&](const std::optional<Credentials> &credentials, const KeychainError &error) {
        answer = {true, credentials, error};
        ++calls;
    });
    if (calls != 0 || !waitFor([&] { return calls > 0; }) || calls != 1)
        answer.arrived = false;
    return answer;
}

QString wordsOf(bool arrived, const std::optional<KeychainError> &error)
{
    return arrived ? wordsOf(error) : u"no answer"_s;
}

QString wordsOf(const ReadAnswer &answer)
{
    return answer.credentials ? u"read"_s : wordsOf(answer.arrived, answer.error);
}

template <typename Call>
QString endOf(Call call)
{
    QObject context;
    int calls = 0;
    std::optional<KeychainError> error;
    call(&context, [&](const std::optional<KeychainError> &seen) {
        error = seen;
        ++calls;
    });
    const bool later = calls == 0;
    const bool arrived = waitFor([&] { return calls > 0; });
    return wordsOf(later && arrived && calls == 1, error);
}

QString writtenAs(const QString &id, const Credentials &credentials)
{
    KeychainStore store;
    return endOf([&](QObject *context, const CredentialStore::DoneHandler &handler) {
        store.write(id, credentials, context, handler);
    });
}

QString written(const QString &id, const QString &key, const QString &secret)
{
    return writtenAs(id, Credentials(key, secret));
}

QString removed(const QString &id)
{
    KeychainStore store;
    return endOf(
        [&](QObject *context, const CredentialStore::DoneHandler &handler) { store.remove(id, context, handler); });
}

std::optional<CredentialStore::State> stateNow()
{
    KeychainStore store;
    QObject context;
    std::optional<CredentialStore::State> state;
    store.queryState(&context, [&](CredentialStore::State seen, const QString &) { state = seen; });
    if (!waitFor([&] { return state.has_value(); }))
        return {};
    return state;
}

/// Runs a program of the system; its output, or nothing if it failed.
std::optional<QByteArray> outputOf(const QString &program, const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(patience) || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return {};
    return process.readAllStandardOutput();
}

const QStringList secretsService{u"call"_s,          u"--session"_s,
                                 u"--dest"_s,        u"org.freedesktop.secrets"_s,
                                 u"--object-path"_s, u"/org/freedesktop/secrets"_s,
                                 u"--method"_s};

bool lockNow()
{
    return outputOf(u"gdbus"_s, secretsService + QStringList{u"org.freedesktop.Secret.Service.Lock"_s,
                                                             u"['/org/freedesktop/secrets/collection/login']"_s})
        .has_value();
}

std::optional<QByteArray> daemonId()
{
    const auto output =
        outputOf(u"gdbus"_s, {u"call"_s, u"--session"_s, u"--dest"_s, u"org.freedesktop.DBus"_s, u"--object-path"_s,
                              u"/org/freedesktop/DBus"_s, u"--method"_s,
                              u"org.freedesktop.DBus.GetConnectionUnixProcessID"_s, u"org.freedesktop.secrets"_s});
    if (!output)
        return {};
    const auto match = QRegularExpression(u"uint32 (\\d+)"_s).match(QString::fromUtf8(*output));
    return match.hasMatch() ? std::optional(match.captured(1).toUtf8()) : std::nullopt;
}

/// A second --unlock does not unlock again: only a new daemon on the same files does.
bool unlockAgain()
{
    if (const auto id = daemonId()) {
        if (!outputOf(u"kill"_s, {QString::fromUtf8(*id)}))
            return false;
        // Its name on the bus goes with it.
        if (!waitFor([&] { return daemonId() != id; }))
            return false;
    }
    return outputOf(u"gnome-keyring-daemon"_s, {u"--unlock"_s, u"--components=secrets"_s}, "test-password")
               .has_value() &&
           waitFor([] { return stateNow() == CredentialStore::State::Ready; });
}

} // namespace

void TestKeychain::initTestCase()
{
    QCOMPARE(qEnvironmentVariable("COUNTERMAND_KEYCHAIN_MODE"), u"unlocked"_s);
}

void TestKeychain::readyWhenUnlocked()
{
    QVERIFY(stateNow() == CredentialStore::State::Ready);
}

void TestKeychain::missingEntryIsNoEntry()
{
    QCOMPARE(wordsOf(readOf(u"missing"_s)), u"no entry"_s);
}

void TestKeychain::writesReadsAndOverwrites()
{
    QCOMPARE(written(u"p1"_s, u"key-one"_s, u"secret-one"_s), u"done"_s);
    const auto first = readOf(u"p1"_s);
    QCOMPARE(wordsOf(first), u"read"_s);
    QVERIFY(first.credentials == Credentials(u"key-one"_s, u"secret-one"_s));
    QCOMPARE(written(u"p1"_s, u"key-two"_s, u"secret-two"_s), u"done"_s);
    QVERIFY(readOf(u"p1"_s).credentials == Credentials(u"key-two"_s, u"secret-two"_s));
}

void TestKeychain::keepsOddTexts()
{
    const Credentials odd(u"k\"\\{}/\\u0041"_s, u"s'\"~"_s + QString(1000, u'x'));
    QCOMPARE(written(u"odd"_s, QString::fromUtf8(odd.key()), QString::fromUtf8(odd.secret())), u"done"_s);
    QVERIFY(readOf(u"odd"_s).credentials == odd);
}

void TestKeychain::checkedLikeATypedOne()
{
    QCOMPARE(written(u"evil"_s, u"K\r\nX-Evil: 1"_s, u"S"_s), u"done"_s);
    QCOMPARE(wordsOf(readOf(u"evil"_s)), u"bad entry: The stored entry contains characters that keys don't have."_s);
    QCOMPARE(removed(u"evil"_s), u"done"_s);
}

void TestKeychain::leavesNothingInMemory_data()
{
    QTest::addColumn<bool>("isFull");
    QTest::newRow("freed rooms are given out again") << false;
    // A heap does so only while it keeps fewer than a handful of a size.
    QTest::newRow("there are enough of each size") << true;
}

void TestKeychain::leavesNothingInMemory()
{
#ifdef __SANITIZE_ADDRESS__
    QSKIP("The sanitizer keeps what libsecret has freed");
#endif
    QFETCH(const bool, isFull);
    QTimer filling;
    connect(&filling, &QTimer::timeout, this, [] {
        constexpr qsizetype largest = 1100;
        for (qsizetype size = 8; size < largest; size += 16) {
            std::array<QByteArray, 16> rooms;
            for (QByteArray &room : rooms)
                room = QByteArray(size, Qt::Uninitialized);
        }
    });
    if (isFull)
        filling.start(0);
    QByteArray secret = madeSecret(11);
    MemoryScan scan(secret);
    std::optional<Credentials> credentials(Credentials::fromUtf8("key", secret));
    wipe(secret);
    QCOMPARE(writtenAs(u"scan"_s, *credentials), u"done"_s);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCOMPARE(scan.copies(), 1);
    credentials.reset();
    QCOMPARE(scan.copies(), 0);
    ReadAnswer answer = readOf(u"scan"_s);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(answer.credentials);
    QCOMPARE(scan.copies(), 1);
    answer.credentials.reset();
    QCOMPARE(scan.copies(), 0);
    QCOMPARE(removed(u"scan"_s), u"done"_s);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCOMPARE(scan.copies(), 0);
}

void TestKeychain::profilesAreApart()
{
    QCOMPARE(written(u"p1"_s, u"k1"_s, u"s1"_s), u"done"_s);
    QCOMPARE(written(u"p2"_s, u"k2"_s, u"s2"_s), u"done"_s);
    QVERIFY(readOf(u"p1"_s).credentials == Credentials(u"k1"_s, u"s1"_s));
    QVERIFY(readOf(u"p2"_s).credentials == Credentials(u"k2"_s, u"s2"_s));
    QCOMPARE(removed(u"p2"_s), u"done"_s);
    QVERIFY(readOf(u"p1"_s).credentials == Credentials(u"k1"_s, u"s1"_s));
}

void TestKeychain::storedInTheAgreedForm()
{
    QCOMPARE(written(u"form"_s, u"K"_s, u"S"_s), u"done"_s);
    const auto found =
        outputOf(u"gdbus"_s, secretsService + QStringList{u"org.freedesktop.Secret.Service.SearchItems"_s,
                                                          u"{'user': 'countermand/form', 'server': "
                                                          "'io.github.countermand.Countermand'}"_s});
    QVERIFY(found);
    QVERIFY2(found->contains("/collection/login/"), found->constData());
}

void TestKeychain::unreadableEntryIsToldApart()
{
    // What another program may have put under our name.
    QCOMPARE(written(u"bad"_s, QString(), QString()), u"done"_s);
    QCOMPARE(wordsOf(readOf(u"bad"_s)), u"bad entry: The stored entry can't be read."_s);
    QCOMPARE(removed(u"bad"_s), u"done"_s);
    QCOMPARE(wordsOf(readOf(u"bad"_s)), u"no entry"_s);
}

void TestKeychain::removesAndProves()
{
    QCOMPARE(written(u"gone"_s, u"k"_s, u"s"_s), u"done"_s);
    QCOMPARE(removed(u"gone"_s), u"done"_s);
    QCOMPARE(wordsOf(readOf(u"gone"_s)), u"no entry"_s);
    QCOMPARE(removed(u"gone"_s), u"done"_s);
}

void TestKeychain::silentWhenTheContextDied()
{
    QCOMPARE(written(u"late"_s, u"k"_s, u"s"_s), u"done"_s);
    int calls = 0;
    KeychainStore store;
    for (int i = 0; i < 4; ++i) {
        // Dies at once, or somewhere on the way.
        auto context = std::make_unique<QObject>();
        store.read(u"late"_s, context.get(), [&](const auto &, const auto &) { ++calls; });
        store.write(u"late"_s, Credentials(u"k"_s, u"s"_s), context.get(), [&](const auto &) { ++calls; });
        for (int step = 0; step < i; ++step)
            QCoreApplication::processEvents();
        const int before = calls;
        context.reset();
        QCOMPARE(wordsOf(readOf(u"late"_s)), u"read"_s);
        QCOMPARE(calls, before);
    }
}

void TestKeychain::answersWhenTheStoreDied()
{
    QCOMPARE(written(u"p3"_s, u"k"_s, u"s"_s), u"done"_s);
    int calls = 0;
    {
        KeychainStore store;
        store.read(u"p3"_s, this, [&](const std::optional<Credentials> &credentials, const auto &) {
            calls += credentials ? 1 : 100;
        });
    }
    QTRY_COMPARE(calls, 1);
}

void TestKeychain::lockedIsNeverNoEntry()
{
    QCOMPARE(written(u"locked"_s, u"k"_s, u"s"_s), u"done"_s);
    QVERIFY(lockNow());
    QVERIFY(stateNow() == CredentialStore::State::Locked);
    QCOMPARE(wordsOf(readOf(u"locked"_s)), u"locked"_s);
    QCOMPARE(removed(u"locked"_s), u"locked"_s);
    QCOMPARE(written(u"locked"_s, u"k2"_s, u"s2"_s), u"locked"_s);
    QVERIFY(stateNow() == CredentialStore::State::Locked);
    QVERIFY(unlockAgain());
    QVERIFY(readOf(u"locked"_s).credentials == Credentials(u"k"_s, u"s"_s));
    QCOMPARE(removed(u"locked"_s), u"done"_s);
}

void TestKeychain::lockedAndEmptyIsNotNoEntryEither()
{
    QVERIFY(lockNow());
    QCOMPARE(wordsOf(readOf(u"never stored"_s)), u"locked"_s);
    QVERIFY(unlockAgain());
    QCOMPARE(wordsOf(readOf(u"never stored"_s)), u"no entry"_s);
}

void TestKeychain::serviceThatDied()
{
    QCOMPARE(written(u"after"_s, u"k"_s, u"s"_s), u"done"_s);
    const auto id = daemonId();
    QVERIFY(id);
    QVERIFY(outputOf(u"kill"_s, {u"-9"_s, QString::fromUtf8(*id)}));
    QVERIFY(waitFor([&] { return daemonId() != id; }));
    // The bus may start it anew, then locked; whatever it is, it is not "no entry".
    const QString answer = wordsOf(readOf(u"after"_s));
    QVERIFY2(answer != u"no entry"_s && answer != u"no answer"_s, qPrintable(answer));
    QVERIFY(unlockAgain());
    QVERIFY(readOf(u"after"_s).credentials == Credentials(u"k"_s, u"s"_s));
}

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_keychain.moc"
