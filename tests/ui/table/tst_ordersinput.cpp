#include "tests/support/waiting.h"
#include "tests/ui/table/ordersviewtest.h"
#include "ui/look/accesskeys.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDialog>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestOrdersInput : public OrdersViewTest
{
    Q_OBJECT

private slots:
    void actionClickAsks();
    void actionClickNeedsTheSameOrder();
    void doubleClickOnActionAsksOnce();
    void doubleClickOpensDetails();
    void blockedButtons();
    void busyRowsDoNotAsk_data();
    void busyRowsDoNotAsk();
    void clicksAfterAMoveAreIgnored();
    void moveBetweenPressAndRelease();
    void pressesAfterTheTableMovedAreIgnored();
    void pressesThatSelectAreAimedWhereDelAsksNothing();
    void aWindowLayOverTheRow_data();
    void aWindowLayOverTheRow();
    void aRowHalfInSightStaysUnderThePress();
    void unmovedRowsTakeClicks();
    void enterOpensDetails();
    void spaceOnTheButtonAsks();
    void deleteIsLeftToTheWindow();
    void copies();
    void contextMenu();
    void contextMenuSaysWhyNot();
    void reasonFollowsTheSelection();
};

void TestOrdersInput::actionClickAsks()
{
    QSignalSpy asked(m_view.get(), &OrdersView::cancelRequested);
    click("2046", Column::Action);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.at(0).at(0).value<OrderId>(), sample::id("2046"));
    QCOMPARE(m_view->selection().selectedOrder(), sample::id("2046"));

    // Other buttons and other cells never ask.
    QTest::mouseClick(m_view->viewport(), Qt::RightButton, {}, cellCenter("2046", Column::Action));
    QTest::mouseClick(m_view->viewport(), Qt::MiddleButton, {}, cellCenter("2046", Column::Action));
    for (int column = 0; column < Column::Action; ++column)
        click("3155", Column(column));
    QCOMPARE(asked.size(), 1);
    m_view->findChild<QMenu *>(u"orderMenu"_s)->close();
}

void TestOrdersInput::actionClickNeedsTheSameOrder()
{
    QSignalSpy asked(m_view.get(), &OrdersView::cancelRequested);
    QSignalSpy ignored(m_view.get(), &OrdersView::clickIgnoredAfterMove);
    const auto drag = [this](QPoint from, QPoint to) {
        QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, from);
        QTest::mouseMove(m_view->viewport(), to);
        QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, to);
    };
    drag(cellCenter("2046", Column::Action), cellCenter("3155", Column::Action));
    drag(cellCenter("2046", Column::Action), cellCenter("2046", Column::Price));
    drag(cellCenter("2046", Column::Price), cellCenter("2046", Column::Action));
    QCOMPARE(asked.size(), 0);
    QCOMPARE(ignored.size(), 0);
    QCOMPARE(m_view->selection().selectedOrder(), sample::id("2046")); // dragging from a button selects no other row
    drag(cellCenter("2046", Column::Action), cellCenter("2046", Column::Action) + QPoint(10, 3));
    QCOMPARE(asked.size(), 1);
}

void TestOrdersInput::doubleClickOnActionAsksOnce()
{
    QSignalSpy asked(m_view.get(), &OrdersView::cancelRequested);
    QSignalSpy details(m_view.get(), &OrdersView::detailsRequested);
    const QPoint at = cellCenter("2046", Column::Action);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, at);
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, at);
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(details.size(), 0);
    QCOMPARE(asked.size(), 1);
}

void TestOrdersInput::doubleClickOpensDetails()
{
    QSignalSpy asked(m_view.get(), &OrdersView::cancelRequested);
    QSignalSpy details(m_view.get(), &OrdersView::detailsRequested);
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, cellCenter("2046", Column::Instrument));
    QCOMPARE(details.size(), 1);
    QCOMPARE(details.at(0).at(0).value<OrderId>(), sample::id("2046"));
    QTest::mouseDClick(m_view->viewport(), Qt::RightButton, {}, cellCenter("2046", Column::Instrument));
    QCOMPARE(details.size(), 1);
    QCOMPARE(asked.size(), 0);
    m_view->findChild<QMenu *>(u"orderMenu"_s)->close();
}

