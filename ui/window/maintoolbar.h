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
    /// Icons alone where words have no room.
    void setNarrow(bool narrow);
    /// Focus on the first button; false if there is none.
    bool focusFirst();

    FilterBox &filter() { return *m_filter; }
    /// How many orders are shown; empty before the first list.
    QLabel &counter() { return *m_counter; }

signals:
    /// The user wants the waiting changes shown.
    void waitingChosen();
    void instantCancelOffChosen();
    /// The chip about keys in memory was pressed.
    void accountWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    QPushButton *addButton(const QString &name, const QString &spokenName);
    QPushButton *addCommand(Command command, const QString &name);
    Command commandOf(const QPushButton *button, Command given) const;
    void renew();
    void renewIcons();
    void renewVisible();

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
    bool m_open = false;
    bool m_instantCancel = false;
    bool m_keysInMemory = false;
    bool m_narrow = false;
};

} // namespace countermand
