#include "tests/ui/table/ordersviewtest.h"

#include <QAccessible>
#include <QHeaderView>
#include <QHelpEvent>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestOrdersView : public OrdersViewTest
{
    Q_OBJECT

private slots:
    void namesAndShape();
    void alwaysHasACurrentRow();
    void nextRowBecomesCurrentUnselected();
    void selectionStaysWithItsOrder();
    void keepsTopRow();
    void keepsPlaceInTheMiddleOfARow();
    void sortByHeaderAndKeys();
    void restoresFocus();
    void rowHeights();
    void firstArrowKeySelectsTheCurrentRow();
    void columnsFit();
    void accessibleCells();
    void saysWhereItCancelsAtOnce();
    void hostileTextStaysText();
};

void TestOrdersView::namesAndShape()
{
    QCOMPARE(m_view->objectName(), u"ordersTable"_s);
    QCOMPARE(m_view->accessibleName(), u"Open orders"_s);
    QVERIFY(m_view->verticalHeader()->isHidden());
    QCOMPARE(m_view->selectionMode(), QAbstractItemView::ExtendedSelection);
    QCOMPARE(m_view->rows().rowCount(), 8);
    QCOMPARE(m_view->rows().idAt(0).tail(), u"7715"_s);
    const QStringList names{u"actCancelOrder"_s, u"actDetails"_s, u"actCopyId"_s, u"actCopyRow"_s};
    for (const QString &name : names)
        QVERIFY2(m_view->findChild<QAction *>(name), qPrintable(name));
    QVERIFY(m_view->findChild<QMenu *>(u"orderMenu"_s));
}

void TestOrdersView::alwaysHasACurrentRow()
{
    QVERIFY(!m_view->selection().currentOrder().isEmpty());
    QVERIFY(m_view->selection().selectedOrder().isEmpty());
    m_model->setSnapshot({});
    QVERIFY(!m_view->currentIndex().isValid());
    QVERIFY(m_view->selection().currentOrder().isEmpty());
    m_model->setSnapshot(m_orders);
    QCOMPARE(m_view->currentIndex().row(), 0);
    QVERIFY(m_view->selection().selectedOrder().isEmpty());
}

void TestOrdersView::nextRowBecomesCurrentUnselected()
{
    click("3155", Column::Instrument);
    QCOMPARE(m_view->selection().selectedOrder(), sample::id("3155"));
    QSignalSpy selection(&m_view->selection(), &OrderSelection::changed);
    without("3155");
    QCOMPARE(m_view->selection().currentOrder(), sample::id("7828"));
    QVERIFY(m_view->selection().selectedOrder().isEmpty());
    QVERIFY(!selection.isEmpty());

    // The last one has no next.
    settle();
    click("5620", Column::Instrument);
    without("5620");
    QCOMPARE(m_view->selection().currentOrder(), sample::id("5512"));
    QVERIFY(m_view->selection().selectedOrder().isEmpty());

    // Several at once, the current among them.
    settle();
    click("1947", Column::Instrument);
    m_orders = m_orders.mid(0, 1) + m_orders.mid(3);
    m_model->setSnapshot(m_orders);
    QCOMPARE(m_view->selection().currentOrder(), sample::id("7828"));
    QVERIFY(m_view->selection().selectedOrder().isEmpty());
}

void TestOrdersView::selectionStaysWithItsOrder()
{
    click("3155", Column::Price);
    without("7715");
    QCOMPARE(m_view->selection().selectedOrder(), sample::id("3155"));
    QCOMPARE(m_view->selection().currentOrder(), sample::id("3155"));
    m_view->sortByColumn(Column::Price, Qt::DescendingOrder);
    QCOMPARE(m_view->selection().selectedOrder(), sample::id("3155"));
    QCOMPARE(m_view->selection().currentOrder(), sample::id("3155"));
    for (Order &order : m_orders)
        order.price = Decimal(1);
    m_model->setSnapshot(m_orders);
    QCOMPARE(m_view->selection().selectedOrder(), sample::id("3155"));
    QCOMPARE(m_view->selection().currentOrder(), sample::id("3155"));
}

void TestOrdersView::keepsTopRow()
{
    fill(200);
    m_view->verticalScrollBar()->setValue(50 * 28);
    settle();
    QCOMPARE(m_view->rows().idAt(m_view->rowAt(0)), sample::id("0050"));
    // Above: five go, three older ones come; in sight: one goes.
    m_orders.remove(10, 5);
    without("0053");
    for (int older = 1; older <= 3; ++older) {
        m_orders.append(sample::order(u"900%1"_s.arg(older), u"BTC"_s, PositionSide::Long, PositionEffect::Open,
                                      OrderType::Limit, u"1"_s, u"1"_s, u"1"_s, -older));
    }
    m_model->setSnapshot(m_orders);
    settle();
    QCOMPARE(m_view->rows().idAt(m_view->rowAt(0)), sample::id("0050"));
    QCOMPARE(m_view->rowViewportPosition(m_view->rowAt(0)), 0);

    // Its own disappearance leaves the rows below it where they are.
    without("0050");
    settle();
    QCOMPARE(m_view->rowViewportPosition(m_view->rows().indexOf(sample::id("0051")).row()), 28);
}

