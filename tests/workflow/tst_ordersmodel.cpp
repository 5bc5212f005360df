#include "domain/qtversions.h"
#include "workflow/ordersmodel.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

using Column = OrdersModel::Column;

Order orderOf(const QString &id, const QString &filled = u"0"_s)
{
    Order order;
    order.id = OrderId(id);
    order.instrument = u"BTC"_s;
    order.type = OrderType::Limit;
    order.price = Decimal::fromText(u"95400.10");
    order.quantity = Decimal(5);
    order.filledQuantity = Decimal::fromText(filled);
    order.remainingQuantity = order.quantity->minus(*order.filledQuantity);
    return order;
}

QList<Order> ordersOf(const QStringList &ids)
{
    QList<Order> orders;
    for (const QString &id : ids)
        orders.append(orderOf(id));
    return orders;
}

QStringList idsOf(const OrdersModel &model)
{
    QStringList ids;
    for (int row = 0; row < model.rowCount(); ++row)
        ids.append(model.rowAt(row).order.id.text());
    return ids;
}

/// Follows a model by its signals alone, as a view does: what it holds must equal what the model holds.
class Follower : public QObject
{
public:
    explicit Follower(OrdersModel &model) : m_model(model)
    {
        connect(&model, &OrdersModel::rowsInserted, this, [this](const QModelIndex &, int first, int last) {
            for (int row = first; row <= last; ++row)
                m_rows.insert(row, m_model.rowAt(row));
        });
        connect(&model, &OrdersModel::rowsRemoved, this,
                [this](const QModelIndex &, int first, int last) { m_rows.remove(first, last - first + 1); });
        connect(&model, &OrdersModel::dataChanged, this, [this](const QModelIndex &first, const QModelIndex &last) {
            for (int row = first.row(); row <= last.row(); ++row) {
                const QList<Column> needed = OrdersModel::changedColumns(m_rows.at(row), m_model.rowAt(row));
                m_needless = m_needless || needed.isEmpty();
                m_columns.append({row, first.column(), last.column()});
            }
        });
        connect(&model, &OrdersModel::modelReset, this, [this] { m_reset = true; });
        connect(&model, &OrdersModel::layoutChanged, this, [this] { m_reset = true; });
    }

    /// Takes over announced changes; true if nothing differs from the model and nothing was announced in vain.
    bool agrees()
    {
        if (m_reset || m_needless || m_rows.size() != m_model.rowCount())
            return false;
        for (int row = 0; row < m_rows.size(); ++row) {
            QList<Column> changed = OrdersModel::changedColumns(m_rows.at(row), m_model.rowAt(row));
            for (const Announced &announced : m_columns) {
                if (announced.row == row)
                    changed.removeIf([&](Column c) { return c >= announced.first && c <= announced.last; });
            }
            if (!changed.isEmpty() || m_rows.at(row).order.id != m_model.rowAt(row).order.id)
                return false;
        }
        accept();
        return true;
    }

    void accept()
    {
        m_rows.clear();
        for (int row = 0; row < m_model.rowCount(); ++row)
            m_rows.append(m_model.rowAt(row));
        m_columns.clear();
    }

private:
    struct Announced {
        int row;
        int first;
        int last;
    };
    OrdersModel &m_model;
    QList<OrderRow> m_rows;
    QList<Announced> m_columns;
    bool m_needless = false;
    bool m_reset = false;
};

} // namespace

class TestOrdersModel : public QObject
{
    Q_OBJECT

private slots:
    void snapshots_data();
    void snapshots();
    void identicalSnapshotIsSilent();
    void announcesRuns();
    void changedColumns_data();
    void changedColumns();
    void findsByExactId();
    void stageIsKept();
    void anOrderThatIsListedAgainIsOpen();
    void aRowInDoubtStaysUntilItsEndIsKnown();
    void stageAnnouncesItsCells();
    void clearForgets();
    void instrumentsDescribeEveryRow();
    void randomPairs();
};

