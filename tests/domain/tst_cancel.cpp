#include "domain/cancel.h"

#include <QSet>
#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

using Kind = ApiError::Kind;
using Cause = ApiError::Cause;
using Outcome = CancelOutcomeKind;

namespace {

const QList<OrderType> plainTypes{OrderType::Limit, OrderType::Market, OrderType::Other};
const QList<OrderType> guardTypes{OrderType::Trigger, OrderType::TrailingStop, OrderType::TakeProfit,
                                  OrderType::TakeProfitStopLoss, OrderType::StopLoss};
const QList<OrderType> allTypes = plainTypes + guardTypes;

const QList<CancelStage> allStages{
    CancelStage::Waiting,
    CancelStage::Sending,
    CancelStage::Accepted,
    CancelStage::AcceptedStillListed,
    CancelStage::AcceptedUnconfirmed,
    CancelStage::Canceled,
    CancelStage::CanceledAfterPartFill,
    CancelStage::CanceledFillUnknown,
    CancelStage::FilledThoughAccepted,
    CancelStage::GoneLookingUp,
    CancelStage::GoneFilled,
    CancelStage::GoneCanceledEarlier,
    CancelStage::GoneNoRecord,
    CancelStage::Rejected,
    CancelStage::NotSent,
    CancelStage::UnknownChecking,
    CancelStage::UnknownCanceled,
    CancelStage::UnknownFilled,
    CancelStage::UnknownStillOpen,
    CancelStage::UnknownUnresolved,
    CancelStage::CorrectedFilled,
    CancelStage::CorrectedPartFill,
    CancelStage::CorrectedFillUnknown,
    CancelStage::CorrectedStillOpen,
};

Order orderOf(OrderType type)
{
    Order order;
    order.id = OrderId(u"1"_s);
    order.type = type;
    return order;
}

ApiError errorOf(Kind kind, Cause cause, std::optional<int> code, int http = 200)
{
    ApiError error;
    error.kind = kind;
    error.cause = cause;
    error.code = code;
    error.httpStatus = http;
    error.message = u"words"_s;
    error.latency = 84ms;
    return error;
}

} // namespace

class TestCancel : public QObject
{
    Q_OBJECT

private slots:
    void accepted();
    void failures_data();
    void failures();
    void refusals_data();
    void refusals();
    void clock_data();
    void clock();
    void keepsWhatWasSaid();
    void stages_data();
    void stages();
    void stageWordsAreUnique();
};

void TestCancel::accepted()
{
    for (const OrderType type : allTypes) {
        const auto outcome = outcomeOf(CancelAck{123ms}, orderOf(type));
        QCOMPARE(outcome.kind, Outcome::Accepted);
        QCOMPARE(outcome.refusal, Refusal::None);
        QCOMPARE(outcome.code, std::optional(0));
        QCOMPARE(outcome.latency, 123ms);
        QVERIFY(!outcome.cause);
    }
}

// Kinds that say nothing about the order: the same for every type, code and cause.
void TestCancel::failures_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<Cause>("cause");
    QTest::addColumn<Outcome>("outcome");
    const auto row = [](const char *name, Kind kind, Cause cause, Outcome outcome) {
        QTest::newRow(name) << kind << cause << outcome;
    };
    row("offline", Kind::NotSent, Cause::NoConnection, Outcome::NotSent);
    row("certificate", Kind::NotSent, Cause::NotSecure, Outcome::NotSent);
    row("stopped", Kind::NotSent, Cause::Stopped, Outcome::NotSent);
    row("expired", Kind::NotSent, Cause::Expired, Outcome::NotSent);
    row("timeout", Kind::Unknown, Cause::Timeout, Outcome::Unknown);
    row("lost", Kind::Unknown, Cause::ConnectionLost, Outcome::Unknown);
    row("redirect", Kind::Unknown, Cause::Redirect, Outcome::Unknown);
    row("server error", Kind::Unknown, Cause::ServerError, Outcome::Unknown);
    row("unreadable", Kind::Malformed, Cause::Unreadable, Outcome::Unknown);
}

