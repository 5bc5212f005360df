#pragma once

#include "workflow/orderbook.h"

#include <QList>
#include <QString>

#include <chrono>
#include <functional>

namespace countermand {

/// The orders of a batch that was refused as a whole, waiting for lists read after the refusal that say which are
/// still open. Pure: it reads nothing itself and time is an argument.
///
/// Whose fault the refusal was, the answer does not say. Each order waits for its own lists, and leaves with its
/// verdict: one list that has it is enough for StillOpen, all of them must miss it for Gone.
class RefusedBatch
{
public:
    enum class Verdict {
        StillOpen, ///< to be asked for alone
        Gone,      ///< no longer listed: the records tell how it ended
        Unknown,   ///< the lists could not be read in time
    };
    struct Decision {
        QString cancelId;
        Verdict verdict = Verdict::Unknown;

        friend bool operator==(const Decision &, const Decision &) = default;
    };

    /// How long the orders wait for a list before they count as unknown.
    static constexpr std::chrono::milliseconds patience{15000};
    /// Between two attempts to read the lists.
    static constexpr std::chrono::milliseconds pause{1000};

    /// `refusedAt`: when the answer came. Only reads begun from then on count.
    explicit RefusedBatch(TimePoint refusedAt) : m_refusedAt(refusedAt) {}

    /// An order of the batch. `lists`: all that can list it, at least one.
    void add(const QString &cancelId, const OrderId &order, const QList<ListSource> &lists);
    bool contains(const QString &cancelId) const;
    bool isEmpty() const { return m_waiting.isEmpty(); }

    /// A list was read. `isListed` says whether it has an order. Those that are decided by it leave, in the order of
    /// add().
    QList<Decision> listRead(const ListSource &source, TimePoint begunAt,
                             const std::function<bool(const OrderId &)> &isListed);
    /// The user stopped one: nothing is sent any more for it, so it leaves as Unknown.
    Decision stop(const QString &cancelId);
    /// All that are left, once the patience is over.
    QList<Decision> giveUp(TimePoint now);
    /// The lists to be read now, each once; none if they were asked for less than a pause ago. Notes the asking.
    QList<ListSource> listsToAsk(TimePoint now);

private:
    struct Waiting {
        QString cancelId;
        OrderId order;
        /// Those that have not been read since the refusal.
        QList<ListSource> lists;
    };

    TimePoint m_refusedAt;
    TimePoint m_askedAt = TimePoint::min();
    QList<Waiting> m_waiting;
};

} // namespace countermand
