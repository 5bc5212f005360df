#include "ui/ordersproxy.h"

#include "ui/cellflash.h"
#include "ui/ordersort.h"
#include "ui/orderwords.h"
#include "ui/rowstate.h"

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

QString offsetText(const QDateTime &local)
{
    const int minutes = local.offsetFromUtc() / 60;
    const QTime size = QTime(0, 0).addSecs(std::abs(minutes) * 60);
    return (minutes < 0 ? u"-"_s : u"+"_s) + size.toString(u"HH:mm"_s);
}

QString placedToolTip(const Order &order)
{
    if (!order.placedAt.isValid())
        return {};
    const QString utc = order.placedAt.toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s);
    return u"%1 %2\n%3 UTC"_s.arg(placedText(order), offsetText(order.placedAt.toLocalTime()), utc);
}

} // namespace

OrdersProxy::OrdersProxy(OrdersModel &model, QObject *parent)
    : QSortFilterProxyModel(parent), m_model(model), m_flash(new CellFlash(model, this))
{
    setSourceModel(&model);
    setDynamicSortFilter(true);
    sort(OrdersModel::Placed, Qt::AscendingOrder);
    connect(this, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &first, const QModelIndex &last) {
        if (first.column() <= OrdersModel::Placed && last.column() >= OrdersModel::Placed &&
            last.column() < OrdersModel::Age)
            announceAges(first.row(), last.row());
    });
}

const OrderRow &OrdersProxy::orderRow(const QModelIndex &index) const
{
    return m_model.rowAt(mapToSource(index).row());
}

OrderId OrdersProxy::idAt(int row) const
{
    const QModelIndex at = index(row, 0);
    return at.isValid() ? orderRow(at).order.id : OrderId();
}

QModelIndex OrdersProxy::indexOf(const OrderId &id, int column) const
{
    const int row = m_model.rowOf(id);
    return row < 0 ? QModelIndex() : mapFromSource(m_model.index(row, column));
}

QVariant OrdersProxy::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto column = OrdersModel::Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(orderRow(index), column);
    case Qt::ToolTipRole:
        return toolTip(orderRow(index), column);
    case Qt::AccessibleTextRole:
        return accessibleText(orderRow(index), column);
    case Qt::AccessibleDescriptionRole:
        return accessibleDescription(orderRow(index), column);
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

void OrdersProxy::setNow(const QDateTime &nowUtc)
{
    const QDateTime before = std::exchange(m_now, nowUtc);
    int first = -1;
    const int rows = rowCount();
    for (int row = 0; row <= rows; ++row) {
        bool differs = false;
        if (row < rows) {
            const Order &order = orderRow(index(row, 0)).order;
            differs = ageText(order, before) != ageText(order, nowUtc);
        }
        if (differs && first < 0)
            first = row;
        if (!differs && first >= 0) {
            announceAges(first, row - 1);
            first = -1;
        }
    }
}

void OrdersProxy::setCancelBlocked(const QString &reason)
{
    if (m_cancelBlocked == reason)
        return;
    m_cancelBlocked = reason;
    if (rowCount() > 0)
        emit dataChanged(index(0, OrdersModel::Action), index(rowCount() - 1, OrdersModel::Action));
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
    case OrdersModel::ColumnCount:
        break;
    }
    return {};
}

bool OrdersProxy::isRightAligned(OrdersModel::Column column)
{
    return column == OrdersModel::Price || column == OrdersModel::Remaining || column == OrdersModel::Filled ||
           column == OrdersModel::Age;
}

bool OrdersProxy::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const OrderRow &a = m_model.rowAt(left.row());
    const OrderRow &b = m_model.rowAt(right.row());
    return compareRows(a, b, OrdersModel::Column(left.column())) < 0;
}

QString OrdersProxy::text(const OrderRow &row, OrdersModel::Column column) const
{
    switch (column) {
    case OrdersModel::State:
        return rowStateWord(rowState(row));
    case OrdersModel::Instrument:
        return instrumentText(row.order);
    case OrdersModel::Side:
        return sideText(row.order);
    case OrdersModel::Type:
        return typeText(row.order);
    case OrdersModel::Price:
        return priceText(row.order);
    case OrdersModel::Remaining:
        return remainingText(row.order);
    case OrdersModel::Filled:
        return filledText(row.order);
    case OrdersModel::TakeProfitStopLoss:
        return takeProfitStopLossText(row.order);
    case OrdersModel::Placed:
        return placedText(row.order);
    case OrdersModel::Age:
        return ageText(row.order, m_now);
    case OrdersModel::Id:
        return idTailText(row.order.id);
    case OrdersModel::Action:
        return rowActionText(rowAction(row));
    case OrdersModel::ColumnCount:
        break;
    }
    return {};
}

QString OrdersProxy::toolTip(const OrderRow &row, OrdersModel::Column column) const
{
    switch (column) {
    case OrdersModel::State: {
        const QString word = rowStateWord(rowState(row));
        return row.stage == CancelStage::Sending ? tr("%1 (it can still fill)").arg(word) : word;
    }
    case OrdersModel::Instrument:
        return row.order.instrument;
    case OrdersModel::Side:
        if (const auto side = tradeSide(row.order))
            return *side == TradeSide::Buy ? tr("Buy") : tr("Sell");
        return {};
    case OrdersModel::Type:
        return row.order.typeWord;
    case OrdersModel::Price:
        if (row.order.triggerPrice)
            return tr("Trigger price %1").arg(numberText(row.order.triggerPrice));
        return {};
    case OrdersModel::Filled:
        if (const auto filled = shownFilled(row.order); filled && row.order.quantity)
            return tr("%1 of %2 cont. filled").arg(numberText(filled), numberText(row.order.quantity));
        return {};
    case OrdersModel::Placed:
        return placedToolTip(row.order);
    case OrdersModel::Id:
        return row.order.id.text();
    case OrdersModel::Action: {
        const QString reason = cancelBlockReason(row, m_cancelBlocked);
        if (reason.isEmpty())
            return tr("Cancel this order (asks first)");
        return row.stage == CancelStage::Sending ? tr("%1 (it can still fill)").arg(reason) : reason;
    }
    case OrdersModel::Remaining:
    case OrdersModel::TakeProfitStopLoss:
    case OrdersModel::Age:
    case OrdersModel::ColumnCount:
        break;
    }
    return {};
}

QString OrdersProxy::accessibleText(const OrderRow &row, OrdersModel::Column column) const
{
    if (column == OrdersModel::Action && rowAction(row) == RowAction::Cancel)
        return tr("Cancel order ending %1").arg(row.order.id.tail());
    return u"%1: %2"_s.arg(columnName(column), text(row, column));
}

QString OrdersProxy::accessibleDescription(const OrderRow &row, OrdersModel::Column column) const
{
    if (column == OrdersModel::Id)
        return row.order.id.text();
    if (column == OrdersModel::Action)
        return cancelBlockReason(row, m_cancelBlocked);
    return {};
}

void OrdersProxy::announceAges(int first, int last)
{
    emit dataChanged(index(first, OrdersModel::Age), index(last, OrdersModel::Age), {Qt::DisplayRole});
}

} // namespace countermand
