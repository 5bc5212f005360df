#include "tests/support/waiting.h"
#include "tests/ui/table/ordersviewtest.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

/// Several orders at once: Ctrl, Shift, Ctrl+A, and what follows from it.
class TestOrdersSelection : public OrdersViewTest
{
    Q_OBJECT

private slots:
    void ctrlAndShift();
    void allAndNone();
    void staysWithItsOrders();
    void reasonsOfSeveral();
    void copiesALineEach();
    void menuKeepsASelection();
    void menuNamesTheCounts();

private:
    void click(const QString &tail, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, modifiers,
                          cellCenter(tail.toLatin1().constData(), Column::Price));
    }
    QString tails() const
    {
        QStringList found;
        const auto selected = m_view->selection().selectedOrders();
        for (const OrderId &id : selected)
            found.append(id.tail());
        return found.join(u' ');
    }
    void openMenuAt(const char *tail)
    {
        const QPoint at = cellCenter(tail, Column::Price);
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, m_view->viewport()->mapToGlobal(at));
        QApplication::sendEvent(m_view->viewport(), &event);
        QTRY_VERIFY(m_view->findChild<QMenu *>(u"orderMenu"_s)->isVisible());
    }
    QAction *action(const QString &name) const { return m_view->findChild<QAction *>(name); }
};

void TestOrdersSelection::ctrlAndShift()
{
    const auto shown = m_view->selection().shownOrders();
    QCOMPARE(shown.size(), m_orders.size());
    click(shown.at(1).tail());
    click(shown.at(3).tail(), Qt::ControlModifier);
    QCOMPARE(m_view->selection().selectedOrders(), (QList<OrderId>{shown.at(1), shown.at(3)}));
    click(shown.at(1).tail(), Qt::ControlModifier);
    QCOMPARE(m_view->selection().selectedOrders(), QList<OrderId>{shown.at(3)});
    click(shown.at(5).tail(), Qt::ShiftModifier);
    QCOMPARE(m_view->selection().selectedOrders(), shown.sliced(1, 5));
}

void TestOrdersSelection::allAndNone()
{
    QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(m_view->selection().selectedOrders(), m_view->selection().shownOrders());
    QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(m_view->selection().selectedOrders().isEmpty());
    QVERIFY(!m_view->selection().currentOrder().isEmpty());
}

void TestOrdersSelection::staysWithItsOrders()
{
    click(u"2046"_s);
    click(u"7828"_s, Qt::ControlModifier);
    const QString before = tails();
    without("3155");
    QCOMPARE(tails(), before);
    m_view->horizontalHeader()->setSortIndicator(Column::Placed, Qt::DescendingOrder);
    QCOMPARE(m_view->selection().selectedOrders().size(), 2);
    QVERIFY(m_view->selection().selectedOrders().contains(sample::id("2046")));
    QVERIFY(m_view->selection().selectedOrders().contains(sample::id("7828")));
    without("2046");
    QCOMPARE(tails(), u"7828"_s); // no neighbor takes the place of an order that left
}

void TestOrdersSelection::reasonsOfSeveral()
{
    click(u"2046"_s);
    click(u"7828"_s, Qt::ControlModifier);
    m_model->setStage(sample::id("7828"), CancelStage::Sending);
    QCOMPARE(m_view->selection().blockedReason(), QString()); // the other can still be canceled
    m_model->setStage(sample::id("2046"), CancelStage::UnknownChecking);
    QCOMPARE(m_view->selection().blockedReason(), u"Result still unknown"_s);
    m_view->rows().setCancelBlocked(u"Offline"_s);
    QCOMPARE(m_view->selection().blockedReason(), u"Offline"_s);
}

void TestOrdersSelection::copiesALineEach()
{
    click(u"2046"_s);
    click(u"7828"_s, Qt::ControlModifier);
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QStringList ids;
    const auto selected = m_view->selection().selectedOrders();
    for (const OrderId &id : selected)
        ids.append(id.text());
    QCOMPARE(QGuiApplication::clipboard()->text(), ids.join(u'\n'));
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines.at(0).count(u'\t'), 9);
}

void TestOrdersSelection::menuKeepsASelection()
{
    click(u"2046"_s);
    click(u"7828"_s, Qt::ControlModifier);
    QSignalSpy asked(&m_view->menu(), &OrderMenu::cancelManyRequested);
    openMenuAt("2046");
    QCOMPARE(m_view->selection().selectedOrders().size(), 2);
    QCOMPARE(m_view->selection().selectedOrder(), sample::id("2046"));
    QAction *selected = action(u"actCancelSelected"_s);
    QVERIFY(selected->isVisible());
    QVERIFY(selected->isEnabled());
    QCOMPARE(selected->text().remove(u'&'), u"Cancel 2 selected…"_s);
    selected->trigger();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.at(0).at(0).value<CancelScope>(), CancelScope::Selected);
    m_view->findChild<QMenu *>(u"orderMenu"_s)->close();

    openMenuAt("3155"); // a row that isn't selected
    QCOMPARE(m_view->selection().selectedOrders(), QList<OrderId>{sample::id("3155")});
    QVERIFY(!selected->isVisible());
    m_view->findChild<QMenu *>(u"orderMenu"_s)->close();
}

void TestOrdersSelection::menuNamesTheCounts()
{
    openMenuAt("7828");
    QAction *instrument = action(u"actCancelInstrument"_s);
    const auto orders = m_view->selection().ordersIn(CancelScope::Instrument);
    QVERIFY(orders.size() > 1);
    QCOMPARE(instrument->text().remove(u'&'), u"Cancel all ETH-USDT (%1)…"_s.arg(orders.size()));
    QVERIFY(instrument->isEnabled());
    m_view->findChild<QMenu *>(u"orderMenu"_s)->close();

    for (const Order &order : orders)
        m_model->setStage(order.id, CancelStage::Sending);
    openMenuAt("7828");
    QVERIFY(!instrument->isEnabled());
    QCOMPARE(instrument->toolTip(), u"No order that can be canceled"_s);
    m_view->findChild<QMenu *>(u"orderMenu"_s)->close();
}

QTEST_MAIN(TestOrdersSelection)
#include "tst_ordersselection.moc"
