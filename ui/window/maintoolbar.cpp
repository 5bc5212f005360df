#include "ui/window/maintoolbar.h"

#include "ui/account/badge.h"
#include "ui/look/accessible.h"
#include "ui/look/icons.h"
#include "ui/look/plural.h"
#include "ui/table/filterbox.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QMouseEvent>
#include <QPushButton>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr int sideMargin = 12;
constexpr int gap = 8;
constexpr int extraGap = 8;
/// Counts up to so many digits change nothing in the least width.
constexpr int digitsOfCounts = 3;

/// A button's width when its text has a count of so many digits.
int widthWithCount(const QPushButton &button)
{
    const QString text = button.text();
    const qsizetype open = text.lastIndexOf(u'(');
    const qsizetype digits = open < 0 ? 0 : text.lastIndexOf(u')') - open - 1;
    const QString more =
        (open < 0 ? u" ()"_s : QString()) + QString(std::max<qsizetype>(0, digitsOfCounts - digits), u'0');
    return button.sizeHint().width() + button.fontMetrics().horizontalAdvance(more);
}

} // namespace

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
      m_waiting(addButton(u"pendingChangesChip"_s, tr("Changes waiting"))),
      m_more(addButton(u"toolsMoreButton"_s, tr("More")))
{
    setMinimumHeight(48);
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
    m_more->setText(u"»"_s);
    m_more->setToolTip(tr("What has no room here"));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(sideMargin, 6, sideMargin, 6);
    layout->setSpacing(gap);
    layout->addWidget(m_badge);
    layout->addWidget(m_filter, 1);
    layout->addWidget(m_counter);
    layout->addWidget(m_waiting);
    // Without a filter (no account is open) the buttons stay at the end.
    layout->addStretch(0);
    layout->addWidget(m_memoryChip);
    layout->addWidget(m_instantChip);
    layout->addWidget(m_refresh);
    layout->addWidget(m_more);
    layout->addWidget(m_cancelSelected);
    layout->addSpacing(extraGap);
    layout->addWidget(m_cancelAll);

    m_badge->setFocusPolicy(Qt::TabFocus);
    m_badge->setCursor(Qt::PointingHandCursor);
    m_badge->installEventFilter(this);
    describe(m_badge, tr("Opens the list of accounts"));
    const QList<QWidget *> inOrder{m_badge,   m_filter, m_waiting,        m_memoryChip, m_instantChip,
                                   m_refresh, m_more,   m_cancelSelected, m_cancelAll};
    for (qsizetype i = 1; i < inOrder.size(); ++i)
        setTabOrder(inOrder.at(i - 1), inOrder.at(i));

    connect(m_waiting, &QPushButton::clicked, this, &MainToolBar::waitingChosen);
    connect(m_instantChip, &QPushButton::clicked, this, &MainToolBar::instantCancelOffChosen);
    connect(m_memoryChip, &QPushButton::clicked, this, &MainToolBar::accountWanted);
    connect(m_more, &QPushButton::clicked, this, &MainToolBar::openMore);
    connect(m_filter, &FilterBox::focusChanged, this, &MainToolBar::arrange);
    connect(m_filter, &QLineEdit::textChanged, this, &MainToolBar::arrange);
    connect(&m_commands, &WindowCommands::renewed, this, &MainToolBar::renew);
    renewIcons();
    renew();
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
        if (button != m_refresh)
            button->setText(state.buttonText);
        button->setEnabled(state.reason.isEmpty());
        button->setToolTip(m_commands.toolTip(command));
        describe(button, state.reason);
    }
    arrange();
}

void MainToolBar::arrange()
{
    const QString now = inputs();
    if (now == m_arrangedFor)
        return;
    m_arrangedFor = now;
    int step = Whole;
    for (apply(Whole); step < Least && neededWidth() > width(); apply(Step(++step))) {
    }
}

QString MainToolBar::inputs() const
{
    QStringList all{QString::number(width()), font().toString(), m_counter->text(), m_badge->text()};
    for (const auto &[command, button] : m_buttons)
        all.append(m_commands.state(commandOf(button, command)).buttonText);
    for (const bool flag : {m_hasAccount, m_open, m_instantCancel, m_keysInMemory, m_filter->hasFocus(),
                            m_filter->text().isEmpty(), isRightToLeft()})
        all.append(QString::number(int(flag)));
    all.append(QString::number(m_changes));
    return all.join(u'\n');
}

