#include "openwindow.h"
#include "tests/support/waiting.h"
#include "tests/ui/cancelrecords.h"
#include "ui/cancel/bulkcanceldialog.h"
#include "ui/look/accesskeys.h"
#include "ui/notices/toaststrip.h"
#include "ui/table/filterbox.h"
#include "ui/table/orderselection.h"
#include "ui/table/ordersview.h"
#include "ui/window/commands.h"
#include "workflow/activity.h"
#include "workflow/orderfeed.h"

#include <QAction>
#include <QClipboard>
#include <QDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QShortcut>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

QAction *actionOf(const QWidget &window, const QString &text)
{
    for (QAction *action : window.findChildren<QAction *>()) {
        if (withoutAccessKey(action->text()) == text)
            return action;
    }
    return nullptr;
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private slots:
    void theListOfKeysHoldsEveryShortcut();
    void toolBarFollowsTheOrders();
    void bulkButtonFollowsTheFilter();
    void nothingWithoutAnAccount();
    void titleNamesOwnerAndOrders();
    void aClosedAccountLeavesNothing();
    void whatNeedsAttentionStays();
    void firstStepsCloseNothing();
    void questionsGoWithTheirAccount();
    void keysInMemoryAreSaid();
    void lockedShowsNoCancel();
    void pagesInPlaceOfTheTable();
    void warningsStay();
    void areasAreWalkedRound();
    void activityTellsEverythingOfACancel();
    void noticesWithoutRoomAreShownInActivity();
    void delWithoutAChoiceIsAnswered();
    void theMenuNamesTheInstrument();
    void theCommandSaysWhetherItAsks();
    void badgeAndHelpOpenTheirMenus();

private:
    /// Cancels of the window's account: two of one batch, then two single ones, of which the last was refused.
    static void note(Activity &activity, const OpenWindow &open);
};

void TestMainWindow::theListOfKeysHoldsEveryShortcut()
{
    OpenWindow open;
    open.window.show();
    actionOf(open.window, u"Keyboard shortcuts"_s)->trigger();
    const auto *dialog = open.window.findChild<QDialog *>(u"shortcutsDialog"_s);
    QVERIFY(dialog);
    QStringList keys;
    for (const QLabel *label : dialog->findChildren<QLabel *>())
        keys += label->text().split(u", "_s);

    QStringList missing;
    int checked = 0;
    const auto check = [&](const QKeySequence &key, const QString &what) {
        ++checked;
        const QString text = key.toString(QKeySequence::NativeText);
        if (!keys.contains(text))
            missing.append(u"%1 (%2)"_s.arg(text, what));
    };
    for (const QAction *action : open.window.findChildren<QAction *>()) {
        const auto shortcuts = action->shortcuts();
        for (const QKeySequence &key : shortcuts)
            check(key, action->text());
    }
    for (const QShortcut *shortcut : open.window.findChildren<QShortcut *>())
        check(shortcut->key(), u"shortcut"_s);
    // The table's own, which are no actions.
    check(Qt::CTRL | Qt::Key_A, u"Select all shown"_s);
    check(Qt::Key_Return, u"Order details"_s);
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u"; "_s)));
    QVERIFY(checked > 15);
}

void TestMainWindow::toolBarFollowsTheOrders()
{
    OpenWindow open;
    open.window.show();
    const auto *all = open.window.findChild<QPushButton *>(u"cancelAllButton"_s);
    const auto *selected = open.window.findChild<QPushButton *>(u"cancelSelectedButton"_s);
    QVERIFY(all->isVisible() && selected->isVisible());
    QVERIFY(!all->isEnabled());
    QCOMPARE(all->toolTip(), u"No order that can be canceled"_s);
    QCOMPARE(all->accessibleDescription(), all->toolTip());

    open.session->start({});
    QTRY_VERIFY(all->isEnabled());
    const QAction *action = actionOf(open.window, all->text());
    QVERIFY(action);
    QVERIFY(action->isEnabled());
    QCOMPARE(all->toolTip(), u"Cancel every open order of this account (Ctrl+Shift+Del)"_s);
    QVERIFY(all->accessibleDescription().isEmpty());
    QVERIFY(!selected->isEnabled());
    QCOMPARE(selected->toolTip(), u"Select an order first"_s);
}

