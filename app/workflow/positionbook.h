#pragma once

#include "domain/order.h"
#include "domain/position.h"
#include "workflow/listlook.h"

#include <QHash>
#include <QList>
#include <QMultiHash>
#include <QSet>

#include <chrono>
#include <memory>
#include <optional>

namespace countermand {

/// Which position an order belongs to: the one that it closes, or that an opening order would add to.
struct PositionTie {
    enum class Kind {
        Unknown, ///< positions, or what the order says of its own, are not known well enough
        None,    ///< there is none
        One,
        Several, ///< several of one side, and nothing tells which of them
    };
    Kind kind = Kind::Unknown;
    /// For One the position, for Several the first of them; null otherwise.
    std::shared_ptr<const Position> position{};
    /// Contracts of all of them together; absent for Unknown and None.
    std::optional<Decimal> size{};
    /// The instrument has other positions: what was concluded by instrument and side may be wrong.
    bool isLikely = false;

    /// By what is known of the position, not by which read told it.
    friend bool operator==(const PositionTie &a, const PositionTie &b);
};

/// Why an order no longer makes sense. Only what is known counts.
struct PositionLoss {
    enum class Kind {
        None,
        NoPosition, ///< it closes a position, and there is none
        Closed,     ///< it opens one, and the one that it would have added to was closed after it was listed
        TooLarge,   ///< it closes more contracts than its position has
    };
    Kind kind = Kind::None;
    bool isLikely = false;

    /// Nothing is left that it could belong to.
    bool isOrphan() const { return kind == Kind::NoPosition || kind == Kind::Closed; }

    friend bool operator==(const PositionLoss &, const PositionLoss &) = default;
};

/// An order and its position.
struct OrderPosition {
    /// The user wants positions to be read; else nothing is known of any.
    bool isRead = false;
    PositionTie tie{};
    PositionLoss loss{};
    /// Contracts of the one position that have a stop; absent where that isn't known.
    std::optional<Decimal> covered{};

    friend bool operator==(const OrderPosition &, const OrderPosition &) = default;
};

/// What is known of an account's positions, and what that means for its orders. Pure: time is an argument.
///
/// Take profit, stop loss and trailing orders belong by the position's id. Any other order belongs by instrument,
/// side and, where both say it, margin mode; so CoinW's own page pairs them, but nothing documents it.
class PositionBook
{
public:
    /// Positions that were read longer ago are not known.
    static constexpr std::chrono::seconds oldAfter{15};

    /// Takes an answer to a request that was begun at `begunAt`. `listed`: the orders that were listed then; only
    /// those can be said to have lost a position, for another one may have come with its own.
    void take(const PositionList &list, TimePoint begunAt, TimePoint endedAt, const QList<Order> &listed);
    /// The exchange refuses or sends what can't be read: nothing is known any more.
    void forget();
    /// What was made of instruments changed: prices and pair parts are told with it.
    void setInstruments(const InstrumentTable &instruments);
    /// The computer slept: every read is that much longer ago.
    void slept(std::chrono::milliseconds time);

    /// Some positions are known, and not too old.
    bool isKnown(TimePoint now) const;
    /// And there are no others.
    bool isWhole(TimePoint now) const { return m_whole && isKnown(now); }
    /// When what is known will be too old; absent while nothing is known.
    std::optional<TimePoint> oldAt() const;
    /// Those of the last read, whatever its age; see isKnown().
    const QList<std::shared_ptr<const Position>> &positions() const { return m_positions; }

    PositionTie tieOf(const Order &order, TimePoint now) const;
    /// `seenAt`: when the last look that listed the order was begun. An order that was not seen after its position
    /// was found missing has perhaps closed it.
    PositionLoss lossOf(const Order &order, const std::optional<TimePoint> &seenAt, TimePoint now) const;

private:
    PositionTie match(const Order &order) const;
    bool isHedged(const Order &order) const;
    bool isTooLarge(const Order &order, const PositionTie &tie) const;

    InstrumentTable m_instruments;
    QList<std::shared_ptr<const Position>> m_positions;
    QHash<QString, int> m_byId;
    /// By instrumentKey().
    QMultiHash<QString, int> m_byInstrument;
    bool m_whole = false;
    std::optional<TimePoint> m_begunAt;
    /// Since when reads find no position of an order, or too small a one; the end of the first of them.
    QHash<OrderId, TimePoint> m_suspectSince;
    /// Opening orders that had a position at the last read, and those of them whose position was closed.
    QSet<OrderId> m_adding;
    QSet<OrderId> m_bereft;
};

} // namespace countermand
