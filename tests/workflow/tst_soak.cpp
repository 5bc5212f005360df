// A long day in a minute: the whole path from the network to the record, with a scripted exchange and a scripted
// clock for the limits, and the bytes in use meanwhile.
#include "domain/credentials.h"
#include "exchange/coinwclient.h"
#include "local/journal.h"
#include "tests/exchange/scriptednetwork.h"
#include "tests/support/waiting.h"
#include "tests/workflow/openaccount.h"
#include "workflow/activity.h"

#include <QCoreApplication>
#include <QEvent>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>

#ifdef __GLIBC__
#include <malloc.h>
#endif

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int recordsBefore = 10000;
constexpr int ordersOpen = 200;
constexpr qint64 firstId = 33308749000000001;

int wanted(const char *variable, int usual)
{
    const int number = qEnvironmentVariableIntValue(variable);
    return number > 0 ? number : usual;
}

size_t bytesInUse()
{
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
    const auto info = mallinfo2();
    return info.uordblks + info.hblkhd;
#else
    return 0;
#endif
}

/// An account in which orders come and go, in CoinW's documented shapes.
class ScriptedAccount
{
public:
    ScriptedAccount()
    {
        for (int i = 0; i < ordersOpen; ++i)
            place();
    }

    ScriptedAnswer answer(const ScriptedRequest &request)
    {
        const QByteArray target = request.target();
        if (request.isDelete())
            return {};
        if (target.contains("positionType=plan") && !target.contains("planTrigger"))
            return {planList()};
        if (target.startsWith("/v1/perpum/orders/openQuantity"))
            return {enveloped("{\"value\":" + QByteArray::number(m_open.size()) + '}')};
        if (target.startsWith("/v1/perpum/orders/deals") || target.startsWith("/v1/perpum/orders/history"))
            return {enveloped("{\"rows\":[" + records(target.contains("deals")) + "],\"total\":51}")};
        if (target.startsWith("/v1/perpum/orders/open"))
            return {enveloped(R"({"rows":[],"total":0})")};
        return {enveloped("[]")};
    }

    void churn()
    {
        m_open.erase(m_open.begin());
        place();
    }
    void cancel(const QByteArray &id)
    {
        if (m_open.erase(id.toLongLong()) == 0)
            return;
        m_canceled.prepend(id);
        m_canceled.resize(std::min<qsizetype>(m_canceled.size(), 40));
        place();
    }
    /// One that has been listed for a while, and another one each time.
    OrderId listed(int number) const
    {
        return OrderId(QString::number(std::next(m_open.begin(), 100 + number % 80)->first));
    }

    int polls = 0;

private:
    static QByteArray enveloped(const QByteArray &data) { return R"({"code":0,"msg":"","data":)" + data + '}'; }
    static QByteArray dateNow() { return QByteArray::number(QDateTime::currentSecsSinceEpoch() * 1000); }

    void place()
    {
        const QByteArray id = QByteArray::number(m_nextId);
        m_open[m_nextId++] =
            R"({"id":)" + id +
            R"(,"instrument":"BTC","direction":"long","status":"open","orderStatus":"unFinish","originalType":"plan",)"
            R"("posType":"plan","orderPrice":64000.10,"totalPiece":25,"currentPiece":25,"leverage":10,"positionModel":1,)"
            R"("source":"web","createdDate":)" +
            dateNow() + '}';
    }

    QByteArray planList()
    {
        ++polls;
        QByteArrayList rows;
        for (const auto &[id, row] : m_open)
            rows.append(row);
        return enveloped('[' + rows.join(',') + ']');
    }

    QByteArray records(bool deals) const
    {
        QByteArrayList rows;
        for (const QByteArray &id : m_canceled) {
            if (deals)
                rows.append(R"({"id":)" + id + R"(,"orderId":)" + id + R"(,"orderStatus":"cancel","createdDate":)" +
                            dateNow() + '}');
        }
        // Trades of an hour ago: the records reach back.
        const QByteArray before = QByteArray::number((QDateTime::currentSecsSinceEpoch() - 3600) * 1000);
        for (int i = int(rows.size()); i < 50; ++i)
            rows.append(R"({"id":)" + QByteArray::number(1000 + i) + R"(,"orderId":)" + QByteArray::number(2000 + i) +
                        R"(,"orderStatus":"finish","createdDate":)" + before + '}');
        return rows.join(',');
    }

    qint64 m_nextId = firstId;
    std::map<qint64, QByteArray> m_open;
    QByteArrayList m_canceled;
};