void TestMainWindow::bulkButtonFollowsTheFilter()
{
    OpenWindow open;
    open.window.show();
    open.session->start({});
    auto *all = open.window.findChild<QPushButton *>(u"cancelAllButton"_s);
    QTRY_COMPARE(all->text(), u"Cancel all open (8)…"_s);
    QCOMPARE(all->accessibleName(), u"Cancel all open orders"_s);
    auto *filter = open.window.findChild<FilterBox *>();
    filter->apply(u"btc"_s);
    QTRY_COMPARE(all->text(), u"Cancel all shown (3)…"_s);
    QCOMPARE(all->accessibleName(), u"Cancel all shown orders"_s);
    QVERIFY(actionOf(open.window, u"Cancel all open (8)…"_s));
    all->click();
    const auto *question = open.window.findChild<BulkCancelDialog *>();
    QVERIFY(question);
    QCOMPARE(question->chosen().size(), 3);
    open.window.findChild<QPushButton *>(u"bulkKeepButton"_s)->click();
    filter->apply({});
    QTRY_COMPARE(all->text(), u"Cancel all open (8)…"_s);
    QCOMPARE(all->accessibleName(), u"Cancel all open orders"_s);
}

void TestMainWindow::nothingWithoutAnAccount()
{
    MainWindow window;
    window.show();
    QVERIFY(!window.findChild<QPushButton *>(u"cancelAllButton"_s)->isVisible());
    for (const QString &text : {u"Refresh"_s, u"Cancel selected…"_s, u"Cancel all open (0)…"_s, u"Lock now"_s})
        QVERIFY2(!actionOf(window, text)->isEnabled(), qPrintable(text));
    QVERIFY(actionOf(window, u"Add account…"_s)->isEnabled());
}

void TestMainWindow::titleNamesOwnerAndOrders()
{
    OpenWindow open;
    open.window.show();
    open.session->start({});
    QTRY_COMPARE(open.window.windowTitle(), u"PRACTICE — 8 open orders — Countermand"_s);
    const auto ids = open.window.findChild<OrdersView *>()->selection().shownOrders();
    for (const OrderId &id : ids.sliced(1))
        open.network->perform(PracticeCommand::RemoveElsewhere, id);
    open.session->feed().refresh();
    QTRY_COMPARE(open.window.windowTitle(), u"PRACTICE — 1 open order — Countermand"_s);

    OpenWindow live(Environment::Live);
    live.session->start({});
    QTRY_COMPARE(live.window.windowTitle(), u"Main (LIVE) — 8 open orders — Countermand"_s);
    QVERIFY(live.window.findChild<QWidget *>(u"practiceBand"_s)->isHidden());
    QVERIFY(!open.window.findChild<QWidget *>(u"practiceBand"_s)->isHidden());
}

void TestMainWindow::aClosedAccountLeavesNothing()
{
    OpenWindow open;
    open.window.show();
    open.session->start({});
    QTRY_VERIFY(open.window.windowTitle().startsWith(u"PRACTICE — 8"_s));
    open.window.notice(u"Exported"_s, u"Written."_s);
    open.window.findChild<OrdersView *>()->selectOrder(
        open.window.findChild<OrdersView *>()->selection().shownOrders().first());
    QVERIFY(!open.window.selectedOrder().isEmpty());
    open.window.closeSession();
    open.window.showWelcome();
    QCOMPARE(open.window.windowTitle(), u"Countermand"_s);
    QVERIFY(!open.window.findChild<OrdersView *>());
    QVERIFY(open.window.selectedOrder().isEmpty());
    QCOMPARE(open.window.openCancels(), 0);
    // Words about one account would be read as words about the next.
    QVERIFY(!open.window.toasts().focusNewest());
    QCOMPARE(open.window.findChild<QLabel *>(u"orderCounter"_s)->text(), QString());
    // And it can be opened again.
    open.window.openSession(*open.session);
    QTRY_COMPARE(open.window.windowTitle(), u"PRACTICE — 8 open orders — Countermand"_s);
}

