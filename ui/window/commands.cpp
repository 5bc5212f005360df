#include "ui/window/commands.h"

#include "ui/look/accesskeys.h"
#include "ui/table/orderlist.h"
#include "ui/table/ordersview.h"
#include "ui/table/tablekeys.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>
#include <QShortcut>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

enum class Place { Orders, View, Accounts, Help };

/// A command but for what changes: see commandState().
struct Entry {
    Command command;
    Place place;
    QList<QKeySequence> keys{};
    QAction::MenuRole role = QAction::NoRole;
    /// A line is drawn before it.
    bool startsGroup = false;
};

using enum Command;

// The menus from top to bottom.
QList<Entry> entries()
{
    QList<QKeySequence> cancelKeys{Qt::Key_Delete};
    QList<QKeySequence> cancelAllKeys{Qt::CTRL | Qt::SHIFT | Qt::Key_Delete};
#ifdef Q_OS_MACOS
    cancelKeys.append(Qt::CTRL | Qt::Key_Backspace);
    cancelAllKeys.append(Qt::CTRL | Qt::SHIFT | Qt::Key_Backspace);
#endif
    return {
        {Refresh, Place::Orders, {Qt::Key_F5, Qt::CTRL | Qt::Key_R}},
        {Scan, Place::Orders},
        {CancelSelected, Place::Orders, cancelKeys, QAction::NoRole, true},
        {CancelInstrument, Place::Orders},
        {CancelShown, Place::Orders},
        {CancelOrphans, Place::Orders},
        {CancelAll, Place::Orders, cancelAllKeys},
        {StopRemaining, Place::Orders, {Qt::CTRL | Qt::Key_Period}, QAction::NoRole, true},
        {ExportActivity, Place::Orders, {}, QAction::NoRole, true},
        {Quit, Place::Orders, {Qt::CTRL | Qt::Key_Q}, QAction::QuitRole, true},
        {ShowActivity, Place::View, {Qt::Key_F9}},
        {Find, Place::View, {Qt::CTRL | Qt::Key_F}},
        {ResetColumns, Place::View},
        {NextArea, Place::View, {Qt::Key_F6}, QAction::NoRole, true},
        {PreviousArea, Place::View, {Qt::SHIFT | Qt::Key_F6}},
        {Preferences, Place::View, {Qt::CTRL | Qt::Key_Comma}, QAction::PreferencesRole, true},
        {AddAccount, Place::Accounts, {}, QAction::NoRole, true},
        {EditAccount, Place::Accounts},
        {ForgetAccount, Place::Accounts},
        {Lock, Place::Accounts, {Qt::CTRL | Qt::Key_L}},
        {Shortcuts, Place::Help, {Qt::Key_F1, Qt::CTRL | Qt::Key_Question}},
        {FirstSteps, Place::Help},
        {FilterHelp, Place::Help},
        {CheckAnswers, Place::Help},
        {CopyDiagnostics, Place::Help},
        {About, Place::Help, {}, QAction::AboutRole},
    };
}

QString keyTexts(const QList<QKeySequence> &keys)
{
    QStringList texts;
    for (const QKeySequence &key : keys)
        texts.append(key.toString(QKeySequence::NativeText));
    return texts.join(u", "_s);
}

/// What a command with keys does, for the list of keys.
QString keyText(Command command)
{
    switch (command) {
    case Refresh:
        return WindowCommands::tr("Read the list again");
    case CancelSelected:
        return WindowCommands::tr("Cancel the selected order (asks first)");
    case CancelAll:
        return WindowCommands::tr("Cancel all open orders (asks first)");
    case StopRemaining:
        return WindowCommands::tr("Stop remaining cancels");
    case Find:
        return WindowCommands::tr("Filter the orders");
    case ShowActivity:
        return WindowCommands::tr("Show or hide Activity");
    case NextArea:
    case PreviousArea:
        return WindowCommands::tr("Next or previous area");
    case Shortcuts:
        return WindowCommands::tr("This list");
    default:
        return commandState(command, {}).text.remove(u'…');
    }
}

CommandState scopeState(const QString &text, int orders, const CommandFacts &facts)
{
    QString reason = facts.isOpen ? facts.block : WindowCommands::tr("Locked");
    if (reason.isEmpty() && orders == 0)
        reason = WindowCommands::tr("No order that can be canceled");
    return {text, text, reason.isEmpty(), reason};
}

CommandState stateIf(bool enabled, const QString &text, const QString &reason)
{
    return {text, text, enabled, enabled ? QString() : reason};
}

} // namespace

