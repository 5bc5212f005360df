#include "exchange/coinwclient.h"
#include "tests/exchange/scriptednetwork.h"
#include "tests/support/waiting.h"
#include "workflow/recordlookup.h"

#include <QObject>
#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

#include <memory>

using namespace Qt::StringLiterals;
using namespace countermand;

using Source = RecordLookup::Source;

namespace {

/// `count` executed orders, one a second backwards from `newest`, as a row of the deals and of the history alike.
QByteArray rows(const QDateTime &newest, int first, int count)
{
    QByteArrayList list;
    for (int row = first; row < first + count; ++row) {
        const QByteArray time = QByteArray::number(newest.addSecs(-row).toMSecsSinceEpoch());
        list.append("{\"id\":\"t" + QByteArray::number(row) + "\",\"orderId\":\"o" + QByteArray::number(row) +
                    "\",\"orderStatus\":\"finish\",\"createdDate\":" + time + ",\"updatedDate\":" + time + '}');
    }
    return "{\"code\":0,\"msg\":\"\",\"data\":{\"rows\":[" + list.join(',') + "],\"total\":1000}}";
}

} // namespace

class TestRecordLookup : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void oneReadingServesAllWhoAskedBefore();
    void whoAsksMeanwhileGetsANewReading();
    void goesOnToOlderPages();
    void instrumentsAreReadApart();
    void theHistoryIsOneForAll();
    void anErrorReachesEverybody();
    void aHandlerMayAskAgain();
    void nobodyIsToldAfterTheEnd();

private:
    void lookUp(Source source, const QString &instrument, int secondsBack = 5)
    {
        const QDateTime then = m_newest.addSecs(-secondsBack);
        m_lookup->lookUp(source, instrument, {OrderId(u"mine"_s), then, then},
                         [this](const Result<RecordsFound> &found) { m_found.append(found); });
    }
    void hang(bool hangs)
    {
        m_network->respond = [this, hangs](const ScriptedRequest &request) {
            const int page = QUrlQuery(request.request.url()).queryItemValue(u"page"_s).toInt();
            return ScriptedAnswer{.body = rows(m_newest, 50 * (page - 1), 50), .hangs = hangs};
        };
    }
    QString query(int request, const QString &name) const
    {
        return QUrlQuery(m_network->requests.at(request).request.url()).queryItemValue(name);
    }

    QDateTime m_newest;
    std::unique_ptr<ScriptedNetwork> m_network;
    std::unique_ptr<CoinwClient> m_client;
    std::unique_ptr<RecordLookup> m_lookup;
    QList<Result<RecordsFound>> m_found;
};

void TestRecordLookup::init()
{
    m_found.clear();
    m_newest = QDateTime::fromSecsSinceEpoch(QDateTime::currentSecsSinceEpoch());
    m_network = std::make_unique<ScriptedNetwork>();
    m_client = std::make_unique<CoinwClient>(*m_network, Endpoint::coinw(), CallTiming{});
    m_client->setCredentials({u"KEY"_s, u"SECRET"_s});
    m_lookup = std::make_unique<RecordLookup>(*m_client);
    hang(false);
}

void TestRecordLookup::cleanup()
{
    m_lookup.reset();
    m_client.reset();
    m_network.reset();
}

void TestRecordLookup::oneReadingServesAllWhoAskedBefore()
{
    const QSignalSpy read(m_lookup.get(), &RecordLookup::dealsRead);
    lookUp(Source::Deals, u"BTC"_s);
    lookUp(Source::Deals, u"BTC"_s, 20);
    QVERIFY(m_found.isEmpty());
    QTRY_COMPARE(m_found.size(), 2);
    QCOMPARE(m_network->requests.size(), 1);
    QCOMPARE(query(0, u"instrument"_s), u"BTC"_s);
    QCOMPARE(read.size(), 1);
    for (const auto &found : std::as_const(m_found)) {
        QVERIFY(found);
        QCOMPARE(found->rows.deals.size(), 50);
        QVERIFY(found->rows.history.isEmpty());
        QVERIFY(found->reach.isEnough);
        QCOMPARE(found->reach.pages, 1);
    }
}

