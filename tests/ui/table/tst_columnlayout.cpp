#include "tests/ui/table/ordersviewtest.h"

#include <QFontDatabase>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>

using namespace countermand;
using namespace Qt::StringLiterals;

/// Which columns are shown, where and how wide; as a value, and as the table takes it.
class TestColumnLayout : public OrdersViewTest
{
    Q_OBJECT

private slots:
    void standardHidesTheOptional();
    void textThereAndBack();
    void strangeTexts_data();
    void strangeTexts();
    void tableTakesIt();
    void chooserHides();
    void chooserKeepsWhatMustStay();
    void chosenWidthsStay();
    void actionStaysInSight_data();
    void actionStaysInSight();
    void optionalColumnsSpeak();
    void pricesAndDistance();

private:
    QAction *chooser(Column column) const { return m_view->columns().columnMenu()->actions().at(column); }
    QString cell(const char *tail, Column column) const
    {
        return m_view->rows().indexOf(sample::id(tail), column).data().toString();
    }
};

void TestColumnLayout::standardHidesTheOptional()
{
    for (const auto &[column, hidden] : ColumnLayout::standard().places) {
        QCOMPARE(hidden, column > Column::Action);
        QCOMPARE(m_view->isColumnHidden(column), hidden);
    }
}

void TestColumnLayout::textThereAndBack()
{
    ColumnLayout layout = ColumnLayout::standard();
    QCOMPARE(ColumnLayout::fromText(layout.toText()), layout);
    layout.places.move(Column::Price, 0);
    layout.places.move(Column::FullId, 5);
    layout.places[5].hidden = false;
    layout.places.last().hidden = false;
    layout.sortedBy = Column::Value;
    layout.order = Qt::DescendingOrder;
    for (int column = 0; column < Column::ColumnCount; ++column)
        layout.widths.append(30 + column);
    QCOMPARE(ColumnLayout::fromText(layout.toText()), layout);
}

void TestColumnLayout::strangeTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("no parts") << u"state side"_s;
    QTest::newRow("nothing known") << u"moon; sun-; 1 2 3"_s;
    QTest::newRow("bad widths") << u"; placed+; 28 99999999999"_s;
    QTest::newRow("widths out of range") << u"; placed+;"_s + u" 1"_s.repeated(Column::ColumnCount);
    QTest::newRow("hides what must stay") << u"-state -instrument -side; placed+; "_s;
    QTest::newRow("named twice") << u"state state -state instrument; placed+; "_s;
    QTest::newRow("controls") << QString(QChar(0)) + u";\n;\t"_s;
}

void TestColumnLayout::strangeTexts()
{
    QFETCH(const QString, text);
    QCOMPARE(ColumnLayout::fromText(text), ColumnLayout::standard());
}

void TestColumnLayout::tableTakesIt()
{
    ColumnLayout layout = ColumnLayout::standard();
    layout.places.move(Column::Price, 1);
    layout.places[4].hidden = true; // Type
    layout.sortedBy = Column::Price;
    layout.order = Qt::DescendingOrder;
    m_view->columns().setColumnLayout(layout);
    QCOMPARE(m_view->columns().columnLayout(), layout);
    QCOMPARE(m_view->horizontalHeader()->logicalIndex(1), int(Column::Price));
    QVERIFY(m_view->isColumnHidden(Column::Type));
    QCOMPARE(m_view->rows().idAt(1), sample::id("2046"));

    QSignalSpy changed(&m_view->columns(), &OrdersHeader::columnsChanged);
    m_view->columns().resetColumns();
    QCOMPARE(m_view->columns().columnLayout(), ColumnLayout::standard());
    QVERIFY(!changed.isEmpty());
}

void TestColumnLayout::chooserHides()
{
    QSignalSpy changed(&m_view->columns(), &OrdersHeader::columnsChanged);
    QVERIFY(chooser(Column::Filled)->isChecked());
    chooser(Column::Filled)->trigger();
    QVERIFY(m_view->isColumnHidden(Column::Filled));
    chooser(Column::Leverage)->trigger();
    QVERIFY(!m_view->isColumnHidden(Column::Leverage));
    QVERIFY(m_view->columnWidth(Column::Leverage) >= 60);
    QCOMPARE(changed.size(), 2);
    QVERIFY(!m_view->columns().showsPrices());
    chooser(Column::Distance)->trigger();
    QVERIFY(m_view->columns().showsPrices());
}

void TestColumnLayout::chooserKeepsWhatMustStay()
{
    for (const Column column : {Column::State, Column::Instrument, Column::Side, Column::Action}) {
        QVERIFY(!chooser(column)->isEnabled());
        QVERIFY(chooser(column)->isChecked());
    }
}

void TestColumnLayout::chosenWidthsStay()
{
    m_view->setColumnWidth(Column::Price, 150);
    const ColumnLayout chosen = m_view->columns().columnLayout();
    QCOMPARE(chosen.widths.at(Column::Price), 150);
    m_view->columns().resetColumns();
    QVERIFY(m_view->columns().columnLayout().widths.isEmpty());
    m_view->columns().setColumnLayout(chosen);
    QCOMPARE(m_view->columnWidth(Column::Price), 150);
    m_view->resize(900, 400);
    settle();
    QCOMPARE(m_view->columnWidth(Column::Price), 150);
    QCOMPARE(ColumnLayout::fromText(chosen.toText()), chosen);
}