CommandState commandState(Command command, const CommandFacts &facts)
{
    const QString locked = WindowCommands::tr("Locked");
    const QString noAccount = WindowCommands::tr("No account of your own is open");
    const bool hasAccount = facts.isOwnAccount || facts.isKeyMissing;
    switch (command) {
    case Refresh:
        return stateIf(facts.isOpen, WindowCommands::tr("Refresh"), locked);
    case Scan:
        return stateIf(facts.isOpen, WindowCommands::tr("Scan all instruments"), locked);
    case CancelSelected: {
        const QString text = facts.isSelectedAtOnce ? WindowCommands::tr("Cancel selected now")
                                                    : WindowCommands::tr("Cancel selected…");
        const QString reason = facts.isOpen ? facts.selectedBlock : locked;
        return {text, facts.selected > 1 ? WindowCommands::tr("Cancel selected (%1)…").arg(facts.selected) : text,
                reason.isEmpty(), reason};
    }
    case CancelInstrument:
        return scopeState(
            facts.instrumentName.isEmpty()
                ? WindowCommands::tr("Cancel all of this instrument (%1)…").arg(facts.instrument)
                : WindowCommands::tr("Cancel all %1 (%2)…")
                      .arg(QString(facts.instrumentName).replace(u'&', u"&&"_s), QString::number(facts.instrument)),
            facts.instrument, facts);
    case CancelShown:
        return scopeState(WindowCommands::tr("Cancel all shown (%1)…").arg(facts.shown), facts.shown, facts);
    case CancelOrphans:
        return scopeState(facts.orphans == 1
                              ? WindowCommands::tr("Cancel the 1 without a position…")
                              : WindowCommands::tr("Cancel the %1 without a position…").arg(facts.orphans),
                          facts.orphans, facts);
    case CancelAll:
        // "All" would promise more than the list can keep while the exchange counts more orders.
        return scopeState(facts.isListWhole ? WindowCommands::tr("Cancel all open (%1)…").arg(facts.all)
                                            : WindowCommands::tr("Cancel all listed (%1)…").arg(facts.all),
                          facts.all, facts);
    case StopRemaining:
        return stateIf(facts.isOpen && facts.unsent > 0, WindowCommands::tr("Stop remaining"),
                       facts.isOpen ? WindowCommands::tr("No cancel waits to be sent") : locked);
    case ExportActivity:
        return stateIf(!facts.isLocked, WindowCommands::tr("Export activity…"), locked);
    case Quit:
        return stateIf(true, WindowCommands::tr("Quit"), {});
    case ShowActivity:
        return stateIf(!facts.isLocked, WindowCommands::tr("Activity"), locked);
    case Find:
        return stateIf(true, WindowCommands::tr("Find"), {});
    case ResetColumns:
        return stateIf(true, WindowCommands::tr("Reset columns"), {});
    case NextArea:
        return stateIf(true, WindowCommands::tr("Next area"), {});
    case PreviousArea:
        return stateIf(true, WindowCommands::tr("Previous area"), {});
    case Preferences:
        return stateIf(true, WindowCommands::tr("Preferences…"), {});
    case AddAccount:
        return stateIf(true, WindowCommands::tr("Add account…"), {});
    case EditAccount:
        return stateIf(hasAccount, WindowCommands::tr("Edit account…"), facts.isLocked ? locked : noAccount);
    case ForgetAccount:
        return stateIf(hasAccount, WindowCommands::tr("Forget account…"), facts.isLocked ? locked : noAccount);
    case Lock:
        return stateIf(facts.isOwnAccount, WindowCommands::tr("Lock now"), noAccount);
    case Shortcuts:
        return stateIf(true, WindowCommands::tr("Keyboard shortcuts"), {});
    case FirstSteps:
        return stateIf(true, WindowCommands::tr("First steps"), {});
    case FilterHelp:
        return stateIf(facts.isOpen, WindowCommands::tr("Filter examples"), locked);
    case CheckAnswers:
        return stateIf(facts.isOpen, WindowCommands::tr("Check CoinW's answers…"),
                       facts.isLocked ? locked : WindowCommands::tr("No account is open"));
    case CopyDiagnostics:
        return stateIf(true, WindowCommands::tr("Copy diagnostics"), {});
    case About:
        return stateIf(true, WindowCommands::tr("About"), {});
    }
    return {};
}

