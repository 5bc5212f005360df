#include "ui/table/ordermenu.h"

#include "ui/look/accesskeys.h"
#include "ui/table/orderfilter.h"
#include "ui/table/orderselection.h"
#include "ui/table/orderstable.h"
#include "ui/table/rowstate.h"
#include "ui/table/tablekeys.h"
#include "ui/words/orderwords.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace countermand {

OrderMenu::OrderMenu(const OpenOrders &orders, const OrdersTable &table, const OrderSelection &selection,
                     QWidget *parent)
    : QMenu(parent), m_orders(orders), m_table(table), m_selection(selection)
{
    setObjectName(u"orderMenu"_s);
    setToolTipsVisible(true);
    const auto add = [this](const QString &name, const QString &text, const auto &then) {
        QAction *action = addAction(text);
        action->setObjectName(name);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, then);
        return action;
    };
    const auto askAbout = [this](CancelScope scope) {
        return [this, scope] {
            if (m_selection.generalBlock().isEmpty() && !m_selection.ordersIn(scope).isEmpty())
                emit cancelManyRequested(scope);
        };
    };
    m_cancel = add(u"actCancelOrder"_s, tr("Cancel order…"), [this] {
        const OrderId id = m_selection.selectedOrder();
        if (m_selection.isFree(id))
            emit cancelQuestionRequested(id);
    });
    m_cancelSelected = add(u"actCancelSelected"_s, {}, askAbout(CancelScope::Selected));
    addSeparator();
    m_cancelInstrument = add(u"actCancelInstrument"_s, {}, askAbout(CancelScope::Instrument));
    m_cancelSide = add(u"actCancelInstrumentSide"_s, {}, askAbout(CancelScope::InstrumentSide));
    m_cancelShown = add(u"actCancelShown"_s, {}, askAbout(CancelScope::Shown));
    addSeparator();
    m_details = add(u"actDetails"_s, tr("Order details"), [this] {
        const OrderId id = m_selection.selectedOrder();
        if (m_orders.row(id))
            emit detailsRequested(id);
    });
    m_copyId = add(u"actCopyId"_s, tr("Copy order id"),
                   [this] { copy([](const Order &order) { return order.id.text(); }); });
    m_copyId->setShortcuts(tableKeys(TableKey::CopyId));
    m_copyRow = add(u"actCopyRow"_s, tr("Copy row"),
                    [this] { copy([this](const Order &order) { return copyRowText(order, m_table.now()); }); });
    m_copyRow->setShortcuts(tableKeys(TableKey::CopyRow));
    m_filter = add(u"actFilterInstrument"_s, tr("Filter by this instrument"), [this] {
        if (const Order *order = m_orders.find(m_selection.currentOrder()))
            emit filterWanted(OrderFilter::instrumentTerm(*order));
    });
    m_dismiss = add(u"actDismissMark"_s, tr("Dismiss mark"), [this] {
        const auto selected = m_selection.selectedOrders();
        for (const OrderId &id : selected)
            emit markDismissed(id);
    });

    connect(&m_selection, &OrderSelection::renewed, this, &OrderMenu::renew);
    connect(this, &QMenu::aboutToShow, this, &OrderMenu::renewScopes);
    keepAccessKeys(*this);
    renew();
}

void OrderMenu::copy(const std::function<QString(const Order &)> &line) const
{
    QStringList lines;
    const auto selected = m_selection.selectedOrders();
    for (const OrderId &id : selected) {
        if (const Order *order = m_orders.find(id))
            lines.append(line(*order));
    }
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void OrderMenu::renew()
{
    const bool selected = !m_selection.selectedOrder().isEmpty();
    for (QAction *action : {m_details, m_copyId, m_copyRow, m_filter})
        action->setEnabled(selected);
    const QString block = m_selection.blockedReasonOfOne();
    m_cancel->setEnabled(block.isEmpty());
    m_cancel->setToolTip(block.isEmpty() ? cancelWords(false).toolTip : block);
}

void OrderMenu::renewScopes()
{
    const Order *order = m_orders.find(m_selection.currentOrder());
    const QString instrument = order ? instrumentText(*order) : QString();
    const QString general = m_selection.generalBlock();
    const auto renewScope = [this, &general](QAction *action, CancelScope scope, const QString &text) {
        const int count = int(m_selection.ordersIn(scope).size());
        action->setText(count > 1 ? tr("%1 (%2)…").arg(text).arg(count) : tr("%1…").arg(text));
        action->setEnabled(general.isEmpty() && count > 0);
        action->setToolTip(!general.isEmpty() ? general
                           : count == 0       ? tr("No order that can be canceled")
                                              : QString());
    };
    const auto orders = m_selection.selectedOrders();
    const int selected = int(orders.size());
    m_dismiss->setVisible(std::any_of(orders.cbegin(), orders.cend(), [this](const OrderId &id) {
        const OrderRow *row = m_orders.row(id);
        return row && rowState(*row) == RowState::Failed;
    }));
    const QString block = m_selection.blockedReason();
    m_cancelSelected->setVisible(selected > 1);
    m_cancelSelected->setText(tr("Cancel %n selected…", nullptr, selected));
    m_cancelSelected->setEnabled(block.isEmpty());
    m_cancelSelected->setToolTip(block);
    renewScope(m_cancelInstrument, CancelScope::Instrument, tr("Cancel all %1").arg(instrument));
    renewScope(m_cancelSide, CancelScope::InstrumentSide,
               tr("Cancel all %1 %2").arg(instrument, order ? sideWords(*order) : QString()));
    renewScope(m_cancelShown, CancelScope::Shown, tr("Cancel all shown"));
}

} // namespace countermand
