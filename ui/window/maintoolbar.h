#pragma once

#include "ui/window/commands.h"

#include <QList>
#include <QWidget>

#include <utility>

class QLabel;
class QPushButton;

namespace countermand {

class AccountBadge;
class FilterBox;

/// The row below the menus: whose account, filter, counter, and the commands most used. Everything but the badge is
/// hidden until an account's orders are shown.
///
/// Where there is no room for all of it, it gives way step by step: words get shorter, the account's name is cut in
/// the middle, the filter is an icon until it is used, what is needed least goes into a menu (toolsMoreButton), and
/// the counter goes. The two buttons that cancel are always whole.
class MainToolBar : public QWidget
{
    Q_OBJECT

public:
    /// `commands` must outlive the toolbar, which shows what they say after every renewed(). The filter's line for
    /// errors is placed by the window.
    MainToolBar(WindowCommands &commands, QWidget *parent);

    /// Null: no account is named, and the toolbar is hidden.
    void setAccount(const Account *account);
    /// Its orders are shown.
    void setOpen(bool open);
    void setInstantCancel(bool on);
    /// The open account's keys are in memory only.
    void setKeysInMemory(bool inMemory);
    /// Changes of the list that wait because no row moves under the pointer.
    void setWaiting(int changes);
    /// Focus on the first button; false if there is none.
    bool focusFirst();

    FilterBox &filter() { return *m_filter; }
    /// How many orders are shown; empty before the first list.
    QLabel &counter() { return *m_counter; }

    /// Of what never goes, so that nothing in it is cut whatever it says.
    QSize minimumSizeHint() const override;

signals:
    /// The user wants the waiting changes shown.
    void waitingChosen();
    void instantCancelOffChosen();
    /// The chip about keys in memory was pressed.
    void accountWanted();
    /// The badge was pressed: the accounts, below this place of the screen.
    void accountsWanted(const QPoint &onScreen);

protected:
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// How far it gives way; each step includes those before.
    enum Step {
        Whole,
        ShortWords,
        ShortName,
        FilterIcon,
        MemoryAway,
        RefreshAway,
        WaitingAway,
        CounterAway,
        InstantShort,
        NameAway,
        Least = NameAway
    };

    QPushButton *addButton(const QString &name, const QString &spokenName);
    QPushButton *addCommand(Command command, const QString &name);
    Command commandOf(const QPushButton *button, Command given) const;
    void renew();
    void renewIcons();
    /// Gives way as little as the width allows.
    void arrange();
    void apply(Step step);
    /// What it needs as it is now.
    int neededWidth() const;
    /// All that neededWidth() depends on.
    QString inputs() const;
    void openMore();

    WindowCommands &m_commands;
    QList<std::pair<Command, QPushButton *>> m_buttons;
    // In the order of Tab.
    AccountBadge *m_badge;
    QLabel *m_counter;
    QPushButton *m_refresh;
    QPushButton *m_cancelSelected;
    QPushButton *m_cancelAll;
    QPushButton *m_memoryChip;
    QPushButton *m_instantChip;
    FilterBox *m_filter;
    QPushButton *m_waiting;
    QPushButton *m_more;
    bool m_hasAccount = false;
    bool m_open = false;
    bool m_instantCancel = false;
    bool m_keysInMemory = false;
    int m_changes = 0;
    QString m_arrangedFor;
    /// Grows only: a window at its least size doesn't get wider with each count.
    mutable int m_least = 0;
};

} // namespace countermand
