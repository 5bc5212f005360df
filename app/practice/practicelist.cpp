#include "practice/practicelist.h"

#include <array>
#include <chrono>

namespace countermand {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

OrderId practiceOrderId(int number)
{
    return OrderId(u"P-3330874170000%1"_s.arg(number, 4, 10, '0'_L1));
}

QList<PracticeOrder> practiceStartList(const QDateTime &now)
{
    const auto placed = [&now](std::chrono::milliseconds ago) { return now.addMSecs(-ago.count()); };
    const auto order = [](int number, const QString &instrument, PositionSide side, const QString &price,
                          qint64 total, const QDateTime &createdAt) {
        PracticeOrder made;
        made.id = practiceOrderId(number);
        made.instrument = instrument;
        made.side = side;
        made.price = price;
        made.total = total;
        made.source = u"web"_s;
        made.createdAt = createdAt;
        made.updatedAt = createdAt;
        return made;
    };
    using enum PositionSide;

    PracticeOrder partly = order(1947, u"BTC"_s, Long, u"64210.0"_s, 5, placed(6h + 12min + 7s));
    partly.filled = 2;
    partly.takeProfitPrice = u"66000.0"_s;
    partly.updatedAt = placed(31min);

    PracticeOrder withStop = order(2046, u"BTC"_s, Short, u"65980.5"_s, 12, placed(5h + 3min + 41s));
    withStop.stopLossPrice = u"67100.0"_s;

    PracticeOrder conditional = order(7715, u"ETH"_s, Long, u"3104.20"_s, 8, placed(2h + 47min + 19s));
    conditional.kind = ListKind::Trigger;
    conditional.placedAs = ListKind::Trigger;
    conditional.triggerPrice = u"3104.20"_s;

    PracticeOrder fromProgram = order(93, u"1000PEPE"_s, Short, u"0.0071230"_s, 2500, placed(52min + 33s));
    fromProgram.source = u"api"_s;
    fromProgram.clientOrderId = u"practice-desk-0007"_s;
    fromProgram.leverage = 5;

    PracticeOrder trailing = order(5512, u"SOL"_s, Long, QString(), 20, placed(17min + 48s));
    trailing.effect = PositionEffect::Close;
    trailing.kind = ListKind::Trailing;
    trailing.placedAs = ListKind::Trailing;
    trailing.marketPrice = u"118.75"_s;

    return {
        partly,
        withStop,
        order(3155, u"BTC"_s, Long, u"63500.0"_s, 10, placed(3h + 41min + 2s)),
        conditional,
        order(7828, u"ETH"_s, Short, u"3390.00"_s, 4, placed(1h + 58min + 55s)),
        fromProgram,
        trailing,
        order(5620, u"SOL"_s, Long, u"121.40"_s, 6, placed(4min + 26s)),
    };
}

QList<PracticePosition> practiceStartPositions(const QDateTime &now)
{
    const QDateTime openedAt = now.addDays(-1);
    return {{u"SOL"_s, PositionSide::Long, 20, u"118.40"_s, openedAt},
            {u"BTC"_s, PositionSide::Long, 4, u"64380.5"_s, openedAt},
            {u"BTC"_s, PositionSide::Short, 2, u"65240.0"_s, openedAt}};
}

PracticeOrder practiceOrphanOrder(int number, const QDateTime &createdAt)
{
    PracticeOrder order;
    order.id = practiceOrderId(number);
    order.instrument = u"ETH"_s;
    order.effect = PositionEffect::Close;
    order.price = u"3465.00"_s;
    order.total = 5;
    order.source = u"web"_s;
    order.createdAt = createdAt;
    order.updatedAt = createdAt;
    return order;
}

PracticeOrder practiceOlderOrder(int index, int number, const QDateTime &createdAt)
{
    PracticeOrder order;
    order.id = practiceOrderId(number);
    order.instrument = u"BTC"_s;
    order.price = u"%1.0"_s.arg(62750 - 25 * index);
    order.total = 2 + index % 5;
    order.source = u"web"_s;
    order.createdAt = createdAt;
    order.updatedAt = createdAt;
    return order;
}

PracticeOrder practiceNewOrder(int index, int number, const QDateTime &createdAt)
{
    struct Pattern {
        QLatin1StringView instrument;
        PositionSide side;
        int whole;
        QLatin1StringView decimals;
        int step;
    };
    static constexpr std::array patterns = {
        Pattern{"BTC"_L1, PositionSide::Long, 61900, ".0"_L1, -15},
        Pattern{"ETH"_L1, PositionSide::Short, 3420, ".50"_L1, 3},
        Pattern{"SOL"_L1, PositionSide::Long, 117, ".25"_L1, -1},
        Pattern{"BTC"_L1, PositionSide::Short, 66400, ".5"_L1, 20},
        Pattern{"XRP"_L1, PositionSide::Long, 2, ".1480"_L1, 0},
    };
    const auto count = int(patterns.size());
    const Pattern &pattern = patterns[size_t(index % count)];
    // A few rounds later the prices start again, so that they stay above zero for ever.
    const int round = (index / count) % 20;

    PracticeOrder order;
    order.id = practiceOrderId(number);
    order.instrument = pattern.instrument;
    order.side = pattern.side;
    order.price = QString::number(pattern.whole + pattern.step * round) + pattern.decimals;
    order.total = 1 + (index * 7) % 12;
    order.source = u"web"_s;
    order.createdAt = createdAt;
    order.updatedAt = createdAt;
    return order;
}

} // namespace countermand
