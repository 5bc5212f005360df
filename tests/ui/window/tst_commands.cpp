#include "ui/look/accesskeys.h"
#include "ui/window/commands.h"

#include <QAction>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QShortcut>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

/// An account is open, and nothing keeps its orders from being canceled.
CommandFacts openFacts()
{
    CommandFacts facts;
    facts.isOpen = true;
    facts.isOwnAccount = true;
    facts.selected = 2;
    facts.instrument = 3;
    facts.shown = 4;
    facts.all = 5;
    facts.unsent = 1;
    return facts;
}

QStringList textsOf(const QMenu *menu)
{
    QStringList texts;
    for (const QAction *action : menu->actions())
        texts.append(action->isSeparator() ? u"-"_s : withoutAccessKey(action->text()));
    return texts;
}

} // namespace

class TestCommands : public QObject
{
    Q_OBJECT

private slots:
    void states_data();
    void states();
    void menus();
    void actionsFollowTheFacts();
    void toolTips();
    void everyKeyIsListed();
    void keysOfPracticeWhileItIsOpen();
    void bulkCommandFollowsTheFilter();
    void aRefusedDelIsTold();
    void choices();
    void accounts();
};

void TestCommands::states_data()
{
    QTest::addColumn<Command>("command");
    QTest::addColumn<CommandFacts>("facts");
    QTest::addColumn<CommandState>("expected");

    const auto row = [](const char *name, Command command, const CommandFacts &facts, const CommandState &expected) {
        QTest::newRow(name) << command << facts << expected;
    };
    const CommandFacts closed;
    const CommandFacts open = openFacts();
    CommandFacts offline = open;
    offline.block = offline.selectedBlock = u"Offline"_s;
    CommandFacts empty = open;
    empty.selected = empty.instrument = empty.shown = empty.all = empty.unsent = 0;
    empty.selectedBlock = u"Select an order first"_s;
    CommandFacts atOnce = open;
    atOnce.selected = 1;
    atOnce.isSelectedAtOnce = true;
    CommandFacts more = open;
    more.isListWhole = false;
    CommandFacts practice = open;
    practice.isOwnAccount = false;
    CommandFacts noKey;
    noKey.isKeyMissing = true;

    const QString locked = u"Locked"_s;
    const QString none = u"No order that can be canceled"_s;
    const QString noAccount = u"No account of your own is open"_s;
    row("refresh", Command::Refresh, open, {u"Refresh"_s, u"Refresh"_s, true, {}});
    row("refresh, locked", Command::Refresh, closed, {u"Refresh"_s, u"Refresh"_s, false, locked});
    row("scan, locked", Command::Scan, closed, {u"Scan all instruments"_s, u"Scan all instruments"_s, false, locked});
    row("selected", Command::CancelSelected, open, {u"Cancel selected…"_s, u"Cancel selected (2)…"_s, true, {}});
    row("one selected that goes at once", Command::CancelSelected, atOnce,
        {u"Cancel selected now"_s, u"Cancel selected now"_s, true, {}});
    row("none selected", Command::CancelSelected, empty,
        {u"Cancel selected…"_s, u"Cancel selected…"_s, false, u"Select an order first"_s});
    row("selected, locked", Command::CancelSelected, closed,
        {u"Cancel selected…"_s, u"Cancel selected…"_s, false, locked});
    row("instrument", Command::CancelInstrument, open,
        {u"Cancel all of this instrument (3)…"_s, u"Cancel all of this instrument (3)…"_s, true, {}});
    CommandFacts named = open;
    named.instrumentName = u"A&B-USDT"_s;
    row("instrument by its name", Command::CancelInstrument, named,
        {u"Cancel all A&&B-USDT (3)…"_s, u"Cancel all A&&B-USDT (3)…"_s, true, {}});
    row("shown, offline", Command::CancelShown, offline,
        {u"Cancel all shown (4)…"_s, u"Cancel all shown (4)…"_s, false, u"Offline"_s});
    row("all", Command::CancelAll, open, {u"Cancel all open (5)…"_s, u"Cancel all open (5)…"_s, true, {}});
    row("all that are listed", Command::CancelAll, more,
        {u"Cancel all listed (5)…"_s, u"Cancel all listed (5)…"_s, true, {}});
    row("all of none", Command::CancelAll, empty,
        {u"Cancel all open (0)…"_s, u"Cancel all open (0)…"_s, false, none});
    row("all, locked", Command::CancelAll, closed,
        {u"Cancel all open (0)…"_s, u"Cancel all open (0)…"_s, false, locked});
    row("stop", Command::StopRemaining, open, {u"Stop remaining"_s, u"Stop remaining"_s, true, {}});
    row("nothing to stop", Command::StopRemaining, empty,
        {u"Stop remaining"_s, u"Stop remaining"_s, false, u"No cancel waits to be sent"_s});
    row("edit", Command::EditAccount, open, {u"Edit account…"_s, u"Edit account…"_s, true, {}});
    row("edit, no key", Command::EditAccount, noKey, {u"Edit account…"_s, u"Edit account…"_s, true, {}});
    row("edit, practice", Command::EditAccount, practice, {u"Edit account…"_s, u"Edit account…"_s, false, noAccount});
    row("lock", Command::Lock, open, {u"Lock now"_s, u"Lock now"_s, true, {}});
    row("lock, no key", Command::Lock, noKey, {u"Lock now"_s, u"Lock now"_s, false, noAccount});
    row("find", Command::Find, closed, {u"Find"_s, u"Find"_s, true, {}});
}