void TestOrdersInput::blockedButtons()
{
    QSignalSpy asked(m_view.get(), &OrdersView::cancelRequested);
    m_view->rows().setCancelBlocked(u"Offline"_s);
    click("2046", Column::Action);
    QCOMPARE(asked.size(), 0);
    QCOMPARE(m_view->selection().blockedReason(), u"Offline"_s);
    QVERIFY(!cancelAction()->isEnabled());
    m_view->rows().setCancelBlocked({});
    click("2046", Column::Action);
    QCOMPARE(asked.size(), 1);
}

void TestOrdersInput::busyRowsDoNotAsk_data()
{
    QTest::addColumn<CancelStage>("stage");
    QTest::addColumn<bool>("asks");
    QTest::newRow("waiting") << CancelStage::Waiting << false;
    QTest::newRow("sending") << CancelStage::Sending << false;
    QTest::newRow("accepted") << CancelStage::Accepted << false;
    QTest::newRow("checking") << CancelStage::UnknownChecking << false;
    QTest::newRow("unknown") << CancelStage::UnknownUnresolved << false;
    QTest::newRow("canceled") << CancelStage::Canceled << false;
    QTest::newRow("still listed") << CancelStage::AcceptedStillListed << true;
    QTest::newRow("rejected") << CancelStage::Rejected << true;
    QTest::newRow("not sent") << CancelStage::NotSent << true;
    QTest::newRow("still open") << CancelStage::UnknownStillOpen << true;
}

void TestOrdersInput::busyRowsDoNotAsk()
{
    QFETCH(const CancelStage, stage);
    QFETCH(const bool, asks);
    QSignalSpy asked(m_view.get(), &OrdersView::cancelRequested);
    m_model->setStage(sample::id("2046"), stage);
    click("2046", Column::Action);
    QCOMPARE(asked.size(), asks ? 1 : 0);
    QSignalSpy questions(&m_view->menu(), &OrderMenu::cancelQuestionRequested);
    cancelAction()->trigger();
    QCOMPARE(questions.size(), asks ? 1 : 0);
}

void TestOrdersInput::clicksAfterAMoveAreIgnored()
{
    QSignalSpy asked(m_view.get(), &OrdersView::cancelRequested);
    QSignalSpy ignored(m_view.get(), &OrdersView::clickIgnoredAfterMove);
    const QPoint at = cellCenter("2046", Column::Action);
    without("7715");
    // The layout has not even happened yet: the click meets the rows that moved under it.
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(asked.size(), 0);
    QCOMPARE(ignored.size(), 1);
    QVERIFY(m_view->selection().selectedOrder().isEmpty());
    m_time += 599ms;
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(asked.size(), 0);
    QCOMPARE(ignored.size(), 2);
    m_time += 1ms;
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(ignored.size(), 2);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.at(0).at(0).value<OrderId>(), sample::id("3155"));

    // The button aimed at has gone altogether.
    m_time += 700ms;
    pointerLeaves();
    const QPoint last = cellCenter("5620", Column::Action);
    without("5620");
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, last);
    QCOMPARE(ignored.size(), 3);
    QCOMPARE(asked.size(), 1);
}

void TestOrdersInput::pressesThatSelectAreAimedWhereDelAsksNothing()
{
    fill(40);
    QSignalSpy ignored(m_view.get(), &OrdersView::clickIgnoredAfterMove);
    const QPoint price = cellCenter("0004", Column::Price);
    const QPoint below = cellCenter("0006", Column::Price);
    // With a question to come the row that was hit is named in it.
    m_view->verticalScrollBar()->setValue(28);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, price);
    QCOMPARE(ignored.size(), 0);
    QCOMPARE(m_view->selection().selectedOrders().size(), 1);
    m_view->selectionModel()->clearSelection();

    // What is selected is what Del cancels at once.
    m_view->setInstantCancel(true);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, price);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, Qt::ControlModifier, price);
    QCOMPARE(ignored.size(), 2);
    QVERIFY(m_view->selection().selectedOrders().isEmpty());
    QTest::mouseClick(m_view->viewport(), Qt::RightButton, {}, price);
    QVERIFY(m_view->selection().selectedOrders().isEmpty());

    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, price);
    QTest::mouseMove(m_view->viewport(), below);
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, below);
    QVERIFY(m_view->selection().selectedOrders().isEmpty());

    m_time += 600ms;
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, price);
    QTest::mouseMove(m_view->viewport(), below);
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, below);
    QCOMPARE(m_view->selection().selectedOrders().size(), 3);
}

