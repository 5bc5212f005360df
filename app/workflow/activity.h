#pragma once

#include "domain/account.h"
#include "domain/cancelrecord.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>
#include <QString>
#include <QStringList>

#include <optional>

namespace countermand {

class Journal;

/// All cancels of all accounts, as the journal holds them and as they go on: what the Activity view shows and
/// exports.
class Activity : public QObject
{
    Q_OBJECT

public:
    /// `journal` must outlive this.
    explicit Activity(Journal &journal, QObject *parent = nullptr);

    /// Reads the journal. A sentence for each thing in it that was not as it should be.
    QStringList load();
    /// Oldest first.
    const QList<CancelRecord> &records() const { return m_records; }
    /// Cancels of this account, at this exchange, without a settled end.
    QList<CancelRecord> unsettledOf(const Account &account) const;

    /// Takes in a cancel's record as it stands now. It is in the journal already. Of more than 10,000 the oldest
    /// settled ones are let go; the journal has them until the next start.
    void note(const CancelRecord &record);
    /// The accounts that there are, by their ids. Before it is called every account counts as one.
    void setKnown(const QSet<QString> &accountIds);
    /// It has no settled end, and its account is no more: nobody can settle it.
    bool isAbandoned(const CancelRecord &record) const;
    /// Removes what is settled, here and in the journal; unsettled cancels stay, but for those of accounts that are
    /// no more, which nobody can settle. Nothing, or why it could not be done: then nothing was removed.
    std::optional<QString> clear();
    /// Removes all cancels of an account that is forgotten, in the same way.
    std::optional<QString> remove(const Account &account);

    /// The journal's lines, one JSON object each, oldest first: for export.
    static QByteArray jsonLines(const QList<CancelRecord> &records);

signals:
    void noted(const countermand::CancelRecord &record);
    /// records() is another list.
    void reset();

private:
    void index();
    void dropOldest();

    Journal &m_journal;
    QList<CancelRecord> m_records;
    QHash<QString, qsizetype> m_places;
    std::optional<QSet<QString>> m_known;
};

} // namespace countermand
