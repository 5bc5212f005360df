#include "domain/qtversions.h"
#include "tests/ui/cancelrecords.h"
#include "ui/words/cancelwords.h"
#include "ui/words/orderwords.h"
#include "ui/words/replywords.h"

#include <QGuiApplication>
#include <QTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr auto host = "api.coinw.com";

struct Expected {
    Severity severity;
    QString headline;
    QString text;
    ToastAction action = ToastAction::None;
    bool sticky = false;
};

void addRow(const char *name, const CancelRecord &record, const Expected &expected)
{
    QTest::newRow(name) << record << int(expected.severity) << expected.headline << expected.text
                        << int(expected.action) << expected.sticky;
}

} // namespace

Q_DECLARE_METATYPE(countermand::CancelRecord)

class TestCancelWords : public QObject
{
    Q_OBJECT

private slots:
    void words_data();
    void keptNamesTheCount();
    void words();
    void everyStageHasWords();
    void practicePrefix();
    void codeAndMessageForms_data();
    void codeAndMessageForms();
    void outsideTextIsNotAPlace();
    void isolationMarksOnlyFromRightToLeft();
    void times();
    void ownToasts();
    void labels();
};

void TestCancelWords::words_data()
{
    QTest::addColumn<CancelRecord>("record");
    QTest::addColumn<int>("severity");
    QTest::addColumn<QString>("headline");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("action");
    QTest::addColumn<bool>("sticky");

    const QString identity = u"BTC-USDT Open long 5 cont. at 64,210.0 · order …1947"_s;
    const QString s0 = u"BTC-USDT Open long 5 cont. at 64,210.0 · order …1947 (it can still fill)"_s;
    addRow("S0", recordAt(CancelStage::Sending), {Severity::Progress, u"Canceling…"_s, s0});
    addRow("waiting without estimate is S0", recordAt(CancelStage::Waiting),
           {Severity::Progress, u"Canceling…"_s, s0});
    CancelRecord record = recordAt(CancelStage::Waiting);
    record.waitEstimate = 2001ms;
    addRow("R1 rounds up", record,
           {Severity::Progress, u"Waiting — rate limit"_s,
            u"Not sent yet: "_s + identity + u" goes out in about 3 s."_s, ToastAction::Stop});
    record.waitEstimate = 1ms;
    addRow("R1 at least 1 s", record,
           {Severity::Progress, u"Waiting — rate limit"_s,
            u"Not sent yet: "_s + identity + u" goes out in about 1 s."_s, ToastAction::Stop});
    record = recordAt(CancelStage::Sending);
    record.order.price.reset();
    record.order.marketPrice = true;
    record.order.remainingQuantity.reset();
    addRow("S0 market, remaining derived", record,
           {Severity::Progress, u"Canceling…"_s,
            u"BTC-USDT Open long 5 cont. at Market · order …1947 (it can still fill)"_s});

    addRow("S0a", with(recordAt(CancelStage::Accepted), accepted()),
           {Severity::Progress, u"Cancel accepted"_s, u"Confirming that order …1947 is gone…"_s});
    addRow("S1", with(recordAt(CancelStage::Canceled), accepted()),
           {Severity::Success, u"Canceled"_s, u"BTC-USDT Open long 5 cont. at 64,210.0 · order …1947 · 84 ms"_s});
    addRow("S1 after our own echo", with(recordAt(CancelStage::Canceled), closed()),
           {Severity::Success, u"Canceled"_s,
            u"BTC-USDT Open long 5 cont. at 64,210.0 · order …1947 · 91 ms (9012 Position not found.)"_s});
    record = with(recordAt(CancelStage::CanceledAfterPartFill), accepted());
    record.filledQuantity = Decimal(2);
    addRow("S2", record,
           {Severity::Success, u"Canceled after part fill"_s, u"2 of 5 had filled, 3 canceled · order …1947"_s});
    record.filledQuantity.reset();
    record.order.quantity = Decimal(2500);
    record.order.filledQuantity = Decimal(1);
    addRow(
        "S2 from the order itself", record,
        {Severity::Success, u"Canceled after part fill"_s, u"1 of 2,500 had filled, 2,499 canceled · order …1947"_s});
    record = recordAt(CancelStage::CanceledAfterPartFill);
    record.order.quantity.reset();
    record.order.filledQuantity.reset();
    addRow("S2 without numbers", record,
           {Severity::Success, u"Canceled after part fill"_s, u"— of — had filled, — canceled · order …1947"_s});
    addRow("S3", with(recordAt(CancelStage::AcceptedStillListed), accepted()),
           {Severity::Warning, u"Accepted, but still listed"_s,
            u"CoinW accepted the cancel of "_s + identity + u", yet the order is still open in its list."_s,
            ToastAction::CheckNow, true});
    record = with(recordAt(CancelStage::AcceptedUnconfirmed), accepted());
    record.reason = u"no answer in 8 s"_s;
    addRow("S4", record,
           {Severity::Warning, u"Accepted, not confirmed"_s,
            u"CoinW accepted the cancel of "_s + identity + u", but the list can't be re-read (no answer in 8 s)."_s,
            ToastAction::CheckNow, true});
    record = with(recordAt(CancelStage::FilledThoughAccepted), accepted());
    record.filledQuantity = Decimal(5);
    addRow("S5", record,
           {Severity::Warning, u"Accepted, but already filled"_s,
            u"CoinW accepted the cancel of "_s + identity + u", yet its records show 5 of 5 filled."_s,
            ToastAction::None, true});

    addRow("W1", with(recordAt(CancelStage::GoneLookingUp), closed()),
           {Severity::Warning, u"Not canceled — already gone"_s,
            identity + u" is no longer open (9012 Position not found.). Looking up what happened…"_s});
    record = with(recordAt(CancelStage::GoneFilled), closed());
    record.filledQuantity = Decimal(5);
    record.averagePrice = Decimal::fromText(u"64209.5");
    addRow("W1a", record,
           {Severity::Warning, u"Not canceled — already filled"_s,
            identity + u": 5 of 5 at 64,209.5 (CoinW answered 9012 Position not found.)."_s});
    record = with(recordAt(CancelStage::GoneCanceledEarlier), closed());
    record.canceledAt = QDateTime(QDate(2026, 3, 4), QTime(14, 3, 22)).toUTC();
    addRow("W1b", record,
           {Severity::Neutral, u"Already canceled earlier"_s,
            identity + u" was canceled at 2026-03-04 14:03:22 (9012 Position not found.)."_s});
    record.canceledAt = {};
    addRow("W1b without a time", record,
           {Severity::Neutral, u"Already canceled earlier"_s,
            identity + u" was canceled before (9012 Position not found.)."_s});
    addRow("W1c", with(recordAt(CancelStage::GoneNoRecord), closed()),
           {Severity::Warning, u"Not canceled — already gone"_s,
            identity + u" is not open, and CoinW has no record of its end yet (9012 Position not found.)."_s,
            ToastAction::CheckNow, true});

    const CancelRecord rejected = recordAt(CancelStage::Rejected);
    addRow("E1", with(rejected, refused(Refusal::Other, 9111, u"Not tradable"_s)),
           {Severity::Error, u"Not canceled — rejected"_s, u"CoinW refused "_s + identity + u": 9111 Not tradable"_s,
            ToastAction::Details});
    addRow("E1 for no refusal", with(rejected, refused(Refusal::None, 1, {})),
           {Severity::Error, u"Not canceled — rejected"_s, u"CoinW refused "_s + identity + u": 1"_s,
            ToastAction::Details});
    addRow("E1 without an answer", rejected,
           {Severity::Error, u"Not canceled — rejected"_s, u"CoinW refused "_s + identity + u": —"_s,
            ToastAction::Details});
    addRow(
        "E2", with(rejected, refused(Refusal::SignIn, 6001, u"Signature error"_s)),
        {Severity::Error, u"Not canceled — sign-in refused"_s,
         identity +
             u": CoinW did not accept the API key or signature (6001 Signature error). Usual causes: a wrong key or "
             u"secret, an IP address that isn't on the key's list, a wrong clock."_s,
         ToastAction::OpenAccount});
    addRow("E2 HTTP 401", with(rejected, refused(Refusal::SignIn, {}, {}, 401)),
           {Severity::Error, u"Not canceled — sign-in refused"_s,
            identity + u": CoinW did not accept the API key or signature (HTTP 401). Usual causes: a wrong key or "
                       u"secret, an IP address that isn't on the key's list, a wrong clock."_s,
            ToastAction::OpenAccount});
    addRow("E3", with(rejected, refused(Refusal::Permission, 6003, u"No permission"_s)),
           {Severity::Error, u"Not canceled — permission missing"_s,
            identity +
                u": This API key may not trade futures (6003 No permission). Allow Futures Trading in CoinW's API "
                u"management."_s,
            ToastAction::OpenAccount});
    CancelOutcome clock = refused(Refusal::Clock, 6005, u"Timestamp expired"_s);
    clock.clockDifference = -90400ms;
    addRow("E4", with(rejected, clock),
           {Severity::Error, u"Not canceled — clock is off"_s,
            identity +
                u": This computer's clock differs from CoinW's by 90 s, and the request was refused (6005 Timestamp "
                u"expired). Set the clock, then try again."_s});
    record = with(rejected, refused(Refusal::NotPossibleHere, 9111, u"refused"_s));
    record.order.type = OrderType::TrailingStop;
    addRow("E5", record,
           {Severity::Error, u"Not canceled — not possible here"_s,
            identity + u": CoinW refused this Trailing stop order (9111 refused). Cancel it on the CoinW website."_s,
            ToastAction::Details});
    addRow("R2", with(rejected, refused(Refusal::RateLimit, 29001, u"Too many requests"_s)),
           {Severity::Error, u"Not canceled — too many requests"_s,
            u"CoinW refused "_s + identity +
                u" (29001 Too many requests). Another program on this account shares the "
                u"limit."_s,
            ToastAction::CancelAgain});
    addRow("R2 HTTP 429", with(rejected, refused(Refusal::RateLimit, {}, {}, 429)),
           {Severity::Error, u"Not canceled — too many requests"_s,
            u"CoinW refused "_s + identity + u" (HTTP 429). Another program on this account shares the limit."_s,
            ToastAction::CancelAgain});

    const CancelRecord unsent = recordAt(CancelStage::NotSent);
    const QString n1 = u"Not sent — no connection"_s;
    addRow("N1 silence", with(unsent, failed(CancelOutcomeKind::NotSent, ApiError::Cause::NoConnection)),
           {Severity::Error, n1,
            u"CoinW can't be reached (no answer from the network in 8 s). "_s + identity +
                u" is unchanged as far as "
                u"known."_s});
    addRow("N1 system text",
           with(unsent, failed(CancelOutcomeKind::NotSent, ApiError::Cause::NoConnection, u"Host not found."_s)),
           {Severity::Error, n1,
            u"CoinW can't be reached (Host not found). "_s + identity + u" is unchanged as far as known."_s});
    for (const auto &[name, cause] :
         {std::pair{"N1 refused", ApiError::Cause::Refused}, std::pair{"N1 timeout", ApiError::Cause::Timeout},
          std::pair{"N1 lost", ApiError::Cause::ConnectionLost}, std::pair{"N1 redirect", ApiError::Cause::Redirect},
          std::pair{"N1 server", ApiError::Cause::ServerError},
          std::pair{"N1 unreadable", ApiError::Cause::Unreadable}}) {
        addRow(name, with(unsent, failed(CancelOutcomeKind::NotSent, cause, u"gone"_s)),
               {Severity::Error, n1,
                u"CoinW can't be reached (gone). "_s + identity + u" is unchanged as far as known."_s});
    }
    addRow("N2",
           with(unsent,
                failed(CancelOutcomeKind::NotSent, ApiError::Cause::NotSecure, u"The certificate has expired."_s)),
           {Severity::Error, u"Not sent — connection not secure"_s,
            identity +
                u": The secure connection to api.coinw.com failed: The certificate has expired. Nothing was sent."_s,
            ToastAction::Details});
    addRow("N2 without words", with(unsent, failed(CancelOutcomeKind::NotSent, ApiError::Cause::NotSecure)),
           {Severity::Error, u"Not sent — connection not secure"_s,
            identity + u": The secure connection to api.coinw.com failed: reason not known. Nothing was sent."_s,
            ToastAction::Details});
    record = with(unsent, failed(CancelOutcomeKind::NotSent, ApiError::Cause::Expired));
    record.recordedAt = QDateTime(QDate(2026, 3, 4), QTime(14, 0), inUtc);
    record.answeredAt = record.recordedAt.addMSecs(60200);
    addRow("N3", record,
           {Severity::Warning, u"Not sent — waited too long"_s,
            identity + u" could not be sent for 60 s and was dropped."_s});
    record.answeredAt = {};
    addRow("N3 without times", record,
           {Severity::Warning, u"Not sent — waited too long"_s,
            identity + u" could not be sent for 15 s and was dropped."_s});
    const Expected stopped{Severity::Neutral, u"Not sent — stopped"_s, identity + u" is unchanged."_s};
    addRow("stopped", with(unsent, failed(CancelOutcomeKind::NotSent, ApiError::Cause::Stopped)), stopped);
    addRow("stopped, from the journal", unsent, stopped);

    const auto unknown = [](ApiError::Cause cause, int http = 0, std::optional<int> code = {}) {
        CancelRecord asked = recordAt(CancelStage::UnknownChecking);
        asked.outcome = failed(CancelOutcomeKind::Unknown, cause, {}, http);
        asked.outcome->code = code;
        return asked;
    };
    const auto u1 = [&identity](const QString &reason) {
        return Expected{Severity::Unknown, u"Unknown — checking…"_s,
                        identity + u": "_s + reason + u". It may or may not be canceled."_s, ToastAction::CheckNow};
    };
    addRow("U1 timeout", unknown(ApiError::Cause::Timeout), u1(u"no answer in 8 s"_s));
    addRow("U1 lost", unknown(ApiError::Cause::ConnectionLost), u1(u"connection lost after sending"_s));
    addRow("U1 5xx", unknown(ApiError::Cause::ServerError, 502), u1(u"server error 502"_s));
    addRow("U1 code 500", unknown(ApiError::Cause::ServerError, 200, 500), u1(u"server error 500"_s));
    addRow("U1 redirect", unknown(ApiError::Cause::Redirect, 302), u1(u"server error 302"_s));
    addRow("U1 unreadable", unknown(ApiError::Cause::Unreadable), u1(u"unreadable answer"_s));
    addRow("U1 quit", unknown(ApiError::Cause::Stopped), u1(u"no answer before the program ended"_s));
    addRow("U1 from the journal", recordAt(CancelStage::UnknownChecking),
           u1(u"no answer before the program ended"_s));
    addRow("U2 without a quantity", recordAt(CancelStage::UnknownCanceled),
           {Severity::Success, u"Canceled (confirmed late)"_s,
            identity + u": CoinW's records show it as canceled. How much had filled is not known."_s});
    record = recordAt(CancelStage::UnknownCanceled);
    record.filledQuantity = Decimal(2);
    record.order.quantity = Decimal(5);
    addRow("U2", record,
           {Severity::Success, u"Canceled (confirmed late)"_s,
            identity + u": CoinW's records show it as canceled. 2 of 5 had filled."_s});
    record = recordAt(CancelStage::UnknownFilled);
    record.filledQuantity = Decimal(5);
    addRow("U3", record,
           {Severity::Warning, u"Not canceled — filled"_s, identity + u": 5 of 5 filled before the cancel."_s});
    addRow("U4", recordAt(CancelStage::UnknownStillOpen),
           {Severity::Error, u"Still open — not canceled"_s, identity + u" is still in the open list."_s,
            ToastAction::CancelAgain});
    addRow("U5", recordAt(CancelStage::UnknownUnresolved),
           {Severity::Unknown, u"Still unknown"_s,
            identity + u" is neither open nor in CoinW's records. Check it on the CoinW website."_s,
            ToastAction::CheckNow, true});
    record = recordAt(CancelStage::UnknownUnresolved);
    record.recordsBackTo = QDateTime(QDate(2026, 3, 4), QTime(14, 3, 22)).toUTC();
    addRow("U5, records don't reach", record,
           {Severity::Unknown, u"Still unknown"_s,
            identity + u" is not open. CoinW's records were read back to 2026-03-04 14:03:22 only. Check it on the "
                       u"CoinW website."_s,
            ToastAction::CheckNow, true});
    record = recordAt(CancelStage::UnknownUnresolved);
    record.reason = u"CoinW refuses to list limit orders: 9001 Contract not found."_s;
    addRow("U5, a list can't say", record,
           {Severity::Unknown, u"Still unknown"_s,
            identity + u": what became of it is not known: CoinW refuses to list limit orders: 9001 Contract not "
                       u"found. Check it on the CoinW website."_s,
            ToastAction::CheckNow, true});
    record = with(recordAt(CancelStage::GoneNoRecord), closed());
    record.recordsBackTo = QDateTime(QDate(2026, 3, 4), QTime(14, 3, 22)).toUTC();
    addRow("W1c, records don't reach", record,
           {Severity::Warning, u"Not canceled — already gone"_s,
            identity + u" is not open (9012 Position not found.). CoinW's records were read back to 2026-03-04 "
                       u"14:03:22 only."_s,
            ToastAction::CheckNow, true});

    record = with(recordAt(CancelStage::CanceledFillUnknown), accepted());
    record.order.quantity = Decimal(5);
    record.reason = u"no answer in time"_s;
    addRow("S6", record,
           {Severity::Warning, u"Canceled — fill not known"_s,
            identity + u": gone, but how much had filled is not known (no answer in time)."_s, ToastAction::CheckNow,
            true});
    record.filledAtLeast = Decimal(2);
    addRow("S6 with a lower bound", record,
           {Severity::Warning, u"Canceled — fill not known"_s,
            identity + u": gone, but how much had filled is not known: at least 2 of 5 had filled (no answer in "
                       u"time)."_s,
            ToastAction::CheckNow, true});

    const auto corrected = [](CancelStage stage, std::optional<int> filled) {
        CancelRecord wrong = with(recordAt(stage), accepted());
        wrong.order.quantity = Decimal(5);
        wrong.settledAt = QDateTime(QDate(2026, 3, 4), QTime(14, 3, 22)).toUTC();
        if (filled)
            wrong.filledQuantity = Decimal(*filled);
        return wrong;
    };
    const QString said = identity + u": said to be canceled at 2026-03-04 14:03:22; CoinW's "_s;
    addRow("S7, filled", corrected(CancelStage::CorrectedFilled, 5),
           {Severity::Warning, u"Corrected — filled after all"_s, said + u"records now show 5 of 5 filled."_s,
            ToastAction::Details, true});
    addRow("S7, part filled", corrected(CancelStage::CorrectedPartFill, 2),
           {Severity::Warning, u"Corrected — part filled"_s, said + u"records now show 2 of 5 filled."_s,
            ToastAction::Details, true});
    addRow("S7, fill not known", corrected(CancelStage::CorrectedFillUnknown, {}),
           {Severity::Warning, u"Corrected — fill not known"_s,
            said + u"records now show that some of it filled, but not how much."_s, ToastAction::Details, true});
    addRow("S7, still open", corrected(CancelStage::CorrectedStillOpen, 0),
           {Severity::Warning, u"Corrected — still open"_s, said + u"records now show 0 of 5 filled."_s,
            ToastAction::Details, true});
    addRow("S7, still open, fill not listed", corrected(CancelStage::CorrectedStillOpen, {}),
           {Severity::Warning, u"Corrected — still open"_s, said + u"list now shows it open."_s, ToastAction::Details,
            true});
}

