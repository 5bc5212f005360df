#include "local/settings.h"
#include "scriptedkeychain.h"
#include "tests/support/fakeexchange.h"
#include "tests/support/waiting.h"
#include "ui/account/accountdialog.h"
#include "ui/account/secretedit.h"
#include "ui/look/accesskeys.h"
#include "ui/program/options.h"
#include "ui/program/program.h"
#include "ui/table/orderselection.h"
#include "ui/table/ordersview.h"
#include "ui/window/mainwindow.h"

#include <QAction>
#include <QApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QLineEdit>
#include <QPushButton>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <map>
#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

enum State {
    Welcome,
    PracticeOpen,
    PracticeCanceling,
    Live,
    LiveCanceling,
    InMemory,
    InMemoryCanceling,
    LockedByUs,
    LockedAndWiped,
    KeychainLocked,
    PromptOpen,
    Refused,
    NoKeychain,
    EntryMissing,
    AddingInPractice,
    EditingLive,
    EditingLiveCanceling,
};

enum Command {
    StartAgain,
    ChooseSame,
    ChooseOther,
    Add,
    Edit,
    Forget,
    MemoryOnly,
    Lock,
    IdleLock,
    Unlock,
    StopWaiting,
    Retry,
    Practice,
    FirstSteps,
    QuitProgram,
};

struct Named {
    int value;
    const char *name;
};

constexpr Named states[] = {
    {Welcome, "welcome"},
    {PracticeOpen, "practice"},
    {PracticeCanceling, "practice, canceling"},
    {Live, "live"},
    {LiveCanceling, "live, canceling"},
    {InMemory, "live in memory"},
    {InMemoryCanceling, "live in memory, canceling"},
    {LockedByUs, "locked by us"},
    {LockedAndWiped, "locked by us, keys wiped"},
    {KeychainLocked, "keychain locked"},
    {PromptOpen, "prompt open"},
    {Refused, "refused"},
    {NoKeychain, "no keychain"},
    {EntryMissing, "entry missing"},
    {AddingInPractice, "account dialog in practice"},
    {EditingLive, "account dialog over live"},
    {EditingLiveCanceling, "account dialog over live, canceling"},
};

constexpr Named commands[] = {
    {StartAgain, "start"},
    {ChooseSame, "choose the same"},
    {ChooseOther, "choose another"},
    {Add, "add"},
    {Edit, "edit"},
    {Forget, "forget"},
    {MemoryOnly, "keys for memory only"},
    {Lock, "lock"},
    {IdleLock, "idle lock"},
    {Unlock, "unlock"},
    {StopWaiting, "stop waiting"},
    {Retry, "retry"},
    {Practice, "practice"},
    {FirstSteps, "first steps"},
    {QuitProgram, "quit"},
};

/// What is seen after a command, and what is seen once every answer of the keychain that was still due has come. The
/// session that is open ("first", "first renamed", "second", "third", "practice", "none"), the page, the dialogs.
struct Seen {
    const char *atOnce;
    /// Null: nothing changes any more.
    const char *later = nullptr;
};

/// A command that is not named leaves everything as it was.
struct Row {
    Seen before;
    std::map<int, Seen> after;
};

const char *const firstOrders = "first, orders";
const char *const otherOrders = "second, orders";
const char *const newOrders = "third, orders";
const char *const practiceOrders = "practice, orders";
const char *const unlockPage = "none, unlockPage";
const char *const keychainPage = "none, keychainPage";
const char *const welcomePage = "none, welcomePage";
const char *const closed = "closed";

