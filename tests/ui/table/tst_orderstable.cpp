#include "domain/qtversions.h"
#include "tests/support/waiting.h"
#include "tests/ui/sampleorders.h"
#include "ui/table/cellflash.h"
#include "ui/table/orderstable.h"
#include "ui/words/orderwords.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

using Column = OrderColumns::Column;

class TestOrdersTable : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void words_data();
    void words();
    void exactDigits();
    void accessibleTexts();
    void toolTips();
    void headers();
    void alignment();
    void blocked();
    void oldestOnTop();
    void sorting_data();
    void sorting();
    void absentComesLast();
    void equalOrdersStandById();
    void resortsOnChange();
    void agesAnnounceOnlyThemselves();
    void placedChangeAnnouncesAge();
    void ofManyChangesOnlyTheCellsThatChangedAreMeasured();
    void flashes();
    void flashesEnd();
    void flashIsOff();

private:
    QString cell(const char *tail, Column column, int role = Qt::DisplayRole) const
    {
        return m_proxy->data(m_proxy->indexOf(sample::id(tail), column), role).toString();
    }
    QStringList tails() const
    {
        QStringList all;
        for (int row = 0; row < m_proxy->rowCount(); ++row)
            all.append(m_proxy->idAt(row).tail());
        return all;
    }
    void change(const char *tail, const std::function<void(Order &)> &edit)
    {
        for (Order &order : m_orders) {
            if (order.id == sample::id(tail))
                edit(order);
        }
        m_model->setSnapshot(m_orders);
    }

    QList<Order> m_orders;
    std::unique_ptr<OpenOrders> m_model;
    std::unique_ptr<OrdersTable> m_proxy;
    const QDateTime m_now{QDate(2026, 3, 4), QTime(14, 6, 22), inUtc};
};

void TestOrdersTable::init()
{
    m_orders = sample::startList();
    m_model = std::make_unique<OpenOrders>();
    m_proxy = std::make_unique<OrdersTable>(*m_model);
    m_proxy->setNow(m_now);
    m_model->setSnapshot(m_orders);
}

void TestOrdersTable::cleanup()
{
    m_proxy.reset();
    m_model.reset();
}

void TestOrdersTable::words_data()
{
    QTest::addColumn<QByteArray>("tail");
    QTest::addColumn<QStringList>("texts");
    QTest::newRow("partly filled")
        << QByteArray("1947")
        << QStringList{
               u"Partly filled"_s, u"BTC-USDT"_s, u"▲ Open long"_s, u"Limit"_s, u"64,210.0"_s, u"3 of 5 cont."_s,
               u"40 %"_s,          u"66,000.0"_s, u"—"_s,           u"—"_s,     u"—"_s,        u"—"_s,
               QString(),          QString(),     u"4 min"_s,       u"…1947"_s};
    QTest::newRow("small price") << QByteArray("0093")
                                 << QStringList{u"Open"_s,
                                                u"1000PEPE-USDT"_s,
                                                u"▼ Open short"_s,
                                                u"Limit"_s,
                                                u"0.0071230"_s,
                                                u"2,500 of 2,500 cont."_s,
                                                u"0 %"_s,
                                                u"—"_s,
                                                u"—"_s,
                                                u"—"_s,
                                                u"—"_s,
                                                u"—"_s,
                                                QString(),
                                                QString(),
                                                u"3 min"_s,
                                                u"…0093"_s};
    QTest::newRow("protective") << QByteArray("5512")
                                << QStringList{u"Open"_s,
                                               u"SOL-USDT"_s,
                                               u"▼ Close long"_s,
                                               u"Trailing stop"_s,
                                               u"—"_s,
                                               u"20 of 20 cont."_s,
                                               u"0 %"_s,
                                               u"—"_s,
                                               u"—"_s,
                                               u"—"_s,
                                               u"—"_s,
                                               u"—"_s,
                                               QString(),
                                               QString(),
                                               u"3 min"_s,
                                               u"…5512"_s};
}

void TestOrdersTable::words()
{
    QFETCH(const QByteArray, tail);
    QFETCH(const QStringList, texts);
    for (int column = 0; column <= Column::Id; ++column) {
        if (!texts.at(column).isEmpty())
            QCOMPARE(cell(tail.constData(), Column(column)), texts.at(column));
    }
    const Order *order = m_model->find(sample::id(tail.constData()));
    QCOMPARE(cell(tail.constData(), Column::Placed), placedText(*order));
    QCOMPARE(cell(tail.constData(), Column::Action), u"Cancel…"_s);
}

