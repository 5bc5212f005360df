#include "ui/program/program.h"

#include "exchange/coinwclient.h"
#include "exchange/proxyfactory.h"
#include "exchange/sharedlimiter.h"
#include "local/eventlog.h"
#include "local/instrumentfile.h"
#include "practice/practicemarket.h"
#include "practice/practicenetwork.h"
#include "ui/look/accessible.h"
#include "ui/look/newerqt.h"
#include "ui/program/answerchecking.h"
#include "ui/program/diagnostics.h"
#include "ui/program/practicemenu.h"
#include "ui/window/commands.h"
#include "workflow/cancelworkflow.h"
#include "workflow/session.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QEvent>
#include <QNetworkAccessManager>
#include <QSessionManager>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

Look lookOf(const Preferences &preferences)
{
    ThemeChoice theme = preferences.theme;
    // The system's own word, where it has one, and not the lightness of a palette that may be nobody's choice.
    if (const auto dark = systemWantsDark(); dark && theme == ThemeChoice::Auto)
        theme = *dark ? ThemeChoice::Dark : ThemeChoice::Light;
    return {.theme = theme, .sides = preferences.sides, .highContrast = preferences.highContrast};
}

Account practiceAccount()
{
    return {u"practice"_s, Program::tr("Practice"), Environment::Practice, PracticeMarket::baseUrl().host(), 0};
}

QSslConfiguration tlsOf(const Options &options)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    if (options.caFile.isEmpty())
        return tls;
    // An own list ends the loading of the system's authorities on demand, so they are named here.
    auto authorities = QSslConfiguration::systemCaCertificates();
    authorities += QSslCertificate::fromPath(options.caFile, QSsl::Pem, QSslCertificate::PatternSyntax::FixedString);
    tls.setCaCertificates(authorities);
    return tls;
}

std::unique_ptr<CoinwClient> makeClient(std::unique_ptr<QNetworkAccessManager> network, const Endpoint &endpoint,
                                        const QSslConfiguration &tls, const Credentials &credentials)
{
    auto client = std::make_unique<CoinwClient>(*network, endpoint, CoinwClient::Timing{}, tls);
    client->setCredentials(credentials);
    // Goes after the client's own parts, which use it to their end.
    network.release()->setParent(client.get());
    return client;
}

std::unique_ptr<CoinwClient> makeClient(const Options &options, const Credentials &credentials,
                                        const std::shared_ptr<SharedLimiter> &limiter)
{
    const NetworkMaker makeNetwork = [target = options.endpoint.baseUrl] {
        auto network = std::make_shared<QNetworkAccessManager>();
        network->setProxyFactory(new ProxyFactory(target));
        return network;
    };
    auto client = std::make_unique<CoinwClient>(makeNetwork, options.endpoint, CoinwClient::Timing{}, tlsOf(options),
                                                nullptr, limiter);
    client->setCredentials(credentials);
    return client;
}

} // namespace

