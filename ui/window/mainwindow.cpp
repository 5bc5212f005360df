#include "ui/window/mainwindow.h"

#include "ui/account/firststepsdialog.h"
#include "ui/account/keychainpage.h"
#include "ui/account/practiceband.h"
#include "ui/account/unlockpage.h"
#include "ui/account/welcomepage.h"
#include "ui/activity/activitydock.h"
#include "ui/cancel/batchlistdialog.h"
#include "ui/cancel/bulkconversation.h"
#include "ui/cancel/cancelconversation.h"
#include "ui/cancel/detailsdialog.h"
#include "ui/look/plural.h"
#include "ui/notices/infoline.h"
#include "ui/notices/toaststrip.h"
#include "ui/table/cellflash.h"
#include "ui/table/filterbox.h"
#include "ui/table/orderlist.h"
#include "ui/table/ordermenu.h"
#include "ui/table/orderselection.h"
#include "ui/table/ordersheader.h"
#include "ui/table/orderspage.h"
#include "ui/table/orderstable.h"
#include "ui/table/ordersview.h"
#include "ui/window/aboutdialog.h"
#include "ui/window/commands.h"
#include "ui/window/listsummary.h"
#include "ui/window/maintoolbar.h"
#include "ui/window/preferencesdialog.h"
#include "ui/window/quitguard.h"
#include "ui/window/sessiondisplay.h"
#include "ui/window/shortcutsdialog.h"
#include "ui/window/statusline.h"
#include "ui/words/cancelwords.h"
#include "ui/words/countwords.h"
#include "ui/words/orderwords.h"
#include "workflow/activity.h"
#include "workflow/cancelscope.h"
#include "workflow/cancelworkflow.h"
#include "workflow/openorders.h"
#include "workflow/orderfeed.h"
#include "workflow/positions.h"
#include "workflow/session.h"

#include <QAction>
#include <QCloseEvent>
#include <QCoreApplication>
#include <QDialog>
#include <QMenu>
#include <QMenuBar>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr int usualActivityHeight = 220;
/// What is told to be more is no height.
constexpr int mostActivityHeight = 4000;
/// A header and some rows.
constexpr int leastTableHeight = 160;
/// Key of a toast that is about no order.
constexpr auto ownNotice = "notice:"_L1;

} // namespace

QString stillRunningText(int cancels)
{
    return plural(cancels, MainWindow::tr("1 cancel is still running. Wait or stop it first."),
                  MainWindow::tr("%n cancels are still running. Wait or stop them first."));
}

MainWindow::MainWindow(QWidget *parent)
    : QMainWindow(parent), m_guard(new QuitGuard(*this)), m_commands(new WindowCommands(*menuBar(), this))
{
    setObjectName("mainWindow"_L1);
    resize(QSize(1200, 760).boundedTo(roomOnScreen()));

    auto *center = new QWidget(this);
    auto *layout = new QVBoxLayout(center);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_band = new PracticeBand(center);
    m_band->hide();
    m_info = new InfoLine(center);
    m_toasts = new ToastStrip(center);
    m_activity = new ActivityDock(center);
    m_activity->hide();
    m_status = new StatusLine(center);
    m_tools = new MainToolBar(*m_commands, center);
    buildPages();
    layout->addWidget(m_band);
    layout->addWidget(m_tools);
    m_info->setCover(m_tools->filter().errorLabel());
    layout->addWidget(m_info);
    m_split = new QSplitter(Qt::Vertical, center);
    auto *upper = new QWidget(m_split);
    auto *upperLayout = new QVBoxLayout(upper);
    upperLayout->setContentsMargins(0, 0, 0, 0);
    upperLayout->setSpacing(0);
    upperLayout->addWidget(m_pages, 1);
    upperLayout->addWidget(m_toasts);
    m_split->addWidget(upper);
    m_split->addWidget(m_activity);
    m_split->setChildrenCollapsible(false);
    m_split->setStretchFactor(0, 1);
    m_activityHeight = usualActivityHeight;
    m_split->setSizes({10000, m_activityHeight});
    layout->addWidget(m_split, 1);
    layout->addWidget(m_status);
    setCentralWidget(center);

    connectOrderCommands();
    connectOtherCommands();
    connectControls();
    joinActivity();
    m_commandsTimer.setSingleShot(true);
    connect(&m_commandsTimer, &QTimer::timeout, this, &MainWindow::renewCommands);
    showWelcome();
}

