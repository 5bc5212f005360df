#include "local/settings.h"
#include "tests/support/waiting.h"
#include "ui/account/accountdialog.h"
#include "ui/account/secretedit.h"
#include "ui/program/accountflow.h"
#include "ui/window/mainwindow.h"
#include "workflow/session.h"

#include <QCheckBox>
#include <QDir>
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

/// Accounts and keys on a computer without a keychain: no test has a session bus. With one: tst_keychain and the
/// desktop tests.
class TestAccountFlow : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void withoutAKeychainThePageSaysSo();
    void keysCanBeKeptUntilQuit();
    void testUsesWhatIsTyped();
    void renamingLeavesTheKeys();
    void namesAreTakenOnce();
    void theLastUsedIsRemembered();
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
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<AccountFlow> m_flow;
    /// Whose keys were had, and which.
    QList<std::pair<Account, Credentials>> m_ready;
    std::unique_ptr<QSignalSpy> m_changed;
    QList<Credentials> m_tried;
};

void TestAccountFlow::init()
{
    m_tried.clear();
    m_ready.clear();
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings>(m_folder->path());
    m_window = std::make_unique<MainWindow>();
    m_window->show();
    m_flow = std::make_unique<AccountFlow>(*m_window, *m_settings, Endpoint::coinw(),
                                           [this](const Credentials &credentials, QObject *,
                                                  const std::function<void(const ConnectionTest &)> &handler) {
                                               m_tried.append(credentials);
                                               ConnectionTest found;
                                               found.openOrders = 1;
                                               handler(found);
                                           });
    connect(m_flow.get(), &AccountFlow::keysReady, this,
            [this](const Account &account, const Credentials &credentials) {
                m_ready.append({account, credentials});
            });
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
    m_flow->open(account);
    [&] { QTRY_VERIFY(part(u"keychainMemoryButton"_s)); }();
    m_flow->useMemory();
    typeKeys();
    part(u"accountMemoryButton"_s)->click();
    [&] { QTRY_COMPARE(m_ready.size(), 1); }();
    m_flow->setCurrent(account);
    return account;
}

void TestAccountFlow::withoutAKeychainThePageSaysSo()
{
    const Account account = makeProfile(u"one"_s, u"Main"_s);
    QCOMPARE(account.name, u"Main"_s);
    QCOMPARE(account.environment, Environment::Live);
    QCOMPARE(account.host, u"api.coinw.com"_s);
    QCOMPARE(account.swatch, 2);
    m_flow->open(account);
    QTRY_VERIFY(part<QWidget>(u"keychainPage"_s));
    QVERIFY(part(u"keychainMemoryButton"_s));
    QVERIFY(m_ready.isEmpty());
    // Nothing was asked for, so that nothing is there to be tried again or unlocked.
    m_flow->setCurrent(std::nullopt);
    QCOMPARE(m_flow->lastUsed()->id, u"one"_s);
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
    m_flow->editAccount();
    QTRY_VERIFY(part<AccountDialog>(u"accountDialog"_s));
    QCOMPARE(part<QLineEdit>(u"apiKeyEdit"_s)->text(), exampleKey);
    QVERIFY(part<SecretEdit>(u"secretEdit"_s)->secret().isEmpty());
    part<QLineEdit>(u"accountNameEdit"_s)->setText(u"Other"_s);
    part(u"accountSaveButton"_s)->click();
    QCOMPARE(m_changed->size(), 1);
    QCOMPARE(m_flow->accounts().size(), 1);
    QCOMPARE(m_flow->accounts().first().name, u"Other"_s);
    QCOMPARE(m_flow->accounts().first().id, account.id);
    // Opened under its new name, with the keys it had.
    QTRY_COMPARE(m_ready.size(), 2);
    QCOMPARE(m_ready.last().first.name, u"Other"_s);
    QVERIFY(m_ready.last().second == Credentials(exampleKey, exampleSecret));
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

void TestAccountFlow::theLastUsedIsRemembered()
{
    QVERIFY(!m_flow->lastUsed());
    const Account one = makeProfile(u"one"_s, u"Main"_s);
    const Account two = makeProfile(u"two"_s, u"Other"_s);
    QCOMPARE(m_flow->lastUsed()->id, one.id);
    m_flow->setCurrent(two);
    QCOMPARE(m_flow->lastUsed()->id, two.id);
    // Practice is no account.
    m_flow->setCurrent(std::nullopt);
    QCOMPARE(m_flow->lastUsed()->id, two.id);
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
    m_flow->forgetAccount();
    part<QCheckBox>(u"forgetActivityCheck"_s)->setChecked(withActivity);
    part(u"forgetButton"_s)->click();
    QTRY_COMPARE(forgotten.size(), 1);
    QCOMPARE(forgotten.first().first().value<Account>().id, account.id);
    QCOMPARE(unwanted.size(), withActivity ? 1 : 0);
    QVERIFY(m_flow->accounts().isEmpty());
    QVERIFY(!m_flow->lastUsed());
    // Its keys are gone from memory: opened again, it has none.
    m_settings->saveProfile({account.id, account.name, 0, Endpoint::coinw().baseUrl.toString()});
    m_flow->open(account);
    QTRY_VERIFY(part<QWidget>(u"keychainPage"_s));
    QCOMPARE(m_ready.size(), 1);
}

void TestAccountFlow::keptWhenNotForgotten()
{
    openInMemory(u"Main"_s);
    const QSignalSpy forgotten(m_flow.get(), &AccountFlow::forgotten);
    m_flow->forgetAccount();
    part(u"forgetKeepButton"_s)->click();
    QVERIFY(!part<QWidget>(u"forgetDialog"_s));
    QCOMPARE(m_flow->accounts().size(), 1);
    QVERIFY(forgotten.isEmpty());
}

QTEST_MAIN(TestAccountFlow)
#include "tst_accountflow.moc"
