#pragma once

#include "domain/account.h"
#include "ui/look/theme.h"
#include "ui/window/shortcutsdialog.h"

#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>

#include <utility>

class QAction;
class QActionGroup;
class QMenu;
class QMenuBar;
class QShortcut;

namespace countermand {

/// What the window can be asked to do.
enum class Command {
    Refresh,
    Scan,
    CancelSelected,
    CancelInstrument,
    CancelShown,
    CancelOrphans,
    CancelAll,
    StopRemaining,
    ExportActivity,
    Quit,
    ShowActivity,
    Find,
    ResetColumns,
    NextArea,
    PreviousArea,
    Preferences,
    AddAccount,
    EditAccount,
    ForgetAccount,
    Lock,
    Shortcuts,
    FirstSteps,
    FilterHelp,
    CheckAnswers,
    CopyDiagnostics,
    About,
};

/// What decides which commands can be given, and what they say.
struct CommandFacts {
    /// An account's orders are shown.
    bool isOpen = false;
    /// They are not those of practice.
    bool isOwnAccount = false;
    /// No orders are shown because the keychain does not give an account's key.
    bool isKeyMissing = false;
    /// What this computer knows of accounts and cancels is not to be shown.
    bool isLocked = false;
    /// Why no order, and why none of the selected ones, can be canceled; empty if they can.
    QString block{};
    QString selectedBlock{};
    /// Orders of each scope that can be canceled now.
    int selected = 0;
    /// The one selected order is canceled without a question, as its row says.
    bool isSelectedAtOnce = false;
    int instrument = 0;
    /// As the table calls it; empty without a current order.
    QString instrumentName{};
    int shown = 0;
    int orphans = 0;
    int all = 0;
    /// All open orders are listed, as far as is known.
    bool isListWhole = true;
    /// A filter is on: the table need not show every listed order.
    bool isFiltered = false;
    /// Cancels that wait to be sent.
    int unsent = 0;
};

struct CommandState {
    /// Of the menu's item, and of the toolbar's button where that counts too.
    QString text{};
    QString buttonText{};
    bool isEnabled = true;
    /// Why it is off; empty if it is on.
    QString reason{};

    friend bool operator==(const CommandState &, const CommandState &) = default;
};

/// What a command says now, and whether it can be given. Pure.
CommandState commandState(Command command, const CommandFacts &facts);

/// One account as the Accounts menu lists it.
struct AccountChoice {
    Account account;
    bool current = false;
};

/// Every action of the window once: its words, its keys, when it can be given and why not. Menus, toolbar and the
/// list of keys read it. What an action does is said by whoever connects to it.
class WindowCommands : public QObject
{
    Q_OBJECT

public:
    /// Fills `bar`, which must outlive the commands.
    explicit WindowCommands(QMenuBar &bar, QObject *parent = nullptr);

    QAction *action(Command command) const { return m_actions.value(command); }
    CommandState state(Command command) const { return commandState(command, m_facts); }
    /// What the toolbar's button for many orders asks about: what is in sight.
    Command bulkCommand() const { return m_facts.isFiltered ? Command::CancelShown : Command::CancelAll; }
    /// For a button: why not, or what it does and its first key, "Read the list again (F5)".
    QString toolTip(Command command) const;
    /// For a button, where its text says less than assistive tools need.
    QString spokenName(Command command) const;
    void renew(const CommandFacts &facts);

    /// Every key of the window, its table and its questions, in the order shown.
    QList<ShortcutLine> shortcutLines() const;

    /// The table's own menu of columns, and its actions on the selected orders; they leave with the table.
    void setTable(QMenu *columns, const QList<QAction *> &orderActions);
    void setAccounts(const QList<AccountChoice> &accounts);
    /// The chosen row height in pixels; an unknown one chooses the normal one.
    int rowHeight() const;
    void setRowHeight(int pixels);
    /// The chosen GroupBy as a number.
    int groupBy() const;
    void setTheme(ThemeChoice theme);
    /// Shown only while a practice session is open.
    QMenu *practiceMenu() { return m_practiceMenu; }
    QMenu *accountsMenu() { return m_accountsMenu; }

signals:
    /// The Orders menu is about to be shown: renew() now.
    void ordersWanted();
    /// Del was pressed where no selected order can be canceled: its command is off, and yet the key wants an answer.
    void cancelSelectedRefused();
    /// renew() has been called.
    void renewed();
    /// The user chose one.
    void rowHeightChosen(int pixels);
    void groupByChosen(int by);
    void themeChosen(countermand::ThemeChoice theme);
    void accountChosen(const countermand::Account &account);

private:
    using Choices = QList<std::pair<int, QString>>;

    QActionGroup *addChoices(QMenu *menu, const Choices &choices);

    CommandFacts m_facts;
    QHash<Command, QAction *> m_actions;
    QShortcut *m_menus;
    QShortcut *m_refusedKeys;
    QMenu *m_ordersMenu;
    /// What the table adds to it ends here.
    QAction *m_orderActionsEnd = nullptr;
    QMenu *m_viewMenu;
    QMenu *m_accountsMenu;
    QMenu *m_practiceMenu;
    QActionGroup *m_accounts;
    QActionGroup *m_rowHeights = nullptr;
    QActionGroup *m_groupBy = nullptr;
    QActionGroup *m_themes = nullptr;
};

} // namespace countermand
