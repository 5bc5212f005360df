#pragma once

#include "domain/qtversions.h"
#include "tests/support/waiting.h"
#include "tests/ui/sampleorders.h"
#include "ui/look/theme.h"
#include "ui/table/cellflash.h"
#include "ui/table/ordermenu.h"
#include "ui/table/orderselection.h"
#include "ui/table/ordersheader.h"
#include "ui/table/orderstable.h"
#include "ui/table/ordersview.h"

#include <QAction>
#include <QApplication>
#include <QMouseEvent>
#include <QTest>

#include <memory>

namespace countermand {

/// A shown orders table with the practice account's start list, and a clock that stands still.
class OrdersViewTest : public QObject
{
    Q_OBJECT

protected:
    using Column = OrderColumns::Column;

private slots:
    void initTestCase() { applyLook(*qApp, {.theme = ThemeChoice::Light}, qApp->palette()); }
    void init()
    {
        m_orders = sample::startList();
        m_model = std::make_unique<OpenOrders>();
        m_model->setSnapshot(m_orders);
        m_view = std::make_unique<OrdersView>(*m_model);
        m_view->setClock([this] { return m_time; });
        m_view->rows().setNow(QDateTime(QDate(2026, 3, 4), QTime(14, 6, 22), inUtc));
        m_view->resize(1700, 400);
        m_view->show();
        QVERIFY(waitForExposed(m_view.get()));
        m_view->activateWindow();
        m_view->setFocus();
        QTRY_VERIFY(m_view->hasFocus());
        settle();
    }
    void cleanup()
    {
        m_view.reset();
        m_model.reset();
    }

protected:
    QAction *cancelAction() const { return m_view->findChild<QAction *>(QStringLiteral("actCancelOrder")); }
    QPoint cellCenter(const char *tail, Column column) const
    {
        return m_view->visualRect(m_view->rows().indexOf(sample::id(tail), column)).center();
    }
    /// And the pointer goes elsewhere, so that rows may move.
    void click(const char *tail, Column column)
    {
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, cellCenter(tail, column));
        pointerLeaves();
    }
    void pointerOver(const QPoint &at)
    {
        const QPointF position = at;
        QMouseEvent move(QEvent::MouseMove, position, m_view->viewport()->mapToGlobal(position), Qt::NoButton,
                         Qt::NoButton, Qt::NoModifier);
        QCoreApplication::sendEvent(m_view->viewport(), &move);
    }
    void pointerLeaves()
    {
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(m_view->viewport(), &leave);
    }
    void without(const char *tail)
    {
        m_orders.removeIf([tail](const Order &order) { return order.id == sample::id(tail); });
        m_model->setSnapshot(m_orders);
    }
    /// `count` orders, id and time rising with their number.
    void fill(int count)
    {
        m_orders.clear();
        for (int number = 0; number < count; ++number)
            m_orders.append(sample::order(QString::number(number).rightJustified(4, u'0'), QStringLiteral("BTC"),
                                          PositionSide::Long, PositionEffect::Open, OrderType::Limit,
                                          QStringLiteral("100"), QStringLiteral("5"), QStringLiteral("5"), number));
        m_model->setSnapshot(m_orders);
        settle();
    }
    /// Lets layouts happen, and the time pass in which clicks would be ignored.
    void settle()
    {
        QCoreApplication::processEvents();
        m_view->doItemsLayout();
        m_time += std::chrono::milliseconds(700);
    }

    QList<Order> m_orders;
    std::chrono::steady_clock::time_point m_time{};
    std::unique_ptr<OpenOrders> m_model;
    std::unique_ptr<OrdersView> m_view;
};

} // namespace countermand