void TestOrdersInput::aWindowLayOverTheRow_data()
{
    QTest::addColumn<bool>("isMenu");
    QTest::newRow("dialog") << false;
    QTest::newRow("menu") << true;
}

void TestOrdersInput::aWindowLayOverTheRow()
{
    QFETCH(const bool, isMenu);
    QSignalSpy asked(m_view.get(), &OrdersView::cancelRequested);
    QSignalSpy ignored(m_view.get(), &OrdersView::clickIgnoredAfterMove);
    const QPoint at = cellCenter("2046", Column::Action);
    QDialog dialog(m_view.get());
    QMenu menu(m_view.get());
    menu.addAction(u"Copy"_s);
    QWidget &window = isMenu ? static_cast<QWidget &>(menu) : dialog;
    window.setGeometry(QRect(m_view->viewport()->mapToGlobal(at) - QPoint(60, 10), QSize(120, 20)));
    window.show();
    QVERIFY(waitForExposed(&window));
    m_time += 5s;

    // The second press of a double click on the dialog's button, which has closed it.
    window.hide();
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(asked.size(), 0);
    QCOMPARE(ignored.size(), 1);
    // Beside it the rows were in sight all the time.
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, cellCenter("5620", Column::Action));
    QCOMPARE(asked.size(), 1);
    m_time += 600ms;
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(asked.size(), 2);
    QCOMPARE(ignored.size(), 1);
}

void TestOrdersInput::moveBetweenPressAndRelease()
{
    QSignalSpy asked(m_view.get(), &OrdersView::cancelRequested);
    QSignalSpy ignored(m_view.get(), &OrdersView::clickIgnoredAfterMove);
    const QPoint at = cellCenter("2046", Column::Action);
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, at);
    without("7715");
    m_view->rows().applyWaiting(); // else no row moves while a button is down
    m_time += 5s;                  // however long the button was held
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(asked.size(), 0);
    QCOMPARE(ignored.size(), 1);

    settle();
    QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, cellCenter("3155", Column::Action));
    m_model->setStage(sample::id("3155"), CancelStage::Sending);
    QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, cellCenter("3155", Column::Action));
    QCOMPARE(asked.size(), 0);
}

void TestOrdersInput::pressesAfterTheTableMovedAreIgnored()
{
    fill(40);
    QSignalSpy asked(m_view.get(), &OrdersView::cancelRequested);
    QSignalSpy details(m_view.get(), &OrdersView::detailsRequested);
    QSignalSpy ignored(m_view.get(), &OrdersView::clickIgnoredAfterMove);
    const QPoint action = cellCenter("0004", Column::Action);
    const QPoint price = cellCenter("0004", Column::Price);
    m_view->verticalScrollBar()->setValue(28);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, action);
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, price);
    QContextMenuEvent menu(QContextMenuEvent::Mouse, price, m_view->viewport()->mapToGlobal(price));
    QCoreApplication::sendEvent(m_view->viewport(), &menu);
    QCOMPARE(ignored.size(), 3);
    QCOMPARE(asked.size(), 0);
    QCOMPARE(details.size(), 0);
    QVERIFY(!QApplication::activePopupWidget());

    m_time += 600ms;
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, action);
    QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, price);
    QCOMPARE(ignored.size(), 3);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.at(0).at(0).value<OrderId>(), sample::id("0005"));
    QCOMPARE(details.size(), 1);

    // The window itself, by one row.
    m_time += 1s;
    m_view->move(m_view->pos() + QPoint(0, 28));
    QCoreApplication::processEvents();
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, action - QPoint(0, 28));
    QCOMPARE(ignored.size(), 4);
    QCOMPARE(asked.size(), 1);
}

void TestOrdersInput::aRowHalfInSightStaysUnderThePress()
{
    fill(40);
    m_view->verticalScrollBar()->setValue(10);
    settle();
    QSignalSpy asked(m_view.get(), &OrdersView::cancelRequested);
    const QRect cell = m_view->visualRect(m_view->rows().index(0, Column::Action));
    QVERIFY(cell.top() < 0);
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, QPoint(cell.center().x(), cell.bottom() - 6));
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.at(0).at(0).value<OrderId>(), sample::id("0000"));
    QCOMPARE(m_view->verticalScrollBar()->value(), 10);
}