void TestOrdersTable::exactDigits()
{
    change("3155", [](Order &order) { order.price = Decimal::fromText(u"95400.10"); });
    QCOMPARE(cell("3155", Column::Price), u"95,400.10"_s);
    change("3155", [](Order &order) { order.price = Decimal::fromText(u"0.0000123"); });
    QCOMPARE(cell("3155", Column::Price), u"0.0000123"_s);
}

void TestOrdersTable::accessibleTexts()
{
    const auto text = [this](Column column) { return cell("1947", column, Qt::AccessibleTextRole); };
    QCOMPARE(text(Column::State), u"State: Partly filled"_s);
    QCOMPARE(text(Column::Instrument), u"Instrument: BTC-USDT"_s);
    QCOMPARE(text(Column::Side), u"Side: ▲ Open long"_s);
    QCOMPARE(text(Column::Price), u"Price: 64,210.0"_s);
    QCOMPARE(text(Column::Remaining), u"Remaining: 3 of 5 cont."_s);
    QCOMPARE(text(Column::Filled), u"Filled: 40 %"_s);
    QCOMPARE(text(Column::TakeProfit), u"TP: 66,000.0"_s);
    QCOMPARE(text(Column::StopLoss), u"SL: —"_s);
    QCOMPARE(text(Column::Age), u"Age: 4 min"_s);
    QCOMPARE(text(Column::Id), u"Order ID: …1947"_s);
    QCOMPARE(text(Column::Action), u"Cancel order ending 1947"_s);
    QCOMPARE(cell("1947", Column::Id, Qt::AccessibleDescriptionRole), u"P-33308741700001947"_s);
    m_model->setStage(sample::id("1947"), CancelStage::Sending);
    QCOMPARE(text(Column::Action), u"Action: Canceling…"_s);
    QCOMPARE(text(Column::State), u"State: Canceling… · Partly filled"_s);
}

void TestOrdersTable::toolTips()
{
    const auto tip = [this](Column column) { return cell("1947", column, Qt::ToolTipRole); };
    QCOMPARE(tip(Column::State), u"Partly filled"_s);
    m_model->setRefusedHere(sample::id("1947"), true);
    const QString refused = u"CoinW refused to cancel this"_s;
    QCOMPARE(tip(Column::State), u"Partly filled\n"_s + refused);
    QCOMPARE(cell("1947", Column::State, Qt::AccessibleDescriptionRole), refused);
    m_model->setRefusedHere(sample::id("1947"), false);
    QCOMPARE(tip(Column::State), u"Partly filled"_s);
    QCOMPARE(cell("1947", Column::State, Qt::AccessibleDescriptionRole), QString());
    QCOMPARE(tip(Column::Instrument), u"BTC"_s);
    QCOMPARE(tip(Column::Side), u"Buy"_s);
    QCOMPARE(tip(Column::Filled), u"2 of 5 cont. filled"_s);
    QCOMPARE(tip(Column::Remaining), QString());
    m_model->setInstruments({{u"BTC"_s, {u"BTC"_s, u"BTC"_s, u"USDT"_s, 1, Decimal::fromText(u"0.001"), {}}}});
    QCOMPARE(tip(Column::Remaining), u"0.003 BTC"_s);
    QCOMPARE(tip(Column::Id), u"P-33308741700001947"_s);
    QCOMPARE(tip(Column::Action), u"Cancel this order (asks first)"_s);
    QVERIFY(tip(Column::Placed).contains(u"2026-03-04 14:02:21 UTC"_s));
    QVERIFY(tip(Column::Placed).startsWith(cell("1947", Column::Placed)));
    QCOMPARE(cell("5512", Column::Side, Qt::ToolTipRole), u"Sell"_s);

    m_model->setStage(sample::id("1947"), CancelStage::Sending);
    QCOMPARE(tip(Column::Action), u"Already being canceled (it can still fill)"_s);
    m_model->setStage(sample::id("1947"), CancelStage::Waiting);
    QCOMPARE(tip(Column::Action), u"Already being canceled"_s);
    m_model->setStage(sample::id("1947"), CancelStage::UnknownUnresolved);
    QCOMPARE(tip(Column::Action), u"Result still unknown"_s);
}

