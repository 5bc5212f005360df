// Runs inside with-keyring where there is no keychain: no service on the bus, or no bus at all.
#include "local/keychainstore.h"
#include "tests/support/waiting.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestNoKeychain : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void looksReachWhatIsThere();
    void stateIsNoKeychain();
    void everyCallSaysNoKeychain();
    void decisions_data();
    void decisions();

private:
    bool m_withBus = false;
};

void TestNoKeychain::initTestCase()
{
    const QString mode = qEnvironmentVariable("COUNTERMAND_KEYCHAIN_MODE");
    QVERIFY2(mode == u"noservice"_s || mode == u"nobus"_s, qPrintable(mode));
    m_withBus = mode == u"noservice"_s;
    QCOMPARE(qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS"), m_withBus);
}

void TestNoKeychain::looksReachWhatIsThere()
{
    std::optional<SecretServiceLook> look;
    lookAtSecretService(u"service"_s, u"key"_s, this, [&](const SecretServiceLook &seen) { look = seen; });
    QVERIFY(!look);
    QTRY_VERIFY(look);
    QVERIFY(look->reach == (m_withBus ? SecretServiceLook::Reach::NoService : SecretServiceLook::Reach::NoBus));
}

void TestNoKeychain::stateIsNoKeychain()
{
    KeychainStore store;
    std::optional<CredentialStore::State> state;
    store.queryState(this, [&](CredentialStore::State seen, const QString &) { state = seen; });
    QVERIFY(!state);
    QTRY_VERIFY(state);
    QVERIFY(*state == CredentialStore::State::NoKeychain);
}

void TestNoKeychain::everyCallSaysNoKeychain()
{
    KeychainStore store;
    QList<KeychainProblem> problems;
    store.read(u"p"_s, this, [&](const std::optional<Credentials> &credentials, const KeychainError &error) {
        QVERIFY(!credentials);
        problems.append(error.problem);
    });
    const auto note = [&](const std::optional<KeychainError> &error) {
        QVERIFY(error);
        problems.append(error->problem);
    };
    store.write(u"p"_s, Credentials(u"k"_s, u"s"_s), this, note);
    store.remove(u"p"_s, this, note);
    QVERIFY(problems.isEmpty());
    QTRY_COMPARE(problems.size(), 3);
    for (const KeychainProblem problem : std::as_const(problems))
        QVERIFY(problem == KeychainProblem::NoKeychain);
    // Nothing was written in plain text instead.
    const QDir home(QDir::homePath());
    QVERIFY(home.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).isEmpty());
}

void TestNoKeychain::decisions_data()
{
    using Reach = SecretServiceLook::Reach;
    QTest::addColumn<int>("reach");
    QTest::addColumn<bool>("locked");
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("problem");
    const int none = -1;
    const auto add = [](const char *name, Reach reach, bool locked, CredentialStore::State state, int problem) {
        QTest::newRow(name) << int(reach) << locked << int(state) << problem;
    };
    using State = CredentialStore::State;
    add("not asked", Reach::NotAsked, false, State::Ready, none);
    add("no bus", Reach::NoBus, false, State::NoKeychain, int(KeychainProblem::NoKeychain));
    add("no service", Reach::NoService, false, State::NoKeychain, int(KeychainProblem::NoKeychain));
    add("no answer", Reach::NoAnswer, false, State::Ready, int(KeychainProblem::Other));
    add("KWallet", Reach::OtherWallet, false, State::Ready, none);
    add("open", Reach::Reached, false, State::Ready, none);
    add("locked", Reach::Reached, true, State::Locked, none);
}

void TestNoKeychain::decisions()
{
    QFETCH(const int, reach);
    QFETCH(const bool, locked);
    QFETCH(const int, state);
    QFETCH(const int, problem);
    SecretServiceLook look;
    look.reach = SecretServiceLook::Reach(reach);
    look.locked = locked;
    look.anyOpen = !locked;
    QCOMPARE(int(KeychainStore::stateOf(look)), state);
    const auto error = KeychainStore::errorAhead(look);
    QCOMPARE(error ? int(error->problem) : -1, problem);
}

QTEST_GUILESS_MAIN(TestNoKeychain)
#include "tst_nokeychain.moc"
