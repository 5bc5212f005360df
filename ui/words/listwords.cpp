#include "ui/words/listwords.h"

#include "ui/look/plural.h"
#include "ui/words/orderwords.h"

#include <QCoreApplication>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

constexpr int kindsOfOrders = 4;
constexpr int decimals = 2;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(countermand::ListWords)
};

QString moneyText(const Decimal &amount, const QString &quote)
{
    const QString number = amountText(amount);
    return quote.isEmpty() ? number : number + u' ' + quote;
}

} // namespace

bool hasOwnValue(const Order &order)
{
    switch (order.type) {
    case OrderType::Market:
    case OrderType::TrailingStop:
    case OrderType::TakeProfit:
    case OrderType::StopLoss:
    case OrderType::TakeProfitStopLoss:
        return false;
    case OrderType::Limit:
    case OrderType::Trigger:
    case OrderType::Other:
        break;
    }
    return !order.marketPrice;
}

ValueSum::ValueSum(const QList<Order> &orders)
{
    for (const Order &order : orders)
        add(order);
}

void ValueSum::add(const Order &order)
{
    if (!hasOwnValue(order))
        return;
    const auto value = orderValue(order);
    if (!value) {
        m_isAtLeast = true;
        return;
    }
    Decimal &sum = m_sums[order.quote];
    auto more = sum.plus(*value);
    if (!more) // so many digits fit into no number: cents do
        more = sum.rounded(decimals).plus(value->rounded(decimals));
    if (more)
        sum = *more;
    else
        m_isAtLeast = true;
}

QString ValueSum::text() const
{
    QStringList sums;
    for (const auto &[quote, sum] : m_sums)
        sums.append(moneyText(sum, quote));
    const QString all = sums.join(u" + "_s);
    if (!m_isAtLeast)
        return all;
    return all.isEmpty() ? Words::tr("value not known") : Words::tr("at least %1", "a sum").arg(all);
}

QString listText(const QList<Order> &listed, const QList<Order> &selected)
{
    QStringList parts{plural(listed.size(), Words::tr("1 order"), Words::tr("%n orders"))};
    if (const QString value = ValueSum(listed).text(); !value.isEmpty())
        parts.append(value);
    if (!selected.isEmpty()) {
        const QString count = plural(selected.size(), Words::tr("1 selected"), Words::tr("%n selected"));
        const QString value = ValueSum(selected).text();
        parts.append(value.isEmpty() ? count : Words::tr("%1: %2", "12 selected: their value").arg(count, value));
    }
    return parts.join(u" · "_s);
}

QString listTip(const QString &frees, const QString &freesSelected)
{
    QStringList lines{
        Words::tr("Value: what is left of each order shown, at its own price. Market, take profit, stop "
                  "loss and trailing orders have none.")};
    if (!frees.isEmpty())
        lines.append(Words::tr("Canceling all shown frees %1.", "the margin of orders").arg(frees));
    if (!freesSelected.isEmpty())
        lines.append(Words::tr("Canceling the selected ones frees %1.", "the margin of orders").arg(freesSelected));
    return lines.join(u'\n');
}

QString readingText(int kindsTried)
{
    return kindsTried > 0 ? Words::tr("Reading open orders… %1 of %2").arg(kindsTried).arg(kindsOfOrders)
                          : Words::tr("Reading open orders…");
}

} // namespace countermand