void TestOrdersTable::headers()
{
    QStringList shown;
    QStringList names;
    for (int column = 0; column <= Column::Id; ++column) {
        shown.append(m_proxy->headerData(column, Qt::Horizontal).toString());
        names.append(m_proxy->headerData(column, Qt::Horizontal, Qt::AccessibleTextRole).toString());
    }
    QStringList expected{u"State"_s,    u"Instrument"_s, u"Side"_s, u"Type"_s,     u"Price"_s,      u"Remaining"_s,
                         u"Filled"_s,   u"TP"_s,         u"SL"_s,   u"Distance"_s, u"Last price"_s, u"Value"_s,
                         u"Position"_s, u"Placed"_s,     u"Age"_s,  u"Order ID"_s};
    QCOMPARE(names, expected);
    // The unit stands in the header alone.
    expected[Column::Value] = u"Value (USDT)"_s;
    QCOMPARE(shown, expected);
}

void TestOrdersTable::alignment()
{
    for (int column = 0; column < OrderColumns::ColumnCount; ++column) {
        const int flags = m_proxy->index(0, column).data(Qt::TextAlignmentRole).toInt();
        QCOMPARE(m_proxy->headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).toInt(), flags);
        const bool right =
            QList{Column::Price,      Column::Remaining, Column::Filled, Column::Age,        Column::TriggerPrice,
                  Column::Leverage,   Column::Margin,    Column::Value,  Column::LastPrice,  Column::Distance,
                  Column::TakeProfit, Column::StopLoss,  Column::Entry,  Column::Unrealized, Column::Liquidation}
                .contains(column);
        QCOMPARE((flags & (Qt::AlignRight | Qt::AlignAbsolute)) == (Qt::AlignRight | Qt::AlignAbsolute), right);
    }
}

void TestOrdersTable::blocked()
{
    QSignalSpy changes(m_proxy.get(), &OrdersTable::dataChanged);
    m_proxy->setCancelBlocked(u"Offline"_s);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(changes.at(0).at(0).toModelIndex(), m_proxy->index(0, Column::Action));
    QCOMPARE(changes.at(0).at(1).toModelIndex(), m_proxy->index(7, Column::Action));
    QCOMPARE(cell("1947", Column::Action, Qt::ToolTipRole), u"Offline"_s);
    QCOMPARE(cell("1947", Column::Action, Qt::AccessibleDescriptionRole), u"Offline"_s);
    QCOMPARE(cell("1947", Column::Action, Qt::AccessibleTextRole), u"Cancel order ending 1947"_s);
    m_proxy->setCancelBlocked(u"Offline"_s);
    QCOMPARE(changes.size(), 1);
    m_proxy->setCancelBlocked({});
    QCOMPARE(cell("1947", Column::Action, Qt::AccessibleDescriptionRole), u"asks first"_s);
}

void TestOrdersTable::oldestOnTop()
{
    QCOMPARE(tails(),
             (QStringList{u"7715"_s, u"1947"_s, u"2046"_s, u"3155"_s, u"7828"_s, u"0093"_s, u"5512"_s, u"5620"_s}));
    // A new order appends at the end, an older one goes to the top.
    m_orders.append(m_orders.at(0));
    m_orders.last().id = sample::id("9001");
    m_orders.last().placedAt = m_now;
    m_orders.append(m_orders.at(0));
    m_orders.last().id = sample::id("9002");
    m_orders.last().placedAt = m_now.addDays(-1);
    m_model->setSnapshot(m_orders);
    QCOMPARE(tails().constLast(), u"9001"_s);
    QCOMPARE(tails().constFirst(), u"9002"_s);
}

void TestOrdersTable::sorting_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("ascending");
    QTest::newRow("state") << int(Column::State) << u"0093 2046 3155 5512 5620 7715 7828 1947"_s;
    QTest::newRow("instrument") << int(Column::Instrument) << u"0093 1947 2046 3155 7715 7828 5512 5620"_s;
    QTest::newRow("side") << int(Column::Side) << u"5512 1947 3155 5620 7715 0093 2046 7828"_s;
    QTest::newRow("price") << int(Column::Price) << u"0093 5620 7715 7828 3155 1947 2046 5512"_s;
    QTest::newRow("remaining") << int(Column::Remaining) << u"1947 7828 5620 7715 3155 2046 5512 0093"_s;
    QTest::newRow("filled") << int(Column::Filled) << u"0093 2046 3155 5512 5620 7715 7828 1947"_s;
    QTest::newRow("placed") << int(Column::Placed) << u"7715 1947 2046 3155 7828 0093 5512 5620"_s;
    QTest::newRow("age") << int(Column::Age) << u"5620 5512 0093 7828 3155 2046 1947 7715"_s;
    QTest::newRow("id") << int(Column::Id) << u"0093 1947 2046 3155 5512 5620 7715 7828"_s;
}

