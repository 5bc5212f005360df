#include "domain/position.h"

#include <QStringBuilder>

namespace countermand {

QString instrumentText(const Position &position)
{
    if (!position.base.isEmpty() && !position.quote.isEmpty())
        return position.base % u'-' % position.quote;
    return position.instrument;
}

Position described(Position position, const InstrumentTable &instruments)
{
    const auto found = instruments.constFind(instrumentKey(position.instrument));
    if (found == instruments.cend())
        return position;
    if (position.base.isEmpty() || position.quote.isEmpty()) {
        position.base = found->base;
        position.quote = found->quote;
    }
    if (found->pricePrecision) {
        for (auto *price :
             {&position.entryPrice, &position.liquidationPrice, &position.stopLossPrice, &position.takeProfitPrice}) {
            if (*price)
                *price = (*price)->padded(*found->pricePrecision);
        }
    }
    return position;
}

} // namespace countermand
