#pragma once

#include "domain/cancelrecord.h"
#include "domain/orderrecord.h"
#include "workflow/listlook.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <chrono>
#include <functional>
#include <optional>

namespace countermand {

/// Cancels that were told as canceled, kept for a while so that what is read anyway can contradict them. Asks for no
/// read itself. Pure.
class KeptCancels
{
public:
    static constexpr std::chrono::minutes keptFor{15};
    static constexpr qsizetype most = 500;
    /// Two looks that list an order, begun at least this far apart, prove that it is open.
    static constexpr std::chrono::milliseconds listedTwiceApart{2000};

    /// Told as canceled, in whole or in part: what later records and lists can contradict.
    static bool isKept(CancelStage stage);

    /// Takes one in that is told now; the oldest leaves if there are more than `most`.
    void keep(const CancelRecord &record, TimePoint toldAt);
    /// Lets go of those told `keptFor` ago or earlier.
    void letGo(TimePoint now);
    /// No longer kept: it is being looked up anew.
    void drop(const QString &cancelId);
    /// None is kept any more.
    void clear() { m_cases.clear(); }
    /// Null if it is not kept (any more).
    const CancelRecord *find(const QString &cancelId) const;
    qsizetype count() const { return m_cases.size(); }

    /// What was read. Each returns the records that are now told otherwise than before. `utc`: now.
    using ListedAs = std::function<const Order *(const OrderId &)>;
    QList<CancelRecord> listRead(const ListLook &look, const ListedAs &listedAs, TimePoint now, const QDateTime &utc);
    QList<CancelRecord> dealsRead(const QList<DealRecord> &rows, TimePoint now, const QDateTime &utc);
    QList<CancelRecord> historyRead(const QList<HistoryRecord> &rows, TimePoint now, const QDateTime &utc);

private:
    struct Case {
        CancelRecord record;
        TimePoint since;
        std::optional<TimePoint> firstListedAt;
    };

    QList<Case> m_cases;
};

} // namespace countermand
