#pragma once

#include "domain/credentials.h"
#include "local/journal.h"
#include "local/settings.h"
#include "ui/program/accountflow.h"
#include "ui/program/options.h"
#include "ui/program/preferencestore.h"
#include "ui/program/systemnotices.h"
#include "ui/window/mainwindow.h"
#include "workflow/activity.h"

#include <QObject>
#include <QPalette>
#include <QTimer>

#include <memory>

class QApplication;

namespace countermand {

class Session;

/// The whole program: builds the parts, connects them, and opens one account at a time.
class Program : public QObject
{
    Q_OBJECT

public:
    /// `dataFolder` exists and belongs to this program alone.
    Program(QApplication &application, const Options &options, const QString &dataFolder);
    ~Program() override;

    /// Said in the window once it is there: where the data are, if not where they were wanted. Empty: nothing.
    void setStartNotice(const QString &text) { m_startNotice = text; }
    /// Shows the window; network, keychain and certificates are touched only after it has been painted.
    void start();
    void raise() { m_window.raiseToFront(); }

private:
    void firstPage();
    void openPractice();
    void openAccount(const Account &account, const Credentials &credentials);
    void choose(const Account &account);
    void lock();
    void firstSteps();
    void use(std::unique_ptr<Session> session);
    void closeSession();
    bool mayLeaveAccount();
    void listAccounts();
    void tellProblems();
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
    PreferenceStore m_preferences;
    MainWindow m_window;
    SystemNotices m_notices;
    AccountFlow m_accounts;
    std::unique_ptr<Session> m_session;
    /// Runs while an own account is open and idle lock is on.
    QTimer m_idle;
    QString m_startNotice;
};

} // namespace countermand
