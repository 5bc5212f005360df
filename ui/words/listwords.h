#pragma once

#include "domain/decimal.h"
#include "domain/order.h"

#include <QList>
#include <QString>

#include <map>

namespace countermand {

/// What orders are worth together: what is left of each at its own price, by quote currency. Pure.
class ValueSum
{
public:
    explicit ValueSum(const QList<Order> &orders);

    /// "355,016.20 USDT", "at least 12.00 USDT + 3.00 USDC"; empty if no order has a value.
    QString text() const;

private:
    void add(const Order &order);

    std::map<QString, Decimal> m_sums;
    /// An order has a value, but what it is isn't known.
    bool m_isAtLeast = false;
};

/// Has a value of its own: no market price, and not the size of a position (take profit, stop loss, trailing stop).
bool hasOwnValue(const Order &order);

/// "50 orders · 355,016.20 USDT · 12 selected: 41,220.00 USDT"
QString listText(const QList<Order> &listed, const QList<Order> &selected);
/// How the sums are made, and what margin canceling the shown or the selected orders would free, as freesText() has
/// it; nothing is said of an empty one.
QString listTip(const QString &frees, const QString &freesSelected);
/// "Reading open orders… 2 of 4": so many kinds of orders have been tried.
QString readingText(int kindsTried);

} // namespace countermand
