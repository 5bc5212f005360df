#pragma once

#include "domain/cancelrecord.h"
#include "workflow/orderbook.h"

#include <QString>

#include <chrono>
#include <deque>

namespace countermand {

/// Cancels that were told as canceled, kept for a while after that: a list or a record that comes later can still
/// speak against them. Pure: time is an argument.
class KeptCancels
{
public:
    static constexpr std::chrono::minutes keptFor{15};
    static constexpr size_t most = 500;

    struct Kept {
        CancelRecord record;
        TimePoint toldAt;
    };

    /// Takes one in that is told now; the oldest leaves if there are more than `most`.
    void keep(const CancelRecord &record, TimePoint toldAt);
    /// Lets go of those told `keptFor` ago or earlier.
    void letGo(TimePoint now);

    /// Null if it is not kept (any more).
    const CancelRecord *find(const QString &cancelId) const;
    /// In the order of telling.
    const std::deque<Kept> &all() const { return m_kept; }

private:
    std::deque<Kept> m_kept;
};

} // namespace countermand
