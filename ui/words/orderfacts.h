#pragma once

#include "domain/order.h"
#include "workflow/listage.h"

#include <QDateTime>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>

namespace countermand {

/// One labeled value of an order, in words.
struct OrderFact {
    /// Stable English key for object names ("remaining").
    QString key;
    QString label;
    QString value;
    /// For the clipboard, where it differs: numbers without groups. Empty: as `value`.
    QString plain = {};

    friend bool operator==(const OrderFact &, const OrderFact &) = default;
};

/// The nine facts of the confirmation, in order: instrument, side, type, price, remaining, filled, tpsl, placed, id.
/// Where they exist trigger, callback and distance stand behind the price, the value behind what remains, the
/// leverage behind TP / SL; where CoinW names its margin, what that frees is last. `nowUtc` is for the age in
/// "placed", `lastPrice` for the distance.
QList<OrderFact> confirmationFacts(const Order &order, const QDateTime &nowUtc,
                                   const std::optional<Decimal> &lastPrice = {});

/// Everything that is known about an order, with times in local time and UTC; "—" where the exchange was silent.
QList<OrderFact> allFacts(const Order &order, const QDateTime &nowUtc, const std::optional<Decimal> &lastPrice = {});
/// What is needed to enter the order again by hand, as far as it is known: instrument, side, type, prices, size, take
/// profit, stop loss, leverage, margin mode. The size is what was left of it, of an order that had filled all of it.
QList<OrderFact> entryFacts(const Order &order);
/// "changed elsewhere: 95,400.0 → 95,600.0, likely"
QString editedNews(const Order &before, const Order &after);

/// "label<tab>value" lines, for the clipboard.
QString plainText(const QList<OrderFact> &facts);

/// What a user should know before canceling the order; empty where it does not apply.
QString partlyFilledNotice(const Order &order);
QString attachedNotice(const Order &order);
QString protectiveNotice(const Order &order);
/// Of an order that is a take profit and a stop loss in one: both go.
QString bothNotice(const Order &order);
/// That the values may be out of date; empty for those of a fresh list.
QString staleNotice(const RowAge &row);
/// Names each fact that differs from `before`, apart from the age and what follows from others or from the market;
/// empty if none does.
QString changedNotice(const QList<OrderFact> &before, const QList<OrderFact> &after);

} // namespace countermand