void TestCommands::states()
{
    QFETCH(Command, command);
    QFETCH(CommandFacts, facts);
    QFETCH(CommandState, expected);
    const CommandState state = commandState(command, facts);
    QCOMPARE(state.text, expected.text);
    QCOMPARE(state.buttonText, expected.buttonText);
    QCOMPARE(state.isEnabled, expected.isEnabled);
    QCOMPARE(state.reason, expected.reason);
}

void TestCommands::menus()
{
    QMenuBar bar;
    const WindowCommands commands(bar);
    QStringList titles;
    QHash<QString, const QMenu *> menus;
    for (const QAction *action : bar.actions()) {
        titles.append(withoutAccessKey(action->text()));
        menus.insert(withoutAccessKey(action->text()), action->menu());
    }
    QCOMPARE(titles, (QStringList{u"Orders"_s, u"View"_s, u"Accounts"_s, u"Practice"_s, u"Help"_s}));
    QCOMPARE(textsOf(menus.value(u"Orders"_s)),
             (QStringList{u"Refresh"_s, u"Scan all instruments"_s, u"-"_s, u"Cancel selected…"_s,
                          u"Cancel all of this instrument (0)…"_s, u"Cancel all shown (0)…"_s,
                          u"Cancel the 0 without a position…"_s, u"Cancel all open (0)…"_s, u"-"_s,
                          u"Stop remaining"_s, u"-"_s, u"-"_s, u"Export activity…"_s, u"-"_s, u"Quit"_s}));
    QCOMPARE(textsOf(menus.value(u"View"_s)),
             (QStringList{u"Row height"_s, u"Group by"_s, u"Activity"_s, u"Theme"_s, u"Find"_s, u"Reset columns"_s,
                          u"-"_s, u"Next area"_s, u"Previous area"_s, u"-"_s, u"Preferences…"_s}));
    QCOMPARE(textsOf(menus.value(u"Accounts"_s)),
             (QStringList{u"-"_s, u"Add account…"_s, u"Edit account…"_s, u"Forget account…"_s, u"Lock now"_s}));
    QCOMPARE(textsOf(menus.value(u"Help"_s)),
             (QStringList{u"Keyboard shortcuts"_s, u"First steps"_s, u"Filter examples"_s,
                          u"Check CoinW's answers…"_s, u"Copy diagnostics"_s, u"About"_s}));
}