void TestRecordLookup::whoAsksMeanwhileGetsANewReading()
{
    hang(true);
    lookUp(Source::Deals, u"BTC"_s);
    QTRY_COMPARE(m_network->requests.size(), 1);
    // Rows that were read before the question say nothing about what happened up to it.
    lookUp(Source::Deals, u"BTC"_s);
    hang(false);
    m_network->release(0);
    QTRY_COMPARE(m_found.size(), 2);
    QCOMPARE(m_network->requests.size(), 2);
}

void TestRecordLookup::goesOnToOlderPages()
{
    const QSignalSpy read(m_lookup.get(), &RecordLookup::dealsRead);
    lookUp(Source::Deals, u"BTC"_s, 5);
    lookUp(Source::Deals, u"BTC"_s, 120);
    QTRY_COMPARE(m_found.size(), 2);
    QCOMPARE(m_network->requests.size(), 3);
    QCOMPARE(query(2, u"page"_s), u"3"_s);
    QCOMPARE(read.size(), 3);
    for (const auto &found : std::as_const(m_found)) {
        QCOMPARE(found->rows.deals.size(), 150);
        QVERIFY(found->reach.isEnough);
    }
}

void TestRecordLookup::instrumentsAreReadApart()
{
    lookUp(Source::Deals, u"BTC"_s);
    lookUp(Source::Deals, u"ETH"_s);
    QTRY_COMPARE(m_found.size(), 2);
    QCOMPARE(m_network->requests.size(), 2);
    QCOMPARE(query(0, u"instrument"_s), u"BTC"_s);
    QCOMPARE(query(1, u"instrument"_s), u"ETH"_s);
}

void TestRecordLookup::theHistoryIsOneForAll()
{
    const QSignalSpy read(m_lookup.get(), &RecordLookup::historyRead);
    lookUp(Source::History, u"BTC"_s);
    lookUp(Source::History, u"ETH"_s);
    QTRY_COMPARE(m_found.size(), 2);
    QCOMPARE(m_network->requests.size(), 1);
    QVERIFY(m_network->requests.first().target().startsWith("/v1/perpum/orders/history"));
    QCOMPARE(read.size(), 1);
    QCOMPARE(m_found.first()->rows.history.size(), 50);
    QVERIFY(m_found.first()->rows.deals.isEmpty());
}

void TestRecordLookup::anErrorReachesEverybody()
{
    m_network->respond = [](const ScriptedRequest &) {
        return ScriptedAnswer{R"({"code":9001,"msg":"no records today"})"_ba};
    };
    lookUp(Source::Deals, u"BTC"_s);
    lookUp(Source::Deals, u"BTC"_s);
    QTRY_COMPARE(m_found.size(), 2);
    for (const auto &found : std::as_const(m_found)) {
        QVERIFY(!found);
        QCOMPARE(found.error().code, std::optional(9001));
    }
    // A later question is asked anew.
    hang(false);
    lookUp(Source::Deals, u"BTC"_s);
    QTRY_COMPARE(m_found.size(), 3);
    QVERIFY(m_found.last());
}

void TestRecordLookup::aHandlerMayAskAgain()
{
    bool again = false;
    m_lookup->lookUp(Source::Deals, u"BTC"_s, {OrderId(u"mine"_s), m_newest, m_newest},
                     [&](const Result<RecordsFound> &) {
                         again = true;
                         lookUp(Source::Deals, u"BTC"_s);
                     });
    QTRY_COMPARE(m_found.size(), 1);
    QVERIFY(again);
    QCOMPARE(m_network->requests.size(), 2);
}

void TestRecordLookup::nobodyIsToldAfterTheEnd()
{
    hang(true);
    lookUp(Source::Deals, u"BTC"_s);
    QTRY_COMPARE(m_network->requests.size(), 1);
    m_lookup.reset();
    m_network->release(0);
    // Something that comes later, so that an answer would have been told by then.
    bool counted = false;
    m_client->countOpenOrders(this, [&counted](const Result<int> &, const CallTimes &) { counted = true; });
    QTRY_COMPARE(m_network->requests.size(), 2);
    m_network->release(1);
    QTRY_VERIFY(counted);
    QVERIFY(m_found.isEmpty());
}

QTEST_GUILESS_MAIN(TestRecordLookup)
#include "tst_recordlookup.moc"
