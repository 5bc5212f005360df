#include "tests/ui/table/ordersviewtest.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestAccessibleOrders : public OrdersViewTest
{
    Q_OBJECT

private slots:
    void cellsStayWithTheirOrder();
    void theButtonCanBePressed();
};

void TestAccessibleOrders::cellsStayWithTheirOrder()
{
    QAccessibleInterface *table = QAccessible::queryAccessibleInterface(m_view.get());
    QAccessibleTableInterface *cells = table->tableInterface();
    // One row and one column more than the cells: headers.
    QCOMPARE(table->childCount(), 9 * (int(OrderColumns::ColumnCount) + 1));
    for (int number = 0; number < table->childCount(); ++number) {
        QAccessibleInterface *child = table->child(number);
        QVERIFY(child && child->isValid());
        QCOMPARE(table->indexOfChild(child), number);
        QCOMPARE(child->parent(), table);
    }
    QAccessibleInterface *header = table->child(Column::Price + 1);
    QCOMPARE(header->role(), QAccessible::ColumnHeader);
    QCOMPARE(header->text(QAccessible::Name), u"Price"_s);
    QVERIFY(!header->state().invisible && !header->rect().isEmpty());

    const auto rowOf = [&](const char *tail) { return m_view->rows().indexOf(sample::id(tail)).row(); };
    QAccessibleInterface *cell = cells->cellAt(rowOf("2046"), Column::Id);
    QCOMPARE(cell->tableCellInterface()->columnHeaderCells(), {table->child(Column::Id + 1)});
    m_view->sortByColumn(Column::Id, Qt::DescendingOrder);
    QCOMPARE(cell->text(QAccessible::Name), u"Order ID: …2046"_s);
    QCOMPARE(cell->tableCellInterface()->rowIndex(), rowOf("2046"));
    QCOMPARE(cells->cellAt(rowOf("2046"), Column::Id), cell);
    const QPoint center = cell->rect().center();
    QCOMPARE(table->childAt(center.x(), center.y()), cell);
    QVERIFY(cells->selectRow(rowOf("2046")));
    QVERIFY(cell->state().selected);
    QCOMPARE(cells->selectedRows(), QList<int>{rowOf("2046")});
    // Of an order that has gone nothing can be asked.
    without("2046");
    m_view->rows().applyWaiting();
    QCOMPARE(table->childCount(), 8 * (int(OrderColumns::ColumnCount) + 1));
    QVERIFY(cells->selectedRows().isEmpty());
}

void TestAccessibleOrders::theButtonCanBePressed()
{
    QAccessibleTableInterface *cells = QAccessible::queryAccessibleInterface(m_view.get())->tableInterface();
    const int row = m_view->rows().indexOf(sample::id("3155")).row();
    QAccessibleInterface *button = cells->cellAt(row, Column::Action);
    QAccessibleActionInterface *actions = button->actionInterface();
    QVERIFY(actions);
    QCOMPARE(actions->actionNames(), (QStringList{u"Press"_s, u"Toggle"_s}));
    QCOMPARE(cells->cellAt(row, Column::Price)->actionInterface()->actionNames(), QStringList{u"Toggle"_s});

    QSignalSpy asked(m_view.get(), &OrdersView::questionRequested);
    QSignalSpy clicked(m_view.get(), &OrdersView::cancelRequested);
    actions->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.at(0).at(0).value<OrderId>(), sample::id("3155"));
    // With instant cancel, too, it asks.
    m_view->rows().setMarks(&ShownOrder::atOnce, [](const Order &) { return true; }, {Column::Action});
    actions->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(asked.size(), 2);
    QVERIFY(clicked.isEmpty());
    actions->doAction(QAccessibleActionInterface::toggleAction());
    QVERIFY(button->state().selected);
    actions->doAction(QAccessibleActionInterface::toggleAction());
    QVERIFY(!button->state().selected);
    m_view->rows().setCancelBlocked(u"Offline"_s);
    actions->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(asked.size(), 2);
}

QTEST_MAIN(TestAccessibleOrders)
#include "tst_accessibleorders.moc"
