#include "exchange/coinwclient.h"
#include "practice/practicenetwork.h"
#include "tests/support/waiting.h"

#include <QTest>

#include <memory>

using namespace countermand;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The real client against the practice exchange: its requests are let in and its reader understands the answers.
class TestPracticeClient : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void listsAllKinds();
    void countsOpenOrders();
    void cancelsOneAndFindsItsRecord();
    void findsFillsInBothRecords();
    void outcomes_data();
    void outcomes();
    void clockIsCorrectedAfterTheJump();
    void offlineIsNoConnection();
    void wrongSecretIsRefused();

private:
    QList<Order> list(ListKind kind, const QString &instrument = QString());
    CancelOutcome cancel(const Order &order);
    QList<DealRecord> deals(const QString &instrument);
    QList<HistoryRecord> history(const QString &instrument);

    std::unique_ptr<PracticeNetwork> m_network;
    std::unique_ptr<CoinwClient> m_client;
};

namespace {

const OrderId plain(u"P-33308741700007828"_s);

QStringList tails(const QList<Order> &orders)
{
    QStringList texts;
    for (const Order &order : orders)
        texts.append(order.id.tail());
    return texts;
}

Order withId(const QList<Order> &orders, const OrderId &id)
{
    for (const Order &order : orders) {
        if (order.id == id)
            return order;
    }
    return {};
}

} // namespace

void TestPracticeClient::init()
{
    m_network = std::make_unique<PracticeNetwork>();
    m_client = std::make_unique<CoinwClient>(*m_network, Endpoint{PracticeMarket::baseUrl()},
                                             CoinwClient::Timing{700ms, 4000ms, 60000ms});
    m_client->setCredentials(PracticeMarket::credentials());
}

void TestPracticeClient::cleanup()
{
    m_client.reset();
    m_network.reset();
}

QList<Order> TestPracticeClient::list(ListKind kind, const QString &instrument)
{
    std::optional<OrderListing> listing;
    bool ended = false;
    m_client->listOrders(kind, instrument, this,
                         [&listing, &ended](const Result<OrderListing> &result, const CallTimes &) {
                             ended = true;
                             if (result)
                                 listing = *result;
                         });
    [&ended] { QTRY_VERIFY(ended); }();
    if (!listing || listing->skippedRows != 0)
        QTest::qFail("the list can't be read", __FILE__, __LINE__);
    return listing.value_or(OrderListing()).orders;
}

CancelOutcome TestPracticeClient::cancel(const Order &order)
{
    std::optional<CancelOutcome> outcome;
    m_client->cancelOrder(order.id, this,
                          [&outcome, &order](auto, const Result<CancelAck> &result, const CallTimes &) {
                              outcome = outcomeOf(result, order);
                          });
    [&outcome] { QTRY_VERIFY(outcome.has_value()); }();
    return outcome.value_or(CancelOutcome());
}

QList<DealRecord> TestPracticeClient::deals(const QString &instrument)
{
    std::optional<QList<DealRecord>> found;
    m_client->readDeals(instrument, 1, this, [&found](const auto &result, const CallTimes &) {
        found = result ? result->rows : QList<DealRecord>();
    });
    [&found] { QTRY_VERIFY(found.has_value()); }();
    return found.value_or(QList<DealRecord>());
}

QList<HistoryRecord> TestPracticeClient::history(const QString &instrument)
{
    std::optional<QList<HistoryRecord>> found;
    m_client->readHistory(instrument, 1, this, [&found](const auto &result, const CallTimes &) {
        found = result ? result->rows : QList<HistoryRecord>();
    });
    [&found] { QTRY_VERIFY(found.has_value()); }();
    return found.value_or(QList<HistoryRecord>());
}

void TestPracticeClient::listsAllKinds()
{
    m_client->warmUp();
    const QList<Order> plan = list(ListKind::Plan);
    QCOMPARE(tails(plan), QStringList({u"1947"_s, u"2046"_s, u"3155"_s, u"7828"_s, u"0093"_s, u"5620"_s}));
    const Order &partly = plan.at(0);
    QCOMPARE(instrumentText(partly), u"BTC-USDT"_s);
    QCOMPARE(partly.type, OrderType::Limit);
    QCOMPARE(partly.positionSide, PositionSide::Long);
    QCOMPARE(partly.positionEffect, PositionEffect::Open);
    QCOMPARE(partly.price->toText(), u"64210.0"_s);
    QCOMPARE(partly.takeProfitPrice->toText(), u"66000.0"_s);
    QVERIFY(!partly.stopLossPrice);
    QCOMPARE(partly.quantity->toText(), u"5"_s);
    QCOMPARE(partly.filledQuantity->toText(), u"2"_s);
    QCOMPARE(partly.remainingQuantity->toText(), u"3"_s);
    QVERIFY(partly.placedAt.isValid());
    QCOMPARE(plan.at(1).stopLossPrice->toText(), u"67100.0"_s);
    QCOMPARE(plan.at(4).price->toText(), u"0.0071230"_s);
    QCOMPARE(instrumentText(plan.at(4)), u"1000PEPE-USDT"_s);

    QVERIFY(list(ListKind::Execute).isEmpty());
    QVERIFY(list(ListKind::StopProfitLoss).isEmpty());

    const QList<Order> trailing = list(ListKind::Trailing);
    QCOMPARE(tails(trailing), QStringList{u"5512"_s});
    QCOMPARE(trailing.at(0).type, OrderType::TrailingStop);
    QCOMPARE(trailing.at(0).positionEffect, PositionEffect::Close);
    QCOMPARE(trailing.at(0).quantity->toText(), u"20"_s);
    QCOMPARE(trailing.at(0).remainingQuantity->toText(), u"20"_s);
    QVERIFY(isProtective(trailing.at(0)));

    const QList<Order> conditional = list(ListKind::Trigger, u"ETH"_s);
    QCOMPARE(tails(conditional), QStringList{u"7715"_s});
    QCOMPARE(conditional.at(0).type, OrderType::Trigger);
    QCOMPARE(conditional.at(0).triggerPrice->toText(), u"3104.20"_s);
    QCOMPARE(conditional.at(0).price->toText(), u"3104.20"_s);
    QCOMPARE(conditional.at(0).remainingQuantity->toText(), u"8"_s);
    QVERIFY(list(ListKind::Trigger, u"BTC"_s).isEmpty());
}

