#pragma once

#include "domain/account.h"
#include "domain/cancelrecord.h"
#include "domain/keychain.h"
#include "domain/order.h"
#include "ui/account/unlockpage.h"
#include "ui/notices/toast.h"
#include "ui/window/preferences.h"

#include <QList>
#include <QMainWindow>
#include <QPointer>
#include <QString>
#include <QTimer>

#include <memory>
#include <utility>

class QSplitter;
class QStackedWidget;

namespace countermand {

class Activity;
class ActivityDock;
class CancelConversation;
class InfoLine;
class KeychainPage;
class ListSummary;
class MainToolBar;
class OrdersPage;
class PracticeBand;
class PreferencesDialog;
class QuitGuard;
class Session;
class SessionDisplay;
class StatusLine;
class ToastStrip;
class WelcomePage;
class WindowCommands;

/// Says that so many cancels of the open account have no result yet.
QString stillRunningText(int cancels);

/// The window: arranges, and turns what the user does into questions and signals. What happens to accounts and keys
/// is decided by whoever listens.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Shows an account's orders; none may be shown yet. `session` must stay until closeSession() or the end of the
    /// window. `keysInMemory`: its keys are kept nowhere else.
    void openSession(Session &session, bool keysInMemory = false);
    /// With its questions and whatever else is open over the window. A page must be shown next. Notices that the user
    /// must still see stay.
    void closeSession();
    /// The open account has another name or color.
    void renewAccount();
    /// Cancels of the open account that have no result yet.
    int openCancels() const;
    /// What the Activity dock shows. `activity` must outlive the window.
    void setActivity(Activity &activity);
    /// Follows many cancels of an earlier run in one toast.
    void followRecovered(const QList<CancelRecord> &records);

    /// Shows and heeds what the user has chosen: menus, Preferences, toasts, table.
    void setPreferences(const Preferences &preferences);

    // Pages in place of orders: only while no session is open.
    void showWelcome();
    /// The account's keys are not there (yet). `waiting`: the keychain has been asked.
    void showUnlock(const Account &account, UnlockPage::Lock lock, bool waiting);
    /// Why there are no keys.
    void showKeychainProblem(const Account &account, const KeychainError &error);

    /// While locked no cancel of any account is shown: neither Activity nor the notices of a session that was closed.
    void setLocked(bool locked);

    /// A plain notice (accounts, running cancels, settings): neutral, or a warning that stays.
    void notice(const QString &headline, const QString &text, bool warning = false);
    /// The menus and what they offer.
    WindowCommands &commands() { return *m_commands; }
    OrderId selectedOrder() const;
    /// How table and Activity look.
    struct ViewState {
        /// ColumnLayout::toText()
        QString columns;
        QString filter;
        /// In pixels, or 0.
        int rowHeight = 0;
        /// In pixels, or 0.
        int activityHeight = 0;
        bool isActivityShown = false;
    };
    /// As it looked last time; before a session is opened.
    void setViewState(const ViewState &state);
    ViewState viewState() const;

    /// Closes without asking: the question has been answered, or the system ends the session.
    void closeAtOnce();
    /// Brings the window to the front (a second program was started on the same folder).
    void raiseToFront();
    ToastStrip &toasts() { return *m_toasts; }
    /// Preferences say that nothing shows system notifications.
    void setNoticesUnavailable(bool unavailable) { m_noticesUnavailable = unavailable; }

signals:
    void practiceChosen();
    void addAccountChosen();
    void editAccountChosen();
    void forgetAccountChosen();
    void lockChosen();
    void unlockChosen();
    void stopWaitingChosen();
    void keychainRetryChosen();
    void memoryChosen();
    void enterKeysChosen();
    /// The user wants to do nothing about missing keys now.
    void keychainDismissed();
    /// The system has changed its colors.
    void systemThemeChanged();
    /// The user wants these; what holds is told by setPreferences().
    void preferencesChosen(const countermand::Preferences &preferences);
    /// The window is about to close for good.
    void closing();

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    /// The parts of the window, from top to bottom.
    QList<QWidget *> areas() const;
    /// As small as its parts can be, but never larger than the screen.
    void renewLeastSize();
    /// The largest size at which the window and its frame fit its screen.
    QSize roomOnScreen() const;
    void buildPages();
    template <typename Which, typename Handler>
    void on(Which command, Handler handler);
    /// What each command does.
    void connectOrderCommands();
    void connectOtherCommands();
    /// What toolbar, filter and information line ask for.
    void connectControls();
    /// What the table needs of toolbar and menus: filter, chip, columns.
    void joinTable(OrdersPage &page);
    void renewRowHeight();
    void renewTitle();
    void renewCommands();
    void renewCommandsSoon();
    void refresh();
    void joinActivity();
    /// Everything about a cancel, kept up to date.
    void showRecord(const CancelRecord &record);
    /// What became of the orders of one question, in this session or earlier.
    void showResults(const QString &batchId);
    void openPreferences();
    /// Asks for the preferences as they are but for one.
    template <typename Value>
    void choose(Value Preferences::*field, Value value);
    void showPage(QWidget *page, const Account *account);
    void openFirstSteps();
    void closeDialogs();
    void tellWithheld();
    void moveArea(int direction);

    Session *m_session = nullptr;
    QTimer m_commandsTimer;
    int m_notices = 0;
    bool m_noticesUnavailable = false;
    Preferences m_preferences;
    /// As the last table had them.
    QString m_columns;

    QuitGuard *m_guard;
    WindowCommands *m_commands;
    PracticeBand *m_band = nullptr;
    MainToolBar *m_tools = nullptr;
    InfoLine *m_info = nullptr;
    QStackedWidget *m_pages = nullptr;
    WelcomePage *m_welcome = nullptr;
    UnlockPage *m_unlock = nullptr;
    KeychainPage *m_keychain = nullptr;
    ToastStrip *m_toasts = nullptr;
    ActivityDock *m_activity = nullptr;
    QSplitter *m_split = nullptr;
    Activity *m_cancels = nullptr;
    StatusLine *m_status = nullptr;

    bool m_locked = false;
    bool m_activityWasShown = false;
    int m_activityHeight = 0;
    /// Notices of closed sessions that the user must still see.
    QList<std::pair<QString, ToastContent>> m_withheld;

    QPointer<OrdersPage> m_page;
    QPointer<PreferencesDialog> m_preferencesDialog;
    std::unique_ptr<SessionDisplay> m_display;
    std::unique_ptr<ListSummary> m_summary;
    std::unique_ptr<CancelConversation> m_conversation;
};

} // namespace countermand
