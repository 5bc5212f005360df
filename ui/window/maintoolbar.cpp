#include "ui/window/maintoolbar.h"

#include "ui/account/badge.h"
#include "ui/look/accessible.h"
#include "ui/look/icons.h"
#include "ui/look/plural.h"
#include "ui/table/filterbox.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace countermand {

MainToolBar::MainToolBar(WindowCommands &commands, QWidget *parent)
    : QWidget(parent),
      m_commands(commands),
      m_badge(new AccountBadge(this)),
      m_counter(new QLabel(this)),
      m_refresh(addCommand(Command::Refresh, u"refreshButton"_s)),
      m_cancelSelected(addCommand(Command::CancelSelected, u"cancelSelectedButton"_s)),
      m_cancelAll(addCommand(Command::CancelAll, u"cancelAllButton"_s)),
      m_memoryChip(addButton(u"memoryKeysChip"_s, tr("Keys until quit"))),
      m_instantChip(addButton(u"instantCancelChip"_s, tr("Instant cancel on"))),
      m_filter(new FilterBox(this)),
      m_waiting(addButton(u"pendingChangesChip"_s, tr("Changes waiting")))
{
    setMinimumHeight(48);
    m_badge->setToolTip(tr("Account and environment"));
    m_filter->setMinimumWidth(160);
    m_filter->setMaximumWidth(480);
    m_counter->setObjectName("orderCounter"_L1);
    m_counter->setAccessibleName(tr("Order count"));
    m_waiting->setToolTip(tr("The list has changed, but no row moves under the pointer. Click to show it now."));
    m_waiting->setProperty("compact", true);
    m_waiting->hide();
    m_memoryChip->setText(tr("Keys until quit"));
    m_memoryChip->setToolTip(
        tr("The API key and its secret are in memory only, until you quit or lock. Click to open the "
           "account."));
    m_memoryChip->setProperty("chip", true);
    m_instantChip->setToolTip(tr("Single plain orders are canceled without asking. Click to turn this off."));
    describe(m_instantChip, m_instantChip->toolTip());
    m_instantChip->setProperty("danger", true);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 12, 6);
    layout->setSpacing(8);
    layout->addWidget(m_badge);
    layout->addWidget(m_filter, 1);
    layout->addWidget(m_counter);
    layout->addWidget(m_waiting);
    // Without a filter (no account is open) the buttons stay at the end.
    layout->addStretch(0);
    layout->addWidget(m_memoryChip);
    layout->addWidget(m_instantChip);
    layout->addWidget(m_refresh);
    layout->addWidget(m_cancelSelected);
    layout->addSpacing(8);
    layout->addWidget(m_cancelAll);

    connect(m_waiting, &QPushButton::clicked, this, &MainToolBar::waitingChosen);
    connect(m_instantChip, &QPushButton::clicked, this, &MainToolBar::instantCancelOffChosen);
    connect(m_memoryChip, &QPushButton::clicked, this, &MainToolBar::accountWanted);
    connect(&m_commands, &WindowCommands::renewed, this, &MainToolBar::renew);
    renew();
    renewIcons();
    renewVisible();
}

QPushButton *MainToolBar::addButton(const QString &name, const QString &spokenName)
{
    auto *button = new QPushButton(this);
    button->setObjectName(name);
    button->setAccessibleName(spokenName);
    button->setAutoDefault(false);
    return button;
}

QPushButton *MainToolBar::addCommand(Command command, const QString &name)
{
    QPushButton *button = addButton(name, m_commands.spokenName(command));
    connect(button, &QPushButton::clicked, this,
            [this, button, command] { m_commands.action(commandOf(button, command))->trigger(); });
    m_buttons.append({command, button});
    return button;
}

Command MainToolBar::commandOf(const QPushButton *button, Command given) const
{
    return button == m_cancelAll ? m_commands.bulkCommand() : given;
}

void MainToolBar::renew()
{
    for (const auto &[given, button] : std::as_const(m_buttons)) {
        const Command command = commandOf(button, given);
        const CommandState state = m_commands.state(command);
        button->setAccessibleName(m_commands.spokenName(command));
        button->setText(button == m_refresh && m_narrow ? QString() : state.buttonText);
        button->setEnabled(state.reason.isEmpty());
        button->setToolTip(m_commands.toolTip(command));
        describe(button, state.reason);
    }
    m_instantChip->setText(m_narrow ? tr("Instant cancel ON") : tr("Instant cancel ON · click to turn off"));
}

void MainToolBar::renewIcons()
{
    const Theme &theme = themeOf(palette());
    m_refresh->setIcon(tintedIcon(Icon::Refresh, theme.text, theme.text2));
    m_instantChip->setIcon(tintedIcon(Icon::Warn, theme.dangerText, theme.dangerText));
}

void MainToolBar::renewVisible()
{
    for (const auto &[command, button] : std::as_const(m_buttons))
        button->setVisible(m_open);
    m_filter->setVisible(m_open);
    m_instantChip->setVisible(m_open && m_instantCancel);
    m_memoryChip->setVisible(m_open && m_keysInMemory);
}

void MainToolBar::setAccount(const Account *account)
{
    m_badge->setVisible(account != nullptr);
    if (account)
        m_badge->setAccount(*account);
    setVisible(account != nullptr);
}

void MainToolBar::setOpen(bool open)
{
    m_open = open;
    renewVisible();
}

void MainToolBar::setInstantCancel(bool on)
{
    m_instantCancel = on;
    renewVisible();
}

void MainToolBar::setKeysInMemory(bool inMemory)
{
    m_keysInMemory = inMemory;
    renewVisible();
}

void MainToolBar::setWaiting(int changes)
{
    const QString text = plural(changes, tr("1 change waiting"), tr("%n changes waiting"));
    m_waiting->setText(text);
    describe(m_waiting, text);
    m_waiting->setVisible(changes > 0);
}

void MainToolBar::setNarrow(bool narrow)
{
    m_narrow = narrow;
    renew();
}

bool MainToolBar::focusFirst()
{
    if (!m_refresh->isVisible())
        return false;
    m_refresh->setFocus(Qt::TabFocusReason);
    return true;
}

void MainToolBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        renewIcons();
}

} // namespace countermand