void TestPracticeClient::countsOpenOrders()
{
    std::optional<int> count;
    m_client->countOpenOrders(
        this, [&count](const Result<int> &result, const CallTimes &) { count = result ? *result : -1; });
    QTRY_VERIFY(count.has_value());
    QCOMPARE(*count, 8);
}

void TestPracticeClient::cancelsOneAndFindsItsRecord()
{
    const Order order = withId(list(ListKind::Plan), OrderId(u"P-33308741700001947"_s));
    QCOMPARE(cancel(order).kind, CancelOutcomeKind::Accepted);
    QVERIFY(withId(list(ListKind::Plan), order.id).id.isEmpty());
    const QList<DealRecord> ends = deals(u"BTC"_s);
    QCOMPARE(ends.size(), 1);
    QVERIFY(ends.at(0).isOf(order.id));
    QCOMPARE(ends.at(0).kind, DealRecord::Kind::Cancellation);
    for (const QString &instrument : {u"BTC"_s, QString()}) {
        const QList<HistoryRecord> executed = history(instrument);
        QCOMPARE(executed.size(), 1);
        QVERIFY(executed.at(0).isOf(order.id));
        QCOMPARE(executed.at(0).kind, HistoryRecord::Kind::Canceled);
        QCOMPARE(executed.at(0).filled->toText(), u"2"_s);
        QCOMPARE(executed.at(0).canceled->toText(), u"3"_s);
    }
    QCOMPARE(cancel(order).kind, CancelOutcomeKind::AlreadyClosed);
}

void TestPracticeClient::findsFillsInBothRecords()
{
    m_network->setNextAnswer(PracticeAnswer::GoneFilled);
    const CancelOutcome outcome = cancel(withId(list(ListKind::Plan), plain));
    QCOMPARE(outcome.kind, CancelOutcomeKind::AlreadyClosed);
    QCOMPARE(outcome.code, 9012);
    QCOMPARE(outcome.message, u"Position not found."_s);
    const QList<DealRecord> trades = deals(u"ETH"_s);
    QCOMPARE(trades.size(), 1);
    QVERIFY(trades.at(0).isOf(plain));
    QCOMPARE(trades.at(0).kind, DealRecord::Kind::Execution);
    const QList<HistoryRecord> found = history(u"ETH"_s);
    QCOMPARE(found.size(), 1);
    QVERIFY(found.at(0).isOf(plain));
    QCOMPARE(found.at(0).kind, HistoryRecord::Kind::Finished);
    QCOMPARE(found.at(0).filled->toText(), u"4"_s);
    QCOMPARE(found.at(0).averagePrice->toText(), u"3390.00"_s);
    QVERIFY(found.at(0).updatedAt < QDateTime::currentDateTimeUtc());
}

