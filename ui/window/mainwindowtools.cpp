#include "ui/account/badge.h"
#include "ui/account/keychainpage.h"
#include "ui/cancel/cancelconversation.h"
#include "ui/look/accessible.h"
#include "ui/look/icons.h"
#include "ui/table/filterbox.h"
#include "ui/table/orderspage.h"
#include "ui/table/ordersview.h"
#include "ui/window/mainwindow.h"
#include "ui/window/sessiondisplay.h"
#include "workflow/cancelworkflow.h"
#include "workflow/session.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

// The toolbar of the window, and what it and the menus say about what can be canceled.
namespace countermand {

void MainWindow::buildToolBar()
{
    m_tools = new QWidget(centralWidget());
    m_tools->setMinimumHeight(48);
    auto *layout = new QHBoxLayout(m_tools);
    layout->setContentsMargins(12, 6, 12, 6);
    layout->setSpacing(8);

    m_badge = new AccountBadge(m_tools);
    m_badge->setToolTip(tr("Account and environment"));
    m_counter = new QLabel(m_tools);
    m_counter->setObjectName("orderCounter"_L1);
    m_counter->setAccessibleName(tr("Order count"));
    m_refresh = new QPushButton(tr("Refresh"), m_tools);
    m_refresh->setObjectName("refreshButton"_L1);
    m_refresh->setAccessibleName(tr("Refresh"));
    m_refresh->setToolTip(tr("Read the list again (F5)"));
    m_refresh->setAutoDefault(false);
    m_cancelSelected = new QPushButton(tr("Cancel selected…"), m_tools);
    m_cancelSelected->setObjectName("cancelSelectedButton"_L1);
    m_cancelSelected->setAccessibleName(tr("Cancel selected orders"));
    m_cancelSelected->setAutoDefault(false);

    m_cancelAll = new QPushButton(m_tools);
    m_cancelAll->setObjectName("cancelAllButton"_L1);
    m_cancelAll->setAccessibleName(tr("Cancel all open orders"));
    m_cancelAll->setAutoDefault(false);
    m_instantChip = new QPushButton(tr("Instant cancel ON"), m_tools);
    m_instantChip->setObjectName("instantCancelChip"_L1);
    m_instantChip->setAccessibleName(tr("Instant cancel on"));
    m_instantChip->setToolTip(tr("Single plain orders are canceled without asking. Click to turn this off."));
    m_instantChip->setAutoDefault(false);
    m_instantChip->setProperty("chip", true);
    m_instantChip->hide();

    buildFilter();
    layout->addWidget(m_badge);
    layout->addWidget(m_filter, 1);
    layout->addWidget(m_counter);
    layout->addWidget(m_waiting);
    // Without a filter (no account is open) the buttons stay at the end.
    layout->addStretch(0);
    layout->addWidget(m_instantChip);
    layout->addWidget(m_refresh);
    layout->addWidget(m_cancelSelected);
    layout->addSpacing(8);
    layout->addWidget(m_cancelAll);

    connect(m_refresh, &QPushButton::clicked, this, [this] { m_refreshAction->trigger(); });
    connect(m_cancelSelected, &QPushButton::clicked, this, [this] { m_cancelAction->trigger(); });
    connect(m_cancelAll, &QPushButton::clicked, this, [this] { m_cancelEverything->trigger(); });
    connect(m_instantChip, &QPushButton::clicked, this, [this] { setInstantCancel(false); });
}

void MainWindow::buildFilter()
{
    m_filter = new FilterBox(m_tools);
    m_filter->errorLabel()->setParent(centralWidget());
    m_filter->setMinimumWidth(160);
    m_filter->setMaximumWidth(480);
    connect(m_filter, &FilterBox::filterChanged, this, [this](const OrderFilter &filter) {
        if (m_page)
            m_page->table().setFilter(filter);
    });
    connect(m_filter, &FilterBox::left, this, [this] {
        if (m_page)
            m_page->currentWidget()->setFocus(Qt::OtherFocusReason);
    });
    m_waiting = new QPushButton(m_tools);
    m_waiting->setObjectName("pendingChangesChip"_L1);
    m_waiting->setAccessibleName(tr("Changes waiting"));
    m_waiting->setToolTip(tr("The list has changed, but no row moves under the pointer. Click to show it now."));
    m_waiting->setProperty("compact", true);
    m_waiting->setAutoDefault(false);
    m_waiting->hide();
    connect(m_waiting, &QPushButton::clicked, this, [this] {
        if (m_page)
            m_page->table().applyWaiting();
    });
}

void MainWindow::showWaiting(int changes)
{
    const QString text = changes == 1 ? tr("1 change waiting") : tr("%n changes waiting", nullptr, changes);
    m_waiting->setText(text);
    describe(m_waiting, text);
    m_waiting->setVisible(changes > 0);
}

void MainWindow::renewTools()
{
    const QString reason = m_page ? m_page->table().cancelBlockedReason() : tr("Locked");
    m_cancelSelected->setEnabled(m_session && reason.isEmpty());
    m_cancelSelected->setToolTip(reason.isEmpty() ? tr("Cancel the selected orders (Del)") : reason);
    describe(m_cancelSelected, reason);
    m_refresh->setEnabled(m_session != nullptr);
    m_refreshAction->setEnabled(m_session != nullptr);
    m_scanAction->setEnabled(m_session != nullptr);
    m_cancelAction->setEnabled(m_session != nullptr);
    renewScopes();
    m_instantChip->setVisible(m_session && m_preferences.instantCancel);
    m_refresh->setVisible(m_session != nullptr);
    m_filter->setVisible(m_session != nullptr);
    m_filter->errorLabel()->setVisible(m_session && !m_filter->errorLabel()->text().isEmpty());
    m_cancelSelected->setVisible(m_session != nullptr);
    const bool ownAccount = m_session && m_session->account().environment != Environment::Practice;
    m_editAccount->setEnabled(ownAccount || m_pages->currentWidget() == m_keychain);
    m_forgetAccount->setEnabled(ownAccount || m_pages->currentWidget() == m_keychain);
    m_lock->setEnabled(ownAccount);
}

void MainWindow::renewScopesSoon()
{
    // Many changes come at once; the counts are needed once.
    if (!m_scopesTimer.isActive())
        m_scopesTimer.start(0);
}

void MainWindow::renewScopes()
{
    const bool open = m_session && m_page;
    const QString blocked = open ? m_page->table().generalBlock() : tr("Locked");
    const auto countOf = [&](CancelScope scope) { return open ? int(m_page->table().ordersIn(scope).size()) : 0; };
    const QString none = tr("No order that can be canceled");

    const int all = countOf(CancelScope::All);
    // "All" would promise more than the list can keep while the exchange counts more orders.
    const bool whole = !m_display || !m_display->countDiffers();
    const QString allText = whole ? tr("Cancel all open (%1)…").arg(all) : tr("Cancel all listed (%1)…").arg(all);
    const QString allReason = !blocked.isEmpty() ? blocked : all == 0 ? none : QString();
    m_cancelAll->setText(allText);
    m_cancelAll->setEnabled(allReason.isEmpty());
    m_cancelAll->setToolTip(allReason.isEmpty() ? tr("Cancel every open order of this account (Ctrl+Shift+Del)")
                                                : allReason);
    describe(m_cancelAll, allReason);
    m_cancelAll->setVisible(open);
    m_cancelEverything->setText(allText);
    m_cancelEverything->setEnabled(open && allReason.isEmpty());

    const int selected = countOf(CancelScope::Selected);
    m_cancelSelected->setText(selected > 1 ? tr("Cancel selected (%1)…").arg(selected) : tr("Cancel selected…"));
    const int instrument = countOf(CancelScope::Instrument);
    const int shown = countOf(CancelScope::Shown);
    m_cancelInstrument->setText(tr("Cancel all of this instrument (%1)…").arg(instrument));
    m_cancelInstrument->setEnabled(blocked.isEmpty() && instrument > 0);
    m_cancelShown->setText(tr("Cancel all shown (%1)…").arg(shown));
    m_cancelShown->setEnabled(blocked.isEmpty() && shown > 0);
    for (QAction *action : {m_cancelInstrument, m_cancelShown, m_cancelEverything})
        action->setToolTip(action->isEnabled() ? QString() : blocked.isEmpty() ? none : blocked);
    m_stopRemaining->setEnabled(open && m_session->cancels().unsentCount() > 0);
}

void MainWindow::askAboutMany(CancelScope scope)
{
    if (m_conversation)
        m_conversation->askAboutMany(scope);
}

void MainWindow::renewIcons()
{
    const Theme &theme = themeOf(palette());
    m_refresh->setIcon(tintedIcon(Icon::Refresh, theme.text, theme.text2));
}

} // namespace countermand
