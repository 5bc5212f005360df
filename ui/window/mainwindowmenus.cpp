#include "ui/activity/activitydock.h"
#include "ui/cancel/bulkconversation.h"
#include "ui/cancel/cancelconversation.h"
#include "ui/table/filterbox.h"
#include "ui/table/orderspage.h"
#include "ui/table/ordersproxy.h"
#include "ui/table/ordersview.h"
#include "ui/window/aboutdialog.h"
#include "ui/window/mainwindow.h"
#include "ui/window/shortcutsdialog.h"
#include "workflow/orderfeed.h"
#include "workflow/session.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>

using namespace Qt::StringLiterals;

// The menus of the window; what their actions do to it is in mainwindow.cpp.
namespace countermand {

QString stillRunningText(int cancels)
{
    return cancels == 1 ? MainWindow::tr("1 cancel is still running. Wait or stop it first.")
                        : MainWindow::tr("%n cancels are still running. Wait or stop them first.", nullptr, cancels);
}

void MainWindow::buildOrdersMenu()
{
    m_ordersMenu = menuBar()->addMenu(tr("Orders"));

    m_refreshAction = m_ordersMenu->addAction(tr("Refresh"));
    m_refreshAction->setShortcuts({QKeySequence(Qt::Key_F5), QKeySequence(Qt::CTRL | Qt::Key_R)});
    connect(m_refreshAction, &QAction::triggered, this, [this] {
        if (m_page)
            m_page->table().applyWaiting();
        if (m_session)
            m_session->feed().refresh();
    });

    m_scanAction = m_ordersMenu->addAction(tr("Scan all instruments"));
    connect(m_scanAction, &QAction::triggered, this, [this] {
        if (m_session)
            m_session->scanInstruments();
    });

    m_cancelAction = m_ordersMenu->addAction(tr("Cancel selected…"));
    QList<QKeySequence> cancelKeys{QKeySequence(Qt::Key_Delete)};
#ifdef Q_OS_MACOS
    cancelKeys.append(QKeySequence(Qt::CTRL | Qt::Key_Backspace));
#endif
    m_cancelAction->setShortcuts(cancelKeys);
    // A held key asks once.
    m_cancelAction->setAutoRepeat(false);
    connect(m_cancelAction, &QAction::triggered, this, [this] {
        if (m_conversation)
            m_conversation->askAboutSelected();
    });
    const auto addScope = [this](const QString &text, CancelScope scope) {
        QAction *action = m_ordersMenu->addAction(text);
        action->setAutoRepeat(false);
        connect(action, &QAction::triggered, this, [this, scope] { askAboutMany(scope); });
        return action;
    };
    m_cancelInstrument = addScope(tr("Cancel all of this instrument…"), CancelScope::Instrument);
    m_cancelShown = addScope(tr("Cancel all shown…"), CancelScope::Shown);
    m_cancelEverything = addScope(tr("Cancel all open…"), CancelScope::All);
    QList<QKeySequence> everythingKeys{QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Delete)};
#ifdef Q_OS_MACOS
    everythingKeys.append(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Backspace));
#endif
    m_cancelEverything->setShortcuts(everythingKeys);
    m_stopRemaining = m_ordersMenu->addAction(tr("Stop remaining"));
    m_stopRemaining->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Period));
    connect(m_stopRemaining, &QAction::triggered, this, [this] {
        if (m_conversation)
            m_conversation->bulk().stopRemaining();
    });
    connect(m_ordersMenu, &QMenu::aboutToShow, this, &MainWindow::renewScopes);
    m_ordersMenu->addSeparator();
    QAction *exportActivity = m_ordersMenu->addAction(tr("Export activity…"));
    connect(exportActivity, &QAction::triggered, m_activity, &ActivityDock::exportRows);

    QAction *quit = m_ordersMenu->addAction(tr("Quit"));
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
    quit->setMenuRole(QAction::QuitRole);
    connect(quit, &QAction::triggered, this, &QWidget::close);
}

void MainWindow::buildViewMenu(ThemeChoice theme)
{
    QMenu *view = menuBar()->addMenu(tr("View"));
    m_viewMenu = view;
    buildRowHeightMenu(view);
    buildGroupMenu(view);
    QAction *activity = view->addAction(tr("Activity"));
    activity->setShortcut(QKeySequence(Qt::Key_F9));
    activity->setCheckable(true);
    connect(activity, &QAction::toggled, m_activity, &QWidget::setVisible);
    connect(m_activity, &ActivityDock::visibilityChanged, activity,
            [this, activity] { activity->setChecked(!m_activity->isHidden()); });
    QMenu *themes = view->addMenu(tr("Theme"));
    auto *group = new QActionGroup(this);
    const QList<std::pair<ThemeChoice, QString>> choices{
        {ThemeChoice::Auto, tr("Auto")}, {ThemeChoice::Light, tr("Light")}, {ThemeChoice::Dark, tr("Dark")}};
    for (const auto &[choice, text] : choices) {
        QAction *action = themes->addAction(text);
        action->setCheckable(true);
        action->setChecked(choice == theme);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, chosen = choice] { emit themeChosen(chosen); });
    }
    QAction *find = view->addAction(tr("Find"));
    find->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_F));
    connect(find, &QAction::triggered, this, [this] {
        m_filter->setFocus(Qt::ShortcutFocusReason);
        m_filter->selectAll();
    });
    QAction *reset = view->addAction(tr("Reset columns"));
    connect(reset, &QAction::triggered, this, [this] {
        if (m_page)
            m_page->table().resetColumns();
    });

    auto *next = new QAction(tr("Next area"), this);
    next->setShortcut(QKeySequence(Qt::Key_F6));
    connect(next, &QAction::triggered, this, [this] { moveArea(1); });
    auto *previous = new QAction(tr("Previous area"), this);
    previous->setShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F6));
    connect(previous, &QAction::triggered, this, [this] { moveArea(-1); });
    view->addSeparator();
    view->addActions({next, previous});
    view->addSeparator();
    QAction *preferences = view->addAction(tr("Preferences…"));
    preferences->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Comma));
    preferences->setMenuRole(QAction::PreferencesRole);
    connect(preferences, &QAction::triggered, this, &MainWindow::openPreferences);
}

