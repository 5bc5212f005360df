#include "domain/wipe.h"
#include "local/settings.h"
#include "scriptedkeychain.h"
#include "tests/support/memoryscan.h"
#include "tests/support/waiting.h"
#include "ui/account/accountdialog.h"
#include "ui/account/secretedit.h"
#include "ui/look/noticebox.h"
#include "ui/program/accountflow.h"
#include "workflow/session.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <utility>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

/// Of the right length, and nobody's.
const QString exampleKey = u"0123456789abcdef0123456789abcdef"_s;
const QString exampleSecret = u"fedcba9876543210fedcba9876543210fedcba98"_s;

} // namespace

/// Accounts and keys on a keychain that is scripted, and at first isn't there. With a real one: tst_keychain and the
/// desktop tests.
class TestAccountFlow : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void withoutAKeychainItIsToldSo();
    void keysCanBeKeptUntilQuit();
    void testUsesWhatIsTyped();
    void renamingLeavesTheKeys();
    void namesAreTakenOnce();
    void colorsAreFreeAtFirst();
    void theLastUsedIsRemembered();
    void anOvertakenAnswerIsLetGo();
    void missingKeysAreAskedFor_data();
    void missingKeysAreAskedFor();
    void aNameBringsNoPrompt();
    void aDismissedPromptIsNotWaitedFor();
    void nothingIsReplacedThatIsNotKnown();
    void notNowUnderAPromptStoresNothing();
    void notNowStoresNothing_data();
    void notNowStoresNothing();
    void aRefusalLeavesNoCopy_data();
    void aRefusalLeavesNoCopy();
    void keysInMemoryCanBeWiped();
    void forgettingLooksInBothPlaces();
    void forgettingAsksAndTells_data();
    void forgettingAsksAndTells();
    void keptWhenNotForgotten();

private:
    template <typename T = QPushButton>
    T *part(const QString &name) const
    {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        T *found = m_window->findChild<T *>(name);
        return found && found->isVisible() ? found : nullptr;
    }
    void typeKeys() const
    {
        // By keys: what the program puts there itself counts as stored already.
        QTest::keyClicks(part<QLineEdit>(u"apiKeyEdit"_s), exampleKey);
        QTest::keyClicks(part<SecretEdit>(u"secretEdit"_s), exampleSecret);
    }
    Account makeProfile(const QString &id, const QString &name);
    /// Its keys are in memory, and it is open.
    Account openInMemory(const QString &name);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::shared_ptr<KeychainScript> m_keychain;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<AccountFlow> m_flow;
    /// Whose keys were had, and which.
    QList<std::pair<Account, Credentials>> m_ready;
    /// Whose keys could not be had, and why.
    QList<std::pair<Account, KeychainProblem>> m_missing;
    QStringList m_warned;
    std::unique_ptr<QSignalSpy> m_changed;
    QList<Credentials> m_tried;
};

void TestAccountFlow::init()
{
    m_tried.clear();
    m_ready.clear();
    m_missing.clear();
    m_warned.clear();
    m_keychain = std::make_shared<KeychainScript>();
    m_keychain->state = CredentialStore::State::NoKeychain;
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings>(m_folder->path());
    m_window = std::make_unique<QWidget>();
    m_window->show();
    m_flow = std::make_unique<AccountFlow>(
        *m_window, *m_settings, Endpoint::coinw(),
        [this](const Credentials &credentials, QObject *,
               const std::function<void(const ConnectionTest &)> &handler) {
            m_tried.append(credentials);
            ConnectionTest found;
            found.openOrders = 1;
            handler(found);
        },
        std::make_unique<ScriptedKeychain>(m_keychain));
    connect(m_flow.get(), &AccountFlow::keysReady, this,
            [this](const Account &account, const Credentials &credentials) {
                m_ready.append({account, credentials});
            });
    connect(m_flow.get(), &AccountFlow::keysStored, this,
            [this](const Account &account, const Credentials &credentials) {
                m_ready.append({account, credentials});
            });
    connect(m_flow.get(), &AccountFlow::keysMissing, this,
            [this](const Account &account, const KeychainError &error) {
                m_missing.append({account, error.problem});
            });
    connect(m_flow.get(), &AccountFlow::noticed, this,
            [this](const QString &headline, const QString &, bool warning) {
                if (warning)
                    m_warned.append(headline);
            });
    connect(m_flow.get(), &AccountFlow::forgetChosen, m_flow.get(), &AccountFlow::forget);
    m_changed = std::make_unique<QSignalSpy>(m_flow.get(), &AccountFlow::accountsChanged);
}

