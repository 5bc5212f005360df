#include "domain/position.h"

#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace countermand;

class TestPosition : public QObject
{
    Q_OBJECT

private slots:
    void isNamedByItsPairOrTheExchangesName();
    void isDescribedByItsInstrument();
};

void TestPosition::isNamedByItsPairOrTheExchangesName()
{
    Position position;
    position.instrument = u"BTC"_s;
    position.base = u"BTC"_s;
    QCOMPARE(instrumentText(position), u"BTC"_s);
    position.quote = u"USDT"_s;
    QCOMPARE(instrumentText(position), u"BTC-USDT"_s);
}

void TestPosition::isDescribedByItsInstrument()
{
    const InstrumentTable table{{u"BTC"_s, {u"BTC"_s, u"BTC"_s, u"USDT"_s, 1, Decimal(1), u"online"_s}}};
    Position position;
    position.instrument = u"btc"_s;
    position.entryPrice = Decimal(94800);
    position.stopLossPrice = Decimal::fromText(u"93000.25");
    const Position told = described(position, table);
    QCOMPARE(instrumentText(told), u"BTC-USDT"_s);
    QCOMPARE(told.entryPrice->toText(), u"94800.0"_s);
    // No digit is ever cut.
    QCOMPARE(told.stopLossPrice->toText(), u"93000.25"_s);
    QVERIFY(!told.liquidationPrice);

    position.instrument = u"ETH"_s;
    QCOMPARE(described(position, table), position);
}

QTEST_GUILESS_MAIN(TestPosition)
#include "tst_position.moc"
