#include "exchange/rowtext.h"

#include <QByteArrayList>
#include <QTest>

using namespace countermand;
using namespace Qt::StringLiterals;

/// A row's members as text, whatever the row before it was.
class TestRowText : public QObject
{
    Q_OBJECT

private slots:
    void everyRowIsReadAsIfItWereTheFirst();
    void whatOneRowLeavesOutIsEmpty();
    void theBytesOfEarlierRowsMayBeGone();
};

void TestRowText::everyRowIsReadAsIfItWereTheFirst()
{
    QByteArray many = R"({"id":9)";
    for (int i = 0; i < 200; ++i)
        many += ",\"other" + QByteArray::number(i) + "\":1";
    const QByteArrayList rows{R"({"id":1,"margin":2,"leverage":3,"source":"web"})",
                              R"({"margin":2,"id":1,"source":"web","leverage":3})",
                              R"({"userId":1,"margin":2,"makerFee":3,"id":4})",
                              R"({"id":1,"userId":2,"margin":3,"makerFee":4})",
                              R"({"id":1,"id":2,"margin":3,"margin":null})",
                              R"({"margin":1,"id":2,"margin":3})",
                              R"({"\u0069d":1,"margin":2,"leverage":3})",
                              R"({"id ":1," margin":2,"leverag":3,"sources":4})",
                              R"({})",
                              many + R"(,"margin":5})",
                              many + R"(,"leverage":5,"margin":6})"};
    // Each behind each: what stood at a place before says nothing of what stands there now.
    for (const QByteArray &before : rows) {
        for (const QByteArray &json : rows) {
            RowText first;
            RowText second;
            QCOMPARE(second.read(before, 0), before.size());
            QCOMPARE(first.read(json, 0), json.size());
            QCOMPARE(second.read(json, 0), json.size());
            for (std::size_t field = 0; field < fieldCount; ++field)
                QCOMPARE(second.text(Field(field)), first.text(Field(field)));
        }
    }
}

void TestRowText::whatOneRowLeavesOutIsEmpty()
{
    RowText text;
    const QByteArray whole = R"({"id":1,"margin":2})";
    const QByteArray part = R"({"id":3})";
    text.read(whole, 0);
    QCOMPARE(text.text(Field::Margin), u"2"_s);
    text.read(part, 0);
    QCOMPARE(text.text(Field::Id), u"3"_s);
    QCOMPARE(text.text(Field::Margin), QString());
}

void TestRowText::theBytesOfEarlierRowsMayBeGone()
{
    RowText text;
    auto before = std::make_unique<QByteArray>(R"({"id":1,"userId":2,"margin":3})");
    text.read(*before, 0);
    before.reset();
    const QByteArray json = R"({"id":1,"source":"api","margin":3})";
    QCOMPARE(text.read(json, 0), json.size());
    QCOMPARE(text.text(Field::Source), u"api"_s);
    QCOMPARE(text.text(Field::Margin), u"3"_s);
}

QTEST_APPLESS_MAIN(TestRowText)
#include "tst_rowtext.moc"
