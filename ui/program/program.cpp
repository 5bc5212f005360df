#include "ui/program/program.h"

#include "exchange/coinwclient.h"
#include "exchange/proxyfactory.h"
#include "practice/practicemarket.h"
#include "practice/practicenetwork.h"
#include "ui/accessible.h"
#include "ui/program/practicemenu.h"
#include "workflow/cancelworkflow.h"
#include "workflow/session.h"

#include <QApplication>
#include <QDateTime>
#include <QNetworkAccessManager>
#include <QSessionManager>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

QString wordOf(ThemeChoice theme)
{
    switch (theme) {
    case ThemeChoice::Auto:
        return u"auto"_s;
    case ThemeChoice::Light:
        return u"light"_s;
    case ThemeChoice::Dark:
        return u"dark"_s;
    }
    return {};
}

ThemeChoice themeOfWord(const QString &word)
{
    return word == "light"_L1 ? ThemeChoice::Light : word == "dark"_L1 ? ThemeChoice::Dark : ThemeChoice::Auto;
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
    auto network = std::make_unique<QNetworkAccessManager>();
    network->setProxyFactory(new ProxyFactory);
    return makeClient(std::move(network), options.endpoint, tlsOf(options), credentials);
}

} // namespace

Program::Program(QApplication &application, const Options &options, const QString &dataFolder)
    : m_application(application),
      m_options(options),
      m_systemPalette(QApplication::palette()),
      m_settings(dataFolder),
      m_journal(Journal::open(dataFolder, QDateTime::currentDateTimeUtc())),
      m_theme(themeOfWord(m_settings.theme())),
      m_window((applyTheme(application, m_theme, m_systemPalette), m_theme)),
      m_accounts(m_window, m_settings, options.endpoint,
                 [options](const Credentials &credentials, QObject *context,
                           std::function<void(const ConnectionTest &)> handler) {
                     Session::test(makeClient(options, credentials), context, std::move(handler));
                 })
{
    connect(&m_window, &MainWindow::practiceChosen, this, [this] { choose(practiceAccount()); });
    connect(&m_window, &MainWindow::accountChosen, this, &Program::choose);
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
    connect(&m_window, &MainWindow::themeChosen, this, &Program::setTheme);
    connect(&m_window, &MainWindow::closing, this, &Program::keepWindow);

    connect(&m_accounts, &AccountFlow::keysReady, this, &Program::openAccount);
    connect(&m_accounts, &AccountFlow::accountsChanged, this, &Program::listAccounts);
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
    use(std::make_unique<Session>(account, makeClient(m_options, credentials), m_journal));
}

void Program::use(std::unique_ptr<Session> session)
{
    closeSession();
    m_session = std::move(session);
    m_window.openSession(*m_session);
    m_session->start();
    listAccounts();
}

void Program::closeSession()
{
    m_window.closeSession();
    m_session.reset();
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
    m_window.setAccounts(choices);
}

void Program::tellProblems()
{
    if (const QString problem = m_settings.problem(); !problem.isEmpty())
        m_window.notice(tr("Settings"), problem, true);
    QStringList notices;
    m_journal.load(&notices);
    for (const QString &text : std::as_const(notices))
        m_window.notice(tr("Record of cancels"), text, true);
}

void Program::setTheme(ThemeChoice theme)
{
    m_theme = theme;
    m_settings.setTheme(wordOf(theme));
    applyTheme(m_application, theme, m_systemPalette);
}

void Program::keepWindow()
{
    m_settings.setWindowGeometry(m_window.saveGeometry());
}

} // namespace countermand
