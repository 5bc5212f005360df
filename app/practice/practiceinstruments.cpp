#include "practice/practiceinstruments.h"

#include <QJsonObject>

#include <algorithm>

namespace countermand {

using namespace Qt::StringLiterals;

namespace {

PracticeInstrument made(const QString &name, int precision, const QString &lotSize, const QString &lastPrice)
{
    return {{name, name, u"USDT"_s, precision, Decimal::fromText(lotSize), u"online"_s}, lastPrice};
}

} // namespace

const QList<PracticeInstrument> &practiceInstruments()
{
    static const QList<PracticeInstrument> all{
        made(u"BTC"_s, 1, u"0.001"_s, u"65012.4"_s),      made(u"ETH"_s, 2, u"0.01"_s, u"3251.80"_s),
        made(u"SOL"_s, 2, u"1"_s, u"122.85"_s),           made(u"XRP"_s, 4, u"10"_s, u"2.2031"_s),
        made(u"1000PEPE"_s, 7, u"100"_s, u"0.0069410"_s),
    };
    return all;
}

QString practiceBaseSize(const QString &instrument, qint64 contracts)
{
    const auto &all = practiceInstruments();
    const auto found = std::find_if(all.cbegin(), all.cend(), [&instrument](const PracticeInstrument &known) {
        return known.facts.name == instrument;
    });
    const auto size = found == all.cend() ? std::nullopt : found->facts.lotSize->times(Decimal(contracts));
    return size.value_or(Decimal(contracts)).toText();
}

QJsonArray practiceInstrumentRows()
{
    QJsonArray rows;
    for (const PracticeInstrument &known : practiceInstruments()) {
        rows.append(QJsonObject{{u"id"_s, rows.size() + 1},
                                {u"name"_s, known.facts.name},
                                {u"base"_s, known.facts.base.toLower()},
                                {u"quote"_s, known.facts.quote.toLower()},
                                {u"pricePrecision"_s, known.facts.pricePrecision.value_or(0)},
                                {u"oneLotSize"_s, known.facts.lotSize.value_or(Decimal(1)).toText()},
                                {u"minSize"_s, 1},
                                {u"maxLeverage"_s, 200},
                                {u"makerFee"_s, u"0.0001"_s},
                                {u"takerFee"_s, u"0.0006"_s},
                                {u"status"_s, known.facts.statusWord}});
    }
    return rows;
}

QJsonArray practiceTickerRows(const QString &instrument)
{
    QJsonArray rows;
    int id = 0;
    for (const PracticeInstrument &known : practiceInstruments()) {
        ++id;
        if (!instrument.isEmpty() && known.facts.name.compare(instrument, Qt::CaseInsensitive) != 0)
            continue;
        rows.append(QJsonObject{{u"contract_id"_s, id},
                                {u"name"_s, known.facts.base + known.facts.quote},
                                {u"base_coin"_s, known.facts.base.toLower()},
                                {u"quote_coin"_s, known.facts.quote.toLower()},
                                {u"contract_size"_s, known.facts.lotSize.value_or(Decimal(1)).toText()},
                                {u"last_price"_s, known.lastPrice},
                                {u"fair_price"_s, known.lastPrice},
                                {u"max_leverage"_s, 200}});
    }
    return rows;
}

} // namespace countermand