void TestMainWindow::whatNeedsAttentionStays()
{
    OpenWindow open(Environment::Live);
    open.window.show();
    ToastContent lost;
    lost.severity = Severity::Unknown;
    lost.headline = u"Unknown"_s;
    lost.text = u"Order …5680."_s;
    lost.action = ToastAction::CheckNow;
    lost.sticky = true;
    open.window.toasts().show(u"cancel"_s, lost);
    open.window.notice(u"Not exported"_s, u"The disk is full."_s, true);
    open.window.notice(u"Exported"_s, u"Written."_s);
    open.window.closeSession();
    open.window.showWelcome();
    QStringList words;
    for (const auto &[key, content] : open.window.toasts().needed()) {
        QVERIFY(open.window.toasts().has(key));
        words.append(content.text);
        QVERIFY(content.action == ToastAction::None);
    }
    // Whose order it was, because another account may be on screen now.
    QCOMPARE(words, (QStringList{u"Order …5680. (Account: Main)"_s, u"The disk is full."_s}));
    QVERIFY(!open.window.toasts().has(u"notice:2"_s));
}

void TestMainWindow::firstStepsCloseNothing()
{
    OpenWindow open;
    open.window.show();
    open.session->start({});
    QTRY_COMPARE(open.window.windowTitle(), u"PRACTICE — 8 open orders — Countermand"_s);
    open.window.notice(u"Not exported"_s, u"The disk is full."_s, true);
    open.window.commands().action(Command::FirstSteps)->trigger();
    QPointer<QDialog> dialog = open.window.findChild<QDialog *>(u"firstStepsDialog"_s);
    QVERIFY(dialog && dialog->isVisible());
    QVERIFY(open.window.findChild<OrdersView *>()->isVisible());
    QCOMPARE(open.window.windowTitle(), u"PRACTICE — 8 open orders — Countermand"_s);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!dialog);
    QVERIFY(open.window.findChild<OrdersView *>()->isVisible());
    QVERIFY(open.window.findChild<QWidget *>(u"toast_1"_s)->isVisible());

    const QSignalSpy add(&open.window, &MainWindow::addAccountChosen);
    open.window.commands().action(Command::FirstSteps)->trigger();
    dialog = open.window.findChild<QDialog *>(u"firstStepsDialog"_s);
    dialog->findChild<QPushButton *>(u"welcomeConnectButton"_s)->click();
    QCOMPARE(add.size(), 1);
    QVERIFY(!dialog->isVisible());
}

void TestMainWindow::questionsGoWithTheirAccount()
{
    OpenWindow open;
    open.window.show();
    open.session->start({});
    auto *table = open.window.findChild<OrdersView *>();
    QTRY_COMPARE(table->selection().shownOrders().size(), 8);
    const OrderId id = table->selection().shownOrders().constFirst();
    emit table->detailsRequested(id);
    emit table->cancelRequested(id);
    open.window.commands().action(Command::Preferences)->trigger();
    int count = 0;
    for (const QDialog *dialog : open.window.findChildren<QDialog *>())
        count += dialog->isVisible();
    QCOMPARE(count, 3);
    open.window.closeSession();
    open.window.showWelcome();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(open.window.findChildren<QDialog *>().isEmpty());
}