void TestOrdersInput::unmovedRowsTakeClicks()
{
    // Changed values and rows that come below leave the clicked row where it was.
    QSignalSpy asked(m_view.get(), &OrdersView::cancelRequested);
    m_orders[3].remainingQuantity = Decimal(1);
    m_orders.append(sample::order(u"9001"_s, u"BTC"_s, PositionSide::Long, PositionEffect::Open, OrderType::Limit,
                                  u"1"_s, u"1"_s, u"1"_s, 20000));
    m_model->setSnapshot(m_orders);
    click("3155", Column::Action);
    QCOMPARE(asked.size(), 1);
}

void TestOrdersInput::enterOpensDetails()
{
    QSignalSpy asked(m_view.get(), &OrdersView::cancelRequested);
    QSignalSpy details(m_view.get(), &OrdersView::detailsRequested);
    click("3155", Column::Action);
    asked.clear();
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QTest::keyClick(m_view.get(), Qt::Key_Enter, Qt::KeypadModifier);
    QTest::keyClick(m_view.get(), Qt::Key_Return, Qt::AltModifier);
    QCOMPARE(details.size(), 3);
    QCOMPARE(details.at(0).at(0).value<OrderId>(), sample::id("3155"));
    QTest::keyClick(m_view.get(), Qt::Key_Return, Qt::ControlModifier);
    QKeyEvent repeated(QEvent::KeyPress, Qt::Key_Return, {}, u"\r"_s, true);
    QApplication::sendEvent(m_view.get(), &repeated);
    QCOMPARE(details.size(), 3);
    QCOMPARE(asked.size(), 0);

    m_model->setSnapshot({});
    QTest::keyClick(m_view.get(), Qt::Key_Return);
    QCOMPARE(details.size(), 3);
}

void TestOrdersInput::spaceOnTheButtonAsks()
{
    QSignalSpy asked(m_view.get(), &OrdersView::cancelRequested);
    click("3155", Column::Instrument);
    QTest::keyClick(m_view.get(), Qt::Key_Space);
    QCOMPARE(asked.size(), 0);
    for (int step = Column::Instrument; step < Column::Action; ++step)
        QTest::keyClick(m_view.get(), Qt::Key_Right);
    QCOMPARE(m_view->currentIndex().column(), int(Column::Action));
    QKeyEvent repeated(QEvent::KeyPress, Qt::Key_Space, {}, u" "_s, true);
    QApplication::sendEvent(m_view.get(), &repeated);
    QCOMPARE(asked.size(), 0);
    QTest::keyClick(m_view.get(), Qt::Key_Space);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.at(0).at(0).value<OrderId>(), sample::id("3155"));
    m_view->rows().setCancelBlocked(u"Locked"_s);
    QTest::keyClick(m_view.get(), Qt::Key_Space);
    QCOMPARE(asked.size(), 1);
}

void TestOrdersInput::deleteIsLeftToTheWindow()
{
    QSignalSpy asked(m_view.get(), &OrdersView::cancelRequested);
    click("3155", Column::Instrument);
    QKeyEvent pressed(QEvent::KeyPress, Qt::Key_Delete, {}, u"\x7f"_s);
    pressed.accept();
    QApplication::sendEvent(m_view.get(), &pressed);
    QVERIFY(!pressed.isAccepted());
    QCOMPARE(m_view->selection().selectedOrder(), sample::id("3155"));
    QCOMPARE(asked.size(), 0);
}

void TestOrdersInput::copies()
{
    QClipboard *clipboard = QGuiApplication::clipboard();
    clipboard->setText(u"before"_s);
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(clipboard->text(), u"before"_s); // nothing selected

    m_orders[0].id = OrderId(u"9223372036854775807"_s);
    m_orders[0].price = Decimal::fromText(u"95400.10");
    m_model->setSnapshot(m_orders);
    m_view->selectOrder(m_orders[0].id);
    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
    const QStringList parts = clipboard->text().split(u'\t');
    QCOMPARE(parts.size(), 10);
    QCOMPARE(parts.at(0), u"ETH-USDT"_s);
    QCOMPARE(parts.at(3), u"95400.10"_s);
    QCOMPARE(parts.at(9), u"9223372036854775807"_s);
    QVERIFY(!clipboard->text().contains(u'\n'));

    QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(clipboard->text(), u"9223372036854775807"_s);
}