void TestOrdersTable::sorting()
{
    QFETCH(const int, column);
    QFETCH(const QString, ascending);
    m_proxy->sort(column, Qt::AscendingOrder);
    QCOMPARE(tails().join(u' '), ascending);
    m_proxy->sort(column, Qt::DescendingOrder);
    QStringList reversed = ascending.split(u' ');
    std::reverse(reversed.begin(), reversed.end());
    QCOMPARE(tails(), reversed);
}

void TestOrdersTable::absentComesLast()
{
    change("1947", [](Order &order) {
        order.price.reset();
        order.marketPrice = true;
        order.placedAt = {};
        order.remainingQuantity.reset();
        order.quantity.reset();
    });
    m_proxy->sort(Column::Price);
    QCOMPARE(tails().mid(6), (QStringList{u"1947"_s, u"5512"_s})); // Market, then no price at all
    for (const Column column : {Column::Placed, Column::Age, Column::Remaining, Column::Filled}) {
        m_proxy->sort(column);
        QCOMPARE(tails().constLast(), u"1947"_s);
    }
}

void TestOrdersTable::equalOrdersStandById()
{
    for (Order &order : m_orders)
        order.placedAt = m_now;
    m_model->setSnapshot(m_orders);
    const QStringList byId{u"0093"_s, u"1947"_s, u"2046"_s, u"3155"_s, u"5512"_s, u"5620"_s, u"7715"_s, u"7828"_s};
    QCOMPARE(tails(), byId);
    // Whatever came and went.
    m_model->setSnapshot(m_orders.mid(3, 2));
    m_model->setSnapshot(m_orders);
    QCOMPARE(tails(), byId);

    // Ids are text: 9 stands before 10, as a shorter number does.
    for (const auto &[index, text] : {std::pair{0, u"10"_s}, std::pair{1, u"9"_s},
                                      std::pair{2, u"9223372036854775807"_s}, std::pair{3, u"33308749002645666"_s}})
        m_orders[index].id = OrderId(text);
    m_model->setSnapshot(m_orders.mid(0, 4));
    QCOMPARE(tails(), (QStringList{u"9"_s, u"10"_s, u"5666"_s, u"5807"_s}));
}

