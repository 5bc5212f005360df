#include "domain/cancel.h"
#include "exchange/ratelimiter.h"
#include "exchange/wire.h"
#include "workflow/keyrefusal.h"
#include "workflow/readslowing.h"

#include <QMap>
#include <QtTest>

using namespace countermand;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/// As QNetworkAccessManager reports an HTTP status.
QNetworkReply::NetworkError errorFor(int status)
{
    switch (status) {
    case 401:
        return QNetworkReply::AuthenticationRequiredError;
    case 403:
        return QNetworkReply::ContentAccessDenied;
    case 404:
        return QNetworkReply::ContentNotFoundError;
    case 407:
        return QNetworkReply::ProxyAuthenticationRequiredError;
    case 503:
        return QNetworkReply::ServiceUnavailableError;
    default:
        break;
    }
    if (status >= 500)
        return QNetworkReply::UnknownServerError;
    return status >= 400 ? QNetworkReply::UnknownContentError : QNetworkReply::NoError;
}

RawReply answer(int status, const QByteArray &body, Verb verb)
{
    RawReply reply;
    reply.verb = verb;
    reply.bodyAskedFor = verb == Verb::Delete;
    reply.reportedSent = true;
    reply.httpStatus = status;
    reply.error = errorFor(status);
    reply.body = body;
    reply.latency = 50ms;
    return reply;
}

struct Spoken {
    const char *name;
    QByteArray body;
};

/// What is not the exchange's envelope, whatever the status.
const QList<Spoken> &foreign()
{
    static const QList<Spoken> bodies{
        {"empty", {}},
        {"HTML", "<html><body>Access denied</body></html>"},
        {"text", "Forbidden"},
        {"foreign JSON", R"({"error":{"status":403}})"},
        {"JSON list", R"([{"code":6000,"msg":"x"}])"},
        {"code without words", R"({"code":6000})"},
        {"words without a code", R"({"msg":"denied"})"},
        {"a word for a code", R"({"code":"denied","msg":"x"})"},
        {"half a number", R"({"code":6000.5,"msg":"x"})"},
        {"cut off", R"({"code":6000,"msg":"x")"},
        {"two", R"({"code":9012,"msg":"x"}{"code":9012,"msg":"x"})"},
    };
    return bodies;
}

/// Shaped as the envelope, with codes that the exchange doesn't have.
const QList<Spoken> &foreignCodes()
{
    static const QList<Spoken> bodies{
        {"code as status", R"({"code":%1,"message":"denied"})"},
        {"6099", R"({"code":6099,"msg":"denied"})"},
        {"10001", R"({"code":10001,"msg":"blocked"})"},
        {"done", R"({"code":0,"msg":"Success"})"},
    };
    return bodies;
}

constexpr int statuses[] = {200, 204, 400, 401, 402, 403, 404, 405, 407, 409, 418, 421, 429,
                            451, 499, 500, 501, 502, 503, 504, 520, 521, 522, 525, 530, 599};

/// Reads asked for in 60 s while every answer is this one; -1 if reading would have stopped.
int readsInAMinute(const RawReply &reply)
{
    constexpr auto pace = 2s;
    ReadSlowing slowing;
    KeyRefusal key;
    const TimePoint start = TimePoint(1h);
    int reads = 0;
    for (TimePoint now = start; now - start < 60s; ++reads) {
        const auto result = readCount(reply, Credentials({}, {}));
        if (result)
            return -1;
        const ApiError &error = result.error();
        if (ReadSlowing::slows(error))
            slowing.refused(error, now, {});
        const auto source = key.next().value_or(ListSource{ListKind::Plan, {}});
        if (error.kind == ApiError::Kind::Unauthorized && key.refused(source, now) == KeyRefusal::Verdict::OfKey)
            return -1;
        now = std::max({now + pace, slowing.nextAt(false), key.nextAt()});
    }
    return reads;
}

} // namespace

/// Statuses × bodies × methods, each answered once and for a minute: nothing but the exchange's own envelope ends the
/// reading, or says of a cancel that it was refused.
class TestWhoSpeaks : public QObject
{
    Q_OBJECT

private slots:
    void whatIsNotTheExchangesNeverDecides();
    void theExchangesOwnWordsDecideAtAnyStatus();
    void twoMinutesOfRefusals_data();
    void twoMinutesOfRefusals();
};

