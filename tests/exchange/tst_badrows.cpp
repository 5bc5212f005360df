#include "exchange/badrows.h"

#include <QJsonDocument>
#include <QObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace countermand;

/// Rows that are no JSON, in answers that are.
class TestBadRows : public QObject
{
    Q_OBJECT

private slots:
    void costsTheRowAlone_data()
    {
        QTest::addColumn<QByteArray>("row");
        QTest::addColumn<QByteArray>("becomes");
        QTest::newRow("word") << "NaN"_ba
                              << "null"_ba;
        QTest::newRow("number") << R"({"a":NaN})"_ba
                                << "null"_ba;
        QTest::newRow("bad bytes") << "{\"a\":\"x\xff\"}"_ba
                                   << "{\"a\":\"x\xef\xbf\xbd\"}"_ba;
        QTest::newRow("quote too few") << "{\"a\":\"x}"_ba
                                       << "null"_ba;
        QTest::newRow("bracket too few") << R"({"a":[1})"_ba
                                         << "null"_ba;
        QTest::newRow("a list in it") << R"({"a":[{"b":1},{"b":2}],c})"_ba
                                      << "null"_ba;
        QTest::newRow("good") << "{\"a\":\"]},{\"}"_ba
                              << "{\"a\":\"]},{\"}"_ba;
    }

    void costsTheRowAlone()
    {
        QFETCH(const QByteArray, row);
        QFETCH(const QByteArray, becomes);
        for (const char *shape :
             {R"({"code":0,"data":[%,{"id":7}],"msg":"x"})", R"({"code":0,"data":[{"id":7},%,{"id":8}],"msg":"x"})",
              R"({"msg":"","code":0,"data":{"total":2,"rows":[{"id":"7"},%]}})"}) {
            const QByteArray bad = QByteArray(shape).replace('%', row);
            const QByteArray mended = withoutBadRows(bad);
            QCOMPARE(mended, QByteArray(shape).replace('%', becomes));
            QVERIFY(QJsonDocument::fromJson(mended).isObject());
        }
    }

    void whatIsAroundTheListStays_data()
    {
        QTest::addColumn<QByteArray>("json");
        for (const char *json :
             {"", "<html></html>", "[NaN]", "{\"code\":0,\"msg\":\"NaN", R"({"code":0,"data":[NaN)",
              R"({"code":0,"data":[NaN,)", R"({"code":0,"data":[{"a":1},])", R"({"code":NaN,"data":[]})",
              R"({"code":0,"data":[{"a":1},],"msg":""})", R"({"code":0,"data":[,],"msg":""})",
              R"({"code":0,"data":[]},{"a":1}],"msg":""})", R"({"code":0,"data":[{"a":1},]},{"a":2}],"msg":""})",
              R"({"code":0,"data":[NaN],"msg":bad})", R"({"code":0,"data":{"x":NaN},"msg":""})"})
            QTest::newRow(json) << QByteArray(json);
    }

    void whatIsAroundTheListStays()
    {
        QFETCH(const QByteArray, json);
        QCOMPARE(withoutBadRows(json), json);
    }

    void findsTheRows()
    {
        QCOMPARE(rowsBegin(R"({"data":[1]})"), 9);
        QCOMPARE(rowsBegin(R"({"x":{"data":[]},"data":{"y":[],"rows":[1]}})"), 40);
        QCOMPARE(rowsBegin(R"({"data":null})"), -1);
        QCOMPARE(rowsBegin(R"([{"data":[]}])"), -1);
    }
};

QTEST_GUILESS_MAIN(TestBadRows)
#include "tst_badrows.moc"