void MainToolBar::apply(Step step)
{
    m_badge->setVisible(m_hasAccount && (step < NameAway || !m_filter->hasFocus()));
    m_badge->setSizePolicy(step < ShortName ? QSizePolicy::Fixed : QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_filter->setVisible(m_open);
    // With something in it it is an icon only where nothing else helps, and never while it is used.
    m_filter->setCollapsed(!m_filter->hasFocus() && step >= (m_filter->text().isEmpty() ? FilterIcon : NameAway));
    m_counter->setVisible(m_open && step < CounterAway);
    m_memoryChip->setVisible(m_open && m_keysInMemory && step < MemoryAway);
    m_instantChip->setVisible(m_open && m_instantCancel);
    m_instantChip->setText(step < ShortWords     ? tr("Instant cancel ON · click to turn off")
                           : step < InstantShort ? tr("Instant cancel ON")
                                                 : tr("ON", "instant cancel"));
    m_refresh->setText(step < ShortWords ? m_commands.state(Command::Refresh).buttonText : QString());
    m_refresh->setVisible(m_open && step < RefreshAway);
    m_waiting->setText(plural(m_changes, tr("1 change waiting"), tr("%n changes waiting")));
    m_waiting->setVisible(m_open && m_changes > 0 && step < WaitingAway);
    m_cancelSelected->setVisible(m_open);
    m_cancelAll->setVisible(m_open);
    m_more->setVisible(m_open && (step >= RefreshAway || (m_keysInMemory && step >= MemoryAway)));
}

int MainToolBar::neededWidth() const
{
    int width = 2 * sideMargin + extraGap;
    const QList<const QWidget *> all{m_badge,       m_filter,  m_counter, m_waiting,        m_memoryChip,
                                     m_instantChip, m_refresh, m_more,    m_cancelSelected, m_cancelAll};
    for (const QWidget *each : all) {
        if (each->isHidden())
            continue;
        const bool isShort = each == m_badge && m_badge->sizePolicy().horizontalPolicy() == QSizePolicy::Maximum;
        width += gap + (isShort ? each->minimumSizeHint() : each->sizeHint()).width();
    }
    return width;
}

QSize MainToolBar::minimumSizeHint() const
{
    const int height = QWidget::minimumSizeHint().height();
    if (m_open) {
        const QFontMetrics chip(m_instantChip->font());
        const int chipText = chip.horizontalAdvance(m_instantChip->text());
        const int instant =
            m_instantChip->sizeHint().width() - chipText + chip.horizontalAdvance(tr("ON", "instant cancel")) + 2;
        const int least = 2 * sideMargin + extraGap + 6 * gap + m_badge->minimumSizeHint().width() +
                          FilterBox::collapsedWidth + instant + m_more->sizeHint().width() +
                          widthWithCount(*m_cancelSelected) + widthWithCount(*m_cancelAll);
        m_least = std::max(m_least, least);
    }
    return {m_least, height};
}

void MainToolBar::openMore()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"toolsMoreMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto offer = [menu](QPushButton *away, const QString &text) {
        QAction *action = menu->addAction(text);
        action->setEnabled(away->isEnabled());
        connect(action, &QAction::triggered, away, &QPushButton::click);
    };
    if (m_refresh->isHidden())
        offer(m_refresh, m_commands.state(Command::Refresh).buttonText);
    if (m_changes > 0 && m_waiting->isHidden())
        offer(m_waiting, m_waiting->text());
    if (m_keysInMemory && m_memoryChip->isHidden())
        offer(m_memoryChip, m_memoryChip->text());
    menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height())));
}

void MainToolBar::renewIcons()
{
    const Theme &theme = themeOf(palette());
    m_refresh->setIcon(tintedIcon(Icon::Refresh, theme.text, theme.text2));
    m_instantChip->setIcon(tintedIcon(Icon::Warn, theme.dangerText, theme.dangerText));
}

void MainToolBar::setAccount(const Account *account)
{
    m_hasAccount = account != nullptr;
    if (account)
        m_badge->setAccount(*account);
    setVisible(account != nullptr);
    arrange();
}

void MainToolBar::setOpen(bool open)
{
    m_open = open;
    arrange();
}

void MainToolBar::setInstantCancel(bool on)
{
    m_instantCancel = on;
    arrange();
}

void MainToolBar::setKeysInMemory(bool inMemory)
{
    m_keysInMemory = inMemory;
    arrange();
}

void MainToolBar::setWaiting(int changes)
{
    m_changes = changes;
    describe(m_waiting, plural(changes, tr("1 change waiting"), tr("%n changes waiting")));
    arrange();
}

bool MainToolBar::focusFirst()
{
    for (QPushButton *button : {m_refresh, m_more}) {
        if (button->isVisible()) {
            button->setFocus(Qt::TabFocusReason);
            return true;
        }
    }
    return false;
}

void MainToolBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        renewIcons();
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        m_least = 0;
        m_arrangedFor.clear();
        arrange();
    }
}

bool MainToolBar::event(QEvent *event)
{
    // The counter says something else.
    if (event->type() == QEvent::LayoutRequest)
        arrange();
    return QWidget::event(event);
}

bool MainToolBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_badge) {
        const int key = event->type() == QEvent::KeyPress ? static_cast<QKeyEvent *>(event)->key() : 0;
        const bool pressed = event->type() == QEvent::MouseButtonPress &&
                             static_cast<QMouseEvent *>(event)->button() == Qt::LeftButton;
        if (pressed || key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space) {
            emit accountsWanted(m_badge->mapToGlobal(QPoint(0, m_badge->height())));
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void MainToolBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace countermand