WindowCommands::WindowCommands(QMenuBar &bar, QObject *parent)
    : QObject(parent),
      m_menus(new QShortcut(Qt::Key_F10, bar.window())),
      m_refusedKeys(new QShortcut(bar.window())),
      m_ordersMenu(bar.addMenu(tr("&Orders"))),
      m_viewMenu(bar.addMenu(tr("&View"))),
      m_accountsMenu(bar.addMenu(tr("&Accounts"))),
      // Alt+P is a command of practice.
      m_practiceMenu(bar.addMenu(tr("Prac&tice"))),
      m_accounts(new QActionGroup(this))
{
    QMenu *help = bar.addMenu(tr("&Help"));
    m_practiceMenu->menuAction()->setVisible(false);

    using enum OrdersView::RowHeight;
    m_rowHeights =
        addChoices(m_viewMenu->addMenu(tr("Row height")),
                   {{int(Compact), tr("Compact")}, {int(Normal), tr("Normal")}, {int(Roomy), tr("Roomy")}});
    setRowHeight(int(Normal));
    m_groupBy = addChoices(m_viewMenu->addMenu(tr("Group by")), {{int(GroupBy::None), tr("None")},
                                                                 {int(GroupBy::Instrument), tr("Instrument")},
                                                                 {int(GroupBy::Side), tr("Side")},
                                                                 {int(GroupBy::Position), tr("Position")}});
    m_groupBy->actions().constFirst()->setChecked(true);

    const auto all = entries();
    for (const Entry &entry : all) {
        const std::array menus{m_ordersMenu, m_viewMenu, m_accountsMenu, help};
        QMenu *menu = menus.at(std::size_t(entry.place));
        if (entry.startsGroup)
            menu->addSeparator();
        if (entry.command == ExportActivity)
            m_orderActionsEnd = menu->addSeparator();
        QAction *action = menu->addAction(commandState(entry.command, {}).text);
        action->setShortcuts(entry.keys);
        action->setMenuRole(entry.role);
        m_actions.insert(entry.command, action);
    }
    for (const Command asking : {CancelSelected, CancelInstrument, CancelShown, CancelOrphans, CancelAll}) {
        // A held key asks once.
        action(asking)->setAutoRepeat(false);
    }
    action(ShowActivity)->setCheckable(true);
    m_ordersMenu->setToolTipsVisible(true);
    m_refusedKeys->setKeys(action(CancelSelected)->shortcuts());
    m_refusedKeys->setAutoRepeat(false);
    connect(m_refusedKeys, &QShortcut::activated, this, &WindowCommands::cancelSelectedRefused);

    auto *themes = new QMenu(tr("Theme"), m_viewMenu);
    m_viewMenu->insertMenu(action(Find), themes);
    m_themes = addChoices(themes, {{int(ThemeChoice::Auto), tr("Auto")},
                                   {int(ThemeChoice::Light), tr("Light")},
                                   {int(ThemeChoice::Dark), tr("Dark")}});

    const auto chosen = [](const QAction *action) { return action->data().toInt(); };
    connect(m_rowHeights, &QActionGroup::triggered, this,
            [this, chosen](const QAction *action) { emit rowHeightChosen(chosen(action)); });
    connect(m_groupBy, &QActionGroup::triggered, this,
            [this, chosen](const QAction *action) { emit groupByChosen(chosen(action)); });
    connect(m_themes, &QActionGroup::triggered, this,
            [this, chosen](const QAction *action) { emit themeChosen(ThemeChoice(chosen(action))); });
    connect(m_accounts, &QActionGroup::triggered, this,
            [this](const QAction *action) { emit accountChosen(action->data().value<Account>()); });
    connect(m_ordersMenu, &QMenu::aboutToShow, this, &WindowCommands::ordersWanted);
    renew({});
    for (QMenu *menu : {m_ordersMenu, m_viewMenu, m_accountsMenu, m_practiceMenu, help})
        keepAccessKeys(*menu);
    connect(m_menus, &QShortcut::activated, &bar, [&bar] { bar.setActiveAction(bar.actions().constFirst()); });
}

QActionGroup *WindowCommands::addChoices(QMenu *menu, const Choices &choices)
{
    auto *group = new QActionGroup(this);
    for (const auto &[value, text] : choices) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setData(value);
        group->addAction(action);
    }
    return group;
}