Program::Program(QApplication &application, const Options &options, const QString &dataFolder,
                 std::unique_ptr<CredentialStore> keychain)
    : m_application(application),
      m_options(options),
      m_systemPalette(QApplication::palette()),
      m_dataFolder(dataFolder),
      m_settings(dataFolder),
      m_journal(Journal::open(dataFolder, QDateTime::currentDateTimeUtc())),
      m_activity(m_journal),
      m_limiter(std::make_shared<SharedLimiter>()),
      m_limits(dataFolder, options.endpoint.baseUrl.toString(), m_limiter),
      m_preferences(m_settings),
      m_window((applyLook(application, lookOf(m_preferences.preferences()), m_systemPalette), nullptr)),
      m_notices(m_window),
      m_accounts(
          m_window, m_settings, options.endpoint,
          [options, limiter = m_limiter](const Credentials &credentials, QObject *context,
                                         std::function<void(const ConnectionTest &)> handler) {
              Session::test(makeClient(options, credentials, limiter), context, std::move(handler));
          },
          std::move(keychain))
{
    connectWindow();
    connectAccounts();
    connect(&m_window, &MainWindow::preferencesChosen, &m_preferences, &PreferenceStore::set);
    connect(&m_preferences, &PreferenceStore::changed, this, &Program::heed);
    connect(&m_window, &MainWindow::systemThemeChanged, this, [this] {
        const QPalette fresh = systemPaletteNow();
        if (fresh == m_systemPalette)
            return;
        m_systemPalette = fresh;
        applyLook(m_application, lookOf(m_preferences.preferences()), m_systemPalette);
    });
    watchSystemWantsDark(this, [this] {
        m_systemPalette = systemPaletteNow();
        applyLook(m_application, lookOf(m_preferences.preferences()), m_systemPalette);
    });
    connect(&m_window, &MainWindow::closing, this, [this] {
        keepWindow();
        // An answer that comes now opens nothing behind a window that has closed.
        m_accounts.overtake();
    });
    connect(&m_window.commands(), &WindowCommands::rowHeightChosen, this,
            [this](int pixels) { m_settings.setRowHeight(pixels); });
    connect(m_window.commands().action(Command::CopyDiagnostics), &QAction::triggered, this,
            &Program::copyDiagnostics);
    connect(m_window.commands().action(Command::CheckAnswers), &QAction::triggered, this, [this] {
        if (m_session)
            checkAnswersOf(*m_session, m_window);
    });

    connect(&m_application, &QGuiApplication::commitDataRequest, this, &Program::endSession, Qt::DirectConnection);
    connect(&m_endSignals, &EndSignals::endAsked, this, [this] {
        endSession();
        QCoreApplication::exit();
    });

    if (const QByteArray geometry = m_settings.windowGeometry(); !geometry.isEmpty())
        m_window.restoreGeometry(geometry);
    m_window.setActivity(m_activity);
    m_window.setViewState({.columns = m_settings.value(u"table.columns"_s).toString(),
                           .filter = m_settings.value(u"table.filter"_s).toString(),
                           .rowHeight = m_settings.rowHeight(),
                           .activityHeight = m_settings.value(u"activity.height"_s).toInt(),
                           .isActivityShown = m_settings.value(u"activity.shown"_s).toBool()});
    m_preferences.setAccount({});
    m_idle.setParent(this);
    m_idle.setObjectName("idleLockTimer"_L1);
    m_idle.setSingleShot(true);
    connect(&m_idle, &QTimer::timeout, this, &Program::lockWhenIdle);
    m_application.installEventFilter(this);
    listAccounts();
}

void Program::connectWindow()
{
    connect(&m_window, &MainWindow::practiceChosen, this, [this] { choose(practiceAccount()); });
    connect(&m_window.commands(), &WindowCommands::accountChosen, this, &Program::choose);
    connect(&m_window, &MainWindow::addAccountChosen, &m_accounts, &AccountFlow::addAccount);
    connect(&m_window, &MainWindow::editAccountChosen, this, &Program::editAccount);
    connect(&m_window, &MainWindow::forgetAccountChosen, this, [this] {
        if (m_meant && !isPracticeOpen() && mayLeaveAccount())
            m_accounts.askToForget(*m_meant);
    });
    connect(&m_window, &MainWindow::lockChosen, this, &Program::lock);
    connect(&m_window, &MainWindow::unlockChosen, this, &Program::unlock);
    connect(&m_window, &MainWindow::stopWaitingChosen, this, [this] {
        m_accounts.overtake();
        showLock(m_lock, false);
    });
    connect(&m_window, &MainWindow::keychainRetryChosen, this, [this] {
        if (!m_meant)
            return;
        // What was refused is asked for again, as whoever presses this wants it.
        const bool asks = m_wasRefused;
        go(*m_meant);
        if (asks)
            unlock();
    });
    connect(&m_window, &MainWindow::memoryChosen, this, [this] {
        if (m_meant)
            m_accounts.enterKeys(*m_meant, AccountFlow::KeyPlace::Memory);
    });
    connect(&m_window, &MainWindow::enterKeysChosen, this, [this] {
        if (m_meant)
            m_accounts.enterKeys(*m_meant, AccountFlow::KeyPlace::Keychain);
    });
    connect(&m_window, &MainWindow::keychainDismissed, this, &Program::showWelcome);
}