MainWindow::~MainWindow()
{
    closeSession();
}

void MainWindow::joinActivity()
{
    connect(m_activity, &ActivityDock::notice, this, &MainWindow::notice);
    connect(m_activity, &ActivityDock::detailsWanted, this, &MainWindow::showRecord);
    connect(m_activity, &ActivityDock::resultsWanted, this, &MainWindow::showResults);
    connect(m_split, &QSplitter::splitterMoved, this, [this] { m_activityHeight = m_activity->height(); });
    connect(m_toasts, &ToastStrip::moreWanted, this, [this](const QStringList &keys) {
        if (m_locked)
            return;
        // A toast's key ends in the name of its cancel or batch.
        QSet<QString> names;
        for (const QString &key : keys)
            names.insert(key.section(u':', -1));
        m_activity->showOnly(names);
        m_commands->action(Command::ShowActivity)->setChecked(true);
        m_activity->focusTable();
    });
}

void MainWindow::showRecord(const CancelRecord &record)
{
    auto *details = new DetailsDialog(record, true, this);
    connect(details, &DetailsDialog::resultsWanted, this, &MainWindow::showResults);
    if (m_cancels)
        connect(m_cancels, &Activity::noted, details, [details, id = record.cancelId](const CancelRecord &now) {
            if (now.cancelId == id)
                details->updateRecord(now);
        });
    details->open();
}

void MainWindow::showResults(const QString &batchId)
{
    // Of a batch of this session more is known.
    if (!m_cancels || (m_conversation && m_conversation->bulk().showResults(batchId)))
        return;
    const auto lists = findChildren<BatchListDialog *>();
    auto found = std::find_if(lists.cbegin(), lists.cend(),
                              [&batchId](const BatchListDialog *list) { return list->batchId() == batchId; });
    BatchListDialog *list = found != lists.cend() ? *found : new BatchListDialog(*m_cancels, batchId, this);
    list->show();
    list->raise();
    list->activateWindow();
}

template <typename Which, typename Handler>
void MainWindow::on(Which command, Handler handler)
{
    connect(m_commands->action(command), &QAction::triggered, this, handler);
}

void MainWindow::connectOrderCommands()
{
    const auto onCancel = [this](Command command, CancelScope scope) {
        on(command, [this, scope] {
            if (m_conversation)
                m_conversation->askAboutMany(scope);
        });
    };
    on(Command::Refresh, &MainWindow::refresh);
    on(Command::Scan, [this] {
        if (m_session)
            m_session->scanInstruments();
    });
    on(Command::CancelSelected, [this] {
        if (m_conversation)
            m_conversation->askAboutSelected();
    });
    connect(m_commands, &WindowCommands::cancelSelectedRefused, this, [this] {
        if (m_conversation)
            m_conversation->askAboutSelected();
    });
    onCancel(Command::CancelInstrument, CancelScope::Instrument);
    onCancel(Command::CancelShown, CancelScope::Shown);
    onCancel(Command::CancelOrphans, CancelScope::Orphans);
    onCancel(Command::CancelAll, CancelScope::All);
    on(Command::StopRemaining, [this] {
        if (m_conversation)
            m_conversation->bulk().stopRemaining();
    });
}

void MainWindow::connectOtherCommands()
{
    on(Command::ExportActivity, [this] { m_activity->exportRows(); });
    on(Command::Quit, &QWidget::close);

    QAction *activity = m_commands->action(Command::ShowActivity);
    connect(activity, &QAction::toggled, m_activity, &QWidget::setVisible);
    // Told at the very end too, when this is no main window any more.
    connect(m_activity, &ActivityDock::visibilityChanged, activity,
            [dock = m_activity, activity] { activity->setChecked(!dock->isHidden()); });
    on(Command::Find, [this] {
        m_tools->filter().setFocus(Qt::ShortcutFocusReason);
        m_tools->filter().selectAll();
    });
    on(Command::ResetColumns, [this] {
        if (m_page)
            m_page->table().columns().resetColumns();
    });
    on(Command::NextArea, [this] { moveArea(1); });
    on(Command::PreviousArea, [this] { moveArea(-1); });
    on(Command::Preferences, &MainWindow::openPreferences);

    on(Command::AddAccount, &MainWindow::addAccountChosen);
    on(Command::EditAccount, &MainWindow::editAccountChosen);
    on(Command::ForgetAccount, &MainWindow::forgetAccountChosen);
    on(Command::Lock, &MainWindow::lockChosen);

    on(Command::Shortcuts, [this] { (new ShortcutsDialog(m_commands->shortcutLines(), this))->open(); });
    on(Command::FirstSteps, &MainWindow::openFirstSteps);
    on(Command::FilterHelp, [this] { m_tools->filter().openHelp(); });
    on(Command::About, [this] { (new AboutDialog(QCoreApplication::applicationVersion(), this))->open(); });

    connect(m_commands, &WindowCommands::ordersWanted, this, &MainWindow::renewCommands);
    connect(m_commands, &WindowCommands::rowHeightChosen, this, &MainWindow::renewRowHeight);
    connect(m_commands, &WindowCommands::themeChosen, this,
            [this](ThemeChoice theme) { choose(&Preferences::theme, theme); });
    connect(m_commands, &WindowCommands::groupByChosen, this, [this](int by) {
        if (m_page)
            m_page->table().setGroupBy(GroupBy(by));
    });
}