void TestCancelWords::words()
{
    QFETCH(const CancelRecord, record);
    QFETCH(const int, severity);
    QFETCH(const QString, headline);
    QFETCH(const QString, text);
    QFETCH(const int, action);
    QFETCH(const bool, sticky);

    const ToastContent content = toastFor(record, QString::fromLatin1(host));
    QCOMPARE(content.headline, headline);
    QCOMPARE(content.text, text);
    QCOMPARE(int(content.severity), severity);
    QCOMPARE(int(content.action), action);
    QCOMPARE(content.sticky, sticky);
}

void TestCancelWords::everyStageHasWords()
{
    // Whatever a journal holds: every stage with every refusal and cause says something and leaves no place open.
    int combinations = 0;
    for (int stage = 0; stage <= int(CancelStage::CorrectedStillOpen); ++stage) {
        for (int kind = 0; kind <= int(CancelOutcomeKind::Unknown); ++kind) {
            for (int refusal = 0; refusal <= int(Refusal::RateLimit); ++refusal) {
                for (int cause = -1; cause <= int(ApiError::Cause::Unreadable); ++cause) {
                    CancelRecord record = recordAt(CancelStage(stage));
                    CancelOutcome outcome;
                    outcome.kind = CancelOutcomeKind(kind);
                    outcome.refusal = Refusal(refusal);
                    if (cause >= 0)
                        outcome.cause = ApiError::Cause(cause);
                    record.outcome = outcome;
                    const ToastContent content = toastFor(record, QString::fromLatin1(host));
                    QVERIFY2(!content.headline.isEmpty() && !content.text.isEmpty(), qPrintable(content.headline));
                    QVERIFY2(!content.text.contains(u'%') && !content.text.contains(u'{'), qPrintable(content.text));
                    // "Cancel accepted", which is no outcome, and a part fill's end have the tail of the id alone.
                    const bool byTail =
                        record.stage == CancelStage::Accepted || record.stage == CancelStage::CanceledAfterPartFill;
                    QVERIFY2(content.text.contains(byTail ? u"order …1947"_s : orderIdentity(record.order)),
                             qPrintable(content.text));
                    ++combinations;
                }
            }
        }
    }
    QCOMPARE(combinations, 24 * 5 * 7 * 11);
}