void TestMainWindow::keysInMemoryAreSaid()
{
    OpenWindow open(Environment::Live);
    open.window.show();
    const auto *chip = open.window.findChild<QPushButton *>(u"memoryKeysChip"_s);
    QCOMPARE(chip->text(), u"Keys until quit"_s);
    QCOMPARE(chip->accessibleName(), u"Keys until quit"_s);
    QVERIFY(!chip->isVisible());
    open.window.closeSession();
    open.window.openSession(*open.session, true);
    QVERIFY(chip->isVisible());
    open.window.closeSession();
    open.window.showWelcome();
    QVERIFY(!chip->isVisible());
}

void TestMainWindow::lockedShowsNoCancel()
{
    OpenWindow open(Environment::Live);
    open.window.show();
    QAction *activity = open.window.commands().action(Command::ShowActivity);
    const QAction *exports = open.window.commands().action(Command::ExportActivity);
    const auto *dock = open.window.findChild<QWidget *>(u"activityDock"_s);
    activity->trigger();
    QVERIFY(dock->isVisible());
    ToastContent lost;
    lost.severity = Severity::Error;
    lost.headline = u"Not canceled"_s;
    lost.text = u"Order …5680."_s;
    open.window.toasts().show(u"cancel"_s, lost);

    open.window.setLocked(true);
    open.window.closeSession();
    open.window.showUnlock(open.session->account(), UnlockPage::Lock::HereOpen, false);
    QVERIFY(!dock->isVisible());
    QVERIFY(!activity->isEnabled() && !exports->isEnabled());
    QCOMPARE(exports->toolTip(), u"Locked"_s);
    activity->trigger();
    QVERIFY(!dock->isVisible());
    QVERIFY(!open.window.toasts().has(u"cancel"_s));
    QVERIFY(open.window.findChild<QPushButton *>(u"unlockButton"_s)->hasFocus() ||
            open.window.focusWidget() == open.window.findChild<QPushButton *>(u"unlockButton"_s));

    open.window.openSession(*open.session);
    open.window.setLocked(false);
    QVERIFY(dock->isVisible());
    QVERIFY(activity->isEnabled() && exports->isEnabled());
    QVERIFY(open.window.toasts().has(u"cancel"_s));
}

void TestMainWindow::pagesInPlaceOfTheTable()
{
    OpenWindow open(Environment::Live);
    open.window.show();
    const Account account = open.session->account();
    open.window.closeSession();
    open.window.showUnlock(account, UnlockPage::Lock::Keychain, false);
    QVERIFY(open.window.findChild<QWidget *>(u"unlockPage"_s)->isVisible());
    QVERIFY(!open.window.findChild<OrdersView *>());
    QSignalSpy unlock(&open.window, &MainWindow::unlockChosen);
    open.window.findChild<QPushButton *>(u"unlockButton"_s)->click();
    QCOMPARE(unlock.size(), 1);

    open.window.showKeychainProblem(account, {KeychainProblem::NoKeychain, {}});
    QVERIFY(open.window.findChild<QWidget *>(u"keychainPage"_s)->isVisible());
    QSignalSpy memory(&open.window, &MainWindow::memoryChosen);
    open.window.findChild<QPushButton *>(u"keychainMemoryButton"_s)->click();
    QCOMPARE(memory.size(), 1);
    QSignalSpy dismissed(&open.window, &MainWindow::keychainDismissed);
    open.window.findChild<QPushButton *>(u"keychainDismissButton"_s)->click();
    QCOMPARE(dismissed.size(), 1);
    open.window.showWelcome();
    QVERIFY(open.window.findChild<QWidget *>(u"welcomePage"_s)->isVisible());
    QSignalSpy practice(&open.window, &MainWindow::practiceChosen);
    open.window.findChild<QPushButton *>(u"welcomePracticeButton"_s)->click();
    QCOMPARE(practice.size(), 1);
}