void TestWhoSpeaks::whatIsNotTheExchangesNeverDecides()
{
    int cells = 0;
    int minutes = 0;
    QMap<int, int> byReads;
    const Order order;
    for (const int status : statuses) {
        auto bodies = foreign();
        if (status >= 400)
            bodies += foreignCodes();
        for (const Spoken &spoken : std::as_const(bodies)) {
            QByteArray body = spoken.body;
            // CoinW has codes 402, 404 and 500 of its own.
            const bool isOwn = body.contains("%1") && (status == 402 || status == 404 || status == 500);
            if (isOwn)
                continue;
            body.replace("%1", QByteArray::number(status));
            const QByteArray cell = QByteArray::number(status) + ' ' + spoken.name;
            const auto read = readCount(answer(status, body, Verb::Get), Credentials({}, {}));
            QVERIFY2(!read, cell.constData());
            QVERIFY2(ReadSlowing::slows(read.error()), cell.constData());
            const auto ack = readCancel(answer(status, body, Verb::Delete), Credentials({}, {}));
            QVERIFY2(!ack, cell.constData());
            QVERIFY2(outcomeOf(ack, order).kind == CancelOutcomeKind::Unknown, cell.constData());
            cells += 2;
            const int reads = readsInAMinute(answer(status, body, Verb::Get));
            QVERIFY2(reads > 0, cell.constData());
            ++byReads[reads];
            ++minutes;
        }
    }
    qInfo("%d cells (statuses x bodies x methods), once each: 0 stop the reading, 0 say refused", cells);
    for (auto reads = byReads.cbegin(); reads != byReads.cend(); ++reads)
        qInfo("for 60 s of scripted time: %d reads in %d of %d cells", reads.key(), reads.value(), minutes);
    QCOMPARE(byReads.size(), 1);
}

void TestWhoSpeaks::theExchangesOwnWordsDecideAtAnyStatus()
{
    int cells = 0;
    const Order order;
    for (const int status : {200, 400, 401, 403, 404, 429}) {
        for (const int code : {1, 402, 404, 904, 6000, 6001, 6003, 9001, 9002, 9012, 9016, 9042, 29001}) {
            const QByteArray number = QByteArray::number(code);
            for (const QByteArray &body :
                 {R"({"code":)" + number + R"(,"msg":"x"})", R"({"code":")" + number + R"(","message":"x"})"}) {
                const QByteArray cell = QByteArray::number(status) + ' ' + body;
                const auto read = readCount(answer(status, body, Verb::Get), Credentials({}, {}));
                QVERIFY2(!read && read.error().code == code && !ReadSlowing::slows(read.error()), cell.constData());
                const auto ack = readCancel(answer(status, body, Verb::Delete), Credentials({}, {}));
                const auto said = outcomeOf(ack, order).kind;
                QVERIFY2(said == (code == 9012 ? CancelOutcomeKind::AlreadyClosed : CancelOutcomeKind::Rejected),
                         cell.constData());
                cells += 2;
                const bool isSignIn = code >= 6000 && code <= 6099;
                QVERIFY2((readsInAMinute(answer(status, body, Verb::Get)) < 0) == isSignIn, cell.constData());
            }
        }
    }
    qInfo("%d cells: all decide", cells);
}

void TestWhoSpeaks::twoMinutesOfRefusals_data()
{
    QTest::addColumn<RawReply>("reply");
    QTest::addColumn<int>("most");
    const auto row = [](const char *name, RawReply reply, int most, std::optional<std::chrono::seconds> after = {}) {
        reply.retryAfter = after;
        QTest::newRow(name) << reply << most;
    };
    const QByteArray often = R"({"code":29001,"msg":"API access frequently"})";
    const QByteArray html = "<html></html>";
    RawReply reset = answer(0, {}, Verb::Get);
    reset.error = QNetworkReply::RemoteHostClosedError;
    row("429 in CoinW's words", answer(429, often, Verb::Get), 3);
    row("429 in CoinW's words, Retry-After 60", answer(429, often, Verb::Get), 1, 60s);
    row("429 of something else", answer(429, html, Verb::Get), 3);
    row("503", answer(503, html, Verb::Get), 3);
    row("503, Retry-After 60", answer(503, html, Verb::Get), 1, 60s);
    row("HTML 200", answer(200, html, Verb::Get), 3);
    row("resets", reset, 3);
}

/// Every read is answered so for two minutes of scripted time: how many leave in each 10 s.
void TestWhoSpeaks::twoMinutesOfRefusals()
{
    QFETCH(const RawReply, reply);
    QFETCH(const int, most);
    const TimePoint start = TimePoint(1h);
    RateLimiter limiter;
    ReadSlowing slowing;
    QList<int> tens(12, 0);
    // Every read that may leave does: lists are wanted all the time.
    for (TimePoint now = start; now - start < 120s; now += 10ms) {
        if (now < slowing.nextAt(false))
            continue;
        const auto ticket = limiter.tryAcquire(RateBucket::OrderList, RateLimiter::Priority::Read, now);
        if (!ticket)
            continue;
        ++tens[int((now - start) / 10s)];
        limiter.release(*ticket, now);
        const auto result = readCount(reply, Credentials({}, {}));
        QVERIFY(!result);
        if (result.error().kind == ApiError::Kind::Throttled)
            limiter.throttled(now, result.error().retryAfter.value_or(0s));
        if (ReadSlowing::slows(result.error()))
            slowing.refused(result.error(), now, {});
    }
    QStringList counts;
    for (const int count : std::as_const(tens)) {
        counts.append(QString::number(count));
        QVERIFY(count <= most);
    }
    qInfo().noquote() << QTest::currentDataTag() << "in each 10 s:" << counts.join(u' ');
    // It is never given up, either.
    QVERIFY(tens.last() + tens.at(10) + tens.at(9) + tens.at(8) + tens.at(7) + tens.at(6) > 0);
}

QTEST_GUILESS_MAIN(TestWhoSpeaks)
#include "tst_whospeaks.moc"
