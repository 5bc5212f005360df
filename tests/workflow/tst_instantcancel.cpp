#include "tests/ui/dialogsamples.h"
#include "workflow/instantcancel.h"

#include <QTest>

#include <functional>

using namespace countermand;
using namespace std::chrono_literals;

namespace {

using Change = std::function<void(Order &, InstantGuard &)>;

} // namespace
Q_DECLARE_METATYPE(Change)

/// Every guard rail of canceling without a question, one at a time.
class TestInstantCancel : public QObject
{
    Q_OBJECT

private slots:
    void rails_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<bool>("allowed");
        const auto row = [](const char *name, bool allowed, const Change &change) {
            QTest::newRow(name) << change << allowed;
        };
        row("a plain order", true, [](Order &, InstantGuard &) {});
        row("off", false, [](Order &, InstantGuard &guard) { guard.isOn = false; });
        row("partly filled", false, [](Order &order, InstantGuard &) { order.filledQuantity = Decimal(1); });
        row("filled not said", false, [](Order &order, InstantGuard &) { order.filledQuantity.reset(); });
        row("closes a position", false,
            [](Order &order, InstantGuard &) { order.positionEffect = PositionEffect::Close; });
        row("effect not said", false, [](Order &order, InstantGuard &) { order.positionEffect.reset(); });
        for (const OrderType type : {OrderType::Market, OrderType::Trigger, OrderType::TrailingStop,
                                     OrderType::TakeProfit, OrderType::StopLoss, OrderType::Other})
            row(QByteArray("type " + QByteArray::number(int(type))).constData(), false,
                [type](Order &order, InstantGuard &) { order.type = type; });
        row("list 30 s old", true, [](Order &, InstantGuard &guard) { guard.age = {30s}; });
        row("list 31 s old", false, [](Order &, InstantGuard &guard) { guard.age = {31s}; });
        row("conditional list within its turn", true, [](Order &, InstantGuard &guard) { guard.age = {38s, 8s}; });
        row("conditional list past its turn", false, [](Order &, InstantGuard &guard) { guard.age = {39s, 8s}; });
        row("list never read", false, [](Order &, InstantGuard &guard) { guard.age = {}; });
        row("right after opening", false, [](Order &, InstantGuard &guard) { guard.sinceOpened = 4999ms; });
        row("5 s after opening", true, [](Order &, InstantGuard &guard) { guard.sinceOpened = 5s; });
        row("too soon after the last", false, [](Order &, InstantGuard &guard) { guard.sinceLast = 999ms; });
        row("1 s after the last", true, [](Order &, InstantGuard &guard) { guard.sinceLast = 1s; });
    }
    void rails()
    {
        QFETCH(Change, change);
        Order order = samples::plain();
        InstantGuard guard{true, {2s}, 60s, {}};
        change(order, guard);
        QTEST(mayCancelAtOnce(order, guard), "allowed");
    }
};

QTEST_GUILESS_MAIN(TestInstantCancel)
#include "tst_instantcancel.moc"