void TestMainWindow::warningsStay()
{
    MainWindow window;
    window.show();
    // As long as no preference says otherwise a neutral notice leaves by itself.
    QSignalSpy left(&window.toasts(), &ToastStrip::left);
    window.notice(u"Not exported"_s, u"The disk is full."_s, true);
    window.notice(u"Exported"_s, u"Written."_s);
    QTRY_COMPARE(left.size(), 1);
    QVERIFY(left.first().first().toString().endsWith(u":2"_s));
    const auto *toast = window.findChild<QWidget *>(u"toast_1"_s);
    QVERIFY(toast && toast->isVisible());
    QCOMPARE(toast->accessibleName(), u"Not exported The disk is full."_s);
}

void TestMainWindow::areasAreWalkedRound()
{
    OpenWindow open;
    open.window.show();
    open.window.activateWindow();
    open.session->start({});
    QTRY_VERIFY(open.window.windowTitle().startsWith(u"PRACTICE — 8"_s));
    QVERIFY(waitForActive(&open.window));
    const auto isIn = [&](const QString &name) {
        const auto *area = open.window.findChild<QWidget *>(name);
        QWidget *focus = open.window.focusWidget();
        return focus && (area == focus || area->isAncestorOf(focus));
    };
    open.window.findChild<OrdersView *>()->setFocus();
    QVERIFY(isIn(u"ordersTable"_s));
    // No toast and no activity is there: both are passed over.
    open.window.commands().action(Command::NextArea)->trigger();
    QVERIFY(isIn(u"statusLine"_s));
    open.window.commands().action(Command::NextArea)->trigger();
    QVERIFY(!isIn(u"statusLine"_s) && !isIn(u"ordersTable"_s));
    open.window.commands().action(Command::PreviousArea)->trigger();
    QVERIFY(isIn(u"statusLine"_s));
    open.window.commands().action(Command::ShowActivity)->trigger();
    open.window.commands().action(Command::PreviousArea)->trigger();
    QVERIFY(isIn(u"activityDock"_s));
    open.window.commands().action(Command::PreviousArea)->trigger();
    QVERIFY(isIn(u"ordersTable"_s));
}

void TestMainWindow::note(Activity &activity, const OpenWindow &open)
{
    for (const QString &id : {u"c-1"_s, u"c-2"_s, u"c-3"_s, u"c-4"_s}) {
        CancelRecord record =
            with(recordAt(id == "c-4"_L1 ? CancelStage::Rejected : CancelStage::Canceled), accepted());
        if (id == "c-4"_L1)
            record.outcome = refused(Refusal::Other, 9111, u"Not tradable"_s);
        record.cancelId = id;
        if (id < "c-3"_L1)
            record.batchId = u"b-1"_s;
        record.account = open.session->account();
        record.recordedAt = record.sentAt = QDateTime::currentDateTimeUtc();
        activity.note(record);
    }
}

