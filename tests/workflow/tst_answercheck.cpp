#include "domain/credentials.h"
#include "exchange/coinwclient.h"
#include "local/journal.h"
#include "tests/support/fakeexchange.h"
#include "tests/support/opensession.h"
#include "tests/support/waiting.h"
#include "workflow/answercheck.h"

#include <QNetworkAccessManager>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

/// The answers of one check; nothing if it did not end.
std::optional<CheckAnswers> checkOf(Session &session, bool wrongTime)
{
    std::optional<CheckAnswers> found;
    AnswerCheck check(session);
    QObject::connect(&check, &AnswerCheck::done, &check, [&found](const CheckAnswers &answers) { found = answers; });
    check.start(wrongTime);
    return waitFor([&found] { return found.has_value(); }) ? found : std::nullopt;
}

Finding findingOf(const CheckAnswers &answers, const QString &key)
{
    const QList<AnswerFact> facts = answerFacts(answers);
    const auto at =
        std::find_if(facts.cbegin(), facts.cend(), [&key](const AnswerFact &fact) { return fact.key == key; });
    return at == facts.cend() ? Finding::NotSeen : at->finding;
}

} // namespace

/// The check's reads: in practice, and against real sockets that check signatures on their own.
class TestAnswerCheck : public QObject
{
    Q_OBJECT

private slots:
    void practiceAnswersAsCoinwIsBelievedTo()
    {
        const OpenSession open(Environment::Practice);
        const auto answers = checkOf(*open.session, false);
        QVERIFY(answers);
        QVERIFY(!answers->wrongTime);
        const QList<AnswerFact> facts = answerFacts(*answers);
        for (const AnswerFact &fact : facts)
            QVERIFY2(fact.finding != Finding::Differs, qPrintable(fact.key + u": "_s + fact.detail));
        QVERIFY(findingOf(*answers, u"reads"_s) == Finding::Holds);
        QVERIFY(findingOf(*answers, u"rows.needed"_s) == Finding::Holds);
    }

    void onlyReadsAreSent()
    {
        FakeExchange exchange;
        QVERIFY2(exchange.isReady(), qPrintable(exchange.error()));
        QTemporaryDir folder;
        Journal journal = Journal::open(folder.path(), QDateTime::currentDateTimeUtc());
        QNetworkAccessManager network;
        auto client = std::make_unique<CoinwClient>(network, Endpoint{exchange.baseUrl()}, CoinwClient::Timing{});
        client->setCredentials(Credentials(FakeExchange::exampleKey(), FakeExchange::exampleSecret()));
        Session session({u"a"_s, u"Main"_s, Environment::TestServer, u"127.0.0.1"_s, 0}, std::move(client), journal);
        const auto answers = checkOf(session, true);
        QVERIFY(answers);
        QVERIFY(findingOf(*answers, u"reads"_s) == Finding::Holds);
        QVERIFY(findingOf(*answers, u"date"_s) == Finding::Holds);
        QVERIFY(answers->wrongTime);
        int reads = 0;
        int wrongTimes = 0;
        const QJsonArray log = exchange.log();
        for (const auto &entry : log) {
            QCOMPARE(entry.toObject().value(u"method"_s).toString(), u"GET"_s);
            ++reads;
            wrongTimes += qAbs(entry.toObject().value(u"skew_ms"_s).toDouble()) > 3'000'000 ? 1 : 0;
        }
        QCOMPARE(reads, 11);
        QCOMPARE(wrongTimes, 1);
    }
};

QTEST_GUILESS_MAIN(TestAnswerCheck)
#include "tst_answercheck.moc"
