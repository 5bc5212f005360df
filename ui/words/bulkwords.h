#pragma once

#include "domain/order.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace countermand {

/// What one question about several orders sums up, in words. Pure.

/// One line per instrument, in order of first appearance: "BTC-USDT: 2 long, 1 short · 25 cont."
QStringList instrumentSummary(const QList<Order> &orders);
/// "3 partly filled · 2 with TP/SL attached"; empty if neither applies.
QString attentionNotice(const QList<Order> &orders);
/// How many are a take profit and a stop loss in one, of which both go; empty if none is.
QString bothNotice(const QList<Order> &orders);
/// Which of the orders CoinW has refused to cancel here before, a line each up to three; empty without any.
QString refusedHereNotice(const QList<Order> &refused);
/// "Cancel 14 orders", "Cancel 14 practice orders"; in the singular for one.
/// Untriggered conditional orders were looked for in `checked` of so many instruments only; empty if in all of them.
/// `instruments` is 0 while their number is not known.
QString uncheckedNotice(int checked, int instruments);
QString cancelOrdersText(int count, bool practice);

} // namespace countermand
