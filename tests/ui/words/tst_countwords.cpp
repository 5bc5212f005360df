#include "ui/words/countwords.h"

#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

using Knowledge = OpenCount::Knowledge;

class TestCountWords : public QObject
{
    Q_OBJECT

private slots:
    void words_data()
    {
        QTest::addColumn<OpenCount>("count");
        QTest::addColumn<QString>("counter");
        QTest::addColumn<QString>("filtered");
        QTest::addColumn<QString>("title");
        const auto row = [](const char *name, const OpenCount &count, const QString &counter, const QString &filtered,
                            const QString &title) { QTest::newRow(name) << count << counter << filtered << title; };
        row("nothing read", {}, u"Reading…"_s, u"Reading…"_s, u"reading orders"_s);
        row("at least", {Knowledge::AtLeast, 96, {}}, u"at least 96 open"_s, u"4 of 96 shown"_s,
            u"at least 96 open orders"_s);
        row("at least one", {Knowledge::AtLeast, 1, {}}, u"at least 1 open"_s, u"4 of 1 shown"_s,
            u"at least 1 open order"_s);
        row("exact", {Knowledge::Exact, 96, {}}, u"96 of 96 open"_s, u"4 of 96 shown"_s, u"96 open orders"_s);
        row("one", {Knowledge::Exact, 1, {}}, u"1 of 1 open"_s, u"4 of 1 shown"_s, u"1 open order"_s);
        row("none", {Knowledge::Exact, 0, {}}, u"0 of 0 open"_s, u"4 of 0 shown"_s, u"0 open orders"_s);
        row("more counted", {Knowledge::AtLeast, 96, 120}, u"96 of 120 open ⚠"_s, u"4 of 96 shown ⚠"_s,
            u"at least 96 open orders"_s);
    }

    void words()
    {
        QFETCH(OpenCount, count);
        QTEST(counterText(count), "counter");
        QTEST(counterText(count, 4), "filtered");
        QTEST(openOrdersText(count), "title");
    }

    void noticeOfTheQuestion()
    {
        QCOMPARE(countNotice({Knowledge::Exact, 100, {}}, 100), QString());
        QCOMPARE(countNotice({Knowledge::AtLeast, 100, {}}, 100), QString());
        const OpenCount more{Knowledge::AtLeast, 100, 250};
        QCOMPARE(countNotice(more, 100), u"CoinW reports 250 open orders; 100 are listed and would be canceled."_s);
        QCOMPARE(countNotice(more, 98), u"CoinW reports 250 open orders; 100 are listed, and 98 of them would be "
                                        u"canceled."_s);
        QCOMPARE(countNotice({Knowledge::AtLeast, 1, 2}, 1),
                 u"CoinW reports 2 open orders; 1 is listed and would be canceled."_s);
    }
};

QTEST_GUILESS_MAIN(TestCountWords)
#include "tst_countwords.moc"
