#include "ui/table/visiblerows.h"

#include <QStringList>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

class TestVisibleRows : public QObject
{
    Q_OBJECT

private slots:
    void knowsPlaces();
    void keeps_data();
    void keeps();
};

void TestVisibleRows::knowsPlaces()
{
    VisibleRows rows;
    QVERIFY(rows.isEmpty());
    rows.append(OrderId(u"a"_s), -10, 28);
    rows.append(OrderId(u"b"_s), 18, 28);
    QCOMPARE(rows.orderAt(-11), OrderId());
    QCOMPARE(rows.orderAt(0), OrderId(u"a"_s));
    QCOMPARE(rows.orderAt(17), OrderId(u"a"_s));
    QCOMPARE(rows.orderAt(18), OrderId(u"b"_s));
    QCOMPARE(rows.orderAt(45), OrderId(u"b"_s));
    QCOMPARE(rows.orderAt(46), OrderId());
}

void TestVisibleRows::keeps_data()
{
    QTest::addColumn<QString>("seen");  // rows on screen, a letter each; the first one at the top edge
    QTest::addColumn<QString>("after"); // the whole table afterwards
    QTest::addColumn<int>("row");       // the row that must be at the top edge; -1: anything
    QTest::newRow("nothing changed") << u"cde"_s << u"abcdefg"_s << 2;
    QTest::newRow("inserted above") << u"cde"_s << u"aXbYcdefg"_s << 4;
    QTest::newRow("inserted below") << u"cde"_s << u"abcdXefg"_s << 2;
    QTest::newRow("removed above") << u"cde"_s << u"bcdefg"_s << 1;
    QTest::newRow("removed in sight") << u"cde"_s << u"abcefg"_s << 2;
    QTest::newRow("top removed") << u"cde"_s << u"abdefg"_s << 1;
    QTest::newRow("top two removed") << u"cde"_s << u"abefg"_s << 0;
    QTest::newRow("all in sight removed") << u"cde"_s << u"abfg"_s << -1;
    QTest::newRow("nothing was in sight") << QString() << u"abfg"_s << -1;
    QTest::newRow("top sorted to the end") << u"cde"_s << u"abdefgc"_s << 1;
    QTest::newRow("middle sorted to the end") << u"cdef"_s << u"abcefgd"_s << 2;
    QTest::newRow("last sorted to the front") << u"cdef"_s << u"fabcdeg"_s << 3;
    QTest::newRow("two sorted away") << u"cdefg"_s << u"efgabcd"_s << -2;
}

void TestVisibleRows::keeps()
{
    QFETCH(const QString, seen);
    QFETCH(const QString, after);
    QFETCH(const int, row);
    constexpr int height = 28;
    VisibleRows rows;
    for (qsizetype i = 0; i < seen.size(); ++i)
        rows.append(OrderId(seen.mid(i, 1)), int(i) * height, height);
    const auto offset = rows.offsetToKeep([&after](const OrderId &id) -> std::optional<int> {
        const qsizetype at = after.indexOf(id.text());
        return at < 0 ? std::nullopt : std::optional(int(at) * height);
    });
    QCOMPARE(offset.has_value(), row != -1);
    if (offset)
        QCOMPARE(*offset, row * height);
}

QTEST_GUILESS_MAIN(TestVisibleRows)
#include "tst_visiblerows.moc"