void Program::connectAccounts()
{
    connect(&m_accounts, &AccountFlow::keysReady, this, &Program::openAccount);
    connect(&m_accounts, &AccountFlow::keysMissing, this, &Program::showProblem);
    connect(&m_accounts, &AccountFlow::lockSeen, this, [this](const Account &account, CredentialStore::State state) {
        if (!isMeant(account) || m_session)
            return;
        if (state == CredentialStore::State::Locked)
            showLock(UnlockPage::Lock::Keychain, false);
        else if (state == CredentialStore::State::Ready)
            showLock(UnlockPage::Lock::HereOpen, false);
    });
    connect(&m_accounts, &AccountFlow::keysStored, this, &Program::takeStoredKeys);
    connect(&m_accounts, &AccountFlow::renamed, this, &Program::rename);
    connect(&m_accounts, &AccountFlow::accountsChanged, this, &Program::listAccounts);
    connect(&m_accounts, &AccountFlow::forgetChosen, this, &Program::forget);
    connect(&m_accounts, &AccountFlow::activityUnwanted, this, [this](const Account &account) {
        if (const auto problem = m_activity.remove(account))
            m_window.notice(tr("Activity kept"), *problem, true);
    });
    connect(&m_accounts, &AccountFlow::forgotten, this, [this](const Account &account) {
        if (isMeant(account))
            showWelcome();
    });
    connect(&m_accounts, &AccountFlow::notForgotten, this, [this](const Account &account) {
        if (isMeant(account))
            go(account);
    });
    connect(&m_accounts, &AccountFlow::noticed, &m_window, &MainWindow::notice);
}

Program::~Program()
{
    closeSession();
}

void Program::start()
{
    m_window.show();
    QTimer::singleShot(0, this, &Program::firstPage);
}

void Program::endSession()
{
    m_window.closeAtOnce();
}

void Program::firstPage()
{
    tellProblems();
    const auto last = m_accounts.lastUsed();
    if (m_options.practice)
        go(practiceAccount());
    else if (last)
        go(*last);
}

void Program::choose(const Account &account)
{
    // The menu has checked what was chosen; what holds is told at every end.
    const bool isThere = isMeant(account) && (m_session || m_accounts.isAsking());
    if (!isThere && m_accounts.isForgetting(account.id))
        m_window.notice(tr("Not now"), tr("“%1” is being forgotten.").arg(account.name));
    else if (!isThere && mayLeaveAccount()) {
        closeSession();
        go(account);
    }
    listAccounts();
}

void Program::go(const Account &account)
{
    mean(account);
    if (account.environment == Environment::Practice) {
        openPractice();
        return;
    }
    showLock(UnlockPage::Lock::NotYet, true);
    m_accounts.open(account);
}

void Program::mean(const std::optional<Account> &account)
{
    m_accounts.overtake();
    m_meant = account;
    listAccounts();
}

bool Program::isPracticeOpen() const
{
    return m_session && m_session->account().environment == Environment::Practice;
}

void Program::openPractice()
{
    auto network = std::make_unique<PracticeNetwork>();
    PracticeNetwork &exchange = *network;
    auto client = makeClient(std::move(network), Endpoint{PracticeMarket::baseUrl()},
                             QSslConfiguration::defaultConfiguration(), PracticeMarket::credentials());
    auto session = std::make_unique<Session>(practiceAccount(), std::move(client), m_journal);
    fillPracticeMenu(m_window, exchange, *session);
    use(std::move(session));
}

void Program::openAccount(const Account &account, const Credentials &credentials)
{
    if (!isMeant(account) || m_session)
        return;
    m_accounts.setLastUsed(account);
    m_lockedHere = false;
    auto session = std::make_unique<Session>(account, makeClient(m_options, credentials, m_limiter), m_journal);
    session->keepInstrumentsIn(m_dataFolder);
    session->setWay(wayTo(m_options.endpoint.baseUrl).text());
    use(std::move(session));
}