void MainWindow::connectControls()
{
    connect(&m_tools->filter(), &FilterBox::filterChanged, this, [this](const OrderFilter &filter) {
        if (m_page)
            m_page->table().setFilter(filter);
    });
    connect(&m_tools->filter(), &FilterBox::left, this, [this] {
        if (m_page)
            m_page->currentWidget()->setFocus(Qt::OtherFocusReason);
    });
    connect(m_info, &InfoLine::columnsWanted, this, [this](const QPoint &onScreen) {
        if (!m_page)
            return;
        // Upwards, so that it covers no row.
        QMenu *menu = m_page->table().columns().columnMenu();
        menu->popup(onScreen - QPoint(0, menu->sizeHint().height()));
    });
    connect(m_tools, &MainToolBar::waitingChosen, this, [this] {
        if (m_page)
            m_page->table().rows().applyWaiting();
    });
    connect(m_tools, &MainToolBar::accountsWanted, this,
            [this](const QPoint &onScreen) { m_commands->accountsMenu()->popup(onScreen); });
    connect(m_tools, &MainToolBar::accountWanted, this, &MainWindow::editAccountChosen);
    connect(m_tools, &MainToolBar::instantCancelOffChosen, this,
            [this] { choose(&Preferences::instantCancel, false); });
}

void MainWindow::refresh()
{
    if (m_page)
        m_page->table().rows().applyWaiting();
    if (m_session)
        m_session->feed().refresh();
}

void MainWindow::joinTable(OrdersPage &page)
{
    OrdersView &table = page.table();
    FilterBox *filter = &m_tools->filter();
    table.setFilter(filter->filter());
    table.columns().setColumnLayout(ColumnLayout::fromText(m_columns));
    const OrderMenu &menu = table.menu();
    m_commands->setTable(table.columns().columnMenu(),
                         {menu.copyIdAction(), menu.copyRowAction(), menu.detailsAction()});
    const auto renewPrices = [this, &table] {
        table.rows().setPriceSource([this](const Order &order) {
            return m_session ? m_session->lastPrice(order) : std::optional<Decimal>();
        });
    };
    renewPrices();
    connect(m_session, &Session::pricesChanged, &table, renewPrices);
    const auto renewPriceColumns = [this, &table] {
        if (m_display)
            m_display->setPriceColumnShown(table.columns().showsPrices());
    };
    connect(&table.columns(), &OrdersHeader::columnsChanged, this, renewPriceColumns);
    connect(&table.columns(), &OrdersHeader::leftOutChanged, this, renewPriceColumns);
    table.setGroupBy(GroupBy(m_commands->groupBy()));
    renewRowHeight();
    connect(&menu, &OrderMenu::filterWanted, filter, &FilterBox::apply);
    connect(&page, &OrdersPage::clearFilterRequested, filter, [filter] { filter->apply({}); });
    connect(&table.rows(), &OrdersTable::waitingCountChanged, m_tools, &MainToolBar::setWaiting);
}

