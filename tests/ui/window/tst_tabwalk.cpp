#include "tests/support/opensession.h"
#include "tests/support/waiting.h"
#include "tests/ui/dialogsamples.h"
#include "tests/ui/sampleorders.h"
#include "ui/account/accountdialog.h"
#include "ui/account/firststepsdialog.h"
#include "ui/account/forgetdialog.h"
#include "ui/activity/clearactivitydialog.h"
#include "ui/cancel/bulkcanceldialog.h"
#include "ui/cancel/confirmcanceldialog.h"
#include "ui/cancel/detailsdialog.h"
#include "ui/cancel/recordquestion.h"
#include "ui/look/theme.h"
#include "ui/table/orderstable.h"
#include "ui/table/ordersview.h"
#include "ui/window/aboutdialog.h"
#include "ui/window/answercheckdialog.h"
#include "ui/window/commands.h"
#include "ui/window/instantcanceldialog.h"
#include "ui/window/maintoolbar.h"
#include "ui/window/mainwindow.h"
#include "ui/window/preferencesdialog.h"
#include "ui/window/quitdialog.h"
#include "ui/window/shortcutsdialog.h"

#include <QAbstractButton>
#include <QApplication>
#include <QButtonGroup>
#include <QMenuBar>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>

#include <functional>
#include <memory>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int leastPixels = 40;

QString nameOf(const QWidget *widget)
{
    if (!widget)
        return u"nothing"_s;
    return widget->objectName().isEmpty() ? QString::fromLatin1(widget->metaObject()->className())
                                          : widget->objectName();
}

/// One of several choices that is not the chosen one: arrow keys reach it.
bool isOtherChoice(const QWidget *widget)
{
    const auto *button = qobject_cast<const QAbstractButton *>(widget);
    const bool isChoice = button && (button->autoExclusive() || (button->group() && button->group()->exclusive()));
    return isChoice && button->isCheckable() && !button->isChecked();
}

/// What Tab must reach.
QList<QWidget *> stopsOf(const QWidget &window)
{
    QList<QWidget *> stops;
    const auto all = window.findChildren<QWidget *>();
    for (QWidget *each : all) {
        if (each->window() == &window && each->isVisible() && each->isEnabled() && !each->focusProxy() &&
            !isOtherChoice(each) && (each->focusPolicy() & Qt::TabFocus) == Qt::TabFocus)
            stops.append(each);
    }
    return stops;
}

/// As many pixels as an eye sees: with a contrast of at least 3 between the pictures.
int seenPixels(const QImage &a, const QImage &b)
{
    int count = 0;
    for (int y = 0; y < std::min(a.height(), b.height()); ++y) {
        for (int x = 0; x < std::min(a.width(), b.width()); ++x) {
            if (a.pixel(x, y) != b.pixel(x, y))
                count += contrastRatio(a.pixelColor(x, y), b.pixelColor(x, y)) >= 3 ? 1 : 0;
        }
    }
    return count;
}

/// By how many pixels the window is seen to differ while this has the focus and while nothing has it.
int ringOf(QWidget &window, QWidget *stop)
{
    stop->setFocus(Qt::TabFocusReason);
    const QImage with = window.grab().toImage();
    stop->clearFocus();
    const QImage without = window.grab().toImage();
    stop->setFocus(Qt::TabFocusReason);
    // A caret is no ring.
    const int caret = stop->inherits("QLineEdit") ? 2 * stop->fontMetrics().height() : 0;
    return seenPixels(with, without) - caret;
}

} // namespace

/// Every window by Tab alone: each stop once and seen, none a trap, and something has the focus from the start.
class TestTabWalk : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QApplication::setCursorFlashTime(0); }
    void init() { applyLook(*qApp, {.theme = ThemeChoice::Light}, lightTheme().palette()); }
    void dialogs_data();
    void dialogs();
    void mainWindow_data();
    void mainWindow();
    void readingOrder();
    void menusHaveAccessKeys();

private:
    using Make = std::function<QWidget *()>;

    static void walk(QWidget &window);
};

