#include "tests/support/waiting.h"
#include "tests/ui/table/ordersviewtest.h"

#include <QPaintEvent>
#include <QSignalSpy>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

/// What has been painted of a widget.
class Paints : public QObject
{
public:
    explicit Paints(QWidget *watched) { watched->installEventFilter(this); }
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            ++count;
            region += static_cast<QPaintEvent *>(event)->region();
        }
        return false;
    }

    int count = 0;
    QRegion region;
};

} // namespace

/// How much of the table is painted for what happens: nothing for nothing, a cell for a cell.
class TestOrdersPaints : public OrdersViewTest
{
    Q_OBJECT

private slots:
    void identicalSnapshotPaintsNothing();
    void oneCellPaintsOneCell();
    void agesPaintAges();
    void stagePaintsStateAndAction();
    void changeOutOfSightPaintsNothing();
    void aSelectedRowHasOneGround();

private:
    QRect cell(const char *tail, Column column) const
    {
        return m_view->visualRect(m_view->rows().indexOf(sample::id(tail), column));
    }
    static void deliver()
    {
        // What was asked for is painted when the queue is empty.
        for (int round = 0; round < 3; ++round)
            QCoreApplication::processEvents();
    }
};

void TestOrdersPaints::identicalSnapshotPaintsNothing()
{
    deliver();
    Paints paints(m_view->viewport());
    std::reverse(m_orders.begin(), m_orders.end());
    m_model->setSnapshot(m_orders);
    m_view->rows().setNow(m_view->rows().now());
    deliver();
    QCOMPARE(paints.count, 0);
}

void TestOrdersPaints::oneCellPaintsOneCell()
{
    deliver();
    m_view->rows().flash().setEnabled(false);
    Paints paints(m_view->viewport());
    m_orders[4].price = Decimal::fromText(u"3391");
    m_model->setSnapshot(m_orders);
    deliver();
    QCOMPARE(paints.count, 1);
    QCOMPARE(paints.region, QRegion(cell("7828", Column::Price)));

    // With its flash too, and once more when the flash ends.
    m_view->rows().flash().setEnabled(true);
    m_orders[4].price = Decimal::fromText(u"3392");
    m_model->setSnapshot(m_orders);
    QTRY_COMPARE(paints.count, 3);
    QCOMPARE(paints.region, QRegion(cell("7828", Column::Price)));
}

void TestOrdersPaints::agesPaintAges()
{
    deliver();
    Paints paints(m_view->viewport());
    m_view->rows().setNow(m_view->rows().now().addSecs(1));
    deliver();
    QCOMPARE(paints.count, 0);
    m_view->rows().setNow(m_view->rows().now().addSecs(3600));
    deliver();
    QCOMPARE(paints.count, 1);
    const QRect ages = cell("7715", Column::Age).united(cell("5620", Column::Age));
    QCOMPARE(paints.region, QRegion(ages));
}

void TestOrdersPaints::stagePaintsStateAndAction()
{
    deliver();
    Paints paints(m_view->viewport());
    m_model->setStage(sample::id("7828"), CancelStage::Sending);
    deliver();
    QCOMPARE(paints.region, QRegion(cell("7828", Column::State)) + cell("7828", Column::Action));
}

void TestOrdersPaints::changeOutOfSightPaintsNothing()
{
    fill(100);
    m_view->scrollToTop();
    deliver();
    Paints paints(m_view->viewport());
    m_orders[99].price = Decimal(5);
    m_model->setSnapshot(m_orders);
    deliver();
    QCOMPARE(paints.count, 0);
}

void TestOrdersPaints::aSelectedRowHasOneGround()
{
    applyLook(*qApp, {.theme = ThemeChoice::Light, .highContrast = true}, lightTheme().palette());
    // The order is as close to its price as can be.
    m_view->rows().setPriceSource([](const Order &order) { return order.price; });
    m_view->selectOrder(sample::id("1947"));
    deliver();
    const QImage image = m_view->viewport()->grab().toImage();
    const auto ground = [&](Column column) {
        const QRect box = cell("1947", column);
        return image.pixelColor(QPoint(box.left() + 1, box.center().y()) * image.devicePixelRatio()).name();
    };
    QCOMPARE(ground(Column::Distance), ground(Column::Price));
    // Selected or not, the mark of closeness is there, and only there.
    const auto edge = [&](const char *tail, Column column) {
        const QRect box = cell(tail, column);
        return image.pixelColor(QPoint(box.center().x(), box.top() + 4) * image.devicePixelRatio()).name();
    };
    for (const char *tail : {"1947", "2046"}) {
        QVERIFY(edge(tail, Column::Distance) != edge(tail, Column::Price));
        QCOMPARE(edge(tail, Column::Price), edge(tail, Column::Filled));
    }
    applyLook(*qApp, {.theme = ThemeChoice::Light}, lightTheme().palette());
}

QTEST_MAIN(TestOrdersPaints)
#include "tst_orderspaints.moc"