void MainWindow::buildGroupMenu(QMenu *view)
{
    QMenu *groups = view->addMenu(tr("Group by"));
    m_groupBy = new QActionGroup(this);
    const QList<std::pair<GroupBy, QString>> choices{
        {GroupBy::None, tr("None")}, {GroupBy::Instrument, tr("Instrument")}, {GroupBy::Side, tr("Side")}};
    for (const auto &[by, text] : choices) {
        QAction *action = groups->addAction(text);
        action->setCheckable(true);
        action->setData(int(by));
        action->setChecked(by == GroupBy::None);
        m_groupBy->addAction(action);
        connect(action, &QAction::triggered, this, [this, chosen = by] {
            if (m_page)
                m_page->table().setGroupBy(chosen);
        });
    }
}

void MainWindow::buildRowHeightMenu(QMenu *view)
{
    QMenu *heights = view->addMenu(tr("Row height"));
    m_rowHeights = new QActionGroup(this);
    using enum OrdersView::RowHeight;
    const QList<std::pair<OrdersView::RowHeight, QString>> choices{
        {Compact, tr("Compact")}, {Normal, tr("Normal")}, {Roomy, tr("Roomy")}};
    for (const auto &[height, text] : choices) {
        QAction *action = heights->addAction(text);
        action->setCheckable(true);
        action->setData(int(height));
        action->setChecked(height == Normal);
        m_rowHeights->addAction(action);
        connect(action, &QAction::triggered, this, [this, pixels = int(height)] {
            renewRowHeight();
            emit rowHeightChosen(pixels);
        });
    }
}

void MainWindow::buildAccountsMenu()
{
    m_accountsMenu = menuBar()->addMenu(tr("Accounts"));
    m_accountActions = new QActionGroup(this);
    m_accountsMenu->addSeparator();
    connect(m_accountsMenu->addAction(tr("Add account…")), &QAction::triggered, this, &MainWindow::addAccountChosen);
    m_editAccount = m_accountsMenu->addAction(tr("Edit account…"));
    connect(m_editAccount, &QAction::triggered, this, &MainWindow::editAccountChosen);
    m_forgetAccount = m_accountsMenu->addAction(tr("Forget account…"));
    connect(m_forgetAccount, &QAction::triggered, this, &MainWindow::forgetAccountChosen);
    m_lock = m_accountsMenu->addAction(tr("Lock now"));
    m_lock->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_L));
    connect(m_lock, &QAction::triggered, this, &MainWindow::lockChosen);
}

void MainWindow::setAccounts(const QList<AccountChoice> &accounts)
{
    const auto old = m_accountActions->actions();
    qDeleteAll(old);
    QAction *before = m_accountsMenu->actions().first();
    for (const AccountChoice &choice : accounts) {
        auto *action = new QAction(choice.account.name, m_accountActions);
        action->setCheckable(true);
        action->setChecked(choice.current);
        connect(action, &QAction::triggered, this, [this, account = choice.account] { emit accountChosen(account); });
        m_accountsMenu->insertAction(before, action);
    }
}

void MainWindow::buildHelpMenu()
{
    QMenu *help = menuBar()->addMenu(tr("Help"));
    QAction *shortcuts = help->addAction(tr("Keyboard shortcuts"));
    shortcuts->setShortcuts({QKeySequence(Qt::Key_F1), QKeySequence(Qt::CTRL | Qt::Key_Question)});
    connect(shortcuts, &QAction::triggered, this, [this] { (new ShortcutsDialog(this))->open(); });
    QAction *firstSteps = help->addAction(tr("First steps"));
    connect(firstSteps, &QAction::triggered, this, [this] {
        if (openCancels() > 0)
            notice(tr("Not now"), stillRunningText(openCancels()));
        else
            emit firstStepsChosen();
    });
    QAction *about = help->addAction(tr("About"));
    about->setMenuRole(QAction::AboutRole);
    connect(about, &QAction::triggered, this,
            [this] { (new AboutDialog(QCoreApplication::applicationVersion(), this))->open(); });
}

} // namespace countermand