void MainWindow::buildPages()
{
    m_pages = new QStackedWidget(centralWidget());
    m_welcome = new WelcomePage(m_pages);
    m_unlock = new UnlockPage(m_pages);
    m_keychain = new KeychainPage(m_pages);
    m_pages->addWidget(m_welcome);
    m_pages->addWidget(m_unlock);
    m_pages->addWidget(m_keychain);

    connect(m_welcome, &WelcomePage::practiceChosen, this, &MainWindow::practiceChosen);
    connect(m_welcome, &WelcomePage::connectChosen, this, &MainWindow::addAccountChosen);
    connect(m_unlock, &UnlockPage::unlockRequested, this, &MainWindow::unlockChosen);
    connect(m_unlock, &UnlockPage::stopRequested, this, &MainWindow::stopWaitingChosen);
    connect(m_keychain, &KeychainPage::retryRequested, this, &MainWindow::keychainRetryChosen);
    connect(m_keychain, &KeychainPage::memoryRequested, this, &MainWindow::memoryChosen);
    connect(m_keychain, &KeychainPage::enterKeysRequested, this, &MainWindow::enterKeysChosen);
    connect(m_keychain, &KeychainPage::practiceRequested, this, &MainWindow::practiceChosen);
    connect(m_keychain, &KeychainPage::dismissed, this, &MainWindow::keychainDismissed);
}

void MainWindow::openSession(Session &session, bool keysInMemory)
{
    Q_ASSERT(!m_session);
    m_session = &session;
    m_tools->setKeysInMemory(keysInMemory);
    m_page = new OrdersPage(session, m_pages);
    m_pages->addWidget(m_page);
    m_display = std::make_unique<SessionDisplay>(session, *m_page, *m_status, m_info->banners(), m_tools->counter());
    m_summary = std::make_unique<ListSummary>(session, m_page->table(), *m_info);
    m_conversation = std::make_unique<CancelConversation>(session, m_page->table(), *m_toasts, this);

    joinTable(*m_page);
    OrdersView &table = m_page->table();
    connect(m_display.get(), &SessionDisplay::counterChanged, this, &MainWindow::renewTitle);
    connect(m_display.get(), &SessionDisplay::accountWanted, this, &MainWindow::editAccountChosen);
    connect(m_display.get(), &SessionDisplay::failureAsked, this,
            [this](const QString &text) { notice(tr("Connection not secure"), text, true); });
    connect(m_conversation.get(), &CancelConversation::accountWanted, this, &MainWindow::editAccountChosen);
    connect(&table.selection(), &OrderSelection::blockedReasonChanged, this, &MainWindow::renewCommands);
    connect(&table.selection(), &OrderSelection::changed, this, &MainWindow::renewCommandsSoon);
    connect(m_display.get(), &SessionDisplay::counterChanged, this, &MainWindow::renewCommandsSoon);
    connect(&session.cancels(), &CancelWorkflow::changed, this, &MainWindow::renewCommandsSoon);
    const OrdersTable *rows = &table.rows();
    connect(rows, &OrdersTable::countsChanged, this, &MainWindow::renewCommandsSoon);
    connect(rows, &QAbstractItemModel::dataChanged, this, [this] {
        if (m_preferences.instantCancel)
            renewCommandsSoon();
    });
    connect(rows, &QAbstractItemModel::rowsInserted, this, &MainWindow::renewCommandsSoon);
    connect(rows, &QAbstractItemModel::rowsRemoved, this, &MainWindow::renewCommandsSoon);
    connect(rows, &QAbstractItemModel::layoutChanged, this, &MainWindow::renewCommandsSoon);
    session.positions().setEnabled(m_preferences.positions);
    m_guard->setCancels(&session.cancels());
    m_conversation->setInstantCancel(m_preferences.instantCancel);
    table.rows().flash().setEnabled(!m_preferences.reducedMotion);
    table.setInstantCancel(m_preferences.instantCancel);
    connect(&table, &OrdersView::detailsRequested, this, [this](const OrderId &id) {
        const Order *order = m_session->orders().find(id);
        if (!order)
            return;
        auto *details = new DetailsDialog(m_session->account(), *order, QDateTime::currentDateTimeUtc(), this,
                                          m_session->lastPrice(*order));
        details->setEditedFrom(m_session->feed().edits().before(id));
        connect(&m_session->orders(), &OpenOrders::changed, details,
                [this, details, id, orders = &m_session->orders()](const QList<OrderId> &changed) {
                    if (!changed.contains(id))
                        return;
                    if (const Order *now = orders->find(id))
                        details->updateOrder(*now, QDateTime::currentDateTimeUtc(), m_session->lastPrice(*now));
                    else
                        details->orderGone();
                });
        details->open();
    });
    m_toasts->setSpareRoom([&table] { return table.spareRoom(); });
    connect(&table, &OrdersView::spareRoomChanged, m_toasts, &ToastStrip::renewRoom);
    m_display->setPriceColumnShown(table.columns().showsPrices());
    const Account account = session.account();
    m_commands->practiceMenu()->menuAction()->setVisible(account.environment == Environment::Practice);
    showPage(m_page, &account);
    m_page->currentWidget()->setFocus(Qt::OtherFocusReason);
}

