#include "domain/qtversions.h"
#include "ui/table/ordercolumns.h"

#include <QTest>

#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;

using Column = OrderColumns::Column;

class TestOrderColumns : public QObject
{
    Q_OBJECT

private slots:
    void changed_data();
    void changed();

private:
    static OrderRow base()
    {
        OrderRow row;
        row.order.id = OrderId(u"1"_s);
        row.order.instrument = u"BTC"_s;
        row.order.type = OrderType::Limit;
        row.order.price = Decimal::fromText(u"95400.10");
        row.order.quantity = Decimal(5);
        row.order.filledQuantity = Decimal(2);
        row.order.remainingQuantity = Decimal(3);
        return row;
    }
};

void TestOrderColumns::changed_data()
{
    QTest::addColumn<OrderRow>("after");
    QTest::addColumn<QList<Column>>("columns");
    const auto row = [](const char *name, const QList<Column> &columns, auto change) {
        OrderRow after = base();
        change(after);
        QTest::newRow(name) << after << columns;
    };
    const auto number = [](const char *text) { return Decimal::fromText(QString::fromLatin1(text)); };
    const QList<Column> sizes{Column::State, Column::Remaining, Column::Filled};
    row("nothing", {}, [](OrderRow &) {});
    row("stage", {Column::State, Column::Action}, [](OrderRow &r) { r.stage = CancelStage::Sending; });
    row("instrument", {Column::Instrument}, [](OrderRow &r) { r.order.instrument = u"ETH"_s; });
    row("pair", {Column::Instrument}, [](OrderRow &r) { r.order.base = u"BTC"_s, r.order.quote = u"USDT"_s; });
    row("side", {Column::Side}, [](OrderRow &r) { r.order.positionSide = PositionSide::Short; });
    row("side word", {Column::Side}, [](OrderRow &r) { r.order.positionSideWord = u"both"_s; });
    row("effect", {Column::Side}, [](OrderRow &r) { r.order.positionEffect = PositionEffect::Close; });
    row("effect word", {Column::Side}, [](OrderRow &r) { r.order.positionEffectWord = u"reduce"_s; });
    row("type word", {Column::Type}, [](OrderRow &r) { r.order.typeWord = u"iceberg"_s; });
    row("price", {Column::Price}, [&](OrderRow &r) { r.order.price = number("95400.11"); });
    row("price, same value with other digits", {Column::Price},
        [&](OrderRow &r) { r.order.price = number("95400.1"); });
    row("price gone", {Column::Price}, [](OrderRow &r) { r.order.price.reset(); });
    row("market", {Column::Price}, [](OrderRow &r) { r.order.marketPrice = true; });
    row("trigger price", {Column::Price, Column::TriggerPrice},
        [&](OrderRow &r) { r.order.triggerPrice = number("1"); });
    row("filled", sizes, [&](OrderRow &r) { r.order.filledQuantity = number("3"); });
    row("remaining", sizes, [&](OrderRow &r) { r.order.remainingQuantity = number("3.0"); });
    row("quantity", sizes, [&](OrderRow &r) { r.order.quantity = number("6"); });
    // A take profit order shows its own trigger as its price.
    row("take profit", {Column::Price, Column::TakeProfit},
        [&](OrderRow &r) { r.order.takeProfitPrice = number("66000.0"); });
    row("stop loss", {Column::Price, Column::StopLoss},
        [&](OrderRow &r) { r.order.stopLossPrice = number("60000"); });
    row("placed", {Column::Placed}, [](OrderRow &r) { r.order.placedAt = QDateTime::fromMSecsSinceEpoch(1, inUtc); });
    row("optional", {Column::Leverage, Column::Source, Column::Updated}, [&](OrderRow &r) {
        r.order.updatedAt = QDateTime::fromMSecsSinceEpoch(2, inUtc);
        r.order.leverage = number("20");
        r.order.source = u"web"_s;
    });
    row("margin", {Column::MarginModeColumn, Column::Margin, Column::ClientId}, [&](OrderRow &r) {
        r.order.marginMode = MarginMode::Cross;
        r.order.margin = number("1.5");
        r.order.clientOrderId = u"mine"_s;
    });
    row("position", {Column::Position, Column::Entry, Column::Unrealized, Column::Liquidation},
        [](OrderRow &r) { r.position = {.isRead = true, .tie = {.kind = PositionTie::Kind::None}}; });
    row("loss", {Column::State, Column::Position, Column::Entry, Column::Unrealized, Column::Liquidation},
        [](OrderRow &r) { r.position.loss = {PositionLoss::Kind::NoPosition}; });
    row("profit", {Column::Entry, Column::Unrealized, Column::Liquidation}, [](OrderRow &r) {
        Position position;
        position.unrealizedProfit = Decimal(5);
        r.position.tie.position = std::make_shared<const Position>(position);
    });
    row("value", {Column::Remaining, Column::Value}, [&](OrderRow &r) { r.order.lotSize = number("0.001"); });
}

void TestOrderColumns::changed()
{
    QFETCH(const OrderRow, after);
    QFETCH(const QList<Column>, columns);
    const OrderRow before = base();
    QCOMPARE(OrderColumns::changed(before, after), columns);
    QCOMPARE(OrderColumns::changed(after, before), columns);
}

QTEST_APPLESS_MAIN(TestOrderColumns)
#include "tst_ordercolumns.moc"
