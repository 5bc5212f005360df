#include "exchange/orderlisting.h"

#include <QObject>
#include <QTest>

using namespace countermand;

namespace {

/// Rows first to first + count - 1.
OrderPage pageOf(int first, int count, std::optional<int> total = {})
{
    OrderPage page;
    for (int i = first; i < first + count; ++i) {
        Order order;
        order.id = OrderId(QString::number(i));
        page.listing.orders.append(order);
        page.ids.append(order.id.text());
    }
    page.rows = count;
    page.isPaged = true;
    page.total = total;
    return page;
}

using Next = OrderPages::Next;
using Extent = ListExtent;

struct Case {
    QList<OrderPage> pages;
    Extent extent = Extent::Whole;
    int orders = 0;
    int total = 0;
};

} // namespace

Q_DECLARE_METATYPE(Case)

class TestOrderListing : public QObject
{
    Q_OBJECT

private slots:
    void pages_data()
    {
        QTest::addColumn<Case>("c");
        const auto row = [](const char *name, const QList<OrderPage> &pages, Extent extent, int orders, int total) {
            QTest::newRow(name) << Case{pages, extent, orders, total};
        };
        row("as many as named", {pageOf(1, 49, 49)}, Extent::Whole, 49, 49);
        row("more than named", {pageOf(1, 5, 3)}, Extent::Whole, 5, 3);
        row("none", {pageOf(1, 0)}, Extent::Whole, 0, 0);
        row("none, though some are named", {pageOf(1, 0, 6)}, Extent::Partial, 0, 6);
        row("without a total to an empty page", {pageOf(1, 50), pageOf(51, 50), pageOf(101, 0)}, Extent::Whole, 100,
            0);
        row("a short page says nothing", {pageOf(1, 7), pageOf(8, 3), pageOf(11, 0)}, Extent::Whole, 10, 0);
        row("short pages to the total", {pageOf(1, 20, 30), pageOf(21, 10, 30)}, Extent::Whole, 30, 30);
        row("fewer than named", {pageOf(1, 3, 6), pageOf(4, 0, 6)}, Extent::Partial, 3, 6);
        row("the same page again", {pageOf(1, 3, 6), pageOf(1, 3, 6)}, Extent::Partial, 3, 6);
        row("the same page again, no total", {pageOf(1, 50), pageOf(1, 50)}, Extent::Partial, 50, 0);
        row("one row moved between pages", {pageOf(1, 50, 70), pageOf(50, 20, 70), pageOf(71, 0, 70)},
            Extent::Partial, 69, 70);
        row("one left between pages", {pageOf(1, 50, 70), pageOf(52, 19, 69), pageOf(71, 0, 69)}, Extent::Partial, 69,
            70);
        row("one came between pages", {pageOf(1, 50, 70), pageOf(51, 21, 71)}, Extent::Whole, 71, 71);
        row("named late", {pageOf(1, 50), pageOf(51, 10, 60)}, Extent::Whole, 60, 60);
    }

    void pages()
    {
        QFETCH(Case, c);
        OrderPages pages;
        for (qsizetype i = 0; i < c.pages.size(); ++i) {
            QCOMPARE(pages.page(), int(i) + 1);
            QCOMPARE(pages.add(c.pages[i]), i + 1 < c.pages.size() ? Next::More : Next::Done);
        }
        QCOMPARE(pages.listing().extent, c.extent);
        QCOMPARE(pages.listing().orders.size(), c.orders);
        QCOMPARE(pages.listing().count, c.orders);
        QCOMPARE(pages.listing().total.value_or(0), c.total);
    }

    void rowsThatCannotBeReadMakeItPartial()
    {
        OrderPages pages;
        OrderPage page = pageOf(1, 1, 4);
        page.rows = 2;
        page.listing.skippedRows = 1;
        QCOMPARE(pages.add(page), Next::More);
        page = pageOf(2, 1, 4);
        page.rows = 2;
        page.listing.skippedRows = 1;
        QCOMPARE(pages.add(page), Next::Done);
        QCOMPARE(pages.listing().skippedRows, 2);
        QCOMPARE(pages.listing().orders.size(), 2);
        QCOMPARE(pages.listing().extent, Extent::Partial);
    }

    void endedOrdersAreRowsToo()
    {
        OrderPages pages;
        OrderPage page = pageOf(1, 3, 3);
        page.listing.orders.removeLast();
        QCOMPARE(pages.add(page), Next::Done);
        QCOMPARE(pages.listing().extent, Extent::Whole);
        QCOMPARE(pages.listing().count, 2);
    }

    void aBareArrayHasNoPages()
    {
        OrderPages pages;
        OrderPage page = pageOf(1, 60);
        page.isPaged = false;
        page.listing.extent = Extent::Uncounted;
        QCOMPARE(pages.add(page), Next::Done);
        QCOMPARE(pages.listing().extent, Extent::Uncounted);
        QCOMPARE(pages.listing().orders.size(), 60);
    }

    void doesNotGoOnForEver()
    {
        OrderPages pages;
        int asked = 1;
        while (pages.add(pageOf(asked, 1)) == Next::More && asked < 10'000)
            ++asked;
        QCOMPARE(asked, 200);
        QCOMPARE(pages.listing().extent, Extent::Partial);
        QCOMPARE(pages.listing().orders.size(), 200);
    }
};

QTEST_GUILESS_MAIN(TestOrderListing)
#include "tst_orderlisting.moc"