void MainWindow::closeSession()
{
    if (!m_session)
        return;
    m_columns = viewState().columns;
    const auto needed = m_toasts->needed();
    m_toasts->clear();
    for (auto [key, content] : needed) {
        if (!key.startsWith(ownNotice))
            content.text = tr("%1 (Account: %2)").arg(content.text, m_session->account().name);
        m_withheld.append({key, content});
    }
    m_conversation->abandon();
    closeDialogs();
    m_conversation.reset();
    m_summary.reset();
    m_display.reset();
    m_guard->setCancels(nullptr);
    m_session = nullptr;
    m_toasts->setSpareRoom({});
    delete m_page;
    m_info->banners().show(QList<BannerContent>());
    m_tools->counter().clear();
    m_tools->setWaiting(0);
    tellWithheld();
}

void MainWindow::closeDialogs()
{
    QList<QPointer<QDialog>> open;
    const auto dialogs = findChildren<QDialog *>();
    for (QDialog *dialog : dialogs) {
        if (dialog->isVisible())
            open.append(dialog);
    }
    for (const QPointer<QDialog> &dialog : std::as_const(open)) {
        if (dialog)
            dialog->reject();
        // At once: they may know the session.
        delete dialog;
    }
}

void MainWindow::tellWithheld()
{
    if (m_locked)
        return;
    const auto needed = std::exchange(m_withheld, {});
    for (const auto &[key, content] : needed)
        m_toasts->show(key, content);
}

void MainWindow::setLocked(bool locked)
{
    if (locked == m_locked)
        return;
    m_locked = locked;
    if (locked)
        m_activityWasShown = !m_activity->isHidden();
    const auto results = findChildren<BatchListDialog *>();
    for (BatchListDialog *list : results) {
        if (locked)
            list->close();
    }
    m_activity->setVisible(!locked && m_activityWasShown);
    renewCommands();
    tellWithheld();
}

void MainWindow::openFirstSteps()
{
    auto *dialog = new FirstStepsDialog(this);
    connect(dialog, &FirstStepsDialog::practiceChosen, this, &MainWindow::practiceChosen);
    connect(dialog, &FirstStepsDialog::connectChosen, this, &MainWindow::addAccountChosen);
    dialog->open();
}

void MainWindow::renewAccount()
{
    if (!m_session)
        return;
    const Account account = m_session->account();
    m_tools->setAccount(&account);
    renewTitle();
}

void MainWindow::setActivity(Activity &activity)
{
    m_cancels = &activity;
    m_activity->setActivity(activity);
}

void MainWindow::followRecovered(const QList<CancelRecord> &records)
{
    if (m_conversation)
        m_conversation->bulk().followRecovered(records);
}

void MainWindow::setPreferences(const Preferences &preferences)
{
    m_preferences = preferences;
    m_commands->setTheme(preferences.theme);
    if (m_preferencesDialog)
        m_preferencesDialog->setPreferences(preferences);
    m_toasts->setTimeFactor(preferences.toastTimeFactor);
    m_toasts->setReducedMotion(preferences.reducedMotion);
    if (m_page) {
        m_page->table().rows().flash().setEnabled(!preferences.reducedMotion);
        m_page->table().setInstantCancel(preferences.instantCancel);
    }
    if (m_session)
        m_session->positions().setEnabled(preferences.positions);
    if (m_conversation)
        m_conversation->setInstantCancel(preferences.instantCancel);
    m_tools->setInstantCancel(preferences.instantCancel);
    renewCommandsSoon();
}

void MainWindow::openPreferences()
{
    const QString account = m_session ? m_session->account().name : QString();
    m_preferencesDialog = new PreferencesDialog(m_preferences, account, this);
    connect(m_preferencesDialog, &PreferencesDialog::changed, this, &MainWindow::preferencesChosen);
    m_preferencesDialog->setNoticesUnavailable(m_noticesUnavailable);
    m_preferencesDialog->open();
}