void TestAccountFlow::cleanup()
{
    m_flow.reset();
    m_window.reset();
    m_settings.reset();
    m_folder.reset();
}

Account TestAccountFlow::makeProfile(const QString &id, const QString &name)
{
    m_settings->saveProfile({id, name, 2, Endpoint::coinw().baseUrl.toString()});
    for (const Account &account : m_flow->accounts()) {
        if (account.id == id)
            return account;
    }
    return {};
}

Account TestAccountFlow::openInMemory(const QString &name)
{
    const Account account = makeProfile(u"id-"_s + name, name);
    m_flow->enterKeys(account, AccountFlow::KeyPlace::Memory);
    typeKeys();
    part(u"accountMemoryButton"_s)->click();
    [&] { QTRY_COMPARE(m_ready.size(), 1); }();
    m_flow->setLastUsed(account);
    return account;
}

void TestAccountFlow::withoutAKeychainItIsToldSo()
{
    const Account account = makeProfile(u"one"_s, u"Main"_s);
    QCOMPARE(account.name, u"Main"_s);
    QCOMPARE(account.environment, Environment::Live);
    QCOMPARE(account.host, u"api.coinw.com"_s);
    QCOMPARE(account.swatch, 2);
    m_flow->open(account);
    QVERIFY(m_flow->isAsking());
    QTRY_COMPARE(m_missing.size(), 1);
    QVERIFY(!m_flow->isAsking());
    QCOMPARE(m_missing.first().first.id, account.id);
    QCOMPARE(m_missing.first().second, KeychainProblem::NoKeychain);
    QVERIFY(m_ready.isEmpty());
}

void TestAccountFlow::keysCanBeKeptUntilQuit()
{
    const Account account = openInMemory(u"Main"_s);
    QCOMPARE(m_ready.first().first.id, account.id);
    QVERIFY(m_ready.first().second == Credentials(exampleKey, exampleSecret));
    QTRY_VERIFY(!part<AccountDialog>(u"accountDialog"_s));
    // They are there when the account is opened again, and nowhere on the disk.
    m_flow->open(account);
    QTRY_COMPARE(m_ready.size(), 2);
    for (const QFileInfo &info : QDir(m_folder->path()).entryInfoList(QDir::Files)) {
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(!bytes.contains(exampleKey.toUtf8()) && !bytes.contains(exampleSecret.toUtf8()));
    }
}

void TestAccountFlow::testUsesWhatIsTyped()
{
    m_flow->addAccount();
    auto *dialog = part<AccountDialog>(u"accountDialog"_s);
    QVERIFY(dialog);
    // One dialog, however often it is asked for.
    m_flow->addAccount();
    QCOMPARE(m_window->findChildren<AccountDialog *>().size(), 1);
    part<QLineEdit>(u"accountNameEdit"_s)->setText(u"Main"_s);
    typeKeys();
    part(u"testConnectionButton"_s)->click();
    QCOMPARE(m_tried.size(), 1);
    QVERIFY(m_tried.first() == Credentials(exampleKey, exampleSecret));
    QStringList lines;
    const auto *results = part<QListWidget>(u"testResultList"_s);
    for (int row = 0; row < results->count(); ++row)
        lines.append(results->item(row)->text());
    QVERIFY2(lines.contains(u"1 open order"_s), qPrintable(lines.join(u'\n')));
    QVERIFY(m_settings->profiles(Endpoint::coinw().baseUrl.toString()).isEmpty());
    QVERIFY(m_ready.isEmpty());
    // Without a keychain saving leads to the offer, and stores nothing by itself.
    part(u"accountSaveButton"_s)->click();
    QTRY_VERIFY(part(u"accountMemoryButton"_s));
    QVERIFY(m_ready.isEmpty());
}