void TestMainWindow::activityTellsEverythingOfACancel()
{
    OpenWindow open;
    Activity activity(open.journal);
    open.window.setActivity(activity);
    note(activity, open);
    open.window.show();
    open.window.commands().action(Command::ShowActivity)->trigger();
    auto *table = open.window.findChild<QTableView *>(u"activityTable"_s);
    QCOMPARE(table->model()->rowCount(), 4);
    const auto dialog = [&open](const QString &name) {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        return open.window.findChild<QDialog *>(name);
    };

    // By double-click: the newest.
    const QPoint first = table->visualRect(table->model()->index(0, 1)).center();
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, first);
    QTest::mouseDClick(table->viewport(), Qt::LeftButton, {}, first);
    QVERIFY(dialog(u"detailsDialog"_s));
    const auto fact = [&dialog](const QString &key) {
        const auto *label = dialog(u"detailsDialog"_s)->findChild<QLabel *>(u"detailsValue_"_s + key);
        return label ? label->text() : u"(none)"_s;
    };
    QCOMPARE(fact(u"outcome"_s), u"Not canceled — rejected"_s);
    QCOMPARE(fact(u"code"_s), u"9111"_s);
    QCOMPARE(fact(u"message"_s), u"Not tradable"_s);
    QVERIFY(!dialog(u"detailsDialog"_s)->findChild<QPushButton *>(u"detailsResultsButton"_s));
    dialog(u"detailsDialog"_s)->findChild<QPushButton *>(u"detailsCopyOrderButton"_s)->click();
    QCOMPARE(QGuiApplication::clipboard()->text(),
             u"Instrument\tBTC-USDT\nSide\tOpen long\nType\tLimit\nPrice\t64210.0\nSize, contracts\t5"_s);
    // It follows its cancel.
    CancelRecord late = activity.records().constLast();
    late.stage = CancelStage::Canceled;
    activity.note(late);
    QCOMPARE(fact(u"outcome"_s), u"Canceled"_s);
    dialog(u"detailsDialog"_s)->close();

    // By Enter: the oldest, which leads to the others of its question.
    auto *results = open.window.findChild<QPushButton *>(u"activityResultsButton"_s);
    QVERIFY(!results->isEnabled());
    table->setFocus();
    table->selectRow(3);
    QVERIFY(results->isEnabled());
    QTest::keyClick(table, Qt::Key_Return);
    QVERIFY(dialog(u"detailsDialog"_s));
    dialog(u"detailsDialog"_s)->findChild<QPushButton *>(u"detailsResultsButton"_s)->click();
    QVERIFY(!dialog(u"detailsDialog"_s));
    const auto *list = dialog(u"batchListDialog"_s);
    QVERIFY(list && list->isVisible());
    QCOMPARE(list->findChild<QTableView *>(u"batchListTable"_s)->model()->rowCount(), 2);
    results->click();
    QCOMPARE(open.window.findChildren<QDialog *>(u"batchListDialog"_s).size(), 1);
    // And not while nobody may see a cancel.
    open.window.setLocked(true);
    QVERIFY(!dialog(u"batchListDialog"_s));
}

void TestMainWindow::noticesWithoutRoomAreShownInActivity()
{
    OpenWindow open;
    Activity activity(open.journal);
    open.window.setActivity(activity);
    note(activity, open);
    open.window.resize(1200, 760);
    open.window.show();
    ToastContent failed;
    failed.severity = Severity::Error;
    for (const QString &key : {u"c-4"_s, u"batch:b-1"_s, u"n-1"_s, u"n-2"_s, u"n-3"_s}) {
        failed.headline = key;
        open.window.toasts().show(key, failed);
    }
    auto *more = open.window.findChild<QPushButton *>(u"toastMoreButton"_s);
    QTRY_VERIFY(more->isVisible());
    QCOMPARE(more->text(), u"+2 more need attention"_s);
    more->click();
    const auto *table = open.window.findChild<QTableView *>(u"activityTable"_s);
    QVERIFY(table->isVisible());
    // One of its own, and the two of the batch.
    QCOMPARE(table->model()->rowCount(), 3);
    auto *all = open.window.findChild<QPushButton *>(u"activityAllButton"_s);
    QVERIFY(all->isVisible());
    all->click();
    QCOMPARE(table->model()->rowCount(), 4);
    QVERIFY(!all->isVisible());
}

