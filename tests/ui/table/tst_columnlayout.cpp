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
    void standardOrder();
    void standardHidesTheOptional();
    void textThereAndBack();
    void strangeTexts_data();
    void strangeTexts();
    void textsOfEarlierVersions();
    void tableTakesIt();
    void chooserHides();
    void chooserKeepsWhatMustStay();
    void chosenWidthsStay();
    void actionStaysLast();
    void narrowWindowsLeaveColumnsOut_data();
    void narrowWindowsLeaveColumnsOut();
    void contentMakesColumnsWider();
    void whereNothingHelpsItScrolls();
    void optionalColumnsSpeak();
    void pricesAndDistance();

private:
    QAction *chooser(Column column) const { return m_view->columns().columnMenu()->actions().at(column); }
    QString cell(const char *tail, Column column) const
    {
        return m_view->rows().indexOf(sample::id(tail), column).data().toString();
    }
};

void TestColumnLayout::standardOrder()
{
    m_view->resize(3000, 400);
    settle();
    const QHeaderView *header = m_view->horizontalHeader();
    QStringList names;
    for (int place = 0; place < header->count(); ++place) {
        if (!header->isSectionHidden(header->logicalIndex(place)))
            names.append(OrderColumns::nameOf(header->logicalIndex(place)));
    }
    QCOMPARE(names.join(u'|'), u"State|Instrument|Side|Type|Price|Remaining|Filled|TP|SL|Distance|Last price|Value|"
                               "Position|Placed|Age|Order ID|Action"_s);
}

void TestColumnLayout::standardHidesTheOptional()
{
    m_view->resize(3000, 400);
    settle();
    for (const auto &[column, hidden] : ColumnLayout::standard().places) {
        QCOMPARE(hidden, column >= Column::TriggerPrice && column < Column::Action);
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
    layout.sortedBy = Column::Value;
    layout.order = Qt::DescendingOrder;
    layout.widths = {{Column::Price, 150}, {Column::FullId, 31}};
    QCOMPARE(ColumnLayout::fromText(layout.toText()), layout);
}

void TestColumnLayout::strangeTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("no parts") << u"state side"_s;
    QTest::newRow("nothing known") << u"moon; sun-; 1 2 3"_s;
    QTest::newRow("bad widths") << u"; placed+; 28 99999999999"_s;
    QTest::newRow("widths out of range") << u"; placed+;"_s + u" 1"_s.repeated(23);
    QTest::newRow("strange widths") << u"; placed+; price:1 moon:100 type:x :50 side:"_s;
    QTest::newRow("hides what must stay") << u"-state -instrument -side; placed+; "_s;
    QTest::newRow("named twice") << u"state state -state instrument; placed+; "_s;
    QTest::newRow("controls") << QString(QChar(0)) + u";\n;\t"_s;
}

void TestColumnLayout::strangeTexts()
{
    QFETCH(const QString, text);
    QCOMPARE(ColumnLayout::fromText(text), ColumnLayout::standard());
}

void TestColumnLayout::textsOfEarlierVersions()
{
    // As version 0.4 wrote it: take profit and stop loss in one column, what could be asked for behind Action.
    const QString text = u"state side instrument type price tpsl remaining -filled placed age id action -trigger "
                         "leverage -marginmode -margin value -source -clientid -fullid -updated -lastprice "
                         "distance; tpsl-; "
                         "28 116 112 104 150 144 84 136 148 80 92 104 112 84 104 112 128 84 132 164 148 112 92"_s;
    const ColumnLayout layout = ColumnLayout::fromText(text);
    QStringList words;
    for (const auto &[column, hidden] : layout.places)
        words.append((hidden ? u"-"_s : QString()) + OrderColumns::at(column).word);
    QCOMPARE(words.join(u' '), u"state side instrument type price tp sl remaining -filled placed age id -trigger "
                               "leverage -marginmode -margin value -source -clientid -fullid -updated -lastprice "
                               "distance position -entry -unrealized -liquidation action"_s);
    QCOMPARE(layout.sortedBy, Column::TakeProfit);
    QCOMPARE(layout.order, Qt::DescendingOrder);
    QCOMPARE(layout.widths.value(Column::Price), 150);
    QCOMPARE(layout.widths.value(Column::Distance), 92);
    QVERIFY(!layout.widths.contains(Column::TakeProfit));

    // What it doesn't name comes before Action, as the standard has it; what was hidden as one is hidden as two.
    const ColumnLayout older = ColumnLayout::fromText(u"state instrument side price -tpsl action type; placed+; "_s);
    words.clear();
    for (const auto &[column, hidden] : older.places)
        words.append((hidden ? u"-"_s : QString()) + OrderColumns::at(column).word);
    QCOMPARE(words.join(u' '),
             u"state instrument side price -tp -sl type remaining filled distance lastprice value "
             "position placed age id -trigger -leverage -marginmode -margin -source -clientid -fullid "
             "-updated -entry -unrealized -liquidation action"_s);
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
    QVERIFY(m_view->columns().showsPrices());
    chooser(Column::Distance)->trigger();
    chooser(Column::LastPrice)->trigger();
    QVERIFY(!m_view->columns().showsPrices());
    // Nor while the window has no room for them, unless the rows stand in their order.
    m_view->columns().resetColumns();
    QVERIFY(m_view->columns().showsPrices());
    m_view->resize(600, 400);
    settle();
    QVERIFY(!m_view->columns().showsPrices());
    m_view->sortByColumn(Column::Distance, Qt::AscendingOrder);
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
    QCOMPARE(chosen.widths, (QMap<Column, int>{{Column::Price, 150}}));
    m_view->columns().resetColumns();
    QVERIFY(m_view->columns().columnLayout().widths.isEmpty());
    m_view->columns().setColumnLayout(chosen);
    QCOMPARE(m_view->columnWidth(Column::Price), 150);
    m_view->resize(900, 400);
    settle();
    QCOMPARE(m_view->columnWidth(Column::Price), 150);
    QCOMPARE(ColumnLayout::fromText(chosen.toText()), chosen);
}