std::map<int, Row> table()
{
    return {
        {Welcome,
         {{welcomePage},
          {{StartAgain, {firstOrders}},
           {ChooseSame, {firstOrders}},
           {ChooseOther, {otherOrders}},
           {Add, {newOrders}},
           {Practice, {practiceOrders}},
           {FirstSteps, {"none, welcomePage, firstStepsDialog"}},
           {QuitProgram, {closed}}}}},
        {PracticeOpen,
         {{practiceOrders},
          {{StartAgain, {firstOrders}},
           {ChooseSame, {firstOrders}},
           {ChooseOther, {otherOrders}},
           {Add, {newOrders}},
           {FirstSteps, {"practice, orders, firstStepsDialog"}},
           {QuitProgram, {closed}}}}},
        {PracticeCanceling,
         {{practiceOrders},
          {{StartAgain, {firstOrders}},
           {FirstSteps, {"practice, orders, firstStepsDialog"}},
           {QuitProgram, {"practice, orders, quitDialog"}}}}},
        {Live,
         {{firstOrders},
          {{ChooseOther, {otherOrders}},
           {Add, {newOrders}},
           {Edit, {"first renamed, orders"}},
           {Forget, {welcomePage}},
           {Lock, {unlockPage}},
           {IdleLock, {unlockPage}},
           {Practice, {practiceOrders}},
           {FirstSteps, {"first, orders, firstStepsDialog"}},
           {QuitProgram, {closed}}}}},
        {LiveCanceling,
         {{firstOrders},
          {{Edit, {"first renamed, orders"}},
           {FirstSteps, {"first, orders, firstStepsDialog"}},
           {QuitProgram, {"first, orders, quitDialog"}}}}},
        {InMemory,
         {{firstOrders},
          {{StartAgain, {keychainPage}},
           {ChooseOther, {keychainPage}},
           {Add, {newOrders}},
           {Edit, {"first renamed, orders"}},
           {Forget, {welcomePage}},
           {Lock, {unlockPage}},
           {IdleLock, {unlockPage}},
           {Practice, {practiceOrders}},
           {FirstSteps, {"first, orders, firstStepsDialog"}},
           {QuitProgram, {closed}}}}},
        {InMemoryCanceling,
         {{firstOrders},
          {{StartAgain, {keychainPage}},
           {Edit, {"first renamed, orders"}},
           {FirstSteps, {"first, orders, firstStepsDialog"}},
           {QuitProgram, {"first, orders, quitDialog"}}}}},
        {LockedByUs,
         {{unlockPage},
          {{StartAgain, {firstOrders}},
           {ChooseSame, {firstOrders}},
           {ChooseOther, {otherOrders}},
           {Add, {newOrders}},
           {Unlock, {firstOrders}},
           {Practice, {practiceOrders}},
           {FirstSteps, {"none, unlockPage, firstStepsDialog"}},
           {QuitProgram, {closed}}}}},
        {LockedAndWiped,
         {{unlockPage},
          {{StartAgain, {keychainPage}},
           {ChooseSame, {keychainPage}},
           {ChooseOther, {keychainPage}},
           {Add, {newOrders}},
           {Unlock, {"none, unlockPage, accountDialog"}},
           {MemoryOnly, {firstOrders}},
           {Practice, {practiceOrders}},
           {FirstSteps, {"none, unlockPage, firstStepsDialog"}},
           {QuitProgram, {closed}}}}},
        {KeychainLocked,
         {{unlockPage},
          {{Add, {"none, unlockPage, accountDialog", newOrders}},
           {Unlock, {unlockPage, firstOrders}},
           {Practice, {practiceOrders}},
           {FirstSteps, {"none, unlockPage, firstStepsDialog"}},
           {QuitProgram, {closed}}}}},
        {PromptOpen,
         {{unlockPage, firstOrders},
          {{StartAgain, {unlockPage}},
           {ChooseOther, {unlockPage}},
           {Add, {"none, unlockPage, accountDialog", newOrders}},
           {StopWaiting, {unlockPage}},
           {Practice, {practiceOrders}},
           {FirstSteps, {"none, unlockPage, firstStepsDialog", "first, orders, firstStepsDialog"}},
           {QuitProgram, {closed}}}}},
        {Refused,
         {{keychainPage},
          {{ChooseOther, {otherOrders}},
           {Add, {newOrders}},
           {Practice, {practiceOrders}},
           {FirstSteps, {"none, keychainPage, firstStepsDialog"}},
           {QuitProgram, {closed}}}}},
        {NoKeychain,
         {{keychainPage},
          {{Add, {newOrders}},
           {Edit, {"none, keychainPage, accountDialog"}},
           {Forget, {welcomePage}},
           {MemoryOnly, {firstOrders}},
           {Practice, {practiceOrders}},
           {FirstSteps, {"none, keychainPage, firstStepsDialog"}},
           {QuitProgram, {closed}}}}},
        {EntryMissing,
         {{keychainPage},
          {{ChooseOther, {otherOrders}},
           {Add, {newOrders}},
           {Edit, {"none, keychainPage, accountDialog"}},
           {Forget, {welcomePage}},
           {Practice, {practiceOrders}},
           {FirstSteps, {"none, keychainPage, firstStepsDialog"}},
           {QuitProgram, {closed}}}}},
        {AddingInPractice,
         {{"practice, orders, accountDialog"},
          {{StartAgain, {firstOrders}},
           {ChooseSame, {firstOrders}},
           {ChooseOther, {otherOrders}},
           {Add, {newOrders}},
           {FirstSteps, {"practice, orders, accountDialog, firstStepsDialog"}},
           {QuitProgram, {closed}}}}},
        {EditingLive,
         {{"first, orders, accountDialog"},
          {{StartAgain, {firstOrders}},
           {ChooseOther, {otherOrders}},
           {Edit, {"first renamed, orders"}},
           {Forget, {welcomePage}},
           {Lock, {unlockPage}},
           {IdleLock, {unlockPage}},
           {Practice, {practiceOrders}},
           {FirstSteps, {"first, orders, accountDialog, firstStepsDialog"}},
           {QuitProgram, {closed}}}}},
        {EditingLiveCanceling,
         {{"first, orders, accountDialog"},
          {{StartAgain, {firstOrders}},
           {Edit, {"first renamed, orders"}},
           {FirstSteps, {"first, orders, accountDialog, firstStepsDialog"}},
           {QuitProgram, {"first, orders, accountDialog, quitDialog"}}}}},
    };
}