void TestOrdersModel::snapshots_data()
{
    QTest::addColumn<QStringList>("before");
    QTest::addColumn<QStringList>("after");
    const QStringList none;
    const QStringList three{u"b"_s, u"d"_s, u"f"_s};
    QTest::newRow("nothing to nothing") << none << none;
    QTest::newRow("first orders") << none << three;
    QTest::newRow("all gone") << three << none;
    QTest::newRow("same") << three << three;
    QTest::newRow("other order") << three << QStringList{u"f"_s, u"b"_s, u"d"_s};
    QTest::newRow("one in front") << three << QStringList{u"a"_s, u"b"_s, u"d"_s, u"f"_s};
    QTest::newRow("one between") << three << QStringList{u"b"_s, u"c"_s, u"d"_s, u"f"_s};
    QTest::newRow("one behind") << three << QStringList{u"b"_s, u"d"_s, u"f"_s, u"g"_s};
    QTest::newRow("first gone") << three << QStringList{u"d"_s, u"f"_s};
    QTest::newRow("middle gone") << three << QStringList{u"b"_s, u"f"_s};
    QTest::newRow("last gone") << three << QStringList{u"b"_s, u"d"_s};
    QTest::newRow("all replaced, before") << three << QStringList{u"a1"_s, u"a2"_s};
    QTest::newRow("all replaced, behind") << three << QStringList{u"x"_s, u"y"_s};
    QTest::newRow("all replaced, between") << three << QStringList{u"a"_s, u"c"_s, u"e"_s, u"g"_s};
    QTest::newRow("swap") << QStringList{u"a"_s} << QStringList{u"b"_s};
}

void TestOrdersModel::snapshots()
{
    QFETCH(const QStringList, before);
    QFETCH(QStringList, after);
    OrdersModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    Follower follower(model);
    model.setSnapshot(ordersOf(before));
    QVERIFY(follower.agrees());
    model.setSnapshot(ordersOf(after));
    after.sort();
    QCOMPARE(idsOf(model), after);
    QVERIFY(follower.agrees());
}

void TestOrdersModel::identicalSnapshotIsSilent()
{
    OrdersModel model;
    model.setSnapshot(ordersOf({u"1"_s, u"2"_s, u"3"_s}));
    QSignalSpy changes(&model, &OrdersModel::dataChanged);
    QSignalSpy insertions(&model, &OrdersModel::rowsInserted);
    QSignalSpy removals(&model, &OrdersModel::rowsRemoved);
    model.setSnapshot(ordersOf({u"3"_s, u"1"_s, u"2"_s}));
    QCOMPARE(changes.size() + insertions.size() + removals.size(), 0);
}

void TestOrdersModel::announcesRuns()
{
    // Neighbors come and go together: one signal each.
    OrdersModel model;
    model.setSnapshot(ordersOf({u"1"_s, u"5"_s, u"6"_s, u"7"_s, u"9"_s}));
    QSignalSpy insertions(&model, &OrdersModel::rowsInserted);
    QSignalSpy removals(&model, &OrdersModel::rowsRemoved);
    model.setSnapshot(ordersOf({u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"9"_s}));
    QCOMPARE(insertions.size(), 1);
    QCOMPARE(removals.size(), 1);
}