void TestCommands::actionsFollowTheFacts()
{
    QMenuBar bar;
    WindowCommands commands(bar);
    const QSignalSpy renewed(&commands, &WindowCommands::renewed);
    const QAction *all = commands.action(Command::CancelAll);
    QVERIFY(!all->isEnabled());
    QCOMPARE(all->toolTip(), u"Locked"_s);
    commands.renew(openFacts());
    QCOMPARE(renewed.size(), 1);
    QVERIFY(all->isEnabled());
    QCOMPARE(all->text(), u"Cancel all open (5)…"_s);
    // A held key asks once.
    QVERIFY(!all->autoRepeat());
    QVERIFY(commands.action(Command::Refresh)->autoRepeat());
}

void TestCommands::toolTips()
{
    QMenuBar bar;
    WindowCommands commands(bar);
    QCOMPARE(commands.toolTip(Command::CancelAll), u"Locked"_s);
    commands.renew(openFacts());
    QCOMPARE(commands.toolTip(Command::Refresh), u"Read the list again (F5)"_s);
    QCOMPARE(commands.toolTip(Command::CancelSelected), u"Cancel the selected orders (Del)"_s);
    QCOMPARE(commands.toolTip(Command::CancelAll), u"Cancel every open order of this account (Ctrl+Shift+Del)"_s);
    QCOMPARE(commands.spokenName(Command::CancelAll), u"Cancel all open orders"_s);
    QCOMPARE(commands.spokenName(Command::Refresh), u"Refresh"_s);
    QCOMPARE(commands.spokenName(Command::CancelShown), u"Cancel all shown orders"_s);
    QCOMPARE(commands.toolTip(Command::CancelShown), u"Cancel every order that the filter shows"_s);
}

void TestCommands::bulkCommandFollowsTheFilter()
{
    QMenuBar bar;
    WindowCommands commands(bar);
    QVERIFY(commands.bulkCommand() == Command::CancelAll);
    CommandFacts facts = openFacts();
    facts.isFiltered = true;
    commands.renew(facts);
    QVERIFY(commands.bulkCommand() == Command::CancelShown);
    // The keys and the menu stay with all of them.
    QVERIFY(commands.action(Command::CancelAll)->shortcuts().contains(Qt::CTRL | Qt::SHIFT | Qt::Key_Delete));
    QCOMPARE(withoutAccessKey(commands.action(Command::CancelAll)->text()), u"Cancel all open (5)…"_s);
}

void TestCommands::everyKeyIsListed()
{
    QMenuBar bar;
    const WindowCommands commands(bar);
    const auto lines = commands.shortcutLines();
    QStringList keys;
    QSet<QString> does;
    for (const ShortcutLine &line : lines) {
        QVERIFY(!line.keys.isEmpty());
        QVERIFY2(!line.does.isEmpty() && !does.contains(line.does), qPrintable(line.does));
        does.insert(line.does);
        keys += line.keys.split(u", "_s);
    }
    int checked = 0;
    for (const QAction *action : bar.findChildren<QAction *>()) {
        const auto shortcuts = action->shortcuts();
        for (const QKeySequence &key : shortcuts) {
            const QString text = key.toString(QKeySequence::NativeText);
            QVERIFY2(keys.contains(text), qPrintable(text + u" of "_s + action->text()));
            ++checked;
        }
    }
    QVERIFY(checked >= 14);
}

void TestCommands::keysOfPracticeWhileItIsOpen()
{
    QMenuBar bar;
    WindowCommands commands(bar);
    commands.practiceMenu()->addAction(u"Add an order"_s)->setShortcut(Qt::ALT | Qt::Key_P);
    const auto isListed = [&commands] {
        const auto lines = commands.shortcutLines();
        return std::any_of(lines.cbegin(), lines.cend(), [](const ShortcutLine &line) {
            return line.keys == "Alt+P"_L1 && line.does == "Practice: Add an order"_L1;
        });
    };
    QVERIFY(!isListed());
    commands.practiceMenu()->menuAction()->setVisible(true);
    QVERIFY(isListed());
}