template <typename Value>
void MainWindow::choose(Value Preferences::*field, Value value)
{
    Preferences wanted = m_preferences;
    wanted.*field = value;
    emit preferencesChosen(wanted);
}

int MainWindow::openCancels() const
{
    return m_guard->openCancels();
}

OrderId MainWindow::selectedOrder() const
{
    return m_page ? m_page->table().selection().selectedOrder() : OrderId();
}

void MainWindow::showPage(QWidget *page, const Account *account)
{
    const bool open = m_session != nullptr;
    m_pages->setCurrentWidget(page);
    // Pages that are not shown make no window higher.
    m_pages->setMinimumHeight(open ? leastTableHeight : page->minimumSizeHint().height());
    // A page that was higher may have taken of it.
    m_split->setSizes({10000, m_activityHeight});
    m_tools->setAccount(account);
    m_tools->setOpen(open);
    m_info->setVisible(open);
    m_status->setVisible(open);
    if (!open)
        page->setFocus(Qt::OtherFocusReason);
    m_band->setVisible(account && account->environment == Environment::Practice);
    if (!open)
        m_commands->practiceMenu()->menuAction()->setVisible(false);
    renewCommands();
    renewTitle();
}

void MainWindow::showWelcome()
{
    Q_ASSERT(!m_session);
    showPage(m_welcome, nullptr);
}

void MainWindow::showUnlock(const Account &account, UnlockPage::Lock lock, bool waiting)
{
    Q_ASSERT(!m_session);
    m_unlock->setLock(lock, account.name, waiting);
    showPage(m_unlock, &account);
}

void MainWindow::showKeychainProblem(const Account &account, const KeychainError &error)
{
    Q_ASSERT(!m_session);
    m_keychain->setProblem(error, account.name);
    showPage(m_keychain, &account);
}

void MainWindow::notice(const QString &headline, const QString &text, bool warning)
{
    ToastContent content;
    content.severity = warning ? Severity::Warning : Severity::Neutral;
    content.headline = headline;
    content.text = text;
    content.sticky = warning;
    m_toasts->show(ownNotice + QString::number(++m_notices), content);
}

void MainWindow::renewTitle()
{
    QString title = tr("Countermand");
    if (m_session) {
        const Account &account = m_session->account();
        const QString orders = openOrdersText(m_display ? m_display->count() : OpenCount());
        const QString owner = account.environment == Environment::Practice
                                  ? tr("PRACTICE")
                                  : tr("%1 (%2)").arg(account.name, environmentText(account));
        title = tr("%1 — %2 — Countermand").arg(owner, orders);
    }
    setWindowTitle(title);
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::ThemeChange)
        emit systemThemeChanged();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    renewRowHeight();
}

bool MainWindow::event(QEvent *event)
{
    const bool handled = QMainWindow::event(event);
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Show)
        renewLeastSize();
    return handled;
}

QList<QWidget *> MainWindow::areas() const
{
    return {m_tools, m_info, m_pages, m_toasts, m_activity, m_status};
}