void TestTabWalk::walk(QWidget &window)
{
    const QList<QWidget *> expected = stopsOf(window);
    QWidget *first = window.focusWidget();
    QVERIFY2(first && first->hasFocus(), "nothing has the focus");
    QStringList wrong;
    QList<QWidget *> seen;
    for (QWidget *at = first; at && seen.size() <= expected.size() + 3;) {
        seen.append(at);
        QTest::keyClick(at, Qt::Key_Tab);
        at = window.focusWidget();
        if (at == first)
            break;
    }
    for (const QWidget *stop : expected) {
        const auto times = seen.count(const_cast<QWidget *>(stop));
        if (times != 1)
            wrong.append(u"%1 reached %2 times"_s.arg(nameOf(stop)).arg(times));
    }
    if (!wrong.isEmpty()) {
        QStringList path;
        for (const QWidget *stop : std::as_const(seen))
            path.append(nameOf(stop));
        wrong.append(u"on the way "_s + path.join(u' '));
    }
    for (QWidget *stop : std::as_const(seen)) {
        if (!expected.contains(stop))
            wrong.append(u"%1 is no stop"_s.arg(nameOf(stop)));
    }
    int least = -1;
    QString leastName;
    for (QWidget *stop : expected) {
        const int pixels = ringOf(window, stop);
        if (least < 0 || pixels < least) {
            least = pixels;
            leastName = nameOf(stop);
        }
        if (pixels < leastPixels)
            wrong.append(u"the ring of %1 (%3) has %2 pixels"_s.arg(nameOf(stop)).arg(pixels).arg(stop->isVisible()));
    }
    // And back.
    if (first)
        first->setFocus(Qt::TabFocusReason);
    if (expected.size() > 1) {
        QTest::keyClick(first, Qt::Key_Backtab, Qt::ShiftModifier);
        if (seen.isEmpty() || window.focusWidget() != seen.constLast())
            wrong.append(u"Shift+Tab goes to %1"_s.arg(nameOf(window.focusWidget())));
    }
    qInfo("%d stops, the faintest ring has %d pixels (%s)", int(expected.size()), least, qPrintable(leastName));
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u"; "_s)));
}

void TestTabWalk::dialogs_data()
{
    QTest::addColumn<Make>("make");
    QTest::addColumn<Look>("look");
    const std::pair<const char *, Look> looks[] = {
        {"light", {.theme = ThemeChoice::Light}},
        {"dark", {.theme = ThemeChoice::Dark}},
        {"high contrast", {.theme = ThemeChoice::Light, .highContrast = true}},
    };
    const auto row = [&looks](const char *name, const Make &make) {
        for (const auto &[lookName, look] : looks)
            QTest::addRow("%s, %s", name, lookName) << make << look;
    };
    row("question", [] {
        return new ConfirmCancelDialog(samples::live(), samples::partlyFilled(), {2s}, samples::now(), nullptr);
    });
    const auto bulk = [](bool all) {
        BulkQuestion question;
        question.account = samples::live();
        question.orders = sample::startList();
        question.isAll = all;
        question.uncheckedNotice = u"Untriggered conditional orders were checked for 4 of 391 instruments only."_s;
        question.age = {2s};
        return new BulkCancelDialog(question, samples::now(), nullptr);
    };
    row("bulk", [bulk] { return bulk(false); });
    row("bulk, typed", [bulk] { return bulk(true); });
    row("details", [] { return new DetailsDialog(samples::live(), samples::plain(), samples::now(), nullptr); });
    row("outcome", [] { return new DetailsDialog(u"Rejected"_s, u"Code: 9111\nMessage: no"_s, nullptr); });
    row("add account", [] { return new AccountDialog(QStringList(), nullptr); });
    row("edit account",
        [] { return new AccountDialog(samples::live(), u"a1b2c3d4-0000-4000-8000-1234567890ab"_s, {}, nullptr); });
    row("check answers", [] { return new AnswerCheckDialog(nullptr); });
    row("first steps", [] { return new FirstStepsDialog(nullptr); });
    row("forget", [] { return new ForgetDialog(u"Main"_s, nullptr); });
    row("clear", [] { return new ClearActivityDialog(120, nullptr); });
    row("quit", [] { return new QuitDialog(3, 1, nullptr); });
    row("instant", [] { return new InstantCancelDialog(u"Main"_s, nullptr); });
    row("record",
        [] { return new RecordQuestion(samples::live(), samples::plain(), 1, u"No space left"_s, nullptr); });
    row("shortcuts", [] {
        QMenuBar menus;
        return new ShortcutsDialog(WindowCommands(menus).shortcutLines(), nullptr);
    });
    row("about", [] { return new AboutDialog(u"0.1.0"_s, nullptr); });
    for (int tab = 0; tab < 4; ++tab) {
        const QByteArray name = "preferences " + QByteArray::number(tab);
        row(name.constData(), [tab] {
            auto *dialog = new PreferencesDialog({}, u"Main"_s, nullptr);
            if (auto *tabs = dialog->findChild<QTabWidget *>())
                tabs->setCurrentIndex(tab);
            return dialog;
        });
    }
}