void TestOrdersModel::changedColumns_data()
{
    QTest::addColumn<OrderRow>("after");
    QTest::addColumn<QList<Column>>("columns");
    const OrderRow base{orderOf(u"1"_s, u"2"_s), {}};
    const auto row = [&base](const char *name, const QList<Column> &columns, auto change) {
        OrderRow after = base;
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
    row("take profit", {Column::Price, Column::TakeProfitStopLoss},
        [&](OrderRow &r) { r.order.takeProfitPrice = number("66000.0"); });
    row("stop loss", {Column::Price, Column::TakeProfitStopLoss},
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
    row("value", {Column::Remaining, Column::Value}, [&](OrderRow &r) { r.order.lotSize = number("0.001"); });
}

void TestOrdersModel::changedColumns()
{
    QFETCH(const OrderRow, after);
    QFETCH(const QList<Column>, columns);
    const OrderRow before{orderOf(u"1"_s, u"2"_s), {}};
    QCOMPARE(OrdersModel::changedColumns(before, after), columns);
    QCOMPARE(OrdersModel::changedColumns(after, before), columns);

    OrdersModel model;
    model.setSnapshot({before.order});
    QSignalSpy changes(&model, &OrdersModel::dataChanged);
    model.setSnapshot({after.order});
    QList<Column> ofOrder = columns;
    if (after.stage)
        ofOrder.clear();
    QCOMPARE(changes.size(), ofOrder.isEmpty() ? 0 : 1);
    if (!ofOrder.isEmpty()) {
        QCOMPARE(changes.at(0).at(0).toModelIndex().column(), int(ofOrder.constFirst()));
        QCOMPARE(changes.at(0).at(1).toModelIndex().column(), int(ofOrder.constLast()));
    }
    // The model holds the newest facts even where the table shows none of them.
    QVERIFY(model.rowAt(0).order == after.order);
}

void TestOrdersModel::findsByExactId()
{
    OrdersModel model;
    model.setSnapshot(ordersOf({u"9223372036854775807"_s, u"33308749002645666"_s, u"33308749002645667"_s, u"1"_s}));
    QCOMPARE(model.rowCount(), 4);
    QVERIFY(model.find(OrderId(u"33308749002645666"_s)));
    QCOMPARE(model.rowAt(model.rowOf(OrderId(u"33308749002645667"_s))).order.id.tail(), u"5667"_s);
    QCOMPARE(model.rowOf(OrderId(u"33308749002645668"_s)), -1);
    QCOMPARE(model.rowOf(OrderId(u"01"_s)), -1);
    QCOMPARE(model.rowOf(OrderId()), -1);
    QVERIFY(!model.find(OrderId(u"0"_s)));
    QVERIFY(!model.find(OrderId(u"zzz"_s)));
    QCOMPARE(model.columnCount(), int(OrdersModel::ColumnCount));
    QCOMPARE(model.rowCount(model.index(0, 0)), 0);
}

void TestOrdersModel::stageIsKept()
{
    OrdersModel model;
    const OrderId id(u"2"_s);
    model.setStage(id, CancelStage::UnknownChecking); // not listed yet
    QCOMPARE(model.stageOf(id), std::optional(CancelStage::UnknownChecking));
    model.setSnapshot(ordersOf({u"1"_s, u"2"_s}));
    QCOMPARE(model.rowAt(1).stage, std::optional(CancelStage::UnknownChecking));
    QVERIFY(!model.rowAt(0).stage);

    model.setSnapshot({orderOf(u"2"_s, u"3"_s)});
    QCOMPARE(model.rowAt(0).stage, std::optional(CancelStage::UnknownChecking));
    model.setSnapshot({});
    model.setSnapshot(ordersOf({u"2"_s}));
    QCOMPARE(model.rowAt(0).stage, std::optional(CancelStage::UnknownChecking));

    model.setStage(id, {});
    QVERIFY(!model.stageOf(id));
    QVERIFY(!model.rowAt(0).stage);
}

void TestOrdersModel::anOrderThatIsListedAgainIsOpen()
{
    const OrderId id(u"2"_s);
    OrdersModel model;
    model.setSnapshot(ordersOf({u"1"_s, u"2"_s}));
    model.setStage(id, CancelStage::Accepted);
    model.setSnapshot(ordersOf({u"1"_s}));
    QCOMPARE(model.stageOf(id), std::optional(CancelStage::Accepted));
    model.setStage(id, CancelStage::Canceled);
    model.setSnapshot(ordersOf({u"1"_s, u"2"_s}));
    QVERIFY(!model.rowAt(1).stage);

    model.setStage(id, CancelStage::Rejected);
    model.setSnapshot(ordersOf({u"1"_s, u"2"_s}));
    QCOMPARE(model.rowAt(1).stage, std::optional(CancelStage::Rejected));
    model.setSnapshot({});
    model.setSnapshot(ordersOf({u"2"_s}));
    QVERIFY(!model.rowAt(0).stage);
}

void TestOrdersModel::aRowInDoubtStaysUntilItsEndIsKnown()
{
    const OrderId id(u"2"_s);
    OrdersModel model;
    model.setSnapshot(ordersOf({u"1"_s, u"2"_s, u"3"_s}));
    QSignalSpy removals(&model, &OrdersModel::rowsRemoved);
    model.setStage(id, CancelStage::Sending);
    model.setSnapshot(ordersOf({u"1"_s, u"3"_s}));
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.listedCount(), 2);
    model.setStage(id, CancelStage::UnknownChecking);
    model.setSnapshot(ordersOf({u"1"_s, u"3"_s}));
    QCOMPARE(removals.size(), 0);

    model.setSnapshot(ordersOf({u"1"_s, u"2"_s, u"3"_s}));
    QCOMPARE(model.listedCount(), 3);
    model.setSnapshot(ordersOf({u"1"_s, u"3"_s}));
    model.setStage(id, CancelStage::UnknownCanceled);
    QCOMPARE(removals.size(), 1);
    QCOMPARE(model.rowOf(id), -1);
    QCOMPARE(model.listedCount(), 2);

    model.setStage(OrderId(u"3"_s), CancelStage::Accepted);
    model.setSnapshot(ordersOf({u"1"_s}));
    QCOMPARE(model.rowCount(), 1);
}

void TestOrdersModel::stageAnnouncesItsCells()
{
    OrdersModel model;
    model.setSnapshot(ordersOf({u"1"_s, u"2"_s}));
    QSignalSpy changes(&model, &OrdersModel::dataChanged);
    model.setStage(OrderId(u"2"_s), CancelStage::Sending);
    QCOMPARE(changes.size(), 2);
    for (const auto &change : std::as_const(changes)) {
        const auto first = change.at(0).toModelIndex();
        QCOMPARE(first, change.at(1).toModelIndex());
        QCOMPARE(first.row(), 1);
        QVERIFY(first.column() == Column::State || first.column() == Column::Action);
    }
    model.setStage(OrderId(u"2"_s), CancelStage::Sending);
    model.setStage(OrderId(u"7"_s), CancelStage::Sending);
    QCOMPARE(changes.size(), 2);
}

void TestOrdersModel::clearForgets()
{
    OrdersModel model;
    QSignalSpy resets(&model, &OrdersModel::modelReset);
    model.setSnapshot(ordersOf({u"1"_s, u"2"_s}));
    model.setStage(OrderId(u"1"_s), CancelStage::Rejected);
    model.clear();
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!model.stageOf(OrderId(u"1"_s)));
    QCOMPARE(resets.size(), 0);
}

