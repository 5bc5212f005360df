#include "ui/words/positionwords.h"

#include "ui/look/plural.h"
#include "ui/words/orderwords.h"

#include <QCoreApplication>
#include <QStringList>

#include <map>

using namespace Qt::StringLiterals;

namespace countermand {

namespace {

struct PositionWords {
    Q_DECLARE_TR_FUNCTIONS(countermand::PositionWords)
};

QString sideWord(PositionSide side)
{
    return side == PositionSide::Long ? PositionWords::tr("long", "position side")
                                      : PositionWords::tr("short", "position side");
}

QString sized(PositionSide side, const std::optional<Decimal> &size)
{
    return (side == PositionSide::Long ? u"▲ "_s : u"▼ "_s) + sideWord(side) + u' ' + numberText(size);
}

} // namespace

QString positionText(const Position &position)
{
    const QString text = sized(position.side, position.size);
    return position.entryPrice ? PositionWords::tr("%1 at %2", "a position and its entry price")
                                     .arg(text, isolated(numberText(position.entryPrice)))
                               : text;
}

QString positionText(const PositionTie &tie)
{
    switch (tie.kind) {
    case PositionTie::Kind::Unknown:
        return u"?"_s;
    case PositionTie::Kind::None:
        return dash();
    case PositionTie::Kind::One:
        return positionText(*tie.position);
    case PositionTie::Kind::Several:
        break;
    }
    return PositionWords::tr("%1, several", "the sum of positions").arg(sized(tie.position->side, tie.size));
}

QString positionTip(const OrderPosition &position)
{
    switch (position.tie.kind) {
    case PositionTie::Kind::Unknown:
        return PositionWords::tr("Position not known");
    case PositionTie::Kind::None:
        return position.tie.isLikely ? PositionWords::tr("Likely no position") : PositionWords::tr("No position");
    case PositionTie::Kind::One:
        return position.tie.isLikely ? PositionWords::tr("Likely; CoinW does not say which position it belongs to")
                                     : QString();
    case PositionTie::Kind::Several:
        break;
    }
    return PositionWords::tr("There are several positions of this side; which of them it belongs to is not known");
}

QString lossBadge(const PositionLoss &loss)
{
    switch (loss.kind) {
    case PositionLoss::Kind::None:
        return {};
    case PositionLoss::Kind::NoPosition:
    case PositionLoss::Kind::Closed:
        return u"⊘ "_s + (loss.isLikely ? PositionWords::tr("likely no position") : PositionWords::tr("no position"));
    case PositionLoss::Kind::TooLarge:
        break;
    }
    return u"⊘ "_s + PositionWords::tr("larger than its position");
}

QString orphanNotice(const OrderPosition &position, const Order &order)
{
    switch (position.loss.kind) {
    case PositionLoss::Kind::None:
        return {};
    case PositionLoss::Kind::NoPosition:
        return position.loss.isLikely ? PositionWords::tr("Likely no position belongs to this order.")
                                      : PositionWords::tr("No position belongs to this order.");
    case PositionLoss::Kind::Closed:
        return position.loss.isLikely
                   ? PositionWords::tr(
                         "Likely no position belongs to this order. One that it would have added to was "
                         "closed.")
                   : PositionWords::tr("No position belongs to this order. The one that it would have added to was "
                                       "closed.");
    case PositionLoss::Kind::TooLarge:
        break;
    }
    return PositionWords::tr("This order would close %1 contracts; of its position %2 are left.")
        .arg(isolated(numberText(shownRemaining(order))), isolated(numberText(position.tie.size)));
}

QString lastStopNotice(const StopsLeft &left)
{
    QStringList lines;
    for (const StopsLeft::Uncovered &uncovered : left.positions) {
        const Position &position = uncovered.position;
        const QString entry = numberText(position.entryPrice);
        const QString who = PositionWords::tr("%1 %2 %3 (entry %4)", "BTC-USDT long 12 (entry 94,800.0)")
                                .arg(instrumentText(position), sideWord(position.side),
                                     isolated(numberText(position.size)), isolated(entry));
        lines.append(uncovered.covered.isZero() ? PositionWords::tr("%1 then has no stop loss.").arg(who)
                                                : PositionWords::tr("%1 then has a stop for %2 of %3.")
                                                      .arg(who, isolated(numberText(uncovered.covered)),
                                                           isolated(numberText(position.size))));
    }
    if (left.isUnknown)
        lines.append(PositionWords::tr("Whether another stop remains is not known."));
    return lines.join(u'\n');
}

QString freesText(const QList<Order> &orders)
{
    constexpr int decimals = 2;
    std::map<QString, Decimal> sums;
    for (const Order &order : orders) {
        if (order.positionEffect != PositionEffect::Open || !order.margin || order.margin->isZero())
            continue;
        Decimal &sum = sums[order.quote];
        if (const auto more = sum.plus(order.margin->rounded(decimals)))
            sum = *more;
    }
    QStringList texts;
    for (const auto &[quote, sum] : sums) {
        const QString number = numberText(sum.padded(decimals));
        texts.append(quote.isEmpty() ? number : number + u' ' + quote);
    }
    return texts.isEmpty() ? QString() : PositionWords::tr("about %1", "an amount").arg(texts.join(u" + "_s));
}

QString orphanCountText(qsizetype count)
{
    return count == 0 ? QString()
                      : plural(int(count), PositionWords::tr("1 without a position"),
                               PositionWords::tr("%n without a position"));
}

} // namespace countermand