struct Owner {
    QString id;
    QString name;
    QString key;
    QString secret;
};

// The first has the key that the exchange knows by itself.
const Owner first{u"id-first"_s, u"First"_s, FakeExchange::exampleKey(), FakeExchange::exampleSecret()};
const Owner second{u"id-second"_s, u"Second"_s, u"ck_second"_s, u"cs_second_secret"_s};
const Owner third{{}, u"Third"_s, u"ck_third"_s, u"cs_third_secret"_s};
const QString renamed = u"Renamed"_s;
const QJsonObject signedRequest{{u"signed"_s, true}};

} // namespace

/// Every command about accounts in every state, on the whole program: which session is open afterwards, on which
/// page, and whose key was used. The exchange is on real sockets, the keychain is scripted.
class TestAccounts : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void everyCellIsThere();
    void cell_data();
    void cell();
    void unlockOpensWhatWasLocked_data();
    void unlockOpensWhatWasLocked();
    void theLockPageSaysWhatIsTrue();
    void withoutAPromptItIsWaitedFor();
    void idleLockWaitsForCancels();
    void lockedUntilKeysAreThere();
    void theChipSaysWhereTheKeysAre();

private:
    void begin(bool practice = false);
    void enter(State state);
    void perform(Command command);
    void beginCancel();
    void makeProfile(const Owner &owner);
    void enterKeys(const Owner &owner);
    void pressIfThere(const QString &name);
    void save(const QString &name);
    QAction *action(const QString &text) const;
    QAction *accountChoice(const QString &name) const;
    template <typename T = QPushButton>
    T *part(const QString &name) const;
    QString seen() const;
    /// Events that are due have been handled, and the exchange has seen what was sent.
    void settle();
    QStringList keysUsed();
    QString keyOfSession() const;

    std::unique_ptr<FakeExchange> m_exchange;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<KeychainScript> m_keychain;
    std::unique_ptr<Program> m_program;
    MainWindow *m_window = nullptr;
};

void TestAccounts::initTestCase()
{
    m_exchange = std::make_unique<FakeExchange>();
    QVERIFY2(m_exchange->isReady(), qPrintable(m_exchange->error()));
}

void TestAccounts::init()
{
    m_exchange->fresh();
    m_exchange->set({{u"more_keys"_s, QJsonObject{{second.key, second.secret}, {third.key, third.secret}}}});
    m_exchange->generate(2, 1);
    m_folder = std::make_unique<QTemporaryDir>();
    m_keychain = std::make_shared<KeychainScript>();
    for (const Owner &owner : {first, second})
        m_keychain->entries.insert_or_assign(owner.id, Credentials(owner.key, owner.secret));
}