void TestCancelWords::practicePrefix()
{
    CancelRecord record = with(recordAt(CancelStage::Canceled), accepted());
    record.account.environment = Environment::Practice;
    const ToastContent content = toastFor(record, {});
    QCOMPARE(content.headline, u"Practice · Canceled"_s);
    QCOMPARE(content.text, u"BTC-USDT Open long 5 cont. at 64,210.0 · order …1947 · 84 ms"_s);
    record.account.environment = Environment::TestServer;
    QCOMPARE(toastFor(record, {}).headline, u"Canceled"_s);
}

void TestCancelWords::codeAndMessageForms_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("http");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("expected");
    QTest::newRow("both") << 9012 << 200 << u"Position not found."_s << u"9012 Position not found."_s;
    QTest::newRow("code only") << 9012 << 200 << QString() << u"9012"_s;
    QTest::newRow("code wins over http") << 6001 << 401 << u"no"_s << u"6001 no"_s;
    QTest::newRow("http only") << -1 << 401 << QString() << u"HTTP 401"_s;
    QTest::newRow("http with a page") << -1 << 403 << u"<html>"_s << u"HTTP 403"_s;
    QTest::newRow("message only") << -1 << 0 << u"odd"_s << u"odd"_s;
    QTest::newRow("nothing") << -1 << 0 << QString() << u"—"_s;
}