void TestAccountFlow::renamingLeavesTheKeys()
{
    const Account account = openInMemory(u"Main"_s);
    m_changed->clear();
    QSignalSpy renamed(m_flow.get(), &AccountFlow::renamed);
    m_flow->editAccount(account, true);
    QTRY_VERIFY(part<AccountDialog>(u"accountDialog"_s));
    QCOMPARE(part<QLineEdit>(u"apiKeyEdit"_s)->text(), exampleKey);
    QVERIFY(part<SecretEdit>(u"secretEdit"_s)->secret().isEmpty());
    part<QLineEdit>(u"accountNameEdit"_s)->setText(u"Other"_s);
    part(u"accountSaveButton"_s)->click();
    QCOMPARE(m_changed->size(), 1);
    QCOMPARE(m_flow->accounts().size(), 1);
    QCOMPARE(m_flow->accounts().first().name, u"Other"_s);
    QCOMPARE(m_flow->accounts().first().id, account.id);
    // Whoever has its keys keeps them.
    QCOMPARE(renamed.size(), 1);
    QCOMPARE(renamed.first().first().value<Account>().name, u"Other"_s);
    QCOMPARE(m_ready.size(), 1);
}

void TestAccountFlow::namesAreTakenOnce()
{
    makeProfile(u"one"_s, u"Main"_s);
    m_flow->addAccount();
    part<QLineEdit>(u"accountNameEdit"_s)->setText(u"Main"_s);
    typeKeys();
    part(u"accountSaveButton"_s)->click();
    QCOMPARE(m_flow->accounts().size(), 1);
    QVERIFY(part<AccountDialog>(u"accountDialog"_s));
}

void TestAccountFlow::colorsAreFreeAtFirst()
{
    const Account main = makeProfile(u"a"_s, u"Main"_s);
    QCOMPARE(main.swatch, 2);
    m_settings->saveProfile({u"b"_s, u"Hedge"_s, 0, Endpoint::coinw().baseUrl.toString()});
    m_flow->addAccount();
    QVERIFY(part<QAbstractButton>(u"accountColor_2"_s)->isChecked());
    QVERIFY(!part<QLabel>(u"accountColorNote"_s));
    part<QAbstractButton>(u"accountColor_3"_s)->click();
    QVERIFY(part<QLabel>(u"accountColorNote"_s));
    QCOMPARE(part<QLabel>(u"accountColorNote"_s)->text(), u"“Main” has this color, too."_s);
    part<QAbstractButton>(u"accountColor_4"_s)->click();
    QVERIFY(!part<QLabel>(u"accountColorNote"_s));
    part(u"accountDismissButton"_s)->click();

    QVERIFY(!part<AccountDialog>(u"accountDialog"_s));

    // One that is there keeps its own, whatever else is asked for.
    m_flow->enterKeys(main, AccountFlow::KeyPlace::Memory);
    QVERIFY(part<QAbstractButton>(u"accountColor_3"_s)->isChecked());
    QVERIFY(!part<QLabel>(u"accountColorNote"_s));
}

void TestAccountFlow::theLastUsedIsRemembered()
{
    QVERIFY(!m_flow->lastUsed());
    const Account one = makeProfile(u"one"_s, u"Main"_s);
    const Account two = makeProfile(u"two"_s, u"Other"_s);
    QCOMPARE(m_flow->lastUsed()->id, one.id);
    m_flow->setLastUsed(two);
    QCOMPARE(m_flow->lastUsed()->id, two.id);
}

void TestAccountFlow::anOvertakenAnswerIsLetGo()
{
    m_keychain->state = CredentialStore::State::Ready;
    const Account one = makeProfile(u"one"_s, u"Main"_s);
    const Account two = makeProfile(u"two"_s, u"Other"_s);
    for (const Account &account : {one, two})
        m_keychain->entries.insert_or_assign(account.id, Credentials(exampleKey, exampleSecret));
    m_keychain->holds = true;
    m_flow->unlock(one);
    m_flow->unlock(two);
    m_keychain->release();
    QCOMPARE(m_ready.size(), 1);
    QCOMPARE(m_ready.first().first.id, two.id);

    m_keychain->holds = true;
    m_flow->unlock(one);
    m_flow->overtake();
    QVERIFY(!m_flow->isAsking());
    m_keychain->release();
    m_flow->open(one);
    m_flow->overtake();
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
    QCOMPARE(m_ready.size(), 1);
    QVERIFY(m_missing.isEmpty());
}

void TestAccountFlow::missingKeysAreAskedFor_data()
{
    QTest::addColumn<bool>("hasKeychain");
    QTest::newRow("no keychain") << false;
    QTest::newRow("no entry") << true;
}

