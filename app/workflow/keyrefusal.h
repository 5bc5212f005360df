#pragma once

#include "workflow/listlook.h"

#include <QSet>

#include <chrono>
#include <optional>

namespace countermand {

/// Whether the exchange refuses the key, or only one of its calls: one answer 60xx alone says neither.
///
/// The key counts as refused when two different lists were refused, asked for at least 2 s apart and with no good
/// list between. A list that is refused while another is given is a refused list. Pure: time is an argument.
class KeyRefusal
{
public:
    /// From a first refusal to the call that is to confirm it.
    static constexpr std::chrono::seconds apart{2};

    enum class Verdict {
        Doubt,  ///< another list is to be asked: next(), not before nextAt()
        OfList, ///< the key is good for other lists
        OfKey,  ///< the key is refused
    };
    /// A list asked for at `askedAt` was answered with a code from 6000 to 6099.
    Verdict refused(const ListSource &source, TimePoint askedAt);
    /// A list was given.
    void given(const ListSource &source);
    /// Nothing that was said counts any more, as with another key.
    void forget() { *this = {}; }

    /// The list that is to tell whether the key is refused; nothing while there is no doubt.
    std::optional<ListSource> next() const;
    /// When it may be asked for; long ago without a doubt.
    TimePoint nextAt() const { return m_first ? m_first->askedAt + apart : TimePoint(); }

private:
    struct First {
        ListSource source;
        TimePoint askedAt;
    };
    std::optional<First> m_first;
    /// Lists that were refused while others were given.
    QSet<ListSource> m_refusedAlone;
};

} // namespace countermand