void TestTabWalk::dialogs()
{
    QFETCH(const Make, make);
    QFETCH(const Look, look);
    applyLook(*qApp, look, lightTheme().palette());
    QPointer<QWidget> dialog = make();
    dialog->show();
    QVERIFY(waitForActive(dialog));
    // The button that cancels is a stop once its delay is over.
    if (const auto *cancel = dialog->findChild<QPushButton *>(u"confirmCancelButton"_s))
        QTRY_VERIFY(cancel->isEnabled());
    QCoreApplication::processEvents();
    walk(*dialog);
    delete dialog;
}

void TestTabWalk::mainWindow_data()
{
    QTest::addColumn<bool>("chips");
    QTest::addColumn<int>("width");
    QTest::newRow("plain") << false << 1400;
    QTest::newRow("everything") << true << 1800;
    QTest::newRow("everything, narrow") << true << 880;
}

void TestTabWalk::mainWindow()
{
    QFETCH(const bool, chips);
    QFETCH(const int, width);
    OpenSession open;
    MainWindow window;
    window.openSession(*open.session, chips);
    window.resize(width, 760);
    window.show();
    QVERIFY(waitForActive(&window));
    open.session->start({});
    auto *table = window.findChild<OrdersView *>();
    QTRY_COMPARE(table->rows().shownCount(), 8);
    QVERIFY2(table->hasFocus(), qPrintable(nameOf(window.focusWidget())));
    if (chips) {
        window.setPreferences({.instantCancel = true, .reducedMotion = true});
        window.findChild<MainToolBar *>()->setWaiting(3);
        table->selectAll();
        window.notice(u"Not exported"_s, u"The disk is full."_s, true);
        window.notice(u"Not written"_s, u"The disk is full."_s, true);
        window.commands().action(Command::ShowActivity)->trigger();
    }
    for (int round = 0; round < 3; ++round)
        QCoreApplication::processEvents();
    walk(window);
    window.closeSession();

    for (const int page : {0, 1, 2}) {
        if (page == 0)
            window.showWelcome();
        else if (page == 1)
            window.showUnlock(samples::live(), UnlockPage::Lock::Keychain, false);
        else
            window.showKeychainProblem(samples::live(), {KeychainProblem::NoKeychain, {}});
        QCoreApplication::processEvents();
        walk(window);
    }
}

void TestTabWalk::readingOrder()
{
    OpenSession open;
    MainWindow window;
    window.openSession(*open.session);
    window.resize(1600, 760);
    window.show();
    QVERIFY(waitForActive(&window));
    open.session->start({});
    auto *table = window.findChild<OrdersView *>();
    QTRY_COMPARE(table->rows().shownCount(), 8);
    table->selectAll();
    QTRY_VERIFY(window.findChild<QPushButton *>(u"cancelSelectedButton"_s)->isEnabled());
    window.notice(u"Not exported"_s, u"The disk is full."_s, true);
    QCoreApplication::processEvents();
    window.findChild<QWidget *>(u"accountBadge"_s)->setFocus();
    QStringList names;
    for (int step = 0; step < 14; ++step) {
        names.append(nameOf(window.focusWidget()));
        QTest::keyClick(window.focusWidget(), Qt::Key_Tab);
    }
    names.removeAll(u"hiddenColumnsButton"_s);
    QCOMPARE(names.first(8).join(u' '), u"accountBadge filterEdit refreshButton cancelSelectedButton cancelAllButton "
                                        "ordersTable toast_1 toastClose_1"_s);
    QVERIFY(names.at(8).startsWith(u"status"_s));
    window.closeSession();
}

void TestTabWalk::menusHaveAccessKeys()
{
    OpenSession open;
    MainWindow window;
    window.openSession(*open.session);
    window.show();
    QVERIFY(waitForActive(&window));
    int items = 0;
    const std::function<void(const QList<QAction *> &)> check = [&](const QList<QAction *> &actions) {
        QStringList keys;
        for (const QAction *action : actions) {
            if (action->isSeparator() || !action->isVisible())
                continue;
            const QString key = QKeySequence::mnemonic(action->text()).toString();
            QVERIFY2(!key.isEmpty(), qPrintable(action->text()));
            // The columns are more than the letters of their names.
            QVERIFY2(!keys.contains(key) || actions.size() > 20, qPrintable(action->text()));
            keys.append(key);
            ++items;
            if (action->menu()) {
                emit action->menu()->aboutToShow();
                check(action->menu()->actions());
            }
        }
    };
    check(window.menuBar()->actions());
    qInfo("%d items", items);
    QVERIFY(items > 40);

    QTest::keyClick(window.focusWidget(), Qt::Key_F10);
    QTRY_VERIFY(QApplication::activePopupWidget());
    QCOMPARE(QApplication::activePopupWidget(), window.menuBar()->actions().constFirst()->menu());
    QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Escape);
    window.closeSession();
}

QTEST_MAIN(TestTabWalk)
#include "tst_tabwalk.moc"