bool MainWindow::focusNextPrevChild(bool next)
{
    // By area, in reading order: what was made later, as a table or a toast, stands where it is seen.
    QList<QWidget *> stops;
    const auto all = areas();
    for (const QWidget *area : all) {
        for (QWidget *each = nextInFocusChain(); each != this; each = each->nextInFocusChain()) {
            if (area->isAncestorOf(each) && each->isVisible() && each->isEnabled() && !each->focusProxy() &&
                (each->focusPolicy() & Qt::TabFocus) == Qt::TabFocus)
                stops.append(each);
        }
    }
    if (stops.isEmpty())
        return QMainWindow::focusNextPrevChild(next);
    const qsizetype at = stops.indexOf(focusWidget());
    const qsizetype to =
        at < 0 ? (next ? 0 : stops.size() - 1) : (at + (next ? 1 : -1) + stops.size()) % stops.size();
    stops.at(to)->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

void MainWindow::renewLeastSize()
{
    const QSize least = layout()->totalMinimumSize();
    setMinimumSize(least.boundedTo(roomOnScreen()));
}

QSize MainWindow::roomOnScreen() const
{
    // What the window manager draws around it is known only once it is shown.
    const int edge = style()->pixelMetric(QStyle::PM_MdiSubWindowFrameWidth, nullptr, this);
    const int title = style()->pixelMetric(QStyle::PM_TitleBarHeight, nullptr, this);
    const QSize frame = QSize(2 * edge, title + 2 * edge).expandedTo(frameSize() - size());
    return screen()->availableSize() - frame;
}

void MainWindow::setViewState(const ViewState &state)
{
    if (state.activityHeight > 0) {
        m_activityHeight = std::min(state.activityHeight, mostActivityHeight);
        m_split->setSizes({10000, m_activityHeight});
    }
    m_commands->action(Command::ShowActivity)->setChecked(state.isActivityShown);
    m_columns = state.columns;
    m_tools->filter().apply(state.filter);
    m_commands->setRowHeight(state.rowHeight);
}

MainWindow::ViewState MainWindow::viewState() const
{
    return {.columns = m_page ? m_page->table().columns().columnLayout().toText() : m_columns,
            .filter = m_tools->filter().text(),
            .rowHeight = m_commands->rowHeight(),
            .activityHeight = m_activityHeight,
            .isActivityShown = m_locked ? m_activityWasShown : !m_activity->isHidden()};
}

void MainWindow::renewRowHeight()
{
    if (!m_page)
        return;
    constexpr int low = 600;
    using enum OrdersView::RowHeight;
    m_page->table().setRowHeight(height() < low ? Compact : OrdersView::RowHeight(m_commands->rowHeight()));
}

void MainWindow::closeAtOnce()
{
    m_guard->closeAtOnce();
}

void MainWindow::raiseToFront()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    event->setAccepted(m_guard->mayClose());
    if (event->isAccepted())
        emit closing();
}

void MainWindow::renewCommandsSoon()
{
    // Many changes come at once; the counts are needed once.
    if (!m_commandsTimer.isActive())
        m_commandsTimer.start(0);
}

void MainWindow::renewCommands()
{
    CommandFacts facts;
    facts.isLocked = m_locked;
    facts.isKeyMissing = m_pages->currentWidget() == m_keychain;
    if (m_session && m_page) {
        const OrderSelection &meant = m_page->table().selection();
        const auto countOf = [&](CancelScope scope) { return int(meant.ordersIn(scope).size()); };
        facts.isOpen = true;
        facts.isOwnAccount = m_session->account().environment != Environment::Practice;
        facts.block = meant.generalBlock();
        facts.selectedBlock = meant.blockedReason();
        facts.selected = countOf(CancelScope::Selected);
        facts.isSelectedAtOnce = meant.selectedOrders().size() == 1 && meant.saysAtOnce(meant.selectedOrder());
        facts.instrument = countOf(CancelScope::Instrument);
        if (const Order *current = m_session->orders().find(meant.currentOrder()))
            facts.instrumentName = instrumentText(*current);
        facts.shown = countOf(CancelScope::Shown);
        facts.orphans = countOf(CancelScope::Orphans);
        facts.all = countOf(CancelScope::All);
        facts.isListWhole = !m_display || !m_display->count().reported;
        facts.isFiltered = !m_page->table().rows().filter().isEmpty();
        facts.unsent = m_session->cancels().unsentCount();
    }
    m_commands->renew(facts);
}

void MainWindow::moveArea(int direction)
{
    // Areas in the order of F6: toolbar, table or page, toasts, activity, status line.
    int area = 0;
    if (m_tools->isAncestorOf(focusWidget()))
        area = 0;
    else if (m_pages->isAncestorOf(focusWidget()))
        area = 1;
    else if (m_toasts->isAncestorOf(focusWidget()))
        area = 2;
    else if (m_activity->isAncestorOf(focusWidget()))
        area = 3;
    else if (m_status->isAncestorOf(focusWidget()))
        area = 4;
    constexpr int areas = 5;
    for (int step = 1; step < areas; ++step) {
        const int next = ((area + direction * step) % areas + areas) % areas;
        if (next == 0 && m_tools->focusFirst())
            return;
        if (next == 1) {
            QWidget *target = m_page ? static_cast<QWidget *>(&m_page->table()) : m_pages->currentWidget();
            target->setFocus(Qt::TabFocusReason);
            return;
        }
        if (next == 2 && m_toasts->focusNewest())
            return;
        if (next == 3 && m_activity->isVisible()) {
            m_activity->focusTable();
            return;
        }
        if (next == 4 && m_status->isVisible()) {
            m_status->focusFirst();
            return;
        }
    }
}

} // namespace countermand