void TestOrdersTable::resortsOnChange()
{
    QAbstractItemModelTester tester(m_proxy.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_proxy->sort(Column::Remaining);
    const QPersistentModelIndex kept = m_proxy->indexOf(sample::id("0093"));
    change("0093", [](Order &order) {
        order.remainingQuantity = Decimal::fromText(u"0.5");
        order.filledQuantity = Decimal::fromText(u"2499.5");
    });
    QCOMPARE(tails().constFirst(), u"0093"_s);
    QCOMPARE(kept.row(), 0);
    QCOMPARE(cell("0093", Column::Filled), u"99 %"_s);
}

void TestOrdersTable::agesAnnounceOnlyThemselves()
{
    QSignalSpy changes(m_proxy.get(), &OrdersTable::dataChanged);
    m_proxy->setNow(m_now);
    QCOMPARE(changes.size(), 0);
    // One second on, …1947 is 4 min 2 s old: still "4 min".
    m_proxy->setNow(m_now.addSecs(1));
    QCOMPARE(changes.size(), 0);

    // 9 s on, …2046 turns from 3 min 51 s to 4 min; nobody else changes words.
    m_proxy->setNow(m_now.addSecs(9));
    QCOMPARE(changes.size(), 1);
    const auto first = changes.at(0).at(0).toModelIndex();
    QCOMPARE(first, changes.at(0).at(1).toModelIndex());
    QCOMPARE(first, m_proxy->indexOf(sample::id("2046"), Column::Age));

    // Neighbors together, others left out.
    changes.clear();
    m_proxy->setNow(m_now.addSecs(39));
    QCOMPARE(changes.size(), 2);
    QCOMPARE(changes.at(0).at(1).toModelIndex(), m_proxy->indexOf(sample::id("7715"), Column::Age));
    QCOMPARE(changes.at(1).at(0).toModelIndex(), m_proxy->indexOf(sample::id("3155"), Column::Age));
    QCOMPARE(changes.at(1).at(1).toModelIndex(), m_proxy->indexOf(sample::id("0093"), Column::Age));
}

void TestOrdersTable::placedChangeAnnouncesAge()
{
    QSignalSpy changes(m_proxy.get(), &OrdersTable::dataChanged);
    change("5620", [this](Order &order) { order.placedAt = m_now.addSecs(-5); });
    bool announced = false;
    for (const auto &signal : std::as_const(changes))
        announced = announced || signal.at(1).toModelIndex().column() == Column::Age;
    QVERIFY(announced);
    QCOMPARE(cell("5620", Column::Age), u"5 s"_s);
}

void TestOrdersTable::ofManyChangesOnlyTheCellsThatChangedAreMeasured()
{
    QList<Order> orders;
    for (int i = 0; i < 300; ++i) {
        Order order = m_orders.at(0);
        order.id = OrderId(QString::number(1000 + i));
        order.placedAt = m_now.addDays(i);
        orders.append(order);
    }
    m_model->setSnapshot(orders);
    QSignalSpy ranges(m_proxy.get(), &OrdersTable::dataChanged);
    QSignalSpy texts(m_proxy.get(), &OrdersTable::textsChanged);
    QSet<int> expected;
    for (int i = 5; i < 300; i += 29) {
        orders[i].price = Decimal(i);
        expected.insert(m_proxy->indexOf(orders.at(i).id).row());
    }
    m_model->setSnapshot(orders);
    // The view is told of one range of rows, which costs it less; what measures texts, of each.
    for (const auto &range : std::as_const(ranges))
        QVERIFY(range.at(1).toModelIndex().row() - range.at(0).toModelIndex().row() > 200);
    QSet<int> told;
    for (const auto &text : std::as_const(texts)) {
        QCOMPARE(text.at(0), text.at(1));
        QVERIFY(text.at(2).toInt() <= text.at(3).toInt());
        told.insert(text.at(0).toInt());
    }
    QCOMPARE(told, expected);
    QVERIFY(std::any_of(texts.cbegin(), texts.cend(), [](const auto &text) {
        return text.at(2).toInt() <= int(Column::Price) && text.at(3).toInt() >= int(Column::Price);
    }));
}

void TestOrdersTable::flashes()
{
    const auto flash = [this](const char *tail, Column column) {
        return m_proxy->flash().of(sample::id(tail), column);
    };
    using Direction = CellFlash::Direction;
    QVERIFY(!flash("3155", Column::Remaining));
    QSignalSpy changed(&m_proxy->flash(), &CellFlash::changed);
    change("3155", [](Order &order) {
        order.remainingQuantity = Decimal(8);
        order.filledQuantity = Decimal(2);
    });
    QCOMPARE(flash("3155", Column::Remaining), std::optional(Direction::Down));
    QCOMPARE(flash("3155", Column::Filled), std::optional(Direction::Up));
    QVERIFY(!flash("3155", Column::Price));
    QVERIFY(!flash("2046", Column::Remaining));
    QCOMPARE(changed.size(), 2);

    // Other digits of the same value: changed, neither up nor down.
    change("3155", [](Order &order) { order.price = Decimal::fromText(u"63500.00"); });
    QCOMPARE(flash("3155", Column::Price), std::optional(Direction::Other));
    change("3155", [](Order &order) { order.price.reset(); });
    QCOMPARE(flash("3155", Column::Price), std::optional(Direction::Other));

    // New orders and stages don't flash; an order that left takes its flash along.
    m_model->setStage(sample::id("2046"), CancelStage::Sending);
    QVERIFY(!flash("2046", Column::Remaining));
    const QList<Order> all = m_orders;
    m_model->setSnapshot({});
    m_model->setSnapshot(all);
    QVERIFY(!flash("3155", Column::Price));
}

void TestOrdersTable::flashesEnd()
{
    change("3155", [](Order &order) { order.price = Decimal(1); });
    change("2046", [](Order &order) { order.price = Decimal(1); });
    QTRY_VERIFY(!m_proxy->flash().of(sample::id("3155"), Column::Price));
    QTRY_VERIFY(!m_proxy->flash().of(sample::id("2046"), Column::Price));
}

void TestOrdersTable::flashIsOff()
{
    change("3155", [](Order &order) { order.price = Decimal(1); });
    m_proxy->flash().setEnabled(false);
    QVERIFY(!m_proxy->flash().of(sample::id("3155"), Column::Price));
    change("3155", [](Order &order) { order.price = Decimal(2); });
    QVERIFY(!m_proxy->flash().of(sample::id("3155"), Column::Price));
    m_proxy->flash().setEnabled(true);
    change("3155", [](Order &order) { order.price = Decimal(1); });
    QCOMPARE(m_proxy->flash().of(sample::id("3155"), Column::Price), std::optional(CellFlash::Direction::Down));
}

QTEST_GUILESS_MAIN(TestOrdersTable)
#include "tst_orderstable.moc"
