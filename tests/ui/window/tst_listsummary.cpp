#include "tests/support/opensession.h"
#include "tests/support/waiting.h"
#include "ui/notices/infoline.h"
#include "ui/table/orderfilter.h"
#include "ui/table/orderspage.h"
#include "ui/table/ordersview.h"
#include "ui/window/listsummary.h"
#include "workflow/openorders.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <QVBoxLayout>

#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestListSummary : public QObject
{
    Q_OBJECT

private slots:
    void followsListFilterAndSelection();
    void namesTheColumnsWithoutRoom();
};

void TestListSummary::followsListFilterAndSelection()
{
    OpenSession open;
    InfoLine line;
    OrdersPage page(*open.session, nullptr);
    auto summary = std::make_unique<ListSummary>(*open.session, page.table(), line);
    const auto *text = line.findChild<QLabel *>(u"infoText"_s);
    QCOMPARE(text->text(), u"Reading open orders…"_s);
    open.session->start({});
    QTRY_VERIFY2(text->text().startsWith(u"8 orders · "_s), qPrintable(text->text()));
    // Without the trailing stop: 5 of the 8 that are worth something at their own price.
    QTRY_VERIFY2(text->text().endsWith(u" USDT"_s) && !text->text().contains(u"at least"_s),
                 qPrintable(text->text()));
    const QString all = text->text();
    page.table().selectAll();
    QTRY_COMPARE(text->text(), all + u" · 8 selected: "_s + all.section(u" · "_s, 1));
    page.table().clearSelection();
    QTRY_COMPARE(text->text(), all);
    page.table().setFilter(OrderFilter::parse(u"id:3155"_s).filter);
    QTRY_COMPARE(text->text(), u"1 order · 635.00 USDT"_s);
    summary.reset();
    QCOMPARE(text->text(), QString());
}

void TestListSummary::namesTheColumnsWithoutRoom()
{
    OpenSession open;
    QWidget window;
    auto *column = new QVBoxLayout(&window);
    auto *line = new InfoLine(&window);
    auto *page = new OrdersPage(*open.session, &window);
    column->addWidget(line);
    column->addWidget(page);
    const ListSummary summary(*open.session, page->table(), *line);
    page->table().setMinimumWidth(0);
    window.resize(1700, 400);
    window.show();
    open.session->start({});
    QTRY_COMPARE(page->currentWidget(), static_cast<QWidget *>(&page->table()));
    auto *button = line->findChild<QPushButton *>(u"hiddenColumnsButton"_s);
    QTRY_VERIFY(!button->isVisible());
    window.resize(700, 400);
    QTRY_VERIFY(button->isVisible());
    QVERIFY2(button->toolTip().contains(u"Placed"_s), qPrintable(button->toolTip()));
    window.resize(1700, 400);
    QTRY_VERIFY(!button->isVisible());
}

QTEST_MAIN(TestListSummary)
#include "tst_listsummary.moc"