void TestColumnLayout::actionStaysLast()
{
    QHeaderView *header = m_view->horizontalHeader();
    const auto last = [header] { return header->logicalIndex(header->count() - 1); };
    header->moveSection(header->visualIndex(Column::Action), 2);
    QCOMPARE(last(), int(Column::Action));
    header->moveSection(3, header->count() - 1);
    QCOMPARE(last(), int(Column::Action));
    QCOMPARE(header->visualIndex(Column::Type), header->count() - 2);
    ColumnLayout layout = ColumnLayout::standard();
    layout.places.move(Column::Action, 0);
    m_view->columns().setColumnLayout(layout);
    QCOMPARE(last(), int(Column::Action));
    // Nor does it follow the pointer.
    const int y = header->height() / 2;
    const QPoint action(header->sectionViewportPosition(Column::Action) + 40, y);
    QTest::mousePress(header->viewport(), Qt::LeftButton, {}, action);
    QVERIFY(!header->sectionsMovable());
    QTest::mouseRelease(header->viewport(), Qt::LeftButton, {}, action);
    const QPoint price(header->sectionViewportPosition(Column::Price) + 40, y);
    QTest::mousePress(header->viewport(), Qt::LeftButton, {}, price);
    QVERIFY(header->sectionsMovable());
    QTest::mouseRelease(header->viewport(), Qt::LeftButton, {}, price);
}

void TestColumnLayout::narrowWindowsLeaveColumnsOut_data()
{
    QTest::addColumn<QString>("family");
    for (const char *family : {"DejaVu Sans", "Noto Sans", "Roboto", "Cantarell"})
        QTest::newRow(family) << QString::fromLatin1(family);
}

void TestColumnLayout::narrowWindowsLeaveColumnsOut()
{
    QFETCH(const QString, family);
    if (!QFontDatabase::hasFamily(family))
        QSKIP("not installed");
    QFont font = m_view->font();
    font.setFamily(family);
    m_view->setFont(font);
    m_view->horizontalHeader()->setFont(font);
    const QStringList leave{u"Last price"_s, u"Value"_s,    u"Age"_s, u"Placed"_s, u"Position"_s, u"Filled"_s,
                            u"Order ID"_s,   u"Distance"_s, u"TP"_s,  u"SL"_s,     u"Type"_s};
    qsizetype before = leave.size();
    for (int width = 620; width < 2600; width += 10) {
        m_view->resize(width, 400);
        settle();
        QCOMPARE(m_view->horizontalScrollBar()->maximum(), 0);
        QCOMPARE(m_view->horizontalHeader()->length(), m_view->viewport()->width());
        // What is left out for want of room is still wanted.
        QCOMPARE(m_view->columns().columnLayout(), ColumnLayout::standard());
        QStringList left = m_view->columns().leftOut();
        QVERIFY2(left.size() <= before, "more room hides nothing");
        before = left.size();
        QStringList first = leave.first(left.size());
        left.sort();
        first.sort();
        QCOMPARE(left, first);
        for (int row = 0; row < m_view->rows().rowCount(); ++row) {
            for (int column = 0; column < Column::ColumnCount; ++column) {
                QStyleOptionViewItem option;
                option.font = m_view->font();
                const QModelIndex index = m_view->rows().index(row, column);
                if (!m_view->isColumnHidden(column))
                    QVERIFY2(m_view->columnWidth(column) >= m_view->itemDelegate()->sizeHint(option, index).width(),
                             qPrintable(index.data().toString()));
            }
        }
    }
    QCOMPARE(before, 0);
    // The first to come back in a window as the program opens it is what a trader decides by.
    m_view->resize(1200, 400);
    settle();
    QVERIFY(!m_view->columns().leftOut().contains(u"SL"_s));
}

