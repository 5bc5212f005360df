#include "ui/table/ordersproxy.h"
#include "ui/table/rowstate.h"
#include "ui/words/orderwords.h"

using namespace Qt::StringLiterals;

// What the cells and headers of the orders table say.

namespace countermand {

namespace {

QString offsetText(const QDateTime &local)
{
    const int minutes = local.offsetFromUtc() / 60;
    const QTime size = QTime(0, 0).addSecs(std::abs(minutes) * 60);
    return (minutes < 0 ? u"-"_s : u"+"_s) + size.toString(u"HH:mm"_s);
}

QString orDash(const QString &text)
{
    return text.isEmpty() ? u"—"_s : text;
}

QString placedToolTip(const Order &order)
{
    if (!order.placedAt.isValid())
        return {};
    const QString utc = order.placedAt.toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s);
    return u"%1 %2\n%3 UTC"_s.arg(placedText(order), offsetText(order.placedAt.toLocalTime()), utc);
}

} // namespace

QVariant OrdersProxy::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto column = OrderColumns::Column(index.column());
    if (isGroup(index.row()) && role != Qt::TextAlignmentRole) {
        const bool says = role == Qt::DisplayRole || role == Qt::AccessibleTextRole;
        return says && column == OrderColumns::Instrument ? groupText(shown(index)) : QVariant();
    }
    switch (role) {
    case Qt::DisplayRole:
        return cellText(shown(index), column);
    case Qt::ToolTipRole:
        return toolTip(shown(index), column);
    case Qt::AccessibleTextRole:
        return accessibleText(shown(index), column);
    case Qt::AccessibleDescriptionRole:
        return accessibleDescription(shown(index), column);
    case Qt::TextAlignmentRole:
        return QVariant(isRightAligned(column) ? Qt::AlignRight | Qt::AlignAbsolute | Qt::AlignVCenter
                                               : Qt::AlignLeading | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant OrdersProxy::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= OrderColumns::ColumnCount)
        return {};
    const auto column = OrderColumns::Column(section);
    switch (role) {
    case Qt::DisplayRole:
        // The column is as wide as its icon.
        return column == OrderColumns::State ? tr("St", "header of the State column, two letters")
                                             : columnName(column);
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return columnName(column);
    case Qt::TextAlignmentRole:
        return QVariant(isRightAligned(column) ? Qt::AlignRight | Qt::AlignAbsolute | Qt::AlignVCenter
                                               : Qt::AlignLeading | Qt::AlignVCenter);
    default:
        return {};
    }
}

QString OrdersProxy::columnName(OrderColumns::Column column)
{
    switch (column) {
    case OrderColumns::State:
        return tr("State");
    case OrderColumns::Instrument:
        return tr("Instrument");
    case OrderColumns::Side:
        return tr("Side");
    case OrderColumns::Type:
        return tr("Type");
    case OrderColumns::Price:
        return tr("Price");
    case OrderColumns::Remaining:
        return tr("Remaining");
    case OrderColumns::Filled:
        return tr("Filled");
    case OrderColumns::TakeProfitStopLoss:
        return tr("TP / SL");
    case OrderColumns::Placed:
        return tr("Placed");
    case OrderColumns::Age:
        return tr("Age");
    case OrderColumns::Id:
        return tr("Order ID");
    case OrderColumns::Action:
        return tr("Action");
    case OrderColumns::TriggerPrice:
        return tr("Trigger price");
    case OrderColumns::Leverage:
        return tr("Leverage");
    case OrderColumns::MarginModeColumn:
        return tr("Margin mode");
    case OrderColumns::Margin:
        return tr("Margin");
    case OrderColumns::Value:
        return tr("Value");
    case OrderColumns::Source:
        return tr("Source");
    case OrderColumns::ClientId:
        return tr("Client ID");
    case OrderColumns::FullId:
        return tr("Full ID");
    case OrderColumns::Updated:
        return tr("Updated");
    case OrderColumns::LastPrice:
        return tr("Last price");
    case OrderColumns::Distance:
        return tr("Distance");
    case OrderColumns::ColumnCount:
        break;
    }
    return {};
}

bool OrdersProxy::isRightAligned(OrderColumns::Column column)
{
    switch (column) {
    case OrderColumns::Price:
    case OrderColumns::Remaining:
    case OrderColumns::Filled:
    case OrderColumns::Age:
    case OrderColumns::TriggerPrice:
    case OrderColumns::Leverage:
    case OrderColumns::Margin:
    case OrderColumns::Value:
    case OrderColumns::LastPrice:
    case OrderColumns::Distance:
        return true;
    case OrderColumns::State:
    case OrderColumns::Instrument:
    case OrderColumns::Side:
    case OrderColumns::Type:
    case OrderColumns::TakeProfitStopLoss:
    case OrderColumns::Placed:
    case OrderColumns::Id:
    case OrderColumns::Action:
    case OrderColumns::MarginModeColumn:
    case OrderColumns::Source:
    case OrderColumns::ClientId:
    case OrderColumns::FullId:
    case OrderColumns::Updated:
    case OrderColumns::ColumnCount:
        break;
    }
    return false;
}

QString OrdersProxy::blockReason(const ShownOrder &shown) const
{
    return cancelBlockReason(shown.row, shown.gone, m_cancelBlocked);
}

QString OrdersProxy::groupText(const ShownOrder &heading)
{
    const QString count = heading.groupCount == 1 ? tr("1 order") : tr("%n orders", nullptr, heading.groupCount);
    QString text = (heading.collapsed ? u"▸ "_s : u"▾ "_s) + heading.group + u" · "_s + count;
    if (heading.groupValue && heading.groupCount > 0)
        text += u" · "_s + numberText(heading.groupValue) + u' ' + heading.groupQuote;
    return text;
}