void TestCancelWords::codeAndMessageForms()
{
    QFETCH(const int, code);
    QFETCH(const int, http);
    QFETCH(const QString, message);
    QFETCH(const QString, expected);
    CancelOutcome outcome;
    if (code >= 0)
        outcome.code = code;
    outcome.httpStatus = http;
    outcome.message = message;
    QCOMPARE(codeAndMessage(outcome), expected);
    QCOMPARE(codeAndMessage({}), u"—"_s);
}

void TestCancelWords::outsideTextIsNotAPlace()
{
    const CancelRecord record =
        with(recordAt(CancelStage::Rejected), refused(Refusal::RateLimit, 29001, u"%1 %2 %n <b>now</b>"_s));
    QCOMPARE(toastFor(record, {}).text, orderIdentity(record.order).prepend(u"CoinW refused "_s) +
                                            u" (29001 %1 %2 %n <b>now</b>). Another program on "
                                            u"this account shares the limit."_s);
    CancelRecord odd = with(recordAt(CancelStage::Canceled), accepted());
    odd.order.base.clear();
    odd.order.instrument = u"%5"_s;
    QCOMPARE(toastFor(odd, {}).text, u"%5 Open long 5 cont. at 64,210.0 · order …1947 · 84 ms"_s);
}

void TestCancelWords::isolationMarksOnlyFromRightToLeft()
{
    const CancelRecord record = with(recordAt(CancelStage::GoneLookingUp), closed());
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    const QString text = toastFor(record, {}).text;
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    QVERIFY(text.contains(QChar(0x2066) + u"1947"_s + QChar(0x2069)));
    QVERIFY(text.contains(QChar(0x2066) + u"9012 Position not found."_s + QChar(0x2069)));
    QCOMPARE(text.count(QChar(0x2066)), text.count(QChar(0x2069)));
    QVERIFY(!toastFor(record, {}).text.contains(QChar(0x2066)));
}

