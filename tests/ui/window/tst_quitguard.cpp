#include "openwindow.h"
#include "tests/support/waiting.h"
#include "ui/table/orderselection.h"
#include "ui/table/ordersview.h"
#include "workflow/cancelworkflow.h"

#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

/// Closing the window, as its title bar does it.
class TestQuitGuard : public QObject
{
    Q_OBJECT

private slots:
    void nothingRunsNothingIsAsked();
    void stayKeepsTheWindow();
    void waitClosesWhenAllHaveResults();
    void endOfTheSessionAsksNothing();
    void aClosedAccountTakesItsQuestionAlong();

private:
    /// An order is being canceled, and the answer takes a while.
    static void beginCancel(OpenWindow &open);
    static QPushButton *button(const OpenWindow &open, const QString &name);
};

void TestQuitGuard::beginCancel(OpenWindow &open)
{
    open.window.show();
    open.session->start({});
    const auto *table = open.window.findChild<OrdersView *>();
    QTRY_VERIFY(!table->selection().shownOrders().isEmpty());
    open.network->setNextAnswer(PracticeAnswer::Slow);
    const auto request = open.session->cancels().prepare(table->selection().shownOrders().constFirst());
    QVERIFY(request);
    QVERIFY(open.session->cancels().submit(*request, RecordPolicy::Required).state ==
            CancelWorkflow::Submitted::Queued);
    QCOMPARE(open.window.openCancels(), 1);
}

QPushButton *TestQuitGuard::button(const OpenWindow &open, const QString &name)
{
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    return open.window.findChild<QPushButton *>(name);
}

void TestQuitGuard::nothingRunsNothingIsAsked()
{
    OpenWindow open;
    open.window.show();
    const QSignalSpy closing(&open.window, &MainWindow::closing);
    QVERIFY(open.window.close());
    QCOMPARE(closing.size(), 1);
    QVERIFY(!button(open, u"quitStayButton"_s));
}

void TestQuitGuard::stayKeepsTheWindow()
{
    OpenWindow open;
    beginCancel(open);
    const QSignalSpy closing(&open.window, &MainWindow::closing);
    QVERIFY(!open.window.close());
    // Asked once, however often it is closed.
    const QPointer<QPushButton> stay = button(open, u"quitStayButton"_s);
    QVERIFY(stay);
    QVERIFY(!open.window.close());
    QCOMPARE(button(open, u"quitStayButton"_s), stay.data());
    stay->click();
    QVERIFY(open.window.isVisible());
    QVERIFY(closing.isEmpty());
}

void TestQuitGuard::waitClosesWhenAllHaveResults()
{
    OpenWindow open;
    beginCancel(open);
    QSignalSpy closing(&open.window, &MainWindow::closing);
    open.window.close();
    button(open, u"quitWaitButton"_s)->click();
    QVERIFY(open.window.isVisible());
    QTRY_COMPARE(closing.size(), 1);
    QCOMPARE(open.window.openCancels(), 0);
    QVERIFY(!open.window.isVisible());
}

void TestQuitGuard::endOfTheSessionAsksNothing()
{
    OpenWindow open;
    beginCancel(open);
    const QSignalSpy closing(&open.window, &MainWindow::closing);
    open.window.closeAtOnce();
    QVERIFY(!open.window.isVisible());
    QCOMPARE(closing.size(), 1);
    QVERIFY(!button(open, u"quitStayButton"_s));
}

void TestQuitGuard::aClosedAccountTakesItsQuestionAlong()
{
    OpenWindow open;
    beginCancel(open);
    open.window.close();
    QVERIFY(button(open, u"quitStayButton"_s));
    open.window.closeSession();
    open.window.showWelcome();
    QVERIFY(!button(open, u"quitStayButton"_s));
    QVERIFY(open.window.close());
}

QTEST_MAIN(TestQuitGuard)
#include "tst_quitguard.moc"
