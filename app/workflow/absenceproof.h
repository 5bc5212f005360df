#pragma once

#include "workflow/listlook.h"

#include <QHash>
#include <QList>
#include <QSet>

#include <optional>

namespace countermand {

/// Whether an order is gone from every list that could hold it: looks at lists, in an order that no move from one
/// list to the other can slip through. A look at a list that the order can move *to* counts only if it was begun
/// after a look at the list it can move *from* had ended without it. Pure.
class AbsenceProof
{
public:
    /// `sources`: every list that could hold the order. Looks begun before `since` prove nothing.
    AbsenceProof(const QList<ListSource> &sources, TimePoint since) : m_sources(sources), m_since(since) {}

    /// Takes a look, in any order. A list that holds the order is one of those that can from then on.
    void add(const ListLook &look, bool listed);

    /// No list holds the order any more. Where isCounted() is false this holds only as long as the exchange's count,
    /// asked for after endedAt(), does not exceed what is listed.
    bool holds() const;
    bool isCounted() const;
    /// When the last of the looks that make up the proof had ended. Meaningful while it holds.
    TimePoint endedAt() const;

    /// The lists of a round begun at `from` that may be looked at now: not yet looked at in it, and not before those
    /// that the order can move from. `passed`: lists that can't be read in this round.
    QList<ListSource> wanted(TimePoint from, const QSet<ListSource> &passed) const;
    const QList<ListSource> &sources() const { return m_sources; }
    /// The newest look at a list, and whether it had the order; nothing before the first that counts.
    std::optional<std::pair<ListLook, bool>> newest(const ListSource &source) const;

private:
    struct Seen {
        ListLook newest;
        bool listed = false;
        /// Looks without the order since the last one that had it; they must have been able to see it.
        std::optional<ListLook> firstAbsent;
        std::optional<ListLook> lastAbsent;
    };

    bool isAbsent(const ListSource &source) const;
    bool follows(const ListSource &source, TimePoint begunAt) const;

    QList<ListSource> m_sources;
    TimePoint m_since;
    QHash<ListSource, Seen> m_seen;
};

} // namespace countermand