void TestAccounts::cleanup()
{
    m_program.reset();
    m_keychain.reset();
    m_folder.reset();
}

void TestAccounts::makeProfile(const Owner &owner)
{
    Settings(m_folder->path()).saveProfile({owner.id, owner.name, 0, m_exchange->baseUrl().toString()});
}

void TestAccounts::begin(bool practice)
{
    m_program.reset();
    Options options;
    options.practice = practice;
    options.endpoint = Endpoint{m_exchange->baseUrl()};
    m_program =
        std::make_unique<Program>(*qApp, options, m_folder->path(), std::make_unique<ScriptedKeychain>(m_keychain));
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *window = qobject_cast<MainWindow *>(widget))
            m_window = window;
    }
    m_program->start();
}

template <typename T>
T *TestAccounts::part(const QString &name) const
{
    const auto found = m_window->findChildren<T *>(name);
    for (T *each : found) {
        if (each->isVisible())
            return each;
    }
    return nullptr;
}

QAction *TestAccounts::action(const QString &text) const
{
    for (QAction *each : m_window->findChildren<QAction *>()) {
        if (withoutAccessKey(each->text()) == text)
            return each;
    }
    return nullptr;
}

QAction *TestAccounts::accountChoice(const QString &name) const
{
    for (QAction *each : m_window->findChildren<QAction *>()) {
        if (withoutAccessKey(each->text()) == name && each->data().canConvert<Account>())
            return each;
    }
    return nullptr;
}

QString TestAccounts::seen() const
{
    if (!m_window->isVisible())
        return QLatin1StringView(closed);
    const QString title = m_window->windowTitle();
    QStringList what{title.startsWith("PRACTICE"_L1)           ? u"practice"_s
                     : title.startsWith(first.name + u" ("_s)  ? u"first"_s
                     : title.startsWith(renamed + u" ("_s)     ? u"first renamed"_s
                     : title.startsWith(second.name + u" ("_s) ? u"second"_s
                     : title.startsWith(third.name + u" ("_s)  ? u"third"_s
                     : title == "Countermand"_L1               ? u"none"_s
                                                               : title};
    what.append(part<QWidget>(u"welcomePage"_s)    ? u"welcomePage"_s
                : part<QWidget>(u"unlockPage"_s)   ? u"unlockPage"_s
                : part<QWidget>(u"keychainPage"_s) ? u"keychainPage"_s
                                                   : u"orders"_s);
    for (const QString &dialog : {u"accountDialog"_s, u"forgetDialog"_s, u"firstStepsDialog"_s, u"quitDialog"_s}) {
        if (part<QWidget>(dialog))
            what.append(dialog);
    }
    return what.join(u", "_s);
}