const QString &OrdersProxy::cellText(const ShownOrder &shown, OrderColumns::Column column) const
{
    if (shown.texts.isEmpty())
        shown.texts.resize(OrderColumns::ColumnCount);
    QString &kept = shown.texts[column];
    // Ages grow by themselves.
    if (kept.isNull() || column == OrderColumns::Age)
        kept = text(shown, column);
    return kept;
}

QString OrdersProxy::text(const ShownOrder &shown, OrderColumns::Column column) const
{
    switch (column) {
    case OrderColumns::State:
        return rowStateWord(rowState(shown.row, shown.gone));
    case OrderColumns::Instrument:
        return instrumentText(shown.row.order);
    case OrderColumns::Side:
        return sideText(shown.row.order);
    case OrderColumns::Type:
        return typeText(shown.row.order);
    case OrderColumns::Price:
        return priceText(shown.row.order);
    case OrderColumns::Remaining:
        return remainingText(shown.row.order);
    case OrderColumns::Filled:
        return filledText(shown.row.order);
    case OrderColumns::TakeProfitStopLoss:
        return takeProfitStopLossText(shown.row.order);
    case OrderColumns::Placed:
        return placedText(shown.row.order);
    case OrderColumns::Age:
        return ageText(shown.row.order, m_now);
    case OrderColumns::Id:
        return idTailText(shown.row.order.id);
    case OrderColumns::Action:
        return rowActionText(rowAction(shown.row, shown.gone));
    case OrderColumns::TriggerPrice:
        return numberText(shown.row.order.triggerPrice);
    case OrderColumns::Leverage:
        return shown.row.order.leverage ? tr("%1x").arg(numberText(shown.row.order.leverage)) : numberText({});
    case OrderColumns::MarginModeColumn:
        return marginModeText(shown.row.order);
    case OrderColumns::Margin:
        return numberText(shown.row.order.margin);
    case OrderColumns::Value:
        return numberText(orderValue(shown.row.order));
    case OrderColumns::Source:
        return orDash(shown.row.order.source);
    case OrderColumns::ClientId:
        return orDash(shown.row.order.clientOrderId);
    case OrderColumns::FullId:
        return shown.row.order.id.text();
    case OrderColumns::Updated:
        return updatedText(shown.row.order);
    case OrderColumns::LastPrice:
        return numberText(shown.lastPrice);
    case OrderColumns::Distance:
        return distanceText(priceDistance(shown.row.order, shown.lastPrice));
    case OrderColumns::ColumnCount:
        break;
    }
    return {};
}

QString OrdersProxy::toolTip(const ShownOrder &shown, OrderColumns::Column column) const
{
    switch (column) {
    case OrderColumns::State: {
        const QString word = rowStateWord(rowState(shown.row, shown.gone));
        return shown.row.stage == CancelStage::Sending ? tr("%1 (it can still fill)").arg(word) : word;
    }
    case OrderColumns::Instrument:
        return shown.row.order.instrument;
    case OrderColumns::Side:
        if (const auto side = tradeSide(shown.row.order))
            return *side == TradeSide::Buy ? tr("Buy") : tr("Sell");
        return {};
    case OrderColumns::Type:
        return shown.row.order.typeWord;
    case OrderColumns::Price:
        if (shown.row.order.triggerPrice)
            return tr("Trigger price %1").arg(numberText(shown.row.order.triggerPrice));
        return {};
    case OrderColumns::Filled:
        if (const auto filled = shownFilled(shown.row.order); filled && shown.row.order.quantity)
            return tr("%1 of %2 cont. filled").arg(numberText(filled), numberText(shown.row.order.quantity));
        return {};
    case OrderColumns::Placed:
        return placedToolTip(shown.row.order);
    case OrderColumns::Id:
        return shown.row.order.id.text();
    case OrderColumns::Action: {
        const QString reason = blockReason(shown);
        if (reason.isEmpty())
            return tr("Cancel this order (asks first)");
        return shown.row.stage == CancelStage::Sending ? tr("%1 (it can still fill)").arg(reason) : reason;
    }
    case OrderColumns::Remaining:
        return baseSizeText(shown.row.order);
    case OrderColumns::Value:
        return shown.row.order.quote;
    case OrderColumns::TakeProfitStopLoss:
    case OrderColumns::Age:
    case OrderColumns::TriggerPrice:
    case OrderColumns::Leverage:
    case OrderColumns::MarginModeColumn:
    case OrderColumns::Margin:
    case OrderColumns::Source:
    case OrderColumns::ClientId:
    case OrderColumns::FullId:
    case OrderColumns::Updated:
    case OrderColumns::LastPrice:
    case OrderColumns::Distance:
    case OrderColumns::ColumnCount:
        break;
    }
    return {};
}

QString OrdersProxy::accessibleText(const ShownOrder &shown, OrderColumns::Column column) const
{
    if (column == OrderColumns::Action && rowAction(shown.row, shown.gone) == RowAction::Cancel)
        return tr("Cancel order ending %1").arg(shown.row.order.id.tail());
    return u"%1: %2"_s.arg(columnName(column), text(shown, column));
}

QString OrdersProxy::accessibleDescription(const ShownOrder &shown, OrderColumns::Column column) const
{
    if (column == OrderColumns::Id || column == OrderColumns::FullId)
        return shown.row.order.id.text();
    if (column == OrderColumns::Action)
        return blockReason(shown);
    return {};
}

} // namespace countermand
