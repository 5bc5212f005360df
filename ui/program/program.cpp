#include "ui/program/program.h"

#include "exchange/coinwclient.h"
#include "exchange/proxyfactory.h"
#include "practice/practicemarket.h"
#include "practice/practicenetwork.h"
#include "ui/look/accessible.h"
#include "ui/program/practicemenu.h"
#include "ui/window/commands.h"
#include "workflow/cancelworkflow.h"
#include "workflow/session.h"

#include <QApplication>
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
    return {.theme = preferences.theme, .sides = preferences.sides, .highContrast = preferences.highContrast};
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

std::unique_ptr<CoinwClient> makeClient(const Options &options, const Credentials &credentials)
{
    const NetworkMaker makeNetwork = [] {
        auto network = std::make_shared<QNetworkAccessManager>();
        network->setProxyFactory(new ProxyFactory);
        return network;
    };
    auto client = std::make_unique<CoinwClient>(makeNetwork, options.endpoint, CoinwClient::Timing{}, tlsOf(options));
    client->setCredentials(credentials);
    return client;
}

} // namespace

Program::Program(QApplication &application, const Options &options, const QString &dataFolder)
    : m_application(application),
      m_options(options),
      m_systemPalette(QApplication::palette()),
      m_dataFolder(dataFolder),
      m_settings(dataFolder),
      m_journal(Journal::open(dataFolder, QDateTime::currentDateTimeUtc())),
      m_activity(m_journal),
      m_preferences(m_settings),
      m_window((applyLook(application, lookOf(m_preferences.preferences()), m_systemPalette), nullptr)),
      m_notices(m_window),
      m_accounts(m_window, m_settings, options.endpoint,
                 [options](const Credentials &credentials, QObject *context,
                           std::function<void(const ConnectionTest &)> handler) {
                     Session::test(makeClient(options, credentials), context, std::move(handler));
                 })
{
    connect(&m_window, &MainWindow::practiceChosen, this, [this] { choose(practiceAccount()); });
    connect(&m_window.commands(), &WindowCommands::accountChosen, this, &Program::choose);
    connect(&m_window, &MainWindow::addAccountChosen, &m_accounts, &AccountFlow::addAccount);
    connect(&m_window, &MainWindow::editAccountChosen, this, [this] {
        // In practice there is no key to look at: what a trader can do there is connect an own account.
        if (m_session && m_session->account().environment == Environment::Practice)
            m_accounts.addAccount();
        else
            m_accounts.editAccount();
    });
    connect(&m_window, &MainWindow::forgetAccountChosen, this, [this] {
        if (mayLeaveAccount())
            m_accounts.forgetAccount();
    });
    connect(&m_window, &MainWindow::lockChosen, this, &Program::lock);
    connect(&m_window, &MainWindow::unlockChosen, &m_accounts, &AccountFlow::unlock);
    connect(&m_window, &MainWindow::keychainRetryChosen, &m_accounts, &AccountFlow::retry);
    connect(&m_window, &MainWindow::memoryChosen, &m_accounts, &AccountFlow::useMemory);
    connect(&m_window, &MainWindow::firstStepsChosen, this, &Program::firstSteps);
    connect(&m_window, &MainWindow::preferencesChosen, &m_preferences, &PreferenceStore::set);
    connect(&m_preferences, &PreferenceStore::changed, this, &Program::heed);
    connect(&m_window, &MainWindow::systemThemeChanged, this, [this] {
        const QPalette fresh = systemPaletteNow();
        if (fresh == m_systemPalette)
            return;
        m_systemPalette = fresh;
        applyLook(m_application, lookOf(m_preferences.preferences()), m_systemPalette);
    });
    connect(&m_window, &MainWindow::closing, this, &Program::keepWindow);
    connect(&m_window.commands(), &WindowCommands::rowHeightChosen, this,
            [this](int pixels) { m_settings.setRowHeight(pixels); });
    m_window.setTableState(m_settings.value(u"table.columns"_s).toString(),
                           m_settings.value(u"table.filter"_s).toString(), m_settings.rowHeight());

    connect(&m_accounts, &AccountFlow::keysReady, this, &Program::openAccount);
    connect(&m_accounts, &AccountFlow::accountsChanged, this, &Program::listAccounts);
    connect(&m_accounts, &AccountFlow::activityUnwanted, this, [this](const Account &account) {
        if (const auto problem = m_activity.remove(account))
            m_window.notice(tr("Activity kept"), *problem, true);
    });
    connect(&m_accounts, &AccountFlow::forgotten, this, [this](const Account &account) {
        if (m_session && m_session->account().id != account.id)
            return;
        closeSession();
        m_window.showWelcome();
    });

    // Logout or shutdown: nothing is asked, the journal holds every cancel already.
    connect(
        &m_application, &QGuiApplication::commitDataRequest, this, [this] { m_window.closeAtOnce(); },
        Qt::DirectConnection);

    if (const QByteArray geometry = m_settings.windowGeometry(); !geometry.isEmpty())
        m_window.restoreGeometry(geometry);
    m_window.setActivity(m_activity);
    m_preferences.setAccount({});
    m_idle.setSingleShot(true);
    connect(&m_idle, &QTimer::timeout, this, &Program::lock);
    m_application.installEventFilter(this);
    listAccounts();
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

void Program::firstPage()
{
    tellProblems();
    const auto last = m_accounts.lastUsed();
    if (m_options.practice)
        openPractice();
    else if (last)
        m_accounts.open(*last);
}

void Program::choose(const Account &account)
{
    if (m_session && m_session->account().id == account.id)
        return;
    if (!mayLeaveAccount())
        return;
    closeSession();
    if (account.environment == Environment::Practice)
        openPractice();
    else
        m_accounts.open(account);
}

void Program::openPractice()
{
    auto network = std::make_unique<PracticeNetwork>();
    PracticeNetwork &exchange = *network;
    auto client = makeClient(std::move(network), Endpoint{PracticeMarket::baseUrl()},
                             QSslConfiguration::defaultConfiguration(), PracticeMarket::credentials());
    auto session = std::make_unique<Session>(practiceAccount(), std::move(client), m_journal);
    fillPracticeMenu(m_window, exchange, *session);
    m_accounts.setCurrent({});
    use(std::move(session));
}

void Program::openAccount(const Account &account, const Credentials &credentials)
{
    if (!mayLeaveAccount())
        return;
    m_accounts.setCurrent(account);
    auto session = std::make_unique<Session>(account, makeClient(m_options, credentials), m_journal);
    session->keepInstrumentsIn(m_dataFolder);
    use(std::move(session));
}

void Program::use(std::unique_ptr<Session> session)
{
    closeSession();
    m_session = std::move(session);
    m_preferences.setAccount(m_session->account().id);
    m_window.openSession(*m_session);
    connect(&m_session->cancels(), &CancelWorkflow::changed, &m_activity, &Activity::note);
    const auto unsettled = m_activity.unsettledOf(m_session->account());
    m_window.followRecovered(unsettled);
    m_session->start(unsettled);
    listAccounts();
}

void Program::closeSession()
{
    m_window.closeSession();
    m_session.reset();
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

void Program::lock()
{
    if (!m_session || !mayLeaveAccount())
        return;
    const Account account = m_session->account();
    closeSession();
    m_window.showUnlock(account, false);
}

void Program::firstSteps()
{
    closeSession();
    m_accounts.setCurrent({});
    m_window.showWelcome();
    listAccounts();
}

void Program::listAccounts()
{
    QList<AccountChoice> choices;
    const QString current = m_session ? m_session->account().id : QString();
    const auto accounts = m_accounts.accounts();
    for (const Account &account : accounts)
        choices.append({account, account.id == current});
    choices.append({practiceAccount(), practiceAccount().id == current});
    m_window.commands().setAccounts(choices);
}

void Program::tellProblems()
{
    if (const QString problem = m_settings.problem(); !problem.isEmpty())
        m_window.notice(tr("Settings"), problem, true);
    if (!m_startNotice.isEmpty())
        m_window.notice(tr("Not portable here"), m_startNotice, true);
    const QStringList notices = m_activity.load();
    for (const QString &text : notices)
        m_window.notice(tr("Record of cancels"), text, true);
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
}

bool Program::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::Wheel:
        if (m_idle.isActive())
            m_idle.start();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

void Program::keepWindow()
{
    m_settings.setWindowGeometry(m_window.saveGeometry());
    m_settings.setValue(u"table.columns"_s, m_window.tableColumns());
    m_settings.setValue(u"table.filter"_s, m_window.filterText());
}

} // namespace countermand