void TestAccounts::settle()
{
    for (int times = 0; times < 3; ++times) {
        m_exchange->command(u"ping"_s);
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
}

QStringList TestAccounts::keysUsed()
{
    QSet<QString> keys;
    const QJsonArray requests = m_exchange->log();
    for (const QJsonValue &request : requests) {
        const QJsonArray headers = request["headers"_L1].toArray();
        for (const QJsonValue &header : headers) {
            if (header[0].toString().compare("api_key"_L1, Qt::CaseInsensitive) == 0)
                keys.insert(header[1].toString());
        }
    }
    QStringList sorted(keys.cbegin(), keys.cend());
    sorted.sort();
    return sorted;
}

QString TestAccounts::keyOfSession() const
{
    const QString session = seen().section(u',', 0, 0);
    return session.startsWith("first"_L1) ? first.key
           : session == "second"_L1       ? second.key
           : session == "third"_L1        ? third.key
                                          : QString();
}

void TestAccounts::enterKeys(const Owner &owner)
{
    // By keys: what the program puts there itself counts as stored already.
    auto *key = part<QLineEdit>(u"apiKeyEdit"_s);
    key->selectAll();
    QTest::keyClicks(key, owner.key);
    QTest::keyClicks(part<SecretEdit>(u"secretEdit"_s), owner.secret);
}

void TestAccounts::pressIfThere(const QString &name)
{
    if (auto *button = part(name))
        button->click();
}

void TestAccounts::save(const QString &name)
{
    if (!name.isEmpty())
        part<QLineEdit>(u"accountNameEdit"_s)->setText(name);
    if (part(u"accountSaveButton"_s))
        part(u"accountSaveButton"_s)->click();
    settle();
    // Without a keychain memory is offered.
    pressIfThere(u"accountMemoryButton"_s);
}

void TestAccounts::beginCancel()
{
    auto *table = m_window->findChild<OrdersView *>();
    if (seen().startsWith("practice"_L1))
        m_window->findChild<QAction *>(u"practice_slow"_s)->trigger();
    else
        m_exchange->script(u"DELETE /v1/perpum/order"_s, {{u"do"_s, u"hang"_s}, {u"times"_s, 0}});
    emit table->cancelRequested(table->selection().shownOrders().constLast());
    QTRY_VERIFY(part(u"confirmCancelButton"_s));
    QTRY_VERIFY(part(u"confirmCancelButton"_s)->isEnabled());
    part(u"confirmCancelButton"_s)->click();
    QTRY_VERIFY(!part(u"confirmCancelButton"_s));
    QCOMPARE(m_window->openCancels(), 1);
}

void TestAccounts::enter(State state)
{
    const auto ordersAreListed = [this] {
        return part(u"cancelAllButton"_s) && part(u"cancelAllButton"_s)->isEnabled();
    };
    makeProfile(first);
    makeProfile(second);
    switch (state) {
    case Welcome:
        m_keychain->state = CredentialStore::State::NoKeychain;
        begin();
        QTRY_VERIFY(part(u"keychainDismissButton"_s));
        part(u"keychainDismissButton"_s)->click();
        m_keychain->state = CredentialStore::State::Ready;
        break;
    case PracticeOpen:
    case PracticeCanceling:
    case AddingInPractice:
        begin(true);
        QTRY_VERIFY(ordersAreListed());
        if (state == PracticeCanceling)
            beginCancel();
        if (state == AddingInPractice)
            action(u"Add account…"_s)->trigger();
        break;
    case Live:
    case LiveCanceling:
    case LockedByUs:
    case EditingLive:
    case EditingLiveCanceling:
        begin();
        QTRY_VERIFY(ordersAreListed());
        if (state == LiveCanceling || state == EditingLiveCanceling)
            beginCancel();
        if (state == EditingLive || state == EditingLiveCanceling)
            action(u"Edit account…"_s)->trigger();
        if (state == LockedByUs)
            action(u"Lock now"_s)->trigger();
        break;
    case InMemory:
    case InMemoryCanceling:
    case LockedAndWiped:
        m_keychain->state = CredentialStore::State::NoKeychain;
        begin();
        QTRY_VERIFY(part(u"keychainMemoryButton"_s));
        part(u"keychainMemoryButton"_s)->click();
        enterKeys(first);
        part(u"accountMemoryButton"_s)->click();
        QTRY_VERIFY(ordersAreListed());
        if (state == InMemoryCanceling)
            beginCancel();
        if (state == LockedAndWiped)
            action(u"Lock now"_s)->trigger();
        break;
    case KeychainLocked:
    case PromptOpen:
        m_keychain->state = CredentialStore::State::Locked;
        m_keychain->holds = true;
        begin();
        QTRY_VERIFY(part(u"unlockButton"_s) && part(u"unlockButton"_s)->isEnabled());
        if (state == PromptOpen)
            part(u"unlockButton"_s)->click();
        break;
    case Refused:
        m_keychain->problems = {{first.id, KeychainProblem::Denied}};
        begin();
        break;
    case NoKeychain:
        m_keychain->state = CredentialStore::State::NoKeychain;
        begin();
        break;
    case EntryMissing:
        m_keychain->entries.erase(first.id);
        begin();
        break;
    }
    QTRY_COMPARE(seen(), QString::fromLatin1(table().at(state).before.atOnce));
    settle();
}

void TestAccounts::perform(Command command)
{
    const auto trigger = [this](const QString &text) {
        if (action(text)->isEnabled())
            action(text)->trigger();
        settle();
    };
    switch (command) {
    case StartAgain:
        begin();
        break;
    case ChooseSame:
        accountChoice(first.name)->trigger();
        break;
    case ChooseOther:
        accountChoice(second.name)->trigger();
        break;
    case Add:
        trigger(u"Add account…"_s);
        if (auto *dialog = part<AccountDialog>(u"accountDialog"_s); dialog && !dialog->edited()) {
            enterKeys(third);
            save(third.name);
        }
        break;
    case Edit:
        trigger(u"Edit account…"_s);
        if (auto *dialog = part<AccountDialog>(u"accountDialog"_s); dialog && dialog->edited())
            save(renamed);
        break;
    case Forget:
        trigger(u"Forget account…"_s);
        pressIfThere(u"forgetButton"_s);
        break;
    case MemoryOnly:
        if (part(u"unlockButton"_s) && part(u"unlockButton"_s)->text().remove(u'&') == "Enter keys again"_L1)
            part(u"unlockButton"_s)->click();
        pressIfThere(u"keychainMemoryButton"_s);
        settle();
        if (part(u"accountMemoryButton"_s)) {
            enterKeys(first);
            part(u"accountMemoryButton"_s)->click();
        }
        break;
    case Lock:
        trigger(u"Lock now"_s);
        break;
    case IdleLock:
        if (auto *timer = m_program->findChild<QTimer *>(u"idleLockTimer"_s))
            timer->start(0);
        break;
    case Unlock:
        if (part(u"unlockButton"_s) && part(u"unlockButton"_s)->isEnabled())
            part(u"unlockButton"_s)->click();
        break;
    case StopWaiting:
        if (part(u"unlockButton"_s) && !part(u"unlockButton"_s)->isEnabled())
            QTRY_VERIFY(part(u"unlockStopButton"_s));
        pressIfThere(u"unlockStopButton"_s);
        break;
    case Retry:
        pressIfThere(u"keychainRetryButton"_s);
        break;
    case Practice:
        accountChoice(u"Practice"_s)->trigger();
        break;
    case FirstSteps:
        trigger(u"First steps"_s);
        break;
    case QuitProgram:
        m_window->close();
        break;
    }
}

void TestAccounts::everyCellIsThere()
{
    QCOMPARE(table().size(), std::size(states));
}

void TestAccounts::cell_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("command");
    for (const Named &state : states) {
        for (const Named &command : commands)
            QTest::addRow("%s: %s", state.name, command.name) << state.value << command.value;
    }
}

