#include "local/journal.h"
#include "tests/support/fakeexchange.h"
#include "tests/support/waiting.h"

#include <QElapsedTimer>
#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QProcess>
#include <QRandomGenerator>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace countermand;
using namespace Qt::StringLiterals;

namespace {

constexpr int kills = 50;
constexpr int orders = 100;
/// A cancel of a hundred orders with its proofs takes about this long here.
constexpr int wholeRun = 1800;

bool isOpenAtTheEnd(CancelStage stage)
{
    switch (stage) {
    case CancelStage::Rejected:
    case CancelStage::NotSent:
    case CancelStage::UnknownStillOpen:
        return true;
    default:
        return false;
    }
}

} // namespace

/// A process that is killed in the middle of canceling a hundred orders, fifty times; each time the next start
/// settles every cancel by reading alone.
class TestKilled : public QObject
{
    Q_OBJECT

private slots:
    void killedAtAnyMoment();

private:
    void oneKill(FakeExchange &exchange, int afterMs);
    static QSet<QString> askedFor(FakeExchange &exchange);

    int m_recorded = 0;
    int m_left = 0;
    int m_torn = 0;
    int m_midway = 0;
};

QSet<QString> TestKilled::askedFor(FakeExchange &exchange)
{
    QSet<QString> ids;
    const auto requests = exchange.log({{u"method"_s, u"DELETE"_s}});
    for (const QJsonValue &request : requests) {
        const auto named = request.toObject().value(u"ids"_s).toArray();
        for (const QJsonValue &id : named)
            ids.insert(id.toString());
    }
    return ids;
}

void TestKilled::oneKill(FakeExchange &exchange, int afterMs)
{
    exchange.fresh();
    exchange.set({{u"rtt_ms"_s, 30}});
    exchange.generate(orders, 2);
    const QTemporaryDir folder;
    const QString url = exchange.baseUrl().toString();

    QProcess killed;
    killed.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    killed.start(QStringLiteral(CANCELRUNNER), {u"cancel"_s, folder.path(), url});
    QVERIFY2(waitFor([&killed] { return killed.peek(64).contains("going"); }), "the run did not begin");
    QTimer::singleShot(afterMs, &killed, &QProcess::kill);
    QVERIFY(waitFor([&killed] { return killed.state() == QProcess::NotRunning; }));

    // No order was asked for without a line on the disk, though nothing had time to say goodbye.
    QFile file(folder.filePath(u"journal.jsonl"_s));
    QByteArray bytes;
    if (file.open(QIODevice::ReadOnly))
        bytes = file.readAll();
    const JournalContents left = readJournal(bytes);
    m_torn += left.tornAt ? 1 : 0;
    QSet<QString> written;
    for (const CancelRecord &record : left.records)
        written.insert(record.order.id.text());
    // A request that was on its way when the process died may still arrive.
    exchange.waitFor(u"left"_s, {}, 1, 300);
    const QSet<QString> asked = askedFor(exchange);
    QVERIFY2(written.contains(asked), "an order was asked for without a line");
    m_recorded += int(written.size());
    m_left += int(asked.size());
    m_midway += !asked.isEmpty() && asked.size() < orders;

    QProcess settling;
    settling.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    settling.start(QStringLiteral(CANCELRUNNER), {u"settle"_s, folder.path(), url});
    QVERIFY2(settling.waitForFinished(60000), "not settled in time");
    QVERIFY(settling.readAll().contains("settled"));
    QCOMPARE(askedFor(exchange), asked); // settled by reading alone

    file.close();
    QVERIFY(!file.exists() || file.open(QIODevice::ReadOnly));
    const JournalContents settled = readJournal(file.isOpen() ? file.readAll() : QByteArray());
    QVERIFY2(!settled.tornAt && settled.unreadableLines == 0, "a torn line was left in the journal");
    QSet<QString> open;
    const auto lists = exchange.command(u"list"_s).value(u"orders"_s).toObject();
    for (const QJsonValue &rows : lists) {
        for (const QJsonValue &row : rows.toArray())
            open.insert(row.toObject().value(u"id"_s).toVariant().toString());
    }
    int openRecords = 0;
    for (const CancelRecord &record : settled.records) {
        QVERIFY2(isFinal(record.stage), qPrintable(stageWord(record.stage)));
        openRecords += isOpenAtTheEnd(record.stage);
    }
    // What the journal says is what the exchange has.
    QCOMPARE(openRecords + (orders - int(settled.records.size())), int(open.size()));
}

void TestKilled::killedAtAnyMoment()
{
    FakeExchange exchange;
    QVERIFY2(exchange.isReady(), qPrintable(exchange.error()));
    QRandomGenerator random(20261122);
    for (int kill = 0; kill < kills; ++kill) {
        oneKill(exchange, random.bounded(wholeRun));
        if (QTest::currentTestFailed())
            return;
    }
    qInfo(
        "%d kills: %d cancels recorded, %d asked for, %d runs cut between first and last request, %d torn lines set "
        "aside",
        kills, m_recorded, m_left, m_midway, m_torn);
    QVERIFY(m_midway > 0);
}

QTEST_GUILESS_MAIN(TestKilled)
#include "tst_killed.moc"