void TestCancel::failures()
{
    QFETCH(const Kind, kind);
    QFETCH(const Cause, cause);
    QFETCH(const Outcome, outcome);
    for (const OrderType type : allTypes) {
        for (const auto code : {std::optional<int>(), std::optional(0), std::optional(500), std::optional(9012)}) {
            const auto got = outcomeOf(errorOf(kind, cause, code), orderOf(type));
            QCOMPARE(got.kind, outcome);
            QCOMPARE(got.refusal, Refusal::None);
            QCOMPARE(got.cause, std::optional(cause));
        }
    }
}

void TestCancel::refusals_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<int>("code"); // -1: none
    QTest::addColumn<int>("http");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<Refusal>("plain");
    QTest::addColumn<Refusal>("guard");
    const auto row = [](const char *name, Kind kind, int code, int http, Outcome outcome, Refusal plain,
                        Refusal guard) { QTest::newRow(name) << kind << code << http << outcome << plain << guard; };
    const auto rejected = Outcome::Rejected;
    row("9012", Kind::Rejected, 9012, 200, Outcome::AlreadyClosed, Refusal::None, Refusal::None);
    row("9111", Kind::Rejected, 9111, 200, rejected, Refusal::Other, Refusal::NotPossibleHere);
    row("9016", Kind::Rejected, 9016, 200, rejected, Refusal::Other, Refusal::NotPossibleHere);
    row("402", Kind::Rejected, 402, 200, rejected, Refusal::Other, Refusal::NotPossibleHere);
    row("904", Kind::Rejected, 904, 200, rejected, Refusal::Other, Refusal::NotPossibleHere);
    row("1", Kind::Rejected, 1, 200, rejected, Refusal::Other, Refusal::NotPossibleHere);
    row("-5", Kind::Rejected, -5, 200, rejected, Refusal::Other, Refusal::NotPossibleHere);
    row("6000", Kind::Unauthorized, 6000, 200, rejected, Refusal::SignIn, Refusal::SignIn);
    row("6001", Kind::Unauthorized, 6001, 200, rejected, Refusal::SignIn, Refusal::SignIn);
    row("6099", Kind::Unauthorized, 6099, 200, rejected, Refusal::SignIn, Refusal::SignIn);
    row("6003", Kind::Unauthorized, 6003, 200, rejected, Refusal::Permission, Refusal::Permission);
    row("HTTP 401", Kind::Unauthorized, -1, 401, rejected, Refusal::SignIn, Refusal::SignIn);
    row("HTTP 403", Kind::Unauthorized, -1, 403, rejected, Refusal::SignIn, Refusal::SignIn);
    row("29001", Kind::Throttled, 29001, 200, rejected, Refusal::RateLimit, Refusal::RateLimit);
    row("HTTP 429", Kind::Throttled, -1, 429, rejected, Refusal::RateLimit, Refusal::RateLimit);
}

void TestCancel::refusals()
{
    QFETCH(const Kind, kind);
    QFETCH(const int, code);
    QFETCH(const int, http);
    QFETCH(const Outcome, outcome);
    QFETCH(const Refusal, plain);
    QFETCH(const Refusal, guard);
    const auto error = errorOf(kind, Cause::Refused, code == -1 ? std::nullopt : std::optional(code), http);
    for (const OrderType type : allTypes) {
        const auto got = outcomeOf(error, orderOf(type));
        QCOMPARE(got.kind, outcome);
        QCOMPARE(got.refusal, plainTypes.contains(type) ? plain : guard);
        QVERIFY(!got.cause);
        QCOMPARE(got.httpStatus, http);
    }
}

void TestCancel::clock_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("difference"); // milliseconds
    QTest::addColumn<Refusal>("refusal");
    QTest::newRow("right") << 6001 << 0 << Refusal::SignIn;
    QTest::newRow("4.999 s") << 6001 << 4999 << Refusal::SignIn;
    QTest::newRow("5 s ahead") << 6001 << 5000 << Refusal::Clock;
    QTest::newRow("5 s behind") << 6001 << -5000 << Refusal::Clock;
    QTest::newRow("90 s behind") << 6017 << -90000 << Refusal::Clock;
    QTest::newRow("permission") << 6003 << 90000 << Refusal::Permission;
}