void TestOrdersModel::instrumentsDescribeEveryRow()
{
    OrdersModel model;
    QList<Order> orders = ordersOf({u"a"_s, u"b"_s});
    orders[1].instrument = u"NEWCOIN"_s;
    model.setSnapshot(orders);
    Follower follower(model);
    follower.accept();
    const InstrumentTable known{{u"BTC"_s, {u"BTC"_s, u"BTC"_s, u"USDT"_s, 3, Decimal::fromText(u"0.001"), {}}}};
    model.setInstruments(known);
    QVERIFY(follower.agrees());
    QCOMPARE(instrumentText(model.rowAt(0).order), u"BTC-USDT"_s);
    QCOMPARE(model.rowAt(0).order.price->toText(), u"95400.100"_s);
    QCOMPARE(instrumentText(model.rowAt(1).order), u"NEWCOIN"_s);
    QCOMPARE(model.rowAt(1).order.price->toText(), u"95400.10"_s);

    // The next list, and the same facts again, change nothing; a new order comes described.
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.setSnapshot(orders);
    model.setInstruments(known);
    QCOMPARE(changes.size(), 0);
    model.setSnapshot(orders + ordersOf({u"c"_s}));
    QCOMPARE(model.rowAt(2).order.lotSize->toText(), u"0.001"_s);
}

void TestOrdersModel::randomPairs()
{
    QRandomGenerator random(42);
    OrdersModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    Follower follower(model);
    for (int round = 0; round < 400; ++round) {
        QList<Order> orders;
        const int most = int(random.bounded(30));
        for (int number = 0; number < 30; ++number) {
            if (int(random.bounded(30)) < most)
                orders.append(orderOf(QString::number(number), QString::number(random.bounded(3))));
        }
        std::shuffle(orders.begin(), orders.end(), random);

        QHash<OrderId, QPersistentModelIndex> kept;
        for (int row = 0; row < model.rowCount(); ++row)
            kept.insert(model.rowAt(row).order.id, model.index(row, int(random.bounded(OrdersModel::ColumnCount))));

        if (random.bounded(3) == 0)
            model.setStage(OrderId(QString::number(random.bounded(30))),
                           random.bounded(2) ? std::optional(CancelStage::Accepted) : std::nullopt);
        QVERIFY(follower.agrees());
        model.setSnapshot(orders);
        QVERIFY2(follower.agrees(), qPrintable(u"round %1"_s.arg(round)));

        std::sort(orders.begin(), orders.end(), [](const Order &a, const Order &b) { return a.id < b.id; });
        QCOMPARE(model.rowCount(), int(orders.size()));
        for (int row = 0; row < model.rowCount(); ++row) {
            QVERIFY(model.rowAt(row).order == orders.at(row));
            QCOMPARE(model.rowAt(row).stage, model.stageOf(orders.at(row).id));
            QCOMPARE(model.rowOf(orders.at(row).id), row);
        }
        // Persistent indexes, which selections are made of, stay with their orders.
        for (auto it = kept.cbegin(); it != kept.cend(); ++it)
            QCOMPARE(it->isValid() ? it->row() : -1, model.rowOf(it.key()));
    }
}

QTEST_GUILESS_MAIN(TestOrdersModel)
#include "tst_ordersmodel.moc"
