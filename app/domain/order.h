#pragma once

#include "domain/decimal.h"

#include <QDateTime>
#include <QFlags>
#include <QHashFunctions>
#include <QString>

#include <compare>
#include <optional>

namespace countermand {

/// An order's id at the exchange: opaque text that goes back byte for byte (ids are above 2^53).
class OrderId
{
public:
    OrderId() = default;
    explicit OrderId(QString text) : m_text(std::move(text)) {}

    const QString &text() const { return m_text; }
    bool isEmpty() const { return m_text.isEmpty(); }
    /// As it is shown, with what can't be seen by its code. Never sent.
    QString shown() const;
    /// The last four characters of shown(), for "…1947".
    QString tail() const;

    friend bool operator==(const OrderId &, const OrderId &) = default;
    friend bool operator<(const OrderId &a, const OrderId &b) { return a.m_text < b.m_text; }
    friend size_t qHash(const OrderId &id, size_t seed = 0) { return qHash(id.m_text, seed); }

private:
    QString m_text;
};

/// The side of the position an order belongs to. CoinW: `direction`.
enum class PositionSide { Long, Short };

/// Whether an order opens or closes a position. CoinW's misleading `status` (`open`, `close`).
enum class PositionEffect { Open, Close };

/// How the order's position is margined. CoinW: `positionModel` (0 isolated, 1 cross).
enum class MarginMode { Isolated, Cross };

/// Kind of an order as a trader names it. `Other`: Order::typeWord holds the exchange's own word.
/// `TakeProfitStopLoss` is one order that carries both: canceling it removes both.
enum class OrderType { Limit, Market, Trigger, TrailingStop, TakeProfit, StopLoss, TakeProfitStopLoss, Other };

/// The read that lists an order. Each kind of order comes by a call of its own.
/// Source: CoinW, get-order-information, get-current-orders, get-trailing-stop-loss-take-profit-information.
enum class ListKind {
    Plan,           ///< `GET order?positionType=plan`: limit orders, and conditional ones once triggered. Required
    Execute,        ///< `…=execute`: pending market orders; may repeat plan orders
    StopProfitLoss, ///< `…=stopProfitLoss`: take profit and stop loss
    Trailing,       ///< `GET moveTPSL`
    Trigger,        ///< `GET orders/open?…positionType=planTrigger`: untriggered conditional orders, per instrument
};

/// One read of open orders: a kind, and for ListKind::Trigger the instrument it was asked for.
struct ListSource {
    ListKind kind = ListKind::Plan;
    QString instrument{};

    friend bool operator==(const ListSource &, const ListSource &) = default;
    friend bool operator<(const ListSource &a, const ListSource &b)
    {
        return a.kind != b.kind ? a.kind < b.kind : a.instrument < b.instrument;
    }
    friend size_t qHash(const ListSource &source, size_t seed = 0)
    {
        return qHashMulti(seed, int(source.kind), source.instrument);
    }
};

/// A trailing stop's distance from the best price, as the exchange wrote it.
///
/// Source: CoinW, get-trailing-stop-loss-take-profit-information (read Nov 2026): `callbackRate` is 0.5 in its only
/// sample, beside no `callbackType`. Whether that is half a percent or half of the price is not said.
struct Callback {
    enum class Unit {
        Fraction, ///< 0.005 is half a percent of the price
        Price,    ///< quote currency
        Unknown,  ///< the exchange did not say which
    };
    Decimal number;
    Unit unit = Unit::Unknown;

    friend bool operator==(const Callback &, const Callback &) = default;
};

/// A number that an order was sent with and that can't be read. What it says is not known: never none, never 0.
enum class UnreadNumber { Price = 1, TriggerPrice = 2, TakeProfit = 4, StopLoss = 8, Quantity = 16, Callback = 32 };
Q_DECLARE_FLAGS(UnreadNumbers, UnreadNumber)

/// One open order, as the exchange described it. A missing or refused field is absent, an unknown word is kept.
struct Order {
    OrderId id;
    /// The exchange's key of the instrument, as sent ("BTC"). Empty if it did not say.
    QString instrument;
    /// Pair parts in upper case ("BTC", "USDT"); empty unless the exchange named them.
    QString base;
    QString quote;

    std::optional<PositionSide> positionSide;
    /// The exchange's word for the side; shown when positionSide is absent.
    QString positionSideWord;
    std::optional<PositionEffect> positionEffect;
    QString positionEffectWord;

    OrderType type = OrderType::Other;
    /// The exchange's word for the type; shown for OrderType::Other.
    QString typeWord;

    /// Limit price in quote currency. Absent: see marketPrice.
    std::optional<Decimal> price;
    /// The exchange says that there is no limit price (0 or 2147483647).
    bool marketPrice = false;
    /// Activation price in quote currency.
    std::optional<Decimal> triggerPrice;
    /// Trigger prices: of an attached take profit and stop loss, or the order's own (OrderType::TakeProfitStopLoss,
    /// whose `price` is absent).
    std::optional<Decimal> takeProfitPrice;
    std::optional<Decimal> stopLossPrice;
    /// How far the price may fall back before a trailing stop triggers; absent if not said.
    std::optional<Callback> callback;

    /// Contracts: order size, filled, and still open. Absent where the exchange was silent.
    std::optional<Decimal> quantity;
    std::optional<Decimal> filledQuantity;
    std::optional<Decimal> remainingQuantity;

    /// Base coin in one contract, above zero. Absent until the instrument is known (described()).
    std::optional<Decimal> lotSize;

    std::optional<Decimal> leverage;
    /// Absent if not said.
    std::optional<MarginMode> marginMode;
    /// Margin used, in quote currency.
    std::optional<Decimal> margin;
    /// The position that a take profit, stop loss or trailing stop belongs to (CoinW: `openId`), opaque text; empty
    /// if not said.
    QString positionId;
    /// Chosen by the client that placed it; empty if none.
    QString clientOrderId;
    /// Who placed it ("api", "web"); empty if not said.
    QString source;

    /// UTC. Invalid if not said.
    QDateTime placedAt;
    QDateTime updatedAt;

    /// Numbers that are absent here although the exchange sent something.
    UnreadNumbers unread;

    friend bool operator==(const Order &, const Order &) = default;
};

/// "BASE-QUOTE" when both are known, else the exchange's own name; "—" without either.
QString instrumentText(const Order &order);

/// A trailing stop, take profit, stop loss, or any order that closes a position.
bool isProtective(const Order &order);

/// It carries a take profit and a stop loss of its own, and both go with it.
bool carriesBoth(const Order &order);

/// It has a take profit or stop loss attached, or something that can't be read in the place of one.
bool mayCarryTargets(const Order &order);

/// Some but not all of it has filled.
bool isPartlyFilled(const Order &order);

/// `contracts` in base coin: "0.003" of 3 contracts of 0.001. Absent unless both are known.
std::optional<Decimal> baseSize(const Order &order, const std::optional<Decimal> &contracts);

} // namespace countermand

// A list that grows moves its orders as bytes.
Q_DECLARE_TYPEINFO(countermand::Order, Q_RELOCATABLE_TYPE);
// Not in the namespace, where it would hide those of Qt.
Q_DECLARE_OPERATORS_FOR_FLAGS(countermand::UnreadNumbers)