void TestOrdersView::keepsPlaceInTheMiddleOfARow()
{
    fill(200);
    m_view->verticalScrollBar()->setValue(50 * 28 + 13);
    settle();
    without("0001");
    settle();
    QCOMPARE(m_view->rowViewportPosition(m_view->rows().indexOf(sample::id("0050")).row()), -13);
    // A row that a new value sorts away takes the view nowhere.
    m_view->sortByColumn(Column::Remaining, Qt::AscendingOrder);
    settle();
    m_view->verticalScrollBar()->setValue(50 * 28 + 13);
    settle();
    const OrderId top = m_view->rows().idAt(m_view->rowAt(0));
    const OrderId second = m_view->rows().idAt(m_view->rowAt(0) + 1);
    for (Order &order : m_orders) {
        if (order.id == top)
            order.remainingQuantity = Decimal(6);
    }
    m_model->setSnapshot(m_orders);
    settle();
    QCOMPARE(m_view->rows().idAt(m_view->rows().rowCount() - 1), top);
    QCOMPARE(m_view->rowViewportPosition(m_view->rows().indexOf(second).row()), 15);
}

void TestOrdersView::sortByHeaderAndKeys()
{
    QHeaderView *header = m_view->horizontalHeader();
    QVERIFY(header->isSortIndicatorShown());
    QCOMPARE(header->sortIndicatorSection(), int(Column::Placed));
    QCOMPARE(header->sortIndicatorOrder(), Qt::AscendingOrder);
    const QPoint price(header->sectionViewportPosition(Column::Price) + 40, header->height() / 2);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, price);
    QCOMPARE(m_view->rows().idAt(0), sample::id("0093"));
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, price);
    QCOMPARE(m_view->rows().idAt(0), sample::id("5512"));

    settle();
    click("2046", Column::Remaining);
    QTest::keyClick(m_view.get(), Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_view->rows().idAt(0), sample::id("0093"));
    QTest::keyClick(m_view.get(), Qt::Key_Up, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_view->rows().idAt(0), sample::id("1947"));
    QCOMPARE(m_view->selection().selectedOrder(), sample::id("2046"));
    m_view->columns().resetColumns();
    QCOMPARE(m_view->rows().idAt(0), sample::id("7715"));
}

void TestOrdersView::restoresFocus()
{
    m_view->clearFocus();
    m_view->restoreFocusTo(sample::id("7828"));
    QVERIFY(m_view->hasFocus());
    QCOMPARE(m_view->selection().currentOrder(), sample::id("7828"));
    QVERIFY(m_view->selection().selectedOrder().isEmpty());

    // Gone: the row that took its place.
    click("3155", Column::Price);
    m_view->clearFocus();
    without("3155");
    m_view->restoreFocusTo(sample::id("3155"));
    QVERIFY(m_view->hasFocus());
    QCOMPARE(m_view->selection().currentOrder(), sample::id("7828"));
    QVERIFY(m_view->selection().selectedOrder().isEmpty());

    // Data that arrives never takes the focus.
    m_view->clearFocus();
    without("7715");
    QVERIFY(!m_view->hasFocus());
}

void TestOrdersView::rowHeights()
{
    for (const auto height :
         {OrdersView::RowHeight::Compact, OrdersView::RowHeight::Roomy, OrdersView::RowHeight::Normal}) {
        m_view->setRowHeight(height);
        QCOMPARE(m_view->rowHeight(0), std::max(int(height), m_view->fontMetrics().height() + 6));
        QCOMPARE(m_view->rowHeight(7), m_view->rowHeight(0));
    }
}

void TestOrdersView::firstArrowKeySelectsTheCurrentRow()
{
    click("3155", Column::Instrument);
    without("3155");
    // The next row is current, and not selected.
    const OrderId next = m_view->selection().currentOrder();
    QVERIFY(!next.isEmpty());
    QVERIFY(m_view->selection().selectedOrder().isEmpty());
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    QCOMPARE(m_view->selection().selectedOrder(), next);
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    QVERIFY(m_view->selection().selectedOrder() != next);
    QTest::keyClick(m_view.get(), Qt::Key_Up);
    QCOMPARE(m_view->selection().selectedOrder(), next);
}

