#include "ui/table/columncontent.h"

#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

using Column = OrderColumns::Column;

/// Columns get as wide as what they say, and never narrower again.
class TestColumnContent : public QObject
{
    Q_OBJECT

private slots:
    void grows();
    void digitsDoNotMatter();
    void everyWordOfTheButtonFits();
    void statesAreIconsOrWords();
};

void TestColumnContent::grows()
{
    ColumnContent content(QFont(), false);
    const int usual = content.width(Column::Price);
    QCOMPARE(usual, content.usualWidth(Column::Price));
    QVERIFY(!content.take(Column::Price, u"1.0"_s));
    QVERIFY(content.take(Column::Price, u"1,234,567.89012345"_s));
    const int wide = content.width(Column::Price);
    QVERIFY(wide > usual);
    QVERIFY(!content.take(Column::Price, u"1.0"_s));
    QVERIFY(!content.take(Column::Price, u"1,234,567.89012345"_s));
    QCOMPARE(content.width(Column::Price), wide);
    QCOMPARE(content.usualWidth(Column::Price), usual);
    QVERIFY(content.take(Column::Instrument, u"1000000BABYDOGE-USDT"_s));
    QCOMPARE(ColumnContent(QFont(), false).width(Column::Price), usual);
}

void TestColumnContent::digitsDoNotMatter()
{
    ColumnContent content(QFont(), false);
    QVERIFY(content.take(Column::TakeProfit, u"111,111,111.111"_s));
    QVERIFY(!content.take(Column::TakeProfit, u"444,888,999.000"_s));
}

void TestColumnContent::everyWordOfTheButtonFits()
{
    ColumnContent content(QFont(), false);
    for (const QString &text :
         {u"Cancel…"_s, u"Cancel now"_s, u"Canceling…"_s, u"Checking…"_s, u"Unknown"_s, u"Gone"_s})
        QVERIFY2(!content.take(Column::Action, text), qPrintable(text));
}

void TestColumnContent::statesAreIconsOrWords()
{
    ColumnContent icons(QFont(), false);
    QCOMPARE(icons.width(Column::State), 28);
    QVERIFY(!icons.take(Column::State, u"Partly filled"_s));
    QVERIFY(icons.take(Column::State, u"Failed · Partly filled"_s));
    QCOMPARE(icons.width(Column::State), 46);
    QVERIFY(!icons.take(Column::State, u"Failed · ⊘ no position"_s));
    QVERIFY(icons.take(Column::State, u"Failed · Partly filled · ⊘ no position"_s));
    QCOMPARE(icons.width(Column::State), 64);
    QVERIFY(ColumnContent(QFont(), true).width(Column::State) > 60);
}

QTEST_MAIN(TestColumnContent)
#include "tst_columncontent.moc"