void TestOrdersInput::contextMenu()
{
    QSignalSpy asked(&m_view->menu(), &OrderMenu::cancelQuestionRequested);
    QSignalSpy details(m_view.get(), &OrdersView::detailsRequested);
    auto *menu = m_view->findChild<QMenu *>(u"orderMenu"_s);
    const QPoint at = cellCenter("7828", Column::Price);
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, m_view->viewport()->mapToGlobal(at));
    QApplication::sendEvent(m_view->viewport(), &event);
    QTRY_VERIFY(menu->isVisible());
    QCOMPARE(m_view->selection().selectedOrder(), sample::id("7828"));
    QStringList items;
    for (const QAction *action : menu->actions()) {
        if (action->isVisible())
            items.append(action->isSeparator() ? u"|"_s : withoutAccessKey(action->text()));
    }
    QCOMPARE(items,
             (QStringList{u"Cancel order…"_s, u"|"_s, u"Cancel all ETH-USDT (2)…"_s,
                          u"Cancel all ETH-USDT Open short…"_s, u"Cancel all shown (8)…"_s, u"|"_s,
                          u"Order details"_s, u"Copy order id"_s, u"Copy row"_s, u"Filter by this instrument"_s}));
    cancelAction()->trigger();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.at(0).at(0).value<OrderId>(), sample::id("7828"));
    m_view->menu().detailsAction()->trigger();
    QCOMPARE(details.size(), 1);

    // The order leaves while the menu is open: its items have nothing left to act on.
    without("7828");
    QVERIFY(!cancelAction()->isEnabled());
    QVERIFY(!m_view->menu().copyIdAction()->isEnabled());
    menu->close();

    // By key: at the current row.
    QContextMenuEvent byKey(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    QApplication::sendEvent(m_view->viewport(), &byKey);
    QTRY_VERIFY(menu->isVisible());
    QCOMPARE(m_view->selection().selectedOrder(), sample::id("0093"));
    menu->close();

    // Below the last row there is no order.
    QContextMenuEvent nowhere(QContextMenuEvent::Mouse, QPoint(100, 360), QPoint());
    QApplication::sendEvent(m_view->viewport(), &nowhere);
    QVERIFY(!menu->isVisible());
}

void TestOrdersInput::contextMenuSaysWhyNot()
{
    click("7828", Column::Price);
    m_model->setStage(sample::id("7828"), CancelStage::UnknownChecking);
    QVERIFY(!cancelAction()->isEnabled());
    QCOMPARE(cancelAction()->toolTip(), u"Result still unknown"_s);
    m_model->setStage(sample::id("7828"), {});
    QVERIFY(cancelAction()->isEnabled());
    QCOMPARE(cancelAction()->toolTip(), u"Cancel this order (asks first)"_s);
}

void TestOrdersInput::reasonFollowsTheSelection()
{
    QCOMPARE(m_view->selection().blockedReason(), u"Select an order first"_s);
    QSignalSpy reasons(&m_view->selection(), &OrderSelection::blockedReasonChanged);
    click("7828", Column::Price);
    QCOMPARE(reasons.takeFirst().at(0).toString(), QString());
    m_model->setStage(sample::id("7828"), CancelStage::Sending);
    QCOMPARE(reasons.takeFirst().at(0).toString(), u"Already being canceled"_s);
    m_model->setStage(sample::id("7828"), CancelStage::Rejected);
    QCOMPARE(reasons.takeFirst().at(0).toString(), QString());
    m_view->rows().setCancelBlocked(u"Offline"_s);
    QCOMPARE(reasons.takeFirst().at(0).toString(), u"Offline"_s);
    m_view->rows().setCancelBlocked({});
    QCOMPARE(reasons.takeFirst().at(0).toString(), QString());
    QTest::keyClick(m_view.get(), Qt::Key_Escape);
    QVERIFY(m_view->selection().selectedOrder().isEmpty());
    QCOMPARE(reasons.takeFirst().at(0).toString(), u"Select an order first"_s);
    QVERIFY(reasons.isEmpty());
}

QTEST_MAIN(TestOrdersInput)
#include "tst_ordersinput.moc"