void TestCancel::clock()
{
    QFETCH(const int, code);
    QFETCH(const int, difference);
    auto error = errorOf(Kind::Unauthorized, Cause::Refused, code);
    error.clockDifference = std::chrono::milliseconds(difference);
    const auto got = outcomeOf(error, orderOf(OrderType::Limit));
    QTEST(got.refusal, "refusal");
    QCOMPARE(got.clockDifference, error.clockDifference);

    // A wrong clock explains a refused sign-in, nothing else.
    error.kind = Kind::Rejected;
    error.code = 9111;
    QCOMPARE(outcomeOf(error, orderOf(OrderType::Limit)).refusal, Refusal::Other);
}

void TestCancel::keepsWhatWasSaid()
{
    for (const Kind kind :
         {Kind::NotSent, Kind::Throttled, Kind::Unauthorized, Kind::Rejected, Kind::Malformed, Kind::Unknown}) {
        const auto got = outcomeOf(errorOf(kind, Cause::Refused, 9111, 418), orderOf(OrderType::Limit));
        QCOMPARE(got.code, std::optional(9111));
        QCOMPARE(got.httpStatus, 418);
        QCOMPARE(got.message, u"words"_s);
        QCOMPARE(got.latency, 84ms);
    }
}

void TestCancel::stages_data()
{
    QTest::addColumn<CancelStage>("stage");
    QTest::addColumn<bool>("isLast");
    QTest::addColumn<bool>("blocks");
    const auto row = [](CancelStage stage, bool last, bool blocks) {
        QTest::newRow(qPrintable(stageWord(stage))) << stage << last << blocks;
    };
    row(CancelStage::Waiting, false, true);
    row(CancelStage::Sending, false, true);
    row(CancelStage::Accepted, false, true);
    row(CancelStage::AcceptedStillListed, false, false);
    row(CancelStage::AcceptedUnconfirmed, false, true);
    row(CancelStage::Canceled, true, false);
    row(CancelStage::CanceledAfterPartFill, true, false);
    row(CancelStage::CanceledFillUnknown, true, false);
    row(CancelStage::FilledThoughAccepted, true, false);
    row(CancelStage::GoneLookingUp, false, true);
    row(CancelStage::GoneFilled, true, false);
    row(CancelStage::GoneCanceledEarlier, true, false);
    row(CancelStage::GoneNoRecord, false, true);
    row(CancelStage::Rejected, true, false);
    row(CancelStage::NotSent, true, false);
    row(CancelStage::UnknownChecking, false, true);
    row(CancelStage::UnknownCanceled, true, false);
    row(CancelStage::UnknownFilled, true, false);
    row(CancelStage::UnknownStillOpen, true, false);
    row(CancelStage::UnknownUnresolved, false, true);
    row(CancelStage::CorrectedFilled, true, false);
    row(CancelStage::CorrectedPartFill, true, false);
    row(CancelStage::CorrectedFillUnknown, true, false);
    row(CancelStage::CorrectedStillOpen, true, false);
}

void TestCancel::stages()
{
    QFETCH(const CancelStage, stage);
    QTEST(isFinal(stage), "isLast");
    QTEST(blocksAnotherCancel(stage), "blocks");
    QCOMPARE(stageFromWord(stageWord(stage)), std::optional(stage));
}

void TestCancel::stageWordsAreUnique()
{
    QSet<QString> words;
    for (const CancelStage stage : allStages) {
        QVERIFY(!stageWord(stage).isEmpty());
        words.insert(stageWord(stage));
    }
    QCOMPARE(words.size(), allStages.size());
    QVERIFY(!stageFromWord(QString()));
    QVERIFY(!stageFromWord(u"Accepted"_s));
    QVERIFY(!stageFromWord(u"accepted "_s));
}

QTEST_GUILESS_MAIN(TestCancel)
#include "tst_cancel.moc"
