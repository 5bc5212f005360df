#include "workflow/answerfacts.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QTest>

#include <algorithm>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

CheckAnswer answer(const QByteArray &json)
{
    return {QJsonDocument::fromJson("{\"d\":" + json + '}').object().value("d"_L1), {}};
}

CheckAnswer refused(int code, int status = 200)
{
    ApiError error;
    error.code = code;
    error.httpStatus = status;
    return {QJsonValue(QJsonValue::Undefined), error};
}

AnswerFact factOf(const CheckAnswers &answers, const QString &key)
{
    const QList<AnswerFact> facts = answerFacts(answers);
    const auto at =
        std::find_if(facts.cbegin(), facts.cend(), [&key](const AnswerFact &fact) { return fact.key == key; });
    return at == facts.cend() ? AnswerFact{u"(no such fact)"_s, {}} : *at;
}

QByteArray row(const QByteArray &id, const QByteArray &more = {})
{
    return "{\"id\":\"" + id + "\",\"instrument\":\"BTC\",\"direction\":\"long\",\"createdDate\":\"1772632942000\"" +
           more + '}';
}

QByteArray rowsOf(int count, qint64 firstDate = 1772632942000)
{
    QByteArrayList rows;
    for (int i = 0; i < count; ++i)
        rows.append("{\"id\":\"" + QByteArray::number(i + 1) + "\",\"createdDate\":\"" +
                    QByteArray::number(firstDate - 1000 * i) + "\"}");
    return rows.join(',');
}

QByteArray page(const QByteArray &rows, const QByteArray &total)
{
    return "{\"rows\":[" + rows + "],\"total\":\"" + total + "\"}";
}

} // namespace

/// Each thing that is believed, borne out and not.
class TestAnswerFacts : public QObject
{
    Q_OBJECT

private slots:
    void nothingReadShowsNothing()
    {
        const QList<AnswerFact> facts = answerFacts({});
        QVERIFY(facts.size() >= 20);
        for (const AnswerFact &fact : facts)
            QVERIFY2(fact.finding == Finding::NotSeen, qPrintable(fact.key));
    }