CancelRecord oldRecord(int number)
{
    CancelRecord record;
    record.cancelId = u"00000000-0000-4000-8000-%1"_s.arg(number, 12, 10, QChar(u'0'));
    record.account = {u"p1"_s, u"Main"_s, Environment::TestServer, u"127.0.0.1"_s, 0};
    record.order.id = OrderId(QString::number(firstId - 1 - number));
    record.order.instrument = u"BTC"_s;
    record.order.price = Decimal(64000);
    record.order.quantity = record.order.remainingQuantity = Decimal(25);
    record.order.filledQuantity = Decimal();
    record.order.positionSide = PositionSide::Long;
    record.order.positionEffect = PositionEffect::Open;
    record.order.positionSideWord = u"long"_s;
    record.order.positionEffectWord = u"open"_s;
    record.order.type = OrderType::Limit;
    record.order.typeWord = u"plan"_s;
    record.order.source = u"web"_s;
    record.order.leverage = Decimal(10);
    record.order.placedAt = QDateTime::currentDateTimeUtc();
    record.outcome = CancelOutcome{};
    record.stage = CancelStage::Canceled;
    record.recordedAt = record.sentAt = record.answeredAt = record.settledAt = QDateTime::currentDateTimeUtc();
    return record;
}

} // namespace

class TestSoak : public QObject
{
    Q_OBJECT

private slots:
    void bytesInUseStayAsTheyWere();
};

void TestSoak::bytesInUseStayAsTheyWere()
{
    if (bytesInUse() == 0)
        QSKIP("The bytes in use can't be asked for here");
    const int polls = wanted("COUNTERMAND_SOAK_POLLS", 10000);
    const int cancels = wanted("COUNTERMAND_SOAK_CANCELS", 2000);

    QTemporaryDir folder;
    Journal journal = Journal::open(folder.path(), QDateTime::currentDateTimeUtc());
    QList<CancelRecord> before;
    for (int i = 0; i < recordsBefore; ++i)
        before.append(oldRecord(i));
    QVERIFY(!journal.append(before));
    before.clear();
    Activity activity(journal);
    QVERIFY(activity.load().isEmpty());
    QCOMPARE(activity.records().size(), recordsBefore);

    ScriptedAccount account;
    ScriptedNetwork network;
    // Each request lets so much of the limits' time go by that all of them always have room.
    auto limiterNow = std::chrono::steady_clock::now();
    network.respond = [&](const ScriptedRequest &request) {
        limiterNow += 400ms;
        if (network.requests.size() > 100)
            network.requests.remove(0, 90);
        return account.answer(request);
    };
    CoinwClient::Timing timing;
    timing.limiterNow = [&limiterNow] { return limiterNow; };
    CoinwClient client(network, Endpoint{QUrl(u"http://127.0.0.1:1"_s)}, timing);
    client.setCredentials(Credentials(u"key"_s, u"secret"_s));
    OpenOrders orders;
    OrderFeed feed(client, orders,
                   {.plan = 1ms, .protective = 20ms, .execute = 50ms, .trigger = 20ms, .count = 20ms});
    const Account owner = oldRecord(0).account;
    CancelWorkflow workflow(owner, client, feed, journal, quickSchedule());
    int settled = 0;
    connect(&workflow, &CancelWorkflow::changed, this, [&](const CancelRecord &record) {
        activity.note(record);
        if (record.stage == CancelStage::Accepted)
            account.cancel(record.order.id.text().toLatin1());
        settled += isFinal(record.stage) ? 1 : 0;
    });
    feed.start();

    int asked = 0;
    int seen = 0;
    std::map<int, size_t> bytes;
    const auto step = [&] {
        // As many cancels as belong to so many polls, a few at a time.
        while (account.polls > seen) {
            ++seen;
            account.churn();
        }
        if (asked < cancels && asked * qint64(polls) <= seen * qint64(cancels) && asked - settled < 6) {
            const auto request = workflow.prepare(account.listed(asked));
            if (request &&
                workflow.submit(*request, RecordPolicy::Required).state == CancelWorkflow::Submitted::Queued)
                ++asked;
        }
        for (const int percent : {10, 50, 100}) {
            if (bytes.count(percent) == 0 && seen * 100LL >= percent * qint64(polls) &&
                asked * 100LL >= percent * qint64(cancels) && settled == asked)
                bytes[percent] = bytesInUse();
        }
        return bytes.size() == 3;
    };
    while (bytes.size() < 3) {
        const int pollsThen = account.polls;
        const auto someSteps = [&] {
            // The feed's timers always run, so that there is always something to wait for.
            for (int i = 0; i < 200 && !step(); ++i)
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            return bytes.size() == 3 || account.polls > pollsThen + 50;
        };
        QVERIFY2(waitFor(someSteps),
                 qPrintable(u"%1 polls, %2 cancels asked for, %3 settled"_s.arg(seen).arg(asked).arg(settled)));
    }
    QCOMPARE(asked, cancels);
    QVERIFY(settled >= cancels);
    qInfo("bytes in use at 10 %%: %zu, 50 %%: %zu, 100 %%: %zu (%d polls, %d cancels)", bytes[10], bytes[50],
          bytes[100], account.polls, asked);
    const auto [least, most] = std::minmax({bytes[10], bytes[50], bytes[100]});
    QVERIFY2(double(most) <= double(least) * 1.05, "more than 5 % apart");
    QVERIFY(activity.records().size() <= recordsBefore + 500);
}

QTEST_GUILESS_MAIN(TestSoak)
#include "tst_soak.moc"
