#include "domain/qtversions.h"
#include "tests/ui/sampleorders.h"
#include "ui/table/ordersort.h"
#include "ui/table/orderstable.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QRandomGenerator>
#include <QSignalSpy>
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

std::strong_ordering compareRows(const OrderRow &a, const OrderRow &b, Column column)
{
    FoldedWords folded;
    return compareKeys(sortKey(a, column, {}, folded), sortKey(b, column, {}, folded));
}

/// Counts what a model announces.
struct Counts {
    explicit Counts(const QAbstractItemModel &model)
        : data(&model, &QAbstractItemModel::dataChanged),
          inserted(&model, &QAbstractItemModel::rowsInserted),
          removed(&model, &QAbstractItemModel::rowsRemoved),
          layout(&model, &QAbstractItemModel::layoutChanged),
          reset(&model, &QAbstractItemModel::modelReset)
    {}
    qsizetype structure() const { return inserted.size() + removed.size() + layout.size() + reset.size(); }
    qsizetype all() const { return structure() + data.size(); }

    QSignalSpy data, inserted, removed, layout, reset;
};

} // namespace

/// The own sorted and filtered index against a naive one, and what it announces.
class TestOrdersIndex : public QObject
{
    Q_OBJECT

private slots:
    void sameAsNaive_data();
    void sameAsNaive();
    void identicalSnapshotSaysNothing();
    void oneCellSaysOneCell();
    void manyChangesSayItOnce();
    void scatteredChangesAreFewSignals();
    void selectionOfAllStaysTrue();
    void filterKeepsSelectionOfWhatIsShown();
    void filterFollowsChanges();
    void filterFollowsTime();
    void fewRowsMoveGranularly();
};

void TestOrdersIndex::sameAsNaive_data()
{
    QTest::addColumn<Column>("sortedBy");
    QTest::addColumn<Qt::SortOrder>("order");
    QTest::addColumn<QString>("filter");
    for (const Column column :
         {Column::Placed, Column::Price, Column::Remaining, Column::Instrument, Column::State}) {
        for (const QString &filter : {QString(), u"btc rem>5"_s}) {
            const QByteArray name = QByteArray::number(column) + ' ' + filter.toLatin1();
            QTest::newRow(("rising " + name).constData()) << column << Qt::AscendingOrder << filter;
            QTest::newRow(("falling " + name).constData()) << column << Qt::DescendingOrder << filter;
        }
    }
}