void TestCancelWords::times()
{
    QCOMPARE(toastFor(recordAt(CancelStage::Accepted), {}).holdTime, 300ms);
    QCOMPARE(toastFor(recordAt(CancelStage::Sending), {}).holdTime, 0ms);
    for (const CancelStage stage :
         {CancelStage::GoneCanceledEarlier, CancelStage::UnknownCanceled, CancelStage::UnknownFilled})
        QVERIFY(toastFor(recordAt(stage), {}).minimumTime == 12s);
    // The look-up takes up to 30 s; its toast must not leave before it ends.
    QVERIFY(toastFor(recordAt(CancelStage::GoneLookingUp), {}).minimumTime > 30s);
}

void TestCancelWords::ownToasts()
{
    const Order order = recordAt(CancelStage::Waiting).order;
    Account account = liveAccount();
    QCOMPARE(keptToast(account, order).headline, u"Kept"_s);
    QCOMPARE(keptToast(account, order).text,
             u"Nothing was sent. BTC-USDT Open long 5 cont. at 64,210.0 · order …1947 stays open."_s);
    QCOMPARE(listMovedToast(account).headline, u"Nothing sent"_s);
    QCOMPARE(listMovedToast(account).text, u"The list had just moved. Please click again."_s);
    QCOMPARE(changedMeanwhileToast(account).headline, u"Nothing sent"_s);
    QCOMPARE(changedMeanwhileToast(account).text, u"The account or connection changed while the window was open."_s);
    QCOMPARE(nothingSelectedToast(account).headline, u"No order selected"_s);
    QCOMPARE(nothingSelectedToast(account).text, u"Select an order first."_s);
    account.environment = Environment::Practice;
    for (const ToastContent &content : {keptToast(account, order), listMovedToast(account),
                                        changedMeanwhileToast(account), nothingSelectedToast(account)}) {
        QVERIFY(content.headline.startsWith(u"Practice · "_s));
        QCOMPARE(content.severity, Severity::Neutral);
        QCOMPARE(content.action, ToastAction::None);
        QVERIFY(!content.sticky);
    }
}

void TestCancelWords::labels()
{
    QCOMPARE(actionLabel(ToastAction::None), QString());
    QCOMPARE(actionLabel(ToastAction::CheckNow), u"Check now"_s);
    QCOMPARE(actionLabel(ToastAction::Details), u"Details"_s);
    QCOMPARE(actionLabel(ToastAction::OpenAccount), u"Open account"_s);
    QCOMPARE(actionLabel(ToastAction::CancelAgain), u"Cancel again…"_s);
    QCOMPARE(actionLabel(ToastAction::Stop), u"Stop"_s);
}

void TestCancelWords::keptNamesTheCount()
{
    QCOMPARE(keptManyToast(liveAccount(), 1).text, u"Nothing was sent. 1 order stays open."_s);
    QCOMPARE(keptManyToast(liveAccount(), 12).text, u"Nothing was sent. 12 orders stay open."_s);
}

QTEST_MAIN(TestCancelWords)
#include "tst_cancelwords.moc"