    void facts_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<CheckAnswers>("holds");
        QTest::addColumn<CheckAnswers>("differs");
        QTest::addColumn<QString>("detail");
        const auto add = [](const char *key, const CheckAnswers &holds, const CheckAnswers &differs,
                            const QString &detail = {}) {
            QTest::newRow(key) << QString::fromLatin1(key) << holds << differs << detail;
        };
        const CheckAnswer none = answer("[]");
        const CheckAnswer one = answer('[' + row("1") + ']');
        add("reads", {.plan = none}, {.plan = none, .trailing = refused(6003)}, u"moveTPSL: code 6003, HTTP 200"_s);
        add("lists.array", {.plan = none, .trailing = answer("null")},
            {.plan = none, .trailing = answer(page({}, "0"))}, u"moveTPSL"_s);
        add("trigger.page", {.trigger = answer(page({}, "0"))}, {.trigger = answer("[]")});
        add("rows.members", {.plan = one},
            {.plan = answer('[' + row("1", ",\"newMember\":\"5\",\"x9\":\"1\"") + ']')},
            u"(not a plain word), newMember"_s);
        add("rows.needed", {.plan = one}, {.plan = answer(R"([{"id":"1","createdDate":"1"}])")},
            u"direction, instrument"_s);
        add("execute.apart", {.plan = one, .execute = answer('[' + row("2") + ']')}, {.plan = one, .execute = one});
        add("words.state", {.plan = answer('[' + row("1", ",\"orderStatus\":\"UnFinish\"") + ']')},
            {.plan = answer('[' + row("1", ",\"orderStatus\":\"markerChange\"") + ']')}, u"markerChange"_s);
        add("words.kind", {.plan = answer('[' + row("1", ",\"posType\":\"plan\"") + ']')},
            {.plan = answer('[' + row("1", ",\"originalType\":\"iceberg\"") + ']')}, u"iceberg"_s);
        add("count.shape", {.count = answer(R"({"value":"2"})")}, {.count = answer("\"2\"")});
        const CheckAnswer two = answer('[' + row("7") + ',' + row("8") + ']');
        add("count.kinds",
            {.plan = one,
             .execute = none,
             .stopProfitLoss = two,
             .trailing = none,
             .count = answer(R"({"value":"1"})")},
            {.plan = two,
             .execute = none,
             .stopProfitLoss = none,
             .trailing = none,
             .count = answer(R"({"value":"1"})")},
            u"no sum of the kinds fits"_s);
        add("page.total", {.history = answer(page(rowsOf(2), "2"))}, {.history = answer(page(rowsOf(2), "0"))});
        add("page.fifty", {.history = answer(page(rowsOf(50), "60"))}, {.history = answer(page(rowsOf(51), "60"))});
        add("page.hundred",
            {.history = answer(page(rowsOf(50), "60")), .historyOfHundred = answer(page(rowsOf(60), "60"))},
            {.history = answer(page(rowsOf(50), "60")), .historyOfHundred = answer(page(rowsOf(50), "60"))});
        add("dates.seconds", {.plan = one}, {.plan = answer(R"([{"id":"1","updatedDate":"1772632942123"}])")});
        add("records.order", {.history = answer(page(rowsOf(2), "2"))},
            {.deals = answer(page(R"({"createdDate":"1000"},{"createdDate":"2000"})", "2"))});
        add("history.filled", {.history = answer(page(R"({"id":"1","orderStatus":"cancel","tradePiece":"1"})", "1"))},
            {.history = answer(page(R"({"id":"1","orderStatus":"cancelAll","tradePiece":"0"})", "1"))});
        add("positions.array", {.positions = answer("null")}, {.positions = answer(page({}, "0"))});
        add("positions.openId",
            {.stopProfitLoss = answer('[' + row("1", ",\"openId\":\"9\"") + ']'),
             .positions = answer(R"([{"id":"9"}])")},
            {.stopProfitLoss = answer('[' + row("1", ",\"openId\":\"9\"") + ']'), .positions = none});
        add("date", {.plan = none, .hasDate = true}, {.plan = none});
        add("time.wrong", {.wrongTime = refused(6001, 401)}, {.wrongTime = answer(R"({"value":"1"})")});
    }

    void facts()
    {
        QFETCH(const QString, key);
        QFETCH(const CheckAnswers, holds);
        QFETCH(const CheckAnswers, differs);
        QFETCH(const QString, detail);
        QVERIFY(factOf(holds, key).finding == Finding::Holds);
        const AnswerFact fact = factOf(differs, key);
        QVERIFY(fact.finding == Finding::Differs);
        QCOMPARE(fact.detail, detail);
    }

    void everyFactIsTried()
    {
        facts_data();
        QCOMPARE(answerFacts({}).size(), 20);
    }

    void whichKindsTheCountCounts()
    {
        CheckAnswers answers{.plan = answer('[' + row("1") + ']'),
                             .execute = answer('[' + row("1") + ',' + row("2") + ',' + row("3") + ']'),
                             .stopProfitLoss = answer("[]"),
                             .trailing = answer("null"),
                             .count = answer("\"3\"")};
        // A plan order that the execute list repeats counts once.
        QCOMPARE(factOf(answers, u"count.kinds"_s).detail, u"plan + execute"_s);
        answers.count = answer("\"2\"");
        QCOMPARE(factOf(answers, u"count.kinds"_s).detail, u"execute"_s);
        answers.count = answer("\"0\"");
        QCOMPARE(factOf(answers, u"count.kinds"_s).detail, u"none"_s);
        answers.count = answer("\"9\"");
        QVERIFY(factOf(answers, u"count.kinds"_s).finding == Finding::NotSeen);
        answers.stopProfitLoss = answer('[' + row("8") + ']');
        answers.count = answer("\"1\"");
        const AnswerFact twoWays = factOf(answers, u"count.kinds"_s);
        QVERIFY(twoWays.finding == Finding::NotSeen);
        QCOMPARE(twoWays.detail, u"plan, or stopProfitLoss"_s);
    }

    void theReportHoldsNothingOfTheTraders()
    {
        const QByteArray secret =
            R"([{"id":"650302123456789","instrument":"BTC","direction":"long","createdDate":"1772632942000","orderPrice":"95400.10",
               "totalPiece":"12345","openId":"2306843009213693951","thirdOrderId":"my-client-id","posType":"key4711","orderStatus":"95400.10",
               "secret_650302123456789":"x","odd name":"y"}])";
        CheckAnswers answers;
        for (auto read :
             {&CheckAnswers::plan, &CheckAnswers::execute, &CheckAnswers::stopProfitLoss, &CheckAnswers::trailing,
              &CheckAnswers::positions, &CheckAnswers::history, &CheckAnswers::deals, &CheckAnswers::trigger})
            answers.*read = answer(secret);
        answers.count = answer("\"4711\"");
        const QString report = answerReport(answerFacts(answers), u"api.coinw.com"_s, u"0.1.0"_s);
        for (const char *word :
             {"650302", "95400", "12345", "230684", "my-client", "4711", "odd name", "1772632942", "BTC"})
            QVERIFY2(!report.contains(QLatin1StringView(word)), qPrintable(report));
    }

    void theReportReadsWell()
    {
        const QString report =
            answerReport({{u"date"_s, u"Answers carry a Date"_s, Finding::Holds, {}},
                          {u"time.wrong"_s, u"A wrong time is refused"_s, Finding::Differs, u"code 1"_s}},
                         u"practice"_s, u"0.1.0"_s);
        QCOMPARE(report, u"Countermand 0.1.0: CoinW's answers, checked (practice)\n\n"
                         "holds     Answers carry a Date [date]\n"
                         "DIFFERS   A wrong time is refused [time.wrong]: code 1\n"_s);
    }
};

QTEST_GUILESS_MAIN(TestAnswerFacts)
#include "tst_answerfacts.moc"