void TestOrdersIndex::sameAsNaive()
{
    QFETCH(const Column, sortedBy);
    QFETCH(const Qt::SortOrder, order);
    QFETCH(const QString, filter);
    QRandomGenerator random(11);
    OpenOrders model;
    OrdersTable proxy(model);
    QAbstractItemModelTester tester(&proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
    proxy.sort(sortedBy, order);
    const OrderFilter wanted = OrderFilter::parse(filter).filter;
    proxy.setFilter(wanted);

    QList<Order> orders;
    int next = 0;
    QHash<OrderId, QPersistentModelIndex> kept;
    for (int step = 0; step < 60; ++step) {
        // Now a little, now nearly everything.
        const int changes = step % 7 == 6 ? 150 : int(random.bounded(6));
        for (int change = 0; change < changes; ++change) {
            const int at = orders.isEmpty() ? 0 : int(random.bounded(orders.size()));
            const int what = int(random.bounded(4));
            if (orders.isEmpty() || what == 0)
                orders.append(randomOrder(random, next++));
            else if (what == 1)
                orders.removeAt(at);
            else if (what == 2)
                orders[at].remainingQuantity = Decimal(qint64(random.bounded(20)));
            else
                orders[at].price = Decimal(qint64(random.bounded(1000)));
        }
        std::shuffle(orders.begin(), orders.end(), random);
        model.setSnapshot(orders);
        if (!orders.isEmpty() && step % 3 == 0)
            model.setStage(orders.at(int(random.bounded(orders.size()))).id, CancelStage::Rejected);

        QList<OrderRow> naive;
        for (const auto &[id, row] : model.rows()) {
            if (wanted.matches(row, {}))
                naive.append(row);
        }
        std::sort(naive.begin(), naive.end(), [&](const OrderRow &a, const OrderRow &b) {
            return order == Qt::AscendingOrder ? compareRows(a, b, sortedBy) < 0 : compareRows(a, b, sortedBy) > 0;
        });
        QCOMPARE(proxy.rowCount(), int(naive.size()));
        QCOMPARE(proxy.shownCount(), int(naive.size()));
        for (int row = 0; row < naive.size(); ++row) {
            QCOMPARE(proxy.idAt(row), naive.at(row).order.id);
            QCOMPARE(proxy.shown(proxy.index(row, 0)).row, naive.at(row));
            QCOMPARE(proxy.indexOf(proxy.idAt(row)).row(), row);
        }

        // Persistent indexes go with their orders, and end with them.
        for (auto each = kept.cbegin(); each != kept.cend(); ++each)
            QCOMPARE(QModelIndex(each.value()), proxy.indexOf(each.key(), Column::Price));
        kept.clear();
        for (int row = 0; row < proxy.rowCount(); row += 3)
            kept.insert(proxy.idAt(row), proxy.index(row, Column::Price));
    }
    QVERIFY(next > 100);
}

void TestOrdersIndex::identicalSnapshotSaysNothing()
{
    QList<Order> orders = sample::startList();
    OpenOrders model;
    OrdersTable proxy(model);
    model.setSnapshot(orders);
    const Counts counts(proxy);
    std::reverse(orders.begin(), orders.end());
    model.setSnapshot(orders);
    QCOMPARE(counts.all(), 0);
}

void TestOrdersIndex::oneCellSaysOneCell()
{
    QList<Order> orders = sample::startList();
    OpenOrders model;
    OrdersTable proxy(model);
    model.setSnapshot(orders);
    const Counts counts(proxy);
    orders[4].price = Decimal::fromText(u"3391");
    model.setSnapshot(orders);
    QCOMPARE(counts.all(), 1);
    QCOMPARE(counts.data.at(0).at(0).toModelIndex(), proxy.indexOf(sample::id("7828"), Column::Price));
    QCOMPARE(counts.data.at(0).at(1).toModelIndex(), proxy.indexOf(sample::id("7828"), Column::Price));
}

void TestOrdersIndex::manyChangesSayItOnce()
{
    QRandomGenerator random(3);
    QList<Order> orders;
    for (int number = 0; number < 500; ++number)
        orders.append(randomOrder(random, number));
    OpenOrders model;
    OrdersTable proxy(model);
    model.setSnapshot(orders);
    const Counts counts(proxy);
    for (int number = 0; number < 500; number += 4)
        orders[number].price = Decimal(-1 - number);
    model.setSnapshot(orders);
    QCOMPARE(counts.structure(), 0);
    QCOMPARE(counts.data.size(), 1);
    QCOMPARE(counts.data.at(0).at(0).toModelIndex().column(), int(Column::Price));
    QCOMPARE(counts.data.at(0).at(1).toModelIndex().column(), int(Column::Price));
}

void TestOrdersIndex::scatteredChangesAreFewSignals()
{
    QRandomGenerator random(5);
    QList<Order> orders;
    for (int number = 0; number < 1000; ++number)
        orders.append(randomOrder(random, number));
    OpenOrders model;
    OrdersTable proxy(model);
    model.setSnapshot(orders);
    const Counts counts(proxy);
    for (int number = 0; number < 1000; number += 2)
        orders[number] = randomOrder(random, 1000 + number);
    for (int number = 1; number < 1000; number += 10)
        orders[number].placedAt = orders[number].placedAt.addSecs(50000);
    model.setSnapshot(orders);
    QCOMPARE(proxy.rowCount(), 1000);
    QVERIFY(counts.structure() <= 5);
    QCOMPARE(counts.reset.size(), 0);
    QVERIFY(counts.data.size() <= 1);
}

void TestOrdersIndex::selectionOfAllStaysTrue()
{
    QRandomGenerator random(9);
    QList<Order> orders;
    for (int number = 0; number < 400; ++number)
        orders.append(randomOrder(random, number));
    OpenOrders model;
    OrdersTable proxy(model);
    model.setSnapshot(orders);
    QItemSelectionModel selection(&proxy);
    selection.select(QItemSelection(proxy.index(0, 0), proxy.index(399, proxy.columnCount() - 1)),
                     QItemSelectionModel::Select | QItemSelectionModel::Rows);
    QSet<OrderId> selected;
    for (const Order &order : std::as_const(orders))
        selected.insert(order.id);

    for (int number = 0; number < 400; number += 3)
        orders[number] = randomOrder(random, 1000 + number);
    model.setSnapshot(orders);
    QSet<OrderId> now;
    for (const QModelIndex &index : selection.selectedRows())
        now.insert(proxy.idAt(index.row()));
    QSet<OrderId> expected;
    for (const Order &order : std::as_const(orders)) {
        if (selected.contains(order.id))
            expected.insert(order.id);
    }
    // New orders are never selected by themselves.
    QCOMPARE(now, expected);
}

void TestOrdersIndex::filterKeepsSelectionOfWhatIsShown()
{
    OpenOrders model;
    OrdersTable proxy(model);
    model.setSnapshot(sample::startList());
    QItemSelectionModel selection(&proxy);
    for (const char *tail : {"1947", "7828"})
        selection.select(proxy.indexOf(sample::id(tail)), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    const Counts counts(proxy);
    proxy.setFilter(OrderFilter::parse(u"btc"_s).filter);
    QCOMPARE(proxy.rowCount(), 3);
    QCOMPARE(model.count(), 8);
    QCOMPARE(counts.reset.size(), 0);
    QCOMPARE(selection.selectedRows().size(), 1);
    QCOMPARE(proxy.idAt(selection.selectedRows().constFirst().row()), sample::id("1947"));
    // What comes back is not selected.
    proxy.setFilter({});
    QCOMPARE(proxy.rowCount(), 8);
    QCOMPARE(selection.selectedRows().size(), 1);
}

void TestOrdersIndex::filterFollowsChanges()
{
    QList<Order> orders = sample::startList();
    OpenOrders model;
    OrdersTable proxy(model);
    model.setSnapshot(orders);
    proxy.setFilter(OrderFilter::parse(u"state:canceling"_s).filter);
    QCOMPARE(proxy.rowCount(), 0);
    model.setStage(sample::id("1947"), CancelStage::Sending);
    QCOMPARE(proxy.rowCount(), 1);
    model.setStage(sample::id("1947"), {});
    QCOMPARE(proxy.rowCount(), 0);
    QVERIFY(!proxy.indexOf(sample::id("1947")).isValid());
}

void TestOrdersIndex::filterFollowsTime()
{
    OpenOrders model;
    OrdersTable proxy(model);
    model.setSnapshot(sample::startList());
    const QDateTime now(QDate(2026, 3, 4), QTime(14, 6, 22), inUtc);
    proxy.setNow(now);
    proxy.setFilter(OrderFilter::parse(u"age>5m"_s).filter);
    QCOMPARE(proxy.rowCount(), 1);
    proxy.setNow(now.addSecs(60));
    QCOMPARE(proxy.rowCount(), 2);
}

void TestOrdersIndex::fewRowsMoveGranularly()
{
    QList<Order> orders = sample::startList();
    OpenOrders model;
    OrdersTable proxy(model);
    model.setSnapshot(orders);
    const Counts counts(proxy);
    orders.remove(2, 2);
    orders.removeAt(0);
    model.setSnapshot(orders);
    QCOMPARE(counts.removed.size(), 2);
    QCOMPARE(counts.structure(), 2);
    orders = sample::startList();
    model.setSnapshot(orders);
    QCOMPARE(counts.inserted.size(), 2);
    QCOMPARE(counts.structure(), 4);
    orders[0].placedAt = orders[0].placedAt.addYears(1);
    model.setSnapshot(orders);
    QCOMPARE(counts.layout.size(), 1);
    QCOMPARE(counts.structure(), 5);
}

QTEST_GUILESS_MAIN(TestOrdersIndex)
#include "tst_ordersindex.moc"