void TestColumnLayout::actionStaysInSight_data()
{
    QTest::addColumn<QString>("family");
    QTest::addColumn<int>("roomForPlaced");
    // The tests bring the first; what is known of it to the pixel isn't asked of the others.
    QTest::newRow("DejaVu Sans") << u"DejaVu Sans"_s << 1200;
    for (const char *family : {"Noto Sans", "Roboto", "Cantarell"})
        QTest::newRow(family) << QString::fromLatin1(family) << 0;
}

void TestColumnLayout::actionStaysInSight()
{
    QFETCH(const QString, family);
    QFETCH(const int, roomForPlaced);
    if (!QFontDatabase::hasFamily(family)) {
        QVERIFY2(roomForPlaced == 0, "fonts-dejavu-core is not installed");
        QSKIP("not installed");
    }
    QFont font = m_view->font();
    font.setFamily(family);
    m_view->setFont(font);
    m_view->horizontalHeader()->setFont(font);
    bool wasHidden = true;
    for (const int width : {880, 940, 1000, 1100, 1200, 1600}) {
        m_view->resize(width, 400);
        settle();
        QCOMPARE(m_view->horizontalScrollBar()->maximum(), 0);
        QVERIFY(m_view->columnWidth(Column::Action) >= 80);
        // What is left out for want of room is still wanted.
        QCOMPARE(m_view->columns().columnLayout(), ColumnLayout::standard());
        for (const Column column : {Column::Instrument, Column::Side, Column::Price, Column::Remaining, Column::Age})
            QVERIFY(!m_view->isColumnHidden(column));
        const bool hidden = m_view->isColumnHidden(Column::Placed);
        QVERIFY2(wasHidden || !hidden, "more room hides nothing");
        QVERIFY(width != 880 || hidden);
        QVERIFY(width != 1600 || !hidden);
        if (roomForPlaced > 0)
            QCOMPARE(hidden, width < roomForPlaced);
        wasHidden = hidden;
    }
}

void TestColumnLayout::optionalColumnsSpeak()
{
    QCOMPARE(cell("1947", Column::FullId), sample::id("1947").text());
    QCOMPARE(cell("1947", Column::Leverage), u"—"_s);
    QCOMPARE(cell("1947", Column::Value), u"—"_s);
    m_orders[1].leverage = Decimal(20);
    m_orders[1].marginMode = MarginMode::Cross;
    m_orders[1].margin = Decimal::fromText(u"1234.50");
    m_orders[1].lotSize = Decimal::fromText(u"0.001");
    m_orders[1].source = u"api"_s;
    m_orders[1].clientOrderId = u"mine-7"_s;
    m_orders[1].triggerPrice = Decimal(70000);
    m_orders[1].updatedAt = m_orders[1].placedAt;
    m_model->setSnapshot(m_orders);
    QCOMPARE(cell("1947", Column::Leverage), u"20x"_s);
    QCOMPARE(cell("1947", Column::MarginModeColumn), u"Cross"_s);
    QCOMPARE(cell("1947", Column::Margin), u"1,234.50"_s);
    QCOMPARE(cell("1947", Column::Value), u"192.6300"_s); // 3 x 0.001 x 64210.0, every digit
    QCOMPARE(cell("1947", Column::Source), u"api"_s);
    QCOMPARE(cell("1947", Column::ClientId), u"mine-7"_s);
    QCOMPARE(cell("1947", Column::TriggerPrice), u"70,000"_s);
    QCOMPARE(cell("1947", Column::Updated), cell("1947", Column::Placed));
}

void TestColumnLayout::pricesAndDistance()
{
    QHash<QString, Decimal> prices{{u"BTC"_s, Decimal(64210)}, {u"ETH"_s, Decimal(3000)}};
    const auto priceOf = [&prices](const Order &order) {
        return prices.contains(order.base) ? std::optional(prices.value(order.base)) : std::nullopt;
    };
    m_view->rows().setPriceSource(priceOf);
    QCOMPARE(cell("1947", Column::LastPrice), u"64,210"_s);
    QCOMPARE(cell("1947", Column::Distance), u"0.00 %"_s);
    QCOMPARE(cell("7715", Column::Distance), u"+3.47 %"_s);
    QCOMPARE(cell("5620", Column::Distance), u"—"_s);
    QCOMPARE(cell("5512", Column::Distance), u"—"_s);

    m_view->sortByColumn(Column::Distance, Qt::AscendingOrder);
    QCOMPARE(m_view->rows().idAt(0), sample::id("3155"));
    QSignalSpy changes(&m_view->rows(), &OrdersTable::dataChanged);
    m_view->rows().setPriceSource(priceOf);
    QCOMPARE(changes.size(), 0);
    prices[u"ETH"_s] = Decimal(10000);
    m_view->rows().setPriceSource(priceOf);
    QVERIFY(!changes.isEmpty());
    QCOMPARE(m_view->rows().idAt(0), sample::id("7715"));
    QCOMPARE(cell("7715", Column::Distance), u"-68.96 %"_s);
}

QTEST_MAIN(TestColumnLayout)
#include "tst_columnlayout.moc"
