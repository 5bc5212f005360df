#include "ui/activity/recordsmodel.h"

#include "ui/look/icons.h"
#include "ui/look/theme.h"
#include "ui/words/cancelwords.h"
#include "ui/words/orderwords.h"
#include "ui/words/replywords.h"

#include <QFont>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

bool isNumber(RecordsModel::Column column)
{
    return column == RecordsModel::Remaining || column == RecordsModel::Price || column == RecordsModel::Latency;
}

/// When the request left; of one that never did, when it was asked for.
QDateTime timeOf(const CancelRecord &record)
{
    return record.sentAt.isValid() ? record.sentAt : record.recordedAt;
}

QString messageOf(const CancelRecord &record)
{
    if (record.outcome && !record.outcome->message.isEmpty())
        return record.outcome->message;
    const QString text = resultOf(record).text;
    const QString order = orderIdentity(record.order);
    if (!text.startsWith(order))
        return text;
    // Other columns have said of which order, and how long it took: here it would only be cut.
    const QString rest = text.mid(order.size());
    return rest.startsWith(": "_L1) ? rest.mid(2) : record.stage == CancelStage::Canceled ? QString() : text;
}

} // namespace

RecordsModel::RecordsModel(Arrangement arrangement, QObject *parent)
    : QAbstractTableModel(parent), m_arrangement(arrangement)
{}

void RecordsModel::setRecords(const QList<CancelRecord> &records)
{
    beginResetModel();
    m_records = records;
    m_places.clear();
    for (qsizetype place = 0; place < m_records.size(); ++place)
        m_places.insert(m_records.at(place).cancelId, place);
    endResetModel();
}

void RecordsModel::put(const CancelRecord &record)
{
    const auto place = m_places.constFind(record.cancelId);
    if (place != m_places.cend()) {
        m_records[*place] = record;
        const int row = int(m_arrangement == Arrangement::NewestFirst ? m_records.size() - 1 - *place : *place);
        emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
        return;
    }
    const int row = m_arrangement == Arrangement::NewestFirst ? 0 : int(m_records.size());
    beginInsertRows({}, row, row);
    m_places.insert(record.cancelId, m_records.size());
    m_records.append(record);
    endInsertRows();
}

int RecordsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_records.size());
}

int RecordsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RecordsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const CancelRecord &record = recordAt(index.row());
    const auto column = Column(index.column());
    if (isAbandoned(record)) {
        const bool isWords = role == Qt::DisplayRole || role == Qt::ToolTipRole;
        if (isWords && column == Outcome && role == Qt::DisplayRole)
            return abandonedText();
        if (isWords && (column == Outcome || column == Message))
            return tr(
                "The account was forgotten before it was known what became of this cancel. Nobody asks any more; "
                "“Clear” removes it.");
    }
    switch (role) {
    case Qt::DisplayRole:
        return text(record, column);
    case Qt::ToolTipRole:
        return column == Outcome || column == Message ? resultOf(record).text : text(record, column);
    case Qt::AccessibleTextRole:
        return u"%1: %2"_s.arg(columnName(column), data(index, Qt::DisplayRole).toString());
    case Qt::DecorationRole:
        if (column == Outcome) {
            const Severity severity = resultOf(record).severity;
            const QColor ink = themeOf(QGuiApplication::palette()).ink(severity);
            return tintedIcon(severityIcon(severity), ink, ink);
        }
        return {};
    case Qt::ForegroundRole:
        if (const auto side = tradeSide(record.order); side && column == Side) {
            const QPalette palette = QGuiApplication::palette();
            const Theme &theme = themeOf(palette);
            return *side == TradeSide::Buy ? theme.buy : theme.sell;
        }
        return {};
    case Qt::FontRole:
        if (column == Side) {
            // As in the table of orders; all else comes from the view.
            QFont semibold;
            semibold.setWeight(QFont::DemiBold);
            return semibold;
        }
        return {};
    case Qt::TextAlignmentRole:
        return QVariant(isNumber(column) ? Qt::AlignRight | Qt::AlignAbsolute | Qt::AlignVCenter
                                         : Qt::AlignLeading | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant RecordsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::DisplayRole)
        return columnName(Column(section));
    if (role == Qt::TextAlignmentRole)
        return QVariant(isNumber(Column(section)) ? Qt::AlignRight | Qt::AlignAbsolute | Qt::AlignVCenter
                                                  : Qt::AlignLeading | Qt::AlignVCenter);
    return {};
}

QString RecordsModel::columnName(Column column)
{
    switch (column) {
    case TimeSent:
        return tr("Time sent");
    case AccountName:
        return tr("Account");
    case Instrument:
        return tr("Instrument");
    case Side:
        return tr("Side");
    case Remaining:
        return tr("Remaining");
    case Price:
        return tr("Price");
    case Id:
        return tr("Order ID");
    case Outcome:
        return tr("Outcome");
    case Code:
        return tr("Code");
    case Message:
        return tr("Message");
    case Latency:
        return tr("Latency");
    case Settled:
        return tr("Settled by");
    case ColumnCount:
        break;
    }
    return {};
}

QString RecordsModel::text(const CancelRecord &record, Column column)
{
    switch (column) {
    case TimeSent:
        return timeOf(record).toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss"_s);
    case AccountName:
        return record.account.environment == Environment::Practice
                   ? record.account.name
                   : tr("%1 (%2)").arg(record.account.name, environmentText(record.account));
    case Instrument:
        return instrumentText(record.order);
    case Side:
        return sideText(record.order);
    case Remaining:
        return remainingText(record.order);
    case Price:
        return priceText(record.order);
    case Id:
        return record.order.id.shown();
    case Outcome:
        return resultOf(record).headline;
    case Code:
        if (!record.outcome)
            return {};
        if (record.outcome->code)
            return QString::number(*record.outcome->code);
        return record.outcome->httpStatus > 0 ? tr("HTTP %1").arg(record.outcome->httpStatus) : QString();
    case Message:
        return messageOf(record);
    case Latency:
        return record.outcome && record.outcome->latency.count() > 0
                   ? tr("%1 ms").arg(record.outcome->latency.count())
                   : QString();
    case Settled:
        return settledByText(record.settledBy);
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace countermand