void TestAccounts::cell()
{
    QFETCH(int, state);
    QFETCH(int, command);
    const Row row = table().at(state);
    const auto cell = row.after.find(command);
    const Seen expected = cell == row.after.end() ? row.before : cell->second;

    enter(State(state));
    if (QTest::currentTestFailed())
        return;
    const QString keyBefore = keyOfSession();
    m_exchange->resetLog();
    perform(Command(command));
    QTRY_COMPARE(seen(), QString::fromLatin1(expected.atOnce));
    settle();
    QCOMPARE(seen(), QString::fromLatin1(expected.atOnce));

    // Answers that were still due: the user has unlocked at last.
    if (m_keychain->holds)
        m_keychain->state = CredentialStore::State::Ready;
    m_keychain->release();
    QTRY_COMPARE(seen(), QString::fromLatin1(expected.later ? expected.later : expected.atOnce));
    settle();
    QCOMPARE(seen(), QString::fromLatin1(expected.later ? expected.later : expected.atOnce));

    // Nobody's key but that of the session before and of the one now; from now on that one's alone.
    const QString keyNow = keyOfSession();
    for (const QString &key : keysUsed())
        QVERIFY2(key == keyBefore || key == keyNow, qPrintable(key));
    m_exchange->resetLog();
    if (!keyNow.isEmpty()) {
        action(u"Refresh"_s)->trigger();
        QVERIFY(m_exchange->waitFor(u"requests"_s, signedRequest, 1));
    }
    settle();
    QCOMPARE(keysUsed(), keyNow.isEmpty() ? QStringList() : QStringList{keyNow});
}

void TestAccounts::unlockOpensWhatWasLocked_data()
{
    QTest::addColumn<int>("command");
    QTest::addColumn<QString>("orders");
    QTest::newRow("started") << int(Retry) << u"first, orders"_s;
    QTest::newRow("chosen") << int(ChooseOther) << u"second, orders"_s;
    QTest::newRow("added") << int(Add) << u"third, orders"_s;
    QTest::newRow("renamed") << int(Edit) << u"first renamed, orders"_s;
}