void TestAccountFlow::missingKeysAreAskedFor()
{
    QFETCH(bool, hasKeychain);
    if (hasKeychain)
        m_keychain->state = CredentialStore::State::Ready;
    const QString button = hasKeychain ? u"accountSaveButton"_s : u"accountMemoryButton"_s;
    const Account account = makeProfile(u"one"_s, u"Main"_s);
    m_flow->editAccount(account, false);
    QTRY_VERIFY(part<AccountDialog>(u"accountDialog"_s));
    auto *key = part<QLineEdit>(u"apiKeyEdit"_s);
    auto *secret = part<SecretEdit>(u"secretEdit"_s);
    QVERIFY(key->text().isEmpty() && key->placeholderText().isEmpty() && !key->isReadOnly());
    QVERIFY(secret->secret().isEmpty() && secret->placeholderText().isEmpty() && !secret->isReadOnly());
    QCOMPARE(m_window->findChild<QWidget *>(u"accountDialog"_s)->focusWidget(), key);
    QVERIFY(part(button)->isDefault());
    QCOMPARE(part(u"accountSaveButton"_s) != nullptr, hasKeychain);
    QStringList shown;
    for (const QLabel *label : part<AccountDialog>(u"accountDialog"_s)->findChildren<QLabel *>())
        shown.append(label->text());
    QCOMPARE(shown.join(u' ').contains(u"for this session only"_s), !hasKeychain);

    // Nothing is saved without keys, and said at the field.
    part(button)->click();
    QVERIFY(part<AccountDialog>(u"accountDialog"_s));
    QCOMPARE(part<QLabel>(u"apiKeyNote"_s)->text(), u"Enter the API key."_s);
    typeKeys();
    part(button)->click();
    QTRY_COMPARE(m_ready.size(), 1);
    QCOMPARE(m_ready.first().first.id, account.id);
    QCOMPARE(m_flow->isInMemory(account.id), !hasKeychain);
    QCOMPARE(m_keychain->entries.size(), hasKeychain ? 1U : 0U);
}

void TestAccountFlow::aNameBringsNoPrompt()
{
    m_keychain->state = CredentialStore::State::Locked;
    const Account account = makeProfile(u"one"_s, u"Main"_s);
    m_keychain->holds = true;
    m_flow->editAccount(account, true);
    QTRY_VERIFY(part<AccountDialog>(u"accountDialog"_s));
    QVERIFY(m_keychain->held.empty());
    part<QLineEdit>(u"accountNameEdit"_s)->setText(u"Other"_s);
    part(u"accountSaveButton"_s)->click();
    QCOMPARE(m_flow->accounts().first().name, u"Other"_s);
    QVERIFY(m_keychain->held.empty());
}

void TestAccountFlow::aDismissedPromptIsNotWaitedFor()
{
    const Account account = makeProfile(u"one"_s, u"Main"_s);
    m_keychain->state = CredentialStore::State::Locked;
    m_keychain->wasAsked = true;
    m_flow->unlock(account);
    QTRY_COMPARE(m_missing.size(), 1);
    QCOMPARE(m_missing.first().second, KeychainProblem::Locked);
    QVERIFY(!m_flow->isAsking());
}

void TestAccountFlow::nothingIsReplacedThatIsNotKnown()
{
    m_keychain->state = CredentialStore::State::Ready;
    const Account account = makeProfile(u"one"_s, u"Main"_s);
    const Credentials old(u"old key"_s, u"old secret"_s);
    m_keychain->entries.insert_or_assign(account.id, old);
    m_flow->enterKeys(account, AccountFlow::KeyPlace::Keychain);
    typeKeys();
    m_keychain->state = CredentialStore::State::Locked;
    m_keychain->holds = true;
    part(u"accountSaveButton"_s)->click();
    QCOMPARE(m_keychain->held.size(), 1U);
    // The person dismisses the prompt; a second one would be answered.
    m_keychain->release();
    m_keychain->state = CredentialStore::State::Ready;
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
    QVERIFY(m_keychain->entries.at(account.id) == old);
    QVERIFY(part<AccountDialog>(u"accountDialog"_s));
    QVERIFY(m_ready.isEmpty());
}

