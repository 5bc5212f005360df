#include "tests/support/waiting.h"
#include "tests/ui/table/ordersviewtest.h"

#include <QMouseEvent>
#include <QScrollBar>
#include <QSignalSpy>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// The list never moves under the pointer (docs/design.md, Rows and the pointer).
class TestOrdersGuard : public OrdersViewTest
{
    Q_OBJECT

private slots:
    void nothingMovesUnderThePointer();
    void whatBelongsBelowIsAdded();
    void cellsStillChange();
    void buttonDownHolds();
    void navigationHoldsForAMoment();
    void restingLetsGo();
    void instantCancelNeverLetsGoByRest();
    void clickOnTheChipApplies();
    void sortAndFilterComeThrough();
    void goneRowsCannotBeCanceled();
    void canceledRowStaysAsCanceled();
    void returningOrderIsNoLongerGone();
    void hidingLetsGo();

private:
    QList<std::pair<OrderId, int>> seen() const
    {
        QList<std::pair<OrderId, int>> rows;
        for (int row = m_view->rowAt(0); row >= 0 && row < m_view->rows().rowCount(); ++row) {
            if (m_view->rowViewportPosition(row) >= m_view->viewport()->height())
                break;
            rows.append({m_view->rows().idAt(row), m_view->rowViewportPosition(row)});
        }
        return rows;
    }
    QString action(const char *tail) const
    {
        return m_view->rows().indexOf(sample::id(tail), Column::Action).data().toString();
    }
    QString state(const char *tail) const
    {
        return m_view->rows().indexOf(sample::id(tail), Column::State).data().toString();
    }
};

void TestOrdersGuard::nothingMovesUnderThePointer()
{
    fill(40);
    m_view->verticalScrollBar()->setValue(280);
    settle();
    pointerOver(cellCenter("0015", Column::Price));
    QSignalSpy waiting(&m_view->rows(), &OrdersTable::waitingCountChanged);
    const auto before = seen();
    QVERIFY(before.size() > 10);

    // Ten leave, five come above the others.
    QList<Order> orders = m_orders;
    for (int number = 0; number < 10; ++number)
        orders.removeAt(12 - number / 2);
    for (int number = 0; number < 5; ++number) {
        orders.append(m_orders.constFirst());
        orders.last().id = sample::id(qPrintable(u"800%1"_s.arg(number)));
        orders.last().placedAt = orders.last().placedAt.addSecs(-10 - number);
    }
    m_model->setSnapshot(orders);
    QCoreApplication::processEvents();
    QCOMPARE(seen(), before);
    QCOMPARE(m_view->rows().waitingCount(), 15);
    QCOMPARE(waiting.constLast().at(0).toInt(), 15);
    QCOMPARE(m_view->rows().shownCount(), 30);
    QCOMPARE(m_view->rows().rowCount(), 40);

    pointerLeaves();
    QCoreApplication::processEvents();
    QCOMPARE(m_view->rows().waitingCount(), 0);
    QCOMPARE(waiting.constLast().at(0).toInt(), 0);
    QCOMPARE(m_view->rows().rowCount(), 35);
    QCOMPARE(m_view->rows().idAt(0), sample::id("8004"));
}

void TestOrdersGuard::whatBelongsBelowIsAdded()
{
    pointerOver(cellCenter("1947", Column::Price));
    m_orders.append(m_orders.constLast());
    m_orders.last().id = sample::id("9001");
    m_orders.last().placedAt = m_orders.last().placedAt.addSecs(5);
    m_model->setSnapshot(m_orders);
    QCOMPARE(m_view->rows().rowCount(), 9);
    QCOMPARE(m_view->rows().idAt(8), sample::id("9001"));
    QCOMPARE(m_view->rows().waitingCount(), 0);
    pointerLeaves();
    QCOMPARE(m_view->rows().idAt(8), sample::id("9001"));
}

void TestOrdersGuard::cellsStillChange()
{
    m_view->sortByColumn(Column::Price, Qt::AscendingOrder);
    pointerOver(cellCenter("1947", Column::Price));
    const auto before = seen();
    m_orders[1].price = Decimal(1);
    m_model->setSnapshot(m_orders);
    QCOMPARE(m_view->rows().indexOf(sample::id("1947"), Column::Price).data().toString(), u"1"_s);
    QCOMPARE(seen(), before);
    QCOMPARE(m_view->rows().waitingCount(), 1);
    pointerLeaves();
    QCOMPARE(m_view->rows().idAt(1), sample::id("1947"));
}

void TestOrdersGuard::buttonDownHolds()
{
    QSignalSpy asked(m_view.get(), &OrdersView::cancelRequested);
    const QPoint at = cellCenter("5620", Column::Action);
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, at);
    m_time += 1min;
    without("1947");
    QCOMPARE(m_view->rows().rowCount(), 8);
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.at(0).at(0).value<OrderId>(), sample::id("5620"));
}