void TestOrdersView::columnsFit()
{
    // At the window's default width nothing needs to scroll, and no cell is cut off.
    for (const int width : {1200, 1400}) {
        m_view->resize(width, 400);
        settle();
        QVERIFY2(m_view->horizontalScrollBar()->maximum() == 0,
                 qPrintable(QString::number(m_view->horizontalScrollBar()->maximum())));
        for (int row = 0; row < 8; ++row) {
            for (int column = 0; column < OrderColumns::ColumnCount; ++column) {
                if (m_view->isColumnHidden(column))
                    continue;
                const QModelIndex index = m_view->rows().index(row, column);
                QStyleOptionViewItem option;
                option.font = m_view->font();
                const int needed = m_view->itemDelegate()->sizeHint(option, index).width();
                QVERIFY2(
                    m_view->columnWidth(column) >= needed,
                    qPrintable(
                        u"%1: %2 < %3"_s.arg(index.data().toString()).arg(m_view->columnWidth(column)).arg(needed)));
            }
        }
    }

    // Not even beside a scroll bar.
    const QList<Order> few = m_orders;
    fill(100);
    m_view->resize(1200, 400);
    settle();
    QVERIFY(m_view->verticalScrollBar()->isVisible());
    QCOMPARE(m_view->horizontalScrollBar()->maximum(), 0);
    m_orders = few;
    m_model->setSnapshot(m_orders);

    // Widths that the user chose stay.
    m_view->setColumnWidth(Column::Type, 200);
    m_view->resize(1250, 400);
    settle();
    QCOMPARE(m_view->columnWidth(Column::Type), 200);
    m_view->horizontalHeader()->moveSection(4, 1);
    m_view->columns().resetColumns();
    QVERIFY(m_view->columnWidth(Column::Type) < 200);
    QCOMPARE(m_view->horizontalHeader()->visualIndex(Column::Price), int(Column::Price));
}

void TestOrdersView::accessibleCells()
{
    QAccessibleInterface *table = QAccessible::queryAccessibleInterface(m_view.get());
    QVERIFY(table);
    QCOMPARE(table->text(QAccessible::Name), u"Open orders"_s);
    QCOMPARE(table->role(), QAccessible::Table);
    QAccessibleTableInterface *cells = table->tableInterface();
    QVERIFY(cells);
    QCOMPARE(cells->rowCount(), 8);
    QCOMPARE(cells->columnCount(), int(OrderColumns::ColumnCount));
    const int row = m_view->rows().indexOf(sample::id("1947")).row();
    const auto name = [&](Column column) { return cells->cellAt(row, column)->text(QAccessible::Name); };
    QCOMPARE(name(Column::State), u"State: Partly filled"_s);
    QCOMPARE(name(Column::Price), u"Price: 64,210.0"_s);
    QCOMPARE(name(Column::Action), u"Cancel order ending 1947"_s);
    m_view->rows().setCancelBlocked(u"Offline"_s);
    QCOMPARE(cells->cellAt(row, Column::Action)->text(QAccessible::Description), u"Offline"_s);
    click("1947", Column::Price);
    QVERIFY(cells->cellAt(row, Column::Price)->state().selected);

    // Rows that come and go leave no stale cells behind.
    without("7715");
    QCOMPARE(cells->rowCount(), 7);
    QCOMPARE(cells->cellAt(0, Column::Id)->text(QAccessible::Name), u"Order ID: …1947"_s);
}

void TestOrdersView::saysWhereItCancelsAtOnce()
{
    QAccessibleTableInterface *cells = QAccessible::queryAccessibleInterface(m_view.get())->tableInterface();
    m_view->rows().setMarks(&ShownOrder::atOnce, [](const Order &order) { return order.id == sample::id("3155"); },
                            {Column::Action});
    const auto action = [this](const char *tail, int role = Qt::DisplayRole) {
        return m_view->rows().indexOf(sample::id(tail), Column::Action).data(role).toString();
    };
    const auto described = [&](const char *tail) {
        const int row = m_view->rows().indexOf(sample::id(tail)).row();
        const QAccessibleInterface *cell = cells->cellAt(row, Column::Action);
        return cell->text(QAccessible::Name) + u": "_s + cell->text(QAccessible::Description);
    };
    QCOMPARE(action("3155"), u"Cancel now"_s);
    QCOMPARE(action("3155", Qt::ToolTipRole), u"Cancels at once (instant cancel)"_s);
    QCOMPARE(described("3155"), u"Cancel order ending 3155: cancels at once (instant cancel)"_s);
    QVERIFY(m_view->rows().shown(m_view->rows().indexOf(sample::id("3155"))).atOnce);
    QCOMPARE(action("1947"), u"Cancel…"_s);
    QCOMPARE(action("1947", Qt::ToolTipRole), u"Cancel this order (asks first)"_s);
    QCOMPARE(described("1947"), u"Cancel order ending 1947: asks first"_s);
    m_view->rows().setMarks(&ShownOrder::atOnce, {}, {Column::Action});
    QCOMPARE(action("3155"), u"Cancel…"_s);
    QVERIFY(!m_view->rows().shown(m_view->rows().indexOf(sample::id("3155"))).atOnce);
}

void TestOrdersView::hostileTextStaysText()
{
    m_orders[0].base.clear();
    m_orders[0].instrument = u"<img src='http://127.0.0.1/x'><b>BTC</b> a very long name that the cell cannot hold"_s;
    m_model->setSnapshot(m_orders);
    const QPoint at = cellCenter("7715", Column::Instrument);
    QHelpEvent event(QEvent::ToolTip, at, m_view->viewport()->mapToGlobal(at));
    QApplication::sendEvent(m_view->viewport(), &event);
    QVERIFY(QToolTip::text().contains(u"&lt;img"_s));
    QVERIFY(!QToolTip::text().contains(u"<img"_s));
    QToolTip::hideText();
}

QTEST_MAIN(TestOrdersView)
#include "tst_ordersview.moc"