void TestMainWindow::delWithoutAChoiceIsAnswered()
{
    OpenWindow open;
    open.window.show();
    open.session->start({});
    auto *table = open.window.findChild<OrdersView *>();
    QTRY_COMPARE(table->selection().shownOrders().size(), 8);
    open.window.activateWindow();
    QVERIFY(waitForActive(&open.window));
    table->clearSelection();
    table->setFocus();
    const QAction *action = open.window.commands().action(Command::CancelSelected);
    const auto *button = open.window.findChild<QPushButton *>(u"cancelSelectedButton"_s);
    QTRY_VERIFY(!button->isEnabled());
    QVERIFY(!action->isEnabled());
    QCOMPARE(action->toolTip(), u"Select an order first"_s);
    QTest::keyClick(table, Qt::Key_Delete);
    const auto isSaid = [&open](const QString &text) {
        for (const QWidget *toast : open.window.toasts().findChildren<QWidget *>()) {
            if (toast->objectName().startsWith("toast_"_L1) && toast->accessibleName().contains(text))
                return true;
        }
        return false;
    };
    QTRY_VERIFY(isSaid(u"No order selected"_s));
    table->selectOrder(table->selection().shownOrders().constFirst());
    QTRY_VERIFY(action->isEnabled() && button->isEnabled());
    QTest::keyClick(table, Qt::Key_Delete);
    QTRY_VERIFY(open.window.findChild<QDialog *>(u"confirmDialog"_s));
}

void TestMainWindow::theMenuNamesTheInstrument()
{
    OpenWindow open;
    open.window.show();
    open.session->start({});
    auto *table = open.window.findChild<OrdersView *>();
    QTRY_COMPARE(table->selection().shownOrders().size(), 8);
    const QAction *action = open.window.commands().action(Command::CancelInstrument);
    table->selectOrder(OrderId(u"P-33308741700002046"_s));
    QTRY_COMPARE(withoutAccessKey(action->text()), u"Cancel all BTC-USDT (3)…"_s);
    table->selectOrder(OrderId(u"P-33308741700005620"_s));
    QTRY_COMPARE(withoutAccessKey(action->text()), u"Cancel all SOL-USDT (2)…"_s);
}

void TestMainWindow::theCommandSaysWhetherItAsks()
{
    OpenWindow open;
    open.window.show();
    open.session->start({});
    Preferences preferences;
    preferences.instantCancel = true;
    open.window.setPreferences(preferences);
    auto *table = open.window.findChild<OrdersView *>();
    const OrderSelection &selection = table->selection();
    // Not at once, and never all of them.
    OrderId plain;
    OrderId other;
    QTRY_VERIFY([&] {
        const auto shown = selection.shownOrders();
        for (const OrderId &id : shown)
            (selection.saysAtOnce(id) ? plain : other) = id;
        return !plain.isEmpty() && !other.isEmpty();
    }());
    const QAction *action = open.window.commands().action(Command::CancelSelected);
    const auto *button = open.window.findChild<QPushButton *>(u"cancelSelectedButton"_s);
    const auto says = [&](const QString &text) {
        return withoutAccessKey(action->text()) == text && withoutAccessKey(button->text()) == text;
    };
    table->selectOrder(other);
    QTRY_VERIFY(action->isEnabled());
    QVERIFY(says(u"Cancel selected…"_s));
    table->selectOrder(plain);
    QTRY_VERIFY(says(u"Cancel selected now"_s));
    preferences.instantCancel = false;
    open.window.setPreferences(preferences);
    QTRY_VERIFY(says(u"Cancel selected…"_s));
    // The row's own mark comes later than the preference.
    preferences.instantCancel = true;
    open.window.setPreferences(preferences);
    QTRY_VERIFY(says(u"Cancel selected now"_s));
}

void TestMainWindow::badgeAndHelpOpenTheirMenus()
{
    OpenWindow open;
    open.window.show();
    auto *badge = open.window.findChild<QWidget *>(u"accountBadge"_s);
    QTest::mouseClick(badge, Qt::LeftButton);
    QMenu *accounts = open.window.commands().accountsMenu();
    QTRY_VERIFY(accounts->isVisible());
    accounts->close();
    QTest::keyClick(badge, Qt::Key_Return);
    QTRY_VERIFY(accounts->isVisible());
    accounts->close();

    open.window.commands().action(Command::FilterHelp)->trigger();
    auto *examples = open.window.findChild<QMenu *>(u"filterHelpMenu"_s);
    QVERIFY(examples && examples->isVisible());
    examples->close();
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
