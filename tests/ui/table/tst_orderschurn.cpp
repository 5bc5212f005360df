#include "tests/support/waiting.h"
#include "tests/ui/sampleorders.h"
#include "ui/table/orderselection.h"
#include "ui/table/orderstable.h"
#include "ui/table/ordersview.h"

#include <QHeaderView>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QTest>

#include <algorithm>

using namespace countermand;
using namespace Qt::StringLiterals;

using Column = OrderColumns::Column;

namespace {

Order randomOrder(QRandomGenerator &random, int number)
{
    const QString quantity = QString::number(1 + random.bounded(20));
    return sample::order(QString::number(100000 + number), random.bounded(2) ? u"BTC"_s : u"ETH"_s,
                         random.bounded(2) ? PositionSide::Long : PositionSide::Short, PositionEffect::Open,
                         OrderType::Limit, QString::number(random.bounded(1000)) + u".50"_s, quantity, quantity,
                         int(random.bounded(100000)));
}

} // namespace

/// 500 orders, five changes of the list per step: whatever comes, the table stays with its orders.
class TestOrdersChurn : public QObject
{
    Q_OBJECT

private slots:
    void staysWithItsOrders_data();
    void staysWithItsOrders();
};

void TestOrdersChurn::staysWithItsOrders_data()
{
    QTest::addColumn<Column>("sortedBy");
    QTest::addColumn<Qt::SortOrder>("order");
    QTest::newRow("placed") << Column::Placed << Qt::AscendingOrder;
    QTest::newRow("price, falling") << Column::Price << Qt::DescendingOrder;
    QTest::newRow("remaining") << Column::Remaining << Qt::AscendingOrder;
}

void TestOrdersChurn::staysWithItsOrders()
{
    QFETCH(const Column, sortedBy);
    QFETCH(const Qt::SortOrder, order);
    QRandomGenerator random(7);
    QList<Order> orders;
    int next = 0;
    while (next < 500)
        orders.append(randomOrder(random, next++));

    OpenOrders model;
    model.setSnapshot(orders);
    OrdersView view(model);
    const OrdersTable &proxy = view.rows();
    view.sortByColumn(sortedBy, order);
    view.resize(1200, 500);
    view.show();
    QVERIFY(waitForExposed(&view));

    for (int step = 0; step < 300; ++step) {
        if (step % 25 == 0) {
            view.verticalScrollBar()->setValue(int(random.bounded(view.verticalScrollBar()->maximum() + 1)));
            view.selectOrder(proxy.idAt(view.rowAt(0) + 3));
            QCoreApplication::processEvents();
        }
        const OrderId selected = view.selection().selectedOrder();
        const OrderId current = view.selection().currentOrder();
        const int currentRow = view.currentIndex().row();
        QList<OrderId> below;
        for (int row = currentRow + 1; row < proxy.rowCount(); ++row)
            below.append(proxy.idAt(row));
        QList<std::pair<OrderId, int>> seen;
        for (int row = view.rowAt(0); row >= 0 && row < proxy.rowCount(); ++row) {
            if (view.rowViewportPosition(row) >= view.viewport()->height())
                break;
            seen.append({proxy.idAt(row), view.rowViewportPosition(row)});
        }

        QSet<OrderId> changed;
        for (int change = 0; change < 5; ++change) {
            const int at = int(random.bounded(orders.size()));
            switch (random.bounded(4)) {
            case 0:
                orders.append(randomOrder(random, next++));
                break;
            case 1:
                orders.removeAt(at);
                break;
            case 2:
                orders[at].remainingQuantity = Decimal(qint64(random.bounded(20)));
                changed.insert(orders[at].id);
                break;
            default:
                orders[at].price = Decimal(qint64(random.bounded(1000)));
                changed.insert(orders[at].id);
            }
        }
        // Every so often the very order that is selected leaves.
        if (step % 10 == 5)
            orders.removeIf([&selected](const Order &each) { return each.id == selected; });
        std::shuffle(orders.begin(), orders.end(), random);
        model.setSnapshot(orders);
        if (step % 3 == 0)
            QCoreApplication::processEvents();
        else
            view.doItemsLayout();

        // Content.
        QCOMPARE(proxy.rowCount(), int(orders.size()));

        // Selection and current row.
        QVERIFY(view.currentIndex().isValid());
        if (model.find(selected))
            QCOMPARE(view.selection().selectedOrder(), selected);
        else
            QVERIFY(view.selection().selectedOrder().isEmpty());
        if (model.find(current)) {
            QCOMPARE(view.selection().currentOrder(), current);
        } else if (sortedBy == Column::Placed) {
            // The next row that is left; values that change never sort by time of placing.
            below.removeIf([&model](const OrderId &id) { return !model.find(id); });
            if (!below.isEmpty())
                QVERIFY(proxy.indexOf(below.constFirst()).row() >= view.currentIndex().row());
        }

        // The rows on screen: the topmost that is still listed and was not itself changed stands where it stood, as
        // far as the list's ends allow.
        seen.removeIf([&](const auto &row) { return !model.find(row.first) || changed.contains(row.first); });
        const int value = view.verticalScrollBar()->value();
        if (!seen.isEmpty() && value > 0 && value < view.verticalScrollBar()->maximum()) {
            int stayed = 0;
            for (const auto &[id, top] : seen)
                stayed += view.rowViewportPosition(proxy.indexOf(id).row()) == top;
            QVERIFY2(stayed > 0, qPrintable(u"step %1"_s.arg(step)));
            if (sortedBy == Column::Placed)
                QCOMPARE(view.rowViewportPosition(proxy.indexOf(seen.constFirst().first).row()),
                         seen.constFirst().second);
        }

        // Sort order.
        QCOMPARE(view.horizontalHeader()->sortIndicatorSection(), int(sortedBy));
        QList<const Order *> shown;
        for (int row = 0; row < proxy.rowCount(); ++row)
            shown.append(&proxy.shown(proxy.index(row, 0)).row.order);
        QVERIFY(std::is_sorted(shown.cbegin(), shown.cend(), [sortedBy](const Order *a, const Order *b) {
            if (sortedBy == Column::Placed)
                return a->placedAt < b->placedAt;
            return sortedBy == Column::Price ? *a->price > *b->price : *a->remainingQuantity < *b->remainingQuantity;
        }));
    }
}

QTEST_MAIN(TestOrdersChurn)
#include "tst_orderschurn.moc"
