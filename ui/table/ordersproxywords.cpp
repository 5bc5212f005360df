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
    const auto column = OrdersModel::Column(index.column());
    if (isGroup(index.row()) && role != Qt::TextAlignmentRole) {
        const bool says = role == Qt::DisplayRole || role == Qt::AccessibleTextRole;
        return says && column == OrdersModel::Instrument ? groupText(shown(index)) : QVariant();
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
    if (orientation != Qt::Horizontal || section < 0 || section >= OrdersModel::ColumnCount)
        return {};
    const auto column = OrdersModel::Column(section);
    switch (role) {
    case Qt::DisplayRole:
        // The column is as wide as its icon.
        return column == OrdersModel::State ? tr("St", "header of the State column, two letters")
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

QString OrdersProxy::columnName(OrdersModel::Column column)
{
    switch (column) {
    case OrdersModel::State:
        return tr("State");
    case OrdersModel::Instrument:
        return tr("Instrument");
    case OrdersModel::Side:
        return tr("Side");
    case OrdersModel::Type:
        return tr("Type");
    case OrdersModel::Price:
        return tr("Price");
    case OrdersModel::Remaining:
        return tr("Remaining");
    case OrdersModel::Filled:
        return tr("Filled");
    case OrdersModel::TakeProfitStopLoss:
        return tr("TP / SL");
    case OrdersModel::Placed:
        return tr("Placed");
    case OrdersModel::Age:
        return tr("Age");
    case OrdersModel::Id:
        return tr("Order ID");
    case OrdersModel::Action:
        return tr("Action");
    case OrdersModel::TriggerPrice:
        return tr("Trigger price");
    case OrdersModel::Leverage:
        return tr("Leverage");
    case OrdersModel::MarginModeColumn:
        return tr("Margin mode");
    case OrdersModel::Margin:
        return tr("Margin");
    case OrdersModel::Value:
        return tr("Value");
    case OrdersModel::Source:
        return tr("Source");
    case OrdersModel::ClientId:
        return tr("Client ID");
    case OrdersModel::FullId:
        return tr("Full ID");
    case OrdersModel::Updated:
        return tr("Updated");
    case OrdersModel::LastPrice:
        return tr("Last price");
    case OrdersModel::Distance:
        return tr("Distance");
    case OrdersModel::ColumnCount:
        break;
    }
    return {};
}

bool OrdersProxy::isRightAligned(OrdersModel::Column column)
{
    switch (column) {
    case OrdersModel::Price:
    case OrdersModel::Remaining:
    case OrdersModel::Filled:
    case OrdersModel::Age:
    case OrdersModel::TriggerPrice:
    case OrdersModel::Leverage:
    case OrdersModel::Margin:
    case OrdersModel::Value:
    case OrdersModel::LastPrice:
    case OrdersModel::Distance:
        return true;
    case OrdersModel::State:
    case OrdersModel::Instrument:
    case OrdersModel::Side:
    case OrdersModel::Type:
    case OrdersModel::TakeProfitStopLoss:
    case OrdersModel::Placed:
    case OrdersModel::Id:
    case OrdersModel::Action:
    case OrdersModel::MarginModeColumn:
    case OrdersModel::Source:
    case OrdersModel::ClientId:
    case OrdersModel::FullId:
    case OrdersModel::Updated:
    case OrdersModel::ColumnCount:
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

const QString &OrdersProxy::cellText(const ShownOrder &shown, OrdersModel::Column column) const
{
    if (shown.texts.isEmpty())
        shown.texts.resize(OrdersModel::ColumnCount);
    QString &kept = shown.texts[column];
    // Ages grow by themselves.
    if (kept.isNull() || column == OrdersModel::Age)
        kept = text(shown, column);
    return kept;
}

QString OrdersProxy::text(const ShownOrder &shown, OrdersModel::Column column) const
{
    switch (column) {
    case OrdersModel::State:
        return rowStateWord(rowState(shown.row, shown.gone));
    case OrdersModel::Instrument:
        return instrumentText(shown.row.order);
    case OrdersModel::Side:
        return sideText(shown.row.order);
    case OrdersModel::Type:
        return typeText(shown.row.order);
    case OrdersModel::Price:
        return priceText(shown.row.order);
    case OrdersModel::Remaining:
        return remainingText(shown.row.order);
    case OrdersModel::Filled:
        return filledText(shown.row.order);
    case OrdersModel::TakeProfitStopLoss:
        return takeProfitStopLossText(shown.row.order);
    case OrdersModel::Placed:
        return placedText(shown.row.order);
    case OrdersModel::Age:
        return ageText(shown.row.order, m_now);
    case OrdersModel::Id:
        return idTailText(shown.row.order.id);
    case OrdersModel::Action:
        return rowActionText(rowAction(shown.row, shown.gone));
    case OrdersModel::TriggerPrice:
        return numberText(shown.row.order.triggerPrice);
    case OrdersModel::Leverage:
        return shown.row.order.leverage ? tr("%1x").arg(numberText(shown.row.order.leverage)) : numberText({});
    case OrdersModel::MarginModeColumn:
        return marginModeText(shown.row.order);
    case OrdersModel::Margin:
        return numberText(shown.row.order.margin);
    case OrdersModel::Value:
        return numberText(orderValue(shown.row.order));
    case OrdersModel::Source:
        return orDash(shown.row.order.source);
    case OrdersModel::ClientId:
        return orDash(shown.row.order.clientOrderId);
    case OrdersModel::FullId:
        return shown.row.order.id.text();
    case OrdersModel::Updated:
        return updatedText(shown.row.order);
    case OrdersModel::LastPrice:
        return numberText(shown.lastPrice);
    case OrdersModel::Distance:
        return distanceText(priceDistance(shown.row.order, shown.lastPrice));
    case OrdersModel::ColumnCount:
        break;
    }
    return {};
}

QString OrdersProxy::toolTip(const ShownOrder &shown, OrdersModel::Column column) const
{
    switch (column) {
    case OrdersModel::State: {
        const QString word = rowStateWord(rowState(shown.row, shown.gone));
        return shown.row.stage == CancelStage::Sending ? tr("%1 (it can still fill)").arg(word) : word;
    }
    case OrdersModel::Instrument:
        return shown.row.order.instrument;
    case OrdersModel::Side:
        if (const auto side = tradeSide(shown.row.order))
            return *side == TradeSide::Buy ? tr("Buy") : tr("Sell");
        return {};
    case OrdersModel::Type:
        return shown.row.order.typeWord;
    case OrdersModel::Price:
        if (shown.row.order.triggerPrice)
            return tr("Trigger price %1").arg(numberText(shown.row.order.triggerPrice));
        return {};
    case OrdersModel::Filled:
        if (const auto filled = shownFilled(shown.row.order); filled && shown.row.order.quantity)
            return tr("%1 of %2 cont. filled").arg(numberText(filled), numberText(shown.row.order.quantity));
        return {};
    case OrdersModel::Placed:
        return placedToolTip(shown.row.order);
    case OrdersModel::Id:
        return shown.row.order.id.text();
    case OrdersModel::Action: {
        const QString reason = blockReason(shown);
        if (reason.isEmpty())
            return tr("Cancel this order (asks first)");
        return shown.row.stage == CancelStage::Sending ? tr("%1 (it can still fill)").arg(reason) : reason;
    }
    case OrdersModel::Remaining:
        return baseSizeText(shown.row.order);
    case OrdersModel::Value:
        return shown.row.order.quote;
    case OrdersModel::TakeProfitStopLoss:
    case OrdersModel::Age:
    case OrdersModel::TriggerPrice:
    case OrdersModel::Leverage:
    case OrdersModel::MarginModeColumn:
    case OrdersModel::Margin:
    case OrdersModel::Source:
    case OrdersModel::ClientId:
    case OrdersModel::FullId:
    case OrdersModel::Updated:
    case OrdersModel::LastPrice:
    case OrdersModel::Distance:
    case OrdersModel::ColumnCount:
        break;
    }
    return {};
}

QString OrdersProxy::accessibleText(const ShownOrder &shown, OrdersModel::Column column) const
{
    if (column == OrdersModel::Action && rowAction(shown.row, shown.gone) == RowAction::Cancel)
        return tr("Cancel order ending %1").arg(shown.row.order.id.tail());
    return u"%1: %2"_s.arg(columnName(column), text(shown, column));
}

QString OrdersProxy::accessibleDescription(const ShownOrder &shown, OrdersModel::Column column) const
{
    if (column == OrdersModel::Id || column == OrdersModel::FullId)
        return shown.row.order.id.text();
    if (column == OrdersModel::Action)
        return blockReason(shown);
    return {};
}

} // namespace countermand
