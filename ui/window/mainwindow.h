#pragma once

#include "domain/account.h"
#include "domain/cancelrecord.h"
#include "domain/keychain.h"
#include "domain/order.h"
#include "ui/look/theme.h"
#include "ui/window/preferences.h"
#include "workflow/cancelscope.h"

#include <QList>
#include <QMainWindow>
#include <QPointer>
#include <QString>
#include <QTimer>

#include <memory>

class QActionGroup;
class QLabel;
class QMenu;
class QPushButton;
class QStackedWidget;

namespace countermand {

class AccountBadge;
class Activity;
class ActivityDock;
class BannerArea;
class CancelConversation;
class FilterBox;
class KeychainPage;
class OrdersPage;
class PracticeBand;
class QuitDialog;
class Session;
class SessionDisplay;
class StatusLine;
class ToastStrip;
class UnlockPage;
class WelcomePage;

/// One account as the Accounts menu lists it.
struct AccountChoice {
    Account account;
    bool current = false;
};

/// Says that so many cancels of the open account have no result yet.
QString stillRunningText(int cancels);

/// The window: arranges, and turns what the user does into questions and signals. What happens to accounts and keys
/// is decided by whoever listens.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(ThemeChoice theme, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Shows an account's orders. `session` must stay until closeSession() or the end of the window.
    void openSession(Session &session);
    void closeSession();
    /// The open account's session; null without one.
    Session *session() { return m_session; }
    /// Cancels of the open account that have no result yet.
    int openCancels() const;
    /// What the Activity dock shows. `activity` must outlive the window.
    void setActivity(Activity &activity);
    /// Follows many cancels of an earlier run in one toast.
    void followRecovered(const QList<CancelRecord> &records);

    /// Shows what the user has chosen, without asking or telling.
    void setPreferences(const Preferences &preferences);

    void showWelcome();
    /// The keychain is locked. `waiting`: the system's own prompt is open.
    void showUnlock(const Account &account, bool waiting);
    /// Why there are no keys.
    void showKeychainProblem(const Account &account, const KeychainError &error);

    void setAccounts(const QList<AccountChoice> &accounts);
    /// A plain notice (accounts, running cancels, settings): neutral, or a warning that stays.
    void notice(const QString &headline, const QString &text, bool warning = false);
    /// The Practice menu, shown only while a practice session is open. Owned by the window.
    QMenu *practiceMenu() { return m_practiceMenu; }
    OrderId selectedOrder() const;
    /// How the table looked last time (ColumnLayout::toText(), filter text, row height in pixels or 0); before a
    /// session is opened.
    void setTableState(const QString &columns, const QString &filter, int rowHeight);
    QString tableColumns() const;
    QString filterText() const;

    /// Closes without asking: the question has been answered, or the system ends the session.
    void closeAtOnce();
    /// Brings the window to the front (a second program was started on the same folder).
    void raiseToFront();
    ToastStrip &toasts() { return *m_toasts; }
    /// Brings the window to the front, with focus on this toast or, if it has left, on the newest.
    void raiseToToast(const QString &key);
    /// Preferences say that nothing shows system notifications.
    void setNoticesUnavailable(bool unavailable) { m_noticesUnavailable = unavailable; }

signals:
    void practiceChosen();
    void addAccountChosen();
    void editAccountChosen();
    void forgetAccountChosen();
    void accountChosen(const countermand::Account &account);
    void firstStepsChosen();
    void lockChosen();
    void unlockChosen();
    void keychainRetryChosen();
    void memoryChosen();
    void rowHeightChosen(int pixels);
    /// The system has changed its colors.
    void systemThemeChanged();
    void themeChosen(countermand::ThemeChoice theme);
    void preferencesChanged(const countermand::Preferences &preferences);
    /// The window is about to close for good.
    void closing();

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildToolBar();
    void buildFilter();
    void buildPages();
    /// What the table needs of the toolbar: filter, chip.
    void joinTable(OrdersPage &page);
    void showWaiting(int changes);
    void buildOrdersMenu();
    void buildViewMenu(ThemeChoice theme);
    void buildRowHeightMenu(QMenu *view);
    void buildGroupMenu(QMenu *view);
    void renewRowHeight();
    void buildAccountsMenu();
    void buildHelpMenu();
    void renewTitle();
    void renewTools();
    void renewScopes();
    void renewScopesSoon();
    void askAboutMany(CancelScope scope);
    void openPreferences();
    void setInstantCancel(bool on);
    void renewIcons();
    void showPage(QWidget *page, const Account *account);
    void askBeforeQuit();
    void moveArea(int direction);

    Session *m_session = nullptr;
    QTimer m_scopesTimer;
    int m_notices = 0;
    bool m_closeAtOnce = false;
    bool m_quitWhenSettled = false;
    bool m_noticesUnavailable = false;

    PracticeBand *m_band = nullptr;
    QWidget *m_tools = nullptr;
    AccountBadge *m_badge = nullptr;
    FilterBox *m_filter = nullptr;
    QLabel *m_counter = nullptr;
    QPushButton *m_waiting = nullptr;
    QPushButton *m_refresh = nullptr;
    QPushButton *m_cancelSelected = nullptr;
    QPushButton *m_cancelAll = nullptr;
    QPushButton *m_instantChip = nullptr;
    BannerArea *m_banners = nullptr;
    QStackedWidget *m_pages = nullptr;
    WelcomePage *m_welcome = nullptr;
    UnlockPage *m_unlock = nullptr;
    KeychainPage *m_keychain = nullptr;
    ToastStrip *m_toasts = nullptr;
    ActivityDock *m_activity = nullptr;
    StatusLine *m_status = nullptr;
    Preferences m_preferences;

    QMenu *m_ordersMenu = nullptr;
    QMenu *m_viewMenu = nullptr;
    QActionGroup *m_rowHeights = nullptr;
    QActionGroup *m_groupBy = nullptr;
    /// As the last table had them.
    QString m_columns;
    QMenu *m_accountsMenu = nullptr;
    QMenu *m_practiceMenu = nullptr;
    QActionGroup *m_accountActions = nullptr;
    QAction *m_cancelAction = nullptr;
    QAction *m_cancelInstrument = nullptr;
    QAction *m_cancelShown = nullptr;
    QAction *m_cancelEverything = nullptr;
    QAction *m_stopRemaining = nullptr;
    QAction *m_refreshAction = nullptr;
    QAction *m_scanAction = nullptr;
    QAction *m_editAccount = nullptr;
    QAction *m_forgetAccount = nullptr;
    QAction *m_lock = nullptr;

    QPointer<OrdersPage> m_page;
    std::unique_ptr<SessionDisplay> m_display;
    std::unique_ptr<CancelConversation> m_conversation;
    QPointer<QuitDialog> m_quitQuestion;
    QMetaObject::Connection m_quitWatch;
};

} // namespace countermand
