#include "ui/words/bulkwords.h"

#include "ui/look/plural.h"
#include "ui/words/orderwords.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

struct BulkWords {
    Q_DECLARE_TR_FUNCTIONS(countermand::BulkWords)
};

struct InstrumentSum {
    QString name;
    int longOrders = 0;
    int shortOrders = 0;
    int otherOrders = 0;
    std::optional<Decimal> contracts = Decimal(0);

    void add(const Order &order)
    {
        if (!order.positionSide)
            ++otherOrders;
        else if (*order.positionSide == PositionSide::Long)
            ++longOrders;
        else
            ++shortOrders;
        const auto remaining = shownRemaining(order);
        contracts = contracts && remaining ? contracts->plus(*remaining) : std::nullopt;
    }

    QString text() const
    {
        QStringList sides;
        if (longOrders > 0)
            sides.append(BulkWords::tr("%1 long").arg(longOrders));
        if (shortOrders > 0)
            sides.append(BulkWords::tr("%1 short").arg(shortOrders));
        if (otherOrders > 0)
            sides.append(BulkWords::tr("%1 of unknown side").arg(otherOrders));
        const QString line = BulkWords::tr("%1: %2", "instrument, counts of sides").arg(name, sides.join(u", "_s));
        // A sum of what is only partly known would be a guess.
        return contracts ? BulkWords::tr("%1 · %2 cont.").arg(line, numberText(contracts)) : line;
    }
};

} // namespace

QStringList instrumentSummary(const QList<Order> &orders)
{
    QList<InstrumentSum> sums;
    for (const Order &order : orders) {
        const QString name = instrumentText(order);
        auto sum = std::find_if(sums.begin(), sums.end(),
                                [&name](const InstrumentSum &known) { return known.name == name; });
        if (sum == sums.end())
            sum = sums.insert(sums.end(), InstrumentSum{name});
        sum->add(order);
    }
    QStringList lines;
    for (const InstrumentSum &sum : std::as_const(sums))
        lines.append(sum.text());
    return lines;
}

QString attentionNotice(const QList<Order> &orders)
{
    const auto partly = std::count_if(orders.cbegin(), orders.cend(), isPartlyFilled);
    const auto attached = std::count_if(orders.cbegin(), orders.cend(), [](const Order &order) {
        return order.type != OrderType::TakeProfit && order.type != OrderType::StopLoss && !carriesBoth(order) &&
               mayCarryTargets(order);
    });
    QStringList parts;
    if (partly > 0)
        parts.append(BulkWords::tr("%1 partly filled").arg(partly));
    if (attached > 0)
        parts.append(BulkWords::tr("%1 with TP/SL attached").arg(attached));
    return parts.join(u" · "_s);
}

QString bothNotice(const QList<Order> &orders)
{
    const auto both = int(std::count_if(orders.cbegin(), orders.cend(), carriesBoth));
    if (both == 0)
        return {};
    return plural(both, BulkWords::tr("1 of them carries a take profit and a stop loss. Canceling it removes both."),
                  BulkWords::tr("%n of them carry a take profit and a stop loss each. Canceling them removes both."));
}

QString refusedHereNotice(const QList<Order> &refused)
{
    constexpr qsizetype mostNamed = 3;
    QStringList lines;
    for (const Order &order : refused.first(std::min(mostNamed, refused.size())))
        lines.append(BulkWords::tr("%1: %2", "an order, and what is known of it")
                         .arg(orderIdentity(order), refusedHereText(order)));
    if (refused.size() > mostNamed)
        lines.append(plural(refused.size() - mostNamed, BulkWords::tr("and 1 more that CoinW refused to cancel"),
                            BulkWords::tr("and %n more that CoinW refused to cancel")));
    return lines.join(u'\n');
}

QString uncheckedNotice(int checked, int instruments)
{
    if (instruments > 0 && checked >= instruments)
        return {};
    if (instruments > 0)
        return BulkWords::tr("Untriggered conditional orders were checked for %1 of %2 instruments only.")
            .arg(checked)
            .arg(instruments);
    return plural(checked, BulkWords::tr("Untriggered conditional orders were checked for 1 instrument only."),
                  BulkWords::tr("Untriggered conditional orders were checked for %n instruments only."));
}

QString cancelOrdersText(int count, bool practice)
{
    if (practice)
        return plural(count, BulkWords::tr("Cancel 1 practice order"), BulkWords::tr("Cancel %n practice orders"));
    return plural(count, BulkWords::tr("Cancel 1 order"), BulkWords::tr("Cancel %n orders"));
}

} // namespace countermand
