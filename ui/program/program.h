#pragma once

#include "domain/account.h"
#include "domain/bootclock.h"
#include "domain/credentials.h"
#include "domain/keychain.h"
#include "local/credentialstore.h"
#include "local/journal.h"
#include "local/settings.h"
#include "ui/account/unlockpage.h"
#include "ui/program/accountflow.h"
#include "ui/program/endsignals.h"
#include "ui/program/options.h"
#include "ui/program/preferencestore.h"
#include "ui/program/systemnotices.h"
#include "ui/window/mainwindow.h"
#include "workflow/activity.h"
#include "workflow/limitskeeper.h"

#include <QObject>
#include <QPalette>
#include <QTimer>

#include <memory>
#include <optional>

class QApplication;

namespace countermand {

class EventLog;
class Session;
class SharedLimiter;

/// The whole program: builds the parts, connects them, and opens one account at a time.
class Program : public QObject
{
    Q_OBJECT

public:
    /// `dataFolder` exists and belongs to this program alone. `keychain` is where API keys are kept.
    Program(QApplication &application, const Options &options, const QString &dataFolder,
            std::unique_ptr<CredentialStore> keychain);
    ~Program() override;

    /// Said in the window once it is there: where the data are, if not where they were wanted. Empty: nothing.
    void setStartNotice(const QString &title, const QString &text)
    {
        m_startNoticeTitle = title;
        m_startNotice = text;
    }
    /// What diagnostics tell of; must outlive the program.
    void setEvents(const EventLog &events) { m_events = &events; }
    /// Said as well: what stood in the way of the lock of the data folder. Empty: nothing.
    void setLockNotice(const QString &text) { m_lockNotice = text; }
    /// Shows the window; network, keychain and certificates are touched only after it has been painted.
    void start();
    void raise() { m_window.raiseToFront(); }
    /// The end of the session, asked for by the desktop or by a signal: nothing is asked, the journal holds every
    /// cancel already.
    void endSession();

private:
    void connectWindow();
    void connectAccounts();
    void firstPage();
    /// The user wants this account, from wherever.
    void choose(const Account &account);
    /// The same, once no session is open.
    void go(const Account &account);
    /// From now on this account is meant, and what was asked for another is answered no more. Nothing: none is.
    void mean(const std::optional<Account> &account);
    bool isMeant(const Account &account) const { return m_meant && m_meant->id == account.id; }
    bool isPracticeOpen() const;
    void openPractice();
    void openAccount(const Account &account, const Credentials &credentials);
    void takeStoredKeys(const Account &account, const Credentials &credentials);
    void showProblem(const Account &account, const KeychainError &error);
    void showLock(UnlockPage::Lock lock, bool waiting);
    void showWelcome();
    void rename(const Account &account);
    void editAccount();
    void forget(const Account &account, bool withActivity);
    void lock();
    void lockWhenIdle();
    void unlock();
    void use(std::unique_ptr<Session> session);
    void closeSession();
    bool mayLeaveAccount();
    void listAccounts();
    void tellProblems();
    void copyDiagnostics();
    void heed(const Preferences &now, const Preferences &before);
    void renewIdleLock();
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keepWindow();

    QApplication &m_application;
    const Options m_options;
    QPalette m_systemPalette;
    const QString m_dataFolder;
    Settings m_settings;
    Journal m_journal;
    Activity m_activity;
    /// Of the exchange, for every account and every trial of a key.
    const std::shared_ptr<SharedLimiter> m_limiter;
    LimitsKeeper m_limits;
    PreferenceStore m_preferences;
    EndSignals m_endSignals;
    MainWindow m_window;
    SystemNotices m_notices;
    AccountFlow m_accounts;
    /// The account that the window is about, with or without its orders; practice is one too. Nothing: the welcome
    /// page.
    std::optional<Account> m_meant;
    /// The keychain refused access to its keys.
    bool m_wasRefused = false;
    /// Of the account meant, or nothing. Opened and closed here alone.
    std::unique_ptr<Session> m_session;
    UnlockPage::Lock m_lock = UnlockPage::Lock::NotYet;
    /// By the user, or because nobody was there; until an account's keys are had again.
    bool m_lockedHere = false;
    /// Nobody was there, but cancels ran.
    bool m_lockDue = false;
    /// Runs while an own account is open and idle lock is on.
    QTimer m_idle;
    BootClock::time_point m_lastInputAt = BootClock::now();
    QString m_startNoticeTitle;
    QString m_startNotice;
    QString m_lockNotice;
    const EventLog *m_events = nullptr;
};

} // namespace countermand
