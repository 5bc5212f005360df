#pragma once

#include "domain/cancelrecord.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QList>

#include <functional>
#include <utility>

namespace countermand {

/// Cancels as rows of words: the Activity, and the result list of a batch.
class RecordsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        TimeSent,
        AccountName,
        Instrument,
        Side,
        Remaining,
        Price,
        Id,
        Outcome, ///< an icon and a word
        Code,
        Message, ///< the exchange's words, else ours
        Latency,
        Settled,
        ColumnCount
    };
    enum class Arrangement { AsGiven, NewestFirst };

    explicit RecordsModel(Arrangement arrangement, QObject *parent = nullptr);

    /// Which records nobody can settle any more, because their account was forgotten; none without it.
    void setAbandoned(std::function<bool(const CancelRecord &)> isAbandoned)
    {
        m_isAbandoned = std::move(isAbandoned);
    }
    /// Oldest first.
    void setRecords(const QList<CancelRecord> &records);
    /// Updates the record of this cancel, or adds it as the newest.
    void put(const CancelRecord &record);
    const CancelRecord &recordAt(int row) const { return m_records.at(indexOf(row)); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// "Time sent", "Outcome", …
    static QString columnName(Column column);
    /// The cell's words.
    static QString text(const CancelRecord &record, Column column);

private:
    qsizetype indexOf(int row) const
    {
        return m_arrangement == Arrangement::NewestFirst ? m_records.size() - 1 - row : row;
    }

    bool isAbandoned(const CancelRecord &record) const { return m_isAbandoned && m_isAbandoned(record); }

    const Arrangement m_arrangement;
    std::function<bool(const CancelRecord &)> m_isAbandoned;
    QList<CancelRecord> m_records;
    /// Place in m_records by the cancel's name.
    QHash<QString, qsizetype> m_places;
};

} // namespace countermand
