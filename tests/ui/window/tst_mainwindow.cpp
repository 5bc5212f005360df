#include "openwindow.h"
#include "tests/support/waiting.h"

#include <QAction>
#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

QAction *actionOf(const QWidget &window, const QString &text)
{
    for (QAction *action : window.findChildren<QAction *>()) {
        if (action->text() == text)
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
    void nothingWithoutAnAccount();
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

void TestMainWindow::nothingWithoutAnAccount()
{
    MainWindow window;
    window.show();
    QVERIFY(!window.findChild<QPushButton *>(u"cancelAllButton"_s)->isVisible());
    for (const QString &text : {u"Refresh"_s, u"Cancel selected…"_s, u"Cancel all open (0)…"_s, u"Lock now"_s})
        QVERIFY2(!actionOf(window, text)->isEnabled(), qPrintable(text));
    QVERIFY(actionOf(window, u"Add account…"_s)->isEnabled());
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