void TestAccounts::unlockOpensWhatWasLocked()
{
    QFETCH(int, command);
    QFETCH(QString, orders);
    enter(Live);
    perform(Command(command));
    QTRY_COMPARE(seen(), orders);
    for (const Command locking : {Lock, IdleLock}) {
        perform(locking);
        QTRY_COMPARE(seen(), QString::fromLatin1(unlockPage));
        settle();
        m_exchange->resetLog();
        perform(Unlock);
        QTRY_COMPARE(seen(), orders);
        QVERIFY(m_exchange->waitFor(u"requests"_s, signedRequest, 1));
        QCOMPARE(keysUsed(), QStringList{keyOfSession()});
    }
}

void TestAccounts::theLockPageSaysWhatIsTrue()
{
    enter(Live);
    const auto page = [this] { return part<QWidget>(u"unlockPage"_s); };
    perform(Lock);
    QTRY_COMPARE(page()->accessibleDescription(), u"The keychain is open: unlocking asks for no password."_s);
    QCOMPARE(page()->accessibleName(), u"Countermand is locked."_s);
    QCOMPARE(part(u"unlockButton"_s)->accessibleName(), u"Unlock"_s);
    QCOMPARE(m_window->focusWidget(), part(u"unlockButton"_s));
    perform(Unlock);
    QTRY_COMPARE(seen(), QString::fromLatin1(firstOrders));

    m_keychain->state = CredentialStore::State::Locked;
    perform(Lock);
    QTRY_COMPARE(page()->accessibleName(), u"Your keys are in the system keychain, which is locked."_s);
    QCOMPARE(part(u"unlockButton"_s)->accessibleName(), u"Unlock keychain"_s);
}

void TestAccounts::withoutAPromptItIsWaitedFor()
{
    enter(KeychainLocked);
    // As where no prompt runs: it is locked, and nobody is asked.
    m_keychain->holds = false;
    perform(Unlock);
    QTRY_VERIFY(part(u"unlockStopButton"_s));
    QCOMPARE(part<QWidget>(u"unlockPage"_s)->accessibleDescription(),
             u"Waiting for the keychain. If no password window has appeared, your desktop has no keychain prompt "
             "running."_s);
    perform(StopWaiting);
    QVERIFY(part(u"unlockButton"_s)->isEnabled());
    QVERIFY(!part(u"unlockStopButton"_s));

    perform(Unlock);
    QTRY_VERIFY(part(u"unlockStopButton"_s));
    // Opened by other means.
    m_keychain->state = CredentialStore::State::Ready;
    QTRY_COMPARE(seen(), QString::fromLatin1(firstOrders));
}

void TestAccounts::idleLockWaitsForCancels()
{
    enter(LiveCanceling);
    perform(IdleLock);
    settle();
    QCOMPARE(seen(), QString::fromLatin1(firstOrders));
    // Nobody has come back when the last cancel ends.
    m_exchange->release();
    QTRY_COMPARE(seen(), QString::fromLatin1(unlockPage));
}

void TestAccounts::lockedUntilKeysAreThere()
{
    const auto isShut = [this] {
        return !action(u"Activity"_s)->isEnabled() && !action(u"Export activity…"_s)->isEnabled();
    };
    enter(LockedByUs);
    QVERIFY(isShut());
    perform(Practice);
    QTRY_COMPARE(seen(), QString::fromLatin1(practiceOrders));
    QVERIFY(isShut());
    perform(ChooseSame);
    QTRY_COMPARE(seen(), QString::fromLatin1(firstOrders));
    QVERIFY(!isShut());
}

void TestAccounts::theChipSaysWhereTheKeysAre()
{
    enter(InMemory);
    // Whatever the font: in a narrow window it is among what stands behind "more".
    m_window->resize(1600, m_window->height());
    QTRY_VERIFY(part(u"memoryKeysChip"_s));
    m_keychain->state = CredentialStore::State::Ready;
    perform(ChooseOther);
    QTRY_COMPARE(seen(), QString::fromLatin1(otherOrders));
    QVERIFY(!part(u"memoryKeysChip"_s));
}

QTEST_MAIN(TestAccounts)
#include "tst_accounts.moc"