void TestPracticeClient::outcomes_data()
{
    QTest::addColumn<PracticeAnswer>("answer");
    QTest::addColumn<CancelOutcomeKind>("kind");
    QTest::addColumn<Refusal>("refusal");
    QTest::addColumn<int>("code"); // -1: none
    QTest::addColumn<bool>("listed");
    using enum PracticeAnswer;
    using Kind = CancelOutcomeKind;
    QTest::newRow("normal") << Normal << Kind::Accepted << Refusal::None << -1 << false;
    QTest::newRow("goneFilled") << GoneFilled << Kind::AlreadyClosed << Refusal::None << 9012 << false;
    QTest::newRow("goneCanceled") << GoneCanceled << Kind::AlreadyClosed << Refusal::None << 9012 << false;
    QTest::newRow("rejected") << Rejected << Kind::Rejected << Refusal::Other << 9111 << true;
    QTest::newRow("signInRefused") << SignInRefused << Kind::Rejected << Refusal::SignIn << 6001 << true;
    QTest::newRow("permissionMissing") << PermissionMissing << Kind::Rejected << Refusal::Permission << 6003 << true;
    QTest::newRow("rateLimit") << RateLimit << Kind::Rejected << Refusal::RateLimit << 29001 << true;
    QTest::newRow("noAnswerCanceled") << NoAnswerCanceled << Kind::Unknown << Refusal::None << -1 << false;
    QTest::newRow("noAnswerFilled") << NoAnswerFilled << Kind::Unknown << Refusal::None << -1 << false;
    QTest::newRow("noAnswerOpen") << NoAnswerOpen << Kind::Unknown << Refusal::None << -1 << true;
    QTest::newRow("noAnswerUnknown") << NoAnswerUnknown << Kind::Unknown << Refusal::None << -1 << false;
    QTest::newRow("acceptedStillListed") << AcceptedStillListed << Kind::Accepted << Refusal::None << -1 << true;
    QTest::newRow("noConnection") << NoConnection << Kind::NotSent << Refusal::None << -1 << true;
    QTest::newRow("notSecure") << NotSecure << Kind::NotSent << Refusal::None << -1 << true;
    QTest::newRow("clockOff") << ClockOff << Kind::Rejected << Refusal::Clock << 6001 << true;
}

void TestPracticeClient::outcomes()
{
    QFETCH(PracticeAnswer, answer);
    QFETCH(CancelOutcomeKind, kind);
    QFETCH(Refusal, refusal);
    QFETCH(int, code);
    QFETCH(bool, listed);
    const Order order = withId(list(ListKind::Plan), plain);
    QCOMPARE(order.id, plain);
    m_network->setNextAnswer(answer);
    const CancelOutcome outcome = cancel(order);
    QCOMPARE(outcome.kind, kind);
    QCOMPARE(outcome.refusal, refusal);
    if (code >= 0)
        QCOMPARE(outcome.code, code);
    if (kind == CancelOutcomeKind::NotSent) {
        QCOMPARE(outcome.cause,
                 answer == PracticeAnswer::NotSecure ? ApiError::Cause::NotSecure : ApiError::Cause::NoConnection);
        QVERIFY(!outcome.message.isEmpty());
    }
    QCOMPARE(m_network->market().orders().size(), listed ? 8 : 7);
    QCOMPARE(m_network->nextAnswer(), PracticeAnswer::Normal);
}

void TestPracticeClient::clockIsCorrectedAfterTheJump()
{
    const Order order = withId(list(ListKind::Plan), plain);
    m_network->setNextAnswer(PracticeAnswer::ClockOff);
    const CancelOutcome outcome = cancel(order);
    QCOMPARE(outcome.refusal, Refusal::Clock);
    QVERIFY(outcome.clockDifference && *outcome.clockDifference > 80s && *outcome.clockDifference < 100s);
    QVERIFY(m_client->clockOffset() && *m_client->clockOffset() > 80s);
    QCOMPARE(list(ListKind::Plan).size(), 6);
    QCOMPARE(cancel(order).kind, CancelOutcomeKind::Accepted);
    // And back: reads go on while the client learns that the clock is right again.
    m_network->perform(PracticeCommand::Reset);
    QCOMPARE(list(ListKind::Plan).size(), 6);
    // A single date that contradicts what is known says nothing yet.
    QVERIFY(m_client->clockOffset() && *m_client->clockOffset() > 80s);
    QCOMPARE(list(ListKind::Plan).size(), 6);
    QVERIFY(m_client->clockOffset() && *m_client->clockOffset() < 10s);
    QCOMPARE(cancel(order).kind, CancelOutcomeKind::Accepted);
}

void TestPracticeClient::offlineIsNoConnection()
{
    const Order order = withId(list(ListKind::Plan), plain);
    m_network->perform(PracticeCommand::GoOffline);
    m_client->warmUp();
    std::optional<ApiError> error;
    m_client->listOrders(ListKind::Plan, {}, this, [&error](const Result<OrderListing> &result, const CallTimes &) {
        error = result ? ApiError() : result.error();
    });
    QTRY_VERIFY(error.has_value());
    QCOMPARE(error->cause, ApiError::Cause::NoConnection);
    QCOMPARE(cancel(order).kind, CancelOutcomeKind::NotSent);
    m_network->perform(PracticeCommand::GoOffline);
    QCOMPARE(cancel(order).kind, CancelOutcomeKind::Accepted);
}

void TestPracticeClient::wrongSecretIsRefused()
{
    const Order order = withId(list(ListKind::Plan), plain);
    const Credentials good = PracticeMarket::credentials();
    m_client->setCredentials(Credentials(QString::fromUtf8(good.key()), u"another"_s));
    const CancelOutcome outcome = cancel(order);
    QCOMPARE(outcome.refusal, Refusal::SignIn);
    QCOMPARE(outcome.code, 6001);
    QCOMPARE(m_network->market().orders().size(), 8);
}

QTEST_GUILESS_MAIN(TestPracticeClient)
#include "tst_practiceclient.moc"