void TestAccountFlow::notNowUnderAPromptStoresNothing()
{
    m_keychain->state = CredentialStore::State::Ready;
    m_keychain->holds = true;
    m_keychain->isPrompt = true;
    m_flow->addAccount();
    part<QLineEdit>(u"accountNameEdit"_s)->setText(u"Main"_s);
    typeKeys();
    part(u"accountSaveButton"_s)->click();
    QCOMPARE(m_keychain->held.size(), 1U);
    part(u"accountDismissButton"_s)->click();
    const auto answers = std::exchange(m_keychain->held, {});
    for (const auto &answer : answers)
        answer();
    // Not even for a moment.
    QVERIFY(m_keychain->entries.empty());
    QVERIFY(m_keychain->held.empty());
}

void TestAccountFlow::notNowStoresNothing_data()
{
    QTest::addColumn<bool>("isNew");
    QTest::addColumn<int>("answered");
    QTest::newRow("new") << true << 0;
    QTest::newRow("known, before it is read") << false << 0;
    QTest::newRow("known, while it is written") << false << 1;
}

void TestAccountFlow::notNowStoresNothing()
{
    QFETCH(bool, isNew);
    QFETCH(int, answered);
    m_keychain->state = CredentialStore::State::Ready;
    const Credentials old(u"old key"_s, u"old secret"_s);
    if (isNew) {
        m_flow->addAccount();
        part<QLineEdit>(u"accountNameEdit"_s)->setText(u"Main"_s);
    } else {
        const Account account = makeProfile(u"one"_s, u"Main"_s);
        m_keychain->entries.insert_or_assign(account.id, old);
        m_flow->enterKeys(account, AccountFlow::KeyPlace::Keychain);
    }
    m_keychain->holds = true;
    typeKeys();
    part(u"accountSaveButton"_s)->click();
    for (; answered > 0; --answered) {
        const auto answers = std::exchange(m_keychain->held, {});
        for (const auto &answer : answers)
            answer();
    }
    QCOMPARE(m_keychain->held.size(), 1U);
    part(u"accountDismissButton"_s)->click();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    m_keychain->release();
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
    QVERIFY(m_ready.isEmpty());
    if (isNew) {
        QVERIFY(m_keychain->entries.empty());
        QVERIFY(m_flow->accounts().isEmpty());
    } else {
        QVERIFY(m_keychain->entries.at(u"one"_s) == old);
    }
    QVERIFY(m_warned.isEmpty());
}

void TestAccountFlow::aRefusalLeavesNoCopy_data()
{
    QTest::addColumn<CredentialStore::State>("state");
    QTest::addColumn<QString>("button");
    QTest::addColumn<QString>("problem");
    const QString none = u"No keychain is available on this system. Keys can be kept in memory until you quit; "
                         u"nothing is written to disk."_s;
    // Not that keys are in it: those of the dialog never were.
    QTest::newRow("locked") << CredentialStore::State::Locked << u"accountDismissButton"_s
                            << u"The system keychain is locked. Nothing was saved."_s;
    QTest::newRow("none, and kept nowhere")
        << CredentialStore::State::NoKeychain << u"accountDismissButton"_s << none;
    QTest::newRow("none, and kept in memory")
        << CredentialStore::State::NoKeychain << u"accountMemoryButton"_s << none;
}

/// The field's is the one copy while the dialog stays open, however often the keychain is asked.
void TestAccountFlow::aRefusalLeavesNoCopy()
{
    QFETCH(const CredentialStore::State, state);
    QFETCH(const QString, button);
    QFETCH(const QString, problem);
    m_keychain->state = state;
    QByteArray secret = madeSecret(21);
    MemoryScan scan(secret);
    m_flow->addAccount();
    part<QLineEdit>(u"accountNameEdit"_s)->setText(u"Main"_s);
    QTest::keyClicks(part<QLineEdit>(u"apiKeyEdit"_s), exampleKey);
    for (const char c : std::as_const(secret))
        QTest::sendKeyEvent(QTest::Click, part<SecretEdit>(u"secretEdit"_s), Qt::Key_unknown, QString(QLatin1Char(c)),
                            Qt::NoModifier);
    wipe(secret);
    QCOMPARE(scan.copies(), 1);
    for (int times = 0; times < 2; ++times) {
        QTRY_VERIFY(part(u"accountSaveButton"_s)->isEnabled());
        part(u"accountSaveButton"_s)->click();
        QTRY_VERIFY(part(u"accountSaveButton"_s)->isEnabled());
        QCOMPARE(part<NoticeBox>(u"accountProblem"_s)->text(), problem);
        QCOMPARE(scan.copies(), 1);
    }
    const bool isKept = button == "accountMemoryButton"_L1;
    part(button)->click();
    QTRY_VERIFY(!part<AccountDialog>(u"accountDialog"_s));
    QCOMPARE(m_ready.size(), isKept ? 1 : 0);
    m_ready.clear();
    QCOMPARE(scan.copies(), isKept ? 1 : 0);
    m_flow->wipeMemory();
    QCOMPARE(scan.copies(), 0);
}