void TestOrdersGuard::navigationHoldsForAMoment()
{
    QTest::keyClick(m_view.get(), Qt::Key_Down);
    without("1947");
    QCOMPARE(m_view->rows().rowCount(), 8);
    m_time += 600ms;
    QTRY_COMPARE(m_view->rows().rowCount(), 7);
}

void TestOrdersGuard::restingLetsGo()
{
    pointerOver(cellCenter("1947", Column::Price));
    without("2046");
    QCOMPARE(m_view->rows().rowCount(), 8);
    // The same place again is no move.
    m_time += 4990ms;
    pointerOver(cellCenter("1947", Column::Price));
    QCOMPARE(m_view->rows().rowCount(), 8);
    m_time += 10ms;
    QTRY_COMPARE(m_view->rows().rowCount(), 7);
    without("3155");
    QCOMPARE(m_view->rows().rowCount(), 6);
    pointerOver(cellCenter("1947", Column::Price) + QPoint(1, 0));
    without("7828");
    QCOMPARE(m_view->rows().rowCount(), 6);
}

void TestOrdersGuard::instantCancelNeverLetsGoByRest()
{
    m_view->setInstantCancel(true);
    pointerOver(cellCenter("1947", Column::Price));
    without("2046");
    m_time += 1h;
    pointerOver(cellCenter("1947", Column::Price));
    QCOMPARE(m_view->rows().rowCount(), 8);
    pointerLeaves();
    QCOMPARE(m_view->rows().rowCount(), 7);
}

void TestOrdersGuard::clickOnTheChipApplies()
{
    pointerOver(cellCenter("1947", Column::Price));
    without("2046");
    without("3155");
    QCOMPARE(m_view->rows().waitingCount(), 2);
    m_view->rows().applyWaiting();
    QCOMPARE(m_view->rows().rowCount(), 6);
    QCOMPARE(m_view->rows().waitingCount(), 0);
    // The pointer is still there.
    without("7828");
    QCOMPARE(m_view->rows().rowCount(), 6);
}

void TestOrdersGuard::sortAndFilterComeThrough()
{
    pointerOver(cellCenter("1947", Column::Price));
    without("2046");
    m_view->sortByColumn(Column::Price, Qt::AscendingOrder);
    QCOMPARE(m_view->rows().idAt(0), sample::id("0093"));
    QCOMPARE(m_view->rows().rowCount(), 7);
    m_view->setFilter(OrderFilter::parse(u"btc"_s).filter);
    QCOMPARE(m_view->rows().rowCount(), 2);
}

void TestOrdersGuard::goneRowsCannotBeCanceled()
{
    QSignalSpy asked(m_view.get(), &OrdersView::cancelRequested);
    QSignalSpy details(m_view.get(), &OrdersView::detailsRequested);
    pointerOver(cellCenter("1947", Column::Price));
    without("1947");
    QCOMPARE(action("1947"), u"Gone"_s);
    QCOMPARE(state("1947"), u"Gone"_s);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, cellCenter("1947", Column::Action));
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, cellCenter("1947", Column::Price));
    QCOMPARE(asked.size(), 0);
    QCOMPARE(details.size(), 0);
    m_view->selectOrder(sample::id("1947"));
    QVERIFY(!cancelAction()->isEnabled());
    QVERIFY(!m_view->selection().blockedReason().isEmpty());
}

void TestOrdersGuard::canceledRowStaysAsCanceled()
{
    pointerOver(cellCenter("1947", Column::Price));
    m_model->setStage(sample::id("1947"), CancelStage::Canceled);
    without("1947");
    QCOMPARE(action("1947"), u"Gone"_s);
    QCOMPARE(state("1947"), u"Canceled"_s);
    pointerLeaves();
    QVERIFY(!m_view->rows().indexOf(sample::id("1947")).isValid());
}

void TestOrdersGuard::returningOrderIsNoLongerGone()
{
    pointerOver(cellCenter("1947", Column::Price));
    const QList<Order> all = m_orders;
    without("1947");
    QCOMPARE(action("1947"), u"Gone"_s);
    m_orders = all;
    m_model->setSnapshot(m_orders);
    QCOMPARE(action("1947"), u"Cancel…"_s);
    QCOMPARE(m_view->rows().waitingCount(), 0);
    pointerLeaves();
    QCOMPARE(m_view->rows().rowCount(), 8);
}

void TestOrdersGuard::hidingLetsGo()
{
    pointerOver(cellCenter("1947", Column::Price));
    without("2046");
    m_view->hide();
    QCOMPARE(m_view->rows().rowCount(), 7);
}

QTEST_MAIN(TestOrdersGuard)
#include "tst_ordersguard.moc"
