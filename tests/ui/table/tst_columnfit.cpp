#include "ui/table/columnfit.h"

#include <QTest>

#include <numeric>

using namespace countermand;

/// How the width of a table is shared out: what is cut, left out, and stretched, and in which order.
class TestColumnFit : public QObject
{
    Q_OBJECT

private slots:
    void everyPixelIsUsed();
    void columnsLeaveInOrder();
    void chosenWidthsHoldAsFarAsTheyFit();
    void numbersAreNeverCut();
    void spareGoesToCutColumnsFirst();

private:
    static int sum(const QList<int> &widths) { return std::accumulate(widths.cbegin(), widths.cend(), 0); }
    /// A word that may be cut, a number, two numbers that may leave, and a button.
    static QList<ColumnNeed> five()
    {
        return {{.whole = 120, .least = 60},
                {.whole = 100, .least = 100},
                {.whole = 80, .least = 80, .leaves = 2},
                {.whole = 90, .least = 90, .leaves = 1},
                {.whole = 70, .least = 70, .stretches = false}};
    }
};

void TestColumnFit::everyPixelIsUsed()
{
    for (int available = 230; available < 1500; ++available)
        QCOMPARE(sum(fitColumns(five(), available)), available);
    QCOMPARE(fitColumns(five(), 460), QList<int>({120, 100, 80, 90, 70}));
    // The button keeps its size, the others grow alike.
    QCOMPARE(fitColumns(five(), 850), QList<int>({240, 200, 160, 180, 70}));
    QList<ColumnNeed> needs = five();
    needs[1].wanted = false;
    QCOMPARE(fitColumns(needs, 360), QList<int>({120, 0, 80, 90, 70}));
}

void TestColumnFit::columnsLeaveInOrder()
{
    QCOMPARE(fitColumns(five(), 459).at(3), 0);
    QVERIFY(fitColumns(five(), 370).at(2) >= 80);
    QCOMPARE(fitColumns(five(), 369).at(2), 0);
    // Of equals the last one goes first.
    QList<ColumnNeed> needs = five();
    needs[2].leaves = 1;
    QCOMPARE(fitColumns(needs, 459).at(3), 0);
    QVERIFY(fitColumns(needs, 459).at(2) >= 80);
}

void TestColumnFit::chosenWidthsHoldAsFarAsTheyFit()
{
    QList<ColumnNeed> needs = five();
    needs[1].chosen = 150;
    for (const int available : {340, 400, 700, 1500})
        QCOMPARE(fitColumns(needs, available).at(1), 150);
    QCOMPARE(fitColumns(needs, 700).at(4), 70);
    QCOMPARE(sum(fitColumns(needs, 320)), 320);
    QCOMPARE(fitColumns(needs, 320).at(1), 130);
    // A word may be narrower than it is long, if the user says so.
    needs[0].chosen = 80;
    QCOMPARE(fitColumns(needs, 1500).at(0), 80);
}

void TestColumnFit::numbersAreNeverCut()
{
    QList<ColumnNeed> needs = five();
    needs[1].chosen = 30;
    QCOMPARE(fitColumns(needs, 900).at(1), 100);
    // Where not even the least has room there is more than the table is wide.
    QCOMPARE(fitColumns(five(), 100), QList<int>({60, 100, 0, 0, 70}));
}

void TestColumnFit::spareGoesToCutColumnsFirst()
{
    QCOMPARE(fitColumns(five(), 230), QList<int>({60, 100, 0, 0, 70}));
    QCOMPARE(fitColumns(five(), 280), QList<int>({110, 100, 0, 0, 70}));
    QCOMPARE(fitColumns(five(), 290), QList<int>({120, 100, 0, 0, 70}));
    // Nothing comes back as long as a word is cut.
    QCOMPARE(fitColumns(five(), 369).at(2), 0);
    QVERIFY(fitColumns(five(), 370).at(2) > 0);
}

QTEST_APPLESS_MAIN(TestColumnFit)
#include "tst_columnfit.moc"