void TestCommands::aRefusedDelIsTold()
{
    QMainWindow window;
    WindowCommands commands(*window.menuBar());
    const auto shortcuts = window.findChildren<QShortcut *>();
    const auto isTaken = [&shortcuts] {
        return std::any_of(shortcuts.cbegin(), shortcuts.cend(), [](const QShortcut *each) {
            return each->keys().contains(QKeySequence(Qt::Key_Delete)) && each->isEnabled();
        });
    };
    const QAction *selected = commands.action(Command::CancelSelected);
    QVERIFY(!isTaken() && !selected->isEnabled());
    commands.renew(openFacts());
    QVERIFY(!isTaken() && selected->isEnabled());
    CommandFacts none = openFacts();
    none.selectedBlock = u"Select an order first"_s;
    commands.renew(none);
    QVERIFY(isTaken() && !selected->isEnabled());
}

void TestCommands::choices()
{
    QMenuBar bar;
    WindowCommands commands(bar);
    QSignalSpy heights(&commands, &WindowCommands::rowHeightChosen);
    QSignalSpy groups(&commands, &WindowCommands::groupByChosen);
    QSignalSpy themes(&commands, &WindowCommands::themeChosen);
    const auto find = [&bar](const QString &text) {
        for (QAction *action : bar.findChildren<QAction *>()) {
            if (withoutAccessKey(action->text()) == text)
                return action;
        }
        return static_cast<QAction *>(nullptr);
    };
    QCOMPARE(commands.rowHeight(), 28);
    commands.setRowHeight(34);
    QCOMPARE(commands.rowHeight(), 34);
    commands.setRowHeight(0);
    QCOMPARE(commands.rowHeight(), 28);
    commands.setTheme(ThemeChoice::Dark);
    QVERIFY(find(u"Dark"_s)->isChecked());
    QVERIFY(heights.isEmpty() && groups.isEmpty() && themes.isEmpty());

    find(u"Compact"_s)->trigger();
    QCOMPARE(commands.rowHeight(), 24);
    QCOMPARE(heights, (QList<QVariantList>{{24}}));
    find(u"Side"_s)->trigger();
    QCOMPARE(groups.size(), 1);
    QCOMPARE(groups.constFirst().constFirst().toInt(), commands.groupBy());
    find(u"Light"_s)->trigger();
    QCOMPARE(themes.constFirst().constFirst().value<ThemeChoice>(), ThemeChoice::Light);
    QVERIFY(!find(u"Dark"_s)->isChecked());
}

void TestCommands::accounts()
{
    QMenuBar bar;
    WindowCommands commands(bar);
    const QMenu *menu = bar.actions().at(2)->menu();
    QSignalSpy chosen(&commands, &WindowCommands::accountChosen);
    const Account main{u"1"_s, u"Main"_s, Environment::Live, u"api.coinw.com"_s, 0};
    const Account second{u"2"_s, u"Second"_s, Environment::Live, u"api.coinw.com"_s, 1};
    commands.setAccounts({{main, false}, {second, true}});
    QCOMPARE(textsOf(menu).first(3), (QStringList{u"Main"_s, u"Second"_s, u"-"_s}));
    QVERIFY(menu->actions().at(1)->isChecked());
    menu->actions().at(0)->trigger();
    QCOMPARE(chosen.constFirst().constFirst().value<Account>().id, u"1"_s);
    commands.setAccounts({{second, true}});
    QCOMPARE(textsOf(menu).first(2), (QStringList{u"Second"_s, u"-"_s}));
}

QTEST_MAIN(TestCommands)
#include "tst_commands.moc"