void TestColumnLayout::contentMakesColumnsWider()
{
    m_view->resize(1400, 400);
    settle();
    const auto cut = [this](Column column) {
        QStyleOptionViewItem option;
        option.font = m_view->font();
        const QModelIndex index = m_view->rows().indexOf(sample::id("2046"), column);
        return m_view->columnWidth(column) < m_view->itemDelegate()->sizeHint(option, index).width();
    };
    m_orders[2].price = Decimal::fromText(u"0.000000012345678");
    m_orders[2].stopLossPrice = Decimal::fromText(u"1234567.89012345");
    m_orders[2].quantity = m_orders[2].remainingQuantity = Decimal(123456789);
    m_orders[2].base = u"1000000BABYDOGE"_s;
    m_model->setSnapshot(m_orders);
    settle();
    for (const Column column : {Column::Instrument, Column::Price, Column::StopLoss, Column::Remaining})
        QVERIFY2(!cut(column), qPrintable(OrderColumns::nameOf(column)));
    QCOMPARE(m_view->horizontalHeader()->length(), m_view->viewport()->width());
    const int wide = m_view->columnWidth(Column::Price);
    m_orders[2].price = Decimal(1);
    m_model->setSnapshot(m_orders);
    settle();
    QCOMPARE(m_view->columnWidth(Column::Price), wide);
    // A number is whole, whatever width was chosen for its column.
    m_view->setColumnWidth(Column::StopLoss, 30);
    QVERIFY(!cut(Column::StopLoss));
    m_view->setColumnWidth(Column::Instrument, 60);
    QVERIFY(cut(Column::Instrument));
}

void TestColumnLayout::whereNothingHelpsItScrolls()
{
    m_view->resize(300, 400);
    settle();
    QVERIFY(m_view->horizontalScrollBar()->maximum() > 0);
    QCOMPARE(m_view->columns().leftOut().size(), 11);
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
    QCOMPARE(cell("1947", Column::Value), u"192.63"_s); // 3 x 0.001 x 64210.0
    const auto header = [this] { return m_view->rows().headerData(Column::Value, Qt::Horizontal).toString(); };
    QCOMPARE(header(), u"Value (USDT)"_s);
    m_orders[1].lotSize = Decimal::fromText(u"0.00000001");
    m_orders[2].lotSize = Decimal::fromText(u"0.001");
    m_orders[2].quote = u"USDC"_s;
    m_model->setSnapshot(m_orders);
    QCOMPARE(header(), u"Value"_s);
    QCOMPARE(cell("1947", Column::Value), u"<0.01 USDT"_s);
    QCOMPARE(cell("2046", Column::Value), u"791.77 USDC"_s);
    QCOMPARE(cell("3155", Column::Value), u"—"_s);
    m_orders[2].quote = u"USDT"_s;
    m_model->setSnapshot(m_orders);
    QCOMPARE(header(), u"Value (USDT)"_s);
    QCOMPARE(cell("2046", Column::Value), u"791.77"_s);
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

    QCOMPARE(cell("3155", Column::Distance), u"−1.11 %"_s);

    // Nearest first, above or below.
    m_view->sortByColumn(Column::Distance, Qt::AscendingOrder);
    for (const auto &[row, tail] : {std::pair(0, "1947"), {1, "3155"}, {2, "2046"}, {3, "7715"}, {4, "7828"}})
        QCOMPARE(m_view->rows().idAt(row), sample::id(tail));
    QSignalSpy changes(&m_view->rows(), &OrdersTable::dataChanged);
    m_view->rows().setPriceSource(priceOf);
    QCOMPARE(changes.size(), 0);
    prices[u"ETH"_s] = Decimal(10000);
    m_view->rows().setPriceSource(priceOf);
    QVERIFY(!changes.isEmpty());
    QCOMPARE(m_view->rows().idAt(4), sample::id("7715"));
    QCOMPARE(cell("7715", Column::Distance), u"−68.96 %"_s);
}

QTEST_MAIN(TestColumnLayout)
#include "tst_columnlayout.moc"