void Program::takeStoredKeys(const Account &account, const Credentials &credentials)
{
    // A session goes on with the keys it was opened with as long as a cancel runs.
    if (!mayLeaveAccount())
        return;
    closeSession();
    mean(account);
    openAccount(account, credentials);
}

void Program::use(std::unique_ptr<Session> session)
{
    m_session = std::move(session);
    const Account account = m_session->account();
    m_preferences.setAccount(account.id);
    m_window.openSession(*m_session, m_accounts.isInMemory(account.id));
    m_window.setLocked(m_lockedHere);
    connect(&m_session->cancels(), &CancelWorkflow::changed, &m_activity, &Activity::note);
    connect(m_session.get(), &Session::woke, this, [this] {
        // The timer stood still while the computer slept. Later: the session that tells is what a lock ends.
        if (m_idle.isActive() && BootClock::now() - m_lastInputAt >= m_idle.intervalAsDuration())
            QMetaObject::invokeMethod(this, &Program::lockWhenIdle, Qt::QueuedConnection);
    });
    connect(&m_session->cancels(), &CancelWorkflow::changed, this, [this] {
        if (m_lockDue && m_window.openCancels() == 0)
            QMetaObject::invokeMethod(this, &Program::lockWhenIdle, Qt::QueuedConnection);
    });
    const auto unsettled = m_activity.unsettledOf(account);
    m_window.followRecovered(unsettled);
    m_session->start(unsettled);
}

void Program::closeSession()
{
    m_window.closeSession();
    m_session.reset();
    m_lockDue = false;
    // What was turned on for this account does not go on for another, or after a lock.
    m_preferences.setAccount({});
}

bool Program::mayLeaveAccount()
{
    const int running = m_window.openCancels();
    if (running == 0)
        return true;
    m_window.notice(tr("Not now"), stillRunningText(running));
    return false;
}

void Program::showProblem(const Account &account, const KeychainError &error)
{
    if (!isMeant(account) || m_session)
        return;
    m_wasRefused = error.problem == KeychainProblem::Denied;
    if (error.problem == KeychainProblem::Locked) {
        showLock(UnlockPage::Lock::Keychain, false);
        return;
    }
    m_window.setLocked(m_lockedHere);
    m_window.showKeychainProblem(account, error);
}

void Program::showLock(UnlockPage::Lock lock, bool waiting)
{
    if (!m_meant || m_session)
        return;
    m_lock = lock;
    m_window.setLocked(m_lockedHere || lock == UnlockPage::Lock::Keychain);
    m_window.showUnlock(*m_meant, lock, waiting);
}

void Program::showWelcome()
{
    mean({});
    m_window.setLocked(m_lockedHere);
    m_window.showWelcome();
}

void Program::rename(const Account &account)
{
    if (!isMeant(account))
        return;
    m_meant = account;
    if (m_session) {
        m_session->rename(account.name, account.swatch);
        m_window.renewAccount();
        return;
    }
    go(account);
}

void Program::editAccount()
{
    // In practice there is no key to look at: what a trader can do there is connect an own account.
    if (isPracticeOpen())
        m_accounts.addAccount();
    else if (m_meant)
        m_accounts.editAccount(*m_meant, m_session != nullptr);
}

void Program::forget(const Account &account, bool withActivity)
{
    if (isMeant(account)) {
        // Before its keys are asked for, so that no cancel can begin meanwhile.
        if (!mayLeaveAccount())
            return;
        closeSession();
        mean(account);
        showLock(UnlockPage::Lock::BeingForgotten, true);
    }
    m_accounts.forget(account, withActivity);
}

void Program::lock()
{
    if (!m_session || isPracticeOpen() || !mayLeaveAccount())
        return;
    m_lockedHere = true;
    m_window.setLocked(true);
    const Account account = m_session->account();
    const bool isWiped = m_accounts.isInMemory(account.id);
    closeSession();
    mean(account);
    m_accounts.wipeMemory();
    showLock(isWiped ? UnlockPage::Lock::HereAndWiped : UnlockPage::Lock::Here, false);
    if (!isWiped)
        m_accounts.look(account);
}

