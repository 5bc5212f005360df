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
    page.total = total;
    return page;
}

using Next = OrderPages::Next;

} // namespace

class TestOrderListing : public QObject
{
    Q_OBJECT

private slots:
    void onePage()
    {
        OrderPages pages(50);
        QCOMPARE(pages.page(), 1);
        QCOMPARE(pages.add(pageOf(1, 49, 49)), Next::Done);
        QCOMPARE(pages.listing().orders.size(), 49);
    }

    void noRows()
    {
        OrderPages pages(50);
        QCOMPARE(pages.add(pageOf(1, 0, 0)), Next::Done);
        QVERIFY(pages.listing().orders.isEmpty());
    }

    void aFullPageAsksForMoreWhateverTheTotal()
    {
        OrderPages pages(50);
        QCOMPARE(pages.add(pageOf(1, 50, 0)), Next::More);
        QCOMPARE(pages.page(), 2);
        QCOMPARE(pages.add(pageOf(51, 50, 0)), Next::More);
        QCOMPARE(pages.add(pageOf(101, 0, 0)), Next::Done);
        QCOMPARE(pages.listing().orders.size(), 100);
    }

    void aSmallPageAsksForMoreIfTheTotalSaysSo()
    {
        OrderPages pages(50);
        QCOMPARE(pages.add(pageOf(1, 20, 30)), Next::More);
        QCOMPARE(pages.add(pageOf(21, 10, 30)), Next::Done);
        QCOMPARE(pages.listing().orders.size(), 30);
    }

    void aRepeatedPageEndsIt()
    {
        OrderPages pages(50);
        QCOMPARE(pages.add(pageOf(1, 50)), Next::More);
        QCOMPARE(pages.add(pageOf(1, 50)), Next::Done);
        QCOMPARE(pages.listing().orders.size(), 50);
    }

    void rowsThatMoveBetweenPagesAreCountedOnce()
    {
        OrderPages pages(50);
        QCOMPARE(pages.add(pageOf(1, 50)), Next::More);
        QCOMPARE(pages.add(pageOf(50, 20)), Next::Done);
        QCOMPARE(pages.listing().orders.size(), 69);
    }

    void aChangedTotalMeansThatRowsMayBeMissing()
    {
        OrderPages pages(50);
        QCOMPARE(pages.add(pageOf(1, 50, 70)), Next::More);
        QCOMPARE(pages.add(pageOf(52, 19, 69)), Next::Shifted);
    }

    void skippedRowsAddUp()
    {
        OrderPages pages(2);
        OrderPage page = pageOf(1, 1);
        page.rows = 2;
        page.listing.skippedRows = 1;
        QCOMPARE(pages.add(page), Next::More);
        OrderPage last = pageOf(2, 0);
        last.rows = 1;
        last.listing.skippedRows = 1;
        QCOMPARE(pages.add(last), Next::Done);
        QCOMPARE(pages.listing().skippedRows, 2);
        QCOMPARE(pages.listing().orders.size(), 1);
    }

    void doesNotGoOnForEver()
    {
        OrderPages pages(1);
        int asked = 0;
        while (pages.add(pageOf(asked, 1)) == Next::More && asked < 10'000)
            ++asked;
        QVERIFY(asked < 1000);
    }
};

QTEST_GUILESS_MAIN(TestOrderListing)
#include "tst_orderlisting.moc"