void WindowCommands::renew(const CommandFacts &facts)
{
    m_facts = facts;
    for (auto entry = m_actions.cbegin(); entry != m_actions.cend(); ++entry) {
        const CommandState now = state(entry.key());
        QAction *action = entry.value();
        if (withoutAccessKey(action->text()) != now.text)
            action->setText(now.text);
        action->setEnabled(now.isEnabled);
        // Qt shows the text again where there is no reason.
        action->setToolTip(now.isEnabled ? QString() : now.reason);
    }
    m_refusedKeys->setEnabled(facts.isOpen && !action(CancelSelected)->isEnabled());
    emit renewed();
}

QString WindowCommands::toolTip(Command command) const
{
    if (const QString reason = state(command).reason; !reason.isEmpty())
        return reason;
    const QString does = command == CancelSelected ? tr("Cancel the selected orders")
                         : command == CancelShown  ? tr("Cancel every order that the filter shows")
                         : command == CancelAll    ? tr("Cancel every open order of this account")
                                                   : keyText(command);
    const QKeySequence key = action(command)->shortcut();
    return key.isEmpty() ? does : tr("%1 (%2)").arg(does, key.toString(QKeySequence::NativeText));
}

QString WindowCommands::spokenName(Command command) const
{
    return command == CancelSelected ? tr("Cancel selected orders")
           : command == CancelShown  ? tr("Cancel all shown orders")
           : command == CancelAll    ? tr("Cancel all open orders")
                                     : state(command).text;
}

QList<ShortcutLine> WindowCommands::shortcutLines() const
{
    QList<ShortcutLine> lines;
    const auto add = [&](std::initializer_list<Command> commands) {
        QList<QKeySequence> keys;
        for (const Command command : commands)
            keys += action(command)->shortcuts();
        lines.append({keyTexts(keys), keyText(*commands.begin())});
    };
    add({CancelSelected});
    add({CancelAll});
    add({StopRemaining});
    lines.append({keyTexts({Qt::CTRL | Qt::Key_Return}), tr("In the question: confirm")});
    lines.append({keyTexts({Qt::Key_Escape}), tr("Keep the order, or dismiss a notice")});
    for (const TableKey key : {TableKey::Details, TableKey::CopyRow, TableKey::CopyId, TableKey::SelectAll,
                               TableKey::SelectNone, TableKey::SortUp, TableKey::SortDown})
        lines.append({keyTexts(tableKeys(key)), tableKeyText(key)});
    add({Find});
    add({Refresh});
    add({ShowActivity});
    add({NextArea, PreviousArea});
    lines.append({keyTexts({m_menus->key()}), tr("Open the menus")});
    add({Preferences});
    add({Lock});
    if (m_practiceMenu->menuAction()->isVisible()) {
        const auto actions = m_practiceMenu->actions();
        for (const QAction *action : actions) {
            if (!action->shortcuts().isEmpty())
                lines.append(
                    {keyTexts(action->shortcuts()), tr("Practice: %1").arg(withoutAccessKey(action->text()))});
        }
    }
    add({Shortcuts});
    add({Quit});
    return lines;
}

void WindowCommands::setTable(QMenu *columns, const QList<QAction *> &orderActions)
{
    m_viewMenu->insertMenu(m_viewMenu->actions().constFirst(), columns);
    m_ordersMenu->insertActions(m_orderActionsEnd, orderActions);
}

void WindowCommands::setAccounts(const QList<AccountChoice> &accounts)
{
    const auto old = m_accounts->actions();
    qDeleteAll(old);
    QAction *before = m_accountsMenu->actions().constFirst();
    for (const AccountChoice &choice : accounts) {
        auto *action = new QAction(QString(choice.account.name).replace(u'&', u"&&"_s), m_accounts);
        action->setCheckable(true);
        action->setChecked(choice.current);
        action->setData(QVariant::fromValue(choice.account));
        m_accountsMenu->insertAction(before, action);
    }
}

int WindowCommands::rowHeight() const
{
    return m_rowHeights->checkedAction()->data().toInt();
}

void WindowCommands::setRowHeight(int pixels)
{
    const auto heights = m_rowHeights->actions();
    const auto wanted = std::find_if(heights.cbegin(), heights.cend(),
                                     [pixels](const QAction *action) { return action->data().toInt() == pixels; });
    if (wanted != heights.cend())
        (*wanted)->setChecked(true);
    else
        setRowHeight(int(OrdersView::RowHeight::Normal));
}

int WindowCommands::groupBy() const
{
    return m_groupBy->checkedAction()->data().toInt();
}

void WindowCommands::setTheme(ThemeChoice theme)
{
    const auto themes = m_themes->actions();
    for (QAction *action : themes) {
        if (action->data().toInt() == int(theme))
            action->setChecked(true);
    }
}

} // namespace countermand