void TestAccountFlow::keysInMemoryCanBeWiped()
{
    const Account account = openInMemory(u"Main"_s);
    QVERIFY(m_flow->isInMemory(account.id));
    m_flow->wipeMemory();
    QVERIFY(!m_flow->isInMemory(account.id));
    m_flow->open(account);
    QTRY_COMPARE(m_missing.size(), 1);
    QCOMPARE(m_ready.size(), 1);
}

void TestAccountFlow::forgettingLooksInBothPlaces()
{
    const Account account = openInMemory(u"Main"_s);
    // Stored in an earlier run, when there was a keychain; and there is one again.
    m_keychain->entries.insert_or_assign(account.id, Credentials(exampleKey, exampleSecret));
    m_keychain->state = CredentialStore::State::Ready;
    const QSignalSpy forgotten(m_flow.get(), &AccountFlow::forgotten);
    m_flow->forget(account, false);
    QVERIFY(m_flow->isForgetting(account.id));
    QTRY_COMPARE(forgotten.size(), 1);
    QVERIFY(m_keychain->entries.empty());
    QVERIFY(!m_flow->isInMemory(account.id));
    QVERIFY(m_warned.isEmpty());

    // One that says no keeps the account.
    const Account other = makeProfile(u"two"_s, u"Other"_s);
    m_keychain->problems = {{other.id, KeychainProblem::Denied}};
    const QSignalSpy kept(m_flow.get(), &AccountFlow::notForgotten);
    m_flow->forget(other, false);
    QTRY_COMPARE(kept.size(), 1);
    QCOMPARE(m_flow->accounts().size(), 1);
    QCOMPARE(m_warned, QStringList{u"Account kept"_s});
}

void TestAccountFlow::forgettingAsksAndTells_data()
{
    QTest::addColumn<bool>("withActivity");
    QTest::newRow("keys only") << false;
    QTest::newRow("activity too") << true;
}

void TestAccountFlow::forgettingAsksAndTells()
{
    QFETCH(bool, withActivity);
    const Account account = openInMemory(u"Main"_s);
    const QSignalSpy forgotten(m_flow.get(), &AccountFlow::forgotten);
    const QSignalSpy unwanted(m_flow.get(), &AccountFlow::activityUnwanted);
    m_flow->askToForget(account);
    part<QCheckBox>(u"forgetActivityCheck"_s)->setChecked(withActivity);
    part(u"forgetButton"_s)->click();
    QTRY_COMPARE(forgotten.size(), 1);
    QCOMPARE(forgotten.first().first().value<Account>().id, account.id);
    QCOMPARE(unwanted.size(), withActivity ? 1 : 0);
    QVERIFY(m_flow->accounts().isEmpty());
    QVERIFY(!m_flow->lastUsed());
    // There was no keychain to be asked: nobody can say that it holds nothing.
    QCOMPARE(m_warned, QStringList{u"Account forgotten"_s});
    // Its keys are gone from memory: opened again, it has none.
    m_settings->saveProfile({account.id, account.name, 0, Endpoint::coinw().baseUrl.toString()});
    m_flow->open(account);
    QTRY_COMPARE(m_missing.size(), 1);
    QCOMPARE(m_ready.size(), 1);
}

void TestAccountFlow::keptWhenNotForgotten()
{
    const Account account = openInMemory(u"Main"_s);
    const QSignalSpy forgotten(m_flow.get(), &AccountFlow::forgotten);
    m_flow->askToForget(account);
    part(u"forgetKeepButton"_s)->click();
    QVERIFY(!part<QWidget>(u"forgetDialog"_s));
    QCOMPARE(m_flow->accounts().size(), 1);
    QVERIFY(forgotten.isEmpty());
}

QTEST_MAIN(TestAccountFlow)
#include "tst_accountflow.moc"