void Program::lockWhenIdle()
{
    m_lockDue = m_window.openCancels() > 0;
    if (!m_lockDue)
        lock();
}

void Program::unlock()
{
    if (!m_meant || m_session)
        return;
    if (m_lock == UnlockPage::Lock::HereAndWiped) {
        m_accounts.enterKeys(*m_meant, AccountFlow::KeyPlace::Memory);
        return;
    }
    showLock(m_lock, true);
    m_accounts.unlock(*m_meant);
}

void Program::listAccounts()
{
    QList<AccountChoice> choices;
    const QString current = m_meant ? m_meant->id : QString();
    const auto accounts = m_accounts.accounts();
    for (const Account &account : accounts)
        choices.append({account, account.id == current});
    choices.append({practiceAccount(), practiceAccount().id == current});
    QSet<QString> known;
    for (const AccountChoice &choice : std::as_const(choices))
        known.insert(choice.account.id);
    m_activity.setKnown(known);
    m_window.commands().setAccounts(choices);
}

void Program::tellProblems()
{
    if (const QString problem = m_settings.problem(); !problem.isEmpty())
        m_window.notice(tr("Settings"), problem, true);
    if (!m_startNotice.isEmpty())
        m_window.notice(m_startNoticeTitle, m_startNotice, true);
    if (!m_lockNotice.isEmpty())
        m_window.notice(tr("Data folder"), m_lockNotice, true);
    if (const QString aside = InstrumentFile::in(m_dataFolder).setStrangeAside(); !aside.isEmpty())
        m_window.notice(tr("Data folder"), aside, true);
    const QStringList notices = m_activity.load();
    for (const QString &text : notices)
        m_window.notice(tr("Record of cancels"), text, true);
}

void Program::copyDiagnostics()
{
    m_accounts.queryKeychain(this, [this](CredentialStore::State state, const QString &text) {
        DiagnosticFacts facts;
        facts.keychain = state == CredentialStore::State::Ready    ? u"ready"_s
                         : state == CredentialStore::State::Locked ? u"locked"_s
                                                                   : u"none"_s;
        if (!text.isEmpty())
            facts.keychain += u" ("_s + text.simplified() + u')';
        if (m_session) {
            const Conditions line = m_session->conditions();
            facts.way = line.way;
            facts.limits = u"%1 of %2 calls free, %3 waiting, paused %4 ms, half speed %5 ms"_s.arg(line.budgetFree)
                               .arg(line.budgetLimit)
                               .arg(line.queued)
                               .arg(line.pausedFor.count())
                               .arg(line.halfSpeedFor.count());
        }
        if (m_events)
            facts.events = m_events->lastEvents();
        QGuiApplication::clipboard()->setText(diagnosticsText(facts));
        m_window.notice(
            tr("Diagnostics copied"),
            tr("Versions, system and the last events are on the clipboard. No key, secret or signature is "
               "among them."));
    });
}

void Program::heed(const Preferences &now, const Preferences &before)
{
    if (lookOf(now) != lookOf(before))
        applyLook(m_application, lookOf(now), m_systemPalette);
    m_window.setPreferences(now);
    m_notices.setPreferences(now);
    renewIdleLock();
}

void Program::renewIdleLock()
{
    const int minutes = m_preferences.preferences().lockAfterMinutes;
    if (minutes > 0 && m_session && m_session->account().environment != Environment::Practice)
        m_idle.start(std::chrono::minutes(minutes));
    else
        m_idle.stop();
    m_lastInputAt = BootClock::now();
}

bool Program::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::Wheel:
        m_lastInputAt = BootClock::now();
        if (m_idle.isActive() || m_lockDue)
            m_idle.start();
        m_lockDue = false;
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

void Program::keepWindow()
{
    m_settings.setWindowGeometry(m_window.saveGeometry());
    const MainWindow::ViewState view = m_window.viewState();
    m_settings.setValues({{u"table.columns"_s, view.columns},
                          {u"table.filter"_s, view.filter},
                          {u"activity.height"_s, view.activityHeight},
                          {u"activity.shown"_s, view.isActivityShown}});
}

} // namespace countermand
